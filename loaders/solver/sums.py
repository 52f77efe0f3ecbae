"""Choices that can add up: the sums behind a tree.

Both halves of the children are enumerated and matched (meet in the middle), so that some 28 children with two
choices each are still exact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import add, le
from typing import TYPE_CHECKING, NamedTuple

from budget.model.money import tolerance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Values = Mapping[int, int]
    """Column -> amount; a blank column is not there."""

CASES = 20_000
"""States of one half at most."""


class TooManyError(Exception):
    """There are too many combinations to try; nothing can be said."""


class Work:
    """Steps left for one solution: no document takes minutes."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take steps out of the purse.

        Raises:
            TooManyError: it is empty.
        """
        self.left -= steps
        if self.left < 0:
            raise TooManyError


class _Half(NamedTuple):
    """Combinations of some children that give the same sums with the same number of addends."""

    sums: tuple[int, ...]
    counts: tuple[int, ...]
    choices: int
    """Bit set of the choices that occur in these combinations."""


class _Goal(NamedTuple):
    """What two halves must add up to, in every moving column."""

    targets: tuple[int, ...]
    counts: tuple[int, ...]
    """Addends that are in the sum already."""
    half_unit: int
    most: int
    """Addends at most."""


def supported(
    parent: Values, children: Sequence[Sequence[Values]], half_unit: int, work: Work, skip: int | None = None
) -> list[set[int]] | None:
    """Find the choices of each child that add up to the parent.

    In every column the sum of n non-blank addends may differ from the parent by `money.tolerance`; a column
    without addends must be blank or 0 in the parent.  `skip` names a column that is not looked at.  None where no
    combination adds up.

    Raises:
        TooManyError: more combinations than CASES, or than the work allowed.
    """
    undecided = [index for index, options in enumerate(children) if len(options) > 1]
    decided = [options[0] for options in children if len(options) == 1]
    movable = {column for index in undecided for values in children[index] for column in values} - {skip}
    for column in sorted({*parent, *(column for values in decided for column in values)} - {skip} - movable):
        addends = [values[column] for values in decided if column in values]
        if abs(parent.get(column, 0) - sum(addends)) > tolerance(len(addends), half_unit):
            return None
    if not movable:
        return [set(range(len(options))) for options in children]
    moving = sorted(movable)
    sums = {column: sum(values.get(column, 0) for values in decided) for column in moving}
    counts = {column: sum(column in values for values in decided) for column in moving}
    undecided.sort(key=lambda index: len(children[index]))
    goal = _Goal(
        tuple(parent.get(column, 0) - sums[column] for column in moving),
        tuple(counts[column] for column in moving),
        half_unit,
        max(counts[column] for column in moving) + len(undecided),
    )
    bits: dict[tuple[int, int], int] = {}
    for index in undecided:
        for choice in range(len(children[index])):
            bits[index, choice] = 1 << len(bits)
    halves = [_combinations(children, part, moving, bits, goal, work) for part in (undecided[::2], undecided[1::2])]
    found = _match(halves[0], halves[1], goal, work)
    if not found:
        return None
    result = [{0} for _ in children]
    for index in undecided:
        result[index] = {choice for choice in range(len(children[index])) if found & bits[index, choice]}
    return result


def _combinations(
    children: Sequence[Sequence[Values]],
    which: list[int],
    columns: list[int],
    bits: dict[tuple[int, int], int],
    goal: _Goal,
    work: Work,
) -> list[_Half]:
    """All sums of these children, equal ones merged; sums that already exceed the goal are dropped."""
    positive = all(amount >= 0 for options in children for values in options for amount in values.values())
    slack = tolerance(goal.most, goal.half_unit)
    bounds = tuple(target + slack for target in goal.targets)
    width = len(columns)
    states: dict[tuple[int, ...], int] = {(0,) * (2 * width): 0}
    for index in which:
        vectors = [
            (tuple([v.get(c, 0) for c in columns] + [int(c in v) for c in columns]), bits[index, choice])
            for choice, v in enumerate(children[index])
        ]
        work.spend(len(states) * len(vectors))
        grown: dict[tuple[int, ...], int] = {}
        for state, choices in states.items():
            for vector, bit in vectors:
                key = tuple(map(add, state, vector))
                if positive and not all(map(le, key, bounds)):  # bounds has the sums alone
                    continue
                grown[key] = grown.get(key, 0) | choices | bit
        states = grown
        if len(states) > CASES:
            raise TooManyError
    return [_Half(key[:width], key[width:], choices) for key, choices in states.items()]


def _match(first: list[_Half], second: list[_Half], goal: _Goal, work: Work) -> int:
    """The choices of both halves that occur in a pair adding up to the goal; 0 where no pair does."""
    wanted = 0
    for half in (*first, *second):
        wanted |= half.choices
    # Search along the column whose sums differ most: the others are compared one by one.
    key = max(range(len(goal.targets)), key=lambda column: len({case.sums[column] for case in second}))
    second = sorted(second, key=lambda case: case.sums[key])
    keys = [case.sums[key] for case in second]
    most = tolerance(goal.most, goal.half_unit)
    found = 0
    for case in first:
        rest = goal.targets[key] - case.sums[key]
        near = second[bisect_left(keys, rest - most) : bisect_right(keys, rest + most)]
        work.spend(1 + len(near))
        for other in near:
            if (found | case.choices | other.choices) != found and _reached(case, other, goal):
                found |= case.choices | other.choices
        if found == wanted:
            break
    return found


def _reached(case: _Half, other: _Half, goal: _Goal) -> bool:
    return all(
        abs(target - a - b) <= tolerance(n + na + nb, goal.half_unit)
        for target, a, b, n, na, nb in zip(
            goal.targets, case.sums, other.sums, goal.counts, case.counts, other.counts, strict=True
        )
    )
