"""Number formats print what spreadsheets print."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.model.disclosure import AmountOrigin, MoneyUnit
from budget.model.money import parse
from loaders.formats.spreadsheet.number_format import BUILTIN, general, printed

ACCOUNTING = BUILTIN[43]


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (85.99, "0.00", "85.99"),
        (85.9, "0.00", "85.90"),
        (1.005, "0.00", "1.01"),  # by the fifteen digits of the decimal number, not by its float
        (2.5, "0", "3"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.5, "#,###.00", "0.50"),
        (3, "#.##", "3"),
        (3.5, "#.##", "3.5"),
        (0, "#", ""),
        (-3, "0.00", "-3.00"),
        (-1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"),
        (-1234.5, BUILTIN[40], "-1,234.50"),
        (12, ACCOUNTING, "12.00"),
        (-12, ACCOUNTING, "-12.00"),
        (0, ACCOUNTING, "-"),
        (0, "0.00;-0.00;;@", ""),
        (5, ";;;", ""),
        (0, "0.00;;", ""),
        (123456789.5, "0.00,", "123456.79"),
        (12345678, "#,##0.0,,", "12.3"),
        (12345, '0!.0,"万"', "1.2万"),  # ten thousands with one decimal, as often written
        (0.1234, "0.0%", "12.3%"),
        (7, "000", "007"),
        (2010102, "0000000", "2010102"),
        (13912345678, "000-0000-0000", "139-1234-5678"),
        (85.99, "[$¥-804]#,##0.00", "¥85.99"),
        (85.99, '0.00"万元"', "85.99万元"),
        (85.99, "0.00\\元", "85.99元"),
        (12, "[>=10]0.0;0.00", "12.0"),
        (2, "[>=10]0.0;0.00", "2.00"),
        (-2, "[<0]0.0;0.00", "2.0"),
        (150, "[<100]0;[>=100]#,##0.0", "150.0"),
        (12345, "0.00E+00", "1.23E+04"),
        (45000, "yyyy-mm-dd", "2023-03-15"),
        (45000.5, 'yyyy"年"m"月"d"日" hh:mm', "2023年3月15日 12:00"),
        (45000, "yyyy/m/d;@", "2023/3/15"),
        (45000.75, "h:mm AM/PM", "6:00 PM"),
        (45000.75, "上午/下午h:mm:ss", "下午6:00:00"),
        (1.25, "[h]:mm", "30:00"),
        (45000, "aaaa", "星期三"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (59, "yyyy-mm-dd", "1900-02-28"),
    ],
)
def test_formats(value: float, code: str, expected: str) -> None:
    assert printed(value, code) == (expected, AmountOrigin.PRINTED)


def test_days_since_1904() -> None:
    assert printed(0, "yyyy-mm-dd", since_1904=True)[0] == "1904-01-01"


@pytest.mark.parametrize(
    ("value", "expected", "origin"),
    [
        (208, "208", AmountOrigin.PRINTED),
        (-5, "-5", AmountOrigin.PRINTED),
        (99_999_999_999, "99999999999", AmountOrigin.PRINTED),
        (100_000_000_000, "100000000000", AmountOrigin.RECONSTRUCTED),
        (85.99, "85.99", AmountOrigin.RECONSTRUCTED),
        (85.9, "85.9", AmountOrigin.RECONSTRUCTED),
        (0.1 + 0.2, "0.3", AmountOrigin.RECONSTRUCTED),
        (85.990000001, "85.99", AmountOrigin.RECONSTRUCTED),
        (1 / 3, "0.333333", AmountOrigin.RECONSTRUCTED),
    ],
)
def test_without_a_format_only_whole_numbers_are_printed(value: float, expected: str, origin: AmountOrigin) -> None:
    assert general(value) == (expected, origin)
    for code in ("", "General", "@", "G/通用格式"):
        assert printed(value, code) == (expected, origin)


@pytest.mark.parametrize("code", ["# ?/?", "[DBNum1]0.0", "[DBNum2]General", "yyyy"])
def test_what_is_not_settled_is_reconstructed(code: str) -> None:
    assert printed(-1.5, code)[1] == AmountOrigin.RECONSTRUCTED


@given(st.floats(), st.text('0#?.,;%E+-[]<>="\\_*ymdhs@/元 GeneralAP红', max_size=20))
def test_no_format_and_no_number_fails(value: float, code: str) -> None:
    text, origin = printed(value, code)
    assert isinstance(text, str)
    assert origin in set(AmountOrigin)


@given(st.integers(-(10**14), 10**14), st.integers(0, 4), st.booleans())
def test_amounts_come_back_exactly(scaled: int, decimals: int, grouped: bool) -> None:
    """A number with so many decimals, stored as a float, prints the same digits."""
    exact = Decimal(scaled).scaleb(-decimals)
    code = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    text, origin = printed(float(exact), code)
    assert origin is AmountOrigin.PRINTED
    assert text == (f"{exact:,.{decimals}f}" if grouped else f"{exact:.{decimals}f}")
    amount = parse(text, MoneyUnit.WAN)
    assert amount is not None
    assert amount.fen == exact * 1_000_000
