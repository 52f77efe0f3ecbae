"""The views of documents that do not follow the eleven-table form."""

from __future__ import annotations

import json

import pytest

from budget.export.rows import change
from budget.export.table import proposed_name, to_csv, to_json, to_markdown
from budget.library.frames import concat, frames
from budget.model.disclosure import AmountOrigin, ColumnStatus, Edition, MoneyUnit, Side
from budget.model.titles import measure_words
from budget.search.statements import hits
from budget.views import (
    biggest_change,
    default_baseline,
    enter,
    jump,
    neighbour_year,
    open_disclosure,
    place_of,
    row_detail,
    view_table,
)
from budget.views.build import column_id, view_label
from budget.views.navigation import next_change
from budget.views.sources import body_and_year, distinct_titles, sources
from budget.views.state import Scope, View, ViewState
from tests.budget.conftest import Two
from tests.support.builders import T1, T3, T7, R, disclosure, total
from tests.support.nine_tables import FLEET, PURCHASES, STREET, outcome, street, unknown
from tui.render.grid import grid
from tui.terminal.glyphs import BLOCKS

ROADS = ("212", "21201")


@pytest.fixture(scope="module")
def pair_of_nine() -> Two:
    now, before = street(2025), street(2024)
    return Two(frames([before, now]), now.head.disclosure_id, before.head.disclosure_id)


def rows(two: Two, state: ViewState, *columns: str) -> list[tuple[object, ...]]:
    return view_table(state, two.frames).frame.select(*columns).rows()


# Form, unit, columns


def test_each_statement_is_shown_in_the_unit_in_which_it_is_printed(pair_of_nine: Two) -> None:
    state = ViewState(pair_of_nine.now, view=View.EXPENDITURE)
    table = view_table(state, pair_of_nine.frames)
    assert (table.unit, table.decimals) == (MoneyUnit.YUAN, 0)
    assert table.provenance["unit"] == "元"
    fleet = view_table(state.replace(view=View.THREE_PUBLIC), pair_of_nine.frames)
    assert (fleet.unit, fleet.decimals) == (MoneyUnit.WAN, 2)
    chosen = view_table(state.replace(unit=MoneyUnit.WAN), pair_of_nine.frames)
    assert (chosen.unit, chosen.decimals) == (MoneyUnit.WAN, 4)


def test_a_comparison_has_one_unit_for_both_sides() -> None:
    yuan, wan = (
        disclosure(2025, {T3: [total(total="20,000")]}, unit=MoneyUnit.YUAN),
        disclosure(2024, {T3: [total(total="1.50")]}),
    )
    ids = yuan.head.disclosure_id, wan.head.disclosure_id
    both = frames([yuan, wan])
    for (now, before), unit in ((ids, MoneyUnit.YUAN), (ids[::-1], MoneyUnit.WAN)):
        table = view_table(ViewState(now, before, View.EXPENDITURE), both)
        assert table.unit is unit
        assert abs(table.totals["total@delta"][0]) == 500_000


def test_the_columns_come_from_the_form(pair_of_nine: Two) -> None:
    titles = [
        column.title
        for column in view_table(ViewState(pair_of_nine.now, view=View.REVENUE), pair_of_nine.frames).columns
    ]
    assert titles == ["编码", "名称", "合计", "财政拨款收入", "事业收入", "占比%"]
    final = outcome()
    made = frames([final])
    table = view_table(ViewState(final.head.disclosure_id, view=View.EXPENDITURE), made)
    assert [column.title for column in table.columns if column.measure] == ["合计", "基本支出", "项目支出", "经营支出"]


def test_classes_without_codes_are_drilled_by_their_resolved_code(pair_of_nine: Two) -> None:
    overview = ViewState(pair_of_nine.now, view=View.OVERVIEW)
    entered = enter(overview, pair_of_nine.frames, "212")
    assert (entered.view, entered.path, entered.cursor) == (View.EXPENDITURE, ("212",), "21201")
    printed = view_table(ViewState(pair_of_nine.now, view=View.STATEMENT, scope=T1), pair_of_nine.frames)
    assert "code" not in {column.id for column in printed.columns}
    compared = rows(pair_of_nine, overview.replace(baseline=pair_of_nine.before), "code", "total@delta")
    assert ("212", 150_000_000) in compared


def test_what_the_form_does_not_have_is_said_once(pair_of_nine: Two) -> None:
    state = ViewState(pair_of_nine.now, pair_of_nine.before, View.CARRYOVER)
    table = view_table(state, pair_of_nine.frames)
    assert table.frame.is_empty()
    assert table.notes == ("没有读到结转结余",)
    missing = view_table(state.replace(view=View.STATEMENT, scope="appropriation_summary"), pair_of_nine.frames)
    assert "没有读到财政拨款收支总表" in missing.notes


