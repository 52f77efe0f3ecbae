"""Text tables whose columns are kept apart by blanks (`-layout`).

Each cell stands where it stands on the page.  What is blank in all rows of a table keeps two columns apart.  Where
names reach below amounts of other rows, a name may be the rest of the one above, or where the head fits several ways,
the lines are left as they are.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.document import Grid, GridCell
from loaders.formats.text import head_spans
from loaders.formats.text.evidence import Kind, are_alike, columns_of, is_shifted, kind_of
from loaders.formats.text.grid import Outcome, is_column_numbers
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from loaders.formats.text.evidence import Column
    from loaders.formats.text.head_spans import Effort, HeadCell

_TOKEN = lazy_pattern(
    r"(?:项[ \u3000]{1,16}目|收[ \u3000]{1,16}入|支[ \u3000]{1,16}出|科[ \u3000]{1,16}目|金[ \u3000]{1,16}额"
    r"|[合总小][ \u3000]{1,16}计)(?![^\s\u3000])|[^\s\u3000]+"
)
"""Words between blanks; words of two characters that heads print apart (收      入) are one."""
_ENTRY = lazy_pattern(
    r"(?:[一二三四五六七八九十]+|\d+)[、.．]|[(（](?:[一二三四五六七八九十]+|\d+)[)）]|其中[:：]|\d{3}|.*[总合小]\s*计$"
)
_TOTAL = lazy_pattern(r"(?:收入|支出)?[总合]计")
_FEWEST = 3
"""Rows that show columns."""
_MOST_HEAD_LINES = 6
_MOST_LINES = 400
"""Lines of a table on one page."""
_NEAR = 2.5
"""Characters by which a head may stand beside the middle of its columns."""
_CLEAR = 2.0
"""Points by which a layout of the head must be better than one that stands over other columns."""
_GAP = 2
"""Blanks that keep cells apart."""
_WHOLE = 4
"""Characters of a name that may stand alone: 上年结转."""


class Piece(NamedTuple):
    """A piece of a line between gaps; its line by index, its place by characters."""

    line: int
    start: int
    end: int
    text: str

    @property
    def middle(self) -> float:
        """The place of its middle."""
        return (self.start + self.end) / 2


class Region(NamedTuple):
    """Lines `first` to before `end`, and the table read from them."""

    first: int
    end: int
    outcome: Outcome


def read(lines: Sequence[str], first: int, end: int, effort: Effort, before: Sequence[Kind] = ()) -> Region | None:
    """Read lines as a table by their gaps; None where they hold no rows of one.

    There must be no caption and no prose among them.
    """
    if end - first > _MOST_LINES:
        return None
    outcome: Region | None = None
    for measure in (_by_characters, _by_width):
        tokens = [token for at in range(first, end) for token in _tokens(at, lines[at], measure)]
        outcome = _read(tokens, effort, before)
        if outcome is None or outcome.outcome.grid is not None:
            return outcome
    return outcome


def has_gaps(line: str) -> bool:
    """True for a line with blanks between cells."""
    return "  " in line.strip() or "\u3000\u3000" in line.strip()


def _by_characters(text: str) -> int:
    return len(text)


def _by_width(text: str) -> int:
    """Columns of a terminal: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _tokens(line: int, text: str, measure: Callable[[str], int]) -> Iterator[Piece]:
    place = done = 0
    for found in _TOKEN.finditer(text):
        place += measure(text[done : found.start()])
        start, done = place, found.start()
        place += measure(found[0])
        done = found.end()
        yield Piece(line, start, place, "".join(found[0].split()))


def _read(tokens: Sequence[Piece], effort: Effort, before: Sequence[Kind]) -> Region | None:
    by_line: dict[int, list[Piece]] = {}
    for token in tokens:
        by_line.setdefault(token.line, []).append(token)
    start = next((line for line, own in by_line.items() if _is_row(own)), None)
    if start is None:
        return None
    above = [own for line, own in by_line.items() if line < start]
    below = [own for line, own in by_line.items() if line >= start]
    if sum(map(_is_row, below)) < _FEWEST and (not above or any(map(_is_said, below))):
        return None
    outcome = _outcome(above, below, effort, before)
    return Region(min(by_line), max(by_line) + 1, outcome)


