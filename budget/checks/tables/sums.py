"""Within one statement: each line is the sum of its columns, each total the sum of what stands below it."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from budget.checks.comparison import OPEN, Sum, compare, doubt, not_checked, pick
from budget.checks.context import NUMBERS, columns, tag, title, topic, unknown
from budget.checks.rule import Check, Finding, Outcome
from budget.forms.catalogue import FORMS
from budget.forms.identities import BALANCES, ROW_SUMS, row_sums
from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import Side
from budget.model.money import tolerance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from budget.checks.context import Book, Figure
    from budget.reading.rows import Row

_ROW, _TREE, _BALANCE = "row", "tree", "balance"
_REVENUE = Side.REVENUE.value
_FAILED = frozenset({Outcome.DISCREPANCY, Outcome.HINT})
_KNOWN = {
    (statement.id, measure)
    for form in FORMS.values()
    for statement in form.statements
    for measure in statement.measure_ids
}
_PLACEMENTS = 5_000
"""Placements of one line that are tried at most: the widest statement has some hundreds."""


_ROW_TITLE, _TREE_TITLE, _BALANCE_TITLE = (
    N_("{table}：每行各列相加"),
    N_("{table}：上级等于下级之和"),
    N_("{table}：收支平衡"),
)


def _title(template: str, statement: str) -> str:
    return tr(template).format(table=title(statement))


def _formula(statement: str) -> str:
    template = tr("{total}＝{parts}")
    sums = (
        template.format(total=columns(statement, (total,)), parts=columns(statement, parts))
        for total, parts in _sums(statement)
    )
    return joined(sums, "；")


def _sums(statement: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    return ROW_SUMS.get(statement, {}).items()


CHECKS: tuple[Check, ...] = (
    *(
        Check(
            f"{tag(statement)}.{_ROW}",
            topic(statement),
            partial(_title, _ROW_TITLE, statement),
            partial(_formula, statement),
            hard=True,
            needs=(statement,),
        )
        for statement in NUMBERS
        if statement in ROW_SUMS
    ),
    *(
        Check(
            f"{tag(statement)}.{_TREE}",
            topic(statement),
            partial(_title, _TREE_TITLE, statement),
            N_("总计＝各类（项）之和；类＝款之和；款＝项之和；逐列核对"),
            hard=True,
            needs=(statement,),
        )
        for statement in NUMBERS
    ),
    *(
        Check(
            f"{tag(statement)}.{_BALANCE}",
            topic(statement),
            partial(_title, _BALANCE_TITLE, statement),
            N_("年初结转和结余＋本年收入＝本年支出＋年末结转和结余"),
            hard=True,
            needs=(statement,),
        )
        for statement in BALANCES
    ),
)
_BY_ID = {check.id: check for check in CHECKS}


def check(book: Book) -> Iterator[Finding]:
    """Every sum within every statement."""
    for statement in NUMBERS:
        rows = book.sheets.of(statement)
        if statement in ROW_SUMS:
            yield from _rows(book, statement, rows)
        yield from _trees(book, _BY_ID[f"{tag(statement)}.{_TREE}"], rows)
        if statement in BALANCES:
            yield from _balances(book, statement, rows)


def _rows(book: Book, statement: str, rows: Iterable[Row]) -> Iterator[Finding]:
    check_ = _BY_ID[f"{tag(statement)}.{_ROW}"]
    measures = book.measures(statement)
    sums = row_sums(statement, measures)
    for row in rows if sums else ():
        figures = book.figures_of(row)
        if row.side == _REVENUE:  # has one column
            continue
        if len(figures) < 2 and not any(total in figures for total in sums):  # noqa: PLR2004
            continue
        impossible = _impossible(book, row, measures, sums)
        for measure, parts in sums.items():
            left, right = pick(book, (row,), (measure,)), pick(book, (row,), parts)
            found = _row(check_, book, left, right)
            if found is not None and found.outcome in _FAILED and (foreign := _foreign(statement, figures)):
                refs = [book.ref(figure) for figure in foreign]
                why = tr("有不认识的列“{column}”").format(column=foreign[0].measure)
                found = not_checked(check_, why, (*found.refs, *refs))
            if found is not None and found.outcome is Outcome.NOT_CHECKED and impossible:
                found = impossible_finding(check_, book, tuple(figures.values()))
            if found is not None:
                yield found


def _foreign(statement: str, figures: Mapping[str, Figure]) -> list[Figure]:
    """Amounts in columns that no form knows: they may be parts of any sum."""
    return [figure for figure in figures.values() if figure.fen and (statement, figure.measure) not in _KNOWN]


def _row(check_: Check, book: Book, left: Sum, right: Sum) -> Finding | None:
    if left.figures and not left.open and not right.figures and not right.open:
        # null is not 0: a total whose parts are not printed says nothing against it
        return (
            not_checked(check_, tr("没有印出各分项"), [book.ref(figure) for figure in left.figures])
            if left.fen
            else None
        )
    return compare(check_, book, left, right)


def _trees(book: Book, check_: Check, rows: Iterable[Row]) -> Iterator[Finding]:
    for row in rows:
        children = [child for child in book.children(row) if book.figures_of(child)]
        figures = book.figures_of(row)
        if not children or not figures:
            continue
        below = dict.fromkeys(measure for child in children for measure in book.figures_of(child))
        for measure in dict.fromkeys([*figures, *below]):
            own = pick(book, (row,), (measure,))
            found = compare(check_, book, own, pick(book, children, (measure,)))
            if found is not None and found.outcome in _FAILED:
                found = _without_unknown(check_, book, row, children, measure, found)
            if found is not None:
                yield found


def _without_unknown(
    check_: Check, book: Book, row: Row, children: list[Row], measure: str, found: Finding
) -> Finding | None:
    """Lines that no form knows may be parts of another line, or stand beside the total: tried without them."""
    strange = [other for other in book.sheets.of(row.statement) if other.side == row.side and unknown(other)]
    strange = [other for other in strange if book.figures_of(other)]
    if not strange or row.level:
        return found
    known = [child for child in children if child not in strange]
    again = compare(check_, book, pick(book, (row,), (measure,)), pick(book, known, (measure,)))
    if again is not None and again.outcome not in _FAILED:
        return again
    return not_checked(check_, tr("有不认识的行“{row}”").format(row=strange[0].name), found.refs)


def _balances(book: Book, statement: str, rows: Iterable[Row]) -> Iterator[Finding]:
    came, went = BALANCES[statement]
    measures = book.measures(statement)
    if came[0] not in measures or went[-1] not in measures:
        return
    for row in rows:
        found = compare(
            _BY_ID[f"{tag(statement)}.{_BALANCE}"], book, pick(book, (row,), came), pick(book, (row,), went)
        )
        if found is not None:
            yield found


def impossible_finding(check_: Check, book: Book, figures: tuple[Figure, ...]) -> Finding:
    """A line whose amounts add up in no column that they may stand in."""
    refs = tuple(book.ref(figure) for figure in figures)
    if why := doubt(book, figures[0].statement, across=False):
        return not_checked(check_, why, refs)
    outcome = Outcome.DISCREPANCY if all(figure.printed_digits for figure in figures) else Outcome.HINT
    message = tr("{why}；但无论怎样分列，这一行各数都不能相加成立。").format(why=tr(OPEN))
    return Finding(check_.id, outcome, message, refs)


def _impossible(book: Book, row: Row, measures: tuple[str, ...], sums: dict[str, tuple[str, ...]]) -> bool:
    """True where a line has amounts of uncertain column, and no order of columns satisfies all its sums."""
    figures = tuple(book.figures_of(row).values())
    if all(figure.certain for figure in figures) or (row.statement, row.row_no or 0) in book.crowded:
        return False
    amounts = [figure.fen for figure in figures]
    half = max(figure.half_unit for figure in figures)
    for tried, places in enumerate(combinations(measures[1:], len(amounts) - 1)):
        values = dict(zip((measures[0], *places), amounts, strict=True))
        if tried > _PLACEMENTS or all(_holds(values, total, parts, half) for total, parts in sums.items()):
            return False
    return True


def _holds(values: dict[str, int], total: str, parts: tuple[str, ...], half: int) -> bool:
    present = [values[part] for part in parts if part in values]
    return abs(values.get(total, 0) - sum(present)) <= tolerance(len(present), half)
