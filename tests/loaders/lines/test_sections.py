from __future__ import annotations

import pytest

from budget.model.disclosure import MoneyUnit, StatementId
from loaders.lines.sections import Block, blocks, without_page_numbers
from loaders.words.tokens import SourceLine


def lines(text: str) -> list[SourceLine]:
    return [SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def found(text: str) -> list[Block]:
    return blocks(lines(text))


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
    assert block.statement == StatementId.BASIC_EXPENDITURE
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


@pytest.mark.parametrize(("alone", "kept"), [("8", 0), ("8\n8", 2), ("6", 1), ("", 0)])
def test_a_page_that_ends_inside_a_table_has_the_number_between_its_neighbours(alone: str, kept: int) -> None:
    pages = "\n".join([*(f"{page}\n表 {page}\n部门收支总体情况表" for page in range(5, 8)), alone, "9\n表 9\n收支总表"])
    texts = [line.text for line in without_page_numbers(lines(pages))]
    assert sum(text in {"6", "8"} for text in texts) == kept
