"""The catalogue: the heads of all disclosures and what a list shows of them, gathered from the parts in one file.

Without a catalogue, or with a damaged one, the parts themselves are read.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from budget.library import names, parts
from budget.library.frames import DISCLOSURES
from budget.library.gathered import archive
from budget.library.gathered.archive import Gathered, Stamp
from budget.library.listing import LISTING, listing
from budget.library.parts import Entry, Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VERSION = 1
"""Raised when `listing` says something else of the same frames."""
ROW = pl.Schema({**DISCLOSURES, **LISTING})
"""What is known of a disclosure: its head, and what a list shows of it."""
_MEMBER = "rows.parquet"


class Catalogued(NamedTuple):
    """A part, and a row for each disclosure in it."""

    stamp: Stamp
    part: Part
    rows: pl.DataFrame
    """Schema ROW."""


def described(path: Path) -> Catalogued:
    """Read a part itself.

    Raises:
        DamagedPartError, OSError: it cannot be read.
    """
    stamp = Stamp.of(path.stat())
    part = parts.describe(path)
    held = parts.read_listed(part)
    listed = listing(held.disclosures, held.statements, held.notices, held.cells)
    own = pl.col("disclosure_id").is_in([entry.disclosure_id for entry in part.entries])
    rows = held.disclosures.join(listed, on="disclosure_id", how="left", maintain_order="left").filter(own)
    return Catalogued(stamp, part, rows.select(ROW.names()))


def read(folder: Path) -> dict[str, Catalogued]:
    """What the catalogue says, by the names of the parts; nothing where it does not count."""
    found = archive.read(folder / names.CATALOGUE, _made_with())
    if found is not None:
        with suppress(*parts.DAMAGE):
            rows = parts.from_parquet(found.members[_MEMBER], ROW)
            if not any(count for (count,) in rows.select(Entry._fields).null_count().iter_columns()):
                return _by_part(folder, found, rows)
    return {}


def _by_part(folder: Path, found: Gathered, rows: pl.DataFrame) -> dict[str, Catalogued]:
    entries = list(map(Entry._make, rows.select(Entry._fields).iter_rows()))
    made, start = {}, 0
    for name, size, modified, schema, count in found.of:
        path, end = folder / name, start + count
        part = Part(path, parts.stamp_of(path), schema, tuple(entries[start:end]))
        made[name] = Catalogued(Stamp(size, modified), part, rows[start:end])
        start = end
    return made


def write(folder: Path, every: Sequence[Catalogued]) -> None:
    """Keep what is known of these parts. It never fails."""
    of = [(one.part.path.name, *one.stamp, one.part.schema, one.rows.height) for one in every]
    rows = pl.concat([ROW.to_frame(), *(one.rows for one in every)])
    content = Gathered(_made_with(), of, {_MEMBER: parts.to_parquet(rows)})
    archive.write(folder / names.CATALOGUE, content)


def _made_with() -> dict[str, Any]:
    """A program of another schema has left out what it does not know."""
    return {"version": VERSION, "schema": parts.SCHEMA}
