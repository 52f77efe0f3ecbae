"""Review notes on the screen: what a row stands for, the marks of noted rows, and the list of all notes.

The checks and their wording are imported where a finding is meant: the first screen needs none.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from budget.checks.cache import checked
from budget.i18n.language import N_, joined, tr
from budget.library.review_notes import Kind, Target, status_title
from budget.model.matching import matches
from budget.reading.disclosure import opened
from budget.views.build import COLUMN_TYPES, META_SCHEMA, NAME, ordered
from budget.views.locate import state_of_line
from budget.views.sources import body_and_year, year_text
from budget.views.state import VIEW_TITLES, View, ViewState
from budget.views.table import Change, Column, ColumnKind, ViewTable, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from budget.checks.rule import Finding
    from budget.library.frames import Frames
    from budget.library.review_notes import Note
    from budget.reading.rows import Head
    from budget.views.sources import Sources

KINDS = {Kind.DOCUMENT: N_("资料"), Kind.ROW: N_("行"), Kind.FINDING: N_("核对结果")}
STATUS = Column("status", N_("记录"), ColumnKind.TEXT)
YEAR = Column("year", N_("年度"), ColumnKind.CODE)
TAG = Column("tag", N_("标签"), ColumnKind.TEXT)
WHAT = Column(NAME.id, N_("所记内容和意见"), ColumnKind.TEXT)
FURTHER = tuple(
    Column(id_, title, ColumnKind.TEXT, drawn=False)
    for id_, title in (
        ("body", N_("部门（单位）")),
        ("kind", N_("类别")),
        ("label", N_("所记内容")),
        ("comment", N_("意见")),
        ("changed", N_("时间")),
    )
)
NO_NOTES = N_("还没有审查记录")
_BETWEEN = "\t"
_ANCHOR_LETTERS = 20
_OTHER = "view:"
"""Begins the anchor of a row that is no line of a statement."""


# What a row stands for


def target_of(state: ViewState, table: ViewTable, frames: Frames, key: str) -> Target | None:
    """What a note on the row with this key is about; None where there is nothing.

    On a screen without rows it is the document.
    """
    row = _row(table, key)
    if state.view is View.LIBRARY:
        return None if row is None else document_target(opened(frames, key).head)
    head = opened(frames, state.disclosure).head
    if row is None:
        return document_target(head) if head.known else None
    if state.view is View.FINDINGS:
        from budget.views.findings import finding_at

        found = finding_at(checked(frames, state.disclosure, state.baseline), key)
        return None if found is None else finding_target(head, found[0])
    theirs = row["row_no"] is None and row["baseline_row_no"] is not None
    if theirs:
        head = opened(frames, state.baseline).head
    anchor = _anchor(row, state, frames, theirs=theirs)
    label = joined(filter(None, (row.get("code") or "", row["name"] or "")), N_(" "))
    title = table.title if anchor.startswith(_OTHER) else opened(frames, head.disclosure_id).title(row_statement(row))
    return _target(head, Kind.ROW, anchor, joined((title, label or key), " "))


def row_statement(row: Mapping[str, Any]) -> str:
    """The statement that a row is a line of; "" where it is none."""
    return row["statement"] or row.get("baseline_statement") or ""


def document_target(head: Head) -> Target:
    """A note on a document as a whole."""
    return _target(head, Kind.DOCUMENT, "", head.source_name)


def finding_target(head: Head, finding: Finding) -> Target:
    """A note on a finding: its rule and its figures tell it, not the words that the interface has for it."""
    from budget.checks.wording import sentence

    figures = [(ref.frame, str(ref.statement), ref.measure, ref.text, ref.fen) for ref in finding.refs]
    told = json.dumps([finding.check, figures, finding.left_fen, finding.right_fen], ensure_ascii=False)
    anchor = f"{finding.check}/{hashlib.sha256(told.encode()).hexdigest()[:_ANCHOR_LETTERS]}"
    return _target(head, Kind.FINDING, anchor, sentence(finding))


def _target(head: Head, kind: Kind, anchor: str, label: str) -> Target:
    return Target(head.sha256, kind.value, anchor, label, head.body or head.source_name, year_text(head))


def _row(table: ViewTable, key: str) -> dict[str, Any] | None:
    parts = (part.filter(key=key) for part in (table.frame, table.totals) if "key" in part.columns)
    return next((row for part in parts for row in part.iter_rows(named=True)), None)


def _anchor(row: Mapping[str, Any], state: ViewState, frames: Frames, *, theirs: bool) -> str:
    """The statement and the key of a line; of other rows the view and its key."""
    statement = row_statement(row)
    number = row["baseline_row_no"] if theirs else row["row_no"]
    if statement and number is not None:
        own = opened(frames, state.baseline if theirs else state.disclosure)
        line = next((line.line_key for line in own.of(statement) if line.row_no == number), "")
        if line:
            return f"{statement}{_BETWEEN}{line}"
    return f"{_OTHER}{state.view}{_BETWEEN}{row['key']}"


# Marks


def noted(table: ViewTable, state: ViewState, frames: Frames, notes: Mapping[tuple[str, str, str], Note]) -> ViewTable:
    """The table with the notes of its rows; itself where none has one."""
    if state.view is View.NOTES or not notes:
        return table
    own = opened(frames, state.disclosure).head.sha256 if state.disclosure else ""
    if own and all(sha256 != own for sha256, _, _ in notes):
        return table
    said = _said(table, state, frames, notes)
    if not said:
        return table
    frame = _with_words(table.frame, said)
    if state.view is View.FINDINGS:  # long sentences: a sign behind them would not be seen
        told = [
            tr("【{0}】{1}").format(said[key], name) if key in said else name
            for key, name in frame.select("key", "name").iter_rows()
        ]
        frame = frame.with_columns(pl.Series("name", told, dtype=pl.String))
    return replace(table, frame=frame)


def _said(
    table: ViewTable, state: ViewState, frames: Frames, notes: Mapping[tuple[str, str, str], Note]
) -> dict[str, str]:
    """Key of a row -> the words of its note."""
    keys: Iterable[str] = table.frame["key"].to_list()
    if state.view is View.LIBRARY:
        wanted = [sha256 for sha256, kind, _ in notes if kind == Kind.DOCUMENT.value]
        held = frames.disclosures.filter(pl.col("sha256").is_in(wanted)).select("disclosure_id", "sha256")
        targets = {key: (sha256, Kind.DOCUMENT.value, "") for key, sha256 in held.iter_rows()}
    elif state.view is View.FINDINGS:
        head = opened(frames, state.disclosure).head
        from budget.views.findings import keyed

        found = keyed(checked(frames, state.disclosure, state.baseline))
        targets = {key: finding_target(head, found[key]).key for key in keys if key in found}
    else:
        sha256 = opened(frames, state.disclosure).head.sha256
        lines = {
            (statement, row.row_no): row.line_key
            for statement, rows in opened(frames, state.disclosure).rows.items()
            for row in rows
        }
        targets = {}
        for key, statement, number in table.frame.select("key", "statement", "row_no").iter_rows():
            line = lines.get((statement or "", number))
            anchor = f"{statement}{_BETWEEN}{line}" if line else f"{_OTHER}{state.view}{_BETWEEN}{key}"
            targets[key] = (sha256, Kind.ROW.value, anchor)
    return {key: words(notes[target]) for key, target in targets.items() if target in notes}


def _with_words(frame: pl.DataFrame, said: Mapping[str, str]) -> pl.DataFrame:
    before = frame.select("key", "note").iter_rows()
    told = [joined(filter(None, (said.get(key, ""), note)), "；") or None for key, note in before]
    return frame.with_columns(pl.Series("note", told, dtype=pl.String))


def words(note: Note) -> str:
    """A note in words: 属实：意见 #标签."""
    status = status_title(note.status)
    said = tr("{0}：{1}").format(status, note.comment) if note.comment else status
    return f"{said} #{note.tag}" if note.tag else said


