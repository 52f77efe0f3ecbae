"""Review notes: kept whole whatever happens, undone step by step, and never at the cost of another file."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from budget.library.review_notes import APPLICATION, Kind, Note, NotesError, ReviewNotes, Status, Target

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from pathlib import Path
from budget.library.review_notes import Note, ReviewNotes, Target
notes, begin = ReviewNotes(Path(sys.argv[1])), int(sys.argv[2])
for number in range(begin, begin + 100_000):
    target = Target(f"{number:064x}", "document", "", "a document")
    notes.put(Note(target, "open", "x" * (number % 5000)))
    print(number, flush=True)
"""


def target(number: int = 1, anchor: str = "") -> Target:
    return Target(f"{number:064x}", Kind.DOCUMENT.value, anchor, f"资料 {number}", "某县财政局", "2025")


@pytest.fixture
def notes(tmp_path: Path) -> ReviewNotes:
    return ReviewNotes(tmp_path / "home" / "notes.db")


def test_nothing_is_made_before_the_first_note(notes: ReviewNotes) -> None:
    assert notes.every() == {}
    assert notes.undo() is None
    assert not notes.path.parent.exists()


def test_a_note_is_kept_replaced_and_taken_away(notes: ReviewNotes) -> None:
    first = Note(target(), Status.TRUE.value, "原文如此；'引号\"", "采购", "2026-01-01T00:00:00+08:00")
    notes.put(first)
    assert ReviewNotes(notes.path).every() == {target().key: first}
    notes.put(first._replace(status=Status.MENDED.value))
    notes.put(Note(target(2), Status.OPEN.value))
    assert [note.status for note in notes.every().values()] == ["mended", "open"]
    notes.put(Note(target(), ""))
    assert list(notes.every()) == [target(2).key]


def test_changes_are_undone_one_by_one(notes: ReviewNotes) -> None:
    for status in (Status.OPEN, Status.TRUE):
        notes.put(Note(target(), status.value))
    notes.put(Note(target(), ""))
    assert notes.every() == {}
    statuses = []
    while (undone := notes.undo()) is not None:
        statuses.append((undone.status, [note.status for note in notes.every().values()]))
    assert statuses == [("true", ["true"]), ("open", ["open"]), ("", [])]


def test_places_of_one_document_are_told_apart(notes: ReviewNotes) -> None:
    for anchor in ("revenue_detail\t208", "revenue_detail\t210"):
        notes.put(Note(target(1, anchor), Status.OPEN.value, anchor))
    assert len(notes.every()) == 2


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE notes (anything TEXT)")
    database.close()


def newer(path: Path) -> None:
    ReviewNotes(path).put(Note(target(), "open"))
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()


def broken(path: Path) -> None:
    ReviewNotes(path).put(Note(target(), "open"))
    data = bytearray(path.read_bytes())
    data[20:3000] = os.urandom(2980)
    path.write_bytes(data)


def other_columns(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute("CREATE TABLE notes (anything TEXT)")
    database.close()


@pytest.mark.parametrize(
    "spoil",
    [
        foreign,
        newer,
        broken,
        other_columns,
        lambda path: path.write_bytes(b"no database at all, but long enough" * 100),
        lambda path: path.mkdir(),
    ],
    ids=["foreign", "newer", "broken", "columns", "text", "folder"],
)
def test_a_file_that_is_not_ours_gives_one_sentence_and_is_left_alone(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    path = tmp_path / "notes.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    notes = ReviewNotes(path)
    for use in (notes.every, notes.undo, lambda: notes.put(Note(target(), "open"))):
        with pytest.raises(NotesError, match=r"^[^\n]*notes\.db[^\n]*。$"):
            use()
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written_gives_one_sentence(notes: ReviewNotes) -> None:
    notes.put(Note(target(), "open"))
    notes.path.chmod(0o400)
    notes.path.parent.chmod(0o500)
    try:
        with pytest.raises(NotesError, match=r"^[^\n]+。$"):
            notes.put(Note(target(2), "open"))
        assert len(notes.every()) == 1
    finally:
        notes.path.parent.chmod(0o700)


def test_a_database_that_another_program_holds_gives_one_sentence(
    notes: ReviewNotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.put(Note(target(), "open"))
    monkeypatch.setattr("budget.library.review_notes._WAIT", 0.05)
    holder = sqlite3.connect(notes.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotesError):
        notes.put(Note(target(2), "open"))
    holder.execute("ROLLBACK")
    holder.close()
    notes.put(Note(target(2), "open"))
    assert len(notes.every()) == 2


def test_without_sqlite_one_sentence_says_so(notes: ReviewNotes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    with pytest.raises(NotesError, match="SQLite"):
        notes.put(Note(target(), "open"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no signal that cannot be caught")
def test_what_was_said_to_be_kept_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    chance = random.Random(6)
    said: set[int] = set()
    for turn in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(turn * 100_000)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        assert writer.stdout is not None
        said.add(int(writer.stdout.readline()))
        time.sleep(chance.uniform(0, 0.2))
        writer.kill()
        said |= {int(line) for line in writer.stdout.read().splitlines() if line.strip()}
        writer.wait()
        kept = {int(sha256, 16) for sha256, _, _ in ReviewNotes(path).every()}
        assert said <= kept
        assert len(kept - said) <= turn + 1  # at most the one that was being told
