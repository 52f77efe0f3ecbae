"""What is drawn on which console, in which encoding, with which clipboard: tables of what there is."""

from __future__ import annotations

import base64
import re

import pytest

from tui.terminal import capabilities, streams
from tui.terminal.capabilities import Console

XTERM = {"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8"}


def posix(encoding: str = "utf-8", **environment: str) -> Console:
    return Console(windows=False, environment=environment, encoding=encoding)


def windows(*code_pages: int, **environment: str) -> Console:
    return Console(windows=True, environment=environment, encoding="utf-8", code_pages=code_pages)


CONSOLES = {
    "a desktop's terminal": (posix(**XTERM), "blocks"),
    "an empty locale": (posix(TERM="xterm"), "blocks"),
    "LANG=C": (posix(TERM="xterm", LANG="C"), "blocks"),
    "tmux": (posix(TERM="tmux-256color", LANG="zh_CN.UTF-8"), "blocks"),
    "tmux, whatever the locale": (posix(TERM="tmux-256color", LANG="zh_CN.GBK", TMUX="/tmp/x,1,0"), "blocks"),  # noqa: S108
    "screen": (posix(TERM="screen", LANG="zh_CN.UTF-8"), "blocks"),
    "fonts on a framebuffer": (posix(TERM="fbterm", LANG="zh_CN.UTF-8"), "blocks"),
    "the console of Linux": (posix(TERM="linux", LANG="zh_CN.UTF-8"), "ascii"),
    "vt100": (posix(TERM="vt100"), "ascii"),
    "vt220": (posix(TERM="vt220"), "ascii"),
    "dumb": (posix(TERM="dumb"), "ascii"),
    "no TERM": (posix(LANG="zh_CN.UTF-8"), "ascii"),
    "GBK, its locale installed": (posix("gbk", TERM="xterm", LANG="zh_CN.GBK"), "ascii"),
    "GBK, its locale missing": (posix(TERM="xterm", LANG="zh_CN.GBK"), "ascii"),
    "LC_ALL before LANG": (posix(TERM="xterm", LANG="zh_CN.GBK", LC_ALL="zh_CN.UTF-8"), "blocks"),
    "wide by the user's word": (posix(**XTERM, VTE_CJK_WIDTH="wide"), "ascii"),
    "Windows Terminal": (windows(936, 936, WT_SESSION="1"), "blocks"),
    "a Chinese console": (windows(936, 936), "ascii"),
    "a Chinese console set to UTF-8": (windows(65001, 936), "ascii"),
    "ConEmu on a Chinese system": (windows(936, 936, ConEmuANSI="ON"), "ascii"),
    "a Western console": (windows(437, 1252), "blocks"),
}


@pytest.mark.parametrize("name", CONSOLES)
def test_the_characters_are_those_that_the_console_draws(name: str) -> None:
    console, expected = CONSOLES[name]
    assert capabilities.glyphs("auto", console).name == expected


@pytest.mark.parametrize("asked", ["blocks", "ascii"])
@pytest.mark.parametrize("name", CONSOLES)
def test_what_is_asked_for_counts(name: str, asked: str) -> None:
    assert capabilities.glyphs(asked, CONSOLES[name][0]) == (asked, capabilities.BY_OPTION)


@pytest.mark.parametrize(
    ("console", "expected"),
    [
        (posix(**XTERM), "utf-8"),
        (posix(TERM="xterm", LANG="C"), "utf-8"),
        (posix("ascii", TERM="xterm", LC_ALL="POSIX"), "utf-8"),
        (posix(TERM="xterm", LANG="zh_CN.GBK"), "gbk"),
        (posix(TERM="xterm", LANG="zh_CN.gb2312"), "gbk"),
        (posix(TERM="xterm", LANG="zh_CN.GB18030@radical"), "gb18030"),
        (posix(TERM="xterm", LC_CTYPE="zh_CN.gbk", LANG="zh_CN.UTF-8"), "gbk"),
        (posix("gb2312", TERM="xterm", LANG="zh_CN"), "gbk"),
        (posix(TERM="xterm", LANG="zh_CN.nonsense"), "utf-8"),
        (posix(TERM="xterm", LC_CTYPE="C.UTF-8", LANG="zh_CN.GBK"), "gbk"),
        (posix(TERM="xterm", LANG="C.UTF-8"), "utf-8"),
        (posix(TERM="xterm", LANG="zh_CN.GBK", PYTHONIOENCODING="utf-8"), "utf-8"),
        (posix(TERM="screen", LANG="zh_CN.GBK", TMUX="x"), "utf-8"),
        (windows(936, 936), "utf-8"),
    ],
)
def test_the_encoding_is_what_the_user_says_of_the_terminal(console: Console, expected: str) -> None:
    assert capabilities.encoding(console) == expected


@pytest.mark.parametrize(
    ("console", "paints", "clipboard_", "simple"),
    [
        (posix(**XTERM), True, True, False),
        (posix(TERM="screen"), True, True, False),
        (posix(TERM="linux"), True, False, True),
        (posix(TERM="vt220"), True, False, True),
        (posix(TERM="dumb"), False, False, False),
        (posix(), False, False, False),
        (windows(936), True, False, False),
        (windows(936, WT_SESSION="1"), True, True, False),
    ],
)
def test_what_a_console_can_do(console: Console, paints: bool, clipboard_: bool, simple: bool) -> None:
    able = capabilities.can_paint(console), capabilities.has_clipboard(console), capabilities.is_simple(console)
    assert able == (paints, clipboard_, simple)


def test_only_the_console_of_linux_has_no_chinese() -> None:
    assert not capabilities.shows_chinese(posix(TERM="linux"))
    assert capabilities.shows_chinese(posix(TERM="fbterm"))
    assert capabilities.shows_chinese(windows(936))


ROW = "编码\t名称\t合计\n2101501\t行政运行\t406.77\n"


def test_the_clipboard_gets_the_text_in_utf_8() -> None:
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", streams.osc52(ROW))
    assert found
    assert base64.b64decode(found[1]).decode() == ROW


def test_screen_passes_on_pieces_that_make_up_the_sequence() -> None:
    text = ROW * 30
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", streams.osc52(text, "screen"), re.DOTALL)
    assert len(pieces) > 5
    assert max(map(len, pieces)) <= 256
    assert "".join(pieces) == streams.osc52(text)


def test_tmux_gets_it_for_itself_and_for_its_terminal() -> None:
    whole = streams.osc52(ROW)
    own, passed = streams.osc52(ROW, "tmux").split("\x1bPtmux;")
    assert own == whole
    assert passed.removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b") == whole


def test_what_is_too_long_is_not_sent_in_part() -> None:
    assert len(streams.osc52("a" * 56_000)) <= streams.MAX_ENCODED + 10
    assert not streams.osc52("a" * 57_000)


def test_what_stands_between_is_known_by_its_variables() -> None:
    between = [streams.passed_on_by(found) for found in ({}, {"TMUX": "x"}, {"STY": "1.x"})]
    assert between == ["", "tmux", "screen"]
