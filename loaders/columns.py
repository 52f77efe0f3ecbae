"""Gives amounts whose blank neighbours were lost their columns back, by arithmetic.

A row with k amounts and m columns has many placements.  Row identities (total = sum of parts), tree identities
(parent = sum of children in every column) and links between statements strike out those that cannot be.  What
is left is one placement (solved) or several (all are kept).  An identity that no placement satisfies contradicts
the document: it is set aside and reported, and everything else is still solved.

The module knows nothing of budgets: rows of integers, trees, links.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING

from budget.money import tolerance
from loaders.sums import TooManyError, supported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Placement = tuple[int, ...]
"""The column of each amount of a row, ascending."""

_PLACEMENTS = 3000
_LINK_CASES = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """The amounts of one row, in printed order; the first one stands in column 0, the total."""

    amounts: tuple[int, ...]
    columns: int
    half_unit: int
    sums: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """Row identities: column, and the columns that add up to it."""
    printed: Placement | None = None
    """Where the source puts the amounts; None where the blanks between them were lost."""


@dataclass(frozen=True, slots=True)
class Tree:
    """In every column the parent is the sum of its children."""

    id: str
    parent: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Σ sign x row[columns] + constant = 0, or <= 0."""

    id: str
    terms: tuple[tuple[int, tuple[int, ...], int], ...]
    constant: int
    addends: int
    """Printed figures in `constant`."""
    half_unit: int
    relation: str = "="


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows by number, and what holds between them."""

    rows: tuple[Row, ...]
    trees: tuple[Tree, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """What is known of each row."""

    placements: tuple[tuple[Placement, ...], ...]
    """The placements left for each row, at least one."""
    fixed_by: tuple[tuple[str, ...], ...]
    """Ids of the identities that struck out placements of each row."""
    contradictions: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Identities that no placement satisfies, with the rows that they join."""


ROW_SUM = "row"
"""Id of a row's own identity among the contradictions and in `fixed_by`."""


def solve(problem: Problem, pinned: dict[int, tuple[Placement, ...]] | None = None) -> Solution:
    """Strike out what arithmetic forbids, until nothing changes.

    `pinned` replaces the placements of some rows from the start.
    """
    state = _State(problem)
    for number, row in enumerate(problem.rows):
        if pinned and number in pinned:
            state.left[number] = list(pinned[number])
            continue
        possible, consistent = placements(row)
        state.left[number] = possible
        if not consistent:
            state.contradictions.append((ROW_SUM, (number,)))
        elif len(possible) < _all_placements(row):
            state.reasons[number][ROW_SUM] = None
    state.run()
    return Solution(
        tuple(tuple(left) for left in state.left),
        tuple(tuple(reasons) for reasons in state.reasons),
        tuple(state.contradictions),
    )


def placements(row: Row) -> tuple[list[Placement], bool]:
    """The placements that the row's own identities allow, and whether there is any.

    Where none is, one printed figure is wrong: then those that break one identity only, else all.
    """
    if row.printed is not None:
        return [row.printed], _broken(row, row.printed) == 0
    count = len(row.amounts)
    if count > row.columns:
        return [tuple(range(count))], False
    every = [(0, *rest) for rest in combinations(range(1, row.columns), count - 1)]
    if not row.sums:
        return every, True
    broken = [_broken(row, placement) for placement in every]
    least = min(broken)
    if least == 0 or len(row.sums) > 1:
        return [p for p, breaks in zip(every, broken, strict=True) if breaks == least], least == 0
    return every, False


def _all_placements(row: Row) -> int:
    return prod(range(row.columns - len(row.amounts) + 1, row.columns)) if row.printed is None else 1


def _broken(row: Row, placement: Placement) -> int:
    values = dict(zip(placement, row.amounts, strict=True))
    breaks = 0
    for column, parts in row.sums:
        present = [values[part] for part in parts if part in values]
        slack = tolerance(len(present), row.half_unit)
        breaks += abs(values.get(column, 0) - sum(present)) > slack or (column not in values and bool(present))
    return breaks


