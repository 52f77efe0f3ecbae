"""Measure how wide a POSIX terminal draws something.

It is asked where its cursor is; never a pipe, and never for long.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from budget.system.patterns import lazy_pattern

CURSOR_TIMEOUT_S = 0.4
"""Seconds that an answer may take."""
READS = 64
"""Pieces in which it may come."""
WHERE = b"\x1b[6n"
CURSOR_REPORT = lazy_pattern(rb"\x1b\[(\d+);(\d+)R")
WIDE_SAMPLE = "中中"
AMBIGUOUS = "·"


def cells(drawn: bytes) -> int | None:
    """Return how many cells the terminal takes for these bytes.

    None where there is no terminal or it does not answer.
    """
    if sys.platform == "win32":
        return None
    import select
    import termios
    import tty

    ours, theirs = sys.__stdin__, sys.__stdout__
    if ours is None or theirs is None or not (ours.isatty() and theirs.isatty()):
        return None
    with suppress(OSError):  # a terminal without jobs has none in the background
        if os.tcgetpgrp(ours.fileno()) != os.getpgrp():
            return None  # the system would stop us, with the command undone, until we are called up
    before = termios.tcgetattr(ours.fileno())
    try:
        tty.setcbreak(ours.fileno(), termios.TCSANOW)
        theirs.flush()
        os.write(theirs.fileno(), b"\r" + drawn + WHERE)
        heard = b""
        for _ in range(READS):
            if not select.select([ours], [], [], CURSOR_TIMEOUT_S)[0]:
                break
            heard += os.read(ours.fileno(), 1024)
            if found := CURSOR_REPORT.search(heard):
                return int(found[2]) - 1
    except OSError:
        pass
    finally:
        with suppress(OSError, termios.error):  # it has gone
            termios.tcsetattr(ours.fileno(), termios.TCSANOW, before)
            os.write(theirs.fileno(), b"\r\x1b[K")
    return None


def is_utf_8() -> bool:
    """Whether the terminal draws UTF-8, whatever the locale says.

    It does where Chinese characters take two cells each.
    """
    return cells(WIDE_SAMPLE.encode()) == 2 * len(WIDE_SAMPLE)


def ambiguous_width() -> int | None:
    """Return the cells of a character of ambiguous width. None where the terminal does not say."""
    return cells(AMBIGUOUS.encode(sys.__stdout__.encoding if sys.__stdout__ else "utf-8", errors="replace"))
