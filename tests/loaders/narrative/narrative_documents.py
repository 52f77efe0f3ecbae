"""Small documents for the tests of the narrative, in wording of our own."""

from __future__ import annotations

from loaders.document import Document, Paragraph

BODY = "某县水文站"


def document(*lines: str, format_: str = "text") -> Document:
    """A document of these lines."""
    return Document(format_, tuple(map(Paragraph, lines)))


def xinjiang(*lines: str, section: str = "二、关于某县水文站2024年收入预算情况说明") -> Document:
    """A document of the form with numbered parts, each line a paragraph."""
    return document("第三部分 2024年部门预算情况说明", section, *lines, format_="docx")


def shanghai(*lines: str) -> Document:
    """A document of the form whose parts have titles only, each line a paragraph."""
    return document("2024年部门预算编制说明", *lines, format_="docx")


def wrapped(paragraphs: list[str], width: int, *, blank_lines: bool = False, page_of: int = 0) -> Document:
    """Paragraphs as an extraction of a page shows them: broken at the edge, first lines two characters shorter.

    With `page_of` lines a page, in a paged document, each page ends with its number.
    """
    lines = [line for text in paragraphs for line in _fold(text, width)]
    if not page_of:
        return document(*[row for line in lines for row in ((line, "") if blank_lines else (line,))])
    blocks = []
    for page, start in enumerate(range(0, len(lines), page_of), 1):
        blocks += [Paragraph(line, page) for line in [*lines[start : start + page_of], str(page)]]
    return Document("pdf", tuple(blocks))


def _fold(text: str, width: int) -> list[str]:
    """Lines of at most `width` half-width cells; numbers and closing marks are not torn off."""
    lines, line, room = [], "", width - 4
    for piece in _pieces(text):
        cells = sum(1 if char.isascii() else 2 for char in piece)
        if cells > room and line:
            lines.append(line)
            line, room = "", width
        line += piece
        room -= cells
    return [*lines, line]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        if pieces and (char in "，。；：、）”%" or (char.isascii() and pieces[-1][-1].isascii())):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
