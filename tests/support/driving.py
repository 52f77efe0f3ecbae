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
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from tui.app import YusuanApp
from tui.library.loaded import LoadedFrames, Options
from tui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.app import App
    from textual.pilot import Pilot

    from budget.library.frames import Frames
    from budget.views.state import ViewState

HANGING, STEP = 120.0, 0.002
"""Seconds after which a test that waits is given up, and between two looks at what a thread does."""
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
    await until(pilot, lambda: main(pilot).session is not None)


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    """Wait until a condition holds, and for the picture of it. A thread or another process brings it about."""
    async with asyncio.timeout(HANGING):
        while not what() and not pilot.app._exit:  # noqa: ASYNC110 - what a thread does sets no event
            await asyncio.sleep(STEP)
    await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait for the picture, the detail pane and the checks.

    The detail pane follows the cursor, and what is displayed is checked.
    """
    async with asyncio.timeout(HANGING):
        await drained(pilot)
        while pilot.app.is_running and (main(pilot).auditing or main(pilot).detail.due or _panes_are_due(main(pilot))):
            await asyncio.sleep(STEP)
            await drained(pilot)


def _panes_are_due(screen: MainScreen) -> bool:
    """Whether the panes wait for the lines of a row; before the data there are none."""
    return screen.session is not None and screen.body.due


async def drained(pilot: Pilot[None]) -> None:
    """Wait until every message has been handled and every change painted.

    The pilot of Textual waits until the processor has little to do, at least 20 ms each time: that reads a clock. A
    handler may be at work while all queues are empty, so that two rounds in a row must find nothing to do.
    """
    quiet = 0
    while quiet < 2 and pilot.app.is_running and not pilot.app._exit:
        await pilot._wait_for_screen()
        await pilot.app.animator.wait_until_complete()
        if not pilot.app.is_running or pilot.app._exit:
            return
        busy = _is_busy(pilot.app)
        quiet = 0 if busy else quiet + 1
        if busy:
            pilot.app.screen._on_timer_update()
            await asyncio.sleep(0)


def _is_busy(app: App[None]) -> bool:
    """Whether a message waits, a part of the screen is not painted, or an action that was started still runs."""
    screen = app.screen
    return (
        any(pump.message_queue_size or pump._next_callbacks for pump in (app, *screen.walk_children(with_self=True)))
        or bool(screen._callbacks or screen._dirty_widgets)
        or screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or any(not worker.is_finished and not worker._thread_worker for worker in app.workers)
    )


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other and wait for the picture; what an input method sends comes as from a terminal."""
    await tap(pilot, *keys)
    await settled(pilot)


async def tap(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one and wait until each is answered. What follows later is not waited for."""
    for key in keys:
        driver = pilot.app._driver
        assert driver is not None
        driver.send_message(key_event(key))
        await drained(pilot)


def key_event(key: str) -> Key:
    """The key event that a terminal driver sends for a key.

    The key is named as Textual names it or by its character.
    """
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    if not key.isascii():
        return Key(_character_to_key(key), key)
    try:
        return Key(name, unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name))))
    except KeyError:
        return Key(name, name if len(name) == 1 else None)


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
    """Cells of a line for a given width of ambiguous characters."""
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
