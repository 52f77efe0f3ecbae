"""The identities between the figures of a disclosure, written once: the column solver and the checks use them.

T1 ... T11 are the statements of the eleven-table form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from budget.i18n.language import N_
from budget.model.disclosure import StatementId as S

ROW_SUMS: dict[str, dict[str, tuple[str, ...]]] = {
    S.REVENUE_DETAIL: {
        "total": (
            "fiscal_appropriation",
            "special_account",
            "own_funds",
            "service_income",
            "business_income",
            "superior_subsidies",
            "affiliated_remittances",
            "other_income",
            "carryover",
            "appropriation_carryover",
            "non_appropriation_carryover",
        ),
        "fiscal_appropriation": (
            "general_public_budget",
            "general_public_transfer",
            "government_fund",
            "government_fund_transfer",
            "state_capital",
            "state_capital_transfer",
        ),
    },
    S.REVENUE_EXPENDITURE_SUMMARY: {"total": ("basic", "project"), "basic": ("personnel", "operating")},
    S.EXPENDITURE_DETAIL: {
        "total": ("basic", "project", "superior_remittances", "business_expenditure", "affiliated_subsidies"),
        "basic": ("personnel", "operating"),
    },
    S.APPROPRIATION_SUMMARY: {"total": ("general_public_budget", "government_fund", "state_capital")},
    S.GENERAL_PUBLIC_EXPENDITURE: {"total": ("basic", "project"), "basic": ("personnel", "operating")},
    S.BASIC_EXPENDITURE: {"total": ("personnel", "operating")},
    S.PROJECT_EXPENDITURE: {
        "total": (
            "wages_and_welfare",
            "goods_and_services",
            "individuals_and_families",
            "debt_interest",
            "capital_construction",
            "capital_other",
            "enterprise_construction",
            "enterprise_subsidies",
            "social_security_funds",
            "other_expenditure",
        )
    },
    S.GOVERNMENT_FUND_EXPENDITURE: {"total": ("basic", "project"), "basic": ("personnel", "operating")},
    S.STATE_CAPITAL_EXPENDITURE: {"total": ("basic", "project"), "basic": ("personnel", "operating")},
    S.THREE_PUBLIC_EXPENSES: {"total": ("general_public_budget", "government_fund", "state_capital")},
    S.CARRYOVER_DETAIL: {
        "total": ("appropriation_total", "non_appropriation_total"),
        "appropriation_total": ("appropriation_personnel", "appropriation_operating", "appropriation_project"),
        "non_appropriation_total": (
            "non_appropriation_personnel",
            "non_appropriation_operating",
            "non_appropriation_project",
        ),
    },
}
"""Row identities: measure = sum of its parts, on every row; parts that a form has no column for fall away."""


@lru_cache(maxsize=128)
def row_sums(statement: str, measures: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The row identities that hold among these columns.

    A part without a column is replaced by its own parts (T8 may print personnel, operating and project only);
    a part that has none falls away.
    """
    sums = ROW_SUMS.get(statement, {})

    def present(part: str) -> tuple[str, ...]:
        if part in measures:
            return (part,)
        return tuple(inner for piece in sums.get(part, ()) for inner in present(piece))

    found = {
        measure: tuple(inner for part in parts for inner in present(part))
        for measure, parts in sums.items()
        if measure in measures
    }
    return {measure: parts for measure, parts in found.items() if parts}


