"""Is a stated change true: amounts, differences, rates, and what cannot be said."""

from __future__ import annotations

import pytest

from budget.reading.rows import Amount
from budget.reading.stated_changes import Verdict, judge, same_amount, signed_delta
from tests.support.making_records import WAN, change


def wan(amount: float, half_unit: int = 5_000) -> Amount:
    return Amount(round(amount * 100) * WAN // 100, half_unit)


@pytest.mark.parametrize(
    ("amount", "delta", "direction", "percent", "now", "before", "verdict"),
    [
        ("406.77", "22.36", "减少", "5.21", 406.77, 429.13, Verdict.AGREES),
        ("26.97", "26.97", "增加", "100.00", 26.97, None, Verdict.AGREES),  # a line that is new
        ("0.00", "30.00", "减少", "100.00", None, 30.00, Verdict.AGREES),  # one that is gone
        ("4.49", "", "持平", "", 4.49, 4.49, Verdict.AGREES),
        ("10.00", "1.01", "增加", "", 10.00, 9.00, Verdict.AGREES),  # the last digit of a difference
        ("10.00", "1.02", "增加", "", 10.00, 9.00, Verdict.DIFFERS),
        ("10.00", "1.00", "减少", "", 10.00, 9.00, Verdict.DIFFERS),  # the wrong way
        ("10.00", "1.00", "增加", "11.11", 10.00, 9.00, Verdict.AGREES),
        ("10.00", "1.00", "增加", "12.50", 10.00, 9.00, Verdict.DIFFERS),  # the wrong rate
        ("10.01", "1.00", "增加", "", 10.00, 9.00, Verdict.DIFFERS),  # another amount than the table's
        ("10.00", "1.00", "", "", 10.00, 9.00, Verdict.UNCHECKED),
        ("10.00", "", "增加", "", 10.00, 9.00, Verdict.UNCHECKED),
    ],
)
def test_verdicts(
    amount: str, delta: str, direction: str, percent: str, now: float | None, before: float | None, verdict: Verdict
) -> None:
    stated = change(amount, delta, direction, percent=percent)
    current, baseline = (None if value is None else wan(value) for value in (now, before))
    assert judge(stated, current, baseline).verdict is verdict


def test_what_is_odd_as_printed_is_not_compared() -> None:
    stated = change("10.00", "1.00", "增加", flags=("unit_doubtful",))
    found = judge(stated, wan(10), wan(9))
    assert (found.verdict, found.why) == (Verdict.UNCHECKED, "原文存疑")


def test_a_wrong_rate_and_a_wrong_difference_are_told_apart() -> None:
    assert judge(change("10.00", "1.00", "增加", percent="50"), wan(10), wan(9)).why == "幅度不符"
    found = judge(change("10.00", "3.00", "增加"), wan(10), wan(9))
    assert (found.why, found.delta_fen) == ("", WAN)


def test_a_rate_on_nothing_or_next_to_nothing_is_left_alone() -> None:
    assert judge(change("10.00", "10.00", "增加", percent="100.00"), wan(10), None).verdict is Verdict.AGREES
    assert judge(change("10.00", "10.00", "增加", percent="7"), wan(10), wan(0)).verdict is Verdict.AGREES


def test_a_coarser_print_of_the_same_amount_is_the_same() -> None:
    assert same_amount(change("46.90", half_unit=50_000), wan(46.88))
    assert not same_amount(change("46.90"), wan(46.88))
    assert same_amount(change("0.00"), None)
    assert not same_amount(change(), wan(1))


def test_signs() -> None:
    assert signed_delta(change("1.00", "0.50", "减少")) == -WAN // 2
    assert signed_delta(change("1.00", "", "持平")) == 0
    assert signed_delta(change("1.00", "0.50", "不明")) is None
