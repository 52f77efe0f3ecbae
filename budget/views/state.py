"""The whole state of what is on the screen: one immutable value, and the enum of views and scopes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

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
    COMPLETENESS = "completeness"
    NOTES = "notes"
    YEARS = "years"
    PEERS = "peers"
    EXECUTION = "execution"
    UNITS = "units"
    CODES = "codes"
    PIVOT = "pivot"
    STATEMENT = "statement"


class Scope(StrEnum):
    """What a view covers; the statement view has the id of a statement in its place, and those are an open set."""

    NONE = ""
    ALL_FUNDS = "all-funds"
    GENERAL_PUBLIC = "general-public"
    BY_KIND = "by-kind"
    BY_FUNCTION = "by-function"
    BY_ECONOMIC = "by-economic"
    BY_FUND = "by-fund"
    BY_ITEM = "by-item"
    BY_PROJECT = "by-project"
    INDICATORS = "indicators"
    PRINTED_NAMES = "printed"
    LEARNT_NAMES = "learnt"
    ALL_TARGETS = "all-targets"
    BELOW_PRIOR = "below-prior"
    FULL_TEXT = "whole"
    CONTENTS = "contents"
    FUNCTION_BY_KIND = "function/kind"
    FUNCTION_BY_ECONOMIC = "function/economic"
    FUNCTION_BY_FUND = "function/fund"
    ECONOMIC_BY_KIND = "economic/kind"
    FUND_BY_KIND = "fund/kind"
    PROJECT_BY_ECONOMIC = "project/economic"
    BODY_BY_YEAR = "body/year"


class ViewSpec(NamedTuple):
    """What a view is called and what makes it; the registry has one row a view."""

    title: str
    """Chinese, a marked message."""
    about: str
    """What it shows, in a few words, for the documentation."""
    build: str
    """`module:function` in `budget.views`, from `Sources` to a `ViewTable`; looked up when the view is shown."""
    scopes: tuple[StrEnum, ...] = (Scope.NONE,)
    """The first is the default."""


VIEWS: dict[View, ViewSpec] = {
    View.LIBRARY: ViewSpec(N_("资料库"), "读过的全部资料：单位、年度、收支总额", "library:library"),
    View.OVERVIEW: ViewSpec(N_("收支总览"), "收入与支出的总况，左右各项和总计", "statements.flat:overview"),
    View.EXPENDITURE: ViewSpec(
        N_("支出"),
        "支出，从类到款、项、项目逐级进入",
        "statements.drilled:expenditure",
        (Scope.ALL_FUNDS, Scope.GENERAL_PUBLIC, Scope.BY_KIND),
    ),
    View.REVENUE: ViewSpec(N_("收入"), "收入，各项来源", "statements.drilled:revenue"),
    View.BASIC: ViewSpec(
        N_("基本支出"),
        "基本支出：人员经费和公用经费",
        "statements.drilled:basic",
        (Scope.BY_FUNCTION, Scope.BY_ECONOMIC),
    ),
    View.PROJECT: ViewSpec(N_("项目支出"), "项目支出：每个项目多少钱，按经济分类", "projects.by_place:project"),
    View.THREE_PUBLIC: ViewSpec(N_("“三公”经费"), "因公出国（境）、公务用车、公务接待", "statements.flat:three_public"),
    View.CARRYOVER: ViewSpec(N_("结转结余"), "上年结转结余，到每个项目", "statements.flat:carryover"),
    View.PROCUREMENT: ViewSpec(N_("政府采购"), "货物、工程、服务，到每个采购项目", "statements.flat:procurement"),
    View.AGENCY_OPERATION: ViewSpec(
        N_("机关运行经费"), "机关运行经费，按经济分类", "statements.drilled:agency_operation"
    ),
    View.ONE_PROJECT: ViewSpec(
        N_("项目详情"), "一个项目的全部：金额、构成、依据、期限、绩效指标、结转", "projects.one:one_project"
    ),
    View.TARGETS: ViewSpec(
        N_("绩效目标"),
        "绩效指标、指标值、上年完成值",
        "projects.targets:targets",
        (Scope.ALL_TARGETS, Scope.BELOW_PRIOR),
    ),
    View.FACTS: ViewSpec(N_("基本情况"), "人员、运行经费、采购、资产，和人均、车均的数", "facts:facts"),
    View.STATED: ViewSpec(N_("增减说明"), "文字说明里的增减和原因，与各表相比是否一致", "text.stated_changes:stated"),
    View.TEXT: ViewSpec(
        N_("文本"), "资料的全文，金额可以跳到表中", "text.lines:text", (Scope.FULL_TEXT, Scope.CONTENTS)
    ),
    View.GLOSSARY: ViewSpec(N_("名词解释"), "资料自己的名词解释", "text.glossary:glossary"),
    View.FINDINGS: ViewSpec(N_("勾稽"), "勾稽核对的结果：不符、提示、未核", "findings:findings"),
    View.COMPLETENESS: ViewSpec(
        N_("完整性"), "应公开的表和说明：有、空表、未读到", "review.completeness:completeness_view"
    ),
    View.NOTES: ViewSpec(N_("审查记录"), "记下的状态、意见和标签", "review.notes:all_notes"),
    View.YEARS: ViewSpec(
        N_("各年"),
        "一个单位各年的预算和决算并列，项目按名称连起来并累计",
        "across.years:years",
        (
            Scope.BY_FUNCTION,
            Scope.BY_ECONOMIC,
            Scope.BY_KIND,
            Scope.BY_FUND,
            Scope.BY_ITEM,
            Scope.BY_PROJECT,
        ),
    ),
    View.PEERS: ViewSpec(
        N_("各单位"),
        "同一年度的单位并列：收支、“三公”、人均车均、中位数和名次",
        "across.peers:peers",
        (Scope.INDICATORS, Scope.BY_FUNCTION, Scope.BY_ECONOMIC, Scope.BY_KIND, Scope.BY_ITEM),
    ),
    View.EXECUTION: ViewSpec(
        N_("执行"),
        "同一年度的预算与决算：年初预算、调整预算、决算、执行率和自述的执行率",
        "across.execution:execution",
        (Scope.BY_FUNCTION, Scope.BY_ECONOMIC, Scope.BY_KIND, Scope.BY_ITEM, Scope.BY_PROJECT),
    ),
    View.UNITS: ViewSpec(
        N_("所属单位"),
        "部门与所属单位：各单位之和与部门逐项相比，缺哪个单位",
        "review.units:units",
        (Scope.BY_FUNCTION, Scope.BY_ECONOMIC, Scope.BY_KIND, Scope.BY_ITEM),
    ),
    View.CODES: ViewSpec(
        N_("编码名称"),
        "编码和各年资料所印的名称，名称与当年的编码不符的有提示",
        "across.codes:codes",
        (Scope.PRINTED_NAMES, Scope.LEARNT_NAMES),
    ),
    View.PIVOT: ViewSpec(
        N_("交叉表"),
        "任意两种分类交叉，如功能分类与经济分类",
        "across.pivot:pivot",
        (
            Scope.FUNCTION_BY_KIND,
            Scope.FUNCTION_BY_ECONOMIC,
            Scope.FUNCTION_BY_FUND,
            Scope.ECONOMIC_BY_KIND,
            Scope.FUND_BY_KIND,
            Scope.PROJECT_BY_ECONOMIC,
            Scope.BODY_BY_YEAR,
        ),
    ),
    View.STATEMENT: ViewSpec(N_("原表"), "照原样的一张表", "statements.flat:statement_view", tuple(StatementId)),
}
"""The registry: a view is a member of `View` with its row here, and a module.

