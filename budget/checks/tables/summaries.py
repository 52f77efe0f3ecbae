"""The labelled lines: both sides of the two summaries balance, and their labels repeat what other statements total."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from budget.checks.comparison import Sum, compare, not_checked, pick, slack
from budget.checks.context import tag, title, topic
from budget.checks.rule import Check, Finding
from budget.forms.labels import (
    APPROPRIATION_TO_SUMMARY,
    SUMMARY_TO_CARRYOVER,
    SUMMARY_TO_REVENUE_BY_KIND,
    SUMMARY_TO_REVENUE_DETAIL,
)
from budget.i18n.language import N_, tr
from budget.model.disclosure import Phase
from budget.model.disclosure import StatementId as S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import Book, Figure
    from budget.reading.rows import Row

_REVENUE = "revenue"
_CURRENT = "本年收入"
_CARRIED = "上年结转结余"
_T1, _T2, _T4, _T11 = (
    S.REVENUE_EXPENDITURE_SUMMARY.value,
    S.REVENUE_DETAIL.value,
    S.APPROPRIATION_SUMMARY.value,
    S.CARRYOVER_DETAIL.value,
)


def _balance_title(statement: str) -> str:
    return tr("{table}：收入总计＝支出总计").format(table=title(statement))


def _balance(statement: str) -> Check:
    return Check(
        f"{tag(statement)}.sides",
        topic(statement),
        partial(_balance_title, statement),
        N_("收入总计＝支出总计"),
        hard=True,
        needs=(statement,),
    )


SIDES = {statement: _balance(statement) for statement in (_T1, _T4)}
REVENUE = Check(
    "T1.labels=T2",
    N_("表1"),
    N_("收支总表的收入各项＝收入总表各列"),
    N_("收入总计（决算为本年收入）和各项收入＝收入总表总计行的对应列"),
    hard=True,
    needs=(_T1, _T2),
)
CARRYOVER = Check(
    "T1.labels=T11",
    N_("表11"),
    N_("收支总表的结转＝结转结余明细表"),
    N_("上年结转结余、财政拨款结转、非财政拨款结转结余＝结转结余明细表总计行的对应列"),
    hard=True,
    needs=(_T1, _T11),
)
APPROPRIATIONS = Check(
    "T4.labels=T1",
    N_("表4"),
    N_("财政拨款收支总表的收入＝收支总表的财政拨款"),
    N_("一般公共预算、政府性基金预算、国有资本经营预算各项收入＝收支总表的对应各项"),
    hard=True,
    needs=(_T4, _T1),
)
CHECKS: tuple[Check, ...] = (*SIDES.values(), REVENUE, CARRYOVER, APPROPRIATIONS)


def check(book: Book) -> Iterator[Finding]:
    """The two summaries, and what their labels repeat."""
    for statement, check_ in SIDES.items():
        yield from _present(
            compare(check_, book, _total(book, statement, _REVENUE), _total(book, statement, "expenditure"))
        )
    labels = _Labels(book, _T1)
    if book.sheets.found(_T2):
        yield from _revenue(book, labels)
    if book.sheets.found(_T11):
        yield from _repeated(CARRYOVER, book, labels, _T11, (_CARRIED,), ("total",))
        for label, measures in SUMMARY_TO_CARRYOVER:
            yield from _repeated(CARRYOVER, book, labels, _T11, (label,), measures)
    appropriations = _Labels(book, _T4)
    for ours, theirs in APPROPRIATION_TO_SUMMARY:
        left, right = appropriations.sum(ours), labels.sum(theirs)
        if left is not None and right is not None:
            yield from _present(compare(APPROPRIATIONS, book, left, right))


class _Labels:
    """The labelled revenue lines of a summary; remembers whether they are complete."""

    def __init__(self, book: Book, statement: str) -> None:
        self.book, self.statement = book, statement
        total = book.total(statement, _REVENUE)
        self._adds_up = total is not None and _adds_up(book, total)

    def sum(self, label: str) -> Sum | None:
        """The figure of a label, none where it is blank and nothing is missing; None where it does not tell."""
        figure = self.book.figure(self.statement, f"{_REVENUE}/{label}")
        if figure is not None:
            return Sum((figure,))
        row = self.book.row(self.statement, f"{_REVENUE}/{label}")
        return Sum() if row is not None and self._adds_up and self._settled(label) else None

    def _settled(self, label: str) -> bool:
        """Whether a blank label means that there is none: some documents print no 其中 lines."""
        above, _, _ = label.rpartition("/")
        if not above:
            return True
        row = self.book.row(self.statement, f"{_REVENUE}/{above}")
        if row is None or not self.book.figures_of(row):
            return row is not None
        return any(self.book.figures_of(child) for child in self.book.children(row))


def _revenue(book: Book, labels: _Labels) -> Iterator[Finding]:
    final = book.head.phase == Phase.FINAL_ACCOUNTS.value
    whole = labels.sum(_CURRENT) if final else _total(book, _T1, _REVENUE)
    total = book.total(_T2)
    if total is None:
        return
    if whole is not None:
        yield from _present(compare(REVENUE, book, whole, pick(book, (total,), ("total",))))
    for label, measures in SUMMARY_TO_REVENUE_DETAIL:
        yield from _repeated(REVENUE, book, labels, _T2, (label,), measures)
    for names, measure in SUMMARY_TO_REVENUE_BY_KIND:
        yield from _repeated(REVENUE, book, labels, _T2, names, (measure,))


def _repeated(
    check_: Check, book: Book, labels: _Labels, statement: str, names: tuple[str, ...], measures: tuple[str, ...]
) -> Iterator[Finding]:
    """Labels of table 1 against columns of a grand total; a statement without lines has nothing in them."""
    printed = [measure for measure in measures if measure in book.measures(statement)]
    known = [found for name in names if (found := labels.sum(name)) is not None]
    total = book.total(statement)
    if not printed or not known:
        return
    left = Sum(tuple(figure for found in known for figure in found.figures))
    if total is not None and (book.figures_of(total) or not book.codes(statement)):
        yield from _present(compare(check_, book, left, pick(book, (total,), printed)))
    elif left.fen:
        yield not_checked(check_, tr("另一张表没有总计行，或没有读全"), [book.ref(figure) for figure in left.figures])


def _total(book: Book, statement: str, side: str) -> Sum:
    total = book.total(statement, side)
    return Sum() if total is None else pick(book, (total,), ("total",))


def _adds_up(book: Book, row: Row) -> bool:
    """Whether the lines with figures below a line add up to it, down to the second level."""
    own = book.figures_of(row).get("total")
    if own is None:
        return False
    below = _figures_below(book, row)
    return bool(below) and abs(own.fen - sum(figure.fen for figure in below)) <= slack((own, *below))


def _figures_below(book: Book, row: Row) -> list[Figure]:
    return [figure for child in book.children(row) if (figure := book.figures_of(child).get("total"))]


def _present(found: Finding | None) -> Iterator[Finding]:
    if found is not None:
        yield found
