"""Screens that come to rest.

They do however quickly the terminal changes its size; what they have painted is let go when they are closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._styles_cache import StylesCache

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

    def on_unmount(self) -> None:
        """Let go of what was painted."""
        forget_the_gone()


def forget_the_gone() -> None:
    """Empty the cache that keeps what widgets have painted.

    Textual's cache of colours has the pictures of a thousand widgets in its keys, of those that are gone too.
    """
    StylesCache.get_inner_outer.cache_clear()
