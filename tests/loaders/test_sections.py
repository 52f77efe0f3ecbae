from __future__ import annotations

import pytest

from budget.model import MoneyUnit, StatementId
from loaders.sections import Block, blocks, statement_titled, without_page_numbers
from loaders.tokens import SourceLine, normal


def lines(text: str) -> list[SourceLine]:
    return [SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def found(text: str) -> list[Block]:
    return blocks(lines(text))


@pytest.mark.parametrize(
    ("title", "statement"),
    [
        ("部门收支总体情况表", StatementId.REVENUE_EXPENDITURE_SUMMARY),
        ("2024年单位收支总体情况表", StatementId.REVENUE_EXPENDITURE_SUMMARY),
        ("表1 2025年部门收支总体情况表", StatementId.REVENUE_EXPENDITURE_SUMMARY),
        ("表五一般公共预算支出情况表", StatementId.GENERAL_PUBLIC_EXPENDITURE),
        ("表10 财政拨款“三公”经费支出情况表", StatementId.THREE_PUBLIC_EXPENSES),
        ("某某局2024年部门支出总体情况表", StatementId.EXPENDITURE_DETAIL),
        ("一般公共预算基本支出情况表（续）", StatementId.BASIC_EXPENDITURE),
        ("上年结转结余情况明细表", StatementId.CARRYOVER_DETAIL),
    ],
)
def test_titles(title: str, statement: StatementId) -> None:
    assert statement_titled(normal(title)) is statement


@pytest.mark.parametrize("title", ["部门整体绩效目标表", "政府采购预算表", "支出", "详见部门收支总体情况表中的数字"])
def test_no_titles(title: str) -> None:
    assert statement_titled(normal(title)) is None


def test_a_contents_page_is_no_table() -> None:
    text = "一、部门收支总体情况表\n二、部门收入总体情况表\n部门收支总体情况表\n部门收入总体情况表\n"
    assert not found(text)


def test_a_title_quoted_in_prose_is_no_table() -> None:
    prose = "收支情况见\n部门收支总体情况表\n，各项支出另行说明。\n"
    text = prose + "表 3\n部门支出总体情况表\n编制部门：甲局 单位：万元\n总计 1.00 1.00"
    assert [block.statement for block in found(text)] == [StatementId.EXPENDITURE_DETAIL]


def test_body_unit_and_edition_may_be_glued() -> None:
    (block,) = found("表2\n单位收入总体情况表\n编制单位：甲州单位服务中心（本级）单位：元\n总计 1.00")
    assert (block.body, block.unit, block.edition_word) == ("甲州单位服务中心（本级）", MoneyUnit.YUAN, "unit")


def test_a_wrapped_title_is_one() -> None:
    (block,) = found("表 6\n一般公共预算基本支出情\n况表\n单位：万元\n总计 1.00")
    assert block.statement is StatementId.BASIC_EXPENDITURE
    assert block.title == "一般公共预算基本支出情况表"


def test_the_narrative_ends_the_last_table() -> None:
    (block,) = found("表3\n部门支出总体情况表\n单位：万元\n总计 1.00 1.00\n一、 关于甲局收支预算情况说明\n正文 9.00")
    assert [line.text for line in block.lines] == ["单位：万元", "总计 1.00 1.00"]


def test_page_numbers_go_where_most_pages_have_one() -> None:
    page = "表{0}\n部门支出总体情况表\n单位：万元\n总计 1.1\n{1}"
    text = "\n".join(page.format(n, n + 6) for n in range(3)) + "\n单位：万元"
    assert [line.text for line in without_page_numbers(lines(text))].count("7") == 0
    rests = "\n".join(page.format(n, rest) for n, rest in enumerate((0, 5, 0))) + "\n单位：万元"
    assert [line.text for line in without_page_numbers(lines(rests))].count("0") == 2
