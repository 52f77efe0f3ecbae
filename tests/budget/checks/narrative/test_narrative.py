"""What the narrative, the projects and the targets say: true as written, and seen where one figure is changed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from budget.checks import findings, tables
from budget.checks.catalogue import by_id
from budget.checks.narrative import reasons
from budget.checks.rule import Outcome, Ref
from budget.library.frames import frames
from loaders.load import load
from sample_data import paths
from tests.support.tiers import turns

if TYPE_CHECKING:
    from pathlib import Path

    from budget.checks.rule import Finding

D, H, R, N = Outcome.DISCREPANCY, Outcome.HINT, Outcome.ROUNDING, Outcome.NOT_CHECKED
TABLES = frozenset(check.id for check in tables.CHECKS)
"""Checks of the tables; the others are of what is said besides them."""
_SAMPLES = {path.stem: path for path in paths()}
CHANGED = (
    ("changji-2025", "（项）：53.95万元", "（项）：53.59万元", "stated_amount", D),
    ("changji-2025", "财政拨款结转50.54万元", "财政拨款结转55.54万元", "stated_amount", D),
    ("changji-2025", "占10.37%", "占10.73%", "stated_share", D),
    ("changji-2025", "下降5.90%", "下降9.50%", "stated_percent", D),
    ("changji-2025", "减少3.38万元，下降5.90%", "减少3.88万元，下降6.71%", "stated_changes_of_items", H),
    ("changji-2025", "减少244.10万元，下降82.85%", "减少224.10万元，下降81.60%", "stated_changes_of_sides", H),
    ("changji-2025", "预算安排规模：19.20万元", "预算安排规模：12.90万元", "project_total", D),
    ("changji-2025", "资金分配情况：差旅费19.2万元", "资金分配情况：差旅费91.2万元", "project_parts", H),
    ("changji-2025", "印刷费3.6万元", "印刷费6.6万元", "project_parts", D),
    ("changji-2025", "2025年1月1日-2025年5月30日", "2023年1月1日-2023年5月30日", "project_period", H),
    ("changji-2025", "政府采购工程预算0.00万元", "政府采购工程预算10.00万元", "procurement_sum", D),
    (
        "changji-2025",
        "小微企业预留政府采购项目预算金额126.67",
        "小微企业预留政府采购项目预算金额226.67",
        "procurement_reserved",
        D,
    ),
    ("changji-2025", "执法执勤用车0辆", "执法执勤用车2辆", "vehicle_sum", D),
    ("changji-2025", "实有30人，其中", "实有38人，其中", "staff_posts", H),
    ("changji-2025", "编制数33", "编制数23", "staff_posts", H),
    ("changji-2025", "单位价值100万元以上大型设备0台。", "单位价值100万元以上大型设备3台。", "large_equipment", H),
    ("changji-2025", "未安排购置车辆经费", "安排购置车辆1辆", "vehicle_purchase", H),
    ("changji-2025", "项目共5个", "项目共7个", "plan_count", H),
    ("changji-2025", "（2025年）", "（2024年）", "title_year", H),
    ("changji-2025", "占67.07%", "占67..07%", "number_form", H),
    ("changji-2025", "下降5.90%", "下降5.90%%", "number_form", H),
)
"""Sample, what it says, what it says instead, the check that sees it and the outcome."""
ACROSS = (
    ("减少3.38万元，下降5.90%", "减少4.38万元，下降7.51%", "change_between_years", D),
    ("在职30人，减少1人", "在职30人，减少3人", "staff_between_years", H),
    ("减少3.38万元，下降5.90%", "减少3.38万元，下降9.50%", "percent_between_years", D),
)
"""What a sample says of the year before, what it says instead, check and outcome."""


def _found(now: Path, before: Path | None = None) -> list[Finding]:
    baseline = frames([load(before)]) if before else None
    return [one for one in findings(frames([load(now)]), baseline) if one.check not in TABLES]


def _changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = _SAMPLES[name].read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{name}.txt"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def _odd(found: list[Finding]) -> set[tuple[str, Outcome]]:
    return {(one.check, one.outcome) for one in found if one.outcome in {D, H}}


def test_what_the_samples_show() -> None:
    first = _odd(_found(_SAMPLES["changji-2024"]))
    assert first == {("reason_staff", H), ("plan_count", H), ("target_operator", H), ("target_below_prior", H)}
    second = _odd(_found(_SAMPLES["changji-2025"], _SAMPLES["changji-2024"]))
    assert second == {
        *(("amount_unit", D), ("plan_of_project", D)),
        *((check, H) for check in ("asset_scale", "assets_between_years", "staff_between_years", "paired_moves")),
        *((check, H) for check in ("reason_funds", "reason_kind")),
        *((check, H) for check in ("plan_of_body", "target_below_prior", "project_end")),
    }
    third = _odd(_found(_SAMPLES["xinjiang-hq-2024"]))
    assert third == {(check, H) for check in ("target_weights", "target_below_prior", "target_scale")}


@pytest.mark.parametrize(("name", "old", "new", "check", "outcome"), CHANGED[:: turns(4)])
def test_a_changed_figure_is_seen(tmp_path: Path, name: str, old: str, new: str, check: str, outcome: Outcome) -> None:
    before = _odd(_found(_SAMPLES[name]))
    after = [one for one in _found(_changed(tmp_path, name, old, new)) if one.check == check]
    assert outcome in {one.outcome for one in after}, (before, [one.message for one in after])
    assert (check, outcome) not in before or len([one for one in after if one.outcome is outcome]) > 1


@pytest.mark.long
@pytest.mark.parametrize(("old", "new", "check", "outcome"), ACROSS)
def test_a_change_that_the_year_before_does_not_bear_out_is_seen(
    tmp_path: Path, old: str, new: str, check: str, outcome: Outcome
) -> None:
    before = [one for one in _found(_SAMPLES["changji-2025"], _SAMPLES["changji-2024"]) if one.check == check]
    path = _changed(tmp_path, "changji-2025", old, new)
    after = [one for one in _found(path, _SAMPLES["changji-2024"]) if one.check == check]
    assert [one.outcome for one in after].count(outcome) == [one.outcome for one in before].count(outcome) + 1


def test_the_year_before_must_be_the_year_before() -> None:
    found = _found(_SAMPLES["changji-2024"], _SAMPLES["changji-2025"])
    assert [one.outcome for one in found if one.check == "change_between_years"] == [N]
    assert not [one for one in found if one.check == "staff_between_years" and one.outcome is H]


def test_every_finding_says_where_and_what() -> None:
    for name, before in (("changji-2025", "changji-2024"), ("changji-2024", ""), ("xinjiang-hq-2024", "")):
        for one in _found(_SAMPLES[name], _SAMPLES[before] if before else None):
            assert by_id(one.check).title
            assert one.message.endswith("。")
            assert not one.message.endswith("。。")
            if one.outcome in {D, H, R}:
                assert one.refs
                assert all(ref.line for ref in one.refs), one
            if one.outcome is D:
                assert by_id(one.check).hard
            if one.left_fen is not None and one.right_fen is not None and one.difference_fen is not None:
                assert one.difference_fen == one.left_fen - one.right_fen


def test_hostile_text_is_no_reason_to_fail(tmp_path: Path) -> None:
    text = _SAMPLES["changji-2025"].read_text(encoding="utf-8")
    for number, odd in enumerate(
        ("[/red]\x1b[31m", "１２３，４５６．７８万元", "9" * 5_000, "²³人", "《" * 3_000, "预计1999年")[:: turns(3)]
    ):
        path = tmp_path / f"{number}.txt"
        path.write_text(text.replace("，", f"，{odd}"), encoding="utf-8")
        assert _found(path, _SAMPLES["changji-2024"])


def test_of_two_names_of_one_length_the_first_in_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names come out of a set, whose order changes from start to start."""
    monkeypatch.setattr(reasons, "reason_ref", lambda *_: Ref("", "stated_changes", "", ""))
    change = SimpleNamespace(
        subject="城乡社区支出/城管执法", reason="城乡社区管理事务和一般行政管理事务减少。", direction="减少"
    )
    names = ["一般行政管理事务", "城乡社区管理事务"]
    for order in (names, names[::-1]):
        (found,) = reasons._single(order, SimpleNamespace(name=lambda one: one.subject), change)  # type: ignore[arg-type]
        assert "“城乡社区管理事务”" in found.message


