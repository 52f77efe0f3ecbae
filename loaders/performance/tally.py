"""What a performance table's own arithmetic says of it: evidence, never a source of figures."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

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
    name = plan.project or plan.unit or "绩效目标表"
    found: list[Notice] = []
    doubtful = [raw.line for raw in raws if raw.status == UNCERTAIN]
    if not raws:
        found.append(_notice(Severity.LOST, f"“{name}”的绩效目标表没有读出指标。", plan.line))
    if doubtful:
        found.append(
            _notice(Severity.UNCERTAIN, f"“{name}”有{len(doubtful)}项指标的分栏不能确定，照原文列出。", doubtful[0])
        )
    if lost:
        found.append(_notice(Severity.LOST, f"“{name}”的绩效目标表第{_places(lost)}行未能归入指标。", lost[0]))
    if numbers:
        text = f"“{name}”的绩效目标表第{_places(numbers)}行的数字当作页码略去。"
        found.append(_notice(Severity.INFO, text, numbers[0]))
    if "weights_sum" in plan.flags:
        found.append(_notice(Severity.UNCERTAIN, f"“{name}”的指标权重合计为{weights(raws)}，不是90或100。", plan.line))
    if "amount_unread" in plan.flags:
        found.append(_notice(Severity.LOST, f"“{name}”的绩效目标表有金额缺单位、不成数或有两个，未读取。", plan.line))
    return found


def _places(lines: Sequence[int]) -> str:
    return "、".join(map(str, lines[:_MOST_LINES])) + ("等" if len(lines) > _MOST_LINES else "")


def _adds_up(head: Head) -> bool:
    total, parts = head.amounts["total"], [head.amounts["appropriation"], head.amounts["other"]]
    if total is None or parts[0] is None or parts[1] is None:
        return True
    fen = [part.fen for part in parts if part is not None]
    half = max(amount.half_unit for amount in (total, *parts) if amount is not None)
    return abs(sum(fen) - total.fen) <= tolerance(2, half)


def _notice(severity: Severity, text: str, line: int) -> Notice:
    return Notice(severity=severity, text=text, line=line)
