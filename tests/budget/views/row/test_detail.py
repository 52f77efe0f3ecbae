from __future__ import annotations

from typing import TYPE_CHECKING

from budget.library.frames import frames
from budget.model.disclosure import ColumnStatus
from budget.views import row_detail, source_of, view_table
from budget.views.state import Scope, View, ViewState
from tests.support.builders import T3, R, disclosure, total

if TYPE_CHECKING:
    from tests.budget.conftest import Two


def test_a_row_says_where_it_stands_and_how_sure_its_columns_are() -> None:
    rows = [total(total="4.00"), R("208", "甲", {"total": "4.00", "basic": "4.00"}, status=ColumnStatus.AMBIGUOUS)]
    document = disclosure(2025, {T3: rows})
    loaded = frames([document])
    state = ViewState(document.head.disclosure_id, view=View.EXPENDITURE)
    detail = row_detail(state, loaded, view_table(state, loaded), "208")
    assert detail is not None
    assert (detail.source, detail.line, detail.official_name) == (
        "表3 第2行",
        2,
        "社会保障和就业支出 social security and employment",
    )
    assert [(cell.title, cell.printed, cell.status_word) for cell in detail.cells] == [
        ("合计", "4.00", "未定"),
        ("基本支出", "4.00", "未定"),
    ]
    assert detail.cells[0].candidates == ("基本支出", "项目支出")
    assert detail.cells == source_of(loaded, document.head.disclosure_id, T3, 2)


def test_a_computed_row_shows_its_amounts_as_computed(small: Two) -> None:
    state = ViewState(small.now, small.before, View.PROJECT, Scope.NONE, ("213", "21302", "2130205"))
    detail = row_detail(state, small.frames, view_table(state, small.frames), "@closing")
    assert detail is not None
    assert detail.source == ""
    assert detail.note == "可能由表11的 退耕还林尾款 3.00 + 防火物资 2.00 构成（推断）"
    assert [(cell.title, cell.printed, cell.status_word) for cell in detail.cells] == [("合计", "5.01 万元", "计算")]
    assert [cell.printed for cell in detail.baseline_cells] == ["5.01 万元"]


def test_baseline_cells_and_near_names_stand_beside(small: Two) -> None:
    state = ViewState(small.now, small.before, View.PROJECT)
    detail = row_detail(state, small.frames, view_table(state, small.frames), "2130204/林区道路管护")
    assert detail is not None
    assert detail.near == "林区道路管护经费"
    assert detail.baseline_source.startswith("表7 第")
    assert [cell.amount_fen for cell in detail.baseline_cells] == [4_000_000, 4_000_000]


def test_rows_that_are_not_there_have_no_detail(small: Two) -> None:
    state = ViewState(small.now, view=View.EXPENDITURE)
    assert row_detail(state, small.frames, view_table(state, small.frames), "999") is None


def test_every_row_of_every_view_has_a_detail(pair: Two) -> None:
    for view in View:
        state = ViewState(pair.now, pair.before, view)
        table = view_table(state, pair.frames)
        for part in (table.frame, table.totals):
            for key in part["key"]:
                assert row_detail(state, pair.frames, table, key) is not None
