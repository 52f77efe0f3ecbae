"""The disclosures by the offices of their bodies.

So those of one body are found among many.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from typing import TYPE_CHECKING

from budget.model.bodies import office

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

_kept: list[tuple[weakref.ref[pl.DataFrame], Mapping[str, Sequence[int]]]] = []


def may_be_of(disclosures: pl.DataFrame, body: str, names: Iterable[str]) -> pl.DataFrame:
    """The disclosures that may be of a body with these names.

    All that `same_body` pairs with one of them are there, and where `body` is "" those that name none.
    """
    rows_of = by_office(disclosures)
    wanted = {office(name) for name in names if name} | (set() if body else {_NO_BODY})
    return disclosures[sorted({row for each in wanted for row in rows_of.get(each, ())})]


_NO_BODY = "\0"
"""What stands for the office of a disclosure that does not say whose it is."""


def by_office(disclosures: pl.DataFrame) -> Mapping[str, Sequence[int]]:
    """The rows by their offices.

    They are kept while this frame lives: ten thousand names take half a second.
    """
    for frame, kept in _kept:
        if frame() is disclosures:
            return kept
    found: dict[str, list[int]] = defaultdict(list)
    names = disclosures.select("body", "aliases").with_row_index().group_by("body", "aliases").agg("index")
    for body, aliases, rows in names.iter_rows():
        offices = {office(name) for name in (body, *(aliases or ())) if name} | (set() if body else {_NO_BODY})
        for each in offices:
            found[each] += rows
    _kept[:] = [(weakref.ref(disclosures), found)]
    return found
