"""A program in a pseudo-terminal: keys in, time until the first byte comes back out; Linux and macOS only."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK = 1 << 16
QUIET = 0.15
"""Seconds without output after which a program is taken to have finished painting."""


class Terminal:
    """A child process whose terminal we are."""

    def __init__(self, command: Sequence[str], columns: int = 140, rows: int = 45, **environment: str) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs have their byte code
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **environment})
            os.execvp(command[0], list(command))  # noqa: S606 - the command is our own
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.output = b""
        self.ended = False

    def read(self, timeout: float) -> bytes:
        """Return output within `timeout` seconds, b"" for none. There is none too where the program has ended."""
        ready, _, _ = select.select([self.fd], [], [], timeout)
        if not ready:
            return b""
        try:
            data = os.read(self.fd, CHUNK)
        except OSError:  # the other side is closed
            data = b""
        self.ended = not data
        self.output += data
        return data

    def wait_for(self, text: str, timeout: float = 30.0) -> float:
        """Return the seconds from the start until the text has come out.

        Raises:
            TimeoutError: it did not come.
        """
        wanted = text.encode()
        while wanted not in self.output:
            if self.ended or time.perf_counter() - self.started > timeout:
                raise TimeoutError(f"{text!r} did not appear within {timeout} s: {self.output[-500:]!r}")
            self.read(0.05)
        return time.perf_counter() - self.started

    def settle(self, quiet: float = QUIET) -> None:
        """Read until nothing comes for `quiet` seconds."""
        while self.read(quiet):
            pass

    def press(self, key: bytes, timeout: float = 2.0) -> float:
        """Send a key; return the seconds until the first byte of the answer, then wait for quiet."""
        before = time.perf_counter()
        os.write(self.fd, key)
        answered = self.read(timeout)
        after = time.perf_counter() - before
        if not answered:
            raise TimeoutError(f"no answer to {key!r} within {timeout} s")
        self.settle(0.05)
        return after

    def close(self) -> None:
        """End the program."""
        os.close(self.fd)
        os.kill(self.pid, 15)
        os.waitpid(self.pid, 0)
