"""What the columns mean, for amounts that arithmetic leaves open: a reason to prefer one, never a certainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model import StatementId
from loaders import economic_words

if TYPE_CHECKING:
    from loaders.columns import Placement
    from loaders.statements import ReadRow, ReadStatement

_USUAL: dict[str, dict[str, float]] = {
    StatementId.THREE_PUBLIC_EXPENSES: {"general_public_budget": 10, "government_fund": 2, "state_capital": 1},
    StatementId.APPROPRIATION_SUMMARY: {"general_public_budget": 10, "government_fund": 2, "state_capital": 1},
    StatementId.CARRYOVER_DETAIL: {
        "appropriation_total": 4,
        "appropriation_project": 3,
        "non_appropriation_project": 2,
        "non_appropriation_total": 1,
    },
    StatementId.REVENUE_DETAIL: {
        "fiscal_appropriation": 9,
        "general_public_budget": 8,
        "general_public_transfer": 4,
        "appropriation_carryover": 3,
        "own_funds": 2,
    },
}
"""How usual an amount in each column is; the sum over a row ranks its placements."""

_PERSONNEL, _OPERATING = {"301", "303"}, {"302", "307", "309", "310", "311", "312", "399"}


def preference(
    read: ReadStatement, row: ReadRow, placement: Placement, said: economic_words.Said | None = None
) -> float | None:
    """How much the meaning of the columns speaks for this placement; None where it says nothing.

    `said` is what words say of the projects of the row, where the columns are economic classes of projects.
    """
    measures = read.head.measures
    if any(column >= len(measures) for column in placement):
        return None
    filled = {measures[column] for column in placement}
    if said is not None:
        return float(sum(worded(read, row, said, place, column) for place, column in enumerate(placement))) or None
    if read.head.statement == StatementId.BASIC_EXPENDITURE:
        # 301 and 303 are personnel, 302 and the capital classes operating expenditure.
        expected = (
            {"personnel"} if row.code[:3] in _PERSONNEL else {"operating"} if row.code[:3] in _OPERATING else set()
        )
        return float(len(expected & filled) - len(filled - expected - {"total"})) if expected else None
    usual = _USUAL.get(read.head.statement)
    return sum(usual.get(measure, 0) for measure in filled) if usual else None


def worded(read: ReadStatement, row: ReadRow, said: economic_words.Said, place: int, column: int) -> int:
    """How much words speak for one amount of a row in a column (see `economic_words.evidence`)."""
    if place >= len(row.figures):
        return 0
    return economic_words.evidence(said, read.head.measures[column], row.figures[place].amount.fen)


def interchangeable(statement: str) -> bool:
    """True where no identity tells the columns apart, only their order is known (T7's economic classes)."""
    return statement == StatementId.PROJECT_EXPENDITURE


def order_candidates(root: Placement, column: int, columns: int) -> tuple[int, ...]:
    """The columns in which an amount may stand when only the order of the root's columns is known."""
    if column == 0 or column not in root:
        return (column,)
    rank = root.index(column)
    return tuple(range(rank, columns - (len(root) - 1 - rank)))
