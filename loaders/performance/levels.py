"""The labels of merged cells in broken text, found among the pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loaders.performance.costs import is_figure, only_column
from loaders.performance.words import EVIDENCE, LABELS, PREFIXES, RULE, SIGNS, SUFFIXES

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
