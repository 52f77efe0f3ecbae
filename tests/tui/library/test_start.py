from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from polars.testing import assert_frame_equal

import sample_data
from budget.model.disclosure import UnreadableDocumentError
from budget.views.state import View
from loaders.load import load
from tui.library import documents
from tui.library import start as opening

if TYPE_CHECKING:
    from pathlib import Path

    from tui.library.intake import Intake
    from tui.library.loaded import LoadedFrames
    from tui.library.shelf import LoadedLibrary

OLD, NEW, HEADQUARTERS = sample_data.paths()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv(documents.HOME, str(folder))
    return folder


def identity(path: Path) -> str:
    return load(path).head.disclosure_id


def test_one_document_opens_at_its_overview() -> None:
    loaded = opening.load_documents([NEW])
    assert loaded.state is not None
    assert (loaded.state.view, loaded.state.disclosure) == (View.OVERVIEW, identity(NEW))
    assert loaded.frames.disclosures["fiscal_year"].to_list() == [2025]
    assert loaded.messages == ()


@pytest.mark.long
def test_several_documents_open_the_library_with_the_cursor_on_the_first() -> None:
    loaded = opening.load_documents([NEW, OLD])
    assert loaded.state is not None
    assert (loaded.state.view, loaded.state.disclosure, loaded.state.cursor) == (View.LIBRARY, "", identity(NEW))


def test_what_was_loaded_before_is_there_to_compare_with(tmp_path: Path) -> None:
    copies = [tmp_path / path.name for path in (OLD, NEW)]
    for copy, path in zip(copies, (OLD, NEW), strict=True):
        copy.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        loaded = opening.load_documents([copy])
    assert loaded.frames.disclosures["fiscal_year"].to_list() == [2024, 2025]
    assert opening.load_library().frames.disclosures.height == 2, "no samples where there is something"


def shown_first(paths: list[Path]) -> tuple[LoadedFrames, LoadedLibrary, Intake]:
    """What is shown before it is stored, and what stores it."""
    loaded = opening.load_documents(paths, shows_first=True)
    assert loaded.loaded_library is not None
    assert loaded.intake is not None
    return loaded, loaded.loaded_library, loaded.intake


def test_a_document_is_shown_before_it_is_stored() -> None:
    loaded, held, intake = shown_first([NEW])
    key = identity(NEW)
    assert loaded.frames.of(key).cells.height > 100
    assert loaded.frames.of(key).passages.height > 200
    assert not held.is_kept
    assert opening.open_samples().frames.disclosures.is_empty()
    before = loaded.frames.of(key)
    (*_, last) = intake.run()
    assert (last.total, last.arrived, intake.messages) == (0, None, [])
    assert held.is_kept
    stored = opening.open_samples()
    assert stored.known(NEW) is not None
    for after in (loaded.frames.of(key), stored.frames.of(key)):
        assert_frame_equal(after.cells, before.cells)
        assert_frame_equal(after.passages, before.passages)


def test_what_is_removed_before_it_is_stored_is_not_stored() -> None:
    _, held, intake = shown_first([NEW])
    held.remove(identity(NEW))
    list(intake.run())
    assert opening.open_samples().frames.disclosures.is_empty()
    found = held.bring_back()
    assert found is not None
    assert found[1] == ""
    assert opening.open_samples().frames.disclosures.height == 1


def test_what_cannot_be_stored_is_told_once_and_stays_on_the_screen(home: Path) -> None:
    home.write_text("a file where the folder should be", encoding="utf-8")
    loaded, held, intake = shown_first([NEW])
    assert loaded.messages == ()
    list(intake.run())
    assert [message for message in intake.messages if "没有存入资料库" in message] == intake.messages != []
    assert loaded.frames.of(identity(NEW)).cells.height > 100
    assert (held.is_kept, held.keep()) == (False, "")


@pytest.mark.long
def test_the_text_is_kept_when_the_file_is_gone(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(NEW.read_bytes())
    opening.load_documents([copy])
    copy.unlink()
    loaded = opening.load_library()
    assert loaded.loaded_library is not None
    text = loaded.loaded_library.passages(identity(NEW))["text"].to_list()
    assert text == [passage.text for passage in load(NEW).passages]
    assert "本文件由 yusuan 依据公开数据编写，非原文件。" in text
    assert loaded.frames.passages.is_empty(), "the texts of a library are not held in memory"


def test_the_samples_fill_an_empty_library() -> None:
    loaded = opening.load_library()
    assert loaded.frames.disclosures.height == 3
    assert loaded.state is not None
    assert loaded.state.view is View.LIBRARY


@pytest.mark.long
def test_a_library_that_cannot_be_written_costs_a_sentence(home: Path) -> None:
    home.write_text("a file where the folder should be", encoding="utf-8")
    loaded = opening.load_documents([NEW, OLD])
    assert loaded.frames.disclosures.height == 2
    assert [message for message in loaded.messages if "没有存入资料库" in message]
    assert loaded.loaded_library is not None
    assert loaded.loaded_library.passages(identity(OLD)).height > 200
    assert loaded.loaded_library.passages("0" * 16).is_empty()
    assert loaded.frames.of(identity(OLD)).cells.height > 100


def test_what_cannot_be_read_is_told_and_the_rest_opened(tmp_path: Path) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text("大雪。" * 500, encoding="utf-8")
    loaded = opening.load_documents([novel, NEW])
    assert len(loaded.messages) == 1
    assert "novel.txt" in loaded.messages[0]
    assert loaded.state is not None
    assert loaded.state.disclosure == identity(NEW)
    with pytest.raises(UnreadableDocumentError, match=r"novel\.txt"):
        opening.load_documents([novel])


def test_the_home_is_the_users_data_folder_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(documents.HOME)
    assert documents.home().name == "yusuan"
