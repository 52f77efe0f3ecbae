"""The whole state of what is on the screen: one immutable value, and the enum of views and scopes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from budget.i18n.language import N_
from budget.model.disclosure import StatementId

if TYPE_CHECKING:
    from budget.model.disclosure import MoneyUnit


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
    PROCUREMENT = "procurement"
    AGENCY_OPERATION = "agency-operation"
    ONE_PROJECT = "one-project"
    TARGETS = "targets"
    FACTS = "facts"
    STATED = "stated"
    TEXT = "text"
    GLOSSARY = "glossary"
    FINDINGS = "findings"
    STATEMENT = "statement"


class Scope(StrEnum):
    """What a view covers; the statement view has the id of a statement in its place, and those are an open set."""

    NONE = ""
    ALL_FUNDS = "all-funds"
    GENERAL_PUBLIC = "general-public"
    BY_KIND = "by-kind"
    BY_FUNCTION = "by-function"
    BY_ECONOMIC = "by-economic"
    ALL_TARGETS = "all-targets"
    BELOW_PRIOR = "below-prior"
    WHOLE = "whole"
    CONTENTS = "contents"


VIEW_TITLES: dict[View, str] = {
    View.LIBRARY: N_("资料库"),
    View.OVERVIEW: N_("收支总览"),
    View.EXPENDITURE: N_("支出"),
    View.REVENUE: N_("收入"),
    View.BASIC: N_("基本支出"),
    View.PROJECT: N_("项目支出"),
    View.THREE_PUBLIC: N_("“三公”经费"),
    View.CARRYOVER: N_("结转结余"),
    View.PROCUREMENT: N_("政府采购"),
    View.AGENCY_OPERATION: N_("机关运行经费"),
    View.ONE_PROJECT: N_("项目详情"),
    View.TARGETS: N_("绩效目标"),
    View.FACTS: N_("基本情况"),
    View.STATED: N_("增减说明"),
    View.TEXT: N_("文本"),
    View.GLOSSARY: N_("名词解释"),
    View.FINDINGS: N_("勾稽"),
    View.STATEMENT: N_("原表"),
}

SCOPE_TITLES: dict[str, str] = {
    Scope.ALL_FUNDS: N_("全部资金"),
    Scope.GENERAL_PUBLIC: N_("一般公共预算"),
    Scope.BY_KIND: N_("按支出性质"),
    Scope.BY_FUNCTION: N_("按功能分类"),
    Scope.BY_ECONOMIC: N_("按经济分类"),
    Scope.ALL_TARGETS: N_("全部指标"),
    Scope.BELOW_PRIOR: N_("低于上年"),
    Scope.WHOLE: N_("全文"),
    Scope.CONTENTS: N_("目录"),
}
"""Titles of the scopes that are no statements; a statement's title comes from its form or its document."""

VIEW_SCOPES: dict[View, tuple[StrEnum, ...]] = {
    View.LIBRARY: (Scope.NONE,),
    View.OVERVIEW: (Scope.NONE,),
    View.EXPENDITURE: (Scope.ALL_FUNDS, Scope.GENERAL_PUBLIC, Scope.BY_KIND),
    View.REVENUE: (Scope.NONE,),
    View.BASIC: (Scope.BY_FUNCTION, Scope.BY_ECONOMIC),
    View.PROJECT: (Scope.NONE,),
    View.THREE_PUBLIC: (Scope.NONE,),
    View.CARRYOVER: (Scope.NONE,),
    View.PROCUREMENT: (Scope.NONE,),
    View.AGENCY_OPERATION: (Scope.NONE,),
    View.ONE_PROJECT: (Scope.NONE,),
    View.TARGETS: (Scope.ALL_TARGETS, Scope.BELOW_PRIOR),
    View.FACTS: (Scope.NONE,),
    View.STATED: (Scope.NONE,),
    View.TEXT: (Scope.WHOLE, Scope.CONTENTS),
    View.GLOSSARY: (Scope.NONE,),
    View.FINDINGS: (Scope.NONE,),
    View.STATEMENT: tuple(StatementId),
}
"""The scopes of each view; the first is the default.

The statement view shows whatever statement a document has; here stand those that are known by name.  The view of one
project takes the name of a project or the key of its line; without one it shows all of them.
"""


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
    scope: str = Scope.NONE
    """A `Scope`; in the statement view the id of a statement, in the view of one project its name or line key."""
    path: tuple[str, ...] = ()
    """Resolved codes from the top down to the place whose children are shown: ("210", "21015")."""
    sort: Sort | None = None
    filter: str = ""
    """Keep the rows whose code starts with, or whose name contains, this text."""
    unit: MoneyUnit | None = None
    """None: the unit in which the shown statement is printed."""
    cursor: str = ""
    """The key of the row at the cursor; never a row index."""
    unpaired: frozenset[str] = frozenset()
    """Keys of near-name pairs (≈) that the user has undone."""

    def with_(self, **changes: Any) -> ViewState:  # noqa: ANN401 - as dataclasses.replace
        """Return a copy with these fields changed."""
        return replace(self, **changes)
