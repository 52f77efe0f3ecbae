"""Equations between printed figures: two sums that should be the same, and what came of comparing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Outcome
from budget.model.money import last_digit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.model.facts import Fact

_OPEN = frozenset({"inferred", "ambiguous"})


class Equation(NamedTuple):
    """Figures whose sum should be that of other figures; what is not printed is no addend."""

    check: str
    """Id of the check that asks for it."""
    left: tuple[Fact, ...]
    """The whole, or the first print of a figure."""
    right: tuple[Fact, ...]
    """Its parts, or the other print."""
    room: int = 0
    """Fen that may lie between both sides beyond their own rounding: totals of rounded parts."""

    @property
    def difference(self) -> int:
        """Left minus right in fen."""
        return sum(fact.amount_fen for fact in self.left) - sum(fact.amount_fen for fact in self.right)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures of both sides."""
        return self.left + self.right

    @property
    def certain(self) -> bool:
        """Whether the column of every figure is printed or solved."""
        return not any(fact.column_status in _OPEN for fact in self.facts)

    @property
    def tolerance(self) -> int:
        """The largest difference in fen that rounding explains."""
        return max(slack(self.facts), self.room)


class Verdict(NamedTuple):
    """An equation with what came of it."""

    equation: Equation
    outcome: Outcome
    why: str = ""
    """Marked message: why it was not checked, or what may explain the difference."""
    values: tuple[str, ...] = ()
    """What stands in the places of `why`."""


def slack(facts: Sequence[Fact]) -> int:
    """The largest difference in fen that independent rounding of these figures explains.

    The same figure printed twice: 0, and half of the coarser digit where the digits differ.  More figures: half a digit
    each, floored to the finest digit.
    """
    halves = [fact.half_unit for fact in facts]
    if len(halves) <= 2:  # noqa: PLR2004 - a pair
        return 0 if len(set(halves)) < 2 else max(halves)  # noqa: PLR2004
    digits = [last_digit(half) for half in halves]
    return sum(digits) // 2 // min(digits) * min(digits)


def holds(equation: Equation) -> bool:
    """Whether both sides are the same within rounding."""
    return abs(equation.difference) <= equation.tolerance


def cut(equation: Equation) -> bool:
    """Whether the difference is what cutting digits instead of rounding leaves."""
    if len(equation.facts) == 2:  # noqa: PLR2004 - a pair: the coarser print is the smaller one
        first, second = sorted(equation.facts, key=lambda fact: fact.half_unit)
        return first.half_unit < second.half_unit and (
            0 < abs(first.amount_fen) - abs(second.amount_fen) < 2 * second.half_unit
        )
    digits = sum(last_digit(fact.half_unit) for fact in equation.right)
    return equation.tolerance < equation.difference < digits


def outcome(equation: Equation) -> Outcome:
    """Outcome of an equation of certain figures with all its addends known."""
    if equation.difference == 0:
        return Outcome.EXACT
    if holds(equation):
        return Outcome.ROUNDING
    return Outcome.HINT if cut(equation) else Outcome.DISCREPANCY
