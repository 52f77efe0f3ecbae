"""Backspace returns to the row from which a place was opened; all items in one list on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.driving import browser, main, press, text
from tests.support.small import small

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


def place(screen: MainScreen) -> tuple[object, ...]:
    assert screen.session is not None
    state = screen.session.state
    return state.view, state.scope, state.path, state.cursor


@pytest.mark.parametrize("key", ["!", "g", "w", "b", "p"])
async def test_back_is_the_row_from_which_a_place_was_opened(key: str) -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "down", "enter", "enter", "down")
        before = place(main(pilot))
        await press(pilot, key)
        if pilot.app.screen is not main(pilot):
            await press(pilot, "escape")
        if place(main(pilot)) != before:  # a sentence where there is nothing to show
            await press(pilot, "backspace")
        assert place(main(pilot)) == before


async def test_back_goes_through_several_places_one_by_one() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "down", "enter")
        first = place(main(pilot))
        await press(pilot, "b")
        second = place(main(pilot))
        await press(pilot, "!", "backspace")
        assert place(main(pilot)) == second
        await press(pilot, "backspace")
        assert place(main(pilot)) == first
        await press(pilot, "backspace")
        assert place(main(pilot))[2] == ()


async def test_every_view_says_its_name() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v")
        assert "支出" in text(pilot).splitlines()[0]
        await press(pilot, "5")
        assert "全部项" in text(pilot).splitlines()[0]
        assert "2101502" in text(pilot)
        await press(pilot, "5", "home", "down", "6")
        assert "21015" in text(pilot)
