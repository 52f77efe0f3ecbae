"""The streams of the program and the console behind them: which it is, and how it is written to."""

from __future__ import annotations

import codecs
import io
import os
import sys

from budget.i18n.language import ENGLISH, N_, tr, using
from tui import clipboard, consoles
from tui.cells import cells
from tui.console import complain

MARKS = "yusuan.marks"
"""Name of the way in which characters are written that an encoding does not have."""

NO_CURSOR = N_("这个终端不能移动光标（TERM={}），不打开界面，只打印资料库或收支总览。")
NO_CHINESE = N_(
    "Linux 文字控制台显示不了汉字：请在图形界面的终端中运行，或用 yusuan export 导出到文件。"
    "按回车仍然打开，按 Ctrl+C 离开。"
)


def here() -> consoles.Console:
    """The console that this program runs in."""
    stream = sys.__stdout__
    encoding = getattr(stream, "encoding", None) or "utf-8"
    settled = stream is not None and stream.errors == MARKS and stream.isatty()  # `prepare` has been here
    return consoles.Console(sys.platform == "win32", os.environ, encoding, _code_pages(), settled)


def prepare() -> None:
    """Write to a terminal in its encoding, and question marks for the characters that an encoding does not have."""
    codecs.register_error(MARKS, _question_marks)
    wanted = consoles.encoding(here())
    if wanted != "utf-8":
        from tui import probe

        wanted = "utf-8" if probe.is_utf_8() else wanted  # the locale says one thing, the terminal another
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=wanted if stream.isatty() else stream.encoding, errors=MARKS)


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    """As many question marks as the characters take cells, so that what follows stays in its column."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "?" * cells(lost), error.end


def _code_pages() -> tuple[int, ...]:
    """Of the console and of the system; none elsewhere than on Windows."""
    pages: tuple[int, ...] = ()
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        pages = (kernel.GetConsoleOutputCP(), kernel.GetACP())
    return pages


def draws_ascii(asked: str) -> bool:
    """Whether the screen is drawn in ASCII, for what was asked for: auto, blocks or ascii."""
    return consoles.glyphs(asked, here()).name == consoles.ASCII


def prints_ascii(asked: str) -> bool:
    """Whether lines are printed in ASCII: in a pipe as its encoding can, on a terminal as on the screen."""
    if asked == consoles.AUTO and not sys.stdout.isatty():
        return consoles.of_codec(sys.stdout.encoding or "") != "utf-8"
    return draws_ascii(asked)


def clipboard_sequence(text: str) -> str:
    """What puts a text into the clipboard of this terminal; "" where it has none, or the text is too long for it."""
    return clipboard.sequence(text, clipboard.passed_on_by(os.environ)) if consoles.has_clipboard(here()) else ""


def ready() -> bool:
    """Whether the browser can be opened in this terminal; says why not, or what will be missing."""
    console = here()
    if not consoles.can_paint(console):
        complain([tr(NO_CURSOR).format(console.term)])
        return False
    if not consoles.shows_chinese(console):
        with using(ENGLISH):  # what such a console shows
            english = tr(NO_CHINESE)
        complain(dict.fromkeys([tr(NO_CHINESE), english]))
        sys.stdin.readline()
    return True
