"""The view of findings, the way from a figure to its row, marks of rows, and reports."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import polars as pl
import pytest

from budget.checks import findings
from budget.checks.cache import Tally, checked, tally
from budget.checks.catalogue import CHECKS
from budget.checks.rule import Finding, Outcome, Ref, worded
from budget.checks.wording import amount_beside, check_of, exact_decimals, places, sides
from budget.export.findings import Report, to_bytes
from budget.export.table import to_csv, to_json, to_markdown
from budget.library.frames import Frames, concat, frames
from budget.model.disclosure import Disclosure, MoneyUnit
from budget.reading.disclosure import opened
from budget.views.findings import finding_at, findings_view, keyed, keys_of, state_of_ref
from budget.views.navigation import enter, leave
from budget.views.registry import view_table
from budget.views.row.marks import marked
from budget.views.sources import sources
from budget.views.state import View, ViewState
from budget.views.table import FINDING
from tests.support.builders import forest
from tests.support.making_records import fact, speaking

STATEMENT = "expenditure_detail"
RULE = "sum_of_rows"
HOSTILE = "=1+1[red]\x1b[31m|`<b>"


def changed(year: int = 2025) -> Disclosure:
    """The small bureau with one figure of table 3 that cannot be right: a basic part of 1,000 万元 more."""
    right = forest(year)
    at = next(c for c in right.cells if c.statement == STATEMENT and c.measure == "basic" and c.amount_fen)
    wrong = at._replace(amount_fen=at.amount_fen + 1_000_000_000, printed="9,999.99")
    return right._replace(cells=tuple(wrong if cell is at else cell for cell in right.cells))


@pytest.fixture(scope="module")
def held() -> Frames:
    return frames([changed()])


@pytest.fixture(scope="module")
def state(held: Frames) -> ViewState:
    return ViewState(disclosure=held.disclosures["disclosure_id"].item(), view=View.FINDINGS)


@pytest.fixture(scope="module")
def found(held: Frames, state: ViewState) -> tuple[Finding, ...]:
    return checked(held, state.disclosure)


def discrepancies(found: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in found if finding.outcome is Outcome.DISCREPANCY]


def test_findings_are_made_once(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    assert checked(held, state.disclosure) is found
    assert checked(held, "unknown") == ()
    other = frames([changed()])
    assert checked(other, state.disclosure) is not found
    assert checked(other, state.disclosure) == found


def test_the_counts_leave_out_what_was_not_compared(found: tuple[Finding, ...]) -> None:
    silent = {Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE}
    compared = [finding for finding in found if finding.outcome not in silent]
    not_checked = [finding for finding in found if finding.outcome is Outcome.NOT_CHECKED]
    assert tally(found) == Tally(len(compared), len(discrepancies(found)), len(not_checked))


def test_discrepancies_come_first_one_line_each(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    table = view_table(state, held)
    names = table.frame["name"].to_list()
    wrong = discrepancies(found)
    assert wrong
    assert names[0] == f"不符 {len(wrong)}"
    assert str(tally(found).compared) in table.breadcrumb[1]
    assert f"不符 {len(wrong)}" in table.breadcrumb[1]
    first = table.frame.row(1, named=True)
    assert (first["difference_amount"], first["outcome"]) == (wrong[0].difference_fen, "不符")
    assert first["first_amount"] - first["second_amount"] == first["difference_amount"]
    assert names[1 : len(wrong) + 1] == [finding.message for finding in wrong]
    assert first["difference"] == amount_beside(wrong[0], abs(wrong[0].difference_fen or 0), table.unit)
    assert first["where"].startswith(f"第{wrong[0].refs[0].line}行")
    assert all(f"第{ref.line}行" in first["places"] for ref in wrong[0].refs)
    drawn = [column.id for column in table.columns if column.drawn]
    assert drawn == ["name", "difference", "where"]
    assert not any(check.id in text for check in CHECKS for text in (*names, *table.frame["formula"].drop_nulls()))


def test_every_finding_is_listed_or_counted(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    table = view_table(state, held)
    keys = set(table.frame["key"].to_list())
    assert table.frame.height == len(keys)
    for key, finding in keyed(found).items():
        if finding.outcome in {Outcome.EXACT, Outcome.NOT_APPLICABLE}:
            assert key not in keys
            assert f"{finding.outcome.value}/{check_of(finding).topic}" in keys
        else:
            assert key in keys
    exact = sum(finding.outcome is Outcome.EXACT for finding in found)
    counted = table.frame.filter(key="exact")["name"].item()
    assert counted == f"一致 {exact}"


def test_what_agrees_can_be_opened(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    topics = view_table(state, held).frame.filter(pl.col("key").str.starts_with("exact/"))["key"].to_list()
    assert topics
    listed: list[str] = []
    for topic in topics:
        inside = enter(state, held, topic)
        assert leave(inside) == state.replace(cursor=topic)
        listed += view_table(inside, held).frame.filter(pl.col("level") == 1)["key"].to_list()
    exact = [key for key, finding in keyed(found).items() if finding.outcome is Outcome.EXACT]
    assert sorted(listed) == sorted(exact)


def test_enter_on_a_head_goes_to_the_first_below_it(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    shown = view_table(state, held).frame.rows(named=True)
    heads = [row["key"] for row in shown if not row["level"]]
    assert {outcome.value for outcome in (Outcome.DISCREPANCY, Outcome.NOT_CHECKED, Outcome.EXACT)} <= set(heads)
    for row, following in zip(shown, [*shown[1:], {"key": "", "level": 0}], strict=True):
        if not row["level"]:
            at = state.replace(cursor=row["key"])
            assert enter(at, held, row["key"]) == at.replace(
                cursor=following["key"] if following["level"] else row["key"]
            )


def test_rules_across_years_that_wait_for_a_document_are_one_finding() -> None:
    made = forest(2025)
    waiting = [one for one in findings(frames([made])) if one.check == "other_year"]
    assert [one.outcome for one in waiting] == [Outcome.NOT_CHECKED]
    assert "变动较大的款" in waiting[0].message
    both = findings(frames([made]), frames([forest(2024)]))
    assert "other_year" not in {one.check for one in both}


def test_a_filter_keeps_a_finding(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    table = view_table(state.replace(filter=RULE), held)
    wanted = [finding for finding in discrepancies(found) if finding.check == RULE]
    assert wanted
    shown = table.frame.filter(outcome="不符", rule=worded(check_of(wanted[0]).title))
    assert shown.height == len(wanted)
    assert table.hidden > 0


def test_enter_leads_to_the_row_of_the_figure(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    number = 0
    for key in view_table(state, held).frame["key"].to_list():
        at = finding_at(found, key)
        if at is None:
            opened_at = enter(state, held, key)
            assert opened_at.replace(cursor="", path=()) == state.replace(cursor="", path=()), "a head or a topic"
            continue
        for figure, ref in enumerate(at[0].refs):
            shown = enter(state, held, f"{key}/{figure}")
            table = view_table(shown, held)
            rows = [*table.frame.rows(named=True), *table.totals.rows(named=True)]
            row = next((row for row in rows if row["key"] == shown.cursor), None)
            if ref.row_no is not None:
                assert row is not None
                assert (row["statement"], row["row_no"]) == (str(ref.statement), ref.row_no)
                number += 1
    assert number > 10
    assert leave(state).view is View.OVERVIEW


def test_a_record_is_found_in_its_view() -> None:
    said = [fact("staffing", "在职", "12", "人", line=7), fact("staffing", "退休", "3", "人", line=7)]
    held = frames([speaking(2025, facts=tuple(said))])
    id_ = held.disclosures["disclosure_id"].item()
    start = ViewState(disclosure=id_, view=View.FINDINGS)
    shown = state_of_ref(start, held, Ref(id_, "facts", "退休", "3人", line=7), view_table)
    table = view_table(shown, held)
    assert shown.view is View.FACTS
    assert shown.cursor in table.frame["key"].to_list()
    elsewhere = state_of_ref(start, held, Ref(id_, "facts", "退休", "3人", line=8), view_table)
    assert (elsewhere.view, elsewhere.cursor) == (View.TEXT, "8")
    assert state_of_ref(start, held, Ref(id_, "passages", "正文", ""), view_table) == start
    assert keys_of(table, Ref(id_, "facts", "退休", "3人")) == []


def test_a_figure_of_the_baseline_is_shown_there() -> None:
    held = frames([changed(2025), forest(2024)])
    own, theirs = held.disclosures["disclosure_id"].to_list()
    row = next(row for row in opened(held, theirs).of(STATEMENT) if row.code and row.amounts)
    start = ViewState(disclosure=own, baseline=theirs, view=View.FINDINGS)
    ref = Ref(theirs, "cells", "", "", statement=STATEMENT, row_no=row.row_no, measure="total", line=row.line)
    shown = state_of_ref(start, held, ref, view_table)
    assert (shown.disclosure, shown.baseline, shown.cursor) == (theirs, "", row.code)
    assert "没有打开上一年度文件" not in "".join(view_table(start, held).frame["name"])
    assert "没有打开上一年度文件" in "".join(view_table(start.replace(baseline=""), held).frame["name"])


def test_rows_that_a_discrepancy_touches_are_marked(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    shown = state.replace(view=View.STATEMENT, scope=STATEMENT)
    table = view_table(shown, held)
    touched = marked(table, shown, found)
    rows = {ref.row_no for f in discrepancies(found) for ref in f.refs if str(ref.statement) == STATEMENT}
    marks = {row["row_no"] for row in touched.frame.rows(named=True) if row[FINDING]}
    assert rows
    assert marks == rows
    words = next(text for text in touched.frame[FINDING].to_list() if text)
    assert "不能同时成立" in words
    for data in (to_csv(touched).decode("utf-8-sig"), to_json(touched).decode(), to_markdown(touched).decode()):
        assert "不能同时成立" in data
    touched_statements = {str(ref.statement) for f in discrepancies(found) for ref in f.refs}
    quiet_one = next(s for s in opened(held, state.disclosure).statements if s not in touched_statements)
    for view, scope in ((View.STATEMENT, quiet_one), (View.GLOSSARY, "")):
        quiet = state.replace(view=view, scope=scope)
        untouched = view_table(quiet, held)
        assert marked(untouched, quiet, found) is untouched


def test_nothing_is_marked_without_a_discrepancy(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    shown = state.replace(view=View.STATEMENT, scope=STATEMENT)
    table = view_table(shown, held)
    assert marked(table, shown, [f for f in found if f.outcome is not Outcome.DISCREPANCY]) is table


def test_amounts_are_exact_whatever_their_digits() -> None:
    assert exact_decimals([1_000_000, 765], MoneyUnit.WAN) == 6
    assert exact_decimals([1_230_000], MoneyUnit.WAN) == 2
    finding = Finding(RULE, Outcome.HINT, "", (), 765, 1_230_000, 5_000, 50, left="不用", right="")
    assert sides(finding, MoneyUnit.WAN) == ("0.000765", "1.23", "0.005", "0.00005")
    assert sides(finding, MoneyUnit.YUAN) == ("7.65", "12,300", "50", "0.5")
    assert sides(Finding(RULE, Outcome.HINT, "", (), left="3人", right="4人"), MoneyUnit.WAN)[:2] == ("3人", "4人")


def test_a_line_tells_its_amounts_in_one_unit() -> None:
    wan, yuan = (Finding(RULE, Outcome.ROUNDING, f"收入：1.2{unit}与1.1{unit}", ()) for unit in ("万元", "元"))
    silent = Finding(RULE, Outcome.HINT, "收入", ())
    assert [amount_beside(one, 3_600, MoneyUnit.WAN) for one in (wan, yuan, silent)] == [
        "0.0036万元",
        "36元",
        "0.0036万元",
    ]
    assert [amount_beside(one, 765, MoneyUnit.YUAN) for one in (yuan, silent)] == ["7.65元", "7.65元"]


def test_of_many_places_the_first_is_named() -> None:
    figures = [Ref("", "cells", "", "", line=line) for line in (3, 3, 5, 8)]
    assert places(figures[:3]) == "第3行、第5行"
    assert places(figures) == "第3行等3处"
    assert places([Ref("", "cells", "", "")]) == ""


def test_an_unknown_disclosure_has_no_findings() -> None:
    nothing = concat([])
    state = ViewState(disclosure="nobody", view=View.FINDINGS)
    table = view_table(state, nothing)
    assert table.frame["name"].to_list() == ["不符 0", "未核 0"]


def _reports(held: Frames, found: tuple[Finding, ...], state: ViewState) -> list[Report]:
    head = opened(held, state.disclosure).head
    return [Report(head, None, MoneyUnit.WAN, found), Report(head._replace(body=HOSTILE), head, MoneyUnit.YUAN, found)]


def test_a_report_has_every_finding(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    reports = _reports(held, found, state)
    rows = list(csv.DictReader(io.StringIO(to_bytes(reports, "csv", date(2026, 1, 2)).decode("utf-8-sig"))))
    assert len(rows) == 2 * len(found)
    assert {row["结果"] for row in rows} >= {"不符", "一致", "未核"}
    data = json.loads(to_bytes(reports, "json", date(2026, 1, 2)))
    assert [len(document["findings"]) for document in data["documents"]] == [len(found)] * 2
    assert data["summary"]["discrepancy"] == 2 * len(discrepancies(found))
    assert data["documents"][0]["document"]["sha256"] == reports[0].head.sha256


def test_a_markdown_report_names_its_sources(held: Frames, state: ViewState, found: tuple[Finding, ...]) -> None:
    text = to_bytes(_reports(held, found, state), "md", date(2026, 1, 2)).decode()
    assert "2026年1月2日" in text
    assert text.count(opened(held, state.disclosure).head.sha256) == 3
    for ref in discrepancies(found)[0].refs:
        assert f"第{ref.line}行" in text
    assert "不能同时成立" in text
    assert "错误" not in text


@pytest.mark.parametrize("extension", ["text", "md", "csv"])
def test_hostile_names_stay_text(held: Frames, state: ViewState, found: tuple[Finding, ...], extension: str) -> None:
    text = to_bytes(_reports(held, found, state), extension, date(2026, 1, 2)).decode("utf-8-sig")
    assert "\x1b" not in text
    assert "␛" in text
    if extension == "csv":
        assert {row[0][:1] for row in csv.reader(io.StringIO(text)) if "1+1" in row[0]} == {"'"}
    if extension == "md":
        assert "<b>" not in text.replace(r"\<b\>", "")


def test_findings_without_figures_are_shown() -> None:
    held = frames([forest()])
    state = ViewState(disclosure=held.disclosures["disclosure_id"].item(), view=View.FINDINGS)
    lone = Finding(RULE, Outcome.NOT_CHECKED, f"没有找到{HOSTILE}，未核对。", ())
    table = findings_view(sources(state, held), [lone])
    row = table.frame.filter(key=f"{RULE}/1").row(0, named=True)
    assert row["enter"] is None
    assert row["name"] == f"{worded(check_of(lone).title)}：{lone.message}"  # nothing else says what it is about
    assert finding_at([lone], f"{RULE}/1") == (lone, None)
    assert finding_at([lone], f"{RULE}/1/0") is None
