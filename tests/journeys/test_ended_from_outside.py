"""Commands that are ended from outside: at once, quietly, and without leaving a part of a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.system.files import write_bytes
from tests.support.command import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = str(sample_data.paths()[0])
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")


def start(*given: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *given],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def children_of(pid: int) -> list[int]:
    """The processes that a process has started; Linux."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:  # noqa: PTH123
        return [int(word) for word in file.read().split()]


def is_alive(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except FileNotFoundError:
        return False


def endless(folder: Path) -> Path:
    """A small file that takes longer to read than any test waits: its pages draw the same million shapes again."""
    import pikepdf

    pdf = pikepdf.new()
    shapes = pdf.make_indirect(pdf.make_stream(b"0 0 m 9 9 l S\n" * 100_000))
    for _ in range(1_000):
        pdf.add_blank_page(page_size=(600, 800)).obj.Contents = pikepdf.Array([shapes] * 10)
    path = folder / "endless.pdf"
    pdf.save(path, compress_streams=True)
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the workers")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_command_that_reads_ends_with_its_workers_and_writes_nothing(sent: signal.Signals, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    process = start("export", str(endless(tmp_path)), "--view", "overview", "-o", str(output / "a.csv"))
    while not (workers := children_of(process.pid)):
        assert process.poll() is None, process.communicate()
    process.send_signal(sent)
    out, err = process.communicate(timeout=30)  # the file alone would take minutes
    assert (out, err) == (b"", b"")
    assert process.returncode == (130 if sent == signal.SIGINT else -sent)
    for worker in workers:
        while is_alive(worker):  # it notices that nobody listens
            pass
    assert list(output.iterdir()) == []


@pytest.mark.long
@pytest.mark.parametrize("format_", ["csv", "json", "md"])
def test_a_reader_that_takes_one_line_is_no_error(format_: str) -> None:
    process = start("export", SAMPLE, "--view", "expenditure", "--format", format_)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read().decode().splitlines()
    ours = ("yusuan：changji-2024.txt", "yusuan：昌吉州医疗保障局 2024 支出 · 全部资金：")
    assert all(line.startswith(ours) for line in said), said  # what is to be said of the document and of its view
    assert process.wait(60) == 0


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files without a name are of Linux")
@pytest.mark.parametrize("overwrite", [False, True])
def test_nothing_is_left_of_a_file_whose_writer_is_killed(overwrite: bool, tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom budget.system.files import write_bytes\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"write_bytes(Path(sys.argv[1]), b'new', overwrite={overwrite})\n"
    )
    target = tmp_path / "a.csv"
    if overwrite:
        write_bytes(target, b"old")
    done = subprocess.run([sys.executable, "-c", script, str(target)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == ({"a.csv": b"old"} if overwrite else {})


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_rights_that_the_user_gives_new_files(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        write_bytes(tmp_path / "a.csv", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o666 & ~mask
