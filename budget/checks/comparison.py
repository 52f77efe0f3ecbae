"""How findings on the text are made: amounts, shares and rates side by side, and the words of every message."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Finding, Outcome
from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import MoneyUnit
from budget.model.money import format_fen, in_unit, number_of

if TYPE_CHECKING:
    from budget.checks.rule import Check, Ref

CLASH = N_("两处数字不能同时成立")


_HUNDRED = Fraction(100)


class Interval(NamedTuple):
    """From `low` to `high`, both possible."""

    low: Fraction
    high: Fraction

    def holds(self, printed: str, *, cut: bool = False) -> bool:
        """Whether a printed percentage, rounded at its last digit, may lie inside.

        False for what is no number. With `cut` its further digits may have been cut off instead.
        """
        number = number_of(printed.rstrip("%％"))
        if number is None:
            return False
        exponent = number.as_tuple().exponent
        digit = Fraction(1, 10**-exponent) if isinstance(exponent, int) and exponent < 0 else Fraction(1)
        half = digit if cut else digit / 2
        value = Fraction(number)
        return value + half >= self.low and value - half <= self.high

    def is_below(self, printed: str) -> bool:
        """Whether a printed percentage is more than all of it: cutting digits makes none larger."""
        number = number_of(printed.rstrip("%％"))
        return number is not None and abs(Fraction(number)) > self.high


def share(part: int, part_half: int, whole: int, whole_half: int) -> Interval | None:
    """Percent that `part` is of `whole` (fen, with their half units); None where the whole may be 0."""
    if abs(whole) <= whole_half:
        return None
    corners = [
        Fraction(top, bottom) * _HUNDRED
        for top in (part - part_half, part + part_half)
        for bottom in (whole - whole_half, whole + whole_half)
    ]
    return Interval(min(corners), max(corners))


def growth(now: int, now_half: int, before: int, before_half: int) -> Interval | None:
    """Percent of change against the amount of the year before, without sign. None where that may be 0."""
    if before <= before_half:
        return None
    low, high = now - now_half, now + now_half
    corners = [
        (Fraction(top, bottom) - 1) * _HUNDRED
        for top in (low, high)
        for bottom in (before - before_half, before + before_half)
    ]
    return _without_sign(min(corners), max(corners))


def growth_of_change(now: int, now_half: int, change: int, change_half: int) -> Interval | None:
    """Percent that a signed change is of the year before, without sign.

    The year before is now - change; None where that may be 0. The change is one printed number: the same in numerator
    and denominator, so the interval is narrower than that of two amounts.
    """
    if now - change <= now_half + change_half:
        return None
    corners = [
        Fraction(delta, amount - delta) * _HUNDRED
        for delta in (change - change_half, change + change_half)
        for amount in (now - now_half, now + now_half)
    ]
    return _without_sign(min(corners), max(corners))


def interval_text(interval: Interval) -> str:
    """An interval as text with two decimals: 25.51%, or 25.50%至25.53%."""
    low, high = _rounded(interval.low), _rounded(interval.high)
    return f"{low}%" if low == high else tr("{low}%至{high}%").format(low=low, high=high)


def _without_sign(low: Fraction, high: Fraction) -> Interval:
    if low <= 0 <= high:
        return Interval(Fraction(0), max(-low, high))
    return Interval(min(abs(low), abs(high)), max(abs(low), abs(high)))


def _rounded(value: Fraction) -> str:
    whole, cents = divmod(int(value * _HUNDRED + Fraction(1, 2)), 100)
    return f"{whole:,}.{cents:02d}"


CUT = N_("末位可能是截尾而不是舍入")
RAISED = N_("末位比舍入所得大1")
ROUNDED = N_("相差在舍入范围内")
LOOK = N_("请核对")
UNSURE = N_("表中数字的栏目或数位不确定，未核对")


def wan_digits(fen: int) -> str:
    """An amount in 万元, with more digits where two are too few: 649.14."""
    decimals = 2 if fen % 10_000 == 0 else 6
    text = format_fen(fen, MoneyUnit.WAN, decimals)
    return text.rstrip("0").rstrip(".") if decimals > 2 else text  # noqa: PLR2004 - those of the usual form


def wan(fen: int) -> str:
    """An amount as messages print it: 649.14万元."""
    return in_unit(wan_digits(fen), MoneyUnit.WAN)


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
    right = interval_text(wanted)
    if wanted.holds(printed):
        message = tr("{subject}：{left}，重算相符").format(subject=subject, left=left)
        return made(check, Outcome.EXACT, message, refs, left=left, right=right)
    message = tr("{subject}：印{left}，重算为{right}").format(subject=subject, left=left, right=right)
    if wanted.holds(printed, cut=True):
        why = RAISED if wanted.is_below(printed) else CUT
        return hint(check, joined((message, tr(why)), "，"), refs, left, right)
    return clash(check, message, refs, left, right)


def unchecked(check: Check, message: str, *refs: Ref) -> Finding:
    """A comparison that could not be made; the message says what is missing."""
    return made(check, Outcome.NOT_CHECKED, message, refs)


def hint(check: Check, message: str, refs: tuple[Ref, ...], left: str = "", right: str = "") -> Finding:
    """A soft rule that does not hold."""
    return made(check, Outcome.HINT, message, refs, left=left, right=right)


def clash(check: Check, message: str, refs: tuple[Ref, ...], left: str = "", right: str = "") -> Finding:
    """A discrepancy of two printed things that are no money."""
    return made(check, Outcome.DISCREPANCY, joined((message, tr(CLASH)), "，"), refs, left=left, right=right)


def fine(check: Check, message: str, *refs: Ref) -> Finding:
    """A rule that holds, where the sides are no money."""
    return made(check, Outcome.EXACT, message, refs)


def silent(check: Check, message: str, *refs: Ref) -> Finding:
    """A rule that says nothing here."""
    return made(check, Outcome.NOT_APPLICABLE, message, refs)
