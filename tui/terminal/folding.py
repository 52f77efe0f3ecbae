"""Draws a likeness for characters of ambiguous width.

It is the last step before the terminal. What is shown, found, copied and exported stays as it is; only the cells on the
screen differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

    from tui.terminal.glyphs import Glyphs


class Folding(LineFilter):
    """Line filter that folds characters in every line drawn."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(enabled=glyphs.folds)
        self.glyphs = glyphs

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's
        """Fold the text of each segment."""
        fold = self.glyphs.fold
        return [Segment(fold(text), style, control) for text, style, control in segments]
