"""Columns of every amount: the solver run on the evidence."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import ColumnStatus, Side
from budget.model.known import column_coordinates
from budget.model.titles import TOTAL
from loaders.solver import economic_words, search
from loaders.solver.economic_words import description_of, together
from loaders.solver.identities import AT_MOST, table_of
from loaders.solver.problem import Evidence, RowId, measures_of, printed_placement
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from budget.model.disclosure import StatementHead
    from loaders.solver.economic_words import Description, Part
    from loaders.solver.search import Placement
    from loaders.statement import Reading, ReadRow, ReadStatement

    Parts = Mapping[str, Sequence[Part]]
    """Name of a project as `tokens.normal` gives it -> the parts of its amount that the narrative names."""

_FUNDS: dict[tuple[str, str], float] = {
    ("general_public", ""): 10,
    ("government_fund", ""): 2,
    ("state_capital", ""): 1,
}
_USUAL: dict[str, dict[tuple[str, str], float]] = {
    "items": _FUNDS,
    "two_sided": _FUNDS,
    "carryover": {
        ("carryover.appropriation", ""): 4,
        ("carryover.appropriation", "project"): 3,
        ("carryover.own", "project"): 2,
        ("carryover.own", ""): 1,
    },
    "revenue": {
        ("appropriation", ""): 9,
        ("general_public", ""): 8,
        ("general_public.transfer", ""): 4,
        ("carryover.appropriation", ""): 3,
        ("own", ""): 2,
    },
}
"""How usual an amount of a fund and kind is, by what the rows are; the sum over a row ranks its placements."""

_PERSONNEL, _OPERATING = {"301", "303"}, {"302", "307", "309", "310", "311", "312", "399"}
_CLASSES = 3
"""Columns of economic classes that make a table one of them."""


def preference(
    read: ReadStatement, row: ReadRow, placement: Placement, said: economic_words.Description | None = None
) -> float | None:
    """Weigh the meaning of columns for a placement; None for nothing.

    `said` is what words say of the projects of the row, where the columns are economic classes of projects.
    """
    measures = read.head.measures
    if any(column >= len(measures) for column in placement):
        return None
    filled = {measures[column] for column in placement}
    if said is not None:
        return float(sum(worded(read, row, said, place, column) for place, column in enumerate(placement))) or None
    if read.head.breakdown == "economic":
        # 301 and 303 are personnel, 302 and the capital classes operating expenditure.
        expected = (
            {"personnel"} if row.code[:3] in _PERSONNEL else {"operating"} if row.code[:3] in _OPERATING else set()
        )
        return float(len(expected & filled) - len(filled - expected - {"total"})) if expected else None
    usual = _usual(read.head)
    return None if usual is None else sum(usual[measure] for measure in filled)


@lru_cache(maxsize=256)
def _usual(head: StatementHead) -> dict[str, float] | None:
    """How usual an amount in each column of a table is; None where that is not known of such tables."""
    table = table_of(head)
    usual = _USUAL.get("revenue" if table.title.flow == "revenue" else table.breakdown)
    if usual is None:
        return None
    places = {measure: column_coordinates(table.title, measure) for measure in head.measures}
    whole = table.title._replace(version="")
    return {
        measure: 0 if place is None or place == whole else usual.get((place.fund, place.kind), 0)
        for measure, place in places.items()
    }


def worded(read: ReadStatement, row: ReadRow, said: economic_words.Description, place: int, column: int) -> int:
    """Weigh words for one amount in a column (`economic_words.evidence`)."""
    if place >= len(row.figures):
        return 0
    return economic_words.evidence(said, read.head.measures[column], row.figures[place].amount.fen)


@lru_cache(maxsize=256)
def interchangeable(head: StatementHead) -> bool:
    """Tell whether only the order of columns is known: economic classes."""
    places = [column_coordinates(table_of(head).title, measure) for measure in head.measures]
    return sum(place is not None and bool(place.economic) for place in places) >= _CLASSES


def order_candidates(root: Placement, column: int, columns: int) -> tuple[int, ...]:
    """List the columns of an amount where only their order is known."""
    if column == 0 or column not in root:
        return (column,)
    rank = root.index(column)
    return tuple(range(rank, columns - (len(root) - 1 - rank)))


_AS_PRINTED = 1e6
"""Where cells were doubted and arithmetic leaves several placements, the printed one is the best guess."""
_FEW = 3
"""Columns of a table whose placements are few anyway."""
_OPEN = {ColumnStatus.INFERRED, ColumnStatus.AMBIGUOUS}


class Columns(NamedTuple):
    """Columns of the amounts of a row, how sure, and why."""

    measures: tuple[str, ...]
    statuses: tuple[ColumnStatus, ...]
    candidates: tuple[tuple[str, ...], ...]
    solved_by: tuple[str, ...]


PRINTED = Columns((), (), (), ())
"""Nothing to say of a row whose columns the source fixes."""


class Solved(NamedTuple):
    """Columns of every row with amounts, and contradictions."""

    columns: dict[RowId, Columns]
    contradictions: tuple[tuple[str, tuple[RowId, ...]], ...]


class _Attempt(NamedTuple):
    """One run of the solver."""

    evidence: Evidence
    pins: dict[int, Placement]
    solver: search.Solver
    solution: search.Solution
    parts: Parts


def solve(reading: Reading, parts: Parts = MappingProxyType({})) -> Solved:
    """Find the column of every amount.

    Where cells tell the columns they are believed, unless the figures contradict them and another placement
    does not: cells of text extractions may be shifted.
    """
    if all(read.exact for read in reading.statements.values()):
        return Solved({}, ())
    attempt = _attempt(reading, frozenset(), parts)
    for statement in sorted(_doubted(attempt)):
        other = _attempt(reading, attempt.evidence.freed | {statement}, parts)
        if len(other.solution.contradictions) < len(attempt.solution.contradictions):
            attempt = other
    return _interpret(attempt)


def moved(reading: Reading, statements: Collection[str]) -> bool:
    """Whether figures contradict their columns, and other columns would not.

    Cells that a text lost may have moved those behind them aside.
    """
    loose = {name: read for name in statements if (read := _without_columns(reading.statements[name]))}
    if not loose:
        return False
    reading = replace(reading, statements={**reading.statements, **loose})
    attempt = _attempt(reading, frozenset(), MappingProxyType({}))
    count = len(attempt.solution.contradictions)
    return any(
        len(_attempt(reading, frozenset({name}), MappingProxyType({})).solution.contradictions) < count
        for name in sorted(_doubted(attempt))
    )


def _without_columns(read: ReadStatement) -> ReadStatement | None:
    """A table with cells as one whose columns may be doubted; None where not all its columns are known."""
    known = {name: at for at, name in enumerate(read.printed)}
    if len(known) < len(read.printed) or known.get(TOTAL) != 0:
        return None
    rows: list[ReadRow] = []
    for row in read.rows:
        if row.side is Side.REVENUE or any(figure.measure not in known for figure in row.figures):
            return None
        figures = [replace(figure, column=known[figure.measure]) for figure in row.figures]
        rows.append(replace(row, figures=sorted(figures, key=lambda figure: figure.column or 0)))
    return replace(read, head=read.head._replace(measures=read.printed), rows=rows, exact=False)


def _doubted(attempt: _Attempt) -> set[str]:
    """The statements whose printed cells contradict an identity that other cells might satisfy."""
    problem, evidence = attempt.solver.problem, attempt.evidence
    inequalities = {link.id for link in problem.links if link.relation == AT_MOST}
    return {
        evidence.ids[number][0]
        for id_, members in attempt.solution.contradictions
        if id_ not in inequalities and not search.is_broken_anyway(problem, id_, members)
        for number in members
        if not evidence.reading.statements[evidence.ids[number][0]].exact
        if (printed := problem.rows[number].printed) is not None and len(printed) < problem.rows[number].columns
    }


def _attempt(reading: Reading, freed: frozenset[str], parts: Parts) -> _Attempt:
    evidence = Evidence(reading, freed)
    problem = evidence.problem()
    pins = _pins(evidence, problem, parts)
    within = _active(evidence, problem)
    roots = _roots(evidence, pins)
    if len(roots) == len(pins):  # a single root each
        within |= roots
    rows = (
        row._replace(within=within[statement]) if statement in within and row.printed is None else row
        for row, (statement, _) in zip(problem.rows, evidence.ids, strict=True)
    )
    problem = problem._replace(rows=tuple(rows))
    solver = search.Solver(problem, pins)
    return _Attempt(evidence, pins, solver, solver.solve(), parts)


def _pins(evidence: Evidence, problem: search.Problem, parts: Parts) -> dict[int, Placement]:
    """Columns that nothing tells apart (T7's economic classes): one order is as good as another for the sums."""
    pins = {}
    for number, (statement, index) in enumerate(evidence.ids):
        row = problem.rows[number]
        read = evidence.reading.statements[statement]
        if interchangeable(read.head) and row.printed is None and read.rows[index].parent is None:
            possible, _ = search.placements(row)
            pins[number] = _preferred(read, index, possible, _described(read, index, parts))
    return pins


def _active(evidence: Evidence, problem: search.Problem) -> dict[str, Placement]:
    """The columns that may be filled at all, by statement: a column that its total leaves blank is blank everywhere.

    What table 1 says of the total alone decides nearly everything, before the placements of the rows are listed.
    """
    found = {}
    for number, (statement, index) in enumerate(evidence.ids):
        row = problem.rows[number]
        if not evidence.reading.statements[statement].rows[index].total or row.printed or row.columns <= _FEW:
            continue
        links = tuple(
            link._replace(terms=((0, *link.terms[0][1:]),))
            for link in problem.links
            if len(link.terms) == 1 and link.terms[0][0] == number
        )
        total = search.Solver(search.Problem((row,), (), links)).solve()
        if not total.contradictions:
            found[statement] = tuple(sorted({column for placement in total.placements[0] for column in placement}))
    return found


def _preferred(read: ReadStatement, index: int, possible: Sequence[Placement], said: Description) -> Placement:
    return max(possible, key=lambda placement: preference(read, read.rows[index], placement, said) or 0.0)


def _described(read: ReadStatement, index: int, parts: Parts) -> Description:
    """What words say of the projects that a row counts together: its own, or those in and below it."""
    row = read.rows[index]
    if row.project:
        return description_of(row.project, parts.get(normal(row.project), ()))
    own = [other for other in read.rows if other.project and (not row.code or other.code.startswith(row.code))]
    return together(description_of(other.project, parts.get(normal(other.project), ())) for other in own)


def _roots(evidence: Evidence, pins: dict[int, Placement]) -> dict[str, Placement]:
    return {evidence.ids[number][0]: placement for number, placement in pins.items()}


def _interpret(attempt: _Attempt) -> Solved:
    """Put the solver's placements into words: measures, statuses, candidates."""
    evidence = attempt.evidence
    ids, statements = evidence.ids, evidence.reading.statements
    before = attempt.solution.placements
    roots = _roots(evidence, attempt.pins)

    said = {
        (statement, index): _described(statements[statement], index, attempt.parts)
        for statement, index in ids
        if interchangeable(statements[statement].head)
    }

    def prefer(number: int, placement: Placement) -> float | None:
        statement, index = ids[number]
        read = statements[statement]
        if statement in evidence.freed and printed_placement(read.rows[index]) == placement:
            return _AS_PRINTED
        return preference(read, read.rows[index], placement, said.get((statement, index)))

    solution = attempt.solver.choose(prefer)
    result: dict[RowId, Columns] = {}
    for number, (statement, index) in enumerate(ids):
        row = statements[statement].rows[index]
        measures = measures_of(statements[statement], row)
        placement = solution.placements[number][0]
        root = roots.get(statement) if attempt.solver.problem.rows[number].printed is None else None
        cells = printed_placement(row)
        options = _options(before[number], root, len(measures))
        if cells and statement in evidence.freed - evidence.complete:  # what is missing may speak for the cells
            options = [found | {column} for found, column in zip(options, cells, strict=True)]
        doubt = ColumnStatus.AMBIGUOUS if len(solution.placements[number]) > 1 else ColumnStatus.INFERRED
        printed = range(len(measures)) if len(placement) == len(measures) else cells
        statuses = tuple(
            _status(column, printed[i] if printed else None, options[i], doubt) for i, column in enumerate(placement)
        )
        if (words := said.get((statement, index))) is not None:
            statuses = tuple(
                ColumnStatus.AMBIGUOUS
                if status is ColumnStatus.INFERRED and not worded(statements[statement], row, words, i, placement[i])
                else status
                for i, status in enumerate(statuses)
            )
        result[statement, index] = Columns(
            tuple(measures[min(column, len(measures) - 1)] for column in placement),
            statuses,
            tuple(
                tuple(measures[option] for option in sorted({*options[i], column}) if option < len(measures))
                if statuses[i] in _OPEN
                else ()
                for i, column in enumerate(placement)
            ),
            solution.fixed_by[number],
        )
    contradictions = tuple(
        (id_, tuple(ids[number] for number in members)) for id_, members in attempt.solution.contradictions
    )
    return Solved(result, contradictions)


def _options(placements: tuple[Placement, ...], root: Placement | None, count: int) -> list[set[int]]:
    """The columns in which each amount may stand; `root` is given where only the order of its columns is known."""
    options: list[set[int]] = [set() for _ in placements[0]]
    for placement in placements:
        for place, column in enumerate(placement):
            options[place].update(order_candidates(root, column, count) if root else (column,))
    return options


def _status(column: int, printed: int | None, options: set[int], doubt: ColumnStatus) -> ColumnStatus:
    """How sure the column of one amount is."""
    if column == 0 or (printed == column and len(options) == 1):
        return ColumnStatus.PRINTED
    return ColumnStatus.SOLVED if len(options) == 1 else doubt
