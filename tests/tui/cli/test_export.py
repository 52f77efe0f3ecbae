from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

import sample_data
from budget.views.state import VIEW_SCOPES, View
from tests.support.command import Command
from tests.support.tiers import EACH, tiered
from tui.cli import help as usage
from tui.terminal import output

SHARED = os.environ.get("YUSUAN_SHARED", "")
OLD, NEW, HEADQUARTERS = (str(path) for path in sample_data.paths())
CELLS = {"disclosure_id", "statement", "code", "name", "project", "measure", "amount_yuan", "column_status"}
CELLS |= {"page", "line"}


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "home", capsysbinary, monkeypatch)


def test_a_view_to_standard_output_is_plain_utf_8_with_crlf(run: Command) -> None:
    ran = run("export", NEW, "--view", "expenditure", "--at", "21015", "--against", OLD)
    assert ran.status == 0
    assert not ran.out.startswith(b"\xef\xbb\xbf")
    assert ran.out.count(b"\r\n") == ran.out.count(b"\n") == 5
    rows = {row["编码"]: row for row in ran.rows}
    assert rows["2101502"]["2025（万元）"] == "206.70"
    assert rows["2101502"]["2024（万元）"] == "246.73"
    assert rows["2101502"]["增减（万元）"] == "-40.03"
    assert rows["21015"]["增减%"] == "-31.10"


SCOPES = [(view, scope) for view in View for scope in VIEW_SCOPES[view]]
WAYS: list[list[str]] = [[], ["--against", OLD], *(["--format", extension] for extension in usage.FORMATS[1:])]


COMPARED_LIBRARY = ((View.LIBRARY, VIEW_SCOPES[View.LIBRARY][0]), WAYS[1])
"""The library is compared with nothing."""


@pytest.mark.parametrize(
    ("shown", "way"),
    [each for each in tiered(SCOPES, WAYS, together=EACH) if each.values != COMPARED_LIBRARY],
    ids=lambda value: "-".join(filter(None, value[-2:])).rpartition("/")[2],
)
def test_every_view_and_scope_can_be_exported(run: Command, shown: tuple[View, str], way: list[str]) -> None:
    view, scope = shown
    given = ["export", NEW, "--view", view.value, *(["--scope", scope.value] if scope else [])]
    ran = run(*given, *way)
    assert (ran.status, bool(ran.out)) == (0, True)
    if not way:
        empty = view is View.NOTES or scope in {"government_fund_expenditure", "state_capital_expenditure"}
        assert len(ran.rows) > 0 or empty  # nobody has written a note yet


def test_a_pivot_takes_its_axes_and_filters_from_options(run: Command) -> None:
    given = ["export", OLD, NEW, "--view", "pivot", "--rows", "function", "--columns", "year"]
    rows = {row["编码"]: row for row in run(*given, "--where", "kind=project").rows}
    assert (rows["2101502"]["2024（万元）"], rows["2101502"]["2025（万元）"]) == ("246.73", "206.70")
    assert rows[""]["2024（万元）"] == "542.29"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--rows", "kind", "--columns", "kind"], "不同的维度"),
        (["--where", "fund"], "维度=值"),
        (["--where", "fund=own", "--where", "fund=current"], "只能写一次"),
        (["--scope", "function"], "行/列"),
    ],
)
def test_a_pivot_that_cannot_be_made_is_refused(run: Command, given: list[str], said: str) -> None:
    ran = run("export", NEW, "--view", "pivot", *given)
    assert ran.status == 2
    assert said in ran.err


def test_axes_belong_to_the_pivot(run: Command) -> None:
    ran = run("export", NEW, "--view", "overview", "--rows", "kind")
    assert ran.status == 2
    assert "pivot" in ran.err


def test_the_project_view_closes_the_sum(run: Command) -> None:
    rows = run("export", OLD, "--view", "project", "--at", "2101502").rows
    amounts = {row["名称"]: row["合计（万元）"] for row in rows}
    assert amounts["结转及其他资金（表3−表7）"] == "56.73"
    assert amounts["合计"] == "246.73"


