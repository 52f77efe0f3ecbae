"""Figures that several tables print are the same; tables of different things accuse each other of nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from budget.checks.rule import Outcome
from budget.checks.tables import figures, findings, sums, verdicts
from budget.checks.tables.messages import Words
from tests.budget.checks.tables.invented import BASIC_PROJECT, WAN, Column, Row, changed, coded, table
from tests.budget.checks.tables.reference import printed_table

if TYPE_CHECKING:
    from budget.checks.tables.equations import Verdict
    from budget.model.facts import Fact

AMOUNT = (Column("金额"),)


def between(*tables: list[Fact], titles: dict[int, str] | None = None) -> list[Verdict]:
    within = [verdict for facts in tables for verdict in sums.check(facts)]
    named = {
        facts[0].table: printed_table(facts[0].table, (titles or {}).get(facts[0].table, "表")) for facts in tables
    }
    return list(figures.check(figures.FigureIndex([fact for facts in tables for fact in facts], named, within)))


def outcomes(verdicts: list[Verdict]) -> Counter[tuple[str, Outcome]]:
    return Counter((verdict.equation.check, verdict.outcome) for verdict in verdicts)


def summary(number: int, total: float = 100) -> list[Fact]:
    rows = [
        Row("一、基本支出", {"kind": "basic"}, (60,)),
        Row("二、项目支出", {"kind": "project"}, (40,)),
        Row("支出合计", {}, (total,)),
    ]
    return table(number, AMOUNT, rows)


def by_function(number: int, **title: str) -> list[Fact]:
    rows = [Row("合计", {}, (100, 60, 40)), coded("201", "类", 70, 60, 10), coded("202", "类", 30, None, 30)]
    return table(number, BASIC_PROJECT, rows, **title)


def test_the_same_figure_of_two_tables() -> None:
    assert outcomes(between(summary(1), by_function(2))) == {(figures.SAME, Outcome.EXACT): 3}


def test_a_figure_that_differs_is_found_and_names_both_tables() -> None:
    facts = [*summary(1, 100.5), *by_function(2)]
    printed = {1: printed_table(1, "收支预算总表"), 2: printed_table(2, "支出预算总表")}
    found = findings(Words("x", printed), facts, verdicts(facts, printed), lambda _tables: "", lambda _fund: None)
    wrong = [finding for finding in found if finding.outcome is Outcome.DISCREPANCY]
    assert len(wrong) == 1
    assert "收支预算总表 第1页" in wrong[0].message
    assert "支出预算总表 第2页" in wrong[0].message
    assert wrong[0].follows


def test_versions_and_funds_are_never_mixed() -> None:
    assert not between(summary(1), by_function(2, version="final"))
    assert not between(summary(1), by_function(2, fund="general_public"))


def test_a_fund_printed_without_its_transfer_is_compared_with_it() -> None:
    columns = (
        Column("一般公共预算", {"fund": "general_public"}),
        Column("上级一般公共预算安排的转移支付", {"fund": "general_public.transfer"}),
    )
    detail = table(1, columns, [Row("合计", {}, (75, 25))], flow="revenue")
    whole = table(2, AMOUNT, [Row("一般公共预算拨款", {"fund": "general_public"}, (100,))], flow="revenue")
    assert outcomes(between(detail, whole)) == {(figures.SAME, Outcome.EXACT): 1}


def test_projects_make_the_figure_of_their_function() -> None:
    rows = [
        Row("2010102 一般事务/甲项目", {"function": "2010102", "project": "甲项目"}, (10,)),
        Row("2010102 一般事务/乙项目", {"function": "2010102", "project": "乙项目"}, (15,)),
        Row("2010199 其他事务/丙项目", {"function": "2010199", "project": "丙项目"}, (5,)),
    ]
    projects = table(2, AMOUNT, rows, fund="general_public", kind="project")
    rows = [coded("2010102", "一般事务", 40, 15, 25), coded("2010199", "其他事务", 5, None, 5)]
    whole = table(1, BASIC_PROJECT, rows, fund="general_public")
    assert outcomes(between(whole, projects)) == {(figures.BREAKDOWN, Outcome.EXACT): 2}


def test_what_comes_in_is_spent_in_a_budget() -> None:
    revenue = [
        Row("收入总计", {"flow": "revenue"}, (100,)),
        Row("支出总计", {"flow": "expenditure"}, (100,)),
    ]
    facts = table(1, AMOUNT, revenue)
    assert outcomes(between(facts)) == {(figures.BALANCE, Outcome.EXACT): 1}
    wrong, _ = changed(facts, 0, WAN)
    assert outcomes(between(wrong)) == {(figures.BALANCE, Outcome.DISCREPANCY): 1}


def test_final_accounts_need_not_spend_by_function_what_came_in() -> None:
    came = table(1, AMOUNT, [coded("201", "类", 50)], flow="revenue", version="final")
    went = table(2, AMOUNT, [coded("201", "类", 40)], version="final")
    assert not between(came, went)


def test_a_total_with_carry_over_is_another_figure_than_one_without() -> None:
    rows = [
        Row("一、本年收入", {"fund": "appropriation"}, (90,)),
        Row("二、上年结转", {"fund": "carryover.appropriation"}, (10,)),
        Row("收入总计", {"fund": "appropriation"}, (100,)),
    ]
    with_carry_over = table(1, AMOUNT, rows, flow="revenue")
    columns = (Column("合计"), Column("财政拨款", {"fund": "appropriation"}))
    without = table(2, columns, [Row("合计", {}, (120, 90))], flow="revenue")
    assert set(outcomes(between(with_carry_over, without))) == {(figures.SAME, Outcome.EXACT)}


def test_tables_that_mostly_differ_are_about_different_things() -> None:
    other = [fact._replace(amount_fen=fact.amount_fen * 3) for fact in by_function(2)]
    found = outcomes(between(by_function(1), other))
    assert set(found) == {(figures.SAME, Outcome.NOT_CHECKED)}


def test_a_whole_area_is_not_its_own_level() -> None:
    titles = {1: "2020年全区一般公共预算支出表", 2: "2020年区本级一般公共预算支出表"}
    other = [fact._replace(amount_fen=fact.amount_fen + WAN) for fact in summary(2)]
    assert not between(summary(1), other, titles=titles)
    assert between(summary(1), other)


def test_balances_of_final_accounts_hold_in_each_row() -> None:
    columns = (
        Column("年初结转和结余", {"flow": "revenue", "fund": "carryover.government_fund"}),
        Column("本年收入", {"flow": "revenue", "fund": "government_fund"}),
        Column("本年支出/合计", {"fund": "government_fund", "kind": "current"}),
        Column("本年支出/项目支出", {"fund": "government_fund", "kind": "project"}),
        Column("年末结转和结余", {"fund": "government_fund", "kind": "carry_forward"}),
    )
    facts = table(1, columns, [Row("合计", {}, (1, 5, 4, 4, 2))], version="final")
    assert outcomes(between(facts)) == {(figures.BALANCE, Outcome.EXACT): 1}
    wrong, _ = changed(facts, 4, WAN)
    assert outcomes(between(wrong)) == {(figures.BALANCE, Outcome.DISCREPANCY): 1}


def test_what_is_left_over_beside_other_sources_is_another_figure() -> None:
    rows = [
        Row("二、财政专户管理资金", {"fund": "special_account"}, (3,)),
        Row("三、其他收入", {"fund": "own.other"}, (4,)),
    ]
    many = table(1, AMOUNT, rows, flow="revenue")
    few = table(2, AMOUNT, [Row("其他各项收入", {"fund": "own.other"}, (7,))], flow="revenue")
    assert not between(many, few)
    assert between(few, [fact._replace(table=3) for fact in few])


def test_what_comes_in_need_not_be_spent_where_no_total_says_so() -> None:
    def both(label: str, other: str) -> list[Verdict]:
        rows = [Row(label, {"flow": "revenue"}, (100,)), Row(other, {"flow": "expenditure"}, (90,))]
        return [verdict for verdict in between(table(1, AMOUNT, rows)) if verdict.equation.check == figures.BALANCE]

    assert not both("一、收入", "二、支出")
    (balance,) = both("收入总计", "支出总计")
    assert balance.outcome is Outcome.DISCREPANCY
