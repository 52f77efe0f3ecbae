"""The catalogue: what each part of the library holds, at a glance, gathered in one file beside the parts.

It only saves work.  What it says of a part counts only where that file is still the one that was read, by name, size
and time; of others the part itself is read.  Without a catalogue, or with a damaged one, all of them are.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from budget.library import names, parts
from budget.library.frames import DISCLOSURES
from budget.library.listing import LISTING, listing
from budget.library.parts import Entry, Part
from budget.system.files import ExportError, write_bytes

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

VERSION = 1
"""Raised when `listing` says something else of the same frames."""
_OF_PART = pl.Schema(
    {"version": pl.Int64, "part": pl.String, "size": pl.Int64, "modified": pl.Int64, "schema": pl.String}
)
_SCHEMA = pl.Schema({**_OF_PART, **DISCLOSURES, **LISTING})
_ROW = pl.Schema({**DISCLOSURES, **LISTING})
"""What is known of a disclosure: its head, and what a list shows of it."""


class Catalogued(NamedTuple):
    """A part, and a row for each disclosure in it."""

    size: int
    modified: int
    """Time of the file (ns)."""
    part: Part
    rows: pl.DataFrame
    """The columns of DISCLOSURES and LISTING."""

    def is_of(self, status: os.stat_result) -> bool:
        """Whether the file is still the one that was read."""
        return (self.size, self.modified) == (status.st_size, status.st_mtime_ns)


def described(path: Path) -> Catalogued:
    """Read a part itself.

    Raises:
        DamagedPartError, OSError: it cannot be read.
    """
    status = path.stat()
    part = parts.describe(path)
    held = parts.read_listed(part)
    rows = held.disclosures.join(
        listing(held.disclosures, held.statements, held.notices, held.cells),
        on="disclosure_id",
        how="left",
        maintain_order="left",
    )
    own = [entry.disclosure_id for entry in part.entries]
    return Catalogued(
        status.st_size, status.st_mtime_ns, part, rows.filter(pl.col("disclosure_id").is_in(own)).select(_ROW.names())
    )


def read(folder: Path) -> dict[str, Catalogued]:
    """What the catalogue says, by the names of the parts; nothing where it is missing, damaged or another version's."""
    with suppress(OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        found = pl.read_parquet((folder / names.CATALOGUE).read_bytes())
        needed = [*_OF_PART.names(), *Entry._fields]
        if found.schema == _SCHEMA and not any(count for (count,) in found.select(needed).null_count().iter_columns()):
            return _by_part(folder, found.filter(version=VERSION))
    return {}


def _by_part(folder: Path, found: pl.DataFrame) -> dict[str, Catalogued]:
    entries = list(map(Entry._make, found.select(Entry._fields).iter_rows()))
    runs = found.select(pl.struct("part", "size", "modified", "schema").rle().alias("run")).unnest("run")
    rows, made, start = found.select(_ROW.names()), {}, 0
    for length, value in runs.iter_rows():
        name, end = value["part"], start + length
        part = Part(folder / name, parts.stamp_of(folder / name), value["schema"], tuple(entries[start:end]))
        made[name] = Catalogued(value["size"], value["modified"], part, rows[start:end])
        start = end
    return made


def write(folder: Path, every: Iterable[Catalogued]) -> None:
    """Keep what is known of these parts. It never fails."""
    frames = [one.rows.select(*_of_part(one), *_ROW.names()) for one in every]
    content = parts.to_parquet(pl.concat([_SCHEMA.to_frame(), *frames]))
    with suppress(ExportError, OSError):
        write_bytes(folder / names.CATALOGUE, content, overwrite=True)


def _of_part(one: Catalogued) -> list[pl.Expr]:
    """The columns that say which file the rows are of."""
    values = (VERSION, one.part.path.name, one.size, one.modified, one.part.schema)
    return [
        pl.lit(value, dtype=dtype).alias(name) for value, (name, dtype) in zip(values, _OF_PART.items(), strict=True)
    ]
