"""Which files have been looked at, and what became of them: a small index beside the parts of the library.

It only saves work: without it, or with a damaged one, files are read again.  Programs that write at once overwrite
each other's latest entries, which costs as much.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from budget.library import names
from budget.library.parts import to_parquet
from budget.system.files import ExportError, write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME = names.INDEX
_SCHEMA = pl.Schema(
    {
        "path": pl.Binary,  # as the system has it: a file name need not be text
        "size": pl.Int64,
        "modified": pl.Int64,
        "sha256": pl.String,
        "loader_version": pl.Int64,
        "failure": pl.String,
    }
)


class IndexedFile(NamedTuple):
    """A file as it was when it was last looked at."""

    size: int
    """Bytes."""
    modified: int
    """Nanoseconds, as the system counts them."""
    sha256: str
    loader_version: int
    """Of the loaders that read it, or did not."""
    failure: str = ""
    """Why it was not read, one sentence as `budget.i18n.language.Message` keeps it; "" where it was."""

    def is_of(self, status: os.stat_result) -> bool:
        """Whether the file is unchanged, judged by its size and time."""
        return (self.size, self.modified) == (status.st_size, status.st_mtime_ns)


def read(folder: Path, *, failed: bool = False) -> dict[str, IndexedFile]:
    """The files of the index by their path; with `failed` those not read.

    None where it is missing or damaged.
    """
    with suppress(OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        found = pl.read_parquet((folder / NAME).read_bytes())
        if found.schema == _SCHEMA:
            wanted = found.filter(pl.col("failure") != "") if failed else found
            return {os.fsdecode(path): IndexedFile(*rest) for path, *rest in wanted.iter_rows()}
    return {}


def update(folder: Path, entries: Mapping[str, IndexedFile]) -> None:
    """Put entries into the index and replace those of the same paths. It never fails."""
    if not entries:
        return
    _write(folder, {**read(folder), **entries})


def forget(folder: Path, paths: Iterable[str]) -> None:
    """Take files out of the index; they are looked at again when they are found again. It never fails."""
    gone = set(paths)
    _write(folder, {path: seen for path, seen in read(folder).items() if path not in gone})


def _write(folder: Path, entries: Mapping[str, IndexedFile]) -> None:
    rows: list[tuple[Any, ...]] = [(os.fsencode(path), *_storable(seen)) for path, seen in entries.items()]
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    with suppress(ExportError, OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes(folder / NAME, to_parquet(frame), overwrite=True)


def _storable(seen: IndexedFile) -> IndexedFile:
    return seen._replace(failure=seen.failure.encode(errors="replace").decode())
