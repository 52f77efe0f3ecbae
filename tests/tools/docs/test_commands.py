"""Every command line in README and docs is one that the program takes, and those on documents run on the samples."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import sample_data
import tasks
from budget.library.frames import SCHEMAS
from tests.support.command import Command
from tests.support.tiers import thinned
from tools.bundle import wheelhouse
from tools.docs import commands
from tools.docs.pages import pages
from tui.cli import arguments

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
OLD, NEW, _ = sample_data.paths()
PROGRAMS = ("yusuan", "./yusuan", "./yusuan.sh", "yusuan.exe", "环境/bin/yusuan", ".venv/bin/yusuan")
PARSE = {
    "export": arguments.parse_export,
    "check": lambda given: arguments.check_parser().parse_args(given),
    "report": arguments.parse_report,
    "load": lambda given: arguments.load_parser().parse_args(given),
}
PLACEHOLDER = re.compile(r"…|\.\.\.|\[|文件名")


class Line(NamedTuple):
    """A command line of a page."""

    page: str
    words: tuple[str, ...]
    output: str
    """What standard output is sent to; "" for nothing."""

    @property
    def of_yusuan(self) -> bool:
        return self.words[0] in PROGRAMS


def lines() -> Iterator[Line]:
    """The command lines in blocks of code, and those of ours within sentences."""
    for path in pages():
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(r"^```(?:sh|bat)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        within = re.findall(rf"`((?:{'|'.join(map(re.escape, (*PROGRAMS, 'python3 tasks.py')))}) [^`]+)`", text)
        written = [line for block in blocks for line in block.splitlines()]
        for line in [*written, *(line for line in within if not PLACEHOLDER.search(line))]:
            words = shlex.split(line.replace("\\", "/"), comments=True)
            named = len(words) == 2 and words[1] in PARSE  # a command is spoken of, not given
            if words and not named:
                at = words.index(">") if ">" in words else len(words)
                yield Line(path.name, tuple(words[:at]), "".join(words[at + 1 :]))


LINES = list(dict.fromkeys(lines()))
OURS = [line for line in LINES if line.of_yusuan]


def said(line: Line) -> str:
    return f"{line.page}: {' '.join(line.words)}"


def parsed(words: tuple[str, ...]) -> Namespace:
    """A command line as the program itself parses it."""
    name = words[0] if words and words[0] in commands.PARSERS else ""
    given = list(words[1:] if name else words)
    return PARSE[name](given) if name in PARSE else commands.PARSERS[name]().parse_args(given)


def test_there_are_many() -> None:
    assert len(OURS) > 20
    assert {line.words[1] for line in OURS if len(line.words) > 1} > {"export", "check", "config", "doctor"}


@pytest.mark.parametrize("line", OURS, ids=said)
def test_a_line_of_ours_is_taken(line: Line) -> None:
    if "--help" in line.words:
        with pytest.raises(SystemExit) as leaving:
            parsed(line.words[1:])
        assert leaving.value.code == 0
    else:
        parsed(line.words[1:])


@pytest.mark.parametrize("line", [line for line in LINES if not line.of_yusuan], ids=said)
def test_any_other_line_is_one_that_is_known(line: Line) -> None:
    program, *rest = line.words
    if rest[:1] == ["tasks.py"]:
        assert f"  {rest[1]} " in tasks.USAGE or rest[1] == "--help"
        if rest[1] == "wheelhouse":
            wheelhouse.parser().parse_args(rest[2:])
    elif program == ".venv/bin/python":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert rest in [["-m", "pip", "install", "-e", f".[{extra}]"] for extra in project["optional-dependencies"]]
    else:
        assert program in {"python", "python3", "环境/bin/pip", "环境/Scripts/pip"}
        assert rest[:2] in (["-m", "venv"], ["install", "--no-index"])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the documents that the pages name; the program is started there."""
    (tmp_path / "文件夹").mkdir()
    for place in (tmp_path, tmp_path / "文件夹"):
        shutil.copy(OLD, place / "2024.txt")
        shutil.copy(NEW, place / "2025.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def runs(line: Line) -> bool:
    """Whether a line needs nothing but the documents of the desk."""
    if "--help" in line.words or set(line.words[1:]) & {"config", "doctor"}:
        return "--help" not in line.words
    if "parquet" in line.words and not parsed(line.words[1:]).paths:
        return False  # the library of the desk is empty
    return len(line.words) > 1 and set(parsed(line.words[1:]).paths) <= {"2024.txt", "2025.txt", "文件夹"}


RUN = [line for line in OURS if runs(line)]


@pytest.mark.parametrize("line", thinned(RUN, 4), ids=said)
def test_a_line_on_documents_runs(
    line: Line, desk: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Command(desk / "home", capfdbinary, monkeypatch)
    done = run(*line.words[1:])
    assert done.status in ({0, 3} if line.words[1] == "check" else {0}), done.err
    wanted = parsed(line.words[1:])
    path = getattr(wanted, "output", None)
    if path and (desk / path).is_dir():
        assert sorted(each.name for each in (desk / path).iterdir()) == sorted(SCHEMAS)
        return
    written = (desk / path).read_bytes() if path else done.out
    if line.words[1] == "load":
        assert written.decode().startswith("读完 2 份资料，其中新的 2 份；未读入 0 份。")
    elif line.words[1] in PARSE:
        assert written.count(b"\n") > 3 or (path and zipfile.is_zipfile(desk / path))
