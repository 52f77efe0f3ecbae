"""Subjects of stated amounts, without body name, year and filling words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.narrative.prose import without_enumerator
from loaders.words.tokens import normal

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping

    from loaders.narrative.prose import Paragraph

_LEVEL = r"[“\"]?\d{{0,7}}+([^，。；：“”\"]{{1,60}}?)[”\"]?[(（]\d{{0,3}}{}[)）]"
_ITEM = lazy_pattern(_LEVEL.format("类") + rf"(?:{_LEVEL.format('款')}(?:{_LEVEL.format('项')})?)?")
_LEVELS = lazy_pattern(r"(?P<section>[^（）()]{1,60})[（(]款[)）](?P<item>[^（）()]{1,60})[（(]项[)）](?:支出)?")
"""A section and its item under the heading of their class."""
_USED_ITEM = lazy_pattern(_ITEM.pattern + r"[。，；]?(?:主要)?用于[：:]?[^。]{1,160}。[^。；]{0,30}$")
"""An item, what it is used for, and the words before its amount."""
_YEAR = lazy_pattern(r"^(?:.*?\d{4}年度?)?的?")
_SELF = lazy_pattern(r"^[本我](?:部门|单位|级|局|委|院|校|镇|乡|街道)")
_EDITION = lazy_pattern(r"^[(（]?(?:部门|单位|本级)[)）]?(?=.)")
_LEAD = lazy_pattern(r"^(?:其中|包括|具体为|以及|[和及])|^[“\"]")
_TAIL = lazy_pattern(
    r"(?:\d{4}年度?(?:当年|年初)?(?:财政拨款)?(?:支出)?预算(?:数|安排|金额|总额|数额)?|预算(?:数|金额|总额|数额)"
    r"|科目|共计|合计|总额|金额|安排)?"
    r"(?:[为是共]|安排)?[：:]?[”\"]?$"
)
_ITEM_TAIL = lazy_pattern(r"(?!.*(?:用于|其中|增加|减少))[^。；]{0,30}$")
_THREE_PUBLIC = lazy_pattern(r"[“\"]?三公[”\"]?经费(?!.*?费)")
_SENTENCE_END = lazy_pattern(r"[。；;]")
_CLAUSE = lazy_pattern(
    r"(?:[，,：:]|^(?:[（(][^（）()]{0,80}[）)]|[）)])?、|(?:^|(?<=[。；;，,：:]))[一二三四五六七八九十\d]{1,3}、)"
    r"(?![^（(]{0,160}[）)])"
)
"""Where a subject may begin: 、 ends the amount before it, or its number in a list; else it is within a name."""
_ITSELF = lazy_pattern(r"(?:本年|当年|本期|年初|收入|支出|预算|决算|安排|执行|完成){0,4}数")
"""What speaks of the amount before it: 本年数, 决算数."""
_WORDS = lazy_pattern(r"[\u4e00-\u9fff]{2}")
_USE = lazy_pattern(r"(?:主要)?用于")
_BODY = lazy_pattern(
    r"(?:^关于(?P<about>[^，。；]{2,40}?)(?:部门|单位)?\d{4}年)|(?:编制|填报|公开|预算主管)(?:部门|单位)[:：](?P<editor>[^，。；：\s]{2,40}?)"
    r"(?:（(?:部门|单位|本级)）)?(?:(?:金额)?单位[:：]|$)"
)
_KNOWN = lazy_pattern(
    r"“三公”经费|因公出国.{0,6}费用?|公务用车.{0,8}费|公务接待费|会议费|培训费|基本支出|项目支出|人员经费|公用经费"
    r"|(?:上级)?(?:一般公共预算|政府性基金|国有资本).{0,16}|财政专户管理资金.{0,4}|单位资金|(?:非?财政拨款|上年)结[转余].{0,6}"
    r"|(?:财政拨款|事业(?:单位)?(?:经营)?|经营|其他|上级补助|附属单位上缴)收入(?:预算)?|(?:收入|支出|收支)总?预算|财政拨款支出预算"
    r"|(?:财政拨款)?机关运行经费.{0,8}"
)  # fmt: skip
_ORGAN = lazy_pattern(
    r"^[^、]{1,40}?(?:局|厅|委|院|校|学|处|中心|办|办公室|政府|会|队|所|站|馆|部|本级|社|街道|镇|乡|园|庭)"
    r"(?:[（(](?:部门|单位|本级)[)）])?(?:本级|机关|部门|单位)?"
    r"(?=(?:收入|支出|收支)总?预算|财政拨款[收支]|一般公共预算|机关运行经费|“三公”经费|基本支出|项目支出)"
)
"""A body's name before a usual subject, where no title tells the name; several bodies may be a part of the whole."""
_MOST = 160
"""Characters before an amount in which its subject is looked for."""


