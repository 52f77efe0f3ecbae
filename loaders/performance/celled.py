"""Indicators of a table whose cells are known: those of a grid, or of lines with tabs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.performance import blocks
from loaders.performance.broken import is_certain, ordered
from loaders.performance.pieces import NEXT_LINE, Piece, joined
from loaders.performance.raw import REJOINED, UNCERTAIN, Raw
from loaders.performance.segment import segment
from loaders.performance.tables import column_of, is_column_header
from loaders.performance.words import FIRST_LEVEL, LABELS, LEVEL1, LEVEL2, NAME, SCORE, SIGNS, TARGET, WEIGHT
from loaders.words.tokens import compact, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.performance.tables import Cell, Row

_MOST = 40
"""Columns of one table: more than any table of targets has."""


class Columns:
    """The columns of a table, by the row that names them."""

    def __init__(self, heads: Row) -> None:
        """`heads` is a row for which `tables.is_column_header` holds."""
        named = [cell for cell in heads.cells or () if compact(cell.text)][:_MOST]
        self._heads = [(cell, column_of(cell.text)) for cell in named]
        self._grid = heads.grid
        self._at = {
            column: name
            for head, name in self._heads
            for column in range(head.column, head.column + head.columns)
            if name is not None
        }
        self._placed = all(cell.left is not None for cell, _ in self._heads)
        self.order = tuple(name for _, name in self._heads if name is not None)
        self.names = frozenset(self.order)

    def of(self, row: Row) -> dict[str, list[Cell]]:
        """The cells of a row by column; cells that stand under no known head are left out."""
        cells = row.cells or ()
        other = row.grid != self._grid
        placed = self._placed and all(cell.left is not None for cell in cells)
        counted = other and not placed and len(cells) == len(self._heads)
        found: dict[str, list[Cell]] = {}
        for place, cell in enumerate(cells):
            name = (
                self._heads[place][1]
                if counted
                else self._above(cell)
                if other and placed
                else self._at.get(cell.column)
            )
            if name is not None:
                found.setdefault(name, []).append(cell)
        return found

    def aligned_right(self, row: Row) -> Row:
        """Move a line's cells right until the last meets the last head.

        It lost the cells of merged labels at its left.
        """
        cells = row.cells or ()
        lost = len(self._heads) - len(cells)
        if lost <= 0:
            return row
        return row._replace(cells=tuple(cell._replace(column=cell.column + lost) for cell in cells))

    def _above(self, cell: Cell) -> str | None:
        """Another page's grid has its own columns: what counts is what stands under what."""
        middle = ((cell.left or 0) + (cell.right or 0)) / 2
        return next((name for head, name in self._heads if (head.left or 0) <= middle < (head.right or 0)), None)


class LevelCell(NamedTuple):
    """The cell of one row in the column of a level."""

    text: str
    covered: bool = False  # the cell started in a row above
    opens: bool = False  # first row of the second or a later grid of the table
    closes: bool = False  # last row of its grid


@dataclass
class _Run:
    """Neighbouring rows that share one cell."""

    rows: list[int]
    text: str
    opens: bool
    closes: bool
    label: str = field(default="")


def labels(cells: list[LevelCell | None], resets: frozenset[int] = frozenset()) -> list[str]:
    """The label of each row.

    `resets` are rows where the level above begins anew: a blank cell there carries no label on.
    """
    runs = _runs(cells)
    for number, run in enumerate(runs):
        before = runs[number - 1] if number else None
        after = runs[number + 1] if number + 1 < len(runs) else None
        if run.text:
            run.label = run.text
            if before is not None and run.opens and before.closes and completes(before.label, run.text):
                _prefix(runs, number)
        elif before is not None and run.opens:
            run.label = before.label
        elif run.closes and after is not None and after.opens and after.text:
            run.label = after.text  # a merged cell cut by the page break carries its label below it
        elif before is not None and run.rows[0] not in resets:
            run.label = before.label
    found = [""] * len(cells)
    for run in runs:
        for row in run.rows:
            found[row] = run.label
    return found


def completes(start: str, rest: str) -> bool:
    """Whether two pieces are one label that a page break cut."""
    return bool(start) and start not in LABELS and start + rest in LABELS


def _prefix(runs: list[_Run], number: int) -> None:
    """Give the whole label to both parts of a cell that a page break cut."""
    start, whole = runs[number - 1].label, runs[number - 1].label + runs[number].text
    for run in reversed(runs[: number + 1]):
        if run.label not in (start, runs[number].text):
            break
        run.label = whole


def _runs(cells: list[LevelCell | None]) -> list[_Run]:
    runs: list[_Run] = []
    for row, cell in enumerate(cells):
        if runs and (cell is None or cell.covered):
            runs[-1].rows.append(row)
            runs[-1].closes = cell is not None and cell.closes
        else:
            start = cell or LevelCell("")
            runs.append(_Run([row], start.text, start.opens, start.closes))
    return runs


_MOST_CELLS = 40


