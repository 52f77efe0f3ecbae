"""Titles of the statements and measures that have a known name."""

from __future__ import annotations

from budget.i18n.language import N_, tr
from budget.model.disclosure import Phase, StatementId

_STATEMENTS: dict[str, tuple[str, str]] = {
    StatementId.REVENUE_EXPENDITURE_SUMMARY: (N_("收支总表"), N_("收支决算总表")),
    StatementId.REVENUE_DETAIL: (N_("收入总表"), N_("收入决算表")),
    StatementId.EXPENDITURE_DETAIL: (N_("支出总表"), N_("支出决算表")),
    StatementId.APPROPRIATION_SUMMARY: (N_("财政拨款收支总表"), N_("财政拨款收支决算总表")),
    StatementId.GENERAL_PUBLIC_EXPENDITURE: (N_("一般公共预算支出表"), N_("一般公共预算支出决算表")),
    StatementId.BASIC_EXPENDITURE: (N_("基本支出表"), N_("基本支出决算表")),
    StatementId.PROJECT_EXPENDITURE: (N_("项目支出表"), N_("项目支出决算表")),
    StatementId.GOVERNMENT_FUND_EXPENDITURE: (N_("政府性基金支出表"), N_("政府性基金收支决算表")),
    StatementId.STATE_CAPITAL_EXPENDITURE: (N_("国有资本经营支出表"), N_("国有资本经营支出决算表")),
    StatementId.THREE_PUBLIC_EXPENSES: (N_("“三公”经费表"), N_("“三公”经费决算表")),
    StatementId.CARRYOVER_DETAIL: (N_("结转结余明细表"), N_("结转结余明细表")),
}
"""Known name of a statement -> its short title in a budget, in final accounts."""

TOTAL = "total"
"""The measure that is the total of its row."""

_MEASURES: dict[str, str] = {
    TOTAL: N_("合计"),
    "basic": N_("基本支出"),
    "personnel": N_("人员经费"),
    "operating": N_("公用经费"),
    "project": N_("项目支出"),
    "superior_remittances": N_("上缴上级支出"),
    "business_expenditure": N_("经营支出"),
    "affiliated_subsidies": N_("补助附属"),
    "fiscal_appropriation": N_("财政拨款收入"),
    "general_public_budget": N_("一般公共预算"),
    "general_public_transfer": N_("一般公共转移"),
    "government_fund": N_("政府性基金预算"),
    "government_fund_transfer": N_("基金转移"),
    "state_capital": N_("国有资本经营预算"),
    "state_capital_transfer": N_("国资转移"),
    "special_account": N_("财政专户"),
    "own_funds": N_("单位资金"),
    "superior_subsidies": N_("上级补助收入"),
    "service_income": N_("事业收入"),
    "business_income": N_("经营收入"),
    "affiliated_remittances": N_("附属上缴"),
    "other_income": N_("其他收入"),
    "appropriation_carryover": N_("财政拨款结转"),
    "non_appropriation_carryover": N_("非财政拨款结转结余"),
    "carryover": N_("上年结转结余"),
    "wages_and_welfare": N_("工资福利"),
    "goods_and_services": N_("商品服务"),
    "individuals_and_families": N_("个人家庭"),
    "debt_interest": N_("债务利息"),
    "capital_construction": N_("资本性(基建)"),
    "capital_other": N_("资本性"),
    "enterprise_construction": N_("企业(基建)"),
    "enterprise_subsidies": N_("企业补助"),
    "social_security_funds": N_("社保基金"),
    "other_expenditure": N_("其他支出"),
    "appropriation_total": N_("财政拨款"),
    "appropriation_personnel": N_("拨款·人员"),
    "appropriation_operating": N_("拨款·公用"),
    "appropriation_project": N_("拨款·项目"),
    "non_appropriation_total": N_("非财政拨款"),
    "non_appropriation_personnel": N_("非拨款·人员"),
    "non_appropriation_operating": N_("非拨款·公用"),
    "non_appropriation_project": N_("非拨款·项目"),
    "opening_balance": N_("年初结转"),
    "revenue": N_("本年收入"),
    "closing_balance": N_("年末结转"),
    "budget": N_("预算数"),
}
"""Known name of a measure -> its title, short enough for a column; in the order in which tables print them."""

_BALANCED = frozenset({StatementId.GOVERNMENT_FUND_EXPENDITURE, StatementId.STATE_CAPITAL_EXPENDITURE})
_SPENT, _EXECUTED = N_("本年支出"), N_("决算数")

VERSIONS = {
    "prior_budget": N_("上年预算数"),
    "prior_final": N_("上年决算数"),
    "adjusted": N_("调整预算数"),
    "budget": N_("预算数"),
    "final": N_("决算数"),
    "change": N_("增减额"),
}
"""What columns of other versions than the table's are called; longer names before those that they hold."""

MEASURES = tuple(_MEASURES)
"""Known names of measures, in their usual order."""


def statement_title(statement: str, phase: str = Phase.BUDGET) -> str:
    """Give the short title of a known statement, '' for others.

    A marked message.
    """
    budget, final = _STATEMENTS.get(statement, ("", ""))
    return final if phase == Phase.FINAL_ACCOUNTS else budget


def measure_title(statement: str, measure: str, phase: str = Phase.BUDGET) -> str:
    """Give the title of a measure, a marked message; one without a known name is called by its printed head."""
    if measure == TOTAL and phase == Phase.FINAL_ACCOUNTS:
        if statement in _BALANCED:
            return _SPENT
        if statement == StatementId.THREE_PUBLIC_EXPENSES:
            return _EXECUTED
    return _MEASURES.get(measure, measure)


def measure_words(statement: str, measure: str, phase: str = Phase.BUDGET) -> str:
    """Give the title of a measure in the language of the interface.

    The version of its amounts stands before it.
    """
    title = measure_title(statement, measure, phase)
    if title != measure:
        return tr(title)
    for name, words in VERSIONS.items():
        if measure == name:
            return tr(words)
        if measure.startswith(f"{name}_"):
            rest = measure.removeprefix(f"{name}_")
            known = measure_words(statement, rest, phase)
            return tr(words) + (known if known != rest else rest.rpartition("·")[2])
    for name, words in _MEASURES.items():  # a fund, and a kind or a class of it
        rest = measure.removeprefix(f"{name}_")
        if rest != measure and (own := measure_words(statement, rest, phase)) != rest:
            return f"{tr(words)}·{own}"
    return measure
