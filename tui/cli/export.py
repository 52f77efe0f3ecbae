"""The commands that print or export views without opening the browser.

They leave the library alone, unless no document is named.
"""

from __future__ import annotations

import sys
import threading
from codecs import BOM_UTF8
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from budget.export import table as exporting
from budget.i18n.language import tr
from budget.library.frames import Frames, concat, without
from budget.model.disclosure import MoneyUnit
from budget.model.money import unit_title
from budget.reading.disclosure import head_of, opened
from budget.views.registry import every_state, import_view, view_table
from budget.views.state import ACROSS, USING_NOTES, VIEW_SCOPES, View, ViewState
from loaders.workers import start as workers
from loaders.workers.pool import WorkersFailedError
from tui.cli.arguments import export_parser
from tui.cli.help import ALL_VIEWS, PACKAGE, PARQUET
from tui.cli.lost import lost
from tui.library import intake
from tui.library.documents import find_documents
from tui.render.grid import grid
from tui.terminal.glyphs import ASCII, BLOCKS
from tui.terminal.output import FAILED, OK, complain, is_terminal, progress, say, write
from tui.terminal.text import fit, visible

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from budget.views.table import ViewTable
    from loaders.workers.result import ReadResult
    from loaders.workers.start import Hire
    from tui.terminal.glyphs import Glyphs
    from tui.widgets.grid import Grid


class ReadFrames(NamedTuple):
    """The frames of documents, and a sentence for each unreadable one. The frames come in the order of the paths."""

    frames: Frames
    messages: list[str]
    copies: Sequence[str] = ()
    """A sentence for each file that is a copy of another."""


def read(paths: Sequence[Path], hire: Hire = workers.hire) -> ReadFrames:
    """Read these documents; one that cannot be read costs its sentence and nothing else."""
    found: list[ReadResult] = []
    failed = 0
    on_terminal = sys.stderr.isatty()
    messages: list[str] = []
    try:
        for result in intake.results(paths, paths, threading.Event(), hire):
            found.append(result)
            failed += bool(result.failure)
            if on_terminal and len(paths) > 1:
                progress(len(found), len(paths), failed, result.path.name)
    except WorkersFailedError as error:
        messages.append(str(error))
    finally:
        if on_terminal and len(paths) > 1:
            progress()
    frames, failures = intake.join_results(found, paths)
    return ReadFrames(frames, [*failures, *messages], intake.copies(found, paths))


BAR_WIDTH = 10
LEVELS = (3, 5, 7)
"""Lengths of the codes of 类, 款 and 项."""


class Documents(NamedTuple):
    """Documents that were read, and whether all of them could be."""

    frames: Frames
    status: int  # FAILED where one of them could not be read; the sentences have been printed
    copies: Sequence[str] = ()
    """A sentence for each file that is a copy of another."""

    @property
    def ids(self) -> list[str]:
        """The disclosures, in the order of their files."""
        return self.frames.disclosures["disclosure_id"].to_list()


def show(paths: Sequence[Path], hire: Hire = workers.hire, *, ascii_only: bool = False, unit: str = "") -> int:
    """Print the overview of each document, or the library.

    The library is printed where no document is named. `unit` is a money unit, "" for the one in which a document prints
    its amounts. Returns 1 where a document could not be read.
    """
    begin = ViewState(unit=MoneyUnit(unit) if unit else None)
    if not paths:
        from tui.library import start

        loaded = start.load_library()
        complain(loaded.messages)
        say(lines(view_table(begin, loaded.frames), ascii_only=ascii_only))
        return OK
    import_view(View.OVERVIEW)  # while the document is being read
    documents = _read(paths, hire)
    for number, disclosure in enumerate(documents.ids):
        state = begin.replace(disclosure=disclosure, view=View.OVERVIEW)
        say([""] * (number > 0))
        say(lines(view_table(state, documents.frames), ascii_only=ascii_only))
    return documents.status


def lines(table: ViewTable, *, ascii_only: bool = False) -> Iterator[str]:
    """Give a table as lines, as the screen shows it. All of its rows: the place, the header, rows, totals, notes."""
    glyphs = ASCII if ascii_only else BLOCKS
    drawn = grid(table, glyphs)
    yield from map(glyphs.fold, _lines(table, drawn, glyphs))


def _lines(table: ViewTable, drawn: Grid, glyphs: Glyphs) -> Iterator[str]:
    yield (
        visible(f" {glyphs.below} ".join(dict.fromkeys((*table.breadcrumb, table.title))))
        + f"  {unit_title(table.unit)}"
    )
    rows = (drawn.header, *drawn.rows(0, drawn.row_count), *drawn.totals)
    width = max(cell_len(row.name) for row in rows)
    for row in rows:
        bar = glyphs.bar(row.share, BAR_WIDTH) if drawn.bars else ""
        yield f"{row.frozen}{fit(row.name, width)}  {''.join(row.numbers)}{bar}".rstrip()
    yield from (visible(note) for note in drawn.notes)


