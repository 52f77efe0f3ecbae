from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.library.frames import concat, frames
from budget.model.disclosure import Edition, MoneyUnit
from budget.model.records import Records
from budget.views import (
    default_baseline,
    enter,
    jump,
    leave,
    neighbour_year,
    open_disclosure,
    set_baseline,
    starting_state,
    view_table,
)
from budget.views.state import VIEW_SCOPES, Scope, Sort, View, ViewState
from tests.support.builders import T3, R, disclosure, forest, total
from tests.support.making_records import fact, plan

if TYPE_CHECKING:
    from tests.budget.conftest import Two

FOREST = ("213", "21302")
KEEPING = [
    (View.EXPENDITURE, Scope.ALL_FUNDS),
    (View.EXPENDITURE, Scope.GENERAL_PUBLIC),
    (View.BASIC, Scope.BY_FUNCTION),
]


def at_item(found: Two, path: tuple[str, ...], code: str) -> ViewState:
    return ViewState(found.now, view=View.EXPENDITURE, scope=Scope.ALL_FUNDS, path=path, cursor=code)


def test_from_the_library_down_and_back_the_same_way(small: Two) -> None:
    state = starting_state(small.frames)
    assert (state.view, state.cursor) == (View.LIBRARY, small.now)
    visited = [state]
    for key in (small.now, "213", "21302"):
        state = enter(state, small.frames, key)
        visited.append(state)
    assert (state.view, state.path, state.cursor) == (View.EXPENDITURE, FOREST, "2130204")
    cursors = []
    while (above := leave(state)) != state:
        state = above
        cursors.append((state.view, state.path, state.cursor))
    assert cursors == [
        (View.EXPENDITURE, ("213",), "21302"),
        (View.EXPENDITURE, (), "213"),
        (View.OVERVIEW, (), "213"),
        (View.LIBRARY, (), small.now),
    ]


def test_a_single_disclosure_opens_at_once() -> None:
    only = forest()
    assert starting_state(frames([only])).view is View.OVERVIEW
    assert starting_state(frames([])) == ViewState()


def test_enter_opens_nothing_below_an_item_of_basic_expenditure_or_an_unknown_key(small: Two) -> None:
    item = at_item(small, ("208", "20805"), "2080505")
    assert enter(item, small.frames, "2080505") == item
    assert enter(item, small.frames, "[/项]") == item
    assert open_disclosure(item, small.frames, "no such") == item


def test_revenue_rows_of_the_overview_open_the_revenue_view(small: Two) -> None:
    overview = ViewState(small.now, view=View.OVERVIEW)
    assert enter(overview, small.frames, "revenue/本年收入").view is View.REVENUE


def test_entering_clears_the_filter_and_keeps_unit_baseline_and_order(small: Two) -> None:
    state = ViewState(small.now, small.before, View.EXPENDITURE, Scope.ALL_FUNDS, filter="213", unit=MoneyUnit.YUAN)
    below = enter(state.replace(sort=Sort("total")), small.frames, "213")
    assert (below.filter, below.unit, below.baseline, below.sort) == ("", MoneyUnit.YUAN, small.before, Sort("total"))


@pytest.mark.parametrize(("view", "scope"), KEEPING)
@pytest.mark.parametrize("code", ["2130204", "2130205"])
def test_basic_and_project_keep_the_place_and_lead_back(small: Two, view: View, scope: Scope, code: str) -> None:
    start = at_item(small, FOREST, code).replace(view=view, scope=scope)
    basic = jump(start, small.frames, View.BASIC)
    assert (basic.path, basic.cursor) == (FOREST, code)
    projects = jump(basic, small.frames, View.PROJECT)
    assert projects.path == (*FOREST, code)
    assert jump(projects, small.frames, view, scope) == start


def test_the_reference_item_keeps_its_place_in_every_view(pair: Two) -> None:
    path, code = ("210", "21015"), "2101502"
    state = at_item(pair, path, code)
    for view, scope in [*KEEPING, (View.REVENUE, Scope.NONE)]:
        state = jump(state, pair.frames, view, scope)
        assert (state.path, state.cursor) == (path, code)
        state = jump(state, pair.frames, View.PROJECT)
        assert state.path == (*path, code)
    printed = jump(state, pair.frames, View.STATEMENT, T3.value)
    assert printed.cursor == code
    assert jump(printed, pair.frames, View.BASIC) == jump(state, pair.frames, View.BASIC)


def test_a_project_under_the_cursor_leads_to_its_function(pair: Two) -> None:
    key = "2101502/基金监管工作经费"
    state = ViewState(pair.now, view=View.PROJECT, cursor=key)
    basic = jump(state, pair.frames, View.BASIC)
    assert (basic.path, basic.cursor) == (("210", "21015"), "2101502")


