"""What has to be published: what the contents page and the national list name, and what of it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.checks import findings
from budget.checks.rule import Outcome
from budget.library.frames import Frames, frames
from budget.model.disclosure import Passage, StatementId
from budget.model.known import REQUIRED
from budget.reading.completeness import Presence, completeness, core
from budget.reading.disclosure import opened
from budget.views import view_table
from budget.views.navigation import enter
from budget.views.state import View, ViewState
from tests.support.builders import R, disclosure
from tests.support.making_records import change, fact

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure
    from budget.reading.completeness import Completeness, Promised

TITLES = {
    StatementId.REVENUE_EXPENDITURE_SUMMARY: "部门收支总体情况表",
    StatementId.REVENUE_DETAIL: "部门收入总体情况表",
    StatementId.EXPENDITURE_DETAIL: "部门支出总体情况表",
    StatementId.APPROPRIATION_SUMMARY: "财政拨款收支总体情况表",
    StatementId.GENERAL_PUBLIC_EXPENDITURE: "一般公共预算支出情况表",
    StatementId.BASIC_EXPENDITURE: "一般公共预算基本支出情况表",
    StatementId.THREE_PUBLIC_EXPENSES: "一般公共预算“三公”经费支出情况表",
    StatementId.GOVERNMENT_FUND_EXPENDITURE: "政府性基金预算支出情况表",
    StatementId.STATE_CAPITAL_EXPENDITURE: "国有资本经营预算支出情况表",
}
ROWS = [R("", "总计", {"total": "9.00"})]
EMPTY = StatementId.GOVERNMENT_FUND_EXPENDITURE
PROMISED = (*TITLES.values(), "政府采购预算表")


def document(
    *without: StatementId,
    year: int = 2025,
    contents: tuple[str, ...] = (),
    said: tuple[str, ...] = (),
    note: str = "本单位没有政府性基金预算，本表为空表",
) -> Disclosure:
    """A document with the tables of the national list but some, a contents page and lines of text."""
    held = {statement: [] if statement is EMPTY else ROWS for statement in TITLES if statement not in without}
    made = disclosure(year, held, notes={EMPTY: note}, titles={str(id_): title for id_, title in TITLES.items()})
    listed = [("目录", text) for text in ("目录", *contents)] if contents else []
    lines = [*listed, *(("第一部分 概况", text) for text in said)]
    passages = tuple(Passage(number, None, heading, text) for number, (heading, text) in enumerate(lines, 1))
    return made._replace(passages=passages)


def of(made: Disclosure, group: str) -> dict[str, Presence]:
    return {one.name: one.presence for one in found_in(made).of(group)}


def found_in(made: Disclosure) -> Completeness:
    return completeness(opened(frames([made]), made.head.disclosure_id))


def numbered(titles: tuple[str, ...]) -> tuple[str, ...]:
    numbers = "一二三四五六七八九十"
    return (
        "第二部分 部门预算表",
        *(f"{number}、{title}……{page}" for page, (number, title) in enumerate(zip(numbers, titles, strict=False), 3)),
    )


def test_what_the_contents_page_names_is_there_empty_or_missing() -> None:
    found = of(document(contents=numbered(PROMISED), said=("本部门没有项目。",)), "contents")
    assert list(found) == list(PROMISED)
    assert found.pop("政府采购预算表") is Presence.MISSING
    assert found.pop(TITLES[EMPTY]) is Presence.EMPTY
    assert set(found.values()) == {Presence.THERE}


def test_a_table_whose_title_stands_in_the_text_was_not_read() -> None:
    made = document(contents=numbered(PROMISED), said=("表十 2025年政府采购预算表",))
    assert of(made, "contents")["政府采购预算表"] is Presence.UNREAD


def test_an_empty_table_without_a_note_is_said_to_be_one() -> None:
    assert of(document(note=""), "national")["政府性基金支出表"] is Presence.BARE


def test_titles_differ_by_what_they_are_of() -> None:
    assert core("三、2025年部门收入预算总表") == core("单位收入总体情况表") == "收入表"
    assert core("某州林草局政府采购预算表", frozenset({"某州林草局"})) == "政府采购表"
    assert core("一般公共预算支出表") != core("政府性基金预算支出表")


def test_a_contents_page_that_never_ends_is_cut_where_its_entries_come_again() -> None:
    made = document(contents=(*numbered(PROMISED[:9]), "第三部分 说明", "部门收支总体情况表", "其中：另一张明细表"))
    assert list(of(made, "contents")) == list(PROMISED[:9])


def test_a_title_that_goes_on_in_the_next_line_is_one() -> None:
    broken = (*numbered(PROMISED[:9])[:-1], "九、国有资本经营预算", "支出情况表")
    assert list(of(document(contents=broken), "contents"))[-1] == TITLES[StatementId.STATE_CAPITAL_EXPENDITURE]


@pytest.mark.parametrize(
    ("year", "asked"), [(2016, 0), (2017, len(REQUIRED)), (2019, len(REQUIRED)), (2020, len(REQUIRED) + 1)]
)
def test_the_national_list_has_its_years(year: int, asked: int) -> None:
    assert len(of(document(year=year), "national")) == asked


def test_a_table_of_the_list_is_missing_where_the_others_are_there() -> None:
    found = of(document(StatementId.THREE_PUBLIC_EXPENSES), "national")
    assert [name for name, presence in found.items() if presence is Presence.MISSING] == ["“三公”经费表"]


def test_nothing_is_missing_in_a_single_table_or_an_extract() -> None:
    for without in (tuple(TITLES)[1:], tuple(TITLES)[3:]):
        found = found_in(document(*without, contents=numbered(PROMISED)))
        assert not found.promised
        assert len(found.silent) == 2  # neither tables nor text can be judged
    for year in (2016, 2025):  # a single table with a sentence below it
        single = document(*tuple(TITLES)[1:], year=year)
        single = single._replace(records=single.records._replace(stated_changes=(change("10.00", "1.00", "增加"),)))
        assert not found_in(single).promised


def split(made: Disclosure) -> list[Promised]:
    spoken = made._replace(records=made.records._replace(facts=(fact("staffing", "in_service", "3", "人"),)))
    return [one for one in found_in(spoken).of("text") if one.key == "text/split"]


@pytest.mark.parametrize(
    ("rows", "presence"),
    [
        ({"总计": "9.00", "公务接待费": "9.00"}, [Presence.THERE]),
        ({"总计": "9.00"}, [Presence.MISSING]),
        ({"总计": "9.00", "公务用车购置及运行费": "9.00"}, [Presence.MISSING]),
        ({"总计": "9.00", "公务用车购置及运行费": "9.00", "公务用车运行费": "9.00"}, [Presence.THERE]),
        ({}, []),
    ],
)
def test_the_three_public_expenses_are_told_part_by_part(rows: dict[str, str], presence: list[Presence]) -> None:
    lines = [R("", name, {"total": amount}) for name, amount in rows.items()]
    held = dict.fromkeys(TITLES, ROWS) | {StatementId.THREE_PUBLIC_EXPENSES: lines}
    made = disclosure(2025, held)
    assert [one.presence for one in split(made)] == presence


def test_changes_without_any_reason_are_told() -> None:
    said = (change("10.00", "1.00", "增加"), change("8.00", "2.00", "减少"))
    made = document()
    bare = made._replace(records=made.records._replace(stated_changes=said))
    reasoned = made._replace(
        records=made.records._replace(stated_changes=(said[0], said[1]._replace(reason="人员减少")))
    )
    assert of(bare, "text")["增减变化及原因"] is Presence.MISSING
    (found,) = (one for one in found_in(reasoned).of("text") if one.key == "text/reasons")
    assert (found.presence, found.detail[1:]) == (Presence.THERE, ("2", "1"))


def outcomes(made: Disclosure, check: str) -> list[Outcome]:
    return [one.outcome for one in findings(frames([made])) if one.check == check]


def test_what_is_missing_is_a_hint_and_never_a_discrepancy() -> None:
    whole = document(contents=numbered(PROMISED[:9]), said=("说明。",))
    assert outcomes(whole, "contents_tables") == outcomes(whole, "national_tables") == [Outcome.EXACT]
    lacking = document(StatementId.THREE_PUBLIC_EXPENSES, contents=numbered(PROMISED), said=("说明。",))
    assert outcomes(lacking, "contents_tables") == [Outcome.HINT, Outcome.HINT]
    assert outcomes(lacking, "national_tables") == [Outcome.HINT]
    unread = document(contents=numbered(PROMISED), said=("政府采购预算表",))
    assert outcomes(unread, "contents_tables") == [Outcome.NOT_CHECKED]
    extract = document(*tuple(TITLES)[1:])
    assert outcomes(extract, "national_tables") == [Outcome.NOT_APPLICABLE]


def shown(held: Frames, made: Disclosure) -> ViewState:
    return ViewState(made.head.disclosure_id, view=View.COMPLETENESS)


def test_the_view_counts_each_list_and_leads_to_tables_and_lines() -> None:
    made = document(contents=numbered(PROMISED), said=("说明。",))
    held = frames([made])
    table = view_table(shown(held, made), held)
    heads = table.frame.filter(row_kind="computed")["name"].to_list()
    assert heads == ["目录所列的表：10 项，有 9 项", "财预〔2016〕143号所列的表：9 项，有 9 项"]
    opened_table = enter(shown(held, made), held, "contents/2")
    assert (opened_table.view, opened_table.scope) == (View.STATEMENT, StatementId.REVENUE_DETAIL)
    missing = enter(shown(held, made), held, "contents/10")
    assert (missing.view, missing.cursor) == (View.TEXT, "12")
    assert enter(shown(held, made), held, "contents") == shown(held, made)


def test_the_contents_page_of_a_text_is_held_against_the_tables_beside_it() -> None:
    tables = document(StatementId.THREE_PUBLIC_EXPENSES)
    text = disclosure(2025, {}, name="text.txt")
    passages = document(contents=numbered(PROMISED[:9]), said=("说明。",)).passages
    text = text._replace(passages=passages, records=text.records._replace(stated_changes=(change("1.00"),)))
    held = frames([tables, text])
    rows = dict(view_table(shown(held, text), held).frame.select("name", "presence").iter_rows())
    assert rows[TITLES[StatementId.THREE_PUBLIC_EXPENSES]] == "未读到"
    there = enter(shown(held, text), held, "contents/2")
    assert (there.disclosure, there.scope) == (tables.head.disclosure_id, StatementId.REVENUE_DETAIL)
