"""Sheets of any spreadsheet format: texts by position, before they become grids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from budget.model.disclosure import AmountOrigin
from loaders.document import GridCell

if TYPE_CHECKING:
    from loaders.formats.tables import Position, Range


@dataclass(slots=True)
class Sheet:
    """One sheet: the printed texts of its cells, by row and column from 0; blank cells are left out."""

    name: str
    hidden: bool = False
    damaged: bool = False
    cut: bool = False
    """Whether not all of the rows and cells that are said to be repeated are in it."""
    cells: dict[Position, GridCell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unsolved: list[Position] = field(default_factory=list)
    """Formulas whose result the file does not keep."""

    def put(self, place: Position, text: str, origin: str = AmountOrigin.PRINTED) -> None:
        """Set a cell's text; blank texts are left out."""
        if text.strip():
            self.cells[place] = GridCell(*place, 1, 1, text.strip(), origin=str(origin))


def address(place: Position) -> str:
    """The address of a cell as spreadsheets write it: (1, 27) is AB2."""
    row, column = place
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