def test_a_csv_file_opens_in_a_spreadsheet(run: Command, tmp_path: Path) -> None:
    out = tmp_path / "总览.csv"
    ran = run("export", NEW, "--view", "overview", "-o", out)
    assert (ran.status, ran.out) == (0, b"")
    assert str(out) in ran.err
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").count("\r\n") == len(data.splitlines())


@pytest.mark.parametrize(
    ("encoding", "codec", "mark"),
    [("utf-8", "utf-8", False), ("utf-8-sig", "utf-8-sig", True), ("gb18030", "gb18030", False)],
)
@pytest.mark.parametrize("what", [["--view", "overview"], ["--frame", "cells"]])
def test_the_encoding_is_what_was_asked_for(
    run: Command, tmp_path: Path, encoding: str, codec: str, mark: bool, what: list[str]
) -> None:
    out = tmp_path / "out.csv"
    run("export", NEW, *what, "--encoding", encoding, "-o", out)
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == mark
    assert "卫生健康支出" in data.decode(codec)
    assert run("export", NEW, *what, "--encoding", encoding).out == data


@pytest.mark.long
def test_a_workbook_holds_all_views_or_one(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "全部.xlsx"
    assert run("export", NEW, "--view", "all", "--against", OLD, "-o", out).status == 0
    names = openpyxl.load_workbook(out).sheetnames
    scopes = sum(len(VIEW_SCOPES[view]) for view in View if view not in {View.LIBRARY, View.NOTES})
    assert (len(names), names[-2:]) == (scopes + 2, ["图", "导出说明"])
    assert {"收支总览", "支出 · 全部资金", "原表 · 表11 结转结余明细表"} <= set(names)
    one = ["export", NEW, "--view", "project", "--at", "2101502", "--format", "xlsx"]
    piped = run(*one).out
    assert run(*one, "-o", tmp_path / "one.xlsx").status == 0
    assert (tmp_path / "one.xlsx").read_bytes() == piped
    monkeypatch.setattr("tui.cli.export.is_terminal", lambda: True)
    refused = run(*one)
    assert (refused.status, refused.out) == (2, b"")
    assert "请用 -o 写入文件" in refused.err


def test_json_and_markdown_carry_their_provenance(run: Command, tmp_path: Path) -> None:
    given = ["export", NEW, "--view", "basic", "--scope", "by-economic", "--unit", "元", "--against", OLD]
    document = json.loads(run(*given, "--format", "json").text)
    facts = document["provenance"]
    assert (facts["body"], facts["fiscal_year"], facts["unit"]) == ("昌吉州医疗保障局", "2025", "元")
    assert facts["baseline_fiscal_year"] == "2024"
    assert re.fullmatch("[0-9a-f]{64}", facts["sha256"])
    out = tmp_path / "基本.md"
    assert run(*given, "-o", out).status == 0
    written = out.read_text(encoding="utf-8")
    assert facts["sha256"] in written
    assert facts["baseline_sha256"] in written
    assert "5,607,000" in written


def test_the_cells_of_several_documents_are_one_table(run: Command) -> None:
    ran = run("export", OLD, NEW, HEADQUARTERS, "--frame", "cells")
    assert ran.status == 0
    assert set(ran.rows[0]) >= CELLS
    assert {row["body"] for row in ran.rows} == {"昌吉州医疗保障局", "新疆维吾尔自治区医疗保障局本级"}
    assert all(re.fullmatch(r"-?\d+(\.\d\d)?", row["amount_yuan"]) for row in ran.rows)
    for name in usage.FRAMES:
        assert run("export", NEW, "--frame", name).status == 0


def test_raw_data_is_raw_and_a_view_is_harmless(run: Command, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    text = Path(NEW).read_text(encoding="utf-8").replace("经办中心工作经费", "=cmd|'/C calc'!A0")
    hostile.write_text(text, encoding="utf-8")
    raw = {row["project"] for row in run("export", hostile, "--frame", "cells").rows}
    assert "=cmd|'/Ccalc'!A0" in raw or "=cmd|'/C calc'!A0" in raw
    shown = {row["名称"] for row in run("export", hostile, "--view", "project", "--at", "2101502").rows}
    assert not any(name.startswith("=") for name in shown)
    assert any(name.startswith("'=cmd") for name in shown)


@pytest.mark.parametrize("encoding", [[], ["--encoding", "gb18030"]])
def test_on_a_terminal_even_raw_data_sends_no_control_characters(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: list[str]
) -> None:
    hostile = tmp_path / "hostile.txt"
    text = Path(NEW).read_text(encoding="utf-8").replace("本文件由", "\x1b]0;title\x07\x1b[2J本文件由")
    hostile.write_text(text, encoding="utf-8")
    given = ["export", hostile, "--frame", "passages", *encoding]
    assert b"\x1b[2J" in run(*given).out, "a pipe gets the text as it is"
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    shown = run(*given)
    assert b"\x1b" not in shown.out
    assert b"\x07" not in shown.out
    assert "\\x1b[2J本文件由" in shown.text


def test_a_document_compared_with_itself_has_no_baseline_column_to_be_wrong(run: Command) -> None:
    assert run("export", NEW, "--view", "overview", "--against", NEW).status == 0


def test_an_existing_file_is_not_overwritten_unless_forced(run: Command, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    refused = run("export", NEW, "--view", "overview", "-o", out)
    assert refused.status == 1
    assert "--force" in refused.err
    assert out.read_text(encoding="utf-8") == "mine"
    assert run("export", NEW, "--view", "overview", "-o", out, "--force").status == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_findings_as_markdown_are_the_report_of_the_check(run: Command) -> None:
    exported = run("export", NEW, "--view", "findings", "--against", OLD, "--format", "md")
    assert exported.out.decode().startswith("# 预算公开勾稽核对报告")
    assert exported.out == run("check", NEW, "--against", OLD, "--format", "md").out


def test_a_full_disk_costs_one_sentence_and_leaves_nothing(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "out").mkdir()
    ran = run("export", NEW, "--view", "overview", "-o", tmp_path / "out" / "a.csv")
    assert ran.status == 1
    assert "磁盘已满" in ran.err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_does_not_exist_is_told(run: Command, tmp_path: Path) -> None:
    ran = run("export", NEW, "--view", "overview", "-o", tmp_path / "no" / "a.csv")
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1


@pytest.mark.skipif(not SHARED, reason="YUSUAN_SHARED is not set: the originals are not scored")
@pytest.mark.parametrize("name", ["xinjiang-hq-2024", "changji-2024", "changji-2025"])
def test_the_cells_of_the_originals_score_in_full(run: Command, tmp_path: Path, name: str) -> None:
    out = tmp_path / "cells.csv"
    assert run("export", Path(SHARED) / "disclosures" / f"{name}.txt", "--frame", "cells", "-o", out).status == 0
    uncertain = ["--uncertain-only", "project_expenditure"] if name.startswith("changji") else []
    score = [sys.executable, Path(SHARED) / "tools" / "score_cells.py"]
    reference = Path(SHARED) / "reference" / f"{name}.cells.csv"
    done = subprocess.run([*score, reference, out, *uncertain], capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout


def test_a_data_package_is_an_archive_of_all_documents(run: Command, tmp_path: Path) -> None:
    out = tmp_path / "数据.zip"
    ran = run("export", OLD, NEW, "--format", "datapackage", "-o", out)
    assert (ran.status, ran.out) == (output.OK, b"")
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == ["datapackage.json", "facts.csv", "documents.csv", "tables.csv"]
        assert archive.read("documents.csv").count(b"\r\n") == 3
    for more in ([], ["-o", out, "--view", "overview"], ["-o", out, "--frame", "cells"], ["-o", out, "--at", "208"]):
        assert run("export", OLD, "--format", "datapackage", *more).status == output.MISUSED
