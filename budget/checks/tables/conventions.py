"""What is usual between tables and not certain: paired codes, “三公” items at least what basic expenditure has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks.rule import Outcome
from budget.checks.tables.equations import Equation, Verdict, holds, outcome
from budget.i18n.language import N_
from budget.model.coordinates import Coordinates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.tables.figures import Figure, FigureIndex
    from budget.model.facts import Fact

PAIRED, HALF, LEAST, RUNNING = "paired_codes", "annuity_half", "item_of_basic", "operation_of_basic"
_UNUSUAL = N_("与通常情形不同")
_FUNDS = ("general_public", "appropriation")
TWINS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("30108", ("2080505",)),
    ("30109", ("2080506",)),
    ("30110", ("2101101", "2101102")),
    ("30111", ("2101103",)),
    ("30113", ("2210201",)),
)
"""Economic sections and the functional items that usually carry the same money."""
ITEMS: tuple[tuple[str, str, str], ...] = (
    ("overseas", "30212", "出国"),
    ("reception", "30217", "接待"),
    ("vehicle_running", "30231", "公务用车"),
    ("vehicle_purchase", "31013", "公务用车"),
    ("meetings", "30215", "会议"),
    ("training", "30216", "培训"),
)
"""Items, the economic sections of basic expenditure that are part of them, and what their names say."""


def check(tables: FigureIndex) -> Iterator[Verdict]:
    """What is usual in each version that the tables print."""
    versions = dict.fromkeys(
        coordinates.version
        for coordinates in tables.at
        if coordinates.economic and coordinates.kind == "basic" and coordinates.flow == "expenditure"
    )
    for version in versions:
        fund = next((fund for fund in _FUNDS if _basic(tables, fund, version, "30108", "30101", "301")), None)
        if fund is not None:
            yield from _twins(tables, fund, version)
            yield from _half(tables, fund, version)
            yield from _least(tables, fund, version)
            yield from _running(tables, fund, version)


def _at(fund: str, version: str, **named: str) -> Coordinates:
    return Coordinates(flow="expenditure", fund=fund, version=version)._replace(**named)


def _first(tables: FigureIndex, coordinates: Coordinates) -> tuple[Fact, ...]:
    """What the first table prints for some coordinates; nothing where none does."""
    figure: Figure | None = next(iter(tables.at.get(coordinates, {}).values()), None)
    return figure.prints[0] if figure is not None else ()


def _basic(tables: FigureIndex, fund: str, version: str, *codes: str) -> tuple[Fact, ...]:
    """What basic expenditure has for the first of these codes whose name means it."""
    found = (_first(tables, _at(fund, version, kind="basic", economic=code)) for code in codes)
    return next((facts for facts in found if facts and not facts[0].standard_code), ())


def _hint(equation: Equation) -> Verdict:
    """A soft rule: what does not hold is worth a look."""
    if not equation.certain:
        return Verdict(equation, Outcome.NOT_CHECKED, N_("有数字所在的列未能确定"))
    if holds(equation):
        return Verdict(equation, outcome(equation))
    return Verdict(equation, Outcome.HINT, _UNUSUAL)


def _twins(tables: FigureIndex, fund: str, version: str) -> Iterator[Verdict]:
    for section, items in TWINS:
        ours = _basic(tables, fund, version, section)
        theirs = tuple(
            fact
            for item in items
            for fact in _first(tables, _at(fund, version, kind="basic", function=item))
            or _first(tables, _at(fund, version, function=item))
        )
        if ours and theirs:
            yield _hint(Equation(PAIRED, ours, theirs))


def _half(tables: FigureIndex, fund: str, version: str) -> Iterator[Verdict]:
    """The rate is 8% to 16%, before May 2019 to 20%, of nearly the same base: a hundredth is no news."""
    half, whole = _basic(tables, fund, version, "30109"), _basic(tables, fund, version, "30108")
    if half and whole:
        annuity, pension = (sum(fact.amount_fen for fact in facts) for facts in (half, whole))
        near = pension // 100
        if abs(5 * annuity - 2 * pension) > 2 * near:
            verdict = _hint(Equation(HALF, whole, half * 2))
            close = verdict.outcome is Outcome.HINT and abs(verdict.equation.difference) <= near
            yield verdict._replace(outcome=Outcome.EXACT, why=N_("相差不到百分之一")) if close else verdict


def _least(tables: FigureIndex, fund: str, version: str) -> Iterator[Verdict]:
    """Every item is at least what basic expenditure has for it."""
    for item, section, word in ITEMS:
        least = _basic(tables, fund, version, section)
        found = (_first(tables, _at(of, version, item=item)) for of in dict.fromkeys((fund, *_FUNDS, "")))
        whole = next((facts for facts in found if facts), ())
        if least and whole and any(word in label for label in least[0].row_path[-1:]):
            yield _at_most(Equation(LEAST, least, whole))


def _running(tables: FigureIndex, fund: str, version: str) -> Iterator[Verdict]:
    """The operating expenses of organs are at most the operating part of basic expenditure."""
    found = (_first(tables, _at(of, version, item="agency_operation")) for of in dict.fromkeys((fund, "")))
    own = next((facts for facts in found if facts), ())
    whole = _first(tables, _at(fund, version, kind="basic.operating"))
    if own and whole:
        yield _at_most(Equation(RUNNING, own, whole))


def _at_most(equation: Equation) -> Verdict:
    """Left is at most right: less is as it should be."""
    if equation.certain and equation.difference < 0:
        return Verdict(equation, Outcome.EXACT)
    return _hint(equation)
