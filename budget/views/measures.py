"""Which measures of a statement a view shows, and the ids of their columns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from budget.forms import FORMS, measure_words, statement_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.forms import StatementForm
    from budget.views.sources import Sources

TOTAL = "total"
_FOREIGN = "列:"
_SIGNS = str.maketrans({"%": "%25", "@": "%40", "#": "%23"})


def used_measures(sources: Sources, statement: str, *always: str) -> tuple[tuple[str, str], ...]:
    """The total, those named, and every measure with an amount in the disclosure or its baseline, in the form's order.

    (id, title) of each; a table of no form has no total but what it prints.
    """
    wanted = [TOTAL, *always] if _form_of(sources, statement) else [*always]
    for row in sources.rows(statement):
        wanted += row.amounts
    return _titled(sources, statement, wanted)


def printed_measures(sources: Sources, statement: str) -> tuple[tuple[str, str], ...]:
    """The measures that the table has columns for, used or not, the total first."""
    used = [measure for measure, _ in used_measures(sources, statement)]
    printed = [measure for head in sources.printed(statement) for measure in head.measures]
    return _titled(sources, statement, [*printed, *used])


def title(sources: Sources, statement: str, measure: str) -> str:
    """The column title of a measure in the form of the shown disclosure."""
    return measure_words(statement, measure, sources.current.head.form)


def column_id(measure: str) -> str:
    """The id of a measure's column: its own where a form knows it, else its printed header without our own signs."""
    return measure if measure in _known() else _FOREIGN + measure.translate(_SIGNS)


def _titled(sources: Sources, statement: str, wanted: Iterable[str]) -> tuple[tuple[str, str], ...]:
    names = dict.fromkeys(wanted)
    form = _form_of(sources, statement)
    known = [name for name in (TOTAL, *form.measure_ids) if name in names] if form else []
    every = dict.fromkeys([*known, *names]) or {TOTAL: None}
    return tuple((name, title(sources, statement, name)) for name in every)


def _form_of(sources: Sources, statement: str) -> StatementForm | None:
    return statement_form(sources.current.head.form, statement)


@cache
def _known() -> frozenset[str]:
    return frozenset(
        measure for form in FORMS.values() for statement in form.statements for measure in statement.measure_ids
    )
