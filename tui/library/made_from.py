"""What a snapshot of the screen is made from; a snapshot that was made from anything else is not shown.

On the way to the first paint: neither Polars nor the loaders.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budget.i18n.language import current
from budget.library.names import ASIDE, INDEX, PART
from loaders.version import LOADER_VERSION
from tui import __version__
from tui.library import small_files
from tui.library.documents import content_of, home

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.library.loaded import Options

LIBRARY, SAMPLES = "library", "samples"
"""Folders below `home()`: the user's library, and that of the sample data."""
COLUMNS = "columns.json"
"""The file below `home()` with the user's arrangement of columns."""
MOST_HASHED = 1 << 26
"""Bytes of the largest document that is hashed before the first paint: 64 MB take a tenth of a second."""
MOST_FILES = 2_000
"""Files of the largest library that has a snapshot."""
_PACKAGES = Path(__file__).resolve().parents[2]


def program(options: Options) -> dict[str, Any]:
    """The program and the settings that a picture depends on."""
    return {
        "version": __version__,
        "loader": LOADER_VERSION,
        "files": fingerprint(),
        "language": current(),
        "unit": options.money_unit,
        "ascii": options.ascii,
        "columns": small_files.read(home() / COLUMNS) or {},
    }


def files(folder: Path) -> dict[str, list[int]]:
    """The files of a library by name, with size and time (ns)."""
    found: dict[str, list[int]] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(PART) or entry.name in {INDEX, ASIDE}:
                    found[entry.name] = stamp(entry)
    except (OSError, ValueError):
        return {}
    return found


def folder(home: Path) -> Path:
    """The library that opens with no document named: the user's, that of the sample data where it is empty."""
    own = home / LIBRARY
    return own if any(name.endswith(PART) for name in files(own)) else home / SAMPLES


def stamps(paths: Iterable[Path]) -> dict[str, list[int]]:
    """The files at these paths that are there, as `files` has them."""
    found = {}
    for path in paths:
        with suppress(OSError):
            found[path.name] = stamp(path)
    return found


def stamp(entry: os.DirEntry[str] | Path) -> list[int]:
    """Size and time (ns) of a file."""
    status = entry.stat()
    return [status.st_size, status.st_mtime_ns]


def document(path: Path) -> str:
    """The SHA-256 of a document; "" where it is too large, no plain file, or cannot be read."""
    try:
        if path.stat().st_size > MOST_HASHED:
            return ""
        return content_of(path)[1]
    except (OSError, ValueError):
        return ""


def presence(paths: Iterable[str]) -> dict[str, bool]:
    """Which of these files are there."""
    return {path: os.path.exists(path) for path in paths}  # noqa: PTH110 - names as the system has them


@cache
def fingerprint() -> str:
    """The files of the program with size and time: a developer changes them without another version."""
    import hashlib

    found = sorted(one for name in ("budget", "loaders", "tui") for one in _below(str(_PACKAGES / name)))
    if getattr(sys, "frozen", False):  # a bundled program has its modules in one file
        size, time = stamp(Path(sys.executable))
        found.append((sys.executable, size, time))
    return hashlib.sha256(repr(found).encode("utf-8", "backslashreplace")).hexdigest()


def _below(folder: str) -> Iterator[tuple[str, int, int]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if not entry.is_dir():
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns
        elif entry.name != "__pycache__":
            yield from _below(entry.path)
