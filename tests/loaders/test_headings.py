from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.headings import NO_CONTENTS, Heading, contents_page, numbered, passages, title


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("第一部分   2025年部门概况", Heading(0, "第一部分2025年部门概况")),
        (" 二、 机构设置", Heading(1, "二、机构设置")),
        ("表 7", Heading(1, "表7")),
        ("- 三、收入说明", Heading(1, "三、收入说明")),
        ("（一）项目名称：护林经费", Heading(2, "（一）项目名称：护林经费")),
        ("五、基本支出:包括人员经费、公用经费。其中，" + "人员经费包括工资，" * 9, Heading(1, "五、基本支出")),
        ("（二）事业收入：指本单位取得的收入", Heading(2, "（二）事业收入")),
        ("五、监督管理。对各类组织开展监督。", None),
        ("一、本年收入\t781.45\t201\t一般公共服务支出", None),
        ("一般公共预算", None),
        ("", None),
        ("（类）医疗保障", None),
    ],
)
def test_a_heading_is_known_by_its_number(line: str, heading: Heading | None) -> None:
    assert numbered(line) == heading


def test_the_rows_of_tables_are_no_headings() -> None:
    lines = [
        "第二部分 预算表",
        "表1",
        "收支总表",
        "一、本年收入",
        "一、本年收入",
        "第三部分 说明",
        "一、总体情况",
        "共 3 个。",
    ]
    found = passages(lines, [(2, "表1 收支总表")], (), [(2, 5)])
    assert [passage.heading for passage in found] == [
        "第二部分预算表",
        *["第二部分预算表 › 表1 收支总表"] * 4,
        "第三部分说明",
        *["第三部分说明 › 一、总体情况"] * 2,
    ]
    assert [passage.line for passage in found] == list(range(1, 9))


def test_the_contents_page_names_parts_that_have_no_number() -> None:
    dots = "…" * 20
    lines = [
        "目 录",
        f"一、部门主要职能 {dots} 3",
        f"二、名词解释 {dots}5",
        "某街道（部门）主要职能",
        "一、服务居民。",
        "名词解释",
    ]
    assert contents_page(lines).names == ("部门主要职能", "名词解释")
    assert [passage.heading for passage in passages(lines)] == [
        *["目录"] * 3,
        *["部门主要职能"] * 2,
        "名词解释",
    ]


def test_a_contents_page_without_dots_ends_where_its_first_entry_comes_again() -> None:
    lines = [
        "目录",
        "第一部分 概况",
        "- 一、主要职能",
        "",
        "第二部分 预算表",
        "第一部分 概况",
        "一、主要职能",
        "工作。",
    ]
    found = [passage.heading for passage in passages(lines)]
    assert found == [*["目录"] * 5, "第一部分概况", *["第一部分概况 › 一、主要职能"] * 2]
    assert contents_page(["没有", "目录页"]) == NO_CONTENTS


def test_a_title_ends_where_the_line_of_the_unit_begins() -> None:
    assert title("2025年部门收入预算总表编制部门：某街道办事处单位：元") == "2025年部门收入预算总表"
    assert title("单位：元") == "单位：元"


@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_text_is_kept_line_by_line(lines: list[str]) -> None:
    found = passages(lines)
    assert [passage.text for passage in found] == lines
