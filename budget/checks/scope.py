"""What the statements of a document cover, where bodies follow different customs: such identities say nothing there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.language import tr
from budget.model import StatementId as S

if TYPE_CHECKING:
    from budget.checks.book import Book

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
