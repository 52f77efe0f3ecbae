"""From a state to its table: one function a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks.cache import checked
from budget.reading.disclosure import opened
from budget.views.facts import facts
from budget.views.library import library
from budget.views.projects.by_place import project
from budget.views.projects.one import one_project
from budget.views.projects.targets import targets
from budget.views.sources import sources
from budget.views.state import VIEW_SCOPES, View
from budget.views.statements.drilled import agency_operation, basic, expenditure, revenue
from budget.views.statements.flat import carryover, overview, procurement, statement_view, three_public
from budget.views.text.glossary import glossary
from budget.views.text.lines import own_passages, text
from budget.views.text.stated_changes import stated

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget.library.frames import Frames
    from budget.views.sources import Sources
    from budget.views.state import ViewState
    from budget.views.table import ViewTable

_OF_ONE_DISCLOSURE: dict[View, Callable[[Sources], ViewTable]] = {
    View.OVERVIEW: overview,
    View.EXPENDITURE: expenditure,
    View.REVENUE: revenue,
    View.BASIC: basic,
    View.PROJECT: project,
    View.THREE_PUBLIC: three_public,
    View.CARRYOVER: carryover,
    View.PROCUREMENT: procurement,
    View.AGENCY_OPERATION: agency_operation,
    View.ONE_PROJECT: one_project,
    View.TARGETS: targets,
    View.FACTS: facts,
    View.STATED: stated,
    View.GLOSSARY: glossary,
    View.STATEMENT: statement_view,
}


def view_table(state: ViewState, frames: Frames) -> ViewTable:
    """The rows of a view, described but not formatted; amounts in fen.

    Every state gives a table: a place that the documents do not have gives an empty one with a note.
    """
    if state.view is View.LIBRARY:
        return library(state, frames)
    if state.view is View.TEXT:
        return text(sources(state, frames), own_passages(frames, state.disclosure))
    if state.view is View.FINDINGS:
        from budget.views.findings import findings_view  # the checks are many, and nothing else needs them

        return findings_view(sources(state, frames), checked(frames, state.disclosure, state.baseline))
    return _OF_ONE_DISCLOSURE[state.view](sources(state, frames))


def every_state(state: ViewState, frames: Frames) -> tuple[ViewState, ...]:
    """The state with each view and each of its scopes, at the top; the statement view has those of the document."""
    statements = tuple(opened(frames, state.disclosure).statements)
    return tuple(
        state.with_(view=view, scope=str(scope), path=())
        for view in View
        if view is not View.LIBRARY
        for scope in (statements if view is View.STATEMENT else VIEW_SCOPES[view])
    )
