"""Tables among a document's grids: each with its caption and all the pages it goes on for."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.document import Grid
from loaders.meaning.value import below
from loaders.performance.tables import is_target_form
from loaders.tables.cells import Cells, stacked
from loaders.tables.header import header_rows, is_head, names_amounts, repeated_rows
from loaders.words import captions, notes
from loaders.words.captions import Caption
from loaders.words.numbers import is_page_number
from loaders.words.tokens import SourceLine, compact, normal

if TYPE_CHECKING:
    from loaders.document import Document

_MAX_SKIPPED_LINES = 4
"""Short lines between a title and its table at most, caption lines and page numbers not counted."""
_NAMES_DOCUMENT = ("说明", "公开", "目录")
"""How names of documents and of their parts end."""
_CUT_OFF = 3
"""Characters of a title's last line that are no title by themselves."""
_MAX_TITLE_LINES = 3
"""Lines over which a title may be wrapped."""
_MIN_CONTENTS_TITLES = 3
"""Titles below one another that make a contents page."""
_MAX_CAPTION_ROWS = 8
"""Rows at the top of a table that may hold its caption."""
_MAX_LAST_ROWS = 8
"""Rows of the end of a table that has fewer cells than the pages before."""
_AMOUNT = lazy_pattern(r"\d\.\d\d(?!\d)|\d,\d{3}(?!\d)")
"""What rows of tables hold, and titles of contents pages do not."""
_MAX_SHORT_LINE = 40
_BAR = lazy_pattern("[|｜│]")
_PRINTED = lazy_pattern(r"[^\s|｜│:+=─━-]")
"""What is neither a blank nor drawn."""
_MARKS_OF_NONE = lazy_pattern(r"\s*[-—–－―]{1,2}(?:\s+[-—–－―]{1,2})*\s*")
"""Cells that are marked as none, on a line of their own."""
_CUT = lazy_pattern(r"[、,)]|\d{1,3}年")
"""What no title begins with: the rest of one that was cut."""
_BRACKETED = lazy_pattern(r"\([^()]+\)")


class Piece(NamedTuple):
    """One grid of a table; a table that goes on over pages has several."""

    cells: Cells
    line: int  # of its first row, in the document's text
    skip: int  # rows at its top that hold the caption

    def line_of(self, row: int) -> int:
        """The line of the document's text in which a row stands."""
        return self.line + self.cells.grid.line_of(row)


