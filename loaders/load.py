"""Load a document: pick its format by what it is, and read it."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import TYPE_CHECKING

from budget.i18n.language import N_
from budget.model.disclosure import UnreadableDocumentError
from budget.system.files import is_held, kept_reason
from budget.system.paths import system
from loaders import disclosure
from loaders.formats.text import reader as text
from loaders.version import LOADER_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from budget.model.disclosure import Disclosure
    from loaders.document import Document

__all__ = ["LOADER_VERSION", "SUFFIXES", "document", "load"]

SUFFIXES = (
    *(".txt", ".md", ".text", ".pdf", ".docx", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et", ".ods"),
    *(".html", ".htm", ".mht", ".mhtml", ".ofd"),
)
"""Endings of the files that a folder is searched for."""

_READERS = {
    **dict.fromkeys(("xlsx", "xls", "ods"), "spreadsheet.reader"),
    "pdf": "pdf.reader",
    "ofd": "ofd.reader",
}
"""Formats whose module has another name."""


def load(path: Path) -> Disclosure:
    """Read one document.

    Raises:
        UnreadableDocumentError: one plain sentence with the file, the place and what to do.
    """
    data = _bytes(path)
    return disclosure.read(document(data, path.name), hashlib.sha256(data).hexdigest(), path)


def document(data: bytes, name: str) -> Document:
    """The paragraphs and grids of a file, whatever its format.

    Raises:
        UnreadableDocumentError: one plain sentence.
    """
    text.check_content(data, name)
    from loaders.formats.detect import format_of

    format_ = format_of(data, name)
    if format_ == "text":
        return text.read(data, name)
    found: Document = import_module(f"loaders.formats.{_READERS.get(format_, format_)}").read(data, name)
    return found


def _bytes(path: Path) -> bytes:
    at = system(path)
    try:
        if at.is_dir():
            raise UnreadableDocumentError(N_("{}：这是文件夹，不是文件。"), path)
        text.check_size(at.stat().st_size, str(path))
        return at.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocumentError(N_("{}：找不到这个文件，请检查路径。"), path) from None
    except PermissionError:
        refused = N_("{}：没有读取权限，请检查文件权限，或文件是否正被其他程序占用。")
        if is_held(at):
            refused = N_("{}：正被其他程序（如 Excel、WPS）独占打开，请关闭后再打开。")
        raise UnreadableDocumentError(refused, path) from None
    except (OSError, ValueError) as error:
        raise UnreadableDocumentError(N_("{}：无法读取（{}）。"), path, kept_reason(error)) from None
