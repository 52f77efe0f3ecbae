"""Rows that the end of a page has cut inside their cells: amounts are put together before they are read."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.labels import ENUMERATOR
from loaders.grid_header import Column, Role, totals
from loaders.numbers import decimals, is_amount
from loaders.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.grid_header import Header
    from loaders.grids import Piece


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
            if (texts := piece.cells.texts(row))
        ]
        for piece, header in zip(pieces, headers, strict=True)
    ]
    pages = [page for page in pages if page]
    usual = _usual_decimals(pages)
    for before, page in pairwise(pages):
        whole = _whole(before[-1], page[0], usual)
        if whole:
            before[-1] = whole
            del page[0]
    return [row for page in pages for row in page]


def _usual_decimals(pages: Iterable[Sequence[RawRow]]) -> int:
    counts = Counter(decimals(text) for page in pages for row in page for text in row.texts.values() if is_amount(text))
    return counts.most_common(1)[0][0] if counts else 0


def _whole(before: RawRow, rest: RawRow, usual: int) -> RawRow | None:
    """Both as one row; None where the second is no rest of the first, or only of its name."""
    if any(_begins_row(rest.header.columns[index], text) for index, text in rest.texts.items()):
        return None
    at = _places(before.header.columns)
    places = {index: at.get(kind) for kind, index in _places(rest.header.columns).items() if index in rest.texts}
    amounts = {index: place for index, place in places.items() if rest.header.columns[index].role is Role.MEASURE}
    if not amounts or None in places.values():
        return None
    nameless = len(amounts) == len(places)
    joined = dict(before.texts)
    for index, place in places.items():
        if place is None:
            return None
        joined[place] = joined.get(place, "") + rest.texts[index]
        if index in amounts and not _is_whole(before.texts.get(place, ""), joined[place], usual, nameless=nameless):
            return None
    return before._replace(texts=joined)


def _begins_row(column: Column, text: str) -> bool:
    if column.role is Role.MEASURE:
        return False
    return column.role is Role.CODE or text[:3].isdigit() or totals(text) or ENUMERATOR.match(normal(text)) is not None


def _is_whole(started: str, joined: str, usual: int, *, nameless: bool) -> bool:
    """True where the joined text is an amount, and what the first page shows of it is none of this table."""
    if not any(map(str.isdigit, started)) or not is_amount(joined) or decimals(joined) != usual:
        return False
    return nameless or not is_amount(started) or decimals(started) != usual


def _places(columns: Sequence[Column]) -> dict[tuple[Column, int], int]:
    """The index of each column by what it holds; names and the like are counted within their group."""
    found: dict[tuple[Column, int], int] = {}
    for index, column in enumerate(columns):
        number = sum(kind == column for kind, _ in found)
        found[column, number] = index
    return found
