"""Standard streams that are full or closed, a folder that is gone, settings that Polars refuses: one sentence each."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import sample_data
from tests.support.command import ROOT

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("streams are closed by a POSIX shell", allow_module_level=True)

SAMPLE = str(sample_data.paths()[0])
EXPORT = ["export", SAMPLE, "--view", "overview"]


def shell(how: str, *given: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command with streams as a shell redirects them."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {how}', "sh", sys.executable, "-m", "tui", *given],
        capture_output=True, check=False, encoding="utf-8", stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "YUSUAN_HOME": str(home), **more},
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(
    "given", [EXPORT, [SAMPLE], ["check", SAMPLE], ["doctor"], ["config"], ["--help"]], ids=" ".join
)
@pytest.mark.parametrize(("how", "why"), [(">/dev/full", "磁盘已满"), (">&-", "已经关闭")])
def test_output_that_takes_nothing_costs_one_sentence(tmp_path: Path, given: list[str], how: str, why: str) -> None:
    run = shell(how, *given, home=tmp_path)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == f"yusuan：标准输出写不了：{why}。"
    assert "Traceback" not in run.stderr


@pytest.mark.long
@pytest.mark.parametrize("how", ["2>&-", "2>/dev/full", "<&- 2>&-", "<&- >&- 2>&-"])
def test_an_export_is_written_though_nobody_can_be_told(tmp_path: Path, how: str) -> None:
    run = shell(how, *EXPORT, "-o", str(tmp_path / "out.csv"), home=tmp_path / "home")
    assert run.returncode == 0
    assert shell("", *EXPORT, home=tmp_path / "home").stdout.splitlines() == (
        (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    )


@pytest.mark.parametrize("how", ["2>&-", "2>/dev/full"])
def test_the_status_tells_of_a_failure_that_nobody_can_be_told(tmp_path: Path, how: str) -> None:
    run = shell(how, "export", str(tmp_path / "none.txt"), "--view", "overview", home=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", "")


def test_a_reader_that_has_had_enough_ends_the_program_quietly(tmp_path: Path) -> None:
    run = shell("| head -1; :", "export", SAMPLE, "--frame", "cells", home=tmp_path)
    assert run.stdout.startswith("disclosure_id,")
    assert run.stderr == ""


@pytest.mark.parametrize("given", [[], EXPORT, ["config"]], ids=" ".join)
def test_a_folder_that_is_gone_costs_one_sentence(tmp_path: Path, given: list[str]) -> None:
    script = f'cd {tmp_path} && mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    run = subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, "-P", "-m", "tui", *given],
        capture_output=True, check=False, encoding="utf-8", stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "YUSUAN_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr == "yusuan：当前文件夹已经不存在：请换到另一个文件夹再运行。\n"


@pytest.mark.parametrize("threads", ["0", "-1", "many", "", "1"])
def test_a_number_of_threads_that_polars_refuses_is_forgotten(tmp_path: Path, threads: str) -> None:
    run = shell("", *EXPORT, home=tmp_path, POLARS_MAX_THREADS=threads)
    assert run.returncode == 0
    assert "出自" in run.stderr  # the notes of the view, and nothing else
    assert all(" 收支总览：" in line for line in run.stderr.splitlines())
