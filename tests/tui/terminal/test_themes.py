"""The colours: enough contrast wherever something is written, in true colours, 256 and 16; none in the terminal's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.color import Color, ColorSystem, ColorType
from rich.color_triplet import ColorTriplet

from budget.library.frames import frames
from tests.support.driving import browser, press, settled, text
from tests.support.nine_tables import outcome, street, unknown
from tests.support.small import small
from tests.support.tiers import EACH, thinned, tiered
from tui.app import YusuanApp
from tui.library.loaded import LoadedFrames, Options
from tui.terminal.themes import DARK, LIGHT, TERMINAL, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.segment import Segment
    from textual.pilot import Pilot
    from textual.theme import Theme

    from budget.library.frames import Frames

TEXT, GRAPHIC = 4.5, 3.0
"""The least contrast of text, and of what only repeats by its length what is written beside it: bars, scroll bars."""
BAR = set("█▌# -▁▂▃▄▅▆▇▉▊▋▍▎▏")
SCREENS: dict[str, tuple[str, ...]] = {
    "library": (),
    "overview": ("home", "enter"),
    "compared": ("home", "enter", "v", "c", "down", "enter", "enter", "down"),
    "projects": ("home", "enter", "v", "c", "down", "enter", "enter", "down", "p"),
    "filtered": ("home", "enter", "v", "f", "2", "1", "enter"),
    "views": ("home", "enter", "m"),
    "report": ("home", "enter", "i"),
    "help": ("?",),
    "find": ("home", "enter", "/", "y", "b", "x", "z"),
    "export": ("home", "enter", "e"),
    "message": ("home", "enter", "b", "c", "c", "n"),
    "text": ("home", "enter", "t"),
    "columns": ("home", "enter", "w", "space"),
    "whole": ("home", "enter", "v", "1"),
    "findings": ("home", "enter", "!"),
}


def luminance(color: ColorTriplet) -> float:
    """The relative luminance of WCAG 2.1."""
    parts = [part / 255 for part in color]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """The contrast of WCAG 2.1: 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def segments(pilot: Pilot[None]) -> Iterator[Segment]:
    for strip in pilot.app.screen._compositor.render_strips():
        yield from (segment for segment in strip if segment.text.strip())


def pair(segment: Segment) -> tuple[Color, Color]:
    """Foreground and background as they are seen."""
    style = segment.style
    assert style is not None
    assert not style.dim, f"a terminal dims as it likes: {segment.text}"
    front, back = style.color, style.bgcolor
    assert front is not None, segment.text
    assert back is not None, segment.text
    return (back, front) if style.reverse else (front, back)


def seen(color: Color, system: ColorSystem) -> ColorTriplet:
    return color.downgrade(system).get_truecolor()


async def walk(name: str, theme: Theme, held: Frames, keys: tuple[str, ...], *, size: tuple[int, int]) -> set[float]:
    """Check everything that is written on a screen; return the contrasts in true colours."""
    found = set()
    async with browser(held, size, options=Options(theme=theme.name)) as pilot:
        await press(pilot, *keys)
        for segment in segments(pilot):
            front, back = pair(segment)
            least = GRAPHIC if set(segment.text) <= BAR else TEXT
            for system, wanted in (
                (ColorSystem.TRUECOLOR, least),
                (ColorSystem.EIGHT_BIT, least),
                (ColorSystem.STANDARD, GRAPHIC),  # sixteen colours hardly have more, and the terminal chooses them
            ):
                reached = contrast(seen(front, system), seen(back, system))
                assert reached >= wanted, (name, theme.name, system, segment.text, front, back)
            found.add(round(contrast(seen(front, ColorSystem.TRUECOLOR), seen(back, ColorSystem.TRUECOLOR)), 1))
    return found


@pytest.mark.parametrize(
    ("name", "theme"),
    tiered(list(SCREENS), [DARK, LIGHT], together=EACH),
    ids=lambda value: getattr(value, "name", value),
)
async def test_everything_that_is_written_can_be_read(name: str, theme: Theme) -> None:
    found = await walk(name, theme, small(), SCREENS[name], size=(140, 45))
    assert len(found) > 1, "more than one colour is used"


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
async def test_so_can_other_forms_in_a_low_terminal(theme: Theme) -> None:
    held = frames([street(2025), street(2024), outcome(2024), unknown()])
    for keys in (("c",), ("c", "d", "enter", "enter"), ("end", "enter")):
        await walk("other", theme, held, keys, size=(80, 24))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
async def test_so_can_a_small_screen_and_what_is_being_read(theme: Theme) -> None:
    async with browser(small(), options=Options(theme=theme.name)) as pilot:
        await pilot.resize_terminal(40, 8)
        await settled(pilot)
        assert "终端窗口太小" in text(pilot)
        assert all(contrast(*(seen(c, ColorSystem.TRUECOLOR) for c in pair(each))) >= TEXT for each in segments(pilot))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_thumb_of_scroll_bars_and_the_input_are_seen(theme: Theme) -> None:
    colors = {**theme.variables, "background": theme.background or ""}
    for front, back, least in (
        ("thumb", "background", GRAPHIC),
        ("input-cursor-foreground", "input-cursor-background", TEXT),
        ("input-selection-foreground", "input-selection-background", TEXT),
    ):
        assert contrast(Color.parse(colors[front]).get_truecolor(), Color.parse(colors[back]).get_truecolor()) >= least


@pytest.mark.parametrize("name", thinned(list(SCREENS), 2))
async def test_the_theme_of_the_terminal_takes_its_colours_only(name: str) -> None:
    async with browser(small(), (80, 24)) as pilot:
        await press(pilot, *SCREENS[name])
        for segment in segments(pilot):
            style = segment.style
            for color in (style.color, style.bgcolor) if style else ():
                assert color is None or color.type in {ColorType.DEFAULT, ColorType.STANDARD}, segment.text


@pytest.mark.parametrize("theme", THEMES)
async def test_no_colour_is_a_meaning_by_itself(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ("home", "enter", "v", "c", "enter", "enter")
    async with browser(small(), options=Options(theme=theme)) as pilot:
        await press(pilot, *keys)
        coloured = text(pilot)
    monkeypatch.setenv("NO_COLOR", "1")
    async with browser(small(), options=Options(theme=theme)) as pilot:
        await press(pilot, *keys)
        assert text(pilot) == coloured
        for segment in segments(pilot):
            style = segment.style
            assert all(c is None or c.is_default for c in ((style.color, style.bgcolor) if style else ()))
    for mark in ("▸", "新增", "取消"):
        assert mark in coloured


def test_the_measure_of_contrast_is_that_of_the_standard() -> None:
    black, white, grey = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255), ColorTriplet(0x77, 0x77, 0x77)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.01)


def test_a_theme_is_named_as_it_is_asked_for() -> None:
    assert {name: theme.name for name, theme in THEMES.items()} == {name: name for name in THEMES}
    assert YusuanApp(lambda: LoadedFrames(small()), Options()).theme == TERMINAL.name
