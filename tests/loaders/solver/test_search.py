"""The column solver against brute force, and on the cases that its rules came from."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from budget.model.money import tolerance
from loaders.solver import search
from loaders.solver.search import ROW_SUM, Link, Placement, Problem, Row, Solver, Tree, placements
from tools.documents.strategies import share

if TYPE_CHECKING:
    import pytest

HALF = 5
DIGIT = 2 * HALF
TWO = ((0, (1, 2)),)
"""total = basic + project"""
FUNDS = ((0, (1, 4, 5)), (1, (2, 3)))
"""total = appropriation + own + carried over; appropriation = current + transfer"""


def row(*amounts: int, columns: int = 3, sums: tuple[tuple[int, tuple[int, ...]], ...] = TWO) -> Row:
    return Row(tuple(amount * DIGIT for amount in amounts), columns, HALF, sums)


def solved(rows: list[Row], trees: tuple[Tree, ...] = (), links: tuple[Link, ...] = ()) -> list[tuple[Placement, ...]]:
    return list(Solver(Problem(tuple(rows), trees, links)).solve().placements)


def test_a_full_row_has_one_placement() -> None:
    assert placements(row(100, 60, 40)) == (((0, 1, 2),), True)


def test_a_row_that_lost_its_blank_has_two_and_its_siblings_decide() -> None:
    rows = [row(100, 60, 40), row(60, 60), row(30, 30), row(10, 10)]
    assert len(placements(rows[1])[0]) == 2
    found = solved(rows, (Tree("tree", 0, (1, 2, 3)),))
    assert found == [((0, 1, 2),), ((0, 1),), ((0, 2),), ((0, 2),)]


def test_what_siblings_leave_open_keeps_all_its_solutions() -> None:
    rows = [row(60, 30, 30), row(30, 30), row(30, 30)]
    assert solved(rows, (Tree("tree", 0, (1, 2)),))[1:] == [((0, 1), (0, 2)), ((0, 1), (0, 2))]


def test_a_blank_parent_column_blanks_its_children() -> None:
    rows = [row(50, 50), row(20, 20), row(30, 30)]
    link = Link("printed elsewhere", ((0, (2,), 1),), -50 * DIGIT, 1, HALF)
    assert solved(rows, (Tree("tree", 0, (1, 2)),), (link,)) == [((0, 2),), ((0, 2),), ((0, 2),)]


def test_a_rounding_difference_is_no_contradiction() -> None:
    rows = [row(101, 60, 41), row(60, 60), row(30, 30), row(10, 10)]
    solver = Solver(Problem(tuple(rows), (Tree("tree", 0, (1, 2, 3)),)))
    solution = solver.solve()
    assert [len(left) for left in solution.placements] == [1, 1, 1, 1]
    assert not solution.contradictions


def test_one_wrong_figure_is_reported_and_the_rest_still_solved() -> None:
    rows = [row(200, 60, 40), row(60, 60), row(30, 30), row(10, 10), row(7, 7), row(7, 7)]
    trees = (Tree("wrong", 0, (1, 2, 3)), Tree("other", 4, (5,)))
    solution = Solver(Problem(tuple(rows), trees)).solve()
    assert {id_ for id_, _ in solution.contradictions} == {ROW_SUM, "wrong"}
    assert list(solution.placements[1:4]) == [((0, 1),), ((0, 2),), ((0, 2),)]


def test_columns_of_text_are_found_among_twelve() -> None:
    total = Row((100, 90, 60, 30, 10), 6, HALF, FUNDS)
    child = Row((60, 60, 60), 6, HALF, FUNDS)
    other = Row((40, 30, 30, 10), 6, HALF, FUNDS)
    found = solved([total, child, other], (Tree("tree", 0, (1, 2)),))
    assert found[1] == ((0, 1, 2),)
    assert found[2] == ((0, 1, 3, 4), (0, 1, 3, 5))


def test_a_choice_by_meaning_strikes_out_others() -> None:
    rows = [row(60, 30, 30), row(30, 30), row(30, 30)]
    solver = Solver(Problem(tuple(rows), (Tree("tree", 0, (1, 2)),)))
    solver.solve()
    solution = solver.choose(lambda number, placement: float(placement == (0, 2)) if number == 1 else None)
    assert list(solution.placements[1:]) == [((0, 2),), ((0, 1),)]


def test_no_choice_is_made_that_there_is_no_work_left_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_WORK", 0)
    rows = [row(60, 30, 30), row(30, 30), row(30, 30)]
    solver = Solver(Problem(tuple(rows), (Tree("tree", 0, (1, 2)),)))
    before = solver.solve().placements
    assert [len(left) for left in before] == [1, 2, 2]
    assert solver.choose(lambda number, placement: float(placement == (0, 2))).placements == before


def test_an_inequality_blanks_what_it_leaves_no_room_for() -> None:
    rows = [Row((50, 50), 3, HALF, TWO), Row((20,), 1, HALF)]
    link = Link("at most", ((0, (1,), 1), (1, (0,), -1)), 0, 0, HALF, "<=")
    assert solved(rows, (), (link,))[0] == ((0, 2),)


families = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 2), st.integers(1, 30)), min_size=1, max_size=6).map(
    lambda children: [(a, 0) if kind == 0 else (0, b) if kind == 1 else (a, b) for a, kind, b in children]
)
"""Children as (basic, project); 0 is blank."""


def family(children: list[tuple[int, int]], shift: int) -> tuple[list[Row], Tree, list[Placement]]:
    """Rows of a parent and its children, and the truth; `shift` digits of rounding in the parent's basic column."""
    basic, project = sum(a for a, _ in children), sum(b for _, b in children)
    if basic:
        basic += shift
    rows, truth = [], []
    for a, b in [(basic, project), *children]:
        filled = [(column, amount) for column, amount in ((1, a), (2, b)) if amount]
        rows.append(row(a + b, *(amount for _, amount in filled)))
        truth.append((0, *(column for column, _ in filled)))
    return rows, Tree("tree", 0, tuple(range(1, len(rows)))), truth