def bodies(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """Names of the body in titles and above tables, the longest first."""
    found = set()
    for paragraph in paragraphs:
        text = paragraph.heading[1] if paragraph.level else paragraph.text[:_MOST]
        if match := _BODY.search(text):
            found.add(match["about"] or match["editor"])
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


class Subject(NamedTuple):
    """The subject of a stated amount; names of 类, 款 and 项 have "/" between them."""

    name: str  # "" where there is none
    offset: int  # in the text before the amount
    item: bool  # names of 类, 款, 项

    @property
    def itself(self) -> bool:
        """Whether it only speaks of the amount before it."""
        return _ITSELF.fullmatch(self.name) is not None

    @property
    def usual(self) -> bool:
        """Whether it may begin a statement behind another one's reason."""
        return self.item or _KNOWN.fullmatch(self.name) is not None


def subject(gap: str, names: Iterable[str]) -> Subject:
    """The subject in the text before an amount; `names` are those of the body."""
    offset = max(len(gap) - _MOST, 0)
    if "用于" in gap and (used := _USED_ITEM.search(gap, max(len(gap) - 2 * _MOST, 0))):
        return Subject("/".join(_name(part) for part in used.groups() if part), used.start(), item=True)
    if ends := list(_SENTENCE_END.finditer(gap, offset)):
        offset = ends[-1].end()
    if item := _last_item(gap, offset):
        return Subject("/".join(_name(part) for part in item.groups() if part), item.start(), item=True)
    tail = _TAIL.search(gap, offset)
    end = tail.start() if tail else len(gap)
    if commas := list(_CLAUSE.finditer(gap, offset, end)):
        offset = commas[-1].end()
    text = gap[offset:end]
    if _USE.search(text):
        return Subject("", offset, item=False)
    found = _clean(text, names)
    at = text.rfind(found) if found else 0
    if public := _THREE_PUBLIC.search(found):
        return Subject("“三公”经费", offset + max(at, 0) + public.start(), item=False)
    return Subject(found, offset + max(at, 0), item=False)


def key(name: str) -> str:
    """The key that two prints of one subject share."""
    return normal(name).removesuffix("用").removesuffix("支出").removesuffix("预算").replace("维护", "")


def code(name: str, codes: Mapping[tuple[str, str, str], str]) -> str:
    """The functional code of a subject A, A/B, A/B/C or B（款）C（项）; "" where the mapping has none, or several."""
    parts = [normal(part) for part in name.split("/")]
    found = codes.get((parts[0], *(parts[1:2] or [""]), *(parts[2:3] or [""])), "")  # type: ignore[arg-type]
    if found or not (levels := _LEVELS.fullmatch(name)):
        return found
    named = (normal(levels["section"]), normal(levels["item"]))
    fitting = [code_ for (_, section, item), code_ in codes.items() if (section, item) == named]
    return fitting[0] if len(fitting) == 1 else ""


def normal_codes(codes: Mapping[tuple[str, str, str], str]) -> dict[tuple[str, str, str], str]:
    """The mapping with names as `code` compares them."""
    return {(normal(a), normal(b), normal(c)): found for (a, b, c), found in codes.items()}


def _last_item(gap: str, offset: int) -> re.Match[str] | None:
    items = list(_ITEM.finditer(gap, offset))
    found = items[-1] if items else None
    return found if found and _ITEM_TAIL.match(gap, found.end()) else None


def _name(printed: str) -> str:
    return printed.strip('“”" 、')


def _clean(text: str, names: Iterable[str]) -> str:
    """Without the body, the year and filling words before it."""
    before = ""
    while text != before:
        before = text
        for pattern in (_LEAD, _YEAR, _SELF):
            text = pattern.sub("", text, count=1)
        for name in names:
            if text.startswith(name):
                text = _EDITION.sub("", text[len(name) :])
                break
    if not _KNOWN.fullmatch(text):
        text = _ORGAN.sub("", text, count=1)
    return text if _WORDS.search(text) else ""


def is_item(name: str) -> bool:
    """Whether a subject is 款 and 项, without the 类 above."""
    return _LEVELS.fullmatch(name) is not None


def is_numbered_item(text: str) -> bool:
    """Whether a paragraph begins with the name of one 项."""
    found = _ITEM.match(without_enumerator(text[:_MOST]).lstrip('“"'))
    return found is not None and found[3] is not None
