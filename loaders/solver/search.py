"""Gives amounts whose blank neighbours were lost their columns back, by arithmetic.

A row with k amounts and m columns has many placements.  Row identities (total = sum of parts), tree identities
(parent = sum of children in every column) and links between statements strike out those that cannot be.  What
is left is one placement (solved) or several (all are kept).  An identity that no placement satisfies contradicts
the document: it is set aside and reported, and everything else is still solved.

The module knows nothing of budgets: rows of integers, trees, links.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from itertools import combinations, product
from math import comb, prod
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from budget.model.money import tolerance
from loaders.solver.sums import TooManyError, Work, supported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Placement = tuple[int, ...]
"""The column of each amount of a row, ascending."""

_LINK_CASES = 20_000
_CHEAP = 50
"""Placements that are looked at for one step."""
_WORK = 250_000
"""Steps that one solution may take, about a second; what is undecided by then stays open."""


class Row(NamedTuple):
    """The amounts of one row, in printed order, the total first."""

    amounts: tuple[int, ...]
    columns: int
    half_unit: int
    sums: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """Row identities: column, and the columns that add up to it."""
    printed: Placement | None = None
    """Printed columns of the amounts; None where blanks were lost."""
    within: Placement | None = None
    """The columns that come into question; None for all."""


class Tree(NamedTuple):
    """In every column the parent is the sum of its children."""

    id: str
    parent: int
    children: tuple[int, ...]


class Link(NamedTuple):
    """Σ sign x row[columns] + constant = 0, or <= 0."""

    id: str
    terms: tuple[tuple[int, tuple[int, ...], int], ...]
    constant: int
    addends: int
    """Printed figures in `constant`."""
    half_unit: int
    relation: str = "="
    coarser: int = 0
    """Room for figures in different units, besides rounding within one."""


class Problem(NamedTuple):
    """Rows by number, and what holds between them."""

    rows: tuple[Row, ...]
    trees: tuple[Tree, ...] = ()
    links: tuple[Link, ...] = ()


class Solution(NamedTuple):
    """What is known of each row."""

    placements: tuple[tuple[Placement, ...], ...]
    """The placements left for each row, at least one."""
    fixed_by: tuple[tuple[str, ...], ...]
    """Ids of the identities that struck out placements of each row."""
    contradictions: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Identities that no placement satisfies, with the rows that they join."""


ROW_SUM = "row"
"""Id of a row's own identity among the contradictions and in `fixed_by`."""


