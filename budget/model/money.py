"""Money as whole fen: parsing what is printed, its half unit, and exact formatting."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from budget.i18n.language import N_, tr
from budget.model.disclosure import MoneyUnit
from budget.system.patterns import lazy_pattern

FEN_PER_YUAN = 100
FEN = {
    MoneyUnit.YUAN: FEN_PER_YUAN,
    MoneyUnit.THOUSAND: 1_000 * FEN_PER_YUAN,
    MoneyUnit.WAN: 10_000 * FEN_PER_YUAN,
    MoneyUnit.YI: 100_000_000 * FEN_PER_YUAN,
}
"""Fen in one of each unit."""
UNIT_TITLES = {
    MoneyUnit.YUAN: N_("元"),
    MoneyUnit.THOUSAND: N_("千元"),
    MoneyUnit.WAN: N_("万元"),
    MoneyUnit.YI: N_("亿元"),
}
_IN_UNITS = {
    MoneyUnit.YUAN: N_("{}元"),
    MoneyUnit.THOUSAND: N_("{}千元"),
    MoneyUnit.WAN: N_("{}万元"),
    MoneyUnit.YI: N_("{}亿元"),
}

_AMOUNT = lazy_pattern(r"[¥￥]?([-−△▲]?)[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(亿元|万元|千元|元)?")


class Amount(NamedTuple):
    """A parsed amount: fen, half of the last printed digit in fen, and the text it came from."""

    fen: int
    half_unit: int
    printed: str


@lru_cache(maxsize=8192)  # a disclosure prints most amounts several times
def parse(printed: str, unit: MoneyUnit) -> Amount | None:
    """Parse one printed amount in `unit` or the unit it states itself.

    None where the text is no amount (or is finer than a fen).
    """
    text = (printed if printed.isascii() else unicodedata.normalize("NFKC", printed)).strip()
    if text.startswith("(") and text.endswith(")"):  # bookkeepers' negative
        text = "-" + text[1:-1]
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals = match[1], match[2].replace(",", ""), match[3] or ""
    unit = MoneyUnit(match[4]) if match[4] else unit
    scaled = int(whole + decimals) * FEN[unit]
    digits = 10 ** len(decimals)
    if scaled % digits:
        return None
    fen = scaled // digits
    return Amount(-fen if sign else fen, half_unit(len(decimals), unit), printed.strip())


def unit_title(unit: MoneyUnit) -> str:
    """The name of a unit in the language of the interface."""
    return tr(UNIT_TITLES[unit])


def in_unit(amount: str, unit: MoneyUnit) -> str:
    """An amount with its unit, as sentences say it: 649.14万元, in English 649.14 × 10,000 yuan."""
    return tr(_IN_UNITS[unit]).format(amount)


def half_unit(decimals: int, unit: MoneyUnit) -> int:
    """Half of the last printed digit in fen, at least 1: 2-decimal 万元 is 5,000, 2-decimal 元 is 1."""
    digit: int = 10**decimals
    return max(FEN[unit] // digit // 2, 1)


def last_digit(half: int) -> int:
    """The last printed digit, in fen, of an amount; half a fen is kept as 1."""
    return 2 * half if half > 1 else 1


def tolerance(addends: int, half: int) -> int:
    """Largest rounding difference (fen) between a printed total and its addends.

    `addends` counts the printed amounts that are added. (n + 1) x half a digit, floored to the printed digit. A single
    addend is the same figure printed twice: 0.
    """
    if addends <= 1:
        return 0
    return (addends + 1) // 2 * last_digit(half)


def decimals_for(half: int, unit: MoneyUnit) -> int:
    """Decimals that print an amount of this half unit exactly in `unit`. 5,000 fen take 2 in 万元 and 0 in 元."""
    digit = last_digit(half)
    scale, decimals = FEN[unit], 0
    while digit < scale and decimals < 10:  # noqa: PLR2004 - 亿元 down to the fen has ten decimals
        scale //= 10
        decimals += 1
    return decimals


def format_fen(fen: int, unit: MoneyUnit, decimals: int = 2, *, grouped: bool = True) -> str:
    """Format an amount exactly, or rounded half away from zero. It is rounded where `decimals` cannot hold it."""
    scaled, remainder = divmod(abs(fen) * 10**decimals, FEN[unit])
    if 2 * remainder >= FEN[unit]:
        scaled += 1
    whole, fraction = divmod(scaled, 10**decimals)
    text = f"{whole:,}" if grouped else str(whole)
    if decimals:
        text += f".{fraction:0{decimals}d}"
    return "-" + text if fen < 0 and scaled else text


def yuan_text(fen: int) -> str:
    """The amount in 元 as a plain decimal number without superfluous zeros: 825780000 -> "8257800"."""
    whole, fraction = divmod(abs(fen), FEN_PER_YUAN)
    text = str(whole) if fraction == 0 else f"{whole}.{fraction:02d}"
    return "-" + text if fen < 0 else text


_NUMBER = lazy_pattern(r"([-−]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,9})?")
_WITH_UNIT = lazy_pattern(rf"({_NUMBER.pattern})\s*([^\d\s<>=≤≥~～—-]{{0,12}})")


class Quantity(NamedTuple):
    """A printed number and its unit, "" where no unit is printed."""

    number: Decimal
    unit: str


def number_of(printed: str) -> Decimal | None:
    """The number that a text is; None where it is anything else, or too long to be one."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", printed).strip())
    if match is None:
        return None
    number = Decimal(match[2].replace(",", "") + (match[3] or ""))
    return -number if match[1] else number


def quantity_of(printed: str) -> Quantity | None:
    """A number with its unit: 116.31万人, 100%; None for words, ranges and anything with an operator."""
    match = _WITH_UNIT.fullmatch(unicodedata.normalize("NFKC", printed).strip())
    number = number_of(match[1]) if match else None
    return Quantity(number, match[5]) if match and number is not None else None


def quantity_text(value: float) -> str:
    """A number as it is shown: grouped, without superfluous zeros."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
