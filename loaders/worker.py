"""A worker process: reads one document after the other and answers with frames; `loaders.pool` starts and ends it."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.answer import attempt
from loaders.messages import pack, receive, send

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from budget.model import Disclosure

MOST_MEMORY = 4 << 30
"""Bytes of address space of one worker, where the system can limit it."""


def main(read: Callable[[Path], Disclosure] | None = None) -> int:
    """Answer the requests on standard input until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's
    answers = _own_stream()
    _be_modest()
    requests: queue.SimpleQueue[Path] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    send(answers, {"failure": ""})  # ready
    while True:
        found = attempt(requests.get(), read)
        send(answers, {"failure": found.kept}, pack(found.frames) if found.frames else [])


def _own_stream() -> IO[bytes]:
    """The pipe to the parent under another number; whatever a library prints goes nowhere."""
    ours = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return ours


def _listen(requests: queue.SimpleQueue[Path]) -> None:
    """Pass the requests on; a parent that has gone takes us with it, whatever is being read."""
    with suppress(EOFError, ValueError, TypeError, KeyError, OSError):
        while True:
            header, _ = receive(sys.stdin.buffer)
            requests.put(Path(header["path"]))
    os._exit(0)


def _be_modest() -> None:
    """Leave memory to others, where the system can see to it, and no image of a crash."""
    if sys.platform == "win32":
        import msvcrt

        # without it a crash waits for someone to close a window
        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
    else:
        import resource

        for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CORE, 0)):
            with suppress(OSError, ValueError):  # a lower limit stands already
                resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
