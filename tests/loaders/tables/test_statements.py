"""Tables as statements: the coordinates of amounts, sub-units, projects, counts, units in labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders.tables import statements
from tests.loaders.tables.small_grids import found, grid

if TYPE_CHECKING:
    from budget.model.coordinates import Coordinates
    from loaders.statement import Reading


def reading(title: str, *lines: str, unit: str = "万元", phase: str = "budget") -> Reading:
    return statements.read(found(title, f"单位：{unit}", grid(*lines)), 2024, phase)


def said(title: str, *lines: str, **how: str) -> dict[tuple[str, str], tuple[int, Coordinates]]:
    """Fen and coordinates by the last label and the last head."""
    return {
        (figure.row_path[-1] if figure.row_path else "", figure.column_path[-1]): (
            figure.amount.fen,
            figure.coordinates,
        )
        for read in reading(title, *lines, **how).statements.values()
        for row in read.rows
        for figure in row.figures
    }


def test_row_column_and_title_together() -> None:
    cells = said(
        "一般公共预算支出表", "科目编码 | 科目名称 | 上年执行数 | 本年预算数 | <", "^ | ^ | ^ | 小计 | 基本支出",
        "201 | 一般公共服务支出 | 2.00 | 3.00 | 1.00",
    )  # fmt: skip
    (prior, whole, basic) = (coordinates for _, coordinates in cells.values())
    assert (prior.fund, prior.function, prior.version) == ("general_public", "201", "prior_final")
    assert (whole.kind, whole.version, basic.kind) == ("", "budget", "basic")


def test_bodies_are_units_and_no_items() -> None:
    cells = said(
        "收入预算表",
        "单位名称 | 合计 | 事业收入",
        "某某中心 | 5.00 | 2.00",
        "某某学校 | 4.00 | 1.00",
        "合计 | 9.00 | 3.00",
    )
    assert cells["某某学校", "事业收入"][1]._asdict() == {
        "flow": "revenue", "fund": "own.service", "kind": "", "function": "", "economic": "", "item": "",
        "project": "", "unit": "某某学校", "version": "budget",
    }  # fmt: skip
    assert cells["合计", "合计"][1].unit == ""


def test_the_row_of_the_body_says_nothing_of_items() -> None:
    cells = said("“三公”经费支出表", "单位名称 | 合计 | 公务接待费", "某某区档案馆 | 5.00 | 2.00")
    assert cells["某某区档案馆", "公务接待费"][1].item == "reception"


def test_names_of_projects_hold_no_coordinates() -> None:
    cells = said("项目支出表", "项目名称 | 合计 | 政府性基金", "普法宣传专项经费 | 5.00 | 2.00", "合计 | 5.00 | 2.00")
    coordinates = cells["普法宣传专项经费", "政府性基金"][1]
    assert (coordinates.kind, coordinates.project, coordinates.fund) == (
        "project",
        "普法宣传专项经费",
        "government_fund",
    )


def test_counts_are_no_money_and_said_so() -> None:
    lines = ("项目 | 预算数", "公务接待费 | 2.00", "国内公务接待批次（个） | 12", "公务用车保有量（辆） | 3")
    assert [label for label, _ in said("“三公”经费支出表", *lines)] == ["公务接待费"]
    notices = [str(notice.values) for notice in reading("“三公”经费支出表", *lines).notices]
    assert any("国内公务接待批次（个）" in values for values in notices)


def test_the_unit_in_a_label_decides_over_that_of_the_table() -> None:
    cells = said("“三公”经费支出表", "项目 | 预算数", "公务接待费 | 2.00", "培训费（元） | 1500", unit="万元")
    assert [fen for fen, _ in cells.values()] == [2_000_000, 150_000]


def test_the_head_over_names_tells_which_classes_they_are() -> None:
    cells = said(
        "收支预算总表", "收入 | < | 支出 | < | 支出 | <", "项目 | 预算数 | 项目 | 预算数 | 支出经济分类 | 预算数",
        "财政拨款 | 5.00 | 其他支出 | 5.00 | 其他支出 | 4.00",
    )  # fmt: skip
    assert cells["其他支出", "预算数"][1][3:5] == ("", "399")  # the last block's: function, economic


def test_columns_of_both_flows_keep_their_own() -> None:
    cells = said(
        "政府性基金预算财政拨款收入支出决算表",
        "科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余",
        "212 | 城乡社区支出 | 1.00 | 5.00 | 4.00 | 2.00",
        phase="final_accounts",
    )  # fmt: skip
    flows = {head: (c.flow, c.fund, c.kind) for (_, head), (_, c) in cells.items()}
    assert flows["年初结转和结余"] == ("revenue", "carryover.government_fund", "")
    assert flows["本年收入"][0] == "revenue"
    assert flows["年末结转和结余"] == ("expenditure", "government_fund", "carry_forward")


def test_no_table_with_amounts_is_without_a_statement() -> None:
    (read,) = reading("某某情况", "甲 | 乙 | 丙", "什么 | 1.00 | 2.00").statements.values()
    assert sum(len(row.figures) for row in read.rows) == 2


def test_the_economic_class_beside_the_functional_one() -> None:
    cells = said(
        "项目支出预算表",
        "项目名称 | 功能科目编码 | 功能科目名称 | 经济科目编码 | 经济科目名称 | 合计 | 一般公共预算",
        "养老服务 | 2081002 | 老年福利 | 30227 | 委托业务费 | 5.00 | 5.00",
        "合计 | | | | | 5.00 | 5.00",
    )
    own, total = cells["2081002 老年福利", "合计"][1], cells["合计", "合计"][1]
    assert (own.project, own.function, own.economic) == ("养老服务", "2081002", "30227")
    assert (total.function, total.economic) == ("", "")


def test_classes_glued_to_their_names() -> None:
    cells = said(
        "项目支出预算表",
        "项目名称 | 功能科目 | 部门经济科目 | 合计",
        "养老服务 | 2081002 老年福利 | 30227 委托业务费 | 5.00",
    )
    (own,) = (coordinates for _, coordinates in cells.values())
    assert (own.project, own.function, own.economic) == ("养老服务", "2081002", "30227")


def test_the_departments_class_beside_the_governments() -> None:
    cells = said(
        "一般公共预算基本支出表",
        "部门预算经济分类 | < | < | 政府预算经济分类 | < | < | 合计",
        "类 | 款 | 科目名称 | 类 | 款 | 科目名称 | ^",
        "301 | 01 | 基本工资 | 501 | 01 | 工资奖金津补贴 | 3.00",
        "302 | 28 | 工会经费 | 502 | 01 | 办公经费 | 1.00",
    )
    assert [coordinates.economic for _, coordinates in cells.values()] == ["30101", "30228"]


def test_the_body_of_several_units_is_none_of_them() -> None:
    cells = said(
        "部门收入总表",
        "单位代码 | 单位名称 | 合计",
        " | 合计 | 9.00",
        "801 | 某某街道办事处 | 9.00",
        "801001 | 某某街道办事处机关 | 5.00",
        "801002 | 某某街道服务中心 | 4.00",
    )
    assert [coordinates.unit for _, coordinates in cells.values()] == ["", "", "某某街道办事处机关", "某某街道服务中心"]


def test_what_a_title_is_about_keeps_its_total_from_being_that_of_all() -> None:
    for title, kept in (
        ("部门政府购买服务预算表", "?政府购买服务"),
        ("县对下转移支付预算表", "?对下转移支付"),
    ):
        cells = said(title, "单位名称（项目） | 合计 | 一般公共预算", "合计 | 9.00 | 9.00", "救助补助 | 9.00 | 9.00")
        assert cells["合计", "合计"][1].item == kept
    cells = said("2024年乡村振兴专项资金支出预算表", "项目名称 | 实施单位 | 金额", "道路 | 交通局 | 3.00")
    (own,) = (coordinates for _, coordinates in cells.values())
    assert (own.kind, own.project) == ("?专项资金", "道路")


@pytest.mark.parametrize(
    ("heads", "versions"),
    [
        ("年初预算数 | 调整数 | 调整后预算数", ["budget", "change", "adjusted"]),
        ("年初预算数 | 调整数 | 调整预算数", ["budget", "change", "adjusted"]),
        ("年初预算数 | 调整数 | 决算数", ["budget", "?调整数", "final"]),
        ("调整数 | 调整预算数 | 决算数", ["?调整数", "adjusted", "final"]),
        ("年初预算数 | 调整数 | 调整预算数 | 比上年增减额", ["budget", "?调整数", "adjusted", "change"]),
    ],
)
def test_adjustments_are_changes_between_two_budgets_else_as_printed(heads: str, versions: list[str]) -> None:
    row = "教育支出 | 5.00 | 1.00 | 6.00 | 2.00" if len(versions) > 3 else "教育支出 | 5.00 | 1.00 | 6.00"
    cells = said("2024年支出决算表", f"项目 | {heads}", row)
    assert [coordinates.version for _, coordinates in cells.values()] == versions


def test_purchases_for_a_project() -> None:
    cells = said(
        "政府采购预算表", "序号 | 采购项目 | 采购目录 | 数量 | 合计", "1 | 水库维修 | 工程监理服务 | 1 | 3.00",
        "2 | 办公更新 | 打印机 | 4 | 5.00", " | 合计 | | | 8.00",
    )  # fmt: skip
    told = [(coordinates.project, coordinates.item) for _, coordinates in cells.values()]
    assert told == [("水库维修", "工程监理服务"), ("办公更新", "打印机"), ("", "procurement")]


def test_purchases_without_a_list_of_goods_are_items() -> None:
    cells = said("政府采购预算表", "采购项目 | 数量 | 合计", "打印机 | 4 | 5.00", "合计 | | 5.00")
    assert cells["打印机", "合计"][1].item == "打印机"


def test_a_difference_of_budget_and_final_accounts_is_a_change() -> None:
    cells = said(
        "2023年支出预决算对比表", "科目编码 | 科目名称 | 年初预算数 | 决算数 | 决算数与年初预算数差异",
        "205 | 教育支出 | 5.00 | 6.00 | 1.00",
    )  # fmt: skip
    assert [coordinates.version for _, coordinates in cells.values()] == ["budget", "final", "change"]


def test_traditional_characters() -> None:
    cells = said(
        "遼東市交通運輸局2024年部門收支預算總表",
        "項目 | 預算數 | 項目 | 預算數",
        "一、財政撥款收入 | 5.00 | 一、工資福利支出 | 4.00",
        "二、納入政府性基金預算管理收入 | 2.00 | 二、商品和服務支出 | 3.00",
        unit="萬元",
    )
    found_ = [(fen, coordinates.fund, coordinates.economic) for fen, coordinates in cells.values()]
    assert found_ == [
        (5_000_000, "appropriation", ""),
        (2_000_000, "government_fund", ""),
        (4_000_000, "", "301"),
        (3_000_000, "", "302"),
    ]


def test_numbers_that_go_on_stand_beside_the_numbers_before() -> None:
    cells = said(
        "2024年地方政府债务限额情况表", "项目 | 本地区",
        "一、上年债务限额 | 9.00", "其中：一般债务限额 | 5.00", "专项债务限额 | 4.00",
        "二、新增债务限额 | 3.00", "其中：一般债务限额 | 1.00", "专项债务限额 | 2.00",
    )  # fmt: skip
    assert cells["二、新增债务限额", "本地区"][1].fund == ""


def test_sources_of_a_fund_are_items_in_a_table_of_both_sides() -> None:
    cells = said(
        "2024年政府性基金收支预算表", "收入 | < | 支出 | <", "项目 | 预算数 | 项目 | 预算数",
        "一、国有土地使用权出让收入 | 8.00 | 一、城乡社区支出 | 9.00", "上级补助收入 | 1.00 | |",
        "收入总计 | 9.00 | 支出总计 | 9.00",
    )  # fmt: skip
    own = {name: (coordinates.fund, coordinates.item) for (name, _), (_, coordinates) in cells.items()}
    assert own["一、国有土地使用权出让收入"] == ("government_fund", "国有土地使用权出让收入")
    assert own["上级补助收入"] == ("government_fund", "上级补助收入")
    assert own["收入总计"] == ("government_fund", "")


def test_the_value_of_what_is_counted() -> None:
    cells = said(
        "国有资产占用情况表", "项目 | 数量 | 金额", "（一）房屋（平方米） | 35 | 8.00", "（二）汽车（辆） | 2 | 3.00"
    )
    assert [coordinates.item for _, coordinates in cells.values()] == ["?(一)房屋(平方米)", "?(二)汽车(辆)"]


def test_planned_and_actual_purchases() -> None:
    cells = said(
        "政府采购情况表", "项目 | 采购计划金额 | < | 实际采购金额 | <", "^ | 总计 | 一般公共预算 | 合计 | 财政拨款",
        "货物 | 5.00 | 5.00 | 4.00 | 4.00", phase="final_accounts",
    )  # fmt: skip
    assert {(c.item, c.version) for _, c in cells.values()} == {
        ("procurement.goods", "budget"),
        ("procurement.goods", "final"),
    }


def test_a_note_in_the_grid_is_no_name_of_its_column() -> None:
    cells = said(
        "“三公”经费支出表", "合计 | 因公出国（境）费 | 公务接待费", "6.00 | 5.00 | 1.00", "注：本表为全年预算数。 | |",
    )  # fmt: skip
    assert cells["", "合计"][0] == 6_000_000


def test_purchases_beside_a_budgeted_project_are_not_its_name() -> None:
    cells = said("政府采购预算表", "预算项目 | 采购项目 | 采购品目 | 合计", "巡护 | 终端采购 | 通信设备 | 3.00")
    assert next(iter(cells.values()))[1].project == "巡护"


def test_an_unknown_head_over_known_items_is_kept() -> None:
    cells = said("政府采购预算表", "采购品目 | 面向小企业预留 | 合计", "复印纸 | 1.00 | 3.00", "合计 | 1.00 | 3.00")
    assert cells["复印纸", "面向小企业预留"][1].item == cells["合计", "面向小企业预留"][1].item == "?面向小企业预留"
    assert cells["复印纸", "合计"][1].item == "复印纸"


def test_a_row_with_a_code_is_called_by_the_name_of_its_code() -> None:
    read = reading(
        "项目支出预算表", "项目分类 | 项目名称 | 项目单位 | 功能科目编码 | 功能科目名称 | 合计",
        "特定目标类 | 湿地保护 | 某某局 | 2110406 | 自然保护地 | 3.00", "合计 | | | | | 3.00",
    )  # fmt: skip
    (statement,) = read.statements.values()
    assert (statement.rows[0].name, statement.rows[0].project) == ("自然保护地", "湿地保护")


def test_the_scheme_of_a_list_is_that_of_its_head() -> None:
    (read,) = reading(
        "收支预算总表",
        "收入 | 预算数 | 部门预算支出经济科目 | 预算数 | 政府预算支出经济分类科目 | 预算数",
        "财政拨款 | 9.00 | 对个人和家庭的补助 | 5.00 | 对个人和家庭的补助 | 6.00",
    ).statements.values()
    assert [figure.coordinates.economic for row in read.rows for figure in row.figures] == ["", "303", "509"]


def test_years_as_rows_are_versions() -> None:
    cells = said(
        "2024年财政拨款“三公”经费支出表", "年度 | 总额 | 公务接待费", "2023年 | 5.00 | 2.00", "2024年 | 4.00 | 1.00"
    )
    assert [coordinates.version for _, coordinates in cells.values()] == ["prior_budget"] * 2 + ["budget"] * 2


def test_what_stands_below_a_count_is_counted() -> None:
    lines = (
        "项目 | 统计数",
        "（一）车辆数合计（辆） | 6",
        "1.应急用车 | 4",
        "2.其他用车 | 2",
        "（二）大型设备（台，套） | 3",
    )
    assert set(said("机构运行信息表", *lines, "（三）采购支出合计 | 8.00")) == {("（三）采购支出合计", "统计数")}


@pytest.mark.parametrize(
    ("heads", "versions"),
    [
        ("年初预算数 | 全年预算数 | 全年执行数", ["budget", "adjusted", "final"]),
        ("年初预算数 | 执行数 | 决算数", ["budget", "?执行数", "final"]),
    ],
)
def test_what_was_executed_is_final_unless_final_accounts_stand_beside(heads: str, versions: list[str]) -> None:
    cells = said("2023年支出决算表", f"项目 | {heads}", "教育支出 | 5.00 | 6.00 | 7.00")
    assert [coordinates.version for _, coordinates in cells.values()] == versions


def test_a_row_of_two_schemes_is_called_by_the_name_of_its_own() -> None:
    read = reading(
        "支出预算表（按经济分类）",
        "部门预算支出经济分类 | < | 政府预算支出经济分类 | < | 合计", "科目编码 | 科目名称 | 科目编码 | 科目名称 | ^",
        "30101 | 基本工资 | 50101 | 工资奖金津补贴 | 3.00",
    )  # fmt: skip
    (statement,) = read.statements.values()
    assert (statement.rows[0].code, statement.rows[0].name) == ("30101", "基本工资")


def test_a_column_of_units_without_a_total_row() -> None:
    cells = said(
        "收入预算总表", "单位 | 合计 | 事业收入",
        "某某市科技局 | 9.00 | 3.00", "某某市科技局（本级） | 4.00 | 1.00", "某某研究院 | 5.00 | 2.00",
    )  # fmt: skip
    assert [cells[name, "事业收入"][1].unit for name in ("某某市科技局", "某某研究院")] == ["", "某某研究院"]
    assert {coordinates.fund for _, coordinates in cells.values()} == {"", "own.service"}


UNITS_BESIDE = {
    "right of the names": (
        "科目编码 | 科目名称 | 单位名称 | 合计", " | 合计 | | 60.00",
        "2012601 | 行政运行 | 某某档案馆 | 30.00", "2012601 | 行政运行 | 某某档案中心 | 10.00",
        "2012604 | 档案馆 | 某某档案中心 | 20.00",
    ),
    "left, merged": (
        "单位名称 | 科目编码 | 科目名称 | 合计", "合计 | < | < | 60.00",
        "某某档案馆 | 2012601 | 行政运行 | 30.00", "某某档案中心 | 2012601 | 行政运行 | 10.00",
        "^ | 2012604 | 档案馆 | 20.00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lines", UNITS_BESIDE.values(), ids=UNITS_BESIDE)
def test_bodies_beside_codes_are_the_units_of_their_rows(lines: tuple[str, ...]) -> None:
    (statement,) = reading("部门支出预算表", *lines).statements.values()
    places = [figure.coordinates for row in statement.rows for figure in row.figures]
    assert [(place.function, place.unit) for place in places] == [
        ("", ""), ("2012601", "某某档案馆"), ("2012601", "某某档案中心"), ("2012604", "某某档案中心"),
    ]  # fmt: skip
    assert [row.name for row in statement.rows[1:]] == ["行政运行", "行政运行", "档案馆"]


def test_the_only_body_beside_codes_is_no_unit_and_no_name() -> None:
    (statement,) = reading(
        "基本支出预算表", "科目编码 | 科目名称 | 单位名称（功能分类科目名称） | 合计",
        "2012601 | 行政运行 | 某某档案馆 | 30.00", "2012604 | 档案馆 | 某某档案馆 | 20.00",
    ).statements.values()  # fmt: skip
    assert [(row.name, row.figures[0].coordinates.unit) for row in statement.rows] == [("行政运行", ""), ("档案馆", "")]


def test_the_name_of_a_class_among_bodies_is_no_unit() -> None:
    (statement,) = reading(
        "支出预算表", "科目编码 | 单位代码 | 单位名称（科目） | 合计",
        " | | 合计 | 9.00", " | 135001 | 某某档案局 | 9.00",
        "2012601 | 135001 | 行政运行 | 6.00", "2012604 | 135001 | 档案馆 | 3.00",
    ).statements.values()  # fmt: skip
    assert [row.name for row in statement.rows[2:]] == ["行政运行", "档案馆"]
    assert {row.figures[0].coordinates.unit for row in statement.rows} == {""}


def test_regions_are_units() -> None:
    cells = said("2024年某某县对乡镇转移支付分地区预算表", "地区 | 合计", "合计 | 6.00", "东镇 | 2.00", "西镇 | 4.00")
    assert cells["东镇", "合计"][1].unit == "东镇"
    cells = said(
        "2024年对下级一般公共预算转移支付分地区预算表", "地区 | 合计", "合计 | 6.00", "东镇 | 2.00", "西镇 | 4.00"
    )
    assert (cells["东镇", "合计"][1].flow, cells["东镇", "合计"][1].fund) == ("expenditure", "general_public")


def test_the_row_of_the_body_is_no_project() -> None:
    cells = said(
        "项目支出表", "单位编码 | 项目名称 | 合计",
        "401 | 某某市交通局 | 6.00", "401001 | 公路养护 | 2.00", "401001 | 桥梁 | 4.00",
    )  # fmt: skip
    assert cells["某某市交通局", "合计"][1].project == ""
    assert cells["公路养护", "合计"][1].project == "公路养护"


def test_a_kind_of_projects_and_a_function_head_projects() -> None:
    kinds = said("项目支出表", "项目单位 | 项目名称 | 合计", "某某馆 | 特定目标类 | 2.00", "某某馆 | 购书 | 2.00")
    assert [coordinates.project for _, coordinates in kinds.values()] == ["", "购书"]
    units = said(
        "项目支出表", "科目编码 | 单位名称（科目） | 金额", " | 合计 | 6.00", " | 某某市交通局 | 6.00",
        " | 公路养护 | 6.00", "2140106 | 国道养护 | 4.00", "2140106 | 省道养护 | 2.00",
    )  # fmt: skip
    assert {coordinates.unit for _, coordinates in units.values()} == {""}


def test_the_name_of_a_class_in_another_scheme_is_left_out() -> None:
    read = reading(
        "基本支出预算表", "部门预算经济分类科目 | < | < | 政府预算经济分类科目 | < | < | 预算数",
        "类 | 款 | 名称 | 类 | 款 | 名称 | ^",
        "301 | 01 | 基本工资 | 501 | 01 | 工资奖金津补贴 | 1.00",
    )  # fmt: skip
    (row,) = (row for statement in read.statements.values() for row in statement.rows if row.figures)
    assert row.label == "基本工资"


def test_kinds_with_their_economic_classes_are_no_functions() -> None:
    cells = said(
        "支出总体情况表", "支出项目 | 2022年预算",
        "一、基本支出 | 3.00", "工资福利支出 | 2.00", "商品和服务支出 | 1.00", "二、项目支出 | 4.00", "支出总计 | 7.00",
    )  # fmt: skip
    assert cells["工资福利支出", "2022年预算"][1].economic == "301"
    assert cells["一、基本支出", "2022年预算"][1].kind == "basic"
