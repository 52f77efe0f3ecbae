"""Amounts in a stream of tokens: which tokens are amounts, and amounts that were broken over lines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.words.tokens import SourceLine, Token

CLASS_CODE = lazy_pattern(r"[235]\d{2}(?:\d{2}){0,2}")
"""The code of a function or of an economic class, of its section or item."""
_WHOLE = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_COMPLETE = lazy_pattern(rf"[-−△▲]?{_WHOLE}(?:\.\d+)?|\({_WHOLE}(?:\.\d+)?\)")
_STARTED = lazy_pattern(r"[-−△▲]?\d[\d,]*(?:\.\d*)?")
_DIGITS = lazy_pattern(r"\d+")
PLACEHOLDER = lazy_pattern(r"[-—–－―/\\]{1,3}")
"""A dash in a cell: nothing is disclosed there, but the cell is not lost."""
_PAGE = lazy_pattern(r"[-—–]\s*\d{1,4}\s*[-—–]|\d{1,4}|第\s*\d+\s*页(?:[,，/]?\s*共\s*\d+\s*页)?|\d{1,4}\s*/\s*\d{1,4}")
_YEAR = lazy_pattern(r"20(?:0[6-9]|[1-9]\d)年?")
"""A year of a budget: earlier ones were not disclosed."""
_MIXED = 0.4
_FEW = 3
_LONGEST_PAGE = 30


@lru_cache(maxsize=16384)
def half_width(text: str) -> str:
    """Full-width digits, commas and brackets as half-width ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=16384)
def is_amount(text: str) -> bool:
    """True for a complete printed amount."""
    return _COMPLETE.fullmatch(half_width(text)) is not None


@lru_cache(maxsize=16384)
def is_numeric(text: str) -> bool:
    """True for an amount, a piece of one, or a placeholder dash."""
    text = half_width(text)
    return bool(_STARTED.fullmatch(text) or _COMPLETE.fullmatch(text) or PLACEHOLDER.fullmatch(text)) or (
        re.fullmatch(r"\.\d+", text) is not None
    )


def are_years(texts: Sequence[str]) -> bool:
    """Whether all numbers of a row are years, heads of columns.

    Neighbours differ, and no cell is marked as none: 2024年 2025年, not 2000 2000 and not 2020 - -.
    """
    plain = [half_width(text.strip()) for text in texts]
    years = {text for text in plain if _YEAR.fullmatch(text)}
    others = any(text not in years and (is_amount(text) or PLACEHOLDER.fullmatch(text)) for text in plain)
    return bool(years) and not others and not any(left == right in years for left, right in pairwise(plain))


def decimals(text: str) -> int:
    """Digits behind the decimal point."""
    _, _, fraction = half_width(text).rstrip(")").partition(".")
    return len(fraction)


def usual_decimals(lines: Iterable[SourceLine]) -> int | None:
    """The number of decimals of the amounts of these lines; None where there are none, or they differ too much."""
    counts: Counter[int] = Counter()
    integers = 0  # names with a whole number at the end of their line
    for line in lines:
        integers += len(line.tokens) > 1 and bool(_DIGITS.fullmatch(half_width(line.tokens[-1].text)))
        for token in line.tokens:
            text = half_width(token.text)
            if ("." in text or "," in text) and _COMPLETE.fullmatch(text):
                counts[decimals(text)] += 1
    if not counts:
        return 0 if integers >= _FEW else None
    usual, count = counts.most_common(1)[0]
    return usual if counts.total() - count <= _MIXED * counts.total() else None


def is_page_number(line: SourceLine) -> bool:
    """True for a line with nothing but a possible page number."""
    text = line.text.strip()
    return len(text) <= _LONGEST_PAGE and _PAGE.fullmatch(half_width(text)) is not None


def is_stray_number(line: SourceLine, usual: int | None) -> bool:
    """True for a page number that cannot be an amount; by the `usual` decimals of the table."""
    return is_page_number(line) and (bool(usual) or not is_amount(line.text.strip())) and line.text.strip() != "0"


