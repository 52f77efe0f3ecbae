"""Where a search leads: the rows of the table on the screen first, then the other places of the disclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from budget.find import hits
from budget.matching import matches
from budget.views.dispatch import view_table
from budget.views.state import View

if TYPE_CHECKING:
    from budget.frames import Frames
    from budget.views.state import ViewState

MOST_ROWS = 5_000
"""Rows up to which the table on the screen is searched by itself; longer ones only as part of the disclosure."""


def places(state: ViewState, frames: Frames, query: str) -> list[ViewState]:
    """Return the states that show a match, each with the cursor on it; baseline and unit stay as they are."""
    if not query:
        return []
    here, names = _here(state, frames, query)
    elsewhere = [
        hit.state.with_(
            baseline=state.baseline if hit.state.disclosure == state.disclosure else "",
            unit=state.unit,
            unpaired=state.unpaired,
        )
        for hit in hits(frames, state.disclosure, query)
        if (hit.code, hit.name) not in names
    ]
    return [*here, *elsewhere]


def _here(state: ViewState, frames: Frames, query: str) -> tuple[list[ViewState], set[tuple[str, str]]]:
    table = view_table(state, frames)
    if state.view is View.LIBRARY or table.frame.height > MOST_ROWS or "name" not in table.frame.columns:
        return [], set()
    rows = table.frame.select("key", "code" if "code" in table.frame.columns else pl.lit("").alias("code"), "name")
    found = [(key, code or "", name or "") for key, code, name in rows.iter_rows()]
    found = [(key, code, name) for key, code, name in found if matches(query, code, name)]
    return [state.with_(cursor=key) for key, _, _ in found], {(code, name) for _, code, name in found}