@dataclass(slots=True)
class _State:
    problem: Problem
    left: list[list[Placement]] = field(default_factory=list)
    reasons: list[dict[str, None]] = field(default_factory=list)
    contradictions: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = [[] for _ in self.problem.rows]
        self.reasons = [{} for _ in self.problem.rows]

    def run(self) -> None:
        """Apply links first (cheap), then trees, until nothing changes."""
        constraints: list[Tree | Link] = [*self.problem.links, *self.problem.trees]
        touching: dict[int, list[int]] = {}
        for index, constraint in enumerate(constraints):
            for number in _members(constraint):
                touching.setdefault(number, []).append(index)
        aside: set[int] = set()
        slack: set[int] = set()
        urgent: deque[int] = deque(range(len(self.problem.links)))
        slow: deque[int] = deque(range(len(self.problem.links), len(constraints)))
        waiting = set(range(len(constraints)))
        while urgent or slow:
            index = urgent.popleft() if urgent else slow.popleft()
            waiting.discard(index)
            if index in aside:
                continue
            constraint = constraints[index]
            allowed = self._allowed(constraint, one_column_wrong=index in slack)
            if allowed is None:
                if isinstance(constraint, Tree) and index not in slack:
                    slack.add(index)
                    slow.append(index)
                    waiting.add(index)
                    self.contradictions.append((constraint.id, _members(constraint)))
                else:
                    aside.add(index)
                    if index not in slack:
                        self.contradictions.append((constraint.id, _members(constraint)))
                continue
            for number in self._narrow(constraint.id, allowed):
                for other in touching[number]:
                    if other not in waiting and other != index:
                        waiting.add(other)
                        (slow if isinstance(constraints[other], Tree) else urgent).append(other)

    def _narrow(self, reason: str, allowed: dict[int, Iterable[Placement]]) -> list[int]:
        changed = []
        for number, placements_ in allowed.items():
            keep = set(placements_)
            if len(keep) < len(self.left[number]):
                self.left[number] = [placement for placement in self.left[number] if placement in keep]
                self.reasons[number][reason] = None
                changed.append(number)
        return changed

    def _allowed(self, constraint: Tree | Link, *, one_column_wrong: bool) -> dict[int, set[Placement]] | None:
        """The placements that this identity allows; None where it allows nothing at all."""
        if isinstance(constraint, Link):
            return self._link(constraint)
        if not one_column_wrong:
            return self._tree(constraint, None)
        union: dict[int, set[Placement]] = {}
        for column in range(max(self.problem.rows[number].columns for number in _members(constraint))):
            for number, placements_ in (self._tree(constraint, column) or {}).items():
                union.setdefault(number, set()).update(placements_)
        return union or None

    def _tree(self, tree: Tree, wrong_column: int | None) -> dict[int, set[Placement]] | None:
        rows = self.problem.rows
        half = max(rows[number].half_unit for number in _members(tree))
        allowed: dict[int, set[Placement]] = {}
        for placement in self.left[tree.parent]:
            parent = dict(zip(placement, rows[tree.parent].amounts, strict=True))
            choices = []
            for child in tree.children:
                options = [
                    (option, values)
                    for option in self.left[child]
                    if _below(values := dict(zip(option, rows[child].amounts, strict=True)), parent, wrong_column)
                ]
                choices.append(options)
            if not all(choices):
                continue
            try:
                good = supported(parent, [[values for _, values in options] for options in choices], half, wrong_column)
            except TooManyError:
                good = [set(range(len(options))) for options in choices]
            if good is None:
                continue
            allowed.setdefault(tree.parent, set()).add(placement)
            for child, options, indexes in zip(tree.children, choices, good, strict=True):
                allowed.setdefault(child, set()).update(options[index][0] for index in indexes)
        return allowed or None

    def _link(self, link: Link) -> dict[int, set[Placement]] | None:
        """Group each row's placements by what they contribute, and try the combinations."""
        groups: list[dict[tuple[int, int], list[Placement]]] = []
        for number, columns, sign in link.terms:
            amounts = self.problem.rows[number].amounts
            by_value: dict[tuple[int, int], list[Placement]] = {}
            for placement in self.left[number]:
                parts = [amount for column, amount in zip(placement, amounts, strict=True) if column in columns]
                by_value.setdefault((sign * sum(parts), len(parts)), []).append(placement)
            groups.append(by_value)
        if prod(len(group) for group in groups) > _LINK_CASES:
            return {}
        good: list[set[tuple[int, int]]] = [set() for _ in groups]
        for case in product(*groups):
            difference = link.constant + sum(value for value, _ in case)
            addends = link.addends + sum(count for _, count in case)
            slack = tolerance(addends - 1, link.half_unit)
            if difference <= slack if link.relation == "<=" else abs(difference) <= slack:
                for values, value in zip(good, case, strict=True):
                    values.add(value)
        if not all(good):
            return None
        return {
            term[0]: {placement for value in values for placement in group[value]}
            for term, group, values in zip(link.terms, groups, good, strict=True)
        }


def _members(constraint: Tree | Link) -> tuple[int, ...]:
    if isinstance(constraint, Tree):
        return (constraint.parent, *constraint.children)
    return tuple(number for number, _, _ in constraint.terms)


def _below(values: dict[int, int], parent: dict[int, int], wrong_column: int | None) -> bool:
    """A blank parent column blanks its children."""
    return all(column in parent or column == wrong_column or not value for column, value in values.items())


def choose(
    problem: Problem, solution: Solution, prefer: Callable[[int, Placement], float | None]
) -> tuple[Solution, frozenset[int]]:
    """Choose by meaning where several placements are left, row by row, and let each choice strike out others.

    `prefer` scores a placement of a row, None where nothing speaks for it.  Returns the narrowed solution and
    the rows whose placement now rests on a choice; a choice that contradicts the rest is not made.
    """
    chosen: set[int] = set()
    for number in range(len(problem.rows)):
        left = solution.placements[number]
        if len(left) < 2:  # noqa: PLR2004
            continue
        scored = [(score, placement) for placement in left if (score := prefer(number, placement)) is not None]
        if not scored:
            continue
        best = max(scored, key=lambda pair: pair[0])[1]
        pinned = {other: options for other, options in enumerate(solution.placements)}
        pinned[number] = (best,)
        attempt = solve(problem, pinned)
        if len(attempt.contradictions) > len([c for c in solution.contradictions if c[0] != ROW_SUM]):
            continue
        before = solution.placements
        chosen |= {i for i, options in enumerate(attempt.placements) if len(options) < len(before[i])}
        solution = Solution(attempt.placements, solution.fixed_by, solution.contradictions)
    return solution, frozenset(chosen)
