"""The lines below the table: what is known of the row at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.terminal.text import fit, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

MIN_LINES = 3
"""Lines in a low terminal."""
DELAY = 0.03
"""Seconds that the cursor rests before the pane follows: a held key must not wait for it."""


class DetailPane(Static):
    """A few lines, cut to the width."""

    class Due(Message):
        """The cursor has rested: the pane wants the lines of the row at which it stands."""

    def __init__(self, text: str) -> None:
        super().__init__(Content(text), id="detail")
        self.due = False
        """True until the lines of the row at which the cursor rests are shown."""
        self.shown: tuple[str, ...] = (text,)
        self.shown_size = (0, 0)
        """The width (cells) to which the lines are cut, and the lines for which there was room."""

    @property
    def lines(self) -> int:
        """Lines for which there is room."""
        return self.size.height or MIN_LINES

    def follow(self) -> None:
        """Ask for other lines when the cursor rests."""
        if not self.due:
            self.due = True
            self.set_timer(DELAY, lambda: self.post_message(self.Due()))

    def show(self, lines: Iterable[str], width: int) -> None:
        """Show foreign lines, each cut to this width (cells)."""
        self.due = False
        shown = tuple(fit(visible(line), width).rstrip() for line in lines)
        self.shown_size = (width, self.lines)
        if shown != self.shown:
            self.shown = shown
            self.update(Content("\n".join(shown)), layout=False)
