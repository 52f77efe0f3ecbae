"""From rows to the view of one project, and back: the project at the cursor, its place, the same one next year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.reading.choice import PROJECT_BY_FUNCTION, PROJECTS, choose_table
from budget.reading.disclosure import opened
from budget.reading.projects import dossier_of, dossiers
from budget.views.projects.one import couples
from budget.views.sources import sources
from budget.views.state import Scope, View
from budget.views.statements.tree import path_to

if TYPE_CHECKING:
    from budget.library.frames import Frames
    from budget.reading.projects import Dossier
    from budget.views.state import ViewState

OPENING = frozenset({View.PROJECT, View.CARRYOVER, View.TARGETS, View.ONE_PROJECT})
"""The views whose rows open one project; what Enter opens there is its name or the key of its line."""


def open_project(state: ViewState, frames: Frames, wanted: str) -> ViewState:
    """The view of a project by its name or line key. Its place is the path; unchanged where there is none."""
    found = next(
        (one for couple in couples(sources(state, frames)) for one in couple if one and dossier_of((one,), wanted)),
        None,
    )
    if found is None:
        return state
    return state.replace(
        view=View.ONE_PROJECT,
        scope=wanted,
        path=_path(found, state, frames),
        cursor="",
        sort=None,
        filter="",
    )


def only_project(state: ViewState, frames: Frames, code: str) -> str:
    """Line key of the only project of an item. "" where the item has none or several."""
    lines = [
        row for row in choose_table(opened(frames, state.disclosure), PROJECTS).rows if row.project and row.code == code
    ]
    return lines[0].line_key if code and len(lines) == 1 else ""


def leave_project(state: ViewState) -> ViewState:
    """Go from one project to all projects of its place.

    The cursor stands on it; from all of them it goes to the overview.
    """
    if not state.scope:
        return state.replace(view=View.OVERVIEW, path=(), cursor="", filter="", sort=None)
    return state.replace(view=View.PROJECT, scope=Scope.NONE, cursor=state.scope, filter="", sort=None)


def project_of_year(state: ViewState, frames: Frames, target: str) -> ViewState:
    """The same project in another disclosure of the body, as a name; all of its projects where it is not there."""
    if not state.scope:
        return state.replace(path=())
    joined = couples(sources(state.replace(baseline=target), frames))
    partner = next((two.baseline for two in joined if two.current and dossier_of((two.current,), state.scope)), None)
    moved = state.replace(disclosure=target, cursor="")
    if partner is None:
        return moved.replace(scope=Scope.NONE, path=())
    return moved.replace(scope=partner.name, path=_path(partner, moved, frames))


def code_of_project(state: ViewState, frames: Frames) -> str:
    """The functional code of the project that is shown; the end of the path where it has none."""
    own = dossiers(opened(frames, state.disclosure))
    found = dossier_of(own, state.scope) if state.scope else None
    return (found.code if found else "") or (state.path[-1] if state.path else "")


def _path(found: Dossier, state: ViewState, frames: Frames) -> tuple[str, ...]:
    """The codes from the top down to the item of a project."""
    cut = opened(frames, state.disclosure)
    codes = choose_table(cut, PROJECT_BY_FUNCTION).codes or choose_table(cut, PROJECTS).codes
    return path_to(found.code, set(codes), deep=True)
