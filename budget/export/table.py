"""A ViewTable as CSV, JSON, Markdown, XLSX or SVG: every row, totals marked, exact, nothing that a spreadsheet runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from budget.export import rows
from budget.export.frame_csv import raw_frame_csv
from budget.export.rows import (
    CHANGE_HEAD,
    FINDING_HEAD,
    NEAR_HEAD,
    NOTE_HEAD,
    ROW_MARK,
    all_notes,
    change,
    escaped,
    facts_of,
    full_title,
    mark,
    markdown_table,
    neutral,
    plain,
    row_note,
    rows_of,
    speaking,
    view_rows,
    visible,
)
from budget.export.svg import to_svg
from budget.export.xlsx import to_xlsx
from budget.i18n.language import N_, tr
from budget.model.disclosure import AmountOrigin, ColumnStatus
from budget.model.money import unit_title
from budget.system.files import ExportError, write_bytes
from budget.system.paths import fit
from budget.system.patterns import lazy_pattern
from budget.views.build import scope_title
from budget.views.english import spoken
from budget.views.row.detail import ORIGIN_WORDS, STATUS_WORDS
from budget.views.sources import sources
from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View
from budget.views.table import FINDING, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from budget.library.frames import Frames
    from budget.views.state import ViewState
    from budget.views.table import Column, ViewTable

__all__ = [
    "ENCODINGS",
    "FORMATS",
    "WITHOUT_NOTES",
    "ExportError",
    "all_notes",
    "full_title",
    "neutral",
    "proposed_name",
    "raw_frame_csv",
    "to_bytes",
    "to_csv",
    "to_json",
    "to_markdown",
    "to_xlsx",
    "visible",
    "write_bytes",
]

FORMATS = ("csv", "xlsx", "json", "md", "svg")
"""The formats of an export; each is also the extension of its files."""
WITHOUT_NOTES = frozenset({"csv", "svg"})
"""The formats that have no place for the notes of a view: they are said beside the file."""
ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
"""Name of an encoding -> the codec; UTF-8 with a byte order mark, so that Excel and WPS know it."""
STATUS_HEAD, ORIGIN_HEAD = N_("所在列"), N_("数字来源")

PRINTED_WORD = STATUS_WORDS[ColumnStatus.PRINTED.value]
_ORIGINS = {**ORIGIN_WORDS, AmountOrigin.PRINTED.value: PRINTED_WORD}

_ILLEGAL = lazy_pattern(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_NAME_BYTES = 200


def to_bytes(table: ViewTable, extension: str, encoding: str = "utf-8", *, on: date | None = None) -> bytes:
    """The table in one of `FORMATS`; `encoding` (a key of `ENCODINGS`) counts for CSV, `on` (the date) for XLSX."""
    if extension == "xlsx":
        return to_xlsx([table], on)
    if extension == "json":
        return to_json(table)
    if extension == "svg":
        return to_svg(table)
    return to_markdown(table) if extension == "md" else to_csv(table, encoding)


def to_csv(table: ViewTable, encoding: str = "utf-8") -> bytes:
    """CSV with one header row and CRLF: amounts as plain numbers in the unit that the header names.

    Every amount is exact.  A column says how sure the columns are where any amount is not simply printed: one word
    where all amounts of the row share it, else title=word for each; one on the origin likewise.  `encoding` is a key
    of `ENCODINGS`.
    """
    held = list(rows_of(table))
    statuses = [_shared(row, table, STATUS_WORDS, lambda column: column.status) for row, _ in held]
    origins = [_shared(row, table, _ORIGINS, lambda column: column.origin) for row, _ in held]
    marks = speaking(
        [
            (tr(ROW_MARK), [mark(row, total=total) for row, total in held]),
            (tr(CHANGE_HEAD), [change(row) for row, _ in held]),
            (tr(NEAR_HEAD), [row["near"] or "" for row, _ in held]),
            (tr(NOTE_HEAD), [row["note"] or "" for row, _ in held]),
            (tr(FINDING_HEAD), [row.get(FINDING) or "" for row, _ in held]),
            (tr(STATUS_HEAD), statuses if set(statuses) - {"", tr(PRINTED_WORD)} else []),
            (tr(ORIGIN_HEAD), origins if set(origins) - {"", tr(PRINTED_WORD)} else []),
        ]
    )
    return rows.to_csv(view_rows(table, marks), ENCODINGS[encoding])


def to_json(table: ViewTable) -> bytes:
    """JSON (UTF-8) with provenance, columns, rows, totals and notes; amounts are decimal texts in the named unit."""
    columns = [
        {"id": column.id, "title": column.title, "kind": column.kind.value}
        | ({"unit": unit_title(table.unit)} if column.kind is ColumnKind.AMOUNT else {})
        for column in table.columns
    ]
    document = {
        "title": table.title,
        "breadcrumb": list(table.breadcrumb),
        "provenance": table.provenance,
        "columns": columns,
        "rows": [_object(row, table) for row, total in rows_of(table) if not total],
        "totals": [_object(row, table) for row, total in rows_of(table) if total],
        "notes": list(table.notes),
        "hidden": table.hidden,
    }
    return rows.to_json(document)


def to_markdown(table: ViewTable) -> bytes:
    """Markdown (UTF-8): heading, table with grouped amounts, notes, provenance."""
    held = list(rows_of(table))
    kinds = [" ".join(filter(None, (mark(row, total=total), change(row)))) for row, total in held]
    marks = [(tr(ROW_MARK), kinds), (tr(NOTE_HEAD), [row_note(row, table) for row, _ in held])]
    lines = ["# " + escaped(full_title(table)), "", *markdown_table(view_rows(table, marks, grouped=True))]
    notes = all_notes(table)
    lines += ["", *(f"- {escaped(note)}" for note in notes)] if notes else []
    lines += ["", *("- " + tr("{0}：{1}").format(escaped(name), escaped(fact)) for name, fact in facts_of(table))]
    return rows.to_markdown(lines)


def proposed_name(state: ViewState, frames: Frames, extension: str = "csv") -> str:
    """File name with body, year, baseline, view, scope and place; nothing in it that Windows forbids."""
    found = sources(state, frames)
    if state.view is View.LIBRARY:
        parts = [tr(VIEW_TITLES[View.LIBRARY])]
    else:
        own, (year, other) = found.current.head, found.titles
        scoped = state.scope != VIEW_SCOPES[state.view][0] or state.view is View.STATEMENT
        parts = [
            own.body or own.source_name.rpartition(".")[0] or own.source_name,
            year if not other else tr("{0}对比{1}").format(year, other),
            tr(VIEW_TITLES[state.view]),
            scope_title(state, found.current) if scoped else "",
            found.place,
        ]
    name = "_".join(filter(None, (_file_part(part) for part in parts))) or tr("预算")
    name = name.encode("utf-8")[:_NAME_BYTES].decode("utf-8", errors="ignore")
    return f"{fit(name)}.{extension}"


def _shared(row: dict[str, Any], table: ViewTable, words: Mapping[str, str], of: Callable[[Column], str]) -> str:
    """What the columns named by `of` say of a row: once where all say the same, else title=... for each."""
    named = [(column.title, row[of(column)]) for column in table.columns if of(column)]
    said = [(title, tr(words.get(value, value))) for title, value in named if value is not None]
    if len({word for _, word in said}) <= 1:
        return next((word for _, word in said), "")
    return " ".join(f"{title}={word}" for title, word in said)


def _object(row: dict[str, Any], table: ViewTable) -> dict[str, Any]:
    meta = {name: row[name] for name in ("key", "row_kind", "level", "change", "near", "note", "statement", "row_no")}
    values = {
        column.id: plain(row, column, table)
        if column.kind is ColumnKind.AMOUNT and row[column.id] is not None
        else row[column.id]
        for column in table.columns
    }
    statuses = {column.id: row[column.status] for column in table.columns if column.status and row[column.status]}
    origins = {column.id: row[column.origin] for column in table.columns if column.origin and row[column.origin]}
    meta |= {FINDING: row[FINDING]} if row.get(FINDING) else {}
    return {**meta, "values": values, "column_status": statuses, **({"origin": origins} if origins else {})}


def _file_part(text: str) -> str:
    return _ILLEGAL.sub("", visible(text)).replace(" ", "-" if spoken() else "").replace("�", "").strip(".")
