"""What the document says of a row, and how it stands against last year's tables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from budget.library.frames import Frames, frames
from budget.model.disclosure import MoneyUnit, Phase
from budget.reading.stated_changes import Verdict
from budget.views import row_detail, view_table
from budget.views.row.mentions import Mention, mentions_of_row, subject_key
from budget.views.sources import sources
from budget.views.state import Scope, View, ViewState
from loaders.load import load
from tests.support.builders import forest
from tests.support.making_records import change, part, project, speaking

if TYPE_CHECKING:
    from budget.model.records import StatedChange

ROADS, TREES = "2130204", "2130205"
PATH = ("213", "21302")


def said(
    code: str, *changes: StatedChange, scope: Scope = Scope.ALL_FUNDS, compare: bool = True
) -> tuple[Mention, ...]:
    now, before = speaking(2025, stated_changes=changes), forest(2024)
    held = frames([now, before])
    baseline = before.head.disclosure_id if compare else ""
    state = ViewState(now.head.disclosure_id, baseline, View.EXPENDITURE, scope, PATH)
    detail = row_detail(state, held, view_table(state, held), code)
    assert detail is not None
    return detail.mentions


def test_the_line_of_the_design() -> None:
    stated = change("12.00", "0.00", "增加", code=ROADS, percent="0.00", reason="主要原因是没有变化", line=941)
    assert said(ROADS, stated) == (
        Mention(
            "自述 12.00，比上年增加 0.00，增长 0.00%",
            Verdict.AGREES,
            "与2024年表5一致（口径：一般公共预算）",
            "主要原因是没有变化",
            (),
            941,
        ),
    )


def test_other_scopes_are_compared_in_their_own() -> None:
    # all funds show 13.01, of which 8.00 are general public budget: what is said of those is not wrong
    stated = change("8.00", "0.00", "增加", code=TREES)
    (found,) = said(TREES, stated)
    assert (found.verdict, found.against) == (Verdict.AGREES, "与2024年表5一致（口径：一般公共预算）")
    (found,) = said(TREES, stated, scope=Scope.GENERAL_PUBLIC)
    assert found.words == "自述 8.00，比上年增加 0.00"


def test_what_all_funds_print_is_compared_with_all_funds() -> None:
    (found,) = said(TREES, change("13.01", "0.00", "增加", code=TREES))
    assert (found.verdict, found.against) == (Verdict.AGREES, "与2024年表3一致")


def test_a_false_difference_and_a_false_amount() -> None:
    (found,) = said(TREES, change("8.00", "3.00", "增加", code=TREES))
    assert (found.verdict, found.against) == (Verdict.DIFFERS, "与2024年表5相比为 0.00（口径：一般公共预算）")
    (found,) = said(TREES, change("9.00", "3.00", "增加", code=TREES))
    assert (found.verdict, found.against) == (Verdict.DIFFERS, "表5为 8.00（口径：一般公共预算）")


def test_what_is_compared_with_the_executed_amount_is_said_and_left_alone() -> None:
    stated = change("8.00", "3.00", "增加", code=TREES, base="prior_executed", base_printed="5.00万元")
    (found,) = said(TREES, stated)
    assert found.words == "自述 8.00，比上年执行数 5.00 增加 3.00（口径：一般公共预算）"
    assert (found.verdict, found.against) == (Verdict.UNCHECKED, "与上年执行数相比，未核对")


def test_a_rate_without_a_difference_and_an_unchanged_amount_read_well() -> None:
    (found,) = said(TREES, change("8.00", "", "增加", code=TREES, percent="32.33"))
    assert found.words == "自述 8.00，比上年增长 32.33%（口径：一般公共预算）"
    (found,) = said(TREES, change("8.00", "", "持平", code=TREES, base="prior_executed", base_printed="8.00万元"))
    assert found.words == "自述 8.00，与上年执行数 8.00 持平（口径：一般公共预算）"


def test_without_a_baseline_nothing_is_judged() -> None:
    (found,) = said(TREES, change("8.00", "3.00", "增加", code=TREES), compare=False)
    assert (found.verdict, found.against) == (Verdict.UNCHECKED, "")


@pytest.mark.parametrize("other", [{"phase": Phase.FINAL_ACCOUNTS}, {"body": "别局"}, {"fiscal_year": 2023}])
def test_another_baseline_than_last_years_budget_proves_nothing(other: dict[str, Any]) -> None:
    now = speaking(2025, stated_changes=(change("8.00", "3.00", "增加", code=TREES),))
    before = forest(2024)
    before = before._replace(head=before.head._replace(**other))
    state = ViewState(now.head.disclosure_id, before.head.disclosure_id, View.EXPENDITURE, Scope.ALL_FUNDS, PATH)
    held = frames([now, before])
    detail = row_detail(state, held, view_table(state, held), TREES)
    assert detail is not None
    assert detail.mentions[0].verdict is Verdict.UNCHECKED
    assert detail.mentions[0].against.startswith("对比的不是本单位上年预算，未核对")


def test_flags_are_said_in_words() -> None:
    (found,) = said(TREES, change("8.00", "3.00", "增加", code=TREES, flags=("unit_doubtful", "strange")))
    assert found.odd == ("单位可能有误", "strange")
    (found,) = said(TREES, change(code=TREES, printed="未安排", flags=("not_planned",)))
    assert (found.words, found.odd) == ("自述 未安排（口径：一般公共预算）", ())


def test_totals_and_labels() -> None:
    changes = (
        change("18.00", "0.00", "增加", subject="基本支出", line=1),
        change("18.00", "0.00", "增加", subject="基本支出", line=2),
        change("17.00", "0.00", "增加", subject="项目支出", line=3),
        change("0.50", "0.00", "增加", subject="公务接待费", line=4),
        change("0.50", "0.00", "增加", subject="“三公”经费", line=5),
        change("5.00", subject="上年结转结余", line=6),
    )
    now, before = speaking(2025, stated_changes=changes), forest(2024)
    found = sources(ViewState(now.head.disclosure_id, before.head.disclosure_id, View.STATEMENT), frames([now, before]))
    lines = {
        (statement, row.name): [(one.line, one.verdict) for one in mentions_of_row(found, row, MoneyUnit.WAN)]
        for statement, rows in found.current.rows.items()
        for row in rows
    }
    good = Verdict.AGREES
    assert lines["expenditure_detail", "总计"] == [(1, good), (3, good)]
    assert lines["general_public_expenditure", "总计"] == [(2, good)]
    assert lines["three_public_expenses", "公务接待费"] == [(4, good)]
    assert lines["three_public_expenses", "总计"] == [(5, good)]
    assert lines["three_public_expenses", "因公出国（境）费"] == []
    assert lines["revenue_expenditure_summary", "上年结转结余"] == [(6, Verdict.UNCHECKED)]


def test_the_basic_and_the_project_view_say_what_is_said_of_their_totals() -> None:
    changes = (
        change("18.00", "0.00", "增加", subject="基本支出"),
        change("17.00", "2.00", "减少", subject="项目支出"),
    )
    now, before = speaking(2025, stated_changes=changes), forest(2024)
    held = frames([now, before])
    state = ViewState(now.head.disclosure_id, before.head.disclosure_id, View.BASIC, Scope.BY_FUNCTION)
    said = "自述 基本支出 18.00，比上年增加 0.00（与2024年表3一致）"
    assert said in view_table(state, held).notes
    assert said not in view_table(state.replace(path=("213",)), held).notes
    by_class = view_table(state.replace(scope=Scope.BY_ECONOMIC), held)
    assert "自述 基本支出 18.00，比上年增加 0.00（与2024年表6一致）" in by_class.notes
    notes = view_table(state.replace(view=View.PROJECT, scope=Scope.NONE), held).notes
    assert "自述 项目支出 17.00，比上年减少 2.00（不符：与2024年表3相比为 0.00）" in notes


def test_names_of_sources_and_expenses() -> None:
    assert subject_key("一般公共预算") == subject_key("一般公共预算拨款") == subject_key("一般财力")
    assert subject_key("上级一般公共预算安排的转移支付资金") == subject_key("上级一般公共预算安排转移支付")
    assert subject_key("财政专户管理资金") == subject_key("财政专户核拨")
    assert subject_key("公务用车运行维护费") == subject_key("公务用车运行费")
    assert subject_key("政府性基金预算") != subject_key("国有资本经营预算")
    assert subject_key("资金预算") == ""


def test_a_project_says_amount_period_and_parts() -> None:
    described = project("林区道路管护", "4.00", period="2025年。", policy_basis="管护办法")
    now = speaking(2025, projects=(described,), allocations=(part("砂石", "3.00"), part("人工", "1.00")))
    held = frames([now])
    state = ViewState(now.head.disclosure_id, view=View.PROJECT)
    detail = row_detail(state, held, view_table(state, held), f"{ROADS}/林区道路管护")
    assert detail is not None
    (found,) = detail.mentions
    assert found.words == "自述 4.00，2025年，构成 2 项"
    assert (found.verdict, found.against, found.reason) == (Verdict.AGREES, "各部分合计相符", "依据：管护办法")


@pytest.fixture(scope="module")
def originals() -> tuple[Frames, str, str]:
    """The pair of originals, read; skipped where they are not at hand."""
    shared = os.environ.get("YUSUAN_SHARED")
    if not shared:
        pytest.skip("YUSUAN_SHARED is not set: the originals are not at hand")
    now, before = (load(Path(shared) / "disclosures" / f"changji-{year}.txt") for year in (2025, 2024))
    return frames([now, before]), now.head.disclosure_id, before.head.disclosure_id


def test_every_stated_change_of_the_original_stands_beside_a_row_and_agrees(originals: tuple[Frames, str, str]) -> None:
    held, now, before = originals
    found = sources(ViewState(now, before, View.EXPENDITURE), held)
    by_line = {
        one.line: one
        for rows in found.current.rows.values()
        for row in rows
        if not row.project
        for one in mentions_of_row(found, row, MoneyUnit.WAN)
        if one.line is not None
    }
    stated = {change.line: change for change in found.records.stated_changes}
    assert {stated[line].subject for line in stated.keys() - by_line.keys()} == {"机关运行经费财政拨款预算"}
    compared = [line for line in by_line if stated[line].direction]
    assert len(compared) == 23
    assert {by_line[line].verdict for line in compared} == {Verdict.AGREES}
    assert by_line[941].words == "自述 406.77，比上年减少 22.36，下降 5.21%"
