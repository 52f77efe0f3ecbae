"""On every screen: what is drawn in ASCII, where numbers stand where characters are wide, sizes from small to large."""

from __future__ import annotations

import re
import threading
import unicodedata
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len, set_cell_size

from budget.views.table import ColumnKind
from tests.support.driving import browser, loaded, main, press, text, width_of
from tests.support.nine_tables import outcome, street
from tests.support.small import small
from tests.support.tiers import turns
from tests.tui.screens.walking import overlays, resized, views
from tui.app import YusuanApp
from tui.library.intake import Progress
from tui.library.loaded import LoadedFrames
from tui.render.grid import _layout
from tui.terminal.glyphs import ARROWS, ASCII, BLOCKS, FOLDED
from tui.widgets.table import GUTTER, NAME_GAP

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from budget.library.frames import Frames

WIDE = frozenset("WF")
NUMBER = re.compile(r"\d[\d,]*\.\d+|\d+%|\b\d{3,}\b")
SIZES = ((60, 16), (80, 24), (300, 80))
QUOTED = "“{}”——经费①·…"


def of_documents(frames: Frames) -> set[str]:
    """All characters that documents bring."""
    found: set[str] = set()
    for name in ("disclosures", "statements", "lines", "cells", "passages", "notices"):
        frame = getattr(frames, name)
        for column in frame.columns:
            found.update(*(str(value) for value in frame.get_column(column).to_list() if value is not None))
    return found


def doubtful(shown: str) -> set[str]:
    """The characters beyond ASCII that are not two cells wide on every console."""
    return {char for char in shown if not char.isascii() and unicodedata.east_asian_width(char) not in WIDE}


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_in_ascii_nothing_of_ours_is_of_doubtful_width(language: str) -> None:
    from budget.i18n.language import using

    frames, turn = small(), ["zh", "en"].index(language)
    brought = of_documents(frames) - set(FOLDED)
    with using(language):
        async with browser(frames, (140, 45), ascii_only=True) as pilot:
            async for name in views(pilot, turn, turns(2)):
                assert not doubtful(text(pilot)) - brought, name
            async for name in overlays(pilot):
                assert not doubtful(text(pilot)) - brought, name
                if name == "help":
                    assert "Down" in text(pilot)
                    for _ in range(8):
                        await press(pilot, "pagedown")
                        assert not doubtful(text(pilot)) - brought, name


async def test_what_documents_quote_is_drawn_in_ascii_and_kept_as_it_is() -> None:
    async with browser(small(QUOTED), (140, 45), ascii_only=True) as pilot:
        await press(pilot, "home", "enter", "v")
        assert '"社会保障和就业支出"--经费1..' in text(pilot)
        session = main(pilot).session
        assert session is not None
        assert session.table.frame["name"][0] == QUOTED.format("社会保障和就业支出")


def test_a_likeness_takes_the_same_cells() -> None:
    for char, likeness in FOLDED.items():
        assert likeness.isascii()
        assert likeness.isprintable()
        assert len(likeness) == cell_len(char) == 1
    assert BLOCKS.fold("“三公”") == "“三公”"
    assert ASCII.fold("“三公”——…") == '"三公"--.'
    assert ASCII.named("↑↓ PgUp") == "Up Down PgUp"
    assert all(name.isascii() for name in ARROWS.values())
    assert ASCII.fold(BLOCKS.near) == ASCII.near
    assert ASCII.fold("≥①Ⅱ№α中、") == ">1IN?中、"


@pytest.mark.long
@pytest.mark.parametrize("made", ["small", "nine"])
async def test_numbers_stand_where_they_stand_where_ambiguous_characters_take_two_cells(made: str) -> None:
    held = small(QUOTED) if made == "small" else _nine()
    seen = 0
    async with browser(held, (140, 45), ascii_only=True) as pilot:
        async for name in views(pilot, 0, turns(2)):
            seen += _numbers_stay(pilot, name)
    assert seen > 100 // turns(2)


def _nine() -> Frames:
    from budget.library.frames import frames

    return frames([street(2024), street(2025), outcome()])


