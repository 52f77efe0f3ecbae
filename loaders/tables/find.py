"""The tables among a document's grids: each with its title, unit and body, and all the pages it goes on for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import MoneyUnit
from loaders import titles
from loaders.document import Grid
from loaders.lines import notes
from loaders.lines.numbers import is_page_number
from loaders.lines.sections import EDITOR, UNIT, is_page_head, printed_body
from loaders.lines.tokens import SourceLine, compact, normal
from loaders.tables.cells import Cells, stacked
from loaders.tables.header import header_rows, is_head, repeated_rows

if TYPE_CHECKING:
    from budget.forms.form import Label
    from loaders.document import Document

_NAMED = re.compile(r"^(?:(?:编制|填报|公开|预算|主管)?(?:部门|单位)(?:名称)?|(?:填报|编制)?日期|金额单位)[:：]")
_TABLE_NUMBER = re.compile(r"^[(]?(?:附?表|附件|公开)[\d一二三四五六七八九十]{1,3}表?[)]?$")
_SKIPPED = 4
"""Short lines between a title and its table at most, unit line and page number not counted."""
_JOINED = 3
"""Lines over which a title may be wrapped."""
_HEAD_ROWS = 6
_SHORT = 40


class Piece(NamedTuple):
    """One grid of a table; a table that goes on over pages has several."""

    cells: Cells
    line: int  # of its first row, in the document's text
    skip: int  # rows at its top that hold title and unit

    def line_of(self, row: int) -> int:
        """The line of the document where a row begins."""
        return self.line + self.cells.grid.line_of(row)


@dataclass(slots=True)
class Table:
    """A table with cells: what its title says, and its grids."""

    readings: tuple[titles.Reading, ...]
    """What the title may mean; empty where no form knows it."""
    number: str = ""
    title: str = ""
    unit: MoneyUnit | None = None
    body: str = ""
    edition_word: str = ""
    first: int = 0
    last: int = 0
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels that its lines may have."""
        return self.readings[0].statement.labels if self.readings else ()

    @property
    def page_from(self) -> int | None:
        """The page of the first grid."""
        return self.pieces[0].cells.page if self.pieces else None

    @property
    def page_to(self) -> int | None:
        """The page of the last grid."""
        return self.pieces[-1].cells.page if self.pieces else None

    def say(self, text: str) -> None:
        """Take in what a line between title and table says of unit and body."""
        plain = normal(text)
        if self.unit is None and (match := UNIT.search(plain)):
            self.unit = MoneyUnit(match[1])
        if not self.body and (match := EDITOR.search(plain)):
            self.body = printed_body(text)
            self.edition_word = "unit" if match[0].endswith("单位") else "department"
        elif not self.body and (
            found := re.match(r"^(?:部门|单位)(?:名称)?[:：](.{4,40}?)(?:金额|单位[:：]|$)", compact(text))
        ):
            self.body = found[1]


def tables(document: Document) -> tuple[list[Table], list[list[SourceLine]]]:
    """The tables with cells of a document, and the runs of text between them; titles of tables are in no run."""
    finder = _Finder()
    for number, block in document.numbered():
        if isinstance(block, Grid):
            for cells, first in _parts(block):
                finder.grid(cells, number + block.line_of(first))
        elif block.text.strip():
            finder.paragraph(SourceLine(number, block.text))
    finder.flush(len(finder.recent))
    return finder.found, finder.runs


def _parts(grid: Grid) -> list[tuple[Cells, int]]:
    """The tables that stand below one another in one grid (a sheet), each from its title on, with its first row."""
    cells = Cells(grid)
    starts = [0]
    for row in range(1, grid.rows):
        texts = [normal(text) for text in cells.texts(row).values()]
        if len(texts) == 1 and titles.readings(texts[0]):
            start = row
            while start > starts[-1] + 1 and _is_head_row(cells, start - 1):
                start -= 1
            if any(cells.texts(above) for above in range(starts[-1], start)):
                starts.append(start)
    if len(starts) == 1:
        return [(cells, 0)]
    return [(Cells(_slice(grid, a, b)), a) for a, b in pairwise([*starts, grid.rows])]


def _is_head_row(cells: Cells, row: int) -> bool:
    texts = list(cells.texts(row).values())
    return bool(texts) and all(_is_head(text, alone=False) for text in texts)


