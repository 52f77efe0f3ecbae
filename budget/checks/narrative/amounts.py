"""Amounts that the narrative repeats outside its statements of change: totals, classes, carry-over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.narrative.subjects import T5, seats
from budget.model import money
from budget.model.disclosure import MoneyUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import Book
    from budget.checks.narrative.subjects import Seat
    from budget.checks.narrative.text import Place, Said, Stretch

AMOUNT = re.compile(r"(?<!\d)(?<!\d[,.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万元|亿元|元)")
_BEGIN = re.compile(r"[，。；：、,;:]|主要用于|用于|包括|其中|合计(?=[^，。]{4})")
_APPROPRIATION = re.compile("财政拨款收支")
_CARRYOVER = re.compile("结转结?余?预算|结转结余")
_BASIC = re.compile("基本支出情况")
_TOTALS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(heading), re.compile(words + r"(?:数|总额|合计)?[为是共]?$"), subject)
    for heading, words, subject in (
        ("财政拨款收支", "收支总预算", "财政拨款收支总预算"),
        ("财政拨款收支", "一般公共预算拨款(?:收入)?", "一般公共预算支出"),
        ("(?<!拨款)收支预算", "收支总预算", "收支总预算"),
        ("收入预算", "收入(?:总)?预算", "收入预算"),
        ("(?<!基本)(?<!项目)支出预算", "支出(?:总)?预算", "支出预算"),
        ("一般公共预算当年拨款", "一般公共预算(?:当年)?拨款", "一般公共预算支出"),
        ("一般公共预算基本支出", "一般公共预算基本支出", "基本支出"),
        ("一般公共预算基本支出", "人员经费", "人员经费"),
        ("一般公共预算基本支出", "公用经费", "公用经费"),
        ("结转结余", "上(?:半)?年结转结余", "上年结转结余"),
        ("结转结余", "(?<!非)财政拨款", "结转的财政拨款"),
        ("结转结余", "非财政拨款(?:结转结余)?", "结转的非财政拨款"),
    )
)
"""Heading, words before the amount, subject as `seats` knows it; the first that fits counts."""
_LISTED = re.compile(
    r"(?:^|[。；：，])(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）])(?P<name>[^。；：]{2,90}?)(?=(?:\d[\d,]*)(?:\.\d+)?万?元)"
)


class Told(NamedTuple):
    """An amount of the text and the places in the tables that print it too."""

    subject: str
    seats: tuple[Seat, ...]
    fen: int
    half_unit: int
    printed: str
    place: Place


def told(book: Book, said: Said) -> Iterator[Told]:
    """The amounts of the narrative whose words before them name a total, or a line of the general public budget."""
    names = _names(book)
    for stretch in said.stretches:
        wanted = [(words, subject) for heading, words, subject in _TOTALS if heading.search(stretch.heading)]
        lines = names if _APPROPRIATION.search(stretch.heading) else {}
        if wanted or lines:
            yield from _of_stretch(stretch, wanted, lines)


def text_of_carryovers(said: Said) -> str:
    """The text under the headings that are about carry-over."""
    return "\n".join(stretch.text for stretch in said.stretches if _CARRYOVER.search(stretch.heading))


def listed(said: Said) -> Iterator[tuple[str, int, int, str, Place]]:
    """The enumerated carry-overs: name, fen, half unit, as printed, place."""
    for stretch in said.stretches:
        if not _CARRYOVER.search(stretch.heading):
            continue
        for match in _LISTED.finditer(stretch.text):
            found = AMOUNT.match(stretch.text, match.end())
            amount = money.parse(found.group(), MoneyUnit.WAN) if found else None
            if amount:
                yield match["name"], amount.fen, amount.half_unit, amount.printed, stretch.place(match.end())


def _of_stretch(
    stretch: Stretch, wanted: list[tuple[re.Pattern[str], str]], names: dict[str, list[str]]
) -> Iterator[Told]:
    text, begin, within = stretch.text, 0, ""
    for found in AMOUNT.finditer(text):
        amount = money.parse(found.group(), MoneyUnit.WAN)
        before = text[begin : found.start()]
        begin = found.end()
        if amount is None:
            continue
        subject = next((subject for words, subject in wanted if words.search(before)), "")
        if subject:
            yield Told(subject, seats(subject, "", stretch.heading), *amount, stretch.place(found.start()))
            continue
        starts = list(_BEGIN.finditer(before))
        name = before[starts[-1].end() :] if starts else before
        codes = names.get(name, [])
        within = codes[0] if len(codes) == 1 and len(codes[0]) == 3 else within  # noqa: PLR2004 - a class
        own = [code for code in codes if code.startswith(within)] if len(codes) > 1 else codes
        if len(own) == 1:
            yield Told(name, seats(name, own[0], ""), *amount, stretch.place(found.start()))


def _names(book: Book) -> dict[str, list[str]]:
    """Names of the lines of the general public budget -> their codes."""
    found: dict[str, list[str]] = {}
    for row in book.sheets.of(T5):
        if row.code and row.name and row.code not in found.setdefault(row.name, []):
            found[row.name].append(row.code)
    return found
