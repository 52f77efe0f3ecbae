"""The labels of merged cells in broken text: found among the pieces, and given to the rows of their block."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from loaders.performance.words import FIRST_LEVEL, LABELS, PARENTS, PREFIXES, SATISFACTION, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.performance.pieces import Piece

_MOST_ENDS = 40
_LONGEST_START = 4
LAST, FIRST, MIDDLE = "last", "first", "middle"
CONVENTIONS = (LAST, FIRST, MIDDLE)
"""Beside which row of its block a merged label is printed."""


class Label(NamedTuple):
    """A label, and before which of the remaining pieces it stood."""

    text: str
    place: int


class Block(NamedTuple):
    """A label and before which row it is printed."""

    text: str
    row: int


class Levels(NamedTuple):
    """The labels of each row, and how many things contradict the way they were given."""

    level1: list[str]
    level2: list[str]
    faults: int


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
    level1, faults1 = _spread(first, rows, convention)
    level2, faults2 = _spread(second, rows, convention)
    strange = sum(1 for upper, lower in zip(level1, level2, strict=True) if not fits(upper, lower))
    return Levels(level1, level2, faults1 + faults2 + strange)


def fits(level1: str, level2: str) -> bool:
    """Whether the second level may stand under the first one; unknown labels may."""
    parent = PARENTS.get(level2)
    return parent is None or parent == level1 or level1 not in PARENTS.values()


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


def _spread(found: Sequence[Block], rows: int, convention: str) -> tuple[list[str], int]:
    """The label of each row, and how many labels contradict the convention."""
    texts = [""] * rows
    if not found or not rows:
        return texts, 0
    ends = _ends(found, rows, convention)
    start = found[0].row if convention == FIRST else 0
    faults = (ends[-1] != rows) + (start != 0)
    for block, end in zip(found, ends, strict=True):
        off_centre = convention == MIDDLE and abs(start + end - 1 - 2 * block.row) > 1
        faults += (end <= start) + off_centre
        for row in range(start, min(end, rows)):
            texts[row] = block.text
        start = max(start, end)
    return texts, faults


def _ends(found: Sequence[Block], rows: int, convention: str) -> list[int]:
    """Behind which row each block ends."""
    if convention == LAST:
        return [block.row + 1 for block in found]
    if convention == FIRST:
        return [*(block.row for block in found[1:]), rows]
    ends: list[int] = []
    start = 0
    for block, following in zip(found, [*found[1:], None], strict=True):
        end = rows if following is None else min(2 * block.row - start + 1, following.row)
        ends.append(max(end, start + 1))
        start = ends[-1]
    return ends
