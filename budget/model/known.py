"""Known names of statements and measures: what commands and bookmarks call certain coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from budget.model.coordinates import Coordinates
from budget.model.disclosure import StatementId

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER = "other_"
"""Begins the id of a table without a known name."""

_FUNDS = {
    "general_public": "general_public_budget",
    "general_public.transfer": "general_public_transfer",
    "government_fund": "government_fund",
    "government_fund.transfer": "government_fund_transfer",
    "state_capital": "state_capital",
    "state_capital.transfer": "state_capital_transfer",
    "special_account": "special_account",
    "own": "own_funds",
    "own.service": "service_income",
    "own.business": "business_income",
    "own.superior": "superior_subsidies",
    "own.affiliated": "affiliated_remittances",
    "own.other": "other_income",
    "appropriation": "fiscal_appropriation",
    "carryover": "carryover",
    "carryover.appropriation": "appropriation_carryover",
    "carryover.own": "non_appropriation_carryover",
}
_SPENT = ("expenditure", "both")
_KINDS = {
    "basic": "basic",
    "basic.personnel": "personnel",
    "basic.operating": "operating",
    "project": "project",
    "remittance": "superior_remittances",
    "business": "business_expenditure",
    "subsidy": "affiliated_subsidies",
}
_ECONOMIC = {
    "301": "wages_and_welfare",
    "302": "goods_and_services",
    "303": "individuals_and_families",
    "307": "debt_interest",
    "309": "capital_construction",
    "310": "capital_other",
    "311": "enterprise_construction",
    "312": "enterprise_subsidies",
    "313": "social_security_funds",
    "399": "other_expenditure",
}
_CARRYOVER = {"": "", "carryover": "", "carryover.appropriation": "appropriation", "carryover.own": "non_appropriation"}


_THREE_PUBLIC = frozenset({"three_public", "overseas", "vehicles", "vehicle_purchase", "vehicle_running", "reception"})
_STATEMENTS: dict[tuple[str, str, str, str], StatementId] = {
    ("both", "", "", "two_sided"): StatementId.REVENUE_EXPENDITURE_SUMMARY,
    ("both", "appropriation", "", "two_sided"): StatementId.APPROPRIATION_SUMMARY,
    **{("revenue", "", "", rows): StatementId.REVENUE_DETAIL for rows in ("function", "source", "")},
    ("expenditure", "", "", "function"): StatementId.EXPENDITURE_DETAIL,
    ("expenditure", "general_public", "", "function"): StatementId.GENERAL_PUBLIC_EXPENDITURE,
    **{(flow, "government_fund", "", "function"): StatementId.GOVERNMENT_FUND_EXPENDITURE for flow in _SPENT},
    **{(flow, "state_capital", "", "function"): StatementId.STATE_CAPITAL_EXPENDITURE for flow in _SPENT},
    **{
        ("expenditure", fund, "basic", "economic"): StatementId.BASIC_EXPENDITURE
        for fund in ("general_public", "appropriation")
    },
    **{
        ("expenditure", fund, "project", "project"): StatementId.PROJECT_EXPENDITURE
        for fund in ("", "general_public", "appropriation")
    },
}
"""Flow, fund, kind and breakdown of a title -> the name of the statement."""


def statement_name(title: Coordinates, breakdown: str, items: frozenset[str] = frozenset()) -> str:
    """The id of the statement that a title names by its coordinates; '' where none is known.

    `items` are those of its amounts.
    """
    carried = title.fund.startswith("carryover") and title.kind in {"", "project"} and breakdown != "two_sided"
    if breakdown == "carryover" or carried:
        return StatementId.CARRYOVER_DETAIL
    if title.item == "three_public" or (not title.item and items & _THREE_PUBLIC):
        return StatementId.THREE_PUBLIC_EXPENSES
    if title.item or title.economic:  # a part of what it would name
        return ""
    flow = "both" if breakdown == "two_sided" else title.flow
    return _STATEMENTS.get((flow, title.fund, title.kind, breakdown), "")


_BALANCED = frozenset({StatementId.GOVERNMENT_FUND_EXPENDITURE, StatementId.STATE_CAPITAL_EXPENDITURE})


def _balance(column: Coordinates) -> str:
    """What a column of a fund's receipts and balances is called; '' for one of its spending."""
    if column.kind == "carry_forward":
        return "closing_balance"
    if column.flow != "revenue":
        return ""
    return "opening_balance" if column.fund.startswith("carryover") else "revenue"


def measure_name(statement: str, title: Coordinates, column: Coordinates) -> str:
    """The id of a measure by the words of its column. They are those beyond the title; '' where no measure is known."""
    version = column.version if column.version != (title.version or "budget") else ""
    if statement == StatementId.CARRYOVER_DETAIL:
        kind = "" if column.kind == title.kind else _KINDS.get(column.kind)
        fund = _CARRYOVER.get(column.fund)
        parts = [version, fund, kind or ("total" if fund else kind)]
    elif statement in _BALANCED and title.flow == "both" and (balance := _balance(column)):
        parts = [version, balance]
    else:
        parts = [
            version,
            "" if column.fund in {title.fund, "current"} else _FUNDS.get(column.fund),
            "" if column.kind in {title.kind, "current"} else _KINDS.get(column.kind),
            _ECONOMIC.get(column.economic) if column.economic else "",
        ]
    if None in parts or version.startswith("?"):
        return ""
    return "_".join(part for part in parts if part) or "total"


ITEM_NAMES = {
    "three_public": "总计",
    "overseas": "因公出国（境）费",
    "reception": "公务接待费",
    "vehicles": "公务用车购置及运行费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_running": "公务用车运行费",
    "agency_operation": "机关运行经费",
    "meetings": "会议费",
    "training": "培训费",
}
"""What lists of items call the items that have a name of their own."""

