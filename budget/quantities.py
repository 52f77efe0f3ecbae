"""Numbers that are no money: persons, things, square metres, percentages."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

_NUMBER = re.compile(r"([-−]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,9})?")
_WITH_UNIT = re.compile(rf"({_NUMBER.pattern})\s*([^\d\s<>=≤≥~～—-]{{0,12}})")


class Quantity(NamedTuple):
    """A printed number and the unit behind it, "" where none is printed."""

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
