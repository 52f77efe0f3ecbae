"""Documents read in worker processes: one document at a time each, killed when it takes too long.

Each process is served by a thread of its own; blocking reads end when the process is killed, on every system.
"""

from __future__ import annotations

import os
import queue
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message, sentence
from budget.system.files import kept_reason
from loaders.workers import memory
from loaders.workers.messages import receive, send, unpack
from loaders.workers.result import ReadResult, finished, took_too_long

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from budget.library.rows import Rows
    from loaders.workers.start import Hire

SECONDS = 60.0
"""Time limit of one document."""
START_SECONDS = 60.0
MOST_WORKERS = 8
MOST_STATUS = 255
"""What is more is no exit status of a program."""
_POLL = 0.1
"""Seconds after which a wish to stop is noticed."""


class WorkersFailedError(Exception):
    """No worker process can be started; the message is one plain sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(sentence(N_("读取进程启动不了（{}），没有读入。"), [reason]))


def worker_count() -> int:
    """The number of workers to use: as many as there are processors and have room in memory, within reason."""
    return memory.at_once(max(1, min(os.cpu_count() or 1, MOST_WORKERS)))


def results(
    paths: Iterable[Path | ReadResult],
    hire: Hire,
    stop: threading.Event | None = None,
    *,
    workers: int | None = None,
    seconds: float = SECONDS,
    waits: Callable[[], object] = lambda: None,
) -> Iterator[ReadResult]:
    """Read documents, in the order in which they are done; stopping or closing the iterator ends the processes.

    `hire` starts a process that runs `loaders.workers.worker`, its standard input and output pipes to us.
    `paths` is asked for the next path only when a worker is free; an answer among them is passed on.  All workers but
    the first read on only while the machine has memory for one more document, other programs and their workers counted;
    `waits` is called in their threads when one begins to wait for it.

    Raises:
        WorkersFailedError: no worker can be started.
    """
    crew = _Crew(iter(paths), hire, seconds, waits)
    size = workers or worker_count()
    threads = [threading.Thread(target=crew.serve, args=(number == 0,), daemon=True) for number in range(size)]
    try:
        for thread in threads:
            thread.start()
        yield from crew.until_done(len(threads), stop or threading.Event())
    finally:
        crew.end()
        for thread in threads:
            thread.join()


class _Crew:
    """The workers of one call and what they share."""

    def __init__(
        self, paths: Iterator[Path | ReadResult], hire: Hire, seconds: float, waits: Callable[[], object]
    ) -> None:
        self.paths = paths
        self.hire = hire
        self.seconds = seconds
        self.waits = waits
        self.all_given = False
        """Whether there is no further path."""
        self.lock = threading.Lock()
        self.ending = threading.Event()
        self.workers: set[_Worker] = set()
        self.done: queue.SimpleQueue[ReadResult | Exception | None] = queue.SimpleQueue()

    def until_done(self, servers: int, stop: threading.Event) -> Iterator[ReadResult]:
        """The answers until every thread has said that it has no more."""
        while servers and not stop.is_set():
            try:
                found = self.done.get(timeout=_POLL)
            except queue.Empty:
                continue
            if isinstance(found, Exception):
                raise found
            if found is None:
                servers -= 1
            else:
                yield found

    def serve(self, first: bool) -> None:  # noqa: FBT001 - a thread's argument
        """In a thread: one worker after the other, one document after the other; the first waits for no memory."""
        worker: _Worker | None = None
        try:
            while (path := self._next(first=first)) is not None:
                worker, found = (worker, path) if isinstance(path, ReadResult) else self._read(worker, path)
                self.done.put(found)
        except Exception as error:  # noqa: BLE001 - told to whoever waits for the answers
            if not self.ending.is_set():
                self.done.put(error)
        finally:
            self._dismiss(worker)
            self.done.put(None)

    def end(self) -> None:
        """End the processes; their threads notice."""
        self.ending.set()
        with self.lock:
            for worker in self.workers:
                worker.kill()

    def _next(self, *, first: bool) -> Path | ReadResult | None:
        if not first and not memory.has_room():
            self.waits()
            while not (self.all_given or self.ending.wait(_POLL) or memory.has_room()):
                pass
        if self.ending.is_set():
            return None
        with self.lock:
            path = next(self.paths, None)
            self.all_given = self.all_given or path is None
            return path

    def _read(self, worker: _Worker | None, path: Path) -> tuple[_Worker | None, ReadResult]:
        """Read a document; one that ends a worker that had read others gets a fresh one, for it may not be to blame."""
        fresh = worker is None
        worker = worker or self._hire()
        try:
            return worker, worker.read(path, self.seconds)
        except _GoneError as gone:
            self._dismiss(worker)
            if fresh or gone.too_late or self.ending.is_set():
                return None, ReadResult(path, None, gone.kept(path, self.seconds))
            return self._read(None, path)

    def _hire(self) -> _Worker:
        for last in (False, True):
            try:
                worker = _Worker(self.hire())
            except OSError as error:
                raise WorkersFailedError(kept_reason(error)) from error
            with self.lock:
                self.workers.add(worker)
                if self.ending.is_set():
                    worker.kill()
            try:
                worker.ready(START_SECONDS)
            except _GoneError as gone:
                self._dismiss(worker)
                if last:
                    raise WorkersFailedError(gone.cause) from None
            else:
                break
        return worker

    def _dismiss(self, worker: _Worker | None) -> None:
        if worker is not None:
            with self.lock:
                self.workers.discard(worker)
            worker.close()


class _GoneError(Exception):
    """A worker has ended, by itself or because it took too long."""

    def __init__(self, status: int, *, too_late: bool) -> None:
        super().__init__(status)
        self.status = status
        self.too_late = too_late
        shown = hex(status) if status > MOST_STATUS else status  # Windows: the exception that ended it, in hexadecimal
        self.cause = Message.of(N_("信号 {}"), -status) if status < 0 else Message.of(N_("状态 {}"), shown)

    def kept(self, path: Path, seconds: float) -> str:
        """What happened to the document, one sentence as `budget.i18n.language.Message` keeps it."""
        if self.too_late:
            return took_too_long(path, seconds).kept
        if self.status == memory.EXCEEDED:
            return memory.too_much(path)
        return Message.of(N_("{}：读取进程意外终止（{}），没有读入；文件可能已损坏。"), path, self.cause)


class _Worker:
    """One process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._late = threading.Event()

    def ready(self, seconds: float) -> None:
        """Wait until the worker has imported what it needs."""
        self._receive(seconds)

    def read(self, path: Path, seconds: float) -> ReadResult:
        """Let the worker read a document; raises _GoneError where it ends or takes too long."""
        assert self._process.stdin is not None
        with suppress(OSError):  # it has ended: the answer says so
            send(self._process.stdin, {"path": str(path)})
        failure, rows = self._receive(seconds)
        return finished(path, rows, failure)

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()

    def close(self) -> None:
        """End the process and give back what it held."""
        self.kill()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(OSError):
                stream.close()
        self._process.wait()

    def _receive(self, seconds: float) -> tuple[str, Rows | None]:
        assert self._process.stdout is not None
        watch = threading.Timer(seconds, self._too_late)
        watch.start()
        try:
            header, pieces = receive(self._process.stdout)
            return str(header["failure"]), unpack(pieces) if pieces else None
        except (EOFError, ValueError, TypeError, KeyError) as error:
            self.kill()  # what is no message came from a worker that has gone wrong
            raise _GoneError(self._process.wait(), too_late=self._late.is_set()) from error
        finally:
            watch.cancel()

    def _too_late(self) -> None:
        self._late.set()
        self.kill()
