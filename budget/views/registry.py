"""From a state to its table: the registry row of its view names the function that makes it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from budget.i18n.language import current
from budget.reading.disclosure import opened
from budget.views.sources import sources
from budget.views.state import VIEWS, View

if TYPE_CHECKING:
    from types import ModuleType

    from budget.library.frames import Frames
    from budget.views.state import ViewState
    from budget.views.table import ViewTable

_KEPT = 8
"""Tables that are kept of a disclosure: one key press asks several times for the table that it leaves and enters."""


def view_table(state: ViewState, frames: Frames) -> ViewTable:
    """The rows of a view, described but not formatted; amounts in fen.

    Every state gives a table: a place that the documents do not have gives an empty one with a note.
    """
    if not state.disclosure:  # a list of all disclosures changes with the frames
        return _made(state, frames)
    kept: dict[object, ViewTable] = opened(frames, state.disclosure).once("tables", dict)
    # no table depends on where the cursor stands
    key = (state.replace(cursor=""), current(), tuple(frames.notes), frames.hidden)
    if key not in kept:
        made = _made(state, frames)
        while len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = made
    return kept[key]


def _made(state: ViewState, frames: Frames) -> ViewTable:
    function = VIEWS[state.view].build.partition(":")[2]
    made: ViewTable = getattr(import_view(state.view), function)(sources(state, frames))
    return made


def import_view(view: View) -> ModuleType:
    """Import the module of a view."""
    return import_module(f"budget.views.{VIEWS[view].build.partition(':')[0]}")


def import_views() -> None:
    """Import the modules of all views, so that no key press does."""
    for view in VIEWS:
        import_view(view)


def every_state(state: ViewState, frames: Frames) -> tuple[ViewState, ...]:
    """The state with each view and scope, at the top. The statement view has the statements of the document."""
    statements = tuple(opened(frames, state.disclosure).statements)
    return tuple(
        state.replace(view=view, scope=str(scope), path=())
        for view, spec in VIEWS.items()
        if view not in {View.LIBRARY, View.NOTES}
        for scope in (statements if view is View.STATEMENT else spec.scopes)
    )
