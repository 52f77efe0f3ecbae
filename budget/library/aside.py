"""What the user has put aside: disclosures removed from the library, and hidden ones.

A removed disclosure counts as absent in every part up to a stamp; read again, it stands in a later part and is back.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from budget.library.names import ASIDE
from budget.system.files import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Aside(NamedTuple):
    """What is put aside, by disclosure_id."""

    removed: Mapping[str, int] = {}
    """With the stamp (ns) of the last part in which it no longer counts."""
    hidden: frozenset[str] = frozenset()


def read(folder: Path) -> Aside:
    """What is put aside in a library; nothing where the file is missing or damaged."""
    with suppress(OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        found = json.loads((folder / ASIDE).read_bytes())
        removed = {str(key): int(stamp) for key, stamp in found["removed"].items()}
        return Aside(removed, frozenset(map(str, found["hidden"])))
    return Aside()


def write(folder: Path, aside: Aside) -> None:
    """Keep what is put aside.

    Raises:
        OSError, ExportError: the disk is full, or the folder cannot be written.
    """
    value = {"removed": dict(aside.removed), "hidden": sorted(aside.hidden)}
    folder.mkdir(parents=True, exist_ok=True)
    write_bytes(folder / ASIDE, json.dumps(value, separators=(",", ":")).encode(), overwrite=True)