# The list


def all_notes(sources: Sources) -> ViewTable:
    """The notes on one document; without one all of them, body by body."""
    state, frames = sources.state, sources.frames
    head = sources.current.head
    held = [note for note in frames.notes if not head.known or note.target.sha256 == head.sha256]
    rows = [_listed(note) for note in held]
    found_by = ("name", "status", "tag", "body", "year", "kind")
    kept = [row for row in rows if not state.filter or any(matches(state.filter, "", row[name]) for name in found_by)]
    columns = (STATUS, YEAR, TAG, WHAT, *FURTHER)
    schema = {**META_SCHEMA, **{column.id: COLUMN_TYPES[column.kind] for column in columns}}
    frame = pl.DataFrame({name: [row.get(name) for row in kept] for name in schema}, schema=schema)
    title = tr(VIEW_TITLES[View.NOTES])
    return ViewTable(
        title=title,
        breadcrumb=(body_and_year(head) if head.known else title,),
        columns=worded(columns),
        frame=ordered(frame, state),
        totals=frame.clear(),
        notes=() if rows else (tr(NO_NOTES),),
        hidden=len(rows) - len(kept),
        provenance={"view": state.view.value},
    )


def _listed(note: Note) -> dict[str, Any]:
    target = note.target
    place = joined(filter(None, (target.body, target.year, target.label)), N_(" "))
    return {
        "key": _BETWEEN.join(target.key),
        "row_kind": "source",
        "level": 0,
        "enter": target.sha256,
        "change": Change.NONE.value,
        "status": status_title(note.status),
        "year": target.year,
        "tag": note.tag,
        "name": joined(filter(None, (place, note.comment)), " — "),
        "body": target.body,
        "kind": tr(KINDS.get(target.kind, "")),  # type: ignore[call-overload]
        "label": target.label,
        "comment": note.comment,
        "changed": note.changed,
    }


