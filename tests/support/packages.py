"""Files written by hand for the tests of the formats: zip packages, word documents, workbooks, OFD pages."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from budget.model.disclosure import UnreadableDocumentError
from loaders.document import Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loaders.document import Document, GridCell

WORD = 'xmlns:w="urn:w" xmlns:mc="urn:mc" xmlns:v="urn:v" xmlns:r="urn:r"'
Text = str | bytes


def zipped(members: Mapping[str, Text]) -> bytes:
    """A zip package of these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in members.items():
            package.writestr(path, content)
    return out.getvalue()


def replaced(data: bytes, members: Mapping[str, Text]) -> bytes:
    """A package with some members replaced."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return zipped({**{path: package.read(path) for path in package.namelist()}, **members})


def word(body: str, **others: Text) -> bytes:
    """A word document with this body; other parts by name (footnotes)."""
    parts = {f"word/{name}.xml": content for name, content in others.items()}
    return zipped({"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>", **parts})


def paragraph(*texts: str) -> str:
    """A paragraph of runs."""
    return f"<w:p>{''.join(f'<w:r><w:t>{text}</w:t></w:r>' for text in texts)}</w:p>"


def tc(text: str = "", properties: str = "") -> str:
    """A cell of a word table; text that begins with a tag is taken as content."""
    content = text if text.startswith("<") else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str, grid: tuple[int, ...] = ()) -> str:
    """A word table of rows of cells; `grid` are the widths of its columns."""
    widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblGrid>{widths}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def workbook(rows: str, *, styles: str = "", after: str = "", before: str = "", strings: str = "") -> bytes:
    """A workbook with one sheet; `styles` are number formats, one a style, separated by newlines."""
    codes = styles.split("\n") if styles else []
    formats = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes))
    used = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes)))
    return zipped({
        "xl/workbook.xml": '<workbook xmlns:r="urn:r"><sheets><sheet name="表1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            '<Rels><Relationship Id="r1" Type="urn:x/worksheet" Target="worksheets/sheet1.xml"/></Rels>'
        ),
        "xl/styles.xml": f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>",
    })  # fmt: skip


def ofd(content: str, *, template: str = "", pages: int = 1, space: str = 'xmlns:ofd="urn:ofd"') -> bytes:
    """An OFD file whose pages (100 x 50 mm) share this content."""
    listed = "".join(f'<ofd:Page ID="{i + 9}" BaseLoc="P{i}.xml"/>' for i in range(pages))
    used = '<ofd:Template TemplateID="5"/>' if template else ""
    page = f"<ofd:Page {space}>{used}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
    common = (
        "<ofd:PageArea><ofd:PhysicalBox>0 0 100 50</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="5" BaseLoc="T.xml"/>'
    )
    return zipped({
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>/D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "D/Document.xml": (
            f"<ofd:Document {space}><ofd:CommonData>{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
        "D/T.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{template}</ofd:Layer></ofd:Content></ofd:Page>",
        **{f"D/P{i}.xml": page for i in range(pages)},
    })  # fmt: skip


def grids(document: Document) -> list[Grid]:
    """The grids of a document."""
    return [block for block in document.blocks if isinstance(block, Grid)]


def plain(cell: GridCell) -> tuple[int, int, int, int, str]:
    """A cell's place, span and text."""
    return cell.row, cell.column, cell.rows, cell.columns, cell.text


def texts(grid: Grid) -> list[list[str]]:
    """The texts of a grid, row by row."""
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return rows


def sound(document: Document) -> None:
    """Check what holds of every grid: cells in order, within it, none over another."""
    for grid in grids(document):
        assert list(grid.cells) == sorted(grid.cells, key=lambda cell: cell[:2])
        seen: set[tuple[int, int]] = set()
        for cell in grid.cells:
            places = {
                (row, column)
                for row in range(cell.row, cell.row + cell.rows)
                for column in range(cell.column, cell.column + cell.columns)
            }
            assert places
            assert seen.isdisjoint(places), cell
            assert all(row < grid.rows and column < grid.columns for row, column in places), cell
            seen |= places


def refused(read: Callable[[bytes, str], object], data: bytes, name: str = "某文件.bin") -> str:
    """The sentence with which a file is refused: one line, names the file, ends as a sentence."""
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data, name)
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}：")
    assert "\n" not in sentence
    assert sentence.endswith("。")
    assert len(sentence) < 200
    return sentence
