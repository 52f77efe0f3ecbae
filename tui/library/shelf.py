"""The library as the browser uses it, and the index of files.

It knows the disclosures, those that could not be stored, and what became of each file.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from budget.i18n.language import Message, tr
from budget.library import file_index
from budget.library.file_index import IndexedFile
from budget.library.frames import SHELVED, Frames, Piece, concat, renewed, summary, without
from budget.library.names import ASIDE
from budget.system.files import reason
from budget.system.paths import readable, system
from loaders.workers.result import ReadResult
from tui.library import made_from
from tui.library.samples import sample_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polars as pl

    from budget.library.gathered.search_index import Sought
    from budget.library.library import Library


class LoadedLibrary:
    """The library with what could not be stored in it.

    `frames` has what is held in memory of all disclosures, `rows` gives the rest of one; `messages` are sentences for
    the user.
    """

    def __init__(self, library: Library, *, is_sample: bool = False) -> None:
        self.library = library
        self.is_sample = is_sample
        """Whether this is the library of the sample data."""
        self.files = made_from.files(library.folder)
        """The files of the library that are held or were written from here, with size and time (ns)."""
        contents = library.contents()
        held = contents.frames if is_sample else without(contents.frames, sample_ids())
        self.frames = replace(held, shelf=self, hidden=library.hidden, samples=sample_ids())
        self.messages = contents.messages
        self.refusal = ""
        """Why something could not be stored, the system's reason; "" where all was."""
        self._unkept: dict[str, Frames] = {}
        """What is not stored, by disclosure_id."""
        self._waiting: tuple[str, ...] = ()
        """Those of them that `keep` is still to store."""
        self._lock = threading.Lock()
        """Whoever stores, removes, takes in or notes."""
        self._removed: list[Frames] = []
        """What has been removed since the program began, the last at the end."""
        self._failed = self._current(file_index.read(library.folder, failed=True))
        self._new: dict[str, IndexedFile] = {}

    @cached_property
    def _index(self) -> dict[str, IndexedFile]:
        """The files that have been looked at. They are many: read where files are looked for, not to browse."""
        return self._current(file_index.read(self.library.folder))

    @cached_property
    def _by_content(self) -> dict[str, tuple[str, IndexedFile]]:
        """By SHA-256, a file with that content and what became of it."""
        return {one.sha256: (path, one) for path, one in self._index.items()}

    # The shelf

    def rows(self, disclosure_id: str) -> dict[str, pl.DataFrame]:
        """Return the frames of one disclosure that the shelf holds.

        Raises:
            DamagedPartError, OSError: they cannot be read.
        """
        own = self._unkept.get(disclosure_id)
        return {name: getattr(own, name) for name in SHELVED} if own else self.library.rows(disclosure_id)

    def pieces(self, sought: Sought) -> Iterator[Piece]:
        """Give rows of the disclosures that may hold what is sought."""
        unkept = self._unkept  # what is stored from now on is not in both
        yield from self.library.pieces(sought, unkept)
        for own in unkept.values():
            yield Piece(own.lines, own.cells, own.statements)

    def passages(self, disclosure_id: str) -> pl.DataFrame:
        """The text of one disclosure."""
        own = self._unkept.get(disclosure_id)
        return own.passages if own is not None else self.library.passages(disclosure_id)

    # Taking in

    def take(self, read: list[Frames]) -> Frames:
        """Take in new disclosures, which `keep` stores. Returns what of them is held in memory."""
        new = {one.disclosures["disclosure_id"].item(): one for one in read}
        with self._lock:
            self._unkept = {**self._unkept, **new}
            self._waiting = tuple(dict.fromkeys([*self._waiting, *new]))
        return summary(concat(list(new.values())), self)

    def keep(self) -> str:
        """Store what has been taken in. Returns a sentence where that could not be done."""
        with self._lock:
            waiting, self._waiting = self._waiting, ()
            if not waiting:
                return ""
            try:
                self.library.add(concat([self._unkept[key] for key in waiting]))
            except OSError as error:
                self.refusal = reason(error)
                text = tr("没有存入资料库 {folder}：{reason}；本次照常浏览。")
                return text.format(folder=readable(self.library.folder), reason=self.refusal)
            self._unkept = {key: one for key, one in self._unkept.items() if key not in waiting}
        self.files |= made_from.stamps(self.library.paths_of(waiting))
        self.write_notes()
        return ""

    def add(self, arrived: Frames) -> None:
        """Add disclosures that were read before the browser begins."""
        self.frames = renewed(self.frames, arrived)

    def note(self, path: Path, status: tuple[int, int] | None, sha256: str, failure: str) -> None:
        """Note what became of a file of this size and time. One without a hash is not noted."""
        if status is None or not sha256:
            return
        one = IndexedFile(*status, sha256, self.library.loader_version, failure)
        with self._lock:
            self._index[str(path)] = self._new[str(path)] = one
        self._by_content[sha256] = (str(path), one)
        if failure or str(path) in self._failed:  # never changed in place: another thread may be going through it
            others = {other: each for other, each in self._failed.items() if other != str(path)}
            self._failed = {**others, str(path): one} if failure else others

    def write_notes(self) -> None:
        """Write new notes on files into the index.

        Those noted before disclosures were stored have been written with them.
        """
        with self._lock:
            if self._new:
                file_index.update(self.library.folder, self._new)
                self.files |= made_from.stamps([self.library.folder / file_index.NAME])
            self._new = {}

    # Putting aside

    def remove(self, disclosure_id: str) -> None:
        """Take a disclosure out of the library; `bring_back` has it again until the program ends.

        Raises:
            DamagedPartError, OSError, ExportError: the library stays as it is.
        """
        with self._lock:
            own = self._unkept.get(disclosure_id)
            if own is None:
                own = self.library.remove(disclosure_id)
            else:
                self.library.forget(disclosure_id)  # what an older version has read of it
            self._removed.append(own)
            self._unkept = {key: one for key, one in self._unkept.items() if key != disclosure_id}
            self._waiting = tuple(key for key in self._waiting if key != disclosure_id)
        self.frames = without(self.frames, [disclosure_id])
        self._stamp_aside()

    def bring_back(self) -> tuple[Frames, str] | None:
        """Put what was removed last into the library again. None: there is none.

        Returns what of it is held in memory, and a sentence where it could not be stored.
        """
        if not self._removed:
            return None
        arrived = self.take([self._removed.pop()])
        self.add(arrived)
        return arrived, self.keep()

    def hide(self, disclosure_id: str, *, hidden: bool) -> None:
        """Hide a disclosure, or list it again.

        Raises:
            OSError, ExportError: that cannot be kept.
        """
        self.library.hide(disclosure_id, hidden=hidden)
        self.frames = replace(self.frames, hidden=self.library.hidden)
        self._stamp_aside()

    def forget(self, paths: Iterable[str]) -> None:
        """Say no more that these files could not be read."""
        gone = set(paths)
        with self._lock:
            file_index.forget(self.library.folder, gone)
            self._index = {path: one for path, one in self._index.items() if path not in gone}
        self._failed = {path: one for path, one in self._failed.items() if path not in gone}
        self.files |= made_from.stamps([self.library.folder / file_index.NAME])

    def _stamp_aside(self) -> None:
        self.files |= made_from.stamps([self.library.folder / ASIDE])

    @property
    def is_kept(self) -> bool:
        """Whether the library holds all that is browsed."""
        return not self._unkept

    def unread(self) -> list[str]:
        """The files that could not be read, there or not."""
        return sorted(self._failed)

    def is_outdated(self, disclosure_id: str) -> bool:
        """Whether an older version has read a disclosure."""
        return any(entry.disclosure_id == disclosure_id for entry in self.library.outdated())

    # What is known of a file

    def known(self, path: Path) -> ReadResult | None:
        """Look up an unchanged file by size and time. None: it must be looked at."""
        one = self._index.get(str(path))
        if one is None:
            return None
        try:
            status = system(path).stat()
        except (OSError, ValueError):
            return None
        return self._result(path, one) if one.is_of(status) else None

    def known_by_content(self, path: Path, sha256: str) -> ReadResult | None:
        """Look up a file by the SHA-256 of its content. It may have stood elsewhere; None: it must be read."""
        unknown = IndexedFile(0, 0, sha256, self.library.loader_version)
        where, one = self._by_content.get(sha256, (str(path), unknown))
        found = self._result(Path(where), one)
        return None if found is None else found.of(path)

    def disclosure_of(self, path: Path) -> str:
        """Return the disclosure_id that a file was read as. "" where it was not read."""
        one = self._index.get(str(path))
        return one.sha256[:16] if one is not None and self._holds(one.sha256) else ""

    def failures(self) -> list[tuple[str, str]]:
        """Return the files that could not be read, each with its sentence. Files that are gone are left out."""
        return [
            (path, Message(one.failure).text())
            for path, one in sorted(self._failed.items())
            if system(Path(path)).exists()
        ]

    def outdated(self) -> dict[Path, str]:
        """Return documents that only an older version has read, with their SHA-256."""
        entries = [entry for entry in self.library.outdated() if entry.disclosure_id not in self._unkept]
        if not entries:
            return {}
        where = {one.sha256: path for path, one in file_index.read(self.library.folder).items()}
        return {Path(where.get(entry.sha256, entry.source_path)): entry.sha256 for entry in entries}

    def _result(self, path: Path, one: IndexedFile) -> ReadResult | None:
        """What the index says of a file; None where its disclosure is not held."""
        if one.failure:
            return ReadResult(path, None, one.failure)
        return ReadResult(path) if self._holds(one.sha256) else None

    def _holds(self, sha256: str) -> bool:
        return sha256[:16] in self._unkept or self.library.holds(sha256)

    def _current(self, found: dict[str, IndexedFile]) -> dict[str, IndexedFile]:
        """Those that the present loaders have looked at."""
        return {path: one for path, one in found.items() if one.loader_version == self.library.loader_version}
