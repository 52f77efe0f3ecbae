"""Check a stated change against the tables of both years.

The tables are those of its own document and of the year before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from budget.i18n.language import N_
from budget.model.money import number_of, quantity_of, tolerance

if TYPE_CHECKING:
    from budget.model.records import Indicator, StatedChange
    from budget.reading.rows import Amount

LESS, EVEN = "减少", "持平"
_SIGNS = {"增加": 1, LESS: -1, EVEN: 0}
DIRECTIONS = {"增加": N_("增加"), LESS: N_("减少"), EVEN: N_("持平")}
"""Direction of a change as it was read -> what the screen says."""
_UNFIT = frozenset({"unit_doubtful", "number_broken", "no_unit", "direction_open", "sign_contradicts"})
"""Flags with which a stated change is read out but not compared."""


class Verdict(StrEnum):
    """What a comparison of a stated change with two tables gave."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict; where it differs the computed difference (fen), where it is unchecked the reason, a message."""

    verdict: Verdict
    delta_fen: int | None = None
    half_unit: int = 0
    why: str = ""


def signed_delta(change: StatedChange) -> int | None:
    """The stated difference with its sign, in fen; None where amount or direction is missing."""
    if change.direction == EVEN:
        return 0
    if change.delta_fen is None or change.direction not in _SIGNS:
        return None
    return change.delta_fen * _SIGNS[change.direction]


def same_amount(change: StatedChange, amount: Amount | None) -> bool:
    """Whether the text prints the table's amount; a coarser print of the same amount is the same."""
    if change.amount_fen is None:
        return False
    own, half = (0, 0) if amount is None else (amount.fen, amount.half_unit)
    gap = abs(change.amount_fen - own)
    return gap == 0 or (change.half_unit > half and gap <= change.half_unit)


def judge(change: StatedChange, current: Amount | None, baseline: Amount | None) -> Judged:
    """Compare a stated difference and rate with the amounts of two tables; a line that a table lacks counts as nothing.

    The difference of two printed amounts may miss the stated one by `tolerance(2, half unit)`; the rate is compared by
    intervals.  Nothing is said where the text states no difference, or one that is odd as printed.
    """
    stated = signed_delta(change)
    if stated is None:
        return Judged(Verdict.UNCHECKED)
    if _UNFIT & set(change.flags):
        return Judged(Verdict.UNCHECKED, why=N_("原文存疑"))
    halves = [amount.half_unit for amount in (current, baseline) if amount is not None]
    half = max([*halves, change.delta_half_unit])
    computed = (current.fen if current else 0) - (baseline.fen if baseline else 0)
    if not same_amount(change, current) or abs(computed - stated) > tolerance(2, half):
        return Judged(Verdict.DIFFERS, computed, max(halves, default=half))
    if not _rate_fits(change, current, baseline):
        return Judged(Verdict.DIFFERS, computed, max(halves, default=half), why=N_("幅度不符"))
    return Judged(Verdict.AGREES, computed, max(halves, default=half))


def _rate_fits(change: StatedChange, current: Amount | None, baseline: Amount | None) -> bool:
    """Whether the printed rate can be that of these amounts; a rate on nothing is not looked at."""
    printed = number_of(change.percent)
    if printed is None or baseline is None or baseline.fen - baseline.half_unit <= 0:
        return True
    own, half = (0, 0) if current is None else (current.fen, current.half_unit)
    base, base_half = baseline.fen, baseline.half_unit
    ends = [
        Fraction(abs(own + up - base - down) * 100, base + down)
        for up in (-half, half)
        for down in (-base_half, base_half)
    ]
    exponent = printed.as_tuple().exponent
    step = Fraction(1, 10**-exponent) if isinstance(exponent, int) and exponent < 0 else Fraction(1)
    least = Fraction(0) if abs(own - base) <= half + base_half else min(ends)
    return least - step <= Fraction(printed) <= max(ends) + step


MORE_IS_BETTER = frozenset({">", ">="})
UNCERTAIN = "uncertain"


def below_prior(indicator: Indicator) -> bool:
    """Whether a target is lower than last year's result.

    Only where both are numbers with the same unit and the operator says that more is better: a result of 0.95 is not
    compared with 95%, and nothing is said of targets that are to be met exactly.
    """
    if indicator.operator not in MORE_IS_BETTER or indicator.status == UNCERTAIN:
        return False
    target, prior = number_of(indicator.target_value), quantity_of(indicator.prior_value.removeprefix("="))
    if target is None or prior is None:
        return False
    wanted = quantity_of(f"{indicator.target_value}{indicator.target_unit}")
    return wanted is not None and wanted.unit == prior.unit and target < prior.number
