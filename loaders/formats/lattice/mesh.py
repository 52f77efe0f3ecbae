"""Rules -> meshes: which rectangles of a page are cells, and which cells make one table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from loaders.formats.lattice.rules import SNAP, Rule, by_place, closing, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loaders.document import Box

RULE_LIMIT = 4_000
"""Rules of one page after joining; a page of a large table has some hundred."""
FIELD_LIMIT = 100_000
"""Fields (smallest rectangles between any two neighbouring rules) of one table."""
COVERED = 0.7
"""So much of a side must be drawn; the rest are dashes, and ends that stop short of the crossing."""

Field = tuple[int, int]
"""Row and column of a smallest rectangle between rules."""


class TooManyRulesError(ValueError):
    """A page with more rules than any table has; its text is still there."""


class MeshCell(NamedTuple):
    """A cell: its place, span and box (left, top, right, bottom in points)."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


class Mesh(NamedTuple):
    """The cells of one table; `xs` and `ys` are the places of its columns' and rows' sides, in points."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[MeshCell, ...]

    @property
    def box(self) -> Box:
        """Left, top, right, bottom in points."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def meshes(horizontal: Iterable[Rule], vertical: Iterable[Rule]) -> list[Mesh]:
    """The tables that these rules draw, from top to bottom; frames around a single cell are none.

    Raises:
        TooManyRulesError: more rules or fields than any table has.
    """
    rows, columns = tidy(horizontal), tidy(vertical)
    if len(rows) + len(columns) > RULE_LIMIT:
        raise TooManyRulesError
    found = [mesh for table in _tables(rows, columns) if (mesh := _mesh(*table)) is not None]
    return sorted(found, key=lambda mesh: (mesh.ys[0], mesh.xs[0]))


def _tables(rows: list[Rule], columns: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules in sets that hang together by crossings."""
    places = [rule.at for rule in columns]
    crossed: list[list[int]] = []
    crossing: list[list[int]] = [[] for _ in columns]
    for number, row in enumerate(rows):
        near = range(bisect_left(places, row.start - SNAP), bisect_right(places, row.end + SNAP))
        meets = [i for i in near if columns[i].start - SNAP <= row.at <= columns[i].end + SNAP]
        crossed.append(meets)
        for i in meets:
            crossing[i].append(number)
    visited: set[int] = set()
    taken: set[int] = set()
    for first in range(len(rows)):
        if first in visited or not crossed[first]:
            continue
        visited.add(first)
        members, sides, waiting = [first], [], [first]
        while waiting:
            for side in crossed[waiting.pop()]:
                if side in taken:
                    continue
                taken.add(side)
                sides.append(side)
                fresh = [number for number in crossing[side] if number not in visited]
                visited.update(fresh)
                members += fresh
                waiting += fresh
        yield [rows[number] for number in sorted(members)], [columns[side] for side in sorted(sides)]


def _mesh(rows: list[Rule], columns: list[Rule]) -> Mesh | None:
    if sides := closing(rows, columns):
        columns = tidy([*columns, *sides])
    if ends := closing(columns, rows):
        rows = tidy([*rows, *ends])
    levels, uprights = by_place(rows), by_place(columns)
    ys, xs = list(levels), list(uprights)
    if (len(ys) - 1) * (len(xs) - 1) > FIELD_LIMIT:
        raise TooManyRulesError
    above = [_drawn(levels[y], xs) for y in ys]
    before = [_drawn(uprights[x], ys) for x in xs]
    fields = [field for region in _regions(above, before) for field in _rectangles(region)]
    if len(fields) < 2:  # noqa: PLR2004 - a frame is no table
        return None
    used_ys = sorted({y for top, _, bottom, _ in fields for y in (top, bottom)})
    used_xs = sorted({x for _, left, _, right in fields for x in (left, right)})
    row_of = {y: index for index, y in enumerate(used_ys)}
    column_of = {x: index for index, x in enumerate(used_xs)}
    cells = tuple(
        MeshCell(
            row_of[top],
            column_of[left],
            row_of[bottom] - row_of[top],
            column_of[right] - column_of[left],
            (xs[left], ys[top], xs[right], ys[bottom]),
        )
        for top, left, bottom, right in sorted(fields)
    )
    return Mesh(tuple(xs[x] for x in used_xs), tuple(ys[y] for y in used_ys), cells)


def _drawn(spans: list[tuple[float, float]], places: list[float]) -> list[bool]:
    """Whether these spans of one rule draw the side between each two neighbouring places."""
    if len(spans) == 1 and spans[0][0] <= places[0] and places[-1] <= spans[0][1]:
        return [True] * (len(places) - 1)
    drawn = []
    first = 0
    for start, end in pairwise(places):
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        length = 0.0
        index = first
        while index < len(spans) and spans[index][0] < end:
            length += min(end, spans[index][1]) - max(start, spans[index][0])
            index += 1
        drawn.append(length >= COVERED * (end - start))
    return drawn


def _regions(above: list[list[bool]], before: list[list[bool]]) -> Iterator[list[Field]]:
    """The sets of fields with no side drawn between them, those open to the outside left out.

    Args:
        above: for each row of fields, and the bottom, whether the side above each column is drawn.
        before: for each column of fields, and the right end, whether the side before each row is drawn.
    """
    height, width = len(above) - 1, len(before) - 1
    visited = [[False] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if visited[row][column]:
                continue
            if above[row][column] and above[row + 1][column] and before[column][row] and before[column + 1][row]:
                yield [(row, column)]  # most fields are cells
                continue
            region, is_open = _flood((row, column), above, before, visited)
            if not is_open:
                yield region


def _flood(
    start: Field, above: list[list[bool]], before: list[list[bool]], visited: list[list[bool]]
) -> tuple[list[Field], bool]:
    """The fields that hang together with one, marked in `visited`; and whether they are open to the outside."""
    height, width = len(visited), len(visited[0])
    visited[start[0]][start[1]] = True
    region, waiting, is_open = [start], [start], False
    while waiting:
        y, x = waiting.pop()
        for wall, to_y, to_x in (
            (above[y][x], y - 1, x),
            (above[y + 1][x], y + 1, x),
            (before[x][y], y, x - 1),
            (before[x + 1][y], y, x + 1),
        ):
            if wall:
                continue
            if not (0 <= to_y < height and 0 <= to_x < width):
                is_open = True
            elif not visited[to_y][to_x]:
                visited[to_y][to_x] = True
                region.append((to_y, to_x))
                waiting.append((to_y, to_x))
    return region, is_open


def _rectangles(region: list[Field]) -> Iterator[tuple[int, int, int, int]]:
    """The region as rectangles (top, left, bottom, right); more than one only where a side is half drawn."""
    if len(region) == 1:
        ((row, column),) = region
        yield row, column, row + 1, column + 1
        return
    begun: dict[tuple[int, int], int] = {}  # the columns of a rectangle -> its first row
    runs = _runs(region)
    for row in range(min(runs), max(runs) + 2):
        spans = runs.get(row, set())
        for span in [span for span in begun if span not in spans]:
            yield begun.pop(span), span[0], row, span[1]
        for span in spans:
            begun.setdefault(span, row)


def _runs(region: list[Field]) -> dict[int, set[tuple[int, int]]]:
    """For each row its unbroken columns, as first and after the last."""
    runs: dict[int, set[tuple[int, int]]] = {}
    start = row_before = after = -1
    for row, column in [*sorted(region), (-1, -1)]:
        if row != row_before or column != after:
            if after > 0:
                runs.setdefault(row_before, set()).add((start, after))
            start = column
        row_before, after = row, column + 1
    return runs
