"""`yusuan check`: formats, exit statuses, pairing with other years."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

import sample_data
from tests.support.command import Command
from tests.test_house import HEAVY, imported_by
from tui.cli import arguments
from tui.cli import help as usage
from tui.terminal import output

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW, HEADQUARTERS = sample_data.paths()


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "home", capsysbinary, monkeypatch)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The sample with a total of table 3 that its parts cannot make up."""
    text = NEW.read_text(encoding="utf-8")
    assert text.count("275.29") >= 1
    path = tmp_path / "2025.txt"
    path.write_text(text.replace("275.29", "375.29", 1), encoding="utf-8")
    return path


def test_without_a_discrepancy_the_status_is_nought(run: Command) -> None:
    for path in (OLD, HEADQUARTERS):
        ran = run("check", path)
        assert (ran.status, ran.err) == (output.OK, ""), ran.text
        assert "不符 0" in ran.text


def test_the_published_figures_that_contradict_each_other_are_told(run: Command) -> None:
    ran = run("check", NEW)
    assert ran.status == output.DISCREPANT
    assert "23.20" in ran.text
    assert "19.20" in ran.text


def test_a_discrepancy_has_a_status_of_its_own(run: Command, wrong: Path) -> None:
    ran = run("check", wrong)
    assert ran.status == output.DISCREPANT == 3
    assert "不能同时成立" in ran.text
    assert "375.29" in ran.text
    assert "第" in ran.text


@pytest.mark.parametrize("extension", [name for name in usage.REPORTS if name != "xlsx"])
def test_every_format_is_written_to_a_file(run: Command, wrong: Path, tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"核对.{extension}"
    ran = run("check", wrong, "--against", OLD, "--format", extension, "-o", path)
    assert (ran.status, ran.out) == (output.DISCREPANT, b"")
    assert "375.29" in path.read_text(encoding="utf-8")
    assert run("check", wrong, "-o", path).status == output.FAILED
    assert run("check", wrong, "-o", path, "--force").status == output.DISCREPANT


def test_the_name_of_the_output_tells_the_format(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "核对.json"
    assert run("check", NEW, "--against", OLD, "-o", path).status == output.DISCREPANT
    document = json.loads(path.read_bytes())["documents"][0]
    assert document["baseline"]["fiscal_year"] == 2024
    found = [finding for finding in document["findings"] if finding["outcome"] == "discrepancy"]
    assert document["counts"]["discrepancy"] == len(found) > 0
    assert all(finding["hard"] and finding["figures"] for finding in found)
    assert any(finding["across_years"] and finding["outcome"] == "exact" for finding in document["findings"])


@pytest.mark.long
def test_a_folder_has_a_summary_and_pairs_by_body(run: Command, tmp_path: Path) -> None:
    for path in (OLD, NEW, HEADQUARTERS):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    ran = run("check", tmp_path, "--format", "md")
    assert ran.status == output.DISCREPANT
    assert ran.text.count("\n## ") == 5  # summary, three documents, what the words mean
    paired = run("check", tmp_path, "--format", "json")
    baselines = [document["baseline"] for document in json.loads(paired.out)["documents"]]
    assert [baseline and baseline["fiscal_year"] for baseline in baselines] == [None, 2024, None]
    paired = run("check", tmp_path, "--against", OLD, "--format", "json")
    baselines = [document["baseline"] for document in json.loads(paired.out)["documents"]]
    assert sum(baseline is not None for baseline in baselines) == 1
    assert "没有同一单位的对照资料" in paired.err


def test_what_cannot_be_read_outranks_what_was_found(run: Command, wrong: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no document")
    ran = run("check", wrong, broken)
    assert ran.status == output.FAILED
    assert "不能同时成立" in ran.text
    assert "broken.pdf" in ran.err
    assert run("check", tmp_path / "none.txt").status == output.FAILED
    assert run("check", wrong, "--against", tmp_path / "none.txt").status == output.FAILED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The samples, one of them twice."""
    held = tmp_path / "资料"
    held.mkdir()
    for path in (OLD, NEW, HEADQUARTERS):
        (held / path.name).write_bytes(path.read_bytes())
    (held / "z.txt").write_bytes(OLD.read_bytes())
    return held


def test_a_folder_ends_with_a_table_a_body(run: Command, folder: Path) -> None:
    ran = run("check", folder)
    tables = ran.text.rpartition("须回原文核实")[2].strip().split("\n\n")
    assert [table.split("\n")[0] for table in tables] == ["昌吉州医疗保障局", "新疆维吾尔自治区医疗保障局本级"]
    lines = [line.split() for line in tables[0].splitlines()[2:]]
    assert [(line[0], line[3]) for line in lines] == [("2025", "2024"), ("2024", "0")]
    assert int(lines[0][4]) > 0  # discrepancies
    assert lines[1][-1] == OLD.name


def test_a_copy_is_named_once(run: Command, folder: Path) -> None:
    ran = run("check", folder)
    assert ran.err.count("内容相同") == 1
    assert "z.txt" in ran.err
    assert "z.txt" not in ran.text


@pytest.mark.long
def test_a_workbook_has_a_sheet_a_body(run: Command, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "核对.xlsx"
    ran = run("check", folder, "-o", path)
    assert (ran.status, ran.out) == (output.DISCREPANT, b"")
    book = load_workbook(path)
    assert book.sheetnames == ["汇总", "昌吉州医疗保障局", "新疆维吾尔自治区医疗保障局本级"]
    assert [row[-1] for row in book["汇总"].iter_rows(min_row=2, max_row=4, values_only=True)] == [
        NEW.name, OLD.name, HEADQUARTERS.name,
    ]  # fmt: skip
    rows = list(book["昌吉州医疗保障局"].iter_rows(values_only=True))
    assert isinstance(rows[1][4], int)
    assert sum(row[1] == "不符" for row in rows if row[0] == NEW.name) == rows[1][4]


@pytest.mark.parametrize("given", [[], ["x", "--format", "svg"], ["x", "--view", "y"]])
def test_bad_usage_says_so(run: Command, given: list[str]) -> None:
    ran = run("check", *given)
    assert ran.status == output.MISUSED
    assert ran.err.startswith("用法: yusuan check")


def test_the_help_needs_nothing_heavy_and_names_every_option(run: Command) -> None:
    text = run("check", "--help").text
    for action in arguments.check_parser()._actions:
        assert all(option in text for option in action.option_strings if option != "--version")
    assert not imported_by("from tui.cli.main import main; main(['check', '--help'])") & HEAVY
    assert not imported_by("from tui.cli.main import main; main(['check'])") & HEAVY
