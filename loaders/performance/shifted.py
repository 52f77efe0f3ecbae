"""A line whose tabs were shifted or lost: its cells read in order, as broken text is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.performance import levels
from loaders.performance.broken import is_certain, ordered
from loaders.performance.pieces import NEXT_LINE, Piece, joined
from loaders.performance.raw import REJOINED, Raw
from loaders.performance.segment import segment
from loaders.performance.words import FIRST_LEVEL, LEVEL1, LEVEL2
from loaders.tokens import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.performance.tables import Row

_MOST_CELLS = 40


def read(row: Row, columns: Sequence[str]) -> tuple[Raw, dict[str, str]] | None:
    """The one row that the cells of a line make, and its labels of levels; None where they do not make exactly one."""
    texts = [tidy(cell.text) for cell in row.cells or ()]
    pieces, labels = levels.extract(
        [Piece(text, row.line, row.page, NEXT_LINE) for text in texts if text][:_MOST_CELLS]
    )
    reading = segment(pieces, ordered(columns))
    if len(reading.rows) != 1 or reading.strays or not is_certain(reading.rows[0]):
        return None
    found = {name: joined(pieces[span.start : span.end]) for name, span in reading.rows[0].cells.items()}
    named: dict[str, str] = {}
    for label in labels:
        level = LEVEL1 if label.text in FIRST_LEVEL and LEVEL1 not in named else LEVEL2
        named[level] = label.text
    return Raw(row.line, row.page, found, REJOINED), named
