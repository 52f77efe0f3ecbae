"""The published nine-table pair: as it is, and as pages without rules would give it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from budget.model.disclosure import ColumnStatus, Disclosure, Edition, MoneyUnit, Phase, StatementId
from loaders import disclosure
from loaders.document import Document, Grid, Paragraph
from loaders.load import document, load
from tests.journeys.test_originals import export
from tests.support.originals import shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAIR = ("wanli-2024", "wanli-2025")


def original(name: str) -> Path:
    return shared() / "disclosures" / f"{name}.pdf"


def scored(name: str, loaded: Disclosure, cells: Path) -> str:
    export(loaded, cells)
    reference = shared() / "reference" / f"{name}.cells.csv"
    command = [sys.executable, str(shared() / "tools" / "score_cells.py"), str(reference), str(cells), "--show", "5"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False).stdout


@pytest.mark.parametrize("name", PAIR)
def test_score(name: str, tmp_path: Path) -> None:
    loaded = load(original(name))
    said = scored(name, loaded, tmp_path / "cells.csv")
    assert "precision 1.0000  recall 1.0000" in said, said
    assert "0 uncertain, 0 of them unwarranted)  certain but wrong: 0" in said, said
    assert {cell.column_status for cell in loaded.cells} == {ColumnStatus.PRINTED}
    assert all(cell.page and cell.box and cell.line for cell in loaded.cells)
    head = loaded.head
    assert (head.phase, head.edition) == (Phase.BUDGET, Edition.DEPARTMENT)
    assert str(head.fiscal_year) in name
    units = {found.statement: found.money_unit for found in loaded.report.statements}
    assert units.pop(StatementId.THREE_PUBLIC_EXPENSES) is MoneyUnit.WAN
    assert set(units.values()) == {MoneyUnit.YUAN}
    assert len(units) == 8


@pytest.mark.parametrize("name", PAIR)
@pytest.mark.parametrize("gap", ["  ", "\t"])
def test_pages_without_rules_go_the_way_of_text(name: str, gap: str, tmp_path: Path) -> None:
    def flat(ruled: Document) -> Iterator[Paragraph]:
        for block in ruled.blocks:
            if isinstance(block, Paragraph):
                yield block
                continue
            assert isinstance(block, Grid)
            for line in block.lines():
                cells = line.split("\t") if gap == "\t" else [cell for cell in line.split("\t") if cell]
                yield Paragraph(gap.join(cells), block.page)

    ruled = document(original(name).read_bytes(), name)
    loaded = disclosure.read(Document("pdf", tuple(flat(ruled)), ruled.page_count), "0" * 64, original(name))
    said = scored(name, loaded, tmp_path / "cells.csv")
    assert "precision 1.0000  recall 1.0000" in said, said
    assert "certain but wrong: 0" in said, said
