"""Part of a product for the quick tier, all for the long. See `tests/conftest.py`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tools.documents.strategies import QUICK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _pytest.mark import ParameterSet

EACH, PAIRS = 1, 2
"""How many axes of a product are covered together: every value of each axis, or every pair of values of any two."""


def tiered(*axes: Sequence[Any], together: int = PAIRS) -> list[ParameterSet]:
    """The product of axes for `parametrize`; those that are not needed to cover it are marked `long`."""
    quick = set(covering([len(axis) for axis in axes], together))
    made = []
    for places in itertools.product(*map(range, map(len, axes))):
        values = [axis[at] for axis, at in zip(axes, places, strict=True)]
        made.append(pytest.param(*values, marks=() if places in quick else pytest.mark.long))
    return made


def covering(lengths: Sequence[int], together: int) -> list[tuple[int, ...]]:
    """Few places of a product that cover combinations of values.

    Every combination of values of any so many axes is among them; the choice is greedy, always the same.
    """
    product = list(itertools.product(*map(range, lengths)))
    parts = {places: set(itertools.combinations(enumerate(places), together)) for places in product}
    missing = set().union(*parts.values())
    chosen = []
    while missing:
        best = max(product, key=lambda places: len(missing & parts[places]))
        chosen.append(best)
        missing -= parts[best]
    return chosen


def turns(count: int) -> int:
    """How many tests share a long walk by turns. So many in the quick tier, else one."""
    return count if settings.get_current_profile_name() == QUICK else 1


def thinned(values: Sequence[Any], every: int) -> list[ParameterSet]:
    """Values for `parametrize`: the first of so many is in the quick tier."""
    return [pytest.param(value, marks=() if at % every == 0 else pytest.mark.long) for at, value in enumerate(values)]
