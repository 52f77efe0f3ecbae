"""What is printed where the console's code page is 936: words in it, data as asked for; never an error."""

from __future__ import annotations

import csv
import errno
import io
import sys
from pathlib import Path

import pytest

import sample_data
from tests.support.command import program
from tui.cli import main
from tui.terminal import output as console

OLD, NEW, _ = map(str, sample_data.paths())
CHINESE = {"PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0", "PYTHONLEGACYWINDOWSSTDIO": "1"}
RARE = "\U00020bb7\u4dae"
"""Two characters of names that GBK does not have."""


@pytest.fixture
def rare(tmp_path: Path) -> str:
    path = tmp_path / f"{RARE}部门.txt"
    path.write_bytes(Path(NEW).read_bytes())
    return str(path)


@pytest.mark.long
def test_a_report_for_people_is_in_the_encoding_of_the_console(tmp_path: Path, rare: str) -> None:
    chinese, plain = (program("check", rare, **more) for more in (CHINESE, {"PYTHONUTF8": "1"}))
    assert (chinese.returncode, chinese.stderr) == (plain.returncode, b"")
    printed, expected = chinese.stdout.decode("cp936"), plain.stdout.decode("utf-8")
    assert RARE in expected
    assert printed.splitlines() == [
        line.replace(RARE, "????").encode("cp936", errors="replace").decode("cp936") for line in expected.splitlines()
    ]


@pytest.mark.long
@pytest.mark.parametrize("format_", ["csv", "json", "md"])
def test_a_report_for_programs_is_utf_8_everywhere(format_: str, rare: str) -> None:
    chinese, plain = (program("check", rare, "--format", format_, **more) for more in (CHINESE, {"PYTHONUTF8": "1"}))
    assert chinese.stdout == plain.stdout
    assert RARE in chinese.stdout.decode("utf-8")


@pytest.mark.long
@pytest.mark.parametrize(("encoding", "codec"), [(None, "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030")])
def test_an_export_to_a_pipe_is_in_the_encoding_that_is_asked_for(encoding: str | None, codec: str) -> None:
    asked = ["--encoding", encoding] if encoding else []
    done = program("export", NEW, "--view", "expenditure", *asked, **CHINESE)
    assert (done.returncode, b"?" in done.stderr) == (0, False)
    assert done.stderr.decode("cp936").startswith("yusuan：昌吉州医疗保障局 2025 支出 · 全部资金：")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode(codec), newline="")))
    assert "卫生健康支出" in {value for row in rows for value in row.values()}
    assert done.stdout.startswith(b"\xef\xbb\xbf") == (codec == "utf-8-sig")
    assert b"\r\r\n" not in done.stdout


@pytest.mark.long
def test_sentences_about_names_that_the_code_page_does_not_have(tmp_path: Path, rare: str) -> None:
    output = tmp_path / f"{RARE}.csv"
    done = program("export", rare, "--view", "expenditure", "-o", output, **CHINESE)
    assert done.returncode == 0
    assert done.stderr.decode("cp936").splitlines()[-1] == f"yusuan：已写入 {tmp_path}/????.csv"
    assert output.exists()
    missing = program("check", f"{RARE}没有.txt", **CHINESE)
    assert missing.returncode == 1
    assert "????没有.txt" in missing.stderr.decode("cp936")


@pytest.mark.parametrize("environment", [CHINESE, {"PYTHONUTF8": "1"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}])
def test_arguments_that_are_no_text(environment: dict[str, str]) -> None:
    for given in (["\udcff没有.txt"], ["--\udcff"], ["export", "\udcff", "--view", "\udcff"]):
        done = program(*given, **environment)
        assert done.returncode in {1, 2}
        assert b"\xff" not in done.stderr
        assert b"Traceback" not in done.stderr
        assert done.stderr


class _Gone(io.StringIO):
    """A pipe whose reader has gone, as Windows reports it."""

    def write(self, text: str) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")

    flush = write  # type: ignore[assignment]


def test_a_pipe_that_nobody_reads_any_more_ends_the_command_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    hushed: list[bool] = []
    monkeypatch.setattr(main, "discard_output", lambda: hushed.append(True))
    monkeypatch.setattr(sys, "stdout", _Gone())
    assert main.main(["config", "--path"]) == 1, "elsewhere it is told"
    monkeypatch.setattr(console, "on_windows", lambda: True)
    assert main.main(["config", "--path"]) == 0
    assert hushed == [True, True]


def test_the_consoles_of_windows_are_not_sent_sequences(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "on_windows", lambda: True)
    console.progress(1, 2, 0, "一份很长的资料的名字" * 8)
    shown = capsys.readouterr().err
    assert "\x1b" not in shown
    assert shown.startswith("\r" + " " * 79 + "\r读入 1/2")


@pytest.mark.long
def test_files_are_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    warned = {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "error::EncodingWarning", **CHINESE, "LC_ALL": "C"}
    for given in (["export", NEW, "--view", "overview", "-o", "a.md"], ["check", NEW, "-o", "a.txt"]):
        done = program(*given[:-1], tmp_path / given[-1], **warned)
        assert done.returncode in {0, 3}, done.stderr.decode("cp936")
    for name in ("a.md", "a.txt"):
        assert "预算" in (tmp_path / name).read_text(encoding="utf-8")