def export(asked: Namespace, hire: Hire) -> int:
    """Export a view or a raw frame of documents. Returns 1 where one could not be read or the output not be written."""
    if asked.format == PARQUET:
        return _tables(asked, hire)
    documents = find_and_read(asked.paths, hire)
    if not documents.ids:
        return FAILED
    made = _exported(documents, asked, hire)
    if made is None:
        return FAILED
    data, notes = made
    if asked.output is None:
        if asked.format == "xlsx" and is_terminal():
            export_parser().refuse("--format", tr("工作簿（xlsx）不是文本，不能显示在终端上，请用 -o 写入文件"))
        write(data, asked.encoding or "utf-8")
        complain(notes)
        return documents.status
    try:
        written = exporting.write_bytes(Path(asked.output), data, overwrite=asked.force)
    except exporting.ExportError as error:
        complain([write_failure(error)])
        return FAILED
    complain([*notes, tr("已写入 {}").format(written)])
    return documents.status


def _tables(asked: Namespace, hire: Hire) -> int:
    """Write documents as Parquet; where none is named, the whole library without what is hidden."""
    from tui.library import start

    if asked.paths:
        documents = find_and_read(asked.paths, hire)
        return (_write_tables(asked, [documents.frames]) or documents.status) if documents.ids else FAILED
    held = start.open_library()
    complain(held.messages)
    listed = held.frames.disclosures["disclosure_id"].to_list()
    wanted = [key for key in listed if key not in held.frames.hidden]
    if not wanted:
        complain([tr("资料库里没有资料：先用 yusuan load 读入，或写出文件。")])
        return FAILED
    if len(wanted) < len(listed):
        complain([tr("隐藏的 {} 份资料没有写入。").format(len(listed) - len(wanted))])
    status = _write_tables(asked, held.library.everything(wanted))
    return status or (FAILED if held.messages else OK)


def _write_tables(asked: Namespace, pieces: Iterable[Frames]) -> int:
    """Write frames as a folder of Parquet files."""
    from budget.library.parts import DamagedPartError
    from budget.library.tables import write_tables

    try:
        count = write_tables(Path(asked.output), pieces, overwrite=asked.force)
    except exporting.ExportError as error:
        complain([write_failure(error)])
        return FAILED
    except DamagedPartError as error:
        complain([str(error)])
        return FAILED
    complain([tr("已写入 {}：{} 份资料").format(Path(asked.output).absolute(), count)])
    return OK


class Exported(NamedTuple):
    """What an export writes, and what its format has no place for."""

    data: bytes
    notes: tuple[str, ...] = ()


def _exported(documents: Documents, asked: Namespace, hire: Hire) -> Exported | None:
    """What was asked for; None where the baseline cannot be read."""
    if asked.format == PACKAGE:
        from budget.export.datapackage import to_datapackage

        return Exported(to_datapackage(documents.frames))
    return Exported(_frame(documents.frames, asked)) if asked.frame else _view(documents, asked, hire)


def write_failure(error: exporting.ExportError) -> str:
    """Say why a file could not be written. Where it exists already the sentence tells how to replace it."""
    return tr("{}。").format(error) + (tr("要覆盖请加 --force。") if error.exists else "")


def _frame(frames: Frames, asked: Namespace) -> bytes:
    """One table for all documents: a valid CSV with one header row."""
    return _with_byte_order_mark(exporting.raw_frame_csv(frames, asked.frame, _codec(asked)), asked, "csv")


def _view(documents: Documents, asked: Namespace, hire: Hire) -> Exported | None:
    """The file of the view that was asked for; None where the baseline cannot be read."""
    parser = export_parser()
    baseline = Documents(concat([]), OK)
    if asked.against:
        baseline = find_and_read([asked.against], hire)
        if not baseline.ids:
            return None
        if len(baseline.ids) > 1:
            parser.refuse("--against", tr("需要一份资料，{} 中有 {} 份").format(asked.against, len(baseline.ids)))
    across = _is_across(asked)
    if asked.view != View.LIBRARY and len(documents.ids) > 1 and not across:
        text = tr("视图 {} 需要一份资料，读到了 {} 份；对比另一份请用 --against")
        parser.refuse("--view", text.format(asked.view, len(documents.ids)))
    read = concat([documents.frames, without(baseline.frames, documents.ids)])
    state = ViewState(unit=MoneyUnit(asked.unit) if asked.unit else None)
    if across:
        state = state.replace(disclosure=_shown_across(read, asked))
    elif asked.view != View.LIBRARY:
        state = state.replace(disclosure=documents.ids[0], baseline=baseline.ids[0] if baseline.ids else "")
    today = datetime.now().astimezone().date()
    if asked.view == ALL_VIEWS:
        return Exported(
            exporting.to_xlsx([_table_with_findings(each, read) for each in every_state(state, read)], today)
        )
    if asked.view == View.FINDINGS and asked.format == "md":  # the report that `yusuan check` writes
        from budget.export import findings as reporting

        report = reporting.report_of(read, state.disclosure, state.baseline)
        return Exported(_with_byte_order_mark(reporting.to_bytes([report], "md", today), asked, "md"))
    table = _table(state, read, asked)
    data = exporting.to_bytes(table, asked.format, _codec(asked), on=today)
    return Exported(_with_byte_order_mark(data, asked, asked.format), _said_beside(table, asked.format))


