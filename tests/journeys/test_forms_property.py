"""Random documents of the three forms, as paragraphs and grids without any file, give exactly what they print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders import disclosure
from loaders.document import Document, Grid, GridCell, Paragraph
from tests.journeys.grid_truth import judge
from tools.documents.files.layout import Layout
from tools.documents.files.sheet import GridLayout
from tools.documents.known_forms import eleven
from tools.documents.known_forms.budget_gen import Shape as Size
from tools.documents.known_forms.forms import Drawn, count, draw, narrow
from tools.documents.strategies import profile

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure
    from tools.documents.files.sheet import Made

SEEDS = st.integers(0, 2**32)
SHA = "0" * 64


def faults(made: Made) -> str:
    """What is wrong with a document that was read as it is; "" if nothing."""
    return judge(made, disclosure.read(made.document, SHA, Path("document")), lines=True).text()


def check(drawn: Drawn) -> None:
    """Nothing is wrong with a document, or what is wrong with the plainest one that fails too."""
    count(drawn)
    if faults(drawn.made()):
        plain = narrow(drawn, lambda plainer: bool(faults(plainer.made())))
        raise AssertionError(f"{faults(plain.made())}\n{plain.text_of()}")


@profile(60)
@given(seed=SEEDS)
def test_the_eleven_tables(seed: int) -> None:
    check(draw("eleven", seed))


@profile(60)
@given(seed=SEEDS)
def test_the_nine_tables(seed: int) -> None:
    check(draw("shanghai", seed))


@profile(60)
@given(seed=SEEDS)
@example(seed=116)  # the number of a page stands before a title
def test_final_accounts(seed: int) -> None:
    check(draw("final_accounts", seed))


@pytest.mark.parametrize("form", ["eleven", "shanghai", "final_accounts"])
@profile(25)
@given(seed=SEEDS)
def test_rows_cut_by_pages(form: str, seed: int) -> None:
    check(draw(form, seed, 12, row_cut=True, wrap=6, page_rows=5))


@pytest.mark.parametrize("form", ["eleven", "shanghai", "final_accounts"])
@profile(25)
@given(seed=SEEDS)
def test_further_pages_without_a_header(form: str, seed: int) -> None:
    check(draw(form, seed, 12, repeat="first page", page_rows=5))


def test_pages_that_cut_every_cell_of_a_row() -> None:
    size, layout = Size(seed=33, items=8), GridLayout(narrow=3, row_cut=True, page_rows=5)
    found = faults(Drawn("eleven", size, eleven.Style(codes="glued"), layout, Layout()).made())
    assert not found, found


def _grid(page: int, *rows: str) -> Grid:
    cells = [row.split("|") for row in rows]
    return Grid(
        tuple(GridCell(r, c, 1, 1, text) for r, row in enumerate(cells) for c, text in enumerate(row)),
        len(rows), max(len(row) for row in cells), page,
    )  # fmt: skip


def _document(*tables: tuple[str, str, tuple[str, ...]]) -> Document:
    """A title page, then title, unit line and grid of each table."""
    blocks: list[Paragraph | Grid] = [Paragraph("某某市水务局", 1), Paragraph("2025年部门预算公开", 1)]
    for page, (title, unit, rows) in enumerate(tables, 2):
        blocks += [Paragraph(title, page), Paragraph(f"编制部门：某某市水务局 单位：{unit}", page), _grid(page, *rows)]
    return Document("pdf", tuple(blocks), len(tables) + 1)


def _cells(loaded: Disclosure) -> list[tuple[str, str, str, str, int]]:
    lines = {(line.statement, line.row_no): line for line in loaded.lines}
    return [
        (cell.statement, (line := lines[cell.statement, cell.row_no]).code, line.name, cell.measure, cell.amount_fen)
        for cell in loaded.cells
    ]


TABLES = (
    ("2025年部门收支平衡总览表", "万元", (
        "收入||支出|", "项目|安排数|项目|安排数", "一、财政补助|1,200.50|一、农林水支出|1,000.00",
        "二、自筹资金|99.50|二、住房保障支出|300.00",
        "收入总计|1,300.00|支出总计|1,300.00",
    )),
    ("2025年部门支出明细总览表", "万元", (
        "科目编码|科目名称|支出合计|人头经费|工程经费", "213|农林水支出|1,000.00|400.00|600.00",
        "21303|水利|1,000.00|400.00|600.00",
        "2130305|水利工程建设|600.00||600.00", "2130301|行政运行|400.00|400.00|", "合计||1,000.00|400.00|600.00",
    )),
    ("2025年会议培训总览表", "元", ("项目|全年安排|人均", "合计|35,000|350", "会议费|20,000|200", "培训费|15,000|150")),
)  # fmt: skip
"""The tables of a form that nobody described: title, unit, rows."""


def test_an_unknown_form_shows_what_it_says() -> None:
    loaded = disclosure.read(_document(*TABLES), SHA, Path("unknown"))
    assert loaded.head.body == "某某市水务局"
    assert loaded.head.fiscal_year == 2025
    known = ["revenue_expenditure_summary", "expenditure_detail", "other_1"]
    assert [head.statement for head in loaded.report.statements] == known
    assert [head.printed_title for head in loaded.report.statements] == [title for title, _, _ in TABLES]
    found = _cells(loaded)
    assert ("expenditure_detail", "2130305", "水利工程建设", "工程经费", 600_0000_00) in found
    assert ("other_1", "", "培训费", "total", 15_000_00) in found
    assert len(found) == 6 + 13 + 6
    assert any("表" in notice.sentence for notice in loaded.report.notices)
