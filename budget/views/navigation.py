"""Moving between states: open, enter, leave, jump and keep the place, choose a year or a baseline.

A place is a functional code.  In the views that drill (expenditure, revenue, basic by function) it is the code at the
cursor; a state without a cursor stands on its first row.  In the project view it is the code of the project at the
cursor, and without a cursor the end of the path: a jump to the projects leaves the cursor empty, so that the way back
ends where it began.  A place without rows in the target view gives way to its nearest ancestor that has some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.codes import Kind, kind_of
from budget.model.disclosure import RowKind
from budget.reading.choice import PROJECT_BY_FUNCTION, PROJECTS, summary
from budget.reading.disclosure import disclosures_of_year, opened
from budget.reading.rows import Head
from budget.views.across.spec import spec_of
from budget.views.build import displayed_statement
from budget.views.projects.navigation import (
    OPENING,
    code_of_project,
    leave_project,
    only_project,
    open_project,
    project_of_year,
)
from budget.views.registry import view_table
from budget.views.select import chosen, question_of
from budget.views.sources import Sources, sources
from budget.views.state import ACROSS, VIEW_SCOPES, Scope, Sort, View, ViewState
from budget.views.statements.flat import TO_REVENUE
from budget.views.statements.tree import nearest, path_to
from budget.views.table import Change
from budget.views.text.repeats import TEXT_VIEWS, enter_text

if TYPE_CHECKING:
    from budget.library.frames import Frames
    from budget.model.disclosure import MoneyUnit
    from budget.views.table import ViewTable

_OF_WORDS = {View.FINDINGS, View.COMPLETENESS, View.NOTES}
_DRILLING = {View.EXPENDITURE, View.REVENUE, View.BASIC}


def starting_state(frames: Frames) -> ViewState:
    """Where the browser begins: the only disclosure's overview, else the library with the cursor on its first row."""
    if frames.disclosures.height == 1:
        return open_disclosure(ViewState(), frames, frames.disclosures["disclosure_id"].item())
    return ViewState(cursor=_first_key(ViewState(), frames))


def starting_library(frames: Frames, unit: MoneyUnit | None) -> ViewState:
    """The library in a money unit, at its first row."""
    state = ViewState(unit=unit)
    return state.replace(cursor=_first_key(state, frames))


def open_disclosure(state: ViewState, frames: Frames, disclosure_id: str) -> ViewState:
    """The overview of a disclosure, without a baseline.

    Its first table where it has no summary to look over; what it states, aims at or tells where it has no tables.
    Unchanged where the frames do not hold it.
    """
    found = opened(frames, disclosure_id)
    if not found.head.known:
        return state
    overview = ViewState(disclosure=disclosure_id, view=View.OVERVIEW, unit=state.unit, among=state.among)
    if not found.statements:
        records = found.records
        told = ((records.stated_changes, View.STATED), (records.plans, View.TARGETS), (records.facts, View.FACTS))
        return next((overview.replace(view=view) for some, view in told if some), overview)
    first = next((statement for statement in found.statements if found.of(statement)), None)
    if summary(found).table or first is None:
        return overview
    return overview.replace(view=View.STATEMENT, scope=first)


def enter(state: ViewState, frames: Frames, key: str) -> ViewState:
    """What Enter on the row with this key opens; unchanged where it opens nothing."""
    if state.view in TEXT_VIEWS or state.view in _OF_WORDS:
        return _enter_words(state, frames, key)
    found = view_table(state, frames).frame.filter(key=key)
    target = found["enter"].item() if found.height == 1 else None
    if target is None and state.view is View.EXPENDITURE:
        target = only_project(state, frames, key)
        return open_project(state, frames, target) if target else state
    if target is None:
        return state
    if state.view in _ELSEWHERE:
        return _ELSEWHERE[state.view](state, frames, target)
    if state.view is View.OVERVIEW:
        view = View.REVENUE if target == TO_REVENUE else View.EXPENDITURE
        path = () if target == TO_REVENUE else (target,)
        opened = state.replace(view=view, scope=str(VIEW_SCOPES[view][0]), path=path, filter="", sort=None)
    else:
        codes = _codes(state, frames) if state.expanded else set[str]()
        below = path_to(target, codes, deep=True) if codes else (*state.path, target)
        opened = state.replace(path=below, filter="")
    return opened.replace(cursor=_first_key(opened, frames))


