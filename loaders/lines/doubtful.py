"""Grids of text whose columns may have moved, as lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.document import Grid, Paragraph
from loaders.lines import header
from loaders.lines.sections import blocks, without_page_numbers
from loaders.words.tokens import SourceLine

if TYPE_CHECKING:
    from loaders.document import Document


def settled(document: Document) -> Document:
    """Turn grids of a text into lines, if one is doubtful.

    Each of them is headed as its title demands.  They then tell each other's columns; the grids of other formats are
    never doubtful.
    """
    doubtful = [number for number, block in document.numbered() if isinstance(block, Grid) and block.doubtful]
    if not doubtful:
        return document
    lines = [SourceLine(number, text) for number, text in enumerate(document.lines, 1) if text.strip()]
    found = blocks(without_page_numbers(lines))
    known = [block for block in found if block.layout is not None and header.fits(block.layout, block.lines)]
    if not any(block.first <= number <= block.last for block in known for number in doubtful):
        return document
    kept: list[Paragraph | Grid] = []
    for number, part in document.numbered():
        headed = any(block.first <= number <= block.last for block in known)
        kept += map(Paragraph, part.source) if headed and isinstance(part, Grid) and part.source else [part]
    return replace(document, blocks=tuple(kept))
