"""Documents with one printed table figure changed beyond rounding: what a check must catch."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from budget.checks import findings, tables
from budget.checks.catalogue import by_id
from budget.checks.rule import Outcome
from budget.library.frames import frames
from loaders import disclosure
from loaders.document import Document, Grid, Paragraph
from loaders.load import document as document_of

if TYPE_CHECKING:
    from random import Random

    from budget.checks.rule import Finding
    from budget.model.disclosure import Cell, Disclosure

TABLES = frozenset(check.id for check in tables.CHECKS)
"""Ids of the checks of the tables."""
MIN_CHANGE = 20
"""Last digits by which a figure is changed at least: more than rounding explains in any sum of a document."""
_DIGITS = 6
"""A printed 0 becomes a number of at most so many digits."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document with one changed figure, and its new value."""

    document: Document
    cell: Cell
    became: str


def read(document: Document) -> Disclosure:
    """The disclosure of a document without a file."""
    return disclosure.read(document, "0" * 64, Path("document"))


def text(data: bytes) -> Document:
    """A document of plain text."""
    return document_of(data, "document.txt")


def found(read_: Disclosure) -> list[Finding]:
    """What the checks of the tables find; written prose is not about the tables beside it."""
    return [finding for finding in findings(frames([read_])) if finding.check in TABLES]


def discrepancies(found_: list[Finding]) -> list[Finding]:
    """Those that a hard check reports."""
    return [finding for finding in found_ if finding.outcome is Outcome.DISCREPANCY]


def caught(mutant: Mutant) -> bool:
    """Whether a hard check reports the changed figure itself. A discrepancy of other figures does not count."""
    return any(
        ref.text == mutant.became and (ref.statement, ref.row_no) == (mutant.cell.statement, mutant.cell.row_no)
        for finding in discrepancies(found(read(mutant.document)))
        for one in (finding, *finding.follows)
        for ref in one.refs
    )


def mutants(document: Document, rng: Random, count: int) -> list[Mutant]:
    """Documents with one figure changed, drawn evenly from the table figures.

    Only figures count that stand in a sum or in two tables. A figure that is printed once and in no sum contradicts
    nothing, whatever it says.
    """
    disclosure_ = read(document)
    cells = disclosure_.cells
    part = {
        ref[5:8]
        for finding in found(disclosure_)
        if finding.outcome in {Outcome.EXACT, Outcome.ROUNDING} and by_id(finding.check).hard
        for ref in finding.refs
    }
    chosen = [cell for cell in cells if (cell.statement, cell.row_no, str(cell.column_no)) in part] or list(cells)
    made: list[Mutant] = []
    while len(made) < count:
        cell = rng.choice(chosen)
        became = changed(cell.printed, rng)
        made.append(Mutant(swapped(document, cells, cell, became), cell, became))
    return made


def swapped(document: Document, cells: tuple[Cell, ...], cell: Cell, became: str) -> Document:
    """The document with one of its amounts printed otherwise."""
    mutant = _replaced(document, cell, became, _before(cells, cell))
    assert mutant is not None, f"{cell.printed} was not found in line {cell.line}"
    return mutant


def changed(printed: str, rng: Random) -> str:
    """Another number of the same form, with another digit. It stands somewhere before the last one."""
    digits = re.sub(r"[^\d]", "", printed)
    decimals = len(printed.rpartition(".")[2]) if "." in printed else 0
    while True:
        if int(digits) == 0:
            new = str(rng.randrange(MIN_CHANGE, 10 ** rng.randint(2, _DIGITS)))
        else:
            place = rng.randrange(max(len(digits) - 1, 2))
            new = digits.zfill(2)
            new = new[:place] + rng.choice("0123456789") + new[place + 1 :]
        if abs(int(new) - int(digits)) >= MIN_CHANGE:
            return _form(int(new), decimals, commas="," in printed or len(digits) - decimals <= 3)


def _form(value: int, decimals: int, *, commas: bool) -> str:
    whole, rest = divmod(value, 10**decimals)
    head = f"{whole:,}" if commas else str(whole)
    return f"{head}.{rest:0{decimals}d}" if decimals else head


def _before(cells: tuple[Cell, ...], cell: Cell) -> int:
    """How many amounts that read the same stand before this one in its line."""
    same = [other for other in cells if other.line == cell.line and other.printed == cell.printed]
    return next(index for index, other in enumerate(same) if other is cell)


def _replaced(document: Document, cell: Cell, became: str, before: int) -> Document | None:
    blocks = list(document.blocks)
    for index, (first, block) in enumerate(document.numbered()):
        height = block.rows if isinstance(block, Grid) else 1
        if not first <= (cell.line or 0) < first + height:
            continue
        if isinstance(block, Grid):
            changed_grid = _in_grid(block, (cell.line or 0) - first, cell.printed, became, before)
            if changed_grid is None:
                return None
            blocks[index] = changed_grid
        else:
            pattern = rf"(?<![\d.,]){re.escape(cell.printed)}(?![\d.,])"
            matches = list(re.finditer(pattern, block.text))
            if len(matches) <= before:
                return None
            match = matches[before]
            blocks[index] = Paragraph(block.text[: match.start()] + became + block.text[match.end() :], block.page)
        return replace(document, blocks=tuple(blocks))
    return None


def _in_grid(grid: Grid, row: int, printed: str, became: str, before: int) -> Grid | None:
    places = [
        index for index, cell in enumerate(grid.cells) if cell.row == row and re.sub(r"\s", "", cell.text) == printed
    ]
    if not places:
        return None
    place = places[min(before, len(places) - 1)]
    cells = list(grid.cells)
    cells[place] = cells[place]._replace(text=became)
    return grid._replace(cells=tuple(cells))
