"""Records of binary workbooks (.xls, .et): what a workbook says of its sheets, texts and number formats.

Read here and not by a library, because what parses these records in machine code ends the whole program where a
damaged file claims more cells than there is memory.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, words
from loaders.formats import ole
from loaders.formats.package import damaged, encrypted
from loaders.formats.spreadsheet.number_format import BUILTIN, GENERAL

if TYPE_CHECKING:
    from collections.abc import Iterator

STRING_LIMIT = 1_000_000
"""Different texts of a workbook."""
_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_BOUNDSHEET, _FORMAT, _XF, _SST, _CODEPAGE, _DATE1904, _FILEPASS = 0x85, 0x041E, 0xE0, 0xFC, 0x42, 0x22, 0x2F
_BIFF8 = 0x0600
_WIDE, _PHONETIC, _RICH = 1, 4, 8
"""Flags of a text: two bytes a character, readings behind it, runs of fonts behind it."""
_PAGES = {936: "gb18030", 950: "big5", 1200: "utf-16-le", 1252: "cp1252", 65001: "utf-8"}


class Record(NamedTuple):
    """A record; what did not fit into it stands in the parts after the first."""

    kind: int
    parts: list[bytes]

    @property
    def body(self) -> bytes:
        """What fitted into the record itself."""
        return self.parts[0]


class SheetEntry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    place: int  # of its records in the stream
    hidden: bool  # also where it is a chart or a macro


@dataclass(slots=True)
class Book:
    """What the head of a workbook says."""

    stream: bytes = b""
    wide: bool = True  # texts as of Excel 97
    encoding: str = "gb18030"  # of the texts before that
    since_1904: bool = False
    sheets: list[SheetEntry] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def code(self, style: int) -> str:
        """The number format of a cell style."""
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number) or BUILTIN.get(number, GENERAL)

    def text(self, record: Record, place: int, size: int = 2) -> str:
        """The text at a place of a record, behind its length of `size` bytes."""
        length = int.from_bytes(record.body[place : place + size], "little")
        if not self.wide:
            return record.body[place + size : place + size + length].decode(self.encoding, errors="replace")
        reader = _Reader(record.parts, offset=place + size)
        return reader.characters(length, wide=bool(reader.take(1)[0] & _WIDE))


def open_book(data: bytes, name: str) -> Book:
    """Read the head of a workbook.

    Raises:
        UnreadableDocumentError: the file is encrypted or damaged.
    """
    compound = ole.open_compound(data, name)
    book = Book(stream=compound.stream("Workbook" if compound.has("Workbook") else "Book"))
    try:
        for record in records(book.stream, 0):
            if record.kind == _FILEPASS:
                raise encrypted(name)
            _head(book, record)
    except (struct.error, IndexError):
        raise damaged(name, words(N_("工作簿"))) from None
    if not book.sheets:
        raise damaged(name, words(N_("没有工作表")))
    return book


def records(stream: bytes, place: int) -> Iterator[Record]:
    """The records from a place to the end of their part of the stream; charts stand inside a sheet's records."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        record = Record(kind, [stream[place + 4 : place + 4 + size]])
        place += 4 + size
        while stream[place : place + 2] == _CONTINUE.to_bytes(2, "little"):
            size = int.from_bytes(stream[place + 2 : place + 4], "little")
            record.parts.append(stream[place + 4 : place + 4 + size])
            place += 4 + size
        yield record
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return


def _head(book: Book, record: Record) -> None:
    kind, body = record.kind, record.body
    if kind == _BOF:
        book.wide = struct.unpack_from("<H", body)[0] >= _BIFF8
    elif kind == _CODEPAGE:
        book.encoding = _PAGES.get(struct.unpack_from("<H", body)[0], "gb18030")
    elif kind == _DATE1904:
        book.since_1904 = body[:1] == b"\x01"
    elif kind == _BOUNDSHEET:
        place, state, sort = struct.unpack_from("<IBB", body)
        book.sheets.append(SheetEntry(book.text(record, 6, size=1), place, bool(state & 3 or sort)))
    elif kind == _FORMAT:
        book.formats[struct.unpack_from("<H", body)[0]] = book.text(record, 2, size=2 if book.wide else 1)
    elif kind == _XF:
        book.styles.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == _SST:
        book.strings = _strings(record)


def _strings(record: Record) -> list[str]:
    """The texts that cells share; a list that is cut gives those before the cut."""
    count = min(struct.unpack_from("<I", record.body, 4)[0], STRING_LIMIT)
    reader = _Reader(record.parts, offset=8)
    found: list[str] = []
    while len(found) < count and reader.more():
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = int.from_bytes(reader.take(2), "little") if flags & _RICH else 0
        readings = int.from_bytes(reader.take(4), "little") if flags & _PHONETIC else 0
        found.append(reader.characters(length, wide=bool(flags & _WIDE)))
        reader.skip(4 * runs + readings)
    return found


@dataclass(slots=True)
class _Reader:
    """Reads through the parts of a record."""

    parts: list[bytes]
    part: int = 0
    offset: int = 0

    def more(self) -> bool:
        """Whether anything is left; goes on to the next part where one is used up."""
        while self.part < len(self.parts) and self.offset >= len(self.parts[self.part]):
            self.part, self.offset = self.part + 1, 0
        return self.part < len(self.parts)

    def take(self, count: int) -> bytes:
        """The next bytes; zeros where the record is cut."""
        taken = b""
        while len(taken) < count and self.more():
            piece = self.parts[self.part][self.offset : self.offset + count - len(taken)]
            self.offset += len(piece)
            taken += piece
        return taken.ljust(count, b"\x00")

    def skip(self, count: int) -> None:
        """Leave out so many bytes."""
        while count > 0 and self.more():
            step = min(count, len(self.parts[self.part]) - self.offset)
            self.offset += step
            count -= step

    def characters(self, count: int, *, wide: bool) -> str:
        """A text of so many characters; in each further part its first byte says again how wide they are."""
        pieces: list[str] = []
        while count > 0 and self.part < len(self.parts):
            size = 2 if wide else 1
            data = self.parts[self.part][self.offset :][: count * size]
            data = data[: len(data) // size * size]
            pieces.append(data.decode("utf-16-le" if wide else "latin-1", errors="replace"))
            self.offset += len(data)
            count -= len(data) // size
            if count > 0:
                self.part, self.offset = self.part + 1, 1
                wide = self.part < len(self.parts) and bool(self.parts[self.part][:1] == b"\x01")
        return "".join(pieces)
