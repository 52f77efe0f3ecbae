"""What a worker reads early, is given on Windows, and what its libraries find where its pipes were."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
import types
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sample_data
from loaders.workers import pool, start, worker
from tests.loaders.workers.test_pool import worker as command
from tests.test_house import imported_by

if TYPE_CHECKING:
    from collections.abc import Iterator

NEW = sample_data.paths()[1]

STDIN = """
    def read(path):
        assert os.fstat(0).st_rdev == os.stat(os.devnull).st_rdev, "a library would wait for the pipe"
        assert os.read(0, 1) == sys.stdin.buffer.read() == b""
        assert os.write(1, b"a library prints") == 16
        return load(path)
"""


COUNTED = """
    def read(path):
        with open({log!r}, "a") as log:
            print(path.name, file=log)
        return load(path)
    first = Path({first!r})
    main = worker.main
    worker.main = lambda read: main(read, first)
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("first", "asked", "read"),
    [
        ("a.txt", ["a.txt"], ["a.txt"]),
        ("a.txt", ["b.txt"], ["a.txt", "b.txt"]),
        ("a.txt", ["a.txt"] * 2, ["a.txt"] * 2),
    ],
)
def test_a_document_that_was_read_early_is_not_read_again(
    tmp_path: Path, first: str, asked: list[str], read: list[str]
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(NEW.read_bytes())
    log = tmp_path / "log"
    program = COUNTED.format(log=str(log), first=str(tmp_path / first))
    found = list(pool.results([tmp_path / name for name in asked], lambda: start.start(command(program)), workers=1))
    assert [answer.failure for answer in found] == [""] * len(asked)
    assert log.read_text(encoding="utf-8").split() == read
    for answer in found:
        assert answer.frames is not None
        assert answer.frames.disclosures["source_name"].item() == answer.path.name


def test_a_file_that_has_changed_since_it_was_read_early_is_read_again(tmp_path: Path) -> None:
    path, log = tmp_path / "a.txt", tmp_path / "log"
    path.write_bytes(NEW.read_bytes())
    process = start.start(command(COUNTED.format(log=str(log), first=str(path))))
    while not log.exists():
        time.sleep(0.01)

    def later() -> Iterator[Path]:
        path.write_bytes(b"\n" + NEW.read_bytes())
        yield path

    (answer,) = pool.results(later(), lambda: process, workers=1)
    assert answer.frames is not None
    assert answer.frames.disclosures["sha256"].item() == hashlib.sha256(path.read_bytes()).hexdigest()
    assert log.read_text(encoding="utf-8").split() == ["a.txt"] * 2


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
    monkeypatch.setattr(worker.memory, "bound", lambda: modes.append(0))
    worker._be_modest()
    assert modes == [3, 0]


def test_an_exception_that_ended_a_worker_is_told_as_windows_writes_it() -> None:
    assert "0xc0000005" in pool._GoneError(0xC0000005, too_late=False).cause
    assert "3" in pool._GoneError(3, too_late=False).cause


def test_what_follows_a_path_of_windows_reaches_the_worker_as_it_is() -> None:
    """Bytes that a text stream of Windows would change or stop at."""
    odd = "没有\r\n\x1a\udcff.txt"
    (answer,) = pool.results([Path(odd)], start.hire, workers=1)
    assert answer.path == Path(odd)
    assert "找不到" in answer.failure
