"""Which column each cell of a performance table stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.performance.tables import column_of
from loaders.tokens import compact

if TYPE_CHECKING:
    from loaders.performance.tables import Cell, Row

_MOST = 40
"""Columns of one table: more than any table of targets has."""


class Columns:
    """The columns of a table, by the row that names them."""

    def __init__(self, heads: Row) -> None:
        """`heads` is a row for which `tables.is_column_heads` holds."""
        named = [cell for cell in heads.cells or () if compact(cell.text)][:_MOST]
        self._heads = [(cell, column_of(cell.text)) for cell in named]
        self._grid = heads.grid
        self._at = {
            column: name
            for head, name in self._heads
            for column in range(head.column, head.column + head.columns)
            if name is not None
        }
        self._placed = all(cell.left is not None for cell, _ in self._heads)
        self.order = tuple(name for _, name in self._heads if name is not None)
        self.names = frozenset(self.order)

    def of(self, row: Row) -> dict[str, list[Cell]]:
        """The cells of a row by column; cells that stand under no known head are left out."""
        cells = row.cells or ()
        other = row.grid != self._grid
        placed = self._placed and all(cell.left is not None for cell in cells)
        counted = other and not placed and len(cells) == len(self._heads)
        found: dict[str, list[Cell]] = {}
        for place, cell in enumerate(cells):
            name = (
                self._heads[place][1]
                if counted
                else self._above(cell)
                if other and placed
                else self._at.get(cell.column)
            )
            if name is not None:
                found.setdefault(name, []).append(cell)
        return found

    def aligned_right(self, row: Row) -> Row:
        """A line that lost the cells of merged labels at its left, its last cells below the last heads."""
        cells = row.cells or ()
        lost = len(self._heads) - len(cells)
        if lost <= 0:
            return row
        return row._replace(cells=tuple(cell._replace(column=cell.column + lost) for cell in cells))

    def _above(self, cell: Cell) -> str | None:
        """Another page's grid has its own columns: what counts is what stands under what."""
        middle = ((cell.left or 0) + (cell.right or 0)) / 2
        return next((name for head, name in self._heads if (head.left or 0) <= middle < (head.right or 0)), None)
