"""Workbooks of Office Open XML (.xlsx), read from their XML: what the cells print follows from value and format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.formats import package
from loaders.formats.refusals import DamagedError, damaged
from loaders.formats.spreadsheet.number_format import BUILTIN, GENERAL, printed
from loaders.formats.spreadsheet.workbook import Sheet
from loaders.formats.tables import check_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.formats.package import Element, Package
    from loaders.formats.tables import Position, Range

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_ADDRESS = lazy_pattern(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPE = lazy_pattern(r"_x([0-9A-Fa-f]{4})_")


class WorkbookSettings(NamedTuple):
    """Texts, number formats and date system that a workbook's sheets share."""

    strings: Sequence[str]
    codes: Sequence[str]  # number format of each cell style
    since_1904: bool


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, in its order; hidden ones are named only.

    Raises:
        UnreadableDocumentError: the file is encrypted, damaged, or beyond the limits.
    """
    files = package.open_package(data, name)
    main = package.main_part(files, "xl/workbook.xml")
    workbook = files.need(main)
    targets = package.relations(files, main)
    parts = {relation.kind: relation.path for relation in targets.values()}
    properties = workbook.find("workbookPr")
    settings = WorkbookSettings(
        strings=_strings(files.xml(parts.get("sharedStrings", "xl/sharedStrings.xml"))),
        codes=_codes(files, parts.get("styles", "xl/styles.xml")),
        since_1904=properties is not None and _true(properties.get("date1904")),
    )
    found: list[Sheet] = []
    cells = 0
    taken: set[str] = set()
    for entry in workbook.iterfind("sheets/sheet"):
        target = targets.get(entry.get("id", ""))
        sheet = Sheet(entry.get("name", ""), hidden=entry.get("state", "visible") != "visible")
        if target is None or target.kind != "worksheet":
            sheet.hidden = True  # a sheet that is a chart or a macro has no cells
        elif not sheet.hidden:
            try:
                if target.path in taken:  # many names for one part would cost as if there were many
                    raise damaged(name)
                taken.add(target.path)
                _fill(sheet, files.need(target.path), settings)
            except DamagedError:
                sheet.damaged = True
        cells += len(sheet.cells)
        check_cells(cells, name)
        found.append(sheet)
    return found


def _fill(sheet: Sheet, root: Element, settings: WorkbookSettings) -> None:
    view = root.find("sheetViews/sheetView")
    zeros = view is None or _true(view.get("showZeros", "1"))
    dark = bytearray(MOST_COLUMNS)
    for column in root.iterfind("cols/col"):
        if _true(column.get("hidden")):
            first, last = max(_number(column.get("min")), 1), min(_number(column.get("max")), MOST_COLUMNS)
            if first <= last:
                dark[first - 1 : last] = b"\x01" * (last - first + 1)
    sheet.hidden_columns = {number for number, hidden in enumerate(dark) if hidden}
    row_number = 0
    for row in root.iterfind("sheetData/row"):
        row_number = _number(row.get("r")) or row_number + 1
        if _true(row.get("hidden")):
            sheet.hidden_rows.add(row_number - 1)
        column_number = 0
        for cell in row.iterfind("c"):
            place = position(cell.get("r", "")) or (row_number - 1, column_number)
            column_number = place[1] + 1
            if place[0] < MOST_ROWS and place[1] < MOST_COLUMNS:
                _read(sheet, place, cell, settings, zeros=zeros)
    found = (merged_range(merge.get("ref", "")) for merge in root.iterfind("mergeCells/mergeCell"))
    sheet.merged = [area for area in found if area]


def _read(sheet: Sheet, place: Position, cell: Element, settings: WorkbookSettings, *, zeros: bool) -> None:
    kind, stored = cell.get("t", "n"), cell.findtext("v", "").strip()
    if kind == "inlineStr":
        inline = cell.find("is")
        sheet.put(place, _text(inline) if inline is not None else "")
    elif kind == "s":
        number = _number(stored) if stored else -1
        sheet.put(place, settings.strings[number] if 0 <= number < len(settings.strings) else "")
    elif not stored:
        if cell.find("f") is not None and kind != "str":
            sheet.unsolved.append(place)
    elif kind == "b":
        sheet.put(place, "TRUE" if _true(stored) else "FALSE")
    elif kind == "n":
        style = _number(cell.get("s"))
        code = settings.codes[style] if style < len(settings.codes) else GENERAL
        value = _float(stored)
        if value is None:
            sheet.put(place, stored)
        elif value or zeros:
            sheet.put(place, *printed(value, code, since_1904=settings.since_1904))
    else:  # texts of formulas, errors, dates in ISO form
        sheet.put(place, _unescaped(stored))


def _strings(root: Element | None) -> list[str]:
    return [] if root is None else [_text(item) for item in root.iterfind("si")]


def _text(item: Element) -> str:
    """The text of a string with or without runs; readings (phonetic runs) are not part of it."""
    plain = item.findtext("t", "")
    return _unescaped(plain + "".join(run.findtext("t", "") for run in item.iterfind("r")))


def _unescaped(text: str) -> str:
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def _codes(files: Package, path: str) -> list[str]:
    """The number format of each cell style, by the number of the style; none where the list of styles is damaged."""
    try:
        root = files.xml(path)
    except DamagedError:
        root = None  # numbers then have no format, and are marked as reconstructed
    if root is None:
        return []
    own = {_number(entry.get("numFmtId")): entry.get("formatCode", "") for entry in root.iterfind("numFmts/numFmt")}
    used = [_number(style.get("numFmtId")) for style in root.iterfind("cellXfs/xf")]
    return [own.get(number) or BUILTIN.get(number, GENERAL) for number in used]


def position(text: str) -> Position | None:
    """Row and column, from 0, of an address such as AB12; None where it is none."""
    match = _ADDRESS.fullmatch(text)
    if match is None or int(match[2]) < 1:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def merged_range(text: str) -> Range | None:
    """The range A1:C2; None where it is none."""
    first, _, last = text.partition(":")
    start, end = position(first), position(last)
    return (*start, *end) if start and end else None


def _true(text: str | None) -> bool:
    return (text or "").lower() in {"1", "true", "on"}


def _number(text: str | None) -> int:
    """A whole number that is not negative; 0 where it is none."""
    return package.parse_count(text) or 0


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