def test_operating_expenses_stand_beside_the_three_public(pair_of_nine: Two) -> None:
    table = view_table(ViewState(pair_of_nine.now, view=View.THREE_PUBLIC), pair_of_nine.frames)
    assert table.frame.select("name", "share").rows() == [(FLEET, 100.0), ("机关运行经费", None)]
    assert "机关运行经费不在总计之内" in table.notes


# Projects of a form that lists none


def test_items_stand_for_the_projects_that_the_form_does_not_list(pair_of_nine: Two) -> None:
    state = ViewState(pair_of_nine.now, pair_of_nine.before, View.PROJECT)
    table = view_table(state, pair_of_nine.frames)
    assert table.frame.select("code", "project", "project@delta").rows() == [
        ("2010507", 10_000_000, -15_000_000),
        ("2120199", 550_000_000, 150_000_000),
    ]
    assert table.totals["project"].to_list() == [560_000_000]
    assert table.totals["note"].to_list() == [None]
    assert table.notes == ("没有找到项目表", "出自支出总表", "2024：出自支出总表")


def test_basic_and_project_keep_the_place_without_a_project_table(pair_of_nine: Two) -> None:
    held = pair_of_nine.frames
    state = ViewState(pair_of_nine.now, pair_of_nine.before, View.EXPENDITURE, Scope.ALL_FUNDS, ROADS, cursor="2120199")
    projects = jump(state, held, View.PROJECT)
    assert projects.path == (*ROADS, "2120199")
    assert rows(pair_of_nine, projects, "code") == [("2120199",)]
    back = jump(projects, held, View.BASIC)
    assert (back.path, back.cursor) == (ROADS, "2120199")
    assert jump(back, held, View.EXPENDITURE) == state
    nothing = jump(state.replace(cursor="2120101"), held, View.PROJECT)
    assert nothing.path == ROADS, "an item without projects gives way to what is above it"


# Years, editions, phases


def test_editions_and_phases_are_kept_apart() -> None:
    unit = street(2024, edition=Edition.UNIT)
    now, before, final = street(2025), street(2024), outcome(2024)
    loaded = frames([unit, final, before, now])
    state = ViewState(now.head.disclosure_id, view=View.EXPENDITURE)
    assert neighbour_year(state, loaded, -1).disclosure == before.head.disclosure_id
    assert (
        neighbour_year(ViewState(final.head.disclosure_id, view=View.EXPENDITURE), loaded, 1).disclosure
        == final.head.disclosure_id
    )
    assert default_baseline(loaded, now.head.disclosure_id) == before.head.disclosure_id
    assert default_baseline(loaded, final.head.disclosure_id) == before.head.disclosure_id
    table = view_table(ViewState(), loaded)
    assert len(set(table.frame.select("fiscal_year", "phase", "edition").rows())) == 4


def test_budget_and_final_accounts_are_labelled_and_their_labels_found() -> None:
    before, final = street(2024), outcome(2024)
    loaded = frames([before, final])
    state = ViewState(final.head.disclosure_id, before.head.disclosure_id, View.OVERVIEW)
    table = view_table(state, loaded)
    assert table.breadcrumb == (f"{STREET} 2024 决算",)
    assert [column.title for column in table.columns if column.measure == "total"][:2] == ["2024决算", "2024预算"]
    assert table.totals["note"].to_list() == [None, None], "a sub-total is no addend"
    service = table.frame.filter(name="事业收入")
    assert service.select("total", "total@baseline").rows() == [(120_050, 100_000)]
    assert table.decimals == 2


def test_no_document_of_a_library_gets_more_digits_than_it_prints() -> None:
    table = view_table(ViewState(unit=MoneyUnit.WAN), frames([street(2025), outcome(2024)]))
    lines = to_csv(table).decode("utf-8-sig").splitlines()
    assert [line.split(",")[4] for line in lines] == ["收入总计（万元）", "760.0000", "620.120050"]
    assert [entry["values"]["total"] for entry in json.loads(to_json(table))["rows"]] == ["760.0000", "620.120050"]


def test_two_bodies_are_told_apart_by_what_differs() -> None:
    def heads(name: str, other: str) -> tuple[str, str]:
        loaded = frames([disclosure(2025, {}, body=name), disclosure(2024, {}, body=other)])
        ids = loaded.disclosures["disclosure_id"].to_list()
        found = sources(ViewState(ids[0], ids[1], View.OVERVIEW), loaded)
        assert found.baseline is not None
        return distinct_titles(found.current.head, found.baseline.head)

    assert heads("甲市乙区丙街道办事处", "甲市乙区丁庚街道办事处") == ("丙2025", "丁庚2024")
    assert heads("南山州林草局", "北海自治区林草局本级") == ("南山州2025", "北海自治区2024")
    assert heads("某局", "某局本级") == ("2025", "本级2024")


