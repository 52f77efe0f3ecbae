"""Panes beside the table of a wide screen: what is known of the row at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message

from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from tui.widgets.lines import TextLine

ONE_FROM, TWO_FROM = 120, 180
"""Columns of the screen from which there is one pane, and two."""
ONE_SHARE, TWO_SHARE = 0.34, 0.52
"""What the panes take of the width, together."""
DELAY = 0.1
"""Seconds that the cursor rests before the panes follow."""


class SidePane(Lines):
    """Lines that can be scrolled while the pane has the focus."""

    def __init__(self, id_: str) -> None:
        super().__init__(id=id_)

    @property
    def page(self) -> int:
        """Lines that are visible at once, at least 1."""
        return max(1, self.size.height - 1)


class Sides(Horizontal):
    """One pane or two."""

    class Due(Message):
        """The cursor rests: the panes want the lines of its row."""

    def __init__(self, screen_width: int) -> None:
        super().__init__(id="sides")
        self.panes = (SidePane("side-first"), SidePane("side-second"))
        self.due = False
        """True until the lines of the row at which the cursor rests are asked for."""
        self.shown: tuple[tuple[int, int, tuple[TextLine, ...]], ...] = ()
        """Width, height and lines of each pane; () while the panes are behind the cursor."""
        self._timer: Timer | None = None
        self.fit_to(screen_width)

    def compose(self) -> ComposeResult:
        """Make the panes."""
        yield from self.panes

    def fit_to(self, screen_width: int) -> None:
        """Take the width that a screen of this width has for panes."""
        two = screen_width >= TWO_FROM
        self.panes[1].display = two
        self.styles.width = round(screen_width * (TWO_SHARE if two else ONE_SHARE))

    @property
    def visible_panes(self) -> tuple[SidePane, ...]:
        """The panes that there is room for."""
        return tuple(pane for pane in self.panes if pane.display)

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """Width and height of each visible pane, in cells."""
        return tuple(
            (pane.scrollable_content_region.width, pane.scrollable_content_region.height) for pane in self.visible_panes
        )

    @property
    def focused(self) -> SidePane | None:
        """The pane that has the focus."""
        return next((pane for pane in self.visible_panes if pane.has_focus), None)

    def follow(self) -> None:
        """Ask for other lines once the cursor rests."""
        self.due, self.shown = True, ()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DELAY, self._tell_due)

    def on_resize(self) -> None:
        """Ask for lines that fit."""
        self.due = True
        self._tell_due()

    def show(self, contents: Sequence[Sequence[TextLine]]) -> None:
        """Show the lines of each pane from their beginning."""
        self.due = False
        filled = zip(self.sizes, contents, strict=False)
        self.shown = tuple((width, height, tuple(lines)) for (width, height), lines in filled)
        for pane, lines in zip(self.visible_panes, contents, strict=False):
            if list(lines) != list(pane.lines):
                pane.show(lines)

    def _tell_due(self) -> None:
        self.post_message(self.Due())
