"""The given documents, by their reference coordinates: nothing is accused falsely, and a changed figure is found."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from budget.checks.rule import Outcome
from budget.checks.tables import verdicts
from tests.budget.checks.tables.reference import facts, tables
from tests.support.originals import shared
from tests.support.tiers import thinned

if TYPE_CHECKING:
    from pathlib import Path

    from budget.model.facts import Fact

SEED = 20261128
EACH = 12
CUT = ("chongqing-shapingba", "guangdong-duanzhou-jiancha-2021", "guizhou", "ningxia-longde")
"""Tables of which rows are left out (`COORDS.md`): a part that is too small proves nothing there."""
LEAST = 40
"""Last digits by which a figure is changed at least: more than rounding explains in any sum."""


def _paths(pattern: str) -> list[Path]:
    return sorted((shared() / "reference").glob(pattern))


def _documents() -> list[Path]:
    try:
        return [*_paths("*.coords.csv"), *_paths("web/*.coords.csv")]
    except pytest.skip.Exception:
        return []


@pytest.mark.parametrize("path", _documents(), ids=lambda path: path.name.partition(".")[0])
def test_no_table_is_accused_falsely(path: Path) -> None:
    found = verdicts(facts(path), tables(path))
    assert [verdict for verdict in found if verdict.outcome is Outcome.DISCREPANCY] == []


def test_most_figures_of_a_disclosure_take_part() -> None:
    for path in _paths("*.coords.csv"):
        own = facts(path)
        checked = {
            fact
            for verdict in verdicts(own, tables(path))
            if verdict.outcome in {Outcome.EXACT, Outcome.ROUNDING}
            for fact in verdict.equation.facts
        }
        assert len(checked) >= 0.95 * len(set(own)), path.name


@pytest.mark.parametrize(
    "path",
    thinned([path for path in _documents() if not path.name.startswith(CUT)], 4),
    ids=lambda path: path.name.partition(".")[0],
)
def test_a_changed_figure_that_takes_part_is_found(path: Path) -> None:
    rng = Random(SEED)
    own, printed = facts(path), tables(path)
    part = _taking_part(own, path)
    missed = []
    for number in rng.sample(part, min(EACH, len(part))):
        fact = own[number]
        wrong = fact._replace(amount_fen=fact.amount_fen + rng.choice([LEAST, 300, 40_000]) * 2 * fact.half_unit)
        again = verdicts([*own[:number], wrong, *own[number + 1 :]], printed)
        if not any(v.outcome is Outcome.DISCREPANCY and wrong in v.equation.facts for v in again):
            missed.append(fact)
    assert missed == []


def _taking_part(own: list[Fact], path: Path) -> list[int]:
    """The figures that stand in a sum with others, or in two tables."""
    counts = Counter(
        fact
        for verdict in verdicts(own, tables(path))
        if verdict.outcome in {Outcome.EXACT, Outcome.ROUNDING}
        for fact in verdict.equation.facts
    )
    return [number for number, fact in enumerate(own) if counts[fact]]
