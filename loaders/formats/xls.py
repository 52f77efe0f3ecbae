"""Binary workbooks (.xls, .et): texts and merged ranges by python-calamine, numbers and formats from the records."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from loaders.formats import biff
from loaders.formats.number_format import general, printed
from loaders.formats.package import damaged, encrypted
from loaders.formats.tables import check_cells
from loaders.formats.workbook import Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from loaders.formats.biff import Layout


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, in its order; hidden ones are named only.

    Raises:
        UnreadableDocumentError: the file is encrypted, damaged, or beyond the limits.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    layouts = biff.layouts(data, name)
    workbook = _open(data, name)
    found: list[Sheet] = []
    for index, entry in enumerate(workbook.sheets_metadata):
        layout = layouts[index] if len(layouts) == len(workbook.sheets_metadata) else None
        visible = entry.visible == SheetVisibleEnum.Visible and entry.typ == SheetTypeEnum.WorkSheet
        sheet = Sheet(entry.name, hidden=not visible)
        if visible:
            _fill(sheet, _sheet(workbook, index, name), layout)
        check_cells(sum(len(each.cells) for each in found) + len(sheet.cells), name)
        found.append(sheet)
    return found


def _open(data: bytes, name: str) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise encrypted(name) from None
    except (CalamineError, OSError, ValueError):
        raise damaged(name) from None
    except BaseException as error:  # noqa: BLE001 - a panic of the library derives from nothing else
        raise _panic(error, name) from None


def _sheet(workbook: CalamineWorkbook, index: int, name: str) -> CalamineSheet:
    from python_calamine import CalamineError

    try:
        return workbook.get_sheet_by_index(index)
    except (CalamineError, OSError, ValueError):
        raise damaged(name, f"第 {index + 1} 个工作表") from None
    except BaseException as error:  # noqa: BLE001 - a panic of the library derives from nothing else
        raise _panic(error, name) from None


def _panic(error: BaseException, name: str) -> BaseException:
    """The library's own panics do not derive from Exception; they mean a damaged file. Everything else goes on."""
    return damaged(name) if type(error).__name__ == "PanicException" else error


def _fill(sheet: Sheet, source: CalamineSheet, layout: Layout | None) -> None:
    """Texts as they are; numbers by their records, or as reconstructed where the records do not tell."""
    top, left = source.start or (0, 0)
    numbers = layout.numbers if layout else {}
    for row, values in enumerate(source.to_python(skip_empty_area=True), top):
        for column, value in enumerate(values, left):
            place = (row, column)
            if place in numbers:
                number = numbers[place]
                if number.value or not layout or layout.zeros:
                    sheet.put(place, *printed(number.value, number.code, since_1904=bool(layout and layout.since_1904)))
            elif isinstance(value, str):
                sheet.put(place, value.replace("\r\n", "\n").replace("\r", "\n"))
            elif isinstance(value, bool):
                sheet.put(place, str(value).upper())
            elif isinstance(value, int | float):
                if not layout or place not in layout.unsolved:
                    sheet.put(place, *general(float(value)))
            else:
                sheet.put(place, str(value))
    sheet.merged = [(*start, *end) for start, end in source.merged_cell_ranges or ()]
    if layout:
        sheet.hidden_rows, sheet.hidden_columns = layout.hidden_rows, layout.hidden_columns
        sheet.unsolved = layout.unsolved
