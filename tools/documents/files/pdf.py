"""A document as a ruled PDF: lines or thin areas, rotated pages, shading, text that is there twice."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from io import BytesIO
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING, Any

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from tools.documents.files.ruled import (
    LATIN,
    LEADING,
    MARGIN,
    PADDING,
    SIZE,
    SONG,
    Placed,
    edges_of,
    place,
    rules,
    text_width,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.document import Box, Document, Grid, GridCell, Paragraph
    from tools.documents.files.sheet import Made


@dataclass(frozen=True, slots=True)
class Look:
    """How pages are drawn; the first option of each field is its default."""

    rules: str = "lines"
    rotation: int = 0
    shading: str = "none"
    ghosts: bool = False
    latin: bool = False
    gap: float = 0.0
    shift: float = 0.0
    align: str = "left"
    valign: str = "middle"
    compressed: bool = True


LOOK_OPTIONS: dict[str, tuple[object, ...]] = {
    "rules": ("lines", "long lines", "areas", "boxes", "double"),
    "rotation": (0, 90, 180, 270),
    "shading": ("none", "white", "grey heads", "white cells"),
    "ghosts": (False, True),  # the last row of a page once more on the next, invisible
    "latin": (False, True),  # figures in another font
    "gap": (0.0, 0.4),  # rules that end a little before they meet
    "shift": (0.0, -20.0, 15.0),  # the page's origin
    "align": ("left", "right", "centre"),  # of amounts
    "valign": ("middle", "top"),
}
"""The options of each field."""


def random_look(seed: int, **fixed: Any) -> Look:  # noqa: ANN401 - fields of Look
    """A look with every option drawn evenly; those given are kept."""
    rng = Random(seed)
    chosen: dict[str, Any] = {name: rng.choice(options) for name, options in LOOK_OPTIONS.items()}
    return Look(**{**chosen, **fixed})


def drawn(look: Look) -> list[str]:
    """What differs from the default, as `field=value`."""
    return [f"{f.name}={getattr(look, f.name)!r}" for f in fields(look) if getattr(look, f.name) != f.default]


def write(made: Made, look: Look) -> tuple[bytes, Document]:
    """The bytes, and the document as it stands on the pages: each cell with its box."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pageCompression=int(look.compressed))
    blocks: list[Paragraph | Grid] = []
    edges = edges_of(made)
    last: list[str] = []
    for number, group in groupby(enumerate(made.document.blocks), key=lambda item: item[1].page):
        page = _Page(canvas, look, list(group), edges)
        blocks += page.draw(number or 1, last if look.ghosts else [])
        last = page.last_row()
        canvas.showPage()
    canvas.save()
    data = _shifted(buffer.getvalue(), look.shift) if look.shift else buffer.getvalue()
    return data, replace(made.document, format="pdf", blocks=tuple(blocks))


