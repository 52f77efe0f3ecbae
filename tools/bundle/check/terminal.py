"""A pseudo-terminal that drives the bundle like a person (POSIX)."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS, ROWS = 100, 30
SCREEN_TIMEOUT_S = 120.0
"""Seconds after which a program that shows nothing is given up."""
ENCODINGS = ("utf-8", "gb18030")
"""Where the system knows the locale that the program is told, the program writes in its encoding."""
_CONTROL = re.compile(rb"\x1b\[[0-9;?<>=]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b.")


class GivenUpError(Exception):
    """The program did not show what was expected, or did not end. The text is what it did show."""


class Terminal:
    """A program in its own pseudo-terminal (100 x 30) and session."""

    def __init__(self, command: list[str], environment: Mapping[str, str], folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment, start_new_session=True
        )
        os.close(theirs)
        self._shown = b""

    def wait_for(self, text: str) -> None:
        """Read until a text has been painted; raises GivenUpError."""
        end = time.monotonic() + SCREEN_TIMEOUT_S
        while not any(text.encode(encoding) in _CONTROL.sub(b"", self._shown) for encoding in ENCODINGS):
            alive = self._process.poll() is None
            if time.monotonic() > end or not (self._read() or alive):
                raise GivenUpError(f"“{text}”没有出现：{self._text()[-500:]!r}")

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def leave(self) -> int:
        """Read until the program has ended; return its exit status; raises GivenUpError."""
        end = time.monotonic() + SCREEN_TIMEOUT_S
        while self._process.poll() is None:
            if time.monotonic() > end:
                raise GivenUpError(f"程序没有结束：{self._text()[-500:]!r}")
            self._read()
        return self._process.returncode

    def close(self) -> None:
        """End the program whatever it does."""
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def _read(self) -> bool:
        """Read what is there within a tenth of a second; whether there was anything."""
        if not select.select([self._ours], [], [], 0.1)[0]:
            return False
        try:
            data = os.read(self._ours, 1 << 16)
        except OSError:  # the program has closed its side
            return False
        self._shown += data
        return bool(data)

    def _text(self) -> str:
        return _CONTROL.sub(b"", self._shown).decode("utf-8", errors="replace")
