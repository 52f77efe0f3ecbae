"""What a table draws: rows of ready texts, a window of them at a time; no Textual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Row(NamedTuple):
    """One row as texts of fixed widths. Every text has passed `tui.terminal.text.visible`."""

    key: str
    style: str  # "", "total", "new", "gone", "computed" or "marked": part of a component class, never the only sign
    frozen: str  # the code and what else stands before the name: stays when other columns are scrolled into sight
    numbers: tuple[str, ...]  # one text a column, gap included; as many are drawn as fit
    share: float | None  # 0..100, drawn as a bar where the grid has bars; -100..100 where it has those of changes
    name: str  # mark of change, indentation, name: before the numbers, as wide as they leave it room


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to draw, from any row on. A row is drawn without looking at the others."""

    header: Row
    row_count: int
    rows: Callable[[int, int], list[Row]]
    """(first, count) -> at most `count` rows; the only way to the data."""
    totals: tuple[Row, ...] = ()
    """Rows that stay at the bottom."""
    notes: tuple[str, ...] = ()
    """Sentences that stand after the last row."""
    bars: bool = False
    changes: int = 0
    """Where bars go to the left and right of 0: how many of the first columns they stand for; 0 for none."""
    name_width: int = 0
    """Cells of the longest name, an upper bound."""
    texts: int = 0
    """How many of the last columns are texts: a name gives way to a number alone."""
    columns: tuple[str, ...] = ()
    """Ids of the columns of `numbers`."""
    pinned: int = 0
    """How many of the first columns stay when the others are scrolled."""
    front: int = 0
    """How many of these stand before the name."""
    left_columns: tuple[tuple[str, int], ...] = ()
    """Ids of the columns of `frozen`, each with its cells."""
    name_column: str = ""
    """Id of the column of names."""


EMPTY = Grid(Row("", "", "", (), None, ""), 0, lambda _first, _count: [])
