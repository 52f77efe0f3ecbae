"""Give rows of broken text the labels of their merged cells."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from loaders.performance.costs import is_figure, only_column
from loaders.performance.words import (
    EVIDENCE,
    FIRST_LEVEL,
    LABELS,
    PARENTS,
    PREFIXES,
    RULE,
    SATISFACTION,
    SIGNS,
    SUFFIXES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.performance.pieces import Piece

_MOST_ENDS = 40
_LONGEST_START = 4


class Label(NamedTuple):
    """A label, and before which of the remaining pieces it stood."""

    text: str
    place: int


def extract(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Label]]:
    """The pieces without labels, and the labels in order."""
    taken: dict[int, tuple[str, int]] = {}  # first piece -> label, number of pieces
    skipped: set[int] = set()
    place = 0
    while place < len(pieces):
        size = _whole(pieces, place)
        if size:
            taken[place] = ("".join(piece.text for piece in pieces[place : place + size]), size)
            skipped.update(range(place, place + size))
        place += size or 1
    _names(pieces, taken, skipped)
    _cut_labels(pieces, taken, skipped)
    rest: list[Piece] = []
    labels: list[Label] = []
    for place, piece in enumerate(pieces):
        if place in taken:
            labels.append(Label(taken[place][0], len(rest)))
        if place not in skipped:
            rest.append(piece)
    return rest, labels


def _whole(pieces: Sequence[Piece], place: int) -> int:
    """How many pieces from here on are one label, 0 where they are none."""
    text, best = "", 0
    for number in range(place, len(pieces)):
        text += pieces[number].text
        if text in LABELS:
            best = number - place + 1
        if text not in PREFIXES:
            break
    return best


def _names(pieces: Sequence[Piece], taken: dict[int, tuple[str, int]], skipped: set[int]) -> None:
    """Indicators that are called as the level above them are no labels: a target follows them at once."""
    starts = sorted(taken)
    before: tuple[str, int] = ("", -1)  # the label before, and behind which piece it ends
    for start in starts:
        text, size = taken[start]
        end = start + size
        twice = before == (text, start)
        opens = start == 0 or before[1] == start or _ends_row(pieces[start - 1].text)
        before = (text, end)
        followed = end < len(pieces) and end not in taken
        if followed and (twice or (opens and _is_target(pieces[end].text))):
            del taken[start]
            skipped.difference_update(range(start, end))


def _is_target(text: str) -> bool:
    return text[0] in SIGNS or (is_figure(text) and not text.isdigit())


def _ends_row(text: str) -> bool:
    """Whether a row may end with a piece: its weight, its rule or its evidence, or without these its target."""
    return only_column(text) in {RULE, EVIDENCE} or is_figure(text)


def _cut_labels(pieces: Sequence[Piece], taken: dict[int, tuple[str, int]], skipped: set[int]) -> None:
    """Labels whose end stands far behind their start: a page break cut the row."""
    ends = [place for place, piece in enumerate(pieces) if place not in skipped and piece.text in SUFFIXES]
    for end in ends[:_MOST_ENDS]:
        if end in skipped:
            continue
        found = _start(pieces, end, skipped)
        if found is not None:
            start, size = found
            text = "".join(piece.text for piece in pieces[start : start + size]) + pieces[end].text
            taken[start] = (text, size)
            skipped.update((*range(start, start + size), end))


def _start(pieces: Sequence[Piece], end: int, skipped: set[int]) -> tuple[int, int] | None:
    for start in range(end):
        text = ""
        for size in range(1, _LONGEST_START):
            place = start + size - 1
            if place >= end or place in skipped:
                break
            text += pieces[place].text
            if text + pieces[end].text in LABELS:
                return start, size
            if text not in PREFIXES:
                break
    return None


LAST, FIRST, MIDDLE = "last", "first", "middle"
CONVENTIONS = (LAST, FIRST, MIDDLE)
"""Beside which row of its block a merged label is printed."""
_MOST_WAYS = 8
_MOST_LABELS = 200
"""Of one table, where they may stand in the middle."""
_OFF = ((0, 0), (1, 0), (-1, 1), (2, 1))
"""How far the end of a block may lie from where a label in its middle puts it, and the faults that this is."""


class Block(NamedTuple):
    """A label and before which row it is printed."""

    text: str
    row: int


class Levels(NamedTuple):
    """The labels of each row, and the doubts about them."""

    level1: tuple[str, ...]
    level2: tuple[str, ...]
    faults: int  # things that contradict the way the labels were given
    unsure: frozenset[int] = frozenset()  # rows where another way is as good


def blocks(labels: Sequence[Label], starts: Sequence[int]) -> list[Block]:
    """The labels with the row before or in which they stand; `starts` is the first piece of each row."""
    found: list[Block] = []
    for label in labels:
        row = bisect_left(starts, label.place)
        before = row < len(starts) and starts[row] == label.place
        found.append(Block(label.text, row if before else max(row - 1, 0)))
    return found


def assign(found: Sequence[Block], rows: int, convention: str) -> Levels:
    """Give each of `rows` rows its labels, as one convention has it."""
    first, second = _apart(found)
    ways = [
        Levels(level1, level2, faults1 + faults2 + _strange(level1, level2))
        for (level1, faults1), (level2, faults2) in product(
            _spread(first, rows, convention), _spread(second, rows, convention)
        )
    ]
    best = min(ways, key=lambda way: way.faults)
    equals = [way for way in ways if way.faults == best.faults]
    return best._replace(unsure=differing(equals))


def differing(ways: Sequence[Levels]) -> frozenset[int]:
    """The rows that not all ways label alike."""
    found: set[int] = set()
    for way in ways[1:]:
        pairs = zip(
            zip(way.level1, way.level2, strict=True), zip(ways[0].level1, ways[0].level2, strict=True), strict=True
        )
        found.update(row for row, (one, other) in enumerate(pairs) if one != other)
    return frozenset(found)


def fits(level1: str, level2: str) -> bool:
    """Whether the second level may stand under the first one; unknown labels may."""
    parent = PARENTS.get(level2)
    return parent is None or parent == level1 or level1 not in PARENTS.values()


def _strange(level1: Sequence[str], level2: Sequence[str]) -> int:
    return sum(1 for upper, lower in zip(level1, level2, strict=True) if not fits(upper, lower))


def _apart(found: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The labels of the first and of the second level; 满意度指标 and 成本指标 may be either."""
    parents = Counter(PARENTS.get(block.text) for block in found)
    satisfied = parents[SATISFACTION] > 0
    first: list[Block] = []
    second: list[Block] = []
    twice = False
    for block in found:
        if block.text == SATISFACTION and not satisfied:
            (second if twice else first).append(block)
            twice = not twice
        elif block.text == "成本指标" and not parents["成本指标"]:
            second.append(block)
        else:
            (first if block.text in FIRST_LEVEL else second).append(block)
    if twice:  # a single one among labels that are printed row by row
        lone = next(block for block in reversed(first) if block.text == SATISFACTION)
        first.remove(lone)
        second.append(lone)
        second.sort(key=lambda block: block.row)
    return first, second


