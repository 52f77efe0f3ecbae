"""Checks of the tables: what is exact, what rounding explains, what cannot be, and what cannot be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.checks import findings
from budget.checks.catalogue import CHECKS, by_id
from budget.checks.context import NUMBERS
from budget.checks.rule import Outcome
from budget.forms.final_accounts import FINAL_ACCOUNTS
from budget.forms.shanghai import SHANGHAI
from budget.library.frames import SCHEMAS, frames
from budget.model.disclosure import AmountOrigin, ColumnStatus, Notice, Phase, RowKind, Severity
from budget.model.disclosure import StatementId as S
from sample_data import paths
from tests.support.builders import T1, T2, T3, T5, T6, T7, T10, T11, R, disclosure, forest, total
from tests.support.mutating import TABLES
from tests.support.nine_tables import street
from tests.support.originals import shared
from tests.support.reading import loaded

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from budget.checks.rule import Finding
    from budget.model.disclosure import Disclosure

REVENUE, EXPENDITURE = "revenue", "expenditure"
_PASSED = {Outcome.EXACT, Outcome.ROUNDING}


def _found(read: Disclosure, check: str = "") -> list[Finding]:
    found = findings(frames([read]))
    return [finding for finding in found if finding.check == check] if check else found


def _outcomes(read: Disclosure, check: str) -> list[Outcome]:
    return [finding.outcome for finding in _found(read, check)]


def _three(*rows: R, **more: Any) -> Disclosure:  # noqa: ANN401 - what `disclosure` takes
    return disclosure(2025, {T3: list(rows)}, **more)


def _row(code: str, whole: str, basic: str = "", project: str = "", **more: str) -> R:
    amounts = {"total": whole, "basic": basic, "project": project}
    return R(code, f"科目{code}", {name: text for name, text in amounts.items() if text}, **more)


def _open(read: Disclosure) -> Disclosure:
    """The disclosure with its totals where they always are: only the other columns are uncertain."""
    cells = [
        cell._replace(column_status=ColumnStatus.PRINTED, candidates=()) if cell.measure == "total" else cell
        for cell in read.cells
    ]
    return read.model_copy(update={"cells": tuple(cells)})


# -- the catalogue ----------------------------------------------------------------------------------------------------


def test_the_catalogue_is_whole() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert all((check.topic, check.title, check.formula)), check.id
        assert set(check.needs) <= {*NUMBERS, *SCHEMAS}, check.id
        assert by_id(check.id) is check


@pytest.mark.parametrize("read", [forest(), street()], ids=["eleven tables", "nine tables"])
def test_every_check_says_something(read: Disclosure) -> None:
    said = {finding.check for finding in _found(read)}
    assert said == {check.id for check in CHECKS}


def test_every_table_of_the_form_has_checks() -> None:
    assert {statement for check in CHECKS for statement in check.needs} >= set(NUMBERS)


# -- sums within a statement ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "outcome"),
    [
        ("30.00", Outcome.EXACT),
        ("30.01", Outcome.ROUNDING),
        ("29.99", Outcome.ROUNDING),
        ("30.02", Outcome.DISCREPANCY),
    ],
)
def test_two_addends_may_differ_by_one_digit(whole: str, outcome: Outcome) -> None:
    found = _found(_three(total(total=whole, basic="10.00", project="20.00")), "T3.row")
    assert [finding.outcome for finding in found] == [outcome]
    assert found[0].tolerance_fen == 10_000
    assert [ref.text for ref in found[0].refs] == [whole, "10.00", "20.00"]


def test_a_single_part_is_the_same_figure_twice() -> None:
    assert _outcomes(_three(_row("208", "30.01", "30.00")), "T3.row") == [Outcome.DISCREPANCY]


@pytest.mark.parametrize(("whole", "outcome"), [("30.02", Outcome.ROUNDING), ("30.03", Outcome.DISCREPANCY)])
def test_the_tolerance_of_a_total_grows_with_its_lines(whole: str, outcome: Outcome) -> None:
    rows = [_row(code, "10.00", "10.00") for code in ("208", "210", "221")]
    found = _found(_three(total(total=whole, basic="30.00"), *rows), "T3.tree")
    assert [finding.outcome for finding in found] == [outcome, Outcome.EXACT]


def test_a_discrepancy_names_both_figures_and_by_how_much_they_differ() -> None:
    rows = [_row("208", "85.99", "85.99"), _row("20805", "80.99", "80.99")]
    found = _found(_three(*rows), "T3.tree")[0]
    assert found.outcome is Outcome.DISCREPANCY
    assert (found.left_fen, found.right_fen, found.difference_fen, found.tolerance_fen) == (
        85990000,
        80990000,
        5000000,
        0,
    )
    assert [ref.row_no for ref in found.refs] == [1, 2]
    assert "5.00万元" in found.message


def test_a_total_without_printed_parts_is_not_checked() -> None:
    assert _outcomes(_three(_row("208", "30.00")), "T3.row") == [Outcome.NOT_CHECKED]


def test_whole_yuan_have_their_own_tolerance() -> None:
    good, bad = (
        disclosure(2025, {T3: [total(total=whole, basic="10", project="20")]}, form=SHANGHAI) for whole in ("31", "32")
    )
    assert _outcomes(good, "T3.row")[0] is Outcome.ROUNDING
    assert _outcomes(bad, "T3.row")[0] is Outcome.DISCREPANCY


def test_a_zero_without_decimals_does_not_widen_the_tolerance() -> None:
    amounts = {"total": "30.50", "general_public_budget": "30.00", "government_fund": "0", "state_capital": "0"}
    read = disclosure(2025, {T10: [R(name="总计", amounts=amounts)]})
    assert _outcomes(read, "T10.row") == [Outcome.DISCREPANCY]


# -- what is uncertain ------------------------------------------------------------------------------------------------


def test_uncertain_columns_are_no_discrepancy() -> None:
    rows = [
        total(total="30.00", basic="20.00", project="10.00"),
        _row("208", "30.00", "30.00", status=ColumnStatus.AMBIGUOUS),
    ]
    found = _found(_open(_three(*rows)), "T3.tree")
    by_measure = {finding.refs[0].measure: finding.outcome for finding in found}
    assert by_measure == {"total": Outcome.EXACT, "basic": Outcome.NOT_CHECKED, "project": Outcome.NOT_CHECKED}


def test_a_sum_over_all_columns_does_not_care_for_their_order() -> None:
    read = _open(_three(_row("208", "30.00", "30.00", status=ColumnStatus.AMBIGUOUS)))
    assert _outcomes(read, "T3.row") == [Outcome.EXACT]


def test_a_line_that_adds_up_in_no_column_is_a_discrepancy() -> None:
    read = _open(_three(_row("208", "35.00", "30.00", status=ColumnStatus.AMBIGUOUS)))
    assert _outcomes(read, "T3.row") == [Outcome.DISCREPANCY]


@pytest.mark.parametrize("origin", [AmountOrigin.RECONSTRUCTED, AmountOrigin.RECOGNISED])
def test_figures_that_are_not_printed_give_a_hint(origin: AmountOrigin) -> None:
    found = _found(_three(_row("208", "35.00", "30.00", origin=origin)), "T3.row")
    assert [finding.outcome for finding in found] == [Outcome.HINT]
    assert "原件" in found[0].message


def test_a_statement_that_was_not_read_whole_is_not_blamed() -> None:
    lost = Notice(severity=Severity.LOST, text="第3行没有读出。", statement=T3)
    assert _outcomes(_three(_row("208", "35.00", "30.00"), notices=(lost,)), "T3.row") == [Outcome.NOT_CHECKED]


def test_a_column_that_no_form_knows_may_be_a_part() -> None:
    strange = R("208", "科目", {"total": "35.00", "basic": "30.00", "其他资金": "5.00"})
    assert _outcomes(_three(strange), "T3.row") == [Outcome.NOT_CHECKED]


def test_a_label_that_no_form_knows_may_stand_beside_the_total() -> None:
    rows = [
        R(name="本年收入", amounts={"total": "30.00"}, side=REVENUE),
        R(name="特别收入", amounts={"total": "4.00"}, side=REVENUE),
    ]
    for whole, outcome in (("34.00", Outcome.EXACT), ("30.00", Outcome.EXACT), ("31.00", Outcome.NOT_CHECKED)):
        read = disclosure(2025, {T1: [*rows, R(name="收入总计", amounts={"total": whole}, side=REVENUE)]})
        assert _outcomes(read, "T1.tree") == [outcome], whole


# -- between statements -----------------------------------------------------------------------------------------------


def _sides(revenue: str, spent: str) -> list[R]:
    return [
        R(name="收入总计", amounts={"total": revenue}, side=REVENUE),
        R(name="支出总计", amounts={"total": spent}, side=EXPENDITURE),
    ]


def test_both_sides_of_the_summary_balance_to_the_digit() -> None:
    assert _outcomes(disclosure(2025, {T1: _sides("30.00", "30.00")}), "T1.sides") == [Outcome.EXACT]
    assert _outcomes(disclosure(2025, {T1: _sides("30.01", "30.00")}), "T1.sides") == [Outcome.DISCREPANCY]


def test_a_code_that_a_whole_statement_leaves_out_is_nothing_there() -> None:
    rows = [_row("208", "30.00", "30.00"), _row("210", "5.00", "5.00")]
    revenue = [total(total="35.00"), R("208", "科目", {"total": "35.00"})]
    read = disclosure(2025, {T2: revenue, T3: [total(total="35.00", basic="35.00"), *rows]})
    found = {finding.refs[0].row_no: finding.outcome for finding in _found(read, "T3=T2")}
    assert found == {1: Outcome.EXACT, 2: Outcome.DISCREPANCY, 3: Outcome.DISCREPANCY}


def test_a_statement_that_lists_no_items_says_nothing_of_them() -> None:
    spent = [
        total(total="30.00", basic="30.00"),
        *(_row(code, "30.00", "30.00") for code in ("208", "20805", "2080505")),
    ]
    read = disclosure(2025, {T2: [total(total="30.00"), R("208", "科目", {"total": "30.00"})], T3: spent})
    found = [finding.outcome for finding in _found(read, "T3=T2")]
    assert found == [Outcome.EXACT, Outcome.EXACT, Outcome.NOT_CHECKED, Outcome.NOT_CHECKED]


def test_a_line_of_many_columns_that_adds_up_in_none_is_a_discrepancy() -> None:
    amounts = {"total": "10.00", "fiscal_appropriation": "7.00", "general_public_budget": "5.00", "own_funds": "1.50"}
    read = _open(disclosure(2025, {T2: [R("208", "科目", amounts, status=ColumnStatus.AMBIGUOUS)]}))
    cells = [cell._replace(candidates=("special_account", "own_funds", "government_fund")) for cell in read.cells[1:]]
    read = read.model_copy(update={"cells": (read.cells[0], *cells)})
    found = _found(read, "T2.row")
    assert {finding.outcome for finding in found} == {Outcome.DISCREPANCY}
    assert "无论怎样分列" in found[0].message


def test_a_missing_statement_is_named() -> None:
    found = _found(_three(total(total="1.00", basic="1.00")), "T5.project=T7")
    assert [finding.outcome for finding in found] == [Outcome.NOT_CHECKED]
    assert "项目支出表" in found[0].message


def test_what_a_form_does_not_have_is_not_applicable() -> None:
    assert _outcomes(street(), "T5.project=T7") == [Outcome.NOT_APPLICABLE]
    assert _outcomes(street(), "T11.tree") == [Outcome.NOT_APPLICABLE]


def _carried(general: str) -> Disclosure:
    label = "上年结转结余/财政拨款结转/一般公共预算拨款"
    summary = [R(name=label, amounts={"total": "5.00"}, side=REVENUE), *_sides("35.00", "35.00")]
    sources = {"total": "35.00", "fiscal_appropriation": "30.00", "general_public_budget": "30.00"}
    revenue = [R(name="总计", amounts={**sources, "appropriation_carryover": "5.00"})]
    return disclosure(2025, {T1: summary, T2: revenue, T5: [total(total=general, basic=general)]})


def test_carry_overs_inside_the_budgets_are_another_scope() -> None:
    assert _outcomes(_carried("30.00"), "T2.c3+c4=T5") == [Outcome.EXACT]
    assert _outcomes(_carried("35.00"), "T2.c3+c4=T5") == [Outcome.NOT_APPLICABLE]
    assert _outcomes(_carried("36.00"), "T2.c3+c4=T5") == [Outcome.DISCREPANCY]


def _projects(title: str) -> Disclosure:
    listed = [
        total(total="9.00", goods_and_services="9.00"),
        R("2101502", "事务", {"total": "9.00"}, project="设备购置"),
    ]
    statements = {T3: [total(total="9.00", project="9.00")], T5: [total(total="4.00", project="4.00")], T7: listed}
    read = disclosure(2025, statements)
    heads = [
        head.model_copy(update={"printed_title": title}) if head.statement == T7 else head
        for head in read.report.statements
    ]
    return read.model_copy(update={"report": read.report.model_copy(update={"statements": tuple(heads)})})


def test_projects_of_all_funds_are_another_scope() -> None:
    assert _outcomes(_projects("部门项目支出情况表"), "T5.project=T7") == [Outcome.NOT_APPLICABLE]
    assert Outcome.DISCREPANCY in _outcomes(_projects("一般公共预算项目支出情况表"), "T5.project=T7")


def test_carry_over_tables_repeat_the_labels() -> None:
    summary = [R(name="上年结转结余", amounts={"total": "5.00"}, side=REVENUE), *_sides("5.00", "5.00")]
    for printed, outcome in (("5.00", Outcome.EXACT), ("5.01", Outcome.DISCREPANCY)):
        read = disclosure(2025, {T1: summary, T11: [total(total=printed)]})
        assert _outcomes(read, "T1.labels=T11")[0] is outcome


# -- economic classes, “三公”, the form ----------------------------------------------------------------------


def test_classes_stand_in_the_column_of_their_kind() -> None:
    rows = [
        R("301", "工资", {"total": "9.00", "personnel": "9.00"}),
        R("302", "商品", {"total": "9.00", "personnel": "9.00"}),
    ]
    assert _outcomes(disclosure(2025, {T6: rows}), "T6.kinds") == [Outcome.EXACT, Outcome.DISCREPANCY]


@pytest.mark.parametrize(
    ("printed", "outcome"), [("0.40", Outcome.EXACT), ("0.41", Outcome.EXACT), ("0.39", Outcome.DISCREPANCY)]
)
def test_receptions_are_at_least_their_basic_part(printed: str, outcome: Outcome) -> None:
    basic = [R("30217", "公务接待费", {"total": "0.40", "operating": "0.40"})]
    public = [R(name="总计/公务接待费", amounts={"total": printed, "general_public_budget": printed})]
    assert _outcomes(disclosure(2025, {T6: basic, T10: public}), "T10>=T6") == [outcome]


def test_figures_in_different_units_may_differ_by_half_of_the_coarser_digit() -> None:
    for yuan, outcome in (("4,050", Outcome.EXACT), ("4,051", Outcome.DISCREPANCY)):
        basic = [R("30217", "公务接待费", {"total": yuan})]
        read = disclosure(2025, {T6: basic, T10: [R(name="总计/公务接待费", amounts={"total": "0.40"})]}, form=SHANGHAI)
        found = [Outcome.EXACT if outcome_ in _PASSED else outcome_ for outcome_ in _outcomes(read, "T10>=T6")]
        assert found == [outcome]


def test_soft_rules_give_hints() -> None:
    basic = [R("30108", "养老", {"total": "57.33"}), R("30109", "年金", {"total": "20.00"})]
    read = disclosure(2025, {T6: basic, T5: [R("2080505", "养老", {"total": "50.00", "basic": "50.00"})]})
    assert _outcomes(read, "T6.pairs") == [Outcome.HINT]
    assert _outcomes(read, "T6.half") == [Outcome.HINT]


def test_notes_of_empty_statements() -> None:
    empty: dict[S, list[R]] = {S.GOVERNMENT_FUND_EXPENDITURE: []}
    note = {S.GOVERNMENT_FUND_EXPENDITURE: "本单位无政府性基金支出，本表为空表。"}
    filled = {S.GOVERNMENT_FUND_EXPENDITURE: [total(total="3.00")]}
    assert _outcomes(disclosure(2025, empty, notes=note), "T.empty") == [Outcome.EXACT]
    assert _outcomes(disclosure(2025, empty), "T.empty") == [Outcome.HINT]
    assert _outcomes(disclosure(2025, filled, notes=note), "T.note") == [Outcome.HINT]
    assert _outcomes(disclosure(2025, filled), "T.note") == [Outcome.EXACT]


def test_final_accounts_total_by_kind_and_balance_their_funds() -> None:
    economic = [R("301", "工资", {"total": "9.00"}), R(name="人员经费合计", amounts={"total": "9.00"})]
    economic += [R("302", "商品", {"total": "4.00"}), R(name="公用经费合计", amounts={"total": "4.10"})]
    fund = total(opening_balance="1.00", revenue="5.00", total="4.00", closing_balance="2.50")
    statements = {T5: [total(total="13.00", basic="13.00")], T6: economic, S.GOVERNMENT_FUND_EXPENDITURE: [fund]}
    read = disclosure(2025, statements, form=FINAL_ACCOUNTS, phase=Phase.FINAL_ACCOUNTS)
    assert _outcomes(read, "T6.kinds") == [Outcome.EXACT, Outcome.DISCREPANCY]
    assert _outcomes(read, "T6=T5.basic") == [Outcome.DISCREPANCY]
    assert _outcomes(read, "T8.balance") == [Outcome.DISCREPANCY]


# -- whole documents --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_the_samples_add_up(path: Path) -> None:
    _clean(loaded(path))


@pytest.mark.parametrize("name", ["changji-2024.txt", "changji-2025.txt", "xinjiang-hq-2024.txt"])
def test_the_originals_add_up(name: str) -> None:
    _clean(loaded(shared() / "disclosures" / name))


@pytest.mark.parametrize("name", ["wanli-2024.pdf", "wanli-2025.pdf"])
def test_the_nine_tables_add_up(name: str) -> None:
    _clean(loaded(shared() / "disclosures" / name))


def _clean(read: Disclosure) -> None:
    """No discrepancy; every rounding difference is of the last digit; only economic columns of T7 are not checked."""
    found = [finding for finding in _found(read) if finding.check in TABLES]
    assert [finding for finding in found if finding.outcome is Outcome.DISCREPANCY] == []
    assert {finding.check for finding in found if finding.outcome is Outcome.NOT_CHECKED} <= {"T7.tree"}
    for finding in found:
        if finding.outcome is Outcome.ROUNDING and by_id(finding.check).hard:
            assert abs(finding.difference_fen or 0) in {100, 200, 10_000}, finding
    assert sum(finding.outcome is Outcome.EXACT for finding in found) > 300


def test_sub_totals_of_bodies_have_trees_of_their_own() -> None:
    def body(name: str, amount: str) -> list[R]:
        amounts = {"total": amount, "project": amount}
        return [R(name=name, amounts=amounts), R("208", "社会保障和就业支出", amounts)]

    rows = [total(total="9.00", project="9.00"), *body("甲局", "4.00"), *body("乙局", "5.00")]
    read = _three(*rows)
    lines = [line._replace(row_kind=RowKind.BODY) if line.name.endswith("局") else line for line in read.lines]
    found = _found(read.model_copy(update={"lines": tuple(lines)}), "T3.tree")
    assert {finding.outcome for finding in found} == {Outcome.EXACT}
    assert [[ref.text for ref in finding.refs] for finding in found[::2]] == [
        ["9.00", "4.00", "5.00"],
        ["4.00", "4.00"],
        ["5.00", "5.00"],
    ]
