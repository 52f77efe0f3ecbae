"""What one disclosure says besides its statements, as records again, kept while its frames live."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.model.records import Allocation, Fact, Indicator, Plan, Project, Records, StatedChange, Term

if TYPE_CHECKING:
    import polars as pl

    from budget.library.frames import Frames

_TYPES: dict[str, type[NamedTuple]] = {
    "stated_changes": StatedChange,
    "projects": Project,
    "allocations": Allocation,
    "plans": Plan,
    "indicators": Indicator,
    "facts": Fact,
    "terms": Term,
}
_KEPT = 32
"""Disclosures that are kept: those between which a reader goes back and forth."""
_kept: dict[tuple[int, int, str], tuple[weakref.ref[pl.DataFrame], weakref.ref[pl.DataFrame], Records]] = {}


def records_of(frames: Frames, disclosure_id: str) -> Records:
    """The records of a disclosure; none for an unknown id."""
    key = (id(frames.disclosures), id(frames.stated_changes), disclosure_id)
    kept = _kept.get(key)
    # an id may be used again after its frame is gone: only the very same frames count
    if kept is not None and kept[0]() is frames.disclosures and kept[1]() is frames.stated_changes:
        return kept[2]
    own = frames.of(disclosure_id)
    found: dict[str, Any] = {name: _records(type_, getattr(own, name)) for name, type_ in _TYPES.items()}
    while len(_kept) >= _KEPT:
        _kept.pop(next(iter(_kept)), None)
    records = Records(**found)
    _kept[key] = (weakref.ref(frames.disclosures), weakref.ref(frames.stated_changes), records)
    return records


def _records(type_: Any, frame: pl.DataFrame) -> tuple[Any, ...]:  # noqa: ANN401 - any of the types of records
    """The rows of a frame as the tuples that they were made of; lists are tuples there."""
    rows = frame.select(type_._fields).iter_rows()
    return tuple(type_(*(tuple(value) if isinstance(value, list) else value for value in row)) for row in rows)
