"""Broken text as pieces: what stands between blanks, and how the extraction parted it from what stands before."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.performance.words import (
    BORDER,
    COLUMN_OF,
    EVIDENCES,
    HEAD_LABEL,
    HEAD_START,
    LABELS,
    NAME,
    PREFIXES,
    SIGNS,
)
from loaders.words.tokens import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.performance.tables import Row

SAME_LINE, NEXT_LINE, AFTER_BLANK = 0, 1, 2
_FUSED = lazy_pattern(f"({'|'.join(EVIDENCES)}|赋分)([一-龥]{{1,8}})")
_PAGE_NUMBER = lazy_pattern(r"[-—–·]\s*\d{1,4}\s*[-—–·]|第\s*\d{1,4}\s*页(?:\s*(?:[,，/]\s*)?共\s*\d{1,4}\s*页)?")
_PAGE_END = frozenset("-—–·页0123456789")
_CUT_LABELS = frozenset(text for text in PREFIXES if len(text) > 1 and text not in LABELS and text[:2] != "满意")
_WHOLE_ENDS = frozenset({"指标", "目标", "达标", "商标", "投标", "招标", "中标", "标"})
_SELDOM = 1
_LONGEST_FUSED = 12
_LABEL = lazy_pattern(
    "|".join(sorted((re.escape(label) for label in LABELS if "指标" in label), key=len, reverse=True))
)
_SIGN = lazy_pattern(rf"(?<=[^{SIGNS}])(?=[{SIGNS}]+\d)")


class Piece(NamedTuple):
    """A piece of text, its line, and its gap: on the same line as the piece before, on the next, after a blank line."""

    text: str
    line: int
    page: int | None
    gap: int


class ColumnHeader(NamedTuple):
    """The columns that the heads name, with the pieces above and below."""

    above: list[Piece]
    columns: tuple[str, ...]
    below: list[Piece]


def pieces(rows: Sequence[Row]) -> list[Piece]:
    """The pieces of lines of text, in reading order, without page numbers."""
    found: list[Piece] = []
    blank = True
    for place, row in enumerate(rows):
        gap = AFTER_BLANK if blank else NEXT_LINE
        parts = row.text.split()
        blank = not parts
        if parts and row.text.strip()[-1] in _PAGE_END and _is_page_number(rows, place):
            continue
        for part in parts:
            found.append(Piece(part, row.line, row.page, gap))
            gap = SAME_LINE
    return found


def _is_page_number(rows: Sequence[Row], place: int) -> bool:
    """Whether a line is a page number for sure: marked as one, or a number at the edge of a page."""
    text = rows[place].text.strip()
    if _PAGE_NUMBER.fullmatch(text):
        return True
    pages = {row.page for row in rows[max(place - 1, 0) : place + 2]}
    return text.isdigit() and None not in pages and len(pages) > 1


def joined(found: Sequence[Piece]) -> str:
    """The text of one cell: lines joined without blanks, layout blanks removed."""
    return tidy("".join(" " + piece.text if piece.gap == SAME_LINE else piece.text for piece in found))


def column_header(found: Sequence[Piece]) -> ColumnHeader | None:
    """Part the pieces at the heads of the columns; None where there are none.

    The heads may be broken themselves; later repetitions are removed.
    """
    text = "".join(piece.text for piece in found)
    spans: list[tuple[int, int]] = []
    columns: tuple[str, ...] = ()
    for match in HEAD_START.finditer(text):
        if spans and match.start() < spans[-1][1]:
            continue
        end, named = _labels(text, match.start())
        if NAME in named and (not columns or named == columns):
            columns = named
            spans.append((match.start(), end))
    if not spans:
        return None
    above, rest = _outside(found, spans)
    while above and above[-1].text in BORDER:
        above.pop()
    return ColumnHeader(above, columns, [part for piece in rest if piece.text not in BORDER for part in _parts(piece)])


def _labels(text: str, start: int) -> tuple[int, tuple[str, ...]]:
    """Where the heads of the columns end, and which columns they name."""
    named: list[str] = []
    while (match := HEAD_LABEL.match(text, start)) and COLUMN_OF[match[1]] not in named:
        named.append(COLUMN_OF[match[1]])
        start = match.end()
    return start, tuple(named)


def _outside(found: Sequence[Piece], spans: list[tuple[int, int]]) -> tuple[list[Piece], list[Piece]]:
    """The pieces before the first span, and all behind it that lie in no span; a piece may be cut."""
    above: list[Piece] = []
    below: list[Piece] = []
    start = place = 0
    for piece in found:
        end = start + len(piece.text)
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        parts = _cut(piece, start, spans[place : place + 2])
        (above if start < spans[0][0] else below).extend(parts[:1])
        below.extend(parts[1:])
        start = end
    return above, below


def _cut(piece: Piece, start: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """What is left of a piece outside the spans."""
    parts: list[Piece] = []
    place, end = start, start + len(piece.text)
    for left, right in spans:
        if left >= end:
            break
        if place < left:
            parts.append(piece._replace(text=piece.text[place - start : left - start]))
        place = max(place, right)
    if place == start:
        return [piece]
    if place < end:
        parts.append(piece._replace(text=piece.text[place - start :]))
    return parts


def _parts(piece: Piece) -> list[Piece]:
    """A piece in which the extraction ran two cells together, as two."""
    texts = [part for text in _unfused(piece.text) for part in _SIGN.split(text)]
    if len(texts) == 1:
        return [piece]
    return [piece._replace(text=text, gap=piece.gap if number == 0 else SAME_LINE) for number, text in enumerate(texts)]


def _unfused(text: str) -> list[str]:
    parts: list[str] = []
    while (match := _LABEL.match(text)) and match.end() < len(text):
        parts.append(match[0])
        text = text[match.end() :]
    fused = _FUSED.fullmatch(text) if len(text) <= _LONGEST_FUSED else None
    if fused and (fused[2] in PREFIXES or fused[2] in LABELS):
        return [*parts, fused[1], fused[2]]
    return [*parts, text]


def is_interleaved(found: Sequence[Piece]) -> bool:
    """Whether the extraction went through the page line by line: pieces of cells have other cells behind them."""
    cut = sum(1 for before, after in pairwise(found) if after.gap == SAME_LINE and _is_cut(before.text))
    return cut > _SELDOM


def _is_cut(text: str) -> bool:
    """Whether a piece is the beginning of a cell that must go on: 按照完成比例赋, 预算支出标, 产出."""
    return text.endswith("赋") or (text[-1] == "标" and text[-2:] not in _WHOLE_ENDS) or text in _CUT_LABELS


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """The printed width of a text, in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
