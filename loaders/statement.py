"""A statement as read: figures, rows, statements, and all statements of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from budget.model.coordinates import NOWHERE, Coordinates
from budget.model.disclosure import AmountOrigin, Notice, Side, StatementHead

if TYPE_CHECKING:
    from budget.forms.form import StatementForm
    from budget.model import money
    from loaders.document import Box


@dataclass(slots=True)
class Figure:
    """One printed amount of a row: where it stands, and in which column if the source tells."""

    amount: money.Amount
    line: int
    column: int | None
    page: int | None = None
    box: Box | None = None
    origin: str = AmountOrigin.PRINTED
    measure: str = ""
    """Name of its column, where the source fixes it."""
    coordinates: Coordinates = NOWHERE
    standard_code: str = ""
    """The code that the name of its row means today; '' where it agrees with the printed one."""
    block: int = 0
    row_path: tuple[str, ...] = ()
    column_path: tuple[str, ...] = ()


@dataclass(slots=True)
class ReadRow:
    """A row of a statement as read; `parent` is the index of its parent among the statement's rows."""

    side: Side
    code: str
    total: bool
    name: str
    label: str
    line: int
    figures: list[Figure]
    project: str = ""
    key: str = ""
    level: int = 0
    kind: str = ""
    parent: int | None = None
    apart: bool = False
    """True where the row stands beside the total, not below it."""
    resolved: str = ""
    """The code that the row stands for, where the table prints none."""
    page: int | None = None
    unlabelled: bool = False
    """True for a label in text that its form does not know."""


@dataclass(slots=True)
class ReadStatement:
    """A statement as read."""

    form: StatementForm
    head: StatementHead
    rows: list[ReadRow]
    header_text: str = ""
    """The header of a table in text, without blanks."""
    doubtful: bool = False
    """True where its header is not that of its form: nothing in it is sure."""
    exact: bool = False
    """True where the source fixes the column of every amount: a table with cells."""


@dataclass(slots=True)
class Reading:
    """All statements of a document, and what must be said about reading them."""

    statements: dict[str, ReadStatement] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
