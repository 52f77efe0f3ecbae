"""The coordinates of an amount, combined from title, column and row."""

from __future__ import annotations

from typing import NamedTuple

from loaders.meaning.phrases import TOTAL
from loaders.meaning.value import Meaning, narrow

NAMED_BELOW = ("project", "unit", "carryover", "targets")
"""Breakdowns whose unknown labels are names of projects and units, for the reader of the table to place."""


class Conflict(NamedTuple):
    """Words that contradict one another.

    Attributes:
        dimension: The dimension that they speak of.
        places: Which of title, column and row contradict, outermost first.
        values: What each of them says.
    """

    dimension: str
    places: tuple[str, str]
    values: tuple[str, str]


class Combined(NamedTuple):
    """Coordinates, and the contradictions on the way to them."""

    meaning: Meaning
    conflicts: tuple[Conflict, ...]


def combine(title: Meaning, column: Meaning, row: Meaning) -> Combined:
    """Combine the meanings of title, column and row of one amount.

    The narrower wins along a tree.  Column and row overrule the title; where they contradict one another, the printed
    words of the row are kept with a question mark.  Every contradiction is reported.
    """
    conflicts: list[Conflict] = []
    values = {
        "fund": _tree("fund", (title.fund, column.fund, row.fund), row, conflicts),
        "kind": _tree("kind", (title.kind, column.kind, row.kind), row, conflicts),
        "item": _tree("item", (title.item, column.item, row.item), row, conflicts),
    }
    if not values["item"] and title.breakdown == "items" and TOTAL in {column.printed, row.printed}:
        values["item"] = f"?{TOTAL}"  # of several named items
    if not values["item"] and _unplaced(title, row):
        values["item"] = f"?{row.printed}"
    flow = column.flow or row.flow
    if row.flow and column.flow and row.flow != column.flow:
        conflicts.append(Conflict("flow", ("column", "row"), (column.flow, row.flow)))
        flow = row.flow if row.flow.startswith("?") or column.flow == "" else column.flow
    for dimension, wide, own in (
        ("function", column.function, row.function),
        ("economic", column.economic, row.economic),
    ):
        values[dimension] = own or wide
        if wide and own and not own.startswith(wide):
            values[dimension] = wide if wide.startswith(own) else f"?{row.printed or own}"
            if not wide.startswith(own):
                conflicts.append(Conflict(dimension, ("column", "row"), (wide, own)))
    values["economic"] = values["economic"] or title.economic
    amounts = {column.is_amount, row.is_amount}
    meaning = Meaning(
        flow=flow or (title.flow if title.flow != "both" else ""),
        version=column.version or row.version or title.version,
        breakdown=column.breakdown or title.breakdown,
        money_unit=row.money_unit or column.money_unit or title.money_unit,
        is_amount="no" if "no" in amounts else "yes" if "yes" in amounts else "",
        year=title.year,
        scheme=column.scheme or title.scheme,
        printed=row.printed or column.printed,
        **values,
    )
    return Combined(meaning, tuple(conflicts))


def _unplaced(title: Meaning, row: Meaning) -> bool:
    """Tell whether a label has no coordinates of its own.

    Two such rows must not look the same.
    """
    placed = row.fund or row.kind or row.function or row.economic or row.item
    return not placed and row.printed not in {"", TOTAL} and title.breakdown not in NAMED_BELOW


def _tree(dimension: str, said: tuple[str, str, str], row: Meaning, conflicts: list[Conflict]) -> str:
    """Combine the values of one tree that title, column and row have."""
    wide, head, own = said
    if not head and not own:
        return wide
    if own == "current" and wide.startswith("?") and head in {"", wide}:
        return wide  # this year's sub-total of a fund that nobody knows
    value, agree = narrow(wide, head)
    if not agree and dimension != "item":
        conflicts.append(Conflict(dimension, ("title", "column"), (wide, head)))
    together, agree = narrow(value, own)
    if agree and not (head.startswith("?") and head != wide and own and not own.startswith("?")):
        return together
    if agree:
        return head  # a part of what the row names, which nobody knows
    if not head or head == wide:
        if dimension != "item":
            conflicts.append(Conflict(dimension, ("title", "row"), (wide, own)))
        return own
    conflicts.append(Conflict(dimension, ("column", "row"), (head, own)))
    return f"?{row.printed or own}"
