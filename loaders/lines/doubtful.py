"""Grids of text whose columns may have moved, as lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loaders import meaning
from loaders.document import Grid, Paragraph
from loaders.lines import header, plain
from loaders.lines.sections import blocks, without_page_numbers
from loaders.words.tokens import SourceLine, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loaders.document import Document


def settled(document: Document, contradicted: Callable[[Document, Sequence[int]], bool]) -> Document:
    """Turn the grids of a text into lines if the columns of one are not relied on.

    It must be headed as its title demands.  These tables then tell each other's columns; the grids of other formats are
    always relied on.  Grids that could not be read as lines stay.  `contradicted` tells whether other tables contradict
    one of those that begin at these lines.
    """
    grids = [(number, block) for number, block in document.numbered() if isinstance(block, Grid)]
    doubtful = [number for number, grid in grids if grid.doubtful]
    moved = [number for number, grid in grids if grid.may_have_moved]
    if moved and contradicted(document, moved):
        doubtful += moved
    if not doubtful:
        return document
    lines = [SourceLine(number, text) for number, text in enumerate(document.lines, 1) if text.strip()]
    found = blocks(without_page_numbers(lines))
    known = [block for block in found if block.layout is not None and header.fits(block.layout, block.lines)]
    if not any(block.first <= number <= block.last for block in known for number in doubtful):
        return document
    titled = [block for block in found if block.layout is None]
    unread = [block for block in titled if not plain.grid_of(block.lines, meaning.title(normal(block.title)))]
    kept: list[Paragraph | Grid] = []
    for number, part in document.numbered():
        stays = any(block.first <= number <= block.last for block in unread)
        kept += map(Paragraph, part.source) if not stays and isinstance(part, Grid) and part.source else [part]
    return replace(document, blocks=tuple(kept))
