"""Documents in every readable format, for the check of the bundle. They are made by the writers of the tests."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import sample_data
from loaders.document import Grid
from tools.bundle.contents import ROOT
from tools.documents.files import ofd, office, pdf
from tools.documents.files.layout import Layout
from tools.documents.files.sheet import random_layout
from tools.documents.known_forms import eleven
from tools.documents.known_forms.budget_gen import Shape, grow

if TYPE_CHECKING:
    from pathlib import Path

    from tools.documents.files.sheet import Made

WORD97 = ROOT / "tests" / "loaders" / "formats" / "data" / "word97.doc"
"""No disclosure: but the words that its reader has for it are the same everywhere."""
SOURCES = ("general_public_budget", "government_fund", "own_funds", "appropriation_carryover")


def write(folder: Path) -> list[str]:
    """Write one document a format into a folder; return their names."""
    made = eleven.from_budget(
        grow(Shape(seed=1, items=6, sources=SOURCES)), Layout(), random_layout(1), eleven.random_style(1)
    )
    look = office.random_look(1)
    written = {
        "网页.html": office.html(made, look),
        "文字.docx": office.docx(made, look),
        "表格.xlsx": office.xlsx(made, look),
        "旧表格.xls": office.xls(made, look),
        "开放表格.ods": open_sheet(made),
        "版式.ofd": ofd.write(made, ofd.random_look(1))[0],
        "版式 一.pdf": pdf.write(made, pdf.random_look(1))[0],
        "旧文字.doc": WORD97.read_bytes(),
    }
    for name, data in written.items():
        (folder / name).write_bytes(data)
    samples = sample_data.paths()
    for path in samples:
        shutil.copyfile(path, folder / path.name)
    return [*written, *(path.name for path in samples)]


def open_sheet(made: Made) -> bytes:
    """A document as an OpenDocument spreadsheet: every line and every cell with its span, in one sheet."""
    rows: list[str] = []
    for block in made.document.blocks:
        if isinstance(block, Grid):
            rows += [_row(block, number) for number in range(block.rows)]
        else:
            rows.append(f"<table:table-row>{_cell(block.text)}</table:table-row>")
    content = (
        '<office:document-content xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{"".join(rows)}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return file.getvalue()


def _row(grid: Grid, number: int) -> str:
    """One row of a grid; what a span covers is a covered cell."""
    starts = {cell.column: cell for cell in grid.cells if cell.row == number}
    cells = []
    for column in range(grid.columns):
        cell = starts.get(column)
        if cell is None:
            cells.append("<table:covered-table-cell/>")
        else:
            cells.append(_cell(cell.text, rows=cell.rows, columns=cell.columns))
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(text: str, *, rows: int = 1, columns: int = 1) -> str:
    spans = f'table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {spans}>{lines}</table:table-cell>"
