"""The views of what a document says in words, and where Enter leads from them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.export.table import to_csv, to_markdown
from budget.library.frames import frames
from budget.model.disclosure import Passage
from budget.model.records import Records
from budget.reading.disclosure import opened
from budget.views import enter, jump, leave, view_table
from budget.views.state import Scope, Sort, View, ViewState
from budget.views.text.glossary import NO_TERMS, explain
from budget.views.text.lines import NO_TEXT, contents
from budget.views.text.links import links
from budget.views.text.repeats import leave_text, repeated, row_of_stated
from tests.budget.conftest import Two
from tests.support.builders import forest
from tests.support.talking import TEXT, change, talking
from tools.documents.strategies import share


@pytest.fixture(scope="module")
def said() -> Two:
    now, before = talking(2025), talking(2024)
    return Two(frames([before, now]), now.head.disclosure_id, before.head.disclosure_id)


def whole(said: Two, **more: object) -> ViewState:
    return ViewState(disclosure=said.now, view=View.TEXT, scope=Scope.FULL_TEXT.value).replace(**more)


def test_the_text_has_every_line_with_its_heading(said: Two) -> None:
    table = view_table(whole(said), said.frames)
    assert [column.id for column in table.columns] == ["line", "heading", "name"]
    assert table.frame["line"].to_list() == list(range(101, 101 + len(TEXT)))
    assert table.frame["heading"].to_list() == [heading for heading, _ in TEXT]
    assert table.frame["name"].to_list() == [text.replace("\t", "  ") for _, text in TEXT]
    exported = to_csv(table).decode("utf-8-sig").splitlines()
    assert exported[0] == "行,标题,文本"
    assert exported[2] == "102,第一部分概况,本局有3个科室。"
    assert "本局有3个科室" in to_markdown(table).decode("utf-8")


def test_pages_are_shown_where_there_are_any() -> None:
    one = talking(page=7)
    table = view_table(ViewState(disclosure=one.head.disclosure_id, view=View.TEXT), frames([one]))
    assert table.frame["page"].to_list() == [1] * 8 + [7] * 3


def test_the_filter_of_the_text_takes_words_literally(said: Two) -> None:
    assert view_table(whole(said, filter="苗木"), said.frames).frame["key"].to_list() == ["105"]
    table = view_table(whole(said, filter="smjs"), said.frames)
    assert (table.frame.height, table.hidden) == (0, len(TEXT))


def test_the_contents_are_the_headings(said: Two) -> None:
    state = whole(said, scope=Scope.CONTENTS.value)
    table = view_table(state, said.frames)
    shown = list(table.frame.select("key", "level", "name", "length").iter_rows())
    assert shown[:4] == [
        ("101", 0, "第一部分概况", 2),
        ("103", 0, "第三部分说明", 1),
        ("104", 1, "一、收入说明", 2),
        ("106", 1, "二、支出说明", 3),
    ]
    opened = enter(state, said.frames, "106")
    assert (opened.scope, opened.cursor) == (Scope.FULL_TEXT, "106")
    assert leave_text(opened.replace(cursor="108"), said.frames).cursor == "106"
    assert leave(state).view is View.OVERVIEW


def test_a_document_without_text_says_so() -> None:
    held = frames([forest()])
    for scope in (Scope.FULL_TEXT, Scope.CONTENTS):
        state = ViewState(disclosure=held.disclosures["disclosure_id"].item(), view=View.TEXT, scope=scope.value)
        assert view_table(state, held).notes == (NO_TEXT,)
        assert enter(state, held, "") == state
        assert leave_text(state, held).cursor == ""


def test_amounts_of_the_text_are_linked_to_the_rows_that_have_them(said: Two) -> None:
    titles = [place.title for place in repeated(whole(said), said.frames, 105)]
    assert titles == ["30.00万元  表1 · 本年收入 · 合计"]  # the row that the line names; a difference repeats none
    (named, *_) = repeated(whole(said), said.frames, 107)
    assert named.state.cursor == "2130205"
    unnamed = [place.state.cursor for place in repeated(whole(said), said.frames, 108)]
    assert unnamed == ["总计", "213", "21302", "总计", "301", "30101"]  # whatever has 17.00 万元, printed in 元
    assert repeated(whole(said), said.frames, 102) == ()


def test_links_mark_the_amounts_where_they_stand(said: Two) -> None:
    found = links(said.frames, said.now)
    text = dict(zip(range(101, 120), (text.replace("\t", "  ") for _, text in TEXT), strict=False))
    marked = {line: [text[line][link.start : link.end] for link in own] for line, own in found.items() if line > 100}
    assert marked == {105: ["30.00万元"], 107: ["13.01万元", "0.50万元"], 108: ["170,000元"]}


def test_the_rows_of_a_table_are_linked_to_themselves() -> None:
    one = forest()
    texts = tuple(Passage(number, None, "", "本年收入 30.00" if number == 1 else "") for number in range(1, 9))
    held = frames([one._replace(passages=texts)])
    (link,) = links(held, one.head.disclosure_id)[1]
    assert link.own
    assert (link.start, link.end, link.targets[0].row_no) == (5, 10, 1)


def test_enter_on_a_line_of_text_opens_the_row(said: Two) -> None:
    opened = enter(whole(said, baseline=said.before), said.frames, "105")
    assert (opened.view, opened.baseline) == (View.OVERVIEW, said.before)
    assert opened.cursor in view_table(opened, said.frames).frame["key"]
    assert enter(whole(said), said.frames, "102") == whole(said)


def test_stated_changes_are_a_table(said: Two) -> None:
    state = ViewState(disclosure=said.now, view=View.STATED)
    table = view_table(state, said.frames)
    first = table.frame.row(0, named=True)
    assert (first["total"], first["stated_delta"], first["stated_rate"]) == (30_000_000, -2_000_000, -6.25)
    assert (first["reason"], first["line"]) == ("苗木减少", 105)
    assert table.frame["key"].to_list()[2:4] == ["2130205", "2130205#2"]
    assert table.frame["stated_share"].to_list() == [None] * 7  # 1..75 is no number
    assert table.frame["note"].to_list()[1] == "未安排"
    assert view_table(state.replace(filter="苗木减少"), said.frames).frame.height == 1
    ordered = view_table(state.replace(sort=Sort("total")), said.frames).frame["total"].to_list()
    assert ordered == [30_000_000, 13_010_000, 13_010_000, 500_000, 500_000, 70_000, None]


def test_stated_changes_of_both_years_stand_side_by_side(said: Two) -> None:
    table = view_table(ViewState(disclosure=said.now, baseline=said.before, view=View.STATED), said.frames)
    first = table.frame.row(0, named=True)
    assert (first["total"], first["total@baseline"], first["total@delta"]) == (30_000_000, 32_000_000, -2_000_000)
    assert table.frame["change"].to_list() == ["changed", *["same"] * 6]


def test_an_item_without_a_code_in_one_year_is_paired_by_its_name() -> None:
    now, before = forest(2025), forest(2024)
    item = change("农林水支出/林业和草原/森林资源培育", 1301, 107)
    gone = change("停办的事项", 5, 107)
    held = frames(
        [
            now._replace(records=Records(stated_changes=(item._replace(code="2130205"),))),
            before._replace(records=Records(stated_changes=(gone, item))),
        ]
    )
    state = ViewState(disclosure=now.head.disclosure_id, baseline=before.head.disclosure_id, view=View.STATED)
    table = view_table(state, held)
    assert table.frame["key"].to_list() == ["2130205", "baseline/停办的事项"]
    assert table.frame["change"].to_list() == ["same", "gone"]
    assert enter(state, held, "baseline/停办的事项") == state


@pytest.mark.parametrize(
    ("key", "view", "cursor"),
    [
        ("本年收入", View.OVERVIEW, "revenue/本年收入"),
        ("政府性基金预算", View.TEXT, "105"),
        ("2130205", View.EXPENDITURE, "2130205"),
        ("公务接待费", View.THREE_PUBLIC, "公务接待费"),
        ("“三公”经费", View.STATEMENT, "row1"),
        ("没有的事项", View.TEXT, "107"),
    ],
)
def test_enter_on_a_stated_change_opens_its_row(said: Two, key: str, view: View, cursor: str) -> None:
    opened = enter(ViewState(disclosure=said.now, view=View.STATED), said.frames, key)
    assert opened.view is view
    table = view_table(opened, said.frames)
    assert opened.cursor in table.frame["key"]
    if view is not View.STATEMENT:
        assert opened.cursor == cursor


def test_a_subject_is_a_row_with_its_amount_before_another_of_its_name(said: Two) -> None:
    own = opened(said.frames, said.now)
    row = row_of_stated(own, change("项目支出", 1200, 1))
    assert row is not None
    assert (row.statement, row.kind) == ("general_public_expenditure", "grand_total")
    assert row_of_stated(own, change("项目支出", 999, 1)) is None


def test_the_glossary_is_the_documents_own(said: Two) -> None:
    state = ViewState(disclosure=said.now, view=View.GLOSSARY)
    table = view_table(state, said.frames)
    assert table.frame["term"].to_list() == ["基本支出", "“三公”经费"]
    assert enter(state, said.frames, table.frame["key"][1]).cursor == "111"
    assert enter(state, said.frames, "9/x") == state
    older = view_table(ViewState(disclosure=said.before, view=View.GLOSSARY), said.frames)
    assert (older.frame.height, older.notes) == (0, (NO_TERMS,))
    lent = ViewState(disclosure=said.before, baseline=said.now, view=View.GLOSSARY)
    assert view_table(lent, said.frames).notes == (NO_TERMS, "以上是2025的名词解释")
    assert enter(lent, said.frames, "1/基本支出") == lent


@pytest.mark.parametrize(
    ("labels", "term"),
    [
        (("基本支出 · 按功能分类",), "基本支出"),
        (("“三公”经费",), "“三公”经费"),
        (("三公经费合计",), "“三公”经费"),
        (("公务接待费",), "“三公”经费"),  # named in the explanation
        (("行政运行", "基本支出"), "基本支出"),
    ],
)
def test_a_label_is_explained(said: Two, labels: tuple[str, ...], term: str) -> None:
    found = explain(said.frames, said.now, "", labels)
    assert found is not None
    assert found.term.term == term


def test_what_no_term_explains_is_not_explained(said: Two) -> None:
    assert explain(said.frames, said.now, "", ("行政运行", "", "费")) is None
    lent = explain(said.frames, said.before, said.now, ("基本支出",))
    assert lent is not None
    assert lent.disclosure == said.now


def test_jumps_lead_from_words_to_codes(said: Two) -> None:
    state = ViewState(disclosure=said.now, view=View.STATED, cursor="2130205")
    assert jump(state, said.frames, View.EXPENDITURE).cursor == "2130205"
    assert jump(whole(said, cursor="105"), said.frames, View.STATED).view is View.STATED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=share(40), deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=12))
def test_any_text_has_contents_and_links(lines: list[str]) -> None:
    one = forest()
    texts = tuple(Passage(at, None, line[:7], f"{line}13.01万元") for at, line in enumerate(lines, 1))
    held = frames([one._replace(passages=texts)])
    assert sum(entry.length for entry in contents(held.passages)) <= len(lines)
    for line in links(held, one.head.disclosure_id):
        state = ViewState(disclosure=one.head.disclosure_id, view=View.TEXT)
        for place in repeated(state, held, line):
            assert place.state.cursor in view_table(place.state, held).frame["key"]
