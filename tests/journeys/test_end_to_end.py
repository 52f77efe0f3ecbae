"""The program as a user meets it: a real pseudo-terminal of 80 x 24, keys in, files out."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.library.library import Library
from loaders.version import LOADER_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal needs POSIX", allow_module_level=True)

import fcntl
import pty
import struct
import termios

ROOT = Path(__file__).parents[2]
OLD, NEW, _ = sample_data.paths()
ENTER, BACK = "\r", "\x7f"
OUTPUT_TIMEOUT_S, LOOK = 60.0, 0.1
"""Seconds of silence after which a test gives up, and between two looks."""


class Terminal:
    """yusuan in a pseudo-terminal."""

    def __init__(self, folder: Path, *given: object, columns: int = 80, rows: int = 24) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "YUSUAN_HOME": str(folder / "home")}
        environment |= {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(rows)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", *map(str, given)],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.output = ""

    def press(self, keys: str, until: str) -> str:
        """Send keys and read until a text appears that was not there before."""
        self.output = ""
        for key in keys:
            os.write(self.ours, key.encode())
        return self.wait_for(until)

    def wait_for(self, text: str) -> str:
        """Read until the text has been painted."""
        silent = 0.0
        while text not in self.output:
            ended = self.process.poll() is not None
            assert silent < OUTPUT_TIMEOUT_S, f"{text!r} did not appear in {self.output[-2000:]!r}"
            read = self._read(LOOK)
            assert read or not ended, f"ended without {text!r}: {self.output[-2000:]!r}"
            silent = 0.0 if read else silent + LOOK
        return self.output

    def leave(self) -> int:
        """Press q and wait for the end; the exit status."""
        os.write(self.ours, b"q")
        silent = 0.0
        while self.process.poll() is None:
            assert silent < OUTPUT_TIMEOUT_S, "the program does not end"
            silent = 0.0 if self._read(LOOK) else silent + LOOK
        return self.process.returncode

    def close(self) -> None:
        """End the program whatever it does."""
        self.process.kill()
        self.process.wait()
        os.close(self.ours)

    def _read(self, seconds: float) -> bool:
        """Read what is there; whether there was anything."""
        if select.select([self.ours], [], [], seconds)[0]:
            try:
                data = os.read(self.ours, 1 << 16)
            except OSError:  # the program has closed its side
                data = b""
                time.sleep(seconds)
            self.output += data.decode("utf-8", errors="replace")
            return bool(data)
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder in which the program is started, its library inside."""
    return tmp_path


@pytest.fixture
def pair(folder: Path) -> Iterator[Terminal]:
    terminal = Terminal(folder, NEW, OLD)
    yield terminal
    terminal.close()


def headless(folder: Path, *given: object) -> bytes:
    """What `yusuan export` writes into a file."""
    out = folder / "headless.csv"
    command = [sys.executable, "-m", "tui", "export", *map(str, given), "-o", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out.read_bytes()


@pytest.mark.long
def test_drill_compare_jump_and_export(pair: Terminal, folder: Path) -> None:
    pair.wait_for("昌吉州医疗保障局")
    pair.press(ENTER, "收支总览")
    pair.press("c", "对比2024")
    pair.press(f"/210{ENTER}{ENTER}", "医疗保障管理事务")  # typed ahead, faster than the screen follows
    pair.press("/", "查找：")
    pair.press("21015", "“21015”：本表 1/")
    pair.press(ENTER, "医疗保障管理事务")
    pair.press(ENTER, "一般行政管理事务")
    pair.press("j", "2101502")
    pair.press("p", "经办中心工作经费")
    pair.press("v", "行政运行")
    pair.press("e", "导出到")
    told = pair.press(ENTER, "已导出")
    assert "Traceback" not in told
    (exported,) = folder.glob("*.csv")
    assert exported.name.startswith("昌吉州医疗保障局_2025对比2024_支出")
    assert pair.leave() == 0
    assert exported.read_bytes() == headless(folder, NEW, "--view", "expenditure", "--at", "21015", "--against", OLD)


def test_what_was_opened_is_in_the_library_next_time(folder: Path) -> None:
    first = Terminal(folder, NEW)
    try:
        first.wait_for("收支总览")
        first.wait_for("卫生健康支出")
        assert first.leave() == 0
    finally:
        first.close()
    second = Terminal(folder)
    try:
        second.wait_for("收支总览")  # the last screen of the last session
        second.wait_for("卫生健康支出")
        assert second.leave() == 0
    finally:
        second.close()
    assert "新疆" not in second.output, "the samples are for an empty library"


def test_the_first_start_shows_the_samples(folder: Path) -> None:
    terminal = Terminal(folder, columns=140, rows=45)
    try:
        for body in ("昌吉州医疗保障局", "新疆维吾尔自治区医疗保障局本级"):
            terminal.wait_for(body)
        assert terminal.leave() == 0
    finally:
        terminal.close()
    kept = Library(folder / "home" / "samples", LOADER_VERSION).contents()
    assert sorted(kept.frames.disclosures["source_name"]) == sorted(path.name for path in sample_data.paths())
    assert kept.messages == ()


def test_a_document_that_cannot_be_read_is_told_on_the_screen_and_after_it(folder: Path) -> None:
    novel = folder / "novel.txt"
    novel.write_text("那天夜里下了一场大雪。" * 300, encoding="utf-8")
    terminal = Terminal(folder, novel)
    try:
        terminal.wait_for("novel.txt")
        assert terminal.leave() == 1
        terminal.wait_for("yusuan：")
    finally:
        terminal.close()


def test_a_small_terminal_gets_a_sentence_and_can_be_left(folder: Path) -> None:
    terminal = Terminal(folder, NEW, columns=50, rows=12)
    try:
        terminal.wait_for("60 列 16 行")
        assert "Traceback" not in terminal.output
        assert terminal.leave() == 0
    finally:
        terminal.close()
