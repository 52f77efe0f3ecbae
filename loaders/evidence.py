"""Statements as read -> the column solver's problem -> the columns of every amount, with what fixed them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from budget.identities import CROSS, row_sums
from budget.labels import SUMMARY_TO_CARRYOVER, SUMMARY_TO_REVENUE_DETAIL
from budget.model import ColumnStatus, Side
from budget.model import StatementId as S
from budget.money import tolerance
from loaders import columns
from loaders.columns import Link, Placement, Problem, Row, Tree
from loaders.preferences import interchangeable, order_candidates, preference

if TYPE_CHECKING:
    from budget.identities import Identity
    from loaders.statements import Reading, ReadRow, ReadStatement

RowId = tuple[S, int]
"""A statement and the index of a row among its rows."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one row's amounts: a measure each, how sure that is, and why."""

    measures: tuple[str, ...]
    statuses: tuple[ColumnStatus, ...]
    candidates: tuple[tuple[str, ...], ...]
    solved_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """Columns of every row with amounts, and the contradictions found on the way."""

    columns: dict[RowId, Columns]
    contradictions: tuple[tuple[str, tuple[RowId, ...]], ...]


@dataclass(slots=True)
class _Builder:
    reading: Reading
    freed: set[S]
    numbers: dict[RowId, int] = field(default_factory=dict)
    ids: list[RowId] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    trees: list[Tree] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def build(self) -> Problem:
        for statement, read in self.reading.statements.items():
            self._rows(statement, read)
        for statement, read in self.reading.statements.items():
            self._trees(statement, read)
        self._labels(S.REVENUE_DETAIL, SUMMARY_TO_REVENUE_DETAIL)
        self._labels(S.CARRYOVER_DETAIL, SUMMARY_TO_CARRYOVER)
        for identity in CROSS:
            self._cross(identity)
        return Problem(tuple(self.rows), tuple(self.trees), tuple(self.links))

    def _rows(self, statement: S, read: ReadStatement) -> None:
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

    def _trees(self, statement: S, read: ReadStatement) -> None:
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

    def _labels(self, target: S, table: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
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
            )

    def _cross(self, identity: Identity) -> None:
        terms = [(term, 1) for term in identity.left] + [(term, -1) for term in identity.right]
        if any(term.statement not in self.reading.statements for term, _ in terms):
            return
        found = {term.statement: _by_place(self.reading.statements[term.statement], identity.at) for term, _ in terms}
        places = [place for rows in found.values() for place in rows]
        for place in dict.fromkeys(places):
            used = []
            for term, side in terms:
                read = self.reading.statements[term.statement]
                measures = tuple(part for measure in term.measures for part in printed_parts(read, measure))
                if not measures and term.statement in {identity.left[0].statement, S.EXPENDITURE_DETAIL}:
                    break
                for index in found[term.statement].get(place, ()):
                    if (term.statement, index) in self.numbers:
                        used.append(((term.statement, index), measures, side * term.sign))
            else:
                if used:
                    self._link(identity.id, used, 0, 0, identity.relation)

    def _link(
        self, id_: str, terms: list[tuple[RowId, tuple[str, ...], int]], constant: int, addends: int, relation: str
    ) -> None:
        parts = []
        for row_id, measures, sign in terms:
            columns_ = self.reading.statements[row_id[0]].head.measures
            indexes = tuple(columns_.index(measure) for measure in measures if measure in columns_)
            parts.append((self.numbers[row_id], indexes, sign))
        # A row that stands in the link twice (T3 total and basic) must stay one unknown.
        if len({number for number, _, _ in parts}) < len(parts):
            return
        half = max(self.rows[number].half_unit for number, _, _ in parts)
        self.links.append(Link(id_, tuple(parts), constant, addends, half, relation))


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
    if len(placement) < len(row.figures) or any(a >= b for a, b in zip(placement, placement[1:], strict=False)):
        return None
    return placement if placement and placement[0] == 0 else None


