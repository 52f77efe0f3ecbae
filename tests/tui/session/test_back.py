"""Backspace returns to the row from which a place was opened; all items in one list on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View
from tests.support.driving import browser, main, press, text
from tests.support.small import small
from tests.tui.screens.walking import views
from tui.action import Where
from tui.actions import actions

if TYPE_CHECKING:
    from tui.action import Action
    from tui.screens.main import MainScreen


ELSEWHERE = {"quit", "leave", "back", "forward", "enter", "year_before", "year_after", "flatten", "mark"} | {
    "compare", "biggest", "next", "previous",
}  # fmt: skip
"""Actions that go to another row of what is shown, to the level above or below, or to the year beside."""
PLACES = [action for action in actions(Where.MAIN) if action.palette and action.id not in ELSEWHERE]


def place(screen: MainScreen) -> tuple[object, ...]:
    assert screen.session is not None
    state = screen.session.state
    return state.view, state.scope, state.path, state.disclosure, state.cursor


@pytest.mark.parametrize("key", ["!", "g", "t", "b", "p"])
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


@pytest.mark.long
@pytest.mark.parametrize("action", PLACES, ids=lambda action: action.id)
async def test_back_is_the_row_whatever_key_opened_the_place(action: Action) -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "c", "down", "enter", "enter", "down")
        before = place(main(pilot))
        await press(pilot, action.keys[0])
        for _ in range(2):  # a question or what lies over the screen
            if pilot.app.screen is not main(pilot) or main(pilot).takes_text:
                await press(pilot, "escape")
        if place(main(pilot))[:4] != before[:4]:
            await press(pilot, "backspace")
        assert place(main(pilot)) == before


@pytest.mark.long
async def test_back_is_the_row_from_which_a_view_was_chosen() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "c", "down", "enter", "enter", "down")
        before = place(main(pilot))
        for view in View:
            if view is not View.LIBRARY:
                for scope in VIEW_SCOPES[view]:
                    main(pilot).step(lambda session, view=view, scope=scope: session.show(view, str(scope)))
                    await press(pilot, "down")
                    if place(main(pilot))[:4] != before[:4]:
                        await press(pilot, "backspace")
                    assert place(main(pilot))[:4] == before[:4], (view, scope)


@pytest.mark.parametrize(
    "keys",
    [("t", "t"), ("!", "["), ("b", "p", "<")],
    ids=["the contents of the text", "another year of the findings", "after the history went back"],
)
async def test_back_is_the_row_from_which_the_place_was_opened(keys: tuple[str, ...]) -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "down", "enter")
        before = place(main(pilot))
        await press(pilot, *keys, "backspace")
        assert place(main(pilot)) == before


async def test_back_from_what_was_found_is_where_the_finding_began() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "down")
        before = place(main(pilot))
        await press(pilot, "/", "2", "1", "0", "1", "5", "enter")
        assert place(main(pilot)) != before
        await press(pilot, "n", "n", "backspace")
        assert place(main(pilot)) == before


@pytest.mark.long
async def test_every_view_says_its_name_at_80_columns() -> None:
    async with browser(small()) as pilot:
        async for name in views(pilot):
            first = text(pilot).splitlines()[0]
            view = View(name.split()[0])
            assert view is View.STATEMENT or VIEW_TITLES[view] in first, first


async def test_every_view_says_its_name() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v")
        assert "支出" in text(pilot).splitlines()[0]
        await press(pilot, "5")
        assert "全部项" in text(pilot).splitlines()[0]
        assert "2101502" in text(pilot)
        await press(pilot, "5", "home", "down", "6")
        assert "21015" in text(pilot)
