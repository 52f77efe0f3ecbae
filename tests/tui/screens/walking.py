"""Every screen of the browser, one after the other: for what must hold on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.views.state import VIEW_SCOPES, View
from tests.support.driving import drained, main, press

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

OVERLAYS = {
    "views": ("m",),
    "baselines": ("a",),
    "columns": ("s",),
    "commands": ("ctrl+p",),
    "help": ("?",),
    "arrangement": ("w",),
    "report": ("i",),
    "whole": ("1",),
    "find": ("/", "x"),
    "filter": ("f", "x"),
    "export": ("e",),
    "open": ("o",),
    "message": ("z",),
}
"""What lies over a view, by the keys that open it; Esc closes each of them."""


async def resized(pilot: Pilot[None], size: tuple[int, int]) -> None:
    """Give the terminal another size and wait until every screen has taken it."""
    await pilot.resize_terminal(*size)
    for _ in range(200):
        await drained(pilot)
        if pilot.app.screen.size == size:
            break


async def views(pilot: Pilot[None], turn: int = 0, of: int = 1) -> AsyncIterator[str]:
    """Show each view with each of its scopes, alone and compared; the library is the first.

    Of several walks that make turns, each shows one in so many.
    """
    places = [(view, scope) for view in View if view is not View.LIBRARY for scope in VIEW_SCOPES[view]]
    session = main(pilot).session
    assert session is not None
    yield "library"
    await press(pilot, "home", "enter")
    for compared in (False, True):
        if compared:
            await press(pilot, "c")
        for view, scope in places[(turn + compared) % of :: of]:
            main(pilot).step(lambda current, view=view, scope=scope: current.show(view, str(scope)))
            await drained(pilot)
            yield f"{view} {scope}{' compared' * compared}"


async def overlays(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Open each modal and each prompt over the view that is shown, and close it again."""
    for name, keys in OVERLAYS.items():
        await press(pilot, *keys)
        yield name
        if len(pilot.app.screen_stack) > 1 or main(pilot).takes_text:
            await press(pilot, "escape")
