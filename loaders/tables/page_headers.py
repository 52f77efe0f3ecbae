"""Headers of the pages of a table: what stands in the columns of a page that prints no header."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from budget.i18n.language import N_
from loaders.tables.find import header_texts
from loaders.tables.header import Column, Header, Role, columns, header_rows, is_amount_cell, paths, repeated_rows
from loaders.words.numbers import is_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.meaning import Meaning
    from loaders.tables.cells import Cells
    from loaders.tables.find import Piece

NO_HEAD = Column(Role.NOTHING, path=(N_("没有表头的列"),))
"""A column of a further page that stands beside those of the header."""


def headers_of(pieces: Sequence[Piece], title: Meaning) -> list[Header]:
    """The columns of every piece; one without a header has those of the page before."""
    first, *others = pieces
    end = header_rows(first.cells, first.skip)
    found = [Header(end, columns(first.cells, first.skip, end, title))]
    known, before = header_texts(first), first.cells
    own = paths(first.cells, first.skip, end)
    for piece in others:
        cells = piece.cells
        end = repeated_rows(cells, piece.skip, known)
        if end > piece.skip and paths(cells, piece.skip, end) != own:  # in another order
            found.append(Header(end, columns(cells, piece.skip, end, title)))
            before = cells
        elif end > piece.skip:
            found.append(Header(end, found[0].columns))
            before = cells
        else:
            found.append(Header(piece.skip, _map_columns(cells, before, found[-1].columns)))
            before = cells if cells.columns == before.columns else before
    return found


def _map_columns(cells: Cells, before: Cells, known: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a page without a header, by where they stand on the page, else by their order."""
    placed = cells.edges is not None and before.edges is not None and len(before.edges) == len(known) + 1
    if cells.columns == len(known) and (not placed or before.holds_edges(cells)):
        return known
    if placed and before.holds_edges(cells):
        return _columns_by_place(cells, before, known)
    numeric = [any(map(is_amount, texts)) for texts in _column_texts(cells)]
    # A total with fewer cells: the first one covers what stands before the amounts.
    covered = (Column(Role.NAME), *known[len(known) - cells.columns + 1 :])[-cells.columns :]
    if all(column.role is Role.AMOUNT for column, is_number in zip(covered, numeric, strict=False) if is_number):
        return covered + (NO_HEAD,) * (cells.columns - len(covered))
    return _columns_by_place(cells, before, known) if placed else _columns_of_totals(cells, known, numeric)


def _columns_by_place(cells: Cells, before: Cells, known: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a page by the places of those of the page before."""
    if cells.edges is None or before.edges is None:
        return known
    found = [_column_at((left + right) / 2, before.edges, known) for left, right in pairwise(cells.edges)]
    # What a wide cell says is a name, even where the middle of the cell is below the head of amounts.
    wordy = [any(not is_amount_cell(text) for text in texts) for texts in _column_texts(cells)]
    named_ = [is_wordy and column.role is Role.AMOUNT for is_wordy, column in zip(wordy, found, strict=True)]
    return tuple(Column(Role.NAME, c.block) if name else c for name, c in zip(named_, found, strict=True))


def _columns_of_totals(cells: Cells, known: tuple[Column, ...], numeric: Sequence[bool]) -> tuple[Column, ...]:
    """The columns of totals of blocks that stand side by side: a name, then its amount, block by block."""
    amounts = {column.block: column for column in reversed(known) if column.role is Role.AMOUNT}
    blocks = iter(sorted(amounts))
    texts = _column_texts(cells)
    block = 0
    found: list[Column] = []
    for index, is_number in enumerate(numeric):
        is_named = not is_number and bool(texts[index])
        if is_named:
            block = next(blocks, block)
        after_name = bool(found) and found[-1].role is Role.NAME and block in amounts
        found.append(Column(Role.NAME, block) if is_named else amounts[block] if after_name else NO_HEAD)
    return tuple(found)


def _column_texts(cells: Cells) -> list[list[str]]:
    return [[text for row in range(cells.rows) if (text := cells.text(row, i))] for i in range(cells.columns)]


def _column_at(centre: float, edges: Sequence[float], known: tuple[Column, ...]) -> Column:
    for column, (left, right) in zip(known, pairwise(edges), strict=True):
        if left <= centre < right:
            return column
    return NO_HEAD
