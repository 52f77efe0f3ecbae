"""How findings are made: one amount against another, and the words that every message is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget import money
from budget.checks.compare import CLASH, doubt
from budget.checks.model import Finding, Outcome
from budget.checks.percent import shown
from budget.language import N_, joined, tr
from budget.model import MoneyUnit

if TYPE_CHECKING:
    from budget.checks.book import Book
    from budget.checks.model import Check, Ref
    from budget.checks.percent import Interval

ROUNDED = N_("相差在舍入范围内")
LOOK = N_("请核对")
UNSURE = N_("表中数字的栏目或数位不确定，未核对")


def wan_digits(fen: int) -> str:
    """An amount in 万元, with more digits where two do not hold it: 649.14."""
    decimals = 2 if fen % 10_000 == 0 else 6
    text = money.format_fen(fen, MoneyUnit.WAN, decimals)
    return text.rstrip("0").rstrip(".") if decimals > 2 else text  # noqa: PLR2004 - those of the usual form


def wan(fen: int) -> str:
    """An amount as messages print it: 649.14万元."""
    return money.in_unit(wan_digits(fen), MoneyUnit.WAN)


def of(subject: str, what: str) -> str:
    """What is said of something."""
    return tr("{subject}：{what}").format(subject=subject, what=what)


def same(text_half: int, table_half: int) -> int:
    """Tolerance (fen) between two prints of one amount: 0, or the half unit of the coarser print."""
    if text_half == table_half or not text_half or not table_half:
        return 0
    return max(text_half, table_half)


def judged(check: Check, difference: int, tolerance: int) -> Outcome:
    """The outcome of a comparison of two certain amounts."""
    if difference == 0:
        return Outcome.EXACT
    if abs(difference) <= tolerance:
        return Outcome.ROUNDING
    return Outcome.DISCREPANCY if check.hard else Outcome.HINT


def made(
    check: Check,
    outcome: Outcome,
    message: str,
    refs: tuple[Ref, ...],
    *,
    fen: tuple[int, int] | None = None,
    tolerance: int | None = None,
    left: str = "",
    right: str = "",
) -> Finding:
    """A finding; `fen` are both sides where they are money, `message` lacks its full stop."""
    ours, theirs = fen or (None, None)
    difference = None if fen is None else fen[0] - fen[1]
    return Finding(check.id, outcome, ended(message), refs, ours, theirs, difference, tolerance, left, right)


def ended(message: str) -> str:
    """A message with its full stop."""
    return message + tr("。")


def amounts(
    check: Check, left: int, right: int, tolerance: int, refs: tuple[Ref, ...], subject: str, *, soft: bool = False
) -> Finding:
    """Two amounts that should be the same; `soft` makes a difference a hint."""
    difference = left - right
    result = judged(check, difference, tolerance)
    if result is Outcome.DISCREPANCY and soft:
        result = Outcome.HINT
    if result is Outcome.EXACT:
        message = tr("{subject}：{amount}，一致").format(subject=subject, amount=wan(left))
    else:
        end = ROUNDED if result is Outcome.ROUNDING else CLASH if result is Outcome.DISCREPANCY else LOOK
        message = tr("{subject}：{left}与{right}相差{gap}，{end}").format(
            subject=subject, left=wan(left), right=wan(right), gap=wan(abs(difference)), end=tr(end)
        )
    return made(check, result, message, refs, fen=(left, right), tolerance=tolerance)


def percentage(check: Check, subject: str, printed: str, wanted: Interval | None, refs: tuple[Ref, ...]) -> Finding:
    """A printed percentage against what it can be; None where it would be of nothing."""
    left = f"{printed}%"
    if wanted is None:
        return silent(check, tr("{subject}：基数为0，幅度没有意义").format(subject=subject), *refs)
    right = shown(wanted)
    if wanted.holds(printed):
        message = tr("{subject}：{left}，重算相符").format(subject=subject, left=left)
        return made(check, Outcome.EXACT, message, refs, left=left, right=right)
    message = tr("{subject}：印{left}，重算为{right}").format(subject=subject, left=left, right=right)
    if wanted.holds(printed, cut=True):
        return hint(check, joined((message, tr("末位可能是截尾而不是舍入")), "，"), refs, left, right)
    return clash(check, message, refs, left, right)


def doubted(book: Book, found: Finding) -> Finding:
    """A discrepancy with a statement that was not wholly read, or whose unit is not printed, is not checked."""
    if found.outcome not in {Outcome.DISCREPANCY, Outcome.HINT}:
        return found
    for statement in dict.fromkeys(ref.statement for ref in found.refs if ref.statement):
        if why := doubt(book, statement, across=True):
            message = tr("{message}但{why}，未核对。").format(message=found.message, why=why)
            return found._replace(outcome=Outcome.NOT_CHECKED, message=message)
    return found


def unchecked(check: Check, message: str, *refs: Ref) -> Finding:
    """A comparison that could not be made; the message says what is missing."""
    return made(check, Outcome.NOT_CHECKED, message, refs)


def hint(check: Check, message: str, refs: tuple[Ref, ...], left: str = "", right: str = "") -> Finding:
    """A soft rule that does not hold."""
    return made(check, Outcome.HINT, message, refs, left=left, right=right)


def clash(check: Check, message: str, refs: tuple[Ref, ...], left: str = "", right: str = "") -> Finding:
    """Two printed things that cannot both be right, where they are no money."""
    return made(check, Outcome.DISCREPANCY, joined((message, tr(CLASH)), "，"), refs, left=left, right=right)


def fine(check: Check, message: str, *refs: Ref) -> Finding:
    """A rule that holds, where the sides are no money."""
    return made(check, Outcome.EXACT, message, refs)


def silent(check: Check, message: str, *refs: Ref) -> Finding:
    """A rule that says nothing here."""
    return made(check, Outcome.NOT_APPLICABLE, message, refs)