class Solver:
    """Strikes out placements until nothing changes; choices by meaning may follow."""

    def __init__(self, problem: Problem, pinned: Mapping[int, Placement] | None = None) -> None:
        """`pinned` fixes the placement of some rows from the start."""
        self.problem = problem
        self.left: list[list[Placement]] = []
        self.reasons: list[dict[str, None]] = [{} for _ in problem.rows]
        self.contradictions: list[tuple[str, tuple[int, ...]]] = []
        self._constraints: list[Tree | Link] = [*problem.links, *problem.trees]
        self._members = [members(constraint) for constraint in self._constraints]
        self._touching: dict[int, list[int]] = {}
        self._aside: set[int] = set()
        self._one_column_wrong: set[int] = set()
        self._work = Work(_WORK)
        for index, joined in enumerate(self._members):
            for number in joined:
                self._touching.setdefault(number, []).append(index)
        for number, row in enumerate(problem.rows):
            self._begin(number, row, pinned or {})

    def _begin(self, number: int, row: Row, pinned: Mapping[int, Placement]) -> None:
        if number in pinned:
            self.left.append([pinned[number]])
            if _broken(row, pinned[number]):
                self.contradictions.append((ROW_SUM, (number,)))
            return
        possible, consistent = placements(row)
        self.left.append(list(possible))
        if not consistent:
            self.contradictions.append((ROW_SUM, (number,)))
        elif row.printed is None and len(possible) < comb(row.columns - 1, len(row.amounts) - 1):
            self.reasons[number][ROW_SUM] = None

    def solve(self) -> Solution:
        """Apply every identity until nothing changes."""
        self._run(range(len(self._constraints)))
        return self._solution()

    def choose(self, prefer: Callable[[int, Placement], float | None]) -> Solution:
        """Choose by meaning where several placements are left, row by row.

        Each choice may strike out others.

        `prefer` scores a placement of a row, None where nothing speaks for it.  A choice that contradicts an
        identity is not made, nor one whose identities there was no work left to look at.
        """
        for number, left in enumerate(self.left):
            scored = [(score, placement) for placement in left if (score := prefer(number, placement)) is not None]
            if len(left) == 1 or not scored:
                continue
            before = [list(options) for options in self.left]
            found = len(self.contradictions)
            self.left[number] = [max(scored, key=itemgetter(0))[1]]
            self._run(self._touching.get(number, ()))
            if len(self.contradictions) > found or self._work.left < 0:
                del self.contradictions[found:]
                self.left = before
            if self._work.left < 0:
                break
        return self._solution()

    def _solution(self) -> Solution:
        return Solution(
            tuple(tuple(left) for left in self.left),
            tuple(tuple(reasons) for reasons in self.reasons),
            tuple(self.contradictions),
        )

    def _run(self, indexes: Iterable[int]) -> None:
        """Links first (cheap), then the tree with the fewest combinations: it narrows the others."""
        urgent: deque[int] = deque()
        slow: set[int] = set()
        for index in indexes:
            self._enqueue(index, urgent, slow)
        while urgent or slow:
            if urgent:
                index = urgent.popleft()
            else:
                index = min(slow, key=self._cost)
                slow.discard(index)
            if index in self._aside:
                continue
            constraint = self._constraints[index]
            allowed = self._allowed(constraint, one_column_wrong=index in self._one_column_wrong)
            if allowed is None:
                self._contradicted(index, slow)
                continue
            for number in self._narrow(constraint.id, allowed):
                for other in self._touching[number]:
                    self._enqueue(other, urgent, slow)

    def _enqueue(self, index: int, urgent: deque[int], slow: set[int]) -> None:
        if isinstance(self._constraints[index], Tree):
            slow.add(index)
        elif index not in urgent:
            urgent.append(index)

    def _cost(self, index: int) -> int:
        return sum(len(self.left[number]) for number in self._members[index])

    def _contradicted(self, index: int, slow: set[int]) -> None:
        """A tree is tried again as if one printed figure were wrong, so that one of its columns may fail."""
        constraint = self._constraints[index]
        if index not in self._one_column_wrong:
            self.contradictions.append((constraint.id, members(constraint)))
        if isinstance(constraint, Tree) and index not in self._one_column_wrong:
            self._one_column_wrong.add(index)
            slow.add(index)
        else:
            self._aside.add(index)

    def _narrow(self, reason: str, allowed: Mapping[int, set[Placement]]) -> list[int]:
        changed = []
        for number, keep in allowed.items():
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
        for column in sorted({column for placement in self.left[constraint.parent] for column in placement}):
            for number, placements_ in (self._tree(constraint, column) or {}).items():
                union.setdefault(number, set()).update(placements_)
        return union or None

    def _tree(self, tree: Tree, wrong_column: int | None) -> dict[int, set[Placement]] | None:
        rows = self.problem.rows
        half = max(rows[number].half_unit for number in members(tree))
        allowed: dict[int, set[Placement]] = {}
        looked_at = len(self.left[tree.parent]) * sum(len(self.left[child]) for child in tree.children)
        try:
            self._work.spend(looked_at // _CHEAP)
        except TooManyError:
            return {}
        for placement in self.left[tree.parent]:
            parent = _values(placement, rows[tree.parent].amounts)
            choices = [self._below(child, parent) for child in tree.children]
            if not all(choices):
                continue
            try:
                amounts = [[values for _, values in options] for options in choices]
                good = supported(parent, amounts, half, self._work, wrong_column)
            except TooManyError:
                good = [set(range(len(options))) for options in choices]
            if good is None:
                continue
            allowed.setdefault(tree.parent, set()).add(placement)
            for child, options, indexes in zip(tree.children, choices, good, strict=True):
                allowed.setdefault(child, set()).update(options[index][0] for index in indexes)
        return allowed or None

    def _below(self, child: int, parent: Mapping[int, int]) -> list[tuple[Placement, Mapping[int, int]]]:
        """The placements of a child with their amounts: a blank parent column blanks its children."""
        amounts = self.problem.rows[child].amounts
        options = [(option, _values(option, amounts)) for option in self.left[child]]
        if not any(values.keys() - parent.keys() for _, values in options):
            return options
        return [
            (option, values)
            for option, values in options
            if all(column in parent or not value for column, value in values.items())
        ]

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
            slack = tolerance(addends - 1, link.half_unit) + link.coarser
            if difference <= slack if link.relation == "<=" else abs(difference) <= slack:
                for values, value in zip(good, case, strict=True):
                    values.add(value)
        if not all(good):
            return None
        return {
            term[0]: {placement for value in values for placement in group[value]}
            for term, group, values in zip(link.terms, groups, good, strict=True)
        }


def members(constraint: Tree | Link) -> tuple[int, ...]:
    """The numbers of the rows that an identity joins."""
    if isinstance(constraint, Tree):
        return (constraint.parent, *constraint.children)
    return tuple(number for number, _, _ in constraint.terms)


def is_broken_anyway(problem: Problem, id_: str, joined: tuple[int, ...]) -> bool:
    """Whether an identity contradicts rows wherever their amounts stand.

    The first amount of a row is its total: where totals do not add up, their columns do not matter.
    """
    rows = [problem.rows[number] for number in joined]
    if id_ == ROW_SUM:
        return not any(placements(row._replace(printed=None))[1] for row in rows)
    if id_ not in {tree.id for tree in problem.trees} or any(row.printed and row.printed[0] for row in rows):
        return False
    parent, *children = (row.amounts[0] if row.amounts else 0 for row in rows)
    addends = sum(bool(row.amounts) for row in rows[1:])
    return abs(parent - sum(children)) > tolerance(addends, max(row.half_unit for row in rows))


@lru_cache(maxsize=8192)
def placements(row: Row) -> tuple[tuple[Placement, ...], bool]:
    """List the placements that a row allows, and whether any fits.

    Where none is, one printed figure must be wrong: then those that another figure in one place would mend.
    """
    if row.printed is not None:
        return (row.printed,), not _broken(row, row.printed)
    count = len(row.amounts)
    if count > row.columns:
        return (tuple(range(count)),), False
    within = row.within if row.within and len(row.within) >= count else range(row.columns)
    every = tuple((0, *rest) for rest in combinations(within[1:], count - 1))
    consistent = tuple(placement for placement in every if not _broken(row, placement))
    if consistent:
        return consistent, True
    return tuple(placement for placement in every if _mendable(row, placement)) or every, False


@lru_cache(maxsize=8192)
def _values(placement: Placement, amounts: tuple[int, ...]) -> Mapping[int, int]:
    """Column -> amount; each tree asks again for that of its children."""
    return dict(zip(placement, amounts, strict=True))


def _broken(row: Row, placement: Placement) -> bool:
    values = dict(zip(placement, row.amounts, strict=True))
    return any(abs(gap) > slack for gap, slack in _gaps(row, values))


def _mendable(row: Row, placement: Placement) -> bool:
    """True where another amount than the printed one, in one of the columns, would satisfy every identity."""
    values = dict(zip(placement, row.amounts, strict=True))
    return any(_mended(row, values, column) for column in placement)


def _mended(row: Row, values: dict[int, int], wrong: int) -> bool:
    without = {**values, wrong: 0}
    wanted: int | None = None
    for (total, parts), (gap, slack) in zip(row.sums, _gaps(row, without), strict=True):
        if wrong not in {total, *parts}:
            if abs(gap) > slack:
                return False
            continue
        amount = -gap if wrong == total else gap
        if amount == 0 or (wanted is not None and abs(wanted - amount) > slack):
            return False
        wanted = amount
    return True


def _gaps(row: Row, values: dict[int, int]) -> Iterator[tuple[int, int]]:
    """For every identity of the row: total less its parts, and what rounding may make of it."""
    for total, parts in row.sums:
        gap, addends = values.get(total, 0), 0
        for part in parts:
            if part in values:
                gap -= values[part]
                addends += 1
        yield gap, tolerance(addends, row.half_unit)
