"""What is read or written beside the table. Source, report, glossary, export, copy, further documents."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sample_data
from budget.export.findings import report_of
from budget.export.findings import to_bytes as report_bytes
from budget.export.table import (
    FORMATS,
    WITHOUT_NOTES,
    ExportError,
    all_notes,
    proposed_name,
    to_bytes,
    to_csv,
    write_bytes,
)
from budget.i18n.language import joined, tr
from budget.library.parts import DamagedPartError
from budget.model.codes import name_zh
from budget.model.matching import initials
from budget.system.files import reason, told
from budget.system.paths import readable
from budget.views.english import spoken
from budget.views.state import VIEW_TITLES, View
from budget.views.table import LEFT_OUT
from budget.views.text.glossary import explain
from budget.views.text.repeats import TEXT_VIEWS
from tui import messages as zh
from tui.library.documents import find_documents, home, is_folder
from tui.library.intake import Intake
from tui.render import reports
from tui.session.putting_aside import samples_of, users_library
from tui.terminal.streams import clipboard_sequence
from tui.widgets.lines import Reading, TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from budget.views.table import ViewTable
    from tui.session.session import Session


REPORT = "md"
"""The format in which findings are a report."""
PICTURE = "svg"
OPINION = "docx"
"""The format of a review opinion, whatever view is shown."""


def source(session: Session) -> Reading | str:
    """Return the document's text with the current row's amounts marked. A sentence where there is none."""
    if not session.table.frame.height:
        return tr(zh.NO_ROW)
    if not session.state.disclosure:
        return tr(zh.IN_LIBRARY)
    found = source_of_row(session)
    if found is not None:
        return Reading(*found)
    return tr(zh.NO_SOURCE if place_in_text(session) is None else zh.NO_TEXT)


def source_of_row(session: Session, around: int | None = None) -> reports.Source | None:
    """Return the text with the current row's amounts marked: all of it, or so many lines around the row."""
    place = place_in_text(session)
    if place is None:
        return None
    disclosure, line, printed = place
    return reports.text_around(session.frames, disclosure, line, printed, around)


def place_in_text(session: Session) -> tuple[str, int | None, Mapping[int, Sequence[reports.Printed]]] | None:
    """Return where the current row stands. Disclosure, line, its printed amounts by their lines; None for nowhere."""
    state = session.state
    if not state.disclosure or not session.table.frame.height:
        return None
    row = session.table.frame.row(session.index, named=True)
    disclosure, row_no = state.disclosure, row["row_no"]
    if row_no is None:  # a row that stands only in the baseline
        disclosure, row_no = state.baseline, row["baseline_row_no"]
    if row_no is not None and row["statement"]:
        return disclosure, *reports.printed_lines(session.frames, disclosure, row["statement"], row_no)
    for disclosure, line in ((state.disclosure, row["line"]), (state.baseline, row["baseline_line"])):
        if line is not None:
            return disclosure, line, reports.NOTHING_PRINTED
    return None


def explanation(session: Session) -> Reading | None:
    """Return the glossary entry for the current row, else the view. None where the document's glossary has neither."""
    state = session.state
    row = session.table.frame.row(session.index, named=True) if session.table.frame.height else {}
    labels = [str(row.get(name) or "") for name in (("term",) if state.view is View.GLOSSARY else ("name", "heading"))]
    if state.view not in TEXT_VIEWS:
        labels += [*session.table.breadcrumb[:0:-1], session.table.title]
        if spoken():  # the document's glossary explains Chinese words, not the English ones of path and title
            labels += [*(name_zh(code) for code in reversed(state.path)), VIEW_TITLES[state.view]]
    found = explain(session.frames, state.disclosure, state.baseline, labels) if state.disclosure else None
    if found is None:
        return None
    term = found.term
    page = tr(zh.PAGE).format(term.page) + " " if term.page is not None else ""
    lines = [
        TextLine(term.term, style="heading"),
        TextLine(term.text),
        TextLine(""),
        TextLine(
            f"{reports.title(session.frames, found.disclosure)} {page}{tr(zh.LINE).format(term.line)}",
            style="dim",
        ),
    ]
    return Reading(tr(zh.GLOSSARY), lines)


def report(session: Session) -> Reading | str:
    """Return the reading report of the disclosure. In the library the files that could not be read come first."""
    disclosure = session.state.disclosure or session.key
    try:
        lines = reports.report(session.frames, disclosure) if disclosure else []
    except (DamagedPartError, OSError) as error:
        lines = [TextLine(told(error))]
    if not session.state.disclosure:  # the library: first what is not in it, which no other place says
        lines = reports.unread_files(session.loaded_library.failures() if session.loaded_library else []) + lines
    return Reading(tr(zh.REPORT), lines) if lines else tr(zh.NO_ROW)


def formats(session: Session) -> tuple[str, ...]:
    """Return the formats of an export of what is shown; a review opinion is about one disclosure."""
    return (*FORMATS, OPINION) if session.state.disclosure else FORMATS


def export_name(session: Session) -> str:
    """Return the proposed path of an export.

    In the folder of exports, else the current one, named after what is shown.
    """
    extension = REPORT if session.state.view is View.FINDINGS else "csv"
    return str(Path(session.options.export_folder or "") / proposed_name(session.state, session.frames, extension))