@dataclass(slots=True)
class Table:
    """A printed table: its caption and its grids."""

    caption: Caption
    first: int = 0
    last: int = 0
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The printed number; '' where none is printed."""
        return self.caption.number

    @property
    def body(self) -> str:
        """The body that the caption names; '' where it names none."""
        return self.caption.body

    @property
    def edition_word(self) -> str:
        """`unit` or `department`, where the caption says which."""
        return self.caption.edition_word

    @property
    def title(self) -> str:
        """The printed title without its number; '' where none is printed."""
        return self.caption.title

    @property
    def page_from(self) -> int | None:
        """The page of the first grid."""
        return self.pieces[0].cells.page if self.pieces else None

    @property
    def page_to(self) -> int | None:
        """The page of the last grid."""
        return self.pieces[-1].cells.page if self.pieces else None


def tables(document: Document) -> tuple[list[Table], list[list[SourceLine]]]:
    """Find the tables of a document and the text between them."""
    finder = _Finder(_contents_titles(document))
    for number, block in document.numbered():
        if isinstance(block, Grid):
            for cells, first in _split_grid(block):
                finder.grid(cells, number + block.line_of(first))
        elif text := _without_bars(block.text):
            finder.paragraph(SourceLine(number, text))
    finder.flush(len(finder.recent))
    return finder.found, finder.runs


def _without_bars(text: str) -> str:
    """A caption without the bars of the table below it; '' for blank lines and for drawn ones."""
    if not (_PRINTED.search(text) or _MARKS_OF_NONE.fullmatch(text)):
        return ""
    if _BAR.search(text):
        filled = [cell for cell in map(str.strip, _BAR.split(text)) if cell]
        if len(filled) == 1 or all(map(captions.is_caption_line, filled)):
            return "  ".join(filled)
    return text


def _contents_titles(document: Document) -> frozenset[str]:
    """The titles of the document's contents page, without numbers and page numbers.

    It is a list of titles before the first table; titles that stand apart head tables.
    """
    found: list[str] = []
    run: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            break
        if not block.text.strip():
            continue
        text = block.text
        short = len(text) <= 2 * _MAX_SHORT_LINE and "。" not in text and not _AMOUNT.search(text)
        title = contents_title(block.text) if short else ""
        if title and captions.is_title(title, sure=True):
            run.append(_key(title))
            continue
        found += run if len(run) >= _MIN_CONTENTS_TITLES else ()
        run = []
    found += run if len(run) >= _MIN_CONTENTS_TITLES else ()
    return frozenset(found)


def contents_title(text: str) -> str:
    """The title in a line of a contents page: without dots and the number of the page."""
    plain = compact(text).rstrip("0123456789-—–").rstrip(".…·．-—–_ ")
    return captions.split_number(plain)[1]


def _key(title: str) -> str:
    return normal(title).lstrip("一二三四五六七八九十、.()0123456789:")


def _split_grid(grid: Grid) -> list[tuple[Cells, int]]:
    """Split a grid (a sheet) into the tables and the text below one another, each with its first row."""
    cells = Cells(grid)
    starts = [0]
    for row in range(1, grid.rows):
        texts = list(cells.texts(row).values())
        wrapped = _wrapped_above(cells, row)
        if len(texts) == 1 and _is_inner_title(cells, row, wrapped + texts[0]) and _begins_table(cells, row):
            start = row - bool(wrapped)
            while start > starts[-1] + 1 and _is_caption_row(cells, start - 1):
                start -= 1
            if any(cells.texts(above) for above in range(starts[-1], start)):
                starts.append(start)
    ends = [*starts[1:], grid.rows]
    starts = sorted({*starts, *(_prose_below(cells, start, end) for start, end in zip(starts, ends, strict=True))})
    starts = [start for start in starts if start < grid.rows]
    if len(starts) == 1:
        return [(cells, 0)]
    return [(Cells(_slice(grid, a, b)), a) for a, b in pairwise([*starts, grid.rows])]


def _prose_below(cells: Cells, first: int, end: int) -> int:
    """The row below a table at which its sheet goes on with text to the row `end`; `end` where it does not.

    Text stands alone in its rows, and some of it is sentences. Notes belong to the table.
    """
    row, sentences = end, False
    while row > first and len(texts := list(cells.texts(row - 1).values())) <= 1:
        if any(map(notes.begins, texts)):
            break
        sentences = sentences or any("。" in text for text in texts)
        row -= 1
    if row == first or not sentences:
        return end
    return next(
        at for at in range(row, end) if not cells.texts(at) or any("。" in text for text in cells.texts(at).values())
    )


def _is_inner_title(cells: Cells, row: int, text: str) -> bool:
    """True for a title inside a grid: it ends in 表, or stands below the number of its table."""
    above = list(cells.texts(row - 1).values())
    numbered = len(above) == 1 and captions.TABLE_NUMBER.fullmatch(normal(above[0])) is not None
    return (numbered or captions.ends_as_title(text)) and captions.is_title(text, sure=True)


def _alone(cells: Cells, row: int) -> str:
    """The only text of a row; '' for rows of several cells and for caption lines."""
    texts = list(cells.texts(row).values()) if 0 <= row < cells.rows else []
    return compact(texts[0]) if len(texts) == 1 and not captions.is_caption_line(texts[0]) else ""


def _wrapped_above(cells: Cells, row: int) -> str:
    """The first half of a title that ends in a row, where it stands in the row above."""
    first, rest = _alone(cells, row - 1), _alone(cells, row)
    if not (first and rest) or first.endswith("。") or not captions.ends_as_title(first + rest):
        return ""
    if first.endswith("表") and not _BRACKETED.fullmatch(normal(rest)):
        return ""
    return first if captions.is_title(first + rest, sure=True) else ""


def _begins_table(cells: Cells, row: int) -> bool:
    """True where the first row below a title inside a grid has several cells: it heads a table.

    A lone head of them may stand above it: 2025年预算数.
    """
    for under in range(row + 1, min(row + _MAX_CAPTION_ROWS, cells.rows)):
        texts = list(cells.texts(under).values())
        if not texts or captions.is_caption_row(texts):
            continue
        if len(texts) > 1 or not names_amounts(texts[0]):
            return len(texts) > 1
    return False


def _heads_columns(cells: Cells, row: int) -> bool:
    """True where heads of columns stand below a row, and no rows of a table that goes on."""
    under = row + 1
    while under < cells.rows and (not cells.texts(under) or _is_caption_row(cells, under)):
        under += 1
    return len(cells.texts(under)) > 1 and header_rows(cells, under) > under if under < cells.rows else False


def _is_caption_row(cells: Cells, row: int) -> bool:
    return captions.is_caption_row(list(cells.texts(row).values()))


def _slice(grid: Grid, first: int, end: int) -> Grid:
    """Some rows of a grid, without the columns at its right that they leave empty."""
    own = [cell._replace(row=cell.row - first) for cell in grid.cells if first <= cell.row < end]
    columns = max((cell.column + 1 for cell in own if cell.text.strip()), default=1)
    kept = tuple(
        cell._replace(columns=min(cell.columns, columns - cell.column)) for cell in own if cell.column < columns
    )
    if not grid.source:
        return grid._replace(cells=kept, rows=end - first, columns=columns)
    top = grid.line_of(first)
    lines = tuple(grid.line_of(row) - top for row in range(first, end))
    source = grid.source[top : grid.line_of(end) if end < grid.rows else None]
    return grid._replace(cells=kept, rows=end - first, columns=columns, source=source, row_lines=lines)


@dataclass(slots=True)
class _Finder:
    contents: frozenset[str]
    """Titles of the contents page."""
    found: list[Table] = field(default_factory=list)
    runs: list[list[SourceLine]] = field(default_factory=list)
    recent: list[SourceLine] = field(default_factory=list)  # the text since the last table
    open: Table | None = None

    def paragraph(self, line: SourceLine) -> None:
        if self.open and not self.recent and notes.begins(line.text):
            self.open.notes.append(compact(line.text))
            self.open.last = line.no
        elif self.open and self._goes_on_with_note(line.text):
            self.open.notes[-1] += compact(line.text)
            self.open.last = line.no
        else:
            self.recent.append(line)

    def _goes_on_with_note(self, text: str) -> bool:
        """True where a line is the rest of the note under the open table."""
        if not (self.open and not self.recent and self.open.notes) or "。" in self.open.notes[-1]:
            return False
        return not (captions.is_caption_line(text) or captions.is_title(text))

    def grid(self, cells: Cells, line: int) -> None:
        grid = cells.grid
        if grid.columns < 2:  # noqa: PLR2004 - a frame around text, a contents page drawn as a grid
            self._as_text(grid, line)
            return
        above, start = self._caption_above()
        inner = Caption()
        skip = _inner_caption(cells, inner, titled=bool(above.title) or self._rest_of_row(cells))
        piece = Piece(cells, line, skip)
        if _holds_targets(inner.title or above.title, cells, skip):
            self._as_text(grid, line)  # the performance reader has grids of its own
            self.open = None
        elif inner.title:  # nearer than a title above
            start = self._take_above(inner)
            self._begin(inner, piece, start)
        elif above.title:
            above.fill(inner)
            self._begin(above, piece, start)
        elif self.open and (joined := self._below_cut_head(piece)):
            self.flush(len(self.recent))
            self.open.pieces.pop()
            self._extend(self.open, joined)
        elif self.open and self._continues(piece):
            self.flush(len(self.recent))
            self._extend(self.open, piece)
        elif cells.has_amounts:
            inner.title = grid.name
            for line_ in self.recent[-3:]:
                inner.take(line_.text)
            self._begin(inner, piece, len(self.recent))
        else:
            self._as_text(grid, line)

    def _as_text(self, grid: Grid, line: int) -> None:
        """Take in a grid that is no table, line by line."""
        self.recent += [SourceLine(line + i, text) for i, text in enumerate(grid.lines()) if text.strip()]

    def _begin(self, caption: Caption, piece: Piece, start: int) -> None:
        first = self.recent[start].no if start < len(self.recent) else piece.line
        between = self.recent[:start]
        self.flush(start)
        if (
            self.open
            and _repeats(caption, self.open.caption)
            and not any(len(line.text) > _MAX_SHORT_LINE for line in between)
        ):
            self._extend(self.open, piece)  # the title repeated on a further page
            return
        table = Table(caption, first=first)
        self.found.append(table)
        self.open = table
        self._extend(table, piece)

    @staticmethod
    def _extend(table: Table, piece: Piece) -> None:
        table.pieces.append(piece)
        table.last = piece.line_of(piece.cells.rows - 1)

    def flush(self, end: int) -> None:
        """Close the run of text since the last table at this index of `recent`."""
        if self.recent[:end]:
            self.runs.append(self.recent[:end])
        self.recent = []

    def _caption_above(self) -> tuple[Caption, int]:
        """The caption above a grid, and the index in `recent` of its first line."""
        lines, index, skipped = self.recent, len(self.recent) - 1, 0
        while index >= 0 and skipped <= _MAX_SKIPPED_LINES:
            text = lines[index].text
            if not captions.is_caption_line(text) and not is_page_number(lines[index]):
                title, start = self._title_at(index)
                if title:
                    return self._caption(title, start), self._above(start)
                skipped += 1
                if len(normal(text)) > _MAX_SHORT_LINE or "。" in text:
                    break
            index -= 1
        caption = Caption()
        return caption, len(lines)

    def _title_at(self, index: int) -> tuple[str, int]:
        """The title that ends in a line, joined where it is wrapped, and the index of its first line."""
        lines = self.recent
        best: tuple[str, int] = ("", index)
        for count in range(1, min(_MAX_TITLE_LINES, index + 1) + 1):
            first = index - count + 1
            if count > 1 and not self._may_go_on(lines[first].text, lines[first + 1].text):
                break
            joined = "".join(compact(line.text) for line in lines[first : index + 1])
            if _key(contents_title(joined)) in self.contents:
                return joined, first
            may_be_longer = (
                not best[0]
                or _incomplete(best[0])
                or captions.is_numbered(lines[first].text)
                or _says_more(joined, best[0])
            )
            if may_be_longer and captions.is_title(joined, sure=bool(best[0])):
                best = joined, first
        return best

    @staticmethod
    def _may_go_on(text: str, rest: str) -> bool:
        """True for a line that may be the beginning of a wrapped title."""
        if "\t" in text or captions.is_numbered(rest):
            return False
        plain = normal(text)
        if _BRACKETED.fullmatch(normal(rest)) and captions.is_title(text, sure=True):
            return True
        return (
            len(plain) <= captions.LONGEST_TITLE
            and not _AMOUNT.search(plain)
            and not plain.endswith(("表", "。", ":", "；"))
            and not (plain.endswith(_NAMES_DOCUMENT) and len(normal(rest)) > _CUT_OFF)
            and not captions.is_caption_line(text)
        )

    def _caption(self, title: str, start: int) -> Caption:
        caption = Caption()
        caption.number, caption.title = captions.split_number(title)
        for line in self.recent[start:]:
            caption.take(line.text)
        before = normal(self.recent[start - 1].text) if start else ""
        if not caption.number and captions.TABLE_NUMBER.fullmatch(before):
            caption.number = before
        return caption

    def _above(self, start: int) -> int:
        """The index of the first of the caption lines above a title."""
        while start and captions.is_caption_line(self.recent[start - 1].text):
            start -= 1
            # unit and body may stand above the title; they are read with the title's own lines
        return start

    def _take_above(self, caption: Caption) -> int:
        """Read unit, body and number above a grid with its own title; the index of the first such line."""
        start = len(self.recent)
        while start and captions.is_caption_line(self.recent[start - 1].text):
            start -= 1
            caption.take(self.recent[start].text)
            plain = normal(self.recent[start].text)
            if not caption.number and captions.TABLE_NUMBER.fullmatch(plain):
                caption.number = plain
        return start

    def _below_cut_head(self, piece: Piece) -> Piece | None:
        """The head that the page before ends with, joined with its rows on this page; None without such a head."""
        if self.open is None or len(self.open.pieces) > 1 or self._prose_between():
            return None
        head = self.open.pieces[0]
        if header_rows(head.cells, head.skip) < head.cells.rows or head.cells.has_amounts:
            return None
        joined = stacked(head.cells, piece.cells)
        return Piece(Cells(joined), piece.line - head.cells.rows, head.skip) if joined else None

    def _rest_of_row(self, cells: Cells) -> bool:
        """True where a page begins with one text in a column of the table before it: the rest of a cut name."""
        own = [cell for cell in cells.starting(0) if cell.text.strip()]
        within = len(own) == 1 and own[0].column > 0 and own[0].columns == 1
        same = self.open is not None and cells.columns == self.open.pieces[-1].cells.columns
        return within and same and not self._prose_between()

    def _prose_between(self) -> bool:
        """True where more than page numbers and heads of pages stand before the grid."""
        return bool(self.open and self.open.notes) or any(
            len(normal(line.text)) > _MAX_SHORT_LINE for line in self.recent
        )

    def _continues(self, piece: Piece) -> bool:
        """True where a grid without a title goes on with the table before it."""
        if self.open is None or self._prose_between():
            return False
        first, last = self.open.pieces[0], self.open.pieces[-1]
        known = header_texts(first)
        if repeated_rows(piece.cells, piece.skip, known) > piece.skip:
            return True
        if sum(is_head(text) for row in header_texts(piece) for text in row) > 1:
            return False  # the head of another table
        return (
            piece.cells.columns == last.cells.columns
            or last.cells.holds_edges(piece.cells)
            or (piece.cells.columns < last.cells.columns and _ends_table(piece))
        )


def _ends_table(piece: Piece) -> bool:
    """True for a few rows without a head of their own: the end of a table, with fewer cells."""
    cells = piece.cells
    return cells.rows <= _MAX_LAST_ROWS and cells.has_amounts and header_rows(cells, piece.skip) == piece.skip


def _repeats(caption: Caption, open_: Caption) -> bool:
    """True where a caption is that of the table before it, on a further page."""
    if not caption.title or (caption.body and open_.body and caption.body != open_.body):
        return False
    return _continuing(caption.title) == _continuing(open_.title)


def _continuing(title: str) -> str:
    key = _key(title)
    for suffix in ("(续)", "(续表)", "续表", "续"):
        key = key.removesuffix(suffix)
    return key


def _incomplete(title: str) -> bool:
    """True for a title whose words say little: the end of a wrapped one."""
    found = captions.title_meaning(title)
    return not found.breakdown or not (found.flow or found.kind or found.item)


def _says_more(joined: str, title: str) -> bool:
    """True where the line above a title adds to what it says: the first half of a wrapped title."""
    first = normal(joined.removesuffix(title))
    if first.endswith(_NAMES_DOCUMENT):
        return False
    rest = normal(title)
    if meaning.is_split(first, rest) or _BRACKETED.fullmatch(rest) or _CUT.match(rest):
        return True
    if rest.startswith("年") and first[-1:].isdigit():
        return True
    longer, own = captions.title_meaning(joined), captions.title_meaning(title)
    if any(getattr(longer, name) and not getattr(own, name) for name in ("flow", "breakdown")):
        return True
    pairs = [(getattr(longer, name), getattr(own, name)) for name in ("fund", "kind", "item")]
    return any((value and not known) or below(value, known) for value, known in pairs)


def _holds_targets(title: str, cells: Cells, skip: int) -> bool:
    return is_target_form([title, *(text for row in range(skip, cells.rows) for text in cells.texts(row).values())])


def header_texts(piece: Piece) -> list[frozenset[str]]:
    """The normalised texts of each row of a piece's header."""
    end = header_rows(piece.cells, piece.skip)
    return [frozenset(map(normal, piece.cells.texts(row).values())) for row in range(piece.skip, end)]