def test_of_another_body_nothing_is_new_or_gone() -> None:
    own = disclosure(
        2025, {T3: [total(total="5.00"), R("208", "甲", {"total": "4.00"}), R("210", "乙", {"total": "1.00"})]}
    )
    other = {T3: [total(total="7.00"), R("208", "甲", {"total": "3.00"}), R("221", "丙", {"total": "4.00"})]}
    words = {"丁局": ("相差", ["变动", "仅对方", "仅本单位"]), own.head.body: ("增减", ["变动", "取消", "新增"])}
    for body, (title, said) in words.items():
        loaded = frames([own, disclosure(2024, other, body=body)])
        ours, theirs = loaded.disclosures["disclosure_id"].to_list()
        state = ViewState(ours, theirs, View.EXPENDITURE)
        table = view_table(state, loaded)
        assert [column.title for column in table.columns if column.part in {"delta", "rate"}][:2] == [
            title,
            f"{title}%",
        ]
        assert [change(row) for row in table.frame.rows(named=True)] == said
        assert next_change(table, "208") == "221"
        lines = "\n".join(f"{row.frozen}{row.name}" for row in grid(table, BLOCKS).rows(0, 3))
        assert all((word in lines) == (body == "丁局") for word in ("仅本单位", "仅对方"))


# The biggest change


def test_the_biggest_change_comes_first_all_the_way_down(pair_of_nine: Two) -> None:
    held = pair_of_nine.frames
    overview = ViewState(pair_of_nine.now, pair_of_nine.before, View.OVERVIEW)
    top = biggest_change(overview, held)
    assert (top.view, top.cursor) == (View.EXPENDITURE, "212")
    assert rows(pair_of_nine, top, "code") == [("212",), ("201",)]
    item = enter(enter(top, held, top.cursor), held, "21201")
    assert (item.path, item.cursor) == (ROADS, "2120199")
    assert biggest_change(top, held).sort is None
    alone = overview.replace(baseline="", view=View.REVENUE)
    assert biggest_change(alone, held) == alone


# Tables of no form


def test_a_document_of_no_form_opens_on_its_first_table() -> None:
    made = unknown()
    loaded = frames([made])
    state = open_disclosure(ViewState(), loaded, made.head.disclosure_id)
    assert (state.view, state.scope) == (View.STATEMENT, "other_1")
    table = view_table(state, loaded)
    assert table.title == f"原表 · 其他表 2025年{PURCHASES}"
    assert [column.title for column in table.columns] == ["编码", "名称", "采购金额", "面向中小企业"]
    assert view_label(state, sources(state, loaded).current) == f"其他表 2025年{PURCHASES}"
    assert view_table(state.replace(scope="other_9"), loaded).notes == ("没有读到other_9",)
    assert view_table(state.replace(view=View.PROJECT, scope=""), loaded).frame.is_empty()
    assert place_of(state.replace(cursor="2130204"), loaded) == "2130204"


def test_other_tables_are_compared_by_their_titles() -> None:
    now, before = unknown(2025), unknown(2024, first="会议费、培训费预算表")
    loaded = frames([before, now])
    state = ViewState(now.head.disclosure_id, before.head.disclosure_id, View.STATEMENT, "other_1")
    table = view_table(state, loaded)
    money = column_id("采购金额")
    assert table.frame.select("name", money, f"{money}@baseline").rows() == [
        ("办公设备", 12_500_000, 12_500_000),
        ("事业机构", 25_000_000, 24_000_000),
    ]
    detail = row_detail(state, loaded, table, "2130204")
    assert detail is not None
    assert [cell.printed for cell in (*detail.cells, *detail.baseline_cells)] == ["25.00", "24.00"]
    assert detail.source == f"2025年{PURCHASES} 第2行"
    assert neighbour_year(state, loaded, -1).scope == "other_2"
    lonely = frames([now, unknown(2024, first="别的表")])
    other = ViewState(now.head.disclosure_id, lonely.disclosures["disclosure_id"][1], View.STATEMENT, "other_2")
    assert view_table(other, lonely).frame["change"].to_list() == ["new"]


def test_other_tables_are_found_and_exported() -> None:
    made = unknown()
    loaded = frames([made])
    (found,) = hits(loaded, made.head.disclosure_id, "bgsb")
    assert (found.state.view, found.state.scope, found.name) == (View.PROCUREMENT, "", "办公设备")
    table = view_table(found.state, loaded)
    assert found.state.cursor in table.frame["key"]
    assert "采购金额（万元）" in to_csv(table).decode()
    assert "政府采购" in proposed_name(found.state, loaded)
    printed = found.state.replace(view=View.STATEMENT, scope="other_1")
    assert PURCHASES in proposed_name(printed, loaded)