def _enter_across(state: ViewState, frames: Frames, target: str) -> ViewState:
    """The facts of a row, or the printed line of one of them."""
    if state.path:
        from budget.views.across.table import enter_fact

        return enter_fact(state, frames, target)
    below = state.replace(path=(target,), filter="", sort=None)
    return below.replace(cursor=_first_key(below, frames))


_ELSEWHERE = {
    **dict.fromkeys(ACROSS, _enter_across),
    **dict.fromkeys(OPENING, open_project),
    View.LIBRARY: open_disclosure,
}
"""Views whose rows open another view, and what opens it."""


def _enter_words(state: ViewState, frames: Frames, key: str) -> ViewState:
    """What Enter opens where the rows are no amounts of a statement."""
    if state.view in TEXT_VIEWS:
        return enter_text(state, frames, key)
    if state.view is View.NOTES:
        from budget.views.review.notes import enter_note

        return enter_note(state, frames, key)
    if state.view is View.COMPLETENESS:
        from budget.views.review.completeness import enter_completeness

        return enter_completeness(state, frames, key, view_table)
    from budget.views.findings import enter_finding  # the checks are many, and nothing else needs them

    return enter_finding(state, frames, key, view_table)


def leave(state: ViewState) -> ViewState:
    """One step out, the cursor on the row that we came from: path, then overview, then library."""
    if state.flat or state.view is View.ONE_PROJECT:
        tree = state.replace(flat=False, filter="", cursor=_next_below(state))
        return tree if state.flat else leave_project(state)
    if state.path:
        # projects are rows of their own: the place we leave is none of them
        cursor = "" if state.view is View.PROJECT else state.path[-1]
        return state.replace(path=state.path[:-1], cursor=cursor, filter="")
    if state.view is View.LIBRARY:
        return state
    if state.view is View.OVERVIEW or not state.disclosure:
        return ViewState(view=View.LIBRARY, cursor=state.disclosure, unit=state.unit, among=state.among)
    cursor = state.cursor[:3] if _drills_functions(state) else ""
    return state.replace(view=View.OVERVIEW, scope=Scope.NONE, cursor=cursor, filter="", sort=None)


def _next_below(state: ViewState) -> str:
    """The code of the next level above an item at the cursor: where it stands once the list is a tree again."""
    depth = len(state.path[-1]) + 2 if state.path else 3
    return state.cursor[:depth]


def flatten(state: ViewState, frames: Frames) -> ViewState:
    """All items of the view in one list, or the tree again; of the overview those of the expenditure.

    Unchanged in views that do not drill.
    """
    if state.view is View.OVERVIEW:
        state = state.replace(view=View.EXPENDITURE, scope=Scope.ALL_FUNDS.value, path=(), sort=None, filter="")
        return _on_a_row(state.replace(flat=True), frames)
    if state.flat:
        return leave(state)
    return _on_a_row(state.replace(flat=True, path=()), frames) if state.view in _DRILLING else state


def _on_a_row(state: ViewState, frames: Frames) -> ViewState:
    """The state with the cursor on its row, or on the first item below it."""
    keys = view_table(state, frames).frame["key"].to_list()
    if state.cursor in keys:
        return state
    below = (key for key in keys if state.cursor and key.startswith(state.cursor))
    return state.replace(cursor=next(below, keys[0] if keys else ""))


def open_in_place(state: ViewState, frames: Frames) -> ViewState:
    """Open the row at the cursor in its place, or close it. Unchanged where there is nothing below."""
    if state.view not in _DRILLING or state.flat:
        return state
    code = state.cursor
    if code in state.expanded:
        return state.replace(expanded=frozenset(one for one in state.expanded if not one.startswith(code)))
    found = view_table(state, frames).frame.filter(key=code)
    opens = found.height == 1 and found["enter"].item() is not None
    return state.replace(expanded=state.expanded | {code}) if opens else state


def jump(state: ViewState, frames: Frames, view: View, scope: str = Scope.NONE) -> ViewState:
    """Switch to another view and keep the place, cursor included; sort and filter are dropped."""
    if view is View.LIBRARY:
        return ViewState(view=view, cursor=state.disclosure, unit=state.unit, among=state.among)
    if view is View.NOTES:
        return ViewState(state.disclosure, state.baseline, view, unit=state.unit, among=state.among)
    if not state.disclosure:
        return state
    if view is View.STATEMENT:
        current = opened(frames, state.disclosure)
        scope = scope or displayed_statement(state.replace(scope=""), current)
    elif scope not in VIEW_SCOPES[view] and not (view is View.PIVOT and spec_of(scope)):
        scope = VIEW_SCOPES[view][0]
    scope = str(scope)
    target = state.replace(
        view=view, scope=scope, path=(), cursor="", sort=None, filter="", flat=False, expanded=frozenset()
    )
    return _at(target, frames, place_of(state, frames))


