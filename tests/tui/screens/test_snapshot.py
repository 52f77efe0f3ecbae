"""The start from a snapshot: the last screen at once, keys in order, nothing stale, no difference with the data."""

from __future__ import annotations

import json
import os
import shutil
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import set_cell_size

import sample_data
from budget.views.state import View
from tests.support import command
from tests.support.driving import drained, loaded, main, press, settled, tap, text, until
from tui.app import YusuanApp
from tui.library import documents, intake, made_from
from tui.library import start as opening
from tui.library.loaded import LoadedFrames, Options
from tui.screens.main import MainScreen
from tui.session.held_keys import MOST_HELD
from tui.session.kept_screens import FOLDER, LAST, KeptScreens
from tui.widgets.table import BudgetTable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from textual.pilot import Pilot

OLD, NEW, HEADQUARTERS = sample_data.paths()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder; samples are read once for all tests."""
    folder = tmp_path / "home"
    monkeypatch.setenv(documents.HOME, str(folder))
    monkeypatch.setattr(intake, "results", command._read_here)
    return folder


def begun(paths: Sequence[Path] = (), options: Options | None = None) -> KeptScreens:
    kept = KeptScreens(options or Options())
    kept.begin(paths)
    return kept


@asynccontextmanager
async def browsing(
    *paths: Path, gate: threading.Event | None = None, size: tuple[int, int] = (80, 24), options: Options | None = None
) -> AsyncIterator[Pilot[None]]:
    """A session from its start to its end; with a gate the data come when that is set."""
    options = options or Options()
    kept = begun(paths, options)

    def load() -> LoadedFrames:
        if gate is not None:
            gate.wait(60)
        return opening.load_documents(list(paths), shows_first=True) if paths else opening.load_library(kept.last)

    app = YusuanApp(load, options, None, kept)
    async with app.run_test(size=size) as pilot:
        if gate is None:
            await at_rest(pilot)
        else:
            await drained(pilot)
        yield pilot
        if gate is not None:
            gate.set()
    kept.at_end()


async def at_rest(pilot: Pilot[None]) -> None:
    """Wait for the data, the end of the reading, the checks, and the pictures that are kept of the first screens."""
    await loaded(pilot)
    await until(pilot, lambda: main(pilot).intake.current is None)
    await until(pilot, lambda: all(worker.is_finished for worker in pilot.app.workers if worker.group == "keep"))
    await settled(pilot)


JOURNEYS: dict[str, tuple[str, ...]] = {
    "library": ("down",),
    "overview": ("down", "enter", "down", "down"),
    "expenditure": ("down", "enter", "v", "enter", "down"),
    "compared": ("down", "c", "v"),
    "projects": ("down", "enter", "p", "end"),
    "sorted and in yuan": ("down", "enter", "v", "u"),
    "findings": ("down", "enter", "!"),
}


@pytest.mark.parametrize("keys", JOURNEYS.values(), ids=JOURNEYS)
async def test_the_last_screen_is_there_before_the_data_and_the_same_with_them(keys: tuple[str, ...]) -> None:
    async with browsing() as pilot:
        await press(pilot, *keys)
        before = text(pilot)
    gate = threading.Event()
    async with browsing(gate=gate) as pilot:
        assert main(pilot).session is None
        assert text(pilot) == before
        gate.set()
        await at_rest(pilot)
        assert main(pilot).session is not None
        assert main(pilot).snapshot is None
        assert text(pilot) == before


@pytest.mark.long
async def test_a_text_is_there_before_the_data_and_stays_as_it_is_when_they_come() -> None:
    async with browsing() as pilot:
        await press(pilot, "down", "enter", "t", "pagedown", "pagedown", "down")
        line = main(pilot).body.cursor
    gate = threading.Event()
    async with browsing(gate=gate) as pilot:
        await settled(pilot)
        shown = text(pilot)
        assert main(pilot).body.cursor == line
        gate.set()
        await at_rest(pilot)
        assert text(pilot) == shown


async def test_when_the_data_come_no_line_is_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with browsing() as pilot:
        await press(pilot, "down", "enter", "v")
        before = text(pilot)
    gate, painted = threading.Event(), []
    async with browsing(gate=gate) as pilot:
        await settled(pilot)
        shown = type(pilot.app)._display

        def display(self: YusuanApp, screen: Any, renderable: Any) -> None:  # noqa: ANN401
            painted.append(renderable)
            shown(self, screen, renderable)

        monkeypatch.setattr(YusuanApp, "_display", display)
        renewed = []
        refresh = BudgetTable.refresh

        def refreshed(self: BudgetTable, *regions: Any, **how: Any) -> BudgetTable:  # noqa: ANN401
            renewed.append(regions)
            return refresh(self, *regions, **how)

        monkeypatch.setattr(BudgetTable, "refresh", refreshed)
        gate.set()
        await at_rest(pilot)
        assert text(pilot) == before
        assert main(pilot).snapshot is None
        assert renewed == []


@pytest.mark.long
async def test_a_document_opens_at_its_overview_from_its_picture(tmp_path: Path) -> None:
    async with browsing(NEW) as pilot:
        before = text(pilot)
        await press(pilot, "v", "down")
    copy = tmp_path / "another name.txt"
    shutil.copy(NEW, copy)
    gate = threading.Event()
    async with browsing(copy, gate=gate) as pilot:
        assert main(pilot).session is None
        assert text(pilot) == before
        gate.set()
        await at_rest(pilot)
        assert text(pilot) == before


@pytest.mark.long
async def test_a_document_opened_from_the_library_has_its_picture_too() -> None:
    async with browsing() as pilot:
        await press(pilot, "down", "enter")
        await at_rest(pilot)
        before = text(pilot)
    async with browsing(NEW, gate=threading.Event()) as pilot:
        assert text(pilot) == before


TYPED = (
    ("enter", "down", "enter"),
    ("down", "enter", "v", "end", "backspace"),
    ("enter", "/", "2", "1", "0", "enter"),
    ("m", "down", "enter", "down"),
    ("down", "enter", "v", "?", "down", "escape", "down"),
    ("end", "home", "down"),
    ("enter", "f", "q", "escape", "c"),
)


@pytest.mark.parametrize("keys", TYPED, ids=" ".join)
async def test_keys_typed_before_the_data_are_answered_in_order(keys: tuple[str, ...]) -> None:
    async with browsing() as pilot:
        await press(pilot, "home", "down")
        assert main(pilot).session is not None
    async with browsing() as pilot:
        await press(pilot, *keys)
        expected = text(pilot)
        await press(pilot, *["escape"] * 6, "home", "down")
    gate = threading.Event()
    async with browsing(gate=gate) as pilot:
        await tap(pilot, *keys)
        assert "还在读取" not in text(pilot)
        gate.set()
        await at_rest(pilot)
        assert text(pilot) == expected


@pytest.mark.long
async def test_the_cursor_moves_before_the_data_and_stays_when_they_come() -> None:
    async with browsing(NEW) as pilot:
        await press(pilot, "v")
    gate = threading.Event()
    async with browsing(gate=gate) as pilot:
        await tap(pilot, "end")
        at_end = main(pilot).body.cursor
        assert at_end > 0
        assert main(pilot).detail.shown == (), "what is known of another row comes with the data"
        gate.set()
        await at_rest(pilot)
        session = main(pilot).session
        assert session is not None
        assert (session.index, main(pilot).body.cursor) == (at_end, at_end)
        assert any(main(pilot).detail.shown)
        shown = text(pilot)
    async with browsing(gate=threading.Event()) as pilot:
        assert text(pilot) == shown


async def test_help_and_the_end_do_not_wait() -> None:
    async with browsing() as pilot:
        assert main(pilot).session is not None
    async with browsing(gate=threading.Event()) as pilot:
        await tap(pilot, "?")
        assert len(pilot.app.screen_stack) == 2
        await tap(pilot, "escape", "q")
        assert pilot.app._exit


async def test_no_more_keys_are_kept_than_anyone_types() -> None:
    async with browsing() as pilot:
        assert main(pilot).session is not None
    gate = threading.Event()
    async with browsing(gate=gate) as pilot:
        await tap(pilot, "enter", *["down"] * (MOST_HELD + 20))
        assert len(main(pilot).held.keys) == MOST_HELD
        await tap(pilot, "ctrl+q")
        assert pilot.app._exit


@pytest.mark.long
@pytest.mark.parametrize("size", [(80, 24), (60, 16), (140, 45)])
async def test_in_a_terminal_of_another_size_the_picture_is_that_of_the_data(size: tuple[int, int]) -> None:
    async with browsing(size=(100, 30)) as pilot:
        await press(pilot, "down", "enter", "v", "end")
    gate = threading.Event()
    async with browsing(gate=gate, size=size) as pilot:
        await settled(pilot)
        pane, table = main(pilot).detail.region, main(pilot).body.table.region
        shown = text(pilot).splitlines()
        gate.set()
        await at_rest(pilot)
        now = text(pilot).splitlines()
        assert [shown[0], shown[pane.bottom :]] == [now[0], now[pane.bottom :]]
        tables = [[set_cell_size(line, table.width) for line in lines[1 : pane.y]] for lines in (shown, now)]
        assert tables[0] == tables[1]


@pytest.mark.long
async def test_the_panes_of_a_wide_screen_are_in_the_picture() -> None:
    async with browsing(size=(200, 50)) as pilot:
        await press(pilot, "down", "enter", "v", "down")
        left = text(pilot)
    assert "构成" in left
    gate = threading.Event()
    async with browsing(gate=gate, size=(200, 50)) as pilot:
        await settled(pilot)
        assert text(pilot) == left
        gate.set()
        await at_rest(pilot)
        assert text(pilot) == left


# Nothing stale


async def one_session() -> None:
    async with browsing() as pilot:
        await press(pilot, "down", "enter", "v")
    assert begun().snapshot is not None


async def test_a_library_that_has_changed_is_not_shown_from_before(home: Path) -> None:
    await one_session()
    copy = home.parent / "more.txt"
    copy.write_bytes(NEW.read_bytes() + b"\n")
    opening.load_documents([copy])
    kept = begun()
    assert kept.snapshot is None
    assert kept.last, "where one was is no figure"


async def test_a_part_that_was_touched_replaced_or_removed_gives_no_picture(home: Path) -> None:
    await one_session()
    (part,) = (home / "samples").glob("*.part")
    os.utime(part, ns=(1, 1))
    assert begun().snapshot is None
    part.unlink()
    assert begun().snapshot is None
    shutil.rmtree(home / "samples")
    assert begun().snapshot is None


async def test_what_another_program_has_added_meanwhile_is_in_no_picture(home: Path) -> None:
    async with browsing() as pilot:
        copy = home.parent / "more.txt"
        copy.write_bytes(NEW.read_bytes() + b"\n")
        opening.load_documents([copy])
        await press(pilot, "down")
    assert begun().snapshot is None
    assert begun().last


@pytest.mark.long
async def test_a_file_that_has_changed_is_not_shown_from_before(tmp_path: Path) -> None:
    copy = tmp_path / "one.txt"
    copy.write_bytes(NEW.read_bytes())
    async with browsing(copy) as pilot:
        assert "835.98" in text(pilot)
    assert begun([copy]).snapshot is not None
    status = copy.stat()
    copy.write_bytes(NEW.read_bytes().replace(b"835.98", b"835.99"))
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))  # neither size nor time tells
    assert begun([copy]).snapshot is None
    assert begun([tmp_path / "none.txt"]).snapshot is None


async def test_another_program_and_other_settings_get_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    await one_session()
    for options in (Options(ascii=True), Options(money_unit="元")):
        assert begun(options=options).snapshot is None
    for name, value in (("__version__", "9.9"), ("LOADER_VERSION", 99), ("fingerprint", lambda: "another")):
        with monkeypatch.context() as patch:
            patch.setattr(made_from, name, value)
            assert begun().snapshot is None
    assert begun().snapshot is not None


@pytest.mark.long
async def test_a_unit_that_is_asked_for_counts_more_than_the_last_one() -> None:
    async with browsing() as pilot:
        await press(pilot, "down", "enter", "u")
        assert main(pilot).session is not None
    last = json.loads((documents.home() / FOLDER / LAST).read_text(encoding="utf-8"))
    assert last["state"]["unit"]
    async with browsing(options=Options(money_unit="元")) as pilot:
        session = main(pilot).session
        assert session is not None
        assert session.state.unit == "元"


async def test_a_file_that_could_not_be_read_and_is_gone_is_not_counted(tmp_path: Path) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text("大雪。" * 500, encoding="utf-8")
    real = tmp_path / "real.txt"
    real.write_bytes(NEW.read_bytes() + b"\n")
    opening.load_documents([novel, real])
    async with browsing() as pilot:
        assert "1 个文件未读入" in text(pilot)
    assert begun().snapshot is not None
    novel.unlink()
    assert begun().snapshot is None


async def test_while_documents_are_read_only_the_place_is_kept() -> None:
    async with browsing() as pilot:
        main(pilot).intake.current = intake.Intake(opening.open_library(), [])
        await press(pilot, "down", "enter")
    assert begun().last["view"] == View.OVERVIEW
    assert begun().snapshot is None


async def test_who_leaves_before_a_document_is_stored_leaves_it_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MainScreen, "take_in", lambda *_: None)
    async with browsing(NEW) as pilot:
        assert "支出总计" in text(pilot)
        assert opening.open_samples().frames.disclosures.is_empty()
    assert opening.open_samples().frames.disclosures.height == 1


# What is gone, damaged or odd


@pytest.mark.long
async def test_a_disclosure_that_is_gone_leads_to_the_library(home: Path) -> None:
    await one_session()
    shutil.rmtree(home / "samples")
    real = home.parent / "real.txt"
    real.write_bytes(HEADQUARTERS.read_bytes() + b"\n")
    opening.load_documents([real])
    async with browsing() as pilot:
        assert text(pilot).startswith("资料库")


@pytest.mark.parametrize(
    "state",
    [
        {},
        [],
        {"view": "no view"},
        {"view": "statement", "scope": "no statement"},
        {"path": ["999", "\x1b"]},
        {"path": [3]},
        {"sort": ["no column", True]},
        {"sort": 3},
        {"unit": "dollar"},
        {"cursor": "no row", "unpaired": ["x"]},
        {"baseline": "gone"},
        {"view": "one-project", "scope": "没有的"},
        {"view": "library"},
    ],
    ids=str,
)
async def test_a_state_that_cannot_be_shown_leads_somewhere(home: Path, state: Any) -> None:  # noqa: ANN401
    await one_session()
    path = home / FOLDER / LAST
    written = json.loads(path.read_text(encoding="utf-8"))
    written["state"] = {**written["state"], **state} if state else state
    written["program"]["version"] = "another"
    path.write_text(json.dumps(written), encoding="utf-8")
    async with browsing() as pilot:
        session = main(pilot).session
        assert session is not None
        assert session.frames.disclosures.height == 3
        assert "Traceback" not in text(pilot)
        await press(pilot, *["escape"] * 8)
        assert session.state.view is View.LIBRARY


async def test_a_last_screen_that_is_no_file_is_no_hindrance(home: Path) -> None:
    await one_session()
    path = home / FOLDER / LAST
    for put in (
        lambda: os.mkfifo(path),
        path.mkdir,
        lambda: path.symlink_to("/dev/zero"),
        lambda: path.write_text("{", encoding="utf-8"),
    ):
        path.rmdir() if path.is_dir() else path.unlink()
        put()
        kept = begun()
        assert (kept.snapshot, kept.last) == (None, {})


async def test_who_leaves_before_the_data_finds_the_last_screen_again(home: Path) -> None:
    await one_session()
    before = (home / FOLDER / LAST).read_bytes()
    async with browsing(gate=threading.Event()) as pilot:
        await tap(pilot, "down", "q")
    assert (home / FOLDER / LAST).read_bytes() == before


@pytest.mark.long
async def test_few_pictures_of_documents_are_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.kept_screens.MOST_DOCUMENTS", 2)
    for path in (OLD, NEW, HEADQUARTERS):
        async with browsing(path) as pilot:
            assert main(pilot).session is not None
    assert begun([HEADQUARTERS]).snapshot is not None
    assert begun([OLD]).snapshot is None
    assert len(list((home / FOLDER).glob("*.json"))) == 3
