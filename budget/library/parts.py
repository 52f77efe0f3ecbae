"""Parts of the library: immutable files that hold the frames of one or more disclosures as Parquet.

A part is one uncompressed zip archive: `manifest.json`, one Parquet member a frame (all disclosures together, those of
one disclosure side by side), `headline.parquet` with the few cells that a list of disclosures shows, and one Parquet
member of passages a disclosure, so that the text of one disclosure is read without the others'.
One file, so that one rename publishes it whole; the archive's checksums tell a damaged part.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import uuid
import zipfile
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from budget.i18n.language import N_, tr
from budget.library import names
from budget.library.frames import CELLS, SCHEMAS, SHELVED, Frames, Piece
from budget.library.listing import headline
from budget.system.files import put
from budget.system.paths import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FORMAT = 1
"""Raised when an older program could no longer read the archive."""
SCHEMA = hashlib.sha256(repr([(name, list(schema.items())) for name, schema in SCHEMAS.items()]).encode()).hexdigest()
"""What the frames look like; a part with another value is read again from its documents, or conformed."""
SUFFIX = names.PART
TEMPORARY = ".tmp"
MOST_MANIFEST = 1 << 26
"""Bytes: one entry of some hundred bytes a disclosure."""
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, AttributeError, OverflowError),
    *(RuntimeError, MemoryError, pl.exceptions.PolarsError),  # nested too deeply, encrypted, not implemented
    pl.exceptions.PanicException,  # Polars gives up on some Parquet that is none; it is no Exception
)
"""What reading a part raises that was not written by this program."""
ROW_GROUP = 8192
"""Rows that are read together: a disclosure has some hundreds of lines and cells."""
_TOGETHER = [name for name in SCHEMAS if name != "passages"]
_LISTED = ("disclosures", "statements", "notices")
_HEADLINE = "headline"
_SOUGHT = {
    name: pl.Schema({column: SCHEMAS[name][column] for column in columns.split()})
    for name, columns in (
        ("lines", "disclosure_id statement row_no side row_kind resolved_code line_key name project"),
        ("cells", "disclosure_id statement row_no"),
    )
}
"""The columns that a search in all disclosures needs."""


DAMAGED = N_("资料库文件 {} 已损坏，未读取；重新打开原文件即可恢复。")


def damaged(path: Path) -> str:
    """That a part is damaged."""
    return tr(DAMAGED).format(readable(path))


class DamagedPartError(Exception):
    """A part that cannot be read; the message is one plain sentence."""


class Entry(NamedTuple):
    """Facts of a disclosure that a part knows without reading frames."""

    disclosure_id: str
    sha256: str
    loader_version: int
    source_path: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part on the disk: where it is, when it was written (ns, unique by its name) and what it holds."""

    path: Path
    stamp: int
    schema: str
    entries: tuple[Entry, ...] = field(compare=False)


