"""Evidence in the rows of a text table about its columns: names or numbers, and whether sums hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from budget.system.patterns import lazy_pattern
from loaders.words.numbers import CLASS_CODE, PLACEHOLDER, half_width, is_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

_CODED = lazy_pattern(r"\d{1,10}")
_CODE = lazy_pattern(r"\d{3}(?:\d{2}){0,2}")
_PERCENT = lazy_pattern(r"[%％]$")
_GLUED = lazy_pattern(r"\d{2}\s*[\u4e00-\u9fff]")
_CLEARLY = 0.8
"""Share of the cells of a column that say what it holds."""
_MOST_ROWS = 60
"""Rows that are looked at for sums of columns: more of them say no more."""


_MOST_COMPARED = 12
"""Columns of numbers of a table in which per cents are looked for by their values."""
_HUNDRED = Decimal(100)
_NONE = Decimal(0)
_FEWEST = 3
"""Rows that show a ratio although others do not."""


class Kind(StrEnum):
    """The kind of content of a cell or a column."""

    BLANK = "blank"
    NUMBER = "number"
    TEXT = "text"
    MIXED = "mixed"


@lru_cache(maxsize=65_536)
def kind_of(text: str) -> Kind:
    """The kind of content of a cell; a dash in the place of a number is one."""
    text = text.strip()
    if not text:
        return Kind.BLANK
    plain = _PERCENT.sub("", half_width(text)).replace(" ", "")
    return Kind.NUMBER if is_amount(plain) or PLACEHOLDER.fullmatch(plain) else Kind.TEXT


def value_of(text: str) -> Decimal | None:
    """The number in a cell; None where there is none."""
    plain = _PERCENT.sub("", half_width(text.strip())).replace(",", "").replace(" ", "")
    if not is_amount(plain):
        return None
    if plain.startswith("("):
        return -Decimal(plain[1:-1])
    sign = -1 if plain[0] in "-−△▲" else 1
    return sign * Decimal(plain.lstrip("-−△▲"))


@dataclass(frozen=True)
class Column:
    """One column of the body of a table."""

    texts: tuple[str, ...]

    @cached_property
    def kind(self) -> Kind:
        """The kind of content of most of its cells."""
        counts = Counter(kind_of(text) for text in self.texts)
        filled = counts[Kind.NUMBER] + counts[Kind.TEXT]
        if not filled:
            return Kind.BLANK
        for kind in (Kind.NUMBER, Kind.TEXT):
            if counts[kind] >= _CLEARLY * filled:
                return kind
        return Kind.MIXED

    @cached_property
    def coded(self) -> bool:
        """True where all its cells are digits alone: codes or running numbers, or amounts without decimals."""
        filled = [text.strip() for text in self.texts if text.strip()]
        return bool(filled) and all(_CODED.fullmatch(half_width(text)) for text in filled)

    @cached_property
    def classes(self) -> bool:
        """True where all its cells are codes of functions or economic classes."""
        filled = [half_width(text.strip()) for text in self.texts if text.strip()]
        return bool(filled) and all(CLASS_CODE.fullmatch(text) for text in filled)

    @cached_property
    def values(self) -> tuple[Decimal | None, ...]:
        """The numbers of its cells."""
        return tuple(map(value_of, self.texts))

    @cached_property
    def decimals(self) -> int:
        """The most decimals of a number in it."""
        return max((len(text.strip("%％) ").partition(".")[2]) for text in self.texts if value_of(text)), default=0)

    @cached_property
    def signed(self) -> bool:
        """True where most of its cells end with a per cent sign."""
        filled = [text.strip() for text in self.texts if text.strip()]
        return bool(filled) and sum(map(bool, map(_PERCENT.search, filled))) >= _CLEARLY * len(filled)


def columns_of(rows: Sequence[Sequence[str]], width: int) -> list[Column]:
    """The columns of rows that all have this width."""
    return [Column(tuple(row[place] for row in rows)) for place in range(width)]


def are_alike(own: Sequence[Kind], other: Sequence[Kind]) -> bool:
    """True where two tables have columns of the same kinds; blank ones fit any."""
    return len(own) == len(other) and all(a is b or Kind.BLANK in {a, b} for a, b in zip(own, other, strict=True))


def sums_hold(columns: Sequence[Column], total: int, parts: Sequence[int]) -> bool | None:
    """True where a column is the sum of others in most rows; None where no row can say."""
    held = failed = 0
    for index, whole in enumerate(columns[total].values[:_MOST_ROWS]):
        values = [value for place in parts if (value := columns[place].values[index]) is not None]
        if whole is None or not values or (not whole and not any(values)):
            continue
        if abs(whole - sum(values)) <= Decimal("0.011") * len(values):
            held += 1
        else:
            failed += 1
    if not held and not failed:
        return None
    return held >= _CLEARLY * (held + failed)


def ratios(columns: Sequence[Column]) -> frozenset[int]:
    """The columns that hold per cents: by their signs, or as the ratio or the growth of two other columns."""
    numbers = [place for place, column in enumerate(columns) if column.kind is Kind.NUMBER]
    found = {place for place in numbers if columns[place].signed}
    amounts: set[int] = set()
    if len(numbers) > _MOST_COMPARED:
        return frozenset(found)
    for place in sorted(numbers, key=lambda place: -columns[place].decimals):  # the finest show it best
        others = [other for other in numbers if other != place and other not in found]
        pairs = ((a, b) for a in others for b in others if a != b) if place not in found | amounts else ()
        pair = next(((a, b) for a, b in pairs if _is_ratio(columns[place], columns[a], columns[b])), None)
        if pair is not None:
            found.add(place)
            amounts.update(pair)
    return frozenset(found)


def _is_ratio(own: Column, upper: Column, lower: Column) -> bool:
    held = failed = 0
    for value, above, below in zip(own.values[:_MOST_ROWS], upper.values, lower.values, strict=False):
        if value is None or above is None or not below or below == _HUNDRED:
            continue
        exponent = value.as_tuple().exponent
        near = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * Decimal("0.51")
        share = _HUNDRED * above / below
        if abs(value - share) <= near or abs(value - share + _HUNDRED) <= near:
            held += 1
        else:
            failed += 1
    return held > 0 and held >= _CLEARLY * (held + failed) and (held >= _FEWEST or not failed)


def is_shifted(columns: Sequence[Column]) -> bool:
    """True where the rows contradict the places of their cells: codes among names, or amounts that moved aside."""
    coded = [place for place, column in enumerate(columns) if column.coded and not _is_amounts(column)]
    return any(_is_glued(column) for column in columns[min(coded, default=len(columns)) :]) or _moved(columns, coded)


def _is_glued(column: Column) -> bool:
    """True for a column of names some of which begin with the digits of a code's lower level (05 行政运行)."""
    filled = [text.strip() for text in column.texts if text.strip()]
    glued = sum(_GLUED.match(half_width(text)) is not None for text in filled)
    return 0 < glued < len(filled)


