from __future__ import annotations

import pytest

from loaders.words.numbers import is_amount, is_page_number, rejoin, split_amounts, usual_decimals
from loaders.words.tokens import SourceLine, source_line


def lines(*texts: str) -> list[SourceLine]:
    return [source_line(number, text) for number, text in enumerate(texts, 1)]


def tokens(read: list[SourceLine]) -> list[list[str]]:
    return [[token.text for token in line.tokens] for line in read]


@pytest.mark.parametrize("text", ["1,140.42", "0", "0.00", "-5.20", "(3.10)", "１，１４０．４２", "205980.70", "110"])
def test_amounts(text: str) -> None:
    assert is_amount(text)


@pytest.mark.parametrize("text", ["1,14", "110.", "2024年", "1..75", "", "—", "7.65元"])
def test_no_amounts(text: str) -> None:
    assert not is_amount(text)


@pytest.mark.parametrize("text", ["23", "- 23 -", "第23页", "第 3 页 共 40 页", "23/60", "— 7 —"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(source_line(1, text))


def test_a_number_broken_behind_its_first_decimal_is_rejoined() -> None:
    assert tokens(rejoin(lines("行政运行 110.1 50.00", "0"), 2, set())) == [["行政运行", "110.10", "50.00"], []]


def test_numbers_broken_side_by_side_take_their_rests_in_order() -> None:
    read = rejoin(lines("208 05 养老 110. 149.2", "支出 10 4"), 2, {1})
    assert tokens(read) == [["208", "05", "养老", "110.10", "149.24"], ["支出"]]


def test_a_number_broken_before_its_point_is_rejoined() -> None:
    assert tokens(rejoin(lines("行政运行 1,140", ".42"), 2, set()))[0] == ["行政运行", "1,140.42"]
    assert tokens(rejoin(lines("行政运行 1,1", "40.42"), 2, set()))[0] == ["行政运行", "1,140.42"]


def test_a_page_number_before_a_broken_number_waits_for_nothing() -> None:
    assert tokens(rejoin(lines("行政运行 110.10", "12", "119.", "05"), 2, {1})) == [
        ["行政运行", "110.10"],
        ["12"],
        ["119.05"],
        [],
    ]


def test_a_code_waits_for_nothing_and_the_next_row_is_no_rest() -> None:
    read = rejoin(
        lines("208 05 01", "行政单位离退休", "28.66", "210 11 02 医院 1.5", "208 13 03 药店 2.00"), 2, {1, 4, 5}
    )
    assert tokens(read)[3] == ["210", "11", "02", "医院", "1.5"]


def test_a_whole_number_before_amounts_belongs_to_the_name() -> None:
    text, amounts = split_amounts(source_line(1, "监控设备 3 5.00 5.00").tokens, 2)
    assert [token.text for token in text] == ["监控设备", "3"]
    assert [token.text for token in amounts] == ["5.00", "5.00"]
    text, amounts = split_amounts(source_line(1, "监控设备 0 5.00 5.00").tokens, 2)
    assert [token.text for token in amounts] == ["0", "5.00", "5.00"]


def test_the_usual_decimals_are_those_of_most_amounts() -> None:
    assert usual_decimals(lines("a 1.10 2.20 3.30 4.4")) == 2
    assert usual_decimals(lines("a 1.1 2.20")) is None
    assert usual_decimals(lines("没有金额")) is None
