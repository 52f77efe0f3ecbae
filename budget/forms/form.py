"""What a form is: its statements, their titles, shapes, measures and labelled lines.

Types only; each form is a value in a module of its own (`form_*.py`), and `forms.py` lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from budget.model.disclosure import MoneyUnit, Phase


class Shape(StrEnum):
    """How the lines of a statement are keyed."""

    TWO_SIDED = "two_sided"  # revenue labels on the left, functional classes on the right
    FUNCTIONAL = "functional"  # 类 款 项 with a name
    ECONOMIC = "economic"  # 类 款 of the economic classification
    PROJECTS = "projects"  # 类 款 项, and projects below the items
    LABELS = "labels"  # a fixed list of labels (“三公”经费), as rows or as columns
    PROJECT_NAMES = "project_names"  # project names without codes


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a statement."""

    id: str
    title: str
    """Chinese title, a marked message."""
    headers: tuple[str, ...] = ()
    """Header texts, without blanks and in half-width brackets, that name this column; `title` among them.

    A column below a common head may be named by both: 财政拨款结转·人员经费.
    """
    short: str = ""
    """Title for a column head, where `title` is too long for one."""


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled line: canonical name, depth, and the regular expression that finds its variants."""

    name: str
    level: int
    pattern: str
    parent: str = ""
    """Key of the label above it."""
    apart: bool = False
    """True where the line stands beside the total, not below it: 机关运行经费 beside the “三公” expenses."""

    @property
    def key(self) -> str:
        """Path of canonical names: 本年收入/一般公共预算拨款/一般财力."""
        return f"{self.parent}/{self.name}" if self.parent else self.name


@dataclass(frozen=True, slots=True)
class StatementForm:
    """One statement of a form."""

    id: str
    """A `StatementId` where the views know it by name; any other id else."""
    number: int
    title: str
    """Title without 部门/单位: 收支总体情况表."""
    short: str
    """Title for breadcrumbs and lists."""
    titles: tuple[str, ...]
    """Regular expressions, full match on a title without blanks, quotation marks, year and 部门/单位."""
    shape: Shape
    measures: tuple[Measure, ...]
    """In printed order; in two-sided statements those of the expenditure side (the revenue side has `total`)."""
    labels: tuple[Label, ...] = ()
    """The labelled lines: the revenue side of two-sided statements, the rows (or columns) of lists of labels."""
    money_unit: MoneyUnit = MoneyUnit.WAN
    """The unit where the table states none."""

    @property
    def measure_ids(self) -> tuple[str, ...]:
        """The ids of the measures, in printed order."""
        return tuple(measure.id for measure in self.measures)


@dataclass(frozen=True, slots=True)
class Form:
    """A set of statements that bodies of some region publish."""

    id: str
    title: str
    phase: Phase
    statements: tuple[StatementForm, ...]

    def statement(self, id_: str) -> StatementForm | None:
        """The statement with this id."""
        return next((statement for statement in self.statements if statement.id == id_), None)


def measure(id_: str, title: str, *headers: str, short: str = "") -> Measure:
    """A measure whose title is one of its header texts."""
    return Measure(id_, title, (title, *headers), short)


TOTAL = "总计"
"""Name of the label that is the total of its list."""


def label_tree(*rows: tuple[int, str, str], apart: tuple[str, ...] = ()) -> tuple[Label, ...]:
    """Labels from (level, name, pattern), each below the last one of a lower level; those named in `apart` alone."""
    labels: list[Label] = []
    for level, name, pattern in rows:
        above = next((label for label in reversed(labels) if label.level < level), None)
        alone = name in apart
        labels.append(Label(name, level, pattern, above.key if above and not alone else "", alone))
    return tuple(labels)