def _spread(found: Sequence[Block], rows: int, convention: str) -> list[tuple[tuple[str, ...], int]]:
    """The labels of the rows and the faults, in each way that the convention allows."""
    if not found or not rows:
        return [(("",) * rows, 0)]
    if convention == MIDDLE:
        return [(_texts(found, ends, 0, rows), faults) for ends, faults in _middle(found, rows)]
    if convention == LAST:
        start, ends = 0, [block.row + 1 for block in found]
    else:
        start, ends = found[0].row, [*(block.row for block in found[1:]), rows]
    faults = (ends[-1] != rows) + (start != 0)
    faults += sum(1 for before, end in zip([start, *ends], ends, strict=False) if end <= before)
    return [(_texts(found, ends, start, rows), faults)]


def _texts(found: Sequence[Block], ends: Sequence[int], start: int, rows: int) -> tuple[str, ...]:
    texts = [""] * rows
    for block, end in zip(found, ends, strict=True):
        for row in range(start, min(end, rows)):
            texts[row] = block.text
        start = max(start, end)
    return tuple(texts)


def _middle(found: Sequence[Block], rows: int) -> list[tuple[tuple[int, ...], int]]:
    """Where the blocks may end whose labels stand in their middle, and the faults of each way; the best ways first."""
    if len(found) > _MOST_LABELS:
        return [(tuple(block.row + 1 for block in found), len(found))]
    ways: list[tuple[tuple[int, ...], int]] = [((), 0)]
    for number, block in enumerate(found):
        final = number + 1 == len(found)
        most = rows if final else min(rows, found[number + 1].row)
        further = {
            (*ends, end): faults + more
            for ends, faults in ways
            for end, more in _middle_ends(block.row, ends[-1] if ends else 0, most, final=final)
        }
        ways = sorted(further.items(), key=lambda way: way[1])[:_MOST_WAYS]
    return ways


def _middle_ends(row: int, start: int, most: int, *, final: bool) -> list[tuple[int, int]]:
    """Behind which rows a block may end that begins at `start`, with the faults; always one at least."""
    middle = 2 * row - start
    if final:
        return [(most, dict(_OFF).get(most - middle, 2))]
    found = [(middle + off, faults) for off, faults in _OFF if start < middle + off <= most]
    return found or [(max(min(row + 1, most), start + 1), 2)]
