"""What titles say, in every style that provinces number and name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.meaning import NOTHING, Meaning, title
from loaders.meaning.value import PARENTS

WAYS = [
    "{}",
    "表1 {}",
    "表1-1.{}",
    "附表3：{}",
    "公开05表 {}",
    "{}（公开05表）",
    "{} 预算公开01表",
    "四、{}",
    "十一、{}",
    "（三）{}",
    "3.21{}",
    "《{}》",
    "部门公开表1 {}",
    "附件1-2：{}",
    "2024年度某市某某局部门{}",
    "某县某某中心2024年{}",
    "2024年预算单位{}",
    "续表：{}",
    "{}（续）",
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("一般公共预算财政拨款支出表", ("expenditure", "general_public", "", "function")),
        ("一般公共预算基本支出情况表", ("expenditure", "general_public", "basic", "economic")),
        ("财政拨款收支总表", ("both", "appropriation", "", "two_sided")),
        ("政府性基金预算支出表", ("expenditure", "government_fund", "", "function")),
        ("财政拨款“三公”经费支出表", ("expenditure", "appropriation", "", "items")),
        ("政府采购预算明细表", ("expenditure", "", "", "procurement")),
    ],
)
def test_number_year_and_body_say_nothing(way: str, printed: str, said: tuple[str, ...]) -> None:
    read = title(way.format(printed))
    assert (read.flow, read.fund, read.kind, read.breakdown) == said


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("一般公共预算財政撥款支出預(yù)算表", {"flow": "expenditure", "fund": "general_public", "version": "budget"}),
        ("国有资本经营预算预算支出表", {"fund": "state_capital", "breakdown": "function", "version": "budget"}),
        ("一般公共预算财政拨款支出决算", {"fund": "general_public", "version": "final"}),
        ("财政专户管理资金预算支出表", {"fund": "special_account", "breakdown": "function"}),
        ("纳入财政专户管理的非税收入支出预算表", {"flow": "expenditure", "fund": "special_account"}),
        ("一般公共预算及政府性基金财政拨款“三公”经费支出决算表", {"fund": "appropriation", "item": "three_public"}),
        ("“三公”经费、会议费、培训费支出预算表（一般公共预算）", {"fund": "general_public", "item": ""}),
        (
            "一般公共预算基本支出表--人员经费(工资福利支出)(按政府预算经济分类)",
            {"kind": "basic.personnel", "breakdown": "economic", "scheme": "government"},
        ),
        ("基本支出预算表（人员类、运转类公用经费项目）", {"kind": "basic", "breakdown": "economic"}),
        ("项目支出预算表（其他运转类、特定目标类项目）", {"kind": "project", "breakdown": "project"}),
        ("财政拨款支出决算明细表", {"breakdown": "function_by_economic"}),
        ("支出总表（按支出功能科目分，不含上年结转）", {"fund": "", "breakdown": "function"}),
        ("国有资本经营预算财政拨款收入支出决算表", {"flow": "both", "breakdown": "function"}),
        ("收入决算表(按单位列示)", {"flow": "revenue", "breakdown": "unit"}),
        ("政府采购（资产配置、购买服务）预算表", {"breakdown": "procurement", "item": "procurement"}),
        ("一般公共预算机关运行经费支出预算表", {"item": "agency_operation", "breakdown": "economic"}),
        ("项目收入支出决算表", {"flow": "both", "kind": "project", "breakdown": "project"}),
        ("社会保险基金预算支出表", {"flow": "expenditure", "fund": "?社会保险基金预算"}),
        ("2020年地方政府债务限额及余额情况表", {"flow": "", "fund": "", "breakdown": "", "year": "2020"}),
        ("部门收支总表（单位：万元）", {"flow": "both", "money_unit": "万元"}),
    ],
)
def test_words_in_any_order_are_put_together(printed: str, said: dict[str, str]) -> None:
    read = title(printed)
    assert {key: getattr(read, key) for key in said} == said


@pytest.mark.parametrize(
    ("printed", "flow"),
    [
        ("某市政府采购中心2023年部门收支总表", "both"),
        ("某市住房公积金管理中心部门收入总表", "revenue"),
        ("某省财政厅国有资产管理中心支出总表", "expenditure"),
    ],
)
def test_words_in_the_name_of_a_body_are_not_read(printed: str, flow: str) -> None:
    read = title(printed)
    assert (read.flow, read.fund, read.item) == (flow, "", "")
    assert read.breakdown in {"function", "two_sided"}


@pytest.mark.parametrize("printed", ["关于空表的说明", "目录", "", "机构设置", "2024年"])
def test_what_is_no_title_says_nothing(printed: str) -> None:
    assert title(printed) in {NOTHING, Meaning(year="2024")}


def test_a_table_of_something_narrower_says_no_breakdown() -> None:
    assert title("一般公共预算民生支出表").breakdown == ""
    assert title("收入预算总表").breakdown == ""


@given(st.text(max_size=40))
def test_any_text_is_read(printed: str) -> None:
    read = title(printed)
    assert read.flow in {"", "revenue", "expenditure", "both"}
    assert read.fund in {"", "appropriation", "special_account", "own"} | set(PARENTS) or read.fund.startswith("?")


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("某某专项支出预算表", "?某某专项"), ("2024年乡村振兴资金支出预算表", "?乡村振兴"), ("食堂收入预算表", "?食堂"),
        ("部门一般公共预算民生支出表", "?民生"), ("某某县水利局2024年支出预算表", ""), ("某某馆支出总表", ""),
        ("某某部门支出预算表", ""), ("部门支出总体情况表", ""), ("重点项目支出预算表", ""), ("一般公共预算支出表", ""),
        ("一、收入预算总表", ""), ("附表二：支出预算总表", ""), ("（三）支出表", ""),
    ],
)  # fmt: skip
def test_a_side_that_unknown_words_narrow_is_not_the_whole(text: str, item: str) -> None:
    assert title(text).item == item


@pytest.mark.parametrize(
    ("text", "economic", "item"),
    [
        ("一般公共预算基本支出表-人员经费（工资福利支出）", "301", ""),
        ("一般公共预算基本支出表-公用经费（商品和服务支出）（按部门预算经济分类）", "302", ""),
        ("一般公共预算基本支出表-人员经费（工资福利支出）（按政府预算经济分类）", "", "?工资福利支出"),
        ("一般公共预算基本支出表", "", ""),
    ],
)
def test_a_title_names_an_economic_class(text: str, economic: str, item: str) -> None:
    assert (title(text).economic, title(text).item) == (economic, item)


def test_transfers_to_those_below_are_spent() -> None:
    said = title("2024年对乡镇转移支付分地区预算表")
    assert (said.flow, said.breakdown) == ("expenditure", "unit")
