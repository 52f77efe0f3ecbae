"""The characters that are drawn: bars and marks, with blocks or in ASCII only."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE = 100.0

STATUS_MARKS = {"solved": "'", "inferred": "~", "ambiguous": "?", "computed": "="}
"""Mark after an amount that does not stand in the document as it is shown, by its column_status."""
ORIGIN_MARKS = {"reconstructed": "+", "recognised": "^"}
"""Mark of an amount that is not printed in these digits, by its origin; one that is open as well keeps that mark."""
OPEN_MARKS = {"inferred", "ambiguous"}
"""Statuses whose mark goes before that of the origin."""


def mark_of(status: str | None, origin: str | None) -> str:
    """Return the mark after an amount: how sure its column is, else where its digits come from; "" where printed."""
    own, digits = STATUS_MARKS.get(status or "", ""), ORIGIN_MARKS.get(origin or "", "")
    return own if status in OPEN_MARKS else digits or own


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters."""

    cursor: str
    near: str
    full: str
    half: str
    rule: str
    below: str  # between the parts of a path
    agrees: str  # what the document states is what its tables give
    differs: str
    touched: str  # before a row that a discrepancy touches: one cell

    def bar(self, share: float | None, width: int) -> str:
        """Return a bar of `width` cells for a share of 0..100; shares outside are drawn at the ends."""
        if share is None:
            return " " * width
        halves = round(min(max(share, 0.0), WHOLE) * 2 * width / WHOLE)
        return (self.full * (halves // 2) + self.half * (halves % 2)).ljust(width)


BLOCKS = Glyphs(cursor="▸", near="≈", full="█", half="▌", rule="─", below="›", agrees="✓", differs="✗", touched="✗")
ASCII = Glyphs(
    cursor=">", near="~=", full="#", half="-", rule="-", below=">", agrees="[OK]", differs="[!=]", touched="!"
)