@pytest.mark.parametrize(
    "header", ["name", "key", "code", "total", "x@delta", "@baseline", "#status", "列:x", "%40", "=1+1"]
)
def test_a_header_is_no_column_of_ours(header: str) -> None:
    now, before = unknown(2025, header=header), unknown(2024, header=header)
    loaded = concat([frames([now]), frames([before])])
    state = ViewState(now.head.disclosure_id, before.head.disclosure_id, View.STATEMENT, "other_1")
    table = view_table(state, loaded)
    assert len({column.id for column in table.columns}) == len(table.columns)
    (money,) = [column.id for column in table.columns if column.measure == header and not column.part]
    assert table.frame[money].to_list() == [12_500_000, 25_000_000]
    assert table.frame["name"].to_list() == ["办公设备", "事业机构"]
    assert b"12.50" in to_csv(table)
    ordered = biggest_change(state, loaded)
    assert ordered.cursor == "2130204"
    assert row_detail(ordered, loaded, view_table(ordered, loaded), ordered.cursor) is not None


# Where amounts come from


def test_a_paged_document_names_page_and_row(pair_of_nine: Two) -> None:
    state = ViewState(pair_of_nine.now, view=View.EXPENDITURE)
    detail = row_detail(state, pair_of_nine.frames, view_table(state, pair_of_nine.frames), "212")
    assert detail is not None
    assert detail.source == "表3 第9页 表格第4行"


def test_amounts_that_are_not_printed_are_marked_everywhere() -> None:
    read = AmountOrigin.RECOGNISED
    made = disclosure(2025, {T3: [R("208", "甲", {"total": "4.00"}, origin=read), R("210", "乙", {"total": "1.00"})]})
    loaded = frames([made])
    state = ViewState(made.head.disclosure_id, view=View.EXPENDITURE)
    table = view_table(state, loaded)
    assert table.frame["total#origin"].to_list() == ["recognised", "printed"]
    detail = row_detail(state, loaded, table, "208")
    assert detail is not None
    assert [(cell.origin_word, cell.status_word) for cell in detail.cells] == [("识别", "原表")]
    assert "识别" in to_csv(table).decode()
    assert json.loads(to_json(table))["rows"][0]["origin"] == {"total": "recognised"}
    assert "识别：合计" in to_markdown(table).decode()
    plain = view_table(state, frames([disclosure(2025, {T3: [R("208", "甲", {"total": "4.00"})]})]))
    assert not any(column.origin for column in plain.columns)
    assert "数字来源" not in to_csv(plain).decode()
    summary = {T1: [R(name="收入总计", amounts={"total": "4.00"}, side=Side.REVENUE, origin=read)]}
    shelf = view_table(ViewState(), frames([disclosure(2025, summary)]))
    assert shelf.frame["total#origin"].to_list() == ["recognised"]
    assert "识别" in to_csv(shelf).decode()
    assert loaded.cells["origin"].to_list() == ["recognised", "printed"]
    assert detail.cells[0].column_status == ColumnStatus.PRINTED


def test_the_project_side_stands_for_a_list_of_projects_that_was_not_read() -> None:
    made = disclosure(2025, {T3: [total(total="4.00", project="4.00")]})
    loaded = frames([made])
    table = view_table(ViewState(made.head.disclosure_id, view=View.PROJECT), loaded)
    assert table.notes[0] == "没有找到项目表"
    assert T7.value not in loaded.statements["statement"].to_list()


def test_a_body_without_a_name_is_called_by_its_file() -> None:
    loaded = frames([disclosure(2025, {}, body="", name="x.pdf")])
    state = ViewState(loaded.disclosures["disclosure_id"][0], view=View.OVERVIEW)
    assert body_and_year(sources(state, loaded).current.head) == "x.pdf 2025"


def test_what_is_carried_over_is_part_of_the_total(small: Two) -> None:
    table = view_table(ViewState(small.now, view=View.CARRYOVER), small.frames)
    assert table.frame["share"].null_count() == 0
    assert not [note for note in table.notes if "不在总计之内" in note]


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("total", "合计"),
        ("prior_final", "上年决算数"),
        ("prior_budget_basic", "上年预算数基本支出"),
        ("财政拨款·小计", "财政拨款·小计"),
        ("prior_final_财政拨款·小计", "上年决算数小计"),
        ("general_public_budget_basic", "一般公共预算·基本支出"),
        ("prior_final_general_public_budget_basic", "上年决算数一般公共预算·基本支出"),
    ],
)
def test_measures_of_tables_without_a_known_name_have_words(measure: str, words: str) -> None:
    assert measure_words("other_1", measure) == words