def _shifted(data: bytes, by: float) -> bytes:
    """The pages with their origin elsewhere."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            _, _, width, height = (float(side) for side in page.mediabox)
            page.mediabox = pikepdf.Array([by, by, width + by, height + by])
            page.contents_add(f"1 0 0 1 {by} {by} cm".encode(), prepend=True)
        pdf.save(out)
    return out.getvalue()


class _Page:
    """Draws the blocks of one page; all places are from the upper left corner of the page as it is shown."""

    def __init__(
        self, canvas: Canvas, look: Look, blocks: Sequence[tuple[int, Paragraph | Grid]], edges: dict[int, list[float]]
    ) -> None:
        self.canvas, self.look = canvas, look
        self.placed, self.width, self.height = place(blocks, edges)

    def last_row(self) -> list[str]:
        """The texts of the last row of the page's last grid."""
        grids = [placed for placed in self.placed if isinstance(placed, Placed)]
        return [cell.text for cell in grids[-1].grid.cells if cell.row == grids[-1].grid.rows - 1] if grids else []

    def draw(self, number: int, ghosts: list[str]) -> list[Paragraph | Grid]:
        """Draw everything; the blocks with their boxes."""
        self._turn()
        if self.look.shading == "white":
            self._area((0.0, 0.0, self.width, self.height), grey=1.0)
        found: list[Paragraph | Grid] = []
        for placed in self.placed:
            if isinstance(placed, Placed):
                self._grid(placed)
                cells = tuple(cell._replace(box=placed.box(cell)) for cell in placed.grid.cells)
                box = (placed.across[0], placed.down[0], placed.across[-1], placed.down[-1])
                found.append(placed.grid._replace(cells=cells, page=number, box=box))
            else:
                block, at = placed
                self._text(block.text, MARGIN, at)
                found.append(block)
        for i, text in enumerate(ghosts):
            self._text(text.split("\n")[0], MARGIN + 60 * i, MARGIN - 8, invisible=True)
        return found

    def _turn(self) -> None:
        """Set the page so that what is drawn upright is shown upright."""
        width, height = self.width, self.height
        self.canvas.setPageSize((width, height))  # as shown: reportlab itself turns the page that is stored
        if self.look.rotation:
            self.canvas.setPageRotation(self.look.rotation)
        matrix = {
            0: None,
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }[self.look.rotation]
        if matrix:
            self.canvas.transform(*matrix)

    def _grid(self, placed: Placed) -> None:
        look = self.look
        for cell in placed.grid.cells:
            if look.shading == "white cells" or (look.shading == "grey heads" and cell.row == 0):
                self._area(placed.box(cell), grey=1.0 if look.shading == "white cells" else 0.85)
        if look.rules == "boxes":
            for cell in placed.grid.cells:
                left, top, right, bottom = placed.box(cell)
                self.canvas.rect(left, self.height - bottom, right - left, bottom - top, stroke=1, fill=0)
        elif look.rules != "none":
            for rule in rules(placed, long=look.rules == "long lines"):
                self._rule(rule)
        for cell in placed.grid.cells:
            self._cell(cell, placed.box(cell))

    def _rule(self, rule: Box) -> None:
        gap = self.look.gap
        left, top, right, bottom = rule
        flat = top == bottom
        if gap:
            left, right = (left + gap, right - gap) if flat else (left, right)
            top, bottom = (top, bottom) if flat else (top + gap, bottom - gap)
        if self.look.rules == "areas":
            half = 0.25
            self._area((left - half, top - half, right + half, bottom + half), grey=0.0)
            return
        self.canvas.setStrokeGray(0)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(left, self.height - top, right, self.height - bottom)
        if self.look.rules == "double":
            self.canvas.line(left, self.height - top, right, self.height - bottom)

    def _cell(self, cell: GridCell, box: Box) -> None:
        lines = cell.text.split("\n")
        left, top, right, bottom = box
        font = SONG
        if self.look.latin and cell.text.isascii():
            font = LATIN
        figure = cell.text[:1].isdigit() or cell.text[:1] == "-"
        room = bottom - top - LEADING * len(lines)
        first = top + (PADDING if self.look.valign == "top" else room / 2) + SIZE
        for i, line in enumerate(lines):
            spare = right - left - 2 * PADDING - text_width(line, font)
            align = self.look.align if figure else "left"
            x = left + PADDING + {"left": 0.0, "right": spare, "centre": spare / 2}[align]
            self._text(line, x, first + LEADING * i, font)

    def _text(self, text: str, x: float, y: float, font: str = SONG, *, invisible: bool = False) -> None:
        if not text:
            return
        written = self.canvas.beginText(x, self.height - y)
        written.setFont(font, SIZE)
        written.setFillGray(0)
        written.setTextRenderMode(3 if invisible else 0)
        written.textOut(text)
        self.canvas.drawText(written)

    def _area(self, box: Box, *, grey: float) -> None:
        left, top, right, bottom = box
        self.canvas.setFillGray(grey)
        self.canvas.rect(left, self.height - bottom, right - left, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)
