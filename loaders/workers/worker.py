"""A worker process: reads one document after the other, answers with rows; `workers.pool` starts and ends it."""

from __future__ import annotations

import os
import queue
import signal
import stat
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from budget.system.paths import system
from loaders.workers import memory
from loaders.workers.messages import pack, receive, send
from loaders.workers.result import attempt_rows, internal_error

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from budget.model.disclosure import Disclosure


class _Early(NamedTuple):
    """The answer about a document that nobody has asked for yet, and the status of its file before it was read."""

    path: Path
    status: tuple[int, ...] | None
    failure: str
    pieces: list[bytes]


def main(read: Callable[[Path], Disclosure] | None = None, first: Path | None = None) -> int:
    """Answer the requests on standard input until it is closed.

    The document `first` is read at once: whoever will ask for it is still importing what it needs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's
    asked, answers = _own_streams()
    _be_modest()
    requests: queue.SimpleQueue[Path] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked, requests), daemon=True).start()
    send(answers, {"failure": ""})  # ready
    early = None if first is None else _Early(first, _status(first), *_answer(first, read))
    while True:
        path = requests.get()
        known = early is not None and early.path == path and early.status == _status(path) is not None
        failure, pieces = early[-2:] if early is not None and known else _answer(path, read)
        early = None
        send(answers, {"failure": failure}, pieces)


def _status(path: Path) -> tuple[int, ...] | None:
    """What changes with a file; None where there is no plain file."""
    try:
        found = system(path).stat()
    except (OSError, ValueError):
        return None
    plain = stat.S_ISREG(found.st_mode)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns) if plain else None


def _answer(path: Path, read: Callable[[Path], Disclosure] | None) -> tuple[str, list[bytes]]:
    rows, kept = attempt_rows(path, read)
    try:
        return kept, pack(rows) if rows is not None else []
    except UnicodeEncodeError as error:
        return internal_error(path, error), []


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes from and to the parent under other numbers; whatever a library prints goes nowhere.

    Nor does a library find the pipe as its standard input: on Windows one that only asks what that is, as some do when
    they are imported, would wait until the thread that listens has heard something.
    """
    asked, answers = os.fdopen(os.dup(sys.stdin.fileno()), "rb"), os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return asked, answers


def _listen(asked: IO[bytes], requests: queue.SimpleQueue[Path]) -> None:
    """Pass the requests on; a parent that has gone takes us with it, whatever is being read."""
    with suppress(EOFError, ValueError, TypeError, KeyError, OSError):
        while True:
            header, _ = receive(asked)
            requests.put(Path(header["path"]))
    os._exit(0)


def _be_modest() -> None:
    """Leave memory to others, and no image of a crash."""
    if sys.platform == "win32":
        import msvcrt

        # without it a crash waits for someone to close a window
        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
    memory.bound()


if __name__ == "__main__":
    sys.exit(main(first=Path(sys.argv[1]) if len(sys.argv) > 1 else None))
