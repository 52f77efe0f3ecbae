"""The whole state of what is on the screen: one immutable value, and the enum of views and scopes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from budget.model import MoneyUnit, StatementId


class View(StrEnum):
    """The views, used by screen, palette and command line alike."""

    LIBRARY = "library"
    OVERVIEW = "overview"
    EXPENDITURE = "expenditure"
    REVENUE = "revenue"
    BASIC = "basic"
    PROJECT = "project"
    THREE_PUBLIC = "three-public"
    CARRYOVER = "carryover"
    STATEMENT = "statement"


class Scope(StrEnum):
    """What a view covers; a statement id is the scope of the statement view."""

    NONE = ""
    ALL_FUNDS = "all-funds"
    GENERAL_PUBLIC = "general-public"
    BY_FUNCTION = "by-function"
    BY_ECONOMIC = "by-economic"
    REVENUE_EXPENDITURE_SUMMARY = StatementId.REVENUE_EXPENDITURE_SUMMARY.value
    REVENUE_DETAIL = StatementId.REVENUE_DETAIL.value
    EXPENDITURE_DETAIL = StatementId.EXPENDITURE_DETAIL.value
    APPROPRIATION_SUMMARY = StatementId.APPROPRIATION_SUMMARY.value
    GENERAL_PUBLIC_EXPENDITURE = StatementId.GENERAL_PUBLIC_EXPENDITURE.value
    BASIC_EXPENDITURE = StatementId.BASIC_EXPENDITURE.value
    PROJECT_EXPENDITURE = StatementId.PROJECT_EXPENDITURE.value
    GOVERNMENT_FUND_EXPENDITURE = StatementId.GOVERNMENT_FUND_EXPENDITURE.value
    STATE_CAPITAL_EXPENDITURE = StatementId.STATE_CAPITAL_EXPENDITURE.value
    THREE_PUBLIC_EXPENSES = StatementId.THREE_PUBLIC_EXPENSES.value
    CARRYOVER_DETAIL = StatementId.CARRYOVER_DETAIL.value


VIEW_TITLES: dict[View, str] = {
    View.LIBRARY: "资料库",
    View.OVERVIEW: "收支总览",
    View.EXPENDITURE: "支出",
    View.REVENUE: "收入",
    View.BASIC: "基本支出",
    View.PROJECT: "项目支出",
    View.THREE_PUBLIC: "“三公”经费",
    View.CARRYOVER: "结转结余",
    View.STATEMENT: "原表",
}

SCOPE_TITLES: dict[Scope, str] = {
    Scope.ALL_FUNDS: "全部资金",
    Scope.GENERAL_PUBLIC: "一般公共预算",
    Scope.BY_FUNCTION: "按功能分类",
    Scope.BY_ECONOMIC: "按经济分类",
}
"""Titles of the scopes that are no statements; a statement's title comes from `budget.forms`."""

VIEW_SCOPES: dict[View, tuple[Scope, ...]] = {
    View.LIBRARY: (Scope.NONE,),
    View.OVERVIEW: (Scope.NONE,),
    View.EXPENDITURE: (Scope.ALL_FUNDS, Scope.GENERAL_PUBLIC),
    View.REVENUE: (Scope.NONE,),
    View.BASIC: (Scope.BY_FUNCTION, Scope.BY_ECONOMIC),
    View.PROJECT: (Scope.NONE,),
    View.THREE_PUBLIC: (Scope.NONE,),
    View.CARRYOVER: (Scope.NONE,),
    View.STATEMENT: tuple(Scope(statement.value) for statement in StatementId),
}
"""The scopes of each view; the first is the default."""


@dataclass(frozen=True, slots=True)
class Sort:
    """Order of the rows: a column id of the view's table, or "" for the document's own order."""

    column: str
    descending: bool = True


@dataclass(frozen=True, slots=True)
class ViewState:
    """What is on the screen: enough to paint it, export it, bookmark it and come back to it."""

    disclosure: str = ""
    """A disclosure_id; empty only in the library."""
    baseline: str = ""
    """The disclosure_id compared with; empty where nothing is compared."""
    view: View = View.LIBRARY
    scope: Scope = Scope.NONE
    path: tuple[str, ...] = ()
    """Resolved codes from the top down to the place whose children are shown: ("210", "21015")."""
    sort: Sort | None = None
    filter: str = ""
    """Keep the rows whose code starts with, or whose name contains, this text."""
    unit: MoneyUnit = MoneyUnit.WAN
    cursor: str = ""
    """The key of the row at the cursor; never a row index."""
    unpaired: frozenset[str] = frozenset()
    """Keys of near-name pairs (≈) that the user has undone."""

    def with_(self, **changes: Any) -> ViewState:  # noqa: ANN401 - as dataclasses.replace
        """Return a copy with these fields changed."""
        return replace(self, **changes)
