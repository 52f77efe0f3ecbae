"""From frames to findings on tables: what was not read accuses nobody, and messages name meaning and printed tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from budget.checks import findings
from budget.checks.rule import Outcome
from budget.checks.tables import code_names
from budget.checks.tables.messages import Words
from budget.library.frames import frames
from budget.model.disclosure import AmountOrigin, ColumnStatus, Notice, Passage, Severity, StatementId
from tests.budget.checks.tables.invented import BASIC_PROJECT, coded, table
from tests.budget.checks.tables.reference import printed_table
from tests.support.builders import T3, R, disclosure, total

if TYPE_CHECKING:
    from budget.checks.rule import Finding
    from budget.model.disclosure import Disclosure


def _rows(*, wrong: bool = False, **more: str) -> list[R]:
    return [
        total(total="10.00", basic="6.00", project="4.00"),
        R("201", "一般公共服务支出", {"total": "7.00", "basic": "6.00", "project": "1.00"}, **more),
        R("208", "社会保障和就业支出", {"total": "3.50" if wrong else "3.00", "project": "3.00"}, **more),
    ]


def _found(read: Disclosure) -> list[Finding]:
    return findings(frames([read]))


def _outcomes(read: Disclosure) -> set[Outcome]:
    return {one.outcome for one in _found(read) if one.check.startswith("sum_of")}


def _three(*, wrong: bool = True, **more: Any) -> Disclosure:  # noqa: ANN401 - what `disclosure` takes
    return disclosure(2025, {T3: _rows(wrong=wrong)}, **more)


def test_one_misprint_is_one_finding_that_lists_what_follows() -> None:
    wrong = [one for one in _found(_three(page=3)) if one.outcome is Outcome.DISCREPANCY]
    assert [one.check for one in wrong] == ["sum_of_rows"]
    assert [one.check for one in wrong[0].follows] == ["sum_of_columns"]
    assert "第3页" in wrong[0].message
    assert "T3" not in wrong[0].message
    assert any(ref.text == "3.50" for ref in wrong[0].refs)


def test_what_was_not_read_accuses_nobody() -> None:
    assert Outcome.DISCREPANCY in _outcomes(_three())
    lost = Notice.of(Severity.LOST, "有数字没有读出", statement=T3)
    assert Outcome.DISCREPANCY not in _outcomes(_three(notices=(lost,)))


@pytest.mark.parametrize("status", [ColumnStatus.AMBIGUOUS, ColumnStatus.INFERRED])
def test_amounts_without_columns_accuse_nobody(status: ColumnStatus) -> None:
    read = disclosure(2025, {T3: [*_rows(wrong=True)[:2], _rows(wrong=True)[2]._replace(status=status)]})
    if status is ColumnStatus.AMBIGUOUS:  # two amounts that are equal in no columns contradict each other
        assert Outcome.DISCREPANCY in _outcomes(read)
    else:
        assert Outcome.DISCREPANCY not in _outcomes(read)


def test_digits_that_are_not_as_printed_are_a_hint() -> None:
    rows = [row._replace(origin=AmountOrigin.RECOGNISED) for row in _rows(wrong=True)]
    assert _outcomes(disclosure(2025, {T3: rows})) >= {Outcome.HINT}
    assert Outcome.DISCREPANCY not in _outcomes(disclosure(2025, {T3: rows}))


def test_an_uncertain_table_is_not_checked_and_says_so() -> None:
    read = _three()
    heads = tuple(head._replace(uncertain=True) for head in read.report.statements)
    read = read._replace(report=read.report._replace(statements=heads))
    found = [one for one in _found(read) if one.check.startswith("sum_of")]
    assert [one.outcome for one in found if one.refs] == [Outcome.NOT_CHECKED]


def test_a_code_that_its_name_contradicts_is_one_finding() -> None:
    facts = table(1, BASIC_PROJECT, [coded("2101102", "事业单位医疗", 50, 50, None)])
    facts = [fact._replace(row_path=("7 11 02 事业单位医疗",)) for fact in facts]
    words = Words("x", {1: printed_table(1, "支出预算总表")})
    found = list(code_names.check(facts, words))
    assert [(one.left, one.right, one.outcome) for one in found] == [("71102", "2101102", Outcome.HINT)]


def test_a_numbering_of_ones_own_is_reported_once() -> None:
    codes = {"30202": "30203", "30203": "30205", "30204": "30206", "30205": "30207"}
    rows = [coded("", f"{code} 名称", 1)._replace(means={"economic": code}) for code in codes]
    facts = [
        fact._replace(standard_code=codes[fact.coordinates.economic]) for fact in table(1, BASIC_PROJECT[:1], rows)
    ]
    found = list(code_names.check(facts, Words("x", {1: printed_table(1, "表")})))
    assert len(found) == 1
    assert len(found[0].refs) == len(codes)


@pytest.mark.parametrize(("year", "hints"), [(2017, 0), (2018, 1), (None, 1)])
def test_a_name_that_belongs_to_its_code_in_the_year_of_the_document_contradicts_nothing(
    year: int | None, hints: int
) -> None:
    row = coded("", "30311 住房公积金", 1)._replace(means={"economic": "30311"})
    facts = [fact._replace(standard_code="30113") for fact in table(1, BASIC_PROJECT[:1], [row])]
    assert len(list(code_names.check(facts, Words("x", {1: printed_table(1, "表")}), year))) == hints


def test_unpadded_codes_are_the_same_codes() -> None:
    facts = table(1, BASIC_PROJECT[:1], [coded("2080505", "基本养老保险缴费", 5)])
    facts = [fact._replace(row_path=("208 5 5 基本养老保险缴费",)) for fact in facts]
    assert not list(code_names.check(facts, Words("x", {1: printed_table(1, "表")})))


@pytest.mark.parametrize(
    ("spoken", "outcome"),
    [("本部门无政府性基金预算。", Outcome.EXACT), ("政府性基金支出预算2万元。", Outcome.HINT), ("", Outcome.HINT)],
)
def test_an_empty_table_is_explained_by_its_note_or_by_the_text(spoken: str, outcome: Outcome) -> None:
    read = disclosure(2025, {T3: _rows(), StatementId.GOVERNMENT_FUND_EXPENDITURE: []})
    read = read._replace(passages=(Passage(1, 21, "七、政府性基金情况说明", spoken or "本表反映情况。"),))
    (found,) = (one for one in _found(read) if one.check == "empty_table")
    assert found.outcome is outcome
    assert (outcome is Outcome.EXACT) == any(ref.page == 21 for ref in found.refs)
