"""Glyphs -> text of cells and lines around them, in reading order."""

from __future__ import annotations

from bisect import bisect_right
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from loaders.document import Grid, GridCell, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.formats.lattice.mesh import Mesh

SAME_LINE = 0.5
"""Glyphs whose centres differ by less than this share of the lower one's height stand on one line ..."""
SAME_FOOT = 0.15
"""... and those whose feet differ by less than this share of the higher one's: in some fonts 、 has a low box."""
GAP = 0.45
"""A gap of so many heights between two glyphs is a blank, also where none is printed."""
PRINTED_GAP = 0.12
"""A printed blank is one where so many heights are left for it."""
WIDE_GAP = 1.5
"""A gap of so many heights parts the cells of a table without rules: two blanks."""
TWICE = 0.4
"""The same glyph again within this share of its width is printed twice (bold by shifting)."""


class Glyphs(NamedTuple):
    """The characters of a page with their boxes in points; all five sequences have the same length.

    A `text` may be a word, where its characters stand closely on one line and no side of a cell is between them; blanks
    are printed blanks, at the end of a word or by themselves.
    """

    text: Sequence[str]
    left: Sequence[float]
    top: Sequence[float]
    right: Sequence[float]
    bottom: Sequence[float]


def blocks(glyphs: Glyphs, meshes: Sequence[Mesh], page: int | None) -> list[Paragraph | Grid]:
    """Lines of text outside the meshes, and the meshes as grids.

    They come from top to bottom.  A glyph belongs to the cell that its centre is in, the innermost where tables
    stand in tables.
    """
    places = _places(glyphs, meshes)
    found: list[tuple[float, Paragraph | Grid]] = [
        (top, Paragraph(text, page)) for top, text in _lines(glyphs, places.pop(None, []))
    ]
    for number, mesh in enumerate(meshes):
        cells = tuple(
            GridCell(row, column, rows, columns, _cell_text(glyphs, places.get((number, index), [])), box)
            for index, (row, column, rows, columns, box) in enumerate(mesh.cells)
        )
        grid = Grid(cells, rows=len(mesh.ys) - 1, columns=len(mesh.xs) - 1, page=page, box=mesh.box)
        found.append((mesh.ys[0], grid))
    return [block for _, block in sorted(found, key=lambda item: item[0])]


def _places(glyphs: Glyphs, meshes: Sequence[Mesh]) -> dict[tuple[int, int] | None, list[int]]:
    """The glyphs of each cell (mesh and index), and of None: those in no cell."""
    if not meshes:
        return {None: list(range(len(glyphs.text)))}
    xs = [(left + right) / 2 for left, right in zip(glyphs.left, glyphs.right, strict=True)]
    ys = [(top + bottom) / 2 for top, bottom in zip(glyphs.top, glyphs.bottom, strict=True)]
    owners: list[tuple[int, int] | None] = [None] * len(xs)
    # Smaller tables last: what stands in a table inside a cell is the inner table's.
    for number, mesh in sorted(enumerate(meshes), key=lambda item: -_area(item[1])):
        fields = _fields(number, mesh)
        rows = map(bisect_right, repeat(mesh.ys), ys)
        columns = map(bisect_right, repeat(mesh.xs), xs)
        owners = [
            fields.get(field, owner) for field, owner in zip(zip(rows, columns, strict=True), owners, strict=True)
        ]
    places: dict[tuple[int, int] | None, list[int]] = {}
    for index, owner in enumerate(owners):
        places.setdefault(owner, []).append(index)
    return places


def _fields(number: int, mesh: Mesh) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column, counted from 1, of each field of a mesh -> the cell that covers it."""
    return {
        (row + 1, column + 1): (number, index)
        for index, cell in enumerate(mesh.cells)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def _area(mesh: Mesh) -> float:
    left, top, right, bottom = mesh.box
    return (right - left) * (bottom - top)


def _cell_text(glyphs: Glyphs, indices: list[int]) -> str:
    if len(indices) <= 1:  # most cells: empty, or one word
        return glyphs.text[indices[0]].strip() if indices else ""
    return "\n".join(text for _, text in _lines(glyphs, indices))


def _lines(glyphs: Glyphs, indices: list[int]) -> Iterator[tuple[float, str]]:
    """The visual lines of some glyphs, each with its top, from top to bottom; empty lines are left out."""
    for line in _rows_of_text(glyphs, indices):
        text = _line_text(glyphs, line)
        if text:
            yield min(map(glyphs.top.__getitem__, line)), text


class _Run(NamedTuple):
    """Glyphs that follow each other at exactly one height."""

    bottom: float
    centre: float
    height: float
    members: list[int]


def _rows_of_text(glyphs: Glyphs, indices: list[int]) -> Iterator[list[int]]:
    runs = sorted(_runs(glyphs, indices), key=attrgetter("bottom"))
    if not runs:
        return
    line: list[int] = []
    first = runs[0]
    for run in runs:
        if not _on_one_line(first, run):
            yield line
            line, first = [], run
        line = line + run.members if line else run.members
    yield line


def _on_one_line(first: _Run, run: _Run) -> bool:
    if run.bottom - first.bottom <= SAME_FOOT * max(run.height, first.height):
        return True
    return abs(run.centre - first.centre) <= SAME_LINE * min(run.height, first.height)


def _runs(glyphs: Glyphs, indices: list[int]) -> Iterator[_Run]:
    by_top: dict[float, list[int]] = {}
    for top, index in zip(map(glyphs.top.__getitem__, indices), indices, strict=True):
        if top in by_top:
            by_top[top].append(index)
        else:
            by_top[top] = [index]
    for top, members in by_top.items():
        bottom = glyphs.bottom[members[0]]
        yield _Run(bottom, (top + bottom) / 2, bottom - top, members)


def _line_text(glyphs: Glyphs, line: list[int]) -> str:
    """One line from left to right: blanks where they are printed or the gap is wide, twice printed glyphs once."""
    if len(line) == 1:
        return glyphs.text[line[0]].strip()
    parts: list[str] = []
    end = start = 0.0
    previous = ""
    is_blank = False
    for index in sorted(line, key=glyphs.left.__getitem__):
        text, left, right = glyphs.text[index], glyphs.left[index], glyphs.right[index]
        word = text.strip()
        if not word:
            is_blank = True
            continue
        if previous:
            if word == previous and left - start < TWICE * (right - left) / len(word):
                continue
            gap = (left - end) / (glyphs.bottom[index] - glyphs.top[index] or 1.0)
            if gap > GAP or (is_blank and gap > PRINTED_GAP):
                parts.append("  " if gap > WIDE_GAP else " ")
        parts.append(word)
        previous, start, end, is_blank = word, left, right, len(word) < len(text)
    return "".join(parts)
