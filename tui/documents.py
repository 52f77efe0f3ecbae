"""What there is to read besides the table: the source around a row's numbers, the reading report, the help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from budget.forms import STATEMENTS
from budget.model import StatementId
from tui.locale import zh
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from budget.frames import Frames
    from tui.glyphs import Glyphs


class Source(NamedTuple):
    """The text of a document with the numbers of one row marked."""

    title: str
    lines: list[TextLine]
    at: int  # index of the line of the row


def source(frames: Frames, passages: pl.DataFrame, disclosure: str, statement: str, row_no: int) -> Source | None:
    """Return the text of a disclosure, the row's amounts marked in their lines; None where there is no text."""
    own = pl.col("disclosure_id") == disclosure
    row = own & (pl.col("statement") == statement) & (pl.col("row_no") == row_no)
    cells = frames.cells.filter(row).select("line", "printed").drop_nulls().rows()
    starts = frames.lines.filter(row).get_column("line").drop_nulls().to_list()
    at_line = cells[0][0] if cells else starts[0] if starts else None
    text = passages.filter(own).sort("line").select("line", "text").rows()
    if not text or at_line is None:
        return None
    printed: dict[int, list[str]] = {}
    for line, amount in cells:
        printed.setdefault(line, []).append(amount)
    digits = len(str(text[-1][0]))
    lines = [
        TextLine(
            content,
            f"{'>' if number == at_line else ' '}{number:>{digits}}  ",
            marks=_places(content, printed.get(number, [])),
        )
        for number, content in text
    ]
    at = next((index for index, (number, _) in enumerate(text) if number >= at_line), 0)
    return Source(title(frames, disclosure), lines, at)


def title(frames: Frames, disclosure: str) -> str:
    """Return body, year and file name of a disclosure on one line."""
    heads = frames.disclosures.filter(pl.col("disclosure_id") == disclosure)
    if heads.is_empty():
        return ""
    head = heads.row(0, named=True)
    return f"{short_title(head['body'], head['fiscal_year'])} · {head['source_name']}"


def file_lines(frames: Frames, disclosure: str, glyphs: Glyphs) -> tuple[str, ...]:
    """Return the detail pane of the library: body and year, the file, the first thing that could not be read."""
    heads = frames.disclosures.filter(pl.col("disclosure_id") == disclosure).rows(named=True)
    if not heads:
        return ()
    serious = frames.notices.filter((pl.col("disclosure_id") == disclosure) & (pl.col("severity") != "info")).sort(
        pl.col("severity") == "lost", descending=True
    )
    notice = [_notice_text(row) for row in serious.head(1).iter_rows(named=True)]
    head = heads[0]
    return (
        f"{glyphs.rule} {short_title(head['body'], head['fiscal_year'])} · {head['title']}".removesuffix(" · "),
        f"  {head['source_path'] or head['source_name']}",
        "  " + "".join(notice),
    )


def short_title(body: str, year: int | None) -> str:
    """Return body and year, or what is not known of them."""
    return f"{body or zh.BODY_UNKNOWN} {year or zh.YEAR_UNKNOWN}"


def report(frames: Frames, disclosure: str) -> list[TextLine]:
    """Return the reading report of a disclosure: its head, its statements, its notices."""
    own = pl.col("disclosure_id") == disclosure
    lines: list[TextLine] = []
    for head in frames.disclosures.filter(own).iter_rows(named=True):
        edition = zh.EDITIONS.get(head["edition"], head["edition"])
        lines += [
            TextLine(short_title(head["body"], head["fiscal_year"]), style="heading"),
            *(TextLine(alias, zh.ALIAS) for alias in head["aliases"] or ()),
            TextLine(zh.PHASES.get(head["phase"], head["phase"]) + (f"（{edition}）" if edition else ""), zh.PHASE),
            TextLine(head["source_path"] or head["source_name"], zh.FILE),
            TextLine(zh.LINES.format(head["line_count"], head["encoding"]).rstrip(), zh.TEXT),
            TextLine(head["sha256"], "SHA-256  "),
        ]
    lines += [TextLine(""), TextLine(zh.FOUND, style="heading")]
    counts = dict(frames.cells.filter(own).group_by("statement").len().rows())
    lines += [
        _statement_line(head, counts.get(head["statement"], 0))
        for head in frames.statements.filter(own).iter_rows(named=True)
    ]
    found = set(frames.statements.filter(own).get_column("statement").to_list())
    missing = [form.title for form in STATEMENTS.values() if form.id.value not in found]
    if missing:
        lines.append(TextLine("、".join(missing), zh.NOT_THERE))
    notices = frames.notices.filter(own).rows(named=True)
    if notices:
        lines += [TextLine(""), TextLine(zh.NOTICES, style="heading")]
        lines += [_notice_line(notice) for notice in notices]
    statuses = frames.cells.filter(own).group_by("column_status").len().sort("column_status").rows()
    lines += [TextLine(""), TextLine(zh.COLUMNS, style="heading")]
    lines += [TextLine(zh.AMOUNTS.format(count), f"{zh.STATUS.get(status, status)}  ") for status, count in statuses]
    return lines


def _statement_line(head: dict[str, object], amounts: int) -> TextLine:
    statement = str(head["statement"])
    known = statement in {item.value for item in StatementId}
    name = STATEMENTS[StatementId(statement)].title if known else statement
    place = zh.FROM_TO.format(head["line_from"], head["line_to"]) if head["line_from"] else ""
    note = f" · {head['note']}" if head["note"] else ""
    return TextLine(f"{zh.AMOUNTS.format(amounts):>9}  {name}  {head['money_unit']}  {place}{note}")


def _notice_line(notice: dict[str, object]) -> TextLine:
    return TextLine(_notice_text(notice), f"{zh.SEVERITY.get(str(notice['severity']), str(notice['severity']))}  ")


def _notice_text(notice: dict[str, object]) -> str:
    place = zh.AT_LINE.format(notice["line"]) if notice["line"] else ""
    return place + str(notice["text"])


def _places(text: str, amounts: list[str]) -> tuple[tuple[int, int], ...]:
    """Find the printed amounts in their line, each from where the one before ended."""
    places, at = [], 0
    for amount in amounts:
        match = re.compile(rf"(?<![\d.,]){re.escape(amount)}(?![\d.,]*\d)").search(text, at)
        if match is None:
            continue
        places.append(match.span())
        at = match.end()
    return tuple(places)