def _by_place(read: ReadStatement, at: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, row in enumerate(read.rows):
        if row.side is Side.REVENUE or not row.figures:
            continue
        if row.total:
            places.setdefault("total", []).append(index)
        elif row.code and at in {"code", "class"} and (at == "code" or len(row.code) == 3):  # noqa: PLR2004
            places.setdefault(row.code, []).append(index)
    if at == "total":
        return {"total": places.get("total", [])}
    if read.head.statement is S.PROJECT_EXPENDITURE:  # an item printed with its projects: its own row is their sum
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


def solve(reading: Reading) -> Solved:
    """Find the column of every amount.

    Where cells tell the columns they are believed, unless the figures contradict them and another placement
    does not: cells of text extractions may be shifted.
    """
    builder, problem, solution = _attempt(reading, set())
    doubted = {
        builder.ids[number][0]
        for _, members in solution.contradictions
        for number in members
        if (printed := problem.rows[number].printed) is not None and len(printed) < problem.rows[number].columns
    }
    freed: set[S] = set()
    worst = len(solution.contradictions)
    for statement in sorted(doubted):
        attempt = _attempt(reading, freed | {statement})
        if len(attempt[2].contradictions) < worst:
            freed.add(statement)
            builder, problem, solution = attempt
            worst = len(solution.contradictions)
    return _interpret(reading, builder, problem, solution, freed)


def _attempt(reading: Reading, freed: set[S]) -> tuple[_Builder, Problem, columns.Solution]:
    builder = _Builder(reading, freed)
    problem = builder.build()
    return builder, problem, columns.solve(problem, _pins(reading, builder, problem))


def _pins(reading: Reading, builder: _Builder, problem: Problem) -> dict[int, tuple[Placement, ...]]:
    """Columns that nothing tells apart (T7's economic classes): one order is as good as another for the sums."""
    pins = {}
    for number, (statement, index) in enumerate(builder.ids):
        row = problem.rows[number]
        read = reading.statements[statement]
        if interchangeable(statement) and row.printed is None and read.rows[index].parent is None:
            possible, _ = columns.placements(row)
            pins[number] = (max(possible, key=lambda p: preference(read, read.rows[index], p) or 0.0),)
    return pins


def _interpret(
    reading: Reading, builder: _Builder, problem: Problem, solution: columns.Solution, freed: set[S]
) -> Solved:
    before = solution

    def prefer(number: int, placement: Placement) -> float | None:
        statement, index = builder.ids[number]
        read = reading.statements[statement]
        row = read.rows[index]
        if statement in freed and printed_placement(row) == placement:
            return 1e6
        return preference(read, row, placement)

    solution, chosen = columns.choose(problem, solution, prefer)
    pinned = {
        builder.ids[number][0]: number for number in _pins(reading, builder, problem)
    }
    result: dict[RowId, Columns] = {}
    for number, row_id in enumerate(builder.ids):
        statement, index = row_id
        read = reading.statements[statement]
        row = read.rows[index]
        measures = measures_of(read, row)
        placement = solution.placements[number][0]
        open_ = len(solution.placements[number]) > 1
        options = before.placements[number]
        if statement in pinned and problem.rows[number].printed is None:
            root = solution.placements[pinned[statement]][0]
            per_amount = [order_candidates(root, column, len(measures)) for column in placement]
            rest = ColumnStatus.AMBIGUOUS if open_ else ColumnStatus.INFERRED
        else:
            per_amount = [tuple(dict.fromkeys(option[i] for option in options)) for i in range(len(placement))]
            rest = ColumnStatus.INFERRED if number in chosen else ColumnStatus.SOLVED
            rest = ColumnStatus.AMBIGUOUS if open_ else rest
        printed = printed_placement(row)
        statuses, candidates = [], []
        for i, column in enumerate(placement):
            names = tuple(measures[c] if c < len(measures) else "" for c in sorted(set(per_amount[i]) | {column}))
            if len(placement) == len(measures) or (printed and printed[i] == column and statement not in freed):
                status = ColumnStatus.PRINTED
            elif column == 0 or (printed == placement and rest is ColumnStatus.SOLVED):
                status = ColumnStatus.PRINTED
            elif len(names) == 1:
                status = ColumnStatus.SOLVED
            else:
                status = rest
            uncertain = status in {ColumnStatus.INFERRED, ColumnStatus.AMBIGUOUS}
            statuses.append(status)
            candidates.append(names if uncertain else ())
        result[row_id] = Columns(
            tuple(measures[min(column, len(measures) - 1)] for column in placement),
            tuple(statuses),
            tuple(candidates),
            solution.fixed_by[number],
        )
    contradictions = tuple(
        (id_, tuple(builder.ids[number] for number in members)) for id_, members in before.contradictions
    )
    return Solved(result, contradictions)
