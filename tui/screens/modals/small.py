"""The screen shown while the terminal is too small."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui import messages
from tui.action import Where
from tui.actions import by_id, hinted
from tui.screens.modals.listing import with_keys
from tui.screens.steady import Steady

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import Binding, BindingType

MIN_WIDTH, MIN_HEIGHT = 60, 16


def too_small(width: int, height: int) -> bool:
    """Whether a terminal of this size (cells) is too small."""
    return width < MIN_WIDTH or height < MIN_HEIGHT


def _quit() -> Binding:
    return replace(by_id(Where.MAIN, "quit").binding, action="app.quit")


class SmallScreen(Steady, Screen[None]):
    """One sentence; what lies below is untouched and comes back when the terminal grows."""

    BINDINGS: ClassVar[list[BindingType]] = [_quit()]

    def compose(self) -> ComposeResult:
        """Make the sentence."""
        yield Static(Content(hinted(messages.TOO_SMALL, MIN_WIDTH, MIN_HEIGHT)), id="small")


def small_screen() -> SmallScreen:
    """Make the screen with the keys that leave the program."""
    return with_keys(SmallScreen, [_quit()])()
