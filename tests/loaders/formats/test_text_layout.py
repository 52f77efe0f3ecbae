"""Columns kept apart by blanks, and cells one a line: grids where they fit one way only, else lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Document, Grid, Paragraph
from loaders.formats.text import reader as text
from loaders.formats.text import tables as text_tables
from loaders.lines.doubtful import settled
from tests.loaders.formats import written_tables
from tests.support.originals import shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.loaders.formats.written_tables import Table


def grids(lines: list[str]) -> list[Grid]:
    return [block for block in text_tables.blocks(lines) if isinstance(block, Grid)]


def cells(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [cell[:5] for cell in grid.cells]


@settings(max_examples=60)
@given(written_tables.tables(), st.sampled_from([1, 2]))
def test_columns_by_blanks_are_right_or_nothing_is_said(table: Table, wide: int) -> None:
    for grid in grids(written_tables.as_laid_out(table, wide)):
        assert cells(grid) == [tuple(cell) for cell in table.cells]


@settings(max_examples=60)
@given(written_tables.tables())
def test_cells_one_a_line_are_right_or_nothing_is_said(table: Table) -> None:
    for grid in grids(written_tables.as_stacked(table)):
        assert [cell for cell in cells(grid) if cell[0]] == [tuple(cell) for cell in table.cells if cell.row]


FUNDS = [
    "  收支总表",
    "                                        单位：万元",
    "   项目           合计         财政拨款          其他收入",
    "                          小计      本级",
    "合计             9.00      7.00     5.00      2.00",
    "教育支出           5.00      4.00     4.00      1.00",
    "",
    "卫生支出           4.00      3.00     1.00      1.00",
    "注：略。",
]


def test_a_laid_out_table() -> None:
    document = Document("text", text_tables.blocks(FUNDS))
    assert list(document.lines) == FUNDS
    ((number, grid),) = [(number, block) for number, block in document.numbered() if isinstance(block, Grid)]
    assert [number + grid.line_of(row) for row in range(grid.rows)] == [3, 4, 5, 6, 8]
    assert [cell for cell in cells(grid) if cell[0] < 2] == [
        (0, 0, 2, 1, "项目"), (0, 1, 2, 1, "合计"), (0, 2, 1, 2, "财政拨款"), (0, 4, 2, 1, "其他收入"),
        (1, 2, 1, 1, "小计"), (1, 3, 1, 1, "本级"),
    ]  # fmt: skip
    assert grid.doubtful


def test_the_rest_of_an_enumerated_name_joins_its_row() -> None:
    (grid,) = grids(
        [
            "项目                 预算数",
            "一、一般公共服务       5.00",
            "二、灾害防治及应急      1.00",
            "管理支出",
            "三、其他支出         2.00",
        ]
    )
    assert (2, 0, 1, 1, "二、灾害防治及应急\n管理支出") in cells(grid)


def test_a_blank_column_has_its_head() -> None:
    (grid,) = grids(
        [
            "科目名称      合计      基本支出    上缴上级支出",
            "教育        5.00      5.00",
            "卫生        1.00      1.00",
            "其他        2.00",
        ]
    )
    assert [(cell.column, cell.text) for cell in grid.cells if cell.row == 0] == [
        (0, "科目名称"), (1, "合计"), (2, "基本支出"), (3, "上缴上级支出")
    ]  # fmt: skip


def test_a_table_filled_up_with_blanks_has_groups_where_they_begin() -> None:
    (grid,) = grids(
        [
            "收入                          支出",
            "项目                预算数    项目                预算数",
            "一、财政拨款收入      5.00    一、公共服务支出      4.00",
            "其他资金              1.00    二、教育支出          2.00",
            "二、单位资金                  三、",
            "本年收入合计          6.00    本年支出合计          6.00",
            "上年结转                      结转下年",
            "收入总计              6.00    支出总计              6.00",
        ]
    )
    assert {(0, 0, 1, 2, "收入"), (0, 2, 1, 2, "支出"), (1, 3, 1, 1, "预算数")} <= set(cells(grid))
    assert grid.rows == 8


@pytest.mark.parametrize(
    "lines",
    [
        [
            "项目                 预算数",
            "一般公共服务          5.00",
            "灾害防治及应急         1.00",
            "管理支出",
            "其他支出           2.00",
        ],
        [
            "项目          预算数",
            "教育          5.00",
            "很长很长很长的名称 1.00",
            "很长很长很长很长很长很长的名称        2.00",
        ],
        ["本单位2025年收入预算5.00万元，  比上年增加1.00万元，  增长2.00%。"] * 4,
    ],
)
def test_what_fits_several_ways_stays_lines(lines: list[str]) -> None:
    assert text_tables.blocks(lines) == tuple(map(Paragraph, lines))


def test_a_head_that_a_page_cut_is_none() -> None:
    page = ["  支出用途", "项目          金额", "教育          5.00", "卫生          1.00", "其他          2.00"]
    assert grids(["收支总表", *page[1:]])
    assert not grids(["收支总表", "      收入        支出", "\f" + page[0], *page[1:]])


def test_a_table_one_page_of_which_is_not_clear_stays_lines() -> None:
    page = ["项目          预算数", "一、教育        5.00", "二、卫生        1.00", "三、其他        2.00"]
    assert (
        len(grids(["支出总表", *page, "\f四、农林        1.00", "五、交通        2.00", "六、住房        2.00"])) == 2
    )
    assert not grids(["支出总表", *page, "\f四、农林        1.00", "某项      2.00    5.00", "六、住房        2.00"])


STACK = [
    "支出表",
    "科目编码",
    "科目名称",
    "",
    "预算数",
    "合计",
    "9.00",
    "205",
    "教育",
    "",
    "5.00",
    "210",
    "卫生",
    "4.00",
    "- 1 -",
]


def test_a_table_of_one_cell_a_line() -> None:
    document = Document("text", text_tables.blocks(STACK))
    assert list(document.lines) == STACK
    ((number, grid),) = [(number, block) for number, block in document.numbered() if isinstance(block, Grid)]
    assert [number + grid.line_of(row) for row in range(grid.rows)] == [2, 6, 8, 12]
    assert [cell for cell in cells(grid) if cell[0] in {1, 2}] == [
        (1, 0, 1, 2, "合计"), (1, 2, 1, 1, "9.00"), (2, 0, 1, 1, "205"), (2, 1, 1, 1, "教育"), (2, 2, 1, 1, "5.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        [*STACK[:-3], "4.00", "3.00", "230", "其他"],
        ["收入", *STACK[1:]],  # another head above
        STACK[:10],
        ["名单", "项目", "房屋", "设备", "车辆"],
    ],
)
def test_a_broken_pattern_stays_lines(lines: list[str]) -> None:
    assert not grids(lines)


def test_doubtful_tables_are_lines_where_their_title_is_known() -> None:
    rows = ["合计      9.00      7.00", "教育      5.00      4.00", "卫生      4.00      3.00"]
    lines = ["编制部门：某局   单位：万元", "项目      合计      基本支出", *rows]
    unknown = Document("text", text_tables.blocks(["某某奇特情况表", *lines]))
    known = Document("text", text_tables.blocks(["部门支出总体情况表", *lines]))
    assert any(isinstance(block, Grid) for block in known.blocks)
    assert settled(unknown, _never) == unknown
    assert settled(known, _never).blocks == tuple(map(Paragraph, known.lines))


def _never(document: Document, firsts: Sequence[int]) -> bool:
    raise AssertionError(document, firsts)


@pytest.mark.parametrize("name", ["xinjiang-hq-2024", "changji-2024", "changji-2025"])
def test_texts_that_lost_cells_stay_lines(name: str) -> None:
    document = text.read((shared() / "disclosures" / f"{name}.txt").read_bytes(), name)
    assert not [block for block in document.blocks if isinstance(block, Grid)]


FLUSH_LEFT = [
    "  一般公共预算支出表",
    "科目编码   科目名称           2023年执行数   2024年预算数                         2024年比2023年",
    "                                             合计           基本支出   项目支出   增减额           增减%",
    "201        一般公共服务支出   8.00           9.00           5.00       4.00       1.00             12.50",
    "205        教育支出           4.00           5.00                      5.00       1.00             25.00",
    "206        科学技术支出       2.00           3.00           3.00                  1.00             50.00",
]


def test_heads_that_begin_with_their_columns() -> None:
    (grid,) = grids(FLUSH_LEFT)
    upper = {cell.text: (cell.column, cell.columns) for cell in grid.cells if cell.row == 0}
    assert upper["2024年预算数"] == (3, 3)
    assert upper["2024年比2023年"] == (6, 2)


def test_a_table_that_only_its_cells_tell_stays_beside_doubtful_ones() -> None:
    lines = [
        "部门公开表7 财政拨款“三公”经费支出表",
        "单位：万元",
        "单位名称\t2023年预算数\t\t\t2024年预算数\t\t",
        "\t合计\t因公出国（境）费\t公务接待费\t合计\t因公出国（境）费\t公务接待费",
        "合计\t2.00\t0.00\t2.00\t1.50\t0.00\t1.50",
        "某某法院\t2.00\t0.00\t2.00\t1.50\t0.00\t1.50",
        "",
        "国有资本经营预算支出表",
        "单位：万元",
        "科目编码\t科目名称\t本年国有资本经营预算支出\t\t",
        "\t\t合计\t基本支出\t项目支出",
        "223\t国有资本经营预算支出\t12.00\t12.00\t",
        "22301\t解决历史遗留问题及改革成本支出\t12.00\t12.00\t",
        "合计\t\t12.00\t12.00\t",
    ]
    kept = [
        block
        for block in settled(text.read("\n".join(lines).encode(), "a.txt"), lambda _document, _firsts: True).blocks
        if isinstance(block, Grid)
    ]
    assert [grid.columns for grid in kept] == [7]


HEADS_APART = [
    "  收支总体情况表",
    "                                        单位：万元",
    "           收          入                                  支            出",
    "      项        目            预 算 数          项  目 （按 功 能 分 类）         预 算 数",
    "一、一般公共预算拨款               186.32    一、社会保障和就业支出                  21.10",
    "二、政府性基金预算拨款                       二、卫生健康支出                        9.80",
    "本 年 收 入 合 计                  195.32    本 年 支 出 合 计                     195.32",
    "上年结转结余                                 结转下年",
    "收 入 总 计                        195.32    支 出 总 计                           195.32",
]
TOTAL_LEFT = [
    "  一般公共预算支出表",
    "                                        单位：万元",
    "科目编码      科目名称              合计    基本支出    项目支出",
    "205           教育支出              6.00        6.00",
    "20502         普通教育              6.00        6.00",
    "210           卫生健康支出          5.00                    5.00",
    "合计                               11.00        6.00        5.00",
]


def test_heads_whose_characters_stand_apart_and_a_line_without_amounts() -> None:
    (grid,) = grids(HEADS_APART)
    rows = [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]
    assert rows[:2] == [["收入", "支出"], ["项目", "预 算 数", "项目 （按 功 能 分 类）", "预 算 数"]]
    assert ["上年结转结余", "", "结转下年", ""] in rows


def test_a_total_in_the_column_of_codes_is_a_name() -> None:
    (grid,) = grids(TOTAL_LEFT)
    assert [cell.text for cell in grid.cells if cell.row == 4] == ["", "合计", "11.00", "6.00", "5.00"]


@pytest.mark.parametrize(
    "said",
    [
        "甲局     2031 年政府性基金支出预算支出        0 万元，",
        "2031 年本部门共       5  个项目实行绩效目标管理，涉及资金",
        "甲局行政编制          46 人，机构设置",
    ],
)
def test_a_sentence_whose_figures_stand_apart_is_no_table(said: str) -> None:
    assert grids(["   八、支出预算表情况说明", f"   {said}", f"   {said}"]) == []


def test_one_sentence_below_a_heading_and_a_page_number_is_no_table() -> None:
    lines = [
        "  二、机构设置情况",
        "",
        "                          4",
        "",
        "",
        "  根据职责分工，包括         19 个处、2     个",
    ]
    assert not grids(lines)


PADDED = [
    "项目",
    "经济分类科目编码    科目名称                  合计    基本支出    项目支出",
    "                    合计                    900.00      700.00      200.00",
    "301                 工资福利支出            500.00      500.00",
    "30101               基本工资                500.00      500.00",
    "302                 商品和服务支出          400.00      200.00      200.00",
]


def test_codes_at_the_left_and_heads_over_the_ends_of_numbers() -> None:
    (grid,) = grids(["一般公共预算支出经济分类情况表", "单位：万元", *PADDED])
    places = {cell.text: (cell.column, cell.columns) for cell in grid.cells if cell.row < 2}
    assert places == {
        "项目": (0, 5), "经济分类科目编码": (0, 1), "科目名称": (1, 1),
        "合计": (2, 1), "基本支出": (3, 1), "项目支出": (4, 1),
    }  # fmt: skip
    assert [cell.column for cell in grid.cells if cell.text == "200.00"] == [4, 3, 4]


def test_a_total_under_the_first_names_is_no_name_of_the_column_before_its_amounts() -> None:
    lines = [
        "资产类别    资产名称      数量      单价     金额", "合计                                        26.00",
        "通用设备    台式计算机    20        0.50    10.00", "家具        档案密集架    8         2.00    16.00",
    ]  # fmt: skip
    (grid,) = grids(["新增资产配置表", "单位：万元", *lines])
    assert [cell[:5] for cell in grid.cells if cell.row == 1 and cell.text] == [
        (1, 1, 1, 1, "合计"),
        (1, 4, 1, 1, "26.00"),
    ]


NUMBERED = [
    "序号    收入                                      支出",
    "        项目                              预算数  项目                        预算数",
    "栏次    1                                      2  3                                4",
    "1       一、一般公共预算拨款收入          850.00  一、一般公共服务支出        700.00",
    "2       二、政府性基金预算拨款收入                二、外交支出",
    "3       本年收入合计                      850.00  本年支出合计                700.00",
]


def test_numbers_of_lines_are_no_amounts() -> None:
    blocks = text_tables.blocks(["部门预算收支总表", "单位：万元", *NUMBERED])
    (grid,) = (block for block in settled(Document("text", blocks), lambda *_: False).blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells if cell.column == 0 and cell.row > 1] == ["栏次", "1", "2", "3"]
    assert [cell.text for cell in grid.cells if cell.row == 2] == ["栏次", "1", "2", "3", "4"]
