"""A ViewTable of rows that are no lines of a statement: text, terms, stated changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from budget.matching import matches
from budget.model import MoneyUnit, RowKind
from budget.views.assemble import COLUMN_TYPES, META_SCHEMA, ordered, view_title
from budget.views.provenance import provenance
from budget.views.sources import body_and_year
from budget.views.table import Change, ViewTable, worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from budget.views.sources import Sources
    from budget.views.table import Column

_PLAIN: dict[str, Any] = {"row_kind": RowKind.SOURCE.value, "level": 0, "change": Change.NONE.value}
"""What a row says of itself where it says nothing else."""


def plain_list(
    sources: Sources,
    columns: tuple[Column, ...],
    rows: Sequence[Mapping[str, Any]],
    *,
    notes: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    unit: MoneyUnit = MoneyUnit.WAN,
    decimals: int = 2,
    literally: bool = False,
) -> ViewTable:
    """Lay out rows below columns of ours, the filter and the order of the state applied; each row has a unique `key`.

    The filter looks at `code`, `name` and the texts of `found_by`; `literally` without pinyin initials, for which a
    text is too long.  Columns of `META_SCHEMA` and of `columns` that a row lacks are null.
    """
    state = sources.state
    kept = [row for row in rows if _matches(state.filter, row, literally=literally)] if state.filter else rows
    schema = {**META_SCHEMA, **{column.id: COLUMN_TYPES[column.kind] for column in columns}}
    data = {name: [row.get(name, _PLAIN.get(name)) for row in kept] for name in schema}
    frame = pl.DataFrame(data, schema=schema)
    return ViewTable(
        title=view_title(state, sources.current),
        breadcrumb=(body_and_year(sources.current.head), *places),
        columns=worded(columns),
        frame=ordered(frame, state),
        totals=frame.clear(),
        unit=unit,
        notes=notes,
        decimals=decimals,
        hidden=len(rows) - len(kept),
        provenance=provenance(sources, places, unit),
    )


def _matches(wanted: str, row: Mapping[str, Any], *, literally: bool) -> bool:
    name = row["name"] or ""
    if literally:
        return wanted.casefold() in name.casefold()
    return matches(wanted, row.get("code") or "", name, *row.get("found_by", ()))
