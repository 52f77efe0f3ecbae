"""The views on small disclosures written for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.library.frames import frames
from budget.model.disclosure import ColumnStatus, MoneyUnit, Notice, Severity, Side, StatementId
from budget.views import next_change, view_table
from budget.views.build import delta, rate
from budget.views.state import VIEW_SCOPES, Scope, Sort, View, ViewState
from budget.views.table import META_COLUMNS, ColumnKind
from tests.support.builders import T1, T3, T5, T7, T11, R, disclosure, forest, total

if TYPE_CHECKING:
    from budget.views.table import ViewTable
    from tests.budget.conftest import Two

FOREST = ("213", "21302")


def one(statements: dict[StatementId, list[R]], state: ViewState, **head: object) -> ViewTable:
    document = disclosure(2025, statements, **head)  # type: ignore[arg-type]
    return view_table(state.replace(disclosure=document.head.disclosure_id), frames([document]))


def expenditure(small: Two, **changes: object) -> ViewState:
    return ViewState(small.now, view=View.EXPENDITURE, scope=Scope.ALL_FUNDS, path=FOREST).replace(**changes)


def test_every_view_has_the_columns_it_describes(small: Two) -> None:
    for view, scopes in VIEW_SCOPES.items():
        for scope in scopes:
            for baseline in ("", small.before):
                table = view_table(ViewState(small.now, baseline, view, scope), small.frames)
                assert table.frame.schema == table.totals.schema
                needed = {*META_COLUMNS, *(column.id for column in table.columns)}
                needed |= {column.status for column in table.columns if column.status}
                assert needed <= set(table.frame.columns)
                keys = [*table.frame["key"], *table.totals["key"]]
                assert len(set(keys)) == len(keys)
                for column in table.columns:
                    if column.kind is ColumnKind.AMOUNT:
                        assert table.frame.schema[column.id] == pl.Int64


def test_children_of_a_place_with_the_printed_parent(small: Two) -> None:
    table = view_table(expenditure(small), small.frames)
    assert table.frame["code"].to_list() == ["2130204", "2130205"]
    assert table.totals["code"].to_list() == ["21302"]
    assert table.totals["note"].to_list() == [
        "下级合计 25.01，相差 0.01，舍入可解释；项目支出：下级合计 17.01，相差 0.01，舍入可解释"
    ]
    assert table.frame["share"].to_list() == [48.0, pytest.approx(52.04)]


def test_a_gap_that_rounding_does_not_explain_is_said() -> None:
    rows = [total(total="10.00"), R("208", "甲", {"total": "4.00"}), R("213", "乙", {"total": "5.00"})]
    table = one({T3: rows}, ViewState(view=View.EXPENDITURE))
    assert table.totals["note"][0] == "下级合计 9.00，相差 1.00，舍入不能解释"


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (("6.00", "4.00", "2.00", "3.00"), None),  # the first is the sum of the next two: no levels are told
        (("6.00", "3.50", "1.25", "3.25"), "下级合计 14.00，相差 5.00，舍入不能解释"),
        (("4.00", "4.00", "0.00", "0.00"), "下级合计 8.00，相差 1.00，舍入不能解释"),  # one part is no breakdown
    ],
)
def test_the_overview_accuses_no_table_that_tells_no_levels(amounts: tuple[str, ...], said: str | None) -> None:
    lines = [
        R("", f"收入{number}", {"total": amount}, side=Side.REVENUE)
        for number, amount in zip("甲乙丙丁", amounts, strict=True)
    ]
    end = R("", "收入总计", {"total": "9.00"}, side=Side.REVENUE)
    table = one({T1: [*lines, end]}, ViewState(view=View.OVERVIEW))
    assert table.frame.height == 4
    assert table.totals["note"].to_list() == [said]


def test_a_missing_total_is_added_up_and_marked() -> None:
    table = one(
        {T3: [R("208", "甲", {"total": "4.00"}), R("213", "乙", {"total": "5.00"})]}, ViewState(view=View.EXPENDITURE)
    )
    assert table.totals.select("row_kind", "total", "total#status", "row_no").row(0) == (
        "computed",
        9_000_000,
        "computed",
        None,
    )
    assert "没有合计行" in table.totals["note"][0]


def test_a_section_without_its_class_is_still_found() -> None:
    rows = [total(total="4.00"), R("2130204", "事业机构", {"total": "4.00"})]
    table = one({T3: rows}, ViewState(view=View.EXPENDITURE))
    assert table.frame["code"].to_list() == ["2130204"]


def test_repeated_codes_keep_every_row() -> None:
    rows = [total(total="9.00"), R("208", "甲", {"total": "4.00"}), R("208", "乙", {"total": "5.00"})]
    table = one({T3: rows}, ViewState(view=View.EXPENDITURE))
    assert table.frame["total"].to_list() == [4_000_000, 5_000_000]
    assert table.frame["key"].to_list() == ["208", "208#2"]


def test_what_was_not_found_or_stated_empty_is_a_note() -> None:
    empty = one({T7: []}, ViewState(view=View.PROJECT), notes={T7: "本表为空表"})
    assert empty.notes == ("这里没有项目支出", "本表为空表")
    missing = one({T3: []}, ViewState(view=View.PROJECT))
    assert "没有找到项目表" in missing.notes
    doubts = (Notice(severity=Severity.UNCERTAIN, text="表3有一行列未定", statement=T3),)
    assert "表3有一行列未定" in one({T3: [total(total="1.00")]}, ViewState(view=View.EXPENDITURE), notices=doubts).notes
    assert view_table(ViewState("gone", view=View.REVENUE), frames([])).notes[0] == "资料库里没有这份公开材料"
    assert one({T3: [total(total="1.00")]}, ViewState(view=View.EXPENDITURE, path=("299",))).notes == (
        "表3没有编码 299",
        "出自支出总表",
    )


def test_basic_by_function_is_of_all_funds_and_says_so() -> None:
    rows = [total(total="4.00", basic="4.00"), R("208", "甲", {"total": "4.00", "basic": "4.00"})]
    table = one({T3: rows}, ViewState(view=View.BASIC, scope=Scope.BY_FUNCTION))
    assert table.frame["basic"].to_list() == [4_000_000]
    assert table.notes == ("出自支出总表",)


def test_basic_keeps_rows_without_basic_money(small: Two) -> None:
    state = ViewState(small.now, view=View.BASIC, scope=Scope.BY_FUNCTION, path=FOREST)
    assert view_table(state, small.frames).frame["basic"].to_list() == [8_000_000, None]


def test_closing_row_above_the_item_and_its_undecided_make_up() -> None:
    carried = (("甲", "5.00"), ("乙", "2.00"), ("丙", "3.00"))
    rows = {
        T3: [total(total="9.00", project="9.00"), R("213", "农林水支出", {"total": "9.00", "project": "9.00"})],
        T7: [total(total="4.00"), R("2130205", "培育", {"total": "4.00"}, "苗木")],
        T11: [total(total="8.00"), *(R(project=name, amounts={"total": fen}) for name, fen in carried)],
    }
    table = one(rows, ViewState(view=View.PROJECT))
    closing = table.frame.row(-1, named=True)
    assert (closing["key"], closing["total"]) == ("@closing", 5_000_000)
    assert closing["note"] == "表11有 2 种组合相符，未定"


def test_no_closing_row_where_table_7_is_missing_or_larger() -> None:
    t3 = [total(total="9.00", project="9.00")]
    assert "@closing" not in one({T3: t3}, ViewState(view=View.PROJECT)).frame["key"].to_list()
    larger = one({T3: t3, T7: [R("2130205", "培育", {"total": "9.50"}, "苗木")]}, ViewState(view=View.PROJECT))
    assert larger.frame.height == 1
    assert larger.notes[0] == "表7项目合计 9.50，表3项目支出 9.00，相差 0.50，舍入不能解释"


def test_new_and_gone_rows_carry_their_whole_amount_as_delta() -> None:
    now = disclosure(
        2025, {T3: [total(total="9.00"), R("208", "甲", {"total": "4.00"}), R("213", "乙", {"total": "5.00"})]}
    )
    before = disclosure(
        2024, {T3: [total(total="6.00"), R("208", "甲（旧称）", {"total": "4.00"}), R("221", "丙", {"total": "2.00"})]}
    )
    state = ViewState(now.head.disclosure_id, before.head.disclosure_id, View.EXPENDITURE)
    table = view_table(state, frames([now, before]))
    found = table.frame.select("code", "change", "total@delta", "total@rate", "row_no").rows()
    assert found == [
        ("208", "same", 0, 0.0, 2),
        ("221", "gone", -2_000_000, -100.0, None),
        ("213", "new", 5_000_000, None, 3),
    ]


@pytest.mark.parametrize(
    ("current", "baseline", "difference", "per_cent"),
    [(5, None, 5, None), (None, 5, -5, -100.0), (None, None, None, None), (5, 0, 5, None), (-5, -10, 5, 50.0)],
)
def test_delta_and_rate(
    current: int | None, baseline: int | None, difference: int | None, per_cent: float | None
) -> None:
    assert delta(current, baseline) == difference
    assert rate(current, baseline) == per_cent


def test_documents_in_yuan_and_in_wan_compare_exactly() -> None:
    wan = disclosure(2025, {T3: [total(total="1.50")]})
    yuan = disclosure(2024, {T3: [total(total="14999.5")]}, unit=MoneyUnit.YUAN)
    state = ViewState(wan.head.disclosure_id, yuan.head.disclosure_id, View.EXPENDITURE)
    table = view_table(state, frames([wan, yuan]))
    assert table.totals["total@delta"].to_list() == [50]
    assert table.decimals == 5  # 0.1 元 in 万元


@pytest.mark.parametrize(
    ("year", "body", "heads"),
    [
        (2024, "某州林草局", ["2025", "2024"]),
        (2025, "某州水利局", ["林草局2025", "水利局2025"]),
        (2025, "某州林草局", ["2025本表", "2025对比"]),
    ],
)
def test_heads_tell_the_two_disclosures_apart(year: int, body: str, heads: list[str]) -> None:
    now, other = forest(2025), disclosure(year, {T3: [total(total="1.00")]}, body=body, name="other.txt")
    state = ViewState(now.head.disclosure_id, other.head.disclosure_id, View.EXPENDITURE)
    table = view_table(state, frames([now, other]))
    assert [column.title for column in table.columns if column.id in {"total", "total@baseline"}] == heads


def test_filter_hides_and_counts_and_leaves_the_totals(small: Two) -> None:
    for query in ("2130205", "资源", "slzypy"):
        table = view_table(expenditure(small, filter=query), small.frames)
        assert table.frame["code"].to_list() == ["2130205"]
        assert (table.hidden, table.totals.height) == (1, 2)


def test_sort_by_any_column_nulls_last_and_unknown_columns_ignored(small: Two) -> None:
    down = view_table(expenditure(small, sort=Sort("basic")), small.frames).frame["basic"].to_list()
    up = view_table(expenditure(small, sort=Sort("basic", descending=False)), small.frames).frame["basic"].to_list()
    assert down == up == [8_000_000, None]
    assert view_table(expenditure(small, sort=Sort("name")), small.frames).frame["name"][0] == "森林资源培育"
    assert view_table(expenditure(small, sort=Sort("no such")), small.frames).frame["code"][0] == "2130204"


AMOUNTS = st.lists(st.integers(-(10**12), 10**12).map(lambda fen: f"{fen / 100:.2f}"), min_size=1, max_size=12)


@given(
    AMOUNTS,
    AMOUNTS,
    st.sampled_from(["total", "total@delta", "total@rate", "total@baseline", "name", "code", "share"]),
    st.booleans(),
)
def test_sorting_is_a_permutation(now: list[str], before: list[str], column: str, descending: bool) -> None:
    def document(year: int, amounts: list[str]) -> object:
        rows = [R(str(200 + 3 * number * (year - 2023)), "名", {"total": text}) for number, text in enumerate(amounts)]
        return disclosure(year, {T3: rows}, unit=MoneyUnit.YUAN)

    both = [document(2025, now), document(2024, before)]
    state = ViewState(both[0].head.disclosure_id, both[1].head.disclosure_id, View.EXPENDITURE)  # type: ignore[attr-defined]
    loaded = frames(both)  # type: ignore[arg-type]
    plain = view_table(state, loaded).frame
    ordered = view_table(state.replace(sort=Sort(column, descending)), loaded).frame
    assert sorted(plain["key"]) == sorted(ordered["key"])
    if column == "total@delta":
        sizes = [abs(fen) for fen in ordered[column]]
        assert sizes == sorted(sizes, reverse=descending)


def test_next_change_goes_round_and_skips_equal_rows(small: Two) -> None:
    now = [total(total="3.00"), *(R(code, code, {"total": "1.00"}) for code in ("201", "202", "203"))]
    before = [
        total(total="3.00"),
        *(R(code, code, {"total": fen}) for code, fen in (("201", "2.00"), ("202", "1.00"), ("203", "0"))),
    ]
    both = [disclosure(2025, {T3: now}), disclosure(2024, {T3: before})]
    table = view_table(
        ViewState(both[0].head.disclosure_id, both[1].head.disclosure_id, View.EXPENDITURE), frames(both)
    )
    assert next_change(table, "") == "201"
    assert next_change(table, "201") == "203"
    assert next_change(table, "203") == "201"
    assert next_change(table, "201", -1) == "203"
    assert next_change(view_table(expenditure(small), small.frames), "") is None


def test_overview_leaves_out_and_counts_lines_without_amounts(small: Two) -> None:
    table = view_table(ViewState(small.now, view=View.OVERVIEW), small.frames)
    assert "财政专户" not in table.frame["name"].to_list()
    assert table.notes == ("出自收支总表", "另有 1 行没有金额，未列出")
    assert table.frame.filter(side="支")["enter"].to_list() == ["208", "213"]


def test_the_statement_view_shows_every_line_revenue_first(small: Two) -> None:
    state = ViewState(small.now, view=View.STATEMENT, scope=T1.value)
    frame = view_table(state, small.frames).frame
    assert frame.height == 7
    assert frame["side"].to_list() == ["收"] * 4 + ["支"] * 3
    assert frame["name"].to_list()[3] == "收入总计"


def test_versions_of_one_year_are_told_apart_in_the_library() -> None:
    rows = {T1: [R(name="收入总计", amounts={"total": "1.00"}, side=Side.REVENUE)]}
    both = [disclosure(2025, rows, name=name) for name in ("b.txt", "a.txt")]
    lost = disclosure(2024, rows, notices=(Notice(severity=Severity.LOST, text="表2没有读到"),))
    frame = view_table(ViewState(), frames([lost, *both])).frame
    assert frame.select("fiscal_year", "source_name", "total", "statements", "lost").rows() == [
        ("2025", "a.txt", 1_000_000, 1, 0),
        ("2025", "b.txt", 1_000_000, 1, 0),
        ("2024", "2024.txt", 1_000_000, 1, 1),
    ]


def test_statuses_travel_with_the_amounts() -> None:
    rows = [total(total="4.00"), R("208", "甲", {"total": "4.00", "basic": "4.00"}, status=ColumnStatus.AMBIGUOUS)]
    table = one({T5: rows}, ViewState(view=View.EXPENDITURE, scope=Scope.GENERAL_PUBLIC))
    assert table.frame["basic#status"].to_list() == ["ambiguous"]
