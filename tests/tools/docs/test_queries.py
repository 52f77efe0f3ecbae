"""The queries of `docs/parquet.md`, run by DuckDB over a library of the samples, against what the program shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl
import pytest

import sample_data
from budget.library.frames import Frames, concat
from budget.library.library import Library
from budget.library.tables import write_tables
from budget.views.registry import view_table
from budget.views.state import VIEW_SCOPES, View, ViewState
from loaders.version import LOADER_VERSION
from tests.support.reading import loaded_frames
from tools.docs import frames as described

PAGE = (Path(__file__).parents[3] / "docs" / "parquet.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^##+ (?P<title>.+)\n(?P<text>(?:(?!^#).*\n)*)", re.MULTILINE)
QUERIES = {
    section["title"]: re.findall(r"^```sql\n(.*?)^```", section["text"], re.MULTILINE | re.DOTALL)
    for section in SECTION.finditer(PAGE)
}
FRAMES = loaded_frames(*sample_data.paths())
NAMES = dict(FRAMES.disclosures.select("source_name", "disclosure_id").iter_rows())
OLD, NEW, OTHER = (NAMES[path.name] for path in sample_data.paths())
WAN = 1e6
Rows = list[tuple[Any, ...]]


class Asked(NamedTuple):
    """A query of the page and what it gave."""

    columns: list[str]
    rows: Rows


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples in a library of two parts, one of them read twice, written as the command writes a library."""
    folder = tmp_path_factory.mktemp("queries")
    library = Library(folder / "library", LOADER_VERSION)
    library.add(FRAMES.of(OLD))
    library.add(FRAMES)
    ids = library.contents().frames.disclosures["disclosure_id"].to_list()
    assert write_tables(folder / "tables", library.everything(ids)) == len(ids) == 3
    return folder / "tables"


def answers(folder: Path, title: str) -> list[Asked]:
    """Run the queries of a section in the folder that holds `tables`."""
    with duckdb.connect() as connection:
        connection.execute(f"SET file_search_path = '{folder.parent}'")
        connection.execute(QUERIES["DuckDB"][0])
        found = []
        for query in QUERIES[title]:
            ran = connection.execute(query)
            found.append(Asked([column[0] for column in ran.description], ran.fetchall()))
        return found


def shown(disclosure: str, view: View, scope: str = "", baseline: str = "", path: tuple[str, ...] = ()) -> pl.DataFrame:
    return view_table(
        ViewState(disclosure=disclosure, baseline=baseline, view=view, scope=scope, path=path), FRAMES
    ).frame


def head(disclosure: str) -> tuple[str, int]:
    body, year = FRAMES.disclosures.filter(disclosure_id=disclosure).select("body", "fiscal_year").row(0)
    return body, year


def detail(disclosure: str) -> pl.DataFrame:
    return shown(disclosure, View.STATEMENT, "expenditure_detail")


def test_one_item_across_bodies(tables: Path) -> None:
    by_name, by_coordinates = answers(tables, "一项支出在各单位、各年是多少")
    expected = []
    for disclosure in (OLD, NEW, OTHER):
        rows = detail(disclosure).filter(code="2101502").select("name", "total", "total#status", "line").rows()
        source = FRAMES.disclosures.filter(disclosure_id=disclosure)["source_name"].item()
        expected += [(*head(disclosure), name, fen / WAN, status, source, line) for name, fen, status, line in rows]
    assert by_name.rows == sorted(expected)
    assert [row[3] for row in by_name.rows] == [246.73, 206.70]
    sections = []
    for disclosure in (OLD, NEW, OTHER):
        rows = shown(disclosure, View.EXPENDITURE, str(VIEW_SCOPES[View.EXPENDITURE][0]), path=("210",))
        sections += [(*head(disclosure), "21015", fen / WAN) for fen in rows.filter(code="21015")["total"].drop_nulls()]
    assert len(sections) == 3
    assert by_coordinates.rows == sorted(sections)


