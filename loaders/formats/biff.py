"""Records of binary workbooks (.xls, .et): the stored numbers with their formats, and what is hidden.

Only what the values alone do not tell is read here; texts come from the spreadsheet library.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.formats import ole
from loaders.formats.number_format import BUILTIN, GENERAL
from loaders.formats.package import damaged, encrypted, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.formats.tables import Position

AREA_LIMIT = 5_000_000
"""Positions between the first and the last cell of a sheet; the library builds all of them."""
_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF, _DATE1904, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x0022, 0x002F
_NUMBER, _RK, _MULRK, _FORMULA, _ROW, _COLINFO = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0208, 0x007D
_WINDOW2, _DIMENSIONS = 0x023E, 0x0200
_TEXTS: Final = {0x0204, 0x00FD, 0x00D6, 0x0205}
"""LABEL, LABELSST, RSTRING, BOOLERR."""
_BIFF8 = 0x0600
_ON_LOAD = 0x0002
"""A formula to be computed when the file is opened: its kept result may be none."""


class Numbered(NamedTuple):
    """A number and its format."""

    value: float
    code: str


@dataclass(slots=True)
class Layout:
    """What the records of one sheet say besides its texts."""

    name_hidden: bool
    since_1904: bool
    numbers: dict[Position, Numbered] = field(default_factory=dict)
    unsolved: list[Position] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    zeros: bool = True
    last: tuple[int, int] = (0, 0)
    declared: int = 0
    """Positions that the sheet claims to have."""

    @property
    def area(self) -> int:
        """Positions between the first cell of the sheet and its last one."""
        return max((self.last[0] + 1) * (self.last[1] + 1), self.declared)


class _Record(NamedTuple):
    kind: int
    body: bytes


@dataclass(slots=True)
class _Globals:
    """What the head of the workbook says: sheets, formats, styles."""

    wide: bool = True  # BIFF8
    since_1904: bool = False
    sheets: list[tuple[int, int]] = field(default_factory=list)  # place of the substream, hidden state
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def code(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number) or BUILTIN.get(number, GENERAL)


def layouts(data: bytes, name: str) -> list[Layout]:
    """The layouts of all sheets, in the order of the workbook.

    Raises:
        UnreadableDocumentError: the file is encrypted, damaged, or a sheet reaches too far.
    """
    compound = ole.open_compound(data, name)
    stream = compound.stream("Workbook" if compound.has("Workbook") else "Book")
    try:
        book = _globals(stream, name)
        found = [_layout(stream, place, hidden, book) for place, hidden in book.sheets]
    except (struct.error, IndexError):
        raise damaged(name, "表格记录") from None
    if any(layout.area > AREA_LIMIT for layout in found):
        raise too_large(name, "工作表的范围过大")
    return found


def _records(stream: bytes, place: int) -> Iterator[_Record]:
    """The records of one substream, from its beginning to its end."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield _Record(kind, stream[place + 4 : place + 4 + size])
        place += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)  # charts stand inside a sheet's records
        if depth <= 0:
            return


def _globals(stream: bytes, name: str) -> _Globals:
    book = _Globals()
    for kind, body in _records(stream, 0):
        if kind == _BOF:
            book.wide = struct.unpack_from("<H", body)[0] >= _BIFF8
        elif kind == _FILEPASS:
            raise encrypted(name)
        elif kind == _DATE1904:
            book.since_1904 = body[:1] == b"\x01"
        elif kind == _BOUNDSHEET:
            place, hidden = struct.unpack_from("<IB", body)
            book.sheets.append((place, hidden & 3))
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", body)[0]
            book.formats[number] = _format_text(body, wide=book.wide)
        elif kind == _XF:
            book.styles.append(struct.unpack_from("<H", body, 2)[0])
    if not book.sheets:
        raise damaged(name, "没有工作表")
    return book


def _format_text(body: bytes, *, wide: bool) -> str:
    if not wide:
        return body[3 : 3 + body[2]].decode("gb18030", errors="replace")
    length, flags = struct.unpack_from("<HB", body, 2)
    if flags & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", errors="replace")
    return body[5 : 5 + length].decode("latin-1")


def _layout(stream: bytes, place: int, hidden: int, book: _Globals) -> Layout:
    layout = Layout(name_hidden=bool(hidden), since_1904=book.since_1904)
    last_row = last_column = 0
    for kind, body in _records(stream, place):
        if kind in {_NUMBER, _RK, _MULRK, _FORMULA} or kind in _TEXTS:
            row, column = struct.unpack_from("<HH", body)
            if kind == _MULRK:
                column = struct.unpack_from("<H", body, len(body) - 2)[0]
            last_row, last_column = max(last_row, row), max(last_column, column)
        if kind in {_NUMBER, _RK, _MULRK, _FORMULA}:
            _numbers(layout, kind, body, book)
        else:
            _looks(layout, kind, body, book)
    layout.last = last_row, last_column
    return layout


def _looks(layout: Layout, kind: int, body: bytes, book: _Globals) -> None:
    if kind == _ROW:
        row, flags = struct.unpack_from("<H10xB", body)
        if flags & 0x20:
            layout.hidden_rows.add(row)
    elif kind == _COLINFO:
        first, last, options = struct.unpack_from("<HH4xB", body)
        if options & 1:
            layout.hidden_columns.update(range(first, min(last, 0xFF) + 1))
    elif kind == _WINDOW2:
        layout.zeros = bool(body[0] & 0x10)
    elif kind == _DIMENSIONS and book.wide:
        first_row, end_row, first_column, end_column = struct.unpack_from("<IIHH", body)
        layout.declared = max(end_row - first_row, 0) * max(end_column - first_column, 0)


def _numbers(layout: Layout, kind: int, body: bytes, book: _Globals) -> None:
    row, column, style = struct.unpack_from("<HHH", body)
    if kind == _MULRK:
        for index in range((len(body) - 6) // 6):
            style, packed = struct.unpack_from("<HI", body, 4 + 6 * index)
            layout.numbers[row, column + index] = Numbered(_unpacked(packed), book.code(style))
    elif kind == _RK:
        layout.numbers[row, column] = Numbered(_unpacked(struct.unpack_from("<I", body, 6)[0]), book.code(style))
    elif kind == _NUMBER:
        layout.numbers[row, column] = Numbered(struct.unpack_from("<d", body, 6)[0], book.code(style))
    elif body[12:14] != b"\xff\xff":  # else the result is a text, a truth value or an error
        value, flags = struct.unpack_from("<dH", body, 6)
        if value == 0 and flags & _ON_LOAD:
            layout.unsolved.append((row, column))
        else:
            layout.numbers[row, column] = Numbered(value, book.code(style))


def _unpacked(packed: int) -> float:
    """A number packed into 30 bits: a whole one, or the upper bits of a float; perhaps a hundredfold."""
    if packed & 2:
        value = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value
