"""Rules: the straight lines of a table, as drawn -> snapped to common places, joined, open sides closed."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

SNAP = 3.0
"""Points; parallel rules nearer than this are one rule: double lines, and the borders of two neighbouring cells."""
SHORTEST = 5.0
"""Points; what is shorter after joining is no side of a cell: corner squares, bullets, tick marks."""
OPEN_ENDS = 3
"""So many rules must end at one place to stand for a side that is not drawn."""


class Rule(NamedTuple):
    """A straight line: horizontal at y = `at` from x = `start` to `end`, or vertical with x and y changed."""

    at: float
    start: float
    end: float


def tidy(rules: Iterable[Rule]) -> list[Rule]:
    """Parallel rules, snapped and joined; sorted by place and start, each place with the same number throughout."""
    tidied: list[Rule] = []
    for at, group in _snapped(rules):
        begun: Rule | None = None
        for rule in sorted(group, key=attrgetter("start")):
            if begun is None or rule.start > begun.end + SNAP:
                if begun is not None:
                    tidied.append(begun)
                begun = Rule(at, rule.start, rule.end)
            elif rule.end > begun.end:
                begun = begun._replace(end=rule.end)
        if begun is not None:
            tidied.append(begun)
    return [rule for rule in tidied if rule.end - rule.start >= SHORTEST]


def _snapped(rules: Iterable[Rule]) -> list[tuple[float, list[Rule]]]:
    """Rules in groups no wider than SNAP, each with the mean of its places."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][0].at <= SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return [(sum(rule.at for rule in group) / len(group), group) for group in groups]


def closing(across: list[Rule], along: list[Rule]) -> list[Rule]:
    """The sides that a table leaves open: where at least OPEN_ENDS of `across` end at one place and no `along` is.

    `across` are the tidy rules of one table in one direction, `along` those of the other; the answer is of `along`.
    """
    sides: list[Rule] = []
    for place, sign in ((attrgetter("start"), 1.0), (attrgetter("end"), -1.0)):
        outermost = min(sign * place(rule) for rule in across) * sign
        ends = [rule.at for rule in across if abs(place(rule) - outermost) <= SNAP]
        drawn = any(abs(rule.at - outermost) <= SNAP for rule in along)
        if len(ends) >= OPEN_ENDS and not drawn:
            sides.append(Rule(outermost, min(ends), max(ends)))
    return sides


def by_place(rules: Iterable[Rule]) -> dict[float, list[tuple[float, float]]]:
    """The spans at each place, places in order."""
    return {
        at: [(rule.start, rule.end) for rule in group] for at, group in groupby(sorted(rules), key=attrgetter("at"))
    }
