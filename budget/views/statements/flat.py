"""The views that list one table without drilling: overview, three public expenses, carry-over, statements."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.model.disclosure import RowKind, Side, StatementId
from budget.views.build import CODE, SIDE, Entry, Plan, assemble, printed_measures, statement_shown, used_measures
from budget.views.statements.tree import rows_of, sum_notes

if TYPE_CHECKING:
    from budget.reading.pairing import Pair
    from budget.reading.statements import Row
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

TO_REVENUE = "revenue"
"""What Enter on a revenue row of the overview opens."""
BESIDE = "机关运行经费"
"""Printed in the table of the three public expenses by some forms, and none of them."""
_SUBTOTAL = re.compile(r"本年(收入|支出)[合小]计")
"""What final accounts print between the classes and the total."""
_SIDES = {Side.REVENUE.value: 0, Side.EXPENDITURE.value: 1}


def overview(sources: Sources) -> ViewTable:
    """Both sides of the summary: revenue by label, then expenditure by class; lines without amounts left out."""
    statement = StatementId.REVENUE_EXPENDITURE_SUMMARY
    pairs = _by_side(sources.pairs(statement))
    shown = [pair for pair in pairs if _has_amounts(pair)]
    totals = [pair for pair in shown if pair.row.kind == RowKind.GRAND_TOTAL]
    wholes = {pair.row.side: pair.current.fen("total") for pair in totals if pair.current is not None}
    notes = sources.notes(statement)
    if len(pairs) > len(shown):
        notes = (*notes, tr("另有 {} 行没有金额，未列出").format(len(pairs) - len(shown)))
    return assemble(
        sources,
        Plan(statement, used_measures(sources, statement), lead=(SIDE, CODE)),
        [
            Entry(
                pair,
                key=pair.row.code or pair.row.line_key,
                name=pair.row.name,
                code=pair.row.code,
                level=pair.row.level,
                enter=_overview_enter(pair),
                whole=wholes.get(pair.row.side),
            )
            for pair in shown
            if pair not in totals
        ],
        [replace(_end(pair, wholes.get(pair.row.side)), note=_sum_note(sources, pair, shown)) for pair in totals],
        notes=notes,
    )


def _sum_note(sources: Sources, total: Pair, shown: list[Pair]) -> str | None:
    """What the lines of the first level leave open against the total of their side."""
    side = [pair for pair in shown if pair.row.side == total.row.side and pair.row.kind != RowKind.GRAND_TOTAL]
    own, theirs = rows_of(side)
    return sum_notes(sources, total.row.statement, total, (_top(own), _top(theirs)), (("total", tr("合计")),))


def _top(rows: list[Row | None]) -> list[Row]:
    """The lines of the first level, sub-totals left out; another form may have the same line on another level."""
    present = [row for row in rows if row is not None and not (row.code == "" and _SUBTOTAL.fullmatch(row.name))]
    top = min((row.level for row in present), default=0)
    return [row for row in present if row.level == top]


def three_public(sources: Sources) -> ViewTable:
    """The three public expenses, indented as printed, and what the table prints beside them."""
    return _whole_table(sources, StatementId.THREE_PUBLIC_EXPENSES, beside=BESIDE)


def carryover(sources: Sources) -> ViewTable:
    """Prior-year carry-over and balances by project."""
    return _whole_table(sources, StatementId.CARRYOVER_DETAIL)


def statement_view(sources: Sources) -> ViewTable:
    """A statement as printed: every line, also those without amounts; of two sides the revenue first."""
    statement = statement_shown(sources.state, sources.current)
    pairs = _by_side(sources.pairs(statement))
    two_sided = any(pair.row.side for pair in pairs)
    lead = (*([SIDE] if two_sided else []), *([CODE] if any(pair.row.printed_code for pair in pairs) else []))
    return assemble(
        sources,
        Plan(statement, printed_measures(sources, statement), lead=lead, share=False),
        [
            Entry(
                pair,
                key=pair.row.line_key,
                name=pair.row.project or pair.row.label or pair.row.name,
                code=pair.row.printed_code,
                level=pair.row.level,
            )
            for pair in pairs
        ],
        notes=sources.notes(statement),
    )


def _whole_table(sources: Sources, statement: StatementId, *, beside: str | None = None) -> ViewTable:
    """A table with its total at the end; the line named `beside` is printed in it and no part of the total."""
    pairs = sources.pairs(statement)
    totals = [pair for pair in pairs if pair.row.kind == RowKind.GRAND_TOTAL]
    whole = next((pair.current.fen("total") for pair in totals if pair.current is not None), None)
    notes = sources.notes(statement)
    return assemble(
        sources,
        Plan(statement, used_measures(sources, statement), lead=()),
        [
            Entry(
                pair,
                key=pair.row.line_key,
                name=pair.row.project or pair.row.name,
                level=max(pair.row.level - 1, 0),
                enter=(pair.row.project or pair.row.name) if pair.row.kind == RowKind.PROJECT else None,
                whole=None if pair.row.name == beside else whole,
            )
            for pair in pairs
            if pair not in totals
        ],
        [_end(pair, whole) for pair in totals],
        notes=(
            *(tr("{}不在总计之内").format(row.name) for row in sources.current.of(statement) if row.name == beside),
            *notes,
        ),
    )


def _end(pair: Pair, whole: int | None) -> Entry:
    return Entry(pair, key=pair.row.line_key, name=pair.row.name, whole=whole)


def _overview_enter(pair: Pair) -> str | None:
    if pair.row.side == Side.REVENUE:
        return TO_REVENUE
    return pair.row.code or None


def _has_amounts(pair: Pair) -> bool:
    return any(row is not None and row.amounts for row in (pair.current, pair.baseline))


def _by_side(pairs: tuple[Pair, ...]) -> list[Pair]:
    """The revenue side, then the expenditure side, each in its printed order."""
    return sorted(pairs, key=lambda pair: _SIDES.get(pair.row.side, 0))
