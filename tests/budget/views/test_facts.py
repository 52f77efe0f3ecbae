"""The view of facts: figures as printed, and rates only where both figures are."""

from __future__ import annotations

import re

import pytest

from budget.library.frames import frames
from budget.model.fact_names import TOPICS, fact_title
from budget.model.money import number_of, quantity_of, quantity_text
from budget.views import row_detail, view_table
from budget.views.state import View, ViewState
from budget.views.table import Change
from loaders.narrative import facts
from tests.support.making_records import WAN, fact, speaking

PERSONS = fact("staffing", "in_service", "12", "人", line=76)


def test_rates_are_computed_with_their_formula() -> None:
    document = speaking(2025, facts=(PERSONS,))
    table = view_table(ViewState(document.head.disclosure_id, view=View.FACTS), frames([document]))
    rates = table.frame.filter(topic="人均车均")
    assert rates.select("name", "total", "total#status", "note").rows() == [
        ("人员经费／在职人员", 17 * WAN // 12, "computed", "表6 人员经费 17.00 ÷ 在职人员 12人（第76行）"),
        ("公用经费／在职人员", WAN // 12, "computed", "表6 公用经费 1.00 ÷ 在职人员 12人（第76行）"),
        ("基本支出／在职人员", 18 * WAN // 12, "computed", "表6 合计 18.00 ÷ 在职人员 12人（第76行）"),
        ("公务用车运行费／车辆", None, None, "不能计算：没有表10 公务用车运行费、车辆"),
    ]


@pytest.mark.parametrize(
    "persons",
    [
        (),
        (PERSONS._replace(value="0"),),
        (PERSONS._replace(value="若干"),),
        (PERSONS, PERSONS._replace(value="13")),  # printed twice, and differently
    ],
)
def test_without_a_sure_number_of_persons_there_is_no_rate(persons: tuple[object, ...]) -> None:
    document = speaking(2025, facts=persons)
    table = view_table(ViewState(document.head.disclosure_id, view=View.FACTS), frames([document]))
    assert table.frame.filter(topic="人均车均")["total"].null_count() == 4


def test_both_years_stand_side_by_side() -> None:
    now = speaking(
        2025,
        facts=(
            PERSONS,
            fact("assets", "planned_vehicles", "未安排"),
            fact("procurement", "goods", "2.00", "万元", "2.00"),
        ),
    )
    before = speaking(
        2024,
        facts=(
            PERSONS._replace(value="10"),
            fact("procurement", "goods", "3.00", "万元", "3.00"),
            fact("assets", "vehicles", "1", "辆"),
        ),
    )
    held = frames([now, before])
    state = ViewState(now.head.disclosure_id, before.head.disclosure_id, View.FACTS)
    table = view_table(state, held)
    rows = {row["key"]: row for row in table.frame.iter_rows(named=True)}
    persons = rows["staffing/in_service"]
    assert (persons["count"], persons["count@baseline"], persons["count@delta"]) == (12, 10, 2)
    assert persons["change"] == Change.CHANGED
    assert rows["procurement/goods"]["total@delta"] == -WAN
    assert rows["assets/planned_vehicles"]["name"] == "计划购置车辆：未安排"
    assert rows["assets/vehicles"]["change"] == Change.NONE  # not printed is not gone
    assert rows["rate/total"]["total@delta"] == 18 * WAN // 12 - 18 * WAN // 10
    for key in table.frame["key"]:
        assert row_detail(state, held, table, key) is not None


def test_assets_far_beyond_the_budget_are_doubted_and_kept() -> None:
    document = speaking(2025, facts=(fact("assets", "furniture_value", "237,619.98", "万元", "237619.98"),))
    table = view_table(ViewState(document.head.disclosure_id, view=View.FACTS), frames([document]))
    (row,) = table.frame.filter(topic="国有资产").iter_rows(named=True)
    assert (row["name"], row["total"]) == ("家具价值", 237_619_980_000)
    assert row["note"] == "远大于预算总额，单位可能有误，按原文"


def test_every_figure_that_is_read_has_a_chinese_name() -> None:
    keys = {key for topic in facts.TOPICS for one in topic.subjects for key in (one.count, one.money) if key}
    assert {topic.name for topic in facts.TOPICS} <= set(TOPICS)
    assert len(keys) > 50
    assert all(re.search(r"[\u4e00-\u9fff]", fact_title(key)) for key in keys)
    assert all("计划购置" in fact_title(f"planned_{key}") for key in keys if "vehicles" in key and "value" not in key)
    assert fact_title("in_service_change") == "在职人员增减"
    assert fact_title("strange") == "strange"


def test_numbers_and_their_units() -> None:
    assert [number_of(text) for text in ("1,234.5", "１２", "-3", "1..75", "12人", "")] == [
        1234.5,
        12,
        -3,
        None,
        None,
        None,
    ]
    found = quantity_of("116.31 万人")
    assert found is not None
    assert (float(found.number), found.unit) == (116.31, "万人")
    assert [quantity_of(text) for text in ("≥5人", "5-6人", "5人至6人", "/", "提升")] == [None] * 5
    assert [quantity_text(value) for value in (30.0, 1234.5, 0.0, -1.0, 0.1)] == ["30", "1,234.5", "0", "-1", "0.1"]
