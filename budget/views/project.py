"""The projects at and below a place (table 7), and the row that closes the sum with the project side of table 3.

Table 7 covers the general public budget only.  Where table 3 shows more project expenditure than the projects add up
to, the rest comes from carry-over and other funds: it is shown as a computed row, with the lines of table 11 that could
make it up.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from budget.model import RowKind, StatementId
from budget.money import decimals_for, format_fen, tolerance
from budget.pairing import Pair
from budget.sheets import COMPUTED, Amount, Row
from budget.views.assemble import Entry, Plan, assemble
from budget.views.measures import used_measures
from budget.views.tree import computed_row, summed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model import MoneyUnit
    from budget.sheets import Sheets
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

CLOSING_KEY = "@closing"
CLOSING_NAME = "结转及其他资金（表3−表7）"
MOST_CARRIED = 12
"""Lines of table 11 up to which the combinations that make up the closing row are looked for."""

_PROJECTS = StatementId.PROJECT_EXPENDITURE
_ALL_FUNDS = StatementId.EXPENDITURE_DETAIL


def project(sources: Sources) -> ViewTable:
    """The projects under the path with their economic columns, the closing row, and the project side as total."""
    measures = used_measures(sources, _PROJECTS)
    names = tuple(name for name, _ in measures)
    pairs = [pair for pair in sources.pairs(_PROJECTS) if is_project(pair.row, sources.place)]
    ours, closing, notes = _closed(sources.current, [pair.current for pair in pairs], sources, names)
    theirs, baseline_closing = None, None
    if sources.baseline is not None:
        rows = [pair.baseline for pair in pairs]
        theirs, baseline_closing, further = _closed(sources.baseline, rows, sources, names)
        notes += [f"{sources.heads[1]}：{note}" for note in further]
    whole = ours.fen("total")
    entries = [
        Entry(
            pair,
            key=pair.row.line_key,
            name=pair.row.project or pair.row.name,
            code=pair.row.code,
            whole=whole,
        )
        for pair in pairs
    ]
    if closing or baseline_closing:
        note = _made_up_of(sources.current, closing, sources.state.unit)
        entries.append(
            Entry(
                Pair(closing, baseline_closing),
                key=CLOSING_KEY,
                name=CLOSING_NAME,
                code=sources.place,
                note=note,
                whole=whole,
            )
        )
    total = Entry(Pair(ours, theirs), key=ours.line_key, name="合计", code=sources.place, whole=whole)
    return assemble(
        sources,
        Plan(measures),
        entries,
        [total] if entries else [],
        places=_place_names(sources),
        notes=(*notes, *sources.notes(_PROJECTS)),
    )


def is_project(row: Row, place: str) -> bool:
    """Whether a line of table 7 is a project at or below a place."""
    return (row.kind == RowKind.PROJECT or bool(row.project)) and row.code.startswith(place)


def _closed(
    found: Sheets, rows: Iterable[Row | None], sources: Sources, measures: tuple[str, ...]
) -> tuple[Row, Row | None, list[str]]:
    """The total of the place, the closing row where table 3 exceeds the projects, and notes on what does not fit."""
    projects = [row for row in rows if row is not None]
    place, unit = sources.place, sources.state.unit
    sum_row = summed(projects, _PROJECTS, place, measures)
    printed = _project_side(found, place)
    if printed is None:
        return sum_row, None, []
    row, amount = printed
    addends = [each.amounts["total"] for each in projects if "total" in each.amounts]
    half = max([amount.half_unit, *(addend.half_unit for addend in addends)])
    listed = sum(addend.fen for addend in addends)
    gap = amount.fen - listed
    total = _as_total(row, sum_row, amount)
    allowed = tolerance(len(addends), half)
    if gap > allowed and found.found(_PROJECTS):
        rest = Amount(gap, min([amount.half_unit, *(addend.half_unit for addend in addends)]), COMPUTED)
        return total, computed_row(_PROJECTS, place, CLOSING_NAME, {"total": rest}, key=CLOSING_KEY), []
    if gap == 0:
        return total, None, []
    decimals = decimals_for(amount.half_unit, unit)
    explained = "舍入可解释" if abs(gap) <= allowed else "舍入不能解释"
    note = (
        f"表7项目合计 {format_fen(listed, unit, decimals)}，表3项目支出 {format_fen(amount.fen, unit, decimals)}，"
        f"相差 {format_fen(abs(gap), unit, decimals)}，{explained}"
    )
    return total, None, [note]


def _project_side(found: Sheets, place: str) -> tuple[Row, Amount] | None:
    """The project expenditure of a place in table 3."""
    for row in found.of(_ALL_FUNDS):
        if (row.code == place if place else row.kind == RowKind.GRAND_TOTAL) and "project" in row.amounts:
            return row, row.amounts["project"]
    return None


def _as_total(row: Row, sum_row: Row, amount: Amount) -> Row:
    """The line of table 3 as the total of this view; its economic columns are added up, table 3 has none."""
    amounts = {**sum_row.amounts, "total": amount}
    return Row(
        row.statement, row.row_no, row.side, row.kind, row.code, row.printed_code, row.line_key,
        row.name, row.label, "", 0, row.page, row.line, amounts,
    )  # fmt: skip


def _made_up_of(found: Sheets, closing: Row | None, unit: MoneyUnit) -> str | None:
    """The lines of table 11 whose project amounts make up the closing row, marked as inferred; None where none do."""
    if closing is None:
        return None
    rest = closing.amounts["total"]
    carried = [(row, amount) for row in found.of(StatementId.CARRYOVER_DETAIL) if (amount := _carried(row))]
    if not carried or len(carried) > MOST_CARRIED:
        return None
    exact, near = _subsets(carried, rest)
    fitting = exact or near
    if not fitting:
        return None
    if len(fitting) > 1:
        return f"表11有 {len(fitting)} 种组合相符，未定"
    decimals = decimals_for(rest.half_unit, unit)
    parts = " + ".join(
        f"{row.project or row.name} {format_fen(amount.fen, unit, decimals)}" for row, amount in fitting[0]
    )
    return f"可能由表11的 {parts} 构成（推断）"


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


def _subsets(
    carried: Sequence[tuple[Row, Amount]], rest: Amount
) -> tuple[list[tuple[tuple[Row, Amount], ...]], list[tuple[tuple[Row, Amount], ...]]]:
    """The sets of lines that sum to the rest exactly, and those that do within rounding."""
    exact, near = [], []
    for size in range(1, len(carried) + 1):
        allowed = tolerance(size, rest.half_unit)
        for chosen in combinations(carried, size):
            gap = abs(sum(amount.fen for _, amount in chosen) - rest.fen)
            if gap == 0:
                exact.append(chosen)
            elif gap <= allowed:
                near.append(chosen)
    return exact, near


def _place_names(sources: Sources) -> tuple[str, ...]:
    statement = _ALL_FUNDS if sources.current.of(_ALL_FUNDS) else _PROJECTS
    return sources.place_names(statement)
