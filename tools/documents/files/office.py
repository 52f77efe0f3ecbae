"""A document as .docx, .xlsx, .xls and .html."""

from __future__ import annotations

import html as markup
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING, Any

from loaders.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Document
    from tools.documents.files.sheet import Made


DECOY = "7.77"
"""The amount that hidden sheets hold."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an office file is written; the first option of each field is its default."""

    numbers: str = "text"  # amounts of a spreadsheet: as text, or as numbers with a format; "general": without one
    sheets: str = "one a table"
    decoys: bool = False  # hidden sheets with a table of their own
    breaks: str = "line breaks"  # wrapped cells: line breaks or paragraphs
    encoding: str = "utf-8"
    blanks: bool = False  # blank rows and columns at the edges of a sheet
    unbroken_rows: bool = False  # rows of a word processor's table are not cut by pages
    clutter: bool = False  # markup around the text of a web page; row heads, captions


LOOK_OPTIONS: dict[str, tuple[object, ...]] = {
    "numbers": ("text", "formats"),
    "sheets": ("one a table", "one"),
    "decoys": (False, True),
    "breaks": ("line breaks", "paragraphs"),
    "encoding": ("utf-8", "gb18030"),
    "blanks": (False, True),
    "clutter": (False, True),
}
"""The options of each field."""


def random_look(seed: int, **fixed: Any) -> Look:  # noqa: ANN401 - fields of Look
    """A look with every option drawn evenly; those given are kept."""
    rng = Random(seed)
    chosen: dict[str, Any] = {name: rng.choice(options) for name, options in LOOK_OPTIONS.items()}
    return Look(**{**chosen, **fixed})


