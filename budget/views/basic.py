"""Basic expenditure: by function (table 5, or table 3 where that is missing) or by economic class (table 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.forms import measure_title
from budget.model import StatementId
from budget.views.state import Scope
from budget.views.tree import tree_view

if TYPE_CHECKING:
    from budget.sheets import Sheets
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

_ECONOMIC = ("total", "personnel", "operating")


def functional_statement(current: Sheets) -> StatementId:
    """Where the basic expenditure by function stands: table 5, else table 3."""
    if current.of(StatementId.GENERAL_PUBLIC_EXPENDITURE) or not current.of(StatementId.EXPENDITURE_DETAIL):
        return StatementId.GENERAL_PUBLIC_EXPENDITURE
    return StatementId.EXPENDITURE_DETAIL


def basic(sources: Sources) -> ViewTable:
    """The basic side of the children of the path; rows without basic expenditure stay, so that the place stays."""
    if sources.state.scope is Scope.BY_ECONOMIC:
        statement = StatementId.BASIC_EXPENDITURE
        return tree_view(sources, statement, tuple((name, measure_title(statement, name)) for name in _ECONOMIC))
    statement = functional_statement(sources.current)
    fallback = statement is StatementId.EXPENDITURE_DETAIL
    notes = ("没有读到表5，基本支出取自表3（全部资金）",) if fallback else ("一般公共预算的基本支出（表5）",)
    return tree_view(sources, statement, (("basic", measure_title(statement, "basic")),), notes)
