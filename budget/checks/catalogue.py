"""All checks, as data: help, docs and findings name them by their ids."""

from __future__ import annotations

from budget.checks import document, procurement, projects, tables, targets, years
from budget.checks.narrative import changes, completeness, completion, increments, reasons, shares
from budget.checks.rule import Check
from budget.i18n.language import N_

CHECK_MODULES = (
    changes, shares, increments, completion, reasons, years, projects, targets, procurement, document,
    completeness,
)  # fmt: skip
"""Checks of what a disclosure says besides its tables: a module's CHECKS describe what its `check(context, baseline)`
finds; the baseline is None where there is none."""
_TOPICS = (
    *(N_("表内"), N_("表间"), N_("编码与空表")),
    *(N_("说明"), N_("跨年"), N_("项目"), N_("绩效目标"), N_("采购与资产"), N_("文件")),
)
"""Topics in the order in which they are listed; others follow."""


def _place(check: Check) -> int:
    return _TOPICS.index(check.topic) if check.topic in _TOPICS else len(_TOPICS)


CHECKS: tuple[Check, ...] = tuple(
    sorted((check for module in (tables, *CHECK_MODULES) for check in module.CHECKS), key=_place)
)
"""Every check, by topic."""

OTHER_YEAR = Check(
    "other_year",
    N_("跨年"),
    N_("对照上一年度"),
    N_("跨年规则要有同一单位上一年度的文件"),
    hard=False,
    baseline=True,
)
"""No rule: what is said, once, of all that need the other year where it is not open."""

_BY_ID = {check.id: check for check in (*CHECKS, OTHER_YEAR)}


def by_id(id_: str) -> Check:
    """The check with this id.

    Raises:
        KeyError: there is none.
    """
    return _BY_ID[id_]
