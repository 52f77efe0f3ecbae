"""What a check is, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    Words = str | Callable[[], str]
    """A marked message, or what composes one in the language of the interface."""


class Outcome(StrEnum):
    """What came of one comparison."""

    EXACT = "exact"
    ROUNDING = "rounding"  # a difference that rounding explains
    DISCREPANCY = "discrepancy"  # two printed things that cannot both be right
    HINT = "hint"  # worth a look: a soft rule does not hold
    NOT_APPLICABLE = "not_applicable"  # the rule says nothing here
    NOT_CHECKED = "not_checked"  # something is missing, or uncertain, or was chosen by this very identity


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the catalogue; help and docs are made from it."""

    id: str
    """sum_of_rows, same_figure, stated_percent ...: named by what it compares."""
    topic: str
    """Group title, marked: 表内, 表间, 说明, 跨年, 项目, 绩效目标, 采购与资产, 文件."""
    title: Words
    """Short."""
    formula: Words
    """In words."""
    hard: bool
    """An identity, whose failure is a discrepancy; else a soft rule, whose failure is a hint."""
    needs: tuple[str, ...] = ()
    """Statements (ids) and record frames that it reads."""
    baseline: bool = False
    """True where it compares two years."""


def worded(words: Words) -> str:
    """A title or a formula in the language of the interface."""
    return tr(words) if isinstance(words, str) else words()


class Ref(NamedTuple):
    """Where one of the compared things stands."""

    disclosure_id: str
    frame: str  # cells, stated_changes, projects, allocations, plans, indicators, facts, statements, passages
    label: str  # what it is called: 支出总表 2101501 行政运行 基本支出
    text: str  # as printed
    fen: int | None = None
    statement: str = ""
    row_no: int | None = None
    measure: str = ""
    line: int | None = None
    page: int | None = None


class Finding(NamedTuple):
    """The outcome of one comparison."""

    check: str  # id
    outcome: Outcome
    message: (
        str  # in the language of the interface, a signal: 两处数字不能同时成立 ...; for NOT_CHECKED what is missing
    )
    refs: tuple[Ref, ...]  # the left side first
    left_fen: int | None = None
    right_fen: int | None = None
    difference_fen: int | None = None  # left - right
    tolerance_fen: int | None = None
    left: str = ""  # where the sides are no money: 25.51%, 4人
    right: str = ""
    follows: tuple[Finding, ...] = ()  # what else does not agree because of the same printed figure