@dataclass(frozen=True, slots=True)
class Term:
    """The sum of some measures of one statement, at the row(s) that the identity speaks of."""

    statement: S
    measures: tuple[str, ...]
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity between statements: Σ left = Σ right, or Σ left <= Σ right.

    `at` says for which rows: "total" the grand totals, "class" each class (3 digits), "code" each code.
    A code that a statement does not list counts as 0 there, once that statement has been read.
    """

    id: str
    title: str
    at: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: str = "="


_T1, _T2, _T3, _T4, _T5, _T6, _T7 = (
    S.REVENUE_EXPENDITURE_SUMMARY,
    S.REVENUE_DETAIL,
    S.EXPENDITURE_DETAIL,
    S.APPROPRIATION_SUMMARY,
    S.GENERAL_PUBLIC_EXPENDITURE,
    S.BASIC_EXPENDITURE,
    S.PROJECT_EXPENDITURE,
)
_T8, _T9, _T10, _T11 = (
    S.GOVERNMENT_FUND_EXPENDITURE,
    S.STATE_CAPITAL_EXPENDITURE,
    S.THREE_PUBLIC_EXPENSES,
    S.CARRYOVER_DETAIL,
)

CROSS: tuple[Identity, ...] = (
    Identity(
        "T2.c3+c4=T5",
        N_("一般公共预算收入来源＝一般公共预算支出（表2、表5）"),
        "code",
        (Term(_T2, ("general_public_budget", "general_public_transfer")),),
        (Term(_T5, ("total",)),),
    ),
    Identity(
        "T2.c5+c6=T8",
        N_("政府性基金收入来源＝政府性基金支出（表2、表8）"),
        "code",
        (Term(_T2, ("government_fund", "government_fund_transfer")),),
        (Term(_T8, ("total",)),),
    ),
    Identity(
        "T2.c7+c8=T9",
        N_("国有资本经营收入来源＝国有资本经营支出（表2、表9）"),
        "code",
        (Term(_T2, ("state_capital", "state_capital_transfer")),),
        (Term(_T9, ("total",)),),
    ),
    Identity(
        "T4.gp=T5",
        N_("财政拨款支出中的一般公共预算＝表5"),
        "class",
        (Term(_T4, ("general_public_budget",)),),
        (Term(_T5, ("total",)),),
    ),
    Identity(
        "T4.gf=T8",
        N_("财政拨款支出中的政府性基金＝表8"),
        "class",
        (Term(_T4, ("government_fund",)),),
        (Term(_T8, ("total",)),),
    ),
    Identity(
        "T4.sc=T9",
        N_("财政拨款支出中的国有资本经营预算＝表9"),
        "class",
        (Term(_T4, ("state_capital",)),),
        (Term(_T9, ("total",)),),
    ),
    Identity(
        "T5.project=T7",
        N_("一般公共预算项目支出＝项目支出表各项目之和（表5、表7）"),
        "code",
        (Term(_T5, ("project",)),),
        (Term(_T7, ("total",)),),
    ),
    Identity(
        "T3.basic>=T5+T8+T9",
        N_("全部资金的基本支出不少于三本预算的基本支出之和（表3、表5、表8、表9）"),
        "code",
        (Term(_T5, ("basic",)), Term(_T8, ("basic",)), Term(_T9, ("basic",))),
        (Term(_T3, ("basic",)),),
        "<=",
    ),
    Identity(
        "T3.project>=T5+T8+T9",
        N_("全部资金的项目支出不少于三本预算的项目支出之和（表3、表5、表8、表9）"),
        "code",
        (Term(_T5, ("project",)), Term(_T8, ("project",)), Term(_T9, ("project",))),
        (Term(_T3, ("project",)),),
        "<=",
    ),
    Identity(
        "T10.gp<=T5",
        N_("“三公”经费中的一般公共预算不超过表5"),
        "total",
        (Term(_T10, ("general_public_budget",)),),
        (Term(_T5, ("total",)),),
        "<=",
    ),
    Identity(
        "T10.gf<=T8",
        N_("“三公”经费中的政府性基金不超过表8"),
        "total",
        (Term(_T10, ("government_fund",)),),
        (Term(_T8, ("total",)),),
        "<=",
    ),
    Identity(
        "T10.sc<=T9",
        N_("“三公”经费中的国有资本经营预算不超过表9"),
        "total",
        (Term(_T10, ("state_capital",)),),
        (Term(_T9, ("total",)),),
        "<=",
    ),
    Identity(
        "T11.basic<=T3-T5-T8-T9",
        N_("结转的基本支出不超过全部资金与三本预算基本支出之差"),
        "total",
        (
            Term(
                _T11,
                (
                    "appropriation_personnel",
                    "appropriation_operating",
                    "non_appropriation_personnel",
                    "non_appropriation_operating",
                ),
            ),
        ),
        (Term(_T3, ("basic",)), Term(_T5, ("basic",), -1), Term(_T8, ("basic",), -1), Term(_T9, ("basic",), -1)),
        "<=",
    ),
    Identity(
        "T11.project<=T3-T5-T8-T9",
        N_("结转的项目支出不超过全部资金与三本预算项目支出之差"),
        "total",
        (Term(_T11, ("appropriation_project", "non_appropriation_project")),),
        (
            Term(_T3, ("project",)),
            Term(_T5, ("project",), -1),
            Term(_T8, ("project",), -1),
            Term(_T9, ("project",), -1),
        ),
        "<=",
    ),
)
"""Identities between statements that can fix a column."""
