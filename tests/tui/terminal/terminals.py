"""yusuan in a pseudo-terminal of a test: bytes in, bytes out, and what it left the terminal in."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).parents[3]
OUTPUT_TIMEOUT_S = 60.0
LOOK = 0.1
"""Seconds of silence after which a test gives up, and between two looks; nothing is asserted of time."""
LOCALE = ("LANG", "LC_ALL", "LC_CTYPE", "TMUX", "STY", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "YUSUAN_LANGUAGE")
MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
ON_AT_FIRST = {b"25", b"7"}
"""Modes of a terminal that are set before anyone asks: the cursor, the wrapping of lines."""


class Pty:
    """A program in a pseudo-terminal."""

    def __init__(
        self, home: Path, *given: object, script: str = "", size: tuple[int, int] = (100, 30), **more: str
    ) -> None:
        self.ours, self.theirs = pty.openpty()
        columns, rows = size
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self.theirs)
        environment = {name: value for name, value in os.environ.items() if name not in LOCALE}
        environment |= {"PYTHONPATH": str(ROOT), "YUSUAN_HOME": str(home), "LANG": "C.UTF-8", **more}
        environment = {name: value for name, value in environment.items() if value}
        command = ["-c", script] if script else ["-m", "tui"]
        self.process = subprocess.Popen(
            [sys.executable, *command, *map(str, given)], cwd=home.parent, env=environment, start_new_session=True,
            stdin=self.theirs, stdout=self.theirs, stderr=self.theirs,
        )  # fmt: skip
        self.output = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for number in (self.ours, self.theirs):
            if number >= 0:
                os.close(number)

    def send(self, text: str | bytes) -> None:
        os.write(self.ours, text.encode() if isinstance(text, str) else text)

    def wait_for(self, text: str, encoding: str = "utf-8") -> None:
        """Read until this text, in this encoding, has been written after what was waited for before."""
        wanted = text.encode(encoding)
        start = getattr(self, "_seen", 0)
        silent = 0.0
        while wanted not in self.output[start:]:
            assert silent < OUTPUT_TIMEOUT_S, f"{text!r} did not come: {self.output[start:][-3000:]!r}"
            read = self._read()
            assert read or self.process.poll() is None, f"ended without {text!r}: {self.output[-3000:]!r}"
            silent = 0.0 if read else silent + LOOK
        self._seen = self.output.index(wanted, start) + len(wanted)

    def end(self) -> int:
        """Wait for the end; the exit status."""
        silent = 0.0
        while self.process.poll() is None:
            assert silent < OUTPUT_TIMEOUT_S, f"it does not end: {self.output[-2000:]!r}"
            silent = 0.0 if self._read() else silent + LOOK
        while self._read():
            pass
        return self.process.returncode

    def hang_up(self) -> int:
        """Take the terminal away; the exit status."""
        for number in (self.ours, self.theirs):
            os.close(number)
        self.ours = self.theirs = -1
        return self.process.wait(OUTPUT_TIMEOUT_S)

    def modes(self) -> dict[bytes, bool]:
        """The private modes that were set or reset, as they are now."""
        return {mode: letter == b"h" for modes, letter in MODE.findall(self.output) for mode in modes.split(b";")}

    def is_restored(self) -> bool:
        """Whether the terminal is as it was before."""
        wrong = {mode for mode, on in self.modes().items() if on != (mode in ON_AT_FIRST)}
        keyboard = len(re.findall(rb"\x1b\[>\d+u", self.output)) - self.output.count(b"\x1b[<u")
        assert not wrong, f"modes that stay: {wrong}"
        assert keyboard in {0, -self.output.count(b"\x1b[<u")}, "the keyboard protocol stays"
        assert _settings(termios.tcgetattr(self.theirs)) == _settings(self.before)
        return True

    def _read(self) -> bool:
        if not select.select([self.ours], [], [], LOOK)[0]:
            return False
        try:
            data = os.read(self.ours, 1 << 16)
        except OSError:
            return False
        self.output += data
        return bool(data)


def _settings(attributes: list[Any]) -> list[Any]:
    """The settings of a terminal without PENDIN, which the kernel sets and takes away by itself."""
    input_, output, control, local, *rest = attributes
    return [input_, output, control, local & ~termios.PENDIN, *rest]