def _slice(grid: Grid, first: int, end: int) -> Grid:
    """Some rows of a grid, without the columns at its right that they leave empty."""
    own = [cell._replace(row=cell.row - first) for cell in grid.cells if first <= cell.row < end]
    columns = max((cell.column + 1 for cell in own if cell.text.strip()), default=1)
    kept = tuple(
        cell._replace(columns=min(cell.columns, columns - cell.column)) for cell in own if cell.column < columns
    )
    if not grid.source:
        return replace(grid, cells=kept, rows=end - first, columns=columns)
    top = grid.line_of(first)
    lines = tuple(grid.line_of(row) - top for row in range(first, end))
    source = grid.source[top : grid.line_of(end) if end < grid.rows else None]
    return replace(grid, cells=kept, rows=end - first, columns=columns, source=source, row_lines=lines)


@dataclass(slots=True)
class _Finder:
    found: list[Table] = field(default_factory=list)
    runs: list[list[SourceLine]] = field(default_factory=list)
    recent: list[SourceLine] = field(default_factory=list)  # the text since the last table
    open: Table | None = None

    def paragraph(self, line: SourceLine) -> None:
        if self.open and not self.recent and notes.begins(line.text):
            self.open.notes.append(compact(line.text))
            self.open.last = line.no
        elif self.open and not self.recent and self.open.notes and "。" not in self.open.notes[-1]:
            self.open.notes[-1] += compact(line.text)
            self.open.last = line.no
        else:
            self.recent.append(line)

    def grid(self, cells: Cells, line: int) -> None:
        grid = cells.grid
        if grid.columns < 2:  # noqa: PLR2004 - a frame around text, a contents page drawn as a grid
            self._as_text(grid, line)
            return
        inner = Table(())
        skip = _inner_head(cells, inner)
        piece = Piece(cells, line, skip)
        above = Table(())
        start = len(self.recent) if inner.title else self._title_above(above)
        table = inner if inner.title else above
        if table.title:
            if inner.title:
                start = self._said_above(table)
            elif skip:  # the title stands above, the unit inside
                table.unit, table.body = table.unit or inner.unit, table.body or inner.body
                table.edition_word = table.edition_word or inner.edition_word
            self._begin(table, piece, start)
        elif self.open and (whole := self._completed(piece)):
            self.flush(len(self.recent))
            self.open.pieces.pop()
            self._extend(self.open, whole)
        elif self.open and self._continues(piece):
            self.flush(len(self.recent))
            self._extend(self.open, piece)
        elif cells.has_amounts:
            table.title = inner.title or grid.name
            for said in self.recent[-3:]:
                table.say(said.text)
            self._begin(table, piece, len(self.recent))
        else:
            self._as_text(grid, line)

    def _as_text(self, grid: Grid, line: int) -> None:
        """Take in a grid that is no table, line by line."""
        self.recent += [SourceLine(line + i, text) for i, text in enumerate(grid.lines()) if text.strip()]

    def _begin(self, table: Table, piece: Piece, start: int) -> None:
        first = self.recent[start].no if start < len(self.recent) else piece.line
        self.flush(start)
        if self.open and table.readings and table.readings == self.open.readings:
            self._extend(self.open, piece)  # the title repeated on a further page
            return
        table.first = first
        self.found.append(table)
        self.open = table
        self._extend(table, piece)

    @staticmethod
    def _extend(table: Table, piece: Piece) -> None:
        table.pieces.append(piece)
        table.last = piece.line_of(piece.cells.rows - 1)

    def flush(self, end: int) -> None:
        """What was read since the last table, up to this index, is a run of text."""
        if self.recent[:end]:
            self.runs.append(self.recent[:end])
        self.recent = []

    def _title_above(self, table: Table) -> int:
        """The index in `recent` of the title above a grid; the table then knows what its head says."""
        lines, index, skipped = self.recent, len(self.recent) - 1, 0
        unknown: int | None = None
        while index >= 0 and skipped <= _SKIPPED:
            text = lines[index].text
            plain = normal(text)
            heads = _heads_table(lines[index])
            for count in range(1, min(_JOINED, index + 1) + 1) if not heads else ():
                joined = "".join(compact(line.text) for line in lines[index - count + 1 : index + 1])
                if found := titles.readings(normal(joined)):
                    return self._take_title(table, found, joined, index - count + 1)
            if unknown is None and _ends_title(plain):
                unknown = index
            if not (heads or is_page_number(lines[index])):
                skipped += 1
                if len(plain) > _SHORT or "。" in plain:
                    break
            index -= 1
        if unknown is not None:
            return self._take_title(table, (), compact(lines[unknown].text), unknown)
        return len(lines)

    def _take_title(self, table: Table, found: tuple[titles.Reading, ...], text: str, start: int) -> int:
        table.readings = found
        number = titles.NUMBER.match(normal(text))
        before = normal(self.recent[start - 1].text) if start else ""
        table.title = titles.without_number(text) if number else text
        if number:
            table.number = "表" + number[1]
        elif _TABLE_NUMBER.match(before):
            start -= 1
            table.number = before
        for line in self.recent[start:]:
            table.say(line.text)
        while table.unit is None and start and _heads_table(self.recent[start - 1]):
            start -= 1  # some print unit and body above the title
            table.say(self.recent[start].text)
        return start

    def _said_above(self, table: Table) -> int:
        """Unit, body and number above a grid that holds its own title."""
        start = len(self.recent)
        while start and (
            _heads_table(self.recent[start - 1]) or _TABLE_NUMBER.match(normal(self.recent[start - 1].text))
        ):
            start -= 1
            table.say(self.recent[start].text)
        return start

    def _completed(self, piece: Piece) -> Piece | None:
        """A page that begins with what the head at the end of the page before is the head of, and that head."""
        if self.open is None or len(self.open.pieces) > 1 or self._prose_between():
            return None
        head = self.open.pieces[0]
        if header_rows(head.cells, head.skip, self.open.labels) < head.cells.rows or head.cells.has_amounts:
            return None
        whole = stacked(head.cells, piece.cells)
        return Piece(Cells(whole), piece.line - head.cells.rows, head.skip) if whole else None

    def _prose_between(self) -> bool:
        """True where more than page numbers and heads of pages stand before the grid."""
        return bool(self.open and self.open.notes) or any(len(normal(line.text)) > _SHORT for line in self.recent)

    def _continues(self, piece: Piece) -> bool:
        """True where a grid without a title goes on with the table before it."""
        if self.open is None or self._prose_between():
            return False
        first, last = self.open.pieces[0], self.open.pieces[-1]
        known = header_texts(first, self.open.labels)
        if repeated_rows(piece.cells, piece.skip, known) > piece.skip:
            return True
        if sum(is_head(text) for row in header_texts(piece, self.open.labels) for text in row) > 1:
            return False  # the head of another table
        return (
            piece.cells.columns == last.cells.columns
            or last.cells.holds_edges(piece.cells)
            or (piece.cells.columns < last.cells.columns and piece.cells.rows <= _HEAD_ROWS and piece.cells.has_amounts)
        )


