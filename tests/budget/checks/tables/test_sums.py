"""Sums within one table: what its words and coordinates make a whole is the sum of its parts, and nothing else is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from budget.checks.rule import Outcome
from budget.checks.tables import sums
from tests.budget.checks.tables.invented import BASIC_PROJECT, HALF, WAN, Column, Row, changed, coded, table

if TYPE_CHECKING:
    from budget.checks.tables.equations import Verdict
    from budget.model.facts import Fact

REVENUE = {"flow": "revenue"}


def outcomes(facts: list[Fact]) -> Counter[Outcome]:
    return Counter(verdict.outcome for verdict in sums.check(facts))


def failed(facts: list[Fact]) -> list[Verdict]:
    return [verdict for verdict in sums.check(facts) if verdict.outcome is Outcome.DISCREPANCY]


def detail() -> list[Fact]:
    return table(
        1,
        BASIC_PROJECT,
        [
            Row("合计", {}, (100, 70, 30)),
            coded("208", "社会保障和就业支出", 40, 40, None),
            coded("20805", "行政事业单位养老支出", 40, 40, None),
            coded("2080505", "基本养老保险缴费", 25, 25, None),
            coded("2080506", "职业年金缴费", 15, 15, None),
            coded("210", "卫生健康支出", 60, 30, 30),
            coded("21015", "医疗保障管理事务", 60, 30, 30),
            coded("2101501", "行政运行", 30, 30, None),
            coded("2101502", "一般行政管理事务", 30, None, 30),
        ],
    )


def test_codes_and_columns_add_up() -> None:
    found = outcomes(detail())
    assert set(found) == {Outcome.EXACT}
    assert found[Outcome.EXACT] > 15


@pytest.mark.parametrize("number", range(len(detail())))
@pytest.mark.parametrize("error", [-3 * WAN, 2 * WAN])
def test_each_changed_figure_is_found(number: int, error: int) -> None:
    facts, wrong = changed(detail(), number, error)
    assert any(wrong in verdict.equation.facts for verdict in failed(facts))


def test_the_total_of_a_group_has_its_parts_in_the_group() -> None:
    columns = [
        Column("合计"),
        Column("本年拨款/小计", {"fund": "current"}),
        Column("本年拨款/一般公共预算", {"fund": "general_public"}),
        Column("本年拨款/专户", {"fund": "special_account"}),
        Column("单位资金", {"fund": "own"}),
    ]
    facts = table(
        1, columns, [Row("合计", {}, (100, 60, 50, 10, 40)), Row("某某", {"project": "某某"}, (9, 7, 6, 1, 2))]
    )
    assert not failed(facts)
    wrong = table(
        1, columns, [Row("合计", {}, (100, 60, 55, 10, 40)), Row("某某", {"project": "某某"}, (9, 7, 6, 1, 2))]
    )
    assert failed(wrong)


def test_a_difference_of_rounded_parts_is_rounding() -> None:
    facts, _ = changed(detail(), 0, 2 * HALF)
    assert outcomes(facts)[Outcome.ROUNDING] == 2
    assert not failed(facts)


def test_cut_digits_are_a_hint() -> None:
    rows = [Row("合计", {}, (40.03,)), *(coded(f"20{n}", "类", 10) for n in range(1, 5))]
    found = outcomes(table(1, (Column("合计"),), rows))
    assert found == {Outcome.HINT: 1}


def test_a_fund_beside_its_transfer_is_what_is_left_of_it() -> None:
    columns = (
        Column("合计"),
        Column("财政拨款小计", {"fund": "appropriation"}),
        Column("一般公共预算", {"fund": "general_public"}),
        Column("上级一般公共预算安排的转移支付", {"fund": "general_public.transfer"}),
        Column("单位资金", {"fund": "own"}),
    )
    rows = [
        Row("总计", {}, (115, 105, 80, 25, 10)),
        coded("208", "类", 55, 55, 30, 25, None),
        coded("210", "类", 60, 50, 50, None, 10),
    ]
    facts = table(1, columns, rows, flow="revenue")
    assert set(outcomes(facts)) == {Outcome.EXACT}
    facts, wrong = changed(facts, 3, 4 * WAN)
    assert any(wrong in verdict.equation.facts for verdict in failed(facts))


def test_this_year_and_carry_over_make_the_total() -> None:
    rows = [
        Row("一、财政拨款", {"fund": "appropriation"}, (70,)),
        Row("二、财政专户拨款", {"fund": "special_account"}, (5,)),
        Row("三、其他资金", {"fund": "own"}, (15,)),
        Row("本年收入合计", {"fund": "current"}, (90,)),
        Row("四、上级补助收入", {"fund": "own.superior"}, (4,)),
        Row("五、上年结转", {"fund": "carryover"}, (6,)),
        Row("收入总计", {}, (100,)),
    ]
    facts = table(1, (Column("预算数"),), rows, flow="revenue")
    assert outcomes(facts) == {Outcome.EXACT: 2}
    for number in range(len(rows)):
        wrong, figure = changed(facts, number, 7 * WAN)
        assert any(figure in verdict.equation.facts for verdict in failed(wrong)), rows[number]


def test_blocks_side_by_side_are_lists_of_their_own() -> None:
    columns = (Column("支出用途/金额", block=1), Column("功能分类/金额", block=2))
    rows = [
        Row("一、基本支出", {"kind": "basic"}, (60, None)),
        Row("二、项目支出", {"kind": "project"}, (40, None)),
        Row("四、公共安全支出", {"function": "204"}, (None, 90)),
        Row("八、社会保障和就业支出", {"function": "208"}, (None, 10)),
        Row("支出合计", {}, (100, None)),
    ]
    facts = table(1, columns, rows)
    assert outcomes(facts) == {Outcome.EXACT: 2}
    wrong, figure = changed(facts, 2, WAN)
    assert [figure in verdict.equation.facts for verdict in failed(wrong)] == [True]


def test_the_total_of_three_public_and_meetings_is_found_by_its_words() -> None:
    heads = {
        "合计": "?合计",
        "“三公”经费/小计": "three_public",
        "“三公”经费/因公出国（境）费": "overseas",
        "“三公”经费/公务用车购置及运行费/小计": "vehicles",
        "“三公”经费/公务用车购置及运行费/公务用车购置": "vehicle_purchase",
        "“三公”经费/公务用车购置及运行费/公务用车运行": "vehicle_running",
        "“三公”经费/公务接待费": "reception",
        "会议费": "meetings",
        "培训费": "training",
    }
    columns = [Column(head, {"item": item}) for head, item in heads.items()]
    facts = table(1, columns, [Row("", {}, (130, 100, 20, 60, 40, 20, 20, 10, 20))])
    assert outcomes(facts) == {Outcome.EXACT: 3}


def test_rows_that_were_cut_off_accuse_nobody() -> None:
    rows = [Row("合计", {}, (100, 90)), coded("201", "类", 30, 20), coded("202", "类", 10, 10)]
    columns = (Column("上年决算数", {"version": "prior_final"}), Column("预算数"))
    assert outcomes(table(1, columns, rows)) == {Outcome.NOT_CHECKED: 2}


def test_parts_that_are_more_than_the_whole_contradict_it_in_any_table() -> None:
    rows = [Row("合计", {}, (100,)), coded("201", "类", 90), coded("202", "类", 20)]
    assert outcomes(table(1, (Column("预算数"),), rows)) == {Outcome.DISCREPANCY: 1}


def test_of_which_promises_no_complete_list() -> None:
    rows = [
        Row("一般公共预算拨款", {"fund": "general_public"}, (100,)),
        Row("其中：上级转移支付", {"fund": "general_public.transfer"}, (30,)),
    ]
    assert not failed(table(1, (Column("预算数"),), rows, flow="revenue"))


def test_two_rows_of_one_code_are_two_parts() -> None:
    rows = [
        Row("合计", {}, (100,)),
        coded("201", "类", 60),
        coded("20101", "甲单位的款", 60),
        coded("201", "类", 40),
        coded("20101", "乙单位的款", 40),
    ]
    assert set(outcomes(table(1, (Column("金额"),), rows))) == {Outcome.EXACT}


def test_a_unit_row_repeats_the_total() -> None:
    rows = [
        Row("总计", {}, (100,)),
        Row("某某局", {}, (100,)),
        coded("201", "类", 60),
        coded("202", "类", 40),
    ]
    assert outcomes(table(1, (Column("金额"),), rows)) == {Outcome.EXACT: 2}


def test_an_amount_of_uncertain_column_leaves_its_sums_open() -> None:
    facts = detail()
    facts = [fact._replace(column_status="ambiguous") if fact.row == 9 else fact for fact in facts]
    wrong, _ = changed(facts, 0, WAN)
    open_ = [verdict for verdict in sums.check(facts) if verdict.outcome is Outcome.NOT_CHECKED]
    assert open_
    assert all(verdict.outcome is not Outcome.DISCREPANCY for verdict in sums.check(wrong) if verdict in open_)


def test_totals_in_traditional_characters() -> None:
    def total(label: str) -> list[Verdict]:
        rows = [Row("一、基本支出", {"kind": "basic"}, (60,)), Row("二、項目支出", {"kind": "project"}, (40,))]
        return list(sums.check(table(1, (Column("金額"),), [*rows, Row(label, {}, (100,))])))

    assert [verdict.outcome for verdict in total("支出總計")] == [verdict.outcome for verdict in total("支出总计")]
    assert total("支出總計")


@pytest.mark.parametrize("wrong", [0, 7])
def test_units_and_groups_above_their_projects(wrong: int) -> None:
    named = [
        ("某某馆机关", 30),
        ("专用项目", 30),
        ("免费开放", 30),
        ("某某文化馆", 270),
        ("专用项目", 270),
        ("演出", 270 + wrong),
    ]
    rows = [Row(f"{name}", {"project": f"{name}{place}"}, (amount,)) for place, (name, amount) in enumerate(named)]
    whole = [Row("合计", {}, (300,)), Row("某某局", {}, (300,))]
    found = failed(table(1, [Column("项目金额")], [*whole, *rows], kind="project"))
    assert bool(found) is bool(wrong)


def test_a_lone_part_behind_of_which_may_be_less_in_several_rows() -> None:
    columns = [Column("预算数"), Column("其中：财政拨款", {"fund": "appropriation"})]
    rows = [
        coded("208", "社会保障和就业支出", 45, 45),
        coded("210", "卫生健康支出", 25, 25),
        coded("220", "气象支出", 600, 540),
    ]
    assert not failed(table(1, columns, [Row("合计", {}, (670, 610)), *rows]))


def test_a_class_known_by_its_name_alone_may_have_others_beside_it() -> None:
    columns = [Column("执行数"), Column("预算数", {"version": "adjusted"})]
    rows = [
        coded("201", "一般公共服务支出", 100, 110),
        coded("20101", "人大事务", 100, 110),
        Row("转移性支出", {"function": "230"}, (15, 15)),
        Row("上解支出", {"item": "上解支出"}, (5, 4)),
        Row("年终结余", {"function": "23009"}, (10, None)),
    ]
    assert not failed(table(1, columns, [*rows, Row("支出总计", {}, (115, 125))]))


def test_what_is_received_from_others_stands_beside_the_own_revenue() -> None:
    """A row that names no item is no whole of the rows below it by that alone; where their sums say so, it is."""
    own = Row("一般公共预算收入", {}, (50, 60))
    received = [
        Row(name, {"item": name}, amounts) for name, amounts in (("上级补助收入", (42, 45)), ("调入资金", (9, 3)))
    ]
    columns = [Column("预算数", {"version": "budget"}), Column("决算数", {"version": "final"})]
    assert not failed(table(1, columns, [own, *received], **REVENUE))
    parts = [Row(name, {"item": name}, amounts) for name, amounts in (("税收收入", (42, 45)), ("非税收入", (9, 15)))]
    (verdict,) = failed(table(1, columns, [own, *parts], **REVENUE))
    assert verdict.equation.difference == -1 * WAN
