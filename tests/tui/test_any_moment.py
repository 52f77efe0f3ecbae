"""Keys at any moment of a screen's life: before it is there, all at once, and behind the key that ends the program."""

from __future__ import annotations

import asyncio
import gc
import random
import subprocess
import sys
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.events import Key, Paste, Resize
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.widget import Widget

import sample_data
from tests.support.driving import loaded, main
from tests.support.limits import processor_seconds
from tests.support.small import small
from tui.action import Where
from tui.actions import ACTIONS, actions
from tui.app import YusuanApp
from tui.library.loaded import LoadedFrames
from tui.screens.modals.picker import Picker
from tui.widgets.prompt import Prompt

ROOT = Path(__file__).resolve().parent.parent.parent
NEW = sample_data.paths()[1]
KEYS = sorted({key for action in ACTIONS for key in action.keys if action.id not in {"quit", "copy", "export"}})
QUIT = next(action.keys[0] for action in actions(Where.MAIN) if action.id == "quit")
BYTES = ["\r", "\t", "\x7f", "\x10", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[F", "？", "医"]
"""What terminals send of keys that are no characters, and what input methods send."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what random keys export is written."""
    monkeypatch.chdir(tmp_path)


def burst(app: YusuanApp, keys: list[str]) -> None:
    """Send keys at once, as a terminal does that has collected them."""
    for key in keys:
        app.post_message(Key(key if len(key) > 1 else _character_to_key(key), key if len(key) == 1 else None))


def letters(seed: int) -> list[str]:
    return random.Random(seed).choices(KEYS, k=12)


@pytest.mark.parametrize("key", KEYS)
async def test_a_key_behind_the_one_that_ends_the_program_does_nothing(key: str) -> None:
    app = YusuanApp(lambda: LoadedFrames(small()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        burst(app, [QUIT, key])
        app.post_message(Paste("/资料"))
    assert app.return_code == 0


@pytest.mark.parametrize("downs", range(0, 40, 3))
async def test_a_command_that_is_chosen_while_the_program_ends_does_no_harm(downs: int) -> None:
    app = YusuanApp(lambda: LoadedFrames(small()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("home", "enter", "ctrl+p", *["down"] * downs)
        burst(app, ["enter", QUIT, *letters(downs)])
        await pilot.pause()
        app.exit()
    assert app.return_code == 0


async def test_what_is_asked_again_before_it_could_be_answered_is_asked_once() -> None:
    app = YusuanApp(lambda: LoadedFrames(small()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        screen = main(pilot)
        await asyncio.gather(screen.ask("open", "a"), screen.ask("open", "b"))
        await asyncio.gather(screen.prompting.close(), screen.ask("open", "c"), screen.ask("open", "d"))
        await pilot.pause()
        assert [prompt.value for prompt in screen.query(Prompt)] == ["d"]
        assert screen.prompting.text == "d"
        assert screen.prompting.display


async def test_a_list_below_another_screen_does_not_close_that_one() -> None:
    app = YusuanApp(lambda: LoadedFrames(small()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        await main(pilot).over.choose("views")
        picker = app.screen
        assert isinstance(picker, Picker)
        await main(pilot).over.read("help")
        above = app.screen
        assert above is not picker
        picker.close()
        picker.close()
        await pilot.pause()
        assert app.screen is above
        await pilot.press("escape")
        picker.close()
        await pilot.pause()
        assert app.screen is main(pilot)


@pytest.mark.parametrize("seed", range(8))
async def test_keys_before_the_first_screen_are_answered(seed: int) -> None:
    app = YusuanApp(lambda: LoadedFrames(small()))
    burst(app, letters(seed))
    async with app.run_test() as pilot:
        await loaded(pilot)
        burst(app, letters(seed))
        await pilot.pause()
    assert app.return_code in {0, None}


async def test_two_sizes_that_wait_at_once_come_to_rest() -> None:
    app = YusuanApp(lambda: LoadedFrames(small()))
    laid_out = []
    with processor_seconds(30, "sizes that follow each other for ever"):
        async with app.run_test(size=(80, 24)) as pilot:
            await loaded(pilot)
            screen = main(pilot)
            screen.screen_layout_refresh_signal.subscribe(screen, laid_out.append, immediate=True)
            for height in (25, 24, 25, 24):
                screen.post_message(Resize(Size(80, height), Size(80, height)))
                screen.call_later(list)  # of sizes that wait one behind the other only the last would be answered
            for _ in range(10):
                await pilot.pause()
            assert screen.size == app.size == Size(80, 24)
    assert len(laid_out) <= 4


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal needs POSIX")
def test_a_terminal_that_does_not_know_its_size_is_shown_something_and_left(tmp_path: Path) -> None:
    from tests.tui.terminal.terminals import Pty

    with Pty(tmp_path / "home", NEW, size=(0, 0), TERM="xterm") as terminal:
        terminal.wait_for("卫生健康支出")
        terminal.send("q")
        assert terminal.end() == 0
        assert terminal.is_restored()


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal needs POSIX")
@pytest.mark.parametrize(
    "keys", ["q/", "q?", "qo", "qi", *("q" + "".join(random.Random(seed).choices(BYTES, k=9)) for seed in range(2))]
)
def test_in_a_terminal_the_end_is_quiet(tmp_path: Path, keys: str) -> None:
    from tests.tui.terminal.terminals import Pty

    with Pty(tmp_path / "home", NEW, TERM="xterm") as terminal:
        terminal.wait_for("卫生健康支出")
        terminal.send(keys)
        assert terminal.end() == 0
        assert terminal.is_restored()
        assert "意外错误".encode() not in terminal.output
        assert b"NOTE" not in terminal.output
    assert not (tmp_path / "home" / "errors.log").exists()


@pytest.mark.long
def test_once_there_is_a_session_the_screen_imports_nothing_that_a_thread_may_import_too() -> None:
    program = """
import asyncio, sys, threading
from tests.support.driving import loaded, main, settled
from tests.support.small import small
from tui.action import Where
from tui.actions import ACTIONS
from tui.app import YusuanApp
from tui.library.loaded import LoadedFrames

class Recorder:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"budget", "loaders", "tui"}:
            (here if threading.current_thread() is threading.main_thread() else there).append(name)

async def main():
    app = YusuanApp(lambda: LoadedFrames(small()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        here.clear()
        await pilot.press("home", "enter")
        for action in ACTIONS:
            if action.where is Where.MAIN and action.id not in {"quit", "copy"}:
                await pilot.press(action.keys[0])
                if len(app.screen_stack) > 1:
                    await pilot.press("escape")
                elif app.screen.takes_text:
                    await pilot.press("a", "escape")
        await settled(pilot)

here, there = [], []
sys.meta_path.insert(0, Recorder())
asyncio.run(main())
print(*here)
print("tui.screens.modals.picker" in there)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert ran.stdout.splitlines() == ["", "True"]


async def test_what_is_closed_is_let_go() -> None:
    app = YusuanApp(lambda: LoadedFrames(small()))

    def alive() -> int:
        gc.collect()
        return sum(isinstance(each, Widget | StylesCache) for each in gc.get_objects())

    async with app.run_test() as pilot:
        await loaded(pilot)
        counts = []
        for _ in range(3):  # the first time makes what stays
            await pilot.press("/", "a", "escape", "?", "escape", "ctrl+p", "escape")
            await pilot.pause()
            counts.append(alive())
        assert counts[1] == counts[2]
