"""What must hold of a document that was loaded from grids, whatever its format and form."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from budget.model.disclosure import ColumnStatus, Edition, MoneyUnit
from budget.model.money import half_unit
from loaders.document import Grid
from tests.support.compare import Known, Outcome, compare

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure
    from loaders.document import Box, Document
    from tools.documents.files.sheet import Made

BOX_TOLERANCE = 2.0
"""Points: rules have a width."""


def known(made: Made, *, lines: bool) -> list[Known]:
    """The amounts of a document; `lines`: with the lines of its text that hold them."""
    numbers = made.lines() if lines else [0] * len(made.places)
    return [
        Known(*place.truth, frozenset({line}) if line else frozenset())
        for place, line in zip(made.places, numbers, strict=True)
    ]


def judge(
    made: Made, loaded: Disclosure, *, lines: bool = False, pages: bool = True, boxed: Document | None = None
) -> Outcome:
    """Everything that must hold: each amount in its line and column, certain; who published what; units; places.

    `lines`: the document was read as it is, so its lines are those of `made`; `pages`: its format has pages;
    `boxed`: the document as it stands on its pages, with boxes.
    """
    outcome = compare(known(made, lines=lines), loaded)
    found, about = outcome.faults, made.about
    expected = {
        "body": about.body, "fiscal_year": about.year, "phase": about.phase,
        "edition": Edition.DEPARTMENT if about.edition == "部门" else Edition.UNIT,
    }  # fmt: skip
    for name, value in expected.items():
        if getattr(loaded.head, name) != value:
            found[name].append(f"{getattr(loaded.head, name)!r} instead of {value!r}")
    _statements(made, loaded, outcome)
    for cell in loaded.cells:
        if cell.column_status != ColumnStatus.PRINTED:
            found["not printed"].append(str(cell))
        unit, decimals = made.units.get(cell.statement, ("元", -1))
        if decimals >= 0 and cell.half_unit != half_unit(decimals, MoneyUnit(unit)):
            found["half unit"].append(f"{cell.printed} in {unit} has {cell.half_unit}")
    keys = Counter((line.statement, line.line_key) for line in loaded.lines)
    found_twice = [str(key) for key, count in keys.items() if count > 1]
    if found_twice:
        found["line key"] += found_twice
    if pages:
        _pages(made, loaded, outcome)
    if boxed:
        _boxes(made, loaded, boxed, outcome)
    return outcome


def _statements(made: Made, loaded: Disclosure, outcome: Outcome) -> None:
    heads = {head.statement: head for head in loaded.report.statements}
    for statement, (unit, _) in made.units.items():
        if statement not in heads:
            outcome.faults["statement"].append(f"{statement} was not found")
        elif heads[statement].money_unit != unit:
            outcome.faults["money unit"].append(f"{statement} is in {heads[statement].money_unit}, not {unit}")
    for statement in heads.keys() - made.units.keys():
        outcome.faults["statement"].append(f"{statement} was invented: {heads[statement].printed_title}")


def _pages(made: Made, loaded: Disclosure, outcome: Outcome) -> None:
    """Every amount on its page."""
    expected = Counter((place.truth.statement, place.truth.fen, made.page(place)) for place in made.places)
    found = Counter((cell.statement, cell.amount_fen, cell.page) for cell in loaded.cells)
    for key in expected - found:
        outcome.faults["page"].append(f"{key} is not on its page")


def _boxes(made: Made, loaded: Disclosure, boxed: Document, outcome: Outcome) -> None:
    """Every amount in the box of a cell that prints it."""
    boxes: dict[tuple[str, int, int | None], list[Box]] = defaultdict(list)
    for place in made.places:
        grid = boxed.blocks[place.block]
        assert isinstance(grid, Grid)
        found = next(cell for cell in grid.cells if (cell.row, cell.column) == (place.row, place.column))
        assert found.box
        boxes[place.truth.statement, place.truth.fen, grid.page].append(found.box)
    for cell in loaded.cells:
        there = boxes[cell.statement, cell.amount_fen, cell.page]
        if cell.box is None:
            outcome.faults["no box"].append(str(cell))
        elif there and not any(_same(cell.box, box) for box in there):
            outcome.faults["box"].append(f"{cell} is not in {there[:3]}")


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= BOX_TOLERANCE for a, b in zip(one, other, strict=True))