def _outcome(above: list[list[Piece]], below: list[list[Piece]], effort: Effort, before: Sequence[Kind]) -> Outcome:
    """The grid of the lines of a head and those of a body."""
    printed = _columns(below)
    found = _placed(above, below, printed, effort, before)
    columns = _with_blank_columns(above, below, printed)
    if found.grid is None and len(columns) > len(printed):
        with_blank = _placed(above, below, columns, effort, before)
        grid = with_blank.grid
        if grid and _all_headed(grid.cells, with_blank.kinds, len(above)) and not any(map(_is_joined, grid.cells)):
            found = with_blank
    return found


def _placed(
    above: list[list[Piece]],
    below: list[list[Piece]],
    columns: Sequence[tuple[int, int]],
    effort: Effort,
    before: Sequence[Kind],
) -> Outcome:
    """The grid of these columns."""
    head = tuple(piece.text for own in above for piece in own)
    unplaced = Outcome(head=head, width=len(columns))
    rows = _rows(below, columns) if len(columns) > 1 and len(above) <= _MOST_HEAD_LINES else None
    if rows is None:
        return unplaced
    body = columns_of([cells for _, cells in rows], len(columns))
    kinds = tuple(column.kind for column in body)
    sound = Kind.NUMBER in kinds and not is_shifted(body) and _pure(rows, kinds) and (above or are_alike(kinds, before))
    placed = _head(above, body, columns, effort, left=_is_flush_left(below, columns)) if sound else None
    if placed is None and sound and sum(map(_is_row, below)) >= _FEWEST and _is_padded(below, columns, body):
        placed = _head(above, body, columns, effort, padded=True)
    if placed is None:
        return unplaced
    cells, head_lines = placed
    count = len(head_lines)
    cells += [GridCell(count + at, x, 1, 1, text) for at, (_, texts) in enumerate(rows) for x, text in enumerate(texts)]
    starts = (*head_lines, *(line for line, _ in rows))
    grid = Grid(tuple(sorted(cells)), len(starts), len(columns), row_lines=tuple(line - starts[0] for line in starts))
    return Outcome(grid, kinds, head=head, width=len(columns))


def _is_said(own: Sequence[Piece]) -> bool:
    """True for a line with the marks of sentences."""
    return any(mark in piece.text for piece in own for mark in "，。；")


def _is_row(own: Sequence[Piece]) -> bool:
    """True for a line with an amount behind a gap."""
    if len(own) < 2 or is_column_numbers([token.text for token in own]):  # noqa: PLR2004 - a name and an amount
        return False
    return any(
        kind_of(after.text) is Kind.NUMBER and after.start - before.end >= _GAP for before, after in pairwise(own)
    )


