"""The start from a snapshot as a whole program in a pseudo-terminal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import sample_data

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal of POSIX", allow_module_level=True)

from tests.tui.terminal.terminals import ROOT, Pty

_, _, HEADQUARTERS = sample_data.paths()
MODULES_AT_FIRST_PAINT = """
import os, sys
from textual.app import App
display = App._display
def first(self, screen, renderable):
    display(self, screen, renderable)
    if renderable is not None:
        strips = screen._compositor.render_strips()
        with open(os.environ["FOUND"], "w", encoding="utf-8") as file:
            file.write(" ".join(sys.modules) + "\\n" + "\\n".join(strip.text.rstrip() for strip in strips))
        os._exit(0)
App._display = first
from tui.cli.main import main
main(sys.argv[1:])
"""
"""A program that notes what it has imported, and shows, at its first paint, and ends there."""
HEAVY_AT_THE_WORKER = """
import os, sys
from loaders.workers import start
def begin(first):
    os._exit(len({"textual", "polars"} & set(sys.modules)))
start.Reserve = begin
from tui.cli.main import main
main(sys.argv[1:])
sys.exit("no worker was started")
"""
"""A program that ends where it starts a worker, with the number of heavy packages imported by then."""
ALLOWED = {
    "budget",
    "budget.i18n",
    "budget.i18n.language",
    "budget.library",
    "budget.library.names",
    "budget.system",
    "budget.system.compiled_patterns",
    "budget.system.paths",
    "budget.system.patterns",
    "loaders",
    "loaders.version",
    "loaders.workers",
    "loaders.workers.memory",
    "loaders.workers.start",
}
FOREIGN = {"polars", "pydantic", "pydantic_core", "tomllib", "pypinyin", "pypdfium2", "selectolax"}


@pytest.fixture(scope="module")
def browsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the user in which the sample data have been browsed: the last screen is expenditure in 2025."""
    folder = tmp_path_factory.mktemp("browsed") / "home"
    folder.mkdir()
    (folder / "config.toml").write_text('theme = "dark"\n[keys]\nviews = "m"\n', encoding="utf-8")
    with Pty(folder) as terminal:
        terminal.wait_for("1,140.42")
        terminal.send("\x1b[B\rv")
        terminal.wait_for("支出")
        terminal.wait_for("住房保障支出")
        terminal.send("\x1b[F")
        terminal.wait_for("221 ")
        terminal.send("q")
        assert terminal.end() == 0
    return folder


@pytest.fixture
def home(browsed: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return shutil.copytree(browsed, tmp_path / "home")


def at_first_paint(home: Path, *given: object) -> tuple[set[str], str]:
    """The modules of ours and of others that are imported at the first paint, and what that shows."""
    found = home.parent / "found.txt"
    with Pty(home, *given, script=MODULES_AT_FIRST_PAINT, size=(80, 24), FOUND=str(found)) as terminal:
        terminal.end()
    modules, _, shown = found.read_text(encoding="utf-8").partition("\n")
    return set(modules.split()), shown


@pytest.mark.long
def test_the_last_screen_of_the_last_session_is_shown_at_first(home: Path) -> None:
    modules, shown = at_first_paint(home)
    assert shown.startswith("昌吉州医疗保障局 2025")
    assert "44.06" in shown
    assert "▸ 221" in shown
    assert "polars" not in modules


@pytest.mark.long
def test_keys_sent_with_the_start_are_answered_in_order(home: Path) -> None:
    shutil.copy(HEADQUARTERS, home.parent / "a.txt")
    with Pty(home) as terminal:
        terminal.wait_for("昌吉州医疗保障局 2025")
        terminal.send("\x1b[H\x1b[B\r\x1b\x1b[D\x1b[Do")  # 210, into it, and up to the library; then open a file
        terminal.send("a.txt\r")  # in all fewer keys than are kept
        terminal.wait_for("收支总览")
        terminal.wait_for("已读入 1 份")
        terminal.send("q")
        assert terminal.end() == 0
    assert at_first_paint(home)[1].startswith("新疆维吾尔自治区医疗保障局本级 2024")


@pytest.mark.long
def test_after_a_kill_the_next_start_works(home: Path) -> None:
    with Pty(home) as terminal:
        terminal.wait_for("44.06")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
    assert "44.06" in at_first_paint(home)[1]


def test_without_its_library_no_figure_is_left(home: Path) -> None:
    for part in (home / "samples").iterdir():
        part.unlink()
    _, shown = at_first_paint(home)
    assert "44.06" not in shown
    assert "正在读取" in shown


@pytest.mark.long
def test_a_pipe_in_place_of_the_snapshot_does_not_hold_the_start(home: Path) -> None:
    (home / "screens" / "last.json").unlink()
    os.mkfifo(home / "screens" / "last.json")
    with Pty(home) as terminal:
        terminal.wait_for("1,140.42")
        terminal.send("q")
        assert terminal.end() == 0


def test_lines_in_a_pipe_are_no_session(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in (home / "screens").iterdir()}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "YUSUAN_HOME": str(home)}
    ran = subprocess.run([sys.executable, "-m", "tui"], capture_output=True, check=True, env=environment, cwd=ROOT)
    assert ran.stdout.decode().startswith("资料库")
    assert {path.name: path.read_bytes() for path in (home / "screens").iterdir()} == before


def test_the_first_paint_has_real_figures_and_nothing_heavy(browsed: Path) -> None:
    with Pty(browsed, HEADQUARTERS) as terminal:
        terminal.wait_for("收支总览")
        terminal.send("q")
        assert terminal.end() == 0
    for given, figure in (((HEADQUARTERS,), "211,025.23"), ((), "211,025.23")):
        modules, shown = at_first_paint(browsed, *given)
        assert figure in shown
        assert {name for name in modules if name.split(".")[0] in {"budget", "loaders"}} <= ALLOWED
        assert not modules & FOREIGN


def test_the_worker_of_a_new_document_starts_before_the_screen_is_imported(tmp_path: Path) -> None:
    with Pty(tmp_path / "home", HEADQUARTERS, script=HEAVY_AT_THE_WORKER) as terminal:
        assert terminal.end() == 0