def header_texts(piece: Piece, labels: tuple[Label, ...]) -> list[frozenset[str]]:
    """What the cells of each row of a piece's header say; `labels` are those that its rows may begin with."""
    end = header_rows(piece.cells, piece.skip, labels)
    return [frozenset(map(normal, piece.cells.texts(row).values())) for row in range(piece.skip, end)]


def _heads_table(line: SourceLine) -> bool:
    """True for the line of body and unit above a table."""
    return is_page_head(line) or _NAMED.match(normal(line.text)) is not None


def _ends_title(plain: str) -> bool:
    return len(plain) <= _SHORT and re.search(r"表(?:[(]续?[)]|[(]公开\d+表[)])?$", plain) is not None


def _inner_head(cells: Cells, table: Table) -> int:
    """How many rows at the top of the grid are no part of the table: its title, unit and body stand there."""
    skip = 0
    while skip < min(_HEAD_ROWS, cells.rows):
        own = [cell for cell in cells.starting(skip) if cell.text.strip()]
        if not all(_is_head(cell.text, alone=len(own) == 1) for cell in own):
            break
        for cell in own:
            _take_head(table, cell.text)
        skip += 1
    return skip


def _is_head(text: str, *, alone: bool) -> bool:
    plain = normal(text)
    if titles.readings(plain) or _NAMED.match(plain) or _TABLE_NUMBER.match(plain):
        return True
    if UNIT.fullmatch(plain.strip("()")) or EDITOR.match(plain):
        return True
    return alone and _ends_title(plain)


def _take_head(table: Table, text: str) -> None:
    plain = normal(text)
    found = titles.readings(plain)
    if found or (not table.title and _ends_title(plain) and not _TABLE_NUMBER.match(plain)):
        table.readings, table.title = found, titles.without_number(compact(text))
        if number := titles.NUMBER.match(plain):
            table.number = "表" + number[1]
    elif _TABLE_NUMBER.match(plain):
        table.number = plain
    table.say(text)
