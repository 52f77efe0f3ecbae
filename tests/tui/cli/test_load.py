"""`yusuan load`: documents into the library without the browser, here or on a cluster."""

from __future__ import annotations

import errno
import socket
import sys
from typing import TYPE_CHECKING, NoReturn

import duckdb
import pytest

import sample_data
from budget.library import parts
from loaders.workers import cluster
from tests.support.command import Command
from tests.test_house import HEAVY, imported_by
from tui.library.start import open_library
from tui.terminal import output

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = sample_data.paths()[1].read_text(encoding="utf-8")
ADDRESS = "127.0.0.1:1"


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "home", capsysbinary, monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents and a file that is none."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("甲", "乙"):
        (folder / f"{name}.txt").write_text(f"{SAMPLE}\n{name}\n", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"no document")
    return folder


def held() -> list[str]:
    return sorted(open_library().frames.disclosures["source_name"])


def written(folder: Path) -> int:
    """How many disclosures a folder of Parquet has."""
    return len(duckdb.read_parquet(f"{folder}/disclosures/*.parquet"))


def test_documents_come_into_the_library_and_what_is_known_is_not_read_again(run: Command, folder: Path) -> None:
    ran = run("load", folder)
    assert ran.status == output.FAILED
    assert ran.text.startswith("读完 2 份资料，其中新的 2 份；未读入 1 份。资料库：")
    assert [line for line in ran.err.splitlines() if "broken.pdf" in line] == ran.err.splitlines()
    assert held() == ["乙.txt", "甲.txt"]
    (folder / "broken.pdf").unlink()
    ran = run("load", folder)
    assert (ran.status, ran.err) == (output.OK, "")
    assert ran.text.startswith("读完 2 份资料，其中新的 0 份；未读入 0 份。")


def test_the_library_is_written_as_parquet_without_what_is_hidden(run: Command, folder: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    ran = run("export", "--format", "parquet", "-o", tables)
    assert (ran.status, ran.err.count("\n")) == (output.FAILED, 1)
    run("load", folder)
    assert run("export", "--format", "parquet", "-o", tables).status == output.OK
    assert written(tables) == 2
    assert run("export", "--format", "parquet", "-o", tables).err.endswith("要覆盖请加 --force。\n")
    library = open_library()
    library.hide(library.frames.disclosures["disclosure_id"][0], hidden=True)
    ran = run("export", "--format", "parquet", "-o", tables, "--force")
    assert "隐藏的 1 份资料没有写入" in ran.err
    assert written(tables) == 1
    (tables / "mine.txt").touch()
    assert run("export", "--format", "parquet", "-o", tables, "--force").status == output.FAILED
    assert run("export", *folder.glob("*.txt"), "--format", "parquet", "-o", tmp_path / "two").status == output.OK
    assert written(tmp_path / "two") == 2


def test_a_library_that_takes_nothing_fails(run: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parts, "write", full)
    ran = run("load", *folder.glob("*.txt"))
    assert ran.status == output.FAILED
    assert ran.err.count("没有存入资料库") == 1
    assert "磁盘已满" in ran.err


@pytest.mark.parametrize("given", [[], ["x", "--scheduler"], ["x", "--workers", "2"]])
def test_bad_usage_says_so(run: Command, given: list[str]) -> None:
    ran = run("load", *given)
    assert ran.status == output.MISUSED
    assert ran.err.startswith("用法: yusuan load")
    assert not imported_by(f"from tui.cli.main import main; main(['load', *{given!r}])") & HEAVY


def test_what_is_not_there_fails(run: Command, tmp_path: Path) -> None:
    assert run("load", tmp_path / "none").status == output.FAILED


@pytest.mark.parametrize("there", [False, pytest.param(True, marks=pytest.mark.long)])
def test_without_a_scheduler_nothing_of_dask_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setenv("YUSUAN_HOME", str(tmp_path))
    path = tmp_path / "甲.txt"
    if there:
        path.write_text(SAMPLE, encoding="utf-8")
    found = imported_by(f"from tui.cli.main import main; main(['load', {str(path)!r}])")
    assert "polars" in found
    assert not found & {"distributed", "dask", "tornado"}


def test_without_distributed_one_sentence_says_what_to_install(
    run: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = run("load", folder, "--scheduler", ADDRESS)
    assert (ran.status, ran.out) == (output.FAILED, b"")
    assert ran.err == (
        "yusuan：没有安装 distributed，用不了 --scheduler：请安装 yusuan[cluster]，或去掉 --scheduler 在本机读。\n"
    )


@pytest.mark.parametrize("address", ["nowhere", "scheme://10.0.0.1:8786", "10.0.0.1:port", ""])
def test_what_is_no_address_is_told(run: Command, folder: Path, address: str) -> None:
    ran = run("load", folder, "--scheduler", address)
    assert (ran.status, ran.out) == (output.FAILED, b"")
    assert ran.err.count("\n") == 1
    assert "不是调度进程的地址" in ran.err


@pytest.mark.long
@pytest.mark.parametrize("listening", [False, True])
def test_an_address_where_no_scheduler_answers_is_told(
    run: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, listening: bool
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        if listening:  # as a web server, which waits to be asked
            other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        ran = run("load", folder, "--scheduler", address)
    assert (ran.status, ran.out) == (output.FAILED, b"")
    assert ran.err == f"yusuan：连接不上集群的调度进程 {address}：没有应答，或那里不是同一版本的 Dask 调度进程。\n"
