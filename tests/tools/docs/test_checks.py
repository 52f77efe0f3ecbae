"""The tables of docs/checks.md: the catalogue of rules, and what the outcomes are called."""

from __future__ import annotations

import re

from budget.checks import catalogue
from budget.checks.rule import Outcome
from budget.checks.wording import FRAMES, MEANINGS, OUTCOMES, catalogue_markdown
from budget.export import findings, opinion_files
from budget.library.frames import SCHEMAS
from tui.cli import help as usage


def test_every_check_is_on_the_page_once() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", catalogue_markdown(), re.MULTILINE)
    assert sorted(rows) == sorted(check.id for check in catalogue.CHECKS)
    assert len(rows) == len(set(rows)) > 50


def test_no_cell_of_the_page_ends_the_table() -> None:
    for line in catalogue_markdown().splitlines():
        if line.startswith("| `"):
            assert line.count("|") == 6, line


def test_every_outcome_has_a_name_and_a_meaning() -> None:
    assert set(OUTCOMES) == set(MEANINGS) == set(Outcome)
    assert len(set(OUTCOMES.values())) == len(OUTCOMES)
    assert next(iter(OUTCOMES)) is Outcome.DISCREPANCY


def test_what_checks_need_has_a_name() -> None:
    known = {name for check in catalogue.CHECKS for name in check.needs}
    assert known & set(SCHEMAS) <= set(FRAMES)


def test_the_formats_of_opinions_are_those_of_the_command() -> None:
    assert usage.OPINIONS == opinion_files.FORMATS


def test_the_formats_of_reports_are_those_of_the_command() -> None:
    assert (*findings.FORMATS, "xlsx") == usage.REPORTS  # a workbook is made of what is found in many documents
