"""What a statement says of one code, one class or its total: its figures, nothing, or that it does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks.compare import Sum, pick, slack
from budget.checks.tree import KINDS, SPENT, unknown
from budget.classification import CLASS, ancestors
from budget.model import RowKind
from budget.model import StatementId as S

if TYPE_CHECKING:
    from budget.checks.book import Book
    from budget.sheets import Row

TOTAL = ""
"""The place of the grand total; other places are codes."""
_SIDE = {S.REVENUE_EXPENDITURE_SUMMARY.value: "expenditure", S.APPROPRIATION_SUMMARY.value: "expenditure"}
_PARTS = {"basic": ("personnel", "operating")}


class Places:
    """The statements of one book by place; remembers which of them are complete."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._complete: dict[str, bool] = {}

    def columns(self, statement: str, measures: tuple[str, ...]) -> tuple[str, ...]:
        """The printed columns that make up these measures: themselves, or their parts where only those are printed."""
        printed = self.book.measures(statement)
        found = ((m,) if m in printed else tuple(p for p in _PARTS.get(m, ()) if p in printed) for m in measures)
        return tuple(column for columns in found for column in columns)

    def total(self, statement: str) -> Row | None:
        """The line that totals what is spent (or received): in final accounts 本年支出合计, not the grand total."""
        side = _SIDE.get(statement, "")
        if side:
            for row in self.book.sheets.of(statement):
                if row.side == side and row.kind == RowKind.SOURCE.value and SPENT in row.name:
                    return row
        return self.book.total(statement, side)

    def places(self, statement: str, at: str) -> tuple[str, ...]:
        """The places that a statement has figures for, the total first."""
        if at == "total":
            return (TOTAL,)
        codes = self.book.codes(statement)
        return (TOTAL, *(code for code in codes if at == "code" or len(code) == CLASS))

    def sum(self, statement: str, place: str, columns: tuple[str, ...]) -> Sum | None:
        """The figures at a place, none where there is nothing; None where the statement does not tell.

        A code that a statement does not list has nothing there if the statement is complete and lists codes of this
        level where it would stand.
        """
        rows = self._rows(statement, place)
        if rows:
            if place and len(rows) > 1 and not self.complete(statement):
                return None
            return pick(self.book, rows, columns)
        if not self.complete(statement) or (place and not self._would_list(statement, place)):
            return None
        return Sum()

    def complete(self, statement: str) -> bool:
        """Whether nothing of a statement is missing, so that what it does not list is nothing.

        It has a total, and in the total column every line is the sum of those below it; or it has no figures and says
        so, in a note or with a blank total.
        """
        if statement not in self._complete:
            self._complete[statement] = self._is_complete(statement)
        return self._complete[statement]

    def _is_complete(self, statement: str) -> bool:
        book = self.book
        rows = [row for row in book.sheets.of(statement) if row.side != "revenue"]
        if not any(book.figures_of(row) for row in rows):
            printed = book.sheets.printed.get(statement)
            return bool(printed and printed.note) or any(row.kind == RowKind.GRAND_TOTAL.value for row in rows)
        for row in rows:
            own = book.figures_of(row).get("total")
            below = [f for child in book.children(row) if (f := book.figures_of(child).get("total"))]
            if own and below and abs(own.fen - sum(f.fen for f in below)) > slack((own, *below)):
                return False
        total = self.total(statement)
        return total is not None and bool(book.figures_of(total))

    def _rows(self, statement: str, place: str) -> tuple[Row, ...]:
        """The lines of a place; where final accounts print no total, the totals of both kinds."""
        if place:
            return self.book.with_code(statement, place)
        total = self.total(statement)
        if total is not None and self.book.figures_of(total):
            return (total,)
        lines = self.book.sheets.of(statement)
        kinds = [row for name in KINDS for row in lines if not row.code and row.name.startswith(name)]
        whole = len(kinds) == len(KINDS) and all(self.book.figures_of(row) for row in kinds)
        return tuple(kinds) if whole else ()

    def _would_list(self, statement: str, place: str) -> bool:
        """Whether a code would stand in this statement if it had anything."""
        rows = self.book.sheets.of(statement)
        if any(row.side != "revenue" and unknown(row) and self.book.figures_of(row) for row in rows):
            return False  # a class whose name nobody knows
        listed = self.book.codes(statement)
        above = next((code for code in reversed(ancestors(place)) if code in listed), None)
        return above is None or any(code.startswith(above) and code != above for code in listed)
