"""Indicators of a table whose cells the text extraction broke to pieces."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from loaders.performance.blocks import CONVENTIONS, assign, blocks, differing, extract, fits
from loaders.performance.costs import is_figure
from loaders.performance.pieces import SAME_LINE, is_interleaved, joined
from loaders.performance.raw import REJOINED, UNCERTAIN, Raw
from loaders.performance.segment import segment
from loaders.performance.words import BASIS, EVIDENCE, LEVEL1, LEVEL2, NAME, RULE, TARGET, WEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.performance.blocks import Block, Label, Levels
    from loaders.performance.pieces import ColumnHeader, Piece
    from loaders.performance.segment import Reading, Segment, Usual

MOST_PIECES = 6000
"""Of one table: more than any table of targets has."""
_CERTAIN = 2.6
"""A row that costs more was put together by belief."""
_MARGIN = 0.25
"""A seam that could lie elsewhere for less is not certain."""

_REQUIRED = (TARGET, BASIS, WEIGHT, RULE, EVIDENCE)
_REPEATED = frozenset({BASIS, RULE, EVIDENCE})
_MOSTLY = 0.5
_DOUBTED = 0.2
"""Where more of the rows are uncertain, all are."""


class Broken(NamedTuple):
    """Rows rejoined from broken text, with labels and lines left out."""

    found: list[Raw]
    blocks: list[Block]  # labels of the upper levels
    lost: list[int]  # lines of what was left out
    numbers: list[int]  # of numbers that stand alone: page numbers, most likely


class _Pass(NamedTuple):
    """One table once read: its pieces without labels, the labels, its rows."""

    header: ColumnHeader
    pieces: list[Piece]
    labels: list[Label]
    reading: Reading
    required: frozenset[str]  # columns that are rarely blank


def read(tables: Sequence[ColumnHeader]) -> list[Broken]:
    """Rejoin the cells of all tables of a document.

    What stands in the same column of several rows stands there for sure: tables with uncertain rows are read again
    knowing that.
    """
    passes = [_pass(heads) for heads in tables]
    usual = _usual(passes)
    found = [_broken(one if _is_sure(one) and not _joins(one, usual) else _pass(one.header, usual)) for one in passes]
    _level(found)
    return found


def is_certain(row: Segment, required: frozenset[str] = frozenset({TARGET})) -> bool:
    """Whether a row was read without doubt.

    Its cells need no belief, none that is `required` is missing, and none of its seams could as well lie elsewhere.
    """
    return row.cost <= _CERTAIN and row.margin >= _MARGIN and required <= row.cells.keys()


def _pass(heads: ColumnHeader, usual: Usual = frozenset()) -> _Pass:
    pieces, labels = extract(heads.below[:MOST_PIECES])
    reading = segment(pieces, ordered(heads.columns), usual)
    filled = Counter(column for row in reading.rows for column in row.cells)
    required = {column for column in _REQUIRED if filled[column] > _MOSTLY * len(reading.rows)}
    return _Pass(heads, pieces, labels, reading, frozenset(required | {TARGET}))


def _is_sure(one: _Pass) -> bool:
    return all(is_certain(row, one.required) for row in one.reading.rows)


def _usual(passes: Sequence[_Pass]) -> Usual:
    """What stands as the basis, the rule or the evidence of several rows."""
    texts = Counter(
        (column, "".join(piece.text for piece in one.pieces[span.start : span.end]))
        for one in passes
        for row in one.reading.rows
        for column, span in row.cells.items()
        if column in _REPEATED
    )
    texts += _repeated_targets(passes)
    return frozenset(text for text, count in texts.items() if count > 1)


def _repeated_targets(passes: Sequence[_Pass]) -> Counter[tuple[str, str]]:
    """Targets in words (有效保障): they stand alone, or on the line of a name, which would go on on the next line."""
    texts: Counter[tuple[str, str]] = Counter()
    for one in passes:
        for row in one.reading.rows:
            places = [
                span.start for column, span in row.cells.items() if column == TARGET and span.end == span.start + 1
            ]
            if span := row.cells.get(NAME):
                places += [place for place in range(span.start + 1, span.end) if one.pieces[place].gap == SAME_LINE]
            texts.update((TARGET, text) for place in places if not is_figure(text := one.pieces[place].text))
    return texts


def _joins(one: _Pass, usual: Usual) -> bool:
    """Whether a name of the table swallowed what is the target of several other rows."""
    return any(
        (TARGET, one.pieces[place].text) in usual
        for row in one.reading.rows
        if (span := row.cells.get(NAME))
        for place in range(span.start + 1, span.end)
    )


def _broken(one: _Pass) -> Broken:
    found = [_raw(one, row) for row in one.reading.rows]
    doubtful = sum(raw.status == UNCERTAIN for raw in found)
    if is_interleaved(one.header.below) or doubtful > max(1, _DOUBTED * len(found)):
        for raw in found:  # rows that seem sound may lack what stands in others
            raw.doubt(UNCERTAIN)
    starts = [min(span.start for span in row.cells.values()) for row in one.reading.rows]
    strays = [one.pieces[place] for place in one.reading.strays]
    numbers = {piece.line for piece in strays if piece.text.isdigit()}
    lost = {piece.line for piece in (*strays, *one.header.below[MOST_PIECES:])} - numbers
    return Broken(found, blocks(one.labels, starts), sorted(lost), sorted(numbers))


def ordered(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns behind the upper levels, the name first."""
    return (NAME, *(column for column in columns if column not in (LEVEL1, LEVEL2, NAME)))


def _level(tables: Sequence[Broken]) -> None:
    """Give the rows of all tables of a document their upper levels, in the one way that contradicts least."""
    tried = {
        convention: [assign(table.blocks, len(table.found), convention) for table in tables]
        for convention in CONVENTIONS
    }
    usual = min(tried, key=lambda convention: _faults(tried[convention]))
    rivals = [convention for convention in tried if _faults(tried[convention]) == _faults(tried[usual])]
    for number, table in enumerate(tables):
        own = min((usual, *tried), key=lambda convention: tried[convention][number].faults)
        others = rivals if own == usual else [own]
        unsure = differing([tried[convention][number] for convention in others])
        _give(table.found, tried[own][number], unsure)


def _faults(given: Sequence[Levels]) -> int:
    return sum(levels.faults for levels in given)


def _give(rows: Sequence[Raw], given: Levels, unsure: frozenset[int]) -> None:
    """Rows that another way, as good as the one chosen, would label otherwise are uncertain."""
    for place, row in enumerate(rows):
        level1, level2 = given.level1[place], given.level2[place]
        row.texts |= {LEVEL1: level1, LEVEL2: level2}
        if not level1 or not level2 or place in unsure | given.unsure or not fits(level1, level2):
            row.doubt(UNCERTAIN)


def _raw(one: _Pass, row: Segment) -> Raw:
    start = one.pieces[min(span.start for span in row.cells.values())]
    texts = {column: joined(one.pieces[span.start : span.end]) for column, span in row.cells.items()}
    return Raw(start.line, start.page, texts, REJOINED if is_certain(row, one.required) else UNCERTAIN)
