"""A ViewTable as CSV, JSON or Markdown: every row, totals marked, exact decimals, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from budget.export_raw import raw_frame_csv
from budget.files import ExportError, write_bytes
from budget.model import AmountOrigin, ColumnStatus
from budget.money import format_fen
from budget.sheets import COMPUTED
from budget.views.assemble import scope_title
from budget.views.detail import ORIGIN_WORDS, STATUS_WORDS
from budget.views.sources import sources
from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View
from budget.views.table import Change, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.frames import Frames
    from budget.views.state import ViewState
    from budget.views.table import Column, ViewTable

__all__ = [
    "ENCODINGS",
    "FORMATS",
    "ExportError",
    "neutral",
    "proposed_name",
    "raw_frame_csv",
    "to_bytes",
    "to_csv",
    "to_json",
    "to_markdown",
    "visible",
    "write_bytes",
]

FORMATS = ("csv", "json", "md")
"""The formats of an export; each is also the extension of its files."""
ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
"""Name of an encoding -> the codec; UTF-8 with a byte order mark, so that Excel and WPS know it."""
CHANGE_WORDS = {Change.SAME: "不变", Change.CHANGED: "变动", Change.NEW: "新增", Change.GONE: "取消"}
FACTS = {
    "body": "部门（单位）",
    "fiscal_year": "年度",
    "phase": "阶段",
    "edition": "口径",
    "source": "原文件",
    "sha256": "SHA-256",
    "baseline_body": "对比部门（单位）",
    "baseline_fiscal_year": "对比年度",
    "baseline_phase": "对比阶段",
    "baseline_edition": "对比口径",
    "baseline_source": "对比原文件",
    "baseline_sha256": "对比 SHA-256",
    "view": "视图",
    "scope": "范围",
    "place": "位置",
    "unit": "金额单位",
    "filter": "筛选",
    "sort": "排序",
}
"""What Markdown calls the facts of the provenance."""
TOTAL_WORD, COMPUTED_WORD = "合计", "计算"
ROW_MARK, CHANGE_HEAD, NEAR_HEAD, NOTE_HEAD = "行别", "变化", "近似名称", "说明"
STATUS_HEAD, ORIGIN_HEAD = "column_status", "origin"

# full-width signs too: some spreadsheets take them for the half-width ones
_FORMULA = re.compile(r"[\s\x00-\x20\x7f-\xa0\ufeff]*[=+\-@＝＋－＠]|[\t\r]")
_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")
_FIRST_PICTURE = 0x2400
_LAST_CONTROL = 0x1F
_DELETE = 0x7F
_NAME_BYTES = 200


def to_bytes(table: ViewTable, extension: str, encoding: str = "utf-8") -> bytes:
    """The table in one of `FORMATS`; `encoding` (a key of `ENCODINGS`) counts for CSV, the others are UTF-8."""
    if extension == "json":
        return to_json(table)
    return to_markdown(table) if extension == "md" else to_csv(table, encoding)


def to_csv(table: ViewTable, encoding: str = "utf-8") -> bytes:
    """CSV with one header row and CRLF: amounts as plain numbers in the unit that the header names.

    Every amount is exact.  A column column_status is added where any amount is not simply printed: one status where
    all amounts of the row share it, else id=status for each; a column origin likewise.  `encoding` is a key of
    `ENCODINGS`.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    rows = list(_rows(table))
    statuses = [_shared(row, {column.id: column.status for column in table.columns}) for row, _ in rows]
    origins = [_shared(row, {column.id: column.origin for column in table.columns}) for row, _ in rows]
    extra: list[tuple[str, list[str]]] = [
        (ROW_MARK, [_mark(row, total=total) for row, total in rows]),
        (CHANGE_HEAD, [CHANGE_WORDS.get(Change(row["change"] or ""), "") for row, _ in rows]),
        (NEAR_HEAD, [row["near"] or "" for row, _ in rows]),
        (NOTE_HEAD, [row["note"] or "" for row, _ in rows]),
        (STATUS_HEAD, statuses if set(statuses) - {"", ColumnStatus.PRINTED.value} else []),
        (ORIGIN_HEAD, origins if set(origins) - {"", AmountOrigin.PRINTED.value} else []),
    ]
    extra = [(head, cells) for head, cells in extra if any(cells)]
    heads = [_head(column, table) for column in table.columns]
    writer.writerow([neutral(head) for head in (*heads, *(head for head, _ in extra))])
    for number, (row, _) in enumerate(rows):
        own = [_text(row[column.id], column, table) for column in table.columns]
        writer.writerow([*own, *(neutral(cells[number]) for _, cells in extra)])
    return out.getvalue().encode(ENCODINGS[encoding])


