"""The views on the reference pair: the figures that the documents print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.disclosure import MoneyUnit, StatementId
from budget.model.money import format_fen
from budget.views import view_table
from budget.views.state import ACROSS, VIEW_SCOPES, Scope, View, ViewState

if TYPE_CHECKING:
    from tests.budget.conftest import Two

ADMINISTRATION = ("210", "21015")


def wan(fen: int | None) -> str:
    return "" if fen is None else format_fen(fen, MoneyUnit.WAN)


def compared(pair: Two, view: View, path: tuple[str, ...] = (), scope: str = Scope.NONE) -> ViewState:
    return ViewState(disclosure=pair.now, baseline=pair.before, view=view, scope=scope, path=path)


def test_expenditure_below_a_section_against_last_year(pair: Two) -> None:
    table = view_table(compared(pair, View.EXPENDITURE, ADMINISTRATION, Scope.ALL_FUNDS), pair.frames)
    assert table.breadcrumb == ("昌吉州医疗保障局 2025", "卫生健康支出", "医疗保障管理事务")
    assert [column.title for column in table.columns[:6]] == ["编码", "名称", "2025", "2024", "增减", "增减%"]
    shown = [
        (
            row["code"],
            wan(row["total"]),
            wan(row["total@baseline"]),
            wan(row["total@delta"]),
            round(row["total@rate"], 1),
        )
        for part in (table.frame, table.totals)
        for row in part.iter_rows(named=True)
    ]
    assert shown == [
        ("2101501", "406.77", "449.13", "-42.36", -9.4),
        ("2101502", "206.70", "246.73", "-40.03", -16.2),
        ("2101599", "50.54", "267.92", "-217.38", -81.1),
        ("21015", "664.00", "963.78", "-299.78", -31.1),
    ]
    assert table.totals["note"][0].startswith("下级合计 664.01，相差 0.01，舍入可解释")
    assert table.frame["enter"].to_list() == [None, None, None]


def test_the_closing_row_closes_the_sum_and_names_its_carry_over(pair: Two) -> None:
    last_year = ViewState(disclosure=pair.before, view=View.PROJECT, path=(*ADMINISTRATION, "2101502"))
    table = view_table(last_year, pair.frames)
    *projects, closing = table.frame.iter_rows(named=True)
    assert wan(sum(row["total"] for row in projects)) == "190.00"
    assert (closing["name"], closing["row_kind"], wan(closing["total"])) == (
        "结转及其他资金（表3−表7）",
        "computed",
        "56.73",
    )
    assert closing["total#status"] == "computed"
    assert "推断" in closing["note"]
    assert "19.69" in closing["note"]
    assert "37.04" in closing["note"]
    assert wan(table.totals["total"][0]) == "246.73"
    assert table.totals["total#status"][0] == "printed"


def test_a_place_may_have_the_closing_row_alone(pair: Two) -> None:
    table = view_table(ViewState(pair.now, view=View.PROJECT, path=(*ADMINISTRATION, "2101599")), pair.frames)
    assert table.frame["name"].to_list() == ["结转及其他资金（表3−表7）"]
    assert wan(table.frame["total"][0]) == "50.54"


def test_projects_are_paired_by_name_then_by_near_name(pair: Two) -> None:
    state = compared(pair, View.PROJECT, (*ADMINISTRATION, "2101502"))
    found = {
        row["name"]: (row["change"], row["near"]) for row in view_table(state, pair.frames).frame.iter_rows(named=True)
    }
    assert found == {
        "长期护理保险工作经费": ("gone", None),
        "机关运行补助经费": ("new", None),
        "基金监管工作经费": ("changed", "医疗基金监管工作经费"),
        "经办中心工作经费": ("changed", "医保局医保经办中心公共耗材及工作经费"),
        "结转及其他资金（表3−表7）": ("changed", None),
    }


def test_pairs_do_not_depend_on_the_place_and_can_be_undone(pair: Two) -> None:
    everything = view_table(compared(pair, View.PROJECT), pair.frames).frame
    near = everything.filter(everything["near"].is_not_null())["key"].to_list()
    assert len(near) == 3
    undone = compared(pair, View.PROJECT).replace(unpaired=frozenset(near[:1]))
    frame = view_table(undone, pair.frames).frame
    assert frame.filter(frame["near"].is_not_null())["key"].to_list() == near[1:]
    assert frame.height == everything.height + 1


def test_overview_shows_both_sides(pair: Two) -> None:
    table = view_table(ViewState(pair.now, view=View.OVERVIEW), pair.frames)
    rows = [(row["side"], row["code"], wan(row["total"])) for row in table.frame.iter_rows(named=True)]
    assert rows[0] == ("收", "", "781.45")
    assert rows[-3:] == [("支", "208", "81.02"), ("支", "210", "710.90"), ("支", "221", "44.06")]
    assert table.totals["name"].to_list() == ["收入总计", "支出总计"]
    assert [wan(fen) for fen in table.totals["total"]] == ["835.98", "835.98"]


def test_library_lists_years_downwards(pair: Two) -> None:
    table = view_table(ViewState(), pair.frames)
    assert table.frame["fiscal_year"].to_list() == ["2025", "2024"]
    assert [wan(fen) for fen in table.frame["total"]] == ["835.98", "1,140.42"]
    assert table.frame["enter"].to_list() == [pair.now, pair.before]


def test_every_printed_amount_is_on_its_statement(pair: Two) -> None:
    for disclosure in (pair.now, pair.before):
        for statement in StatementId:
            state = ViewState(disclosure, view=View.STATEMENT, scope=statement.value)
            table = view_table(state, pair.frames)
            measures = [column.id for column in table.columns if column.status]
            shown = sorted(fen for measure in measures for fen in table.frame[measure].drop_nulls())
            own = pair.frames.cells.filter(disclosure_id=disclosure, statement=statement.value)
            assert shown == sorted(own["amount_fen"])


def test_every_view_compares(pair: Two) -> None:
    for view, scopes in VIEW_SCOPES.items():
        for scope in scopes:
            table = view_table(compared(pair, view, scope=scope), pair.frames)
            if view in {View.LIBRARY, View.FINDINGS, View.COMPLETENESS, *ACROSS} or not table.frame.height:  # lists
                continue
            ids = [column.id for column in table.columns]
            assert {"@baseline", "@delta", "@rate"} <= {f"@{id_.partition('@')[2]}" for id_ in ids if "@" in id_}
            words = {""} if view is View.ONE_PROJECT else set()  # its names and terms are no amounts
            assert set(table.frame["change"]) - words <= {"same", "changed", "new", "gone"}
