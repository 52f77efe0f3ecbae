"""Cells of lines that are printed, without what draws screens: the standard library only."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """Cells of a text; characters of ambiguous width as one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, width: int) -> str:
    """The text with blanks up to so many cells."""
    return text + " " * (width - cells(text))
