"""A line of keys, each clickable; or a sentence in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click

GAP = "  "
"""Between two keys; modals have room for more."""
NARROW = " "
"""Between two keys where the line would not be whole else."""


class KeyEntry(NamedTuple):
    """A key with its word. `action` is what the screen runs, "" for keys that only move."""

    action: str
    key: str
    word: str

    @property
    def content(self) -> Content:
        """The key bold; letters would run into it without a blank."""
        between = " " if self.key and self.word.isascii() else ""
        return Content.assemble((self.key, "bold"), between + self.word)


class KeyLine(Static):
    """Keys in a row, drawn as far as there is room."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, entries: Sequence[KeyEntry], gap: str = GAP, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        self._shown = keys_content(entries, gap)
        super().__init__(self._shown, id=id)
        self.entries, self.gap = entries, gap

    def show_keys(self, entries: Sequence[KeyEntry]) -> None:
        """Show these keys."""
        self.entries = entries
        self._show(keys_content(entries, self._between()))

    def show_text(self, text: str) -> None:
        """Show a sentence: nothing in it can be clicked."""
        self.entries = ()
        self._show(Content(text))

    def _show(self, content: Content) -> None:
        """Paint, unless it is on the screen already."""
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content, layout=False)

    def on_resize(self) -> None:
        """Draw the keys for the new width; a sentence stays."""
        if self.entries:
            self.show_keys(self.entries)

    def _between(self) -> str:
        needed = keys_content(self.entries, self.gap).cell_length
        return NARROW if 0 < self.size.width < needed else self.gap

    def on_click(self, event: Click) -> None:
        """Tell which key was clicked."""
        action = entry_at(self.entries, event.x, self._between()) if event.y == 0 else ""
        if action:
            self.post_message(self.Pressed(action))


def keys_content(entries: Sequence[KeyEntry], gap: str = GAP) -> Content:
    """Return a line of keys as it is drawn."""
    return Content(gap).join([entry.content for entry in entries])


def entry_at(entries: Sequence[KeyEntry], x: int, gap: str = GAP) -> str:
    """Return the action of the entry drawn at cell `x`. "" where there is none."""
    start = 0
    for entry in entries:
        end = start + cell_len(entry.content.plain)
        if start <= x < end:
            return entry.action
        start = end + len(gap)
    return ""
