"""Amounts that the narrative repeats outside its statements of change: totals, classes, carry-over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks.narrative.subjects import FigureSelector, meaning, selectors
from budget.model import money
from budget.model.disclosure import MoneyUnit
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText, Place, Stretch
    from budget.model.coordinates import Coordinates

AMOUNT = lazy_pattern(r"(?<!\d)(?<!\d[,.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万元|亿元|元)")
_BEGIN = lazy_pattern(r"[，。；：、,;:]|主要用于|用于|包括|其中|合计(?=[^，。]{4})")
_CLAUSE = lazy_pattern(r"[，。；：,;:（(]")
_SENTENCE = lazy_pattern(r"[。；;]")
_PARTS = lazy_pattern(r"其中|包括|分别")
_OF_IT = lazy_pattern("[。；]其中")
"""Parts of what the sentence before names."""
_USE = lazy_pattern(r"用于|[比较]")
_LEAD = lazy_pattern(r"^(?:.*?\d{4}年度?(?:部门|单位)?)")
_VERB = lazy_pattern(r"(?:预算)?(?:数|安排|总额|合计)?[为是共]$")
_BUDGETED = lazy_pattern("(?:年初|全年|调整后?)预算|预算数|预算(?=安排|[为是]$)")
_OF_ITEM = lazy_pattern(r"[（(][类款项][)）]")
_ITEM_REACH = 250
"""Characters behind the names of an item in which a bare 支出决算 is its own."""
_EXPLAINED = lazy_pattern("情况|说明|总体|编制|安排|变化")
"""Headings of sections that tell what the tables print; projects, targets and terms speak of other amounts."""
_OTHER = lazy_pattern("项目经费|绩效|名词|职能|职责|机构设置|目标|国有资产|采购|目录")
_APPROPRIATION = lazy_pattern("财政拨款收支")
_CARRYOVER = lazy_pattern("结转结?余?预算|结转结余")
_LISTED = lazy_pattern(
    r"(?:^|[。；：，])(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）])(?P<name>[^。；：]{2,90}?)(?=(?:\d[\d,]{0,24})(?:\.\d{1,9})?万?元)"
)


class Told(NamedTuple):
    """An amount of the text and what it may mean."""

    subject: str
    wanted: tuple[FigureSelector, ...]
    fen: int
    half_unit: int
    printed: str
    place: Place


def told(context: CheckContext, said: NarrativeText) -> Iterator[Told]:
    """Amounts of the narrative whose words name a total or a line.

    The words stand before the amount; lines are those of the general public budget.
    """
    names = _names(context)
    bodies = tuple(sorted({context.head.body, *context.head.aliases} - {""}, key=len, reverse=True))
    for stretch in said.stretches:
        heading = stretch.heading.rpartition(" › ")[2]
        if _EXPLAINED.search(heading) and not _OTHER.search(heading):
            lines = names if _APPROPRIATION.search(heading) else {}
            yield from _of_stretch(stretch, bodies, lines)


def text_of_carryovers(said: NarrativeText) -> str:
    """The text under the headings that are about carry-over."""
    return "\n".join(stretch.text for stretch in said.stretches if _CARRYOVER.search(stretch.heading))


def listed(said: NarrativeText) -> Iterator[tuple[str, int, int, str, Place]]:
    """The enumerated carry-overs: name, fen, half unit, as printed, place."""
    for stretch in said.stretches:
        if not _CARRYOVER.search(stretch.heading):
            continue
        for match in _LISTED.finditer(stretch.text):
            found = AMOUNT.match(stretch.text, match.end())
            amount = money.parse(found.group(), MoneyUnit.WAN) if found else None
            if amount:
                yield match["name"], amount.fen, amount.half_unit, amount.printed, stretch.place(match.end())


def _of_stretch(stretch: Stretch, bodies: Sequence[str], names: dict[str, list[str]]) -> Iterator[Told]:
    text, begin, within = stretch.text, 0, ""
    whole: Coordinates | None = None
    parts = False
    for found in AMOUNT.finditer(text):
        amount = money.parse(found.group(), MoneyUnit.WAN)
        before = text[begin : found.start()]
        begin = found.end()
        if _SENTENCE.search(before) and not _OF_IT.match(before):
            whole, parts = None, False
        parts = parts or _PARTS.search(before) is not None
        if amount is None:
            continue
        phrase = _phrase(before, bodies)
        meant = None if _USE.search(before.rpartition("。")[2]) else meaning(phrase)
        if (
            meant is not None
            and not any(meant[1:])
            and _OF_ITEM.search(text, max(found.start() - _ITEM_REACH, 0), begin)
        ):
            meant = None
        if meant is not None and (whole is not None or not parts):
            version = "budget" if _BUDGETED.search(before.rpartition("，")[2]) else ""
            wanted = selectors(phrase, "", stretch.heading, version)
            if parts and whole is not None:
                wanted = tuple(dict.fromkeys(FigureSelector(_narrowed(one.coordinates, whole)) for one in wanted))
            else:
                whole = wanted[0].coordinates if wanted else None
            if wanted:
                yield Told(phrase, wanted, *amount, stretch.place(found.start()))
                continue
        starts = list(_BEGIN.finditer(before))
        name = before[starts[-1].end() :] if starts else before
        codes = names.get(name, [])
        within = codes[0] if len(codes) == 1 and len(codes[0]) == 3 else within  # noqa: PLR2004 - a class
        own = [code for code in codes if code.startswith(within)] if len(codes) > 1 else codes
        if len(own) == 1:
            yield Told(name, selectors(name, own[0], ""), *amount, stretch.place(found.start()))


def _phrase(before: str, bodies: Sequence[str]) -> str:
    """The words that an amount is the amount of: without body, year and verb."""
    clause = before[max((match.end() for match in _CLAUSE.finditer(before)), default=0) :]
    clause = _LEAD.sub("", _PARTS.split(clause)[-1])
    for body in bodies:
        clause = clause.replace(body, "")
    return _VERB.sub("", clause)


def _narrowed(part: Coordinates, whole: Coordinates) -> Coordinates:
    """A part of a whole: what it does not say is that of the whole."""
    values = {name: ours or theirs for name, ours, theirs in zip(part._fields, part, whole, strict=True)}
    return part._replace(**values)


def _names(context: CheckContext) -> dict[str, list[str]]:
    """Names of the lines of appropriations by function -> their codes."""
    found: dict[str, list[str]] = {}
    for fact in context.facts:
        place = fact.coordinates
        if place.function and place.fund in {"general_public", "appropriation"} and fact.row_path and not place.project:
            name = fact.row_path[-1].removeprefix(place.function).strip()
            if name and place.function not in found.setdefault(name, []):
                found[name].append(place.function)
    return found
