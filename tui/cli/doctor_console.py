"""What `yusuan doctor` says of the terminal; the standard library only."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from budget.i18n.language import N_, current, tr
from tui.cli.doctor_machine import BETWEEN
from tui.terminal import capabilities, probe, streams
from tui.terminal.glyphs import ASCII, BLOCKS

if TYPE_CHECKING:
    from tui.config.settings import Effective
    from tui.terminal.glyphs import Glyphs

NAMED = ("TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION", "KONSOLE_VERSION", "NO_COLOR")
"""Variables by which terminals say what they are."""
PRESENT = ("WT_SESSION", "ConEmuANSI", "TMUX", "STY", "SSH_CONNECTION", "WSL_DISTRO_NAME")
"""Variables whose being there says enough: their values name addresses and sockets."""
LOCALE = ("LC_ALL", "LC_CTYPE", "LANG", "PYTHONIOENCODING", "PYTHONUTF8")
TWO = 2
AS_TWO = N_("：画线和标记请用 --glyphs ascii")


def terminal() -> str:
    """Its type and program as it says itself, its size, what lies between, how many colours it is drawn with."""
    told = [f"{name}={os.environ[name]}" for name in NAMED if os.environ.get(name)]
    told += [name for name in PRESENT if os.environ.get(name)]
    return BETWEEN.join(filter(None, (_size(), _colours(), " ".join(told))))


def encodings() -> str:
    """The encoding of input, output and file names, and the code pages of Windows."""
    names = [getattr(stream, "encoding", None) or "-" for stream in (sys.__stdin__, sys.stdout)]
    pages = tr("代码页 {}").format(" ".join(map(str, pages_))) if (pages_ := streams.here().code_pages) else ""
    told = tr("输入 {} 输出 {} 文件名 {}").format(*names, sys.getfilesystemencoding())
    return BETWEEN.join(filter(None, (told, pages)))


def languages(_found: Effective) -> str:
    """The language of the interface and the locale."""
    return BETWEEN.join([current(), " ".join(f"{name}={os.environ[name]}" for name in LOCALE if os.environ.get(name))])


def characters(found: Effective) -> str:
    """The set of characters that is drawn, and why."""
    chosen = capabilities.glyphs(found.settings.glyphs, streams.here())
    return f"{chosen.name}{BETWEEN}{tr(chosen.why)}"


def ambiguous() -> str:
    """How wide the terminal draws a character of ambiguous width: it is asked."""
    width = probe.ambiguous_width()
    if width is None:
        return tr("没有测：不是终端，或终端没有回答")
    return tr("实测 {} 格").format(width) + (tr(AS_TWO) if width == TWO else "")


def sample() -> str:
    """Chinese, the marks of both sets and what stands in texts, for the caller to say what is seen."""
    return f"预算〇 [{_drawn(BLOCKS)}] [{_drawn(ASCII)}] “三公”——…·"


def clipboard() -> str:
    """Whether copying is worth a try, beyond the file."""
    has = capabilities.has_clipboard(streams.here())
    return tr("复制到文件，也送往终端（OSC 52）") if has else tr("只复制到文件")


def _drawn(glyphs: Glyphs) -> str:
    marks = (glyphs.cursor, glyphs.near, glyphs.full, glyphs.half, glyphs.rule, glyphs.below)
    return "".join(marks) + f" {glyphs.agrees} {glyphs.differs}"


def _size() -> str:
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return tr("不是终端")
    return f"{size.columns}x{size.lines}"


def _colours() -> str:
    try:
        from rich.console import Console
    except ImportError:
        return ""
    return tr("颜色 {}").format(Console().color_system or tr("没有"))
