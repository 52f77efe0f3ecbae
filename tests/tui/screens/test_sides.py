"""Panes beside the table of a wide screen, and the pictures that fill a small one."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.support.driving import browser, check_golden, main, press, text
from tests.support.small import small
from tests.support.tiers import EACH, tiered
from tests.tui.screens.walking import resized

WIDE = [(120, 36), (140, 45), (200, 50)]
SCREENS = {
    "wide-library": (),
    "wide-item": ("home", "enter", "v", "down", "enter"),
    "wide-compared": ("home", "enter", "v", "c", "down"),
    "picture": ("home", "enter", "v", "down", "3"),
    "picture-compared": ("home", "enter", "v", "c", "down", "3"),
}


def named(value: str | tuple[int, int]) -> str:
    return value if isinstance(value, str) else f"{value[0]}x{value[1]}"


@pytest.mark.parametrize(("name", "size"), tiered(list(SCREENS), [(80, 24), *WIDE], together=EACH), ids=named)
async def test_screen(name: str, size: tuple[int, int]) -> None:
    async with browser(small(), size) as pilot:
        await press(pilot, *SCREENS[name])
        check_golden(f"{name}-{size[0]}x{size[1]}", text(pilot))


@pytest.mark.parametrize(("width", "panes"), [(119, 0), (120, 1), (179, 1), (180, 2)])
async def test_panes_stand_beside_the_table_where_there_is_room(width: int, panes: int) -> None:
    async with browser(small(), (width, 40)) as pilot:
        sides = main(pilot).body.sides
        assert (len(sides.sizes) if sides is not None else 0) == panes


async def test_panes_follow_the_cursor() -> None:
    async with browser(small(), (200, 40)) as pilot:
        await press(pilot, "home", "enter", "v")
        assert "行政事业单位养老支出" in text(pilot)
        await press(pilot, "down")
        assert "医疗保障管理事务" in text(pilot)
        sides = main(pilot).body.sides
        assert sides is not None
        assert any("210" in line.text for line in sides.panes[1].lines if line.prefix.startswith(">"))


@pytest.mark.long
async def test_tab_goes_round_and_the_pane_takes_the_movements() -> None:
    async with browser(small(), (200, 30)) as pilot:
        await press(pilot, "home", "enter", "v")
        screen = main(pilot)
        sides = screen.body.sides
        assert sides is not None
        await press(pilot, "tab")
        assert sides.focused is sides.panes[0]
        await press(pilot, "down", "end")
        assert screen.body.cursor == 0
        await press(pilot, "tab", "tab", "down")
        assert sides.focused is None
        assert screen.body.cursor == 1


async def test_enter_in_a_pane_fills_the_screen_with_it() -> None:
    async with browser(small(), (200, 30)) as pilot:
        await press(pilot, "home", "enter", "v", "tab", "enter")
        assert text(pilot).startswith("图")
        await press(pilot, "escape", "tab", "enter")
        assert main(pilot).session is not None
        assert "某州医疗保障局 2025" in text(pilot).splitlines()[0]


async def test_a_key_hides_the_panes_and_the_table_has_their_room() -> None:
    async with browser(small(), (140, 40)) as pilot:
        await press(pilot, "home", "enter", "v")
        narrow = main(pilot).body.table.size.width
        await press(pilot, "tab", "4")
        assert main(pilot).body.table.size.width == 140
        await press(pilot, "down", "4")
        assert main(pilot).body.table.size.width == narrow
        assert main(pilot).body.cursor == 1


async def test_panes_come_and_go_with_the_width() -> None:
    async with browser(small(), (80, 24)) as pilot:
        await press(pilot, "home", "enter", "v")
        assert main(pilot).body.sides is None
        await press(pilot, "tab")
        assert "120" in text(pilot)
        await resized(pilot, (140, 40))
        await press(pilot, "down")
        assert "构成" in text(pilot)
        await resized(pilot, (80, 24))
        assert "构成" not in text(pilot)


@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
async def test_the_footer_has_as_many_keys_as_fit(width: int) -> None:
    async with browser(small(), (width, 24)) as pilot:
        line = text(pilot).splitlines()[-1]
        assert cell_len(line) <= width
        assert "?帮助" in line
        assert ("o打开" in line) is (width >= 140)
