"""What a worker process is given on Windows, and what its libraries find where its pipes were."""

from __future__ import annotations

import subprocess
import sys
import types
from pathlib import Path

import pytest

import sample_data
from loaders.workers import pool, start, worker
from tests.loaders.workers.test_pool import worker as command
from tests.test_house import imported_by

NEW = sample_data.paths()[1]

STDIN = """
    def read(path):
        assert os.fstat(0).st_rdev == os.stat(os.devnull).st_rdev, "a library would wait for the pipe"
        assert os.read(0, 1) == sys.stdin.buffer.read() == b""
        assert os.write(1, b"a library prints") == 16
        return load(path)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="looks at devices as POSIX numbers them")
def test_a_library_finds_nothing_on_the_standard_input_of_a_worker() -> None:
    found = list(pool.results([NEW, NEW], lambda: start.start(command(STDIN)), workers=1))
    assert [answer.failure for answer in found] == ["", ""]


def test_a_worker_imports_nothing_that_reading_a_text_does_not_need() -> None:
    reading = "from pathlib import Path; import loaders.workers.worker; from loaders.load import load; load(Path({!r}))"
    assert not imported_by(reading.format(str(sample_data.paths()[0]))) & {"polars", "pydantic", "textual", "pypdfium2"}


def test_no_window_flashes_and_ctrl_c_does_not_reach_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x00000200, raising=False)
    assert start._apart() == {"creationflags": 0x08000200}


def test_a_crash_on_windows_opens_no_window_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []
    fake = types.SimpleNamespace(SEM_FAILCRITICALERRORS=1, SEM_NOGPFAULTERRORBOX=2, SetErrorMode=modes.append)
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    monkeypatch.setattr(sys, "platform", "win32")
    worker._be_modest()
    assert modes == [3]


def test_an_exception_that_ended_a_worker_is_told_as_windows_writes_it() -> None:
    assert "0xc0000005" in pool._GoneError(0xC0000005, too_late=False).cause
    assert "3" in pool._GoneError(3, too_late=False).cause


def test_what_follows_a_path_of_windows_reaches_the_worker_as_it_is() -> None:
    """Bytes that a text stream of Windows would change or stop at."""
    odd = "没有\r\n\x1a\udcff.txt"
    (answer,) = pool.results([Path(odd)], start.hire, workers=1)
    assert answer.path == Path(odd)
    assert "找不到" in answer.failure
