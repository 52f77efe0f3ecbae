"""Foreign text on its way to the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.terminal.text import crumbs, fit, shortened, visible, wrap
from tui.widgets.lines import Lines, TextLine


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("行政运行", "行政运行"),
        ("\x1b[31m红", "␛[31m红"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("a\tb\nc", "a␉b␊c"),
        ("\x9b31m", "\\x9b31m"),
        ("左\u202e右\u200f", "左\\u202e右\\u200f"),
        ("零\u200b宽\ufeff", "零\\u200b宽\\ufeff"),
        ("全\u3000角\xa0空", "全\u3000角 空"),
        ("半\ud800个", "半\\ud800个"),
        ("[red]红[/red]", "[red]红[/red]"),
    ],
)
def test_what_a_terminal_could_obey_becomes_a_mark(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_text_is_printable(text: str) -> None:
    assert all(char.isprintable() or char == "\u3000" for char in visible(text))


def test_a_very_long_text_is_cut_visibly() -> None:
    assert visible("长" * 5000) == "长" * 4000 + ".."


@given(st.text(alphabet="字a1. ，；“", max_size=80), st.integers(2, 30))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    pieces = wrap(text, width)
    assert "".join(pieces) == text
    assert all(cell_len(piece) <= width for piece in pieces)


def test_lines_without_a_width_wait_for_one() -> None:
    lines = Lines(cursor=True)
    lines.show([TextLine("原表顺序"), TextLine("收入总计")])
    assert lines.virtual_size.height == 0, "one character a line"


def test_wrapping_keeps_numbers_whole() -> None:
    assert wrap("下级合计 1,534.65，相差 0.01", 13) == ["下级合计 ", "1,534.65，相", "差 0.01"]


@given(st.text(alphabet="字a“", max_size=40), st.integers(0, 30))
def test_fitting_gives_exactly_the_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


def test_a_path_gives_way_in_the_middle() -> None:
    parts = ("某州医疗保障局 2025", "卫生健康支出", "医疗保障管理事务", "行政运行")
    assert crumbs(parts, 80, " › ").rstrip() == " › ".join(parts)
    assert crumbs(parts, 48, " › ").rstrip() == "某州医疗保障局 2025 › .. › 行政运行"
    assert cell_len(crumbs(("长" * 100, "短"), 30, " > ")) == 30


def test_the_end_of_a_text_is_kept() -> None:
    assert shortened("万元", 12, " ") == "万元"
    assert shortened("筛选某某 对比2024 万元", 15, " ") == "筛选某某.. 万元"
    assert shortened("一个很长的文件名没有空格", 10, " ") == "一个很长.."
