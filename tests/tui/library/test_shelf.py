"""What is taken in, stored, removed: by the library and what it does not hold yet."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from budget.library import file_index
from budget.library.frames import frames
from budget.library.gathered.search_index import Sought
from budget.library.library import Library
from budget.search.statements import hits
from tests.support.builders import forest
from tui.library.shelf import LoadedLibrary

if TYPE_CHECKING:
    from budget.library.file_index import IndexedFile
    from budget.library.frames import Frames

VERSION = 1


@pytest.fixture
def made() -> Frames:
    """One disclosure."""
    return frames([forest(2025)])


@pytest.fixture
def reread(tmp_path: Path, made: Frames) -> LoadedLibrary:
    """A library with what an older version has read, which has been read again and is not stored yet."""
    Library(tmp_path, VERSION).add(made)
    shelf = LoadedLibrary(Library(tmp_path, VERSION + 1))
    shelf.add(shelf.take([made]))
    return shelf


def test_what_is_read_again_is_found_once(reread: LoadedLibrary, made: Frames) -> None:
    found = hits(reread.frames, "", "森林")
    assert len(found) == len(set(found)) > 0
    assert reread.keep() == ""
    assert hits(reread.frames, "", "森林") == found == hits(made, "", "森林")


def test_what_is_stored_during_a_search_is_found_once(reread: LoadedLibrary) -> None:
    pieces = reread.pieces(Sought("森林"))
    first = next(pieces)
    reread.keep()
    assert [first.lines.height, *(piece.lines.height for piece in pieces)] == [first.lines.height]


def test_what_is_removed_before_it_is_stored_is_gone_in_every_version(reread: LoadedLibrary, made: Frames) -> None:
    (key,) = made.disclosures["disclosure_id"]
    reread.remove(key)
    assert reread.keep() == ""
    folder = reread.library.folder
    assert Library(folder, VERSION).contents().frames.disclosures.is_empty()
    assert reread.bring_back() is not None
    assert Library(folder, VERSION).contents().frames.disclosures["disclosure_id"].to_list() == [key]


def test_what_is_noted_while_notes_are_written_is_written_next(
    reread: LoadedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    update, noting = file_index.update, Thread(target=reread.note, args=(Path("2"), (1, 1), "b" * 64, ""))

    def noted(folder: Path, entries: dict[str, IndexedFile]) -> None:
        update(folder, entries)
        if not noting.ident:
            noting.start()

    monkeypatch.setattr(file_index, "update", noted)
    reread.note(Path("1"), (1, 1), "a" * 64, "")
    reread.write_notes()
    noting.join()
    reread.write_notes()
    assert set(file_index.read(reread.library.folder)) == {"1", "2"}
