"""The action registry feeds bindings, footer, palette, help and docs: each action is in all of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from unittest.mock import create_autospec

import pytest
from rich.cells import cell_len

from tests.support.driving import browser, main, press, text
from tests.support.small import small
from tui.action import Action, Where
from tui.actions import ACTIONS, actions, footer_entries, key_text, keys_markdown, keys_text
from tui.render.help import help_lines
from tui.screens.main import MainScreen
from tui.screens.modals import picker
from tui.screens.modals.beside import Beside
from tui.screens.modals.columns import Columns
from tui.screens.modals.overlays import Overlays
from tui.screens.modals.picker import Picker
from tui.screens.modals.reader import Reader
from tui.session.session import Session
from tui.terminal.fullwidth import plain_key
from tui.terminal.glyphs import BLOCKS

if TYPE_CHECKING:
    from textual.screen import Screen

SCREENS: dict[Where, type[Screen[None]]] = {
    Where.MAIN: MainScreen,
    Where.PROMPT: MainScreen,
    Where.PICKER: Picker,
    Where.READER: Reader,
    Where.BESIDE: Beside,
    Where.COLUMNS: Columns,
}
TAKEN = ("shift+", "ctrl+", "alt+")
FULL_WIDTH = {
    "?": "？",
    "!": "！",
    "/": "、",
    "<": "《",
    ">": "》",
    "[": "【",
    "]": "】",
    ",": "，",
    ".": "。",
    ";": "；",
    ":": "：",
}


@cache
def imitated(of: type) -> Any:  # noqa: ANN401 - a mock of anything
    """An object that takes the calls of a class, and no others. Made once: looking through a class takes a second."""
    made = create_autospec(of, instance=True)
    if of is MainScreen:
        made.attach_mock(create_autospec(Overlays, instance=True), "over")
    return made


async def steps_of(action: Action) -> list[str]:
    """What the action calls of its screen, or of the session; a method that does not exist fails."""
    target = imitated(SCREENS[action.where])
    target.reset_mock()
    await action.run(target)
    ((name, given, _),) = [call for call in target.method_calls if not call[0].startswith("_")]
    if name != "step":
        return [name]
    session = imitated(Session)
    session.reset_mock()
    given[0](session)
    return [called for called, _, _ in session.method_calls]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.where.name}-{action.id}")
async def test_each_action_is_done_bound_explained_and_documented(action: Action) -> None:
    screen = SCREENS[action.where]
    assert await steps_of(action)
    bound = {key for binding in screen.BINDINGS for key in binding.key.split(",") if action.id in binding.action}
    assert len(bound) >= len(action.keys)
    shown = [(line.prefix, line.text) for line in help_lines(BLOCKS)]
    assert any(keys_text(action).strip() in prefix and words == action.description for prefix, words in shown)
    row = f"| {' '.join(f'`{key_text(key)}`' for key in action.keys)} | {action.title} | {action.description} |"
    assert row in keys_markdown()


async def test_the_palette_offers_every_command() -> None:
    async with browser(small(), (80, 60)) as pilot:
        session = main(pilot).session
        assert session is not None
        offered = {choice.value for choice in picker.commands(session)}
        assert offered == {action.id for action in actions(Where.MAIN) if action.palette}
        await press(pilot, "ctrl+p")
        assert "金额单位" in text(pilot)


@pytest.mark.parametrize("where", Where)
def test_no_key_means_two_things(where: Where) -> None:
    keys = [key for action in actions(where) for key in action.keys]
    assert len(keys) == len(set(keys))


def test_keys_that_terminals_take_have_a_plain_alternative() -> None:
    for action in ACTIONS:
        modified = [key for key in action.keys if key.startswith(TAKEN) or (len(key) == 1 and key.isupper())]
        assert not modified or len(modified) < len(action.keys), action.id


def test_full_width_keys_of_input_methods_stand_for_those_of_the_registry_and_are_not_in_it() -> None:
    registered = {key for action in ACTIONS for key in action.keys}
    assert set(FULL_WIDTH) <= registered
    assert {plain_key(sent): sent for sent in FULL_WIDTH.values()} == FULL_WIDTH
    assert all(key.isascii() for key in registered)


def test_the_footer_fits() -> None:
    entries = footer_entries()
    assert len(entries) <= 7
    assert cell_len("  ".join(key + word for _, key, word in entries)) <= 60


async def test_a_full_width_question_mark_opens_the_help() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "？")
        assert text(pilot).startswith("帮助")
