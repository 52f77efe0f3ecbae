"""The words of budget disclosures as data, and the names of codes.

Files of this folder, one entry a line, are read once when they are first asked for: `words.csv` (a word and the
coordinates that it says), `function.csv` and `economic.csv` (codes and their names, old ones with their years),
`columns.csv` (usual columns of a table, for text that prints no head or a torn one).  To
teach a word, add a line; no entry is a whole title, and none holds a body's name or a year.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPARTMENT, GOVERNMENT, FUNCTION = "department", "government", "function"
"""Schemes of codes: 部门预算经济分类 (3xx), 政府预算经济分类 (5xx), 支出功能分类 (2xx)."""


class Word(NamedTuple):
    """A word with the coordinates that it says.

    Attributes:
        text: The word as printed.
        says: Pairs of a key and its value: a dimension, `scheme`, `role` (what the word is for), `under` (the item or
            breakdown that must be given), `subtotal`, `whole` and `last` (known only as the whole text or bracket, or
            as its last word).  `?` keeps the printed words with a question mark, `*` as they are.
        grammar: Where the word is known: `title`, `cell` (heads and labels), `body` (endings of names of
            bodies), '' everywhere.
        seen: Whether a document prints it; otherwise it is recalled.
    """

    text: str
    says: tuple[tuple[str, str], ...]
    grammar: str
    attested: bool


class Code(NamedTuple):
    """A name that a code has or had.

    Attributes:
        scheme: `function`, `department` or `government`.
        code: Its digits.
        name: As printed.
        valid_from: First year of this name, '' where not known.
        valid_to: Last year of this name, '' where it is in use.
        seen: Whether a document prints it; a recalled name is good beside a code, never for a check.
    """

    scheme: str
    code: str
    name: str
    valid_from: str
    valid_to: str
    attested: bool


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All words and names of codes that a grammar may use."""

    words: tuple[Word, ...]
    codes: tuple[Code, ...]

    def without(self, left_out: frozenset[str]) -> Vocabulary:
        """Give the vocabulary without some words and names, as printed."""
        return replace(
            self,
            words=tuple(word for word in self.words if word.text not in left_out),
            codes=tuple(code for code in self.codes if code.name not in left_out),
        )


@cache
def vocabulary() -> Vocabulary:
    """Read the whole vocabulary, once."""
    return Vocabulary(
        words=tuple(
            Word(row["word"], _pairs(row["meaning"]), row["grammar"], row["basis"] == "seen")
            for row in _rows("words.csv")
        ),
        codes=(
            *(_code(row | {"scheme": FUNCTION}) for row in _rows("function.csv")),
            *(_code(row) for row in _rows("economic.csv")),
        ),
    )


class ColumnOrder(NamedTuple):
    """The usual columns of a table.

    Attributes:
        flow: Flow of the title.
        fund: Fund of the title.
        kind: Kind of the title.
        breakdown: What the rows are.
        version: `final` for final accounts, '' else.
        columns: Of each column, in printed order, what it says beyond the title; nothing for the total.
    """

    flow: str
    fund: str
    kind: str
    breakdown: str
    version: str
    columns: tuple[tuple[tuple[str, str], ...], ...]


@cache
def column_orders() -> tuple[ColumnOrder, ...]:
    """Read the usual orders of columns, once; of one title the commonest first."""
    return tuple(
        ColumnOrder(
            row["flow"],
            row["fund"],
            row["kind"],
            row["breakdown"],
            row["version"],
            tuple(_pairs("" if part.strip() == "total" else part) for part in row["columns"].split(";")),
        )
        for row in _rows("columns.csv")
    )


@cache
def simplified() -> dict[int, str]:
    """Give simplified characters by the code points of traditional ones."""
    return {ord(row["traditional"]): row["simplified"] for row in _rows("characters.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Read the lines of a file of this folder."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _pairs(meaning: str) -> tuple[tuple[str, str], ...]:
    """Read `fund=own flow=revenue` as pairs."""
    return tuple((key, value) for key, _, value in (part.partition("=") for part in meaning.split()))


def _code(row: dict[str, str]) -> Code:
    """Read one name of a code."""
    return Code(
        row["scheme"], row["code"], row["name"], row["valid_from"], row["valid_to"], attested=row["basis"] == "seen"
    )
