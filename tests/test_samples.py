from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

import sample_data
from budget.frames import Frames, frames
from budget.model import StatementId
from budget.money import tolerance, yuan_text
from loaders import load
from sample_data import write

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


def test_the_script_writes_the_sample_from_its_own_cells(sample: Path, loaded: Frames, tmp_path: Path) -> None:
    source = tmp_path / "cells.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*KEY, "column_status", "amount_yuan"])
        for row in loaded.cells.select(*KEY, "column_status", "amount_fen").iter_rows():
            out.writerow([*row[:-1], yuan_text(row[-1])])
    head = loaded.disclosures.row(0, named=True)
    edition = {"department": "部门", "unit": "单位"}[head["edition"]]
    written = write.document(write.read(source), head["body"], head["fiscal_year"], edition)
    assert written == sample.read_text(encoding="utf-8")


@pytest.mark.skipif(not REFERENCE, reason="YUSUAN_SHARED is not set: not compared with the reference cells")
def test_the_samples_hold_the_reference_cells(sample: Path, loaded: Frames) -> None:
    reference = Path(REFERENCE) / "reference" / f"{sample.stem}.cells.csv"
    with reference.open(newline="", encoding="utf-8-sig") as file:
        expected = Counter(tuple(row.values()) for row in csv.DictReader(file))
    found = Counter((*row[:-1], yuan_text(row[-1])) for row in loaded.cells.select(*KEY, "amount_fen").iter_rows())
    assert found == expected
