"""Further pages of a table in text: they repeat its head, whatever row they begin with."""

from __future__ import annotations

import pytest

from loaders import meaning
from loaders.lines.header import goes_on
from loaders.lines.layouts import layout_of
from loaders.words.tokens import source_line

HEAD = ("编制部门：某某局 单位：万元", "收入 支出", "项目 预算数 支出功能分类 预算数")
FIRST = ("一、本年收入 0.55 201 一般公共服务支出", "1.一般公共预算拨款 0.55 202 外交支出")


def continues(*lines: str) -> bool:
    layout = layout_of(meaning.title("部门收支总体情况表"), "部门收支总体情况表")
    assert layout is not None
    page, first = ([source_line(number, text) for number, text in enumerate(own, 1)] for own in (lines, HEAD + FIRST))
    return goes_on(layout, page, first)


@pytest.mark.parametrize("row", ["- 230 转移性支出 -", "上级一般公共预算安排转移", "缴费"])
def test_a_page_that_repeats_the_head_may_begin_with_any_row(row: str) -> None:
    assert continues(*HEAD, row, "支付 0.55 203 国防支出")


def test_words_above_no_repeated_head_are_no_row() -> None:
    assert not continues("本部门各项工作的情况说明", "支付 0.55 203 国防支出")