def _numbers_stay(pilot: Pilot[None], name: str) -> int:
    """Check the numbers of the table that is shown; how many there are."""
    screen = main(pilot)
    assert screen.session is not None
    if screen.session.shows_text:
        return 0
    table, middle = screen.body.table, _layout(screen.session.table, frozenset()).middle
    while middle and middle[-1].column.kind is ColumnKind.TEXT and not middle[-1].column.right:
        middle = middle[:-1]  # what documents say stands behind every number
    first, end, bar = table._columns(table.scrolled)
    found = 0
    for y in range(1, table.size.height):
        index = round(table.scroll_offset.y) + y - 1
        if index < table.grid.row_count:
            row = table._row(index)
            numbers = "".join(row.numbers[first : min(end, len(middle))])
            width = GUTTER + width_of(row.frozen) + table._name_width(first, end, bar) + NAME_GAP + width_of(numbers)
            left = set_cell_size(ASCII.fold(table.render_line(y).text), width)
            for match in NUMBER.finditer(left):
                before = left[: match.start()]
                assert width_of(before, ambiguous=2) == width_of(before), (name, left)
                found += 1
    return found


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_screen_in_every_size(size: tuple[int, int]) -> None:
    async with browser(small(), size) as pilot:
        async for name in views(pilot, SIZES.index(size), turns(len(SIZES))):
            _sound(pilot, name, size)
        async for name in overlays(pilot):
            _sound(pilot, name, size)


def _sound(pilot: Pilot[None], name: str, size: tuple[int, int]) -> None:
    """Nothing is wider than the terminal, nothing overlaps, and the table has a row."""
    shown = text(pilot).splitlines()
    assert len(shown) <= size[1]
    assert max(map(cell_len, shown)) <= size[0], name
    screen = pilot.app.screen
    regions = [widget.region for widget in screen.query("*") if not widget.children and widget.display and widget.size]
    assert sum(region.area for region in regions) <= size[0] * size[1], (name, size)
    for at, one in enumerate(regions):
        assert screen.region.contains_region(one), (name, size, one)
        assert not any(one.overlaps(other) for other in regions[at + 1 :]), (name, size)
    assert main(pilot).body.size.height >= 3, (name, size)


@pytest.mark.parametrize("keys", [(), ("m",), ("?",), ("/", "2"), ("e",), ("w",)], ids=str)
async def test_what_is_open_survives_any_size(keys: tuple[str, ...]) -> None:
    async with browser(small(), (80, 24)) as pilot:
        await press(pilot, "home", "enter", "v", "down", *keys)
        before = text(pilot)
        for size in ((59, 16), (300, 80), (60, 15), (60, 16), (1, 1), (80, 24)):
            await resized(pilot, size)
            assert ("终端窗口太小" in text(pilot)) == (size[0] < 60 or size[1] < 16) or size == (1, 1)
        assert text(pilot) == before


async def test_the_line_that_is_read_survives_any_size() -> None:
    async with browser(small(), (80, 24)) as pilot:
        await press(pilot, "home", "enter", "v", "down", "t")
        (before,) = [line for line in text(pilot).splitlines() if line.startswith(">")]
        for size in ((60, 16), (300, 80), (1, 1), (80, 24)):
            await resized(pilot, size)
        assert [line for line in text(pilot).splitlines() if line.startswith(">")] == [before]
        assert "收入总计" not in before


@pytest.mark.long
async def test_any_size_while_documents_are_read() -> None:
    gate = threading.Event()

    def load() -> LoadedFrames:
        gate.wait(60)
        return LoadedFrames(small())

    app = YusuanApp(load)
    async with app.run_test(size=(80, 24)) as pilot:
        for size in ((60, 16), (40, 10), (300, 80), (80, 24)):
            await resized(pilot, size)
            assert ("终端窗口太小" if size[0] < 60 else "正在读取") in text(pilot)
        gate.set()
        await loaded(pilot)
        screen = main(pilot)
        screen.post_message(screen.intake.Advanced(Progress(1, 9, 0, "很长的名字" * 30, None)))
        for size in ((60, 16), (300, 80), (80, 24)):
            await resized(pilot, size)
            _sound(pilot, "progress", size)
            assert "z 停止" in text(pilot)
