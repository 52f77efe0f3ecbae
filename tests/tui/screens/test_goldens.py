"""The main screens as text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from budget.library.frames import frames
from budget.model.disclosure import Edition
from tests.support.driving import browser, check_golden, press, text
from tests.support.nine_tables import outcome, street, unknown
from tests.support.reference import changji
from tests.support.small import small
from tests.support.tiers import EACH, tiered

if TYPE_CHECKING:
    from budget.library.frames import Frames

SIZES = [(80, 24), (140, 45), (60, 16), (200, 50)]

SCREENS = {
    "library": (),
    "overview": ("home", "enter"),
    "expenditure": ("home", "enter", "v"),
    "compared": ("home", "enter", "v", "c", "down", "enter", "enter", "down"),
    "projects": ("home", "enter", "v", "c", "down", "enter", "enter", "down", "p"),
    "views": ("home", "enter", "m"),
    "source": ("home", "enter", "v", "down", "t"),
    "report": ("home", "enter", "i"),
    "help": ("?",),
    "checks": ("home", "enter", "!"),
    "columns": ("home", "enter", "v", "c", "w", "down", "down", "down", "down", "space", "down", "p"),
    "years": ("home", "enter", "7"),
    "find": ("home", "enter", "/", "y", "b", "x", "z"),
}


def named(value: str | tuple[int, int]) -> str:
    return value if isinstance(value, str) else f"{value[0]}x{value[1]}"


@pytest.mark.parametrize(("name", "size"), tiered(list(SCREENS), SIZES, together=EACH), ids=named)
async def test_screen(name: str, size: tuple[int, int]) -> None:
    async with browser(small(), size) as pilot:
        await press(pilot, *SCREENS[name])
        check_golden(f"{name}-{size[0]}x{size[1]}", text(pilot))


OTHER_FORMS = {
    "nine-library": (),
    "nine-compared": ("c",),
    "nine-biggest": ("c", "d"),
    "nine-item": ("c", "d", "enter", "enter"),
    "nine-projects": ("c", "d", "enter", "enter", "p"),
    "nine-units": ("c", "d", "u"),
    "nine-views": ("enter", "m"),
    "nine-report": ("enter", "i"),
    "final-compared": ("down", "down", "down", "c"),
    "other-table": ("end", "enter"),
    "other-views": ("end", "enter", "m"),
}


@pytest.mark.parametrize(("name", "size"), tiered(list(OTHER_FORMS), SIZES[:2], together=EACH), ids=named)
async def test_screen_of_other_forms(name: str, size: tuple[int, int]) -> None:
    held = frames([street(2025), street(2024), street(2025, edition=Edition.UNIT), outcome(2024), unknown()])
    async with browser(held, size) as pilot:
        await press(pilot, *OTHER_FORMS[name])
        check_golden(f"{name}-{size[0]}x{size[1]}", text(pilot))


async def test_ascii_screen() -> None:
    async with browser(small(), ascii_only=True) as pilot:
        await press(pilot, "home", "enter", "v")
        check_golden("expenditure-ascii", text(pilot))
        assert not set(text(pilot)) & set("▸█▌≈─›")


async def test_small_terminal_says_so() -> None:
    async with browser(small(), (50, 10)) as pilot:
        check_golden("small-50x10", text(pilot))


@pytest.fixture
def real() -> Frames:
    shared = os.environ.get("YUSUAN_SHARED")
    if not shared:
        pytest.skip("YUSUAN_SHARED is not set: the published figures are not at hand")
    return changji(Path(shared))


async def test_the_screen_of_the_design(real: Frames) -> None:
    async with browser(real) as pilot:
        await press(pilot, "home", "enter", "v", "c", "down", "enter", "down", "enter")
        check_golden("changji-21015", text(pilot))
