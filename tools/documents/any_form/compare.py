"""What a reader found of a random form against what was written."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from tools.documents.any_form.sheets import DIMENSIONS

if TYPE_CHECKING:
    from budget.model.disclosure import Cell, Disclosure
    from tools.documents.any_form import AnyForm
    from tools.documents.any_form.sheets import Fact


def differences(written: AnyForm, found: Disclosure) -> tuple[list[Fact], list[Cell]]:
    """Facts that were not read, and cells read but not written.

    Where a fact accepts several values ('' where words leave doubt), any of them will do.
    """
    left: dict[int, list[Cell]] = defaultdict(list)
    for cell in found.cells:
        left[cell.amount_fen].append(cell)
    missing: list[Fact] = []
    for fact in sorted(written.facts, key=lambda fact: sum(map(len, fact.accepted))):
        cells = left[fact.fen]
        agreeing = [cell for cell in cells if _accepts(fact, cell)]
        match = min(agreeing, key=lambda cell: cell.table_no != fact.table, default=None)
        if match is None:
            missing.append(fact)
        else:
            cells.remove(match)
    return missing, [cell for cells in left.values() for cell in cells]


def _accepts(fact: Fact, cell: Cell) -> bool:
    own = cell.coordinates._asdict()
    for dimension, accepted in zip(DIMENSIONS, fact.accepted, strict=True):
        value = plain(own[dimension])
        if dimension == "flow" and not value:
            value = "expenditure"
        if value not in {plain(text) for text in accepted}:
            return False
    return True


def plain(text: str) -> str:
    """Text without blanks, full width and brackets as half width."""
    return "".join(unicodedata.normalize("NFKC", text).split())
