"""Lists whose rows say nothing of their order, read by their sums."""

from __future__ import annotations

import pytest

from budget.checks.tables.nested import tops


@pytest.mark.parametrize(
    ("amounts", "total", "found"),
    [
        ((300, 30, 30, 30, 270, 270, 270), 300, (0,)),  # body, unit, group, project, …
        ((100, 60, 40, 200, 150, 50), 300, (0, 3)),
        ((100, 60, 40, 0, 200, 200), 300, (0, 3, 4)),
        ((100, 60, 41, 200, 150, 50), 300, ()),  # a misprint
        ((5, 5, 10), 15, ()),  # a total misprinted by one of two equal parts
        ((5, 10), 15, ()),  # a plain list
        ((5, -5, 10), 5, ()),
        ((), 5, ()),
        (tuple([1] * 79 + [3]), 40, ()),  # ends although many readings are possible
    ],
)
def test_sums_show_what_stands_above(amounts: tuple[int, ...], total: int, found: tuple[int, ...]) -> None:
    assert tops(amounts, total) == found
