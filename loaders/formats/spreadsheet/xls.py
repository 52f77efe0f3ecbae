"""Binary workbooks (.xls, .et): the cells of their sheets, as their number formats print them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from loaders.formats.spreadsheet.biff import open_book, records
from loaders.formats.spreadsheet.number_format import printed
from loaders.formats.spreadsheet.workbook import Sheet
from loaders.formats.tables import check_cells

if TYPE_CHECKING:
    from loaders.formats.spreadsheet.biff import Book, Record, SheetEntry
    from loaders.formats.tables import Position

_NUMBER, _RK, _MULRK, _FORMULA, _STRING = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0207
_LABELSST, _LABEL, _RSTRING, _BOOLERR = 0x00FD, 0x0204, 0x00D6, 0x0205
_ROW, _COLINFO, _WINDOW2, _MERGEDCELLS = 0x0208, 0x007D, 0x023E, 0x00E5
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_TEXT_RESULT, _BOOL_RESULT, _ERROR_RESULT = 0, 1, 2
_ON_LOAD = 0x0002
"""A formula to be computed when the file is opened: the result that is kept may be none."""
_LAST_COLUMN = 255


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, in its order; hidden ones are named only.

    Raises:
        UnreadableDocumentError: the file is encrypted, damaged, or beyond the limits.
    """
    book = open_book(data, name)
    found: list[Sheet] = []
    cells = 0
    for entry in book.sheets:
        sheet = Sheet(entry.name, hidden=entry.hidden)
        if not entry.hidden:
            try:
                _Filler(sheet, book).fill(entry)
            except (struct.error, IndexError):
                sheet.damaged = True
        cells += len(sheet.cells)
        check_cells(cells, name)
        found.append(sheet)
    return found


class _Filler:
    """Fills one sheet from its records."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self.sheet, self.book = sheet, book
        self.zeros: list[Position] = []
        self.awaited: Position | None = None
        """A formula whose text result stands in a record of its own."""

    def fill(self, entry: SheetEntry) -> None:
        """Read the records of the sheet; that zeros are not shown is said after the cells."""
        show_zeros = True
        for record in records(self.book.stream, entry.place):
            if record.kind == _WINDOW2:
                show_zeros = bool(record.body[0] & 0x10)
            else:
                self._read(record)
        for place in () if show_zeros else self.zeros:
            self.sheet.cells.pop(place, None)

    def _read(self, record: Record) -> None:
        kind, body = record.kind, record.body
        if kind in {_NUMBER, _RK, _MULRK, _FORMULA}:
            self._numbers(kind, body)
        elif kind in {_LABELSST, _LABEL, _RSTRING, _BOOLERR}:
            self._text(record)
        elif kind == _STRING and self.awaited is not None:
            self._put(self.awaited, self.book.text(record, 0))
            self.awaited = None
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xB", body)
            if flags & 0x20:
                self.sheet.hidden_rows.add(row)
        elif kind == _COLINFO:
            first, last, options = struct.unpack_from("<HH4xB", body)
            if options & 1 and not {first, last} <= self.sheet.hidden_columns:
                self.sheet.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))
        elif kind == _MERGEDCELLS:
            for place in range(2, len(body) - 7, 8):
                top, bottom, left, right = struct.unpack_from("<HHHH", body, place)
                self.sheet.merged.append((top, left, bottom, right))

    def _put(self, place: Position, text: str) -> None:
        self.sheet.put(place, text.replace("\r\n", "\n").replace("\r", "\n"))

    def _number(self, place: Position, value: float, style: int) -> None:
        self.sheet.put(place, *printed(value, self.book.code(style), since_1904=self.book.since_1904))
        if value == 0:
            self.zeros.append(place)

    def _numbers(self, kind: int, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        if kind == _MULRK:
            for index in range((len(body) - 6) // 6):
                style, packed = struct.unpack_from("<HI", body, 4 + 6 * index)
                self._number((row, column + index), _unpacked(packed), style)
        elif kind == _RK:
            self._number((row, column), _unpacked(struct.unpack_from("<I", body, 6)[0]), style)
        elif kind == _NUMBER:
            self._number((row, column), struct.unpack_from("<d", body, 6)[0], style)
        else:
            self._formula((row, column), body, style)

    def _formula(self, place: Position, body: bytes, style: int) -> None:
        value, flags = struct.unpack_from("<dH", body, 6)
        if body[12:14] != b"\xff\xff":
            if value == 0 and flags & _ON_LOAD:
                self.sheet.unsolved.append(place)
            else:
                self._number(place, value, style)
        elif body[6] == _TEXT_RESULT:
            self.awaited = place
        elif body[6] == _BOOL_RESULT:
            self._put(place, "TRUE" if body[8] else "FALSE")
        elif body[6] == _ERROR_RESULT:
            self._put(place, _ERRORS.get(body[8], "#N/A"))
        elif flags & _ON_LOAD:
            self.sheet.unsolved.append(place)

    def _text(self, record: Record) -> None:
        row, column = struct.unpack_from("<HH", record.body)
        if record.kind == _BOOLERR:
            value, is_error = struct.unpack_from("<BB", record.body, 6)
            text = _ERRORS.get(value, "#N/A") if is_error else "TRUE" if value else "FALSE"
        elif record.kind == _LABELSST:
            number = struct.unpack_from("<I", record.body, 6)[0]
            text = self.book.strings[number] if number < len(self.book.strings) else ""
        else:
            text = self.book.text(record, 6)
        self._put((row, column), text)


def _unpacked(packed: int) -> float:
    """A number packed into 30 bits: a whole one, or the upper bits of a float; perhaps a hundredfold."""
    if packed & 2:
        value = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value
