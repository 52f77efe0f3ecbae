"""Tables whose cells are kept apart by commas: grids where one reading gives every row its cells, else lines."""

from __future__ import annotations

import pytest

from loaders.document import Grid
from loaders.formats.text import commas
from loaders.formats.text import tables as text_tables

HEAD = "科目编码,科目名称,合计,基本支出"
SENTENCES = [
    "本年收入12.00万元，比上年增加2.00万元，",
    "其中财政拨款10.00万元，事业收入2.00万元，",
    "主要是人员增加，工资调整。",
]


def rows(*lines: str) -> list[list[str]]:
    (grid,) = (block for block in text_tables.blocks(lines) if isinstance(block, Grid))
    texts = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        texts[cell.row][cell.column] = cell.text
    return texts


@pytest.mark.parametrize("separator", [",", "，", ";", "；"])
def test_separators_make_cells(separator: str) -> None:
    lines = [HEAD, "201,一般公共服务支出,12.00,9.00", "205,教育支出,3.00,"]
    own = [line.replace(",", separator) for line in lines]
    assert rows("支出总表", "单位：万元", *own) == [line.split(",") for line in lines]


def test_quoted_amounts_keep_their_commas() -> None:
    assert rows(HEAD, '201,一般公共服务支出,"1,234.00","1,000.00"', "205,教育支出,3.00,3.00")[1:] == [
        ["201", "一般公共服务支出", "1,234.00", "1,000.00"],
        ["205", "教育支出", "3.00", "3.00"],
    ]


def test_amounts_without_quotes_are_put_together_where_the_head_says_so() -> None:
    found = rows(HEAD, "201,一般公共服务支出,1,234,567.00,1,000.00", "205,教育支出,3.00,3.00")
    assert found[1] == ["201", "一般公共服务支出", "1,234,567.00", "1,000.00"]


@pytest.mark.parametrize(
    "lines",
    [
        SENTENCES,
        [HEAD, "201,一般公共服务支出,1,234.00", "205,教育支出,3.00"],  # a blank, or an amount that was cut
        ["科目,合计", "教育支出,1,234.00", "文化支出,2,345.00,7.00"],
        [HEAD, '201,"一般公共服务支出,12.00,9.00', "205,教育支出,3.00,3.00"],
        ["201,一般公共服务支出,12.00", "205,教育支出,3.00", "206,科学技术支出,4.00"],  # no head
        ["教育支出 无", "行政运行 1,000.00 0.01", "事业运行 1,000.00 0.02"],
        ["项目        合计", "行政运行      1,000.00", "事业运行      1,000.00"],
    ],
)
def test_what_may_be_read_several_ways_stays_lines(lines: list[str]) -> None:
    assert list(commas.with_tabs(lines)) == lines
