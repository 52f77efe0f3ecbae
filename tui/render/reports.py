"""Texts to read beside the table: source of a row, reading report.

Also the detail pane of the library and the titles of disclosures and statements.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from budget.i18n.language import joined, sentence, tr
from budget.library.frames import spoken
from budget.model.titles import statement_title
from budget.reading.disclosure import head_of, opened
from budget.views.english import beside
from budget.views.sources import BODY_UNKNOWN, EDITION_TITLES, PHASE_TITLES, body_and_year
from tui import messages
from tui.library.samples import sample_ids
from tui.terminal.text import in_brackets, visible
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from budget.library.frames import Frames
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Head
    from tui.terminal.glyphs import Glyphs


COLUMN_GAP = "  "
"""What stands for the tab between two cells of a row."""


class Printed(NamedTuple):
    """An amount as its line prints it; `column` is its place among the cells of the line, None where unknown."""

    text: str
    column: int | None = None


NOTHING_PRINTED: Mapping[int, Sequence[Printed]] = {}


class Source(NamedTuple):
    """The text of a document with the numbers of one row marked."""

    title: str
    lines: list[TextLine]
    at: int  # index of the line of the row


def printed_lines(
    frames: Frames, disclosure: str, statement: str, row_no: int
) -> tuple[int | None, Mapping[int, Sequence[Printed]]]:
    """Return the line where a row begins; its amounts by lines."""
    own = opened(frames, disclosure)
    row = (pl.col("statement") == statement) & (pl.col("row_no") == row_no)
    cells = own.cells.filter(row).select("line", "printed", "column_no").drop_nulls(("line", "printed")).rows()
    starts = own.lines.filter(row).get_column("line").drop_nulls().to_list()
    printed: dict[int, list[Printed]] = {}
    for line, amount, column in cells:
        printed.setdefault(line, []).append(Printed(amount, column))
    return (cells[0][0] if cells else starts[0] if starts else None), printed


def text_around(
    frames: Frames,
    disclosure: str,
    at_line: int | None,
    printed: Mapping[int, Sequence[Printed]] = NOTHING_PRINTED,
    around: int | None = None,
) -> Source | None:
    """Return the text of a disclosure with one line in sight: all of it, or so many lines `around` that one.

    The amounts of `printed` (line: amounts) are marked; None where there is no text.
    """
    if at_line is None:
        return None
    own = opened(frames, disclosure).passages
    if around is not None:
        own = own.filter(pl.col("line").is_between(at_line - around // 3, at_line + around - around // 3))
    text = own.sort("line").select("line", "page", "text").rows()
    if not text:
        return None
    digits = len(str(text[-1][0]))
    lines, at, last_page = [], None, None
    for number, page, printed_text in text:
        if page != last_page:
            lines.append(TextLine(tr(messages.PAGE).format(page), style="heading"))
            last_page = page
        if at is None and number >= at_line:
            at = len(lines)
        here = ">" if number == at_line else " "
        content, marks = printed_text.replace("\t", COLUMN_GAP), amount_places(printed_text, printed.get(number, ()))
        lines.append(TextLine(content, f"{here}{number:>{digits}}  ", marks=marks))
    return Source(title(frames, disclosure), lines, at or 0)


def title(frames: Frames, disclosure: str) -> str:
    """Return body, year and file name of a disclosure on one line."""
    head = opened(frames, disclosure).head
    return f"{short_title(head)} · {head.source_name}" if head.known else ""


def file_lines(frames: Frames, disclosure: str, glyphs: Glyphs) -> tuple[str, ...]:
    """Return the detail pane of a disclosure in the library.

    Body and year, the file, the first thing that could not be read.
    """
    found = frames.disclosures.filter(pl.col("disclosure_id") == disclosure).rows(named=True)
    if not found:
        return ()
    listed = frames.listed().row(by_predicate=pl.col("disclosure_id") == disclosure, named=True)
    notice = sentence(listed["notice"] or "", listed["notice_values"] or ())
    head = found[0]
    sample = f"{tr(messages.SAMPLE)} · " if disclosure in sample_ids() else ""
    return (
        f"{glyphs.rule} {short_title(head_of(head))} · {head['title']}".removesuffix(" · "),
        f"  {sample}{head['source_path'] or head['source_name']}",
        "  " + _notice_text({"line": listed["notice_line"], "text": notice}),
    )


def short_title(head: Head) -> str:
    """Return body, year and edition, and the phase of final accounts; or what is not known of them."""
    known = head._replace(body=head.body or tr(BODY_UNKNOWN), edition="")
    year = "" if head.fiscal_year else f" {tr(messages.YEAR_UNKNOWN)}"
    edition = tr(EDITION_TITLES.get(head.edition, ""))
    return body_and_year(known) + year + in_brackets(edition)


def report(frames: Frames, disclosure: str) -> list[TextLine]:
    """Return the reading report of a disclosure: its head, its statements, its notices."""
    current = opened(frames, disclosure)
    own = current.frames
    lines: list[TextLine] = []
    for head in own.disclosures.iter_rows(named=True):
        edition = tr(EDITION_TITLES.get(head["edition"], head["edition"]))
        lines += [
            TextLine(short_title(head_of(head)), style="heading"),
            *(TextLine(alias, tr(messages.ALIAS)) for alias in head["aliases"] or ()),
            TextLine(
                tr(PHASE_TITLES.get(head["phase"], head["phase"])) + in_brackets(edition),
                tr(messages.PHASE),
            ),
            TextLine(head["source_path"] or head["source_name"], tr(messages.FILE)),
            TextLine(_extent(head), tr(messages.TEXT)),
            TextLine(head["sha256"], "SHA-256  "),
        ]
    lines += [TextLine(""), TextLine(tr(messages.FOUND), style="heading")]
    counts = dict(own.cells.group_by("statement").len().rows())
    lines += [
        _statement_line(head, counts.get(head["statement"], 0), current)
        for head in own.statements.iter_rows(named=True)
    ]
    missing = [full_title(current, statement) for statement in current.missing]
    if missing:
        lines.append(TextLine(joined(missing), tr(messages.NOT_THERE)))
    notices = spoken(own.notices).rows(named=True)
    if notices:
        lines += [TextLine(""), TextLine(tr(messages.NOTICES), style="heading")]
        lines += [_notice_line(notice) for notice in notices]
    statuses = own.cells.group_by("column_status").len().sort("column_status").rows()
    lines += [TextLine(""), TextLine(tr(messages.COLUMNS), style="heading")]
    lines += [
        TextLine(
            tr(messages.AMOUNTS).format(count),
            f"{tr(messages.STATUS[status]) if status in messages.STATUS else visible(status)}  ",
        )
        for status, count in statuses
    ]
    lines += _origins(frames, disclosure)
    return lines


def unread_files(failures: list[tuple[str, str]]) -> list[TextLine]:
    """Return the files that could not be read, each with its reason.

    A blank line ends them; nothing where there are none.
    """
    if not failures:
        return []
    lines = [TextLine(tr(messages.UNREAD_FILES).format(len(failures)), style="heading")]
    for path, reason in failures:
        lines += [TextLine(path), TextLine(reason, "    ")]
    return [*lines, TextLine("")]


def full_title(current: OpenDisclosure, statement: str) -> str:
    """Return the short title of a statement, in English with its English.

    Of a statement without a known name the printed one.
    """
    title = statement_title(statement, current.head.phase)
    return beside(title, tr(title) if tr(title) != title else "") if title else current.title(statement)


def _origins(frames: Frames, disclosure: str) -> list[TextLine]:
    """Say how many amounts are not printed in these digits; nothing where all are."""
    counts = dict(opened(frames, disclosure).cells.group_by("origin").len().sort("origin").rows())
    lines = [
        TextLine(tr(messages.AMOUNTS).format(counts[name]), f"{tr(messages.ORIGINS[name])}  ")
        for name in messages.ORIGINS
        if name in counts
    ]
    return [TextLine(""), TextLine(tr(messages.DIGITS_HEAD), style="heading"), *lines] if lines else []


def _extent(head: dict[str, Any]) -> str:
    pages = tr(messages.PAGES).format(head["page_count"]) if head["page_count"] else ""
    return pages + tr(messages.LINES).format(head["line_count"], head["encoding"]).rstrip()


def _statement_line(head: dict[str, object], amounts: int, current: OpenDisclosure) -> TextLine:
    name = full_title(current, str(head["statement"]))
    place = tr(messages.FROM_TO).format(head["line_from"], head["line_to"]) if head["line_from"] else ""
    if head["page_from"]:
        one = head["page_to"] in {None, head["page_from"]}
        pages = (tr(messages.PAGE) if one else tr(messages.PAGES_FROM_TO)).format(head["page_from"], head["page_to"])
        place = pages
    note = f" · {head['note']}" if head["note"] else ""
    return TextLine(
        f"{tr(messages.AMOUNTS).format(amounts):>9}  {name}  {tr(str(head['money_unit'] or ''))}  {place}{note}"
    )


def _notice_line(notice: dict[str, object]) -> TextLine:
    label = messages.SEVERITY.get(str(notice["severity"]), "")  # a part of the library may hold any text
    return TextLine(_notice_text(notice), f"{tr(label)}  " if label else "")


def _notice_text(notice: dict[str, object]) -> str:
    place = tr(messages.AT_LINE).format(notice["line"]) if notice["line"] else ""
    return place + str(notice["text"])


def amount_places(line: str, amounts: Sequence[Printed]) -> tuple[tuple[int, int], ...]:
    """Return where a line prints these amounts, gaps in place of tabs.

    One is where its column says; else where it stands, unless the line prints that number for another row too.
    """
    cells = line.split("\t")
    content = line.replace("\t", COLUMN_GAP)
    starts = [0]
    for cell in cells:
        starts.append(starts[-1] + len(cell) + len(COLUMN_GAP))
    places: set[tuple[int, int]] = set()
    for text, count in Counter(amount.text for amount in amounts).items():
        found = [match.span() for match in re.finditer(rf"(?<![\d.,]){re.escape(text)}(?![\d.,]*\d)", content)]
        if len(found) == count:
            places.update(found)
            continue
        columns = {amount.column for amount in amounts if amount.text == text}
        for column in columns:
            if column is not None and column < len(cells) and cells[column].strip() == text:
                start = starts[column] + cells[column].index(text)
                places.add((start, start + len(text)))
    return tuple(sorted(places))
