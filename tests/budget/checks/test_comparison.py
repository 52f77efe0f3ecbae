"""Printed percentages against rounded amounts: never a false alarm, and what cannot be is seen."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import pytest

from budget.checks.comparison import Interval, growth, growth_of_change, interval_text, share

HALF = 5_000  # of 0.01万元, in fen


def _fen(wan: str) -> int:
    return int(Decimal(wan) * 1_000_000)


def _percent(part: Fraction, whole: Fraction) -> str:
    exact = Decimal((part / whole * 100).numerator) / Decimal((part / whole * 100).denominator)
    return str(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def _rounded(fen: int) -> int:
    return (fen + HALF) // (2 * HALF) * 2 * HALF


def test_percentages_of_unrounded_amounts_are_never_doubted() -> None:
    rng = Random(5)
    for _ in range(3_000):
        before, now = (rng.randrange(30_000, 10 ** rng.randint(5, 12)) for _ in range(2))
        held = share(_rounded(now), HALF, _rounded(now + before), HALF)
        assert held is not None
        assert held.holds(_percent(Fraction(now), Fraction(now + before)))
        rate = growth(_rounded(now), HALF, _rounded(before), HALF)
        printed = _percent(abs(Fraction(now - before)), Fraction(before))
        assert rate is None or rate.holds(printed)
        moved = _rounded(abs(now - before)) * (1 if now > before else -1)
        stated = growth_of_change(_rounded(now), HALF, moved, HALF)
        assert stated is None or stated.holds(printed)


@pytest.mark.parametrize(
    ("now", "change", "printed", "holds"),
    [
        ("598.13", "121.58", "25.51", True),
        ("598.13", "121.58", "25.52", False),
        ("1.79", "0.42", "30.66", True),
        ("1.79", "0.42", "31.50", False),
        ("0.10", "-28.56", "99.65", True),
        ("0.00", "-21.95", "100.00", True),
        ("0.00", "-21.95", "99.00", False),
    ],
)
def test_rates_of_stated_changes(now: str, change: str, printed: str, holds: bool) -> None:
    found = growth_of_change(_fen(now), HALF, _fen(change), HALF)
    assert found is not None
    assert found.holds(printed) is holds


def test_nothing_is_said_of_a_year_before_that_may_be_zero() -> None:
    assert growth_of_change(_fen("28.66"), HALF, _fen("28.66"), HALF) is None
    assert growth(_fen("28.66"), HALF, 0, 0) is None
    assert share(_fen("1.00"), HALF, 0, HALF) is None


def test_a_rate_has_the_precision_that_it_is_printed_with() -> None:
    found = share(_fen("1.00"), HALF, _fen("3.00"), HALF)
    assert found is not None
    assert found.holds("33%")
    assert found.holds("33.3")
    assert not found.holds("35")
    assert not found.holds("三成")


def test_intervals_are_shown_in_words() -> None:
    assert interval_text(Interval(Fraction(51, 2), Fraction(51, 2))) == "25.50%"
    assert interval_text(Interval(Fraction(1, 3), Fraction(2, 3))) == "0.33%至0.67%"


def test_a_share_above_all_that_it_can_be_is_not_cut() -> None:
    held = Interval(Fraction("65.552"), Fraction("65.554"))
    assert [held.is_below(printed) for printed in ("65.55", "65.56", "65.56%", "没有")] == [False, True, True, False]
