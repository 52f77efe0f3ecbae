"""Indicators of a table whose cells are known: those of a grid, or of lines with tabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from loaders.performance import shifted
from loaders.performance.columns import Columns
from loaders.performance.merged import LevelCell, labels
from loaders.performance.raw import REJOINED, UNCERTAIN, Raw
from loaders.performance.tables import is_column_heads
from loaders.performance.words import LEVEL1, LEVEL2, NAME, SCORE, SIGNS, TARGET, WEIGHT
from loaders.tokens import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.performance.tables import Cell, Row

_LEVELS = (LEVEL1, LEVEL2)
_PAGE_NUMBER = re.compile(r"|\d{1,4}|[-—–·]\s*\d{1,4}\s*[-—–·]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?")
"""A blank line, or a number that stands alone in its row."""
_WEIGHT = re.compile(r"\d{1,3}(?:\.\d+)?[%％分]?")


class Body(NamedTuple):
    """The indicators below the heads of one table, and the lines that could not be placed."""

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
        if is_column_heads(row):
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
        again = shifted.read(row, columns.order)
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
