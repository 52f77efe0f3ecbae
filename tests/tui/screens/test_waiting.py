"""What has been read does not lead away from a question or a list; nothing leads to what has been removed."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.views.state import View
from tests.support.driving import browser, main, press, settled, text, typed, until
from tui import messages
from tui.library import documents
from tui.library import start as opening
from tui.library.intake import Intake
from tui.session import requests

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.session.session import Session

OLD, NEW, OTHER = sample_data.paths()
WIDE = (120, 30)

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where exports go."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Two documents of the user, and one that is opened later."""
    found = [tmp_path / name for name in ("2024.txt", "2025.txt", "later.txt")]
    for path, sample in zip(found, (OLD, NEW, OTHER), strict=True):
        path.write_text(sample.read_text(encoding="utf-8") + "\n末行\n", encoding="utf-8")
    return found


def session(pilot: Pilot[None]) -> Session:
    found = main(pilot).session
    assert found is not None
    return found


@asynccontextmanager
async def asked(paths: list[Path], *keys: str) -> AsyncIterator[Pilot[None]]:
    """A library of all but the last document, which is read once these keys have been pressed."""
    async with browser(lambda: opening.load_documents(paths[:-1]), WIDE) as pilot:
        await until(pilot, lambda: main(pilot).intake.current is None)
        await press(pilot, "home", *keys)
        before = session(pilot).state
        library = session(pilot).loaded_library
        assert library is not None
        main(pilot).take_in(Intake(library, paths[-1:], asked=True))
        await until(pilot, lambda: main(pilot).intake.current is None)
        assert session(pilot).state == before
        assert session(pilot).frames.disclosures.height == 2
        yield pilot
        assert session(pilot).frames.disclosures.height == 3 - ("delete" in keys)
        assert session(pilot).state.view is View.OVERVIEW
        assert "新疆维吾尔自治区" in text(pilot).splitlines()[0]


def only_export(folder: Path) -> tuple[str, str]:
    """Name and content of the one table in a folder."""
    (exported,) = folder.glob("*.csv")
    return exported.name, exported.read_text(encoding="utf-8-sig")


async def test_an_export_is_of_the_document_that_it_was_asked_of(paths: list[Path], tmp_path: Path) -> None:
    async with asked(paths, "enter", "e") as pilot:
        await press(pilot, "enter")
        assert "已导出" in text(pilot)
        assert "已读入 1 份。" in text(pilot)
    name, content = only_export(tmp_path)
    assert "昌吉" in name
    assert "新疆维吾尔自治区" not in content


@pytest.mark.parametrize("keys", [("f",), ("enter", "a"), ("enter", "m"), ("enter", "w"), ("enter", "i"), ("?",)])
async def test_what_is_asked_is_answered_where_it_was_asked(paths: list[Path], keys: tuple[str, ...]) -> None:
    async with asked(paths, *keys) as pilot:
        await press(pilot, "escape")
        assert not session(pilot).state.filter


@pytest.mark.long
async def test_a_hit_is_chosen_of_those_that_were_listed(paths: list[Path]) -> None:
    async with asked(paths, "enter", "/", *"210", "enter", "f4") as pilot:
        hits = len(session(pilot).hits)
        assert hits > 1
        await press(pilot, "end", "enter")
        assert session(pilot).hit < hits


@pytest.mark.long
async def test_what_is_removed_is_what_was_asked_about(paths: list[Path]) -> None:
    async with asked(paths, "delete") as pilot:
        await press(pilot, "enter")
        assert "已移出 昌吉州医疗保障局 2025" in text(pilot)


async def test_deleting_where_nothing_is_left_removes_nothing(paths: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(paths[:-1]), WIDE) as pilot:
        await press(pilot, "home", "delete", "backspace")
        assert "移出" not in text(pilot).splitlines()[-1]
        assert session(pilot).table.frame.height == 2
        await press(pilot, "\\", "2", "enter", "\\", "backspace", "backspace", "backspace", "backspace")
        assert not main(pilot).takes_text
        assert len(session(pilot).noting.held) == 1


async def test_a_note_names_what_it_is_about(paths: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(paths[:-1]), WIDE) as pilot:
        await press(pilot, "home", "enter", "v", "\\", "down")
        assert "208 社会保障和就业支出：" in text(pilot).splitlines()[-1]


async def test_nothing_of_a_removed_document_is_left(paths: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(paths[:-1]), WIDE) as pilot:
        await press(pilot, "home", "/")
        await typed(pilot, "医疗")
        await press(pilot, "enter", "home", "space", "home")
        gone = session(pilot).key
        assert any(hit.state.disclosure == gone for hit in session(pilot).hits)
        assert gone in session(pilot).state.among
        await press(pilot, "delete", "enter")
        assert not session(pilot).state.among
        assert session(pilot).hits
        for _ in session(pilot).hits:
            await press(pilot, "n")
            assert session(pilot).state.disclosure != gone


async def test_a_hidden_document_is_not_marked_and_the_list_says_that_all_are_hidden(paths: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(paths[:-1]), WIDE) as pilot:
        await press(pilot, "home", "space", "home", "f7", "f7")
        assert not session(pilot).state.among
        assert "资料都已隐藏" in text(pilot)


async def test_no_visit_leads_back_to_a_removed_document(paths: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(paths), WIDE) as pilot:
        await until(pilot, lambda: main(pilot).intake.current is None)
        names = session(pilot).table.frame["source_name"].to_list()
        shown, gone = (session(pilot).table.frame["key"][names.index(name)] for name in ("2025.txt", "later.txt"))
        main(pilot).step(lambda session: session.move_to_key(shown) or session.enter())
        main(pilot).step(lambda session: session.compare_with(gone))
        await press(pilot, "t", "[", "c")
        main(pilot).step(lambda session: session.show(View.LIBRARY, ""))
        main(pilot).body.move_to(names.index("later.txt"))
        await press(pilot, "delete", "enter")
        assert "已移出" in text(pilot)
        for key in ("<", "backspace", "<", "backspace"):
            await press(pilot, key)
            assert gone not in {session(pilot).state.disclosure, session(pilot).state.baseline}


def test_a_search_for_documents_ends_when_it_is_stopped(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "2024.txt").write_text("x", encoding="utf-8")
    asked_for: list[int] = []
    found, _ = documents.find_documents([str(tmp_path)], lambda: bool(asked_for.append(0)) or len(asked_for) > 4)
    assert len(found) == 3
    assert len(documents.find_documents([str(tmp_path)])[0]) == 9


async def test_a_search_that_is_running_counts_as_reading_and_is_stopped(
    paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_paths: list[str], stopped: object) -> tuple[list[Path], list[str]]:
        assert callable(stopped)
        while not stopped():
            pass
        return [], []

    monkeypatch.setattr(requests, "find_documents", endless)
    async with browser(lambda: opening.load_documents(paths[:-1]), WIDE) as pilot:
        await until(pilot, lambda: main(pilot).intake.current is None)
        for stop in ("z", "q"):
            await press(pilot, "o")
            await typed(pilot, "anywhere")
            await pilot.press("enter")
            assert main(pilot).intake.is_busy
            await pilot.press(stop)
            if stop == "z":
                await until(pilot, lambda: not main(pilot).intake.is_busy)
                await settled(pilot)
                assert messages.SEARCH_STOPPED in text(pilot)
    assert pilot.app.return_code == 0
