"""What a stated change says of the year before: an amount below 0, or two amounts for one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks.narrative.changes import UNCLEAR, change_ref
from budget.checks.narrative.shares import signed
from budget.checks.narrative.subjects import selectors
from budget.checks.narrative.text import narrative_text
from budget.checks.rule import Check, Finding
from budget.i18n.language import N_, joined, tr
from budget.model import money
from budget.model.coordinates import Coordinates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText
    from budget.checks.rule import Ref
    from budget.model.records import StatedChange

BEFORE = Check(
    "stated_change_size",
    N_("说明"),
    N_("增加额不大于本年数"),
    N_("自述增加额≤本年数，否则上年数为负；舍入所致的不算"),
    hard=False,
    needs=("stated_changes",),
)
AGAIN = Check(
    "stated_change_twice",
    N_("说明"),
    N_("同一数的增减前后一致"),
    N_("同一资金来源、同一金额、同一比较基数，各处所述的增减额相同；收入与支出的上年数可以因结转而不同"),
    hard=False,
    needs=("stated_changes",),
)
CHECKS = (BEFORE, AGAIN)


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """Findings on what stated changes say of the year before."""
    own = narrative_text(context)
    clear = [
        change
        for change in own.records.stated_changes
        if change.amount_fen is not None and not UNCLEAR.intersection(change.flags)
    ]
    for change in clear:
        yield from _size(own, change)
    groups: dict[tuple[object, ...], list[StatedChange]] = {}
    for change in clear:
        meant = _meant(own, change)
        if meant and change.amount_fen and signed(change) is not None:
            groups.setdefault((meant, change.amount_fen, change.base), []).append(change)
    for changes in groups.values():
        if len(changes) > 1:
            yield _again(own, changes)


def _size(own: NarrativeText, change: StatedChange) -> Iterator[Finding]:
    delta = signed(change)
    amount = change.amount_fen
    if amount is None or amount < 0 or delta is None or "sign_contradicts" in change.flags:
        return
    if delta - amount > change.half_unit + change.delta_half_unit:
        message = tr("{subject}：增加{delta}，多于本年的{amount}，上年须为负数才能成立，请核对")
        message = message.format(subject=own.name(change), delta=change.delta_printed, amount=change.printed)
        yield comparison.hint(BEFORE, message, (_delta_ref(own, change), _amount_ref(own, change)))


def _meant(own: NarrativeText, change: StatedChange) -> frozenset[Coordinates]:
    """What a change may be about, without side where it is a total: the two sides of a budget balance."""
    found = (one.coordinates for one in selectors(change.subject, change.code, own.heading(change.line)))
    return frozenset(
        one._replace(flow="") if one == Coordinates(flow=one.flow, fund=one.fund) else one for one in found
    )


def _again(own: NarrativeText, changes: Sequence[StatedChange]) -> Finding:
    """Whether several statements of one figure tell one change."""
    deltas = [signed(change) or 0 for change in changes]
    # each may be the difference of two rounded amounts
    tolerance = money.last_digit(max(change.delta_half_unit for change in changes))
    distinct: dict[int, StatedChange] = {}
    for delta, change in zip(deltas, changes, strict=True):
        distinct.setdefault(delta, change)
    subject = joined(dict.fromkeys(own.name(change) for change in distinct.values()))
    refs = tuple(_delta_ref(own, change) for change in changes)
    if max(deltas) - min(deltas) <= tolerance:
        return comparison.fine(AGAIN, tr("{subject}：各处所述增减相同").format(subject=subject), *refs)
    message = tr("{subject}：同为{amount}，增减写作{deltas}，请核对")
    words = joined(tr(change.direction) + change.delta_printed for change in distinct.values())
    return comparison.hint(AGAIN, message.format(subject=subject, amount=changes[0].printed, deltas=words), refs)


def _delta_ref(own: NarrativeText, change: StatedChange) -> Ref:
    return change_ref(own, change, change.delta_printed or change.direction, signed(change))


def _amount_ref(own: NarrativeText, change: StatedChange) -> Ref:
    return change_ref(own, change, change.printed, change.amount_fen)
