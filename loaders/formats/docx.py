"""Word documents (.docx), straight from the XML: paragraphs and tables in order, each text once.

Left out as on paper: deleted and hidden text, headers and footers, automatic numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message
from budget.model.disclosure import Notice, Severity, UnreadableDocumentError
from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.formats import package, refusals
from loaders.formats.tables import COLUMN_LIMIT, as_blocks, check_cells, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.formats.package import Element

Block = Paragraph | Grid

_THROUGH = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "ruby", "rubyBase"}
_THROUGH |= {"dir", "bdo", "oMath", "oMathPara", "Choice", "Fallback"}
"""Elements that only wrap what is printed."""
_GONE = {"del", "moveFrom", "rt", "sdtPr", "sdtEndPr", "pPr", "rPr", "tcPr", "trPr", "tblPr", "instrText", "delText"}
"""Elements whose content is not printed where it stands."""
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
_HAIRLINE = 40
"""Twentieths of a point; a column narrower than that holds no character."""
_OFF = {"0", "false", "off"}


@dataclass(slots=True)
class _Reader:
    """What is counted while a document is read."""

    name: str
    cells: int = 0
    pictures: int = 0
    embedded: int = 0
    damaged: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    """Text boxes of the paragraph that is being read; they stand after it."""


@dataclass(slots=True)
class _Open:
    """A cell whose rows are still being counted."""

    row: int
    column: int
    columns: int
    text: str
    rows: int = 1


def read(data: bytes, name: str) -> Document:
    """Read a Word document.

    Raises:
        UnreadableDocumentError: it is encrypted, damaged, beyond the limits, or has no text.
    """
    found, notices = blocks(data, name)
    return Document(format="docx", blocks=found, notices=notices)


def blocks(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """The paragraphs, grids and notices of a Word document.

    Raises:
        UnreadableDocumentError: as `read`.
    """
    files = package.open_package(data, name)
    body = files.need(package.main_part(files, "word/document.xml")).find("body")
    if body is None:
        raise refusals.damaged(name, Message.of(N_("正文")))
    reader = _Reader(name)
    found = _blocks(body, reader)
    for path, tag in _NOTES:
        try:
            root = files.xml(path)
        except refusals.DamagedError:
            reader.damaged.append(path)
            continue
        for note in () if root is None else root.iterfind(tag):
            if note.get("type", "normal") == "normal":
                found += _blocks(note, reader)
    if not found:
        pictures = N_("{}：文档里只有图片，没有文字；请取得可以复制文字的原文件。")
        raise UnreadableDocumentError(pictures if reader.pictures else N_("{}：文档里没有文字；请检查文件。"), name)
    return tuple(found), tuple(_notices(reader))


def _notices(reader: _Reader) -> Iterator[Notice]:
    for path in reader.damaged:
        yield Notice.of(Severity.LOST, N_("文档的一部分已损坏（{}），未读取。"), path)
    if reader.pictures:
        yield Notice.of(Severity.INFO, N_("文档里有 {} 张图片，图片里的文字未读取。"), reader.pictures)
    if reader.embedded:
        text = N_("文档里嵌有 {} 个其他文件（如表格），未读取；请在原软件中打开查看。")
        yield Notice.of(Severity.LOST, text, reader.embedded)


def _blocks(parent: Element, reader: _Reader) -> list[Block]:
    """The blocks of a body, a cell, a text box or a note, nested tables included."""
    found: list[Block] = []
    for child in _printed(parent):
        if child.tag == "p":
            found += paragraphs(_paragraph(child, reader))
            found += _text_boxes(reader)
        elif child.tag == "tbl":
            found += _table(child, reader)
        elif child.tag in {"altChunk", "subDoc"}:
            reader.embedded += 1
    return found


def _printed(parent: Element) -> Iterator[Element]:
    """The printed children of an element, seen through wrappers."""
    for child in parent:
        if child.tag in _GONE:
            continue
        if child.tag == "AlternateContent":
            chosen = child.find("Choice")
            if chosen is None or len(chosen) == 0:
                chosen = child.find("Fallback")
            if chosen is not None:
                yield from _printed(chosen)
        elif child.tag in _THROUGH:
            yield from _printed(child)
        else:
            yield child


def _paragraph(paragraph: Element, reader: _Reader) -> str:
    pieces: list[str] = []
    for child in _printed(paragraph):
        if child.tag == "r":
            pieces.append(_run(child, reader))
        elif child.tag in {"drawing", "pict", "object"}:
            _drawing(child, reader)
        else:
            pieces += [text.text or "" for text in child.iter("t")]  # formulas
    return "".join(pieces)


def _run(run: Element, reader: _Reader) -> str:
    properties = run.find("rPr")
    if properties is not None and _on(properties.find("vanish")):
        return ""
    pieces: list[str] = []
    for child in _printed(run):
        if child.tag == "t":
            pieces.append(child.text or "")
        elif child.tag in _MARKS:
            pieces.append(_MARKS[child.tag])
        elif child.tag == "sym":
            pieces.append(_symbol(child.get("char", "")))
        elif child.tag in {"drawing", "pict", "object"}:
            _drawing(child, reader)
        elif child.tag == "r":  # the base of a ruby
            pieces.append(_run(child, reader))
    return "".join(pieces)


def _symbol(code: str) -> str:
    """A character of a symbol font; those fonts keep their signs in a private area, shown as an empty square."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else "□"  # noqa: PLR2004 - from blank to the private area


