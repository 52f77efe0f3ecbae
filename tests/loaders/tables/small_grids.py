"""Small grids with invented figures, written as lines: `|` between cells, `<` and `^` go on with the cell beside."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.tables.cells import Cells
from loaders.tables.find import Table, tables
from loaders.tables.statements import TableReader

if TYPE_CHECKING:
    from loaders.tables.rows import TableRow


def grid(*lines: str, page: int = 1) -> Grid:
    """A grid; `<` is covered by the cell to its left, `^` by the one above."""
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    cells = [
        GridCell(
            y, x,
            1 + len(list(takewhile(lambda below, x=x: below[x] == "^", rows[y + 1 :]))),
            1 + len(list(takewhile("<".__eq__, row[x + 1 :]))),
            text,
        )
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
        if text not in {"<", "^"}
    ]  # fmt: skip
    return Grid(tuple(cells), len(rows), max(map(len, rows)), page)


def document(*blocks: str | Grid) -> Document:
    """A document of lines and grids."""
    return Document("grids", tuple(Paragraph(b, 1) if isinstance(b, str) else b for b in blocks))


def found(*blocks: str | Grid) -> list[Table]:
    """The tables of lines and grids."""
    return tables(document(*blocks))[0]


def cells(*lines: str) -> Cells:
    """A grid that can be asked."""
    return Cells(grid(*lines))


def read(title: str, *lines: str, year: int = 2024, phase: str = "budget") -> list[TableRow]:
    """The rows of one table; every figure has its coordinates."""
    table = found(title, "单位：万元", grid(*lines))[0]
    reader = TableReader(table, 1, year, phase)
    return reader.rows()
