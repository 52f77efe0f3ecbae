"""Coordinates that words give, and how they narrow one another."""

from __future__ import annotations

from typing import NamedTuple


class Meaning(NamedTuple):
    """The coordinates that some words give; '' where they give none.

    Attributes:
        flow: `revenue`, `expenditure`, of a title also `both`.
        fund: Source of the money, a node of the tree of funds, or `?` and printed words.
        kind: Kind of expenditure, a node of the tree of kinds, or `?` and printed words.
        function: Code of the functional class, section or item.
        economic: Code of the economic class or section.
        item: A named item of spending or revenue, or `?` and printed words.
        version: `budget`, `final` and the like, or `?` and printed words.
        breakdown: What the rows of the table are, as far as the words say so.
        money_unit: 元, 万元, 亿元 …, as printed.
        is_amount: `yes` for an amount of money, `no` for names, codes, counts and shares.
        year: Year that the words name, four digits; the reader of a table may fill in that of the document.
        scheme: `government` or `department` where the words tell which economic classes are meant.
        printed: The own words of a head or label without ordinals, for what must be kept as printed.
    """

    flow: str = ""
    fund: str = ""
    kind: str = ""
    function: str = ""
    economic: str = ""
    item: str = ""
    version: str = ""
    breakdown: str = ""
    money_unit: str = ""
    is_amount: str = ""
    year: str = ""
    scheme: str = ""
    printed: str = ""


NOTHING = Meaning()
"""The meaning of words that say nothing."""

PARENTS = {
    "general_public": "appropriation",
    "general_public.transfer": "general_public",
    "government_fund": "appropriation",
    "government_fund.transfer": "government_fund",
    "state_capital": "appropriation",
    "state_capital.transfer": "state_capital",
    "own.service": "own",
    "own.business": "own",
    "own.superior": "own",
    "own.affiliated": "own",
    "own.other": "own",
    "carryover.appropriation": "carryover",
    "carryover.general_public": "carryover.appropriation",
    "carryover.government_fund": "carryover.appropriation",
    "carryover.state_capital": "carryover.appropriation",
    "carryover.special_account": "carryover",
    "carryover.own": "carryover",
    "basic.personnel": "basic",
    "basic.operating": "basic",
    "overseas": "three_public",
    "vehicles": "three_public",
    "vehicle_purchase": "vehicles",
    "vehicle_running": "vehicles",
    "reception": "three_public",
    "procurement.goods": "procurement",
    "procurement.works": "procurement",
    "procurement.services": "procurement",
}
"""What each fund, kind and item is a part of."""


def lineage(value: str) -> list[str]:
    """Give a value and all that contain it, narrowest first."""
    line = [value]
    while line[-1] in PARENTS:
        line.append(PARENTS[line[-1]])
    return line


def below(value: str, upper: str) -> bool:
    """Tell whether a value is a proper part of another."""
    return bool(upper) and value != upper and upper in lineage(value)


def common(left: str, right: str) -> str:
    """Give the narrowest value that contains both, '' for none."""
    line = lineage(left)
    return next((value for value in lineage(right) if value in line), "")


def narrow(wide: str, own: str) -> tuple[str, bool]:
    """Combine a wider value and an own one along a tree.

    Carry-over is a second axis of funds: of an appropriation it becomes `carryover.appropriation`.

    Returns:
        The narrower value (the own one where they contradict), and whether they agree.
    """
    if not wide or not own or wide == own:
        return own or wide, True
    if own.startswith("?") or wide.startswith("?"):
        return own, True
    if own == "current" or wide == "current":
        return (wide if own == "current" else own), True
    if _carried(wide) != _carried(own):
        wide, own = _as_carried(wide), _as_carried(own)
    if own in lineage(wide):
        return wide, True
    return own, wide in lineage(own)


def _carried(fund: str) -> bool:
    """Tell whether a value is money carried over."""
    return fund.partition(".")[0] == "carryover"


def _as_carried(fund: str) -> str:
    """Give the carry-over of a fund; other values as they are."""
    if _carried(fund):
        return fund
    top = fund.removesuffix(".transfer").partition(".")[0]
    return f"carryover.{top}" if f"carryover.{top}" in PARENTS else fund
