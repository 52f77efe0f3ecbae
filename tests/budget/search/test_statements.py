from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.search.statements import hits
from budget.views import view_table
from budget.views.state import View
from tools.documents.strategies import share

if TYPE_CHECKING:
    from tests.budget.conftest import Two


def test_a_code_is_one_hit_at_its_place(small: Two) -> None:
    found = hits(small.frames, small.now, "2130205")
    assert [(hit.name, hit.where, hit.state.view) for hit in found] == [
        ("森林资源培育", "支出", View.EXPENDITURE),
        ("2025年苗木补助", "项目支出", View.PROJECT),
    ]
    assert found[0].state.path == ("213", "21302")
    assert found[0].state.cursor == "2130205"


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ("办公费", View.BASIC),
        ("bgf", View.BASIC),
        ("苗木", View.PROJECT),
        ("mmbz", View.PROJECT),
        ("公务接待", View.THREE_PUBLIC),
        ("防火", View.CARRYOVER),
        ("本年收入", View.OVERVIEW),
    ],
)
def test_labels_and_projects_are_found_where_they_are_shown(small: Two, query: str, view: View) -> None:
    (hit,) = hits(small.frames, small.now, query)
    assert hit.state.view is view


def test_lines_without_amounts_totals_and_nothing_are_not_found(small: Two) -> None:
    for query in ("财政专户", "总计", "", "  ", "[/项]", ".*", "(", "2130299"):
        assert hits(small.frames, small.now, query) == ()


def test_all_disclosures_are_searched_up_to_a_limit(small: Two) -> None:
    found = hits(small.frames, "", "森林")
    assert {hit.state.disclosure for hit in found} == {small.now, small.before}
    assert len(hits(small.frames, "", "2", limit=3)) == 3


def test_every_hit_shows_its_place(pair: Two) -> None:
    queries = ("2", "3", "支出", "费", "一般", "工作")
    for query in queries:
        found = hits(pair.frames, "", query)
        assert found
        for hit in found:
            assert hit.state.cursor in view_table(hit.state, pair.frames).frame["key"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=share(50))
@given(st.text(max_size=6))
def test_any_query_is_plain_text(small: Two, query: str) -> None:
    for hit in hits(small.frames, small.now, query):
        assert hit.state.disclosure == small.now
