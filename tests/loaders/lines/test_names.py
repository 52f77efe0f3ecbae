"""What rows are once all tables are read: projects, bodies, sums."""

from __future__ import annotations

from loaders.lines import names
from loaders.tables import statements
from tests.loaders.tables.small_grids import found, grid


def rows(title: str, *lines: str) -> dict[str, tuple[str, str]]:
    """Kind and project of each row, by its label."""
    reading = statements.read(found(title, "单位：万元", grid(*lines)), 2024, "budget")
    names.finish(reading, frozenset())
    return {row.label: (row.kind, row.project) for read in reading.statements.values() for row in read.rows}


def test_a_group_of_purchases_is_no_project() -> None:
    told = rows(
        "政府采购预算表", "采购品目大类 | 专项名称 | 经济科目 | 采购物品名称 | 总计", "合计 | | | | 5.00",
        "货物 | | | | 3.00", " | 某某购置 | 办公设备购置 | | 3.00", " | | | 电脑 | 3.00", "服务 | | | | 2.00",
        " | 某某会议 | 会议费 | | 2.00", " | | | 会议服务 | 2.00",
    )  # fmt: skip
    assert told["货物"] == told["服务"] == ("source", "")
    assert {project for _, project in told.values()} == {"", "某某购置", "某某会议"}


def test_a_sum_above_a_list_that_begins_with_a_class_is_no_body() -> None:
    told = rows(
        "一般公共预算财政拨款基本支出决算表", "科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数",
        "301 | 工资福利支出 | 3.00 | 302 | 商品和服务支出 | 2.00", "30101 | 基本工资 | 3.00 | 30201 | 办公费 | 2.00",
        "人员经费合计 | < | 3.00 | 公用经费合计 | < | 2.00",
    )  # fmt: skip
    assert told["人员经费合计"][0] == told["公用经费合计"][0] == "source"


def test_a_body_above_the_classes_of_its_own_is_one() -> None:
    lines = ("科目编码 | 科目名称 | 合计", " | 某某中心 | 3.00", "205 | 教育支出 | 3.00", " | 合计 | 3.00")
    assert rows("部门支出总表", *lines)["某某中心"][0] == "body"
