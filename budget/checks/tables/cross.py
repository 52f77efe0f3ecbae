"""Between statements: the identities of `budget/forms/identities.py`, place by place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from budget.checks.comparison import Sum, compare, not_checked, pick, slack
from budget.checks.context import KINDS, SPENT, title, topic, unknown
from budget.checks.context import columns as titles
from budget.checks.rule import Check, Finding, Outcome
from budget.forms.identities import ARTICULATION, CROSS
from budget.i18n.language import N_, tr
from budget.model.codes import CLASS, ancestors
from budget.model.disclosure import Phase, RowKind
from budget.model.disclosure import StatementId as S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import Book
    from budget.forms.identities import Identity, Term
    from budget.reading.rows import Row

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


_CARRY = ("T2.c3+c4=T5", "T2.c5+c6=T8", "T2.c7+c8=T9", "T2.c2=T5+T8+T9", "T3=T5+T8+T9+T2.c9..c12")
"""Identities that hold where the statements of the three budgets leave carry-overs out."""
_CARRIED = (
    (
        "财政拨款结转/一般公共预算拨款",
        S.GENERAL_PUBLIC_EXPENDITURE,
        ("general_public_budget", "general_public_transfer"),
    ),
    ("财政拨款结转/政府性基金预算拨款", S.GOVERNMENT_FUND_EXPENDITURE, ("government_fund", "government_fund_transfer")),
    ("财政拨款结转/国有资本经营预算拨款", S.STATE_CAPITAL_EXPENDITURE, ("state_capital", "state_capital_transfer")),
)
"""Label of table 1, the statement whose total may include it, and the sources of this year beside it."""
_GENERAL = "一般公共预算"


def excluded(book: Book) -> dict[str, str]:
    """The identities that do not apply to this document, and why."""
    found: dict[str, str] = {}
    if _carried_over(book):
        found |= dict.fromkeys(_CARRY, tr("三本预算支出表包括上年结转，与本年收入口径不同，不适用。"))
    if _all_funds(book):
        found["T5.project=T7"] = tr("项目支出表包括全部资金，与一般公共预算口径不同，不适用。")
    return found


def _carried_over(book: Book) -> bool:
    """Whether a statement of the three budgets is this year's appropriation and the carry-over together, exactly."""
    revenue = book.total(S.REVENUE_DETAIL)
    if revenue is None:
        return False
    received = book.figures_of(revenue)
    for label, statement, sources in _CARRIED:
        carried = book.figure(S.REVENUE_EXPENDITURE_SUMMARY, f"revenue/上年结转结余/{label}")
        total = book.total(statement)
        spent = book.figures_of(total).get("total") if total is not None else None
        current = sum(received[source].fen for source in sources if source in received)
        if carried and carried.fen and spent and spent.fen == current + carried.fen:
            return True
    return False


def _all_funds(book: Book) -> bool:
    """Whether the table of projects repeats the projects of all funds, and its title does not say otherwise."""
    printed = book.sheets.printed.get(S.PROJECT_EXPENDITURE)
    projects, everything, general = (
        book.total(statement)
        for statement in (S.PROJECT_EXPENDITURE, S.EXPENDITURE_DETAIL, S.GENERAL_PUBLIC_EXPENDITURE)
    )
    if printed is None or _GENERAL in printed.title or projects is None or everything is None or general is None:
        return False
    whole = book.figures_of(projects).get("total")
    all_ = book.figures_of(everything).get("project")
    public = book.figures_of(general).get("project")
    return bool(whole and all_ and whole.fen == all_.fen and (public is None or public.fen != whole.fen))


IDENTITIES = (*(identity for identity in CROSS if identity.relation == "="), *ARTICULATION)
"""Those that are checked.  The inequalities of the solver are not: a column that was chosen to satisfy one cannot
contradict it."""
_AT = {"total": N_("总计"), "class": N_("总计和每一类"), "code": N_("总计和每一科目")}


def _term(term: Term) -> str:
    return tr("{table}（{columns}）").format(table=title(term.statement), columns=titles(term.statement, term.measures))


def _formula(identity: Identity) -> str:
    left, right = (tr("＋").join(_term(term) for term in side) for side in (identity.left, identity.right))
    return tr("{left}＝{right}；{at}").format(left=left, right=right, at=tr(_AT[identity.at]))


CHECKS: tuple[Check, ...] = tuple(
    Check(
        identity.id,
        topic(identity.left[0].statement),
        identity.title,
        partial(_formula, identity),
        hard=True,
        needs=tuple(dict.fromkeys(str(term.statement) for term in (*identity.left, *identity.right))),
    )
    for identity in IDENTITIES
)
_BY_ID = {check.id: check for check in CHECKS}


def check(book: Book) -> Iterator[Finding]:
    """Every identity at every place where its statements have figures."""
    places = Places(book)
    without = excluded(book)
    for identity in IDENTITIES:
        if identity.id in without:
            yield Finding(identity.id, Outcome.NOT_APPLICABLE, without[identity.id], ())
        elif not (identity.budget_only and book.head.phase == Phase.FINAL_ACCOUNTS.value):
            yield from _identity(places, identity)


def _identity(places: Places, identity: Identity) -> Iterator[Finding]:
    book, check_ = places.book, _BY_ID[identity.id]
    if not all(book.sheets.found(statement) for statement in check_.needs):
        return
    columns = {term: places.columns(term.statement, term.measures) for term in (*identity.left, *identity.right)}
    # a statement with lines but without the column says nothing; an empty one may print no columns at all
    if any(not found and book.codes(term.statement) for term, found in columns.items()):
        return
    at = dict.fromkeys(place for statement in check_.needs for place in places.places(statement, identity.at))
    for place in at:
        sides = [
            _side([places.sum(term.statement, place, columns[term]) for term in terms])
            for terms in (identity.left, identity.right)
        ]
        found = _compared(check_, book, sides[0], sides[1])
        if found is not None:
            yield found


def _side(sums: list[Sum | None]) -> Sum | None:
    """The terms of one side together; None where one of them is not known."""
    known = [found for found in sums if found is not None]
    if len(known) < len(sums):
        return None
    return Sum(tuple(figure for found in known for figure in found.figures), any(found.open for found in known))


def _compared(check_: Check, book: Book, left: Sum | None, right: Sum | None) -> Finding | None:
    if left is not None and right is not None:
        return compare(check_, book, left, right)  # blank on both sides: no finding, for it could not fail
    known = left or right
    if known is None or not known.fen:
        return None
    return not_checked(check_, tr("另一张表没有这一行，或没有读全"), [book.ref(figure) for figure in known.figures])
