"""`yusuan report`: a review opinion of documents, in a file that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.library.review_notes import NAME, ReviewNotes
from tests.support.command import Command
from tests.test_house import HEAVY, imported_by
from tui.cli import help as usage
from tui.session.noting import Noting
from tui.terminal import output

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW, _ = sample_data.paths()


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "home", capsysbinary, monkeypatch)


@pytest.mark.parametrize("extension", usage.OPINIONS)
def test_every_format_is_written_and_not_written_over(run: Command, tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"意见.{extension}"
    ran = run("report", OLD, "-o", path)
    assert (ran.status, ran.out) == (output.OK, b"")
    assert path.stat().st_size > 1000
    assert run("report", OLD, "-o", path).status == output.FAILED
    assert run("report", OLD, "-o", path, "--force").status == output.OK


def test_two_years_are_paired_and_notes_are_told(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "意见.md"
    assert run("report", OLD, NEW, "-o", path).status == output.OK
    text = path.read_text(encoding="utf-8")
    assert "支出变化最大的" in text
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / NAME).write_bytes(b"no database" * 1000)
    ran = run("report", OLD, "-o", path, "--force")
    assert ran.status == output.OK
    assert ran.err.count("已损坏") == 1
    assert "Traceback" not in ran.err
    assert Noting(ReviewNotes(tmp_path / "home" / NAME)).held == {}


@pytest.mark.parametrize("given", [[], ["x"], ["x", "-o", "x.pdf"], ["x", "-o", "x", "--format", "csv"]])
def test_bad_usage_says_so(run: Command, given: list[str]) -> None:
    ran = run("report", *given)
    assert ran.status == output.MISUSED
    assert ran.err.startswith("用法: yusuan report")
    assert not imported_by(f"from tui.cli.main import main; main(['report', *{given!r}])") & HEAVY


def test_what_cannot_be_read_fails(run: Command, tmp_path: Path) -> None:
    assert run("report", tmp_path / "none.txt", "-o", tmp_path / "x.md").status == output.FAILED
    (tmp_path / "broken.pdf").write_bytes(b"no document")
    assert run("report", OLD, tmp_path / "broken.pdf", "-o", tmp_path / "x.md").status == output.FAILED
    assert (tmp_path / "x.md").exists()
