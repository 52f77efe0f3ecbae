"""Title, head and label together: the narrower wins, what contradicts is kept and reported."""

from __future__ import annotations

import pytest

from loaders.meaning import Conflict, Meaning, column, combine, row, title
from loaders.meaning.value import PARENTS, lineage, narrow


def read(printed: str, heads: str, labels: str) -> tuple[Meaning, tuple[Conflict, ...]]:
    of_table = title(printed)
    head = column(tuple(heads.split("/")), of_table)
    side = head.flow if of_table.flow == "both" else ""
    return combine(of_table, head, row(tuple(labels.split("/")), of_table, side))


@pytest.mark.parametrize(
    ("printed", "heads", "labels", "said"),
    [
        ("财政拨款收支总表", "收入/预算数", "本年收入合计", ("revenue", "appropriation", "", "", "")),
        (
            "财政拨款收支总表",
            "支出/一般公共预算",
            "201 一般公共服务支出",
            ("expenditure", "general_public", "", "201", ""),
        ),
        ("财政拨款收支总表", "支出/预算数", "本年支出合计", ("expenditure", "appropriation", "current", "", "")),
        ("部门收支总表", "支出/预算数", "其他支出", ("expenditure", "", "", "229", "")),
        (
            "一般公共预算基本支出表",
            "人员经费",
            "30101 基本工资",
            ("expenditure", "general_public", "basic.personnel", "", ""),
        ),
        ("财政拨款“三公”经费支出表", "合计", "合计", ("expenditure", "appropriation", "", "", "three_public")),
        ("“三公”经费、会议费支出表", "合计", "", ("expenditure", "", "", "", "?合计")),
        ("“三公”经费、会议费支出表", "合计", "会议费", ("expenditure", "", "", "", "meetings")),
        ("政府采购预算表", "财政拨款", "货物", ("expenditure", "appropriation", "", "", "procurement.goods")),
    ],
)
def test_the_narrower_wins(printed: str, heads: str, labels: str, said: tuple[str, ...]) -> None:
    meaning, conflicts = read(printed, heads, labels)
    assert (meaning.flow, meaning.fund, meaning.kind, meaning.function, meaning.item) == said
    assert conflicts == ()


def test_label_and_head_that_contradict_keep_the_printed_words() -> None:
    meaning, conflicts = read("部门收支总表", "收入/政府性基金", "一般公共预算")
    assert meaning.fund == "?一般公共预算"
    assert conflicts == (Conflict("fund", ("column", "row"), ("government_fund", "general_public")),)


def test_a_head_that_contradicts_the_title_is_right_and_reported() -> None:
    meaning, conflicts = read("一般公共预算项目支出表", "项目支出/教育收费安排支出", "")
    assert (meaning.fund, meaning.kind) == ("special_account", "project")
    assert conflicts == (Conflict("fund", ("title", "column"), ("general_public", "special_account")),)


def test_classes_of_head_and_label_that_contradict_are_kept() -> None:
    meaning, conflicts = combine(Meaning(), Meaning(economic="301"), Meaning(economic="30201", printed="办公费"))
    assert meaning.economic == "?办公费"
    assert [conflict.dimension for conflict in conflicts] == ["economic"]


def test_a_class_and_its_section_do_not_contradict() -> None:
    assert combine(Meaning(), Meaning(economic="301"), Meaning(economic="30101")) == (Meaning(economic="30101"), ())


def test_a_label_without_a_place_is_kept_with_a_question_mark() -> None:
    meaning, _ = read("", "金额", "其他支出")
    assert meaning.item == "?其他支出"


def test_a_unit_in_the_label_decides() -> None:
    meaning, _ = read("“三公”经费支出表（万元）", "预算数", "车均费用（元）")
    assert meaning.money_unit == "元"


def test_a_count_is_no_amount_whatever_the_head() -> None:
    assert read("“三公”经费支出决算表", "决算数", "公务用车保有量（辆）")[0].is_amount == "no"


@pytest.mark.parametrize("value", sorted(PARENTS))
def test_narrowing_keeps_the_narrower_in_either_order(value: str) -> None:
    for wider in lineage(value):
        assert narrow(wider, value) == (value, True)
        assert narrow(value, wider) == (value, True)


def test_carry_over_of_a_fund_is_its_own_fund() -> None:
    assert narrow("carryover", "general_public.transfer") == ("carryover.general_public", True)
    assert narrow("state_capital", "carryover") == ("carryover.state_capital", True)
    assert narrow("general_public", "government_fund") == ("government_fund", False)


def test_a_sub_total_is_of_the_fund_of_its_title() -> None:
    said = title("社会保险基金收入预算表")
    found = combine(said, Meaning(), row(("一、本年收入合计",), said, "revenue")).meaning
    assert found.fund == said.fund
    assert found.fund.startswith("?")
