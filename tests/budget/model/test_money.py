"""Money: what independent rounding explains, down to whole fen."""

from __future__ import annotations

from budget.model.disclosure import MoneyUnit
from budget.model.money import half_unit, last_digit, tolerance


def test_half_a_fen_is_kept_as_one_and_the_last_digit_is_one_fen() -> None:
    assert [(half_unit(decimals, unit), last_digit(half_unit(decimals, unit))) for decimals, unit in (
        (2, MoneyUnit.YUAN), (6, MoneyUnit.WAN), (1, MoneyUnit.YUAN), (2, MoneyUnit.WAN), (0, MoneyUnit.YUAN),
    )] == [(1, 1), (1, 1), (5, 10), (5_000, 10_000), (50, 100)]  # fmt: skip


def test_a_sum_differs_by_half_a_digit_for_each_figure_at_most() -> None:
    assert [tolerance(addends, 1) for addends in (1, 2, 3, 31)] == [0, 1, 2, 16]
    assert [tolerance(addends, 5_000) for addends in (1, 2, 3, 31)] == [0, 10_000, 20_000, 160_000]
