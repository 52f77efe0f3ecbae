"""The top line: the place and how it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from budget.i18n.language import N_, tr
from tui.terminal.text import crumbs, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tui.terminal.glyphs import Glyphs

BETWEEN = N_(" ")
"""What stands between the parts of the context."""
CONTEXT_GAP = 2
"""Cells between the place and what stands at the end of the line."""


class PlaceLine(Horizontal):
    """The place as far as there is room; filter, baseline and unit at the end."""

    def __init__(self, title: str, glyphs: Glyphs) -> None:
        super().__init__(id="top")
        self._between = f" {glyphs.below} "
        self._context_text = ""
        self._shown_place = title
        self._place_widget = Static(Content(title), id="place")
        self._context_widget = Static(Content(""), id="context")  # of its own, so that the place cannot shift it

    def compose(self) -> ComposeResult:
        """Make both ends of the line."""
        yield self._place_widget
        yield self._context_widget

    def show(self, place: Sequence[str], context: str, width: int) -> None:
        """Show a place and a context in this width (cells). The place comes outermost part first."""
        left = width - cell_len(self._between.join(map(visible, place))) - CONTEXT_GAP
        context = shortened(context, max(width // 2, left), tr(BETWEEN))
        if context != self._context_text:  # a layout
            self._context_text = context
            self._context_widget.update(Content(context))
        room = width - cell_len(context) - CONTEXT_GAP
        shown = crumbs(place, room, self._between)
        if shown != self._shown_place:
            self._shown_place = shown
            self._place_widget.update(Content(shown), layout=False)
