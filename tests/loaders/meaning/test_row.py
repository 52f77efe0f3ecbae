"""What labels of rows say, by code, by name and by place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.meaning import NOTHING, StandardCode, row, standard_code, title

SUMMARY, APPROPRIATION = "部门收支总表", "财政拨款收支总表"
FUNCTIONS, CLASSES, ITEMS = "一般公共预算支出表", "一般公共预算基本支出表", "一般公共预算“三公”经费支出表"


@pytest.mark.parametrize(
    ("path", "function"),
    [
        ("2080505 机关事业单位基本养老保险缴费支出", "2080505"),
        ("208 05 05", "2080505"),
        ("208 5 5 名称", "2080505"),
        ("208-05-05", "2080505"),
        ("208/05/05/机关事业单位基本养老保险缴费支出", "2080505"),
        ("201一般公共服务支出", "201"),
        ("［2010101］行政运行", "2010101"),
        ("一般公共服务支出/人大事务/行政运行", "2010101"),
        ("行政运行", ""),
        ("教育支出", "205"),
        ("医疗卫生与计划生育支出", "210"),
        ("城乡社区事务支出", "212"),
        ("2101599 其他医疗保障管理事务支出/某项目", "2101599"),
        ("住房公积金", "2210201"),
    ],
)
def test_functional_classes_are_known_by_code_or_name(path: str, function: str) -> None:
    read = row(tuple(path.split("/")), title(FUNCTIONS))
    assert (read.function, read.economic) == (function, "")


@pytest.mark.parametrize(
    ("path", "economic"),
    [
        ("30101", "30101"),
        ("301 01 基本工资", "30101"),
        ("301/01/基本工资", "30101"),
        ("工资福利支出/基本工资", "30101"),
        ("30311 住房公积金", "30311"),
        ("住房公积金", "30113"),
        ("其他支出", "399"),
        ("会议费", "30215"),
        ("50101 工资奖金津贴补贴", "50101"),
    ],
)
def test_economic_classes_are_known_by_code_or_name(path: str, economic: str) -> None:
    read = row(tuple(path.split("/")), title(CLASSES))
    assert (read.function, read.economic, read.item) == ("", economic, "")


def test_a_table_of_government_classes_has_its_own_codes() -> None:
    of_table = title("财政拨款支出预算表(按政府经济分类科目)")
    assert row(("住房公积金",), of_table).economic == "50103"
    assert row(("其他支出",), of_table).economic == "599"


@pytest.mark.parametrize(
    ("printed", "side", "path", "said"),
    [
        (SUMMARY, "revenue", "其中：教育收费", {"fund": "special_account", "flow": "revenue"}),
        (SUMMARY, "revenue", "上年结转结余/一般公共预算", {"fund": "carryover.general_public"}),
        (SUMMARY, "revenue", "用事业基金弥补收支差额", {"fund": "?用事业基金弥补收支差额"}),
        (SUMMARY, "revenue", "本年收入合计", {"fund": "current"}),
        (SUMMARY, "revenue", "收入总计", {"fund": "", "kind": ""}),
        (SUMMARY, "expenditure", "二十三、其他支出", {"function": "229"}),
        (SUMMARY, "expenditure", "（一）基本支出", {"kind": "basic"}),
        (SUMMARY, "expenditure", "国有资本经营预算支出", {"function": "223", "fund": ""}),
        (SUMMARY, "expenditure", "住房公积金", {"function": "", "economic": "", "item": ""}),
        (SUMMARY, "expenditure", "年终结转结余", {"kind": "carry_forward"}),
        (SUMMARY, "", "五、事业收入", {"flow": "revenue", "fund": "own.service"}),
        (SUMMARY, "", "二、外交", {"flow": "expenditure", "function": "202"}),
        (
            APPROPRIATION,
            "",
            "年末财政拨款结转和结余/一般公共预算财政拨款",
            {"flow": "expenditure", "fund": "general_public", "kind": "carry_forward"},
        ),
        (
            APPROPRIATION,
            "",
            "年初财政拨款结转和结余/一、一般公共预算财政拨款",
            {"flow": "revenue", "fund": "carryover.general_public"},
        ),
        (ITEMS, "", "合计", {"item": "three_public"}),
        (ITEMS, "", "其中：（1）公务用车运行维护费", {"item": "vehicle_running"}),
        (ITEMS, "", "因公出国（境）团组数（个）", {"is_amount": "no"}),
        (ITEMS, "", "车均费用（元）", {"item": "车均费用", "money_unit": "元", "is_amount": "yes"}),
        ("政府采购预算表", "", "三、服务C", {"item": "procurement.services"}),
        ("政府采购预算表", "", "三、服务C/某项目/培训费/餐饮服务", {"economic": "30216", "item": "餐饮服务"}),
        ("2020年一般公共预算收入执行情况表", "", "增值税", {"item": "增值税", "fund": "", "flow": "revenue"}),
        ("", "", "其他支出", {"function": "", "economic": "", "item": ""}),
        ("", "", "公务接待费", {"economic": "", "item": ""}),
        ("", "", "二十、其他支出", {"function": "229"}),
        ("", "", "行次", {"is_amount": "no"}),
    ],
)
def test_place_decides_what_a_label_means(printed: str, side: str, path: str, said: dict[str, str]) -> None:
    read = row(tuple(path.split("/")), title(printed), side)
    assert {key: getattr(read, key) for key in said} == said


def test_a_block_may_have_its_own_breakdown() -> None:
    of_table = title("收支预算总表")
    by_class = row(("其他支出",), of_table._replace(breakdown="economic"), "expenditure")
    assert by_class.economic == "399"
    assert row(("其他支出",), of_table, "expenditure").function == "229"


@pytest.mark.parametrize(
    ("code", "name", "scheme", "standard"),
    [
        ("30311", "住房公积金", "department", StandardCode("30113", "代缴社会保险费")),
        ("30104", "其他社会保障缴费", "department", StandardCode("30112", "30104")),
        ("30203", "水费", "department", StandardCode("30205", "咨询费")),
        ("30212", "机关事业单位退休人员活动费", "department", StandardCode("", "因公出国(境)费用")),
        ("30108", "机关事业单位基本养老保险费", "department", StandardCode("30108", None)),
        ("30113", "住房公积金", "department", StandardCode("30113", None)),
        ("50103", "住房公积金", "government", StandardCode("50103", None)),
        ("2010101", "行政运行", "function", StandardCode("2010101", None)),
        ("207", "文化体育与传媒支出", "function", StandardCode("207", None)),
        ("2080505", "", "function", StandardCode("2080505", None)),
    ],
)
def test_a_name_decides_over_its_code(code: str, name: str, scheme: str, standard: StandardCode) -> None:
    assert standard_code(code, name, scheme) == standard


@given(st.lists(st.text(max_size=20), max_size=4), st.sampled_from(["", "revenue", "expenditure"]))
def test_any_labels_are_read(path: list[str], side: str) -> None:
    read = row(tuple(path), NOTHING, side)
    assert read.is_amount in {"", "yes", "no"}
    assert not read.function or read.function[0] == "2"
    assert not read.economic or read.economic[0] in "35"


def test_a_part_of_an_item_is_no_economic_class() -> None:
    own = row(("公务用车购置及运行费", "其中：公务用车运行维护费"))
    assert own.item == "vehicle_running"


def test_an_item_named_as_a_functional_class_is_the_item() -> None:
    spent = title("一般公共预算支出表")
    assert row(("三、培训费",), spent, "expenditure")[3:6:2] == ("", "training")
    assert row(("培训支出",), spent, "expenditure").function == "2050803"


@pytest.mark.parametrize(
    ("of", "label", "function"),
    [
        ("政府性基金收支预算表", "国有土地使用权出让收入安排的支出", "21208"),
        ("政府性基金收支预算表", "三、其他支出", "229"),
        ("国有资本经营收支预算表", "二、国有企业资本金注入", "22302"),
        ("一般公共预算基本支出表", "其他支出", ""),
        ("财政拨款收支总表", "国有企业资本金注入", ""),
    ],
)
def test_sections_of_a_fund_are_known_by_their_own_names(of: str, label: str, function: str) -> None:
    assert row((label,), title(of), "expenditure").function == function


def test_a_name_of_many_codes_may_have_one_more() -> None:
    assert standard_code("2100101", "行政运行", "function") == StandardCode("2100101", None)


def test_what_is_owed_is_no_source() -> None:
    assert row(("一般债务",)).flow == ""
