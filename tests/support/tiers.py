"""Pairs of a product for the quick tier of the tests, all of it for the long one (see `tests/conftest.py`)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from _pytest.mark import ParameterSet


def tiered(*axes: Sequence[Any]) -> list[ParameterSet]:
    """The product of axes for `parametrize`; those that no pair of values needs are marked `long`."""
    quick = set(pairwise([len(axis) for axis in axes]))
    return [
        pytest.param(*(axis[at] for axis, at in zip(axes, places, strict=True)), marks=_marks(quick=places in quick))
        for places in itertools.product(*map(range, map(len, axes)))
    ]


def pairwise(lengths: Sequence[int]) -> list[tuple[int, ...]]:
    """Few places of a product which together hold every pair of values of any two axes (of one axis, every value)."""
    product = list(itertools.product(*map(range, lengths)))
    missing = {pair for places in product for pair in _pairs(places)}
    chosen = []
    while missing:
        best = max(product, key=lambda places: len(missing & set(_pairs(places))))
        chosen.append(best)
        missing -= set(_pairs(best))
    return chosen


def thinned(values: Iterable[Any], every: int) -> list[ParameterSet]:
    """Values for `parametrize`: of so many one in the quick tier, the first among them."""
    return [pytest.param(value, marks=_marks(quick=at % every == 0)) for at, value in enumerate(values)]


def _pairs(places: tuple[int, ...]) -> list[tuple[tuple[int, int], ...]]:
    size = min(2, len(places))
    return list(itertools.combinations(enumerate(places), size))


def _marks(*, quick: bool) -> tuple[pytest.MarkDecorator, ...]:
    return () if quick else (pytest.mark.long,)