def note_at(notes: Sequence[Note], key: str) -> Note | None:
    """The note of a row of the list."""
    return next((note for note in notes if _BETWEEN.join(note.target.key) == key), None)


def enter_note(state: ViewState, frames: Frames, key: str) -> ViewState:
    """What a note is about, where its document is loaded; else unchanged."""
    note = note_at(frames.notes, key)
    if note is None:
        return state
    found = frames.disclosures.filter(sha256=note.target.sha256)
    if found.is_empty():
        return state
    id_ = str(found["disclosure_id"][0])
    shown = ViewState(disclosure=id_, view=View.OVERVIEW, unit=state.unit)
    if note.target.kind == Kind.FINDING.value:
        return shown.replace(view=View.FINDINGS, cursor=_key_of_finding(frames, id_, note.target.anchor))
    if note.target.kind == Kind.ROW.value:
        return _row_state(shown, frames, note.target.anchor) or shown
    return shown


def _key_of_finding(frames: Frames, disclosure: str, anchor: str) -> str:
    head = opened(frames, disclosure).head
    from budget.views.findings import keyed

    found = keyed(checked(frames, disclosure))
    return next((key for key, finding in found.items() if finding_target(head, finding).anchor == anchor), "")


def _row_state(shown: ViewState, frames: Frames, anchor: str) -> ViewState | None:
    place, _, key = anchor.partition(_BETWEEN)
    if place.startswith(_OTHER):
        view = place.removeprefix(_OTHER)
        return shown.replace(view=View(view), cursor=key) if view in set(View) else None
    rows = opened(frames, shown.disclosure).of(place)
    number = next((row.row_no for row in rows if row.line_key == key), None)
    if number is None:
        return shown.replace(view=View.STATEMENT, scope=place)
    return state_of_line(frames, shown.disclosure, place, number)
