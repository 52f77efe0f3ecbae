"""Views as a workbook: a sheet each, and one that says what they are; the same input gives the same bytes."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from budget.export.rows import (
    CHANGE_HEAD,
    NOTE_HEAD,
    NUMERIC,
    ROW_MARK,
    change,
    facts_of,
    is_number,
    mark,
    row_note,
    rows_of,
    runs,
    speaking,
    view_rows,
    visible,
)
from budget.export.xlsx_charts import CHARTS, add_charts
from budget.i18n.language import N_, day, tr
from budget.pictures.figures import picture_of
from budget.system.patterns import lazy_pattern
from budget.views.table import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from budget.export.rows import Rows
    from budget.views.table import Column, ViewTable

ABOUT = N_("导出说明")
ABOUT_TITLES = (N_("工作表"), N_("事项"), N_("内容"))
CUT = N_("……（Excel 的一格放不下，以下略去）")
EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; amounts with more are written as text."""
LONGEST = 16_000
"""Letters of a text in one cell: 32,767 halves of a code point is the limit."""
NARROWEST, WIDEST = 8, 60
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_NAME_LETTERS = 31
_FORBIDDEN = lazy_pattern(r"[\[\]:*?/\\]")
_RESERVED = "history"

Style = tuple[tuple[str, Any], ...]
Cell = tuple[str | Decimal, Style]
"""What a cell holds, number or text, and the properties of its format."""
_BLANK: Cell = ("", ())


