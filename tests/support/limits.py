"""Limits of processor time: what must be quick is held to them however busy the machine is."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class TooSlowError(BaseException):
    """A block took more than its processor time; no `except Exception` of the code under test may swallow it."""


@contextmanager
def processor_seconds(limit: float) -> Iterator[None]:
    """Fail a block that takes more than so many seconds of this process on the processor.

    Python's regular expressions are interrupted too; native libraries are found out when they return. Windows has no
    such timer: there the block runs without a limit.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise TooSlowError(f"more than {limit} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
