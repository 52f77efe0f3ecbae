"""Notes of a reviewer on documents, rows and findings: a small SQLite database beside the library.

Every change is one transaction, so that a program that is killed leaves the last whole state. A note belongs to a
document by its SHA-256, to a row by its statement and line, to a finding by its rule and its figures: it is there again
when the document is loaded again. The last changes are kept, so that they can be undone.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.i18n.language import N_, tr

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

NAME = "notes.db"
"""The file in the folder of the library."""
APPLICATION = 0x59535A4A
"""What marks a database as one of review notes."""
VERSION = 1
_REASONS = {
    "readonly": N_("这里是只读的"),
    "locked": N_("正被其他程序打开"),
    "unable to open": N_("没有权限，或不是文件"),
    "full": N_("磁盘已满"),
    "disk I/O": N_("读写出错"),
}
"""What SQLite says, and what that means."""
_KEPT_CHANGES = 200
_WAIT = 3.0
"""Seconds that another program is waited for."""


class Status(StrEnum):
    """What a reviewer found of something."""

    OPEN = "open"
    TRUE = "true"
    FALSE = "false"
    REPORTED = "reported"
    MENDED = "mended"


STATUSES = {
    Status.OPEN: N_("待核"),
    Status.TRUE: N_("属实"),
    Status.FALSE: N_("不成立"),
    Status.REPORTED: N_("已反馈"),
    Status.MENDED: N_("已整改"),
}
"""What the statuses are called, in the order in which they are chosen."""


def status_title(status: str) -> str:
    """What a status is called; one that another version wrote, as it was written."""
    return tr(STATUSES[Status(status)]) if status in STATUSES else status


class Kind(StrEnum):
    """What a note is about."""

    DOCUMENT = "document"
    ROW = "row"
    FINDING = "finding"


class Target(NamedTuple):
    """What a note is about: a document, or a place in it."""

    sha256: str
    kind: str
    anchor: str
    """What tells the place from others of its document, whatever the interface speaks; "" for the document."""
    label: str
    """What it is called, as shown when the note was made."""
    body: str = ""
    year: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this target from all others."""
        return self.sha256, self.kind, self.anchor


class Note(NamedTuple):
    """A status with a comment and a tag."""

    target: Target
    status: str
    comment: str = ""
    tag: str = ""
    changed: str = ""
    """When, as ISO text; "" where nobody said."""


class NotesError(Exception):
    """Notes that cannot be read or written; the message is one plain sentence."""


