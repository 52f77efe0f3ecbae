"""Blocks placed on a page with rules around the cells; shared by the formats that have pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.pdfbase import pdfmetrics

from loaders.document import Grid, GridCell, Paragraph
from tools.documents.files import font

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.document import Box
    from tools.documents.files.sheet import Made

SONG, LATIN = font.register(), "Helvetica"
SIZE, LEADING, PADDING, MARGIN = 9.0, 12.0, 4.0, 40.0
"""Points: of the characters, from line to line, between text and rule, around the page."""


class Placed(NamedTuple):
    """A grid on its page: edges of its columns from the left, of its rows from the top of the page."""

    grid: Grid
    across: list[float]
    down: list[float]

    def box(self, cell: GridCell) -> Box:
        """Where a cell is drawn."""
        right, bottom = self.across[cell.column + cell.columns], self.down[cell.row + cell.rows]
        return self.across[cell.column], self.down[cell.row], right, bottom


def place(
    blocks: Sequence[tuple[int, Paragraph | Grid]], edges: dict[int, list[float]]
) -> tuple[list[tuple[Paragraph, float] | Placed], float, float]:
    """Numbered blocks below one another: (paragraph, its base line) or grid; the width and height that hold them."""
    placed: list[tuple[Paragraph, float] | Placed] = []
    width, at = 842.0, MARGIN
    for number, block in blocks:
        if isinstance(block, Grid):
            placed.append(Placed(block, edges[number], running(at, rows_of(block))))
            at += sum(rows_of(block)) + LEADING
            width = max(width, edges[number][-1] + MARGIN)
        else:
            at += LEADING + PADDING
            placed.append((block, at))
            width = max(width, text_width(block.text) + 2 * MARGIN)
    return placed, width, max(595.0, at + MARGIN)


def edges_of(made: Made) -> dict[int, list[float]]:
    """The edges of the columns of each grid, by block: pages of one table have theirs at the same places."""
    tables: dict[str, list[float]] = {}
    grids = [(number, block) for number, block in enumerate(made.document.blocks) if isinstance(block, Grid)]
    for number, grid in sorted(grids, key=lambda item: -item[1].columns):
        table, columns = made.frames[number]
        widths = tables.setdefault(table, [14.0] * columns[-1])
        for cell in sorted(grid.cells, key=lambda cell: cell.columns):
            need = (
                max(text_width(line, font_) for line in cell.text.split("\n") for font_ in _fonts(line)) + 2 * PADDING
            )
            covered = range(columns[cell.column], columns[cell.column + cell.columns])
            have = sum(widths[column] for column in covered)
            for column in covered:
                widths[column] += max(0.0, need - have) / len(covered)
    found = {}
    for number, _ in grids:
        table, columns = made.frames[number]
        whole = running(MARGIN, tables[table])
        found[number] = [whole[column] for column in columns]
    return found


def text_width(text: str, font_: str = SONG) -> float:
    """Points."""
    return float(pdfmetrics.stringWidth(text, font_, SIZE))


def _fonts(text: str) -> tuple[str, ...]:
    return (SONG, LATIN) if text.isascii() else (SONG,)


def rows_of(grid: Grid) -> list[float]:
    """Heights that hold every cell's lines."""
    heights = [LEADING + 2 * PADDING] * grid.rows
    for cell in sorted(grid.cells, key=lambda cell: cell.rows):
        need = LEADING * (cell.text.count("\n") + 1) + 2 * PADDING
        have = sum(heights[cell.row : cell.row + cell.rows])
        heights[cell.row + cell.rows - 1] += max(0.0, need - have)
    return heights


def running(start: float, steps: Iterable[float]) -> list[float]:
    found = [start]
    for step in steps:
        found.append(found[-1] + step)
    return found


def rules(placed: Placed, *, long: bool) -> list[Box]:
    """The sides of all cells, each once; `long`: those that meet as one rule."""
    sides: set[Box] = set()
    for cell in placed.grid.cells:
        for column in range(cell.column, cell.column + cell.columns):
            left, right = placed.across[column], placed.across[column + 1]
            for edge in (placed.down[cell.row], placed.down[cell.row + cell.rows]):
                sides.add((left, edge, right, edge))
        for row in range(cell.row, cell.row + cell.rows):
            top, bottom = placed.down[row], placed.down[row + 1]
            for edge in (placed.across[cell.column], placed.across[cell.column + cell.columns]):
                sides.add((edge, top, edge, bottom))
    if not long:
        return sorted(sides)
    flat = sorted((side for side in sides if side[1] == side[3]), key=lambda side: (side[1], side[0]))
    upright = sorted((side for side in sides if side[0] == side[2]), key=lambda side: (side[0], side[1]))
    return [*_joined(flat), *_joined(upright)]


def _joined(sides: list[Box]) -> list[Box]:
    found: list[Box] = []
    for side in sides:
        if found and found[-1][2:] == side[:2]:
            found[-1] = (*found[-1][:2], *side[2:])
        else:
            found.append(side)
    return found
