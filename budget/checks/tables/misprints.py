"""One misprint is one finding: discrepancies that a single wrong figure explains stand together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.checks.tables.equations import Equation, Verdict
    from budget.model.facts import Fact


class Misprint(NamedTuple):
    """One equation that fails, or several that fail by one figure."""

    suspect: Fact | None
    """The figure that explains them; None for a single equation."""
    verdicts: tuple[Verdict, ...]


def grouped(verdicts: Iterable[Verdict]) -> list[Misprint]:
    """Discrepancies among these verdicts, grouped by figure, in printed order."""
    verdicts = list(verdicts)
    open_ = [verdict for verdict in verdicts if verdict.outcome is Outcome.DISCREPANCY]
    kept: dict[Fact, int] = defaultdict(int)
    for verdict in verdicts:
        if verdict.outcome in {Outcome.EXACT, Outcome.ROUNDING}:
            for fact in verdict.equation.facts:
                kept[fact] += 1
    found: list[Misprint] = []
    while open_:
        suspect, members = _best(open_, kept)
        found.append(Misprint(suspect if len(members) > 1 else None, tuple(members)))
        open_ = [verdict for verdict in open_ if verdict not in members]
    return found


def _best(open_: Sequence[Verdict], kept: dict[Fact, int]) -> tuple[Fact | None, list[Verdict]]:
    """The figure whose correction settles most, and breaks least of what holds."""
    best: tuple[int, Fact | None, list[Verdict]] = (0, None, [open_[0]])
    by_fact: dict[Fact, list[Verdict]] = defaultdict(list)
    for verdict in open_:
        for fact in verdict.equation.facts:
            by_fact[fact].append(verdict)
    for fact, ones in by_fact.items():
        for first in ones if len(ones) > 1 else ():
            error = _error(first.equation, fact)
            settled = [one for one in ones if abs(_error(one.equation, fact) - error) <= one.equation.tolerance]
            score = 2 * len(settled) - kept[fact]
            if len(settled) > 1 and (best[1] is None or score > best[0]):
                best = (score, fact, settled)
    return best[1], best[2]


def _error(equation: Equation, fact: Fact) -> int:
    """By how much a figure would be too large if it were the only wrong one."""
    return equation.difference if fact in equation.left else -equation.difference