def _moved(columns: Sequence[Column], coded: Sequence[int]) -> bool:
    """True where what one column of a class lacks of the sum of its sections, another one has too much."""
    numbers = [place for place, column in enumerate(columns) if column.kind is Kind.NUMBER and place not in coded]
    if not coded:
        return False
    parts: dict[str, list[int]] = {}
    at: dict[str, int] = {}
    for index in range(len(columns[0].texts)):
        code = "".join(columns[place].texts[index].strip() for place in coded)
        if _CODE.fullmatch(code):
            at.setdefault(code, index)
            parts.setdefault(code[:-2], []).append(index)
    for code, below in parts.items():
        whole = at.get(code)
        if whole is None:
            continue
        differing: list[Decimal] = []
        for place in numbers:
            values = columns[place].values
            rest = (values[whole] or _NONE) - sum((values[index] or _NONE for index in below), _NONE)
            if abs(rest) > Decimal("0.011") * len(below):
                differing.append(rest)
        if len(differing) > 1 and abs(sum(differing, _NONE)) <= Decimal("0.011") * len(below):
            return True
    return False


def _is_amounts(column: Column) -> bool:
    """True for whole amounts: the digits of codes are as many on every level."""
    filled = [text.strip() for text in column.texts if text.strip()]
    return any(len(text) not in {2, 3, 5, 7} for text in filled)