def _said_beside(table: ViewTable, extension: str) -> tuple[str, ...]:
    """The notes that the file has no place for, each with the view it is about; all of them where there are no rows."""
    if extension not in exporting.WITHOUT_NOTES and not (table.frame.is_empty() and table.totals.is_empty()):
        return ()
    title = exporting.full_title(table, " ")  # not every console has the sign for "below"
    return tuple(tr("{0}：{1}").format(title, note) for note in exporting.all_notes(table))


def _is_across(asked: Namespace) -> bool:
    """Whether the view is about several documents; a pivot only where it speaks of bodies or of years."""
    if asked.view == ALL_VIEWS or View(asked.view) not in ACROSS:
        return False
    if View(asked.view) is not View.PIVOT:
        return True
    from budget.views.across.spec import BODY, YEAR, spec_of

    spec = spec_of(asked.scope)
    return spec is not None and (spec.names(BODY) or spec.names(YEAR))


def _shown_across(read: Frames, asked: Namespace) -> str:
    """The document that a view across documents starts from: the latest of those asked for that has tables."""
    wanted = dict(asked.where)
    with_tables = read.with_statements()
    heads = [head_of(row) for row in read.disclosures.iter_rows(named=True)]
    heads = [head for head in heads if head.disclosure_id in with_tables] or heads
    body, year = wanted.get("body", ""), wanted.get("year", "")
    asked_for = [
        head
        for head in heads
        if (not body or any(body in name for name in head.names)) and year in {"", str(head.fiscal_year or "")}
    ]
    # of equal years the first that was named
    return max(asked_for or heads, key=lambda head: head.fiscal_year or 0).disclosure_id


def _table(state: ViewState, read: Frames, asked: Namespace) -> ViewTable:
    """The one view that was asked for; a scope or a place that the document does not have is refused."""
    parser, view = export_parser(), View(asked.view)
    if view is View.STATEMENT and asked.scope:
        known = opened(read, state.disclosure).statements
        if asked.scope not in known:
            parser.refuse("--scope", tr("这份资料没有原表 {}，可用的有 {}").format(asked.scope, " ".join(known)))
    if view is not View.LIBRARY:
        state = state.replace(
            view=view,
            scope=asked.scope or ("" if view is View.STATEMENT else str(VIEW_SCOPES[view][0])),
            path=tuple(asked.at[:length] for length in LEVELS if length <= len(asked.at)),
        )
    if view in USING_NOTES:
        from tui.session.noting import Noting

        noting = Noting()
        complain(filter(None, [noting.failure]))
        read = replace(read, notes=tuple(noting.held.values()))
    table = _table_with_findings(state, read)
    if table.frame.is_empty() and table.totals.is_empty():
        if view is View.ONE_PROJECT and asked.scope:
            parser.refuse("--scope", tr("这份资料没有读到项目“{}”").format(asked.scope))
        if asked.at:
            parser.refuse("--at", tr("这份资料的视图 {} 中没有编码 {}").format(view, asked.at))
    return table


def _table_with_findings(state: ViewState, read: Frames) -> ViewTable:
    """The table of a state as the screen has it: with what is said of rows that a discrepancy touches."""
    table = view_table(state, read)
    if not state.disclosure:
        return table
    from budget.checks.cache import checked
    from budget.views.row.marks import marked

    return marked(table, state, checked(read, state.disclosure, state.baseline))


def _codec(asked: Namespace) -> str:
    """The encoding that exports are made in; a byte order mark comes later."""
    return "gb18030" if asked.encoding == "gb18030" else "utf-8"


def _with_byte_order_mark(data: bytes, asked: Namespace, extension: str) -> bytes:
    """With a byte order mark in a CSV file, for spreadsheets; without one in a pipe, for programs."""
    if extension == "xlsx":
        return data
    if asked.encoding == "gb18030":
        return data if extension == "csv" else data.decode("utf-8").encode("gb18030", errors="replace")
    wanted = "utf-8-sig" if extension == "csv" and asked.output is not None else "utf-8"
    bare = data.removeprefix(BOM_UTF8)
    return BOM_UTF8 + bare if (asked.encoding or wanted) == "utf-8-sig" else bare


def find_and_read(given: Iterable[str], hire: Hire) -> Documents:
    """Read the documents among these files and folders. What could not be read has been printed."""
    paths, messages = find_documents(given)
    complain(messages)
    documents = _read(paths, hire)
    return documents._replace(status=FAILED) if messages else documents


def _read(paths: Sequence[Path], hire: Hire) -> Documents:
    """Read, and say at once what could not be read and what was lost in what was read."""
    found = read(paths, hire)
    complain(found.messages)
    complain(lost(found.frames))
    return Documents(found.frames, FAILED if found.messages else OK, found.copies)
