"""Kept pictures of the last screen and of first views. They are files beside the library.

A file names what its picture was made from: the files of the library or the hash of the document, the program and its
settings.  A picture made from anything else is not shown.  On the way to the first paint: neither Polars nor the views;
and where there is no picture no Textual either, for the worker that reads the document starts before that is imported.
"""

from __future__ import annotations

import itertools
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui.library import made_from, small_files
from tui.library.documents import home

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tui.library.loaded import Options
    from tui.session.snapshot import Snapshot

FOLDER = "screens"
"""Beside the library."""
LAST = "last.json"
FORMAT = 4
MOST_UNREAD = 200
"""Files that could not be read of a library that has a picture: each is looked for at the start."""
MOST_DOCUMENTS = 64
"""Documents whose first view is kept; the oldest pictures give way."""


class KeptScreens:
    """What a session begins with, and where it leaves its own screens."""

    def __init__(self, options: Options) -> None:
        self.folder = home() / FOLDER
        self.options = options
        self.at_end: Callable[[], object] = lambda: None
        """What is to be done once the program has given the terminal back."""
        self.is_without_picture = True
        """Whether there was no picture to begin with."""
        self.has_last = False
        """Whether a screen of this session has been kept as the last one."""
        self.documents: set[str] = set()
        """The documents of this session whose first view has been kept."""
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._written = 0
        self.snapshot: Snapshot | None = None
        """The picture to begin with; None where there is none of what is asked for."""
        self.last: Mapping[str, Any] = {}
        """The state at the end of the last session; empty where there is none, or where documents are asked for."""

    # The beginning

    def begin(self, paths: Sequence[Path]) -> None:
        """Look for the last screen. Or for the first view of the one document that is asked for."""
        if not paths:
            self._begin_at_last()
        elif len(paths) == 1 and (sha256 := made_from.document(paths[0])):
            found = small_files.read(self._of_document(sha256)) or {}
            if self._is_ours(found) and found.get("document") == sha256:
                self.snapshot = _decoded(found.get("picture"), _object(found.get("state")))
        self.is_without_picture = self.snapshot is None

    def _begin_at_last(self) -> None:
        found = small_files.read(self.folder / LAST) or {}
        if found.get("format") != FORMAT:
            return
        self.last = _object(found.get("state"))
        if self.last and _object(found.get("program")).get("unit") != self.options.money_unit:
            self.last = {**self.last, "unit": None}  # another unit has been asked for since
        unread = _object(found.get("unread"))
        if not self._is_ours(found) or not found.get("library") or len(unread) > MOST_UNREAD:
            return
        if found["library"] == made_from.files(made_from.folder(home())) and made_from.presence(unread) == unread:
            self.snapshot = _decoded(found.get("picture"), self.last)

    def _is_ours(self, found: Mapping[str, Any]) -> bool:
        return found.get("format") == FORMAT and found.get("program") == made_from.program(self.options)

    # Leaving screens behind: never on the way of a key

    def keep_document(self, sha256: str, snapshot: Snapshot) -> None:
        """Keep the first view of a document."""
        from tui.session.snapshot import encoded

        value = {"document": sha256, "state": dict(snapshot.state), "picture": encoded(snapshot)}
        if small_files.write(self._of_document(sha256), {**self._head(), **value}):
            self._forget_oldest()

    def next_number(self) -> int:
        """A number for a screen: of two that are kept at once the later counts."""
        return next(self._numbers)

    def keep_last(
        self, snapshot: Snapshot, known: Mapping[str, list[int]] | None, unread: Sequence[str], number: int
    ) -> None:
        """Keep the screen: its state, and its picture where the library is as the session knows it.

        `known` are the files of the library that the session has read or written, None where it does not know all of
        what it shows; `unread` the files that it counts as not read.
        """
        with self._lock:
            if number > self._written:
                self._written = number
                self._keep_last(snapshot, known, unread)

    def _keep_last(self, snapshot: Snapshot, known: Mapping[str, list[int]] | None, unread: Sequence[str]) -> None:
        now = made_from.files(made_from.folder(home()))
        sure = known is not None and bool(now) and all(known.get(name) == status for name, status in now.items())
        sure = sure and len(now) <= made_from.MOST_FILES and len(unread) <= MOST_UNREAD
        value = {**self._head(), "state": dict(snapshot.state)}
        if sure:
            from tui.session.snapshot import encoded

            more = {"library": now, "unread": made_from.presence(unread), "picture": encoded(snapshot)}
            if small_files.write(self.folder / LAST, {**value, **more}):
                return
        small_files.write(self.folder / LAST, value)

    def _head(self) -> dict[str, Any]:
        return {"format": FORMAT, "program": made_from.program(self.options)}

    def _of_document(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.json"

    def _forget_oldest(self) -> None:
        with suppress(OSError):
            kept = [path for path in self.folder.glob("*.json") if path.name != LAST]
            for path in sorted(kept, key=lambda path: path.lstat().st_mtime_ns)[:-MOST_DOCUMENTS]:
                path.unlink()


def _decoded(picture: object, state: Mapping[str, Any]) -> Snapshot | None:
    from tui.session.snapshot import decoded

    return decoded(picture, state)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def forget(sha256: str) -> None:
    """Take away the first view of a removed document."""
    with suppress(OSError):
        (home() / FOLDER / f"{sha256}.json").unlink()
