"""Where a line of a statement is shown: the view, the path and the cursor that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import ENDS, Side, StatementId
from budget.reading.choice import (
    AGENCY_OPERATION,
    BASIC_BY_ECONOMIC,
    CARRYOVER,
    EXPENDITURE,
    GENERAL_PUBLIC,
    PROCUREMENT,
    PROJECTS,
    REVENUE,
    THREE_PUBLIC,
    choose_table,
    summary,
)
from budget.reading.disclosure import opened
from budget.views.state import Scope, View, ViewState
from budget.views.statements.tree import path_to

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from budget.library.frames import Frames
    from budget.reading.choice import Question
    from budget.reading.disclosure import OpenDisclosure

_SHOWN: tuple[tuple[Question, View, str], ...] = (
    (EXPENDITURE, View.EXPENDITURE, Scope.ALL_FUNDS),
    (GENERAL_PUBLIC, View.EXPENDITURE, Scope.GENERAL_PUBLIC),
    (REVENUE, View.REVENUE, Scope.NONE),
    (BASIC_BY_ECONOMIC, View.BASIC, Scope.BY_ECONOMIC),
    (PROJECTS, View.PROJECT, Scope.NONE),
    (THREE_PUBLIC, View.THREE_PUBLIC, Scope.NONE),
    (CARRYOVER, View.CARRYOVER, Scope.NONE),
    (PROCUREMENT, View.PROCUREMENT, Scope.NONE),
    (AGENCY_OPERATION, View.AGENCY_OPERATION, Scope.NONE),
)
TARGETS: dict[str, tuple[View, str]] = {
    StatementId.EXPENDITURE_DETAIL: (View.EXPENDITURE, Scope.ALL_FUNDS),
    StatementId.GENERAL_PUBLIC_EXPENDITURE: (View.EXPENDITURE, Scope.GENERAL_PUBLIC),
    StatementId.REVENUE_DETAIL: (View.REVENUE, Scope.NONE),
    StatementId.REVENUE_EXPENDITURE_SUMMARY: (View.OVERVIEW, Scope.NONE),
    StatementId.BASIC_EXPENDITURE: (View.BASIC, Scope.BY_ECONOMIC),
    StatementId.PROJECT_EXPENDITURE: (View.PROJECT, Scope.NONE),
    StatementId.THREE_PUBLIC_EXPENSES: (View.THREE_PUBLIC, Scope.NONE),
    StatementId.CARRYOVER_DETAIL: (View.CARRYOVER, Scope.NONE),
}
"""Known name of a statement -> the view and scope that show its lines, where its disclosure is not open."""

_DRILLED = frozenset({View.EXPENDITURE, View.REVENUE, View.BASIC, View.PROJECT})


class Place(NamedTuple):
    """What tells where a line of a statement is shown."""

    disclosure: str
    statement: str
    code: str
    """The resolved code; "" where the line has none, and for totals."""
    line_key: str
    side: str
    project: str


def views_of_statements(own: OpenDisclosure) -> Mapping[str, tuple[View, str]]:
    """Statement id -> the view and scope that show its lines; every other statement is shown as printed."""
    return own.once("views_of_statements", lambda: _views_of_statements(own))


def _views_of_statements(own: OpenDisclosure) -> dict[str, tuple[View, str]]:
    overview = summary(own).statement
    found: dict[str, tuple[View, str]] = {overview: (View.OVERVIEW, Scope.NONE)} if overview else {}
    for question, view, scope in _SHOWN:
        if statement := choose_table(own, question).statement:
            found.setdefault(statement, (view, scope))
    return found


def state_of(
    place: Place, codes_of: Callable[[str], set[str]], targets: Mapping[str, tuple[View, str]] = TARGETS
) -> ViewState:
    """The state that shows this line with the cursor on it.

    `codes_of` gives the resolved codes of a statement of the disclosure: what a path can be made of.  `targets` says
    which view shows a statement: `views_of_statements` of the open disclosure.
    """
    statement, code = place.statement, place.code
    view, scope = targets.get(statement, (View.STATEMENT, statement))
    path: tuple[str, ...] = ()
    cursor = place.line_key
    if view is View.PROJECT and not place.project:  # a class or section that only the project table prints
        view, scope = View.STATEMENT, statement
    elif view is View.PROJECT:
        path = path_to(code, codes_of(StatementId.EXPENDITURE_DETAIL) or codes_of(statement), deep=True)
    elif view in _DRILLED and code:
        path, cursor = path_to(code, codes_of(statement), deep=False), code
    elif view is View.OVERVIEW and code and place.side != Side.REVENUE:
        cursor = code
    return ViewState(disclosure=place.disclosure, view=view, scope=str(scope), path=path, cursor=cursor)


def state_of_line(frames: Frames, disclosure_id: str, statement: str, row_no: int) -> ViewState | None:
    """The state that shows one line of a statement; None where there is no such line.

    A total and a line without amounts are shown in the statement as printed: elsewhere they are no rows.
    """
    own = opened(frames, disclosure_id)
    row = next((row for row in own.of(statement) if row.row_no == row_no), None)
    if row is None:
        return None
    targets = views_of_statements(own)
    drilled = targets.get(statement, (View.STATEMENT, ""))[0] in _DRILLED
    if row.kind in ENDS or not row.amounts or (drilled and not row.code and not row.project):
        return ViewState(disclosure=disclosure_id, view=View.STATEMENT, scope=statement, cursor=row.line_key)
    place = Place(disclosure_id, statement, row.code, row.line_key, row.side, row.project)
    return state_of(place, lambda wanted: {other.code for other in own.of(wanted) if other.code}, targets)
