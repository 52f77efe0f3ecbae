"""Doubt: what contradicts its own sums in text is left open, and tables with much of it as a whole."""

from __future__ import annotations

from budget.model import money
from budget.model.disclosure import ColumnStatus, MoneyUnit, Side, StatementHead, StatementId
from loaders.solver.doubt import doubted
from loaders.solver.solve import Columns, Solved
from loaders.statement import Figure, Reading, ReadRow, ReadStatement, Shape, TableKind

TABLE = StatementId.GENERAL_PUBLIC_EXPENDITURE
MEASURES = ("total", "basic", "project")
RIGHT = ("3.00", "1.00", "2.00")
WRONG = ("9.00", "1.00", "2.00")


def figure(text: str) -> Figure:
    amount = money.parse(text, MoneyUnit.WAN)
    assert amount is not None
    return Figure(amount, 1, None)


def row(code: str, amounts: tuple[str, ...], *, parent: int | None = None, name: str = "名称") -> ReadRow:
    return ReadRow(Side.NONE, code, False, name, name, 1, [*map(figure, amounts)], key=code, parent=parent)


def judged(
    *rows: ReadRow, exact: bool = False, doubtful: bool = False, shape: Shape = Shape.FUNCTIONAL
) -> tuple[list[str], bool]:
    """The statuses of the first amount of each row, and whether the whole table is uncertain."""
    kind = TableKind(TABLE, shape, "表")
    head = StatementHead(statement=TABLE, measures=MEASURES)
    read = ReadStatement(kind, head, list(rows), exact=exact, doubtful=doubtful)
    sure = Columns(MEASURES, (ColumnStatus.SOLVED,) * 3, ((),) * 3, ("sum",))
    solved = Solved({(TABLE, index): sure for index in range(len(rows))}, ())
    found, whole = doubted(Reading({TABLE: read}), solved)
    return [str(found.columns[TABLE, index].statuses[0]) for index in range(len(rows))], TABLE in whole


def rights(count: int) -> list[ReadRow]:
    return [row(f"2{number:02}", RIGHT) for number in range(1, count + 1)]


def test_rows_that_add_up_stay_solved() -> None:
    assert judged(*rights(3)) == (["solved"] * 3, False)


def test_a_row_that_contradicts_its_own_sum_is_ambiguous() -> None:
    assert judged(row("210", WRONG), *rights(2)) == (["ambiguous", "solved", "solved"], False)


def test_a_parent_and_its_parts_are_doubted_together() -> None:
    rows = [row("201", ("6.00", "2.00", "4.00")), row("20101", RIGHT, parent=0), *rights(2)]
    assert judged(*rows)[0] == ["ambiguous", "ambiguous", "solved", "solved"]


def test_parts_that_make_their_parent_are_sure() -> None:
    rows = [row("201", ("6.00", "2.00", "4.00")), row("20101", RIGHT, parent=0), row("20102", RIGHT, parent=0)]
    assert judged(*rows) == (["solved"] * 3, False)


def test_three_wrong_rows_of_few_make_the_table_uncertain() -> None:
    wrong = [row(f"22{number}", WRONG) for number in range(3)]
    assert judged(*wrong, *rights(5)) == (["ambiguous"] * 8, True)


def test_three_wrong_rows_of_many_are_three_rows() -> None:
    wrong = [row(f"22{number}", WRONG) for number in range(3)]
    statuses, whole = judged(*wrong, *rights(40))
    assert (statuses.count("ambiguous"), whole) == (3, False)


def test_a_table_with_cells_keeps_what_it_prints() -> None:
    assert judged(row("210", WRONG), exact=True) == (["solved"], False)


def test_a_table_below_a_foreign_head_is_uncertain() -> None:
    assert judged(*rights(2), doubtful=True) == (["ambiguous"] * 2, True)


def test_rows_that_are_none_of_their_table() -> None:
    assert judged(row("", RIGHT), *rights(3))[0][0] == "ambiguous"  # no code among codes
    assert judged(row("210", RIGHT, name="教育支出12,345.00"), *rights(3))[0][0] == "ambiguous"


def test_a_table_without_amounts_contradicts_nothing() -> None:
    empty = ReadRow(Side.NONE, "", True, "合计", "合计", 1, [])
    head = StatementHead(statement=TABLE, measures=MEASURES)
    read = ReadStatement(TableKind(TABLE, Shape.FUNCTIONAL, "表"), head, [empty], doubtful=True)
    assert doubted(Reading({TABLE: read}), Solved({}, ()))[1] == frozenset()
