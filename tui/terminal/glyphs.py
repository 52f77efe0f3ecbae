"""The characters that bars and marks are drawn with.

Two sets are enough: a console that is not drawn on with blocks is one whose font draws them in two cells, or has not
got them; ASCII and Chinese characters stand in every Chinese encoding and take the same cells everywhere.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from budget.system.patterns import lazy_pattern

FULL_PERCENT = 100.0

STATUS_MARKS = {"solved": "'", "inferred": "~", "ambiguous": "?", "computed": "="}
"""Mark after an amount that does not stand in the document as it is shown, by its column_status."""
ORIGIN_MARKS = {"reconstructed": "+", "recognised": "^"}
"""Mark of an amount that is not printed in these digits, by its origin; one that is open as well keeps that mark."""
OPEN_MARKS = {"inferred", "ambiguous"}
"""Statuses whose mark goes before that of the origin."""


def mark_of(status: str | None, origin: str | None = None) -> str:
    """Return the mark after an amount.

    How sure its column is, else where its digits come from; "" where it is printed.
    """
    own, digits = STATUS_MARKS.get(status or "", ""), ORIGIN_MARKS.get(origin or "", "")
    return own if status in OPEN_MARKS else digits or own


FOLDED = {
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("·•‧∙…‥", "."),
    **dict.fromkeys("—–―‒−─", "-"),
    **dict.fromkeys("›→▸▶", ">"),
    **dict.fromkeys("‹←", "<"),
    "↑": "^",
    "↓": "v",
    "│": "|",
    "×": "x",
    "≥": ">",
    "≤": "<",
    "±": "+",
    "°": "o",
    "∶": ":",
    "÷": "/",
    "≈": "~",
    "█": "#",
    "▌": "-",
    "�": "?",
    "\xa0": " ",
}
"""One character of ambiguous width, and what is drawn for it in as many cells, where ASCII is all that is sure.

For others the ASCII character that they are a form of (①, Ⅰ), else a question mark: names stand left of numbers.
"""


class _Folds(dict[int, str | int]):
    """Character -> its likeness, found when it is first drawn."""

    def __missing__(self, code: int) -> str | int:
        character = chr(code)
        found: str | int = code
        if unicodedata.east_asian_width(character) == "A" and not unicodedata.combining(character):
            forms = unicodedata.normalize("NFKD", character)
            found = next((form for form in forms if form.isascii() and form.isalnum()), "?")
        self[code] = found
        return found


_FOLDS = _Folds({ord(character): likeness for character, likeness in FOLDED.items()})
ARROWS = {"↑": "Up", "↓": "Down", "←": "<-", "→": "->"}
"""Names of the arrow keys where arrows cannot be drawn."""
_ARROWS = lazy_pattern("[↑↓←→]+")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters."""

    cursor: str
    near: str
    full: str
    half: str
    middle: str  # at 0, between bars to the left and right
    rule: str
    below: str  # between the parts of a path
    agrees: str  # what the document states is what its tables give
    differs: str
    touched: str  # before a row that a discrepancy touches: one cell
    folds: bool = False  # whether characters of ambiguous width are drawn as their likeness

    def bar(self, share: float | None, width: int) -> str:
        """Return a bar of `width` cells for a share of 0..100. Shares outside are drawn at the ends."""
        if share is None:
            return " " * width
        halves = round(min(max(share, 0.0), FULL_PERCENT) * 2 * width / FULL_PERCENT)
        return (self.full * (halves // 2) + self.half * (halves % 2)).ljust(width)

    def change_bar(self, share: float | None, width: int) -> str:
        """Return a bar left or right of 0, for -100..100.

        A change, however small, takes a cell; None leaves all of it blank.
        """
        if share is None:
            return " " * width
        side = (width - 1) // 2
        count = min(max(round(abs(share) * side / FULL_PERCENT), 1 if share else 0), side)
        left, right = (count, 0) if share < 0 else (0, count)
        return ((self.full * left).rjust(side) + self.middle + self.full * right).ljust(width)

    def fold(self, text: str) -> str:
        """Return a text as it is drawn. It has as many characters, each of as many cells."""
        return text.translate(_FOLDS) if self.folds and not text.isascii() else text

    def named(self, keys: str) -> str:
        """Return names of keys with arrows that can be drawn."""
        if not self.folds:
            return keys
        return _ARROWS.sub(lambda found: " ".join(ARROWS[arrow] for arrow in found[0]), keys)


BLOCKS = Glyphs(
    cursor="▸", near="≈", full="█", half="▌", middle="│", rule="─", below="›", agrees="✓", differs="✗", touched="✗"
)
ASCII = Glyphs(
    cursor=">",
    near="~",
    full="#",
    half="-",
    middle="|",
    rule="-",
    below=">",
    agrees="[OK]",
    differs="[!=]",
    touched="!",
    folds=True,
)
