"""Facts: the printed amounts of a disclosure with their coordinates and their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from budget.model.coordinates import Coordinates


class Fact(NamedTuple):
    """One printed amount: what it means, and where it is printed."""

    coordinates: Coordinates
    standard_code: str
    """The function or economic code that the printed name means today; '' where it agrees with the printed code."""
    amount_fen: int
    half_unit: int
    """Half of the last printed digit, in fen."""
    printed: str
    column_status: str
    """`printed`, `solved`, `inferred` or `ambiguous`."""
    table: int
    """Running number of the printed table, from 1."""
    row: int
    """Number of its row in the table, from 1."""
    column: int
    """Number of its column in the table, from 0."""
    block: int
    """Which of the blocks that stand side by side, from 0."""
    row_path: tuple[str, ...]
    """Labels as printed, outermost first, its own (with its code) last."""
    column_path: tuple[str, ...]
    """Texts of the head cells as printed, outermost first."""
    page: int | None
    line: int | None
    origin: str = "printed"
    """An `AmountOrigin`: whether the digits are as printed, reconstructed or recognised."""


class PrintedTable(NamedTuple):
    """A statement: one printed table of a document."""

    table: int
    statement: str
    """Known name of its coordinates (`expenditure_detail` …), else `other_n`."""
    number: str
    title: str
    coordinates: Coordinates
    """What the title says."""
    breakdown: str
    """`function`, `economic`, `source`, `two_sided`, `project`, `items` …; '' where the words do not tell."""
    page_from: int | None
    page_to: int | None
    line_from: int | None
    line_to: int | None
    note: str
    uncertain: bool
    """True where so many rows contradict their own sums that nothing of the table is checked."""
