"""What heads of columns say, under other heads and under titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.meaning import NOTHING, column, title

BUDGET = "一般公共预算支出表"
FINAL = "一般公共预算财政拨款支出决算表"


@pytest.mark.parametrize(
    ("printed", "path", "said"),
    [
        ("部门收入总表", "合计", {"flow": "revenue", "fund": "", "is_amount": "yes"}),
        ("部门收入总表", "上年结转结余/单位资金", {"fund": "carryover.own"}),
        ("部门收入总表", "事业收入/其中：教育收费", {"fund": "special_account"}),
        ("部门收入总表", "本年收入/合计", {"flow": "revenue", "fund": ""}),
        ("部门收入总表", "本年收入/小计", {"fund": "current"}),
        ("部门收入总表", "上级政府性基金安排的转移支付", {"fund": "government_fund.transfer"}),
        ("部门支出总表", "资金来源/上年结转", {"flow": "expenditure", "fund": "carryover"}),
        ("部门支出总表", "运转类/其他运转类", {"kind": "project"}),
        ("部门支出总表", "运转类", {"kind": "?运转类"}),
        ("部门支出总表", "人员类项目支出", {"kind": "basic.personnel"}),
        ("部门支出总表", "其他支出", {"economic": "", "item": "?其他支出"}),
        (BUDGET, "工资福利支出", {"economic": "301", "fund": "general_public"}),
        ("财政拨款支出预算表(政府经济分类科目)", "机关工资福利支出/住房公积金", {"economic": "50103"}),
        ("财政拨款支出预算表(部门经济分类科目)", "会议费", {"economic": "30215", "item": ""}),
        ("“三公”经费、会议费支出预算表", "会议费", {"economic": "", "item": "meetings"}),
        ("“三公”经费支出预算表", "公务用车购置及运行费/购置费", {"item": "vehicle_purchase"}),
        ("“三公”经费支出预算表", "合计", {"item": ""}),
        ("政府采购预算表", "货物", {"item": "procurement.goods"}),
        ("政府采购预算表", "一般公共预算", {"item": "procurement", "fund": "general_public"}),
        (
            FINAL,
            "年初结转和结余/基本支出结转",
            {"flow": "revenue", "fund": "carryover.general_public", "kind": "basic"},
        ),
        (FINAL, "年末结转和结余", {"flow": "expenditure", "fund": "general_public", "kind": "carry_forward"}),
        (FINAL, "年末结转和结余/项目支出结转和结余", {"kind": "?项目支出结转和结余"}),
        ("上年结转结余情况明细表", "财政拨款/项目支出", {"fund": "carryover.appropriation", "kind": "project"}),
        ("财政拨款收支总表", "金额", {"flow": "", "fund": "appropriation"}),
        ("财政拨款收支总表", "一般公共预算", {"flow": "", "fund": "general_public"}),
        (BUDGET, "金额（元）", {"money_unit": "元", "is_amount": "yes"}),
        (BUDGET, "某某资金", {"item": "?某某资金", "is_amount": ""}),
    ],
)
def test_every_head_adds_and_the_narrower_wins(printed: str, path: str, said: dict[str, str]) -> None:
    read = column(tuple(path.split("/")), title(printed))
    assert {key: getattr(read, key) for key in said} == said


@pytest.mark.parametrize(
    ("printed", "path", "version"),
    [
        (BUDGET, "合计", "budget"),
        (BUDGET, "上年预算数", "prior_budget"),
        (BUDGET, "上年决算数", "prior_final"),
        (BUDGET, "2023年执行数", ""),
        ("2024年" + BUDGET, "2023年执行数", "prior_final"),
        ("2024年" + BUDGET, "2023年预算数", "prior_budget"),
        ("2024年" + BUDGET, "2024年预算数/小计", "budget"),
        ("2024年部门支出预算表", "2023年决算数/基本支出", "prior_final"),
        (BUDGET, "2024年预算数比2023年执行数/增减额", "change"),
        (BUDGET, "比上年增减情况/增、减金额", "change"),
        (FINAL, "决算数", "final"),
        (FINAL, "年初预算数", "budget"),
        (FINAL, "全年预算数", "adjusted"),
        (FINAL, "预算调整数", "adjusted"),
        (FINAL, "上年决算数", "prior_final"),
        (FINAL, "执行数", "?执行数"),
        ("2020年一般公共预算收入执行情况表", "2019年完成数", "prior_final"),
        ("2020年一般公共预算收入执行情况表", "2020年执行数/金额", "final"),
    ],
)
def test_versions_are_read_against_title_and_year(printed: str, path: str, version: str) -> None:
    assert column(tuple(path.split("/")), title(printed)).version == version


@pytest.mark.parametrize(
    "path",
    [
        "科目编码",
        "项目代码",
        "单位名称（科目）",
        "项目/功能分类科目编码/类",
        "行次",
        "栏次",
        "序号",
        "※",
        "备注",
        "公式",
        "占年初预算的%",
        "增减%",
        "增长率",
        "执行率",
        "实有人数/小计",
        "编制数",
        "公务接待批次",
        "因公出国（境）团组数（个）",
        "公务用车保有量（辆）",
        "国内公务接待人次（人）",
        "采购数量",
        "计量单位",
        "是否政府采购",
        "资金来源",
        "支出功能分类",
    ],
)
def test_names_codes_counts_and_shares_are_no_amounts(path: str) -> None:
    read = column(tuple(path.split("/")), title("部门支出总表"))
    assert read.is_amount == "no"
    assert (read.fund, read.kind, read.item, read.version) == ("", "", "", "")


def test_the_head_of_a_block_says_side_and_breakdown() -> None:
    read = column(("支出", "项目（按功能分类）"), title("收入支出决算总表"))
    assert (read.flow, read.breakdown, read.is_amount) == ("expenditure", "function", "no")


@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_heads_are_read(path: list[str]) -> None:
    read = column(tuple(path), NOTHING)
    assert read.is_amount in {"", "yes", "no"}
    assert read.flow in {"", "revenue", "expenditure"}
