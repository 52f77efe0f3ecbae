"""Folders read while the browser is in use: progress, rows that arrive, stopping, what was not read."""

from __future__ import annotations

import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.views.state import View
from loaders.workers import pool
from loaders.workers import start as hiring
from tests.support.driving import browser, main, press, text, typed, until
from tui import messages
from tui.actions import hinted
from tui.app import YusuanApp
from tui.library import documents
from tui.library import start as opening

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.library.loaded import LoadedFrames

TEXT = sample_data.paths()[1].read_text(encoding="utf-8")
WIDE = (120, 30)

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six documents and one that is none."""
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(6):
        (inside / f"{number}.txt").write_text(f"{TEXT}\n第{number}份\n", encoding="utf-8")
    (inside / "[red]坏.txt").write_text("大雪。" * 500, encoding="utf-8")
    return inside


def loading(folder: Path) -> Callable[[], LoadedFrames]:
    return lambda: opening.load_documents(documents.find_documents([str(folder)])[0], asked=False)


async def finished(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: main(pilot).intake.current is None)


def slow() -> subprocess.Popen[bytes]:
    """A worker that takes its time."""
    program = (
        "import time; from loaders.load import load; from loaders.workers import worker\n"
        "def read(path):\n    time.sleep(1)\n    return load(path)\n"
        "worker.main(read)"
    )
    return hiring.start([sys.executable, "-c", program])


def slowly(folder: Path) -> Callable[[], LoadedFrames]:
    def load() -> LoadedFrames:
        loaded = loading(folder)()
        assert loaded.intake is not None
        loaded.intake.hire = slow
        return loaded

    return load


@pytest.mark.long
async def test_the_rows_of_a_folder_arrive_and_the_rest_is_told(folder: Path) -> None:
    async with browser(loading(folder), WIDE) as pilot:
        await finished(pilot)
        shown = text(pilot)
        assert shown.count("昌吉州医疗保障局") >= 6
        assert "已读入 6 份。" in shown
        assert "[red]坏.txt" in shown.splitlines()[-1]
        assert messages.UNREAD.format(1) in shown.splitlines()[0]
        await press(pilot, "i")
        first = text(pilot).splitlines()[1:4]  # what was not read stands before what was
        assert messages.UNREAD_FILES.format(1) in first[0]
        assert "[red]坏.txt" in "".join(first[1:])
        await press(pilot, "q", "home", "enter")
        assert "收支总览" in text(pilot)


def halfway(folder: Path, gate: Path) -> Callable[[], LoadedFrames]:
    """Some documents at once, the others when the gate is there."""
    program = (
        "import pathlib, time; from loaders.load import load; from loaders.workers import worker\n"
        f"gate = pathlib.Path({str(gate)!r})\n"
        "def read(path):\n"
        "    while path.name >= '3' and not gate.exists():\n        time.sleep(0.02)\n"
        "    return load(path)\n"
        "worker.main(read)"
    )

    def load() -> LoadedFrames:
        loaded = loading(folder)()
        assert loaded.intake is not None
        loaded.intake.hire = lambda: hiring.start([sys.executable, "-c", program])
        return loaded

    return load


@pytest.mark.long
async def test_keys_answer_while_documents_arrive_and_the_cursor_stays_on_its_row(folder: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    async with browser(halfway(folder, gate), WIDE) as pilot:
        await until(pilot, lambda: bool(main(pilot).session) and main(pilot).session.table.frame.height > 2)
        assert "读入 " in text(pilot)
        assert hinted(messages.STOP_HINT) in text(pilot)
        await press(pilot, "end")
        session = main(pilot).session
        assert session is not None
        cursor, rows = session.state.cursor, session.table.frame.height
        gate.touch()
        await until(pilot, lambda: session.table.frame.height > rows)
        assert session.state.cursor == cursor
        assert session.table.frame["key"][session.index] == cursor
        await press(pilot, "enter", "v")
        assert session.state.view is View.EXPENDITURE
        assert "卫生健康支出" in text(pilot)
        await finished(pilot)
        assert session.state.view is View.EXPENDITURE
        assert "卫生健康支出" in text(pilot)
        assert hinted(messages.STOP_HINT) not in text(pilot)
        await press(pilot, "m")
        assert session.frames.disclosures.height == 6


@pytest.mark.long
async def test_reading_can_be_stopped(folder: Path, tmp_path: Path) -> None:
    async with browser(halfway(folder, tmp_path / "no gate"), WIDE) as pilot:
        await until(pilot, lambda: bool(main(pilot).session) and main(pilot).session.table.frame.height > 0)
        await press(pilot, "z")
        await finished(pilot)
        session = main(pilot).session
        assert session is not None
        assert 1 <= session.frames.disclosures.height < 6
        assert "已停止" in text(pilot)
        await press(pilot, "z")
        assert messages.NOT_READING in text(pilot)


@pytest.mark.long
async def test_quitting_does_not_wait_for_what_is_being_read(folder: Path, home: Path) -> None:
    async with browser(slowly(folder), WIDE) as pilot:
        await until(pilot, lambda: bool(main(pilot).session) and main(pilot).session.table.frame.height > 0)
        reading = main(pilot).intake.current
        assert reading is not None
        await pilot.press("q")
    assert reading.stop.is_set()
    assert reading.done < 7
    assert list((home / "library").glob("*.part")), "what was read is kept"


async def test_quitting_does_not_wait_for_the_document_that_is_to_be_shown_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "results", partial(pool.results, seconds=3_600.0))  # none is killed for being late
    path = tmp_path / "unread.pdf"
    path.write_bytes(b"anything")
    stop = threading.Event()
    asleep = "import time; from loaders.workers import worker; worker.main(lambda path: time.sleep(600))"

    hired: list[subprocess.Popen[bytes]] = []

    def hire() -> subprocess.Popen[bytes]:
        hired.append(hiring.start([sys.executable, "-c", asleep]))
        return hired[-1]

    def load() -> LoadedFrames:
        return opening.load_documents([path], stop, hire)

    app = YusuanApp(load, None, stop)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: bool(hired) and "正在读取" in text(pilot))
        await pilot.press("?", "q", "q")
    assert len(hired) == 1
    assert hired[0].wait(60), "it would have slept for minutes and ended well: it was killed"
    assert app.return_code == 0


@pytest.mark.long
async def test_a_folder_that_is_opened_later_shows_the_library(folder: Path) -> None:
    async with browser(opening.load_library, WIDE) as pilot:
        await press(pilot, "home", "enter", "o")
        await typed(pilot, str(folder))
        await press(pilot, "enter")
        session = main(pilot).session
        assert session is not None
        await until(pilot, lambda: session.frames.disclosures.height == 6)
        await finished(pilot)
        assert session.state.view is View.LIBRARY
        assert "已读入 6 份。" in text(pilot)


@pytest.mark.long
async def test_one_document_that_is_opened_later_is_shown(folder: Path) -> None:
    async with browser(opening.load_library, WIDE) as pilot:
        for _ in range(2):  # the second time it is known
            await press(pilot, "o")
            await typed(pilot, str(folder / "3.txt"))
            await press(pilot, "enter")
            await until(pilot, lambda: "收支总览" in text(pilot))
            await finished(pilot)
            assert "已读入 1 份。" in text(pilot)
            await press(pilot, "left")


async def test_workers_that_cannot_start_are_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> LoadedFrames:
        loaded = loading(folder)()
        assert loaded.intake is not None
        loaded.intake.hire = lambda: hiring.start(["/no/such/program"])
        return loaded

    async with browser(load, WIDE) as pilot:
        await finished(pilot)
        assert "读取进程启动不了" in text(pilot)
        await press(pilot, "down", "i")
        assert pilot.app.is_running


@pytest.mark.long
async def test_rows_that_cannot_be_had_are_one_sentence(folder: Path, home: Path) -> None:
    opening.load_documents([folder / "1.txt"])
    (part,) = (home / "library").glob("*.part")
    content = part.read_bytes()
    at = content.index(b"PAR1", content.index(b"cells.parquet")) + 20
    part.write_bytes(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :])
    async with browser(opening.load_library, WIDE) as pilot:
        await press(pilot, "enter")
        assert "已损坏" in text(pilot).replace("\n", "")
        assert "资料库" in text(pilot).splitlines()[0]
        await press(pilot, "down", "up", "i")
        assert "已损坏" in text(pilot).replace("\n", "")
        await press(pilot, "q", "enter")
        assert "已损坏" in text(pilot).replace("\n", "")


@pytest.mark.long
async def test_the_samples_are_told_from_what_is_opened(folder: Path) -> None:
    async with browser(lambda: opening.load_documents([*sample_data.paths(), folder / "1.txt"]), WIDE) as pilot:
        await finished(pilot)
        shown = []
        for key in ("home", *["down"] * 3):
            await press(pilot, key)
            shown.append("示例数据，不是原文件 · " in text(pilot))
        assert shown.count(True) == len(sample_data.paths()) < len(shown)


@pytest.mark.long
async def test_of_several_named_files_the_first_is_under_the_cursor(folder: Path) -> None:
    opening.load_documents([folder / "5.txt"])  # another, which stands above them in the library
    paths = [folder / "3.txt", *(folder / f"{number}.txt" for number in (0, 1, 2, 4))]
    async with browser(lambda: opening.load_documents(paths)) as pilot:
        await finished(pilot)
        session = main(pilot).session
        assert session is not None
        held = session.loaded_library
        assert held is not None
        assert session.state.view is View.LIBRARY
        assert session.state.cursor == held.disclosure_of(folder / "3.txt")
        assert session.index > 0


@pytest.mark.long
async def test_leaving_stops_what_follows_the_reading(folder: Path) -> None:
    """The library is kept tidy after the reading, and nobody waits for that at the end."""
    async with browser(loading(folder), WIDE) as pilot:
        await finished(pilot)
        read = main(pilot).intake._last
    assert read is not None
    assert read.stop.is_set()
