"""Lists whose rows say nothing of their order: bodies above their projects, read by their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_ROWS = 80
_MOST_STEPS = 4_000
"""Amounts looked at in the search for one list."""


class _List(NamedTuple):
    """Rows read as a list: where it ends, its own rows, and how its heads are filled."""

    end: int
    tops: tuple[int, ...]
    headed: int
    """Rows of the list that stand above rows of their own."""
    several: bool
    """Whether rows stand above more than one."""


def tops(amounts: Sequence[int], total: int) -> tuple[int, ...]:
    """The uppermost rows of a list whose total this is; none where sums do not show that rows stand above others.

    `amounts` are those of all rows, in printed order. Two equal amounts below each other show nothing by themselves:
    every row has to stand above others, or one above several.
    """
    if not 0 < len(amounts) <= _MOST_ROWS or total <= 0 or sum(amounts) <= total or min(amounts) < 0:
        return ()
    search = _Search(amounts)
    for found in search.lists(0, total):
        if found.end == len(amounts) and (found.several or found.headed == len(found.tops)):
            return found.tops
    return ()


class _Search:
    def __init__(self, amounts: Sequence[int]) -> None:
        self.amounts = amounts
        self.steps = 0

    def lists(self, first: int, total: int) -> Iterator[_List]:
        """The lists that begin at a row and make a total; rows of nothing may stand anywhere."""
        if total == 0:
            yield _List(first, (), 0, several=False)
        self.steps += 1
        if first >= len(self.amounts) or self.steps > _MOST_STEPS:
            return
        own = self.amounts[first]
        if own > total:
            return
        below = [found for found in self.lists(first + 1, own) if found.tops] if own else []
        for inner in (*below, None):
            for rest in self.lists(inner.end if inner else first + 1, total - own):
                headed = rest.headed + (inner is not None)
                several = rest.several or (inner is not None and (inner.several or len(inner.tops) > 1))
                yield _List(rest.end, (first, *rest.tops), headed, several)
