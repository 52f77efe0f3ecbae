"""The characters that are drawn: bars and marks, with blocks or in ASCII only."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE = 100.0

STATUS_MARKS = {"solved": "'", "inferred": "~", "ambiguous": "?", "computed": "="}
"""Mark after an amount that does not stand in the document as it is shown, by its column_status."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters."""

    cursor: str
    near: str
    full: str
    half: str
    rule: str
    below: str  # between the parts of a path

    def bar(self, share: float | None, width: int) -> str:
        """Return a bar of `width` cells for a share of 0..100; shares outside are drawn at the ends."""
        if share is None:
            return " " * width
        halves = round(min(max(share, 0.0), WHOLE) * 2 * width / WHOLE)
        return (self.full * (halves // 2) + self.half * (halves % 2)).ljust(width)


BLOCKS = Glyphs(cursor="▸", near="≈", full="█", half="▌", rule="─", below="›")
ASCII = Glyphs(cursor=">", near="~=", full="#", half="-", rule="-", below=">")
