"""Keys that are typed before there is a session: kept in order, and done as if typed when it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Key

if TYPE_CHECKING:
    from textual.app import App
    from textual.events import Paste

MOST_HELD = 50
"""Keys that are kept."""
AT_ONCE = frozenset({"ctrl+c", "ctrl+q"})
"""Keys of Textual that never wait."""


class HeldKeys:
    """What was typed, first the one that is done next."""

    def __init__(self) -> None:
        self.keys: list[Key | Paste] = []
        self._released: Key | Paste | None = None

    def takes(self, event: Key | Paste, *, waiting: bool) -> bool:
        """Keep a key that waits, or is typed after one; tell whether."""
        if event is self._released:
            return False
        if not (self.keys or waiting) or (isinstance(event, Key) and event.key in AT_ONCE):
            return False
        if len(self.keys) < MOST_HELD:
            self.keys.append(event)
        return True

    async def release(self, app: App[None]) -> None:
        """Do the first of what was typed, then the next: each a message, as if typed now."""
        if self.keys:
            self._released = self.keys[0]
            await app.on_event(self._released)
            del self.keys[0]
            app.call_later(self.release, app)
