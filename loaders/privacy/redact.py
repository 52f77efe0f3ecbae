"""Redact personal names, telephone numbers and mail addresses: they become 〔略〕.

This happens before anything else sees a document.  Only what stands behind a label (项目负责人, 联系电话) or cannot be
anything else is touched: amounts, codes, dates and document numbers stay as printed, and so does the number of lines
and cells.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.document import Grid, Paragraph
from loaders.privacy.personal_data import (
    LABEL_ONLY,
    MARK,
    TRIGGER,
    is_names,
    is_person_value,
    is_phone_value,
    label_kind,
    spans,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loaders.document import Document, GridCell

    Span = tuple[int, int]

_LONGEST_LABEL = 40
_AWAY = 12
"""Cells behind a label that are looked at for its value; those between are empty."""


def redacted(document: Document) -> Document:
    """The document without personal names, telephone numbers and mail addresses; lines and cells stay in number."""
    blocks: list[Paragraph | Grid] = []
    waiting: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            blocks += _paragraphs(waiting)
            waiting = []
            blocks.append(_grid(block))
        else:
            waiting.append(block)
    blocks += _paragraphs(waiting)
    return replace(document, blocks=tuple(blocks))


def _paragraphs(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Lines that follow one another are read as one text: a name may stand on the line below its label."""
    texts = [paragraph.text for paragraph in paragraphs]
    found = spans("\n".join(texts))
    if not found:
        return paragraphs
    return [
        paragraph if text == paragraph.text else paragraph._replace(text=text)
        for paragraph, text in zip(paragraphs, _cut(texts, found), strict=True)
    ]


def _cut(texts: Sequence[str], found: Sequence[Span]) -> Iterator[str]:
    """The texts with these spans of their joined text replaced; a span over several lines is marked on its first."""
    start, place = 0, 0
    for text in texts:
        end = start + len(text)
        pieces, done = [], start
        while place < len(found) and found[place][0] < end:
            first, last = found[place]
            pieces.append(text[done - start : max(first, start) - start])
            pieces.append(MARK if first >= start else "")
            done = min(last, end)
            if last > end:
                break  # it goes on in the next line
            place += 1
        yield "".join(pieces) + text[done - start :] if pieces else text
        start = end + 1


def _grid(grid: Grid) -> Grid:
    cells = grid.cells
    changed: dict[int, str] = {}
    labels: list[int] = []
    for index, cell in enumerate(cells):
        if not TRIGGER.search(cell.text):
            continue
        found = spans(cell.text)
        if found:
            changed[index] = "".join(_cut([cell.text], found))
        elif len(cell.text) <= _LONGEST_LABEL and LABEL_ONLY.fullmatch(cell.text):
            labels.append(index)
    if labels:
        columns: dict[int, list[int]] = {}
        for index, cell in enumerate(cells):
            columns.setdefault(cell.column, []).append(index)
        for label in labels:
            changed.update(dict.fromkeys(_values(cells, label, columns[cells[label].column]), MARK))
    if not changed:
        return grid._replace(source=_source(grid, changed)) if grid.source else grid
    after = tuple(cell._replace(text=changed[index]) if index in changed else cell for index, cell in enumerate(cells))
    return grid._replace(cells=after, source=_source(grid, changed))


def _source(grid: Grid, changed: Mapping[int, str]) -> tuple[str, ...]:
    """The lines that a grid was read from, with what was found in its cells and in the lines themselves marked."""
    lines = list(grid.source)
    for index, text in changed.items() if lines else ():
        cell = grid.cells[index]
        end = grid.line_of(cell.row + 1) if cell.row + 1 < grid.rows else len(lines)
        for place in range(grid.line_of(cell.row), end):
            for piece, marked in _pieces(cell.text, text):
                lines[place] = lines[place].replace(piece, marked)
    return tuple(_cut(lines, spans("\n".join(lines))))


def _pieces(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The lines of a cell with what became of them."""
    if before.count("\n") == after.count("\n"):
        yield from ((a, b) for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b)
    else:
        yield from ((piece, MARK) for piece in before.split("\n") if piece.strip())


def _values(cells: Sequence[GridCell], label: int, column: Sequence[int]) -> Iterator[int]:
    """The cells that hold what the label names: the next one of its row, else those below it in its `column`."""
    kind = label_kind(cells[label].text)
    fits = is_person_value if kind == "person" else is_phone_value if kind == "phone" else _either
    row = cells[label].row
    beside = next(
        (
            index
            for index in range(label + 1, min(label + _AWAY, len(cells)))
            if cells[index].row == row and cells[index].text.strip()
        ),
        None,
    )
    if beside is not None and (MARK in cells[beside].text or fits(cells[beside].text)):
        yield beside
        return
    alike = is_names if kind == "person" else fits  # a row below may be about something else
    for place in range(bisect_right(column, label), len(column)):
        text = cells[column[place]].text
        if text.strip() and MARK not in text:
            if not alike(text):
                return
            yield column[place]


def _either(text: str) -> bool:
    return is_person_value(text) or is_phone_value(text)