The statement view shows whatever statement a document has; its scopes are those that are known by name.  The view of
one project takes the name of a project or the key of its line; without one it shows all of them.
"""

ACROSS = frozenset({View.PIVOT, View.YEARS, View.PEERS, View.EXECUTION, View.UNITS, View.CODES})
"""Views over coordinates, of several documents or of one: their path is a row whose facts are listed."""
USING_NOTES = frozenset({View.NOTES, View.UNITS})
"""Views that need the review notes in their frames."""
VIEW_TITLES = {view: spec.title for view, spec in VIEWS.items()}
VIEW_SCOPES = {view: spec.scopes for view, spec in VIEWS.items()}

SCOPE_TITLES: dict[str, str] = {
    Scope.ALL_FUNDS: N_("全部资金"),
    Scope.GENERAL_PUBLIC: N_("一般公共预算"),
    Scope.BY_KIND: N_("按支出性质"),
    Scope.BY_FUNCTION: N_("按功能分类"),
    Scope.BY_ECONOMIC: N_("按经济分类"),
    Scope.BY_FUND: N_("按资金来源"),
    Scope.BY_ITEM: N_("按重要事项"),
    Scope.BY_PROJECT: N_("按项目"),
    Scope.INDICATORS: N_("主要指标"),
    Scope.PRINTED_NAMES: N_("本资料所印"),
    Scope.LEARNT_NAMES: N_("取自各份资料"),
    Scope.ALL_TARGETS: N_("全部指标"),
    Scope.BELOW_PRIOR: N_("低于上年"),
    Scope.FULL_TEXT: N_("全文"),
    Scope.CONTENTS: N_("目录"),
    Scope.FUNCTION_BY_KIND: N_("功能分类 × 支出性质"),
    Scope.FUNCTION_BY_ECONOMIC: N_("功能分类 × 经济分类"),
    Scope.FUNCTION_BY_FUND: N_("功能分类 × 资金"),
    Scope.ECONOMIC_BY_KIND: N_("经济分类 × 支出性质"),
    Scope.FUND_BY_KIND: N_("资金 × 支出性质"),
    Scope.PROJECT_BY_ECONOMIC: N_("项目 × 经济分类"),
    Scope.BODY_BY_YEAR: N_("部门（单位） × 年度"),
}
"""Titles of the scopes that are no statements; a statement's title comes from its form or its document."""


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
    flat: bool = False
    """All items below the place in one list, instead of the next level."""
    expanded: frozenset[str] = frozenset()
    """Codes whose next level stands below them in the same list."""
    marked: frozenset[str] = frozenset()
    """Keys of the rows that the user has marked, to be added up."""
    among: frozenset[str] = frozenset()
    """Ids of the disclosures marked in the library: views of several bodies list these alone. Empty: all."""
    cursor: str = ""
    """The key of the row at the cursor; never a row index."""
    unpaired: frozenset[str] = frozenset()
    """Keys of near-name pairs (≈) that the user has undone."""

    def replace(self, **changes: Any) -> ViewState:  # noqa: ANN401 - as dataclasses.replace
        """Return a copy with these fields changed."""
        return replace(self, **changes)
