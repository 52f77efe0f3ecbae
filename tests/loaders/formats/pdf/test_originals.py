"""The real PDF files: every cell as a second engine finds it."""

from __future__ import annotations

import pytest

from loaders.document import Grid, Paragraph
from loaders.formats.pdf import reader
from tests.loaders.formats.pdf.second_opinion import differences
from tests.support.originals import shared
from tests.support.tiers import thinned

CELLS = {"wanli-2024": 2170, "wanli-2025": 2184}
CONTENTS_PAGE = 2
"""White areas stand behind its lines: pdfplumber makes cells of them, the page shows none."""


def original(name: str) -> bytes:
    return (shared() / "disclosures" / f"{name}.pdf").read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("name", thinned(sorted(CELLS), 2))
def test_all_cells_are_those_of_a_second_engine(name: str) -> None:
    equal, only_theirs, only_ours = differences(original(name))
    assert equal == CELLS[name]
    assert only_ours == []
    assert {cell.page for cell in only_theirs} == {CONTENTS_PAGE}


@pytest.mark.parametrize("name", sorted(CELLS))
def test_lines_outside_the_tables(name: str) -> None:
    document = reader.read(original(name), name)
    assert document.notices == ()
    contents = [block for block in document.blocks if block.page == CONTENTS_PAGE]
    assert all(isinstance(block, Paragraph) for block in contents)
    assert len(contents) == 17
    tables = [block for block in document.blocks if isinstance(block, Grid)]
    units = [block.text for block in document.blocks if isinstance(block, Paragraph) and "  单位" in block.text]
    assert len(units) == 9, "each of the nine tables has its unit line in one piece, the unit parted by a wide gap"
    assert all(grid.page and grid.box for grid in tables)


@pytest.mark.parametrize("name", sorted(CELLS))
def test_a_total_alone_on_its_page_has_the_cells_that_it_shows(name: str) -> None:
    document = reader.read(original(name), name)
    alone = [grid for grid in document.blocks if isinstance(grid, Grid) and grid.rows == 1]
    assert alone
    for grid in alone:
        assert grid.cells[0].text.replace(" ", "") == "合计"
        assert len(grid.cells) == grid.columns
