from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

import sample_data
from budget.export.frame_csv import raw_frame_csv
from budget.library.frames import RECORD_SCHEMAS, Frames, frames
from budget.model.disclosure import StatementId
from budget.model.money import tolerance, yuan_text
from loaders.load import load
from sample_data import write

LABEL_LETTERS = 17
"""What is longer is a sentence, not a label or a term of the field."""
REFERENCE = os.environ.get("YUSUAN_SHARED", "")
PATHS = sample_data.paths()
KEY = ["statement", "code", "name", "project", "measure"]


@pytest.fixture(scope="module", params=PATHS, ids=[path.stem for path in PATHS])
def sample(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def loaded(sample: Path) -> Frames:
    return frames([load(sample)])


def total(cells: pl.DataFrame, statement: StatementId, measure: str = "total", name: str = "总计") -> int:
    row = (pl.col("statement") == statement) & (pl.col("measure") == measure) & (pl.col("name") == name)
    amount: int = cells.filter(row)["amount_fen"].item()
    return amount


def test_the_samples_are_a_pair_and_the_headquarters() -> None:
    heads = frames([load(path) for path in PATHS]).disclosures
    found = heads.select("body", "fiscal_year", "edition").rows()
    assert sorted(found) == [
        ("新疆维吾尔自治区医疗保障局本级", 2024, "unit"),
        ("昌吉州医疗保障局", 2024, "department"),
        ("昌吉州医疗保障局", 2025, "department"),
    ]


def test_all_eleven_statements_are_read_with_their_columns(sample: Path, loaded: Frames) -> None:
    assert set(loaded.statements["statement"]) == {statement.value for statement in StatementId}
    projects = pl.col("statement") == StatementId.PROJECT_EXPENDITURE
    assert set(loaded.cells.filter(~projects)["column_status"]) == {"printed"}
    # The source of the Changji pair leaves the economic columns of the projects open, and so does the sample.
    open_columns = set(loaded.cells.filter(projects, pl.col("measure") != "total")["column_status"])
    assert open_columns == ({"inferred"} if "changji" in sample.stem else {"printed"})
    assert loaded.notices.filter(pl.col("severity") == "lost").is_empty()
    empty = loaded.statements.filter(pl.col("note") != "")["statement"].to_list()
    assert set(empty) == {StatementId.GOVERNMENT_FUND_EXPENDITURE, StatementId.STATE_CAPITAL_EXPENDITURE}


def test_the_totals_of_the_tables_agree(loaded: Frames) -> None:
    cells = loaded.cells
    whole = total(cells, StatementId.REVENUE_EXPENDITURE_SUMMARY, name="收入总计")
    assert whole == total(cells, StatementId.REVENUE_EXPENDITURE_SUMMARY, name="支出总计")
    assert whole == total(cells, StatementId.REVENUE_DETAIL)
    assert whole == total(cells, StatementId.EXPENDITURE_DETAIL)
    general = total(cells, StatementId.GENERAL_PUBLIC_EXPENDITURE)
    assert general == total(cells, StatementId.APPROPRIATION_SUMMARY, name="支出总计")
    basic = total(cells, StatementId.GENERAL_PUBLIC_EXPENDITURE, "basic")
    assert basic == total(cells, StatementId.BASIC_EXPENDITURE)
    project = total(cells, StatementId.GENERAL_PUBLIC_EXPENDITURE, "project")
    assert project == total(cells, StatementId.PROJECT_EXPENDITURE)
    assert abs(general - basic - project) <= tolerance(2, 5000)


def test_the_items_add_up_to_the_total(loaded: Frames) -> None:
    items = loaded.cells.filter(
        (pl.col("statement") == StatementId.EXPENDITURE_DETAIL)
        & (pl.col("code").str.len_chars() == 7)
        & (pl.col("measure") == "total")
    )
    whole = total(loaded.cells, StatementId.EXPENDITURE_DETAIL)
    assert abs(items["amount_fen"].sum() - whole) <= tolerance(items.height, 5000)


def test_the_text_says_what_it_is_and_names_nobody(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    assert "本文件由 yusuan 依据公开数据编写，非原文件。" in text
    assert not re.search(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}", text), "a telephone number"
    assert not re.search(r"联系人|负责人|填表人|电话", text)


def test_the_script_writes_the_sample_from_its_own_frames(sample: Path, loaded: Frames, tmp_path: Path) -> None:
    for name in ("cells", *write.RECORDS):
        (tmp_path / f"{name}.csv").write_bytes(raw_frame_csv(loaded, name))
    head = loaded.disclosures.row(0, named=True)
    edition = {"department": "部门", "unit": "单位"}[head["edition"]]
    cells, records = write.read(tmp_path / "cells.csv"), write.read_records(tmp_path)
    written = write.document(cells, records, head["body"], head["fiscal_year"], edition)
    assert written == sample.read_text(encoding="utf-8")


def test_every_record_is_there_and_none_is_doubtful(sample: Path, loaded: Frames) -> None:
    for name in RECORD_SCHEMAS:
        assert getattr(loaded, name).height > 0, name
    assert set(loaded.indicators["status"]) == {"printed"}
    assert loaded.stated_changes.filter(pl.col("direction").is_in(["增加", "减少"]), pl.col("reason") == "")[
        "subject"
    ].to_list() == ["“三公”经费"]
    odd = {flag for flags in loaded.allocations["flags"] for flag in flags}
    assert odd == ({"unit_doubtful"} if sample.stem == "changji-2025" else set())
    assert set(loaded.facts["topic"]) == {
        "staffing", "operating_expenses", "procurement", "assets", "performance_summary",
    }  # fmt: skip


def test_the_parts_of_a_project_do_not_exceed_it(loaded: Frames) -> None:
    parts = loaded.allocations.group_by("project_number").agg(
        pl.col("amount_fen").sum(), pl.col("project_amount_fen").first(), pl.len()
    )
    for _, given, whole, number in parts.iter_rows():
        assert given <= whole + tolerance(max(number, 2), 500_000)


@pytest.mark.skipif(not REFERENCE, reason="YUSUAN_SHARED is not set: not compared with the reference cells")
def test_the_samples_hold_the_reference_cells(sample: Path, loaded: Frames) -> None:
    reference = Path(REFERENCE) / "reference" / f"{sample.stem}.cells.csv"
    with reference.open(newline="", encoding="utf-8-sig") as file:
        expected = Counter(tuple(row.values()) for row in csv.DictReader(file))
    found = Counter((*row[:-1], yuan_text(row[-1])) for row in loaded.cells.select(*KEY, "amount_fen").iter_rows())
    assert found == expected


@pytest.mark.skipif(not REFERENCE, reason="YUSUAN_SHARED is not set: not compared with the reference records")
@pytest.mark.parametrize("frame", ["stated_changes", "allocations"])
def test_the_samples_hold_the_figures_of_the_reference(sample: Path, loaded: Frames, frame: str) -> None:
    with (Path(REFERENCE) / "reference" / f"{sample.stem}.{frame}.csv").open(newline="", encoding="utf-8-sig") as file:
        reference = [row for row in csv.DictReader(file) if "每人" not in row.get("item", "")]
    exported = raw_frame_csv(loaded, frame).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(exported, newline="")) if "not_planned" not in row["flags"]]
    assert [[row[name] for name in reference[0]] for row in rows] == [list(row.values()) for row in reference]


@pytest.mark.skipif(not REFERENCE, reason="YUSUAN_SHARED is not set: not compared with the words of the originals")
def test_no_sentence_of_the_originals_is_repeated(sample: Path, loaded: Frames) -> None:
    original = (Path(REFERENCE) / "disclosures" / sample.name).read_text(encoding="utf-8")
    theirs = re.sub(r"\s", "", original)
    ours = [
        *loaded.stated_changes["reason"],
        *loaded.plans["goal"],
        *loaded.terms["text"],
        *loaded.indicators["level3"],
    ]
    repeated = {text for text in ours if len(text) > LABEL_LETTERS and text.strip("。") in theirs}
    assert not repeated
