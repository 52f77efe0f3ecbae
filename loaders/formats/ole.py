"""Compound files (OLE2), the container of .doc, .xls, .wps and .et: the streams of the root, read with limits."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import NamedTuple

from budget.i18n.language import N_, words
from loaders.formats.package import damaged

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA
"""Sector numbers above this one are marks: free, end of chain."""
_NO_ENTRY = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5


class Entry(NamedTuple):
    """A directory entry: a stream (2), a storage (1) or the root (5)."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound file whose directory has been read."""

    name: str
    data: bytes
    sector: int
    mini_sector: int
    mini_cutoff: int
    fat: tuple[int, ...]
    mini_fat: tuple[int, ...]
    mini_stream: bytes
    entries: dict[str, Entry]
    """Streams and storages of the root, by their names in lower case."""

    def has(self, stream: str) -> bool:
        """Whether the root has a stream or storage of this name."""
        return stream.lower() in self.entries

    def stream(self, stream: str) -> bytes:
        """The bytes of a stream of the root.

        Raises:
            UnreadableDocumentError: there is none, or its chain is damaged.
        """
        entry = self.entries.get(stream.lower())
        if entry is None or entry.kind != _STREAM:
            raise damaged(self.name, words(N_("缺少 {}"), stream))
        if entry.size < self.mini_cutoff:
            parts = [
                self.mini_stream[number * self.mini_sector : (number + 1) * self.mini_sector]
                for number in _chain(entry.start, self.mini_fat, self.name)
            ]
        else:
            parts = [_sector(self.data, number, self.sector) for number in _chain(entry.start, self.fat, self.name)]
        return b"".join(parts)[: entry.size]


def open_compound(data: bytes, name: str) -> Compound:
    """Read the tables and the root directory of a compound file.

    Raises:
        UnreadableDocumentError: the file is cut or damaged.
    """
    if not data.startswith(SIGNATURE) or len(data) < _HEADER:
        raise damaged(name)
    sector_shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if sector_shift not in {9, 12} or mini_shift != 6:  # noqa: PLR2004 - the sizes that the format allows
        raise damaged(name, words(N_("文件头")))
    directory, cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
    sector = 1 << sector_shift
    fat = _fat(data, sector, name)
    raw = b"".join(_sector(data, number, sector) for number in _chain(directory, fat, name))
    entries = [_entry(raw, place) for place in range(0, len(raw) - _ENTRY + 1, _ENTRY)]
    if not entries or entries[0].kind != _ROOT:
        raise damaged(name, words(N_("目录")))
    root = entries[0]
    mini_table = b"".join(_sector(data, number, sector) for number in _chain(mini_start, fat, name))
    mini_stream = b"".join(_sector(data, number, sector) for number in _chain(root.start, fat, name))
    return Compound(
        name, data, sector, 1 << mini_shift, cutoff, fat, _numbers(mini_table), mini_stream, _children(entries, root)
    )


def _fat(data: bytes, sector: int, name: str) -> tuple[int, ...]:
    """The table of chains; its own sectors are listed in the header and, in large files, in a chain of lists."""
    listed = list(struct.unpack_from("<109I", data, 76))
    place, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // sector)):
        if place > _LAST:
            break
        numbers = _numbers(_sector(data, place, sector))
        if not numbers:
            raise damaged(name, words(N_("扇区表")))
        listed += numbers[:-1]
        place = numbers[-1]
    wanted = dict.fromkeys(number for number in listed if number <= _LAST)
    return _numbers(b"".join(_sector(data, number, sector) for number in wanted))


def _sector(data: bytes, number: int, sector: int) -> bytes:
    start = (number + 1) * sector
    return data[start : start + sector]


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _chain(start: int, table: tuple[int, ...], name: str) -> list[int]:
    """The sectors of a chain, in order; a chain that leaves the table or bites itself is damaged."""
    chain: list[int] = []
    while start <= _LAST:
        if start >= len(table) or len(chain) > len(table):
            raise damaged(name, words(N_("扇区链")))
        chain.append(start)
        start = table[start]
    return chain


def _entry(raw: bytes, place: int) -> Entry:
    length, kind = struct.unpack_from("<HB", raw, place + 64)
    left, right, child = struct.unpack_from("<III", raw, place + 68)
    start, size = struct.unpack_from("<II", raw, place + 116)
    name = raw[place : place + min(max(length - 2, 0), 62)].decode("utf-16-le", errors="replace")
    return Entry(name, kind, left, right, child, start, size)


def _children(entries: list[Entry], root: Entry) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    seen: set[int] = set()
    waiting = [root.child]
    while waiting:
        number = waiting.pop()
        if number == _NO_ENTRY or number >= len(entries) or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        found.setdefault(entry.name.lower(), entry)
        waiting += [entry.left, entry.right]
    return found
