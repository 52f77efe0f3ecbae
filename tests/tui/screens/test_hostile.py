"""Hostile documents on every screen that the action registry knows: shown as they are, obeyed never."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.support.driving import browser, main, press, tap, text
from tests.support.small import small
from tests.support.tiers import turns
from tui.action import Where
from tui.actions import ACTIONS

if TYPE_CHECKING:
    from textual.pilot import Pilot

HOSTILE = {
    "closing-tag": "[/项]{}",
    "colour": "[red]{}[/red]",
    "click": "[@click=app.quit]{}[/]",
    "link": "[link=http://x.example]{}",
    "variable": "$primary [$error]{}",
    "escape": "\x1b[31m\x1b]0;owned\x07{}\x1b[2J",
    "c1": "\x9b31m{}\x9d0;owned\x9c",
    "long": "{}" + "长" * 4000,
    "rtl": "\u202e{}\u2066\u200f",
    "nul": "\x00{}\x00",
    "lines": "{}\r\n\x0b\x0c\u2028第二行",
    "braces": "{{}}{{0}}%s%d{}",
    "combining": "{}" + "e\u0301\u0302" * 50,
}
ALL_AT_ONCE = "".join(pattern.replace("{}", "") for kind, pattern in HOSTILE.items() if kind not in {"long", "braces"})
PLACES = (
    ("home", "enter"),
    ("v", "down", "enter", "enter", "down"),
    ("c",),
    ("p",),
    ("t", "backspace"),
    ("i", "q"),
    ("m", "escape"),
)
KEYS = [action.keys[0] for action in ACTIONS if action.where is Where.MAIN and action.id != "quit"]


def sane(pilot: Pilot[None]) -> None:
    """What is on the screen is printable, fits, and the application lives."""
    assert pilot.app.is_running
    width = pilot.app.size.width
    for line in text(pilot).splitlines():
        assert cell_len(line) <= width
        assert all(char.isprintable() or char == "\u3000" for char in line), line


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_text_is_shown_as_it_is(kind: str) -> None:
    async with browser(small(HOSTILE[kind])) as pilot:
        sane(pilot)
        for keys in PLACES:
            for key in keys:
                await tap(pilot, key)
                sane(pilot)


@pytest.mark.long
@pytest.mark.parametrize("turn", [0, 1], ids=["all-at-once", "long"])
async def test_no_key_does_what_a_document_says(turn: int) -> None:
    pattern = [ALL_AT_ONCE + "{}", HOSTILE["long"]][turn]
    async with browser(small(pattern)) as pilot:
        await press(pilot, *PLACES[0], *PLACES[1], *PLACES[2])
        for key in KEYS[turn % turns(2) :: turns(2)]:
            await tap(pilot, key)
            sane(pilot)
            if len(pilot.app.screen_stack) > 1:
                await tap(pilot, "down", "pagedown", "escape")
            elif main(pilot).takes_text:
                await tap(pilot, "x", "backspace", "escape")
            sane(pilot)


async def test_markup_is_shown_to_the_letter() -> None:
    async with browser(small("[/项][red]{}[@click=app.quit]x[/]"), (140, 45)) as pilot:
        await press(pilot, "home", "enter", "v")
        assert "[/项][red]社会保障和就业支出[@click=app.quit]x[/]" in text(pilot)
        await pilot.click("#table", offset=(100, 1))
        assert pilot.app.is_running


async def test_nothing_a_terminal_could_obey_is_sent_to_it() -> None:
    async with browser(small("\x1b]0;owned\x07{}\x9b2J")) as pilot:
        await press(pilot, "home", "enter", "v", "t")
        out = io.StringIO()
        for strip in pilot.app.screen._compositor.render_strips():
            out.write(strip.render(pilot.app.console))
        assert "\x1b]0;owned" not in out.getvalue()
        assert "\x9b" not in out.getvalue()
        assert "␛]0;owned␇" in text(pilot)
