"""The command `yusuan check`: documents read, checked and reported; they leave the library alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from budget.export.findings import report_of, to_bytes
from budget.i18n.language import tr
from budget.library.frames import concat, without
from budget.system.files import ExportError, write_bytes
from budget.views.navigation import default_baseline
from tui.cli.export import Documents, find_and_read, write_failure
from tui.terminal.output import DISCREPANT, FAILED, OK, complain, write, write_words

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from budget.export.findings import Report
    from budget.library.frames import Frames
    from loaders.workers.start import Hire


def check(asked: Namespace, hire: Hire) -> int:
    """Check documents and report what does not add up.

    Returns 1 where one could not be read or the report not be written, else 3 with discrepancies, else 0.
    """
    documents = find_and_read(asked.paths, hire)
    against = find_and_read([asked.against], hire) if asked.against else Documents(concat([]), OK)
    if not documents.ids or (asked.against and not against.ids):
        return FAILED
    reports = list(_reports(documents, against))
    today = datetime.now().astimezone().date()
    failed = FAILED in {documents.status, against.status}
    data = to_bytes(reports, format_of(asked), today)
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
    return DISCREPANT if any(report.discrepancies for report in reports) else OK


def format_of(asked: Namespace) -> str:
    """Return the format of the report. That is the one asked for, else that of the output's name, else text."""
    ending = PurePath(asked.output or "").suffix.lower().lstrip(".")
    return asked.format or (ending if ending in {"json", "csv", "md"} else "text")


def _reports(documents: Documents, against: Documents) -> Iterator[Report]:
    """A report a document, in the order of the files."""
    read = concat([documents.frames, without(against.frames, documents.ids)])
    for disclosure in documents.ids:
        baseline = _baseline(documents, against, disclosure)
        report = report_of(read, disclosure, baseline)
        if against.ids and not baseline:
            complain([tr("{}：没有同一单位的对照资料，跨年规则未核。").format(report.head.source_name)])
        yield report


def _baseline(documents: Documents, against: Documents, disclosure: str) -> str:
    """What a document is compared with: the one that was named, of several the same body's; "" for none."""
    others = [id_ for id_ in against.ids if id_ != disclosure]
    if len(documents.ids) == 1 and len(others) == 1:
        return others[0]
    frames: Frames = concat([documents.frames.of(disclosure), *(against.frames.of(id_) for id_ in others)])
    return default_baseline(frames, disclosure) or ""
