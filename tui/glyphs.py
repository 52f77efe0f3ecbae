"""The characters that are drawn: bars and marks, with blocks or in ASCII only."""

from __future__ import annotations

from dataclasses import dataclass

BAR_WIDTH = 10
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
    enter: str
    leave: str
    rule: str

    def bar(self, share: float | None) -> str:
        """Return a bar of BAR_WIDTH cells for a share of 0..100; shares outside are drawn at the ends."""
        if share is None:
            return " " * BAR_WIDTH
        halves = round(min(max(share, 0.0), WHOLE) * 2 * BAR_WIDTH / WHOLE)
        return (self.full * (halves // 2) + self.half * (halves % 2)).ljust(BAR_WIDTH)


BLOCKS = Glyphs(cursor="▸", near="≈", full="█", half="▌", enter="→", leave="←", rule="─")
ASCII = Glyphs(cursor=">", near="~=", full="#", half="-", enter="Enter", leave="Backspace", rule="-")