def place_of(state: ViewState, frames: Frames) -> str:
    """The functional code at the cursor; "" where the cursor stands on none."""
    if state.view is View.FINDINGS or (state.view is View.BASIC and state.scope == Scope.BY_ECONOMIC):
        return ""
    if state.view is View.ONE_PROJECT or (state.view in ACROSS and state.path):
        return _place_of_row(state, frames)
    path = state.path[-1] if state.path else ""
    if not state.cursor and state.view is View.PROJECT:
        return path
    table = view_table(state if not state.cursor else state.replace(filter=""), frames)
    cursor = state.cursor or (table.frame["key"][0] if table.frame.height else "")
    if state.view is View.STATEMENT:
        return _code_of_line(state, frames, cursor) or path
    for part in (table.frame, table.totals):
        found = part.filter(key=cursor)
        if found.height and "code" in part.columns:
            code = found["code"][0] or path
            return code if kind_of(code) is Kind.FUNCTIONAL else ""
    return path


def _place_of_row(state: ViewState, frames: Frames) -> str:
    """The functional code of one project, or of the row whose facts are listed; "" where it has none."""
    if state.view is View.ONE_PROJECT:
        return code_of_project(state, frames)
    row = state.path[-1]
    return row if kind_of(row) is Kind.FUNCTIONAL else ""


def set_baseline(state: ViewState, baseline: str) -> ViewState:
    """Compare with another disclosure; "" or the shown disclosure itself compares with nothing."""
    return state.replace(baseline="" if baseline == state.disclosure else baseline, unpaired=frozenset())


def default_baseline(frames: Frames, disclosure_id: str) -> str | None:
    """What a disclosure is best compared with: the same body's last year, else its budget or final accounts; or None.

    The same edition is preferred, then the year before in the same phase, the same year, the year before at all.
    """
    own = opened(frames, disclosure_id).head
    if own.fiscal_year is None or not own.names:
        return None
    before = disclosures_of_year(frames, own, own.fiscal_year - 1)
    same = [head for head in disclosures_of_year(frames, own, own.fiscal_year) if head.phase != own.phase]
    candidates = [*(head for head in before if head.phase == own.phase), *same, *before]
    preferred = [head for head in candidates if _same_edition(own, head)] or candidates
    return next((head.disclosure_id for head in sorted(preferred, key=lambda head: head.body != own.body)), None)


def neighbour_year(state: ViewState, frames: Frames, step: int) -> ViewState:
    """The same place in the next (1) or previous (-1) year's disclosure.

    It is unchanged where the body has none. A baseline of the same body moves along, one of another body stays.
    """
    target = _of_year(frames, opened(frames, state.disclosure).head, step)
    if target is None:
        return state
    baseline = state.baseline
    if baseline and opened(frames, baseline).head.of_body(opened(frames, target).head):
        baseline = default_baseline(frames, target) or ""
    moved = state.replace(disclosure=target, baseline="" if baseline == target else baseline, unpaired=frozenset())
    if state.view is View.ONE_PROJECT:
        return project_of_year(state, frames, target).replace(baseline=moved.baseline, unpaired=frozenset())
    if state.view is View.PROJECT:
        known = _project_codes(moved, frames)
        return moved.replace(path=tuple(code for code in state.path if code in known))
    if _drills_functions(state) and not state.flat:
        return _at(moved.replace(path=(), cursor=""), frames, place_of(state, frames))
    if state.view is View.STATEMENT:
        both = Sources(state, opened(frames, state.disclosure), opened(frames, target), frames)
        return moved.replace(scope=both.counterpart(state.scope) or state.scope)
    return moved


def biggest_change(state: ViewState, frames: Frames) -> ViewState:
    """Sort rows by the size of their change, the biggest selected.

    Where they are sorted so, the document's order comes back. The overview mixes sums with what they are made of: it
    gives way to the expenditure by class.
    """
    if state.view is View.OVERVIEW:
        state = state.replace(view=View.EXPENDITURE, scope=Scope.ALL_FUNDS.value, path=(), cursor="", filter="")
    delta = next((column for column in view_table(state, frames).columns if column.part == "delta"), None)
    if delta is None:
        return state
    if state.sort == Sort(delta.id):
        return state.replace(sort=None)
    ordered = state.replace(sort=Sort(delta.id))
    return ordered.replace(cursor=_first_key(ordered, frames))


