"""Disclosures as Polars frames: one schema each, and the one place where they are built."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, get_type_hints

import polars as pl

from budget.i18n.language import sentence
from budget.model.disclosure import RowKind, StatementId
from budget.model.records import Allocation, Fact, Indicator, Plan, Project, StatedChange, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from budget.model.disclosure import Cell, Disclosure, Line

_DTYPES: dict[Any, pl.DataType | type[pl.DataType]] = {
    int: pl.Int64,
    int | None: pl.Int64,
    str: pl.String,
    tuple[str, ...]: pl.List(pl.String),
}


def _record_schema(record: type) -> pl.Schema:
    """The columns of a frame of such records, the disclosure first."""
    columns = {name: _DTYPES[hint] for name, hint in get_type_hints(record).items()}
    return pl.Schema({"disclosure_id": pl.String, **columns})


RECORD_SCHEMAS: dict[str, pl.Schema] = {
    "stated_changes": _record_schema(StatedChange),
    "projects": _record_schema(Project),
    "allocations": _record_schema(Allocation),
    "plans": _record_schema(Plan),
    "indicators": _record_schema(Indicator),
    "facts": _record_schema(Fact),
    "terms": _record_schema(Term),
}
"""Name of each field of `budget.model.records.Records` -> the schema of its frame."""


BOX = pl.List(pl.Float64)


def _schema(columns: dict[str, pl.DataType | type[pl.DataType]]) -> pl.Schema:
    """A schema; the annotation tells the type checker what the dictionary holds."""
    return pl.Schema(columns)


DISCLOSURES = _schema(
    {
        "disclosure_id": pl.String,
        "sha256": pl.String,
        "body": pl.String,
        "aliases": pl.List(pl.String),
        "fiscal_year": pl.Int32,
        "phase": pl.String,
        "edition": pl.String,
        "title": pl.String,
        "source_path": pl.String,
        "source_name": pl.String,
        "source_format": pl.String,
        "encoding": pl.String,
        "line_count": pl.Int64,
        "page_count": pl.Int64,
        "loader_version": pl.Int64,
    }
)
STATEMENTS = _schema(
    {
        "disclosure_id": pl.String,
        "statement": pl.String,
        "table_no": pl.Int32,
        "printed_number": pl.String,
        "printed_title": pl.String,
        "flow": pl.String,
        "fund": pl.String,
        "kind": pl.String,
        "version": pl.String,
        "breakdown": pl.String,
        "uncertain": pl.Boolean,
        "money_unit": pl.String,
        "unit_stated": pl.Boolean,
        "measures": pl.List(pl.String),
        "note": pl.String,
        "line_from": pl.Int64,
        "line_to": pl.Int64,
        "page_from": pl.Int64,
        "page_to": pl.Int64,
    }
)
LINES = _schema(
    {
        "disclosure_id": pl.String,
        "statement": pl.String,
        "row_no": pl.Int32,
        "side": pl.String,
        "row_kind": pl.String,
        "code": pl.String,
        "resolved_code": pl.String,
        "line_key": pl.String,
        "name": pl.String,
        "label": pl.String,
        "project": pl.String,
        "level": pl.Int32,
        "page": pl.Int64,
        "line": pl.Int64,
    }
)
"""Every line of every statement, those without amounts too."""
CELLS = _schema(
    {
        "disclosure_id": pl.String,
        "statement": pl.String,
        "row_no": pl.Int32,
        "side": pl.String,
        "row_kind": pl.String,
        "code": pl.String,
        "resolved_code": pl.String,
        "line_key": pl.String,
        "name": pl.String,
        "project": pl.String,
        "measure": pl.String,
        "amount_fen": pl.Int64,
        "half_unit": pl.Int64,
        "printed": pl.String,
        "column_status": pl.String,
        "candidates": pl.List(pl.String),
        "solved_by": pl.List(pl.String),
        "page": pl.Int64,
        "line": pl.Int64,
        "box": BOX,
        "origin": pl.String,
        "flow": pl.String,
        "fund": pl.String,
        "kind": pl.String,
        "function": pl.String,
        "economic": pl.String,
        "item": pl.String,
        "unit": pl.String,
        "version": pl.String,
        "standard_code": pl.String,
        "table_no": pl.Int32,
        "column_no": pl.Int32,
        "block": pl.Int32,
        "title": pl.String,
        "row_path": pl.List(pl.String),
        "column_path": pl.List(pl.String),
    }
)
"""The fact table: one row a printed amount.  `line` is where the amount itself stands."""
PASSAGES = _schema(
    {
        "disclosure_id": pl.String,
        "line": pl.Int64,
        "page": pl.Int64,
        "heading": pl.String,
        "text": pl.String,
    }
)
NOTICES = _schema(
    {
        "disclosure_id": pl.String,
        "severity": pl.String,
        "statement": pl.String,
        "line": pl.Int64,
        "text": pl.String,
        "values": pl.List(pl.String),
    }
)
"""What stands in the places of `text`, see `budget.model.disclosure.Notice`; `spoken` puts both together."""


class Shelf(Protocol):
    """Where rows stand that are too many to be held in memory: the lines and cells of a whole library."""

    def rows(self, disclosure_id: str) -> dict[str, pl.DataFrame]:
        """The frames of one disclosure that are SHELVED, by their names; empty where the shelf does not have it."""

    def pieces(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """The lines and the cells of all disclosures, some hundreds at a time, in the columns that a search needs."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one or more disclosures.

    With a shelf `cells` holds what a list of disclosures shows of each (see `headline`), and all but HELD is empty; the
    rest is taken from the shelf, one disclosure at a time.
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
    shelf: Shelf | None = None

    def of(self, disclosure_id: str) -> Frames:
        """All frames of one disclosure; an unknown id gives empty frames."""
        own = pl.col("disclosure_id") == disclosure_id
        held: dict[str, Any] = {name: getattr(self, name).filter(own) for name in SCHEMAS}
        if self.shelf is not None:
            held |= self.shelf.rows(disclosure_id)
        return Frames(**held)

    def pieces(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """The lines and cells of all disclosures, as many at a time as memory holds."""
        return iter([(self.lines, self.cells)]) if self.shelf is None else self.shelf.pieces()


SCHEMAS: dict[str, pl.Schema] = {
    "disclosures": DISCLOSURES,
    "statements": STATEMENTS,
    "lines": LINES,
    "cells": CELLS,
    "passages": PASSAGES,
    "notices": NOTICES,
    **RECORD_SCHEMAS,
}
"""Name of each frame of `Frames` -> its schema."""
HELD = ("disclosures", "statements", "notices")
"""The frames that are held in memory for a whole library."""
SHELVED = tuple(name for name in SCHEMAS if name not in {*HELD, "passages"})
"""Those that are taken from its shelf, one disclosure at a time; texts are asked for by themselves."""


def frames(disclosures: Iterable[Disclosure]) -> Frames:
    """Build the frames of these disclosures; amounts in fen, lines from 1."""
    made = [_frames_of(disclosure) for disclosure in disclosures]
    return made[0] if len(made) == 1 else concat(made)


def concat(parts: list[Frames]) -> Frames:
    """Put frames of different disclosures together, those without a shelf; with no parts, empty frames."""
    nothing: dict[str, Any] = {name: schema.to_frame() for name, schema in SCHEMAS.items()}
    found: dict[str, Any] = {
        name: pl.concat([getattr(part, name) for part in [Frames(**nothing), *parts]]) for name in SCHEMAS
    }
    return Frames(**found)


def without(frames: Frames, disclosure_ids: Iterable[str]) -> Frames:
    """The frames of the other disclosures, with the same shelf."""
    others = ~pl.col("disclosure_id").is_in(list(disclosure_ids))
    kept: dict[str, Any] = {name: getattr(frames, name).filter(others) for name in SCHEMAS}
    return replace(frames, **kept)


def headline(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells that a list of disclosures needs of each: the grand totals of the first table."""
    return cells.filter(
        (pl.col("statement") == StatementId.REVENUE_EXPENDITURE_SUMMARY.value)
        & (pl.col("row_kind") == RowKind.GRAND_TOTAL.value)
    )


def summary(frames: Frames, shelf: Shelf) -> Frames:
    """What is held in memory of frames whose other rows stand on a shelf."""
    held: dict[str, Any] = {
        name: getattr(frames, name) if name in HELD else schema.to_frame() for name, schema in SCHEMAS.items()
    }
    return Frames(**{**held, "cells": headline(frames.cells), "shelf": shelf})


def _frames_of(disclosure: Disclosure) -> Frames:
    key = disclosure.head.disclosure_id
    report = disclosure.report
    line_of = {(line.statement, line.row_no): line for line in disclosure.lines}
    titles = {head.statement: head.printed_title for head in report.statements}
    records: dict[str, Any] = {
        name: _frame(schema, [(key, *record) for record in getattr(disclosure.records, name)])
        for name, schema in RECORD_SCHEMAS.items()
    }
    return Frames(
        disclosures=_frame(DISCLOSURES, [_values(disclosure.head, DISCLOSURES)]),
        statements=_frame(STATEMENTS, [(key, *_values(head, STATEMENTS)) for head in report.statements]),
        lines=_frame(LINES, [(key, *line) for line in disclosure.lines]),
        cells=_frame(CELLS, [(key, *_labelled(cell, line_of, titles)) for cell in disclosure.cells]),
        passages=_frame(PASSAGES, [(key, p.line, p.page, p.heading, p.text) for p in disclosure.passages]),
        notices=_frame(NOTICES, [(key, n.severity, n.statement, n.line, n.text, n.values) for n in report.notices]),
        **records,
    )


def _values(model: BaseModel, schema: pl.Schema) -> tuple[object, ...]:
    """The fields of a model that the schema has, in its order."""
    return tuple(getattr(model, name) for name in schema if name in type(model).model_fields)


def _labelled(cell: Cell, line_of: dict[tuple[str, int], Line], titles: dict[str, str]) -> tuple[object, ...]:
    """A cell with what its line says: the columns of CELLS behind the disclosure_id."""
    line = line_of[cell.statement, cell.row_no]
    own = cell.coordinates
    return (
        cell.statement,
        cell.row_no,
        line.side,
        line.row_kind,
        line.code,
        line.resolved_code,
        line.line_key,
        line.name,
        own.project or line.project,
        cell.measure,
        cell.amount_fen,
        cell.half_unit,
        cell.printed,
        cell.column_status,
        cell.candidates,
        cell.solved_by,
        cell.page,
        cell.line,
        cell.box,
        cell.origin,
        own.flow,
        own.fund,
        own.kind,
        own.function,
        own.economic,
        own.item,
        own.unit,
        own.version,
        cell.standard_code,
        cell.table_no,
        cell.column_no,
        cell.block,
        titles.get(cell.statement, ""),
        cell.row_path,
        cell.column_path,
    )


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
