"""The small bureau with a narrative: passages, stated changes, terms, a project with parts, targets, facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.disclosure import Passage
from budget.model.records import Allocation, Fact, Indicator, Plan, Project, Records, StatedChange, Term
from tests.support.builders import forest

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure

FIRST = 101
"""Line of the first passage: the lines below are those of the tables."""
TEXT = (
    ("第一部分概况", "第一部分 概况"),
    ("第一部分概况", "本局有3个科室。"),
    ("第三部分说明", "第三部分 说明"),
    ("第三部分说明 › 一、收入说明", "一、收入说明"),
    ("第三部分说明 › 一、收入说明", "本年收入30.00万元，比上年减少2.00万元，下降6.25%，主要原因是苗木减少。"),
    ("第三部分说明 › 二、支出说明", "二、支出说明"),
    ("第三部分说明 › 二、支出说明", "森林资源培育13.01万元，培训费0.50万元。"),
    ("第三部分说明 › 二、支出说明", "工资合计170,000元，\t另有88.88万元。"),
    ("第四部分名词解释", "第四部分 名词解释"),
    ("第四部分名词解释 › 一、基本支出", "一、基本支出：用于日常运转。"),
    ("第四部分名词解释 › 二、“三公”经费", "二、“三公”经费：含公务接待费。"),
)


def change(subject: str, amount: int | None, line: int) -> StatedChange:
    """A stated change of so many 0.01 万元 that says nothing further."""
    return StatedChange(
        section="一",
        subject=subject,
        code="",
        amount_fen=None if amount is None else amount * 10_000,
        half_unit=5_000,
        printed="未安排" if amount is None else f"{amount / 100:.2f}万元",
        share_percent="",
        direction="",
        delta_fen=None,
        delta_half_unit=0,
        delta_printed="",
        percent="",
        base="",
        reason="",
        flags=(),
        line=line,
        page=None,
    )


def records(year: int = 2025) -> Records:
    """What the bureau says of a year; in 2024 it explains no terms."""
    now = year == 2025
    income = change("本年收入", 3000 if now else 3200, 105)._replace(
        direction="减少", delta_fen=2_000_000, delta_half_unit=5_000, delta_printed="2.00万元", percent="6.25",
        base="prior_budget", reason="苗木减少",
    )  # fmt: skip
    return Records(
        stated_changes=(
            income,
            change("政府性基金预算", None, 105)._replace(flags=("not_planned",)),
            change("农林水支出/林业和草原/森林资源培育", 1301, 107)._replace(code="2130205", share_percent="1..75"),
            change("森林资源培育", 1301, 107)._replace(code="2130205"),
            change("公务接待费", 50, 107),
            change("“三公”经费", 50, 107),
            change("没有的事项", 7, 107),
        ),
        projects=(_PROJECT,),
        allocations=(_PART,),
        plans=(_PLAN,),
        indicators=(_INDICATOR,),
        facts=(Fact("staffing", "in_service", "12", None, 0, "人", 102, None),),
        terms=_TERMS if now else (),
    )


_PROJECT = Project(
    1,
    "2025年苗木补助",
    "造林规划",
    80_000_000,
    5_000,
    "8万元",
    "林场",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    (),
    107,
    None,
)
_PART = Allocation(1, _PROJECT.name, 80_000_000, "树苗采购", 50_000_000, 5_000, "5万元", (), 107, None)
_PLAN = Plan(1, "project", _PROJECT.name, "", 80_000_000, None, None, None, None, 5_000, "绿起来", (), 108, None)
_INDICATOR = Indicator(
    plan=1,
    number=1,
    scope="project",
    project=_PROJECT.name,
    level1="产出",
    level2="数量",
    level3="成活株数",
    operator=">=",
    target_value="900",
    target_unit="株",
    target="≥900株",
    basis="",
    prior_value="",
    weight="10",
    scoring_rule="",
    evidence="",
    status="printed",
    line=108,
    page=None,
)
_TERMS = (Term("基本支出", "用于日常运转。", 110, None), Term("“三公”经费", "含公务接待费。", 111, None))


def talking(year: int = 2025, page: int | None = None) -> Disclosure:
    """The small bureau of a year with its narrative; `page`: the page of the last lines, those before are on page 1."""
    passages = tuple(
        Passage(FIRST + at, None if page is None else page if at > 7 else 1, heading, text)
        for at, (heading, text) in enumerate(TEXT)
    )
    return forest(year)._replace(passages=passages, records=records(year))
