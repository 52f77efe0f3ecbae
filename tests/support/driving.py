"""Driving the application in tests: start it, wait for the data, read the screen as text."""

from __future__ import annotations

import asyncio
import os
import unicodedata
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.events import Key
from textual.keys import _character_to_key

from tui.app import YusuanApp
from tui.library.loaded import LoadedFrames, Options
from tui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from budget.library.frames import Frames
    from budget.views.state import ViewState

GOLDENS = Path(__file__).parents[1] / "tui" / "goldens"
REWRITE = "YUSUAN_REWRITE_GOLDENS"
"""Set to anything, this environment variable makes the goldens be written instead of compared."""


@asynccontextmanager
async def browser(
    frames: Frames | Callable[[], LoadedFrames],
    size: tuple[int, int] = (80, 24),
    state: ViewState | None = None,
    *,
    ascii_only: bool = False,
    options: Options | None = None,
) -> AsyncIterator[Pilot[None]]:
    """Run the application on these frames until the block ends; the data are there when it begins."""
    load = frames if callable(frames) else lambda: LoadedFrames(frames, state)
    app = YusuanApp(load, options or Options(ascii=ascii_only))
    async with app.run_test(size=size) as pilot:
        await loaded(pilot)
        yield pilot


async def loaded(pilot: Pilot[None]) -> None:
    """Wait until the worker thread has delivered."""
    for _ in range(600):
        if main(pilot).session is not None:
            break
        await asyncio.sleep(0.02)
    await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the detail pane has followed the cursor, and until what is shown has been checked."""
    await pilot.pause(0.05)
    for _ in range(600):
        if not main(pilot).auditing:
            break
        await asyncio.sleep(0.02)
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other and wait for the picture; what an input method sends comes as from a terminal."""
    for key in keys:
        if key.isascii():
            await pilot.press(key)
        else:  # the pilot leaves the character out, and terminals send nothing else
            pilot.app.post_message(Key(_character_to_key(key), key))
            await pilot.pause()
    await settled(pilot)


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type a text into whatever has the focus, faster than anyone could."""
    for character in text:
        pilot.app.simulate_key(character)
    await settled(pilot)


def main(pilot: Pilot[None]) -> MainScreen:
    """Return the main screen, whatever lies on top of it."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def text(pilot: Pilot[None]) -> str:
    """Return what is on the screen."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def width_of(line: str, *, ambiguous: int = 1) -> int:
    """Cells of a line in a terminal that draws characters of ambiguous width in so many cells."""
    return sum(
        ambiguous if unicodedata.east_asian_width(char) == "A" and cell_len(char) == 1 else cell_len(char)
        for char in line
    )


def check_golden(name: str, shown: str) -> None:
    """Compare a screen with its golden; a missing one is a failure, unless they are being rewritten."""
    path = GOLDENS / f"{name}.txt"
    if os.environ.get(REWRITE):
        path.write_text(shown + "\n", encoding="utf-8")
    assert path.exists(), f"no {path}: run with {REWRITE}=1"
    assert shown + "\n" == path.read_text(encoding="utf-8")
