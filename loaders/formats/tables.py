"""Tables on their way to grids: limits, blank cells, and tables that are only a frame around text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message
from loaders.document import Grid, GridCell, Paragraph
from loaders.formats.refusals import too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CELL_LIMIT = 300_000
"""Cells of a document; a disclosure has some ten thousand."""
COLUMN_LIMIT = 2_000
"""Columns of a table in a text or a web page."""
AREA_LIMIT = 400_000
"""Positions of a sheet that are filled with blank cells; in a larger one only rows and columns with content count."""

Position = tuple[int, int]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


def check_cells(count: int, name: str) -> None:
    """Refuse a document of more cells than any disclosure has.

    Raises:
        UnreadableDocumentError: there are more than CELL_LIMIT.
    """
    if count > CELL_LIMIT:
        raise too_large(name, Message.of(N_("表格超过 {} 万个单元格"), CELL_LIMIT // 10_000))


def paragraphs(text: str, page: int | None = None) -> list[Paragraph]:
    """One paragraph a line that is not blank."""
    return [Paragraph(line.strip("\r\n"), page) for line in text.split("\n") if line.strip()]


def as_blocks(grid: Grid) -> list[Paragraph | Grid]:
    """The grid, compact; a grid of one cell is a frame and becomes paragraphs, one without text nothing."""
    if not any(cell.text.strip() for cell in grid.cells):
        return []
    if len(grid.cells) == 1:
        return list(paragraphs(grid.cells[0].text, grid.page))
    return [compact(grid)]


def compact(grid: Grid) -> Grid:
    """The grid without rows and columns in which no cell begins: spans may be written wider than what they span."""
    rows = sorted({cell.row for cell in grid.cells})
    columns = sorted({cell.column for cell in grid.cells})
    if len(rows) == grid.rows and len(columns) == grid.columns:
        return grid
    cells = tuple(cell for cell in (_moved(cell, rows, columns) for cell in grid.cells) if cell)
    return grid._replace(cells=cells, rows=len(rows), columns=len(columns))


def sheet_grid(
    cells: Mapping[Position, GridCell], merged: Iterable[Range], hidden: tuple[set[int], set[int]], name: str
) -> Grid:
    """The grid of a sheet: cells with text by position, merged ranges, hidden rows and columns.

    Empty rows and columns at the edges are trimmed, positions without content are blank cells. A merged range shows its
    first cell only. Ranges that overlap earlier ones are ignored.
    """
    visible = _merge(cells, merged)
    visible = _without_hidden(visible, *hidden)
    filled = [cell for cell in visible if cell.text.strip()]
    if not filled:
        return Grid((), 0, 0, name=name)
    top, left = min(cell.row for cell in filled), min(cell.column for cell in filled)
    bottom, right = max(cell.row for cell in filled), max(cell.column for cell in filled)
    wide = (bottom - top + 1) * (right - left + 1) > AREA_LIMIT
    rows = sorted({cell.row for cell in filled}) if wide else list(range(top, bottom + 1))
    columns = sorted({cell.column for cell in filled}) if wide else list(range(left, right + 1))
    placed = [cell for cell in (_moved(cell, rows, columns) for cell in visible) if cell]
    if len(rows) * len(columns) <= AREA_LIMIT:
        taken = {place for cell in placed for place in _places(cell)}
        placed += [
            GridCell(row, column, 1, 1, "")
            for row in range(len(rows))
            for column in range(len(columns))
            if (row, column) not in taken
        ]
    return Grid(tuple(sorted(placed, key=lambda cell: cell[:2])), len(rows), len(columns), name=name)


def _merge(cells: Mapping[Position, GridCell], merged: Iterable[Range]) -> list[GridCell]:
    """The cells with their spans; ranges are clipped to where there is content."""
    bottom = max((row for row, _ in cells), default=-1)
    right = max((column for _, column in cells), default=-1)
    spans: dict[Position, GridCell] = {}
    covered: set[Position] = set()
    looked_at = 0
    for first_row, first_column, last_row, last_column in merged:
        height = min(last_row, bottom) - first_row + 1
        width = min(last_column, right) - first_column + 1
        looked_at += max(height, 0) * max(width, 0)
        if height < 1 or width < 1 or first_row < 0 or first_column < 0 or looked_at > CELL_LIMIT:
            continue
        first = cells.get((first_row, first_column), GridCell(first_row, first_column, 1, 1, ""))
        span = first._replace(rows=height, columns=width)
        places = _places(span)
        if covered.isdisjoint(places):
            covered.update(places)
            spans[first_row, first_column] = span
    single = [cell for place, cell in cells.items() if place not in covered]
    return [*single, *spans.values()]


def _places(cell: GridCell) -> list[Position]:
    return [
        (row, column)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]


def _without_hidden(cells: Sequence[GridCell], rows: set[int], columns: set[int]) -> list[GridCell]:
    """The cells without hidden rows and columns; a merged cell shrinks, and is gone when nothing of it shows."""
    if not rows and not columns:
        return list(cells)
    dark_rows, dark_columns = sorted(rows), sorted(columns)
    kept = []
    for cell in cells:
        above, within = _split(dark_rows, cell.row, cell.rows)
        before, inside = _split(dark_columns, cell.column, cell.columns)
        if within < cell.rows and inside < cell.columns:
            kept.append(
                cell._replace(
                    row=cell.row - above,
                    rows=cell.rows - within,
                    column=cell.column - before,
                    columns=cell.columns - inside,
                )
            )
    return kept


def _split(hidden: list[int], first: int, count: int) -> tuple[int, int]:
    """How many hidden lines stand before `first`, and how many in the `count` lines from there."""
    before = bisect_left(hidden, first)
    return before, bisect_left(hidden, first + count) - before


def _moved(cell: GridCell, rows: list[int], columns: list[int]) -> GridCell | None:
    """The cell in a grid of these rows and columns only, clipped to them; None where nothing of it is left."""
    row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
    height = bisect_left(rows, cell.row + cell.rows) - row
    width = bisect_left(columns, cell.column + cell.columns) - column
    if height < 1 or width < 1:
        return None
    return cell._replace(row=row, column=column, rows=height, columns=width)
