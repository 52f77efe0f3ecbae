"""Names of codes: learnt by year, with a hint only where an attested name speaks against a code."""

from __future__ import annotations

import pytest

from budget.library.frames import frames
from budget.reading.code_names import bare, belongs, hint
from budget.views import enter, view_table
from budget.views.state import Scope, View, ViewState
from tests.support.builders import T3, T6, R, disclosure


@pytest.mark.parametrize(
    ("code", "name", "year", "said"),
    [
        ("30205", "水费", 2024, ""),
        ("30205", "邮电费", 2024, "此名称的编码是 30207"),
        ("2080505", "机关事业单位基本养老保险缴费支出", 2024, ""),
        ("30311", "住房公积金", 2017, ""),
        ("30311", "住房公积金", 2024, "2017 年以后的科目不用此名"),
        ("30213", "维修(护)费", 2024, ""),  # other brackets
        ("30205", "自来水开支", 2024, ""),  # nobody prints this of any code
        ("2130201", "行政运行", 2024, ""),  # the name of many codes
        ("30205", "邮电费", None, ""),
    ],
)
def test_a_hint_needs_an_attested_name(code: str, name: str, year: int | None, said: str) -> None:
    assert hint(code, name, year) == said


def test_a_name_belongs_to_its_code_in_its_years_alone() -> None:
    assert [belongs("30311", "住房公积金", year) for year in (2017, 2018, None)] == [True, False, False]
    assert [belongs("30113", "住房公积金", year) for year in (2017, 2018)] == [False, True]
    assert not belongs("30311", "自来水开支", 2017), "of what nobody prints nothing is known"


def test_what_two_bodies_print_in_a_year_is_a_name_of_it() -> None:
    learnt = {("30205", 2024): frozenset({bare("邮电费")})}
    assert hint("30205", "邮电费", 2024, learnt) == ""
    assert hint("30205", "邮电费", 2023, learnt) != ""


def test_names_are_listed_with_their_years_and_open_where_they_are_printed() -> None:
    water = [R("30205", "水费", {"total": "1.00"}), R("302", "商品和服务支出", {"total": "1.00"})]
    post = [R("30205", "邮电费", {"total": "1.00"})]
    documents = [
        disclosure(2022, {T6: water}),
        disclosure(2023, {T6: water}),
        now := disclosure(2025, {T6: water, T3: [R("213", "农林水支出", {"total": "1.00"}, project="造林")]}),
        disclosure(2025, {T6: post}, body="某州水利局"),
    ]
    held = frames(documents)
    state = ViewState(now.head.disclosure_id, view=View.CODES, scope=Scope.PRINTED_NAMES)
    own = view_table(state, held).frame
    assert own.select("code", "name", "years", "documents", "note").rows() == [
        ("302", "商品和服务支出", "2022–2023、2025", 3, None),
        ("30205", "水费", "2022–2023、2025", 3, None),
    ]
    learnt = view_table(state.replace(scope=Scope.LEARNT_NAMES), held).frame
    assert learnt.filter(name="邮电费")["note"].to_list() == ["此名称的编码是 30207"]
    places = enter(state, held, own["key"][1])
    assert view_table(places, held).frame.height == 3
    printed = enter(places, held, "0")
    assert (printed.view, printed.scope, printed.cursor) == (View.STATEMENT, T6, "30205")
