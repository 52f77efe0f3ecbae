"""What one disclosure says besides its statements, as records again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from budget.model.records import RECORD_TYPES, Records

if TYPE_CHECKING:
    import polars as pl

    from budget.library.frames import Frames


def records_in(own: Frames) -> Records:
    """The records in the frames of one disclosure."""
    found: dict[str, Any] = {name: _records(type_, getattr(own, name)) for name, type_ in RECORD_TYPES.items()}
    return Records(**found)


def _records(type_: Any, frame: pl.DataFrame) -> tuple[Any, ...]:  # noqa: ANN401 - any of the types of records
    """The rows of a frame as the tuples that they were made of; lists are tuples there."""
    rows = frame.select(type_._fields).iter_rows()
    return tuple(type_(*(tuple(value) if isinstance(value, list) else value for value in row)) for row in rows)
