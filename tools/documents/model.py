"""A budget that adds up to the fen, before it is printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

GENERAL = ("general_public_budget", "general_public_transfer")
FUND = ("government_fund", "government_fund_transfer")
CAPITAL = ("state_capital", "state_capital_transfer")
SOURCES = (
    *GENERAL, *FUND, *CAPITAL, "special_account", "own_funds", "appropriation_carryover", "non_appropriation_carryover",
)  # fmt: skip
"""Where money comes from: the leaf columns of table 2, in printed order."""
KINDS = ("personnel", "operating", "project")
"""What money is for; personnel and operating make the basic expenditure."""
ECONOMIC_COLUMNS = (
    "wages_and_welfare", "goods_and_services", "individuals_and_families", "debt_interest", "capital_construction",
    "capital_other", "enterprise_construction", "enterprise_subsidies", "social_security_funds", "other_expenditure",
)  # fmt: skip
"""The economic columns of table 7, in printed order."""
FEN = {"元": 100, "千元": 100_000, "万元": 1_000_000}
"""Fen in one of each money unit that the writer prints."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item (项) of the functional classification: exact fen by (source, kind)."""

    code: str
    name: str
    amounts: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the general public budget: exact fen by economic column."""

    code: str
    name: str
    columns: dict[str, int]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """A line of the carry-over table: exact fen by (fund side, kind)."""

    name: str
    amounts: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Budget:
    """One body's budget of one year; every amount in exact fen, every figure of the eleven tables follows from it."""

    body: str
    full_name: str
    year: int
    edition: str  # 部门 or 单位
    unit: str  # money unit of the tables
    decimals: int
    names: dict[str, str]  # code -> name of classes and sections
    items: tuple[Item, ...]  # sorted by code
    economic: dict[str, int]  # five digits -> fen of the general public basic expenditure
    economic_names: dict[str, str]
    projects: tuple[Project, ...]
    three_public: dict[tuple[str, str], int]  # (label id, fund) -> fen
    carryovers: tuple[CarryOver, ...]
    own_funds_split: tuple[int, ...]  # the unit's own funds: 事业, 上级补助, 附属上缴, 经营, 其他
    carryover_split: tuple[int, ...]  # appropriation carry-over: general, fund, capital
    other_carryover_split: tuple[int, ...]  # other carry-over: special account, own funds
    features: tuple[str, ...] = field(default=())  # what was drawn, for the tally

    @property
    def quantum(self) -> int:
        """Fen in the last printed digit."""
        return int(FEN[self.unit] // 10**self.decimals)

    def units(self, number: int, *, odd: bool) -> tuple[str, int]:
        """Money unit and decimals of a table; `odd` gives table 10 another unit than the rest."""
        if odd and number == 10:
            return ("元", 2) if self.unit != "元" else ("万元", 2)
        return self.unit, self.decimals

    def total(self, code: str = "", sources: tuple[str, ...] = SOURCES, kinds: tuple[str, ...] = KINDS) -> int:
        """Exact fen under a code, from these sources, for these purposes."""
        return sum(
            fen
            for item in self.items
            if item.code.startswith(code)
            for (source, kind), fen in item.amounts.items()
            if source in sources and kind in kinds
        )

    def codes(self, sources: tuple[str, ...] = SOURCES, kinds: tuple[str, ...] = KINDS) -> list[str]:
        """Codes of classes, sections and items with money, in printed order. The money is from these sources."""
        found: Counter[str] = Counter()
        for item in self.items:
            amount = sum(fen for (source, kind), fen in item.amounts.items() if source in sources and kind in kinds)
            for length in (3, 5, 7):
                found[item.code[:length]] += amount
        return sorted(code for code, amount in found.items() if amount)

    def name(self, code: str) -> str:
        """The name of a class, section or item."""
        return self.names[code]


def printed_fen(exact: int, quantum: int) -> int:
    """The amount as it is printed: rounded half up to the last printed digit."""
    return (exact + quantum // 2) // quantum * quantum
