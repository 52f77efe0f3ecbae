"""A disclosure as plain rows, without Polars: what each frame holds, and where it comes from.

Whoever reads a document needs nothing else: rows cross from a worker process as JSON, frames are built where they are
looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_type_hints

from budget.model.records import RECORD_TYPES

if TYPE_CHECKING:
    from budget.model.disclosure import Cell, Disclosure, DisclosureHead, Line, StatementHead

Columns = dict[str, str]
"""Name of each column -> its kind: text, int32, int64, flag, texts (a list), box (a list of numbers)."""
Rows = dict[str, list[tuple[Any, ...]]]
"""Name of each frame -> its rows."""

_KINDS: dict[Any, str] = {int: "int64", int | None: "int64", str: "text", tuple[str, ...]: "texts"}

DISCLOSURES: Columns = {
    "disclosure_id": "text",
    "sha256": "text",
    "body": "text",
    "aliases": "texts",
    "fiscal_year": "int32",
    "phase": "text",
    "edition": "text",
    "title": "text",
    "source_path": "text",
    "source_name": "text",
    "source_format": "text",
    "encoding": "text",
    "line_count": "int64",
    "page_count": "int64",
    "loader_version": "int64",
}
STATEMENTS: Columns = {
    "disclosure_id": "text",
    "statement": "text",
    "table_no": "int32",
    "printed_number": "text",
    "printed_title": "text",
    "flow": "text",
    "fund": "text",
    "kind": "text",
    "version": "text",
    "breakdown": "text",
    "uncertain": "flag",
    "money_unit": "text",
    "unit_stated": "flag",
    "measures": "texts",
    "note": "text",
    "line_from": "int64",
    "line_to": "int64",
    "page_from": "int64",
    "page_to": "int64",
}
LINES: Columns = {
    "disclosure_id": "text",
    "statement": "text",
    "row_no": "int32",
    "side": "text",
    "row_kind": "text",
    "code": "text",
    "resolved_code": "text",
    "line_key": "text",
    "name": "text",
    "label": "text",
    "project": "text",
    "level": "int32",
    "page": "int64",
    "line": "int64",
}
"""Every line of every statement, those without amounts too."""
CELLS: Columns = {
    "disclosure_id": "text",
    "statement": "text",
    "row_no": "int32",
    "side": "text",
    "row_kind": "text",
    "code": "text",
    "resolved_code": "text",
    "line_key": "text",
    "name": "text",
    "project": "text",
    "measure": "text",
    "amount_fen": "int64",
    "half_unit": "int64",
    "printed": "text",
    "column_status": "text",
    "candidates": "texts",
    "solved_by": "texts",
    "page": "int64",
    "line": "int64",
    "box": "box",
    "origin": "text",
    "flow": "text",
    "fund": "text",
    "kind": "text",
    "function": "text",
    "economic": "text",
    "item": "text",
    "unit": "text",
    "version": "text",
    "standard_code": "text",
    "table_no": "int32",
    "column_no": "int32",
    "block": "int32",
    "title": "text",
    "row_path": "texts",
    "column_path": "texts",
}
"""The fact table: one row a printed amount.  `line` is where the amount itself stands."""
PASSAGES: Columns = {
    "disclosure_id": "text",
    "line": "int64",
    "page": "int64",
    "heading": "text",
    "text": "text",
}
NOTICES: Columns = {
    "disclosure_id": "text",
    "severity": "text",
    "statement": "text",
    "line": "int64",
    "text": "text",
    "values": "texts",
}
"""What stands in the places of `text`, see `budget.model.disclosure.Notice`; `spoken` puts both together."""
RECORDS: dict[str, Columns] = {
    name: {"disclosure_id": "text", **{field: _KINDS[hint] for field, hint in get_type_hints(record).items()}}
    for name, record in RECORD_TYPES.items()
}
COLUMNS: dict[str, Columns] = {
    "disclosures": DISCLOSURES,
    "statements": STATEMENTS,
    "lines": LINES,
    "cells": CELLS,
    "passages": PASSAGES,
    "notices": NOTICES,
    **RECORDS,
}
"""Name of each frame -> its columns."""


def rows_of(disclosure: Disclosure) -> Rows:
    """The rows of a disclosure; amounts in fen, lines from 1."""
    key = disclosure.head.disclosure_id
    report = disclosure.report
    line_of = {(line.statement, line.row_no): line for line in disclosure.lines}
    titles = {head.statement: head.printed_title for head in report.statements}
    return {
        "disclosures": [_values(disclosure.head, DISCLOSURES)],
        "statements": [(key, *_values(head, STATEMENTS)) for head in report.statements],
        "lines": [(key, *line) for line in disclosure.lines],
        "cells": [(key, *_labelled(cell, line_of, titles)) for cell in disclosure.cells],
        "passages": [(key, p.line, p.page, p.heading, p.text) for p in disclosure.passages],
        "notices": [(key, n.severity, n.statement, n.line, n.text, n.values) for n in report.notices],
        **{name: [(key, *record) for record in getattr(disclosure.records, name)] for name in RECORDS},
    }


def _values(head: DisclosureHead | StatementHead, columns: Columns) -> tuple[object, ...]:
    """The fields of a head that are columns, in their order."""
    return tuple(getattr(head, name) for name in columns if name in head._fields)


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