def write(folder: Path, stamp: int, frames: Frames, passages: dict[str, bytes]) -> Part:
    """Write a part to a temporary file, sync it and rename it.

    `passages` are Parquet files by disclosure_id.  Raises OSError (full disk, no permission); nothing is left then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unique = uuid.uuid4().hex[:12]
    temporary = folder / f"{unique}{TEMPORARY}"
    frames = _side_by_side(frames)
    entries = tuple(map(Entry._make, frames.disclosures.select(Entry._fields).iter_rows()))
    manifest = {"format": FORMAT, "schema": SCHEMA, "disclosures": [entry._asdict() for entry in entries]}
    try:
        with temporary.open("xb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False))
                for name in _TOGETHER:
                    archive.writestr(f"{name}.parquet", to_parquet(getattr(frames, name)))
                archive.writestr(f"{_HEADLINE}.parquet", to_parquet(headline(frames.cells)))
                for disclosure_id, content in passages.items():
                    archive.writestr(_passages_member(disclosure_id), content)
            file.flush()
            os.fsync(file.fileno())
        final = folder / f"{stamp:020d}-{unique}{SUFFIX}"
        put(temporary, final, overwrite=True)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return Part(final, stamp, SCHEMA, entries)


def describe(path: Path) -> Part:
    """Read what a part holds; raises DamagedPartError, or FileNotFoundError where another program has swept it."""
    with _reading(path) as archive:
        if archive.getinfo("manifest.json").file_size > MOST_MANIFEST:
            raise DamagedPartError(damaged(path))
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        if manifest["format"] > FORMAT:
            raise DamagedPartError(
                tr("资料库文件 {} 由更新版本的 yusuan 写入，本版本读不了，请升级。").format(readable(path))
            )
        entries = tuple(Entry(**entry) for entry in manifest["disclosures"])
        if not all(map(_is_sound, entries)):
            raise DamagedPartError(damaged(path))
        return Part(path, stamp_of(path), str(manifest["schema"]), entries)


def _is_sound(entry: Entry) -> bool:
    """Whether the facts are of the kinds that a part of ours holds."""
    texts = (entry.disclosure_id, entry.sha256, entry.source_path)
    return all(isinstance(text, str) for text in texts) and type(entry.loader_version) is int


def stamp_of(path: Path) -> int:
    """When a part was written, from its name; 0 where the name says nothing."""
    digits = path.name.split("-")[0]
    return int(digits) if digits.isdecimal() else 0


def read(part: Part, disclosure_ids: Iterable[str], wanted: Sequence[str] = _TOGETHER) -> Frames:
    """Read the wanted frames of disclosures of a part, without passages.

    They are in the present schema; other frames are empty.

    Frames that a part of an older version does not have are empty, too.
    """
    ids = list(disclosure_ids)
    frames: dict[str, Any] = {name: schema.to_frame() for name, schema in SCHEMAS.items()}
    with _reading(part.path) as archive:
        for name in wanted:
            if _has(part, archive, name):
                frames[name] = from_parquet(archive.read(f"{name}.parquet"), SCHEMAS[name])
    if len(ids) < len(part.entries):
        frames = {name: frame.filter(pl.col("disclosure_id").is_in(ids)) for name, frame in frames.items()}
    return Frames(**frames)


def read_listed(part: Part) -> Frames:
    """Read what is listed of the disclosures of a part: no lines and passages, and only the headline cells."""
    with _reading(part.path) as archive:
        held: dict[str, Any] = {name: from_parquet(archive.read(f"{name}.parquet"), SCHEMAS[name]) for name in _LISTED}
        if f"{_HEADLINE}.parquet" in archive.namelist():
            cells = from_parquet(archive.read(f"{_HEADLINE}.parquet"), CELLS)
        else:  # a part from before there were headlines
            cells = headline(from_parquet(archive.read("cells.parquet"), CELLS))
    empty = {name: schema.to_frame() for name, schema in SCHEMAS.items() if name not in _LISTED}
    return Frames(**{**empty, **held, "cells": cells})


def read_rows(part: Part, disclosure_id: str) -> dict[str, pl.DataFrame]:
    """Read the shelved frames of one disclosure; those that a part of an older version does not have are empty."""
    own = pl.col("disclosure_id") == disclosure_id  # only the row groups that may hold them are read
    with _reading(part.path) as archive:
        there = [name for name in SHELVED if _has(part, archive, name)]
        # together, which takes half the time
        found = pl.collect_all([scanned(archive.read(f"{name}.parquet")).filter(own) for name in there])
        empty = {name: SCHEMAS[name].to_frame() for name in SHELVED if name not in there}
        return empty | {name: _conformed(frame, SCHEMAS[name]) for name, frame in zip(there, found, strict=True)}


def _has(part: Part, archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part must have a frame, or has it; some did not exist in older versions."""
    return part.schema == SCHEMA or f"{name}.parquet" in archive.namelist()


def read_sought(part: Part) -> Piece:
    """Read what a search needs."""
    with _reading(part.path) as archive:
        lines, cells = (_columns(archive.read(f"{name}.parquet"), schema) for name, schema in _SOUGHT.items())
        return Piece(lines, cells, from_parquet(archive.read("statements.parquet"), SCHEMAS["statements"]))


def read_passages(part: Part, disclosure_id: str) -> bytes:
    """The passages of one disclosure as a Parquet file."""
    with _reading(part.path) as archive:
        return archive.read(_passages_member(disclosure_id))


def is_complete(part: Part) -> bool:
    """Whether every member of a part is as it was written."""
    try:
        with _reading(part.path) as archive:
            return archive.testzip() is None
    except DamagedPartError:
        return False


def to_parquet(frame: pl.DataFrame) -> bytes:
    """A frame as the content of a Parquet file."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, row_group_size=ROW_GROUP)
    return buffer.getvalue()


def scanned(content: bytes) -> pl.LazyFrame:
    """A Parquet file, of which only what is asked for is read."""
    return pl.scan_parquet(io.BytesIO(content))


def from_parquet(content: bytes, schema: pl.Schema) -> pl.DataFrame:
    """A frame from the content of a Parquet file, in `schema`: columns unknown to the file are null."""
    return _conformed(pl.read_parquet(io.BytesIO(content)), schema)


def _columns(content: bytes, schema: pl.Schema) -> pl.DataFrame:
    """The columns of `schema` from the content of a Parquet file that has more, or lacks some."""
    there = pl.read_parquet_schema(io.BytesIO(content))
    wanted = [name for name in schema if name in there]
    return _conformed(pl.read_parquet(io.BytesIO(content), columns=wanted), schema)


def _side_by_side(frames: Frames) -> Frames:
    """The rows of each disclosure next to one another, in their order, disclosures by their id."""
    return replace(
        frames,
        **{name: getattr(frames, name).sort("disclosure_id", maintain_order=True) for name in SHELVED},
    )


def _conformed(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    if frame.schema == schema:
        return frame
    columns = [
        pl.col(name).cast(dtype, strict=False) if name in frame.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in schema.items()
    ]
    return frame.select(columns)


def _passages_member(disclosure_id: str) -> str:
    return f"passages/{disclosure_id}.parquet"


@contextmanager
def _reading(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a part, and say in one sentence that it is damaged, whatever shows that it is."""
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
        raise DamagedPartError(damaged(path))
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except DAMAGE as error:
        raise DamagedPartError(damaged(path)) from error
