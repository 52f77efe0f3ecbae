"""Heads of grids: where they end, what each column holds, which blocks stand side by side."""

from __future__ import annotations

import pytest

from loaders import meaning
from loaders.meaning import NOTHING
from loaders.tables.header import Role, columns, header_rows, is_column_numbers, is_count, paths, repeated_rows
from tests.loaders.tables.small_grids import cells


def roles(*lines: str, title: str = "") -> list[str]:
    grid = cells(*lines)
    end = header_rows(grid, 0)
    return [str(column.role) for column in columns(grid, 0, end, meaning.title(title) if title else NOTHING)]


def test_grouped_heads_end_above_the_first_row() -> None:
    grid = cells(
        "科目 | < | 合计 | 基本支出 | <", "编码 | 名称 | ^ | 小计 | 人员经费", "201 | 公共服务 | 3.00 | 2.00 | 2.00"
    )
    assert header_rows(grid, 0) == 2
    assert paths(grid, 0, 2) == [
        ("科目", "编码"), ("科目", "名称"), ("合计",), ("基本支出", "小计"), ("基本支出", "人员经费"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["1", "2", "3"], True), (["栏次", "1", "2"], True), (["※", "1", "2"], True), (["1=2+3", "2", "3"], True),
        (["A=B+C", "B", "C"], True), (["2", "3", "5"], False), (["合计", "12.00"], False), (["1.00", "2.00"], False),
    ],
)  # fmt: skip
def test_rows_of_column_numbers(texts: list[str], said: bool) -> None:
    assert is_column_numbers(texts) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("公务用车保有量(辆)", True), ("国内公务接待批次(个)", True), ("编制数", True), ("团组数", True),
        ("金额(元)", False), ("公务接待费", False), ("采购数量金额", False), ("某某局本级", False),
    ],
)  # fmt: skip
def test_counts_are_known_by_their_names(text: str, said: bool) -> None:
    assert is_count(text) is said


def test_line_numbers_shares_and_remarks_are_no_amounts() -> None:
    lines = ("序号 | 项目 | 上年预算数 | 本年预算数 | 增减% | 备注", "1 | 水费 | 2.00 | 3.00 | 50.00 | 新增")
    assert roles(*lines, "2 | 电费 | 1.00 | 1.00 | 0.00 |") == [
        "nothing", "name", "amount", "amount", "nothing", "nothing",
    ]  # fmt: skip


def test_three_blocks_side_by_side() -> None:
    grid = cells(
        "收入 | < | 支出 | < | < | <",
        "项目 | 预算数 | 项目（按功能分类） | 预算数 | 按支出性质 | 预算数",
        "一、财政拨款 | 3.00 | 一、教育支出 | 3.00 | 一、基本支出 | 3.00",
    )
    found = columns(grid, 0, 2, meaning.title("收支预算总表"))
    assert [(str(column.role), column.block) for column in found] == [
        ("name", 0), ("amount", 0), ("name", 1), ("amount", 1), ("name", 2), ("amount", 2),
    ]  # fmt: skip


def test_an_empty_column_below_a_repeated_head_keeps_its_head() -> None:
    lines = ("科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出", "201 | 公共服务 | 3.00 | | 3.00")
    again = ("科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出", "205 | 教育支出 | 4.00 | | 4.00")
    assert roles(*lines, *again) == ["code", "name", "amount", "amount", "amount"]


def test_columns_of_bodies_are_told_from_columns_of_names() -> None:
    assert roles("单位代码 | 单位名称 | 合计", "301001 | 某某中心 | 3.00")[1] == Role.UNIT
    assert roles("部门编码 | 部门（单位）名称 | 合计", "301001 | 某某中心 | 3.00")[1] == Role.UNIT
    assert roles("科目编码 | 科目名称 | 合计", "201 | 公共服务 | 3.00")[1] == Role.NAME


def test_a_repeated_head_is_known_in_part() -> None:
    grid = cells("科目编码 | 科目名称 | 合计", "205 | 教育支出 | 3.00")
    assert repeated_rows(grid, 0, [frozenset({"科目编码", "科目名称", "合计", "备注"})]) == 1
    assert repeated_rows(grid, 0, [frozenset({"项目", "预算数"})]) == 0


KINDS = ("收入 | 预算数 | 支出性质 | 预算数 | 支出功能 | 预算数",
         "财政拨款 | 3.00 | 基本支出 | 2.00 | 教育支出 | 3.00", " | | 项目支出 | 1.00 | | ")  # fmt: skip


def test_a_head_of_remarks_over_a_list_with_amounts_begins_a_block() -> None:
    grid = cells(*KINDS)
    found = columns(grid, 0, 1, meaning.title("收支预算总表"))
    assert [(str(column.role), column.block) for column in found] == [
        ("name", 0), ("amount", 0), ("name", 1), ("amount", 1), ("name", 2), ("amount", 2),
    ]  # fmt: skip


def test_a_remark_beside_a_name_or_of_words_that_nobody_knows_stays_one() -> None:
    assert roles("项目名称 | 项目性质 | 预算数", "某某 | 一次性 | 3.00", "某某某 | 延续性 | 1.00")[1] == "nothing"
    assert roles("项目 | 2023年 | 说明 | 2024年", "水费 | 3.00 | 涨价 | 4.00")[2] == "nothing"
    assert roles("项目 | 支出性质 | 预算数", "水费 | 基本支出 | 3.00")[1] == "nothing"


def test_codes_in_a_row_of_heads_are_heads() -> None:
    grid = cells(
        "功能科目 | 总计 | 501 | 502 | 503", "^ | ^ | 机关工资福利支出 | 机关商品和服务支出 | 机关资本性支出",
        "行政运行 | 3.00 | 1.00 | 1.00 | 1.00",
    )  # fmt: skip
    assert header_rows(grid, 0) == 2
    assert paths(grid, 0, 2)[2] == ("501", "机关工资福利支出")


def test_rising_amounts_of_a_total_are_data() -> None:
    assert header_rows(cells("项目 | 甲 | 乙", "合计 | 301 | 302"), 0) == 1
