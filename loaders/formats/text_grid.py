"""Rows of cells of a text -> a grid, where the rows themselves show that every cell stands in its column."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from loaders.document import Grid, GridCell
from loaders.formats import head_spans
from loaders.formats.text_evidence import Column, Kind, columns_of, is_shifted, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_Placed = tuple[int, int, int, int, str]
_MOST_HEAD_ROWS = 6
_NUMBER_WORDS = re.compile(r"[※*类款项甲乙丙—-]|栏次?|次|行次|合计|公式|")
_COLUMN_NUMBER = re.compile(r"[(（]?\d{1,2}[)）]?")
_FORMULA = re.compile(r"[A-Z](?:=[A-Z](?:[-+][A-Z])*)?|[(（]?\d{1,2}[)）]?(?:=\d{1,2}(?:[-+]\d{1,2})+)?")
_YEAR = re.compile(r"20\d{2}年?")
_NUMERAL = r"(?:[一二三四五六七八九十]+|\d+)"
_ENTRY = re.compile(rf"{_NUMERAL}[、.．]|[(（]{_NUMERAL}[)）]|其中[:：]|\d{{3}}")
_MISFITS = 0.1
"""Share of the rows that may have a name in a column of numbers, or a number in one of names."""


class Row(NamedTuple):
    """A row of cells, with the index of the line where it begins."""

    line: int
    cells: tuple[str, ...]
    whole: bool = False
    """One cell over the whole width of the table, within its body."""


class Outcome(NamedTuple):
    """What became of the rows of a table."""

    grid: Grid | None = None
    """None where the rows do not show where their cells stand."""
    kinds: tuple[Kind, ...] = ()
    shifted: bool = False
    """The rows contradict the places of their cells: whoever wrote them lost or moved some."""


def grid(rows: Sequence[Row], before: Sequence[Kind] = (), *, explicit: bool = False) -> Outcome:
    """The grid of these rows, without its source.

    `before` are the columns of the table before it, for one that goes on without a head; `explicit` says that it is
    known to be a table whatever it holds.
    """
    start, width = _extent(rows, explicit=explicit)
    body = _fitted(rows[start:], width) if width > 1 else None  # one column is a list
    if body is None:
        return Outcome()
    columns = columns_of([row.cells for row in body if not row.whole], width)
    if is_shifted(columns):
        return Outcome(shifted=True)
    kinds = tuple(column.kind for column in columns)
    certain = explicit or (Kind.NUMBER in kinds and _regular(body, columns))
    headed = start > 0 or _alike(kinds, before)
    head = _head([row.cells for row in rows[:start]], columns) if certain and headed else None
    if head is None:
        return Outcome()
    cells = [GridCell(*cell) for cell in head]
    for index, row in enumerate(body, start):
        if row.whole:
            cells.append(GridCell(index, 0, 1, width, row.cells[0].strip()))
        else:
            cells += [GridCell(index, place, 1, 1, text.strip()) for place, text in enumerate(row.cells)]
    lines = tuple(row.line - rows[0].line for row in rows)
    return Outcome(Grid(tuple(cells), len(rows), width, row_lines=lines), kinds)


def _extent(rows: Sequence[Row], *, explicit: bool) -> tuple[int, int]:
    """The first row of the body, and the number of columns; 0 columns where there is no row with an amount."""
    start = next((index for index, row in enumerate(rows) if _has_amounts(row)), None)
    if start is None and not explicit:
        return 0, 0
    start = 1 if start is None else start
    width = max(len(row.cells) for row in rows) if explicit else _width(rows[start:])
    while start and _is_early(rows[start - 1], rows[start:], width):
        start -= 1
    return start, width


def is_column_numbers(cells: Sequence[str]) -> bool:
    """True for a row that numbers the columns, or says how one follows from others (1 2 3=1+2, A=B+C)."""
    plain = ["".join(cell.split()) for cell in cells]
    others = [text for text in plain if not _NUMBER_WORDS.fullmatch(text)]
    if not others:
        return False
    if all(_COLUMN_NUMBER.fullmatch(text) for text in others):
        values = [int(re.sub(r"\D", "", text)) for text in others]
        named = any(text and _NUMBER_WORDS.fullmatch(text) for text in plain)
        rising = values == list(range(1, len(values) + 1))
        return rising and (named or len(values) > 2)  # noqa: PLR2004
    return len(others) > 1 and all(_FORMULA.fullmatch(text) for text in others)


def _has_amounts(row: Row) -> bool:
    if is_column_numbers(row.cells):
        return False
    return any(kind_of(cell) is Kind.NUMBER and not _YEAR.fullmatch(cell.strip()) for cell in row.cells)


def _width(rows: Sequence[Row]) -> int:
    """The usual number of cells of rows with amounts; with equally many the larger one."""
    counts = Counter(
        len(row.cells) for row in rows if not row.whole and any(kind_of(cell) is Kind.NUMBER for cell in row.cells)
    )
    return max(counts, key=lambda width: (counts[width], width))


def _is_early(row: Row, body: Sequence[Row], width: int) -> bool:
    """True for a row of the body above its first amounts: names alone, numbered or coded as those below."""
    if row.whole or len(row.cells) != width or is_column_numbers(row.cells):
        return False
    filled = {place for place, cell in enumerate(row.cells) if cell.strip()}
    named = {
        place
        for other in body
        if len(other.cells) == width
        for place, cell in enumerate(other.cells)
        if kind_of(cell) is Kind.TEXT
    }
    return bool(filled) and filled <= named and all(_ENTRY.match(row.cells[place].strip()) for place in filled)


def _fitted(rows: Sequence[Row], width: int) -> list[Row] | None:
    """The rows of the body, all of one width; None where the place of a cell is not clear."""
    full = [row.cells for row in rows if len(row.cells) == width and not row.whole]
    kinds = [column.kind for column in columns_of(full, width)]
    fitted: list[Row] = []
    for row in rows:
        cells = row.cells
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if row.whole or len(cells) == width:
            fitted.append(row._replace(cells=cells))
            continue
        if len(cells) > width:
            return None
        places = [
            shift
            for shift in {0, width - len(cells)}
            if all(_fits(cell, kinds[shift + place]) for place, cell in enumerate(cells))
        ]
        if places != [0]:
            return None
        fitted.append(row._replace(cells=(*cells, *[""] * (width - len(cells)))))
    return fitted


def _fits(cell: str, kind: Kind) -> bool:
    own = kind_of(cell)
    return own is Kind.BLANK or own is kind or kind is Kind.BLANK


def _regular(body: Sequence[Row], columns: Sequence[Column]) -> bool:
    """True where names stand in columns of names and numbers in columns of numbers."""
    rows = [row.cells for row in body if not row.whole]
    misfits = sum(
        any(
            kind_of(cell) not in {Kind.BLANK, column.kind} and column.kind in {Kind.NUMBER, Kind.TEXT}
            for cell, column in zip(cells, columns, strict=True)
        )
        for cells in rows
    )
    return misfits <= max(_MISFITS * len(rows), 1)


def _head(rows: Sequence[tuple[str, ...]], columns: Sequence[Column]) -> list[_Placed] | None:
    """The cells of the head with their spans; rows of column numbers stand below it, each cell alone."""
    width = len(columns)
    end = len(rows)
    while end and len(rows[end - 1]) == width and is_column_numbers(rows[end - 1]):
        end -= 1
    upper = rows[:end]
    placed: Sequence[_Placed] | None
    if len(upper) > _MOST_HEAD_ROWS:
        placed = _unmerged(upper) if all(len(cells) == width for cells in upper) else None
    else:
        placed = head_spans.lay_out(upper, columns) if upper else ()
    if placed is None:
        return None
    tidied = [(row, column, down, across, text.strip()) for row, column, down, across, text in placed]
    return [*tidied, *_unmerged(rows[end:], end)]


def _unmerged(rows: Sequence[Sequence[str]], first: int = 0) -> list[_Placed]:
    return [
        (row, place, 1, 1, text.strip()) for row, cells in enumerate(rows, first) for place, text in enumerate(cells)
    ]


def _alike(own: Sequence[Kind], before: Sequence[Kind]) -> bool:
    """True where two tables have the same columns, as far as they hold anything."""
    return len(own) == len(before) and all(a is b or Kind.BLANK in {a, b} for a, b in zip(own, before, strict=True))