def _inner_caption(cells: Cells, caption: Caption, *, titled: bool) -> int:
    """Read the caption rows at the top of a grid into `caption`; their number.

    With a title above the grid, a head over all columns is no title because it reads as one.
    """
    skip = 0
    while skip < min(_MAX_CAPTION_ROWS, cells.rows):
        if not (titled or caption.title) and (first := _wrapped_above(cells, skip + 1)):
            _take_caption(caption, first + _alone(cells, skip + 1))
            skip += 2
            continue
        own = [cell for cell in cells.starting(skip) if cell.text.strip()]
        alone = len(own) == 1
        if not own and skip and not caption.title:
            break
        alone = alone and not caption.title and (captions.ends_as_title(own[0].text) or not titled)
        alone = alone and (captions.ends_as_title(own[0].text) or _heads_columns(cells, skip))
        texts = [cell.text for cell in own]
        titles = alone and captions.is_title(texts[0])
        if not (not own or titles or captions.is_caption_row(texts)):
            break
        for cell in own:
            _take_caption(caption, cell.text)
        skip += 1
    return skip


def _take_caption(caption: Caption, text: str) -> None:
    plain = normal(text)
    if captions.TABLE_NUMBER.fullmatch(plain):
        caption.number = caption.number or plain
        return
    if not caption.title and not captions.is_caption_line(text) and captions.is_title(text):
        number, caption.title = captions.split_number(text)
        caption.number = caption.number or number
    caption.take(text)
