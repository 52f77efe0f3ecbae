"""Percentages of rounded amounts as intervals: what a printed share or rate of change may be."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from budget.language import tr
from budget.quantities import number_of

_HUNDRED = Fraction(100)


class Interval(NamedTuple):
    """From `low` to `high`, both possible."""

    low: Fraction
    high: Fraction

    def holds(self, printed: str, *, cut: bool = False) -> bool:
        """Whether a printed percentage, rounded at its last digit, may lie in it; False for what is no number.

        With `cut` its further digits may have been cut off instead.
        """
        number = number_of(printed.rstrip("%％"))
        if number is None:
            return False
        exponent = number.as_tuple().exponent
        digit = Fraction(1, 10**-exponent) if isinstance(exponent, int) and exponent < 0 else Fraction(1)
        half = digit if cut else digit / 2
        value = Fraction(number)
        return value + half >= self.low and value - half <= self.high


def share(part: int, part_half: int, whole: int, whole_half: int) -> Interval | None:
    """Percent that `part` is of `whole` (fen, with their half units); None where the whole may be 0."""
    if abs(whole) <= whole_half:
        return None
    corners = [
        Fraction(top, bottom) * _HUNDRED
        for top in (part - part_half, part + part_half)
        for bottom in (whole - whole_half, whole + whole_half)
    ]
    return Interval(min(corners), max(corners))


def growth(now: int, now_half: int, before: int, before_half: int) -> Interval | None:
    """Percent by which an amount differs from that of the year before, without sign; None where that may be 0."""
    if before <= before_half:
        return None
    low, high = now - now_half, now + now_half
    corners = [
        (Fraction(top, bottom) - 1) * _HUNDRED
        for top in (low, high)
        for bottom in (before - before_half, before + before_half)
    ]
    return _without_sign(min(corners), max(corners))


def growth_of_change(now: int, now_half: int, change: int, change_half: int) -> Interval | None:
    """Percent that a signed change is of the year before (now - change), without sign; None where that may be 0.

    The change is one printed number: the same in numerator and denominator, so the interval is narrower than that of
    two amounts.
    """
    if now - change <= now_half + change_half:
        return None
    corners = [
        Fraction(delta, amount - delta) * _HUNDRED
        for delta in (change - change_half, change + change_half)
        for amount in (now - now_half, now + now_half)
    ]
    return _without_sign(min(corners), max(corners))


def shown(interval: Interval) -> str:
    """An interval as text with two decimals: 25.51%, or 25.50%至25.53%."""
    low, high = _rounded(interval.low), _rounded(interval.high)
    return f"{low}%" if low == high else tr("{low}%至{high}%").format(low=low, high=high)


def _without_sign(low: Fraction, high: Fraction) -> Interval:
    if low <= 0 <= high:
        return Interval(Fraction(0), max(-low, high))
    return Interval(min(abs(low), abs(high)), max(abs(low), abs(high)))


def _rounded(value: Fraction) -> str:
    whole, cents = divmod(int(value * _HUNDRED + Fraction(1, 2)), 100)
    return f"{whole:,}.{cents:02d}"
