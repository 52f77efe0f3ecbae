"""A review opinion as Markdown, workbook or word document."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from budget.export.opinion import Heading, Paragraph
from budget.export.opinion_words import TITLE
from budget.export.rows import Rows, escaped, markdown_table, to_markdown, visible
from budget.export.xlsx import sheets_to_xlsx
from budget.i18n.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.export.opinion import Block

FORMATS = ("docx", "xlsx", "md")
"""The formats of an opinion; each is also the extension of its files."""
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_SHEET_LEVEL = 2
"""Headings that begin a sheet of a workbook."""
_TABLE_STYLE = "Table Grid"
_FONT, _SMALL = "SimSun", 9
_LONGEST_CELL = 8_000


def to_bytes(blocks: Sequence[Block], extension: str) -> bytes:
    """The opinion in one of `FORMATS`; nothing of a document in it is run, its control characters are visible."""
    if extension == "md":
        return to_markdown(_markdown(blocks))
    return to_xlsx(blocks) if extension == "xlsx" else to_docx(blocks)


def _markdown(blocks: Sequence[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number:
            yield ""
        if isinstance(block, Heading):
            yield f"{'#' * block.level} {escaped(block.text)}"
        elif isinstance(block, Paragraph):
            yield escaped(block.text)
        else:
            yield from markdown_table(block)


def to_xlsx(blocks: Sequence[Block]) -> bytes:
    """A workbook: a sheet for each chapter, the words as rows between the tables."""
    sheets: list[tuple[str, list[Rows]]] = [(tr(TITLE), [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level == _SHEET_LEVEL:
            sheets.append((block.text, []))
        elif isinstance(block, Rows):
            sheets[-1][1].append(block)
        else:
            sheets[-1][1].append(Rows([block.text], []))
    return sheets_to_xlsx(sheets)


def to_docx(blocks: Sequence[Block]) -> bytes:
    """A word document on A4 across, for its tables are wide."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    made = Document()
    section = made.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(20))
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = made.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    made.core_properties.author, made.core_properties.title = "", tr(TITLE)
    made.core_properties.created = made.core_properties.modified = _CREATED
    for block in blocks:
        if isinstance(block, Heading):
            made.add_heading(visible(block.text), block.level)
        elif isinstance(block, Paragraph):
            made.add_paragraph(visible(block.text))
        else:
            table = made.add_table(rows=0, cols=len(block.titles), style=_TABLE_STYLE)
            for number, row in enumerate((block.titles, *block.rows)):
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    run = cell.paragraphs[0].add_run(visible(text)[:_LONGEST_CELL])
                    run.bold, run.font.size = number == 0, Pt(_SMALL)
    data = BytesIO()
    made.save(data)
    return data.getvalue()
