"""The first seconds: keys before the data, data that do not come, small terminals, no colours."""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from budget.library.frames import concat
from budget.model.disclosure import UnreadableDocumentError
from tests.support.driving import browser, drained, loaded, main, press, settled, tap, text
from tests.support.small import small
from tui import messages
from tui.action import Where
from tui.actions import ACTIONS
from tui.app import YusuanApp
from tui.library.loaded import LoadedFrames


async def test_keys_pressed_before_the_data_do_no_harm() -> None:
    gate = threading.Event()

    def load() -> LoadedFrames:
        gate.wait(20)
        return LoadedFrames(small())

    app = YusuanApp(load)
    async with app.run_test(size=(80, 24)) as pilot:
        await drained(pilot)
        assert "正在读取…" in text(pilot)
        for action in ACTIONS:
            if action.where is Where.MAIN and action.id != "quit":
                await tap(pilot, action.keys[0])
                if len(app.screen_stack) > 1:  # the help needs no data
                    await tap(pilot, "escape")
        await tap(pilot, "v")
        assert "还在读取" in text(pilot)
        assert main(pilot).session is None
        gate.set()
        await loaded(pilot)
        assert "资料库" in text(pilot)


def test_before_the_data_only_the_thread_that_reads_imports_what_is_heavy() -> None:
    program = """
import asyncio, sys, threading
from tui.action import Where
from tui.actions import ACTIONS
from tui.app import YusuanApp

class Recorder:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"budget", "loaders", "polars"}:
            (here if threading.current_thread() is threading.main_thread() else there).add(name)

here, there, gate = set(), set(), threading.Event()
sys.meta_path.insert(0, Recorder())

def load():
    gate.wait(20)
    raise OSError("nothing")

async def main():
    app = YusuanApp(load)
    async with app.run_test() as pilot:
        for action in ACTIONS:
            if action.where is Where.MAIN and action.id != "quit":
                await pilot.press(action.keys[0])
                if len(app.screen_stack) > 1:
                    await pilot.press("escape")
        print(*sorted(here))
        gate.set()

asyncio.run(main())
print(sorted({"loaders", "polars"} & there))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8")
    assert ran.stdout.splitlines() == ["", "['loaders', 'polars']"]


async def test_quitting_before_the_data_works() -> None:
    gate = threading.Event()

    def load() -> LoadedFrames:
        gate.wait(20)
        return LoadedFrames(small())

    app = YusuanApp(load)
    async with app.run_test() as pilot:
        await pilot.press("q")
        gate.set()
    assert app.return_code == 0


async def test_a_document_that_cannot_be_read_leaves_the_browser_open() -> None:
    def load() -> LoadedFrames:
        raise UnreadableDocumentError("[/项]坏.txt 不是预算公开文件。")

    async with browser(load) as pilot:
        assert "[/项]坏.txt 不是预算公开文件。" in text(pilot)
        await press(pilot, "enter", "c", "t", "y", "n", "s", "escape", "m", "escape", "e", "escape")
        assert pilot.app.is_running


@pytest.mark.long
async def test_messages_of_reading_are_shown_until_the_next_key() -> None:
    async with browser(lambda: LoadedFrames(small(), messages=("某文件读不了。",))) as pilot:
        assert "某文件读不了。" in text(pilot)
        await press(pilot, "down")
        assert "某文件读不了。" not in text(pilot)


async def test_a_terminal_that_shrinks_and_grows_comes_back_to_where_it_was() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "down")
        before = text(pilot)
        await press(pilot, "m")
        await pilot.resize_terminal(40, 8)
        await settled(pilot)
        assert "终端窗口太小" in text(pilot)
        await press(pilot, "x", "enter", "down")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "视图与原表" in text(pilot)
        await press(pilot, "escape")
        assert text(pilot) == before


async def test_without_colours_marks_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "c", "enter", "enter")
        shown = text(pilot)
        assert "▸" in shown
        assert "新增" in shown
        assert "取消" in shown
        for strip in pilot.app.screen._compositor.render_strips():
            for segment in strip:
                assert segment.style is None or segment.style.color is None or segment.style.color.is_default


def test_the_way_to_the_first_paint_imports_neither_polars_nor_the_domain() -> None:
    program = (
        "import sys, tui.app, tui.cli.main; tui.cli.main.configuration.effective(); "
        "print([m for m in sys.modules if m.split('.')[0] in ('polars', 'budget', 'pydantic')])"
    )
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root, encoding="utf-8"
    )
    light = {"budget", "budget.i18n", "budget.i18n.language"}
    light |= {f"budget.system{name}" for name in ("", ".compiled_patterns", ".paths", ".patterns")}
    assert set(ast.literal_eval(run.stdout.strip())) <= light


async def test_a_long_message_is_shown_whole() -> None:
    message = "没有写入 " + "/很长的路径" * 12 + "/末尾.csv：没有权限。"
    async with browser(lambda: LoadedFrames(small(), messages=(message,))) as pilot:
        assert "末尾.csv：没有权限。" in text(pilot).replace("\n", "")
        await press(pilot, "down")
        assert text(pilot).splitlines()[-1].startswith("→进入")
        assert "─ 某州" in text(pilot).splitlines()[-6]


async def test_with_nothing_read_the_screen_says_what_to_do() -> None:
    async with browser(lambda: LoadedFrames(concat([]))) as pilot:
        assert "按 o 打开文件" in text(pilot)


def test_an_unexpected_error_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YUSUAN_HOME", str(tmp_path))
    shown: list[str] = []
    app = YusuanApp(lambda: LoadedFrames(small()))
    monkeypatch.setattr(YusuanApp, "is_headless", False)
    monkeypatch.setattr(app, "panic", lambda text: shown.append(str(text)))
    app._handle_exception(KeyError("[/项]"))
    app._handle_exception(ValueError("a consequence of the first"))  # of two errors Textual would tell in English
    assert shown == [messages.CRASHED.format(tmp_path / "errors.log")]
    assert app.return_code == 1
    assert "KeyError" in (tmp_path / "errors.log").read_text(encoding="utf-8")
