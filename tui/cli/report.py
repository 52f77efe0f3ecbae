"""The command `yusuan report`: documents read and checked, and the review opinion of them written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from budget.export import opinion_files
from budget.export.opinion import opinion
from budget.i18n.language import tr
from budget.library.frames import concat, without
from budget.system.files import ExportError, write_bytes
from tui.cli.check import checked_documents
from tui.cli.export import Documents, find_and_read, write_failure
from tui.session.noting import Noting
from tui.terminal.output import FAILED, OK, complain

if TYPE_CHECKING:
    from argparse import Namespace

    from loaders.workers.start import Hire


def report(asked: Namespace, hire: Hire) -> int:
    """Write the review opinion of documents. Returns 1 where one could not be read or the opinion not be written."""
    documents = find_and_read(asked.paths, hire)
    complain(documents.copies)
    against = find_and_read([asked.against], hire) if asked.against else Documents(concat([]), OK)
    if not documents.ids or (asked.against and not against.ids):
        return FAILED
    noting = Noting()
    complain(filter(None, [noting.failure]))
    read = concat([documents.frames, without(against.frames, documents.ids)])
    checked = list(checked_documents(documents, against))
    blocks = opinion(read, checked, noting.held, datetime.now().astimezone().date())
    try:
        written = write_bytes(Path(asked.output), opinion_files.to_bytes(blocks, asked.format), overwrite=asked.force)
    except ExportError as error:
        complain([write_failure(error)])
        return FAILED
    complain([tr("已写入 {}").format(written)])
    return FAILED if FAILED in {documents.status, against.status} else OK
