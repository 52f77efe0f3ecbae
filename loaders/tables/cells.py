"""A grid that can be asked: the cell at a place, the cells of a row, where its columns stand on the page."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from loaders.words.numbers import is_amount
from loaders.words.tokens import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Grid, GridCell

_NEAR = 3.0
"""Points by which the rules of two pages may differ."""


class Cells:
    """The cells of a grid by their places."""

    def __init__(self, grid: Grid) -> None:
        """Index the cells; spans that overlap (a damaged file) leave a place to the first of them."""
        self.grid = grid
        self.rows, self.columns, self.page = grid.rows, grid.columns, grid.page
        self.header_ends: dict[int, int] = {}
        """The first row below a header, by the row with which it begins, where it has been looked for."""
        self._starting: list[list[GridCell]] = [[] for _ in range(grid.rows)]
        self._at: dict[tuple[int, int], GridCell] = {}
        self._texts: list[dict[int, str]] = [{} for _ in range(grid.rows)]
        for cell in grid.cells:
            self._starting[cell.row].append(cell)
            if text := tidy(cell.text):
                self._texts[cell.row][cell.column] = text
            if cell.rows == 1 == cell.columns:
                self._at.setdefault((cell.row, cell.column), cell)
                continue
            for row in range(cell.row, min(cell.row + cell.rows, grid.rows)):
                for column in range(cell.column, min(cell.column + cell.columns, grid.columns)):
                    self._at.setdefault((row, column), cell)

    def starting(self, row: int) -> list[GridCell]:
        """The cells whose upper left corner is in this row."""
        return self._starting[row]

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a place; None where there is none."""
        return self._at.get((row, column))

    def texts(self, row: int) -> dict[int, str]:
        """The texts of the cells that begin in a row, by column.

        Cells without text are left out, lines of a cell are joined.
        """
        return self._texts[row]

    def text(self, row: int, column: int) -> str:
        """The text of the cell that begins at a place; "" inside, between or outside of cells."""
        return self._texts[row].get(column, "")

    @cached_property
    def has_amounts(self) -> bool:
        """True where any cell is an amount."""
        return any(is_amount(text) for texts in self._texts for text in texts.values())

    @cached_property
    def edges(self) -> tuple[float, ...] | None:
        """Left edges of the columns, then the last right edge, in points.

        None where cells have no boxes.
        """
        found: dict[int, float] = {}
        for cell in self.grid.cells:
            if cell.box is not None:
                found.setdefault(cell.column, cell.box[0])
                found[cell.column + cell.columns] = cell.box[2]
        if len(found) < self.columns + 1:
            return None
        return tuple(found[column] for column in range(self.columns + 1))

    def holds_edges(self, other: Cells) -> bool:
        """True where another grid's column edges are all edges of this one."""
        if self.edges is None or other.edges is None:
            return False
        return all(any(abs(edge - own) <= _NEAR for own in self.edges) for edge in other.edges)


def stacked(upper: Cells, lower: Cells) -> Grid | None:
    """Two grids as one, the first on top: a head that a page has cut, and what it is the head of.

    Columns are those that stand at the same places, or have the same numbers where the grids know no places;
    None where neither can be.
    """
    if upper.columns == lower.columns:
        upper_at = lower_at = list(range(upper.columns + 1))
    elif upper.edges is not None and lower.edges is not None:
        sides: list[float] = []
        for edge in sorted((*upper.edges, *lower.edges)):
            if not sides or edge - sides[-1] > _NEAR:
                sides.append(edge)
        upper_at = [bisect_right(sides, edge + _NEAR / 2) - 1 for edge in upper.edges]
        lower_at = [bisect_right(sides, edge + _NEAR / 2) - 1 for edge in lower.edges]
    else:
        return None
    cells = (*_moved(upper.grid, upper_at, 0), *_moved(lower.grid, lower_at, upper.rows))
    columns = max(upper_at[-1], lower_at[-1])
    lines = (*range(upper.rows), *(upper.rows + lower.grid.line_of(row) for row in range(lower.rows)))
    return lower.grid._replace(cells=cells, rows=upper.rows + lower.rows, columns=columns, source=(), row_lines=lines)


def _moved(grid: Grid, at: list[int], down: int) -> Iterator[GridCell]:
    for cell in grid.cells:
        column, end = at[cell.column], at[cell.column + cell.columns]
        yield cell._replace(row=cell.row + down, column=column, columns=max(end - column, 1))
