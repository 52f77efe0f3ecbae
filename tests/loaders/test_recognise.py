"""What is no disclosure is refused, and told what it is; what has no tables is none the less one."""

from __future__ import annotations

import pytest

from loaders.load import load
from loaders.recognise import refusal
from tests.support.originals import shared

NARRATIVE = (
    "某局2025年度部门预算公开",
    "第三部分 部门预算情况说明",
    "一、收支预算总体情况说明",
    "2025年度收入预算总计1,150.48万元，与上年相比增加3.20万元。",
    "支出预算总计1,150.48万元。",
)
TEMPLATE = ("XX局2025年部门预算", "表1 部门收支总体情况表", "单位：万元", "收入\t支出", "项目\t预算数\t项目\t预算数")
CHECKLIST = ("部门预算公开自查表", "序号\t检查内容\t是否符合", "1\t是否公开收支总体情况表\t", "2\t是否公开“三公”经费\t")
RULES = ("关于做好2025年部门预算公开工作的通知", "各部门：", "请按规定公开预算表，金额单位为万元。")
TARGETS = ("项目支出绩效目标申报表", "一级指标\t二级指标\t三级指标\t指标值", "产出指标\t数量指标\t房屋面积\t≥300平方米")
OTHER = ("雪后的站台", "老周数了数车厢，一共12节。收入和支出都记在本子上：米5.00，合计7.10元。")


@pytest.mark.parametrize("lines", [NARRATIVE, TARGETS])
def test_a_narrative_and_targets_are_disclosures(lines: tuple[str, ...]) -> None:
    assert refusal(lines, has_amounts=False) is None


def test_tables_with_amounts_are_a_disclosure() -> None:
    assert refusal(TEMPLATE, has_amounts=True) is None
    assert refusal(OTHER, has_amounts=True) is not None  # those of something else
    assert refusal(CHECKLIST, has_amounts=True) is not None  # its numbers are no amounts


@pytest.mark.parametrize(
    ("lines", "says"),
    [(TEMPLATE, "空表"), (CHECKLIST, "检查表"), (RULES, "通知"), (OTHER, "其他文件"), ((), "其他文件")],
)
def test_what_is_none_is_told_what_it_is(lines: tuple[str, ...], says: str) -> None:
    sentence = refusal(lines, has_amounts=False)
    assert sentence is not None
    assert says in sentence
    assert sentence.startswith("{}：")
    assert sentence.endswith("。")


def test_one_amount_in_a_heading_less_text_is_none() -> None:
    assert refusal(NARRATIVE[3:], has_amounts=False) is not None
    assert refusal(NARRATIVE[:4], has_amounts=False) is not None


@pytest.mark.parametrize("name", ["jiangsu-cppcc-2018-text", "jiangsu-cppcc-2019-text"])
def test_real_narratives_open(name: str) -> None:
    disclosure = load(shared() / "disclosures" / f"{name}.pdf")
    assert disclosure.head.fiscal_year == int(name.split("-")[2])
    assert len(disclosure.passages) > 100
    assert len(disclosure.records.stated_changes) > 5
    assert disclosure.records.facts


def test_amounts_without_columns_are_said_to_be_there() -> None:
    lines = ["2024年部门支出总表", "教育支出,1,234.00", "文化支出,2,345.00,7.00", "单位：万元"]
    assert "分不清各数属于哪一列" in str(refusal(lines, has_amounts=False))


def test_traditional_characters_are_words_of_budgets() -> None:
    assert refusal(["2024年部門預算收支總表"], has_amounts=True) is None
