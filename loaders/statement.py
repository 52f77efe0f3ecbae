"""Statements as they are read: figures, rows, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from budget.model.coordinates import NOWHERE, Coordinates
from budget.model.disclosure import AmountOrigin, Notice, Side, StatementHead

if TYPE_CHECKING:
    from budget.model import money
    from loaders.document import Box
    from loaders.lines.layouts import Column


class Shape(StrEnum):
    """What tells the rows of a statement apart."""

    TWO_SIDED = "two_sided"  # sources of revenue on the left, functional classes on the right
    FUNCTIONAL = "functional"  # 类 款 项 with a name
    ECONOMIC = "economic"  # 类 款 of the economic classification
    PROJECTS = "projects"  # 类 款 项, and projects below the items
    LABELS = "labels"  # items (“三公”经费), as rows or as columns
    PROJECT_NAMES = "project_names"  # names of projects without codes


SHAPES = {
    "two_sided": Shape.TWO_SIDED,
    "economic": Shape.ECONOMIC,
    "project": Shape.PROJECTS,
    "items": Shape.LABELS,
    "carryover": Shape.PROJECT_NAMES,
}
"""Breakdown -> shape of the rows; others are functional."""


class TableKind(NamedTuple):
    """Which statement a table is, and the shape of its rows."""

    statement: str
    """A `StatementId`, or `other_1` …"""
    shape: Shape
    title: str = ""
    """As printed."""
    final: bool = False
    """Whether it is of final accounts."""


@dataclass(slots=True)
class Figure:
    """One printed amount, and its column if the source tells."""

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
    """Code that the name means today; '' where the printed one agrees."""
    block: int = 0
    row_path: tuple[str, ...] = ()
    column_path: tuple[str, ...] = ()


@dataclass(slots=True)
class ReadRow:
    """A row of a statement; `parent` is the index of another row."""

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
    source: str = ""
    """The fund that a label in text means."""
    unlabelled: bool = False
    """True for a label in text whose words are not known."""


@dataclass(slots=True)
class ReadStatement:
    """A statement as read."""

    kind: TableKind
    head: StatementHead
    rows: list[ReadRow]
    columns: tuple[Column, ...] = ()
    """The columns of a table in text."""
    paths: tuple[tuple[str, ...], ...] = ()
    """Words over each column, outermost first; () where torn apart."""
    doubtful: bool = False
    """True where its header does not fit its title: nothing is sure."""
    exact: bool = False
    """True for a table with cells: every column is fixed."""
    printed: tuple[str, ...] = ()
    """Known names of all columns of amounts in printed order, of a table with cells; '' for one without a name."""


@dataclass(slots=True)
class Reading:
    """All statements of a document, and notices about reading them."""

    statements: dict[str, ReadStatement] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
