"""The progress of reading documents, above the footer. Visible only while something is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from budget.i18n.language import tr
from tui import messages
from tui.actions import hinted
from tui.terminal.text import fit, visible

if TYPE_CHECKING:
    from tui.library.intake import Progress
    from tui.terminal.glyphs import Glyphs

BAR_WIDTH = 16


class ProgressLine(Static):
    """Progress of the reading: a bar, and the key that stops it."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(Content(""), id="progress")
        self._glyphs = glyphs
        self._progress: Progress | None = None

    def show(self, progress: Progress, width: int) -> None:
        """Show how far the reading is, in this width (cells)."""
        self._progress = progress
        self.add_class("-reading")
        bar = self._glyphs.bar(100 * progress.done / progress.total, BAR_WIDTH)
        text = tr(messages.PROGRESS).format(progress.done, progress.total, bar, progress.failed, visible(progress.name))
        hint = hinted(messages.STOP_HINT)
        room = max(width - cell_len(hint) - 2, 1)
        self.update(Content(f"{fit(text, room)}  {hint}"), layout=False)

    def fill(self, width: int) -> None:
        """Fill a line of another width with what is shown."""
        if self._progress is not None:
            self.show(self._progress, width)

    def hide(self) -> None:
        """Give the line back: nothing is read."""
        self._progress = None
        self.remove_class("-reading")
