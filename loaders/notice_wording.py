"""Wording that the notices of several readers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message
from budget.model.disclosure import Notice, Phase, Severity
from budget.model.titles import statement_title

if TYPE_CHECKING:
    from budget.model.disclosure import MoneyUnit
    from loaders.statement import TableKind

NEVER_PRINTED = N_("未命名的表")
"""The title of a table without one."""


_LONGEST = 16
"""Characters of the title of a table without a known name."""


def named(kind: TableKind) -> str:
    """The short title of a table as a value of a notice."""
    known = statement_title(kind.statement, Phase.FINAL_ACCOUNTS if kind.final else Phase.BUDGET)
    return Message.of(known) if known else kind.title[:_LONGEST] or Message.of(NEVER_PRINTED)


def unit_assumed(kind: TableKind, unit: MoneyUnit, line: int) -> Notice:
    """Say that a table, from `line` on, prints no money unit."""
    text = N_("{}没有“单位”行，按{}读取。")
    return Notice.of(Severity.UNCERTAIN, text, named(kind), Message.of(unit.value), statement=kind.statement, line=line)
