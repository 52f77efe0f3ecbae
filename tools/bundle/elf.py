"""What a Linux program asks of the system that it runs on."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = re.compile(rb"\0GLIBC_(\d+)\.(\d+)(?:\.\d+)?(?=\0)")
_INTERPRETER = 3
"""PT_INTERP: the part of a program that names its loader."""


def oldest_glibc(folder: Path) -> str:
    """Oldest GNU C library with which every binary of a folder runs.

    It reads "2.28"; "" where none asks for one. The names of the versions that a file asks for stand in it as text,
    each between two zero bytes.
    """
    found: set[tuple[int, int]] = set()
    for path in folder.rglob("*"):
        if path.is_file() and is_elf(path):
            found |= {(int(major), int(minor)) for major, minor in _VERSION.findall(path.read_bytes())}
    return ".".join(map(str, max(found))) if found else ""


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
