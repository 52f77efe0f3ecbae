"""All items in one list, and levels opened in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.views import navigation
from budget.views.registry import view_table
from budget.views.state import View, ViewState
from tests.support.small import small

if TYPE_CHECKING:
    from budget.library.frames import Frames


@pytest.fixture(scope="module")
def held() -> Frames:
    return small()


def top(held: Frames, *, compared: bool = False) -> ViewState:
    ids = dict(held.disclosures.select("fiscal_year", "disclosure_id").iter_rows())
    baseline = ids[2024] if compared else ""
    return ViewState(disclosure=ids[2025], baseline=baseline, view=View.EXPENDITURE, scope="all-funds", cursor="210")


def keys(held: Frames, state: ViewState) -> list[str]:
    found: list[str] = view_table(state, held).frame["key"].to_list()
    return found


def test_all_items_stand_in_one_list_and_make_the_total(held: Frames) -> None:
    flat = navigation.flatten(top(held), held)
    table = view_table(flat, held)
    assert keys(held, flat) == ["2080505", "2101501", "2101502"]
    assert flat.cursor == "2101501"
    assert abs(table.frame["total"].sum() - table.totals["total"][0]) <= 1_000_000  # the sample is rounded


def test_the_list_begins_at_the_top_and_leads_back_to_the_tree(held: Frames) -> None:
    inside = navigation.enter(top(held), held, "210")
    flat = navigation.flatten(inside, held)
    assert flat.path == ()
    assert navigation.flatten(flat, held) == top(held)
    assert navigation.leave(flat) == top(held)


def test_from_the_overview_the_items_of_the_expenditure_are_listed(held: Frames) -> None:
    overview = top(held).replace(view=View.OVERVIEW, scope="")
    assert keys(held, navigation.flatten(overview, held)) == ["2080505", "2101501", "2101502"]
    three = overview.replace(view=View.THREE_PUBLIC)
    assert navigation.flatten(three, held) == three


def test_the_biggest_change_of_an_item_is_one_key_away(held: Frames) -> None:
    biggest = navigation.biggest_change(navigation.flatten(top(held, compared=True), held), held)
    table = view_table(biggest, held)
    assert biggest.cursor == table.frame["key"][0]
    sizes = table.frame["total@delta"].abs().to_list()
    assert sizes == sorted(sizes, reverse=True)
    assert set(table.frame["key"]) == {"2080501", "2080505", "2101501", "2101502"}


def test_levels_open_and_close_in_place(held: Frames) -> None:
    opened = navigation.open_in_place(top(held), held)
    assert keys(held, opened) == ["208", "210", "21015"]
    deeper = navigation.open_in_place(opened.replace(cursor="21015"), held)
    table = view_table(deeper, held)
    assert list(zip(table.frame["key"], table.frame["level"], strict=True)) == [
        ("208", 0), ("210", 0), ("21015", 1), ("2101501", 2), ("2101502", 2),
    ]  # fmt: skip
    assert keys(held, navigation.open_in_place(deeper.replace(cursor="210"), held)) == ["208", "210"]


def test_a_row_that_was_opened_in_place_can_be_entered(held: Frames) -> None:
    opened = navigation.open_in_place(top(held), held)
    assert navigation.enter(opened, held, "21015").path == ("210", "21015")


def test_an_item_has_nothing_to_open(held: Frames) -> None:
    item = top(held).replace(path=("210", "21015"), cursor="2101501")
    assert navigation.open_in_place(item, held) == item


def test_a_filter_has_its_sum_count_and_share(held: Frames) -> None:
    flat = navigation.flatten(top(held, compared=True), held).replace(filter="2101")
    table = view_table(flat, held)
    subtotal, total = table.totals.rows(named=True)
    assert subtotal["name"] == "筛选“2101”小计（2 行）"
    assert subtotal["total"] == table.frame["total"].sum()
    assert subtotal["total@baseline"] == table.frame["total@baseline"].sum()
    assert subtotal["total#status"] == "computed"
    assert total["name"] == "总计"
    alone = view_table(flat.replace(baseline=""), held)
    assert alone.totals["share"][0] == pytest.approx(alone.frame["share"].sum())


def test_what_stands_below_a_row_is_summed_once(held: Frames) -> None:
    opened = navigation.open_in_place(top(held), held).replace(filter="210")
    table = view_table(opened, held)
    assert table.frame["key"].to_list() == ["210", "21015"]
    assert table.totals["total"][0] == table.frame["total"][0]


def test_a_filter_that_leaves_nothing_has_no_sum(held: Frames) -> None:
    assert view_table(top(held).replace(filter="999"), held).totals.height == 1