def export(session: Session, path: Path, *, overwrite: bool) -> str:
    """Write all rows of the table into a file.

    The path's ending names the format; findings as Markdown are the report that `yusuan check` writes. Returns a
    sentence with what was written.

    Raises:
        ExportError: what went wrong, in one sentence.
    """
    today = datetime.now().astimezone().date()
    if not path.suffix and path.name:
        path = path.with_name(f"{path.name}.{FORMATS[0]}")
    extension, wanted = path.suffix.lower().lstrip("."), session.options.encoding
    if extension not in formats(session):
        raise ExportError(tr(zh.NO_FORMAT).format(extension, " ".join(formats(session))))
    if session.state.view is View.FINDINGS and extension == REPORT:
        own = report_of(session.frames, session.state.disclosure, session.state.baseline)
        written = write_bytes(_target(session, path), report_bytes([own], extension, today), overwrite=overwrite)
        return tr(zh.EXPORTED_REPORT).format(len(own.findings), written)
    if extension == OPINION:
        return _export_opinion(session, path, today, overwrite=overwrite)
    if (todo := session.missing_audit()) is not None:
        session.apply_audit(todo())  # a file says what the checks found, however soon it is asked for
    if extension == PICTURE:
        written = write_bytes(_target(session, path), _drawn(session), overwrite=overwrite)
        return _with_notes(tr(zh.EXPORTED_PICTURE).format(written), session.table, extension)
    table = session.arranged_table
    data = to_bytes(table, extension, "gb18030" if wanted == "gb18030" else "utf-8", on=today)
    if extension == "csv" and wanted == "utf-8":
        data = data.removeprefix(BOM_UTF8)
    written = write_bytes(_target(session, path), data, overwrite=overwrite)
    count, left_out = table.frame.height + table.totals.height, table.provenance.get(LEFT_OUT)
    said = tr(zh.EXPORTED).format(count, written)
    if left_out:
        said = tr(zh.EXPORTED_WITHOUT).format(count, left_out, written)
    return _with_notes(said, table, extension)


def _with_notes(said: str, table: ViewTable, extension: str) -> str:
    """What was written, and the notes of the view that its format has no place for."""
    return joined([said, *(all_notes(table) if extension in WITHOUT_NOTES else ())], "；")


def _drawn(session: Session) -> bytes:
    """The picture of what is shown, and those of the row at the cursor; no column is missing in a picture."""
    from budget.export.svg import to_svg
    from budget.pictures.row import pictures_of_row

    try:
        of_row = pictures_of_row(session.state, session.frames_for(session.state), session.table)
    except (DamagedPartError, OSError):  # a part of the library cannot be had: what is shown can be drawn
        of_row = ()
    return to_svg(session.table, of_row)


def _export_opinion(session: Session, path: Path, on: date, *, overwrite: bool) -> str:
    """Write the review opinion of the disclosure as a word document."""
    from budget.export.batch import checked_one
    from budget.export.opinion import opinion
    from budget.export.opinion_files import to_docx

    state, frames = session.state, session.frames
    one = checked_one(frames, report_of(frames, state.disclosure, state.baseline))
    data = to_docx(opinion(frames, [one], session.noting.held, on))
    return tr(zh.EXPORTED_OPINION).format(write_bytes(_target(session, path), data, overwrite=overwrite))


def _target(session: Session, path: Path) -> Path:
    return (session.options.export_folder or Path()) / path


def row_text(session: Session) -> str:
    """Return the row at the cursor below its column heads. Tabs stand between the fields; "" without a row."""
    table = session.table
    if not table.frame.height:
        return ""
    one = replace(session.arranged_table, frame=table.frame.slice(session.index, 1), totals=table.totals.clear())
    lines = csv.reader(to_csv(one).decode("utf-8-sig").splitlines())
    return "\n".join("\t".join(fields) for fields in lines) + "\n"


def copy_row(session: Session, send: Callable[[str], None]) -> str:
    """Send the row to the clipboard and write it into a file."""
    text = row_text(session)
    if text:
        send(text)
    return write_copy(text, session.options.export_folder, sent=bool(clipboard_sequence(text)))


def write_copy(text: str, folder: Path | None = None, *, sent: bool = False) -> str:
    """Write a copied row into a file; return a sentence about it.

    `sent` tells that it has been sent to a clipboard as well. The file stands in the folder of exports, else where the
    library is. No terminal says what became of what was sent.
    """
    if not text:
        return tr(zh.NO_ROW)
    path = (folder or home()) / tr(zh.COPY_FILE)
    try:
        if folder is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        written = write_bytes(path, text.encode("utf-8"), overwrite=True)
        return tr(zh.COPIED if sent else zh.COPIED_TO_FILE).format(written)
    except OSError as error:
        return tr(zh.SENT_ONLY if sent else zh.NOT_COPIED).format(readable(path), reason(error))
    except ExportError as error:
        return str(error)


def intake(session: Session, path: Path, stopped: Callable[[], bool]) -> Intake | str:
    """Return what is to be read of a file or folder. Runs in a worker thread; a sentence where there is nothing."""
    found, said = find_documents([str(path)], stopped)
    if stopped():
        return tr(zh.SEARCH_STOPPED)
    if not found:
        return " ".join(said)
    library = samples_of(session) if set(found) <= set(sample_data.paths()) else users_library(session)
    taken = Intake(library, found, asked=not is_folder(str(path)))
    taken.messages += said
    return taken


def warm_up() -> None:
    """Load the pinyin initials before the first search. The first typed letter need not wait for them."""
    initials(tr(zh.APP))
