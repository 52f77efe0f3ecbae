"""A table before it is painted: blocks of columns and rows, each with what it says of its amounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.documents.any_form.figures import Figures, Leaf

Says = dict[str, str | tuple[str, ...]]
"""Dimension -> value; several values where the printed words leave doubt, and each of them is true."""
DIMENSIONS = ("flow", "fund", "kind", "function", "economic", "item", "project", "unit", "version")


def everything(_: Leaf) -> bool:
    """Accept every leaf."""
    return True


class Column(NamedTuple):
    """A column of amounts, or of other texts (`other` names what)."""

    headers: tuple[str, ...]
    says: Says
    accepts: Callable[[Leaf], bool] = everything
    version: str = ""
    base: str = ""
    """The version that a change is the difference to."""
    fixed: dict[str, int] | None = None
    """Amounts that are no sum of leaves, by version."""
    other: str = ""
    only: int | None = None
    """An amount that stands in the row of the total alone."""


class Row(NamedTuple):
    """A row of one block; `labels` are the texts of its label columns."""

    labels: tuple[str, ...]
    says: Says
    accepts: Callable[[Leaf], bool] = everything
    fixed: dict[str, int] | None = None
    blank: bool = False
    """True where it prints no amounts."""
    other: str = ""
    """A count, in a row of its own."""
    amounts: dict[str, int] | None = None
    """Amounts by the item of the column."""
    merged: bool = False
    """True for a total whose label covers all label columns."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns that belong together; several stand side by side in one table."""

    labels: tuple[tuple[str, ...], ...]
    """The heads of the label columns, outermost first."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    kind: str
    title: str
    says: Says
    blocks: tuple[Block, ...]
    unit: str
    decimals: int


class Fact(NamedTuple):
    """A printed amount: exact fen, and for each dimension the values that are true."""

    table: int
    fen: int
    accepted: tuple[tuple[str, ...], ...]
    """Beside `DIMENSIONS`."""
    row: str
    column: str


@dataclass(slots=True)
class Truths:
    """Collects the printed amounts of a document."""

    facts: list[Fact] = field(default_factory=list)

    def add(self, table: int, fen: int, says: tuple[Says, Says, Says], row: str, column: str) -> None:
        """Add an amount: what table, column and row say, later ones overruling."""
        whole: Says = {}
        for own in says:
            whole |= own
        accepted = tuple(_values(whole.get(dimension, "")) for dimension in DIMENSIONS)
        self.facts.append(Fact(table, fen, accepted, row, column))


def _values(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def amount(figures: Figures, row: Row, column: Column) -> int | None:
    """The fen of a row in a column; None where it prints none."""
    if row.blank or column.other:
        return None
    if column.only is not None:
        return column.only if row.merged else None
    if row.amounts is not None:
        return row.amounts[str(column.says["item"])]
    version = column.version or figures.version
    if version == "change":
        own, before = (amount(figures, row, column._replace(version=v)) for v in (figures.version, column.base))
        return None if own is None or before is None else own - before
    fixed = row.fixed if row.fixed is not None else column.fixed
    if fixed is not None:
        return fixed.get(version)
    return figures.total(lambda leaf: row.accepts(leaf) and column.accepts(leaf), version)
