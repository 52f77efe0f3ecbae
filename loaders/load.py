"""Load a document: pick its format, read its statements, report on what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from budget.model import Disclosure

LOADER_VERSION = 1
"""Raised whenever the same file would give another disclosure."""


def load(path: Path) -> Disclosure:
    """Read one document.

    Raises:
        UnreadableDocumentError: one plain sentence with the file, the place and what to do.
    """
    raise NotImplementedError
