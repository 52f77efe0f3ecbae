"""The search index: which parts hold which names and codes, gathered from the parts in one file.

It tells which parts need not be looked in; what is found comes from the lines themselves.
"""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from budget.library import names, parts
from budget.library.gathered import archive
from budget.library.gathered.archive import Gathered, Stamp
from budget.library.texts import normalised
from budget.model.disclosure import ENDS
from budget.model.matching import initials, is_initials, pinyin_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from budget.library.gathered.catalogue import Catalogued

VERSION = 1
"""Raised when other texts are kept of the same lines."""
BATCH = 64
"""Parts that are taken into the index together."""
PLACE = ["disclosure_id", "statement", "row_no"]
"""The columns that tell which line a cell stands in."""
IS_END = pl.col("row_kind").is_in(sorted(ENDS))
"""Whether a line is a total, which nobody looks for."""
_TEXTS = pl.Schema({"text": pl.String, "is_code": pl.Boolean})
_SCHEMA = pl.Schema([*_TEXTS.items(), ("initials", pl.String()), ("parts", pl.List(pl.UInt32))])
_MEMBER = "texts.parquet"
_PINYIN = "pinyin"


class Sought(NamedTuple):
    """What is looked for."""

    wanted: str
    """A normalised text: part of a name or of its initials, or the beginning of a code."""
    also: frozenset[str] = frozenset()
    """Names, normalised, and codes that are meant by it, too."""


class Holders(NamedTuple):
    """Where something may be found, as far as the index knows."""

    known: Mapping[str, Stamp] = {}
    """The parts that it knows."""
    found: frozenset[str] = frozenset()
    """Those of them that hold it."""

    def excludes(self, one: Catalogued) -> bool:
        """Whether a part does not hold it."""
        name = one.part.path.name
        return self.known.get(name) == one.stamp and name not in self.found


def holders(folder: Path, sought: Sought) -> Holders:
    """The parts in which something may be found; without an index, none is known."""
    index = archive.read(folder / names.SEARCH_INDEX, _made_with())
    if index is None:
        return Holders()
    by_initials = is_initials(sought.wanted)
    with suppress(*parts.DAMAGE):
        if by_initials and json.loads(index.members[_PINYIN]) != pinyin_version():
            return Holders()
        is_code, text = pl.col("is_code"), pl.col("text")
        matches = text.str.contains(sought.wanted, literal=True)
        if by_initials:
            matches |= pl.col("initials").str.contains(sought.wanted, literal=True)
        matches &= ~is_code | text.str.starts_with(sought.wanted)
        if sought.also:
            matches |= text.is_in(sorted(sought.also))
        rows = parts.scanned(index.members[_MEMBER]).filter(matches).select(pl.col("parts").explode().unique())
        order = [str(name) for name, *_ in index.of]  # one that was changed stands there twice
        return Holders(index.stamps(), frozenset(order[number] for (number,) in rows.collect().iter_rows()))
    return Holders()


def known(folder: Path, every: Sequence[Catalogued]) -> frozenset[str]:
    """The names of those of these parts that the index knows."""
    return _alive(_unless_outdated(archive.read(folder / names.SEARCH_INDEX, _made_with()), every), every)


def update(folder: Path, every: Sequence[Catalogued], stopped: Callable[[], bool]) -> frozenset[str]:
    """Take some further parts into the index.

    Returns the names of those that it knows then.  Where it is stopped, it stays as it was; parts that are gone stay in
    it until they are the greater part.
    """
    before = _unless_outdated(archive.read(folder / names.SEARCH_INDEX, _made_with()), every)
    held = _alive(before, every)
    of = list(before.of)
    found = [pl.DataFrame(schema={**_TEXTS, "parts": pl.UInt32})]
    for one in [one for one in every if one.part.path.name not in held][:BATCH]:
        if stopped():
            return held
        with suppress(OSError, parts.DamagedPartError):  # it stays unknown, and is looked in
            number = pl.lit(len(of), dtype=pl.UInt32).alias("parts")
            piece = parts.read_sought(one.part)
            found.append(_texts(piece.lines, piece.cells).with_columns(number))
            of.append((one.part.path.name, *one.stamp))
    texts = pl.concat(found).group_by(_TEXTS.names(), maintain_order=True).agg("parts")
    spelt = []
    for text, is_code in texts.select(_TEXTS.names()).iter_rows():
        if stopped():
            return held
        spelt.append("" if is_code else initials(text))
    rows = [texts.with_columns(pl.Series("initials", spelt, dtype=pl.String)).select(_SCHEMA.names())]
    if before.members:
        rows.insert(0, parts.from_parquet(before.members[_MEMBER], _SCHEMA))
    members = {_MEMBER: parts.to_parquet(pl.concat(rows)), _PINYIN: json.dumps(pinyin_version()).encode()}
    archive.write(folder / names.SEARCH_INDEX, Gathered(_made_with(), of, members))
    return held | {str(name) for name, *_ in of[len(before.of) :]}


def _unless_outdated(index: Gathered | None, every: Sequence[Catalogued]) -> Gathered:
    """The index to go on from: an empty one where most of its parts are gone, or initials are spelt otherwise."""
    empty = Gathered(_made_with(), (), {})
    if index is None:
        return empty
    with suppress(*parts.DAMAGE):
        if 2 * len(_alive(index, every)) >= len(index.of) and json.loads(index.members[_PINYIN]) == pinyin_version():
            parts.from_parquet(index.members[_MEMBER], _SCHEMA)
            return index
    return empty


def _alive(index: Gathered, every: Sequence[Catalogued]) -> frozenset[str]:
    stamps = index.stamps()
    return frozenset(one.part.path.name for one in every if stamps.get(one.part.path.name) == one.stamp)


def _texts(lines: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The names and codes of lines with amounts, each once, schema _TEXTS."""
    placed = lines.filter(~IS_END).join(cells, on=PLACE, how="semi")
    is_project = pl.col("project").fill_null("") != ""
    # the English of a line without a code is that of its label, the last part of its key
    label = pl.col("line_key").str.split("/").list.last()
    named = placed.select(pl.when(is_project).then("project").otherwise("name").alias("text"))
    labels = placed.filter(~is_project).select(text=label)
    normal = normalised(pl.concat([named, labels])["text"].unique())
    words = normal.to_frame("text").with_columns(is_code=False)
    codes = placed.select(text="resolved_code").with_columns(is_code=True)
    return pl.concat([words, codes]).filter(pl.col("text") != "").unique(maintain_order=True)


def _made_with() -> dict[str, Any]:
    return {"version": VERSION, "unicode": unicodedata.unidata_version}
