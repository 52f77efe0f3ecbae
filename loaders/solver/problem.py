"""Statements as read -> the column solver's problem: rows, trees, and the links between statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from budget.forms.identities import CROSS, row_sums
from budget.forms.labels import SUMMARY_TO_CARRYOVER, SUMMARY_TO_REVENUE_DETAIL
from budget.model.disclosure import Side
from budget.model.disclosure import StatementId as S
from budget.model.money import tolerance
from loaders.solver.search import Link, Placement, Problem, Row, Tree

if TYPE_CHECKING:
    from budget.forms.identities import Identity, Term
    from loaders.statement import Reading, ReadRow, ReadStatement

RowId = tuple[str, int]
"""A statement and the index of a row among its rows."""


@dataclass(slots=True)
class Evidence:
    """All that speaks for the columns of a document; in the statements `freed` the printed cells are not believed."""

    reading: Reading
    freed: frozenset[str]
    numbers: dict[RowId, int] = field(default_factory=dict)
    ids: list[RowId] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    trees: list[Tree] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    complete: frozenset[str] = frozenset()

    def problem(self) -> Problem:
        """The problem; `ids` then names the row of each number."""
        self.complete = frozenset(s for s, read in self.reading.statements.items() if is_complete(read))
        for statement, read in self.reading.statements.items():
            self._rows(statement, read)
        for statement, read in self.reading.statements.items():
            self._trees(statement, read)
        self._labels(S.REVENUE_DETAIL, SUMMARY_TO_REVENUE_DETAIL)
        self._labels(S.CARRYOVER_DETAIL, SUMMARY_TO_CARRYOVER)
        for identity in CROSS:
            self._cross(identity)
        return Problem(tuple(self.rows), tuple(self.trees), tuple(self.links))

    def _rows(self, statement: str, read: ReadStatement) -> None:
        for index, row in enumerate(read.rows):
            if not row.figures:
                continue
            measures = measures_of(read, row)
            sums = tuple(
                (measures.index(total), tuple(measures.index(part) for part in parts))
                for total, parts in (row_sums(statement, measures).items() if len(measures) > 1 else ())
            )
            self.numbers[statement, index] = len(self.rows)
            self.ids.append((statement, index))
            printed = printed_placement(row)
            self.rows.append(
                Row(
                    tuple(figure.amount.fen for figure in row.figures),
                    len(measures),
                    max(figure.amount.half_unit for figure in row.figures),
                    sums,
                    None if statement in self.freed and len(row.figures) != len(measures) else printed,
                )
            )

    def _trees(self, statement: str, read: ReadStatement) -> None:
        if len(read.head.measures) == 1:
            return
        children: dict[int, list[int]] = {}
        for index, row in enumerate(read.rows):
            if row.parent is not None and row.figures and row.side is not Side.REVENUE:
                children.setdefault(row.parent, []).append(index)
        for parent, below in children.items():
            if (statement, parent) in self.numbers:
                members = tuple(self.numbers[statement, index] for index in below)
                key = f"{statement}:tree:{read.rows[parent].key}"
                self.trees.append(Tree(key, self.numbers[statement, parent], members))

    def _labels(self, target: str, table: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        """A label of T1 repeats columns of the grand total of another statement."""
        summary, other = self.reading.statements.get(S.REVENUE_EXPENDITURE_SUMMARY), self.reading.statements.get(target)
        if summary is None or other is None:
            return
        total = next((i for i, row in enumerate(other.rows) if row.total and row.figures), None)
        labels = {row.key: row for row in summary.rows if row.side is Side.REVENUE and not row.total}
        if total is None or not labels:
            return
        complete = _adds_up(summary.rows)
        for label, measures in table:
            row = labels.get(f"{Side.REVENUE}/{label}")
            amount = row.figures[0].amount if row and row.figures else None
            if amount is None and not (complete and _settled(label, labels)):
                continue
            self._link(
                f"T1:{label}",
                [((target, total), measures, 1)],
                -amount.fen if amount else 0,
                1 if amount else 0,
                "=",
                amount.half_unit if amount else 0,
            )

    def _cross(self, identity: Identity) -> None:
        terms = [(term, 1) for term in identity.left] + [(term, -1) for term in identity.right]
        # What only makes the smaller side larger may be left out of an inequality.
        if identity.relation == "<=":
            terms = [
                (term, side)
                for term, side in terms
                if term.statement in self.reading.statements or side * term.sign < 0
            ]
        if len(terms) < 2 or any(term.statement not in self.reading.statements for term, _ in terms):  # noqa: PLR2004
            return
        found = {term.statement: _by_place(self.reading.statements[term.statement], identity.at) for term, _ in terms}
        for place in dict.fromkeys(place for rows in found.values() for place in rows):
            self._at_place(identity, terms, {statement: rows.get(place, []) for statement, rows in found.items()})

    def _at_place(self, identity: Identity, terms: list[tuple[Term, int]], rows: dict[str, list[int]]) -> None:
        used: list[tuple[RowId, tuple[str, ...], int]] = []
        for term, side in terms:
            read = self.reading.statements[term.statement]
            measures = tuple(part for measure in term.measures for part in printed_parts(read, measure))
            indexes = [index for index in rows[term.statement] if (term.statement, index) in self.numbers]
            several = term.statement is S.PROJECT_EXPENDITURE  # its sums are only as good as it is complete
            if (not indexes or several) and term.statement not in self.complete:
                if identity.relation == "<=" and side * term.sign > 0:
                    continue
                return
            if not measures and indexes:
                return
            used += [((term.statement, index), measures, side * term.sign) for index in indexes]
        if used:
            self._link(identity.id, used, 0, 0, identity.relation)

    def _link(
        self,
        id_: str,
        terms: list[tuple[RowId, tuple[str, ...], int]],
        constant: int,
        addends: int,
        relation: str,
        half: int = 0,
    ) -> None:
        parts = []
        for row_id, measures, sign in terms:
            columns_ = self.reading.statements[row_id[0]].head.measures
            indexes = tuple(columns_.index(measure) for measure in measures if measure in columns_)
            parts.append((self.numbers[row_id], indexes, sign))
        # A row that stands in the link twice (T3 total and basic) must stay one unknown.
        if len({number for number, _, _ in parts}) < len(parts):
            return
        halves = {self.rows[number].half_unit for number, _, _ in parts} | ({half} if half else set())
        coarser = 2 * max(halves) if len(halves) > 1 else 0
        self.links.append(Link(id_, tuple(parts), constant, addends, max(halves), relation, coarser))


def is_complete(read: ReadStatement) -> bool:
    """True where nothing of a table is missing, so that what it does not list is nothing.

    It has its total, and in the total column every parent is the sum of its children; or it has no figures and
    says so, in a note or with a blank total.
    """
    rows = [row for row in read.rows if row.side is not Side.REVENUE]
    if not any(row.figures for row in rows):
        return bool(read.head.note) or any(row.total for row in rows)
    below: dict[int, list[ReadRow]] = {}
    for row in rows:
        if row.parent is not None and row.figures:
            below.setdefault(row.parent, []).append(row)
    for parent, children in below.items():
        if not read.rows[parent].figures:
            continue
        total = read.rows[parent].figures[0].amount
        slack = tolerance(len(children), total.half_unit)
        if abs(total.fen - sum(child.figures[0].amount.fen for child in children)) > slack:
            return False
    return any(row.total and row.figures for row in rows)


def measures_of(read: ReadStatement, row: ReadRow) -> tuple[str, ...]:
    """The measures that a row of this side of the statement has columns for."""
    return ("total",) if row.side is Side.REVENUE else read.head.measures


def printed_parts(read: ReadStatement, measure: str) -> tuple[str, ...]:
    """The columns that make up this measure in this table: itself, or its parts where only these are printed."""
    if measure in read.head.measures:
        return (measure,)
    parts = {"basic": ("personnel", "operating")}.get(measure, ())
    return tuple(part for part in parts if part in read.head.measures)


def printed_placement(row: ReadRow) -> Placement | None:
    """Where the source puts the row's amounts; None where it does not tell, or tells something impossible."""
    placement = tuple(figure.column for figure in row.figures if figure.column is not None)
    if len(placement) < len(row.figures) or any(a >= b for a, b in pairwise(placement)):
        return None
    return placement if placement and placement[0] == 0 else None


