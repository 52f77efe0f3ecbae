"""All views of one disclosure: what a workbook of everything holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.sheets import sheets
from budget.views.state import VIEW_SCOPES, View

if TYPE_CHECKING:
    from budget.frames import Frames
    from budget.views.state import ViewState


def every_state(state: ViewState, frames: Frames) -> tuple[ViewState, ...]:
    """The state with each view and each of its scopes, at the top; the statement view has those of the document."""
    statements = tuple(sheets(frames, state.disclosure).statements)
    return tuple(
        state.with_(view=view, scope=str(scope), path=())
        for view in View
        if view is not View.LIBRARY
        for scope in (statements if view is View.STATEMENT else VIEW_SCOPES[view])
    )
