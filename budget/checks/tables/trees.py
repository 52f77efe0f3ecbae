"""The figures of one column, or of one row, as a forest: which of them are parts of which, by words and coordinates."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from budget.model.coordinates import FUND_PARENTS, ITEM_PARENTS, KIND_PARENTS, Coordinates, parent
from budget.system.patterns import lazy_pattern
from budget.vocabulary import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.facts import Fact

_TOTAL = lazy_pattern(r"(?:总|合|小|共)计(?:[（(].{0,60}[)）])?$")
_SUM = lazy_pattern("[总合小共]计")
_ORDINALS = tuple(
    lazy_pattern(pattern)
    for pattern in (
        r"[一二三四五六七八九十]{1,9}[、.．]",
        r"[（(][一二三四五六七八九十]+[)）]",
        r"\d{1,2}[、.．](?!\d)",
        r"[（(]\d{1,2}[)）]",
    )
)
_FIRST = lazy_pattern(r"[（(]?[一1][、.．)）]")
"""Numbers that begin a list."""
_OF_WHICH = lazy_pattern(r"^其中[:：]?")
_DIMENSIONS = Coordinates._fields
_PLACE = {name: index for index, name in enumerate(_DIMENSIONS)}
CURRENT = "current"
_TREES = {"fund": FUND_PARENTS, "kind": KIND_PARENTS, "item": ITEM_PARENTS}


@dataclass(slots=True, eq=False)
class Node:
    """A figure of a line, or in a row its column."""

    place: int
    """Number of its row, or of its column."""
    path: tuple[str, ...]
    coordinates: Coordinates
    fact: Fact | None = None
    total: bool = False
    """True where its words say that it is a total of what stands beside it."""
    grand: bool = False
    """True for a total of the whole line."""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def of_which(self) -> bool:
        """True where its words promise no complete list: 其中."""
        return bool(self.path) and _OF_WHICH.match(self.path[-1]) is not None


@lru_cache(maxsize=4096)  # the same labels stand in many tables
def is_total(label: str) -> bool:
    """True where a label says total: 合计, 收入总计, 小计; a line without a label is the whole of its table."""
    bare = "".join(label.split()).translate(simplified())
    return not bare or _TOTAL.search(bare) is not None


@lru_cache(maxsize=4096)
def chain(dimension: str, value: str) -> tuple[str, ...]:
    """A value and all that it lies within, narrowest first, '' last."""
    if not value:
        return ("",)
    if dimension in {"function", "economic"}:
        steps = [value[:size] for size in (len(value), 5, 3) if size <= len(value)]
        return (*dict.fromkeys(steps), "")
    if dimension in _TREES and not value.startswith("?"):
        found = [value]
        while found[-1]:
            found.append(parent(found[-1], _TREES[dimension]))
        if _has_current(dimension, value):
            found.insert(-1, CURRENT)
        return tuple(found)
    return (value, "")


def _has_current(dimension: str, value: str) -> bool:
    """Whether this year's sub-total lies between a value and the whole."""
    if dimension == "fund":
        return value != CURRENT and not value.startswith("carryover")
    return dimension == "kind" and value not in {CURRENT, "carry_forward"}


def ancestors(coordinates: Coordinates) -> tuple[Coordinates, ...]:
    """All coordinates that these lie within, without themselves; flow and version are kept."""
    chains = [
        (value,) if name in {"flow", "version"} else chain(name, value)
        for name, value in zip(_DIMENSIONS, coordinates, strict=True)
    ]
    return tuple(Coordinates(*values) for values in product(*chains) if values != coordinates)


def covers(whole: Coordinates, part: Coordinates) -> bool:
    """Whether a part lies strictly within a whole. It lies within in some dimension, and outside in none."""
    if whole == part:
        return False
    return all(
        theirs == ours or (name not in {"flow", "version"} and ours in chain(name, theirs))
        for name, ours, theirs in zip(_DIMENSIONS, whole, part, strict=True)
    )


def counts_in(whole: Coordinates, part: Coordinates) -> bool:
    """True where a total may count a part in: nothing contradicts it, or what was carried over of its fund."""
    carried = part.fund.removeprefix("carryover.") if part.fund.startswith("carryover.") else ""
    return compatible(whole, part) or (
        bool(carried) and whole.fund != CURRENT and compatible(whole, part._replace(fund=carried))
    )


def compatible(one: Coordinates, other: Coordinates) -> bool:
    """True where two coordinates contradict each other in no dimension; printed words are no contradiction."""
    return all(
        ours == theirs
        or (
            name not in {"flow", "version"}
            and (ours[:1] == "?" or theirs[:1] == "?" or _within(name, ours, theirs) or _within(name, theirs, ours))
        )
        for name, ours, theirs in zip(_DIMENSIONS, one, other, strict=True)
    )


def _within(dimension: str, wide: str, narrow: str) -> bool:
    """True where a value lies within another; what was carried over of a fund lies within that fund."""
    if wide in chain(dimension, narrow):
        return True
    carried = dimension == "fund" and narrow.startswith("carryover.")
    return carried and wide in chain(dimension, narrow.removeprefix("carryover."))


def differing(one: Coordinates, other: Coordinates) -> frozenset[str]:
    """The dimensions in which two coordinates differ."""
    return frozenset(name for name, ours, theirs in zip(_DIMENSIONS, one, other, strict=True) if ours != theirs)


