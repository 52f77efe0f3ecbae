"""Budget against final accounts: never the same budget twice, rates only where both figures are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.library.frames import frames
from budget.model.disclosure import Disclosure, Edition, Phase
from budget.views import view_table
from budget.views.state import Scope, View, ViewState
from tests.support.builders import T3, T5, T7, R, disclosure
from tests.support.making_records import change

if TYPE_CHECKING:
    from budget.views.table import ViewTable

WAN = 1_000_000


def spent(*rows: tuple[str, str, str]) -> list[R]:
    return [R(code, name, {"total": amount}) for code, name, amount in rows]


PLAN = spent(("213", "农林水支出", "100.00"), ("2130205", "森林资源培育", "40.00"), ("221", "住房保障支出", "8.00"))
DONE = spent(("213", "农林水支出", "90.00"), ("2130205", "森林资源培育", "30.00"), ("224", "灾害防治", "1.00"))


def table(*documents: Disclosure, scope: str = Scope.BY_FUNCTION) -> ViewTable:
    return view_table(ViewState(documents[-1].head.disclosure_id, view=View.EXECUTION, scope=scope), frames(documents))


def test_what_was_spent_stands_beside_what_was_planned() -> None:
    found = table(disclosure(2025, {T3: PLAN}), disclosure(2025, {T3: DONE}, phase=Phase.FINAL_ACCOUNTS))
    assert found.frame.select("key", "at:budget", "at:final", "rate").rows() == [
        ("213", 100 * WAN, 90 * WAN, 90.0),
        ("2130205", 40 * WAN, 30 * WAN, 75.0),
        ("221", 8 * WAN, None, None),
        ("224", None, 1 * WAN, None),
    ]
    assert found.notes == ("带 = 的是相加得出的，没有印出",)  # no total is printed


def test_another_edition_or_year_is_no_budget_of_it() -> None:
    final = disclosure(2025, {T3: DONE}, phase=Phase.FINAL_ACCOUNTS)
    found = table(disclosure(2024, {T3: PLAN}), disclosure(2025, {T3: PLAN}, edition=Edition.UNIT), final)
    assert found.frame["at:budget"].null_count() == found.frame.height
    assert "没有读到同一单位同一年度的预算" in found.notes


def test_without_final_accounts_nothing_is_spent() -> None:
    found = table(disclosure(2025, {T3: PLAN}))
    assert found.frame["rate"].null_count() == found.frame.height
    assert any("不能计算执行率" in note for note in found.notes)


def test_the_text_of_final_accounts_tells_the_budget_of_what_it_spent() -> None:
    final = disclosure(2025, {T5: DONE}, phase=Phase.FINAL_ACCOUNTS)
    told = (
        change("90.00", code="213", base="own_budget", base_fen=100 * WAN, base_half_unit=5_000),
        change("31.00", code="2130205", base="own_budget", base_fen=40 * WAN, base_half_unit=5_000),
        change("1.00", code="224", base="prior_year", base_fen=3 * WAN, base_half_unit=5_000),
    )
    final = final._replace(records=final.records._replace(stated_changes=told))
    rows = {row["key"]: row for row in table(final).frame.iter_rows(named=True)}
    assert (rows["213"]["at:budget"], rows["213"]["rate"]) == (100 * WAN, 90.0)
    assert rows["2130205"]["at:budget"] is None  # the text speaks of another amount
    assert rows["224"]["at:budget"] is None  # and here of another year


def test_projects_are_joined_by_near_names() -> None:
    plan = [R("2130205", "森林资源培育", {"total": "40.00"}, project="造林绿化工作经费")]
    done = [R("2130205", "森林资源培育", {"total": "30.00"}, project="2025年造林绿化项目")]
    final = disclosure(2025, {T7: done}, phase=Phase.FINAL_ACCOUNTS)
    found = table(disclosure(2025, {T7: plan}), final, scope=Scope.BY_PROJECT)
    assert found.frame.select("name", "near", "at:budget", "at:final", "rate").rows() == [
        ("2025年造林绿化项目", "造林绿化工作经费", 40 * WAN, 30 * WAN, 75.0)
    ]
