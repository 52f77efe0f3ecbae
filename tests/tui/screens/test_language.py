"""English on every screen: what is Chinese there stands in the document."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.widgets import Input

from budget.i18n import language
from budget.views.navigation import default_baseline
from budget.views.sources import is_other
from budget.views.state import View, ViewState
from tests.support.driving import browser, main, press, settled, text, typed
from tests.support.foreign import HAN, not_of_the_documents, samples
from tests.support.tiers import turns
from tui import messages
from tui.actions import ACTIONS, keys_text
from tui.app import YusuanApp
from tui.render.help import KEYS_WIDTH, help_lines
from tui.screens.main import MainScreen
from tui.screens.modals import picker
from tui.screens.modals.reader import Reader
from tui.terminal.glyphs import BLOCKS
from tui.widgets.keyline import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tui.action import Action

SIZES = [(60, 16), (140, 45)]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language of the interface, and the former one afterwards."""
    with language.using(language.ENGLISH):
        yield


def look(pilot: Pilot[None], where: str) -> None:
    """Check what is on the screen; on the main screen the parts that no document writes have no Chinese at all."""
    shown = text(pilot)
    assert not not_of_the_documents(shown), f"{where}:\n{shown}"
    if isinstance(pilot.app.screen, MainScreen):
        session = main(pilot).session
        assert session is not None
        assert not HAN.search(session.context), where
        assert main(pilot).takes_text or not HAN.search(shown.splitlines()[-1]), where
        if not (session.state.view is View.STATEMENT and is_other(session.state.scope)):
            titles = [column.title for column in session.table.columns]
            if session.state.view is View.PEERS:  # each body heads a column of its own
                titles = [title for title in titles if title not in bodies()]
            assert not [title for title in titles if HAN.search(title)], where


def bodies() -> set[str]:
    """Names of the bodies of the samples, as their documents print them."""
    return set(samples().disclosures["body"].drop_nulls())


def opened(*, compared: bool) -> ViewState:
    """The newest of the samples that have a year before."""
    heads = samples().disclosures.sort("fiscal_year", descending=True)["disclosure_id"]
    baselines = {disclosure: default_baseline(samples(), disclosure) for disclosure in heads}
    newest = next(disclosure for disclosure in heads if baselines[disclosure])
    return ViewState(disclosure=newest, baseline=(baselines[newest] or "") if compared else "", view=View.OVERVIEW)


@pytest.mark.long
@pytest.mark.parametrize(("size", "compared"), [((80, 24), False), ((140, 45), True)])
async def test_every_view_is_english(size: tuple[int, int], compared: bool) -> None:
    async with browser(samples(), size, opened(compared=compared)) as pilot:
        session = main(pilot).session
        assert session is not None
        for choice in picker.views(session)[:: turns(3)]:
            if choice.value in {picker.REPORT, "library/"}:
                continue
            main(pilot).over.chosen("views", choice.value)
            await settled(pilot)
            look(pilot, choice.value)
            await press(pilot, "down", "1")
            look(pilot, f"{choice.value}, all of the row")
            await closed(pilot)
            await press(pilot, "enter")
            look(pilot, f"{choice.value}, entered")
            await closed(pilot)


async def closed(pilot: Pilot[None]) -> None:
    """Close what lies on the main screen."""
    if not isinstance(pilot.app.screen, MainScreen):
        await press(pilot, "escape")


KEYS = (*"mas?ig/feo[]<>nxyzduw1t!", "ctrl+p")
"""What each of these keys brings up."""


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_every_key_brings_up_is_english(
    size: tuple[int, int], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("YUSUAN_HOME", str(home))
    monkeypatch.chdir(home)
    async with browser(samples(), size) as pilot:
        look(pilot, "library")
        await press(pilot, "enter", "v")
        for key in KEYS:
            await press(pilot, key)
            look(pilot, key)
            for _ in range(4 if key in {"?", "i", "m", "ctrl+p"} else 0):
                await press(pilot, "pagedown")
                look(pilot, f"{key}, further down")
            await closed(pilot)
            await press(pilot, "escape")
            main(pilot).over.chosen("views", "expenditure/all-funds")
            await settled(pilot)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.where.name}-{action.id}")
def test_the_help_has_every_key_whole(action: Action) -> None:
    lines, shown = help_lines(BLOCKS), []
    for number, line in enumerate(lines):
        if line.text == language.tr(action.description):
            more = itertools.takewhile(lambda later: not later.text and later.prefix, lines[number + 1 :])
            shown.append("".join([line.prefix[:KEYS_WIDTH], *(later.prefix for later in more)]).split())
    assert keys_text(action).split() in shown


async def test_the_footer_is_whole_in_the_smallest_window() -> None:
    async with browser(samples(), SIZES[0]) as pilot:
        assert text(pilot).splitlines()[-1].rstrip().endswith("? Help")
        entries = main(pilot).query_one("#footer", KeyLine).entries
        assert entries[-1].action == "help"
        await pilot.click("#footer", offset=(text(pilot).splitlines()[-1].index("Help"), 0))
        await settled(pilot)
        assert isinstance(pilot.app.screen, Reader)