def rejoin(lines: Sequence[SourceLine], usual: int | None, starts: set[int]) -> list[SourceLine]:
    """Rejoin amounts broken over lines: "110.1" / "0", "110." / "10", "1,140" / ".42".

    `usual` is the number of decimals of the statement: an amount with fewer is waiting for its rest.  `starts` holds
    the numbers of the lines with which a row begins: what waits there has no rest any more.  A cell of a line is one
    visual line of a cell of the table, so rests come in the order of the amounts that wait for them.
    """
    if not usual:
        return list(lines)
    result = list(lines)
    waiting: list[tuple[int, int]] = []  # (index of line, index of token)
    for index, line in enumerate(lines):
        if line.no in starts or _begins_row(line, usual):
            waiting = []
        tokens: list[Token] = []
        earlier = [place for place in waiting if place[0] < index]
        for token in line.tokens:
            place, joined = _rest_of(result, earlier, token, usual)
            if joined is None:
                tokens.append(token)
                continue
            at, position = earlier[place]
            waiting = [own for own in waiting if own not in earlier[: place + 1]]
            earlier = earlier[place + 1 :]
            kept = list(result[at].tokens)
            kept[position] = kept[position]._replace(text=joined)
            result[at] = result[at]._replace(tokens=tuple(kept))
        if len(tokens) < len(line.tokens):
            result[index] = line._replace(tokens=tuple(tokens))
        # The digits before the name of a row are its code.
        named = next((i for i, token in enumerate(tokens) if not is_numeric(token.text)), len(tokens))
        first = named if line.no in starts else 0
        waiting += [(index, i) for i in range(first, len(tokens)) if _waits(tokens, i, usual)]
    return result


def _begins_row(line: SourceLine, usual: int) -> bool:
    """True for a name with its amounts on one line: what waited before it has no rest any more."""
    numeric = [is_numeric(token.text) for token in line.tokens]
    return not all(numeric) and any(
        amount and decimals(token.text) == usual for amount, token in zip(numeric, line.tokens, strict=True)
    )


def _rest_of(
    lines: list[SourceLine], waiting: list[tuple[int, int]], rest: Token, usual: int
) -> tuple[int, str | None]:
    """Which of the amounts that wait a text completes, and the amount; none where it completes none.

    It completes the first one; page numbers before that one wait for nothing.
    """
    for place, (at, position) in enumerate(waiting):
        joined = _completed(lines[at].tokens[position].text, rest, usual)
        if joined is not None:
            return place, joined
        if not is_page_number(lines[at]):
            break
    return 0, None


def _completed(started: str, rest: Token, usual: int) -> str | None:
    if not re.fullmatch(r"[\d.,]+", half_width(rest.text)):
        return None
    joined = started + rest.text
    if not is_amount(joined) or decimals(joined) != usual:
        return None
    if "." not in half_width(started) and decimals(rest.text) == usual and is_amount(rest.text):
        # "1,140" / "42.00" could be two amounts; only a rest that is no amount, or a started group, is one.
        return joined if not is_amount(started) else None
    return joined


def _waits(tokens: list[Token], index: int, usual: int) -> bool:
    text = half_width(tokens[index].text)
    if not _STARTED.fullmatch(text) or text in {"0", "-0"}:
        return False
    if "." not in text and index + 1 < len(tokens) and not is_numeric(tokens[index + 1].text):
        return False  # a number inside a name
    return decimals(text) < usual or not is_amount(text)


def split_amounts(tokens: Sequence[Token], usual: int | None) -> tuple[list[Token], list[Token]]:
    """The tokens of one line as (text, amounts): amounts are the numeric tokens at its end.

    A whole number before amounts with decimals belongs to the name ("设备 3 5.00 5.00"), unless it is 0.
    """
    cut = len(tokens)
    while cut and is_numeric(tokens[cut - 1].text):
        cut -= 1
    if usual:
        while cut < len(tokens) and cut and _belongs_to_name(tokens, cut, usual):
            cut += 1
    return list(tokens[:cut]), list(tokens[cut:])


def _belongs_to_name(tokens: Sequence[Token], index: int, usual: int) -> bool:
    text = half_width(tokens[index].text)
    if tokens[index].cell is not None or not _DIGITS.fullmatch(text) or text == "0":
        return False
    following = [half_width(token.text) for token in tokens[index + 1 :]]
    return bool(following) and decimals(following[0]) == usual
