"""Closing the sum of the projects: the total, the row for what the project table does not cover, its make-up.

The tables are numbered here as in the eleven-table form.  Table 7 covers the general public budget only.  Where table 3
shows more project expenditure than the projects add up to, the rest comes from carry-over and other funds: it is shown
as a computed row, with the lines of table 11 that could make it up.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from budget.language import tr
from budget.model import ColumnStatus, RowKind, StatementId
from budget.money import decimals_for, format_fen, tolerance
from budget.sheets import COMPUTED, Amount, Row
from budget.views.tree import computed_row, sum_note, summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.model import MoneyUnit
    from budget.sheets import Sheets

CLOSING_KEY = "@closing"
MOST_CARRIED = 12
"""Lines of table 11 up to which the combinations that make up the closing row are looked for."""

_UNSURE = {ColumnStatus.INFERRED.value, ColumnStatus.AMBIGUOUS.value}
_PROJECTS = StatementId.PROJECT_EXPENDITURE
_ALL_FUNDS = StatementId.EXPENDITURE_DETAIL


class Closed(NamedTuple):
    """The total of a place, the closing row where table 3 exceeds the projects, and what does not fit."""

    total: Row
    row: Row | None
    notes: list[str]


def closing_name(found: Sheets) -> str:
    """What the closing row is called: 结转及其他资金（表3−表7）."""
    return tr("结转及其他资金（{0}−{1}）").format(found.reference(_ALL_FUNDS), found.reference(_PROJECTS))


def is_project(row: Row, place: str) -> bool:
    """Whether a line of table 7 is a project at or below a place."""
    return (row.kind == RowKind.PROJECT or bool(row.project)) and row.code.startswith(place)


def close(
    found: Sheets, projects: Sequence[Row], place: str, measures: tuple[tuple[str, str], ...], unit: MoneyUnit
) -> Closed:
    """Close the sum of the projects of a place with the project expenditure that table 3 prints for it."""
    listed_total, notes = _listed(found, projects, place, measures, unit)
    side = _side(found, place)
    if side is None or not found.found(_PROJECTS):
        return Closed(listed_total if side is None else _as_total(side, listed_total), None, notes)
    amount, whole, part = side.amounts["project"], found.reference(_ALL_FUNDS), found.reference(_PROJECTS)
    total = _as_total(side, listed_total)
    addends = [row.amounts["total"] for row in projects if "total" in row.amounts]
    halves = [amount.half_unit, *(addend.half_unit for addend in addends)]
    listed = sum(addend.fen for addend in addends)
    gap, allowed = amount.fen - listed, tolerance(len(addends), max(halves))
    if amount.status in _UNSURE:
        notes.append(tr("{0}项目支出的列不是原表所定，与{1}的差额仅供参考").format(whole, part))
    if gap > allowed:
        rest = Amount(gap, min(halves), COMPUTED)
        return Closed(
            total, computed_row(_PROJECTS, place, closing_name(found), {"total": rest}, key=CLOSING_KEY), notes
        )
    if gap:
        decimals = decimals_for(min(halves), unit)
        ours, theirs, apart = (format_fen(fen, unit, decimals) for fen in (listed, amount.fen, abs(gap)))
        says = tr("舍入可解释") if -gap <= allowed else tr("舍入不能解释")
        said = tr("{0}项目合计 {1}，{2}项目支出 {3}，相差 {4}，{5}")
        notes.append(said.format(part, ours, whole, theirs, apart, says))
    return Closed(total, None, notes)


def made_up_of(found: Sheets, closing: Row | None, unit: MoneyUnit) -> str | None:
    """The lines of table 11 whose project amounts make up the closing row, marked as inferred; None where none do."""
    if closing is None:
        return None
    rest, table = closing.amounts["total"], found.reference(StatementId.CARRYOVER_DETAIL)
    carried = [(row, amount) for row in found.of(StatementId.CARRYOVER_DETAIL) if (amount := _carried(row))]
    if not carried or len(carried) > MOST_CARRIED:
        return None
    fitting = _subsets(carried, rest)
    if len(fitting) > 1:
        return tr("{0}有 {1} 种组合相符，未定").format(table, len(fitting))
    decimals = decimals_for(rest.half_unit, unit)
    for chosen in fitting:
        parts = " + ".join(f"{row.project or row.name} {format_fen(part.fen, unit, decimals)}" for row, part in chosen)
        return tr("可能由{0}的 {1} 构成（推断）").format(table, parts)
    return None


def _listed(
    found: Sheets, projects: Sequence[Row], place: str, measures: tuple[tuple[str, str], ...], unit: MoneyUnit
) -> tuple[Row, list[str]]:
    """The line that table 7 prints for the place, where it prints one, else the sum of the projects."""
    for row in found.of(_PROJECTS):
        if not is_project(row, "") and (row.code == place if place else row.kind == RowKind.GRAND_TOTAL):
            return row, [f"{found.reference(_PROJECTS)} {note}" for note in sum_note(row, projects, measures, unit)]
    return summed(projects, _PROJECTS, place, (name for name, _ in measures)), []


def _side(found: Sheets, place: str) -> Row | None:
    """The line of table 3 that prints the project expenditure of a place."""
    for row in found.of(_ALL_FUNDS):
        if (row.code == place if place else row.kind == RowKind.GRAND_TOTAL) and "project" in row.amounts:
            return row
    return None


def _as_total(side: Row, listed: Row) -> Row:
    """The line of table 3 as the total; its economic columns are those of table 7, table 3 has none."""
    return replace(side, amounts={**listed.amounts, "total": side.amounts["project"]})


def _carried(row: Row) -> Amount | None:
    """The project amount of a project's line in table 11; its total where the columns are not told apart."""
    if row.kind != RowKind.PROJECT and not row.project:
        return None
    parts = [
        row.amounts[name] for name in ("appropriation_project", "non_appropriation_project") if name in row.amounts
    ]
    if not parts:
        return row.amounts.get("total")
    return Amount(sum(part.fen for part in parts), max(part.half_unit for part in parts), COMPUTED)


def _subsets(carried: list[tuple[Row, Amount]], rest: Amount) -> list[tuple[tuple[Row, Amount], ...]]:
    """The sets of lines that sum to the rest exactly; where there is none, those that do within rounding."""
    exact, near = [], []
    for size in range(1, len(carried) + 1):
        allowed = tolerance(size, rest.half_unit)
        for chosen in combinations(carried, size):
            gap = abs(sum(amount.fen for _, amount in chosen) - rest.fen)
            if gap == 0:
                exact.append(chosen)
            elif gap <= allowed:
                near.append(chosen)
    return exact or near
