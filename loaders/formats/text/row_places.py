"""Find the columns of cells in rows that lost cells.

Such a row has fewer cells than its table has columns.  A browser copies a merged cell once: a total over code and name,
or a group at the left that goes on from the row above. Other copies lose blank cells at the end of a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.formats.text.evidence import Column, Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDEST = 60
"""Columns of a table in whose short rows merged cells are looked for."""
_TOTAL = lazy_pattern(r".*[总合]计|栏次?|注")


class Places(NamedTuple):
    """The places of a row's cells."""

    cells: tuple[tuple[int, int, str], ...]
    """Column, number of columns, text."""
    above: int = 0
    """Columns at the left that cells of the row above go on in."""


def full(cells: Sequence[str]) -> Places:
    """The places of as many cells as there are columns."""
    return Places(tuple((column, 1, text) for column, text in enumerate(cells)))


def place(
    cells: Sequence[str], columns: Sequence[Column], before: Sequence[str], *, trimmed: bool = False
) -> Places | None:
    """The only places that fit a row of fewer cells than columns; None where none or several do.

    `before` are the texts of the row above; `trimmed` says that rows may lack blank cells at their end.
    """
    missing = len(columns) - len(cells)
    if missing < 0 or len(columns) > _WIDEST:
        return None
    found: list[Places] = []
    if trimmed and _stand(cells, columns, 0):
        found.append(full([*cells, *[""] * missing]))
    names = _names(columns)
    ways = _merged(cells, columns, names, 0, missing)
    found += [Places(tuple(merged)) for merged, _ in zip(ways, range(2), strict=False)]
    goes_on = all(names[at] and at < len(before) and before[at].strip() for at in range(missing))
    if goes_on and not _TOTAL.fullmatch("".join(cells[0].split())) and _stand(cells, columns, missing):
        if not any(columns[at].coded for at in range(missing)):
            found = [one for one in found if one.cells[0][1] == 1]  # not merged itself, but beside what is
        found.append(Places(tuple((missing + at, 1, text) for at, text in enumerate(cells)), missing))
    return found[0] if len(found) == 1 else None


def _stand(cells: Sequence[str], columns: Sequence[Column], first: int) -> bool:
    return all(fits(cell, columns[first + at]) for at, cell in enumerate(cells))


def _merged(
    cells: Sequence[str], columns: Sequence[Column], names: Sequence[bool], column: int, missing: int
) -> Iterator[list[tuple[int, int, str]]]:
    """The ways in which names may reach over columns of names and codes so that the row is as wide as the table."""
    if not cells:
        if not missing:
            yield []
        return
    text = cells[0]
    for span in range(1, missing + 2):
        if span > 1 and not (kind_of(text) is Kind.TEXT and names[column + span - 1]):
            break
        if span > 1 or fits(text, columns[column]):
            for rest in _merged(cells[1:], columns, names, column + span, missing - span + 1):
                yield [(column, span, text), *rest]
        elif not (kind_of(text) is Kind.TEXT and names[column]):
            break


def fits(cell: str, column: Column) -> bool:
    """True where a cell may stand in a column."""
    own = kind_of(cell)
    if own is Kind.BLANK or column.kind in {Kind.BLANK, Kind.MIXED}:
        return True
    return own is column.kind


def _names(columns: Sequence[Column]) -> tuple[bool, ...]:
    """Whether each column may hold names or codes.

    Whole amounts look like codes: codes stand before a name, or all are those of classes.
    """
    found: list[bool] = []
    before_name = False
    for column in reversed(columns):
        before_name = column.kind is Kind.TEXT or (before_name and column.coded)
        found.append(before_name or column.kind is Kind.BLANK or column.classes)
    return tuple(reversed(found))
