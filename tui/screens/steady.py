"""Screens that come to rest, however quickly the terminal changes its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.events import Resize


class Steady:
    """Lays a screen out for the present size of the terminal.

    A screen hears of its own layout by the same event as of the terminal: of two sizes that wait for it each would call
    forth the other again, for ever. It stands before Textual's class, whose handler is not asked then.
    """

    app: App[None]

    async def _on_resize(self, event: Resize) -> None:
        """Leave out a size that the terminal no longer has."""
        if event.size != self.app.size:
            event.prevent_default()
