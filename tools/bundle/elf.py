"""What a Linux program asks of its system, and what it spares."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = re.compile(rb"\0GLIBC_(\d+)\.(\d+)(?:\.\d+)?(?=\0)")
_INTERPRETER = 3
"""PT_INTERP: the part of a program that names its loader."""


def oldest_glibc(place: Path) -> str:
    """Oldest GNU C library with which a binary or folder runs.

    It reads "2.28"; "" where none asks for one. The names of the versions that a file asks for stand in it as text,
    each between two zero bytes.
    """
    found: set[tuple[int, int]] = set()
    for path in place.rglob("*") if place.is_dir() else [place]:
        if path.is_file() and is_elf(path):
            found |= {(int(major), int(minor)) for major, minor in _VERSION.findall(path.read_bytes())}
    return ".".join(map(str, max(found))) if found else ""


def newer(version: str, than: str) -> bool:
    """Whether a version, "2.36", is newer than another; "", no version, is not."""
    return _parts(version) > _parts(than)


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part]


def is_elf(path: Path) -> bool:
    """Whether a file is a program or a library of Linux."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def loader(program: Path) -> str:
    """The path of the loader that a 64-bit program names, as "/lib64/ld-linux-x86-64.so.2"; "" where it names none."""
    data = program.read_bytes()
    start, size, count = struct.unpack_from("<Q", data, 32)[0], *struct.unpack_from("<HH", data, 54)
    for number in range(count):
        kind, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", data, start + number * size)
        if kind == _INTERPRETER:
            return data[offset : offset + length].rstrip(b"\0").decode("ascii")
    return ""


def strip(path: Path) -> None:
    """Cut off what stands behind the last part that is loaded: names for debuggers, a fifth of Polars."""
    data = bytearray(path.read_bytes())
    start, size, count = struct.unpack_from("<Q", data, 32)[0], *struct.unpack_from("<HH", data, 54)
    end = start + size * count
    for number in range(count):
        _, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", data, start + number * size)
        end = max(end, offset + length)
    struct.pack_into("<Q", data, 40, 0)  # no table of sections: a program is loaded by its parts
    struct.pack_into("<HHH", data, 58, 0, 0, 0)
    path.write_bytes(data[:end])
