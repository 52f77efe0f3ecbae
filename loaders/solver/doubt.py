"""Doubt of rows of text that contradict their own sums.

A table with many of them is left open altogether.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.disclosure import ColumnStatus, RowKind, Side
from budget.model.money import tolerance
from budget.system.patterns import lazy_pattern
from loaders.solver.identities import row_sums, table_of
from loaders.statement import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loaders.solver.problem import RowId
    from loaders.solver.solve import Columns, Solved
    from loaders.statement import Reading, ReadRow, ReadStatement

_AMOUNT = lazy_pattern(r"\d{1,3},\d{3}|\d{5,}|\d\.\d\d")
_AGAIN = lazy_pattern(r"#\d+$")
_ROWS = 3
"""Rows that contradict their own sums before a table is doubted as a whole ..."""
_SHARE = 10
"""... where they are more than one row of so many."""


def doubted(reading: Reading, solved: Solved) -> tuple[Solved, frozenset[str]]:
    """Leave open what contradicts its own sums.

    Second, the tables that are uncertain altogether.

    Tables with cells are left as they are: there a contradiction is the document's own.
    """
    columns = dict(solved.columns)
    whole: set[str] = set()
    for statement, read in reading.statements.items():
        if read.exact:
            continue
        filled = {i for i, row in enumerate(read.rows) if row.figures}
        if not filled:
            continue  # an empty table contradicts nothing
        wrong, single = _contradicting(statement, read, columns) if not read.doubtful else (filled, False)
        many = len(wrong) >= _ROWS and _SHARE * len(wrong) > len(filled)
        # in a short list of labels every amount hangs on the others
        if read.doubtful or many or (wrong and not single and read.kind.shape is Shape.LABELS):
            whole.add(statement)
            wrong = filled
        for index in wrong & filled:
            columns[statement, index] = _opened(columns[statement, index], read.head.measures)
    return solved._replace(columns=columns), frozenset(whole)


def _opened(found: Columns, measures: tuple[str, ...]) -> Columns:
    count = len(found.measures)
    return found._replace(
        statuses=(ColumnStatus.AMBIGUOUS,) * count,
        candidates=tuple(own or measures for own in found.candidates),
        solved_by=(),
    )


def _contradicting(statement: str, read: ReadStatement, columns: Mapping[RowId, Columns]) -> tuple[set[int], bool]:
    """The rows whose parts do not make them, along them or below them; and whether one figure explains all."""
    amounts = {index: _known(row, columns[statement, index]) for index, row in enumerate(read.rows) if row.figures}
    open_ = {index for index, own in amounts.items() if len(own) < len(read.rows[index].figures)}
    odd = {index for index in amounts if _is_odd(read.rows[index], read)}
    alone = {
        index for index, own in amounts.items() if index not in open_ and not _row_adds_up(read.rows[index], own, read)
    }
    below: dict[int, list[int]] = {}
    for index, row in enumerate(read.rows):
        if row.parent is not None and row.parent in amounts:
            below.setdefault(row.parent, []).append(index)
    trees: list[tuple[str, set[int]]] = []
    for parent, members in below.items():
        if open_.intersection(members):  # what has no column yet may be the part that is missing
            continue
        for measure, (fen, half) in amounts[parent].items():
            parts = [amounts[member][measure] for member in members if measure in amounts.get(member, {})]
            if parts and abs(fen - sum(part for part, _ in parts)) > tolerance(len(parts), half):
                trees.append((measure, {parent, *members}))
    if _one_misprint(alone, trees):
        # the columns of the others are as they were read: the figure is the document's own
        return odd | alone, not odd
    return odd.union(alone, *(rows for _, rows in trees)), False


def _known(row: ReadRow, found: Columns) -> dict[str, tuple[int, int]]:
    """The amounts of a row, with half their unit, whose columns are known."""
    placed = zip(found.measures, found.statuses, row.figures, strict=True)
    return {
        measure: (figure.amount.fen, figure.amount.half_unit)
        for measure, status, figure in placed
        if status is not ColumnStatus.AMBIGUOUS
    }


def _one_misprint(alone: set[int], trees: list[tuple[str, set[int]]]) -> bool:
    """Whether a single wrong figure explains all contradictions: one row has part in each, and in one column."""
    common = set.intersection(*([{index} for index in alone] + [rows for _, rows in trees] or [set()]))
    return bool(common) and len({measure for measure, _ in trees}) <= 1


def _is_odd(row: ReadRow, read: ReadStatement) -> bool:
    """True for a row that is none of its table: more amounts than columns, amounts in its name, a code twice."""
    columns = 1 if row.side is Side.REVENUE else len(read.head.measures)
    if len(row.figures) > columns or _AMOUNT.search(row.name) or _AGAIN.search(row.key):
        return True
    if read.kind.shape in {Shape.TWO_SIDED, Shape.LABELS}:
        return row.unlabelled and not row.resolved
    coded = read.kind.shape in {Shape.FUNCTIONAL, Shape.ECONOMIC}
    return coded and not (row.code or row.total or row.kind == RowKind.BODY)


def _row_adds_up(row: ReadRow, own: Mapping[str, tuple[int, int]], read: ReadStatement) -> bool:
    if row.side is Side.REVENUE:
        return True
    return all(_adds_up(total, parts, own) for total, parts in row_sums(table_of(read.head)))


def _adds_up(total: str, parts: Iterable[str], own: Mapping[str, tuple[int, int]]) -> bool:
    printed = [own[part] for part in parts if part in own]
    if total not in own or not printed:
        return total not in own or not any(part in own for part in parts)
    fen, half = own[total]
    return abs(fen - sum(part for part, _ in printed)) <= tolerance(len(printed), half)
