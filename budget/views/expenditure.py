"""Expenditure by function: 类 → 款 → 项, of all funds (table 3) or of the general public budget (table 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model import StatementId
from budget.views.measures import used_measures
from budget.views.state import Scope
from budget.views.tree import tree_view

if TYPE_CHECKING:
    from budget.views.sources import Sources
    from budget.views.table import ViewTable


def statement_of(scope: str) -> StatementId:
    """The statement behind a scope of this view."""
    if scope == Scope.GENERAL_PUBLIC:
        return StatementId.GENERAL_PUBLIC_EXPENDITURE
    return StatementId.EXPENDITURE_DETAIL


def expenditure(sources: Sources) -> ViewTable:
    """Total, basic and project expenditure of the children of the path, and what else the table divides them into."""
    statement = statement_of(sources.state.scope)
    return tree_view(sources, statement, used_measures(sources, statement, "basic", "project"))
