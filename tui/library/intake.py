"""Read documents into the library: skip known ones, count all.

A file is known by its size and time, or by its content.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import tr
from budget.library.frames import Frames, concat
from budget.library.parts import DamagedPartError
from loaders.workers import pool, start
from loaders.workers.here import read_here
from loaders.workers.result import ReadResult
from tui.library.documents import content_of, is_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from loaders.workers.cluster import Cluster
    from loaders.workers.start import Hire
    from tui.library.shelf import LoadedLibrary

BATCH = 128
BATCH_SECONDS = 2.0
"""What has been read is shown and kept when there is so much of it, or after so long."""
TICK = 0.1
"""Seconds between two reports of progress."""


class Progress(NamedTuple):
    """How far the reading is."""

    done: int
    total: int
    failed: int
    name: str
    """The file that was done last."""
    arrived: Frames | None = None
    """What can be browsed since the last report."""


def results(
    paths: Sequence[Path],
    unread: Iterable[Path | ReadResult],
    stop: threading.Event,
    hire: Hire = start.hire,
    waits: Callable[[], object] = lambda: None,
) -> Iterator[ReadResult]:
    """Read documents in worker processes, pipes here; `unread` comes from `paths`.

    Nothing of unknown content is read where it cannot be ended.
    """
    workers = min(pool.worker_count(), max(len(paths), 1))
    return pool.results(_with_streams(unread, stop), hire, stop, workers=workers, waits=waits)


def _with_streams(unread: Iterable[Path | ReadResult], stop: threading.Event) -> Iterator[Path | ReadResult]:
    """What there is to read, pipes already read: another process could not open them."""
    for one in unread:
        if isinstance(one, ReadResult) or not is_stream(one):
            yield one
        elif (found := read_here(one, stop, seconds=pool.SECONDS)) is not None:
            yield found


class Intake:
    """The reading of some documents into the library.

    `again` names those that an older version has read, with the SHA-256 that they must still have.
    """

    def __init__(
        self,
        loaded_library: LoadedLibrary,
        paths: Sequence[Path],
        again: Mapping[Path, str] | None = None,
        *,
        asked: bool = False,
    ) -> None:
        self.loaded_library = loaded_library
        self.paths = [*paths, *(path for path in again or () if path not in set(paths))]
        self.again = dict(again or {})
        self.asked = asked
        """The files were named one by one: what is not known to be in order is read again."""
        self.shows_first = False
        """What has been read is shown before it is stored: the next reading stores it."""
        self.by_path = False
        """Failures name the whole path, for whoever does not see which folder is being read."""
        self.stop = threading.Event()
        self.hire: Hire = start.hire
        self.cluster: Cluster | None = None
        """What reads instead of processes on this machine, and stores what it has read."""
        self.messages: list[str] = []
        """What the user should be told besides the failures."""
        self.failures: list[str] = []
        self.ids: dict[str, None] = {}
        """The disclosures of the documents, known or read, in the order in which they came."""
        self.done = 0
        self.total = len(self.paths)
        self._content: dict[Path, tuple[tuple[int, int] | None, str]] = {}
        """Status and SHA-256 of the documents that are being read."""
        self._twins: dict[str, list[Path]] = {}
        """By SHA-256, further files with the content of one that is being read."""
        self._read: set[str] = set()
        """SHA-256 of the documents that have been read."""
        self._lock = threading.Lock()
        self._pending: list[Frames] = []
        """What has been read and is not yet stored; `_since` is when it was last."""
        self._since = 0.0

    def run(self) -> Iterator[Progress]:
        """Read the documents that are not known and report the progress.

        Ends early when `stop` is set, and keeps what has been read until then.

        Raises:
            WorkersFailedError: no worker process can be started.
        """
        self._since = reported = time.monotonic()
        self._keep()
        unknown = [path for path in self.paths if not self._is_known(path)]
        yield self._progress("")
        try:
            for result in self._results(unknown):
                self._record(result)
                now = time.monotonic()
                if len(self._pending) >= BATCH or (self._pending and now - self._since > BATCH_SECONDS):
                    yield self._flush(result.path.name)
                elif now - reported > TICK:
                    reported = now
                    yield self._progress(result.path.name)
        finally:
            last = self._flush("")
            if not self.shows_first:
                self.loaded_library.write_notes()
        yield last

    def _waits_for_memory(self) -> None:
        """In a thread of a worker: say once that few documents are read at the same time."""
        said = tr("机器的空闲内存不多，同时读的资料少了，会慢一些。")
        with self._lock:
            if said not in self.messages:
                self.messages.append(said)

    def _results(self, unknown: Sequence[Path]) -> Iterator[ReadResult]:
        """What is read here, or on the cluster; pipes here in any case."""
        unread = self._unread(unknown)
        if self.cluster is None:
            return results(unknown, unread, self.stop, self.hire, self._waits_for_memory)
        return self.cluster.results(_with_streams(unread, self.stop), self._sha256_of, self.stop, len(unknown))

    def _sha256_of(self, path: Path) -> str:
        """The SHA-256 of a document that is being read; "" where it could not be read here."""
        return self._content.get(path, (None, ""))[1]

    def _is_known(self, path: Path) -> bool:
        """Whether a file need not be read; one that is known is counted."""
        if path in self.again:
            return False
        known = self.loaded_library.known(path)
        if known is None or (known.failure and self.asked):
            return False
        if self.asked and not self._can_be_opened(path):
            return False
        self._count(known, self.loaded_library.disclosure_of(path))
        return True

    def _can_be_opened(self, path: Path) -> bool:
        """Whether what is kept of a file can be opened; who names a file may do so because it cannot."""
        try:
            self.loaded_library.rows(self.loaded_library.disclosure_of(path))
        except (DamagedPartError, OSError):
            return False
        return True

    def _unread(self, paths: Iterable[Path]) -> Iterator[Path | ReadResult]:
        """In whichever thread asks for the next document: those whose content is not known either."""
        for path in paths:
            try:
                self._content[path] = content_of(path)
            except (OSError, ValueError):
                yield path  # the loader says what is wrong
                continue
            sha256 = self._content[path][1]
            if path in self.again:
                if sha256 == self.again[path]:
                    yield path
                else:  # another document by now: it is read when it is asked for
                    self.total -= 1
                continue
            known = self._known_by_content(path, sha256)
            if known is not None:
                yield known
            elif not self._is_twin(path, sha256):
                yield path

    def _known_by_content(self, path: Path, sha256: str) -> ReadResult | None:
        """The result of a file with the same content; files that were named are read again."""
        if not sha256 or self.asked:
            return None
        return ReadResult(path) if sha256 in self._read else self.loaded_library.known_by_content(path, sha256)

    def _is_twin(self, path: Path, sha256: str) -> bool:
        """Whether the same content is being read already: the answer is that of both."""
        if not sha256:
            return False
        with self._lock:
            if sha256 in self._twins:
                self._twins[sha256].append(path)
                return True
            self._twins[sha256] = []
        return False

    def _record(self, result: ReadResult) -> None:
        """Note what became of a document and of those with the same content."""
        status, sha256 = self._content.pop(result.path, (None, ""))
        with self._lock:
            twins = self._twins.pop(sha256, [])
            if result.frames is not None:
                self._pending.append(result.frames)
            if not result.kept:
                self._read.add(sha256)
        for path in (result.path, *twins):
            seen = self._content.pop(path, (status, ""))[0]
            own = result.of(path)
            if not own.passing:
                self.loaded_library.note(path, seen, sha256, own.kept)
            key = own.frames.disclosures["disclosure_id"].item() if own.frames is not None else sha256[:16]
            self._count(own, key)

    def _count(self, result: ReadResult, disclosure_id: str) -> None:
        """Count a document as done, with its failure or its disclosure."""
        self.done += 1
        if result.failure:
            self.failures.append(_placed(result) if self.by_path else result.failure)
        elif disclosure_id:
            self.ids[disclosure_id] = None

    def _flush(self, name: str) -> Progress:
        """Store what has been read, and report it with the file that was done last."""
        arrived = self.loaded_library.take(self._pending) if self._pending else None
        if not self.shows_first:
            self._keep()
        self._pending, self._since = [], time.monotonic()
        return self._progress(name)._replace(arrived=arrived)

    def _keep(self) -> None:
        """Store what has been read."""
        message = self.loaded_library.keep()
        if message and message not in self.messages:
            self.messages.append(message)

    def _progress(self, name: str) -> Progress:
        return Progress(self.done, self.total, len(self.failures), name)


def join_results(found: Iterable[ReadResult], paths: Sequence[Path]) -> tuple[Frames, list[str]]:
    """Join results in the order of their paths: frames and failures. Copies of one file come once."""
    place = {path: number for number, path in reversed(list(enumerate(paths)))}
    ordered = sorted(found, key=lambda result: place[result.path])
    read = {one.frames.disclosures["disclosure_id"].item(): one.frames for one in reversed(ordered) if one.frames}
    many = len(paths) > 1
    failures = [_placed(one) if many else one.failure for one in ordered if one.failure]
    return concat(list(read.values())[::-1]), failures


def copies(found: Iterable[ReadResult], paths: Sequence[Path]) -> list[str]:
    """Give a sentence for each file that repeats one before it."""
    place = {path: number for number, path in reversed(list(enumerate(paths)))}
    first: dict[str, Path] = {}
    said = []
    for one in sorted(found, key=lambda result: place[result.path]):
        if one.frames is None:
            continue
        id_ = str(one.frames.disclosures["disclosure_id"].item())
        if id_ in first and first[id_] != one.path:
            said.append(tr("{}：与 {} 内容相同，只算一份。").format(one.path.name, first[id_].name))
        first.setdefault(id_, one.path)
    return said


def _placed(result: ReadResult) -> str:
    """The failure with the whole path: in many folders files bear the same name."""
    if str(result.path) in result.failure:
        return result.failure
    before = tr("{}：")
    return before.format(result.path) + result.failure.removeprefix(before.format(result.path.name))
