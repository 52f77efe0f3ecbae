"""Tables given as text: tabs and bars become grids where the rows show their places, and stay lines elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders import disclosure
from loaders.document import Document, Grid, Paragraph
from loaders.formats import html
from loaders.formats.text import reader as text
from loaders.formats.text import tables as text_tables
from loaders.tables.cells import Cells
from loaders.tables.header import header_rows
from tests.loaders.formats import written_tables
from tests.support.limits import processor_seconds
from tests.support.originals import shared
from tests.support.tiers import turns

if TYPE_CHECKING:
    from tests.loaders.formats.written_tables import Table

COPIES = (".tsv.txt", ".md", ".pipe.txt")
MERGED_AWAY = {"chongqing-fengjie-2023-target.tsv.txt"}
"""A form of labels and values whose merged cells a browser left out: nothing tells where its cells stood."""


def grids(*lines: str) -> list[Grid]:
    return [block for block in text_tables.blocks(lines) if isinstance(block, Grid)]


def cells(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [cell[:5] for cell in grid.cells]


def filled(grid: Grid) -> list[dict[int, str]]:
    """The texts of the rows by column, without blanks."""
    rows: list[dict[int, str]] = [{} for _ in range(grid.rows)]
    for cell in grid.cells:
        if plain := "".join(cell.text.split()):
            rows[cell.row][cell.column] = plain
    return rows


def test_whole_amounts_are_no_codes_that_a_name_reaches_over() -> None:
    head = "项目\t合计\t功能分类\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算"
    first = "一、财政拨款\t11563\t216 商业服务业等支出\t11563\t3675\t7888\t0"
    last = "收入总计\t11563\t支出总计\t11563\t3675\t7888\t0"
    assert not grids(head, first, "一般公共预算\t3675", last)  # it may stand in any column of amounts


def test_an_amount_that_looks_like_a_year_heads_no_column() -> None:
    for row in ("因公出国（境）费\t2018\t2018\t-", "因公出国（境）费\t2018\t-\t-", "因公出国（境）费\t2000\t\t"):
        (grid,) = grids("项目\t合计\t一般公共预算\t政府性基金", row, "公务接待费\t5027\t5027\t-")
        assert header_rows(Cells(grid), 0) == 1, row
    (grid,) = grids("项目\t预算数\t\t增减", "\t2017\t2018\t", "公务接待费\t10\t50\t40", "会议费\t20\t50\t30")
    assert header_rows(Cells(grid), 0) == 2


@settings(max_examples=60)
@given(written_tables.tables(), st.sampled_from(sorted(written_tables.SPREAD)))
def test_places_that_are_written_are_kept(table: Table, way: str) -> None:
    (grid,) = grids(*written_tables.SPREAD[way](table))
    assert cells(grid) == [tuple(cell) for cell in table.cells]


@settings(max_examples=60)
@given(written_tables.tables())
def test_spans_that_a_browser_lost_are_found_or_nothing_is_said(table: Table) -> None:
    for grid in grids(*written_tables.as_copied(table)):
        assert cells(grid) == [tuple(cell) for cell in table.cells]


SIDES = [
    "序号\t收入\t支出",
    "项 目\t预算数\t项 目\t预算数",
    "栏次\t1\t2\t3\t4",
    "1\t一、拨款\t5.00\t一、教育\t3.00",
    "2\t\t\t二、科学\t2.00",
]
FUNDS = [
    "项目\t2016年预算数",
    "小计\t其中：一般公共预算安排数",
    "合计\t21.63\t21.63",
    "（一）会议费\t未安排\t未安排",
    "培训费\t6.8\t6.8",
    "接待费\t14.83\t14.83",
    "购置费\t\t",
    "运行费\t5\t5",
    "二、培训费\t7\t7",
]
DEBT = [
    "地 区\t2020年限额\t2020年余额",
    "\t一般\t专项\t\t一般\t专项",
    "公式\tA=B+C\tB\tC\tD=E+F\tE\tF",
    "某区\t7.5\t5.0\t2.5\t6.5\t4.0\t2.5",
]
RATES = [
    "项 目\t上年决算数\t预算数\t执行数",
    "金额\t占预算%\t比上年增长%",
    "一、税收\t400\t440\t431\t97.95\t7.75",
    "增值税\t266\t292\t292\t100\t9.77",
]
FINAL = [
    "项目\t本年收入合计\t财政拨款收入\t事业收入", "功能分类科目编码\t科目名称", "栏次\t1\t2\t3",
    "合计\t3.00\t2.00\t1.00", "20501\t教育管理\t3.00\t2.00\t1.00", "2050101\t行政运行\t3.00\t2.00\t1.00",
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        (SIDES, [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (1, 3, 1, 1), (1, 4, 1, 1)]),
        (FUNDS, [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]),
        (DEBT, [(0, 0, 2, 1), (0, 1, 1, 3), (0, 4, 1, 3), *((1, column, 1, 1) for column in range(1, 7))]),
        (RATES, [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 2, 1), (0, 3, 1, 3), *((1, column, 1, 1) for column in (3, 4, 5))]),
        (FINAL, [(0, 0, 1, 2), (0, 2, 2, 1), (0, 3, 2, 1), (0, 4, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    ],
)
def test_heads_of_browser_copies(lines: list[str], head: list[tuple[int, int, int, int]]) -> None:
    (grid,) = grids(*lines)
    assert [cell[:4] for cell in grid.cells if cell.row < 2] == head


def test_a_total_over_code_and_name_is_merged() -> None:
    (grid,) = grids(*FINAL)
    assert [cell for cell in cells(grid) if cell[0] in {2, 3}] == [
        (2, 0, 1, 2, "栏次"), (2, 2, 1, 1, "1"), (2, 3, 1, 1, "2"), (2, 4, 1, 1, "3"),
        (3, 0, 1, 2, "合计"), (3, 2, 1, 1, "3.00"), (3, 3, 1, 1, "2.00"), (3, 4, 1, 1, "1.00"),
    ]  # fmt: skip


def test_a_group_at_the_left_goes_on_below() -> None:
    (grid,) = grids(
        "项目名称\t\t金额", "预算资金\t小计\t5.00", "拨款\t3.00", "专项\t2.00", "其他资金\t小计\t1.00", "捐赠\t1.00"
    )
    assert (1, 0, 3, 1, "预算资金") in cells(grid)
    assert (2, 1, 1, 1, "拨款") in cells(grid)
    assert (4, 0, 2, 1, "其他资金") in cells(grid)


def test_captions_and_notes_are_lines_and_rows_know_theirs() -> None:
    above = ["收支预算总表", "单位：万元", ""]
    lines = [*above, "| 项目 | 预算数 |", "|---|:---:|", "| 合计 | 3.00 |", "| 教育 | 3.00 |", "注：无。"]
    document = Document("text", text_tables.blocks(lines))
    assert list(document.lines) == lines
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Paragraph, Grid, Paragraph]
    number, grid = list(document.numbered())[3]
    assert isinstance(grid, Grid)
    assert [number + grid.line_of(row) for row in range(grid.rows)] == [4, 6, 7]
    assert filled(grid) == [{0: "项目", 1: "预算数"}, {0: "合计", 1: "3.00"}, {0: "教育", 1: "3.00"}]


def test_captions_inside_the_cells_are_lines() -> None:
    lines = [
        "收支总表\t\t",
        "编制单位：某局\t\t单位：万元",
        "项目\t小计\t其中：专项",
        "合计\t3.00\t1.00",
        "教育\t3.00\t1.00",
        "注：略\t\t",
    ]
    (grid,) = grids(*lines)
    assert filled(grid)[0] == {0: "项目", 1: "小计", 2: "其中：专项"}
    assert grid.rows == 3


def test_a_row_of_one_merged_cell_stays_a_row() -> None:
    (grid,) = grids("项目\t预算\t决算", "合计\t3.00\t1.00", "一、基本支出", "教育\t3.00\t1.00")
    assert (2, 0, 1, 3, "一、基本支出") in cells(grid)


def test_tables_below_one_another_are_two() -> None:
    first, second = grids("项目\t预算数", "合计\t3.00", "项目\t上年数\t本年数", "合计\t3.00\t1.00")
    assert (first.columns, second.columns) == (2, 3)


def test_a_blank_line_ends_a_table_of_markdown() -> None:
    table = ["|项目|预算数|", "|---|---|", "|合计|3.00|"]
    first, second = grids(*table, "", *table)
    assert (first.rows, second.rows) == (2, 2)


def test_rows_with_blank_lines_between_are_one_table() -> None:
    (grid,) = grids("项目\t预算数", "", "合计\t3.00", "", "教育\t3.00")
    assert [grid.line_of(row) for row in range(3)] == [0, 2, 4]


def test_a_drawn_frame_is_no_row() -> None:
    rule = "+------+------+"
    (grid,) = grids(rule, "| 项目 | 预算数 |", rule, "| 合计 | 3.00 |", "| 教育 | 3.00 |", rule)
    assert filled(grid) == [{0: "项目", 1: "预算数"}, {0: "合计", 1: "3.00"}, {0: "教育", 1: "3.00"}]


def test_a_table_goes_on_without_a_head() -> None:
    first, second = grids("项目\t预算数", "合计\t3.00", "- 2 -", "", "教育\t3.00", "卫生\t1.00")
    assert (first.rows, second.rows) == (2, 2)


@pytest.mark.parametrize(
    "lines",
    [
        ["一、部门收支总体情况表\t3", "二、部门收入总体情况表\t4", "三、部门支出总体情况表\t5"],  # a contents page
        [
            "科目\t名称\t合计\t基本",
            "208\t05\t养老支出\t3.00\t3.00",
            "208\t3.00",
            "行政运行\t3.00\t208\t3.00\t1",
        ],  # ragged
        [
            "类\t款\t名称\t合计",
            "208\t\t社会保障\t3.00",
            "208\t05\t养老支出\t3.00",
            "208\t05\t01 行政单位\t3.00",
        ],  # glued codes
        [
            "类\t款\t名称\t合计\t结转\t其他",
            "210\t\t卫生\t9.00\t7.00\t2.00",
            "210\t15\t管理\t4.00\t2.00\t2.00",
            "210\t16\t补助\t5.00\t\t5.00",
        ],  # what moved aside in one row
        ["\t本单位预算包括本级预算。", "\t没有下属单位。"],
        ["电话\t12345", "邮编\t678"],
    ],
)
def test_what_does_not_show_its_places_stays_lines(lines: list[str]) -> None:
    blocks = text_tables.blocks(lines)
    assert blocks == tuple(map(Paragraph, lines))


def test_where_one_table_lost_cells_no_other_is_relied_on() -> None:
    sound = ["项目\t预算数", "合计\t3.00", "教育\t3.00"]
    shifted = ["类\t款\t名称\t合计", "208\t\t社会保障\t3.00", "208\t05\t养老支出\t3.00", "208\t05\t01 行政单位\t3.00"]
    assert len(grids(*sound)) == 1
    assert not grids(*sound, "表二", *shifted)


LINE = st.lists(
    st.sampled_from(["项目", "预算数", "1.00", "", "|", "---", "\t", "208", " ", "+", "注："]), max_size=9
).map("".join)


@given(st.lists(LINE, max_size=12))
@example(["|", "|---|", "||", "+---+"])
@example(["a|b", ":-:|-"])
def test_every_line_is_kept_whatever_it_holds(lines: list[str]) -> None:
    document = Document("text", text_tables.blocks(lines))
    assert list(document.lines) == lines
    for block in document.blocks:
        if isinstance(block, Grid):
            taken = [
                (cell.row + y, cell.column + x)
                for cell in block.cells
                for y in range(cell.rows)
                for x in range(cell.columns)
            ]
            assert len(taken) == len(set(taken))
            assert max(taken) < (block.rows, block.columns)
            assert len(block.row_lines) == block.rows


@pytest.mark.long
@pytest.mark.parametrize(
    "lines",
    [
        ["项目\t预算数", *["教育\t1.00"] * 40_000],
        ["项目\t" + "\t".join(["金额"] * 20), "\t".join(["小计"] * 25), *["\t".join(["x"] + ["1.00"] * 40)] * 2_000],
        ["| " * 400 + "|"] * 600,
        ["+-" * 200_000],
        ["a\tb\tc", *["x\t1"] * 40_000],
    ][:: turns(2)],
)
def test_long_texts_are_read_quickly(lines: list[str]) -> None:
    with processor_seconds(8):  # a tenth of it on an idle machine; minutes where the cost is not linear
        text_tables.blocks(lines)


SUMMARY = ("收支总表", "", "收入\t\t支出\t", "项目\t预算数\t项目\t预算数")
"""A table whose head shows merged cells as blanks."""


def test_a_page_without_amounts_goes_on_with_the_table() -> None:
    first = "一、本年收入\t9.00\t一、教育支出\t9.00"
    further = ("二、上年结转\t\t二、卫生健康支出\t", "三、其他收入\t\t三、其他支出\t")
    assert [grid.rows for grid in grids(*SUMMARY, first, "", "- 2 -", "", *further)] == [3, 2]
    assert [grid.rows for grid in grids(*SUMMARY, first, "收支总表", "", *SUMMARY[2:], *further)] == [3, 4]
    assert [grid.rows for grid in grids(*SUMMARY, first, "支出总表", "", *SUMMARY[2:], *further)] == [3]


def test_a_head_that_is_printed_again_begins_a_page() -> None:
    rows = ("一、本年收入\t9.00\t一、教育支出\t9.00", "收入总计\t9.00\t支出总计\t9.00")
    assert [grid.rows for grid in grids(*SUMMARY, rows[0], "", *SUMMARY[2:], rows[1])] == [3, 3]


def test_a_page_that_lacks_a_head_shows_that_cells_were_lost() -> None:
    head = "科目名称\t合计\t财政拨款\t单位资金"
    pages = ("收入总表", "", head, "教育支出\t9.00\t5.00\t4.00", "", "- 2 -", "")
    assert len(grids(*pages, head, "卫生健康支出\t6.00\t\t6.00")) == 2
    assert not grids(*pages, "科目名称\t合计\t单位资金\t", "卫生健康支出\t6.00\t\t6.00")


def test_rows_all_shorter_than_the_head_lost_cells() -> None:
    head = "科目编码\t科目名称\t合计\t基本支出\t项目支出"
    assert not grids("支出总表", head, "\t总计\t928\t928", "201\t一般公共服务支出\t928\t928")


def test_totals_alone_are_a_page_of_a_table_with_bars() -> None:
    rule, head = "|---|---|---|", "| 科目编码 | 科目名称 | 合计 |"
    found = grids("支出总表", "", head, rule, "| 205 | 教育支出 | 9.00 |", "", "| 合计 | | 9.00 |", rule)
    assert [grid.rows for grid in found] == [2, 1]


def _with_sources(*rows: str) -> list[str]:
    """A summary that lists sources, and a table that has a column for each."""
    head = ("科目编码\t科目名称\t合计\t财政拨款\t\t", "\t\t\t一般公共预算\t政府性基金预算\t国有资本经营预算")
    return [
        "某某市水务局", "2025年部门预算公开", "", "部门收支总表", "单位：万元", *SUMMARY[2:],
        "一、一般公共预算拨款\t\t一、农林水支出\t9.00", "二、政府性基金预算拨款\t9.00\t二、其他支出\t",
        "三、国有资本经营预算拨款\t\t\t", "收入总计\t9.00\t支出总计\t9.00", "",
        "部门收入总表", "单位：万元", *head, *rows,
    ]  # fmt: skip


@pytest.mark.parametrize("cells_", ["9.00\t\t9.00\t", "9.00\t9.00\t\t"])
def test_other_tables_tell_whether_cells_moved(cells_: str) -> None:
    lines = _with_sources(f"\t合计\t{cells_}", f"213\t农林水支出\t{cells_}", f"21303\t水利\t{cells_}")
    loaded = disclosure.read(Document("text", text_tables.blocks(lines)), "0" * 64, Path("document"))
    sources = {cell.coordinates.fund for cell in loaded.cells if cell.statement == "revenue_detail"}
    assert sources == {"", "government_fund"}


def web() -> list[str]:
    """The names of the real tables."""
    return sorted(path.name.removesuffix(".html") for path in (shared() / "disclosures" / "web").glob("*.html"))


def below_captions(document: Document) -> list[list[dict[int, str]]]:
    """The rows of each grid below those of one cell, and of body, year and unit, that web pages have inside."""
    found = []
    for block in document.blocks:
        if isinstance(block, Grid):
            rows = filled(block)
            while (
                all(":" in cell for cell in rows[0].values())
                or len([c for c in block.cells if c.row == block.rows - len(rows)]) == 1
            ):
                rows = rows[1:]
            found.append(rows)
    return found


def test_real_tables_are_the_same_in_every_form() -> None:
    folder: Path = shared() / "disclosures" / "web"
    names = web()
    assert len(names) > 10
    for name in names:
        page = html.read((folder / f"{name}.html").read_bytes(), name)
        for ending in COPIES:
            data = (folder / (name + ending)).read_bytes()
            copy = text.read(data, name + ending)
            assert list(copy.lines) == data.decode().removesuffix("\n").split("\n")
            expected = [] if name + ending in MERGED_AWAY else below_captions(page)
            assert below_captions(copy) == expected, name + ending


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("## 表1 部门收支总表", "表1 部门收支总表"), ("**表1 部门收支总表**", "表1 部门收支总表"),
        ("### 三、收入 ###", "三、收入"), ("#1 号", "#1 号"), ("正文 **粗** 字", "正文 **粗** 字"),
    ],
)  # fmt: skip
def test_the_marks_of_a_markdown_heading_are_no_text(line: str, text: str) -> None:
    assert text_tables.blocks([line]) == (Paragraph(text),)
