"""The cells of a PDF file as pdfplumber finds them, an engine that shares nothing with ours."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pdfplumber

from loaders.document import Grid
from loaders.formats.pdf import reader

if TYPE_CHECKING:
    from loaders.document import Box, Document

TOLERANCE = 3.0
"""Points between the sides of the same cell in two engines: rules have a width."""


class Found(NamedTuple):
    """A cell: its box on the displayed page and its text without blanks."""

    page: int
    box: Box
    text: str


def theirs(data: bytes) -> list[Found]:
    """The cells that pdfplumber finds."""
    found = []
    with pdfplumber.open(BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            left, top = page.bbox[:2]
            for table in page.find_tables():
                for row, texts in zip(table.rows, table.extract(), strict=True):
                    for box, text in zip(row.cells, texts, strict=True):
                        if box is not None:
                            moved = (box[0] - left, box[1] - top, box[2] - left, box[3] - top)
                            found.append(Found(number, moved, "".join((text or "").split())))
    return found


def ours(document: Document) -> list[Found]:
    """The cells of our grids."""
    found = []
    for block in document.blocks:
        if isinstance(block, Grid):
            assert block.page
            for cell in block.cells:
                assert cell.box
                found.append(Found(block.page, cell.box, "".join(cell.text.split())))
    return found


def differences(data: bytes) -> tuple[int, list[Found], list[Found]]:
    """How many cells are equal, which only pdfplumber has, and which only we have."""
    left = ours(reader.read(data, "某.pdf"))
    only_theirs, equal = [], 0
    for cell in theirs(data):
        same = next((other for other in left if _same(cell, other)), None)
        if same is None:
            only_theirs.append(cell)
        else:
            left.remove(same)
            equal += 1
    return equal, only_theirs, left


def _same(one: Found, other: Found) -> bool:
    near = all(abs(a - b) <= TOLERANCE for a, b in zip(one.box, other.box, strict=True))
    return one.page == other.page and one.text == other.text and near
