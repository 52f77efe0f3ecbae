"""Figures of the other matters: keys, units, places, in the wordings of both forms and in others."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Document, Paragraph
from loaders.load import document
from loaders.narrative import facts
from tests.support.limits import processor_seconds
from tests.support.originals import NAMES, shared

VEHICLE_KEYS = {
    "一般公务用车": "general_vehicles",
    "执法执勤用车": "enforcement_vehicles",
    "其他车辆": "other_vehicles",
}


def text(*lines: str) -> Document:
    return Document("text", tuple(map(Paragraph, lines)))


def values(*lines: str) -> dict[str, str]:
    found, notices = facts.read(text(*lines))
    assert not notices, notices
    return {f"{fact.topic}.{fact.key}": fact.value for fact in found}


@pytest.mark.parametrize("name", NAMES)
def test_originals(name: str) -> None:
    folder = shared()
    known = json.loads((folder / "reference" / f"{name}.rest.json").read_text(encoding="utf-8"))
    path = folder / "disclosures" / f"{name}.txt"
    source = document(path.read_bytes(), path.name)
    found, notices = facts.read(source)
    assert not notices
    expected = {}
    for topic in ("staffing", "procurement", "assets", "operating_expenses", "performance_summary"):
        for key, value in known[topic].items():
            if key == "vehicle_breakdown":
                for kind, printed in value.items():
                    expected["assets", VEHICLE_KEYS[kind]] = printed["count"]
                    expected["assets", f"{VEHICLE_KEYS[kind]}_value"] = printed["value"]
            else:
                expected[topic, key] = str(value)
    read = {(fact.topic, fact.key): fact.value.replace(",", "") for fact in found}
    assert len(read) == len(found)
    assert {key: read.get(key) for key in expected} == expected
    assert set(read) - set(expected) == {("staffing", "departments"), ("assets", "planned_vehicles")}
    for fact in found:
        assert fact.value.lstrip("-") in "".join(source.lines[fact.line - 1 : fact.line + 1]).replace(" ", "")


@pytest.mark.parametrize(
    ("name", "operating", "projects", "vehicles", "total"),
    [("wanli-2024.pdf", "443.18", "50", "7", "1662.44"), ("wanli-2025.pdf", "464.64", "49", "8", "4821.20")],
)
def test_original_pages(name: str, operating: str, projects: str, vehicles: str, total: str) -> None:
    path = shared() / "disclosures" / name
    found, notices = facts.read(document(path.read_bytes(), name))
    assert not notices
    read = {(fact.topic, fact.key): fact for fact in found}
    assert len(read) == len(found) == 37
    assert read["operating_expenses", "amount"].value == operating
    assert read["performance_summary", "projects_total"].value == projects
    assert (read["assets", "vehicles"].value, read["assets", "vehicles"].unit) == (vehicles, "辆")
    assert read["assets", "planned_other_vehicles"].value == "1"
    assert read["procurement", "total"].value == total
    assert all(fact.page for fact in found)


def test_staffing_in_other_words() -> None:
    assert values(
        "二、人员情况",
        "本单位行政编制20名、事业编制11名，年末实有在职人员28人，较上年减少2人；离退休人员12人，比上年增加1人；编外聘用人员5人。",
    ) == {
        "staffing.administrative_posts": "20", "staffing.institution_posts": "11", "staffing.in_service": "28",
        "staffing.in_service_change": "-2", "staffing.retired_and_li_xiu": "12",
        "staffing.retired_and_li_xiu_change": "1", "staffing.contract_staff": "5",
    }  # fmt: skip


def test_procurement_of_final_accounts() -> None:
    assert values(
        "（四）政府采购支出情况",
        "2023年度政府采购支出总额1,050.40万元，其中：政府采购货物支出50.40万元、政府采购工程支出0万元、政府采购服务支出1,000.00万元。"
        "授予中小企业合同金额900.00万元，占政府采购支出总额的85.68%，其中：授予小微企业合同金额90.00万元，占政府采购支出总额的8.57%。",
    ) == {
        "procurement.total": "1,050.40", "procurement.goods": "50.40", "procurement.works": "0",
        "procurement.services": "1,000.00", "procurement.sme": "900.00", "procurement.sme_share": "85.68",
        "procurement.micro": "90.00", "procurement.micro_share": "8.57",
    }  # fmt: skip


def test_operating_expenses_without_reasons() -> None:
    assert values(
        "（一）机关运行经费",
        "本部门2024年机关运行经费预算12.5万元，比上年预算减少1.25万元，下降9.09%。主要原因是人员减少3人，压减差旅费2万元。",
    ) == {
        "operating_expenses.amount": "12.5", "operating_expenses.direction": "减少", "operating_expenses.delta": "1.25",
        "operating_expenses.percent": "9.09",
    }  # fmt: skip
    assert values("机关运行经费预算为30万元，与上年预算持平。") == {
        "operating_expenses.amount": "30", "operating_expenses.direction": "持平"
    }  # fmt: skip


def test_words_of_a_form_that_nobody_chose_between() -> None:
    assert values("二、人员情况", "编制数31，在职30人，增加/减少0人；退休1人，减少0人。") == {
        "staffing.approved_posts": "31", "staffing.in_service": "30", "staffing.in_service_change": "0",
        "staffing.retired": "1", "staffing.retired_change": "0",
    }  # fmt: skip
    found, notices = facts.read(text("二、人员情况", "编制数31，在职30人，增加/减少2人。"))
    assert [fact.key for fact in found] == ["approved_posts", "in_service"]
    assert [notice.sentence for notice in notices] == ["机构和人员一段有数字没有归类：2人。"]


def test_a_budget_that_is_drawn_up_is_no_post() -> None:
    """预算编制 is no 编制: nobody has more staff than posts because one unit is in a budget."""
    found, _ = facts.read(text("二、机构设置", "纳入2030年部门预算编制范围的预算单位共计1家，某某馆有8名在职人员。"))
    assert [fact.key for fact in found] == ["in_service"]


def test_assets_of_final_accounts() -> None:
    assert values(
        "（五）国有资产占用情况",
        "截至2023年12月31日，共有车辆3辆，其中：副部（省）级及以上领导用车0辆、机要通信用车1辆、其他用车2辆；"
        "单位价值50万元以上通用设备4台（套），单价100万元（含）以上专用设备1台（套）。房屋面积1,200.50平方米，账面价值300万元。",
    ) == {
        "assets.as_of": "2023年12月31日", "assets.vehicles": "3", "assets.ministerial_vehicles": "0",
        "assets.confidential_communication_vehicles": "1", "assets.other_vehicles": "2",
        "assets.large_equipment_over_50": "4", "assets.large_equipment_over_100": "1",
        "assets.house_area_m2": "1,200.50", "assets.house_value": "300",
    }  # fmt: skip


def test_targets_in_other_words() -> None:
    assert values("七、绩效目标设置情况", "2024年纳入绩效目标管理的项目12个，涉及一般公共预算1,200万元。") == {
        "performance_summary.projects_total": "12", "performance_summary.projects_amount": "1,200",
    }  # fmt: skip


def test_amounts_have_their_half_unit() -> None:
    found, _ = facts.read(text("二、政府采购情况", "政府采购预算1.5亿元，其中：政府采购货物预算300元。"))
    assert [(fact.amount_fen, fact.half_unit) for fact in found] == [(15_000_000_000, 500_000_000), (30_000, 50)]


def test_an_unknown_number_is_named() -> None:
    found, notices = facts.read(text("二、政府采购情况", "政府采购预算8万元，另有预付款3件。"))
    assert [fact.key for fact in found] == ["total"]
    assert [notice.sentence for notice in notices] == ["政府采购一段有数字没有归类：3件。"]
    _, notices = facts.read(text("三、国有资产占用使用情况", "车辆2辆，其中：船艇1艘、摩托2辆。"))
    assert [notice.sentence for notice in notices] == ["国有资产一段有数字没有归类：1、2辆。"]


def test_a_malformed_amount_is_kept_as_printed() -> None:
    found, _ = facts.read(text("政府采购预算1..75万元，其中：政府采购货物预算1.75万元。"))
    assert [(fact.value, fact.amount_fen) for fact in found] == [("1..75", None), ("1.75", 1_750_000)]


def test_other_text_gives_no_facts() -> None:
    assert facts.read(
        text(
            "一、主要职能", "（1）拟订政府采购制度，管理国有资产。", "三、收入说明",
            "基本支出598.13万元，比上年增加121.58万元，主要原因是新增编制4人，在职人员增加。",
            "项目绩效目标表", "编制单位：某某局", "1 2 3",
        )
    ) == ([], [])  # fmt: skip


@given(
    st.lists(st.integers(0, 999), min_size=4, max_size=4), st.sampled_from(["，", "；", "、"]),
    st.sampled_from(["人", "名", ""]), st.integers(8, 40),
)  # fmt: skip
def test_staffing_over_wrapped_lines(numbers: list[int], mark: str, unit: str, width: int) -> None:
    sentence = mark.join(
        f"{name}{number}{unit}"
        for name, number in zip(("编制数", "实有人数", "在职", "退休"), numbers, strict=True)
    )  # fmt: skip
    sentence = f"某某市某某区某某局所属机关{sentence}。"
    lines = [sentence[i : i + width] for i in range(0, len(sentence), width)] if width > 30 else [sentence]
    keys = ("approved_posts", "actual", "in_service", "retired")
    expected = {f"staffing.{key}": str(number) for key, number in zip(keys, numbers, strict=True)}
    assert values("二、机构设置及人员情况", *lines) == expected


@given(st.lists(st.text("政府采购货物预算万元12.,，。编制在职人0绩效目标涉及项目", max_size=60), max_size=8))
def test_hostile(lines: list[str]) -> None:
    found, _ = facts.read(text("二、政府采购情况", *lines))
    assert all(fact.value and 1 < fact.line <= len(lines) + 1 for fact in found)


@pytest.mark.parametrize(
    "piece", ["绩效目标涉及1个项目", "编制1在职", "政府采购1万元", "参公1", "1年", "12,", "运行经费1，", "转移支付"]
)
def test_long_lines_are_read_quickly(piece: str) -> None:
    line = (piece * 20_000)[:20_000]
    with processor_seconds(1.5):
        facts.read(text("一、政府采购情况", line, line[:3900], *[line[:3900] + "。"] * 5))
