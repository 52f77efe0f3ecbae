"""Documents of any file format: paragraphs and grids in reading order, with page and box."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.model.disclosure import Notice

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the upper left corner of the page as it is displayed."""


class Paragraph(NamedTuple):
    """A line of text outside the grids; in paged formats one visual line."""

    text: str
    page: int | None = None


class GridCell(NamedTuple):
    """One cell of a grid, with its span; a merged cell is there once, at its upper left corner."""

    row: int  # from 0
    column: int  # from 0
    rows: int  # how many rows it spans, at least 1
    columns: int
    text: str  # as printed; the lines of a wrapped cell are separated by "\n"
    box: Box | None = None
    origin: str = "printed"  # budget.model.disclosure.AmountOrigin: how an amount in it came to be read


class Grid(NamedTuple):
    """A table with cells: those of a ruled page, a word processor, a spreadsheet, a web page or a text.

    The cells stand in order of row and column and do not overlap; positions that none of them covers do not exist
    (a page may end with a total that has fewer cells).
    """

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    page: int | None = None
    box: Box | None = None
    name: str = ""
    """Name of the sheet, in spreadsheets."""
    source: tuple[str, ...] = ()
    """The lines of text that it was read from, those between its rows included; empty in other formats."""
    row_lines: tuple[int, ...] = ()
    """For each row the index in `source` of the line where it begins; empty where every line is a row."""

    doubtful: bool = False
    """Nothing but blanks, or the order of lines, shows its columns."""
    may_have_moved: bool = False
    """Its rows do not exclude that cells of a blank column were lost, and those behind them moved aside."""

    @property
    def height(self) -> int:
        """The number of its lines in the document."""
        return len(self.source) or self.rows

    def line_of(self, row: int) -> int:
        """The offset of a row's first line from the grid's first."""
        return self.row_lines[row] if self.row_lines else row

    def lines(self) -> list[str]:
        """The lines as printed in a text; else each row's cells separated by tabs, wrapped cells joined."""
        if self.source:
            return list(self.source)
        rows: list[list[str]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell.text.replace("\n", "").replace("\t", " "))
        return ["\t".join(row) for row in rows]


@dataclass(frozen=True)
class Document:
    """A file as paragraphs and grids; `lines` numbers its text from 1, a grid has its text's lines or one a row."""

    format: str
    """text, pdf, docx, doc, xlsx, xls, ods, html, ofd."""
    blocks: tuple[Paragraph | Grid, ...]
    page_count: int | None = None
    encoding: str = ""
    notices: tuple[Notice, ...] = field(default=())
    """What the format's reader must say: hidden sheets, pages without text, broken characters."""

    def numbered(self) -> Iterator[tuple[int, Paragraph | Grid]]:
        """Each block with the number of its first line."""
        return zip(self._firsts, self.blocks, strict=True)

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        sizes = [_height(block) for block in self.blocks]
        return tuple(accumulate(sizes[:-1], initial=1)) if sizes else ()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text of all blocks, line by line."""
        return tuple(
            line for block in self.blocks for line in (block.lines() if isinstance(block, Grid) else [block.text])
        )

    @cached_property
    def pages(self) -> tuple[int | None, ...]:
        """The page of each of `lines`."""
        return tuple(block.page for block in self.blocks for _ in range(_height(block)))


def _height(block: Paragraph | Grid) -> int:
    return block.height if isinstance(block, Grid) else 1
