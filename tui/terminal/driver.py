"""Textual's driver for POSIX terminals.

It differs where Textual takes too much for granted: it goes by the terminal's encoding and abilities, and ends when it
is gone. Imported on POSIX only, by the application.
"""

from __future__ import annotations

import asyncio
import codecs
import os
import selectors
import signal
import sys
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from budget.system.patterns import lazy_pattern
from tui.terminal import capabilities
from tui.terminal.streams import this_console

if TYPE_CHECKING:
    from typing import IO

FURTHER = lazy_pattern(r"\x1b(?:\[[<>]|\[\?\d+\$p|\]|P)")
"""Sequences beyond the basic ones; the console of older Linux kernels prints parts of them."""
# fmt: off
LEAVING = (
    signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM,
)
# fmt: on
"""Signals that end a program, which would leave the terminal as the browser has set it.

SIGINT is among them: asyncio leaves it alone where the program was started with it ignored, as from a script.
"""
WAITING = 0.1
"""Seconds until the input thread looks whether it is to end."""
PIXELS_OFF = "\x1b[?1016l"


class Outlet:
    """An output stream that ignores writes once its terminal is gone."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream
        self.gone = False

    def write(self, text: str) -> None:
        """Write, unless nobody is there."""
        self._unless_gone(lambda: self.stream.write(text))

    def flush(self) -> None:
        """Flush, unless nobody is there."""
        self._unless_gone(self.stream.flush)

    def fileno(self) -> int:
        """The number of the stream."""
        return self.stream.fileno()

    def _unless_gone(self, act: Any) -> None:  # noqa: ANN401 - whatever it returns
        try:
            if not self.gone:
                act()
        except OSError:  # else the queue before it would fill, and the program would never end
            self.gone = True


class Terminal(LinuxDriver):
    """Textual's driver, in the encoding of the terminal.

    It ends in every case: on signals, and when the terminal is gone.
    """

    def _sigcont_application(self, *_: object) -> None:
        """Go on; after a stop that could not be answered nothing was left, and there is nothing to enter again."""
        if self._must_signal_resume:
            super()._sigcont_application()

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - Textual's own
        super().__init__(*given, **named)
        stream = sys.__stderr__ if sys.__stderr__ and sys.__stderr__.isatty() else sys.__stdout__
        assert stream is not None
        self.encoding = stream.encoding
        self._file: Any = Outlet(stream)
        self._simple = capabilities.is_simple(this_console())

    def write(self, data: str) -> None:
        """Write to the terminal. Simple terminals get only the sequences that they know."""
        if not (self._simple and FURTHER.match(data)):
            super().write(data)

    def start_application_mode(self) -> None:
        """Start, and leave on signals as on the key. The terminal gets back what it was."""
        loop = asyncio.get_running_loop()
        for number in LEAVING:
            loop.add_signal_handler(number, self._leave, 128 + number)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()
        if self._mouse_pixels:
            self.write(PIXELS_OFF)

    def run_input_thread(self) -> None:
        """Read what is typed, decoded as the terminal encodes it. Until the end of the application or of the input."""
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder(self.encoding)(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(WAITING):
                    data = _read(self.fileno)
                    if not data:
                        self._app.call_later(self._leave, 128 + signal.SIGHUP)
                        return
                    for event in parser.feed(decode(data)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _leave(self, status: int) -> None:
        self._app.exit(return_code=status)


def _read(number: int) -> bytes:
    """What has been typed; nothing where the terminal is gone."""
    try:
        return os.read(number, 4096)
    except OSError:
        return b""
