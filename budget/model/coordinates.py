"""Coordinates of a printed amount: what it means, whatever table prints it."""

from __future__ import annotations

from typing import NamedTuple


class Coordinates(NamedTuple):
    """The dimensions of an amount; '' means all of a dimension, `?…` printed words without a value."""

    flow: str = ""
    """`revenue` or `expenditure`."""
    fund: str = ""
    """Source of funds, a tree: `appropriation`, `general_public`, `general_public.transfer`, `own.service` …"""
    kind: str = ""
    """Kind of expenditure, a tree: `basic`, `basic.personnel`, `project` …"""
    function: str = ""
    """Functional code as printed: 201, 20101, 2010101."""
    economic: str = ""
    """Economic code as printed: 301, 30101 (department) or 501, 50101 (government)."""
    item: str = ""
    """`three_public`, `overseas`, `procurement.goods` …, other printed items as text."""
    project: str = ""
    unit: str = ""
    """Name of the sub-unit that the row belongs to; '' for the whole body."""
    version: str = ""
    """`budget`, `prior_budget`, `prior_final`, `adjusted`, `final` or `change`."""


NOWHERE = Coordinates()
"""Coordinates of which nothing is known."""

FUND_PARENTS = {
    "general_public": "appropriation",
    "government_fund": "appropriation",
    "state_capital": "appropriation",
    "carryover.general_public": "carryover.appropriation",
    "carryover.government_fund": "carryover.appropriation",
    "carryover.state_capital": "carryover.appropriation",
}
"""Funds whose parent is not the part before their last dot."""
KIND_PARENTS: dict[str, str] = {}
ITEM_PARENTS = {
    "overseas": "three_public",
    "vehicles": "three_public",
    "reception": "three_public",
    "vehicle_purchase": "vehicles",
    "vehicle_running": "vehicles",
}


def parent(value: str, parents: dict[str, str]) -> str:
    """The value above one in its tree; '' is above all."""
    if value.startswith("?"):
        return ""
    return parents.get(value, value.rpartition(".")[0])


def within(value: str, whole: str, parents: dict[str, str]) -> bool:
    """Whether a value equals another or lies below it in its tree."""
    while value and value != whole:
        value = parent(value, parents)
    return value == whole
