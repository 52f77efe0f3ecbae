"""Rows of cells of a text -> a grid.

Only where the rows themselves show that every cell stands in its column.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from budget.vocabulary import simplified
from loaders.document import Grid, GridCell
from loaders.formats.text import head_spans
from loaders.formats.text.evidence import Column, Kind, are_alike, columns_of, is_shifted, kind_of
from loaders.formats.text.row_places import fits, full, place
from loaders.words.numbers import are_years, half_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.formats.text.head_spans import Effort

_MOST_HEAD_ROWS = 6
_NUMBER_WORDS = lazy_pattern(r"[※*类款项甲乙丙—-]|栏次?|次|行次|合计|公式|")
_COLUMN_NUMBER = lazy_pattern(r"[(（]?\d{1,2}[)）]?")
_FORMULA = lazy_pattern(r"[A-Z](?:=[A-Z](?:[-+][A-Z])*)?|[(（]?\d{1,2}[)）]?(?:=\d{1,2}(?:[-+]\d{1,2})+)?")
_LONGEST_NUMBER = 16
"""Characters of a cell in a row of column numbers."""
_MISFITS = 0.1
"""Share of the rows that may have a name in a column of numbers, or a number in one of names."""


class Row(NamedTuple):
    """A row of cells, with the index of its first line."""

    line: int
    cells: tuple[str, ...]
    full_width: bool = False
    """One cell over the whole width of the table, within its body."""


class Outcome(NamedTuple):
    """The result of placing the rows of a table in a grid."""

    grid: Grid | None = None
    """None where the rows do not show where their cells stand."""
    kinds: tuple[Kind, ...] = ()
    shifted: bool = False
    """The rows contradict the places of their cells: whoever wrote them lost or moved some."""
    head: tuple[str, ...] = ()
    """The texts of the head without column numbers; empty where the rows begin with amounts."""
    width: int = 0
    """The number of columns; 0 where no row has amounts."""


def grid(
    rows: Sequence[Row],
    effort: Effort,
    before: Sequence[Kind] = (),
    headed: Sequence[str] = (),
    *,
    explicit: bool = False,
) -> Outcome:
    """The grid of these rows, without its source.

    `before` are the columns of the table that these rows may go on with, and `headed` the texts of its head; `explicit`
    says that it is known to be a table whatever it holds.
    """
    start, width = _extent(rows, explicit=explicit)
    further = not width and bool(before) and all(len(row.cells) == len(before) for row in rows)
    if further:  # a page without amounts
        start, width = _repeated(rows, headed), len(before)
    named = tuple(text for row in rows[:start] if not is_column_numbers(row.cells) for text in _texts(row))
    columns = _columns(rows[start:], width)
    if width < 2 or not columns[0].texts:  # noqa: PLR2004 - one column is a list
        return Outcome(head=named, width=width)
    if is_shifted(columns) or (not explicit and _is_trimmed(rows[start:], columns)):
        return Outcome(shifted=True, width=width)
    kinds = tuple(column.kind for column in columns)
    certain = explicit or further or (Kind.NUMBER in kinds and _regular(rows[start:], columns))
    goes_on = are_alike(kinds, before) or (explicit and width == len(before)) or (start > 0 and not further)
    body = _body(rows[start:], columns, explicit=explicit) if certain and goes_on else None
    head = None if body is None else _head([row.cells for row in rows[:start]], columns, effort)
    if body is None or head is None:
        return Outcome(head=named, width=width)
    cells = [*head, *(cell._replace(row=cell.row + start) for cell in body)]
    lines = tuple(row.line - rows[0].line for row in rows)
    # a row that lost a blank cell and has as many as its head has a blank one at its end
    moved = not explicit and kinds[-1] is Kind.BLANK and _is_spread(rows[:start], width)
    found = Grid(tuple(sorted(cells)), len(rows), width, row_lines=lines, may_have_moved=moved)
    return Outcome(found, kinds, head=named, width=width)


def _is_spread(head: Sequence[Row], width: int) -> bool:
    """True for a head that shows merged cells as blanks: whoever wrote it put cells where he saw them."""
    return not head or any(len(row.cells) == width and not all(cell.strip() for cell in row.cells) for row in head)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(half_width("".join(cell.split())) for cell in row.cells if cell.strip())


def _extent(rows: Sequence[Row], *, explicit: bool) -> tuple[int, int]:
    """The first row of the body, and the number of columns; 0 columns where there is no row with an amount."""
    start = next((index for index, row in enumerate(rows) if _has_amounts(row)), None)
    if start is None and not explicit:
        return 0, 0
    start = 1 if start is None else start
    width = max(len(row.cells) for row in rows) if explicit else _width(rows[start:])
    width = max(width, *(_filled(row.cells) for row in rows[:start]), 0)
    named = _named(rows[start:], width)
    below = {row.cells for row in rows[start:]}  # a row that is printed again is a head
    while start and rows[start - 1].cells not in below and _is_early(rows[start - 1], named, width):
        start -= 1
    return start, width


def _repeated(rows: Sequence[Row], head: Sequence[str]) -> int:
    """How many rows, from the first, repeat the head of a table; 0 where they do not."""
    texts: tuple[str, ...] = ()
    for count, row in enumerate(rows):
        if is_column_numbers(row.cells):
            continue
        if texts and texts == tuple(head):
            return count
        texts += _texts(row)
    return 0


def is_column_numbers(cells: Sequence[str]) -> bool:
    """True for a row of column numbers or formulas: 1 2 3=1+2, A=B+C."""
    if any(len(cell) > _LONGEST_NUMBER for cell in cells):
        return False
    others: list[str] = []
    named = False
    for cell in cells:
        text = "".join(cell.split()).translate(simplified())
        if _NUMBER_WORDS.fullmatch(text):
            named = named or bool(text)
        elif _COLUMN_NUMBER.fullmatch(text) or _FORMULA.fullmatch(text):
            others.append(text)
        else:  # as in nearly every row
            return False
    if not others:
        return False
    if all(_COLUMN_NUMBER.fullmatch(text) for text in others):
        values = [int(re.sub(r"\D", "", text)) for text in others]
        rising = values == list(range(1, len(values) + 1))
        return rising and (named or len(values) > 2)  # noqa: PLR2004
    return len(others) > 1 and all(_FORMULA.fullmatch(text) for text in others)


def _has_amounts(row: Row) -> bool:
    if row.full_width or is_column_numbers(row.cells):
        return False
    return any(kind_of(cell) is Kind.NUMBER for cell in row.cells) and not are_years(row.cells)


def _width(rows: Sequence[Row]) -> int:
    """The usual number of cells of rows with amounts, or more where one of them has more that hold something."""
    own = [row.cells for row in rows if _has_amounts(row)]
    counts = Counter(map(len, own))
    usual = max(counts, key=lambda width: (counts[width], width))
    return max(usual, *map(_filled, own))


def _filled(cells: Sequence[str]) -> int:
    """The number of cells without blank ones at the end."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _columns(rows: Sequence[Row], width: int) -> list[Column]:
    """The columns of the body by its full rows; by all where every row lacks what is blank at its end."""
    own = [row.cells for row in rows if not row.full_width]
    full_width = [cells for cells in own if len(cells) == width]
    padded = [(*cells, *[""] * (width - len(cells))) for cells in own if len(cells) < width]
    return columns_of(full_width or padded, width)


