"""The streams of the program and the console behind them."""

from __future__ import annotations

import base64
import codecs
import io
import os
import sys
from typing import TYPE_CHECKING

from budget.i18n.language import ENGLISH, N_, tr, using
from tui.terminal import capabilities
from tui.terminal.cells import cells
from tui.terminal.output import complain

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ENCODED = 74_994
"""Characters of the encoded text that terminals take at least; longer texts are cut by some and refused by others."""
STANDARD_ERROR = 2
SCREEN_PIECE = 240
"""Characters that screen holds of a string that it passes on."""


def osc52(text: str, inside: str = "") -> str:
    """Return the escape sequence that copies a text (OSC 52).

    "" where it is too long; `inside` names what passes it on: "tmux", "screen" or "".
    """
    encoded = base64.b64encode(text.encode()).decode()
    if len(encoded) > MAX_ENCODED:
        return ""
    escape = f"\x1b]52;c;{encoded}\x07"
    if inside == "tmux":  # takes it itself, or passes on what is wrapped: whichever its settings allow
        return escape + "\x1bPtmux;" + escape.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if inside == "screen":
        pieces = (escape[at : at + SCREEN_PIECE] for at in range(0, len(escape), SCREEN_PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return escape


def passed_on_by(environment: Mapping[str, str]) -> str:
    """Return what stands between the program and its terminal. "tmux", "screen" or "" for nothing."""
    return "tmux" if "TMUX" in environment else "screen" if "STY" in environment else ""


MARKS = "yusuan.marks"
"""Name of the way in which characters are written that an encoding does not have."""

NO_CURSOR = N_("这个终端不能移动光标（TERM={}），不打开界面，只打印资料库或收支总览。")
NO_CHINESE = N_(
    "Linux 文字控制台显示不了汉字：请在图形界面的终端中运行，或用 yusuan export 导出到文件。"
    "按回车仍然打开，按 Ctrl+C 离开。"
)


def this_console() -> capabilities.Console:
    """The console that this program runs in."""
    stream = sys.__stdout__
    encoding = getattr(stream, "encoding", None) or "utf-8"
    settled = stream is not None and stream.errors == MARKS and stream.isatty()  # `prepare` has been here
    return capabilities.Console(sys.platform == "win32", os.environ, encoding, _code_pages(), settled)


def open_closed() -> None:
    """Put something in the place of closed standard streams.

    Else a file that is opened later would take their numbers. What is written to a closed standard output fails.
    """
    if all((sys.stdin, sys.stdout, sys.stderr)):
        return
    taken = os.open(os.devnull, os.O_RDONLY)
    while taken <= STANDARD_ERROR:  # the lowest free numbers are taken first
        taken = os.dup(taken)
    if not sys.stderr:
        os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_ERROR)
    os.close(taken)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for good
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.stderr = sys.stderr or open(STANDARD_ERROR, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above


def prepare() -> None:
    """Write to a terminal in its encoding. Characters that an encoding does not have become question marks."""
    codecs.register_error(MARKS, _question_marks)
    wanted = capabilities.encoding(this_console())
    if wanted != "utf-8":
        from tui.terminal import probe

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
    """Whether the screen is drawn in ASCII. `asked` is what was asked for: auto, blocks or ascii."""
    return capabilities.glyphs(asked, this_console()).name == capabilities.ASCII


def prints_ascii(asked: str) -> bool:
    """Whether lines are printed in ASCII. In a pipe as its encoding can, on a terminal as on the screen."""
    if asked == capabilities.AUTO and not sys.stdout.isatty():
        return capabilities.codec_name(sys.stdout.encoding or "") != "utf-8"
    return draws_ascii(asked)


def clipboard_sequence(text: str) -> str:
    """Return the sequence that copies a text in this terminal.

    "" where it has no clipboard, or the text is too long for it.
    """
    return osc52(text, passed_on_by(os.environ)) if capabilities.has_clipboard(this_console()) else ""


def ready() -> bool:
    """Whether the browser can be opened in this terminal. Says why not, or what will be missing."""
    console = this_console()
    if not capabilities.can_paint(console):
        complain([tr(NO_CURSOR).format(console.term)])
        return False
    if not capabilities.shows_chinese(console):
        with using(ENGLISH):  # what such a console shows
            english = tr(NO_CHINESE)
        complain(dict.fromkeys([tr(NO_CHINESE), english]))
        sys.stdin.readline()
    return True
