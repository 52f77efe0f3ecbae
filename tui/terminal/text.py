"""Make foreign text safe for the screen, and fit it.

What a terminal could obey or hide becomes a visible mark. Everything that a document, a file name or an exception
brings passes `visible`; nothing of it is ever parsed as markup.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from budget.i18n.language import tr
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

CONTROL_PICTURES = 0x2400
DELETE = "\x7f"
DELETE_PICTURE = "␡"
ELLIPSIS = ".."
"""Two full stops: the one-character ellipsis is of ambiguous width."""
_TOKEN = lazy_pattern(r"[A-Za-z][!-~]* |(?:[!-~]+|.)[，。；：、？！）》】”]*", re.DOTALL)


def visible(text: str, limit: int = 4_000) -> str:
    """Return the text with control characters as visible marks.

    Format and unassigned characters too; it is cut after `limit` characters.
    """
    if len(text) > limit:
        text = text[:limit] + ELLIPSIS
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _mark(char) for char in text)


def plain(text: str, limit: int = 4_000) -> Content:
    """Return foreign text as content that Textual takes literally."""
    from textual.content import Content

    return Content(visible(text, limit))


def fit(text: str, width: int) -> str:
    """Return visible text cut or padded to `width` cells.

    Cut text ends with two full stops; blanks are added on the right.
    """
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width <= len(ELLIPSIS):
        return set_cell_size(text, width)
    return set_cell_size(text, width - len(ELLIPSIS)) + ELLIPSIS


def in_brackets(text: str) -> str:
    """Return the text in brackets, in the language of the interface. "" for no text."""
    return tr("（{}）").format(text) if text else ""


def align_right(text: str, width: int) -> str:
    """Return visible text padded on the left to `width` cells. Longer text is left whole."""
    return " " * (width - cell_len(text)) + text


def shortened(text: str, width: int, between: str) -> str:
    """Return a foreign text in `width` cells, cut before its last part. Parts stand `between` one another."""
    drawn = visible(text)
    if cell_len(drawn) <= width:
        return drawn
    rest, found, last = drawn.rpartition(between)
    room = width - cell_len(found + last)
    return fit(rest, room) + found + last if room > len(ELLIPSIS) else fit(drawn, width)


def crumbs(parts: Sequence[str], width: int, between: str) -> str:
    """Join the parts of a path in `width` cells. The first and the last stay, those in the middle give way."""
    drawn = [visible(part) for part in parts]
    text, kept = between.join(drawn), drawn[1:]
    while cell_len(text) > width and len(kept) > 1:
        kept = kept[1:]
        text = between.join([drawn[0], ELLIPSIS, *kept])
    return fit(text, width)


def wrap(text: str, width: int) -> list[str]:
    """Break visible text into pieces of at most `width` cells.

    At least one piece, and no character is lost. Numbers and words stay whole where they fit, and no piece begins with
    a closing mark.
    """
    if cell_len(text) <= width:
        return [text]
    pieces: list[str] = [""]
    used = 0
    for token in _TOKEN.findall(text):
        size = cell_len(token)
        parts = [token] if size <= width else list(token)
        for part in parts:
            size = cell_len(part)
            if used + size > width and pieces[-1]:
                pieces.append("")
                used = 0
            pieces[-1] += part
            used += size
    return pieces


def _mark(char: str) -> str:
    """Control pictures for C0, spaces for space characters, the escaped code point for everything else."""
    if char == DELETE:
        return DELETE_PICTURE
    if ord(char) < ord(" "):
        return chr(CONTROL_PICTURES + ord(char))
    if unicodedata.category(char) == "Zs":
        return "\u3000" if char == "\u3000" else " "
    return ascii(char)[1:-1]