def _named(rows: Sequence[Row], width: int) -> set[int]:
    """The columns in which a full row has a name."""
    return {
        place
        for row in rows
        if len(row.cells) == width and not row.full_width
        for place, cell in enumerate(row.cells)
        if kind_of(cell) is Kind.TEXT
    }


def _is_early(row: Row, named: set[int], width: int) -> bool:
    """True for a row of the body above its first amounts: names alone, where the rows below have theirs."""
    if row.full_width or len(row.cells) != width or is_column_numbers(row.cells):
        return False
    filled = {place: cell for place, cell in enumerate(row.cells) if cell.strip()}
    return bool(filled) and filled.keys() <= named and not any(map(head_spans.is_label, filled.values()))


def _body(rows: Sequence[Row], columns: Sequence[Column], *, explicit: bool) -> list[GridCell] | None:
    """The cells of the rows below the head; None where the place of one is not clear."""
    width = len(columns)
    cells: list[GridCell] = []
    covering: list[int] = []  # for each column the index of the cell that a row below may go on with
    above: list[str] = []
    for number, row in enumerate(rows):
        if row.full_width:
            cells.append(GridCell(number, 0, 1, width, row.cells[0].strip()))
            covering, above = [], []
            continue
        texts = row.cells
        if len(texts) > width and not any(text.strip() for text in texts[width:]):
            texts = texts[:width]
        found = full(texts) if len(texts) == width else place(texts, columns, above, trimmed=explicit)
        if found is None:
            return None
        for index in sorted(set(covering[: found.above])):
            cells[index] = cells[index]._replace(rows=number - cells[index].row + 1)
        covering, above = covering[: found.above], above[: found.above]
        for column, across, text in found.cells:
            covering += [len(cells)] * across
            above += [text] * across
            cells.append(GridCell(number, column, 1, across, text.strip()))
    return cells


def _is_trimmed(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """True where rows lack the blank cells at their end: whoever wrote them may have lost others, too."""
    own = [row.cells for row in rows if not row.full_width]
    if any(not cells[-1].strip() for cells in own):
        return False
    if all(len(cells) < len(columns) for cells in own):
        return True  # no row shows what its last columns hold
    short = {tuple(map(kind_of, cells)): cells for cells in own if len(cells) < len(columns)}
    return any(
        place(cells, columns, ()) is None and place(cells, columns, (), trimmed=True) for cells in short.values()
    )


def _regular(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """True where names stand in columns of names and numbers in columns of numbers."""
    full_width = [row.cells for row in rows if len(row.cells) == len(columns) and not row.full_width]
    misfits = sum(not all(map(fits, cells, columns)) for cells in full_width)
    return misfits <= max(_MISFITS * len(full_width), 1)


def _head(rows: Sequence[tuple[str, ...]], columns: Sequence[Column], effort: Effort) -> list[GridCell] | None:
    """The cells of the head with their spans; rows of column numbers stand below it, each cell alone."""
    width, end = len(columns), len(rows)
    while end and is_column_numbers(rows[end - 1]):
        end -= 1
    upper, cells = rows[:end], []
    if len(upper) > _MOST_HEAD_ROWS:
        if any(len(texts) != width for texts in upper):
            return None
        cells = [GridCell(row, at, 1, 1, text) for row, texts in enumerate(upper) for at, text in enumerate(texts)]
    elif upper:
        placed = head_spans.lay_out(upper, columns, effort)
        if placed is None:
            return None
        cells = [GridCell(*cell) for cell in placed]
    for row, texts in enumerate(rows[end:], end):
        found = full(texts) if len(texts) == width else place(texts, columns, ())
        if found is None:
            return None
        cells += [GridCell(row, column, 1, across, text) for column, across, text in found.cells]
    return [cell._replace(text=cell.text.strip()) for cell in cells]
