"""Codes at the start of a row.

In one, two or three cells, glued to the name, or only the digits of the own level.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.words.numbers import half_width, is_numeric
from loaders.words.tokens import CJK, Token, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.words.tokens import SourceLine

TOTALS = {"总计", "合计"}
_GLUED = lazy_pattern(rf"(\d{{3}}(?:\d{{2}}){{0,2}})\s*([（(\[〔]?{CJK}.*|[A-Za-z].*)")
_GLUED_LEVEL = lazy_pattern(rf"(\d{{2}})\s*({CJK}.*)")
_CODE = lazy_pattern(r"\d{3}(?:\d{2}){0,2}")
_LEVEL = lazy_pattern(r"\d{1,2}")


class RowStart(NamedTuple):
    """Code of a row, "" for a total, and the tokens behind."""

    code: str
    rest: tuple[Token, ...]


class CodeStyle(NamedTuple):
    """How a table prints its codes, and which codes it may hold."""

    joined: bool
    """Sections and items as one number: 2080505, not 208 05 05."""
    glued: bool
    """Codes printed without a gap before the name."""
    known: frozenset[str] = frozenset()
    """All codes that other tables print; empty where none is known."""
    classes: frozenset[str] = frozenset()
    """Classes that T1 lists."""

    def plausible(self, code: str, first_digits: str) -> bool:
        """True where the table may hold this code."""
        if self.known:
            return code in self.known
        return code[0] in first_digits or code[:3] in self.classes


def style_of(
    lines: Sequence[SourceLine], known: frozenset[str] = frozenset(), classes: frozenset[str] = frozenset()
) -> CodeStyle:
    """See how the lines of a table print their codes."""
    pieces = joined = glued = 0
    for line in lines:
        texts = [half_width(token.text) for token in line.tokens[:2]]
        if not texts:
            continue
        if re.fullmatch(r"\d{3}", texts[0]) and len(texts) > 1 and re.fullmatch(r"\d{2}", texts[1]):
            pieces += 1
        match = _GLUED.fullmatch(texts[0])
        glued += bool(match)
        joined += bool(re.fullmatch(r"\d{5}|\d{7}", texts[0])) or bool(match and len(match[1]) > 3)  # noqa: PLR2004
    return CodeStyle(joined > pieces, glued > 0, known, classes)


def total_start(line: SourceLine) -> RowStart | None:
    """Read the start of a grand total: 总计 or 合计, alone."""
    if line.tokens and normal(line.tokens[0].text) in TOTALS:
        return RowStart("", line.tokens[1:])
    return None


def code_start(line: SourceLine, style: CodeStyle, above: str, first_digits: str) -> RowStart | None:
    """The start of a row with a code.

    `above` is the code of the row before (a table may print only the own level's digits); `first_digits` are
    those with which codes of this classification begin.
    """
    tokens = line.tokens
    if not tokens:
        return None
    first = half_width(tokens[0].text)
    if tokens[0].cell and (below := _own_level(tokens, above)):
        return below
    code, rest = "", list(tokens[1:])
    if _CODE.fullmatch(first) and (len(first) == 3 or style.joined):  # noqa: PLR2004
        code = first
        if len(code) == 3:  # noqa: PLR2004
            code, rest = _pieces(code, rest)
    elif style.glued and (match := _GLUED.fullmatch(first)) and (len(match[1]) == 3 or style.joined):  # noqa: PLR2004
        code, rest = match[1], [tokens[0]._replace(text=match[2]), *rest]
    if not code or not style.plausible(code, first_digits):
        return None
    if rest and is_numeric(rest[0].text) and rest[0].cell is None:
        return None  # numbers only: amounts that look like a code
    return RowStart(code, tuple(rest))


def _pieces(code: str, rest: list[Token]) -> tuple[str, list[Token]]:
    for _ in range(2):
        if not rest or not rest[0].text[:1].isdigit():
            break
        piece = half_width(rest[0].text)
        if _LEVEL.fullmatch(piece):
            code, rest = code + piece.zfill(2), rest[1:]
        elif (match := _GLUED_LEVEL.fullmatch(piece)) and len(code) < 7:  # noqa: PLR2004
            code, rest = code + match[1], [rest[0]._replace(text=match[2]), *rest[1:]]
            break
        else:
            break
    return code, rest


def _own_level(tokens: tuple[Token, ...], above: str) -> RowStart | None:
    """A row that prints only its own level's digits in the second or third cell."""
    cell = tokens[0].cell or 0
    length = 1 + 2 * cell  # digits of the code above: cell 1 -> 3, cell 2 -> 5
    if cell > 2 or len(above) < length or len(tokens) < 2:  # noqa: PLR2004
        return None
    piece = half_width(tokens[0].text)
    if _LEVEL.fullmatch(piece) and not is_numeric(tokens[1].text):
        return RowStart(above[:length] + piece.zfill(2), tokens[1:])
    if match := _GLUED_LEVEL.fullmatch(piece):
        return RowStart(above[:length] + match[1], (tokens[0]._replace(text=match[2]), *tokens[1:]))
    return None
