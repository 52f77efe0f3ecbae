"""Keys of an input method stand for those of the keyboard; everything that a mouse does a key does, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual.events import Key
from textual.keys import _character_to_key

from tests.support.driving import browser, drained, main, press, text, typed
from tests.support.small import small
from tui.action import Where
from tui.actions import actions, footer_entries
from tui.screens.modals.picker import Picker
from tui.screens.modals.reader import Reader
from tui.terminal.fullwidth import CHARACTERS, plain_key
from tui.widgets.keyline import GAP, KeyEntry, entry_at

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.session.session import Session

HALF_TO_FULL: dict[str, list[str]] = {}
for full, half in CHARACTERS.items():
    HALF_TO_FULL.setdefault(half, []).append(full)


def session(pilot: Pilot[None]) -> Session:
    found = main(pilot).session
    assert found is not None
    return found


def test_every_character_of_the_keyboard_has_what_input_methods_send_for_it() -> None:
    assert {chr(code) for code in range(0x20, 0x7F)} == set(HALF_TO_FULL)
    assert "ａ" in HALF_TO_FULL["a"]
    assert {"，", "。", "、", "；", "？", "！"} <= set(CHARACTERS)
    assert [plain_key(char) for char in "中a\u00e9"] == ["中", "a", "é"]


@pytest.mark.parametrize("where", [Where.MAIN, Where.READER])
async def test_each_key_does_the_same_in_full_width(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [key for action in actions(where) for key in action.keys if len(key) == 1 and key.isascii()]
    async with browser(small()) as pilot:
        asked: list[str] = []

        async def note(key: str, *, priority: bool = False) -> bool:
            asked.append(key)
            return True

        monkeypatch.setattr(pilot.app, "_check_bindings", note)
        for key in keys:
            for character in (key, *HALF_TO_FULL[key]):
                pilot.app.post_message(Key(_character_to_key(character), character))  # as a driver does
                await drained(pilot)
            assert len(asked) == 1 + len(HALF_TO_FULL[key])
            assert len(set(asked)) == 1, (key, asked)
            asked.clear()
    assert len(keys) > (30 if where is Where.MAIN else 4)


async def test_letters_and_space_in_full_width_move_and_enter() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "ｌ", "ｖ", "ｊ")
        assert session(pilot).state.cursor == "210"
        await press(pilot, "ｌ")
        assert session(pilot).state.path == ("210",)
        await press(pilot, "？")
        assert text(pilot).startswith("帮助")
        await press(pilot, "ｑ")
        assert len(pilot.app.screen_stack) == 1


async def test_codes_and_initials_may_be_typed_in_full_width() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "、")
        await typed(pilot, "２１０１５０２")
        assert session(pilot).state.cursor == "2101502"
        await press(pilot, "escape", "f")
        await typed(pilot, "２０８")
        await press(pilot, "enter")
        assert session(pilot).table.frame["code"].to_list() == ["208"]
        await press(pilot, "m")
        await typed(pilot, "ｘｍｚｃ")
        await press(pilot, "enter")
        assert "项目支出" in text(pilot).splitlines()[0]


async def test_what_is_typed_for_a_path_stays_as_it_is() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "o")
        await typed(pilot, "２０２５（终稿）。txt")
        assert main(pilot).prompting.text == "２０２５（终稿）。txt"


def test_the_entry_at_a_cell_is_the_one_that_is_drawn_there() -> None:
    entries = [KeyEntry(action, key, word) for action, key, word in footer_entries()]
    line = GAP.join(entry.content.plain for entry in entries)
    for entry in entries:
        start = cell_len(line[: line.index(entry.content.plain)])
        width = cell_len(entry.content.plain)
        assert [entry_at(entries, x) for x in (start, start + width - 1)] == [entry.action] * 2
        assert not entry_at(entries, start + width)
    assert not entry_at(entries, 500)


async def click_key(pilot: Pilot[None], line: str, word: str) -> None:
    """Click a word in a line of keys."""
    shown = next(row for row in text(pilot).splitlines()[::-1] if word in row)
    left = pilot.app.screen.query_one(line).region.x
    await pilot.click(line, offset=(cell_len(shown[: shown.index(word)]) - left, 0))
    await press(pilot)


async def test_the_keys_at_the_bottom_can_be_clicked() -> None:
    async with browser(small()) as pilot:
        await click_key(pilot, "#footer", "进入")
        assert session(pilot).state.disclosure
        await click_key(pilot, "#footer", "项目")
        assert "项目支出" in text(pilot)
        await click_key(pilot, "#footer", "帮助")
        assert isinstance(pilot.app.screen, Reader)
        await click_key(pilot, "#reader-footer", "退格 返回")
        assert not isinstance(pilot.app.screen, Reader)
        await click_key(pilot, "#footer", "返回")
        assert "收支总览" in text(pilot).splitlines()[0]


async def test_lines_of_a_picker_can_be_clicked() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "m")
        row = next(number for number, line in enumerate(text(pilot).splitlines()) if "基本支出" in line)
        top = pilot.app.screen.query_one("#picker-lines").region.y
        await pilot.click("#picker-lines", offset=(6, row - top))
        await press(pilot)
        assert "基本支出" in text(pilot).splitlines()[0]
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, Picker)
        await click_key(pilot, "#picker-footer", "Esc 取消")
        assert not isinstance(pilot.app.screen, Picker)


async def test_a_message_in_place_of_the_keys_cannot_be_clicked() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "z")
        before = session(pilot).state
        await pilot.click("#footer", offset=(1, 0))
        await press(pilot)
        assert session(pilot).state == before


async def test_the_wheel_moves_the_cursor_of_a_table_and_the_lines_of_a_text() -> None:
    async with browser(small(), (80, 16)) as pilot:
        await press(pilot, "home", "enter")
        table = main(pilot).body.table
        await pilot._post_mouse_events([_wheel()], "#table", offset=(5, 2))
        await press(pilot)
        assert table.cursor == min(3, table.grid.row_count - 1)
        await press(pilot, "?")
        body = pilot.app.screen.query_one("#reader-lines")
        before = body.scroll_offset.y
        await pilot._post_mouse_events([_wheel()], "#reader-lines", offset=(5, 2))
        await press(pilot)
        assert body.scroll_offset.y > before


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


@pytest.mark.parametrize(("term", "said"), [("xterm", "也送往终端的剪贴板"), ("linux", "这个终端没有剪贴板可用")])
async def test_copying_says_whether_there_is_a_clipboard(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, term: str, said: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("YUSUAN_HOME", str(tmp_path_factory.mktemp("home")))
    async with browser(small(), (200, 45)) as pilot:
        await press(pilot, "home", "enter", "y")
        assert said in text(pilot)


async def test_a_sentence_stands_until_the_next_key_whatever_it_does() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "d")
        said = main(pilot).footer.message
        assert said in text(pilot)
        assert "对比" in said
        for key in (".", "4", "o", "escape"):
            await press(pilot, "d", key)
            assert said not in text(pilot)
