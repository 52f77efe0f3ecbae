"""Spreadsheets of OpenDocument (.ods): the file keeps the text that each cell prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from budget.model.disclosure import AmountOrigin
from loaders.formats import package
from loaders.formats.package import DEPTH_LIMIT
from loaders.formats.refusals import encrypted
from loaders.formats.spreadsheet.number_format import general
from loaders.formats.spreadsheet.workbook import Sheet
from loaders.formats.tables import check_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.formats.package import Element

_REPEAT_LIMIT = 1_000
"""A row or cell with content that is repeated more often than this is no table of a disclosure."""
COPY_LIMIT = 10_000
"""Cells that repetition adds to all sheets: beyond, a row or cell stands where it is kept alone."""
_ROW_GROUPS = {"table-row-group", "table-header-rows", "table-rows"}
_COLUMN_GROUPS = {"table-column-group", "table-header-columns", "table-columns"}
_UNSEEN = {"collapse", "filter"}
_MOST_COLUMNS = 16_384


@dataclass(slots=True)
class _Room:
    """How many cells repetition may still add: what a few bytes claim would cost as much as it claims."""

    left: int

    def take(self, wanted: int) -> int:
        """So many of the wanted copies, as long as there is room."""
        given = min(wanted, self.left)
        self.left -= given
        return given


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a spreadsheet, in its order; hidden ones are named only.

    Raises:
        UnreadableDocumentError: the file is encrypted, damaged, or beyond the limits.
    """
    files = package.open_package(data, name)
    manifest = files.xml("META-INF/manifest.xml")
    if manifest is not None and any(element.tag == "encryption-data" for element in manifest.iter()):
        raise encrypted(name)
    root = files.need("content.xml")
    unseen = {
        style.get("name")
        for style in root.iterfind("automatic-styles/style")
        if any(part.get("display") == "false" for part in style.iterfind("table-properties"))
    }
    found = []
    cells, room = 0, _Room(COPY_LIMIT)
    for table in root.iterfind("body/spreadsheet/table"):
        sheet = Sheet(table.get("name", ""), hidden=table.get("style-name") in unseen)
        if not sheet.hidden:
            _fill(sheet, table, room)
        cells += len(sheet.cells)
        check_cells(cells, name)
        found.append(sheet)
    return found


def _fill(sheet: Sheet, table: Element, room: _Room) -> None:
    column = 0
    for element in _flat(table, "table-column", _COLUMN_GROUPS):
        count = _count(element, "number-columns-repeated")
        if element.get("visibility") in _UNSEEN:
            sheet.hidden_columns.update(range(column, min(column + count, _MOST_COLUMNS)))
        column += count
    row = 0
    for element in _flat(table, "table-row", _ROW_GROUPS):
        count = _count(element, "number-rows-repeated")
        filled = sum(bool(_content(cell) or cell.get("formula")) for cell in element)
        times = 1 + room.take((min(count, _REPEAT_LIMIT) - 1) * filled) // filled if filled else 0
        sheet.cut = sheet.cut or 0 < times < count
        for number in range(row, row + times):
            _row(sheet, element, number, room)
            if element.get("visibility") in _UNSEEN:
                sheet.hidden_rows.add(number)
        row += count


def _row(sheet: Sheet, element: Element, row: int, room: _Room) -> None:
    column = 0
    for cell in element:
        if cell.tag not in {"table-cell", "covered-table-cell"}:
            continue
        count = _count(cell, "number-columns-repeated")
        if cell.tag == "table-cell" and _content(cell):
            text, origin = _printed(cell)
            times = 1 + room.take(min(count, _REPEAT_LIMIT) - 1)
            sheet.cut = sheet.cut or times < count
            for place in range(column, column + times):
                sheet.put((row, place), text, origin)
        elif cell.get("formula"):
            sheet.unsolved.append((row, column))
        height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            sheet.merged.append((row, column, row + height - 1, column + width - 1))
        column += count


def _flat(parent: Element, tag: str, groups: set[str]) -> Iterator[Element]:
    """Rows or columns in order, through the groups that they may stand in; their depth is bounded with the XML's."""
    waiting = [iter(parent)]
    while waiting and len(waiting) <= DEPTH_LIMIT:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag == tag:
            yield element
        elif element.tag in groups:
            waiting.append(iter(element))


def _content(cell: Element) -> bool:
    """Whether the cell prints something."""
    return cell.get("value") is not None or any(paragraph.tag == "p" for paragraph in cell)


def _printed(cell: Element) -> tuple[str, str]:
    """The text that the cell prints; a number that the file keeps without its text is reconstructed."""
    lines = [_text(paragraph) for paragraph in cell if paragraph.tag == "p"]
    value = cell.get("value", "")
    if lines:
        return "\n".join(lines), AmountOrigin.PRINTED
    try:
        return general(float(value))[0], AmountOrigin.RECONSTRUCTED
    except (ValueError, ArithmeticError):
        return value, AmountOrigin.RECONSTRUCTED


def _text(element: Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "s":
            pieces.append(" " * min(_count(child, "c"), 100))
        elif child.tag in {"tab", "line-break"}:
            pieces.append("\t" if child.tag == "tab" else "\n")
        elif child.tag != "annotation":
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _count(element: Element, attribute: str) -> int:
    """A count of at least 1."""
    return package.parse_count(element.get(attribute)) or 1
