"""Standard output and standard error of the command line."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.system.paths import on_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

PROGRAM = "yusuan"
PROGRESS_LENGTH = 50
"""Characters of a progress line: no more than 80 columns where all but the figures are wide."""
OK, FAILED, MISUSED, DISCREPANT, INTERRUPTED = 0, 1, 2, 3, 130


class OutputError(Exception):
    """Standard output takes nothing; the message is one plain sentence."""


def say(lines: Iterable[str]) -> None:
    """Print lines on standard output."""
    with _broken_pipes():
        for line in lines:
            print(line)


def complain(messages: Iterable[str]) -> None:
    """Print sentences on standard error. Control characters of names and documents become marks."""
    try:
        for message in messages:
            print(PROGRAM + tr("：") + _visible(message), file=sys.stderr)
    except OSError:  # nobody can be told: the exit status tells
        _discard(sys.stderr)


def write(data: bytes, encoding: str) -> None:
    """Write encoded text to standard output.

    The bytes themselves, or on a terminal what it can show, control characters as marks.
    """
    if is_terminal():
        say(_visible(line) for line in data.decode(encoding, errors="replace").splitlines())
        return
    with _broken_pipes():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def write_words(text: str) -> None:
    """Write text for people to standard output. In a pipe it takes the encoding of the console."""
    if is_terminal():
        say(map(_visible, text.splitlines()))
        return
    with _broken_pipes():
        sys.stdout.write(text)


def flush() -> None:
    """Let out what is still buffered."""
    with _broken_pipes():
        sys.stdout.flush()


def progress(done: int = 0, total: int = 0, failed: int = 0, name: str = "") -> None:
    """Show on standard error how far the reading is.

    It replaces what was shown before; without figures the line is cleared.
    """
    _show(tr("读入 {}/{} 未读入 {} {}").format(done, total, failed, _visible(name)) if total else "")


def checking(done: int, total: int, name: str) -> None:
    """Show on standard error how far the checks are."""
    _show(tr("核对 {}/{} {}").format(done, total, _visible(name)))


def _show(text: str) -> None:
    clear = f"\r{'':79}\r" if on_windows() else "\r\x1b[K"  # its older consoles would print the sequence
    sys.stderr.write(clear + text[:PROGRESS_LENGTH])
    sys.stderr.flush()


def is_terminal() -> bool:
    """Whether someone looks at standard output."""
    return sys.stdout.isatty()


def discard_output() -> None:
    """Discard buffered output after a broken pipe. So the program ends quietly."""
    _discard(sys.stdout)


def _discard(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _broken_pipes() -> Iterator[None]:
    """A pipe that nobody reads any more is a broken one; Windows calls that an invalid argument."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if on_windows() and error.errno == errno.EINVAL:
            raise BrokenPipeError(errno.EPIPE, "") from error
        from budget.system.files import reason

        raise OutputError(tr("标准输出写不了：{}。").format(reason(error))) from error


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
