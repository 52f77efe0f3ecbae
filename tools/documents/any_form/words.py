"""Words of random forms, read from `words.toml`, and choices among them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

_NUMERALS = "一二三四五六七八九十"


@cache
def words() -> dict[str, Any]:
    """All words, by the tables and keys of the file."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def pick(rng: Random, table: str, key: str) -> str:
    """One of the ways in which something is printed."""
    found: str = rng.choice(words()[table][key])
    return found


def numeral(number: int) -> str:
    """A number below a hundred in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones - 1]
    return ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + (_NUMERALS[ones - 1] if ones else "")
