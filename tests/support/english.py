"""Find texts of an English view that are not translated. They are neither English nor of the document."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import polars as pl

from budget.checks.cache import checked
from budget.export.table import proposed_name, to_bytes
from budget.library.frames import RECORD_SCHEMAS
from budget.model.codes import ECONOMIC, FUNCTIONAL
from budget.model.titles import MEASURES
from budget.reading.disclosure import opened
from budget.views import row_detail, view_table
from budget.views.registry import every_state
from budget.views.row.marks import marked
from budget.views.state import View, ViewState
from budget.views.table import FINDING
from budget.views.text.lines import COLUMN_GAP, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from budget.library.frames import Frames
    from budget.views.table import ViewTable

CHINESE = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]+")
"""Letters and signs that no English sentence has."""
_OURS = {"direction", "base", "topic", "key", "status", "scope"}
"""Columns of records that hold ids, or words that the reader chose among a few."""
_IDS = {"key", "id", "statement", "scope", "column_status", "origin"}
"""What an export in JSON has for programs."""
_END_OF_BODY = re.compile(r"\.\.([^\s\d]{1,8})")
_PARTS = re.compile(r"[/，。；、]")


class Own:
    """The words of the documents of some frames."""

    def __init__(self, frames: Frames) -> None:
        self.frames = frames
        heads = [*frames.disclosures["body"], *frames.disclosures["aliases"].explode(), *_of(frames, "source_name")]
        self.bodies = [name for name in heads if name]
        printed = frames.statements.filter(pl.col("statement").str.starts_with("other_"))
        headers = [name for name in frames.statements["measures"].explode() if name and name not in MEASURES]
        headers += [name for name in frames.cells["measure"].unique() if name not in MEASURES]
        self.heads = _pattern([*heads, *headers, *printed["printed_title"], *_numbers(frames)])
        texts = [text for name in ("name", "label", "project") for text in frames.lines[name].unique()]
        texts += [*frames.statements["note"], *frames.statements["printed_title"], *_headings(frames)]
        for paths in ("row_path", "column_path"):
            texts += frames.cells[paths].explode().drop_nulls().unique().to_list()
        texts += [value for values in frames.notices["values"].to_list() for value in values or ()]
        for name in RECORD_SCHEMAS:
            texts += _texts(getattr(frames, name))
        # a code that is only the head of a column, or of no row, has its official name before its English
        texts += [f"{name} · " for name, _ in (*FUNCTIONAL.values(), *ECONOMIC.values())]
        self.texts = _pattern([*heads, *headers, *_numbers(frames), *texts])
        self.passages = {(text or "").replace("\t", COLUMN_GAP) for text in frames.passages["text"]}

    def left_of_head(self, text: str) -> str:
        """Chinese of a column title that is not the document's. Words of the document's own headers are taken out."""
        return self._but_bodies(self.heads.sub("", text)) if CHINESE.search(text) else ""

    def left_of(self, text: str | None) -> str:
        """Chinese of any other text that is not the document's.

        Names, values and sentences of the document are taken out.
        """
        if not text or text in self.passages or not CHINESE.search(text):
            return ""
        return self._but_bodies(self.texts.sub("", _END_OF_BODY.sub(self._end_of_body, text)))

    def _end_of_body(self, match: re.Match[str]) -> str:
        """Heads tell long names of bodies apart by their ends."""
        return "" if any(match[1] in body for body in self.bodies) else match[0]

    def _but_bodies(self, text: str) -> str:
        """Heads tell two bodies apart by parts of their names."""
        runs = CHINESE.findall(text)
        return "".join(run for run in runs if not any(run in body for body in self.bodies))


def places(frames: Frames, disclosure: str, baseline: str = "") -> Iterator[ViewState]:
    """States of every view and scope, every code and every project.

    Views that drill are taken at every code, the others at the top.
    """
    start = ViewState(disclosure=disclosure, baseline=baseline)
    yield start.replace(view=View.LIBRARY, disclosure="", baseline="")
    yield start.replace(view=View.NOTES)
    yield from every_state(start, frames)
    own = opened(frames, disclosure)
    codes = sorted({row.code for statement in own.statements for row in own.of(statement) if row.code[:1] == "2"})
    for code in codes:
        path = tuple(code[:length] for length in (3, 5, 7) if length <= len(code))
        for view in (View.EXPENDITURE, View.REVENUE, View.BASIC, View.PROJECT):
            scope = "all-funds" if view is View.EXPENDITURE else "by-function" if view is View.BASIC else ""
            yield start.replace(view=view, scope=scope, path=path)
    for project in frames.lines.filter(disclosure_id=disclosure)["project"].unique().sort():
        if project:
            yield start.replace(view=View.ONE_PROJECT, scope=project)


def left(state: ViewState, frames: Frames, own: Own) -> Iterator[str]:
    """Untranslated Chinese in a view, its details and exports. Each reads "place: characters (text)"."""
    table = view_table(state, frames)
    if state.disclosure:
        table = marked(table, state, checked(frames, state.disclosure, state.baseline))
    for place, text, head in [*_of_table(table), *_of_details(state, frames, table)]:
        remains = own.left_of_head(text) if head else own.left_of(text)
        if remains:
            yield f"{place}: {remains} ({text[:80]})"
    for place, text in _exported(table):
        if remains := own.left_of(text):
            yield f"{place}: {remains} ({text[:80]})"
    name = proposed_name(state, frames)
    if CHINESE.search(own.left_of_head(name)):
        yield f"file name: {name}"


def _of_table(table: ViewTable) -> Iterator[tuple[str, str, bool]]:
    yield "title", table.title, True
    yield from (("breadcrumb", part, False) for part in table.breadcrumb)
    yield from (("column", column.title, True) for column in table.columns)
    yield from (("note", note, False) for note in table.notes)
    yield from (("provenance", fact, False) for fact in table.provenance.values())
    shown = [column.id for column in table.columns]
    for frame in (table.frame, table.totals):
        for name in [*shown, "note", "near", *([FINDING] if FINDING in frame.columns else [])]:
            if frame.schema[name] == pl.String:
                yield from ((f"cell {name}", text, False) for text in frame[name].drop_nulls())


def _of_details(state: ViewState, frames: Frames, table: ViewTable) -> Iterator[tuple[str, str, bool]]:
    if state.view in {View.LIBRARY, View.TEXT}:
        return
    for frame in (table.frame, table.totals):
        for key in frame["key"]:
            found = row_detail(state, frames, table, key)
            assert found is not None
            yield from (("detail", text, False) for text in (found.official_name, found.note or "", found.finding))
            yield from (("detail source", text, True) for text in (found.source, found.baseline_source))
            yield "detail text", found.text, False
            for cell in (*found.cells, *found.baseline_cells):
                yield from (("detail cell", text, True) for text in (cell.title, *cell.candidates))
                yield from (("detail cell", text, True) for text in (cell.status_word, cell.origin_word))
            for said in found.mentions:
                yield from (("said", text, False) for text in (said.words, said.against, said.reason, *said.odd))


def _exported(table: ViewTable) -> Iterator[tuple[str, str]]:
    for row in csv.reader(io.StringIO(to_bytes(table, "csv").decode("utf-8-sig"), newline="")):
        yield from (("csv", cell.removeprefix("'")) for cell in row)
    yield from (("json", text) for text in _strings(json.loads(to_bytes(table, "json"))))


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - what JSON holds
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        value = [one for name, one in value.items() if name not in _IDS]
    for one in value if isinstance(value, list) else ():
        yield from _strings(one)


def _of(frames: Frames, column: str) -> Iterable[str]:
    return [text for text in frames.disclosures[column] if text]


def _numbers(frames: Frames) -> list[str]:
    """Numbers of statements as printed that are not simply ours."""
    found = ["".join((text or "").split()) for text in frames.statements["printed_number"]]
    return [text for text in found if not re.fullmatch(r"表\d+", text)]


def _headings(frames: Frames) -> list[str]:
    return [part for heading in frames.passages["heading"].unique() for part in (heading or "").split(SEPARATOR)]


def _texts(frame: pl.DataFrame) -> list[str]:
    names = [name for name, dtype in frame.schema.items() if dtype == pl.String and name not in _OURS]
    found = [text for name in names for text in frame[name].unique() if text]
    found += [part for text in found for part in _PARTS.split(text)]
    found += [text.removesuffix(unit) for text in found for unit in ("万元", "元")]
    return [*found, *(" ".join(text.split()) for text in found), *(text.strip("。 ") for text in found)]


def _pattern(words: Iterable[str | None]) -> re.Pattern[str]:
    every = sorted({word for word in words if word and CHINESE.search(word)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every)) or r"(?!)")
