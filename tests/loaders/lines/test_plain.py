"""Plain text as a grid: where every row prints all its amounts, and no other text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders import meaning
from loaders.lines.plain import grid_of
from loaders.words.tokens import source_line

if TYPE_CHECKING:
    from loaders.document import Grid

FUNCTION = meaning.title("一般公共预算支出表")
HEAD = "科目编码 科目名称 合计 基本支出 项目支出"
ROWS = ("201 一般公共服务支出 3.00 1.00 2.00", "20126 档案事务 3.00 1.00 2.00", "合计 3.00 1.00 2.00")


def grid(*lines: str, title: meaning.Meaning = FUNCTION) -> Grid | None:
    return grid_of([source_line(number, text) for number, text in enumerate(lines, 1)], title)


def texts(found: Grid | None) -> list[list[str]]:
    assert found is not None
    return [[cell.text for cell in found.cells if cell.row == row] for row in range(found.rows)]


def test_rows_with_all_their_amounts() -> None:
    assert texts(grid(HEAD, *ROWS)) == [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", "3.00", "1.00", "2.00"],
        ["20126", "档案事务", "3.00", "1.00", "2.00"],
        ["", "合计", "3.00", "1.00", "2.00"],
    ]


def test_codes_in_pieces_and_glued_to_names() -> None:
    found = texts(grid(HEAD, "208 05 05 机关事业单位基本养老保险缴费支出 3.00 1.00 2.00", "205教育支出 4.00 4.00 0.00"))
    assert [row[:2] for row in found[1:]] == [["2080505", "机关事业单位基本养老保险缴费支出"], ["205", "教育支出"]]


def test_a_head_on_a_further_page_is_no_row() -> None:
    assert len(texts(grid(HEAD, ROWS[0], HEAD, *ROWS[1:]))) == 4


@pytest.mark.parametrize(
    "lines",
    [
        (HEAD, "201 一般公共服务支出 3.00 2.00", ROWS[1]),  # an amount is missing: which one?
        (HEAD, "201 一般公共服务 3.00 1.00 2.00", "支出", ROWS[1]),  # the rest of a name, or the next one
        (HEAD, "什么也不是 3.00 1.00 2.00"),  # words that may be two columns
        (HEAD, "教育支出 3.00 教育支出 4.00 5.00"),  # blocks side by side
        ("科目编码 科目名称 合计 基本支出", *ROWS),  # fewer heads than amounts
        ("科目编码 科目名称 合计 人数 项目支出", *ROWS),  # a column of counts
        (HEAD,),
        ROWS,
    ],
)
def test_doubt_leaves_the_lines_to_others(lines: tuple[str, ...]) -> None:
    assert grid(*lines) is None


def test_codes_of_another_kind_than_the_title_speaks_of() -> None:
    economic = ("科目编码 科目名称 合计", "301 工资福利支出 3.00", "30101 基本工资 3.00")
    assert grid(*economic) is None
    assert grid(*economic, title=meaning.title("一般公共预算基本支出表")) is not None


def test_rows_keep_the_lines_that_they_stand_in() -> None:
    found = grid(HEAD, ROWS[0], "12", *ROWS[1:])
    assert found is not None
    assert found.row_lines == (0, 1, 3, 4)
