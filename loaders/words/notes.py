"""Notes among the lines of a table: sentences that say why it is empty, or explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.system.patterns import lazy_pattern
from loaders.words.numbers import is_amount
from loaders.words.tokens import compact, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.words.tokens import SourceLine

_BEGINS = lazy_pattern(
    r"^(?:备注|注|说明)\d*[:.]|没有使用|没有安排|未使用|未安排.{0,120}(?:支出|预算|为空)|为空表|本表无数据|故本表|此表为空"
)
_LONGEST = 6
"""Lines of a note at most."""


def begins(text: str) -> bool:
    """True where a note begins with this line."""
    return _BEGINS.search(normal(text)) is not None


def split(lines: Sequence[SourceLine]) -> tuple[list[SourceLine], str]:
    """Separate rows and headers from notes; the notes become one text."""
    kept: list[SourceLine] = []
    notes: list[str] = []
    index = 0
    while index < len(lines):
        length = _note(lines[index : index + _LONGEST])
        if length:
            notes.append("".join(compact(line.text) for line in lines[index : index + length]))
            index += length
        else:
            kept.append(lines[index])
            index += 1
    return kept, "".join(notes)


def _note(lines: Sequence[SourceLine]) -> int:
    text = normal(lines[0].text)
    if lines[0].tokens and is_amount(lines[0].tokens[-1].text):
        return 0
    if "。" in text:
        return 1
    if not _BEGINS.search(text):
        return 0
    for length, line in enumerate(lines[:_LONGEST], 1):
        if "。" in line.text:
            return length
        if line.tokens and is_amount(line.tokens[-1].text):
            return max(length - 1, 1)
    return 1
