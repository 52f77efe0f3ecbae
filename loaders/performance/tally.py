"""What a performance table's own arithmetic says of it: evidence, never a source of figures."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from budget.language import N_, listed, words
from budget.model import Notice, Severity
from budget.money import tolerance
from loaders.performance.raw import UNCERTAIN
from loaders.performance.words import WEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.records import Plan
    from loaders.performance.head import Head
    from loaders.performance.raw import Raw

WHOLE = (Decimal(90), Decimal(100))
"""What the weights of a table add up to: 100, or 90 where ten are kept for the execution of the budget."""
_MOST_LINES = 5


def weights(raws: Sequence[Raw]) -> Decimal | None:
    """The sum of the weights; None where a row has none or one that is no number."""
    try:
        found = [Decimal(raw.text(WEIGHT).rstrip("%％分")) for raw in raws]
    except InvalidOperation:
        return None
    total = sum(found, Decimal(0))
    return total if found and total.is_finite() else None


def flags(head: Head, raws: Sequence[Raw]) -> tuple[str, ...]:
    """Short ids of what does not fit: weights_sum, amounts_sum, amount_unread."""
    found: list[str] = []
    total = weights(raws)
    if total is not None and total not in WHOLE:
        found.append("weights_sum")
    if not _adds_up(head):
        found.append("amounts_sum")
    if head.unread:
        found.append("amount_unread")
    return tuple(found)


def notices(plan: Plan, raws: Sequence[Raw], lost: Sequence[int], numbers: Sequence[int]) -> list[Notice]:
    """What a reader of the table must know."""
    name = plan.project or plan.unit or words(N_("绩效目标表"))
    found: list[Notice] = []
    doubtful = [raw.line for raw in raws if raw.status == UNCERTAIN]
    if not raws:
        found.append(Notice.of(Severity.LOST, N_("“{}”的绩效目标表没有读出指标。"), name, line=plan.line))
    if doubtful:
        text = N_("“{}”有{}项指标的分栏不能确定，照原文列出。")
        found.append(Notice.of(Severity.UNCERTAIN, text, name, len(doubtful), line=doubtful[0]))
    if lost:
        text = N_("“{}”的绩效目标表第{}行未能归入指标。")
        found.append(Notice.of(Severity.LOST, text, name, _places(lost), line=lost[0]))
    if numbers:
        text = N_("“{}”的绩效目标表第{}行的数字当作页码略去。")
        found.append(Notice.of(Severity.INFO, text, name, _places(numbers), line=numbers[0]))
    if "weights_sum" in plan.flags:
        text = N_("“{}”的指标权重合计为{}，不是90或100。")
        found.append(Notice.of(Severity.UNCERTAIN, text, name, weights(raws), line=plan.line))
    if "amount_unread" in plan.flags:
        text = N_("“{}”的绩效目标表有金额缺单位、不成数或有两个，未读取。")
        found.append(Notice.of(Severity.LOST, text, name, line=plan.line))
    return found


def _places(lines: Sequence[int]) -> str:
    first = listed(map(str, lines[:_MOST_LINES]))
    return words(N_("{}等"), first) if len(lines) > _MOST_LINES else first


def _adds_up(head: Head) -> bool:
    total, parts = head.amounts["total"], [head.amounts["appropriation"], head.amounts["other"]]
    if total is None or parts[0] is None or parts[1] is None:
        return True
    fen = [part.fen for part in parts if part is not None]
    half = max(amount.half_unit for amount in (total, *parts) if amount is not None)
    carried = head.amounts["carried"]  # some count it as a part, some within the appropriation
    sums = {sum(fen), sum(fen) + (carried.fen if carried else 0)}
    return any(abs(found - total.fen) <= tolerance(2, half) for found in sums)