def _by_place(read: ReadStatement, at: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, row in enumerate(read.rows):
        if row.side is Side.REVENUE or not row.figures:
            continue
        if row.total:
            places.setdefault("total", []).append(index)
        elif at == "code" or (at == "class" and len(row.resolved or row.code) == 3):  # noqa: PLR2004
            places.setdefault(row.resolved or row.code, []).append(index)
    places.pop("", None)  # rows without a code
    if at == "total":
        return {"total": places.get("total", [])}
    if read.head.statement == S.PROJECT_EXPENDITURE:  # an item printed with its projects: its own row is their sum
        for indexes in places.values():
            own = [index for index in indexes if not read.rows[index].project]
            indexes[:] = own or indexes
    return places


def _adds_up(rows: list[ReadRow]) -> bool:
    """True where the sources of the second level add up to the total revenue, so that no label is missing."""
    total = next((row for row in rows if row.total and row.side is Side.REVENUE and row.figures), None)
    if total is None:
        return False
    second = [row for row in rows if row.side is Side.REVENUE and row.level == 2 and row.figures]  # noqa: PLR2004
    amount = total.figures[0].amount
    slack = tolerance(max(len(second), 2), amount.half_unit)
    return abs(amount.fen - sum(row.figures[0].amount.fen for row in second)) <= slack


def _settled(label: str, labels: dict[str, ReadRow]) -> bool:
    """True where a label without an amount means that there is none.

    Labels of the third level say so only where one beside them has an amount: some documents print no 其中 lines.
    """
    parent, _, _ = label.rpartition("/")
    if parent.count("/") == 0:
        return True
    above = labels.get(f"{Side.REVENUE}/{parent}")
    if above is None or not above.figures:
        return True
    prefix = f"{Side.REVENUE}/{parent}/"
    return any(key.startswith(prefix) and row.figures for key, row in labels.items())
