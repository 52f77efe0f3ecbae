"""The document's text as passages: every line with the heading that it stands under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from budget.model import Passage
from loaders.tokens import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEVELS = (
    re.compile(r"^第[一二三四五六七八九十]+部分"),
    re.compile(r"^(?:[一二三四五六七八九十]+、|表[\d一二三四五六七八九十]{1,3}$)"),
    re.compile(r"^[(（][一二三四五六七八九十]+[)）]"),
)
_FIRST = frozenset("第表(（一二三四五六七八九十")
_LONGEST = 50
SEPARATOR = " › "


def passages(
    lines: Sequence[str], titles: Iterable[tuple[int, str]] = (), pages: Sequence[int | None] = ()
) -> tuple[Passage, ...]:
    """One passage a line, blank lines included, so that numbers of lines are those of the file.

    `titles` are the (line, title) of the statements, `pages` the page of each line.
    """
    named = dict(titles)
    path = ["", "", ""]
    result = []
    for number, text in enumerate(lines, 1):
        short = compact(text) if len(text) <= 2 * _LONGEST else ""
        if number in named:
            path = [path[0], named[number], ""]
        elif short and len(short) <= _LONGEST and short[0] in _FIRST:
            for level, pattern in enumerate(_LEVELS):
                if pattern.match(short):
                    path = [*path[:level], short, *[""] * (2 - level)]
                    break
        result.append(
            Passage(number, pages[number - 1] if pages else None, SEPARATOR.join(part for part in path if part), text)
        )
    return tuple(result)
