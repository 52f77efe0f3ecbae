"""The reader: a modal that shows lines to read. The source around a number, the help, the reading report."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static

from tui import messages
from tui.action import Where
from tui.actions import bindings
from tui.screens.modals.listing import Listing
from tui.terminal.glyphs import BLOCKS
from tui.terminal.text import plain
from tui.widgets.lines import Lines, TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.terminal.glyphs import Glyphs


class Reader(Listing[None]):
    """Title, lines and how to close; line `at` is in sight when it opens."""

    PLACE = Where.READER
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.READER)]

    def __init__(
        self,
        title: str,
        lines: Sequence[TextLine],
        at: int = 0,
        draw: Callable[[int, int], Sequence[TextLine]] | None = None,
        glyphs: Glyphs = BLOCKS,
    ) -> None:
        super().__init__(Lines(id="reader-lines"), glyphs)
        self._heading, self._lines, self._at, self._draw = title, lines, at, draw

    def compose(self) -> ComposeResult:
        """Make title, body and footer."""
        with Vertical(id="reader"):
            yield Static(plain(self._heading), id="reader-title")
            yield self.body
            yield self.key_line(messages.READER_FOOTER, id_="reader-footer")

    def on_mount(self) -> None:
        """Fill the body."""
        self.body.show(self._lines, self._at)

    def on_resize(self) -> None:
        """Draw what is drawn for the size that there is."""
        if self._draw is not None:
            self.call_after_refresh(self._fill, self._draw)

    def _fill(self, draw: Callable[[int, int], Sequence[TextLine]]) -> None:
        room = self.body.scrollable_content_region
        self.body.show(draw(room.width, room.height))

    def first(self) -> None:
        """Scroll to the beginning."""
        self.body.scroll_to(y=0, animate=False, force=True)

    def last(self) -> None:
        """Scroll to the end."""
        self.body.scroll_to(y=self.body.virtual_size.height, animate=False, force=True)

    def close(self) -> None:
        """Go back to the table."""
        self.close_with(None)