def forest(nodes: Sequence[Node]) -> None:
    """Set parents and children of the nodes of one printed line."""
    _mark(nodes)
    by_path: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_coordinates: dict[Coordinates, list[int]] = defaultdict(list)
    for index, node in enumerate(nodes):
        by_path[node.path].append(index)
        if node.total and len(node.path) > 1:
            by_path[node.path[:-1]].append(index)
        if not node.grand:
            by_coordinates[node.coordinates].append(index)
    for index, node in enumerate(nodes):
        if node.grand:
            continue
        brother = _brother(index, node, nodes)
        found = _by_path(index, node, nodes, by_path) if brother is None else _also_above(brother, node)
        if found is None and brother is None:
            found = _not_beyond(index, node, nodes, _by_coordinates(index, node, nodes, by_coordinates))
        if found is not None and not _circular(node, found):
            node.parent = found
            found.children.append(node)


def _mark(nodes: Sequence[Node]) -> None:
    for node in nodes:
        # a project may stand under the words of its table's total
        label = node.path[-1] if node.path else ""
        current = CURRENT in {node.coordinates.fund, node.coordinates.kind} and _SUM.search(label) is not None
        node.total = not node.coordinates.project and (is_total(label) or current)
    totals = [(node, _without_current(node.coordinates)) for node in nodes if node.total]
    for node, bare in totals:
        node.grand = len(node.path) <= 1 and not any(covers(other, bare) for _, other in totals)


def _without_current(coordinates: Coordinates) -> Coordinates:
    fund = "" if coordinates.fund == CURRENT else coordinates.fund
    kind = "" if coordinates.kind == CURRENT else coordinates.kind
    return coordinates._replace(fund=fund, kind=kind)


def _brother(index: int, node: Node, nodes: Sequence[Node]) -> Node | None:
    """The heading before 二、 that is numbered as it is: both stand in the same list."""
    rank = ordinal(node)
    if rank is None or _FIRST.match(node.path[-1]):
        return None
    for other in reversed(nodes[:index]):
        theirs = ordinal(other)
        if theirs == rank and not other.grand:
            return other
        if theirs is not None and theirs < rank:
            return None
    return None


def _also_above(brother: Node, node: Node) -> Node | None:
    """What the brother is a part of, where the node's words do not contradict it."""
    above = brother.parent
    return above if above is not None and compatible(above.coordinates, node.coordinates) else None


def _by_path(index: int, node: Node, nodes: Sequence[Node], by_path: dict[tuple[str, ...], list[int]]) -> Node | None:
    above = node.path[:-1]
    if node.total and len(above) > 0:
        above = above[:-1]  # a group's total stands for the group
    while above:
        found = _nearest(index, [place for place in by_path.get(above, ()) if nodes[place] is not node])
        if found is not None and nodes[found].path != node.path:
            return nodes[found]
        above = above[:-1]
    return None


def _by_coordinates(
    index: int, node: Node, nodes: Sequence[Node], by_coordinates: dict[Coordinates, list[int]]
) -> Node | None:
    best: Node | None = None
    for wider in ancestors(node.coordinates):
        places = by_coordinates.get(wider)
        if places is None:
            continue
        at = bisect_left(places, index)
        nearest = (nodes[place] for place in (*reversed(places[:at]), *places[at:]))
        found = next((other for other in nearest if not (_siblings(other, node) or _of_others(other, node))), None)
        if found is not None and (best is None or covers(best.coordinates, wider)):
            best = found
    return best


def _not_beyond(index: int, node: Node, nodes: Sequence[Node], above: Node | None) -> Node | None:
    """The node above, or the numbered heading of its rank that stands between: 一、 … 二、 …."""
    style = None if above is None else ordinal(above)
    if style is None:
        return above
    for other in reversed(nodes[:index]):
        if other is above:
            break
        if ordinal(other) == style and other is not node:
            return other
    return above


def ordinal(node: Node) -> int | None:
    """Which style of number a node's words begin with: 一、 （一） 1. （1）; None for none."""
    return _rank(node.path[-1]) if node.path else None


@lru_cache(maxsize=4096)
def _rank(label: str) -> int | None:
    return next((rank for rank, style in enumerate(_ORDINALS) if style.match(label)), None)


def _nearest(index: int, places: Sequence[int]) -> int | None:
    """The last place before an index, else the first after it."""
    if not places:
        return None
    at = bisect_left(places, index)
    return places[at - 1] if at else places[0]


def _siblings(one: Node, other: Node) -> bool:
    """True where the words say that two nodes stand beside each other, whatever their coordinates."""
    if (rank := ordinal(one)) is not None and rank == ordinal(other):
        return True
    if one.total or other.total or (other.of_which and not one.of_which):
        return False
    # what a fund is without the transfer that stands beside it
    return differing(one.coordinates, other.coordinates) == {"fund"} and other.coordinates.fund.endswith(".transfer")


def _of_others(one: Node, other: Node) -> bool:
    """True for the total of a group (本年拨款 小计) that the other node does not stand in."""
    group = one.path[:-1]
    return one.total and bool(group) and other.path[: len(group)] != group


def _circular(node: Node, above: Node | None) -> bool:
    while above is not None:
        if above is node:
            return True
        above = above.parent
    return False


def relative(paths: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Paths without what all of them begin or end with."""
    found = [tuple(part for part in path if part) for path in paths]
    if len(set(found)) < 2:  # noqa: PLR2004 - nothing to tell apart
        return found
    first = _common(found)
    last = _common([path[first:][::-1] for path in found])
    return [path[first : len(path) - last] for path in found]


def _common(paths: Sequence[tuple[str, ...]]) -> int:
    """How many first parts all paths share."""
    count = 0
    for parts in zip(*paths, strict=False):
        if len(set(parts)) > 1:
            break
        count += 1
    return count