def _of_year(frames: Frames, own: Head, step: int) -> str | None:
    """The disclosure of the same body, phase and edition, `step` fiscal years away; of several the best named."""
    if own.fiscal_year is None or not own.names:
        return None
    others = disclosures_of_year(frames, own, own.fiscal_year + step)
    alike = [head for head in others if head.phase == own.phase and _same_edition(own, head)]
    best = max(alike, key=lambda head: (head.edition == own.edition, head.body == own.body), default=Head())
    return best.disclosure_id or None


def _same_edition(own: Head, other: Head) -> bool:
    """Whether two editions are the same, or may be: a document may not say."""
    return own.edition == other.edition or not (own.edition and other.edition)


def _drills_functions(state: ViewState) -> bool:
    """Whether a place of this view is a functional code."""
    return state.view in _DRILLING and state.scope not in {Scope.BY_ECONOMIC, Scope.BY_KIND}


def _at(target: ViewState, frames: Frames, place: str) -> ViewState:
    """Put the path and the cursor of the target view on a functional code."""
    view = target.view
    if view is View.OVERVIEW:
        return target.replace(cursor=place[:3])
    if view in {View.PROJECT, View.ONE_PROJECT}:
        return target.replace(
            path=path_to(nearest(place, _project_codes(target, frames)), _codes(target, frames), deep=True)
        )
    if _drills_functions(target):
        codes = _codes(target, frames)
        code = nearest(place, codes)
        return target.replace(path=path_to(code, codes, deep=False), cursor=code)
    if view in ACROSS and place:
        keys = view_table(target, frames).frame["key"].to_list()
        return target.replace(cursor=nearest(place, set(keys)))
    if view is View.STATEMENT and place:
        return target.replace(cursor=_line_of(target, frames, place))
    return target


def _codes(state: ViewState, frames: Frames) -> set[str]:
    """The codes that have rows in a view, of the disclosure and of its baseline."""
    both = sources(state, frames)
    question = question_of(state, both.current)
    return {row.code for row in chosen(both, question).rows if row.code} if question else set()


def _project_codes(state: ViewState, frames: Frames) -> set[str]:
    """The codes at which the project view has rows: above listed projects, and of items with project money."""
    both = sources(state, frames)
    found = set()
    for row in chosen(both, PROJECTS).rows:
        if row.kind == RowKind.PROJECT or row.project:
            found |= {row.code[:length] for length in range(3, len(row.code) + 1, 2)}
    items = chosen(both, PROJECT_BY_FUNCTION)
    return found | {row.code for row in items.rows if row.code and row.fen(items.main)}


def _code_of_line(state: ViewState, frames: Frames, key: str) -> str:
    """The functional code of a line of a printed statement; "" for other codes."""
    current = opened(frames, state.disclosure)
    rows = current.of(displayed_statement(state, current))
    return next((row.code for row in rows if row.line_key == key and kind_of(row.code) is Kind.FUNCTIONAL), "")


def _line_of(target: ViewState, frames: Frames, place: str) -> str:
    """The key of the line with a code in a printed statement, or with its nearest ancestor."""
    keys: dict[str, str] = {}
    current = opened(frames, target.disclosure)
    for row in current.of(displayed_statement(target, current)):
        if kind_of(row.code) is Kind.FUNCTIONAL:
            keys.setdefault(row.code, row.line_key)
    return keys.get(nearest(place, set(keys)), "")


def _first_key(state: ViewState, frames: Frames) -> str:
    frame = view_table(state, frames).frame
    return frame["key"][0] if frame.height else ""


_DIFFERENT = {kind.value for kind in (Change.CHANGED, Change.NEW, Change.GONE, Change.OWN_ONLY, Change.OTHER_ONLY)}


def next_change(table: ViewTable, cursor: str, step: int = 1) -> str | None:
    """Key of the next (1) or previous (-1) row that differs.

    It differs from the baseline; the search goes round at the end. None where no other row differs. A cursor that is
    not in the table stands before the first row.
    """
    keys: list[str] = table.frame["key"].to_list()
    changes: list[str] = table.frame["change"].to_list()
    count = len(keys)
    at = keys.index(cursor) if cursor in keys else (-1 if step > 0 else count)
    for distance in range(1, count + 1):
        place = (at + step * distance) % count
        if changes[place] in _DIFFERENT and keys[place] != cursor:
            return keys[place]
    return None
