"""Captions of tables: number, title, money unit, body and year, wherever they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from budget.model.disclosure import MoneyUnit
from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.words.tokens import compact, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.meaning import Meaning

_NUMBER = r"(?:\d{1,2}(?:[-.]\d{1,2})*|[一二三四五六七八九十]{1,3})"
TABLE_NUMBER = lazy_pattern(
    rf"(?:20\d\d年度?)?[(\[]?(?:部门|单位)?(?:预算|决算)?(?:(?:公开|附)?表{_NUMBER}|附件{_NUMBER}|公开{_NUMBER}表|{_NUMBER}表)[)\]]?[、.:：]?"
)
"""A number on a line of its own: 表1-1, (公开05表), 附件3, 2025年部门预算公开表三."""
_LEADING_NUMBER = lazy_pattern(
    r"(?:[(\[]?(?:(?:部门|单位)?(?:预算|决算)?公开表|(?:预算|决算)?(?:附?表|附件|公开))"
    r"(?P<number>\d{1,2}(?:[-.]\d{1,2})*(?=20\d\d年|\D|$)|[一二三四五六七八九十]{1,3}(?!般))表?[)\]]?[、.:：]?)"
)
UNIT = lazy_pattern(r"(?:金额|计量|货币)?单位(?:名称)?[:：]?\(?(?:人民币)?(亿元|百万元|万元|千元|元)")
_UNIT_ALONE = lazy_pattern(r"[(\[]?(?:人民币)?(亿元|万元|千元|元)[)\]]?")
UNIT_IN_HEAD = lazy_pattern(r"[(](?:单位[:：])?(亿元|万元|千元|元)[)]")
"""A money unit in the head of a column."""
_BODY = lazy_pattern(
    r"(?:编制|填报|公开|预算|主管|编报|填表|申报|报送|部门预算|实施)?(?P<kind>部门|单位)"
    r"(?:\(单位\)|\(部门\)|/单位)?(?:名称|全称)?(?:\(?(?:盖章|公章)\)?)?[:：](?P<body>.*)"
)
_BODY_END = lazy_pattern(
    r"(?:\(?(?:金额|计量|货币)?单位[:：]?\(?(?:人民币)?(?:亿|万|千)?元"
    r"|填报日期|编制日期|报送日期|日期[:：]|预算年度|预算代码|单位代码|单位编码|20\d\d年).*$"
)
_CODED_BODY = lazy_pattern(r"\d{3,6}(?!年)(?P<body>[^\d\W][^\d:：]{3,30})")
_YEAR = lazy_pattern(r"(?:预算年度|决算年度|年度)[:：]?(20\d\d)")
_CLASS_INSIDE = lazy_pattern(r"(?<!\d)2\d\d(?=[\u4e00-\u9fff])(?!年)")
_YEAR_ALONE = lazy_pattern(r"(20\d\d)年度")
"""The year of a table between its body and its unit."""
_DATE = lazy_pattern(r"(?:填报|编制|报送|公开|制表)?(?:日期|时间)[:：].*")
_NOT_TITLE = lazy_pattern(r"[。；;！？]|^(?:注|备注|说明)\d*[:：.]|^第[一二三四五六七八九十]+(?:部分|章)|目录$|概况$")
_PART = lazy_pattern(r"第[一二三四五六七八九十]+部分[、:]?")
"""The number of a part of the document before the title of its only table."""
_ENDS_TITLE = lazy_pattern(r"表(?>[(\[].{1,24}[)\]]|[(\[]?续表?[)\]]?){0,6}》?(?:[(\[]?续表?[)\]]?)?$")
LONGEST_TITLE = 64


@dataclass(slots=True)
class Caption:
    """The caption printed around a table; '' and None for what is not printed."""

    number: str = ""
    title: str = ""
    unit: MoneyUnit | None = None
    body: str = ""
    edition_word: str = ""
    """`unit` or `department`, where the line that names the body says which."""
    year: int | None = None

    def take(self, text: str) -> None:
        """Read unit, body and year from a line; what is known stays."""
        plain = normal(text)
        if self.unit is None and (match := UNIT.search(plain) or _UNIT_ALONE.fullmatch(plain)):
            self.unit = MoneyUnit(match[1])
        if self.year is None and (match := _YEAR.search(plain) or _YEAR_ALONE.fullmatch(plain)):
            self.year = int(match[1])
        if not self.body and (coded := _coded_body(plain)):
            self.body = coded
        if not self.body and (match := _BODY.search(compact(text).replace("（", "(").replace("）", ")"))):
            body = printed_body(text)
            if body:
                self.body = body
                self.edition_word = "unit" if match["kind"] == "单位" else "department"

    def fill(self, other: Caption) -> None:
        """Fill in from another caption what this one lacks."""
        self.number = self.number or other.number
        self.unit = self.unit or other.unit
        if not self.body:
            self.body, self.edition_word = other.body, other.edition_word
        self.year = self.year or other.year


_ORGANISATION = lazy_pattern(
    r"(?:[局委厅办处院校所站队部室会团社馆园场库署学]|中心|本级|机关|政府|法院|检察院|街道|镇|乡|公司)(?:\(.{0,60}\))?"
)


def names_body(text: str) -> bool:
    """True for a text that may be the name of a body.

    It ends as such names do, and is no functional class.
    """
    plain = normal(text)
    ends = re.search(_ORGANISATION.pattern + "$", plain) is not None
    return ends and not meaning.row((plain,), side="expenditure").function


def _coded_body(plain: str) -> str:
    """The body in a line of its code and name (920平山县下口镇财政所); '' for others."""
    match = _CODED_BODY.fullmatch(plain)
    if not match or not _ORGANISATION.search(match["body"][-12:]) or meaning.row((plain,), side="expenditure").function:
        return ""
    return match["body"] if re.search(_ORGANISATION.pattern + "$", match["body"]) else ""


def printed_body(text: str) -> str:
    """The name of the body in a caption line, as printed; '' where none is."""
    printed = compact(text)
    plain = printed.translate(_WIDE)
    match = _BODY.search(plain)
    if not match:
        return ""
    start, end = match.span("body")
    rest = _BODY_END.search(plain, start)
    body = printed[start : rest.start() if rest else end].strip("()（）:：、,，;；")
    coded = _CODED_BODY.fullmatch(body)
    body = coded["body"] if coded else body
    if len(body) < 2 or UNIT.fullmatch(normal(body)) or _UNIT_ALONE.fullmatch(normal(body)):  # noqa: PLR2004 - a name
        return ""
    return body


def is_caption_line(text: str) -> bool:
    """True for a line of unit, body, date, year or table number."""
    return _is_caption_line(normal(text))


@lru_cache(maxsize=4096)  # asked of the lines around a table by all who look for its parts
def _is_caption_line(plain: str) -> bool:
    if len(plain) > LONGEST_TITLE * 2 or "。" in plain:
        return False
    return bool(
        TABLE_NUMBER.fullmatch(plain)
        or UNIT.fullmatch(plain.strip("()[]"))
        or _UNIT_ALONE.fullmatch(plain)
        or _DATE.fullmatch(plain)
        or (_YEAR.match(plain) and len(plain) < 2 * LONGEST_TITLE)
        or (_BODY.match(plain) and len(plain) <= LONGEST_TITLE + 20)
        or _coded_body(plain)
        or (UNIT.search(plain) and len(plain) <= LONGEST_TITLE and not title_reads(plain))
    )


def is_caption_row(texts: Sequence[str]) -> bool:
    """True for the cells of a row of a caption; a year alone is none."""
    lines = [is_caption_line(text) for text in texts]
    return any(lines) and all(
        line or _YEAR_ALONE.fullmatch(normal(text)) for line, text in zip(lines, texts, strict=True)
    )


@lru_cache(maxsize=4096)
def title_reads(plain: str) -> bool:
    """True where words read as the title of a disclosure's table."""
    found = meaning.title(plain)
    return bool(found.breakdown or found.flow or found.fund or found.kind or found.item)


