from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.reading.pairing import likeness, pair
from budget.reading.rows import Amount, Row


def row(key: str, code: str = "", project: str = "", name: str = "", kind: str = "item", fen: int = 1) -> Row:
    amounts = {"total": Amount(fen, 5000)}
    return Row("project_expenditure", 1, "", kind, code, code, key, name, name, project, 1, None, None, amounts)


def project(name: str, code: str = "2130205") -> Row:
    return row(f"{code}/{name}", code, name, kind="project")


TRUE_PAIRS = [
    ("经办中心工作经费", "医保局医保经办中心公共耗材及工作经费"),
    ("基金监管工作经费", "医疗基金监管工作经费"),
    ("国务院特殊津贴专家周转金", "国务院特殊津贴专家保健医疗周转金"),
    ("2024年医疗救助补助资金", "2023年医疗救助补助资金"),
]
FALSE_PAIRS = [
    ("国务院特殊津贴专家周转金", "国务院特殊津贴专家保健医疗费"),
    ("机关运行补助经费", "机构运行经费"),
    ("机关运行补助经费", "长期护理保险工作经费"),
    ("医疗保障管理事务支出", "医疗保障政策管理项目"),
    ("工作经费", "专项资金"),
]


@pytest.mark.parametrize(("name", "other"), TRUE_PAIRS)
def test_the_same_project_under_another_name_is_near(name: str, other: str) -> None:
    assert likeness(name, other) > 0
    assert likeness(other, name) > 0


@pytest.mark.parametrize(("name", "other"), FALSE_PAIRS)
def test_another_project_is_not_near(name: str, other: str) -> None:
    assert likeness(name, other) == 0
    assert likeness(other, name) == 0


def test_no_threshold_on_the_ratio_would_do() -> None:
    true = SequenceMatcher(None, *TRUE_PAIRS[0], autojunk=False).ratio()
    false = SequenceMatcher(None, *FALSE_PAIRS[0], autojunk=False).ratio()
    assert round(true, 3) == 0.615
    assert round(false, 3) == 0.692


def test_each_name_is_given_to_its_best_partner_only() -> None:
    now = [project("基金监管工作经费"), project("基金监管信息系统")]
    before = [project("医疗基金监管工作经费"), project("医疗基金监管信息系统维护")]
    joined = pair(now, before)
    assert [(p.current.project, p.baseline.project, p.near) for p in joined if p.current and p.baseline] == [
        ("基金监管工作经费", "医疗基金监管工作经费", True),
        ("基金监管信息系统", "医疗基金监管信息系统维护", True),
    ]


def test_near_names_are_sought_within_one_code_only_and_can_be_undone() -> None:
    now, before = project("基金监管工作经费"), project("医疗基金监管工作经费")
    assert len(pair([now], [before])) == 1
    assert len(pair([now], [project("医疗基金监管工作经费", "2130299")])) == 2
    assert len(pair([now], [before], frozenset({now.line_key}))) == 2


def test_an_equal_name_outranks_a_near_one() -> None:
    now = [project("医疗基金监管工作经费")]
    before = [project("基金监管工作经费"), project("医疗基金监管工作经费")]
    joined = {p.row.project: p for p in pair(now, before)}
    assert joined["医疗基金监管工作经费"].baseline is before[1]
    assert not joined["医疗基金监管工作经费"].near
    assert joined["基金监管工作经费"].current is None


def test_lines_without_a_code_are_never_near() -> None:
    now = [project("关于提前下达2025年中央补助资金的通知", "")]
    assert len(pair(now, [project("关于提前下达2024年中央补助资金的通知", "")])) == 2


def test_a_renamed_item_joins_by_its_code() -> None:
    joined = pair([row("2101501", "2101501", name="行政运行")], [row("2101501", "2101501", name="行政 运行（局）")])
    assert len(joined) == 1
    assert not joined[0].near


def test_gone_lines_stay_near_their_siblings() -> None:
    now = [row("210", "210"), row("211", "211"), row("221", "221")]
    before = [row("208", "208"), row("210", "210"), row("2101", "21015"), row("221", "221"), row("229", "229")]
    assert [p.row.code for p in pair(now, before)] == ["208", "210", "21015", "211", "221", "229"]


def test_a_flood_of_projects_is_joined_without_near_names() -> None:
    now, before = [project(f"{n}号林区{n}") for n in range(300)], [project(f"{n}区林号{n}") for n in range(300)]
    joined = pair(now, before)
    assert len(joined) == 600


CODES = st.sampled_from(["", "208", "20805", "2080505", "213", "2130205"])
NAMES = st.text(alphabet="林草局防火物资补助经费2024", max_size=8)
ROWS = st.lists(
    st.builds(
        row,
        key=st.text(alphabet="abc", min_size=1, max_size=2),
        code=CODES,
        project=NAMES,
        kind=st.sampled_from(["item", "project", "grand_total", "body", "source"]),
        fen=st.integers(-9, 9),
    ),
    max_size=9,
)


@given(ROWS, ROWS)
def test_the_join_is_a_full_outer_join_that_loses_nothing(now: list[Row], before: list[Row]) -> None:
    joined = pair(now, before)
    assert Counter(id(p.current) for p in joined if p.current) == Counter(map(id, now))
    assert Counter(id(p.baseline) for p in joined if p.baseline) == Counter(map(id, before))
    assert all(p.current or p.baseline for p in joined)
    assert [p.current for p in joined if p.current] == now  # the document's own order
    assert all(p.current and p.baseline and p.current.code == p.baseline.code for p in joined if p.near)


@given(ROWS)
def test_a_document_compared_with_itself_has_no_new_or_gone_line(rows: list[Row]) -> None:
    assert all(p.current and p.baseline and not p.near for p in pair(rows, rows))
