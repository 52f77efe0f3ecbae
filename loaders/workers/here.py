"""Read a pipe in a thread of this process.

Another process could not open it; it has as much time as a worker process.  A thread cannot be killed: it is
interrupted between two steps of its work, and whoever waits for it goes on at once.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from loaders.workers.result import ReadResult, attempt, took_too_long

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from budget.model.disclosure import Disclosure

_POLL = 0.05
"""Seconds after which a wish to stop is noticed."""


class _InterruptedError(BaseException):
    """Ends the thread; no `except Exception` of a reader takes it."""


def read_here(
    path: Path,
    stop: threading.Event,
    *,
    seconds: float,
    read: Callable[[Path], Disclosure] | None = None,
) -> ReadResult | None:
    """Read a document with `load` or another function.

    None: `stop` was set before it was done.
    """
    found: list[ReadResult] = []

    def work() -> None:
        with suppress(_InterruptedError):
            found.append(attempt(path, read))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    end = time.monotonic() + seconds
    try:
        while thread.is_alive() and not stop.is_set() and time.monotonic() < end:
            thread.join(_POLL)
    finally:  # after Ctrl+C too
        if thread.is_alive():
            _interrupt(thread)
    if found:
        return found[0]
    return None if stop.is_set() else took_too_long(path, seconds)


def _interrupt(thread: threading.Thread) -> None:
    import ctypes

    assert thread.ident is not None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(_InterruptedError))
