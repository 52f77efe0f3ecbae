"""Binary workbooks (.xls, .et): their cells, read by xlrd, as their number formats print them."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from budget.i18n.language import N_, Message
from budget.model.disclosure import UnreadableDocumentError
from loaders.formats import ole
from loaders.formats.refusals import damaged, encrypted, too_large
from loaders.formats.spreadsheet.number_format import BUILTIN, GENERAL, printed
from loaders.formats.spreadsheet.workbook import Sheet
from loaders.formats.tables import check_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.formats.tables import Position

STRING_LIMIT = 1_000_000
"""Different texts of a workbook."""
_BOF, _EOF, _BOUNDSHEET, _SST, _CODEPAGE, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x00FC, 0x0042, 0x002F
_DATE1904, _FORMAT, _XF = 0x0022, 0x041E, 0x00E0
_NUMBER, _RK, _MULRK, _FORMULA, _STRING, _CONTINUE = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0207, 0x003C
_LABELSST, _LABEL, _RSTRING, _BOOLERR = 0x00FD, 0x0204, 0x00D6, 0x0205
_ROW, _COLINFO, _WINDOW2, _MERGEDCELLS = 0x0208, 0x007D, 0x023E, 0x00E5
_ARRAY, _SHARED, _TABLE = 0x0221, 0x04BC, 0x0236
_CELLS: Final = frozenset({_NUMBER, _RK, _MULRK, _FORMULA, _LABELSST, _LABEL, _RSTRING, _BOOLERR})
_OF_BOOK: Final = frozenset({_BOF, _EOF, _BOUNDSHEET, _SST, _CONTINUE, _CODEPAGE, _DATE1904, _FORMAT, _XF})
_OF_SHEET: Final = _CELLS | {
    *(_BOF, _EOF, _STRING, _CONTINUE, _ARRAY, _SHARED, _TABLE),
    *(_ROW, _COLINFO, _WINDOW2, _MERGEDCELLS),
}
"""Records that xlrd is to read: damage elsewhere (drawings, comments, names) would cost it the sheet or the book."""
_PASSED_OVER = 0xFFFF
"""A kind of record that xlrd passes over."""
_ON_LOAD = 0x0002
"""A formula to be computed when the file is opened: the result that is kept may be none."""
_BLANK = 3
"""The kind of a result that is no text, truth value or error."""
_EXCEL_5, _EXCEL_97 = 0x0500, 0x0600
_PAGES = {950: "big5", 1252: "cp1252"}
"""Encodings of texts before Excel 97; whatever is not listed is taken for the simplified Chinese one."""


class _Entry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool  # also where it is a chart or a macro
    has_cells: bool


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, in its order; hidden ones are named only.

    Raises:
        UnreadableDocumentError: the file is encrypted, damaged, or beyond the limits.
    """
    compound = ole.open_compound(data, name)
    stream = compound.stream("Workbook" if compound.has("Workbook") else "Book")
    try:
        return _sheets(stream, name)
    except UnreadableDocumentError:
        raise
    except Exception:  # noqa: BLE001 - xlrd meets hostile bytes; whatever it trips over, the file is at fault
        raise damaged(name, Message.of(N_("工作簿"))) from None


