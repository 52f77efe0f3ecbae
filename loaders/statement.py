"""A statement as read: figures, rows, statements, and all statements of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

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
"""Breakdown of a title -> the shape of its rows; others are functional."""


@dataclass(frozen=True, slots=True)
class TableKind:
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
    """One printed amount of a row, and its column if the source tells."""

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
    """For each of its columns the words over it, outermost first; () where they are torn apart."""
    doubtful: bool = False
    """True where its header is not one of its title: nothing in it is sure."""
    exact: bool = False
    """True where the source fixes the column of every amount: a table with cells."""


@dataclass(slots=True)
class Reading:
    """All statements of a document, and what must be said about reading them."""

    statements: dict[str, ReadStatement] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