def to_xlsx(tables: Sequence[ViewTable], on: date | None = None) -> bytes:
    """A workbook of tables, one sheet each, and a last of sources.

    The last sheet says whose figures these are and on which day they were exported (`on`); one of charts stands before
    it where there is something to draw. Codes are text; amounts are exact numbers in the unit that the header names,
    shown with their printed decimals, as text where they have more than 15 digits. No text of a document is a formula.
    What is not simply printed is said in the last columns. Without a date none is named.
    """
    from xlsxwriter import Workbook

    data = BytesIO()
    book = Workbook(data, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    formats: dict[Style, Any] = {}
    pictures = [(table, found) for table in tables if (found := picture_of(table, table.title)) is not None]
    names = _sheet_names([*(table.title for table in tables), *([tr(CHARTS)] if pictures else [])])
    for name, table in zip(names, tables, strict=False):
        _write(book, formats, name, _cells(table))
    if pictures:
        add_charts(book, names[len(tables)], pictures)
    _write(book, formats, names[-1], _about(names, tables, on))
    book.close()
    return data.getvalue()


def sheets_to_xlsx(sheets: Sequence[tuple[str, Sequence[Rows]]]) -> bytes:
    """A workbook of plain tables: each sheet has its title and its tables, a blank row between them."""
    from xlsxwriter import Workbook

    data = BytesIO()
    book = Workbook(data, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    formats: dict[Style, Any] = {}
    for name, (_, blocks) in zip(_sheet_names([title for title, _ in sheets]), sheets, strict=False):
        cells: list[list[Cell]] = []
        for block in blocks:
            cells += [[_BLANK]] if cells else []
            cells += _plain_cells(block)
        width = max((len(row) for row in cells), default=0)
        _write(book, formats, name, [[*row, *[_BLANK] * (width - len(row))] for row in cells])
    book.close()
    return data.getvalue()


def _plain_cells(block: Rows) -> Iterator[list[Cell]]:
    yield [_head(title) for title in block.titles]
    for row in block.rows:
        yield [_number(text) if at in block.numeric and is_number(text) else _text(text) for at, text in enumerate(row)]


def _number(text: str) -> Cell:
    """A plain number with the decimals that it is written with."""
    decimals = len(text.partition(".")[2])
    if sum(letter.isdigit() for letter in text) > EXACT_DIGITS:
        return _text(text)
    return Decimal(text), (("num_format", "#,##0" + (f".{'0' * decimals}" if decimals else "")), ("valign", "top"))


def _write(book: Any, formats: dict[Style, Any], name: str, rows: list[list[Cell]]) -> None:  # noqa: ANN401
    """One sheet: its first row stays in sight, its columns are as wide as their text."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, width in enumerate(_widths(rows)):
        sheet.set_column(at, at, width)
    for row_no, cells in enumerate(rows):
        for at, (value, style) in enumerate(cells):
            if value == "":
                continue
            if style not in formats:
                formats[style] = book.add_format(dict(style))
            write = sheet.write_number if isinstance(value, Decimal) else sheet.write_string
            write(row_no, at, value, formats[style])


def _cells(table: ViewTable) -> list[list[Cell]]:
    """The header and the rows of a table; the columns of marks only where there is something to say."""
    rows = list(rows_of(table))
    marks = speaking(
        [
            (tr(ROW_MARK), [mark(row, total=total) for row, total in rows]),
            (tr(CHANGE_HEAD), [change(row) for row, _ in rows]),
            (tr(NOTE_HEAD), [row_note(row, table) for row, _ in rows]),
        ]
    )
    shown = view_rows(table, marks)
    cells = [[_head(title) for title in shown.titles]]
    for (row, total), texts in zip(rows, shown.rows, strict=True):
        own = [_value(row, column, text, bold=total) for column, text in zip(table.columns, texts, strict=False)]
        cells.append([*own, *(_text(text, bold=total) for text in texts[len(own) :])])
    return cells


def _about(names: list[str], tables: Sequence[ViewTable], on: date | None) -> list[list[Cell]]:
    """Facts of the provenance, notes and hidden rows of each sheet."""
    rows = [[_head(tr(title)) for title in ABOUT_TITLES]]
    for name, table in zip(names, tables, strict=False):
        place = " › ".join((*table.breadcrumb, table.title))
        facts = [(tr("标题"), place), *facts_of(table), (tr("行数"), str(table.frame.height + table.totals.height))]
        facts += [(tr("筛选隐去的行数"), str(table.hidden))] if table.hidden else []
        facts += [(tr("说明"), note) for note in table.notes]
        facts += [(tr("导出日期"), day(on.isoformat()))] if on else []
        rows += [[_text(name), _text(key), _text(fact)] for key, fact in facts]
    return rows


def _head(title: str) -> Cell:
    return _text(title)[0], (("bold", True), ("text_wrap", True), ("valign", "vcenter"), ("bottom", 1))


def _value(row: dict[str, Any], column: Column, text: str, *, bold: bool) -> Cell:
    """One value of a table: a number with its format, or a text."""
    if not text:
        return "", ()
    if column.kind in NUMERIC:
        style = _bold(bold=bold)
        if sum(letter.isdigit() for letter in text.lstrip("-0.")) > EXACT_DIGITS:
            return text, (*style, ("align", "right"), ("num_format", "@"))
        decimals = len(text.partition(".")[2])
        whole = "#,##0" if column.kind in {ColumnKind.AMOUNT, ColumnKind.QUANTITY} else "0"
        return Decimal(text), (*style, ("num_format", whole + (f".{'0' * decimals}" if decimals else "")))
    return _text(text, bold=bold, indent=(row["level"] or 0) if column.id == "name" else 0)


def _text(text: str, *, bold: bool = False, indent: int = 0) -> Cell:
    """A text that stays one, also where someone edits the cell."""
    shown = visible(text)
    style: Style = (("num_format", "@"), ("valign", "top"), *_bold(bold=bold))
    style += (("indent", indent),) if indent else ()
    style += (("quote_prefix", True),) if runs(text) else ()
    style += (("text_wrap", True),) if digits_wide(shown) > WIDEST else ()
    return (shown[:LONGEST] + tr(CUT) if len(shown) > LONGEST else shown), style


def _bold(*, bold: bool) -> Style:
    return (("bold", True),) if bold else ()


def _widths(rows: list[list[Cell]]) -> Iterable[int]:
    """The width of each column in digits: that of its longest text, within reason; heads may wrap."""
    for column in zip(*rows, strict=True):
        longest = max((digits_wide(_shown(cell)) for cell in column[1:]), default=0)
        yield min(max(longest + 2, digits_wide(str(column[0][0])) // 2 + 2, NARROWEST), WIDEST)


def _shown(cell: Cell) -> str:
    return f"{cell[0]:,}" if isinstance(cell[0], Decimal) else cell[0]


def digits_wide(text: str) -> int:
    """Digits that a text is wide: Chinese letters and what may be as wide count twice."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _sheet_names(titles: Sequence[str]) -> list[str]:
    """A valid name for each title, and one for the last sheet; no two alike, whatever the case."""
    names: list[str] = []
    for title in (*titles, tr(ABOUT)):
        bare = _FORBIDDEN.sub("", visible(title)).strip().strip("'") or tr("表")
        bare = f"{bare}_" if bare.lower() == _RESERVED else bare
        taken, name, number = {known.lower() for known in names}, bare[:_NAME_LETTERS], 1
        while name.lower() in taken:
            number += 1
            name = f"{bare[: _NAME_LETTERS - len(f' {number}')]} {number}"
        names.append(name.strip("'"))
    return names
