from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from budget.model.matching import initials, matches, normalise


@pytest.mark.parametrize(
    ("query", "code", "name", "expected"),
    [
        ("", "210", "卫生健康支出", True),
        ("2101", "2101502", "一般行政管理事务", True),
        ("1502", "2101502", "一般行政管理事务", False),  # a prefix, not a part
        ("行政", "2101502", "一般行政管理事务", True),
        ("行政", "2101501", "事业运行", False),
        ("xzyx", "2101501", "行政运行", True),
        ("XZYX", "2101501", "行政运行", True),
        ("ｘｚｙｘ", "2101501", "行政运行", True),  # an input method that is still on
        ("２１０", "2101501", "行政运行", True),
        ("[/项]", "2101501", "行政运行", False),
        (".*", "2101501", "行政运行", False),
        ("(部分)", "", "补助资金（部分）", True),
    ],
)
def test_code_prefix_part_of_the_name_or_initials(query: str, code: str, name: str, expected: bool) -> None:
    assert matches(query, code, name) is expected


def test_initials_keep_letters_and_digits_and_no_signs() -> None:
    assert initials("2024年“三公”ABC") == "2024nsgabc"


@given(st.text(alphabet=st.sampled_from("2025年重庆市行长乐音乐会ABc·（一）αβ１２ ")))
def test_initials_of_a_text_are_those_of_its_runs_together(text: str) -> None:
    plain = "".join(letter for letter in normalise(text) if letter.isalnum())
    assert initials(text) == "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))
