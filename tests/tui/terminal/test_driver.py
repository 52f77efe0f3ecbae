"""Terminals of every kind, as bytes: what is written to them, and that they get back what they were."""

from __future__ import annotations

import base64
import re
import shutil
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

import sample_data
from tests.support.tiers import thinned

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal needs POSIX", allow_module_level=True)

from tests.tui.terminal.terminals import Pty
from tui.terminal.driver import LEAVING

OLD, NEW, _ = sample_data.paths()
MOUSE = {b"1000", b"1002", b"1003", b"1005", b"1006", b"1015", b"1016"}
RICH_COLOURS = re.compile(rb"\x1b\[[\d;]*[34]8;[25];")
FURTHER = re.compile(rb"\x1b\[[<>]|\x1b\[\?\d+\$p|\x1b\]|\x1bP")
COPY = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
WIDE = (180, 30)
"""Room for the path of a file in one line."""
TMUX, SCREEN = {"TMUX": "/run/x,1,0"}, {"STY": "1.pts"}
KINDS: dict[str, tuple[dict[str, str], int]] = {
    "linux": ({}, 0),
    "vt100": ({}, 0),
    "fbterm": ({}, 0),
    "xterm": ({}, 1),
    "screen": (SCREEN, 1),
    "tmux-256color": (TMUX, 2),  # for tmux and for the terminal around it
}
"""TERM -> what else is in the environment, how often a copy is sent."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def begin(terminal: Pty, encoding: str = "utf-8") -> None:
    """Go on until the document is on the screen."""
    terminal.wait_for("卫生健康支出", encoding)


def leave(terminal: Pty) -> None:
    terminal.send("q")
    assert terminal.end() == 0
    assert terminal.is_restored()
    assert b"Traceback" not in terminal.output


@pytest.mark.long
@pytest.mark.parametrize("term", KINDS)
def test_every_terminal_is_written_to_as_it_understands_and_gets_back_what_it_was(home: Path, term: str) -> None:
    more, copies = KINDS[term]
    with Pty(home, NEW, "--theme", "dark", size=WIDE, TERM=term, **more) as terminal:
        if term == "linux":
            terminal.wait_for("The Linux console cannot show Chinese")
            assert b"1049" not in terminal.output
            terminal.send("\n")
        begin(terminal)
        assert terminal.modes()[b"1049"]
        assert terminal.modes()[b"1000"], "a mouse works"
        terminal.send("y")
        terminal.wait_for("也送往终端的剪贴板" if copies else "这个终端没有剪贴板可用")
        leave(terminal)
        (written,) = home.glob("*.txt")
        sent = (
            COPY.findall(terminal.output.replace(b"\x1b\\\x1bP", b"")) if copies else FURTHER.findall(terminal.output)
        )
        assert len(sent) == copies
        assert {base64.b64decode(one) for one in sent} <= {written.read_bytes()}
        if "256" not in term:
            assert not RICH_COLOURS.search(terminal.output), "16 colours are all that it has"


@pytest.mark.parametrize("number", LEAVING)
def test_a_signal_ends_it_like_the_key(home: Path, number: signal.Signals) -> None:
    with Pty(home, NEW, TERM="xterm") as terminal:
        begin(terminal)
        terminal.process.send_signal(number)
        assert terminal.end() == 128 + number
        assert terminal.is_restored()


def test_a_crash_leaves_the_terminal_as_it_was(home: Path) -> None:
    script = (
        "import sys; from tui.cli import main as cli; from tui.screens.modals.overlays import Overlays\n"
        "Overlays.read = lambda self, what: 1 / 0\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    with Pty(home, NEW, script=script, TERM="xterm") as terminal:
        begin(terminal)
        terminal.send("1")
        assert terminal.end() == 1
        assert terminal.is_restored()
        assert "遇到意外错误".encode() in terminal.output
        assert b"Traceback" not in terminal.output
    assert "ZeroDivisionError" in (home / "errors.log").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_library_that_is_deleted_while_open_is_one_sentence(home: Path) -> None:
    with Pty(home, OLD, NEW, size=WIDE, TERM="xterm") as terminal:
        terminal.wait_for("changji-2024.txt")
        while not any(home.glob("samples/*.part")):
            time.sleep(0.01)  # it is shown before it is stored
        while home.exists():
            shutil.rmtree(home, ignore_errors=True)  # the program may still write into it
        terminal.send("\x1b[Bj\r")
        terminal.wait_for("已找不到这份资料")
        leave(terminal)


def test_a_terminal_that_goes_away_ends_it(home: Path) -> None:
    with Pty(home, NEW, TERM="xterm") as terminal:
        begin(terminal)
        assert terminal.hang_up() in {-signal.SIGHUP, 128 + signal.SIGHUP}


@pytest.mark.parametrize("term", ["dumb", ""])
def test_where_the_cursor_cannot_be_moved_there_are_lines(home: Path, term: str) -> None:
    with Pty(home, NEW, TERM=term) as terminal:
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.output
        shown = terminal.output.decode()
        assert "这个终端不能移动光标" in shown
        assert "卫生健康支出" in shown
        assert "█" not in shown


@pytest.mark.long
@pytest.mark.parametrize("by", thinned(["option", "configuration"], 2))
def test_without_the_mouse_none_of_its_modes_is_named(home: Path, by: str) -> None:
    home.mkdir()
    if by == "configuration":
        (home / "config.toml").write_text("mouse = false\n", encoding="utf-8")
    with Pty(home, NEW, *(["--no-mouse"] if by == "option" else []), TERM="xterm") as terminal:
        begin(terminal)
        leave(terminal)
        assert not MOUSE & set(terminal.modes())


def test_a_gbk_terminal_gets_gbk_and_is_understood(home: Path) -> None:
    with Pty(home, NEW, TERM="xterm", LANG="zh_CN.GBK") as terminal:
        begin(terminal, encoding="gbk")
        terminal.send(b"/" + "卫生".encode("gbk"))
        terminal.wait_for('"卫生"：本表 1/', "gbk")
        terminal.send("\rｑ".encode("gbk"))
        assert terminal.end() == 0
        assert terminal.is_restored()
        _question, painted = terminal.output.split(b"\x1b[6n")
        assert "昌吉州医疗保障局" in painted.decode("gbk"), "strictly: nothing but GBK"


@pytest.mark.long
def test_a_terminal_that_answers_in_utf_8_gets_it_whatever_the_locale_says(home: Path) -> None:
    with Pty(home, NEW, TERM="xterm", LANG="zh_CN.GBK") as terminal:
        terminal.send("\x1b[1;5R")  # what it answers: two characters take four cells
        begin(terminal)
        leave(terminal)
        assert "─" in terminal.output.decode(), "lines are drawn as in any UTF-8 terminal"


IN_THE_BACKGROUND = """
import fcntl, os, signal, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
job = os.fork()
if not job:
    os.setpgid(0, 0)
    from tui.terminal import streams
    streams.prepare()
    os._exit(7)
_, status = os.waitpid(job, os.WUNTRACED)
print("stopped" if os.WIFSTOPPED(status) else f"ended {os.waitstatus_to_exitcode(status)}")
if os.WIFSTOPPED(status):
    os.kill(job, signal.SIGKILL)
"""


def test_a_job_in_the_background_does_not_ask_the_terminal_and_goes_on(home: Path) -> None:
    with Pty(home, script=IN_THE_BACKGROUND, TERM="xterm", LANG="zh_CN.GBK") as terminal:
        assert terminal.end() == 0
        assert terminal.output.split() == [b"ended", b"7"]


@pytest.mark.long
def test_bytes_that_are_no_characters_do_no_harm(home: Path) -> None:
    with Pty(home, NEW, TERM="xterm", LANG="C") as terminal:
        begin(terminal)
        terminal.send(b"\xff\xfe\xb0\xa1")
        terminal.send("m")
        terminal.wait_for("视图与原表")
        terminal.send("\x10")  # Ctrl+P closes it
        terminal.wait_for("进入")
        terminal.send("ｑ")
        assert terminal.end() == 0
        assert terminal.is_restored()
