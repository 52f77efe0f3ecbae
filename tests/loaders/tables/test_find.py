"""Tables among grids: their captions, their pages, where one ends and the next begins."""

from __future__ import annotations

import pytest

from loaders.tables.find import tables
from tests.loaders.tables.small_grids import document, found, grid

HEAD = "科目编码 | 科目名称 | 合计 | 基本支出"
ROW = "201 | 一般公共服务支出 | 12.50 | 3.10"
TABLE = grid(HEAD, ROW)


def test_the_caption_above_a_grid() -> None:
    (table,) = found("公开05表", "某某区档案馆2024年一般公共预算支出表", "单位：某某区档案馆 单位：万元", TABLE)
    assert (table.number, table.title) == ("公开05表", "某某区档案馆2024年一般公共预算支出表")
    assert table.caption.unit == "万元"
    assert table.body == "某某区档案馆"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024年一般公共预算财政拨款基", "本支出预算表"),  # inside a word
        ("一般公共预算", "财政拨款支出预算表"),  # the second half is a title, too
        ("“三公”经费及会议费", "、培训费支出预算表"),
        ("支出预算表", "（按功能分类科目）"),
    ],
)
def test_wrapped_titles_are_whole(first: str, second: str) -> None:
    assert found(first, second, "单位：万元", TABLE)[0].title == first + second
    inside = grid(f"{first} | < | < | <", f"{second} | < | < | <", "单位：万元 | < | < | <", HEAD, ROW)
    assert found(inside)[0].title == first + second


def test_the_line_above_a_title_is_not_its_first_half() -> None:
    (table,) = found("二、一般公共预算支出情况说明", "支出预算表", "单位：万元", TABLE)
    assert table.title == "支出预算表"
    assert found("某某区档案馆", "支出预算表", "单位：万元", TABLE)[0].title == "支出预算表"


def test_the_name_of_the_document_above_is_no_part_of_a_title() -> None:
    (table,) = found("某某县医院2021年度部门决算公开", "一般公共预算相关经费支出决算表", "单位：万元", TABLE)
    assert table.title == "一般公共预算相关经费支出决算表"


def test_captions_inside_a_grid() -> None:
    inside = grid("附表3 | < | < | <", "支出预算表 | < | < | <", "编制单位：某某区档案馆 | | | 单位：元", HEAD, ROW)
    (table,) = found(inside)
    assert (table.number, table.title, table.body, table.caption.unit) == ("附表3", "支出预算表", "某某区档案馆", "元")


def test_captions_between_bars_above_a_markdown_table() -> None:
    (table,) = found("支出预算表", "| 编制单位：某某区档案馆 | | | 单位：元 |", "| --- | --- | --- | --- |", TABLE)
    assert (table.title, table.body, table.caption.unit) == ("支出预算表", "某某区档案馆", "元")


def test_two_tables_in_one_sheet() -> None:
    sheet = grid("支出预算表 | | |", HEAD, ROW, "政府性基金预算支出表 | | |", HEAD, ROW)
    assert [table.title for table in found(sheet)] == ["支出预算表", "政府性基金预算支出表"]


def test_a_lone_head_below_a_title_in_a_sheet() -> None:
    items = (
        "“三公”经费支出表 | | |",
        "单位：万元 | | |",
        "2025年预算数 | | |",
        "合计 | 出国 | 接待 | 车辆",
        "3 | 1 | 1 | 1",
    )
    sheet = grid("支出预算表 | | |", HEAD, ROW, *items)
    assert [table.title for table in found(sheet)] == ["支出预算表", "“三公”经费支出表"]


def test_text_below_the_tables_of_a_sheet_is_no_table() -> None:
    text = (" | | |", "第二部分 编制说明 | | |", "2025年收入预算8.00万元。 | | |", "一、主要职能 | | |")
    finder = tables(document(grid("支出预算表 | | |", HEAD, ROW, "注：单位为万元。 | | |", *text)))
    assert [[line.text for line in run] for run in finder[1]] == [
        ["第二部分 编制说明", "2025年收入预算8.00万元。", "一、主要职能"]
    ]
    assert [table.pieces[0].cells.rows for table in finder[0]] == [4]


def test_a_page_that_begins_with_the_rest_of_a_name_has_no_title() -> None:
    rest = grid(" | 出让收入安排的支出 | | ", "205 | 教育支出 | 1.00 | 1.00", page=2)
    (table,) = found("支出预算表", "单位：万元", TABLE, rest)
    assert len(table.pieces) == 2


def test_further_pages_belong_to_their_table() -> None:
    repeated = found("支出预算表", "单位：万元", TABLE, "支出预算表（续表）", TABLE)
    untitled = found("支出预算表", "单位：万元", TABLE, grid("205 | 教育支出 | 1.00 | 1.00", page=2))
    assert [len(table.pieces) for table in (*repeated, *untitled)] == [2, 2]


def test_a_small_table_with_its_own_head_is_no_further_page() -> None:
    other = grid("合计 | 单位资金", "1 | 2", "8.00 | 3.00", page=2)
    assert len(found("支出预算表", "单位：万元", TABLE, other)) == 2


def test_a_table_without_a_title_is_not_dropped() -> None:
    (table,) = found("第一部分", TABLE)
    assert (table.title, len(table.pieces)) == ("", 1)


def test_a_year_between_body_and_unit_is_no_head() -> None:
    table = found(
        grid(
            "收入决算表 | < | <",
            " | | 公开02表",
            "部门：某某市卫生局 | 2021年度 | 金额单位：万元",
            "科目编码 | 科目名称 | 本年收入合计",
            "201 | 一般公共服务支出 | 3.00",
        )
    )[0]
    assert (table.caption.year, table.number, table.body, table.pieces[0].skip) == (2021, "公开02表", "某某市卫生局", 3)


def test_a_number_with_the_year_before_it_is_no_title() -> None:
    table = found(
        "2025年部门预算公开表",
        grid(
            "2025年部门预算公开表四 | < | <",
            "支出总表 | < | <",
            "部门：某某局 | | 单位：万元",
            "科目编码 | 科目名称 | 合计",
            "201 | 一般公共服务支出 | 3.00",
        ),
    )[0]
    assert (table.title, table.number) == ("支出总表", "2025年部门预算公开表四")


def test_marks_of_none_on_a_line_of_their_own_are_kept_and_drawn_lines_are_not() -> None:
    _, runs = tables(document("住房公积金 284.55 -", "72.3", "- - - -", "——", "--------", "+---+---+", "---"))
    assert [line.text for run in runs for line in run] == ["住房公积金 284.55 -", "72.3", "- - - -", "——"]