def is_title(text: str, *, sure: bool = False) -> bool:
    """True where a line reads as the title of a table; `sure` asks for words that say what the table holds."""
    return _is_title(normal(text), sure)


@lru_cache(maxsize=4096)
def _is_title(plain: str, sure: bool) -> bool:  # noqa: FBT001 - a key of the cache
    if (part := _PART.match(plain)) and _ENDS_TITLE.search(plain) and title_reads(plain[part.end() :]):
        plain = plain[part.end() :]
    if not 2 < len(plain) <= LONGEST_TITLE or _NOT_TITLE.search(plain) or is_caption_line(plain):  # noqa: PLR2004
        return False
    if "表" in plain and _ENDS_TITLE.search(plain):
        return title_reads(plain) if sure else True
    found = meaning.title(plain)
    if not found.breakdown or not (found.flow or found.fund or found.kind or found.item):
        return False
    if _CLASS_INSIDE.search(plain):
        return False  # a row of a table: 一、本年收入 201 一般公共服务支出
    if len(plain) < 6 and not _LEADING_NUMBER.match(plain):  # noqa: PLR2004
        return False
    return not meaning.row((plain,), side="expenditure").function  # else a row of a table: 十七、援助其他地区支出


def ends_as_title(text: str) -> bool:
    """True for a text that ends in 表."""
    plain = normal(text)
    return "表" in plain and _ENDS_TITLE.search(plain) is not None


def is_numbered(text: str) -> bool:
    """True for a title that begins with the number of its table."""
    return bool(split_number(text)[0])


def title_meaning(text: str) -> Meaning:
    """The coordinates that a title names."""
    return meaning.title(normal(text))


def split_number(text: str) -> tuple[str, str]:
    """Split a title into its printed number and the rest; '' where it has no number."""
    printed = compact(text)
    if (part := _PART.match(printed)) and is_title(printed):
        printed = printed[part.end() :]
    match = _LEADING_NUMBER.match(printed.translate(_WIDE))
    if not match or match.end() == len(printed):
        return "", printed
    return "表" + match["number"], printed[match.end() :]


_WIDE = str.maketrans("（）：", "():")
