"""The streams of the program and the console behind them: which it is, and how it is written to."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata

from tui import consoles, probe

MARKS = "yusuan.marks"
"""Name of the way in which characters are written that an encoding does not have."""


def here() -> consoles.Console:
    """The console that this program runs in."""
    encoding = getattr(sys.__stdout__, "encoding", None) or "utf-8"
    return consoles.Console(sys.platform == "win32", os.environ, encoding, _code_pages())


def prepare() -> None:
    """Write to a terminal in its encoding, and question marks for the characters that an encoding does not have."""
    codecs.register_error(MARKS, _question_marks)
    wanted = consoles.encoding(here())
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty() and wanted != codecs.lookup(stream.encoding).name and not probe.is_utf_8():
            stream.reconfigure(encoding=wanted, errors=MARKS)
        else:
            stream.reconfigure(errors=MARKS)


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    """As many question marks as the characters take cells, so that what follows stays in its column."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join("??" if unicodedata.east_asian_width(char) in "WF" else "?" for char in lost), error.end


def _code_pages() -> tuple[int, ...]:
    """Of the console and of the system; none elsewhere than on Windows."""
    import ctypes

    kernel = getattr(getattr(ctypes, "windll", None), "kernel32", None)
    return (kernel.GetConsoleOutputCP(), kernel.GetACP()) if kernel is not None else ()
