"""Keys of one's own: they act, and everything that names a key names them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from budget.library.frames import concat
from tests.support.driving import browser, main, press, settled, text, typed
from tests.support.small import small
from tui import actions, messages
from tui.action import Where
from tui.actions import ACTIONS, hint, hinted, keys_text
from tui.config.schema import key_faults, key_names, keys_of
from tui.library.loaded import LoadedFrames, Options

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = {
    "quit": ["x"],
    "unpair": [],
    "find": ["f3"],
    "filter": ["/"],
    "help": ["?"],
    "open": ["Ctrl+O"],
    "jump_project": ["P"],
    "compare": [","],
    "scroll_left": ["ctrl+left"],
    "enter": ["enter"],
    "stop": ["f9"],
}


@pytest.fixture(autouse=True)
def _usual_keys_again() -> Iterator[None]:
    yield
    actions.use_keys({})


@pytest.fixture
def own() -> Options:
    assert list(key_faults(OWN)) == []
    return Options(keys=keys_of(OWN))


@pytest.mark.long
async def test_the_chosen_keys_act_and_the_others_do_not(own: Options) -> None:
    async with browser(small(), options=own) as pilot:
        await press(pilot, "home", "right")
        assert text(pilot).startswith("资料库"), "no longer a key of enter"
        await press(pilot, "enter", "v", ",", "c")
        session = main(pilot).session
        assert session is not None
        assert session.state.baseline
        await press(pilot, "/")
        await typed(pilot, "210")
        await press(pilot, "enter")
        assert session.state.filter == "210"
        await press(pilot, "P")
        assert session.state.view == "project"
        await press(pilot, "q")
        assert pilot.app.is_running
        await press(pilot, "x")
    assert not pilot.app.is_running


@pytest.mark.long
async def test_full_width_keys_follow_the_ascii_ones(own: Options) -> None:
    assert (own.keys["filter"], own.keys["find"]) == (("/",), ("f3",))
    assert keys_of({"filter": ["、", "/"], "compare": ["，"]}) == {"filter": ("/",), "compare": (",",)}
    async with browser(small(), options=own) as pilot:
        await press(pilot, "home", "enter", "v", "、")
        assert "筛选：" in text(pilot)


async def test_a_key_of_the_input_line_may_have_another_use_in_the_table() -> None:
    async with browser(small(), options=Options(keys=keys_of({"views": ["tab"]}))) as pilot:
        await press(pilot, "home", "enter", "e", "tab")
        assert ".xlsx" in text(pilot).splitlines()[-1]
        await press(pilot, "escape", "tab")
        assert "视图与原表" in text(pilot)


async def test_footer_help_and_palette_name_the_chosen_keys(own: Options) -> None:
    async with browser(small(), (140, 70), options=own) as pilot:
        assert text(pilot).splitlines()[-1].split() == [
            "回车进入",
            "←返回",
            "b基本",
            "P项目",
            ",对比",
            "F3查找",
            "?帮助",
            "m视图",
            "!勾稽",
            "t原文",
            "d变化最大",
            "e导出",
            "3图",
            "/筛选",
            "s排序",
            "Ctrl+O打开",
            "[上年",
            "]下年",
        ]
        await press(pilot, "?")
        shown = text(pilot)
        for key, title in (("x", "退出"), ("F3", "查找"), ("/", "筛选"), ("Ctrl+O", "打开"), ("Ctrl+←", "左移列")):
            assert re.search(rf"^ *{re.escape(key)} +{title} ", shown, re.MULTILINE), title
        assert re.search(r"^ +拆开近似配对 ", shown, re.MULTILINE), "without a key, it is still in the help"
        await press(pilot, "escape", "ctrl+p")
        await typed(pilot, "筛选")
        assert "/" in next(line for line in text(pilot).splitlines() if "只留编码" in line)


async def test_sentences_name_the_chosen_keys(own: Options) -> None:
    async with browser(lambda: LoadedFrames(concat([])), options=own) as pilot:
        assert "按 Ctrl+O 打开文件，按 x 退出。" in text(pilot)
        await pilot.resize_terminal(50, 10)
        await settled(pilot)
        assert "按 x 退出" in text(pilot)
        await press(pilot, "q")
        assert pilot.app.is_running
        await press(pilot, "x")
    assert not pilot.app.is_running
    assert hinted(messages.BUSY) == "正在读入；等它完成，或按 F9 停止。"
    assert hinted(messages.MARK_NEAR).endswith("按 命令“拆开近似配对” 拆开")


async def test_what_has_no_key_is_done_from_the_palette(own: Options) -> None:
    async with browser(small(), options=own) as pilot:
        await press(pilot, "home", "enter", "ctrl+p")
        await typed(pilot, "拆开")
        await press(pilot, "enter")
        assert "不是按近似名称配对的" in text(pilot)


async def test_the_next_browser_has_the_usual_keys_again(own: Options) -> None:
    async with browser(small(), options=own) as pilot:
        await press(pilot, "x")
    async with browser(small()) as pilot:
        await press(pilot, "x")
        assert pilot.app.is_running
        await press(pilot, "down")
        assert "c对比" in text(pilot)


def test_no_sentence_names_a_key_by_itself() -> None:
    """Every key in a sentence stands as the place of its action; the catalogue keeps the places."""
    source = Path(messages.__file__).read_text(encoding="utf-8")
    assert not re.findall(r"按 ?[A-Za-z!?/<>][ 看退打选查拆停]", source)
    ids = {action.id for action in ACTIONS if action.where is Where.MAIN}
    places = set(re.findall(r"\{([a-z_]+)\}", source))
    assert places
    assert places <= ids


def test_the_key_of_a_sentence_needs_no_shift() -> None:
    previous = actions.by_id(Where.MAIN, "previous")
    assert (keys_text(previous), hint(previous)) == ("N r", "r")


def test_the_names_of_the_registry_are_names_of_keys() -> None:
    named = {key for action in ACTIONS for key in action.keys if len(key) > 1}
    assert named <= set(key_names())
