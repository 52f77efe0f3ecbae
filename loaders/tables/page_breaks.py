"""Rows that the end of a page has cut inside their cells: amounts are put together before they are read."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.tables.header import LABELS, Column, Role, is_column_numbers, is_stacked, is_total
from loaders.words.numbers import decimals, is_amount
from loaders.words.ordinals import ENUMERATOR
from loaders.words.tokens import CJK, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.tables.find import Piece
    from loaders.tables.header import Header


_ENOUGH = 100
"""Amounts that show how many decimals a table prints."""
_LEVELS = {3, 5, 7}
"""Digits of a whole code."""
_CLASS, _LEVEL = 3, 2
"""Digits of a class, and of a section or an item by itself."""


_GLUED_REST = lazy_pattern(rf"(\d{{1,6}})[\s、.:：_-]*{CJK}")
_CODES_AND_NAMES = frozenset({Role.CODE, Role.NAME, Role.FUNCTION, Role.ECONOMIC})
"""Roles of columns that hold codes and their names."""


class RawRow(NamedTuple):
    """A row of a grid below its header: its texts by column."""

    piece: Piece
    header: Header
    row: int
    texts: dict[int, str]

    @property
    def first(self) -> bool:
        """True for the first row below the header of a further page."""
        return self.row == self.header.end


def raw_rows(pieces: Iterable[Piece], headers: Iterable[Header]) -> list[RawRow]:
    """The rows of a table that hold anything, page by page; a row that a page has cut inside its amounts is one."""
    pages = [
        [
            RawRow(piece, header, row, texts)
            for row in range(header.end, piece.cells.rows)
            if (texts := _texts(piece, header.end, reaching, row)) and not _numbers_columns(texts)
        ]
        for piece, header in zip(pieces, headers, strict=True)
        for reaching in [_reaching(header)]
    ]
    usual = _usual_decimals(pages)
    found: list[RawRow] = []
    for page in pages:
        joined = _joined_row(found[-1], page[0], usual) if found and page else None
        if joined:
            found[-1] = joined
        found += page[1:] if joined else page
    return found


def _reaching(header: Header) -> tuple[int, ...]:
    """The columns of codes and names, whose cells may reach down over several rows; none in lists of labels."""
    blocks = [b for b in range(header.blocks) if is_stacked(header, b)]
    stacked = tuple(i for i, c in enumerate(header.columns) if c.block in blocks and c.role in LABELS)
    if not any(column.role in {Role.CODE, Role.PROJECT} for column in header.columns):
        return stacked
    coded = (i for i, column in enumerate(header.columns) if column.role in _CODES_AND_NAMES)
    return tuple(sorted({*coded, *stacked}))


def _texts(piece: Piece, first: int, reaching: tuple[int, ...], row: int) -> dict[int, str]:
    """The texts of a row by column; codes and names of cells that reach into it from above are its own.

    `first` is the first row below the header.
    """
    own = piece.cells.texts(row)
    if not own or not reaching:
        return own
    found = dict(own)
    for index in reaching:
        cell = None if index in own else piece.cells.at(row, index)
        if cell is not None and first <= cell.row < row and cell.column == index:
            found[index] = piece.cells.text(cell.row, index)
    return {index: text for index, text in found.items() if text}


def _numbers_columns(texts: dict[int, str]) -> bool:
    """True for a row of column numbers that a page has parted from its header."""
    found = list(texts.values())
    return found[0] in {"※", "*", "栏次"} and is_column_numbers([normal(text) for text in found])


def _usual_decimals(pages: Iterable[Sequence[RawRow]]) -> int:
    texts = (
        text
        for page in pages
        for row in page
        for index, text in row.texts.items()
        if row.header.columns[index].role is Role.AMOUNT and is_amount(text)
    )
    counts = Counter(map(decimals, islice(texts, _ENOUGH)))
    return counts.most_common(1)[0][0] if counts else 0


def _joined_row(before: RawRow, rest: RawRow, usual: int) -> RawRow | None:
    """Both as one row; None where the second is no rest of the first, or only of its name."""
    at = _places(before.header.columns)
    places = {index: at.get(kind) for kind, index in _places(rest.header.columns).items() if index in rest.texts}
    joined = dict(before.texts)
    for index, place in places.items():
        started = before.texts.get(place, "") if place is not None else ""
        if place is None or (
            _begins_row(rest.header.columns[index], rest.texts[index]) and not _is_cut_glued(started, rest.texts[index])
        ):
            return None
        joined[place] = joined.get(place, "") + rest.texts[index]
    cut = {place: rest.header.columns[index].role for index, place in places.items() if place is not None}
    code = _cut_code(before, joined, cut)
    if code is None:
        return None
    amounts = [place for place, role in cut.items() if role is Role.AMOUNT]
    sure = code or len(amounts) == len(cut)
    if not (amounts or code):
        return None
    if all(_is_cut_amount(before.texts.get(place, ""), joined[place], usual, sure=sure) for place in amounts):
        return before._replace(texts=joined)
    return None


def _cut_code(before: RawRow, joined: dict[int, str], cut: dict[int, Role]) -> bool | None:
    """True where the code goes on behind the page, False where it does not; None where a new one begins there."""
    codes = [index for index, column in enumerate(before.header.columns) if column.role is Role.CODE]
    own = [index for index in codes if cut.get(index) is Role.CODE]
    if not own:
        return False
    for index in own:
        started = len(before.texts.get(index, ""))
        length = len(joined[index])
        if len(codes) == 1:
            fits = length in _LEVELS and not {started, length - started} <= _LEVELS
        elif index == codes[0]:
            fits = length == _CLASS
        else:
            fits = length in {_LEVEL, 2 * _LEVEL} and started % _LEVEL == 1  # two whole levels are two rows
        if not (started and fits and joined[index].isdigit()):
            return None
    return True


def _begins_row(column: Column, text: str) -> bool:
    if column.role in {Role.AMOUNT, Role.CODE}:
        return False
    return text[:3].isdigit() or is_total(text) or ENUMERATOR.match(normal(text)) is not None


def _is_cut_glued(started: str, rest: str) -> bool:
    """True for a code that is printed together with its name and cut inside its digits.

    Neither part has a whole code of its own.
    """
    match = _GLUED_REST.match(rest)
    return (
        match is not None
        and started.isdigit()
        and len(started + match[1]) in _LEVELS
        and not (len(match[1]) in _LEVELS and match[1][0] in "235")
    )


def _is_cut_amount(started: str, joined: str, usual: int, *, sure: bool) -> bool:
    """True where the joined text is an amount, and what the first page shows of it is none of this table.

    `sure` says that the row is cut for other reasons.
    """
    if not any(map(str.isdigit, started)) or not is_amount(joined) or decimals(joined) != usual:
        return False
    return sure or not is_amount(started) or decimals(started) != usual


def _places(columns: Sequence[Column]) -> dict[tuple[Column, int], int]:
    """The index of each column by what it holds; names and the like are counted within their group."""
    found: dict[tuple[Column, int], int] = {}
    for index, column in enumerate(columns):
        number = sum(kind == column for kind, _ in found)
        found[column, number] = index
    return found
