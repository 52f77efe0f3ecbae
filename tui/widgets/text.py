"""The body of the text view: wrapped lines with a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from tui.widgets.lines import Lines, TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import MouseScrollDown, MouseScrollUp

WHEEL_STEP = 3


class TextBody(Lines):
    """Lines that are moved through like the rows of a table."""

    class Moved(Message):
        """The cursor stands on another line."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(cursor=True, id=id)

    def show_lines(self, lines: Sequence[TextLine], cursor: int, notes: Sequence[str]) -> None:
        """Show other lines with the cursor on one of them. The notes are shown where there are no lines."""
        self.scroll_to(y=0, animate=False, force=True)
        self.show(lines or [TextLine(note, style="dim") for note in notes], cursor)

    def _keep_in_sight(self) -> None:
        """Scroll as little as needed by steps; a line from farther away comes a third down the window."""
        if not self._starts:
            return
        wanted, height = self._starts[self.cursor], self.size.height
        top = round(self.scroll_offset.y)
        if top - height <= wanted <= top + 2 * height:
            super()._keep_in_sight()
        else:
            self.scroll_to(y=wanted - height // 3, animate=False, force=True)

    @property
    def page(self) -> int:
        """Lines that are visible at once, at least 1."""
        return max(1, self.size.height - 1)

    def move_to(self, index: int) -> None:
        """Put the cursor on the line of this index. Beyond the ends: on the nearest one that exists."""
        index = max(0, min(index, len(self.lines) - 1))
        if index != self.cursor:
            self.move(index - self.cursor)
            self.post_message(self.Moved())

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Move the cursor with the wheel: it never leaves the screen."""
        event.stop()
        self.move_to(self.cursor + WHEEL_STEP)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Move the cursor with the wheel."""
        event.stop()
        self.move_to(self.cursor - WHEEL_STEP)
