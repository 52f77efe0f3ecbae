"""Limits of processor time: what must be quick is held to them however busy the machine is."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


def _stop_if(too_slow: bool, limit: float, what: str) -> None:
    if too_slow:
        raise TooSlowError(f"more than {limit} s of processor time{what and f': {what}'}")
