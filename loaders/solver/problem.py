"""Statements -> the problem of the solver: rows, trees, links."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from budget.model.disclosure import Side
from budget.model.known import STATEMENT_COORDINATES
from budget.model.money import tolerance
from budget.model.titles import TOTAL
from loaders.solver.identities import ALL, AT_MOST, CLASS, CODE, between, making, row_sums, table_of
from loaders.solver.search import Link, Placement, Problem, Row, Tree

if TYPE_CHECKING:
    from loaders.solver.identities import Identity, Table, Term
    from loaders.statement import Reading, ReadRow, ReadStatement

RowId = tuple[str, int]
"""A statement and the index of a row among its rows."""


@dataclass(slots=True)
class Evidence:
    """Evidence for the columns of a document.

    In the statements `freed` the printed cells are not believed.
    """

    reading: Reading
    freed: frozenset[str]
    numbers: dict[RowId, int] = field(default_factory=dict)
    ids: list[RowId] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    trees: list[Tree] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    complete: frozenset[str] = frozenset()
    tables: dict[str, Table] = field(default_factory=dict)

    def problem(self) -> Problem:
        """The problem; `ids` then names the row of each number."""
        statements = self.reading.statements
        self.complete = frozenset(s for s, read in statements.items() if is_complete(read))
        for statement, read in self.reading.statements.items():
            self._rows(statement, read)
        for statement, read in self.reading.statements.items():
            self._trees(statement, read)
        self.tables = {s: table_of(self.reading.statements[s].head) for s in STATEMENT_COORDINATES if s in statements}
        for table in self.tables.values():
            if table.title.flow == "revenue" or table.breakdown == "carryover":
                self._labels(table)
        for identity in between(tuple(self.tables.values())):
            self._cross(identity)
        return Problem(tuple(self.rows), tuple(self.trees), tuple(self.links))

    def _rows(self, statement: str, read: ReadStatement) -> None:
        sums_of: dict[tuple[str, ...], tuple[tuple[int, tuple[int, ...]], ...]] = {}
        for index, row in enumerate(read.rows):
            if not row.figures:
                continue
            measures = measures_of(read, row)
            if measures not in sums_of:
                sums_of[measures] = tuple(
                    (measures.index(total), tuple(measures.index(part) for part in parts))
                    for total, parts in (row_sums(table_of(read.head)) if len(measures) > 1 else ())
                )
            sums = sums_of[measures]
            self.numbers[statement, index] = len(self.rows)
            self.ids.append((statement, index))
            printed = _exact(row, measures) if read.exact else printed_placement(row)
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

    def _labels(self, table: Table) -> None:
        """The sources that the summary of all funds lists are columns of the total of another table."""
        summary = next(
            (one for one in self.tables.values() if one.breakdown == "two_sided" and not one.title.fund), None
        )
        other = self.reading.statements[table.statement]
        total = next((i for i, row in enumerate(other.rows) if row.total and row.figures), None)
        if summary is None or total is None:
            return
        rows = self.reading.statements[summary.statement].rows
        labels = {row.key: row for row in rows if row.side is Side.REVENUE and not row.total}
        complete = _adds_up(rows)
        for key, row in labels.items():
            measures = making(table, _source(row, labels), "")
            amount = row.figures[0].amount if row.figures else None
            if measures in {(), (TOTAL,)} or (amount is None and not (complete and _settled(key, labels))):
                continue
            self._link(
                f"{summary.statement}.{key}={table.statement}.{'+'.join(measures)}",
                [((table.statement, total), measures, 1)],
                -amount.fen if amount else 0,
                1 if amount else 0,
                "=",
                amount.half_unit if amount else 0,
            )

    def _cross(self, identity: Identity) -> None:
        terms = [*((term, 1) for term in identity.left), (identity.right, -1)]
        found: dict[str, dict[str, list[int]]] = {}
        for term, _ in terms:
            rows = _by_place(self.reading.statements[term.statement], identity.at)
            if rows is None:
                return
            found[term.statement] = rows
        for place in dict.fromkeys(place for rows in found.values() for place in rows):
            self._at_place(identity, terms, {statement: rows.get(place, []) for statement, rows in found.items()})

    def _at_place(self, identity: Identity, terms: list[tuple[Term, int]], rows: dict[str, list[int]]) -> None:
        used: list[tuple[RowId, tuple[str, ...], int]] = []
        for term, sign in terms:
            indexes = [index for index in rows[term.statement] if (term.statement, index) in self.numbers]
            several = self.tables[term.statement].breakdown == "project"  # its sums are only as good as it is complete
            if (not indexes or several) and term.statement not in self.complete:
                if identity.relation == AT_MOST and sign > 0:  # what only makes the smaller side larger
                    continue
                return
            used += [((term.statement, index), term.measures, sign) for index in indexes]
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
    """Tell whether nothing is missing of a table.

    What it does not list is then nothing.

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
    """Give the measures that a row has columns for."""
    return ("total",) if row.side is Side.REVENUE else read.head.measures


def _exact(row: ReadRow, measures: tuple[str, ...]) -> Placement | None:
    """Where a table with cells puts the row's amounts; None where a column is none of these."""
    if any(figure.measure not in measures for figure in row.figures):
        return None
    return tuple(measures.index(figure.measure) for figure in row.figures)


def printed_placement(row: ReadRow) -> Placement | None:
    """Give the printed columns of a row, None where unknown or impossible."""
    placement = tuple(figure.column for figure in row.figures if figure.column is not None)
    if len(placement) < len(row.figures) or any(a >= b for a, b in pairwise(placement)):
        return None
    return placement if placement and placement[0] == 0 else None


def _by_place(read: ReadStatement, at: str) -> dict[str, list[int]] | None:
    """The rows of each code and of the total; None for a table that lists no codes."""
    places: dict[str, list[int]] = {}
    for index, row in enumerate(read.rows):
        if row.side is Side.REVENUE or not row.figures:
            continue
        if row.total:
            places.setdefault("total", []).append(index)
        elif at == CODE or (at == CLASS and len(row.resolved or row.code) == 3):  # noqa: PLR2004
            places.setdefault(row.resolved or row.code, []).append(index)
    places.pop("", None)  # rows without a code
    if at == ALL:
        return {"total": places.get("total", [])}
    if places.keys() == {"total"} and any(row.figures for row in read.rows if not row.total):
        return None  # it lists something else
    if read.head.breakdown == "project":  # an item printed with its projects: its own row is their sum
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


def _source(row: ReadRow, labels: dict[str, ReadRow]) -> str:
    """The fund that a label means; an unknown part beside what is handed down of its fund is the rest of that."""
    source = row.source or next((figure.coordinates.fund for figure in row.figures), "")
    upper = labels.get(row.key.rpartition("/")[0])
    if not source.startswith("?") or upper is None:
        return source
    beside = {other.source for key, other in labels.items() if key.rpartition("/")[0] == upper.key}
    return f"{upper.source}.rest" if f"{upper.source}.transfer" in beside else source


def _settled(key: str, labels: dict[str, ReadRow]) -> bool:
    """True where a label without an amount means that there is none.

    Labels of the third level say so only where one beside them has an amount: some documents print no 其中 lines.
    """
    parent, _, _ = key.rpartition("/")
    if parent.count("/") <= 1:
        return True
    above = labels.get(parent)
    if above is None or not above.figures:
        return True
    return any(other.startswith(f"{parent}/") and row.figures for other, row in labels.items())
