"""What stands in place of everything else while the terminal is too small."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from budget.language import tr
from tui.locale import zh

if TYPE_CHECKING:
    from textual.app import ComposeResult

MIN_WIDTH, MIN_HEIGHT = 60, 16


def too_small(width: int, height: int) -> bool:
    """Tell whether the screens cannot be drawn in a terminal of this size (cells)."""
    return width < MIN_WIDTH or height < MIN_HEIGHT


class SmallScreen(Screen[None]):
    """One sentence; what lies below is untouched and comes back when the terminal grows."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", zh.QUIT, show=False, priority=True)]

    def compose(self) -> ComposeResult:
        """Make the sentence."""
        yield Static(Content(tr(zh.TOO_SMALL).format(MIN_WIDTH, MIN_HEIGHT)), id="small")
