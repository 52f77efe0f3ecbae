"""Tables with commas between cells -> tables with tabs.

A comma may also stand within an amount (1,234.50).  Lines are taken as rows only where one way of reading all of their
commas gives every row as many cells as its head.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from budget.system.patterns import lazy_pattern
from loaders.formats.text.evidence import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SEPARATORS = (",", "，", ";", "；")
_FEWEST = 2
"""Rows of a table, its head among them."""
_USUAL = 0.7
"""Share of the rows that have as many cells; heads have fewer where a copy lost merged ones."""
_LONGEST = 60
"""Characters of a cell: longer ones are pieces of sentences."""
_SPACED = lazy_pattern(r"\s[-−]?[\d.]+$")
"""Blanks that keep an amount apart: the commas behind it are its own."""
_QUOTED = lazy_pattern(r'"-?\d{1,3},\d{3}')
"""An amount in quotation marks: whoever wrote it marked those whose commas keep no cells apart."""
_BEGINS_AMOUNT = lazy_pattern(r"[-−△▲]?\d{1,3}")
_GROUP = lazy_pattern(r"\d{3}(?:\.\d{1,6})?")
"""The rest of an amount behind a comma."""


def with_tabs(lines: Sequence[str]) -> Sequence[str]:
    """The lines, as many as before; those of tables with tabs between their cells."""
    for separator in _SEPARATORS:
        if sum(separator in line for line in lines) < _FEWEST:
            continue
        found = list(lines)
        cut = separator == "," and not any('"' in line and _QUOTED.search(line) for line in lines)
        for first, rows in _regions(lines, separator):
            table = _table(rows, amounts_may_be_cut=cut)
            found[first : first + len(table)] = map("\t".join, table)
        if found != list(lines):
            return found
    return lines


def _regions(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[list[str]]]]:
    """The lines that follow one another and all have cells, from the index of the first."""
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""]):
        cells = _cells(line, separator) if separator in line else []
        if len(cells) > 1:
            rows.append(cells)
            continue
        if len(rows) >= _FEWEST:
            yield number - len(rows), rows
        rows = []


def _cells(line: str, separator: str) -> list[str]:
    """The cells of a line; quotation marks keep one together. One cell where the line is a sentence."""
    if separator not in line or "\t" in line:
        return [line]
    cells: list[str] = []
    rest = line.strip("\r")
    while True:
        rest = rest.lstrip(" ")
        if rest.startswith('"'):
            quoted, closed, rest = rest[1:].replace('""', "\0").partition('"')
            cell, rest = quoted.replace("\0", '"'), rest.replace("\0", '""')
            if not closed or (rest.strip() and not rest.lstrip().startswith(separator)):
                return [line]
            _, more, rest = rest.partition(separator)
        else:
            cell, more, rest = rest.partition(separator)
        if "。" in cell or len(cell) > _LONGEST or _SPACED.search(cell.strip()):
            return [line]
        cells.append(cell.strip())
        if not more:
            return cells


def _table(rows: list[list[str]], *, amounts_may_be_cut: bool) -> list[list[str]]:
    """The cells of rows of a table; none where the rows show none."""
    ways = [rows]
    if amounts_may_be_cut and (joined := [_joined(row) for row in rows]) != rows:
        ways = [way for way in (rows, joined) if len(set(map(len, way))) == 1]
    if len(ways) != 1:
        return []
    (table,) = ways
    numbered = [any(kind_of(cell) is Kind.NUMBER for cell in row) for row in table]
    (_, usual), *others = Counter(map(len, table)).most_common()
    aligned = not others or (sum(numbered) > 1 and usual >= _USUAL * len(table))
    return table if any(numbered) and not numbered[0] and aligned else []


def _joined(row: Sequence[str]) -> list[str]:
    """The cells with amounts put together that their own commas may have cut."""
    cells: list[str] = []
    open_ = False
    for cell in row:
        if open_ and _GROUP.fullmatch(cell):
            cells[-1] += f",{cell}"
            open_ = "." not in cell
        else:
            cells.append(cell)
            open_ = _BEGINS_AMOUNT.fullmatch(cell) is not None
    return cells