@pytest.mark.parametrize(
    ("key", "typing", "first"),
    [
        ("m", "zjsm", "Stated changes"),
        ("m", "stated", "Stated changes"),
        ("m", "基本支出", "Basic expenditure"),
        ("ctrl+p", "xzdbdx", "Compare with"),
        ("ctrl+p", "compare with", "Compare with"),
    ],
)
async def test_views_and_commands_are_chosen_by_their_names_in_both_languages(
    key: str, typing: str, first: str
) -> None:
    async with browser(samples(), state=opened(compared=False)) as pilot:
        await press(pilot, key)
        await typed(pilot, typing)
        chosen = next(line for line in text(pilot).splitlines() if line.startswith(">"))
        assert first in chosen


@pytest.mark.long
async def test_what_is_chinese_in_one_word_stays_apart_in_english() -> None:
    async with browser(samples(), (140, 45), opened(compared=True)) as pilot:
        session = main(pilot).session
        assert session is not None
        assert session.context.startswith("Overview · ")
        assert session.context.endswith(" · vs 2024 · 10,000 yuan")
        assert "\n  Baseline Table 1 " in text(pilot)
        main(pilot).over.chosen("views", "stated/")
        await settled(pilot)
        assert ", against last year's budget: decrease " in text(pilot)
        await press(pilot, "p")
        assert "Stated 项目支出 · Project expenditure " in text(pilot)


async def test_finding_filtering_and_sorting_speak_english() -> None:
    async with browser(samples(), state=opened(compared=True)) as pilot:
        await press(pilot, "v", "/")
        await typed(pilot, "210")
        look(pilot, "found while typing")
        await press(pilot, "enter", "n", "r")
        look(pilot, "found")
        await press(pilot, "/")
        await typed(pilot, "q9q")
        assert 'Not found: "q9q".' in text(pilot)
        await press(pilot, "escape", "s", "down", "enter", "d", "n")
        look(pilot, "sorted")
        await press(pilot, "f")
        await typed(pilot, "21")
        await press(pilot, "enter")
        look(pilot, "filtered")


async def test_views_and_commands_are_found_by_english_words_and_by_pinyin() -> None:
    async with browser(samples()) as pilot:
        await press(pilot, "enter", "m")
        await typed(pilot, "carry")
        await press(pilot, "enter")
        session = main(pilot).session
        assert session is not None
        assert session.state.view is View.CARRYOVER
        await press(pilot, "ctrl+p")
        await typed(pilot, "money")
        await press(pilot, "enter")
        assert session.state.unit is not None
        with language.using(language.CHINESE):
            await press(pilot, "m")
            await typed(pilot, "jbzc")
            await press(pilot, "enter")
        assert session.state.view is View.BASIC


async def test_a_small_terminal_is_told_so_in_english() -> None:
    async with browser(samples(), (59, 16)) as pilot:
        assert "too small" in text(pilot)
        assert not HAN.search(text(pilot))


# What Textual says by itself

SILENT = {
    *("app.focus_next", "app.focus_previous", "copy", "cut", "paste", "select_all", "screen.copy_text", "quit"),
    *("home", "end", "page_left", "page_right", "cursor_left", "cursor_right", "cursor_left_word", "cursor_right_word"),
    *("delete_left", "delete_right", "delete_left_word", "delete_right_word", "delete_left_all", "delete_right_all"),
}
"""Actions of Textual's own bindings: none of them shows a word."""


@pytest.mark.parametrize("spoken", language.LANGUAGES)
async def test_no_word_of_textual_reaches_the_screen(spoken: str) -> None:
    own = {"act"}
    with language.using(spoken):
        async with browser(samples(), state=opened(compared=False)) as pilot:
            app = pilot.app
            assert not app.ENABLE_COMMAND_PALETTE
            for keys in ((), ("/",), ("escape", "m"), ("escape", "?"), ("escape",)):
                await press(pilot, *keys)
                screen = app.screen
                bound = {one.binding.action.partition("(")[0] for one in screen.active_bindings.values()}
                assert bound - own <= SILENT
                assert not [widget for widget in screen.walk_children() if widget.tooltip]
                assert not [field for field in screen.query(Input) if field.validators or field.suggester]
                await press(pilot, "ctrl+c")
                assert not app._notifications
                assert "ctrl+q" not in text(pilot).lower() or isinstance(screen, Reader)  # the help names the key
            assert language.tr(messages.QUIT_HINT).format(quit="q") in text(pilot)


async def test_textual_would_say_how_to_quit_if_it_were_let() -> None:
    """The sentence that ours stands in for: were its name to change in Textual, Ctrl+C would say it again."""
    assert "action_help_quit" in vars(App)
    assert "action_help_quit" in vars(YusuanApp)
