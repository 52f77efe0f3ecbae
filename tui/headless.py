"""The headless twin of the browser: the same views as plain text or exported; documents leave the library alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from budget import export as exporting
from budget.frames import frames
from budget.model import MoneyUnit, Severity
from budget.views.dispatch import view_table
from budget.views.state import VIEW_SCOPES, Scope, View, ViewState
from tui import start
from tui.arguments import export_parser
from tui.console import FAILED, OK, complain, say, write
from tui.glyphs import ASCII, BLOCKS
from tui.grid import grid
from tui.plain import visible

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from budget.model import Disclosure
    from budget.views.table import ViewTable

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
BAR_WIDTH = 10
LEVELS = (3, 5, 7)
"""Lengths of the codes of 类, 款 and 项."""


class _Documents(NamedTuple):
    disclosures: list[Disclosure]
    status: int  # FAILED where one of them could not be read; the sentences have been printed


def show(paths: Sequence[Path], *, ascii_only: bool = False) -> int:
    """Print the overview of each document, or the library where none is named; 1 where one could not be read."""
    if not paths:
        loaded = start.load_library()
        complain(loaded.messages)
        say(lines(view_table(ViewState(), loaded.frames), ascii_only=ascii_only))
        return OK
    documents = _read(paths)
    read = frames(documents.disclosures)
    for number, disclosure in enumerate(documents.disclosures):
        state = ViewState(disclosure=disclosure.head.disclosure_id, view=View.OVERVIEW)
        say([""] * (number > 0))
        say(lines(view_table(state, read), ascii_only=ascii_only))
    return documents.status


def lines(table: ViewTable, *, ascii_only: bool = False) -> Iterator[str]:
    """A table as the screen shows it, all of its rows: where we are, header, rows, totals, notes."""
    glyphs = ASCII if ascii_only else BLOCKS
    drawn = grid(table, glyphs)
    yield visible(" › ".join(dict.fromkeys((*table.breadcrumb, table.title)))) + f"  {table.unit.value}"
    for row in (drawn.header, *drawn.rows(0, drawn.row_count), *drawn.totals):
        bar = glyphs.bar(row.share, BAR_WIDTH) + "  " if drawn.bars else ""
        yield f"{row.frozen}{''.join(row.numbers)}{bar}{row.name}".rstrip()
    yield from (visible(note) for note in drawn.notes)


def export(asked: Namespace) -> int:
    """Export a view or a raw frame of documents; 1 where one could not be read or the output not be written."""
    documents = _find_and_read(asked.paths)
    if not documents.disclosures:
        return FAILED
    data = _frame(documents.disclosures, asked) if asked.frame else _view(documents.disclosures, asked)
    if data is None:
        return FAILED
    if asked.output is None:
        write(data, asked.encoding or "utf-8")
        return documents.status
    try:
        written = exporting.write_bytes(Path(asked.output), data, overwrite=asked.force)
    except exporting.ExportError as error:
        complain([f"{error}。" + ("要覆盖请加 --force。" if error.exists else "")])
        return FAILED
    complain([f"已写入 {written}"])
    return documents.status


def _frame(disclosures: Sequence[Disclosure], asked: Namespace) -> bytes:
    """One table for all documents: a valid CSV with one header row."""
    encoding = "gb18030" if asked.encoding == "gb18030" else "utf-8"
    return _marked(exporting.raw_frame_csv(frames(disclosures), asked.frame, encoding), asked, "csv")


def _view(disclosures: Sequence[Disclosure], asked: Namespace) -> bytes | None:
    parser = export_parser()
    baseline: list[Disclosure] = []
    if asked.against:
        baseline = _find_and_read([asked.against]).disclosures
        if not baseline:
            return None
        if len(baseline) > 1:
            parser.error(f"argument --against: 需要一份资料，{asked.against} 中有 {len(baseline)} 份")
    view = View(asked.view)
    if view is not View.LIBRARY and len(disclosures) > 1:
        parser.error(
            f"argument --view: 视图 {view} 需要一份资料，读到了 {len(disclosures)} 份；对比另一份请用 --against"
        )
    state = ViewState(view=view, unit=MoneyUnit(asked.unit))
    if view is not View.LIBRARY:
        state = state.with_(
            disclosure=disclosures[0].head.disclosure_id,
            baseline=baseline[0].head.disclosure_id if baseline else "",
            scope=Scope(asked.scope) if asked.scope else VIEW_SCOPES[view][0],
            path=tuple(asked.at[:length] for length in LEVELS if length <= len(asked.at)),
        )
    table = view_table(state, frames(_distinct([*disclosures, *baseline])))
    if table.frame.is_empty() and table.totals.is_empty():
        if asked.at:
            parser.error(f"argument --at: 这份资料的视图 {view} 中没有编码 {asked.at}")
        complain(table.notes)
    extension = asked.format or _extension(asked.output)
    encoding = "gb18030" if asked.encoding == "gb18030" else "utf-8"
    return _marked(exporting.to_bytes(table, extension, encoding), asked, extension)


def _marked(data: bytes, asked: Namespace, extension: str) -> bytes:
    """With a byte order mark in a CSV file, for spreadsheets; without one in a pipe, for programs."""
    if asked.encoding == "gb18030":
        return data if extension == "csv" else data.decode("utf-8").encode("gb18030", errors="replace")
    wanted = "utf-8-sig" if extension == "csv" and asked.output is not None else "utf-8"
    bare = data.removeprefix(BYTE_ORDER_MARK)
    return BYTE_ORDER_MARK + bare if (asked.encoding or wanted) == "utf-8-sig" else bare


def _extension(output: str | None) -> str:
    ending = Path(output).suffix.lower().lstrip(".") if output else ""
    return ending if ending in exporting.FORMATS else "csv"


def _find_and_read(given: Iterable[str]) -> _Documents:
    paths, messages = start.find_documents(given)
    complain(messages)
    documents = _read(paths)
    return documents._replace(status=FAILED) if messages else documents


def _read(paths: Iterable[Path]) -> _Documents:
    """Read, and say at once what could not be read and what was lost in what was read."""
    reading = start.read(paths)
    complain(reading.messages)
    for disclosure in reading.disclosures:
        lost = [notice.text for notice in disclosure.report.notices if notice.severity is Severity.LOST]
        complain(f"{disclosure.head.source_name}：{text}" for text in lost)
    return _Documents(reading.disclosures, FAILED if reading.messages else OK)


def _distinct(disclosures: Iterable[Disclosure]) -> list[Disclosure]:
    return list({disclosure.head.disclosure_id: disclosure for disclosure in disclosures}.values())