def _drawing(drawing: Element, reader: _Reader) -> None:
    """Note the text boxes of a drawing, and count its pictures and embedded files."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == "txbxContent":
            reader.boxes.append(element)
            continue
        reader.pictures += element.tag in {"blip", "imagedata"} and drawing.tag != "object"
        reader.embedded += element.tag in {"OLEObject", "chart"}
        waiting += reversed(list(_printed(element)))


def _text_boxes(reader: _Reader) -> list[Block]:
    """The blocks of the text boxes that the last paragraph holds; boxes in boxes follow."""
    boxes, reader.boxes = reader.boxes, []
    return [block for box in boxes for block in _blocks(box, reader)]


def _table(table: Element, reader: _Reader) -> list[Block]:
    """The grid of a table, then the blocks of the tables and text boxes within its cells."""
    found = _TableCells(_places(table), reader)
    for row in _printed(table):
        if row.tag == "tr" and not _is_gone(row):
            found.add(row)
    check_cells(reader.cells, reader.name)
    cells = tuple(GridCell(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in found.cells)
    return [*as_blocks(Grid(cells, found.rows, found.width)), *found.inner]


@dataclass(slots=True)
class _TableCells:
    """The cells of a table, read row by row; merged ones grow as further rows and columns go on with them."""

    places: list[int]
    reader: _Reader
    cells: list[_Open] = field(default_factory=list)
    inner: list[Block] = field(default_factory=list)
    """Tables and text boxes within the cells."""
    above: dict[int, _Open] = field(default_factory=dict)
    """The cells of the row above by their first column."""
    rows: int = 0
    width: int = 0

    def add(self, row: Element) -> None:
        """Read the cells of the next row."""
        edge = _skipped(row, "gridBefore")
        current: dict[int, _Open] = {}
        last: _Open | None = None
        hairlines = ""  # text of cells too narrow to be columns, for a neighbour
        for cell in _printed(row):
            if cell.tag != "tc":
                continue
            column, edge = _place(self.places, edge), edge + _span(cell)
            if edge > COLUMN_LIMIT:
                raise refusals.too_large(self.reader.name, Message.of(N_("表格超过 {} 列"), COLUMN_LIMIT))
            columns = _place(self.places, edge) - column  # 0 for a cell as narrow as a hairline
            if columns and _merge(cell, "hMerge") == "continue" and last is not None and last.rows == 1:
                last.columns += columns
            elif upper := self._continued(cell, column, columns):
                upper.rows += 1
                current[column] = last = upper
            else:
                text, nested = _cell(cell, self.reader)
                self.inner += nested
                hairlines = _joined(hairlines, text)
                if columns:
                    last = _Open(self.rows, column, columns, hairlines)
                    hairlines = ""
                    self.cells.append(last)
                    current[column] = last
        if last is not None:
            last.text = _joined(last.text, hairlines)
            self.width = max(self.width, _place(self.places, edge))
        else:
            self.inner += paragraphs(hairlines)
        self.above = current
        self.rows += 1

    def _continued(self, cell: Element, column: int, columns: int) -> _Open | None:
        """The cell of the row above that a cell goes on with; None for a cell of its own."""
        upper = self.above.get(column)
        if columns and upper is not None and upper.columns == columns and _merge(cell, "vMerge") == "continue":
            return upper
        return None


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _cell(cell: Element, reader: _Reader) -> tuple[str, list[Block]]:
    """The text of a cell, a line a paragraph, and the tables and text boxes in it as blocks of their own."""
    reader.cells += 1
    lines: list[str] = []
    inner: list[Block] = []
    for child in _printed(cell):
        if child.tag == "p":
            lines.append(_paragraph(child, reader))
            inner += _text_boxes(reader)
        elif child.tag == "tbl":
            inner += _table(child, reader)
        elif child.tag in {"altChunk", "subDoc"}:
            reader.embedded += 1
    return "\n".join(lines).strip("\n"), inner


def _places(table: Element) -> list[int]:
    """For each edge of the table's own grid the edge that counts: columns too narrow to hold anything are none.

    Rows whose cells were dragged, or rounded, differ by a few twentieths of a point and leave such columns behind.
    """
    grid = table.find("tblGrid")
    widths = [] if grid is None else [_count(column, "w", most=100_000) for column in grid.iterfind("gridCol")]
    narrow = sum(width < _HAIRLINE for width in widths)
    if not narrow or 2 * narrow > len(widths):
        return []
    places = [0]
    for width in widths:
        places.append(places[-1] + (width >= _HAIRLINE))
    return places


def _place(places: list[int], edge: int) -> int:
    """The edge that counts; those beyond the grid follow it."""
    if edge < len(places):
        return places[edge]
    return edge - len(places) + 1 + places[-1] if places else edge


def _is_gone(row: Element) -> bool:
    """Whether a row was deleted or hidden."""
    properties = row.find("trPr")
    return properties is not None and (properties.find("del") is not None or _on(properties.find("hidden")))


def _on(switch: Element | None) -> bool:
    return switch is not None and switch.get("val", "1").lower() not in _OFF


def _merge(cell: Element, kind: str) -> str:
    """restart, continue, or "" for a cell that is not merged in this direction."""
    properties = cell.find("tcPr")
    merge = None if properties is None else properties.find(kind)
    return "" if merge is None else merge.get("val", "continue")


def _span(cell: Element) -> int:
    properties = cell.find("tcPr")
    span = None if properties is None else properties.find("gridSpan")
    return max(_count(span), 1)


def _skipped(row: Element, kind: str) -> int:
    properties = row.find("trPr")
    return 0 if properties is None else _count(properties.find(kind))


def _count(element: Element | None, attribute: str = "val", most: int = COLUMN_LIMIT + 1) -> int:
    """The number that an element holds, cut at `most`; 0 where there is none."""
    number = None if element is None else package.parse_count(element.get(attribute))
    return min(number or 0, most)
