"""Wording that the notices of several readers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.forms.catalogue import OTHER
from budget.i18n.language import N_, Message
from budget.model.disclosure import Notice, Severity

if TYPE_CHECKING:
    from budget.forms.form import StatementForm
    from budget.model.disclosure import MoneyUnit

NEVER_PRINTED = N_("未命名的表")
"""The title of a table without one."""


def named(form: StatementForm) -> str:
    """The short title of a statement as a value of a notice: our own words for it, else its printed ones."""
    printed = form.id.startswith(OTHER) and form.short != NEVER_PRINTED
    return form.short if printed else Message.of(form.short)


def unit_assumed(form: StatementForm, unit: MoneyUnit, line: int) -> Notice:
    """Say that a table, from `line` on, prints no money unit."""
    text = N_("{}没有“单位”行，按{}读取。")
    return Notice.of(Severity.UNCERTAIN, text, named(form), Message.of(unit.value), statement=form.id, line=line)
