"""Titles, heads and labels of the reference, what they mean, and how many a grammar gets right."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders.meaning import Meaning, column, combine, row, title
from loaders.meaning.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.vocabulary import Vocabulary

DIMENSIONS = {
    "title": ("flow", "fund", "kind"),
    "column": ("flow", "fund", "kind", "economic", "item", "version", "is_amount"),
    "label": ("flow", "fund", "kind", "item", "function"),
}
COORDINATES = ("flow", "fund", "kind", "function", "economic", "item", "version")
PLACES = {"changji": "Xinjiang", "wanli": "Shanghai"}
"""Documents whose names do not begin with their province."""
INTERNAL = "internal"
SYSTEMS = ("指标/预算列表", "国库系统", "教育经费预算执行情况统计表")
"""Screens and lists of systems inside a body: among the reference, but no disclosure of a province."""
TEXT = ("fund", "kind", "item")


@dataclass(frozen=True)
class Entry:
    """One printed text with its meaning."""

    grammar: str
    text: str
    title: str
    province: str
    meant: tuple[tuple[str, str], ...]

    def read(self, words: Vocabulary | None = None, *, side: bool = True) -> Meaning:
        """Read the text by its grammar; a label with or without the side of its block."""
        if self.grammar == "title":
            return title(self.text, words)
        if self.grammar == "column":
            return column(tuple(self.text.split("/")), title(self.title, words), words)
        flow = dict(self.meant)["flow"] if side else ""
        return row(tuple(self.text.split("/")), title(self.title, words), flow, words)

    def wrong(self, words: Vocabulary | None = None, *, side: bool = True) -> list[str]:
        """Give the dimensions that come out differently."""
        read = self.read(words, side=side)
        return [
            f"{dimension}: {value or '∅'} → {getattr(read, dimension) or '∅'}"
            for dimension, value in self.meant
            if getattr(read, dimension) != value
        ]


def folder() -> Path:
    """Give the reference, or skip the test audibly."""
    shared = os.environ.get("YUSUAN_SHARED")
    if not shared:
        pytest.skip("YUSUAN_SHARED is not set: the grammars are not scored")
    return Path(shared) / "reference"


@cache
def entries(path: Path) -> tuple[Entry, ...]:
    """Read titles, heads and labels."""
    found: list[Entry] = []
    for grammar, name in (("title", "titles"), ("column", "columns"), ("label", "rows")):
        for line in lines(path / "vocabulary" / f"{name}.csv"):
            meant = tuple((key, plain(key, line[key])) for key in DIMENSIONS[grammar])
            place = INTERNAL if line["title"].startswith(SYSTEMS) else line["province"] or "unknown"
            found.append(Entry(grammar, line[grammar], line["title"], place, meant))
    return tuple(found)


@cache
def printed(path: Path) -> dict[str, str]:
    """Give what titles, heads and labels of each province print, in the word lists and in the coordinates."""
    texts: dict[str, set[str]] = defaultdict(set)
    for entry in entries(path):
        texts[entry.province] |= {entry.text, entry.title}
    for file in [*path.glob("*.coords.csv"), *(path / "web").glob("*.coords.csv")]:
        place = file.name.partition("-")[0]
        for line in lines(file):
            texts[PLACES.get(place, place.capitalize())] |= {line["title"], line["column"], line["row"]}
    return {province: "\n".join(sorted(map(normalise, own))) for province, own in texts.items()}


def lines(path: Path) -> Iterator[dict[str, str]]:
    """Read the lines of a file."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def plain(dimension: str, value: str) -> str:
    """Give printed words of the reference with brackets of one width."""
    return normalise(value) if dimension in TEXT else value


def fact(line: dict[str, str], phase: str) -> Meaning:
    """Read the coordinates of one printed amount from its title, head and label."""
    of_table = title(line["title"])
    if not of_table.version:
        of_table = of_table._replace(version=phase)
    head = column(tuple(line["column"].split("/")), of_table)
    block = of_table._replace(breakdown=head.breakdown) if head.breakdown else of_table
    label = row(tuple(line["row"].split("/")), block, head.flow if of_table.flow == "both" else "")
    return combine(of_table, head, label).meaning