MEETINGS = """江洲市渔政局2031年部门预算

九、“三公”经费、会议费、培训费支出预算表

单位：万元

| 项目 | 金额 |
| --- | --- |
| 合计 | 9.00 |
| 公务接待费 | 2.00 |
| 会议费 | 4.00 |
| 培训费 | 3.00 |

第三部分 2031年部门预算情况说明

九、一般公共预算“三公”经费、会议费、培训费支出预算情况说明

江洲市渔政局2031年度一般公共预算拨款安排的会议费预算支出{amount}万元，比上年预算增加1.00万元。
"""


@pytest.mark.parametrize(("amount", "outcome"), [("4.00", Outcome.EXACT), ("5.00", D), ("3.50", N)])
def test_an_item_of_a_fund_is_looked_for_in_a_table_that_names_none(
    tmp_path: Path, amount: str, outcome: Outcome
) -> None:
    path = tmp_path / "meetings.md"
    path.write_text(MEETINGS.format(amount=amount), encoding="utf-8")
    (one,) = (one for one in _found(path) if one.check == "stated_amount" and "会议费" in one.message)
    assert one.outcome is outcome


def _small(tmp_path: Path, year: int, fund: str, amount: str, said: str = "") -> Path:
    """A document with one table, whose title may name a fund, and one sentence."""
    path = tmp_path / f"{year}.txt"
    table = f"{fund}“三公”经费支出预算表\n编制部门：某县水文站\t单位：万元\n项目\t预算数\n公务接待费\t{amount}\n"
    explained = f"第三部分 {year}年部门预算情况说明\n九、“三公”经费情况说明\n{said}\n"
    path.write_text(f"某县水文站{year}年部门预算公开\n{table}{explained}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("title", "change", "outcome"),
    [("", "2.00", "exact"), ("", "3.00", "not_checked"), ("一般公共预算", "3.00", "discrepancy")],
)
def test_a_table_that_names_no_fund_bears_out_and_accuses_nobody(
    tmp_path: Path, title: str, change: str, outcome: str
) -> None:
    said = f"公务接待费预算支出8.00万元，比上年预算减少{change}万元。"
    now = _small(tmp_path, 2025, title, "8.00", said)
    found = _found(now, _small(tmp_path, 2024, "一般公共预算", "10.00"))
    assert [one.outcome for one in found if one.check == "change_between_years"] == [Outcome(outcome)]
