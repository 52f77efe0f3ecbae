"""docs/checks.md is made from the catalogue and from what the outcomes are called."""

from __future__ import annotations

import os
import re
from pathlib import Path

from budget import export_findings
from budget.check_words import FRAMES, MEANINGS, OUTCOMES, catalogue_markdown
from budget.checks import catalogue
from budget.checks.model import Outcome
from budget.frames import SCHEMAS
from tests.tui.driving import REWRITE
from tui import usage

DOCS = Path(__file__).resolve().parent.parent / "docs" / "checks.md"
RULES = "## 规则\n"
OUTCOME_HEAD = "| --- | --- |\n"


def made(text: str) -> str:
    """The page with the tables of outcomes and rules as they are now; what stands around them stays."""
    rows = "".join(f"| {OUTCOMES[outcome]} | {meaning} |\n" for outcome, meaning in MEANINGS.items())
    before, after = text.split(OUTCOME_HEAD, 1)
    text = before + OUTCOME_HEAD + rows + re.sub(r"\A(?:\|.*\n)*", "", after)
    before, after = text.split(RULES, 1)
    end = re.search(r"^## ", after, re.MULTILINE)
    rest = "\n" + after[end.start() :] if end else ""
    return f"{before}{RULES}\n{catalogue_markdown()}{rest}"


def test_the_page_is_made_from_the_catalogue() -> None:
    text = DOCS.read_text(encoding="utf-8")
    if os.environ.get(REWRITE):
        DOCS.write_text(made(text), encoding="utf-8")
    assert DOCS.read_text(encoding="utf-8") == made(text)


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


def test_the_formats_of_reports_are_those_of_the_command() -> None:
    assert usage.REPORTS == export_findings.FORMATS
