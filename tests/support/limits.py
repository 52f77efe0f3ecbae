"""Limits of processor time: what must be quick is held to them however busy the machine is."""

from __future__ import annotations

import gc
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


EVEN = 9.0
"""Sixfold work that takes less than so many times as long grows with its size for certain."""


class TooSlowError(BaseException):
    """A block took more than its processor time; no `except Exception` of the code under test may swallow it."""


@contextmanager
def processor_seconds(limit: float, what: str = "") -> Iterator[None]:
    """Fail a block that takes more processor seconds than allowed.

    They are those of this process. It is interrupted then, within regular expressions too; native libraries are found
    out when they return. Windows has no such timer: there the block is judged when it ends.
    """
    if not hasattr(signal, "setitimer"):
        before = time.process_time()
        yield
        _stop_if(time.process_time() - before > limit, limit, what)
        return
    former = signal.signal(signal.SIGPROF, lambda *_: _stop_if(True, limit, what))
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def is_within(limit: float, work: Callable[[], object], tries: int = 5) -> bool:
    """Whether one of some tries takes few enough processor seconds."""
    for _ in range(tries):
        try:
            with processor_seconds(limit):
                work()
        except TooSlowError:
            continue
        return True
    return False


class Growth:
    """Finds work whose cost grows faster than its size.

    What takes less than `clear` processor seconds is quick; of all other work a size and its sixfold are compared, the
    least of some tries each.  Work that is slow and grows with its size sets what is quick from there on.
    """

    def __init__(self, clear: float = 0.01, factor: float = 14.0) -> None:
        self.clear = clear
        self.factor = factor

    def is_steep(self, work: Callable[[int], object], size: int) -> bool:
        """Whether the cost grows faster than the size, three times of three: what else runs makes some uneven."""
        if is_within(self.clear, lambda: work(size), tries=2):
            return False
        return all(self._outgrows(work, size) for _ in range(3))

    def _outgrows(self, work: Callable[[int], object], size: int) -> bool:
        try:
            with processor_seconds(400 * self.clear):
                once = min(_seconds(work, size) for _ in range(3))
                many = min(_seconds(work, 6 * size) for _ in range(2))
        except TooSlowError:
            return True
        if many > self.factor * once:
            return True
        if many < EVEN * once:
            self.clear = max(self.clear, 2 * once)
        return False


def _seconds(work: Callable[[int], object], size: int) -> float:
    enabled = gc.isenabled()
    gc.disable()  # what the collector takes is a matter of all that the tests before it left
    try:
        before = time.thread_time()  # another test may have left a thread that is busy
        work(size)
        return time.thread_time() - before
    finally:
        if enabled:
            gc.enable()


def _stop_if(too_slow: bool, limit: float, what: str) -> None:
    if too_slow:
        raise TooSlowError(f"more than {limit} s of processor time{what and f': {what}'}")