@settings(max_examples=share(150), deadline=None)
@given(families, st.integers(-1, 1))
def test_what_is_left_is_what_brute_force_leaves(children: list[tuple[int, int]], shift: int) -> None:
    rows, tree, truth = family(children, shift if len(children) > 1 else 0)
    solution = Solver(Problem(tuple(rows), (tree,))).solve()
    possible = brute_force(rows, tree)
    if possible is None:  # the shift is more than rounding explains
        assert solution.contradictions
        return
    assert not solution.contradictions
    assert [set(left) for left in solution.placements] == possible
    if not shift:
        assert all(place in left for place, left in zip(truth, solution.placements, strict=True))


def brute_force(rows: list[Row], tree: Tree) -> list[set[Placement]] | None:
    """Every combination of placements that satisfies the tree, column by column."""
    good: list[set[Placement]] = [set() for _ in rows]
    for case in product(*(placements(r)[0] for r in rows)):
        values = [dict(zip(place, r.amounts, strict=True)) for place, r in zip(case, rows, strict=True)]
        parent, below = values[tree.parent], [values[child] for child in tree.children]
        if all(
            abs(parent.get(c, 0) - sum(v.get(c, 0) for v in below)) <= tolerance(sum(c in v for v in below), HALF)
            and (c in parent or not any(v.get(c) for v in below))
            for c in range(3)
        ):
            for left, place in zip(good, case, strict=True):
                left.add(place)
    return good if all(good) else None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from((1, 2))), min_size=2, max_size=4))
def test_what_is_broken_anyway_is_contradicted_wherever_the_amounts_stand(drawn: list[tuple[int, int, int]]) -> None:
    free = [row(total, part) for total, part, _ in drawn]
    printed = [one._replace(printed=(0, column)) for one, (_, _, column) in zip(free, drawn, strict=True)]
    tree = Tree("tree", 0, tuple(range(1, len(drawn))))
    problem = Problem(tuple(printed), (tree,))
    found = dict.fromkeys(Solver(Problem(tuple(free), (tree,))).solve().contradictions)
    for contradiction in Solver(problem).solve().contradictions:
        if search.is_broken_anyway(problem, *contradiction):
            assert contradiction in found


def test_amounts_of_which_another_column_makes_the_sum_are_not_broken_anyway() -> None:
    rows = [row(60, 60)._replace(printed=(0, 1)), row(60, 60)._replace(printed=(0, 2))]
    assert not search.is_broken_anyway(Problem(tuple(rows), (Tree("tree", 0, (1,)),)), "tree", (0, 1))
    assert search.is_broken_anyway(Problem((row(70, 60),)), ROW_SUM, (0,))
    assert not search.is_broken_anyway(Problem((row(60, 60),)), ROW_SUM, (0,))
