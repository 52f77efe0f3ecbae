"""What is known to be odd in the real documents is found at its lines, and nothing that is right is called wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.checks import findings, tables
from budget.checks.rule import Outcome
from tests.support.originals import document, shared
from tests.support.reading import loaded_frames

if TYPE_CHECKING:
    from pathlib import Path

    from budget.checks.rule import Finding

TABLES = frozenset(check.id for check in tables.CHECKS)
"""Checks of the tables; the others are of what is said besides them."""
_ODD = {Outcome.DISCREPANCY, Outcome.HINT}


def _found(now: Path, before: Path | None = None) -> list[Finding]:
    baseline = loaded_frames(before) if before else None
    return [one for one in findings(loaded_frames(now), baseline) if one.check not in TABLES]


@pytest.fixture(scope="module")
def first() -> list[Finding]:
    """The older document of the pair."""
    return _found(document("changji-2024"))


@pytest.fixture(scope="module")
def second() -> list[Finding]:
    """The newer one against the older."""
    return _found(document("changji-2025"), document("changji-2024"))


def _lines(found: list[Finding], check: str, *outcomes: Outcome) -> list[list[int | None]]:
    wanted = set(outcomes) or _ODD
    return [[ref.line for ref in one.refs] for one in found if one.check == check and one.outcome in wanted]


def test_a_total_that_rounding_explains(first: list[Finding]) -> None:
    (found,) = [one for one in first if one.check == "stated_amount" and one.outcome is not Outcome.EXACT]
    assert found.outcome is Outcome.ROUNDING
    assert (found.left_fen, found.right_fen) == (649_140_000, 649_130_000)
    assert [ref.line for ref in found.refs] == [970, 583]


def test_new_staff_against_the_staff_section(first: list[Finding]) -> None:
    (lines,) = _lines(first, "reason_staff", Outcome.HINT)
    assert lines == [155, 945, 982, 1012, 1041, 1049, 1055, 1063, 1086, 1289]


def test_projects_stated_against_tables_of_targets(first: list[Finding]) -> None:
    (lines,) = _lines(first, "plan_count", Outcome.HINT)
    assert lines == [1330, 1332, 1410, 1599, 1757, 1962, 2168, 2412]


def test_the_older_document_shows_no_discrepancy(first: list[Finding]) -> None:
    assert [one for one in first if one.outcome is Outcome.DISCREPANCY] == []
    hints = {one.check for one in first if one.outcome is Outcome.HINT}
    assert hints == {"reason_staff", "reason_amount", "plan_count", "target_operator", "target_below_prior"}


@pytest.mark.parametrize(
    ("check", "lines"),
    [
        ("asset_scale", [[1145, 149], [1147, 149]]),
        ("assets_between_years", [[1145, 1315], [1147, 1316]]),
        ("amount_unit", [[1026, 1022]]),
        ("plan_of_project", [[1811, 1816, 689, 795]]),
        ("staff_between_years", [[78, 78, 157]]),
        ("reason_funds", [[841, 877, 965, 535, 614]]),
        ("plan_of_body", [[1195, 149, 1161, 466]]),
        ("project_end", [[1014, 1365], [1028, 1523]]),
        ("text_year", [[1010]]),
        ("target_below_prior", [[1600, 1600], [2017, 2017]]),
        ("reason_kind", [[945, 508]]),
    ],
)
def test_what_is_odd_in_the_newer_document(second: list[Finding], check: str, lines: list[list[int]]) -> None:
    assert _lines(second, check) == lines


def test_nothing_else_is_odd_in_the_newer_document(second: list[Finding]) -> None:
    odd = {one.check for one in second if one.outcome in _ODD}
    assert odd == {
        *("asset_scale", "assets_between_years", "amount_unit", "plan_of_project", "staff_between_years"),
        *("reason_funds", "plan_of_body", "project_end", "text_year"),
        *("target_below_prior", "reason_kind", "paired_moves"),
    }
    assert {one.check for one in second if one.outcome is Outcome.DISCREPANCY} == {"amount_unit", "plan_of_project"}


def test_every_stated_change_of_the_pair_holds(second: list[Finding]) -> None:
    changes = [one for one in second if one.check == "change_between_years"]
    rates = [one for one in second if one.check == "percent_between_years"]
    assert len(changes) >= 19
    assert {one.outcome for one in changes} == {Outcome.EXACT}
    assert {one.outcome for one in rates} <= {Outcome.EXACT, Outcome.NOT_APPLICABLE}


def test_the_other_text_shows_no_discrepancy() -> None:
    found = _found(document("xinjiang-hq-2024"))
    assert [one for one in found if one.outcome is Outcome.DISCREPANCY] == []
    assert _lines(found, "reason_amount") == [[421, 474, 476], [421, 490]]
    assert _lines(found, "target_scale") == [[834, 648]]
    assert [lines[0] for lines in _lines(found, "target_weights")] == [789]
    assert [one.outcome for one in found if one.check == "project_targets"] == [Outcome.NOT_APPLICABLE]


@pytest.mark.long
def test_the_paged_pair() -> None:
    folder = shared() / "disclosures"
    older = _found(folder / "wanli-2024.pdf")
    assert [(one.check, one.left, one.right) for one in older if one.outcome is Outcome.DISCREPANCY] == [
        ("stated_twice", "350.35万元", "352.67万元")
    ]
    assert [[(ref.line, ref.page) for ref in one.refs] for one in older if one.check == "stated_twice"] == [
        [(146, 9), (147, 9)]
    ]
    assert _lines(older, "reason_subject") == [[79], [107], [133]]
    newer = _found(folder / "wanli-2025.pdf", folder / "wanli-2024.pdf")
    assert [one for one in newer if one.outcome is Outcome.DISCREPANCY] == []
    assert {one.check for one in newer if one.outcome is Outcome.HINT} == {"stated_items", "large_moves"}
