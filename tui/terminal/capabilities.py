"""What a console is and can do: encoding, characters, clipboard. Pure functions of what is known of it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTO, BLOCKS, ASCII = "auto", "blocks", "ascii"
GLYPHS = (AUTO, BLOCKS, ASCII)
"""What `--glyphs` takes."""
EAST_ASIAN = frozenset({932, 936, 949, 950, 1361, 54936})
"""Code pages of Windows under which the console's font draws characters of ambiguous width in two cells."""
UNABLE = frozenset({"", "dumb", "unknown"})
"""Terminals whose cursor cannot be moved."""
LINUX = "linux"
SIMPLE = lazy_pattern(r"(linux|vt\d|ansi|cons25|fbterm|jfbterm)")
"""Terminals that do not know xterm's further sequences; some of them print what they do not know."""
WIDE = {"VTE_CJK_WIDTH": "wide", "RUNEWIDTH_EASTASIAN": "1"}
"""Environment variables by which a user says that characters of ambiguous width take two cells."""
COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
"""What Python puts into LC_CTYPE where the user's locale is not installed."""
SUPERSETS = {"gb2312": "gbk"}
"""What terminals take where the locale names less."""

BY_OPTION = N_("按选项或配置")
MODERN = N_("终端能画方块，歧义宽度字符占一格")
NO_CURSOR = N_("终端不能移动光标")
FEW_CHARACTERS = N_("终端只有少量字符")
NOT_UTF_8 = N_("终端的编码不是 UTF-8")
TWO_CELLS = N_("控制台把歧义宽度的字符画成两格")


class Console(NamedTuple):
    """What is known of a console before anything is written to it."""

    windows: bool
    environment: Mapping[str, str]
    encoding: str  # of the streams, as Python has chosen it
    code_pages: tuple[int, ...] = ()  # of a Windows console and its system
    settled: bool = False  # whether the streams have the encoding of the terminal already

    @property
    def term(self) -> str:
        """The type of a POSIX terminal; "" where nothing says it."""
        return "" if self.windows else self.environment.get("TERM", "")


class Chosen(NamedTuple):
    """A set of characters, and the (Chinese, marked) reason for it."""

    name: str
    why: str


def glyphs(asked: str, console: Console) -> Chosen:
    """Choose the set of characters: blocks or ASCII.

    What was asked for, else what the console draws in the cells that are counted.
    """
    if asked != AUTO:
        return Chosen(asked, BY_OPTION)
    why = _two_cells_on_windows(console) if console.windows else _not_on_posix(console)
    return Chosen(ASCII, why) if why else Chosen(BLOCKS, MODERN)


def _two_cells_on_windows(console: Console) -> str:
    modern = "WT_SESSION" in console.environment  # Windows Terminal: one cell, whatever the code page
    return TWO_CELLS if not modern and EAST_ASIAN & {*console.code_pages} else ""


def _not_on_posix(console: Console) -> str:
    fonts = console.term == "fbterm"  # draws with the fonts of a desktop
    reasons = {
        NO_CURSOR: not can_paint(console),
        FEW_CHARACTERS: is_simple(console) and not fonts,
        NOT_UTF_8: encoding(console) != "utf-8",
        TWO_CELLS: any(console.environment.get(name) == value for name, value in WIDE.items()),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def can_paint(console: Console) -> bool:
    """Whether the cursor can be moved. Without that there is no browser, only lines."""
    return console.windows or console.term not in UNABLE


def is_simple(console: Console) -> bool:
    """Whether the terminal knows the basic sequences only."""
    return SIMPLE.match(console.term) is not None


def shows_chinese(console: Console) -> bool:
    """Whether the terminal has Chinese characters.

    The console of the Linux kernel has not: its fonts have 512 characters at most.
    """
    return console.term != LINUX


def has_clipboard(console: Console) -> bool:
    """Whether a copy can reach a clipboard through the terminal (OSC 52); nobody answers whether it did."""
    if console.windows:
        return "WT_SESSION" in console.environment  # the older console ignores it
    return can_paint(console) and not is_simple(console)


def encoding(console: Console) -> str:
    """Return the encoding of the terminal.

    That of the locale that the user has named, installed or not; else UTF-8. Python takes UTF-8 where a locale is not
    installed, but the terminal is what the user says it is.
    """
    if console.windows or console.settled or console.environment.get("PYTHONIOENCODING"):
        return codec_name(console.encoding) or "utf-8"
    if "TMUX" in console.environment:  # it translates for whatever is outside
        return "utf-8"
    named = [console.environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    locale = next((one for one in named if one and one not in COERCED), "")
    found = codec_name(locale.partition(".")[2].partition("@")[0]) or codec_name(console.encoding) or "utf-8"
    return "utf-8" if found == "ascii" else SUPERSETS.get(found, found)


def codec_name(name: str) -> str:
    """Return Python's name of an encoding. "" where it knows none of this name."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