def test_a_code_without_rows_gives_way_to_its_nearest_ancestor(pair: Two, small: Two) -> None:
    gone = at_item(pair, ("210", "21015"), "2101599")
    general = jump(gone, pair.frames, View.EXPENDITURE, Scope.GENERAL_PUBLIC)  # table 5 of 2025 does not have it
    assert (general.path, general.cursor) == (("210",), "21015")
    compared = jump(gone.replace(baseline=pair.before), pair.frames, View.EXPENDITURE, Scope.GENERAL_PUBLIC)
    assert (compared.path, compared.cursor) == (("210", "21015"), "2101599"), "table 5 of 2024 does"
    basic = jump(gone, pair.frames, View.BASIC)
    assert (basic.path, basic.cursor) == (("210", "21015"), "2101599"), "basic expenditure is that of all funds"
    revenue = jump(at_item(small, FOREST, "2130205"), small.frames, View.REVENUE)
    assert (revenue.path, revenue.cursor) == ((), "213")
    nothing = jump(at_item(small, ("208", "20805"), "2080505"), small.frames, View.PROJECT)
    assert nothing.path == ()


def test_economic_codes_are_no_place_of_the_functional_tree(small: Two) -> None:
    economic = ViewState(small.now, view=View.BASIC, scope=Scope.BY_ECONOMIC, path=("302",), cursor="30201")
    assert jump(economic, small.frames, View.EXPENDITURE).path == ()
    assert leave(leave(economic)).view is View.OVERVIEW


@pytest.mark.long
def test_every_jump_from_everywhere_gives_a_table(small: Two) -> None:
    for view, scopes in VIEW_SCOPES.items():
        for scope in scopes:
            state = jump(at_item(small, FOREST, "2130205"), small.frames, view, scope)
            for target, target_scopes in VIEW_SCOPES.items():
                for target_scope in target_scopes:
                    there = jump(state, small.frames, target, target_scope)
                    assert view_table(there, small.frames).title
                    assert there.cursor == "" or there.cursor in view_table(there, small.frames).frame["key"]


def test_default_baseline_is_last_year_of_the_same_body_under_any_name() -> None:
    rows = {T3: [total(total="1.00")]}
    now = disclosure(2025, rows, body="某州林草局", aliases=("某某自治州林草局",))
    before = disclosure(2024, rows, body="某某自治州林草局")
    other = disclosure(2024, rows, body="某州水利局")
    older = disclosure(2023, rows)
    loaded = concat([frames([now]), frames([other, older]), frames([before])])
    assert default_baseline(loaded, now.head.disclosure_id) == before.head.disclosure_id
    assert default_baseline(loaded, other.head.disclosure_id) is None
    assert default_baseline(loaded, "no such") is None


def test_default_baseline_prefers_the_same_edition() -> None:
    rows = {T3: [total(total="1.00")]}

    def edition(year: int, value: Edition, name: str) -> object:
        made = disclosure(year, rows, name=name)
        return made._replace(head=made.head._replace(edition=value))

    now, department, unit = (
        edition(2025, Edition.UNIT, "n"),
        edition(2024, Edition.DEPARTMENT, "d"),
        edition(2024, Edition.UNIT, "u"),
    )
    loaded = frames([now, department, unit])  # type: ignore[list-item]
    assert default_baseline(loaded, now.head.disclosure_id) == unit.head.disclosure_id  # type: ignore[attr-defined]


def test_neighbour_year_keeps_the_place_and_moves_the_baseline_along() -> None:
    years = [forest(year) for year in (2023, 2024, 2025)]
    ids = [made.head.disclosure_id for made in years]
    loaded = frames(years)
    state = ViewState(ids[2], ids[1], View.EXPENDITURE, Scope.ALL_FUNDS, FOREST, cursor="2130205")
    back = neighbour_year(state, loaded, -1)
    assert (back.disclosure, back.baseline, back.path, back.cursor) == (ids[1], ids[0], FOREST, "2130205")
    assert neighbour_year(back, loaded, -1).baseline == ""
    assert neighbour_year(state, loaded, 1) == state


def test_comparing_with_itself_compares_with_nothing(small: Two) -> None:
    state = ViewState(small.now, view=View.EXPENDITURE)
    assert set_baseline(state, small.before).baseline == small.before
    assert set_baseline(state, small.now).baseline == ""


def test_a_neighbour_without_the_place_shows_its_nearest_ancestor() -> None:
    bare = disclosure(2024, {T3: [total(total="1.00"), R("213", "农林水支出", {"total": "1.00"})]})
    now = forest(2025)
    state = ViewState(now.head.disclosure_id, view=View.EXPENDITURE, path=FOREST, cursor="2130205")
    back = neighbour_year(state, frames([now, bare]), -1)
    assert (back.path, back.cursor) == ((), "213")


@pytest.mark.parametrize(
    ("records", "view"),
    [
        (Records(plans=(plan(1, "甲项目"),), facts=(fact("staffing", "actual", "5", "人"),)), View.TARGETS),
        (Records(facts=(fact("staffing", "actual", "5", "人"),)), View.FACTS),
        (Records(), View.OVERVIEW),
    ],
)
def test_a_document_without_tables_opens_with_what_it_has(records: Records, view: View) -> None:
    made = forest()
    made = made._replace(report=made.report._replace(statements=()), cells=(), lines=(), records=records)
    held = frames([made])
    assert open_disclosure(ViewState(), held, made.head.disclosure_id).view is view
