"""Fields of project descriptions: the labels of both forms, and the text behind each."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.narrative.prose import without_enumerator

if TYPE_CHECKING:
    from loaders.narrative.prose import Paragraph, Place

LABELS = {
    "name": "项目名称",
    "overview": "项目(?:概况|概述|简介|基本情况|内容)",
    "policy_basis": "(?:项目)?(?:设立|立项)的?(?:政策)?(?:依据|必要性)|政策依据|项目依据",
    "amount": "(?:项目|年度)?预算安排(?:规模|金额|情况)?|(?:年度|项目)预算(?:规模|金额)?|资金规模|安排规模",
    "executing_unit": "(?:项目)?(?:承担|实施|执行|主管)单位|(?:项目)?(?:实施|责任)主体",
    "allocation": "(?:项目)?资金(?:预算)?(?:分配|安排|使用)(?:情况|方案|计划|明细)|资金分配|(?:项目)?(?:支出|预算)明细",
    "period": "(?:资金|项目)?(?:执行|实施)(?:时间|期限|周期|年限)|(?:项目)?起止时间",
    "funding_source": "(?:项目)?资金来源",
    "number": "补?[贴助]人数|(?:受益|享受|发放)人数",
    "range": "(?:补[贴助]|受益|发放)(?:范围|对象)",
    "standard": "(?:补[贴助]|发放|支出)标准",
    "method": "(?:补[贴助]|发放)(?:方式|方法)|(?:项目)?实施(?:方案|计划|内容)",
    "procedure": "(?:发放|申报|拨付|补[贴助])程序",
    "benefits": "受益人群[和及与、]社会效益|社会效益|受益人群|(?:预期|项目)效益|(?:项目)?(?:年度)?绩效目标",
}
"""Field -> the words that stand before it."""

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HEAD = lazy_pattern(
    rf"(?:[（(](?:{_NUMERAL}|\d{{1,2}})[)）]|(?:{_NUMERAL}|\d{{1,2}})[、．.]|[①-⑳])?\s*"
    rf"(?:{'|'.join(f'(?P<{key}>{words})' for key, words in LABELS.items())})\s*(?P<colon>[:：]|$)"
)
_COLON = lazy_pattern("[:：]")
_LONGEST = 24
"""Characters of the longest label with its enumerator."""
_INSIDE = lazy_pattern("|".join(f"(?P<{key}>{words})[:：]" for key, words in LABELS.items() if key != "overview"))
"""A label in the middle of a paragraph: the line end before it was lost."""

_NOTHING = lazy_pattern(r"[无/\\—–-]{1,3}[。.]?")
_SECTION_TITLE = lazy_pattern(r"(?:项目)?(?:经费|支出|预算){0,9}情况(?:的)?说明$")
_OWN_TITLE = lazy_pattern(r"(?:项目(?:经费|支出|预算){0,9})?情况(?:的)?说明$")
_BODY = lazy_pattern(r"(?:[局委办处院所校部馆站队镇乡]|街道|中心|公司|部门|单位|委员会)$")


class Piece(NamedTuple):
    """A part of a paragraph's text, from `start` to `end`."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its text without blanks at the ends."""
        return self.paragraph.text[self.start : self.end].strip()


@dataclass(slots=True)
class Draft:
    """A project that is being read: its fields so far."""

    place: Place
    level: int
    """Depth of the heading that its first label stands in, 0 for none."""
    labelled: bool
    """True where a label names it (项目名称), False where a title does."""
    described: bool
    """True in a section that describes projects."""
    fields: dict[str, list[Piece]] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    """Fields whose label stands there twice."""
    open: str = ""
    """The field that the next paragraph without a label belongs to."""

    def add(self, key: str, piece: Piece) -> None:
        """Take in the text behind a label."""
        if self.fields.get(key):
            self.repeated.append(key)
        self.fields.setdefault(key, []).append(piece)
        self.open = key

    def go_on(self, paragraph: Paragraph) -> None:
        """Take in a paragraph without a label."""
        self.fields.setdefault(self.open, []).append(Piece(paragraph, 0, len(paragraph.text)))

    def text(self, key: str) -> str:
        """The text of a field, a line for each paragraph; "" for 无."""
        pieces = self.fields.get(key)
        if not pieces:  # most of them: a project has some of the fields
            return ""
        text = "\n".join(piece.text for piece in pieces if piece.text)
        return "" if _NOTHING.fullmatch(text) else text


class FieldText(NamedTuple):
    """The paragraphs of one field as one text, a line each.

    It knows where its characters stand in the document.
    """

    text: str
    pieces: tuple[tuple[int, Piece], ...]

    @classmethod
    def of(cls, pieces: list[Piece]) -> FieldText:
        """Put the pieces together."""
        starts, parts, offset = [], [], 0
        for piece in pieces:
            starts.append((offset, piece))
            parts.append(piece.paragraph.text[piece.start : piece.end])
            offset += len(parts[-1]) + 1
        return cls("\n".join(parts), tuple(starts))

    def place(self, offset: int) -> Place:
        """The place of a character of the text in the document."""
        start, piece = next(pair for pair in reversed(self.pieces) if pair[0] <= offset or pair is self.pieces[0])
        return piece.paragraph.place(piece.start + offset - start)


