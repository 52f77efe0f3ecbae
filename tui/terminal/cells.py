"""Width of printed text in cells; standard library only. It serves where nothing that draws screens is imported."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """Return the cells of a text. Characters of ambiguous width count as one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, width: int) -> str:
    """Return the text with blanks up to a width in cells."""
    return text + " " * (width - cells(text))
