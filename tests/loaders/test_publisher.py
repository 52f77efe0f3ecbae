"""Who published a document: invented documents in the styles of many provinces."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.model.disclosure import Edition, Phase
from loaders.publisher import identify

D, U, N = Edition.DEPARTMENT, Edition.UNIT, Edition.UNKNOWN
B, F = Phase.BUDGET, Phase.FINAL_ACCOUNTS


class Case(NamedTuple):
    """A document, line by line, and who published what."""

    text: str
    body: str
    year: int | None
    phase: Phase = B
    edition: Edition = N


CASES = {
    "caption": Case(
        "表1\n部门收支总体情况表\n编制部门：临河市水务局 单位：万元\n2025年部门预算公开", "临河市水务局", 2025, B, D
    ),
    "glued caption": Case(
        "表 1 单位收支总体情况表（2024年）编制单位：临河县林业站单位：万元", "临河县林业站", 2024, B, U
    ),
    "spaced name": Case("部门：临 河 市 教 育 局\t单位：万元\n2020年度收支预算总表", "临河市教育局", 2020, B, D),
    "caption of three cells": Case(
        "部门收支总表\n部门名称：\t临河市审计局\t金额单位：元\n2019年部门预算", "临河市审计局", 2019, B, D
    ),
    "caption without colon": Case(
        "2021年部门决算\n收入支出决算总表\n编制单位\t临河县人民法院\t单位：万元", "临河县人民法院", 2021, F, D
    ),
    "bars": Case("2018年度部门决算公开01表\n| 编制单位：临河县档案馆 | 金额单位：万元 |", "临河县档案馆", 2018, F, D),
    "code before the name": Case(
        "2025年部门预算\n920临河县下口镇财政所\n预算年度：2025\t单位：万元", "临河县下口镇财政所", 2025, B, D
    ),
    "code in brackets": Case(
        "部门预算公开表\n编制部门：[101001]临河市司法局\n预算年度：2023", "临河市司法局", 2023, B, D
    ),
    "title with body and year": Case("临河市农业农村局2022年收支总表\n单位：万元", "临河市农业农村局", 2022),
    "year first": Case("2019年度临河省高级人民法院收支预算批复总表", "临河省高级人民法院", 2019),
    "title of one item": Case(
        "2016年市国资委财政拨款“三公”经费预算表\n金额单位：万元\n发布时间：2017-04-28", "市国资委", 2016
    ),
    "sentence before": Case(
        "临河市环城公路养护中心财政拨款“三公”经费预算2014年情况如下：", "临河市环城公路养护中心", 2014
    ),
    "cover over three lines": Case(
        "2021年\n临河区人民检察院（差额表）\n部门预算\n目录", "临河区人民检察院", 2021, B, D
    ),
    "name cut on the cover": Case(
        "临河市规划和自然\n资源局\n2024年度部门决算\n目录\n第一部分 临河市规划和自然资源局概况",
        "临河市规划和自然资源局",
        2024,
        F,
        D,
    ),
    "name on one line": Case(
        "教育局\n2020年部门预算\n报送日期：  年 月 日\n表1\n部门收支总表\n单位：万元", "教育局", 2020, B, D
    ),
    "Chinese year": Case("临河市民政局二〇二四年部门预算", "临河市民政局", 2024, B, D),
    "Chinese year with 零": Case("二零二三年度临河市体育局部门决算", "临河市体育局", 2023, F, D),
    "both phases on the cover": Case(
        "临河市科技局预决算公开\n收入支出决算总表\n2022年度\n部门：临河市科技局", "临河市科技局", 2022, F, D
    ),
    "final accounts of three public": Case("临河市招商局2019年度“三公”经费决算情况", "临河市招商局", 2019, F),
    "final report": Case("临河市统计局2019年度部门决算报告", "临河市统计局", 2019, F, D),
    "final accounts by heads alone": Case(
        "临河市信访局\n项目\t行次\t决算数\n一、财政拨款收入\t1\t12.00", "临河市信访局", None, F
    ),
    "region": Case(
        "临河区人民政府关于临河区2017年财政决算（草案）的报告\n2017年全区一般公共预算收支决算平衡表", "临河区", 2017, F
    ),
    "region, another order": Case("重庆市临河区人民政府关于2020年财政决算的报告", "重庆市临河区", 2020, F),
    "execution is no final account": Case(
        "7.关于临河区2021年财政预算执行情况和2022年财政预算（草案）相关表格\n临河区财政局\n2021年临河区一般公共预算收入执行情况表",
        "临河区",
        2021,
    ),
    "township": Case("中临镇2020年预算执行和2021年预算草案\n2020年中临镇一般公共预算收入执行情况表", "中临镇", 2020),
    "nobody": Case("附件6\n2019年地方政府债务限额调整情况表\n项目\t公式\t本地区\t本级\t下级", "", 2019),
    "own level of a region": Case("2021年区本级“三公”经费预算支出表\n项目\t预算数\n合计\t4432", "", 2021),
    "unit named 预算单位": Case(
        "2024年预算单位财务收支预算总表\n预算单位：临河区社会福利院", "临河区社会福利院", 2024, B, U
    ),
    "supervisor and unit": Case(
        "2024年单位预算\n预算主管部门：临河区民政局\n预算单位：临河区社会福利院", "临河区社会福利院", 2024, B, U
    ),
    "caption says 单位 in a department": Case(
        "临河区人民检察院2020年部门预算公开\n单位名称：临河区人民检察院\n单位：万元", "临河区人民检察院", 2020, B, D
    ),
    "target form": Case(
        "2023年道路项目支出绩效目标审批表\n（2023年度）\n预算单位：临河县云山乡人民政府", "临河县云山乡人民政府", 2023
    ),
    "rules are no publisher": Case(
        "2017年度临河省高级人民法院部门预算公开\n目录\n《临河省财政厅关于编制省级2017年部门预算的通知》\n"
        "1.《临河省财政厅关于编制省级2017年部门预算的通知》\n2.《临河省财政厅关于编制省级2016年部门预算的通知》",
        "临河省高级人民法院",
        2017,
        B,
        D,
    ),
    "years to compare with": Case(
        "临河市气象局部门预算\n收入比2017年预算增加3万元。\n与2017年预算相比减少。\n2018年部门预算收入",
        "临河市气象局",
        2018,
        B,
        D,
    ),
    "year in column heads": Case("临河市气象局\n项目\t2022年执行数\t2023年预算数", "临河市气象局", 2023),
    "narrative half": Case(
        "目录\n第二部分 2019年度部门预算表\n临河省政协办公厅2019年度收入、支出预算总计13万元。",
        "临河省政协办公厅",
        2019,
        B,
        D,
    ),
    "old template": Case("临河县地震台2022年部门预算\n目录\n第二部分 2021年部门预算表", "临河县地震台", 2022, B, D),
    "a piece of a project's name": Case(
        "目录\n第二部分 2022年部门预算公开表\n部门收支总表\n编制部门：临河市地震台"
        + "\n临河支出\t1.00" * 30
        + "\n关于提前下达\n2020年\n疫苗奖补资金预算的通知\t3.00" * 2,
        "临河市地震台",
        2022,
        B,
        D,
    ),
    "fund words are no phase": Case(
        "一般公共预算财政拨款支出决算表\n部门：临河县气象台\n2020年度", "临河县气象台", 2020, F, D
    ),
    "budget beside former accounts": Case(
        "2024年部门收支预算总表\n部门：临河县气象台\n项目\t2023年决算数\t2024年预算数", "临河县气象台", 2024, B, D
    ),
    "head word is no body": Case("2020年财政拨款收支表\n公开部门\t项目\t金额\n项目\t2020年完成数", "", 2020),
    "party": Case("中共临河市委组织部2021年度部门决算", "中共临河市委组织部", 2021, F, D),
    "school": Case("临河市第一中学2023年单位预算公开", "临河市第一中学", 2023, B, U),
    "headquarters": Case("临河市财政局（本级）2022年单位决算", "临河市财政局（本级）", 2022, F, U),
}


@pytest.mark.parametrize("name", CASES)
def test_identity_of_many_styles(name: str) -> None:
    case = CASES[name]
    found = identify(case.text.split("\n"))
    assert (found.body, found.fiscal_year, found.phase, found.edition) == (
        case.body,
        case.year,
        case.phase,
        case.edition,
    )


_PLACES = st.sampled_from(("临河市", "江东省云山市", "白石自治州", "临河市东岭区", "云山县", "云山县下口镇"))
_OFFICES = st.sampled_from(
    ("教育局", "卫生健康委员会", "人民法院", "气象台", "林业站", "政协办公室", "机关事务管理局", "社会福利院")
)


@given(
    place=_PLACES,
    office=_OFFICES,
    year=st.integers(2012, 2035),
    final=st.booleans(),
    unit=st.booleans(),
    style=st.integers(0, 5),
)
def test_whatever_the_style_the_identity_is_what_was_written(
    place: str, office: str, year: int, final: bool, unit: bool, style: int
) -> None:
    body, word, kind = place + office, "决算" if final else "预算", "单位" if unit else "部门"
    text = (
        f"{body}{year}年{kind}{word}",
        f"{body}\n{year}年度{kind}{word}公开\n目录",
        f"{year}年度{body}{kind}{word}公开说明",
        f"{year}年\n{body}\n{kind}{word}",
        f"{year}年{kind}{word}公开\n表1\n收入支出{word}总表\n{kind}：{body}\t单位：万元",
        f"第一部分 {body}概况\n第二部分 {year}年{kind}{word}表\n附件：《{body}关于编制{year - 1}年{kind}{word}的通知》",
    )[style]
    found = identify(text.split("\n"))
    assert (found.body, found.fiscal_year) == (body, year)
    assert found.phase is (F if final else B)
    assert found.edition is (U if unit else D)


@given(
    lines=st.lists(
        st.text(alphabet="0123456789.,%合计总项目金额万元年度本上一、（）预算收支出表\t|：", max_size=30), max_size=20
    )
)
def test_tables_without_words_name_nobody(lines: list[str]) -> None:
    found = identify(lines)
    assert found.body == ""
    assert found.aliases == ()


def test_other_names_of_the_body_are_aliases_and_other_bodies_are_not() -> None:
    units = ["白石回族自治州审计局", "人员经费合计", "白石州审计局信息中心"]
    found = identify(["编制部门：白石州审计局 单位：万元", "2024年部门预算"], (), units)
    assert (found.body, found.aliases) == ("白石州审计局", ("白石回族自治州审计局",))
