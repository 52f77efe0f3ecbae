"""A target value in its parts: comparison, number, unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.performance.words import OPERATORS

_OPERATOR = re.compile("|".join(sorted(map(re.escape, OPERATORS), key=len, reverse=True)))
_NUMBER = re.compile(r"(\d[\d,，]*(?:\.\d+)?)(.*)", re.DOTALL)
_BRACKETED = re.compile(r"[（(]([^（()）]+)[)）]")
_RANGE = re.compile(r"[^\d]{0,3}[-~—～至到]\d")
_DATE = re.compile(r"(?:19|20)\d\d[年./-]|\d{1,2}月|\d+日")


class Target(NamedTuple):
    """The parts of a target: operator ("" where none is printed), number or words, unit."""

    operator: str
    value: str
    unit: str


def split(text: str) -> Target:
    """The parts of a printed target: "＞=180人" is >=, 180, 人; words, dates and ranges stay whole as the value."""
    match = _OPERATOR.match(text)
    operator, rest = (OPERATORS[match[0]], text[match.end() :]) if match else ("", text)
    number = _NUMBER.fullmatch(rest)
    if number is None or _DATE.match(rest) or _RANGE.match(number[2]):
        return Target(operator, rest, "")
    unit = _BRACKETED.fullmatch(number[2])
    return Target(operator, number[1], unit[1] if unit else number[2])