_SCHEMA = """
CREATE TABLE notes (
    sha256 TEXT NOT NULL, kind TEXT NOT NULL, anchor TEXT NOT NULL, label TEXT NOT NULL, body TEXT NOT NULL,
    year TEXT NOT NULL, status TEXT NOT NULL, comment TEXT NOT NULL, tag TEXT NOT NULL, changed TEXT NOT NULL,
    PRIMARY KEY (sha256, kind, anchor)
);
CREATE TABLE changes (id INTEGER PRIMARY KEY, target TEXT NOT NULL, before TEXT);
"""
_EVERY = """
SELECT sha256, kind, anchor, label, body, year, status, comment, tag, changed
FROM notes ORDER BY body, year DESC, sha256, kind, anchor
"""
_ONE = """
SELECT sha256, kind, anchor, label, body, year, status, comment, tag, changed
FROM notes WHERE sha256 = ? AND kind = ? AND anchor = ?
"""
_PUT = """
INSERT INTO notes (sha256, kind, anchor, label, body, year, status, comment, tag, changed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class ReviewNotes:
    """The notes in one file; it is made with the first note.

    Every method raises NotesError where the file cannot be used; nothing in it is touched then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def every(self) -> dict[tuple[str, str, str], Note]:
        """All notes by their targets, those of one body together; none where there is no file yet."""
        if not self.path.exists():
            return {}
        with self._opened(write=False) as database:
            found = [_note(row) for row in database.execute(_EVERY)]
        return {note.target.key: note for note in found}

    def put(self, note: Note) -> None:
        """Keep a note, in place of one with the same target; one without a status takes that one away."""
        with self._opened(write=True) as database:
            before = _held(database, note.target)
            _set(database, note.target, note if note.status else None)
            _remember(database, note.target, before)

    def undo(self) -> Note | None:
        """Take the last change back.

        Returns the note as it was, without a status where there was none; None where there is nothing to undo.
        """
        if not self.path.exists():
            return None
        with self._opened(write=True) as database:
            last = database.execute("SELECT id, target, before FROM changes ORDER BY id DESC LIMIT 1").fetchone()
            if last is None:
                return None
            target = Target(*json.loads(last[1]))
            before = None if last[2] is None else _note(json.loads(last[2]))
            _set(database, target, before)
            database.execute("DELETE FROM changes WHERE id = ?", (last[0],))
            return before or Note(target, "")

    @contextmanager
    def _opened(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        """One transaction on the database, which is ours or new; whatever is wrong with it is one sentence."""
        try:
            import sqlite3
        except ImportError as error:
            raise NotesError(tr("这个程序没有带 SQLite，不能保存审查记录。")) from error
        database = None
        try:
            if write:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            mode = "rwc" if write else "rw"  # what a killed program began is rolled back by whoever comes next
            database = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT, isolation_level=None
            )
            database.execute("PRAGMA synchronous = FULL")
            database.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            self._check(database, write=write)
            yield database
            database.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise NotesError(tr("审查记录 {0} 打不开或写不了：{1}。").format(self.path, _why(error))) from error
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            raise NotesError(
                tr("审查记录 {} 已损坏，没有改动：请移走这个文件，或换回备份。").format(self.path)
            ) from error
        except OSError as error:
            from budget.system.files import reason

            raise NotesError(tr("审查记录 {0} 打不开或写不了：{1}。").format(self.path, reason(error))) from error
        finally:
            if database is not None:
                database.close()  # what was not committed is rolled back

    def _check(self, database: sqlite3.Connection, *, write: bool) -> None:
        """Refuse what is not ours; make the tables of a new file."""
        ours = _number(database, "application_id") == APPLICATION
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not ours and tables:
            raise NotesError(tr("{} 不是审查记录，没有改动：请移走这个文件。").format(self.path))
        if ours and _number(database, "user_version") > VERSION:
            raise NotesError(tr("审查记录 {} 是更新的版本写的，没有改动：请用新版本打开。").format(self.path))
        if tables or not write:
            if not tables:
                raise ValueError(self.path)  # an empty file: nothing was ever written to it
            return
        for statement in filter(None, map(str.strip, _SCHEMA.split(";"))):
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {VERSION}")


def _why(error: Exception) -> str:
    """The reason of a refusal; SQLite's own words where it is none of the usual ones."""
    said = str(error)
    return next((tr(reason) for words, reason in _REASONS.items() if words in said), said)


def _number(database: sqlite3.Connection, pragma: str) -> int:
    return int(database.execute(f"PRAGMA {pragma}").fetchone()[0])


def _note(row: Any) -> Note:  # noqa: ANN401 - a row of the database, or of JSON
    sha256, kind, anchor, label, body, year, status, comment, tag, changed = row
    return Note(Target(sha256, kind, anchor, label, body, year), status, comment, tag, changed)


def _row(note: Note) -> tuple[str, ...]:
    return (*note.target, note.status, note.comment, note.tag, note.changed)


def _held(database: sqlite3.Connection, target: Target) -> Note | None:
    found = database.execute(_ONE, target.key).fetchone()
    return None if found is None else _note(found)


def _set(database: sqlite3.Connection, target: Target, note: Note | None) -> None:
    database.execute("DELETE FROM notes WHERE sha256 = ? AND kind = ? AND anchor = ?", target.key)
    if note is not None:
        database.execute(_PUT, _row(note))


def _remember(database: sqlite3.Connection, target: Target, before: Note | None) -> None:
    held = None if before is None else json.dumps(_row(before), ensure_ascii=False)
    database.execute(
        "INSERT INTO changes (target, before) VALUES (?, ?)", (json.dumps(target, ensure_ascii=False), held)
    )
    database.execute(
        "DELETE FROM changes WHERE id NOT IN (SELECT id FROM changes ORDER BY id DESC LIMIT ?)", (_KEPT_CHANGES,)
    )
