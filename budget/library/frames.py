"""Disclosures as Polars frames: one schema each, and the one place where they are built."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import polars as pl

from budget.i18n.language import sentence
from budget.library.listing import LISTING, listing
from budget.library.rows import COLUMNS, RECORDS, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from budget.library.gathered.search_index import Sought
    from budget.library.review_notes import Note
    from budget.library.rows import Rows
    from budget.model.disclosure import Disclosure

_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "text": pl.String,
    "int32": pl.Int32,
    "int64": pl.Int64,
    "flag": pl.Boolean,
    "texts": pl.List(pl.String),
    "box": pl.List(pl.Float64),
}
"""Kind of a column in `budget.library.rows` -> its type in a frame."""
SCHEMAS: dict[str, pl.Schema] = {
    name: pl.Schema({column: _TYPES[kind] for column, kind in columns.items()}) for name, columns in COLUMNS.items()
}
"""Name of each frame of `Frames` -> its schema."""
DISCLOSURES, STATEMENTS, LINES = SCHEMAS["disclosures"], SCHEMAS["statements"], SCHEMAS["lines"]
CELLS, PASSAGES, NOTICES = SCHEMAS["cells"], SCHEMAS["passages"], SCHEMAS["notices"]
RECORD_SCHEMAS = {name: SCHEMAS[name] for name in RECORDS}


class Piece(NamedTuple):
    """Rows of some disclosures, with the columns that a search needs."""

    lines: pl.DataFrame
    cells: pl.DataFrame
    statements: pl.DataFrame
    """All columns: what a table is called."""


class Shelf(Protocol):
    """Where rows stand that are too many to be held in memory: all of a whole library but what is listed."""

    def rows(self, disclosure_id: str) -> dict[str, pl.DataFrame]:
        """The frames of one disclosure that are SHELVED, by their names; empty where the shelf does not have it."""

    def passages(self, disclosure_id: str) -> pl.DataFrame:
        """The text of one disclosure; empty where the shelf does not have it."""

    def pieces(self, sought: Sought) -> Iterator[Piece]:
        """Rows of disclosures that may hold it, some hundreds at a time."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one or more disclosures.

    With a shelf all but `disclosures` and `listing` is empty: it is taken from the shelf, one disclosure at a time.
    """

    disclosures: pl.DataFrame
    statements: pl.DataFrame
    lines: pl.DataFrame
    cells: pl.DataFrame
    passages: pl.DataFrame
    notices: pl.DataFrame
    stated_changes: pl.DataFrame = field(default_factory=RECORD_SCHEMAS["stated_changes"].to_frame)
    projects: pl.DataFrame = field(default_factory=RECORD_SCHEMAS["projects"].to_frame)
    allocations: pl.DataFrame = field(default_factory=RECORD_SCHEMAS["allocations"].to_frame)
    plans: pl.DataFrame = field(default_factory=RECORD_SCHEMAS["plans"].to_frame)
    indicators: pl.DataFrame = field(default_factory=RECORD_SCHEMAS["indicators"].to_frame)
    facts: pl.DataFrame = field(default_factory=RECORD_SCHEMAS["facts"].to_frame)
    terms: pl.DataFrame = field(default_factory=RECORD_SCHEMAS["terms"].to_frame)
    listing: pl.DataFrame = field(default_factory=LISTING.to_frame)
    """With a shelf, what a list shows of each disclosure; else empty: see `listed`."""
    shelf: Shelf | None = None
    hidden: frozenset[str] = frozenset()
    """Disclosures that are not listed, and proposed for nothing."""
    samples: frozenset[str] = frozenset()
    """Disclosures that this project wrote: they are compared with one another alone."""
    notes: Sequence[Note] = ()
    """The review notes, where a view lists them."""

    def of(self, disclosure_id: str) -> Frames:
        """All frames of one disclosure; an unknown id gives empty frames."""
        found = self.without_text(disclosure_id)
        return found if self.shelf is None else replace(found, passages=self.shelf.passages(disclosure_id))

    def without_text(self, disclosure_id: str) -> Frames:
        """All frames of one disclosure; a text on the shelf stays there."""
        own = pl.col("disclosure_id") == disclosure_id
        if self.shelf is not None:
            heads, texts = self.disclosures.filter(own), self.passages.filter(own)
            shelved: dict[str, Any] = {**self.shelf.rows(disclosure_id)}
            return Frames(disclosures=heads, passages=texts, **shelved)
        held: dict[str, Any] = {name: getattr(self, name).filter(own) for name in SCHEMAS}
        return Frames(**held)

    def listed(self) -> pl.DataFrame:
        """What a list shows of each disclosure, schema LISTING."""
        if self.shelf is not None:
            return self.listing
        return listing(self.disclosures, self.statements, self.notices, self.cells)

    def with_statements(self) -> set[str]:
        """The disclosures that have statements, by disclosure_id."""
        if self.shelf is not None:
            return set(self.listing.filter(pl.col("statements") > 0)["disclosure_id"])
        return set(self.statements["disclosure_id"])

    def pieces(self, sought: Sought) -> Iterator[Piece]:
        """Rows of disclosures that may hold it, in pieces."""
        if self.shelf is not None:
            return self.shelf.pieces(sought)
        return iter([Piece(self.lines, self.cells, self.statements)])


SHELVED = tuple(name for name in SCHEMAS if name not in {"disclosures", "passages"})
"""The frames that are taken from a shelf, one disclosure at a time; texts are asked for by themselves."""


def frames(disclosures: Iterable[Disclosure]) -> Frames:
    """Build the frames of these disclosures; amounts in fen, lines from 1."""
    made = [from_rows(rows_of(disclosure)) for disclosure in disclosures]
    return made[0] if len(made) == 1 else concat(made)


def concat(parts: list[Frames]) -> Frames:
    """Put frames of different disclosures together, without their shelf; with no parts, empty frames."""
    found: dict[str, Any] = {}
    for name, schema in {**SCHEMAS, "listing": LISTING}.items():
        held = [frame for part in parts if (frame := getattr(part, name)).height]
        found[name] = pl.concat(held) if held else schema.to_frame()
    return Frames(**found)


def renewed(frames: Frames, arrived: Frames) -> Frames:
    """The frames with arrived disclosures in place of former ones. The shelf stays."""
    others = without(frames, arrived.disclosures["disclosure_id"])
    kept = {name: getattr(frames, name) for name in ("shelf", "hidden", "samples", "notes")}
    return replace(concat([others, arrived]), **kept)


def without(frames: Frames, disclosure_ids: Iterable[str]) -> Frames:
    """The frames of the other disclosures, with the same shelf."""
    others = ~pl.col("disclosure_id").is_in(list(disclosure_ids))
    held = (name for name in (*SCHEMAS, "listing") if getattr(frames, name).height)
    kept: dict[str, Any] = {name: getattr(frames, name).filter(others) for name in held}
    return replace(frames, **kept)


def summary(frames: Frames, shelf: Shelf) -> Frames:
    """Frames to keep in memory where other rows lie on a shelf."""
    return shelved(frames.disclosures, frames.listed(), shelf)


def shelved(disclosures: pl.DataFrame, listed: pl.DataFrame, shelf: Shelf) -> Frames:
    """Frames of disclosures whose other rows lie on a shelf."""
    empty: dict[str, Any] = {name: schema.to_frame() for name, schema in SCHEMAS.items()}
    return Frames(**{**empty, "disclosures": disclosures}, listing=listed, shelf=shelf)


def from_rows(rows: Rows) -> Frames:
    """Build the frames of these rows, one list for each frame.

    Raises:
        ValueError, TypeError, OverflowError, pl.exceptions.PolarsError: they are not of its columns.
    """
    found: dict[str, Any] = {name: _frame(schema, rows[name]) for name, schema in SCHEMAS.items()}
    return Frames(**found)


def _frame(schema: pl.Schema, rows: list[tuple[object, ...]]) -> pl.DataFrame:
    if not rows:
        return schema.to_frame()
    columns = zip(*rows, strict=True)
    return pl.DataFrame([_series(name, values, schema[name]) for name, values in zip(schema, columns, strict=True)])


def _series(name: str, values: tuple[Any, ...], dtype: pl.DataType) -> pl.Series:
    """A column; lists are built from their few different values, or from one flat column, because each costs much."""
    if not isinstance(dtype, pl.List):
        return pl.Series(name, list(values), dtype=dtype)
    different = {value: index for index, value in enumerate(dict.fromkeys(values))}
    if 2 * len(different) < len(values):
        chosen = pl.Series(name, [None if value is None else list(value) for value in different], dtype=dtype)
        return chosen.gather([different[value] for value in values])
    lengths = {len(value) if value is not None else 0 for value in values}
    if len(lengths) == 1 and (length := lengths.pop()):
        flat = pl.Series(name, [inner for value in values for inner in value], dtype=dtype.inner)
        return flat.reshape((-1, length)).cast(dtype)
    return pl.Series(name, list(values), dtype=dtype)


def spoken(notices: pl.DataFrame) -> pl.DataFrame:
    """The same notices without `values`: `text` is the sentence in the language of the interface.

    A notice without values, as older versions have kept them, is a sentence already.
    """
    said = [sentence(text or "", values or ()) for text, values in notices.select("text", "values").iter_rows()]
    return notices.with_columns(pl.Series("text", said, dtype=pl.String)).drop("values")
