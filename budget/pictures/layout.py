"""Where the parts of pictures lie: rectangles of a treemap, bars of steps. Numbers alone; nothing is drawn here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.pictures.figures import Course, Steps

CUT_FROM = 0.5
"""Share of the lowest level in the highest from which the axis of steps begins above 0."""
MARGIN = 0.25
"""Part of the drawn range that lies below the lowest level where the axis is cut."""


class Rectangle(NamedTuple):
    """Place of a part: left upper corner and size."""

    x: float
    y: float
    width: float
    height: float


class Bar(NamedTuple):
    """From where to where a bar goes, in fen."""

    low: int
    high: int


def treemap(sizes: Sequence[int], width: float, height: float) -> list[Rectangle]:
    """Lay out sizes as rectangles, as square as may be.

    Areas are in proportion and fill the whole; sizes are positive, the largest first (Bruls, Huizing, van Wijk:
    Squarified Treemaps).
    """
    placed: list[Rectangle] = []
    left = Rectangle(0, 0, width, height)
    rest, at = sum(sizes), 0
    while at < len(sizes):
        count = _row_length(sizes[at:], rest, left)
        row = sizes[at : at + count]
        share = sum(row) / rest
        placed += _row(row, left, share)
        left = _without_row(left, share)
        rest -= sum(row)
        at += count
    return placed


def _row_length(sizes: Sequence[int], rest: int, left: Rectangle) -> int:
    """How many sizes stand in the next row: as long as its rectangles become squarer."""
    side, area = min(left.width, left.height), left.width * left.height / rest
    best, count = float("inf"), 0
    for number in range(1, len(sizes) + 1):
        row = [size * area for size in sizes[:number]]
        thick = sum(row) / side
        worst = max(max(thick * thick / one, one / (thick * thick)) for one in row)
        if worst > best:
            break
        best, count = worst, number
    return max(count, 1)


def _row(row: Sequence[int], left: Rectangle, share: float) -> list[Rectangle]:
    """The rectangles of a row along the shorter side."""
    total, at, placed = sum(row), 0, []
    for size in row:
        begin, part = at / total, size / total
        if left.width >= left.height:
            placed.append(Rectangle(left.x, left.y + begin * left.height, left.width * share, part * left.height))
        else:
            placed.append(Rectangle(left.x + begin * left.width, left.y, part * left.width, left.height * share))
        at += size
    return placed


def _without_row(left: Rectangle, share: float) -> Rectangle:
    if left.width >= left.height:
        return Rectangle(left.x + left.width * share, left.y, left.width * (1 - share), left.height)
    return Rectangle(left.x, left.y + left.height * share, left.width, left.height * (1 - share))


def bars(steps: Steps) -> list[Bar]:
    """Return the bars of steps: the start from 0, each difference from where the one before ended, the end from 0."""
    level = steps.start.fen
    found = [Bar(min(0, level), max(0, level))]
    for step in steps.steps:
        found.append(Bar(min(level, level + step.fen), max(level, level + step.fen)))
        level += step.fen
    return [*found, Bar(min(0, steps.end.fen), max(0, steps.end.fen))]


def axis(steps: Steps) -> Bar:
    """Return the range that is drawn of steps. It begins at 0, or above where the differences would be too small."""
    found = bars(steps)
    lowest, highest = min(bar.low for bar in found), max(bar.high for bar in found)
    levels = [bar.low for bar in found[1:-1]] + [found[0].high, found[-1].high]
    if lowest == 0 and min(levels) > CUT_FROM * highest:
        spread = highest - min(levels)
        return Bar(max(0, round(min(levels) - MARGIN * max(spread, 1))), highest)
    return Bar(lowest, highest)


def course_range(course: Course) -> Bar:
    """Return the range that is drawn of a course. It begins at 0, or at the lowest where a line would be flat."""
    known = [point.fen for point in course.points if point.fen is not None]
    lowest, highest = min(known), max(known)
    return Bar(lowest if lowest > CUT_FROM * highest else min(0, lowest), max(0, highest))