def test_the_projects_of_a_body(tables: Path) -> None:
    (asked,) = answers(tables, "一个单位的项目表")
    rows = shown(NEW, View.PROJECT).filter(pl.col("total#status") != "computed")
    periods = dict(FRAMES.of(NEW).projects.select("name", "period").iter_rows())
    expected = [
        (code, name, fen / WAN, periods[name]) for code, name, fen in rows.select("code", "name", "total").rows()
    ]
    assert len(expected) == 5
    assert sorted(asked.rows) == sorted(expected)
    assert [row[2] for row in asked.rows] == sorted((row[2] for row in expected), reverse=True)


def test_the_change_between_two_years(tables: Path) -> None:
    (asked,) = answers(tables, "两年之间的变化")
    rows = shown(NEW, View.STATEMENT, "expenditure_detail", OLD).filter(row_kind="item")
    expected = {
        code: tuple(None if fen is None else fen / WAN for fen in amounts)
        for code, *amounts in rows.select("code", "total", "total@baseline", "total@delta").rows()
    }
    assert expected["2101599"] == (50.54, 267.92, -217.38)
    one_year = {code for code, (new, old, _) in expected.items() if None in {new, old}}
    assert one_year == {"2080506"}
    known = {code: (new, old, None if code in one_year else delta) for code, (new, old, delta) in expected.items()}
    assert {row[0]: row[2:] for row in asked.rows} == known


def test_sums_of_classes(tables: Path, tmp_path: Path) -> None:
    title = "各类相加等不等于总计"
    (asked,) = answers(tables, title)
    assert len(asked.rows) == 9
    for disclosure in (OLD, NEW, OTHER):
        rows = detail(disclosure)
        for measure in ("total", "basic", "project"):
            classes = rows.filter(row_kind="class")[measure].sum() / WAN
            total = rows.filter(row_kind="grand_total")[measure].item() / WAN
            outcome = "相等" if classes == total else "舍入"
            assert (*head(disclosure), measure, classes, total, outcome) in asked.rows
    wrong = (pl.col("disclosure_id") == NEW) & (pl.col("row_kind") == "class") & (pl.col("code") == "210")
    raised = pl.when(wrong).then(pl.col("amount_fen") + 10_000_000).otherwise(pl.col("amount_fen"))
    changed = concat([FRAMES])
    values = {name: getattr(changed, name) for name in ("disclosures", "statements", "lines", "passages", "notices")}
    write_tables(tmp_path / "tables", [Frames(**values, cells=changed.cells.with_columns(amount_fen=raised))])
    (again,) = answers(tmp_path / "tables", title)
    assert {(row[1], row[2]) for row in again.rows if row[5] == "不等"} == {
        (2025, "total"), (2025, "basic"), (2025, "project")
    }  # fmt: skip


def test_a_word_in_the_texts(tables: Path) -> None:
    (asked,) = answers(tables, "哪些资料说到一个词")
    found = FRAMES.passages.filter(pl.col("text").str.contains("政府采购", literal=True))
    counted = found.group_by("disclosure_id").agg(pl.len(), pl.col("line").min()).rows()
    assert len(counted) == 3
    assert asked.rows == sorted((*head(key), count, line) for key, count, line in counted)


def test_every_query_of_the_page_is_one_of_these() -> None:
    tested = {"DuckDB", "一项支出在各单位、各年是多少", "一个单位的项目表", "两年之间的变化"}
    tested |= {"各类相加等不等于总计", "哪些资料说到一个词"}
    assert {title for title, found in QUERIES.items() if found} == tested
    assert sum(map(len, QUERIES.values())) == PAGE.count("```sql") == 7


def test_the_folders_columns_and_types_are_those_of_the_page(tables: Path) -> None:
    said = re.findall(r"^\| `(\w+)/` \| .+? \| (.+) \|$", PAGE, re.MULTILINE)
    types = {str(dtype): sql for dtype, (_, sql) in described._PARQUET.items()}
    for name, columns in said:
        found = duckdb.read_parquet(f"{tables}/{name}/*.parquet")
        assert [f"`{column}`" for column in found.columns] == columns.split()
        expected = described.spoken_schemas()[name]
        assert list(map(str, found.types)) == [types[str(dtype)] for dtype in expected.values()]
    assert {name for name, _ in said} == {path.name for path in tables.iterdir()}
