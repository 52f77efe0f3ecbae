"""The document as text: all of its lines with the headings they stand under, and its table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from budget.i18n.language import N_, tr
from budget.views.build import NAME, plain_list
from budget.views.state import Scope, View, ViewState
from budget.views.table import Column, ColumnKind

if TYPE_CHECKING:
    import polars as pl

    from budget.views.sources import Sources
    from budget.views.table import ViewTable

NO_TEXT = N_("这份资料没有保存原文")
NO_HEADINGS = N_("没有读到标题")
SEPARATOR = " › "
"""Between the parts of a heading path."""
COLUMN_GAP = "  "
"""What stands for the tab between two cells of a row."""
LINE = Column("line", N_("行"), ColumnKind.INTEGER)
PAGE = Column("page", N_("页"), ColumnKind.INTEGER)
LENGTH = Column("length", N_("行数"), ColumnKind.INTEGER)
HEADING = Column("heading", N_("标题"), ColumnKind.TEXT)
TEXT = Column(NAME.id, N_("文本"), ColumnKind.TEXT)


class Entry(NamedTuple):
    """One entry of the table of contents."""

    line: int
    page: int | None
    level: int
    title: str
    length: int
    """Lines down to the next heading, its own one included."""


def text(sources: Sources) -> ViewTable:
    """The text of a disclosure line by line, or its headings. The scope says which."""
    passages = sources.current.passages
    if sources.state.scope == Scope.CONTENTS:
        return _contents(sources, passages)
    paged = passages["page"].drop_nulls().len() > 0
    rows = [
        {"key": str(line), "line": line, "page": page, "heading": heading, "name": text.replace("\t", COLUMN_GAP)}
        for line, page, heading, text in _rows(passages)
    ]
    columns = (LINE, *([PAGE] if paged else []), HEADING, TEXT)
    return plain_list(sources, columns, rows, notes=() if rows else (tr(NO_TEXT),), literally=True)


def contents(passages: pl.DataFrame) -> tuple[Entry, ...]:
    """The headings of a document in its order; levels from 0."""
    starts: list[tuple[int, int | None, int, str]] = []
    path: tuple[str, ...] = ()
    last = 0
    for line, page, heading, _ in _rows(passages):
        last = line
        found = tuple(heading.split(SEPARATOR)) if heading else ()
        if found and found != path:
            starts.append((line, page, len(found) - 1, found[-1]))
        path = found
    ends = [*(line for line, *_ in starts[1:]), last + 1]
    return tuple(Entry(*start, end - start[0]) for start, end in zip(starts, ends, strict=False))


def heading_line(passages: pl.DataFrame, line: int) -> str:
    """Key of the contents entry under which a line stands, or ""."""
    before = [entry.line for entry in contents(passages) if entry.line <= line]
    return str(before[-1]) if before else ""


def at_line(state: ViewState, line: int | None, disclosure: str = "") -> ViewState:
    """The state of a disclosure's whole text, the cursor on a line.

    It is the current disclosure or another; None is its first line.
    """
    return state.replace(
        disclosure=disclosure or state.disclosure,
        baseline="" if disclosure and disclosure != state.disclosure else state.baseline,
        view=View.TEXT,
        scope=Scope.FULL_TEXT.value,
        path=(),
        sort=None,
        filter="",
        flat=False,
        expanded=frozenset(),
        cursor="" if line is None else str(line),
    )


def _contents(sources: Sources, passages: pl.DataFrame) -> ViewTable:
    entries = contents(passages)
    paged = any(entry.page is not None for entry in entries)
    rows: list[dict[str, Any]] = [
        {
            "key": str(entry.line),
            "enter": str(entry.line),
            "level": entry.level,
            "line": entry.line,
            "page": entry.page,
            "length": entry.length,
            "name": entry.title,
        }
        for entry in entries
    ]
    notes = () if rows else (tr(NO_TEXT if passages.is_empty() else NO_HEADINGS),)
    return plain_list(sources, (LINE, *([PAGE] if paged else []), LENGTH, NAME), rows, notes=notes)


def _rows(passages: pl.DataFrame) -> list[tuple[int, int | None, str, str]]:
    """Line, page, heading and text in the order of the document."""
    ordered = passages.sort("line").select("line", "page", "heading", "text")
    return [(line, page, heading or "", text or "") for line, page, heading, text in ordered.iter_rows()]
