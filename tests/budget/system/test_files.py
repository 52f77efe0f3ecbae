"""What is written where: files are replaced whole, what is no file is never replaced."""

from __future__ import annotations

import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from budget.system.files import ExportError, write_bytes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="devices, pipes and links of POSIX")
DATA = bytes(range(256)) * 1_000


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".yusuan-")]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_device_is_written_to_and_stays_one(overwrite: bool) -> None:
    assert write_bytes(Path("/dev/null"), DATA, overwrite=overwrite) == Path("/dev/null")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path, overwrite: bool, linked: bool) -> None:
    pipe = given = tmp_path / "pipe"
    os.mkfifo(pipe)
    if linked:
        given = tmp_path / "link"
        given.symlink_to(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    got = bytearray()

    def read() -> None:
        while len(got) < len(DATA):
            got.extend(os.read(reader, 1 << 16))

    thread = threading.Thread(target=read)
    thread.start()
    write_bytes(given, DATA, overwrite=overwrite)
    thread.join()
    os.close(reader)
    assert bytes(got) == DATA
    assert pipe.is_fifo()
    assert not left_behind(tmp_path)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_pipe_without_a_reader_is_told(tmp_path: Path, overwrite: bool) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="没有程序在读"):
        write_bytes(tmp_path / "pipe", DATA, overwrite=overwrite)
    assert (tmp_path / "pipe").is_fifo()


def test_a_socket_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        with pytest.raises(ExportError):
            write_bytes(tmp_path / "socket", DATA, overwrite=True)
        assert (tmp_path / "socket").is_socket()


@pytest.mark.parametrize("target", ["there", "not there"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_link_is_refused_and_what_it_means_stays(tmp_path: Path, target: str, overwrite: bool) -> None:
    (tmp_path / "there").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / target)
    with pytest.raises(ExportError, match="链接" if overwrite or target != "there" else "已经存在"):
        write_bytes(link, DATA, overwrite=overwrite)
    assert link.is_symlink()
    assert (tmp_path / "there").read_bytes() == b"old"
    assert not (tmp_path / "not there").exists()
    assert not left_behind(tmp_path)


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path, mask: int) -> None:
    former = os.umask(mask)
    try:
        write_bytes(tmp_path / "new", DATA)
        write_bytes(tmp_path / "new", DATA[1:], overwrite=True)
    finally:
        os.umask(former)
    assert (tmp_path / "new").read_bytes() == DATA[1:]
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o666 & ~mask
    assert not left_behind(tmp_path)
