"""The frames of records: a schema each, made from the tuple that its rows are."""

from __future__ import annotations

from typing import Any, get_type_hints

import polars as pl

from budget.records import Allocation, Fact, Indicator, Plan, Project, StatedChange, Term

_DTYPES: dict[Any, pl.DataType | type[pl.DataType]] = {
    int: pl.Int64,
    int | None: pl.Int64,
    str: pl.String,
    tuple[str, ...]: pl.List(pl.String),
}


def _schema(record: type) -> pl.Schema:
    """The columns of a frame of such records, the disclosure first."""
    columns = {name: _DTYPES[hint] for name, hint in get_type_hints(record).items()}
    return pl.Schema({"disclosure_id": pl.String, **columns})


RECORD_SCHEMAS: dict[str, pl.Schema] = {
    "stated_changes": _schema(StatedChange),
    "projects": _schema(Project),
    "allocations": _schema(Allocation),
    "plans": _schema(Plan),
    "indicators": _schema(Indicator),
    "facts": _schema(Fact),
    "terms": _schema(Term),
}
"""Name of each field of `budget.records.Records` -> the schema of its frame."""
