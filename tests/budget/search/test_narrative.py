from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.library.frames import Frames, frames
from budget.model.disclosure import Passage
from budget.search.narrative import MOST_LINES, record_places, text_places
from budget.views import view_table
from budget.views.state import View, ViewState
from tests.support.builders import forest
from tests.support.talking import talking
from tools.documents.strategies import share


@pytest.fixture(scope="module")
def held() -> Frames:
    return frames([talking()])


def found(held: Frames, query: str) -> list[tuple[View, str]]:
    own = held.disclosures["disclosure_id"].item()
    return [(state.view, name) for _, name, state in record_places(held, own, query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("苗木补助", (View.ONE_PROJECT, "2025年苗木补助")),
        ("mmbz", (View.ONE_PROJECT, "2025年苗木补助")),
        ("造林", (View.ONE_PROJECT, "2025年苗木补助")),  # in the basis
        ("树苗", (View.ONE_PROJECT, "树苗采购")),
        ("绿起来", (View.TARGETS, "2025年苗木补助")),
        ("chzs", (View.TARGETS, "成活株数")),
        ("苗木减少", (View.STATED, "本年收入")),
        ("2130205", (View.STATED, "森林资源培育")),
        ("zzry", (View.FACTS, "在职人员")),
        ("基本支出", (View.GLOSSARY, "基本支出")),
        ("3个科室", (View.TEXT, "本局有3个科室。")),
        ("88.88", (View.TEXT, "工资合计170,000元,另有88.88万元。")),
    ],
)
def test_everything_that_is_said_is_found(held: Frames, query: str, first: tuple[View, str]) -> None:
    assert found(held, query)[0] == first


def test_every_place_is_there(held: Frames) -> None:
    own = held.disclosures["disclosure_id"].item()
    for query in ("基本", "苗木", "支出", "成活", "在职", "三公", "1"):
        for _, _, state in record_places(held, own, query):
            keys = view_table(state, held).frame["key"].to_list()
            assert state.cursor in keys or (state.view is View.ONE_PROJECT and not state.cursor and keys)


def test_the_lines_of_a_text_are_found_as_far_as_a_limit(held: Frames) -> None:
    one = forest()
    texts = tuple(Passage(at, None, "", "某 行") for at in range(1, MOST_LINES + 9))
    long = frames([one._replace(passages=texts)])
    state = ViewState(disclosure=one.head.disclosure_id)
    assert len(list(text_places(long, state, "某行"))) == MOST_LINES
    assert [place.cursor for _, _, place in text_places(held, state, "")] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=share(50), deadline=None)
@given(st.text(max_size=6))
def test_any_query_is_plain_text(held: Frames, query: str) -> None:
    assert isinstance(found(held, query), list)
