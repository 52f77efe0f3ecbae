"""Which of several choices can add up: the sums behind a tree identity.

Both halves of the children are enumerated and matched (meet in the middle), so that 24 children with two
choices each are still exact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from budget.money import tolerance

if TYPE_CHECKING:
    from collections.abc import Sequence

Values = dict[int, int]
"""Column -> amount; a blank column is not there."""

CASES = 40_000
"""Combinations enumerated for one half at most."""


class TooManyError(Exception):
    """There are too many combinations to try; nothing can be said."""


class _Half(NamedTuple):
    sums: tuple[int, ...]
    counts: tuple[int, ...]
    choice: tuple[int, ...]


def supported(
    parent: Values, children: Sequence[Sequence[Values]], half_unit: int, skip: int | None = None
) -> list[set[int]] | None:
    """For each child the indexes of its choices that occur in some combination adding up to the parent.

    In every column the sum of n non-blank addends may differ from the parent by `money.tolerance`; a column
    without addends must be blank or 0 in the parent.  `skip` names a column that is not looked at.  None where no
    combination adds up.

    Raises:
        TooManyError: more than CASES combinations for half of the children.
    """
    columns = sorted({*parent, *(column for options in children for values in options for column in values)} - {skip})
    open_ = [index for index, options in enumerate(children) if len(options) > 1]
    sums = dict.fromkeys(columns, 0)
    counts = dict.fromkeys(columns, 0)
    for index, options in enumerate(children):
        if index in open_:
            continue
        for column, amount in options[0].items():
            if column != skip:
                sums[column] += amount
                counts[column] += 1
    moving = [column for column in columns if any(column in v for i in open_ for v in children[i])]
    for column in columns:
        if column not in moving and not _adds_up(parent.get(column, 0), sums[column], counts[column], half_unit):
            return None
    result = [{0} for _ in children]
    if not moving:
        return [set(range(len(options))) for options in children]
    open_.sort(key=lambda index: len(children[index]))
    left, right = open_[::2], open_[1::2]
    first = _enumerate(children, left, moving)
    second = _enumerate(children, right, moving)
    targets = tuple(parent.get(column, 0) - sums[column] for column in moving)
    fixed = tuple(counts[column] for column in moving)
    good = _match(first, second, targets, fixed, half_unit, (len(left), len(right)), children, left, right)
    if not any(good[0]) and not any(good[1]):
        return None
    for place, index in enumerate(left):
        result[index] = good[0][place]
    for place, index in enumerate(right):
        result[index] = good[1][place]
    return result


def _adds_up(total: int, addends: int, count: int, half_unit: int) -> bool:
    return abs(total - addends) <= tolerance(count, half_unit)


def _enumerate(children: Sequence[Sequence[Values]], which: list[int], columns: list[int]) -> list[_Half]:
    if prod(len(children[index]) for index in which) > CASES:
        raise TooManyError
    cases = []
    for choice in product(*(range(len(children[index])) for index in which)):
        sums = [0] * len(columns)
        counts = [0] * len(columns)
        for index, chosen in zip(which, choice, strict=True):
            values = children[index][chosen]
            for place, column in enumerate(columns):
                if column in values:
                    sums[place] += values[column]
                    counts[place] += 1
        cases.append(_Half(tuple(sums), tuple(counts), choice))
    return cases


def _match(
    first: list[_Half],
    second: list[_Half],
    targets: tuple[int, ...],
    fixed: tuple[int, ...],
    half_unit: int,
    sizes: tuple[int, int],
    children: Sequence[Sequence[Values]],
    left: list[int],
    right: list[int],
) -> tuple[list[set[int]], list[set[int]]]:
    good_left: list[set[int]] = [set() for _ in range(sizes[0])]
    good_right: list[set[int]] = [set() for _ in range(sizes[1])]
    missing = sum(len(children[index]) for index in (*left, *right))
    second = sorted(second)
    keys = [case.sums[0] for case in second]
    most = tolerance(fixed[0] + sizes[0] + sizes[1], half_unit)
    for case in first:
        wanted = targets[0] - case.sums[0]
        for other in second[bisect_left(keys, wanted - most) : bisect_right(keys, wanted + most)]:
            if not all(
                abs(target - a - b) <= tolerance(n + na + nb, half_unit)
                for target, a, b, n, na, nb in zip(
                    targets, case.sums, other.sums, fixed, case.counts, other.counts, strict=True
                )
            ):
                continue
            for goods, choice in ((good_left, case.choice), (good_right, other.choice)):
                for place, chosen in enumerate(choice):
                    if chosen not in goods[place]:
                        goods[place].add(chosen)
                        missing -= 1
            if not missing:
                return good_left, good_right
    return good_left, good_right
