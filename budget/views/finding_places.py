"""From a figure of a finding to the row that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from budget.checked import checked
from budget.places import state_of_line
from budget.views.findings import finding_at
from budget.views.state import VIEW_SCOPES, View, ViewState
from budget.views.text import at_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget.checks.model import Ref
    from budget.frames import Frames
    from budget.views.table import ViewTable

VIEWS = {
    "stated_changes": View.STATED,
    "projects": View.ONE_PROJECT,
    "allocations": View.ONE_PROJECT,
    "plans": View.ONE_PROJECT,
    "indicators": View.TARGETS,
    "facts": View.FACTS,
}
"""The views that show the records."""


def enter_finding(
    state: ViewState, frames: Frames, key: str, table_of: Callable[[ViewState, Frames], ViewTable]
) -> ViewState:
    """What Enter on a row of the findings opens: the row of its first figure, or of the figure itself.

    A cell: its row; a record: its row in its view; everything else its line of the text.  Unchanged where there is no
    place.  A figure of the baseline is shown in the baseline.
    """
    at = finding_at(checked(frames, state.disclosure, state.baseline), key)
    if at is None or not at[0].refs:
        return state
    finding, number = at
    return state_of_ref(state, frames, finding.refs[number or 0], table_of)


def state_of_ref(
    state: ViewState, frames: Frames, ref: Ref, table_of: Callable[[ViewState, Frames], ViewTable]
) -> ViewState:
    """The state that shows one figure, with baseline and unit of the state that leads there; else unchanged."""
    own = ref.disclosure_id == state.disclosure
    start = ViewState(
        disclosure=ref.disclosure_id, baseline=state.baseline if own else "", unit=state.unit, unpaired=state.unpaired
    )
    if ref.statement and ref.row_no is not None:
        found = state_of_line(frames, ref.disclosure_id, str(ref.statement), ref.row_no)
        if found is not None:
            return found.with_(baseline=start.baseline, unit=start.unit, unpaired=start.unpaired)
    if ref.frame in VIEWS:
        view = VIEWS[ref.frame]
        shown = start.with_(view=view, scope=str(VIEW_SCOPES[view][0]))
        keys = keys_of(table_of(shown, frames), ref)
        if keys:
            return shown.with_(cursor=keys[0])
    if ref.line is not None:
        return at_line(start, ref.line)
    if ref.statement:
        return start.with_(view=View.STATEMENT, scope=str(ref.statement))
    return state


def keys_of(table: ViewTable, ref: Ref, *, line: str = "line") -> list[str]:
    """The keys of the rows that stand on the line of a figure; where some of these have its amount or text, they alone.

    `line` names the frame's column of lines: baseline_line for figures of the baseline.
    """
    if ref.line is None or line not in table.frame.columns:
        return []
    rows = table.frame.filter(pl.col(line) == ref.line).rows(named=True)
    having = [row for row in rows if any(_is(value, ref) for name, value in row.items() if name != "key")]
    return [row["key"] for row in having or rows]


def _is(value: object, ref: Ref) -> bool:
    if isinstance(value, str):
        return bool(ref.text) and ref.text in value
    return isinstance(value, int) and ref.fen is not None and value == ref.fen
