"""Between statements: the identities of `budget/identities.py`, place by place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from budget.checks.compare import Sum, compare, not_checked
from budget.checks.model import Check, Finding, Outcome
from budget.checks.numbering import columns as titles
from budget.checks.numbering import title, topic
from budget.checks.places import Places
from budget.checks.scope import excluded
from budget.identities import ARTICULATION, CROSS
from budget.language import N_, tr
from budget.model import Phase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.book import Book
    from budget.identities import Identity, Term

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
