"""Tables given one cell a line: names and amounts that follow one another as regularly as the cells of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.formats.text.evidence import Kind, kind_of
from loaders.formats.text.grid import Row
from loaders.formats.text.head_spans import is_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEWEST = 3
"""Rows that show a pattern."""
_LONGEST = 40
"""Characters of a cell."""
_MOST_AMOUNTS = 20
_BROKEN = lazy_pattern(r"\s\S*\d|[:：]|表$|^公开|^附")
"""What is no head, or several."""
_CODE = lazy_pattern(r"\d{3}(?:\d{2}){0,2}")
_TOTAL = lazy_pattern(r"(?:收入|支出)?[合总]\s*计")
_ENDS = lazy_pattern(
    r".*[:：].*|.*表(?:[(（].{0,80}[)）])?|[(（]?(?:附?表|附件|公开).*|第.{1,3}(?:部分|页).*|注.*|\W*\d+\W*|单位.*"
)
"""What may stand below the last row: a caption, a note, a page number."""


class _Cell(NamedTuple):
    line: int
    text: str


def stacks(lines: Sequence[str]) -> Iterator[list[Row]]:
    """The rows of each such table, the head first; a cell that is missing somewhere breaks the pattern."""
    cells: list[_Cell] = []
    for number, line in enumerate([*lines, "。"]):
        text = line.strip()
        if text and (len(text) > _LONGEST or "  " in text or "\t" in text or "。" in text):
            at = 0
            while at < len(cells):
                below = at == 0 or _ENDS.fullmatch(cells[at - 1].text) is not None
                rows, end = _table(cells, at) if below and is_label(cells[at].text) else ([], at)
                if rows:
                    yield rows
                at = max(end, at + 1)
            cells = []
        elif text:
            cells.append(_Cell(number, text))


def _table(cells: Sequence[_Cell], at: int) -> tuple[list[Row], int]:
    """The table whose first head is at this cell, and the end of its cells; no rows where there is none."""
    for names in (1, 2):
        amounts = _amounts(cells, at, names)
        width = names + amounts
        head = [cell.text for cell in cells[at : at + width]]
        if amounts > 0 and _is_head(head, names):
            rows, end = _rows(cells, at + width, names, amounts)
            if len(rows) >= _FEWEST and (end == len(cells) or _is_below(cells[end].text, names)):
                return [Row(cells[at].line, tuple(head)), *rows], end
    return [], at


def _is_below(text: str, names: int) -> bool:
    """True for what stands below a table; in one of codes, a code begins a row that lacks a cell."""
    return _ENDS.fullmatch(text) is not None and not (names > 1 and _CODE.fullmatch(text))


def _amounts(cells: Sequence[_Cell], at: int, names: int) -> int:
    """How many amounts the first row has."""
    near = range(at, min(at + 3 * _MOST_AMOUNTS, len(cells)))
    kinds = [kind_of(cells[n].text) for n in near] + [Kind.BLANK]
    first = kinds.index(Kind.NUMBER) if Kind.NUMBER in kinds else len(near)
    if names > 1 and first + 1 < len(near) and kinds[first + 1] is Kind.TEXT:
        first += 2  # its code and name stand before them
    end = first
    while end < len(near) and kinds[end] is Kind.NUMBER:
        end += 1
    return end - first - (names > 1 and end < len(near))  # the code of the next row is none


def _is_head(head: Sequence[str], names: int) -> bool:
    """True for heads of names and then of amounts."""
    labels = [is_label(text) for text in head]
    unbroken = all(len(text) > 1 and kind_of(text) is Kind.TEXT and not _BROKEN.search(text) for text in head)
    return unbroken and all(labels[:names]) and not any(labels[names:])


def _rows(cells: Sequence[_Cell], at: int, names: int, amounts: int) -> tuple[list[Row], int]:
    """Rows of as many names and amounts each, totals without a code; and the end of their cells."""
    rows: list[Row] = []
    while at < len(cells):
        own = 1 if _TOTAL.fullmatch(cells[at].text) else names
        texts = tuple(cell.text for cell in cells[at : at + own + amounts])
        if len(texts) < own + amounts or (own > 1 and not _CODE.fullmatch(texts[0])):
            break
        named = kind_of(texts[own - 1]) is Kind.TEXT and not _BROKEN.search(texts[own - 1])
        if not named or is_label(texts[own - 1]) or not all(kind_of(text) is Kind.NUMBER for text in texts[own:]):
            break
        rows.append(Row(cells[at].line, texts))
        at += own + amounts
    return rows, at
