"""The command `yusuan check`: documents read, checked and reported; they leave the library alone."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path, PurePath
from time import monotonic
from typing import TYPE_CHECKING

from budget.export import batch
from budget.export import findings as reporting
from budget.i18n.language import joined, tr
from budget.library.frames import concat, without
from budget.reading.disclosure import disclosures_of_year, opened
from budget.system.files import ExportError, write_bytes
from budget.views.navigation import default_baseline
from tui.cli.arguments import check_parser
from tui.cli.export import Documents, find_and_read, write_failure
from tui.cli.help import REPORTS
from tui.library.documents import SUFFIXES
from tui.terminal.output import (
    DISCREPANT,
    FAILED,
    OK,
    checking,
    complain,
    is_terminal,
    progress,
    write,
    write_words,
)

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from budget.export.batch import Checked
    from budget.library.frames import Frames
    from loaders.workers.start import Hire

WORKBOOK = "xlsx"
_OTHERS = frozenset(ending.lstrip(".") for ending in (*SUFFIXES, ".svg", ".png", ".rtf")) - {"txt", "text", *REPORTS}
"""Endings by which a file is taken for something that no report is."""


def check(asked: Namespace, hire: Hire) -> int:
    """Check documents and report what does not add up.

    Returns 1 where one could not be read or the report not be written, else 3 with discrepancies, else 0.
    """
    _check_ending(asked)
    documents = find_and_read(asked.paths, hire)
    complain(documents.copies)
    against = find_and_read([asked.against], hire) if asked.against else Documents(concat([]), OK)
    if not documents.ids or (asked.against and not against.ids):
        return FAILED
    if format_of(asked) == WORKBOOK and not asked.output and is_terminal():
        check_parser().refuse("--format", tr("工作簿（xlsx）不是文本，不能显示在终端上，请用 -o 写入文件"))
    checked = list(checked_documents(documents, against))
    failed = FAILED in {documents.status, against.status}
    data = _to_bytes(checked, format_of(asked))
    if asked.output is None and format_of(asked) == "text":
        write_words(data.decode("utf-8"))
    elif asked.output is None:
        write(data, "utf-8")
    else:
        try:
            written = write_bytes(Path(asked.output), data, overwrite=asked.force)
            complain([tr("已写入 {}").format(written)])
        except ExportError as error:
            complain([write_failure(error)])
            return FAILED
    if failed:
        return FAILED
    return DISCREPANT if any(one.report.discrepancies for one in checked) else OK


def _check_ending(asked: Namespace) -> None:
    """Refuse a name of the output whose ending is not that of the format."""
    ending = PurePath(asked.output or "").suffix.lower().lstrip(".")
    if asked.format and ending in REPORTS and ending != asked.format:
        check_parser().refuse("--format", tr("{} 与文件名的扩展名 .{} 不一致").format(asked.format, ending))
    if not asked.format and ending in _OTHERS:
        text = tr("不认识扩展名 .{}，可用 {}，或用 --format 指明格式").format(ending, joined(REPORTS))
        check_parser().refuse("--output", text)


def format_of(asked: Namespace) -> str:
    """Return the format of the report. That is the one asked for, else that of the output's name, else text."""
    ending = PurePath(asked.output or "").suffix.lower().lstrip(".")
    return asked.format or (ending if ending in REPORTS else "text")


def _to_bytes(checked: Sequence[Checked], extension: str) -> bytes:
    """The report in a format; the text of several documents ends with a table a body."""
    if extension == WORKBOOK:
        return batch.to_xlsx(checked)
    reports = [one.report for one in checked]
    data = reporting.to_bytes(reports, extension, datetime.now().astimezone().date())
    if extension != "text" or len(checked) == 1:
        return data
    return data + ("\n" + "\n".join(batch.text(checked))).encode("utf-8")


def checked_documents(documents: Documents, against: Documents) -> Iterator[Checked]:
    """The documents with their findings, in the order of the files."""
    read = concat([documents.frames, without(against.frames, documents.ids)])
    shown = sys.stderr.isatty() and len(documents.ids) > 1
    for number, disclosure in enumerate(documents.ids):
        if shown:
            checking(number, len(documents.ids), opened(read, disclosure).head.source_name)
        begin = monotonic()
        baseline = _baseline(documents, against, disclosure)
        report = reporting.report_of(read, disclosure, baseline)
        if against.ids and not baseline:
            complain([tr("{}：没有同一单位的对照资料，跨年规则未核。").format(report.head.source_name)])
        yield batch.checked_one(read, report, monotonic() - begin)
    if shown:
        progress()


def _baseline(documents: Documents, against: Documents, disclosure: str) -> str:
    """What a document is compared with; "" for none.

    It is the one that was named, of several the same body's; where none was named, the year before among those that
    are checked.
    """
    if not against.ids:
        return _year_before(documents.frames, disclosure)
    others = [id_ for id_ in against.ids if id_ != disclosure]
    if len(documents.ids) == 1 and len(others) == 1:
        return others[0]
    frames: Frames = concat([documents.frames.of(disclosure), *(against.frames.of(id_) for id_ in others)])
    return default_baseline(frames, disclosure) or ""


def _year_before(frames: Frames, disclosure: str) -> str:
    """The same body's document of the year before: of the same phase, and of no other edition."""
    own = opened(frames, disclosure).head
    if own.fiscal_year is None or not own.names:
        return ""
    held = [
        head
        for head in disclosures_of_year(frames, own, own.fiscal_year - 1)
        if head.phase == own.phase and (head.edition == own.edition or not (head.edition and own.edition))
    ]
    tables = frames.with_statements()
    # of a disclosure in two files the one with the tables
    best = sorted(
        held, key=lambda head: (head.disclosure_id not in tables, head.edition != own.edition, head.body != own.body)
    )
    return best[0].disclosure_id if best else ""