_ITEMS = {name: item for item, name in ITEM_NAMES.items()}
REQUIRED = (
    StatementId.REVENUE_EXPENDITURE_SUMMARY,
    StatementId.REVENUE_DETAIL,
    StatementId.EXPENDITURE_DETAIL,
    StatementId.APPROPRIATION_SUMMARY,
    StatementId.GENERAL_PUBLIC_EXPENDITURE,
    StatementId.BASIC_EXPENDITURE,
    StatementId.THREE_PUBLIC_EXPENSES,
    StatementId.GOVERNMENT_FUND_EXPENDITURE,
)
"""The statements that every department publishes, of whatever region: 财预〔2016〕143号."""
_SUMMARY = "two_sided"
STATEMENT_COORDINATES: dict[str, tuple[Coordinates, str]] = {
    StatementId.REVENUE_EXPENDITURE_SUMMARY: (Coordinates("both"), _SUMMARY),
    StatementId.REVENUE_DETAIL: (Coordinates("revenue"), "function"),
    StatementId.EXPENDITURE_DETAIL: (Coordinates("expenditure"), "function"),
    StatementId.APPROPRIATION_SUMMARY: (Coordinates("both", "appropriation"), _SUMMARY),
    StatementId.GENERAL_PUBLIC_EXPENDITURE: (Coordinates("expenditure", "general_public"), "function"),
    StatementId.BASIC_EXPENDITURE: (Coordinates("expenditure", "general_public", "basic"), "economic"),
    StatementId.PROJECT_EXPENDITURE: (Coordinates("expenditure", "general_public", "project"), "project"),
    StatementId.GOVERNMENT_FUND_EXPENDITURE: (Coordinates("expenditure", "government_fund"), "function"),
    StatementId.STATE_CAPITAL_EXPENDITURE: (Coordinates("expenditure", "state_capital"), "function"),
    StatementId.THREE_PUBLIC_EXPENSES: (Coordinates("expenditure", item="three_public"), "items"),
    StatementId.CARRYOVER_DETAIL: (Coordinates("expenditure", "carryover"), "carryover"),
}
"""Known id of a statement -> the coordinates of its title and its breakdown."""
_MEASURE_FUNDS = {name: fund for fund, name in _FUNDS.items()}
_MEASURE_KINDS = {name: kind for kind, name in _KINDS.items()}
_MEASURE_ECONOMIC = {name: code for code, name in _ECONOMIC.items()}
_MEASURE_CARRIED = {"appropriation": "carryover.appropriation", "non_appropriation": "carryover.own"}
_THREE = "三公"


class NamedLine(Protocol):
    """What a line of a statement is called."""

    @property
    def side(self) -> str:
        """`revenue`, `expenditure` or ''."""

    @property
    def code(self) -> str:
        """Its functional or economic code."""

    @property
    def name(self) -> str:
        """Without enumerators."""

    @property
    def project(self) -> str:
        """Name of its project."""


def measure_coordinates(title: Coordinates, breakdown: str, line: NamedLine, measure: str) -> Coordinates:
    """Coordinates of an amount named by its statement, line and measure."""
    found = title._replace(flow=line.side or title.flow, item="", project=line.project, **_of_measure(title, measure))
    if line.code:
        found = found._replace(function=line.code) if line.code[0] == "2" else found._replace(economic=line.code)
    if breakdown == "items":
        item = _ITEMS.get(line.name) or ("three_public" if _THREE in line.name else f"?{line.name}")
        found = found._replace(item=item)
    return found


_BALANCES = {
    "opening_balance": ("revenue", "carryover", ""),
    "revenue": ("revenue", "", ""),
    "closing_balance": ("", "", "carry_forward"),
}


def column_coordinates(title: Coordinates, measure: str) -> Coordinates | None:
    """Give the coordinates of a column by its measure, else None.

    The version is '' for that of the title.
    """
    if measure == "budget":
        return title._replace(version="budget")
    if measure in _BALANCES:
        flow, fund, kind = _BALANCES[measure]
        return title._replace(flow=flow or title.flow, fund=fund or title.fund, kind=kind, version="")
    said = _of_measure(title, measure)
    return title._replace(version="", **said) if said or measure == "total" else None


def _of_measure(title: Coordinates, measure: str) -> dict[str, str]:
    """What a measure says beyond the title, by its known name."""
    if title.fund == "carryover":
        fund, _, kind = measure.rpartition("_")
        return {"fund": _MEASURE_CARRIED.get(fund, "carryover"), "kind": _MEASURE_KINDS.get(kind, "")}
    if measure in _MEASURE_FUNDS:
        return {"fund": _MEASURE_FUNDS[measure]}
    if measure in _MEASURE_KINDS:
        return {"kind": _MEASURE_KINDS[measure]}
    return {"economic": _MEASURE_ECONOMIC[measure]} if measure in _MEASURE_ECONOMIC else {}


def lacking(titles: Mapping[str, Coordinates]) -> tuple[str, ...]:
    """Required statements that no table is, by name or by meaning.

    `titles` are the coordinates of the titles of the tables, by their names. Where most are lacking the document is a
    part of one, and none is named.
    """
    meanings = {(title.flow, title.fund, title.kind) for title in titles.values() if not title.item}
    missing = []
    for statement in REQUIRED:
        wanted, _ = STATEMENT_COORDINATES[statement]
        meant = not wanted.item and (wanted.flow, wanted.fund, wanted.kind) in meanings
        if statement not in titles and not meant:
            missing.append(statement.value)
    return tuple(missing) if len(missing) <= len(REQUIRED) // 2 else ()
