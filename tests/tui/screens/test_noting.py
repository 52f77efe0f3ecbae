"""Review notes on the screen: typed in one line, marked, listed, undone; and the way back from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.library.frames import frames
from budget.views.state import View
from loaders.load import load
from tests.support.driving import browser, main, press, text
from tests.support.small import small
from tui.library import documents

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(documents.HOME, str(tmp_path))
    return tmp_path


async def test_a_note_is_typed_marked_listed_and_undone() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "down", "\\", *"2 ok", "space", *"#tag", "enter")
        assert "已记录：属实 ok #tag" in text(pilot)
        assert "卫生健康支出 *" in text(pilot)
        assert "属实：ok #tag" in text(pilot)
        before = main(pilot).session
        assert before is not None
        place = before.state
        await press(pilot, "*")
        assert "审查记录" in text(pilot).splitlines()[0]
        assert "卫生健康支出" in text(pilot)
        await press(pilot, "enter")
        assert before.state.view is not View.NOTES
        await press(pilot, "backspace")
        assert before.state.view is View.NOTES
        await press(pilot, "backspace")
        assert before.state == place
        await press(pilot, "~")
        assert "恢复为“没有记录”" in text(pilot)
        assert "卫生健康支出 *" not in text(pilot)


async def test_notes_that_are_broken_are_told_and_cost_nothing_else(home: Path) -> None:
    (home / "notes.db").write_bytes(b"no database, whatever its name says" * 100)
    async with browser(small()) as pilot:
        assert "已损坏" in text(pilot)
        await press(pilot, "home", "enter", "v", "\\", "2", "enter")
        assert "已损坏" in text(pilot)
        await press(pilot, "*", "down")
        assert "卫生健康支出" in text(pilot)


async def test_every_key_may_be_pressed_in_the_list_of_notes() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "\\", "2", "enter", "*")
        for key in ("b", "p", "v", "c", "d", "5", "6", "x", "g", "!", "n", "N", "u", "[", "]", "1", "3", "t", "i"):
            await press(pilot, key, "escape", "*")
            assert main(pilot).session is not None
        await press(pilot, "home", "down", "escape", "escape", "escape")
        assert main(pilot).is_running


async def test_back_from_a_table_is_the_list_of_what_has_to_be_published() -> None:
    async with browser(frames([load(sample_data.paths()[0])])) as pilot:
        await press(pilot, "m", *"wzx", "enter", "down", "enter")
        session = main(pilot).session
        assert session is not None
        assert session.state.view is View.STATEMENT
        await press(pilot, "backspace")
        assert session.state.view is View.COMPLETENESS
