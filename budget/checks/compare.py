"""Two sums of printed figures side by side: equal, a rounding difference, or more than rounding explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks.model import Finding, Outcome
from budget.language import N_, tr
from budget.model import MoneyUnit, Severity
from budget.money import decimals_for, format_fen, in_unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from budget.checks.book import Book, Figure
    from budget.checks.model import Check, Ref
    from budget.sheets import Row

OPEN = N_("有数字所在的列未能确定")
"""Why a sum whose members are uncertain is not checked."""
_HOLDS = {"=": N_("一致。"), "<=": N_("成立。")}
CLASH = N_("两处数字不能同时成立")


class Sum(NamedTuple):
    """The figures that make up one side; blanks are no addends."""

    figures: tuple[Figure, ...] = ()
    open: bool = False
    """True where it is uncertain which figures belong to it."""

    @property
    def fen(self) -> int:
        """The sum in fen."""
        return sum(figure.fen for figure in self.figures)


def pick(book: Book, rows: Iterable[Row], measures: Collection[str]) -> Sum:
    """The figures of some lines in some columns.

    An amount of uncertain column makes the sum open, unless all columns that it may stand in are wanted, or none is.
    """
    chosen: list[Figure] = []
    open_ = False
    for row in rows:
        figures = book.figures_of(row)
        chosen += [figure for measure in measures if (figure := figures.get(measure))]
        place = (row.statement, row.row_no or 0)
        if place in book.uncertain:
            open_ = open_ or place in book.crowded or _straddles(figures.values(), measures)
    return Sum(tuple(chosen), open_)


def _straddles(figures: Iterable[Figure], measures: Collection[str]) -> bool:
    """Whether an amount may stand in one of these columns, and may stand in another."""
    for figure in figures:
        if not figure.certain:
            inside = figure.measure in measures
            if any((candidate in measures) != inside for candidate in figure.candidates):
                return True
    return False


def slack(figures: Sequence[Figure]) -> int:
    """The largest difference in fen that independent rounding of these figures explains.

    The same figure printed twice: 0, and half of the coarser digit where the digits differ.  More figures: half a digit
    each, floored to the finest digit.
    """
    halves = [figure.half_unit for figure in figures]
    if len(halves) <= 2:  # noqa: PLR2004 - a pair
        return 0 if len(set(halves)) < 2 else max(halves)  # noqa: PLR2004
    digit = 2 * min(halves)
    return sum(halves) // digit * digit


def compare(
    check: Check, book: Book, left: Sum, right: Sum, *, said: str = CLASH, relation: str = "="
) -> Finding | None:
    """Compare two sums; None where nothing is printed on either side.  `relation` "<=" asks left <= right.

    `said` is a marked message: what a difference means that rounding does not explain.
    """
    figures = (*left.figures, *right.figures)
    if not figures:
        return None
    refs = tuple([book.ref(figure) for figure in figures])
    if left.open or right.open:
        return not_checked(check, tr(OPEN), refs)
    left_fen, right_fen = left.fen, right.fen
    difference, tolerance = left_fen - right_fen, slack(figures)
    over = max(difference, 0) if relation == "<=" else abs(difference)
    if over == 0:
        outcome, message = Outcome.EXACT, tr(_HOLDS[relation])
    else:
        outcome, message = _judged(check, book, figures, over, tolerance, said)
    return Finding(check.id, outcome, message, refs, left_fen, right_fen, difference, tolerance)


def not_checked(check: Check, why: str, refs: Iterable[Ref] = ()) -> Finding:
    """A comparison that was not made, and why, in the language of the interface."""
    return Finding(check.id, Outcome.NOT_CHECKED, tr("{why}，未核对。").format(why=why), tuple(refs))


def _judged(
    check: Check, book: Book, figures: Sequence[Figure], over: int, tolerance: int, said: str
) -> tuple[Outcome, str]:
    gap = money(book, figures, over)
    if over <= tolerance:
        return Outcome.ROUNDING, tr("相差 {gap}，四舍五入可以解释。").format(gap=gap)
    statements = dict.fromkeys(figure.statement for figure in figures)
    if why := next(
        (why for statement in statements if (why := doubt(book, statement, across=len(statements) > 1))), ""
    ):
        return Outcome.NOT_CHECKED, tr("相差 {gap}；{why}，未核对。").format(gap=gap, why=why)
    if not all(figure.printed_digits for figure in figures):
        message = tr("相差 {gap}；其中有数字不是原样印出（位数为推定，或由图像识别），请先与原件核对。")
        return Outcome.HINT, message.format(gap=gap)
    template = tr("{said}：相差 {gap}，四舍五入至多可差 {room}。") if tolerance else tr("{said}：相差 {gap}。")
    message = template.format(said=tr(said), gap=gap, room=money(book, figures, tolerance))
    return (Outcome.DISCREPANCY if check.hard else Outcome.HINT), message


def doubt(book: Book, statement: str, *, across: bool) -> str:
    """Why a difference in this statement may be ours: something was not read, or (across statements) its unit."""
    if statement in lost(book):
        return tr("{table}有内容没有读出").format(table=book.sheets.reference(statement))
    printed = book.sheets.printed.get(statement)
    if across and printed is not None and not printed.unit_stated:
        return tr("{table}没有印出金额单位").format(table=book.sheets.reference(statement))
    return ""


def lost(book: Book) -> frozenset[str]:
    """The statements of which something could not be read."""
    notices = book.own.notices
    if not notices.height:
        return frozenset()
    return frozenset(
        statement
        for severity, statement in notices.select("severity", "statement").iter_rows()
        if severity == Severity.LOST.value and statement
    )


def money(book: Book, figures: Sequence[Figure], fen: int) -> str:
    """An amount in the unit of the first figure's statement, with the digits that the figures have."""
    printed = book.sheets.printed.get(figures[0].statement)
    unit = MoneyUnit(printed.money_unit) if printed else MoneyUnit.WAN
    decimals = decimals_for(min(figure.half_unit for figure in figures), unit)
    return in_unit(format_fen(fen, unit, decimals), unit)