def docx(made: Made, look: Look) -> bytes:
    """A word processor's file: merged cells, wrapped cells as line breaks or as paragraphs."""
    import docx as word
    from docx.oxml import OxmlElement

    file = word.Document()
    for block in made.document.blocks:
        if isinstance(block, Paragraph):
            file.add_paragraph(block.text)
            continue
        table = file.add_table(block.rows, block.columns, style="Table Grid")
        rows = [row.cells for row in table.rows]  # asking for each cell by itself is quadratic
        for cell in block.cells:
            target = rows[cell.row][cell.column]
            if cell.rows > 1 or cell.columns > 1:
                target = target.merge(rows[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
            lines = cell.text.split("\n")
            if look.breaks == "paragraphs":
                target.text = lines[0]
                for line in lines[1:]:
                    target.add_paragraph(line)
            else:
                target.text = cell.text
        if look.unbroken_rows:
            for row in table.rows:
                row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        file.add_paragraph("")  # two tables without a paragraph between them are one
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def html(made: Made, look: Look) -> bytes:
    """A web page: tables with row and column spans."""
    parts = [f'<!DOCTYPE html><html><head><meta charset="{look.encoding}"><title>预算公开</title>']
    parts.append("<style>td {border: 1px solid}</style><script>var table = '<td>1.00</td>';</script></head><body>")
    for block in made.document.blocks:
        if isinstance(block, Paragraph):
            text = markup.escape(block.text)
            parts.append(
                f"<p><span>{text[:3]}</span>{text[3:]}</p>" if look.clutter and "&" not in text else f"<p>{text}</p>"
            )
        else:
            parts.append("<table><tbody>" if look.clutter else "<table>")
            parts += _html_rows(block, clutter=look.clutter)
            parts.append("</tbody></table>" if look.clutter else "</table>")
    parts.append("</body></html>")
    return "\n".join(parts).encode(look.encoding)


def _html_rows(grid: Grid, *, clutter: bool) -> Iterator[str]:
    for row in range(grid.rows):
        cells = [cell for cell in grid.cells if cell.row == row]
        found = []
        for cell in cells:
            spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            text = markup.escape(cell.text).replace("\n", "<br>")
            if clutter:
                text = f"\n  <p><font>{text or '&nbsp;'}</font></p>\n"
            found.append(f"<td{spans}>{text}</td>")
        yield "<tr>" + "".join(found) + "</tr>"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a sheet: where it starts, what it covers, its text."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def _sheets(made: Made, look: Look) -> list[tuple[str, list[_Cell]]]:
    """The sheets of a workbook: names and cells; the pages of one table, or of words, are one sheet."""
    found: list[tuple[str, list[_Cell]]] = []
    at, left = 0, 1 if look.blanks else 0
    table: str | None = None
    for _, group in groupby(enumerate(made.document.blocks), key=lambda item: item[1].page):
        page = list(group)
        own = next((made.frames[number].table for number, _ in page if number in made.frames), "")
        if not found or (look.sheets == "one a table" and own != table):
            found.append((f"表{len(found) + 1}", []))
            at = 2 if look.blanks else 0
        table = own
        for _, block in page:
            if isinstance(block, Paragraph):
                found[-1][1].append(_Cell(at, left, 1, 1, block.text))
                at += 1
                continue
            found[-1][1].extend(
                _Cell(at + cell.row, left + cell.column, cell.rows, cell.columns, cell.text) for cell in block.cells
            )
            at += block.rows + 1
    return found


def _decoy(document: Document) -> list[_Cell]:
    """A hidden sheet's cells: another table with a title of the form."""
    titles = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.text.endswith("表")]
    rows = [
        [titles[0] if titles else "部门收支总体情况表"],
        ["单位：万元"],
        ["科目编码", "科目名称", "合计"],
        ["201", "一般公共服务支出", DECOY],
    ]
    return [_Cell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


def number_format(text: str) -> tuple[Decimal, str] | None:
    """The number and format that print an amount; None for other text."""
    plain = text.replace(",", "").replace("\n", "")
    head, _, tail = plain.partition(".")
    if not head.isdigit() or (tail and not tail.isdigit()) or (len(head) > 1 and head[0] == "0"):
        return None
    whole = "#,##0" if "," in text or len(head) < 4 else "0"
    return Decimal(plain), whole + ("." + "0" * len(tail) if tail else "")


def _amounts(made: Made) -> set[str]:
    """The texts of the cells that print amounts."""
    found = set()
    for place in made.places:
        grid = made.document.blocks[place.block]
        assert isinstance(grid, Grid)
        found |= {cell.text for cell in grid.cells if (cell.row, cell.column) == (place.row, place.column)}
    return found


def _number(cell: _Cell, look: Look, amounts: set[str]) -> tuple[Decimal, str] | None:
    """What a cell is as a number, where the look wants numbers."""
    if look.numbers == "text" or cell.text not in amounts:
        return None
    found = number_format(cell.text)
    return (found[0], "General") if found and look.numbers == "general" else found


def xlsx(made: Made, look: Look) -> bytes:
    """A workbook; amounts as numbers where the look wants it."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as SheetCell

    book, amounts = Workbook(), _amounts(made)
    book.remove(book.active)
    sheets = _sheets(made, look)
    if look.decoys:
        sheets.insert(0, ("隐藏", _decoy(made.document)))
        sheets.append(("深藏", _decoy(made.document)))
    for name, cells in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = {"隐藏": "hidden", "深藏": "veryHidden"}.get(name, "visible")
        for cell in cells:
            target = sheet.cell(cell.row + 1, cell.column + 1)
            assert isinstance(target, SheetCell)
            number = _number(cell, look, amounts)
            if number:
                target.value, target.number_format = float(number[0]), number[1]
            elif cell.text:
                target.value = cell.text
                target.data_type = "s"
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(
                    start_row=cell.row + 1, start_column=cell.column + 1,
                    end_row=cell.row + cell.rows, end_column=cell.column + cell.columns,
                )  # fmt: skip
    book.active = 1 if look.decoys else 0
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xls(made: Made, look: Look) -> bytes:
    """A workbook of the old kind."""
    import xlwt

    book, amounts = xlwt.Workbook(encoding="utf-8"), _amounts(made)
    sheets = _sheets(made, look)
    if look.decoys:
        sheets.append(("隐藏", _decoy(made.document)))
    styles: dict[str, Any] = {}
    for name, cells in sheets:
        sheet = book.add_sheet(name)
        sheet.visibility = 1 if name == "隐藏" else 0
        for cell in cells:
            number = _number(cell, look, amounts)
            style = styles.setdefault(
                number[1] if number else "@", xlwt.easyxf(num_format_str=number[1] if number else "@")
            )
            value: float | str = float(number[0]) if number else cell.text
            if cell.rows > 1 or cell.columns > 1:
                last = cell.row + cell.rows - 1, cell.column + cell.columns - 1
                sheet.write_merge(cell.row, last[0], cell.column, last[1], value, style)
            elif cell.text:
                sheet.write(cell.row, cell.column, value, style)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