def labels(paragraph: Paragraph, *, inside: bool) -> list[tuple[str, Piece]]:
    """The labels of a paragraph, each with the text behind it.

    One must stand at its beginning; further ones are found only if `inside`.
    """
    text = paragraph.text
    if len(text) > _LONGEST and not _COLON.search(text, 0, _LONGEST):
        return []
    head = _HEAD.match(text)
    if head is None:
        return []
    found = [(head.lastgroup if head.lastgroup != "colon" else _group(head), head.end())]
    starts = [0]
    if inside and _COLON.search(text, head.end()):
        for label in _INSIDE.finditer(text, head.end()):
            found.append((_group(label), label.end()))
            starts.append(label.start())
    ends = [*starts[1:], len(text)]
    return [(key or "", Piece(paragraph, start, end)) for (key, start), end in zip(found, ends, strict=True)]


def _group(label: re.Match[str]) -> str:
    if label.re.pattern != _HEAD.pattern:
        return label.lastgroup or ""
    return next(key for key in LABELS if label[key] is not None)


def title(text: str) -> str:
    """The name in a project's own heading: without enumerators and 项目经费情况说明; "" where it names none."""
    text = re.sub(rf"^项目(?:{_NUMERAL}|\d{{1,2}})[：:、]?\s*", "", without_enumerator(text).strip())
    if not re.sub(r"^(?:\d{4}年度?)?(?:部门|单位)?", "", _SECTION_TITLE.sub("", text)):
        return ""
    name = _OWN_TITLE.sub("", text).strip("“”\"' ：:")
    return "" if name != text and _BODY.search(name) else name


_HALF = str.maketrans("０１２３４５６７８９．－—–～〜―至到", "0123456789." + 8 * "-")
_YEAR = r"(?P<{0}>(?:19|20)\d\d)[年./-]度?"
_MONTH = r"(?P<{0}>1[0-2]|0?[1-9])(?:月份?|[./]|(?=-|$))"
_DAY = r"(?:(?P<{0}>3[01]|[12]\d|0?[1-9])日?|(?P<{0}_last>底|末))"
_DATE = lazy_pattern(
    rf"(?:{_YEAR.format('year')})?(?:{_MONTH.format('month')}(?:{_DAY.format('day')})?|(?<=年)(?P<ends>底|末)|(?<=年)(?P<starts>初))"
)
_ISO = lazy_pattern(r"(?P<year>(?:19|20)\d\d)-(?P<month>1[0-2]|0?[1-9])-(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)")
_YEARS = lazy_pattern(r"(?P<first>(?:19|20)\d\d)年?(?:度|全年)?(?:-(?P<last>(?:19|20)\d\d)年?(?:度)?)?")
_LAST_MONTH = 12

Day = tuple[int, int, int | None]
"""Year, month, day; no day for a whole month."""


def period(text: str) -> tuple[str, str]:
    """The first and the last day of a period as ISO dates; "" where it does not tell."""
    plain = re.sub(r"[\s（）()。；;]|起$|止$|期间|内$", "", text.translate(_HALF))
    years = _YEARS.fullmatch(plain.removesuffix("全年").removesuffix("度"))
    if years:
        return f"{years['first']}-01-01", f"{years['last'] or years['first']}-12-31"
    days = _days(plain)
    if len(days) == 1 and re.search(r"(?:底|末|前|日前|截止|完成)$|^截[至止]|^-", plain):
        return "", _last(days[0])
    if len(days) != 2 or "-" not in plain:  # noqa: PLR2004 - from and to
        return "", ""
    first, last = _first(days[0]), _last(days[1])
    return (first, last) if not first or not last or first <= last else ("", "")


def _days(plain: str) -> list[Day]:
    """The dates of a text; a date without a year has that of the one before it."""
    days: list[Day] = []
    iso = list(_ISO.finditer(plain))
    if iso:
        return [(int(found["year"]), int(found["month"]), int(found["day"])) for found in iso]
    for found in _DATE.finditer(plain):
        year = int(found["year"]) if found["year"] else days[-1][0] if days else 0
        if not year or not (found["month"] or found["ends"] or found["starts"]):
            continue
        month = int(found["month"]) if found["month"] else _LAST_MONTH if found["ends"] else 1
        days.append((year, month, int(found["day"]) if found["day"] else None))
    return days


def _first(day: Day) -> str:
    return _iso(day[0], day[1], day[2] or 1)


def _last(day: Day) -> str:
    return _iso(day[0], day[1], day[2] or monthrange(day[0], day[1])[1])


def _iso(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02d}-{day:02d}" if day <= monthrange(year, month)[1] else ""