def read_shifted(row: Row, columns: Sequence[str]) -> tuple[Raw, dict[str, str]] | None:
    """Read a line of shifted cells as one row with level labels.

    None where its cells do not make exactly one row.
    """
    texts = [tidy(cell.text) for cell in row.cells or ()]
    pieces, labels = blocks.extract(
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


_LEVELS = (LEVEL1, LEVEL2)
_PAGE_NUMBER = lazy_pattern(
    r"|\d{1,4}|[-—–·]\s*\d{1,4}\s*[-—–·]|第\s*\d{1,4}\s*页(?:\s*(?:[,，/]\s*)?共\s*\d{1,4}\s*页)?"
)
"""A blank line, or a number that stands alone in its row."""
_WEIGHT = lazy_pattern(r"\d{1,3}(?:\.\d+)?[%％分]?")


class Body(NamedTuple):
    """The indicators of one table, and the lines that were not placed."""

    found: list[Raw]
    lost: list[int]


class _Entry(NamedTuple):
    """One row below the heads."""

    raw: Raw
    rest: bool  # the rest of a row that a page break cut
    levels: dict[str, LevelCell | None]

    @property
    def blank(self) -> bool:
        """No indicator: at most the rest of a label."""
        return not any(text for name, text in self.raw.texts.items() if name not in _LEVELS)


def read(rows: Sequence[Row]) -> Body:
    """Read the rows from the heads of the columns on; heads that are repeated on later pages are skipped."""
    columns: Columns | None = None
    entries: list[_Entry] = []
    lost: list[int] = []
    grid = 0
    for row in rows:
        if is_column_header(row):
            if columns is None or row.grid != grid:
                columns = Columns(row)
            if not entries:
                grid = row.grid
        elif columns is not None and not _PAGE_NUMBER.fullmatch(row.text.strip()):
            cells = columns.of(row)
            if cells:
                opens, grid = row.grid != grid, row.grid
                entries.append(_entry(row, cells, columns, entries[-1].raw if entries and opens else None, opens=opens))
            else:
                lost.append(row.line)
    return Body(_joined(entries, columns.names if columns else frozenset()), lost)


def _entry(row: Row, cells: dict[str, list[Cell]], columns: Columns, before: Raw | None, *, opens: bool) -> _Entry:
    own = {name: found for name, found in cells.items() if name not in _LEVELS}
    fresh = any(cell.first for found in own.values() for cell in found)
    texts = {name: tidy("".join(cell.text for cell in found)) for name, found in own.items()} if fresh else {}
    levels = {level: _level(cells.get(level), row, opens=opens) for level in _LEVELS}
    raw = Raw(row.line, row.page, texts)
    if row.grid == 0 and texts and not _sound(raw, columns.names):
        moved = columns.of(columns.aligned_right(row))
        texts = {
            name: tidy("".join(cell.text for cell in found)) for name, found in moved.items() if name not in _LEVELS
        }
        if moved and _sound(Raw(row.line, row.page, texts), columns.names):
            levels = {level: _level(moved.get(level), row, opens=opens) for level in _LEVELS}
            return _Entry(Raw(row.line, row.page, texts, REJOINED), rest=False, levels=levels)
        again = read_shifted(row, columns.order)
        if again is not None:
            raw, labels = again
            levels = {level: LevelCell(labels.get(level, "")) for level in _LEVELS}
    return _Entry(raw, before is not None and _is_rest(before, texts), levels)


def _level(cells: list[Cell] | None, row: Row, *, opens: bool) -> LevelCell | None:
    if not cells:
        return None
    cell = next((cell for cell in cells if cell.text.strip()), cells[0])
    return LevelCell(SCORE.sub("", tidy(cell.text)), not cell.first, opens, row.bottom)


def _is_rest(before: Raw, texts: dict[str, str]) -> bool:
    """Whether the first row of a page is the rest of the row that the page before ends with."""
    for name in (NAME, WEIGHT, TARGET):
        if not texts.get(name) and (name == NAME or before.text(name)):
            return True
        if texts.get(name) and not before.text(name):
            return True
    return False


def _joined(entries: list[_Entry], names: frozenset[str]) -> list[Raw]:
    first = labels([entry.levels[LEVEL1] for entry in entries])
    begins = frozenset(
        row for row, entry in enumerate(entries) if (cell := entry.levels[LEVEL1]) and cell.text and not cell.covered
    )
    second = labels([entry.levels[LEVEL2] for entry in entries], begins)
    found: list[Raw] = []
    for entry, level1, level2 in zip(entries, first, second, strict=True):
        if entry.blank:
            continue
        if entry.rest and found:
            found[-1].doubt(REJOINED)
            for name, text in entry.raw.texts.items():
                found[-1].texts[name] = found[-1].text(name) + text
            continue
        entry.raw.texts |= {LEVEL1: level1, LEVEL2: level2}
        found.append(entry.raw)
    for raw in found:
        if not _sound(raw, names):
            raw.doubt(UNCERTAIN)
    return found


def _sound(raw: Raw, names: frozenset[str]) -> bool:
    """Whether a row has what each indicator has; a cell in the wrong column shows here."""
    if not raw.text(NAME) or raw.text(NAME)[0] in SIGNS or (TARGET in names and not raw.text(TARGET)):
        return False
    return not raw.text(WEIGHT) or _WEIGHT.fullmatch(raw.text(WEIGHT)) is not None
