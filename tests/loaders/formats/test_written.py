"""Documents written in every format come back: each cell with its text and span, each line, each once."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from budget.model.disclosure import AmountOrigin
from loaders.document import Grid
from loaders.formats import detect, docx, html
from loaders.formats.ofd import reader
from loaders.formats.spreadsheet import reader as sheet
from tests.support.packages import grids, sound
from tests.support.tiers import EACH, tiered
from tools.documents.files import ofd as written_ofd
from tools.documents.files import office
from tools.documents.files.layout import Layout
from tools.documents.files.sheet import random_layout
from tools.documents.known_forms import eleven, final_accounts, shanghai
from tools.documents.known_forms.budget_gen import Shape, grow

if TYPE_CHECKING:
    from loaders.document import Document
    from tools.documents.files.sheet import Made

SOURCES = ("general_public_budget", "government_fund", "own_funds", "appropriation_carryover")
SEEDS = range(3)


def made(form: str, seed: int) -> Made:
    budget = grow(Shape(seed=seed, items=6, sources=SOURCES))
    layout = random_layout(seed)
    if form == "eleven":
        return eleven.from_budget(budget, Layout(), layout, eleven.random_style(seed))
    module = shanghai if form == "shanghai" else final_accounts
    return module.made(budget, module.random_style(seed), layout)


def content(read: Document) -> Counter[tuple[str, int, int]]:
    """Cells with text and lines, without blanks; lines have no span."""
    found: Counter[tuple[str, int, int]] = Counter()
    for block in read.blocks:
        if isinstance(block, Grid):
            found.update((plain(cell.text), cell.rows, cell.columns) for cell in block.cells if cell.text.strip())
        elif block.text.strip():
            found[plain(block.text), 0, 0] += 1
    return found


def words(read: Document) -> Counter[str]:
    """What is printed, wherever it stands: in a workbook lines of text are cells."""
    found: Counter[str] = Counter()
    for (text, _, _), count in content(read).items():
        found[text] += count
    return found


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("form", "seed"), tiered(["eleven", "shanghai", "final accounts"], SEEDS, together=EACH))
class TestEveryFormat:
    @pytest.mark.long
    def test_word(self, form: str, seed: int) -> None:
        written = made(form, seed)
        data = office.docx(written, office.random_look(seed))
        assert detect.format_of(data, "f") == "docx"
        read = docx.read(data, "f.docx")
        sound(read)
        assert content(read) == content(written.document)

    def test_web_page(self, form: str, seed: int) -> None:
        written = made(form, seed)
        data = office.html(written, office.random_look(seed))
        assert detect.format_of(data, "f") == "html"
        read = html.read(data, "f.html")
        sound(read)
        assert content(read) == content(written.document)

    @pytest.mark.parametrize("kind", ["xlsx", "xls"])
    @pytest.mark.parametrize("numbers", ["text", "formats"])
    def test_workbooks(self, form: str, seed: int, kind: str, numbers: str) -> None:
        written = made(form, seed)
        look = office.random_look(seed, numbers=numbers)
        data = (office.xlsx if kind == "xlsx" else office.xls)(written, look)
        assert detect.format_of(data, "f") == kind
        read = sheet.read(data, "f")
        sound(read)
        assert words(read) == words(written.document)
        assert {cell.origin for grid in grids(read) for cell in grid.cells} == {AmountOrigin.PRINTED}
        assert any("隐藏的工作表" in notice.sentence for notice in read.notices) == look.decoys

    def test_ofd(self, form: str, seed: int) -> None:
        data, written = written_ofd.write(made(form, seed), written_ofd.random_look(seed))
        assert detect.format_of(data, "f") == "ofd"
        read = reader.read(data, "f.ofd")
        sound(read)
        assert content(read) == content(written)
        assert read.page_count == max(block.page or 0 for block in written.blocks)
        for found, expected in zip(grids(read), grids(written), strict=True):
            assert found.page == expected.page
            assert found.box == pytest.approx(expected.box, abs=3)