def _columns(lines: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """From where to where each column reaches: places that a token of any line covers, and blanks within names."""
    spans: list[list[int]] = []
    places = ((token.start, token.end) for own in lines for token in own if not _TOTAL.fullmatch(token.text))
    for start, end in sorted(places):  # totals stand in the middle of several columns of names
        if spans and start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _is_blank_in_names(lines, joined[-1], (start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _with_blank_columns(
    above: Sequence[Sequence[Piece]], below: Sequence[Sequence[Piece]], columns: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The columns, with those that hold nothing: a head stands in a gap behind the names, and nothing below it."""
    names = min((piece.end for own in below for piece in own if kind_of(piece.text) is Kind.TEXT), default=0)
    lines = [[piece for piece in _pieces(own) if piece.start > names] for own in above]
    if lines and is_column_numbers([piece.text for piece in lines[-1]]):
        lines.pop()
    found = list(columns)
    for at, own in enumerate(lines):
        lower = [piece for under in lines[at + 1 :] for piece in under]
        for piece in own:
            free = not any(piece.start <= end and start <= piece.end for start, end in found)
            if free and not any(piece.start <= other.end and other.start <= piece.end for other in lower):
                found.append((piece.start, piece.end))
    return sorted(found)


def _is_blank_in_names(lines: Sequence[Sequence[Piece]], left: tuple[int, int], right: tuple[int, int]) -> bool:
    """True where two columns are words of one name: lines have both, with one blank between them."""
    neighbours = False
    for own in lines:
        for before, after in pairwise(own):
            if left[0] <= before.start < left[1] and right[0] <= after.start < right[1]:
                neighbours = True
                if after.start - before.end >= _GAP or Kind.NUMBER in {kind_of(before.text), kind_of(after.text)}:
                    return False
    return neighbours


def _rows(lines: Sequence[Sequence[Piece]], columns: Sequence[tuple[int, int]]) -> list[tuple[int, list[str]]] | None:
    """The cells of each line; None where a line may be the rest of the one above or below it."""
    rows: list[tuple[int, list[str]]] = []
    names = _columns_of_names(lines, columns)
    for own in lines:
        cells = _cells(own, columns, names)
        if cells is None:
            return None
        rows.append((own[0].line, cells))
    named = {x for _, cells in rows if _has_number(cells) for x, text in enumerate(cells) if kind_of(text) is Kind.TEXT}
    entries = {x for x in named if _are_entries((cells[x] for _, cells in rows), 7)}
    mostly = {x for x in named if _are_entries((cells[x] for _, cells in rows), 6)}
    kept: list[tuple[int, list[str]]] = []
    for line, cells in rows:
        filled = [x for x, text in enumerate(cells) if text]
        begun = {bool(_ENTRY.match(cells[x])) for x in filled}
        alone = [bool(kept) and _stands_alone(kept[-1][1][x], cells[x]) for x in filled]
        begins = begun == {True} or (bool(kept) and all(kept[-1][1][x].endswith("计") for x in filled))
        if _has_number(cells) or (set(filled) <= mostly and begins) or (set(filled) <= entries and all(alone)):
            kept.append((line, cells))
        elif kept and set(filled) <= entries and begun == {False}:
            if any(alone):
                return None
            for x in filled:
                kept[-1][1][x] += "\n" + cells[x]
        else:
            return None  # a name without amounts, where nothing tells a new row from the rest of another
    return kept


def _stands_alone(above: str, text: str) -> bool:
    """True for a name below a total, or a whole name below another: it is no rest of the one above."""
    if above.endswith("计"):
        return True
    return len(text) >= _WHOLE and meaning.is_known(normal(text)) and meaning.is_known(normal(above))


def _columns_of_names(lines: Sequence[Sequence[Piece]], columns: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The columns in which words that are no totals begin."""
    starts = {
        piece.start for own in lines for piece in own if kind_of(piece.text) is Kind.TEXT and "计" not in piece.text
    }
    return frozenset(x for x, (start, end) in enumerate(columns) if any(start <= place < end for place in starts))


def _cells(own: Sequence[Piece], columns: Sequence[tuple[int, int]], names: Collection[int]) -> list[str] | None:
    """The texts of a line by column; None where a piece stands in none."""
    cells = [""] * len(columns)
    for token in own:
        at = next((x for x, (start, end) in enumerate(columns) if start <= token.start and token.end <= end), None)
        if _TOTAL.fullmatch(token.text):
            named = _column_of_total(token, own, columns, names)
            at = named if at is None or (named is not None and named > at) else at
        if at is None:
            return None
        cells[at] += (" " if cells[at] else "") + token.text
    return cells


def _column_of_total(
    token: Piece, own: Sequence[Piece], columns: Sequence[tuple[int, int]], names: Collection[int]
) -> int | None:
    """The column of names that a total belongs to: the last one before the amounts behind it."""
    behind = next((piece for piece in own if piece.start > token.start), None)
    if behind is None:
        return None
    at = next((x for x, (start, end) in enumerate(columns) if start <= behind.start < end), 0)
    return max((x for x in names if x < at), default=None)


def _has_number(cells: Sequence[str]) -> bool:
    return any(kind_of(text) is Kind.NUMBER for text in cells)


def _are_entries(texts: Iterator[str], tenths: int) -> bool:
    """True where so many names begin with a number or a code, or are totals."""
    filled = [text for text in texts if text]
    return sum(bool(_ENTRY.match(text)) for text in filled) * 10 >= tenths * len(filled)


def _pure(rows: Sequence[tuple[int, list[str]]], kinds: Sequence[Kind]) -> bool:
    """True where every cell is of its column's kind."""
    return all(
        kind_of(text) in {Kind.BLANK, kind} for _, cells in rows for text, kind in zip(cells, kinds, strict=True)
    )


def _is_flush_left(lines: Sequence[Sequence[Piece]], columns: Sequence[tuple[int, int]]) -> bool:
    """True where every cell of the body begins where its column does: so do the heads over several columns, then."""
    starts = {start for start, _ in columns}
    begun = [own[at].start for own in lines for at in range(len(own)) if not at or own[at].start - own[at - 1].end > 1]
    return all(start in starts for start in begun)


def _is_padded(lines: Sequence[Sequence[Piece]], columns: Sequence[tuple[int, int]], body: Sequence[Column]) -> bool:
    """True where blanks fill cells up to the width of their columns.

    Names and codes begin where their column begins, numbers end where it ends.  Where the font of numbers is another,
    sentences have such gaps, too.
    """
    if any(map(_is_said, lines)):
        return False
    named = [column.kind is Kind.TEXT or column.coded for column in body]
    starts = {start for (start, _), names in zip(columns, named, strict=True) if names}
    ends = {end for (_, end), column in zip(columns, body, strict=True) if column.kind is Kind.NUMBER}
    begun = [own[at] for own in lines for at in range(len(own)) if not at or own[at].start - own[at - 1].end > 1]
    return all(piece.start in starts or piece.end in ends for piece in begun)


def _all_headed(cells: Sequence[GridCell], kinds: Sequence[Kind], rows: int) -> bool:
    """True where every column of numbers behind the names has a head of its own in the first rows."""
    headed = {cell.column for cell in cells if cell.columns == 1 and cell.text.strip() and cell.row < rows}
    names = next((x for x, kind in enumerate(kinds) if kind is Kind.TEXT), 0)
    return all(x in headed for x in range(names, len(kinds)) if kinds[x] is Kind.NUMBER)


def _is_joined(cell: GridCell) -> bool:
    """True where a number stands in one cell with other words: it may be that of the column beside."""
    words = cell.text.split(" ")
    return len(words) > 1 and any(kind_of(word) is Kind.NUMBER for word in words)


def _begins_at(piece: Piece, columns: Sequence[tuple[int, int]], first: int) -> bool:
    """True where a piece begins with a column, or with the blanks before its numbers."""
    before = columns[first - 1][1] if first else -1
    return before < piece.start <= columns[first][0]


def _head(
    lines: Sequence[Sequence[Piece]],
    body: Sequence[Column],
    columns: Sequence[tuple[int, int]],
    effort: Effort,
    *,
    left: bool = False,
    padded: bool = False,
) -> tuple[list[GridCell], list[int]] | None:
    """The cells of the head, and the line of each of its rows; None where they fit several ways or none.

    `left` tells that cells begin where their columns do, `padded` that blanks fill them up.
    """
    numbers: list[Sequence[Piece]] = []
    upper = [_pieces(own) for own in lines]
    while upper and is_column_numbers([piece.text for piece in upper[-1]]):
        numbers.insert(0, upper.pop())
    found: list[tuple[float, tuple[HeadCell, ...], list[list[Piece]]]] = []
    for grouped in _groupings(_unwrapped(upper, columns)):
        texts = [[piece.text for piece in row] for row in grouped]

        def fits(row: int, place: int, first: int, end: int, grouped: list[list[Piece]] = grouped) -> bool:
            piece = grouped[row][place]
            if padded:
                ends = end - first == 1 and piece.end == columns[first][1]
                return ends or _begins_at(piece, columns, first)
            return piece.start == columns[first][0] if left else _stands(piece, columns, first, end)

        scored = head_spans.scored_layouts(texts, body, effort, fits)
        possible = [(points, cells) for points, cells in scored if left or padded or not _has_only_child(cells)]
        # Of layouts that fit as well the one with fewer rows is better; the best two of each grouping compete.
        found += [(points - 0.1 * len(grouped), cells, grouped) for points, cells in possible[:2]]
    if not upper:
        return ([], []) if not numbers else None
    found.sort(key=lambda one: -one[0])
    rivals = [cells for points, cells, _ in found[1:] if found[0][0] - points < _CLEAR]
    if not found or any(_paths(cells) != _paths(found[0][1]) for cells in rivals):
        return None
    _, cells, grouped = found[0]
    placed = [GridCell(*cell) for cell in cells]
    starts = [min(piece.line for piece in row) for row in grouped]
    for own in numbers:
        numbered = _number_row(own, columns)
        if numbered is None:
            return None
        placed += [GridCell(len(starts), x, 1, 1, text) for x, text in enumerate(numbered)]
        starts.append(own[0].line)
    return placed, starts


def _number_row(own: Sequence[Piece], columns: Sequence[tuple[int, int]]) -> list[str] | None:
    """The texts of a row of column numbers by column; None where two stand over one column, or one over none."""
    texts = [""] * len(columns)
    for piece in own:
        standing = [x for x in range(len(columns)) if _stands(piece, columns, x, x + 1)]
        over = [x for x in standing if piece.start < columns[x][1] and columns[x][0] < piece.end]
        at = next(iter(over or standing), None)
        if at is None or texts[at]:
            return None
        texts[at] = piece.text
    return texts


def _has_only_child(cells: Sequence[HeadCell]) -> bool:
    """True where one head stands over one other: a column between them that holds nothing was overlooked."""
    spans = {(cell.row + cell.rows, cell.column, cell.columns) for cell in cells}
    return any((cell.row, cell.column, cell.columns) in spans for cell in cells)


def _paths(cells: Sequence[HeadCell]) -> set[tuple[int, int, str]]:
    """Which heads stand over which columns, whatever rows they take."""
    return {(cell.column, cell.columns, cell.text) for cell in cells}


def _pieces(own: Sequence[Piece]) -> list[Piece]:
    """The tokens of a line of a head; words with one blank between are one piece, column numbers are not."""
    pieces: list[Piece] = []
    for token in own:
        if pieces and token.start - pieces[-1].end < _GAP and not (pieces[-1].text + token.text).isdigit():
            pieces[-1] = pieces[-1]._replace(end=token.end, text=f"{pieces[-1].text} {token.text}")
        else:
            pieces.append(token)
    return pieces


def _unwrapped(lines: Sequence[Sequence[Piece]], columns: Sequence[tuple[int, int]]) -> list[list[Piece]]:
    """The lines of a head with wrapped heads put together, each on the line of its first piece."""
    result: list[list[Piece]] = []
    for own in lines:
        kept: list[Piece] = []
        for piece in own:
            upper = next(
                (row for row in reversed(result[-2:]) if any(_wraps(p, piece, row, columns) for p in row)), None
            )
            if upper is None:
                kept.append(piece)
                continue
            at = next(at for at, p in enumerate(upper) if _wraps(p, piece, upper, columns))
            first = upper[at]
            upper[at] = Piece(
                first.line, min(first.start, piece.start), max(first.end, piece.end), f"{first.text}\n{piece.text}"
            )
        if kept:
            result.append(kept)
    return result


def _wraps(upper: Piece, lower: Piece, row: Sequence[Piece], columns: Sequence[tuple[int, int]]) -> bool:
    """True where a piece can only be the rest of the one above: both over one column, with other heads beside it."""
    if head_spans.is_label(upper.text):
        return False  # what stands below it may be a name
    own = [x for x in range(len(columns)) if _is_centred(lower, columns, x, x + 1)]
    if len(own) != 1 or not _is_centred(upper, columns, own[0], own[0] + 1):
        return False
    beside = [x for x in (own[0] - 1, own[0] + 1) if 0 <= x < len(columns)]
    return abs(upper.middle - lower.middle) <= _NEAR and all(
        any(piece is not upper and _is_centred(piece, columns, x, x + 1) for piece in row) for x in beside
    )


def _groupings(lines: list[list[Piece]]) -> Iterator[list[list[Piece]]]:
    """The ways to take lines that follow one another as one row: cells of different height stand on different lines."""
    count = len(lines)
    for cuts in range(1 << max(count - 1, 0)) if count else ():
        rows = [list(lines[0])]
        for at in range(1, count):
            if cuts >> (at - 1) & 1:
                rows.append(list(lines[at]))
            else:
                rows[-1] += lines[at]
        rows = [sorted(row, key=lambda piece: piece.start) for row in rows]
        if all(before.end <= after.start for row in rows for before, after in pairwise(row)):
            yield rows


def _stands(piece: Piece, columns: Sequence[tuple[int, int]], first: int, end: int) -> bool:
    """True where a piece may head columns: over one column it may stand at either side, over several in the middle."""
    if end - first > 1:
        return _is_centred(piece, columns, first, end)
    left = columns[first - 1][1] if first else -1
    right = columns[end][0] if end < len(columns) else piece.end
    return left - 1 <= piece.start and piece.end <= right + 1


def _is_centred(piece: Piece, columns: Sequence[tuple[int, int]], first: int, end: int) -> bool:
    """True where a piece stands in the middle over columns, whose rules are somewhere in the gaps between them."""
    left = (columns[first - 1][1] if first else min(columns[0][0], piece.start), columns[first][0])
    right = (columns[end - 1][1], columns[end][0] if end < len(columns) else max(columns[-1][1], piece.end))
    low, high = (min(left) + min(right)) / 2, (max(left) + max(right)) / 2
    inside = min(left) - 1 <= piece.start and piece.end <= max(right) + 1
    return inside and low - _NEAR <= piece.middle <= high + _NEAR
