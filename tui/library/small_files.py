"""Small JSON files that only save work: whatever is odd about one, it counts as absent.

On the way to the first paint: the standard library alone.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A link is not followed, and a pipe not waited for."""


def read(path: Path) -> dict[str, Any] | None:
    """The object in a file; None where there is none, no plain file, too large a one, or anything but an object."""
    data = plain_bytes(path, MOST_BYTES)
    if not data:
        return None
    import json

    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def plain_bytes(path: Path, most: int) -> bytes | None:
    """The content of a plain file of at most so many bytes; None for anything else."""
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(most + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None
    except (OSError, ValueError):
        return None
    return data if data is not None and len(data) <= most else None


def write(path: Path, value: dict[str, Any]) -> bool:
    """Replace a file by an object, completely or not at all. Tells whether that was done, and never fails."""
    import json

    from budget.system.files import ExportError, write_bytes

    data = json.dumps(value, separators=(",", ":")).encode()  # ASCII: the name of a file need not be text
    if len(data) > MOST_BYTES:
        return False
    with suppress(ExportError, OSError):
        if path.is_symlink() or (path.exists() and not path.is_file()):
            return False  # writing to a pipe would wait for its reader
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, data, overwrite=True)
        return True
    return False