def to_json(table: ViewTable) -> bytes:
    """JSON (UTF-8) with provenance, columns, rows, totals and notes; amounts are decimal texts in the named unit."""
    columns = [
        {"id": column.id, "title": column.title, "kind": column.kind.value}
        | ({"unit": table.unit.value} if column.kind is ColumnKind.AMOUNT else {})
        for column in table.columns
    ]
    document = {
        "title": table.title,
        "breadcrumb": list(table.breadcrumb),
        "provenance": table.provenance,
        "columns": columns,
        "rows": [_object(row, table) for row, total in _rows(table) if not total],
        "totals": [_object(row, table) for row, total in _rows(table) if total],
        "notes": list(table.notes),
        "hidden": table.hidden,
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return (_encodable(text) + "\n").encode("utf-8")


def to_markdown(table: ViewTable) -> bytes:
    """Markdown (UTF-8): heading, table with grouped amounts, notes, provenance."""
    heads = [_head(column, table) for column in table.columns] + [ROW_MARK, NOTE_HEAD]
    numeric = {ColumnKind.AMOUNT, ColumnKind.PERCENT, ColumnKind.SHARE, ColumnKind.INTEGER}
    rule = ["---:" if column.kind in numeric else "---" for column in table.columns] + ["---", "---"]
    known = table.provenance
    against = known.get("baseline_fiscal_year", "")
    if against and known.get("baseline_phase") != known.get("phase"):
        against += known.get("baseline_phase", "")
    title = " › ".join((*table.breadcrumb, table.title)) + (f" 对比 {against}" if against else "")
    lines = ["# " + _escaped(title), "", _line(heads), "| " + " | ".join(rule) + " |"]
    for row, total in _rows(table):
        cells = [_shown(row[column.id], column, table) for column in table.columns]
        lines.append(_line([*cells, _remark(row, total=total), _row_note(row, table)]))
    notes = [*table.notes, *([f"筛选隐去 {table.hidden} 行"] if table.hidden else [])]
    lines += ["", *(f"- {_escaped(note)}" for note in notes)] if notes else []
    facts = ((FACTS.get(name, name), fact) for name, fact in table.provenance.items())
    lines += ["", *(f"- {_escaped(name)}：{_escaped(fact)}" for name, fact in facts), ""]
    return _encodable("\n".join(lines)).encode("utf-8")


def proposed_name(state: ViewState, frames: Frames, extension: str = "csv") -> str:
    """File name with body, year, baseline, view, scope and place; nothing in it that Windows forbids."""
    found = sources(state, frames)
    if state.view is View.LIBRARY:
        parts = [VIEW_TITLES[View.LIBRARY]]
    else:
        head, (year, against) = found.current.head, found.heads
        scoped = state.scope != VIEW_SCOPES[state.view][0] or state.view is View.STATEMENT
        parts = [
            head.body or head.source_name.rpartition(".")[0] or head.source_name,
            year if not against else f"{year}对比{against}",
            VIEW_TITLES[state.view],
            scope_title(state, found.current) if scoped else "",
            found.place,
        ]
    name = "_".join(filter(None, (_file_part(part) for part in parts))) or "预算"
    return name.encode("utf-8")[:_NAME_BYTES].decode("utf-8", errors="ignore").strip(" .") + f".{extension}"


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: control characters visible, an apostrophe before what looks like a formula."""
    return ("'" if _FORMULA.match(text) else "") + visible(text)


def visible(text: str) -> str:
    """Control characters as their pictures (␛ for escape); direction marks and broken characters as �."""
    if text.isprintable():
        return text
    return "".join(_visible(letter) for letter in text)


def _visible(letter: str) -> str:
    code = ord(letter)
    if code <= _LAST_CONTROL:
        return chr(_FIRST_PICTURE + code)
    if code == _DELETE:
        return "␡"
    return "�" if unicodedata.category(letter) in {"Cc", "Cf", "Cs"} else letter


def _encodable(text: str) -> str:
    return "".join("�" if unicodedata.category(letter) == "Cs" else letter for letter in text)


def _rows(table: ViewTable) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every row, the totals last and marked."""
    for row in table.frame.iter_rows(named=True):
        yield row, False
    for row in table.totals.iter_rows(named=True):
        yield row, True


def _mark(row: dict[str, Any], *, total: bool) -> str:
    if total:
        return TOTAL_WORD
    return COMPUTED_WORD if row["row_kind"] == COMPUTED else ""


def _remark(row: dict[str, Any], *, total: bool) -> str:
    return " ".join(filter(None, (_mark(row, total=total), CHANGE_WORDS.get(Change(row["change"] or ""), ""))))


def _row_note(row: dict[str, Any], table: ViewTable) -> str:
    near = f"≈ {row['near']}" if row["near"] else ""
    held: dict[str, list[str]] = {}
    for column in table.columns:
        status = row[column.status] if column.status else None
        if status is not None and status != ColumnStatus.PRINTED:
            held.setdefault(STATUS_WORDS.get(status, status), []).append(column.title)
        origin = row[column.origin] if column.origin else None
        if origin is not None and origin != AmountOrigin.PRINTED:
            held.setdefault(ORIGIN_WORDS.get(origin, origin), []).append(column.title)
    open_ = "，".join(f"{word}：{'、'.join(titles)}" for word, titles in held.items())
    return "；".join(filter(None, (row["note"], near, open_)))


def _head(column: Column, table: ViewTable) -> str:
    return f"{column.title}（{table.unit.value}）" if column.kind is ColumnKind.AMOUNT else column.title


def _text(value: Any, column: Column, table: ViewTable) -> str:  # noqa: ANN401 - a frame's value
    """One field of the CSV: a plain number, or a neutral text."""
    if value is None:
        return ""
    if column.kind is ColumnKind.AMOUNT:
        return format_fen(value, table.unit, table.decimals, grouped=False)
    if column.kind in {ColumnKind.PERCENT, ColumnKind.SHARE}:
        return f"{value:.2f}"
    return str(value) if column.kind is ColumnKind.INTEGER else neutral(value)


def _shown(value: Any, column: Column, table: ViewTable) -> str:  # noqa: ANN401 - a frame's value
    if value is not None and column.kind is ColumnKind.AMOUNT:
        return format_fen(value, table.unit, table.decimals)
    if value is not None and column.kind in {ColumnKind.TEXT, ColumnKind.CODE}:
        return str(value)
    return _text(value, column, table)


def _shared(row: dict[str, Any], names: dict[str, str]) -> str:
    """What these frame columns (column id -> name) say of a row: once where all say the same, else id=... for each."""
    held = {id_: row[name] for id_, name in names.items() if name and row[name] is not None}
    if len(set(held.values())) <= 1:
        return next(iter(held.values()), "")
    return " ".join(f"{id_}={said}" for id_, said in held.items())


def _object(row: dict[str, Any], table: ViewTable) -> dict[str, Any]:
    meta = {name: row[name] for name in ("key", "row_kind", "level", "change", "near", "note", "statement", "row_no")}
    values = {
        column.id: _text(row[column.id], column, table)
        if column.kind is ColumnKind.AMOUNT and row[column.id] is not None
        else row[column.id]
        for column in table.columns
    }
    statuses = {column.id: row[column.status] for column in table.columns if column.status and row[column.status]}
    origins = {column.id: row[column.origin] for column in table.columns if column.origin and row[column.origin]}
    return {**meta, "values": values, "column_status": statuses, **({"origin": origins} if origins else {})}


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", visible(text))


def _file_part(text: str) -> str:
    return _ILLEGAL.sub("", visible(text)).replace(" ", "").replace("�", "").strip(".")
