"""Indicators of a table whose cells the text extraction broke to pieces."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from loaders.performance import levels
from loaders.performance.pieces import joined
from loaders.performance.raw import REJOINED, UNCERTAIN, Raw
from loaders.performance.segment import segment
from loaders.performance.words import BASIS, LEVEL1, LEVEL2, NAME, TARGET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.performance.levels import Block, Label, Levels
    from loaders.performance.pieces import Heads, Piece
    from loaders.performance.segment import Reading, Segment

MOST_PIECES = 6000
"""Of one table: more than any table of targets has."""
_CERTAIN = 2.6
"""A row that costs more was put together by belief."""
_MARGIN = 0.25
"""A seam that could lie elsewhere for less is not certain."""


class Broken(NamedTuple):
    """The rows of one table without their upper levels, the labels of these, and lines that were left out."""

    found: list[Raw]
    blocks: list[Block]
    lost: list[int]


class _Pass(NamedTuple):
    """One table once read: its pieces without labels, the labels, its rows."""

    heads: Heads
    pieces: list[Piece]
    labels: list[Label]
    reading: Reading


def read(tables: Sequence[Heads]) -> list[Broken]:
    """Rejoin the cells of all tables of a document.

    What stands as the basis of several rows stands there for sure; tables with seams that could lie elsewhere are
    read again knowing that.
    """
    passes = [_pass(heads) for heads in tables]
    usual = _usual(passes)
    again = [
        one._replace(reading=segment(one.pieces, ordered(one.heads.columns), usual))
        if any(not is_certain(row) for row in one.reading.rows)
        else one
        for one in passes
    ]
    found = [_broken(one) for one in again]
    _level(found)
    return found


def is_certain(row: Segment) -> bool:
    """Whether a row needs no belief, and none of its seams could as well lie elsewhere."""
    return row.cost <= _CERTAIN and row.margin >= _MARGIN and TARGET in row.cells


def _pass(heads: Heads) -> _Pass:
    pieces, labels = levels.extract(heads.below[:MOST_PIECES])
    return _Pass(heads, pieces, labels, segment(pieces, ordered(heads.columns)))


def _usual(passes: Sequence[_Pass]) -> frozenset[str]:
    """What stands as the basis of several rows."""
    texts = Counter(
        "".join(piece.text for piece in one.pieces[row.cells[BASIS].start : row.cells[BASIS].end])
        for one in passes
        for row in one.reading.rows
        if BASIS in row.cells
    )
    return frozenset(text for text, count in texts.items() if count > 1)


def _broken(one: _Pass) -> Broken:
    found = [_raw(one.pieces, row) for row in one.reading.rows]
    starts = [min(span.start for span in row.cells.values()) for row in one.reading.rows]
    left = {one.pieces[place].line for place in one.reading.strays}
    left |= {piece.line for piece in one.heads.below[MOST_PIECES:]}
    return Broken(found, levels.blocks(one.labels, starts), sorted(left))


def ordered(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns behind the upper levels, the name first."""
    return (NAME, *(column for column in columns if column not in (LEVEL1, LEVEL2, NAME)))


def _level(tables: Sequence[Broken]) -> None:
    """Give the rows of all tables of a document their upper levels, in the one way that contradicts least."""
    tried = {
        convention: [levels.assign(table.blocks, len(table.found), convention) for table in tables]
        for convention in levels.CONVENTIONS
    }
    faults = {convention: sum(given.faults for given in tried[convention]) for convention in levels.CONVENTIONS}
    usual = min(levels.CONVENTIONS, key=faults.__getitem__)
    rival = levels.FIRST if usual == levels.LAST and faults[levels.FIRST] == faults[usual] else usual
    for number, table in enumerate(tables):
        own = min((usual, *levels.CONVENTIONS), key=lambda convention: tried[convention][number].faults)
        _give(table.found, tried[own][number], tried[rival if own == usual else own][number])


def _give(rows: Sequence[Raw], given: Levels, rival: Levels) -> None:
    """Rows that another convention, as good as the one chosen, would label otherwise are uncertain."""
    labels = zip(given.level1, given.level2, strict=True)
    others = zip(rival.level1, rival.level2, strict=True)
    for row, (level1, level2), other in zip(rows, labels, others, strict=True):
        row.texts |= {LEVEL1: level1, LEVEL2: level2}
        if not level1 or not level2 or (level1, level2) != other or not levels.fits(level1, level2):
            row.doubt(UNCERTAIN)


def _raw(pieces: Sequence[Piece], row: Segment) -> Raw:
    start = pieces[min(span.start for span in row.cells.values())]
    texts = {column: joined(pieces[span.start : span.end]) for column, span in row.cells.items()}
    return Raw(start.line, start.page, texts, REJOINED if is_certain(row) else UNCERTAIN)