def _sheets(stream: bytes, name: str) -> list[Sheet]:
    import xlrd

    stream, encoding, entries = _head(stream, name)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        book = xlrd.open_workbook(
            file_contents=stream,
            logfile=nowhere,
            encoding_override=encoding,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        filler = _Filler(book, len(stream), name)
        found: list[Sheet] = []
        number = 0
        for entry in entries:
            sheet = Sheet(entry.name, hidden=entry.hidden)
            if not entry.hidden:
                filler.fill(sheet, number)
            number += entry.has_cells
            found.append(sheet)
    return found


def _head(stream: bytes, name: str) -> tuple[bytes, str, list[_Entry]]:
    """The stream for xlrd, the encoding of old texts, and the sheets.

    Looked at here because xlrd leaves out charts and believes any number of texts.

    Raises:
        UnreadableDocumentError: the file is encrypted, has no sheets, or claims too many texts.
    """
    mark, version = struct.unpack_from("<H2xH", stream)
    if mark != _BOF or version < _EXCEL_5:  # in an older one, damaged, xlrd may go round in circles
        raise damaged(name, Message.of(N_("没有工作表")))
    encoding, entries, kept = "gb18030", [], bytearray(stream)
    for place, kind, body in _records(stream):
        if kind not in _OF_BOOK:
            struct.pack_into("<H", kept, place, _PASSED_OVER)
        if kind == _FILEPASS:
            raise encrypted(name)
        if kind == _CODEPAGE:
            encoding = _PAGES.get(struct.unpack_from("<H", body)[0], "gb18030")
        elif kind == _BOUNDSHEET:
            state, sort = body[4], body[5]
            entries.append(_Entry(_sheet_name(body, version, encoding), bool(state & 3 or sort), not sort))
        elif kind == _SST and struct.unpack_from("<I", body, 4)[0] > STRING_LIMIT:
            raise too_large(name, Message.of(N_("{} 的内容过多"), Message.of(N_("工作簿"))))
    if not entries:
        raise damaged(name, Message.of(N_("没有工作表")))
    return bytes(kept), encoding, entries


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The places, kinds and contents of the records before those of the first sheet."""
    place, kind = 0, -1
    while kind != _EOF and place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _sheet_name(body: bytes, version: int, encoding: str) -> str:
    from xlrd.biffh import unpack_string, unpack_unicode

    return str(unpack_unicode(body, 6, 1) if version >= _EXCEL_97 else unpack_string(body, 6, encoding, 1))


class _Filler:
    """Has xlrd read the sheets of a book, record by record; sheets that overlap would have no end."""

    def __init__(self, book: Any, size: int, name: str) -> None:  # noqa: ANN401 - xlrd has no types
        self.book, self.left, self.name = book, size, name
        self.cells = 0
        self.unsolved: list[Position] = []
        self.formats = {found.format_key: found.format_str for found in book.format_list}
        self.next_record, book.get_record_parts = book.get_record_parts, self._record

    def fill(self, sheet: Sheet, number: int) -> None:
        """Read a sheet of the book.

        Raises:
            UnreadableDocumentError: the book has too many cells.
        """
        self.unsolved = sheet.unsolved
        try:
            found = self.book.get_sheet(number)
        except UnreadableDocumentError:
            raise
        except Exception:  # noqa: BLE001 - as in `sheets`
            sheet.damaged = True
            return
        self.book.unload_sheet(number)
        sheet.merged += [(top, left, bottom - 1, right - 1) for top, bottom, left, right in found.merged_cells]
        sheet.hidden_rows |= {row for row, info in found.rowinfo_map.items() if info.hidden}
        sheet.hidden_columns |= {column for column, info in found.colinfo_map.items() if info.hidden}
        for row in range(found.nrows):
            for column, (kind, value) in enumerate(zip(found.row_types(row), found.row_values(row), strict=True)):
                if value != "" and (value or found.show_zero_values or not isinstance(value, float)):
                    self._put(sheet, (row, column), kind, value, found)
        for place in self.unsolved:
            sheet.cells.pop(place, None)

    def _put(self, sheet: Sheet, place: Position, kind: int, value: Any, found: Any) -> None:  # noqa: ANN401
        from xlrd import XL_CELL_BOOLEAN, error_text_from_code

        if isinstance(value, str):
            sheet.put(place, value.replace("\r\n", "\n").replace("\r", "\n"))
        elif isinstance(value, float):
            style = found.cell_xf_index(*place)
            key = self.book.xf_list[style].format_key if style < len(self.book.xf_list) else 0
            code = self.formats.get(key) or BUILTIN.get(key, GENERAL)
            sheet.put(place, *printed(value, code, since_1904=bool(self.book.datemode)))
        elif kind == XL_CELL_BOOLEAN:
            sheet.put(place, "TRUE" if value else "FALSE")
        else:
            sheet.put(place, error_text_from_code.get(value, "#N/A"))

    def _record(self) -> tuple[int, int, bytes]:
        """The next record for xlrd; formulas without a result are noted, for it takes their result for 0."""
        kind, size, body = self.next_record()
        self.left -= 4 + size
        if self.left < 0:
            raise damaged(self.name, Message.of(N_("工作表")))
        if kind in _CELLS:
            self.cells += (len(body) - 6) // 6 if kind == _MULRK else 1
            check_cells(self.cells, self.name)
        if kind == _FORMULA:
            row, column, value, flags = struct.unpack_from("<HH2xdH", body)
            special = body[12:14] == b"\xff\xff"
            if flags & _ON_LOAD and (body[6] == _BLANK if special else value == 0):
                self.unsolved.append((row, column))
        return (kind, size, body) if kind in _OF_SHEET else (_PASSED_OVER, 0, b"")
