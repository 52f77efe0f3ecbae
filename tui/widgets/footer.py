"""The last line of the main screen: the keys, or a sentence in their place until the next key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import footer_entries
from tui.terminal.text import visible, wrap
from tui.widgets.keyline import KeyEntry, KeyLine

if TYPE_CHECKING:
    from tui.terminal.glyphs import Glyphs

MAX_LINES = 4
"""Lines that a sentence may take."""


class Footer(KeyLine):
    """Keys of the registry, or what the program has to say."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        super().__init__(self._keys(0), id="footer")
        self.message = ""
        """What is said; empty: the keys are shown."""
        self._lines = 1

    def say(self, message: str, width: int) -> None:
        """Show a sentence, broken to this width (cells). An empty one: the keys."""
        self.message = message
        lines = wrap(visible(message), max(width, 1))[:MAX_LINES]
        if len(lines) != self._lines:  # a long sentence takes more lines: a layout
            self._lines = len(lines)
            self.styles.height = len(lines)
        if message:
            self.show_text("\n".join(lines))
        else:
            self.show_keys(self._keys(width))

    def _keys(self, width: int) -> list[KeyEntry]:
        """As many keys as this width (cells) holds."""
        return [KeyEntry(*entry) for entry in footer_entries(width, self._glyphs.named)]
