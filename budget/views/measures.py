"""Which measures of a statement a view shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.forms import STATEMENTS, measure_title
from budget.model import StatementId

if TYPE_CHECKING:
    from budget.views.sources import Sources


def used_measures(sources: Sources, statement: str) -> tuple[tuple[str, str], ...]:
    """The total, and every measure that has an amount in the disclosure or its baseline, in the form's order."""
    used = {"total"}
    for sheets in (sources.current, sources.baseline):
        if sheets is not None:
            used.update(measure for row in sheets.of(statement) for measure in row.amounts)
    return _titled(statement, used)


def printed_measures(sources: Sources, statement: str) -> tuple[tuple[str, str], ...]:
    """The measures that the table has columns for, used or not, the total first."""
    printed = {"total"}
    for sheets in (sources.current, sources.baseline):
        if sheets is not None and statement in sheets.printed:
            printed.update(sheets.printed[statement].measures)
    known = {measure for measure, _ in used_measures(sources, statement)}
    return _titled(statement, printed | known)


def _titled(statement: str, wanted: set[str]) -> tuple[tuple[str, str], ...]:
    order = ("total", *STATEMENTS[StatementId(statement)].measure_ids)
    known = [name for name in dict.fromkeys(order) if name in wanted]
    further = sorted(wanted.difference(known))
    return tuple((name, measure_title(statement, name)) for name in (*known, *further))
