"""Basic expenditure: by function (general public budget, or all funds where that is missing) or by economic class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.model.disclosure import StatementId
from budget.views.build import used_measures
from budget.views.row.said_of_it import said_of_total
from budget.views.state import Scope
from budget.views.statements.tree import tree_view

if TYPE_CHECKING:
    from budget.reading.statements import Sheets
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

_GENERAL, _ALL_FUNDS = StatementId.GENERAL_PUBLIC_EXPENDITURE, StatementId.EXPENDITURE_DETAIL
_PARTS = ("personnel", "operating")
"""What basic expenditure consists of."""


def functional_statement(current: Sheets) -> StatementId:
    """Where the basic expenditure by function stands: in the general public budget, else in all funds."""
    return _GENERAL if current.of(_GENERAL) or not current.of(_ALL_FUNDS) else _ALL_FUNDS


def basic(sources: Sources) -> ViewTable:
    """The basic side of the children of the path; rows without basic expenditure stay, so that the place stays."""
    if sources.state.scope == Scope.BY_ECONOMIC:
        statement = StatementId.BASIC_EXPENDITURE
        said = said_of_total(sources, statement, "基本支出")
        return tree_view(sources, statement, used_measures(sources, statement, *_PARTS), said)
    statement = functional_statement(sources.current)
    measures = [pair for pair in used_measures(sources, statement, "basic") if pair[0] in {"basic", *_PARTS}]
    general, all_funds = sources.current.reference(_GENERAL), sources.current.reference(_ALL_FUNDS)
    fallback = statement == _ALL_FUNDS
    note = (
        tr("没有读到{0}，基本支出取自{1}（全部资金）").format(general, all_funds)
        if fallback
        else tr("一般公共预算的基本支出（{}）").format(general)
    )
    return tree_view(sources, statement, tuple(measures), (*said_of_total(sources, statement, "基本支出"), note))


def statement_of(scope: str) -> StatementId:
    """The statement behind a scope of this view."""
    if scope == Scope.GENERAL_PUBLIC:
        return StatementId.GENERAL_PUBLIC_EXPENDITURE
    return StatementId.EXPENDITURE_DETAIL


def expenditure(sources: Sources) -> ViewTable:
    """Total, basic and project expenditure of the children of the path, and what else the table divides them into."""
    statement = statement_of(sources.state.scope)
    return tree_view(sources, statement, used_measures(sources, statement, "basic", "project"))


def revenue(sources: Sources) -> ViewTable:
    """Every source that has an amount, for the children of the path."""
    statement = StatementId.REVENUE_DETAIL
    return tree_view(sources, statement, used_measures(sources, statement))
