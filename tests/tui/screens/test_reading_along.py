"""The text, the glossary and the stated changes on the screen, and finding in all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.library.frames import frames
from budget.views.state import View, ViewState
from tests.support.builders import forest
from tests.support.driving import browser, check_golden, main, press, text, typed
from tests.support.talking import talking

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = [(80, 24), (140, 45)]
SCREENS = {
    "text-whole": ("t", "down", "down", "down", "down"),
    "text-contents": ("t", "t", "down"),
    "text-links": ("t", "end", "up", "up", "up", "enter"),
    "stated": ("m", "z", "j", "s", "m", "enter"),
    "stated-compared": ("c", "m", "z", "j", "s", "m", "enter", "down", "down"),
    "glossary": ("g",),
    "glossary-term": ("b", "g"),
}


def state(pilot: Pilot[None]) -> ViewState:
    session = main(pilot).session
    assert session is not None
    return session.state


def opened() -> ViewState:
    return ViewState(disclosure=talking().head.disclosure_id, view=View.OVERVIEW)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(name: str, size: tuple[int, int]) -> None:
    async with browser(frames([talking(2025, page=7), talking(2024)]), size, opened()) as pilot:
        await press(pilot, *SCREENS[name])
        check_golden(f"{name}-{size[0]}x{size[1]}", text(pilot))


@pytest.mark.long
async def test_the_text_begins_at_the_line_of_the_row_and_leads_back() -> None:
    async with browser(frames([talking()]), state=opened().replace(view=View.STATED)) as pilot:
        await press(pilot, "down", "down", "t")
        assert (state(pilot).view, state(pilot).cursor) == (View.TEXT, "107")
        row = state(pilot)
        await press(pilot, "backspace")
        assert state(pilot).view is View.STATED
        await press(pilot, "t")
        assert state(pilot) == row
        await press(pilot, "t")
        assert (state(pilot).scope, state(pilot).cursor) == ("contents", "106")
        await press(pilot, "enter", "down", "enter", "enter")  # two amounts: the first of them is chosen
        assert (state(pilot).view, state(pilot).cursor) == (View.EXPENDITURE, "2130205")
        await press(pilot, "<")
        assert (state(pilot).view, state(pilot).cursor) == (View.TEXT, "107")


async def test_a_line_without_amounts_says_so() -> None:
    async with browser(frames([talking()]), state=opened()) as pilot:
        await press(pilot, "t", "home", "enter")
        assert "没有与表中相同的金额" in text(pilot)
        assert state(pilot).view is View.TEXT


async def test_finding_inside_the_text_goes_on_from_the_cursor() -> None:
    async with browser(frames([talking()]), state=opened()) as pilot:
        await press(pilot, "t", "end")
        assert state(pilot).cursor == "111"
        await press(pilot, "/")
        await typed(pilot, "支出说明")
        await press(pilot, "enter")
        assert state(pilot).cursor == "106"
        assert "文本 1/" in text(pilot)
        await press(pilot, "n", "t")
        assert state(pilot).scope == "contents"


async def test_finding_goes_through_every_kind() -> None:
    async with browser(frames([talking()]), state=opened()) as pilot:
        await press(pilot, "/")
        await typed(pilot, "树苗")
        await press(pilot, "enter")
        assert state(pilot).view is View.ONE_PROJECT
        assert "项目详情 1/" in text(pilot)
        await press(pilot, "/")
        await typed(pilot, "苗木减少")
        await press(pilot, "enter")
        assert (state(pilot).view, state(pilot).cursor) == (View.STATED, "本年收入")
        await press(pilot, "n")
        assert (state(pilot).view, state(pilot).cursor) == (View.TEXT, "105")


async def test_a_document_without_text_or_terms_says_so() -> None:
    one = ViewState(disclosure=forest().head.disclosure_id, view=View.OVERVIEW)
    async with browser(frames([forest()]), state=one) as pilot:
        await press(pilot, "g")
        assert "这份资料没有名词解释" in text(pilot)
        await press(pilot, "t")
        assert "这份资料没有保存原文" in text(pilot)
        await press(pilot, "down", "pagedown", "end", "enter", "f", "escape", "t", "enter", "backspace")
        assert state(pilot).view is View.OVERVIEW


async def test_the_source_of_what_is_said_is_its_line() -> None:
    async with browser(frames([talking()]), state=opened().replace(view=View.STATED)) as pilot:
        await press(pilot, "down", "t")
        assert (state(pilot).view, state(pilot).cursor) == (View.TEXT, "105")


@pytest.mark.long
async def test_what_is_said_can_be_read_whole() -> None:
    async with browser(frames([talking()]), state=opened().replace(view=View.STATED)) as pilot:
        await press(pilot, "1")
        assert "比上年预算减少2.00万元" in text(pilot)
        assert "苗木减少" in text(pilot)
        await press(pilot, "escape", "down", "down", "t", "1")
        assert "森林资源培育13.01万元，培训费0.50万元。" in text(pilot)
        assert "表3 · 2130205 森林资源培育" in text(pilot)
        await press(pilot, "escape", "g", "1")
        assert text(pilot).startswith("基本支出")


async def test_in_the_library_there_is_no_text_yet() -> None:
    async with browser(frames([talking(2025), talking(2024)])) as pilot:
        for key in ("t", "g"):
            await press(pilot, key)
            assert "先在资料库中打开一份资料" in text(pilot)


async def test_hostile_text_is_shown_as_it_is() -> None:
    one = talking()
    hostile = "[red]一[/项] \x1b[31m $(x) 13.01万元\u202e"
    texts = tuple(passage._replace(text=hostile, heading=hostile) for passage in one.passages)
    terms = tuple(term._replace(term=hostile, text=hostile) for term in one.records.terms)
    changes = tuple(change._replace(subject=hostile, reason=hostile) for change in one.records.stated_changes)
    said = one.records._replace(terms=terms, stated_changes=changes)
    held = frames([one._replace(passages=texts, records=said)])
    async with browser(held, state=opened()) as pilot:
        for keys in (("t",), ("t",), ("g",), ("enter",), ("m", "z", "j", "s", "m", "enter")):
            await press(pilot, *keys)
            shown = text(pilot)
            assert "[red]一[/项]" in shown
            assert "\x1b" not in shown
            assert "\u202e" not in shown
