"""The real texts score 1.0000 with nothing certain but wrong and nothing uncertain without need."""

from __future__ import annotations

import csv
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from budget.model.disclosure import Disclosure, Edition, MoneyUnit, StatementId
from budget.model.money import yuan_text
from loaders.load import load
from tests.support.compare import compare
from tests.support.originals import LOST, NAMES, document, original, shared

if TYPE_CHECKING:
    from pathlib import Path

PROJECTS = StatementId.PROJECT_EXPENDITURE
COLUMNS = ("statement", "code", "name", "project", "measure", "amount_yuan", "column_status", "page", "line")


def export(loaded: Disclosure, path: Path) -> None:
    """Write the cells of a disclosure as the scorer reads them."""
    lines = {(line.statement, line.row_no): line for line in loaded.lines}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for cell in loaded.cells:
            line = lines[cell.statement, cell.row_no]
            writer.writerow((
                cell.statement, line.code, line.name, line.project, cell.measure, yuan_text(cell.amount_fen),
                cell.column_status, cell.page, cell.line,
            ))  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_score(name: str, tmp_path: Path) -> None:
    cells = tmp_path / "cells.csv"
    export(load(document(name)), cells)
    command = [sys.executable, str(shared() / "tools" / "score_cells.py")]
    command += [str(shared() / "reference" / f"{name}.cells.csv"), str(cells), "--show", "5"]
    if name in LOST:
        command += ["--uncertain-only", PROJECTS]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "precision 1.0000  recall 1.0000" in done.stdout
    assert "certain but wrong: 0" in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_cells_one_by_one(name: str) -> None:
    real = original(name)
    loaded = load(document(name))
    outcome = compare(real.known, loaded)
    assert not outcome.faults, outcome.text()
    assert outcome.found == outcome.expected == len(real.known)
    assert set(outcome.uncertain) <= ({PROJECTS} if name in LOST else set())
    lines = real.text.split("\n")
    for cell in loaded.cells:
        assert cell.line is not None
        assert cell.printed in lines[cell.line - 1], (cell.printed, cell.line)


@pytest.mark.parametrize(
    ("name", "body", "year", "edition"),
    [
        ("changji-2024", "昌吉州医疗保障局", 2024, Edition.DEPARTMENT),
        ("changji-2025", "昌吉州医疗保障局", 2025, Edition.DEPARTMENT),
        ("xinjiang-hq-2024", "新疆维吾尔自治区医疗保障局本级", 2024, Edition.UNIT),
    ],
)
def test_heads(name: str, body: str, year: int, edition: Edition) -> None:
    loaded = load(document(name))
    assert (loaded.head.body, loaded.head.fiscal_year, loaded.head.edition) == (body, year, edition)
    assert [head.statement for head in loaded.report.statements] == list(StatementId)
    assert {head.money_unit for head in loaded.report.statements} == {MoneyUnit.WAN}
    empty = {head.statement for head in loaded.report.statements if "为空表" in head.note}
    assert empty == {StatementId.GOVERNMENT_FUND_EXPENDITURE, StatementId.STATE_CAPITAL_EXPENDITURE}
