"""The view of targets, and which of them lie below last year's result."""

from __future__ import annotations

import pytest

from budget.library.frames import frames
from budget.model.disclosure import MoneyUnit
from budget.reading.stated_changes import below_prior
from budget.views import enter, view_table
from budget.views.state import Scope, View, ViewState
from budget.views.table import Change
from tests.support.making_records import indicator, plan, speaking


@pytest.mark.parametrize(
    ("operator", "value", "unit", "prior", "below"),
    [
        (">=", "115.19", "万人", "116.31万人", True),
        (">=", "1,531.97", "万人", "=1556.41万人", True),
        (">", "95", "%", "99.99％", True),
        (">=", "95", "%", "95%", False),
        (">=", "95", "%", "0.99", False),  # another unit, or none
        (">=", "95", "%", "100", False),
        (">=", "95", "%", "≥99%", False),  # no number
        ("<=", "86", "万元", "90万元", False),  # less is better
        ("=", "86", "人", "90人", False),  # exact is best
        (">=", "900", "株", "/", False),
        (">=", "多", "", "更多", False),
        (">=", "1", "万人", "9000人", False),
        (">=", "9" * 40, "人", "9" * 41 + "人", False),
    ],
)
def test_below_last_years_result(operator: str, value: str, unit: str, prior: str, below: bool) -> None:
    assert below_prior(indicator("甲", operator, value, unit, prior)) is below


def test_what_could_not_be_rejoined_is_marked_and_not_compared() -> None:
    doubtful = indicator("甲", ">=", "1", "人", "2人", status="uncertain")
    document = speaking(2025, plans=(plan(1, "造林", "5.00"),), indicators=(doubtful,))
    table = view_table(ViewState(document.head.disclosure_id, view=View.TARGETS), frames([document]))
    assert table.frame.filter(name="甲").select("mark", "note").rows() == [
        ("分栏存疑", "各栏的分界不能确定，照原文列出")
    ]


def test_plans_with_their_money_goal_flags_and_indicators() -> None:
    document = speaking(
        2025,
        plans=(
            plan(1, "", own_level_fen=5_000_000, goal="全\n局"),
            plan(2, "造林", "5.00", appropriation_fen=5_000_000, flags=("weights_sum",)),
        ),
        indicators=(
            indicator("覆盖率", ">=", "90", "%", "95%", weight="20"),
            indicator("株数", ">=", "9", "株", plan=2, project="造林"),
        ),
    )
    held = frames([document])
    state = ViewState(document.head.disclosure_id, view=View.TARGETS)
    table = view_table(state, held)
    assert table.frame.select("key", "name", "total", "level").rows() == [
        ("1", "整体绩效目标", None, 0),
        ("1/own_level_fen", "其中：本级资金", 5_000_000, 1),
        ("1/goal", "目标：全 局", None, 1),
        ("1/1", "覆盖率", None, 1),
        ("2", "造林", 5_000_000, 0),
        ("2/appropriation_fen", "其中：财政拨款", 5_000_000, 1),
        ("2/1", "株数", None, 1),
    ]
    assert table.frame.filter(key="2")["note"].item() == "权重合计不是90或100"
    assert table.notes == ("1 项目标低于上年完成值",)
    assert enter(state, held, "2/1").scope == "造林"
    assert enter(state, held, "1/1") == state


def test_the_scope_and_the_filter_keep_what_is_asked_for() -> None:
    document = speaking(
        2025,
        plans=(plan(1, "造林"), plan(2, "修路")),
        indicators=(
            indicator("株数", ">=", "9", "株", "10株", project="造林"),
            indicator("里程", ">=", "9", "公里", "8公里", plan=2, project="修路"),
        ),
    )
    held = frames([document])
    state = ViewState(document.head.disclosure_id, view=View.TARGETS, scope=Scope.BELOW_PRIOR)
    assert view_table(state, held).frame["name"].to_list() == ["造林", "株数"]
    every = state.replace(scope=Scope.ALL_TARGETS)
    assert view_table(every.replace(filter="修路"), held).frame["name"].to_list() == ["修路", "里程"]
    assert view_table(every.replace(filter="低于上年"), held).frame["name"].to_list() == ["株数"]


def test_two_years_are_joined_by_near_names_of_projects_and_indicators() -> None:
    now = speaking(
        2025,
        plans=(plan(1, "林区道路管护", "5.00"),),
        indicators=(
            indicator("2025年管护道路里程", ">=", "9", "公里", number=1),
            indicator("印刷费", "<=", "1", "万元", number=2),
        ),
    )
    before = speaking(
        2024,
        plans=(plan(1, "林区道路管护经费", "4.00"),),
        indicators=(
            indicator("2024年管护道路里程", ">=", "8", "公里", number=1),
            indicator("办公费、印刷费、差旅费、邮电费、培训费、会议费等各项支出", "<=", "3", "万元", number=2),
        ),
    )
    held = frames([now, before])
    state = ViewState(now.head.disclosure_id, before.head.disclosure_id, View.TARGETS, unit=MoneyUnit.YUAN)
    table = view_table(state, held).frame
    assert table.select("name", "target@baseline", "change", "near").rows() == [
        ("林区道路管护", "", Change.CHANGED, "林区道路管护经费"),
        ("2025年管护道路里程", ">=8公里", Change.CHANGED, "2024年管护道路里程"),
        ("印刷费", "", Change.NEW, None),
        ("办公费、印刷费、差旅费、邮电费、培训费、会议费等各项支出", "<=3万元", Change.GONE, None),
    ]
    undone = view_table(state.replace(unpaired=frozenset({"1/1"})), held).frame
    assert undone["change"].to_list().count(Change.GONE) == 2


def test_a_document_without_targets_says_so() -> None:
    document = speaking(2025)
    assert view_table(ViewState(document.head.disclosure_id, view=View.TARGETS), frames([document])).notes == (
        "没有读到绩效目标表",
    )
