"""Disclosures as Polars frames: one schema each, and the one place where they are built."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.model import Disclosure

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
        "form": pl.String,
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
        "printed_number": pl.String,
        "printed_title": pl.String,
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
    }
)


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one or more disclosures."""

    disclosures: pl.DataFrame
    statements: pl.DataFrame
    lines: pl.DataFrame
    cells: pl.DataFrame
    passages: pl.DataFrame
    notices: pl.DataFrame


SCHEMAS: dict[str, pl.Schema] = {
    "disclosures": DISCLOSURES,
    "statements": STATEMENTS,
    "lines": LINES,
    "cells": CELLS,
    "passages": PASSAGES,
    "notices": NOTICES,
}
"""Name of each field of `Frames` -> its schema."""


def frames(disclosures: Iterable[Disclosure]) -> Frames:
    """Build the frames of these disclosures; amounts in fen, lines from 1."""
    return concat([_frames_of(disclosure) for disclosure in disclosures])


def concat(parts: list[Frames]) -> Frames:
    """Put frames of different disclosures together; with no parts, empty frames."""
    empty = Frames(**{name: schema.to_frame() for name, schema in SCHEMAS.items()})
    return Frames(
        **{field.name: pl.concat([getattr(part, field.name) for part in [empty, *parts]]) for field in fields(Frames)}
    )


def _frames_of(disclosure: Disclosure) -> Frames:
    key = disclosure.head.disclosure_id
    lines = _frame(LINES, [(key, *line) for line in disclosure.lines])
    measured = CELLS.to_frame()
    if disclosure.cells:
        own = ["statement", "row_no", "measure", "amount_fen", "half_unit", "printed", "column_status"]
        own += ["candidates", "solved_by", "page", "line", "box"]
        cells = pl.DataFrame(
            [tuple(_plain(value) for value in cell) for cell in disclosure.cells],
            schema={name: CELLS[name] for name in own},
            orient="row",
        )
        labels = lines.drop("label", "level", "page", "line")
        measured = cells.join(labels, on=["statement", "row_no"], how="left", maintain_order="left")
        measured = measured.select(CELLS.names())
    return Frames(
        disclosures=_frame(DISCLOSURES, [disclosure.head.model_dump()]),
        statements=_frame(
            STATEMENTS, [{"disclosure_id": key, **head.model_dump()} for head in disclosure.report.statements]
        ),
        lines=lines,
        cells=measured,
        passages=_frame(PASSAGES, [(key, p.line, p.page, p.heading, p.text) for p in disclosure.passages]),
        notices=_frame(NOTICES, [{"disclosure_id": key, **n.model_dump()} for n in disclosure.report.notices]),
    )


def _frame(schema: pl.Schema, rows: list) -> pl.DataFrame:  # type: ignore[type-arg]
    plain = [{name: _plain(value) for name, value in row.items()} if isinstance(row, dict) else row for row in rows]
    return pl.DataFrame(plain, schema=schema, orient="row").select(schema.names())


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
