"""Files that are gathered from the parts and only save work.

Each is a zip archive with its checksums, and names the files that it was gathered from.  What it says of another file,
by name, size or time, does not count.
"""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.library.parts import DAMAGE
from budget.system.files import ExportError, write_bytes

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Stamp(NamedTuple):
    """What tells whether a part is still the same file."""

    size: int
    """Bytes."""
    modified: int
    """Nanoseconds, as the system counts them."""

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp of a file."""
        return cls(status.st_size, status.st_mtime_ns)


class Gathered(NamedTuple):
    """A file that was gathered: what it was made with and from, and its Parquet members."""

    made_with: Mapping[str, Any]
    """Versions of whatever its members depend on besides the parts."""
    of: Sequence[Sequence[Any]]
    """One row a part; it begins with name, size and time."""
    members: Mapping[str, bytes]

    def stamps(self) -> dict[str, Stamp]:
        """The parts that it was made from."""
        return {str(name): Stamp(int(size), int(modified)) for name, size, modified, *_ in self.of}


def write(path: Path, gathered: Gathered) -> None:
    """Keep what was gathered. It never fails."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("manifest.json", json.dumps([gathered.made_with, gathered.of], ensure_ascii=False))
        for name, data in gathered.members.items():
            file.writestr(name, data)
    with suppress(ExportError, OSError):
        write_bytes(path, content.getvalue(), overwrite=True)


def read(path: Path, made_with: Mapping[str, Any]) -> Gathered | None:
    """What was gathered; None where it is missing, damaged, or made with something else."""
    with suppress(OSError, *DAMAGE), zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
        found, of = json.loads(file.read("manifest.json"))
        if found == made_with:
            members = {name: file.read(name) for name in file.namelist() if name != "manifest.json"}
            return Gathered(found, of, members)
    return None
