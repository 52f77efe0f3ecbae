"""What the narrative computes: shares, rates of change, directions, and sums of changes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks import comparison as verdicts
from budget.checks.comparison import CLASH
from budget.checks.narrative.changes import UNCLEAR, change_ref
from budget.checks.narrative.subjects import TOTALS, Side, at, selectors, side, sides
from budget.checks.narrative.text import narrative_text
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, joined, tr
from budget.model import money
from budget.model.money import number_of
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText
    from budget.checks.rule import Ref
    from budget.model.records import StatedChange

SHARE = Check(
    "stated_share",
    N_("说明"),
    N_("占比重算"),
    N_("占比＝金额÷总数×100；总数是同一句所说的整体，没有说的取与同节多数占比相符的总计；舍入所致的不算不符"),
    hard=True,
    needs=("stated_changes",),
)
RATE = Check(
    "stated_percent",
    N_("说明"),
    N_("增减幅度重算"),
    N_("幅度＝增减额÷（本年－增减额）×100，或（本年－基数）÷基数×100；舍入所致的不算不符；上年为0时不适用"),
    hard=True,
    needs=("stated_changes",),
)
DIRECTION = Check(
    "stated_direction",
    N_("说明"),
    N_("增减方向一致"),
    N_("增加与增长、减少与下降相配；写出基数的，方向与本年减基数相同"),
    hard=True,
    needs=("stated_changes",),
)
ITEM_SUM = Check(
    "stated_changes_of_items",
    N_("说明"),
    N_("各项增减之和＝基本＋项目"),
    N_("一般公共预算各项级科目的增减之和＝基本支出增减＋项目支出增减；没有上年文件证明各项齐全时为提示"),
    hard=True,
    needs=("stated_changes",),
)
TWO_SIDES = Check(
    "stated_changes_of_sides",
    N_("说明"),
    N_("收入增减＝支出增减"),
    N_("收入预算各来源的增减之和＝支出预算各部分的增减之和；上年有而今年没有列出的来源会使两者不同"),
    hard=False,
    needs=("stated_changes",),
)
CHECKS = (SHARE, RATE, DIRECTION, ITEM_SUM, TWO_SIDES)

_WHOLES = tuple(
    at(flow, fund, kind=kind)
    for flow, fund, kind in (
        ("revenue", "", ""),
        ("expenditure", "", ""),
        ("revenue", "current", ""),
        ("expenditure", "", "current"),
        ("expenditure", "appropriation", ""),
        ("expenditure", "general_public", ""),
    )
)
_OF_WHAT = lazy_pattern(r"占(?P<whole>[^，。；,;\d%]{2,24}?)(?:总额|总数|合计)?的?(?:比重|比例)?[为是]?$")
_UP, _DOWN, _LEVEL = N_("增加"), N_("减少"), N_("持平")
_SENTENCE_LINES = 6
"""Lines in which the rest of a sentence with a share stands."""
_ITEM = 7  # digits of the code of an item
_LEVELS = 2  # separators between the names of 类, 款 and 项


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:
    """Findings on what the narrative computes."""
    own = narrative_text(context)
    changes = own.records.stated_changes
    yield from _shares(context, own)
    for change in changes:
        yield from _rate(own, change)
        yield from _direction(own, change)
    yield from _items(baseline, own)
    yield from _sides(context, own)


def signed(change: StatedChange) -> int | None:
    """The stated change with its sign (fen); None where none is stated or its direction is open."""
    if change.direction == _LEVEL:
        return 0
    if change.delta_fen is None or not change.direction or UNCLEAR.intersection(change.flags):
        return None
    return -change.delta_fen if change.direction == _DOWN else change.delta_fen


def _shares(context: CheckContext, own: NarrativeText) -> Iterator[Finding]:
    """Shares by section: of the whole that their sentence names, else of the total that most of them fit."""
    sections: dict[str, list[StatedChange]] = {}
    for change in own.records.stated_changes:
        if change.share_percent and change.amount_fen is not None and not UNCLEAR.intersection(change.flags):
            sections.setdefault(own.heading(change.line), []).append(change)
    usual = [found for found in sides(context, _WHOLES) if found.certain and found.fen]
    for changes in sections.values():
        adjusted = _sum_to_hundred(changes)
        named = {change: _named_whole(context, own, change) for change in changes}
        others = [change for change in changes if named[change] is None]
        wholes = [*usual, *(whole for whole in named.values() if whole is not None)]
        item = _sum_of(changes)
        if item is not None:
            wholes.append(item)
        counted = [(sum(_fits(one, whole) for one in others if one.amount_fen), whole) for whole in wholes]
        agreeing, best = max(counted, key=lambda pair: pair[0], default=(0, None))
        for change in changes:
            ref = change_ref(own, change, f"{change.share_percent}%", None)
            whole = named[change] or (best if agreeing else None)
            if whole is None:
                message = tr("{subject}占{share}%：看不出以哪个总数为整体")
                message = message.format(subject=own.name(change), share=change.share_percent)
                yield verdicts.unchecked(SHARE, message, ref)
            else:
                yield _softened(own, _share(own, change, whole, ref), change, adjusted=adjusted)


def _named_whole(context: CheckContext, own: NarrativeText, change: StatedChange) -> Side | None:
    """The whole that the sentence itself names: 占本年收入合计的; None where it names none, or no table prints it."""
    text = own.text(change.line, change.line + _SENTENCE_LINES)
    place = text.find(f"{change.share_percent}%")
    before = text[:place].rpartition("。")[2] if place >= 0 else ""
    found = _OF_WHAT.search(before)
    if found is None:
        return None
    wanted = selectors(found["whole"], "", "")  # its words say which funds: the heading is that of the part
    printed = [whole for whole in sides(context, wanted) if whole.certain and whole.fen]
    return next((whole for whole in printed if _fits(change, whole)), printed[0] if printed else None)


def _sum_of(changes: Sequence[StatedChange]) -> Side | None:
    """The sum of what a section lists, where its shares make 100: parts of a whole that it does not name."""
    if len(changes) < 2 or not _sum_to_hundred(changes):  # noqa: PLR2004 - a single part is no list
        return None
    fen = sum(change.amount_fen or 0 for change in changes)
    half = max(change.half_unit for change in changes)
    return Side(fen, half * len(changes), (), certain=True, addends=len(changes)) if fen else None


def _sum_to_hundred(changes: Sequence[StatedChange]) -> bool:
    """Whether the printed shares of a section make exactly 100."""
    numbers = [number_of(change.share_percent) for change in changes]
    return len(numbers) > 1 and sum(number or 0 for number in numbers) == 100  # noqa: PLR2004


def _softened(own: NarrativeText, found: Finding, change: StatedChange, *, adjusted: bool) -> Finding:
    """A last digit that makes the shares of a section 100 is a custom, and no contradiction."""
    if found.outcome is not Outcome.DISCREPANCY or not adjusted:
        return found
    printed, last = number_of(change.share_percent), number_of(found.right.rstrip("%"))
    if printed is None or last is None:
        return found
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int) or abs(printed - last) > Decimal(1).scaleb(exponent):
        return found
    message = tr("{subject}占比：印{printed}%，重算为{right}，可能为使各项合计100%而调整，请核对。").format(
        subject=own.name(change), printed=change.share_percent, right=found.right
    )
    return found._replace(outcome=Outcome.HINT, message=message)


def _items_of(baseline: CheckContext) -> set[str]:
    """The items of the general public budget of the year before."""
    return {
        fact.coordinates.function
        for fact in baseline.facts
        if fact.coordinates.fund == "general_public" and len(fact.coordinates.function) == _ITEM
    }


def _fits(change: StatedChange, whole: Side) -> bool:
    found = comparison.share(change.amount_fen or 0, change.half_unit, whole.fen, whole.half_unit)
    return found is not None and found.holds(change.share_percent)


def _share(own: NarrativeText, change: StatedChange, whole: Side, ref: Ref) -> Finding:
    wanted = comparison.share(change.amount_fen or 0, change.half_unit, whole.fen, whole.half_unit)
    subject = tr("{subject}占比").format(subject=own.name(change))
    return verdicts.percentage(SHARE, subject, change.share_percent, wanted, (ref, *whole.refs))


def _rate(own: NarrativeText, change: StatedChange) -> Iterator[Finding]:
    if not change.percent or change.amount_fen is None:
        return
    ref = change_ref(own, change, f"{change.percent}%", None)
    delta, subject = signed(change), tr("{subject}增减幅度").format(subject=own.name(change))
    if UNCLEAR.intersection(change.flags):
        yield verdicts.unchecked(RATE, tr("{subject}：所列数存疑，幅度未核对").format(subject=own.name(change)), ref)
    elif change.base_fen is not None:
        wanted = comparison.growth(change.amount_fen, change.half_unit, change.base_fen, change.base_half_unit)
        yield verdicts.percentage(RATE, subject, change.percent, wanted, (ref,))
    elif delta is not None:
        wanted = comparison.growth_of_change(change.amount_fen, change.half_unit, delta, change.delta_half_unit)
        yield verdicts.percentage(RATE, subject, change.percent, wanted, (ref,))


def _direction(own: NarrativeText, change: StatedChange) -> Iterator[Finding]:
    if not change.direction:
        return
    ref = change_ref(own, change, change.direction, None)
    if "sign_contradicts" in change.flags:
        message = tr("{subject}：增减方向前后不一").format(subject=own.name(change))
        yield verdicts.clash(DIRECTION, message, (ref,), tr(change.direction))
        return
    if change.amount_fen is None or change.base_fen is None or UNCLEAR.intersection(change.flags):
        return
    difference = change.amount_fen - change.base_fen
    shown = _UP if difference > 0 else _DOWN if difference < 0 else _LEVEL
    words = {"subject": own.name(change), "direction": tr(change.direction), "shown": tr(shown)}
    if shown == change.direction or (not difference and (change.delta_fen or 0) == 0):
        yield verdicts.fine(DIRECTION, tr("{subject}：{shown}，与所列两数一致").format(**words), ref)
        return
    message = tr("{subject}：写“{direction}”，所列两数为{shown}").format(**words)
    base = change_ref(own, change, change.base_printed, change.base_fen)
    yield verdicts.clash(DIRECTION, message, (ref, base), words["direction"], words["shown"])


def _items(baseline: CheckContext | None, own: NarrativeText) -> Iterator[Finding]:
    general = [one for one in own.records.stated_changes if "一般公共预算" in own.heading(one.line)]
    items = [one for one in general if one.subject.count("/") == _LEVELS]
    kinds = [one for one in general if one.subject in {"基本支出", "项目支出"}]
    if not items or len({one.subject for one in kinds}) != 2 or len(kinds) != 2:  # noqa: PLR2004 - one of each
        return
    listed, whole = (sum(one.amount_fen or 0 for one in changes) for changes in (items, kinds))
    if abs(listed - whole) > money.tolerance(len(items) + 1, max(one.half_unit for one in items)):
        refs = tuple(change_ref(own, one, one.printed, one.amount_fen) for one in kinds)
        message = tr("所列各项的金额之和不是基本支出与项目支出之和，增减之和未核对")
        yield verdicts.unchecked(ITEM_SUM, message, *refs)
        return
    found = _sums(own, ITEM_SUM, items, kinds, (tr("各项增减之和"), tr("基本支出与项目支出增减之和")))
    told = {one.code for one in items}
    before = _items_of(baseline) if baseline else set()
    if found.outcome is Outcome.DISCREPANCY and not (before and before <= told):
        message = found.message.replace(tr(CLASH), tr("可能有上年的科目没有列出，请核对"))
        found = found._replace(outcome=Outcome.HINT, message=message)
    yield found


def _sides(context: CheckContext, own: NarrativeText) -> Iterator[Finding]:
    """Only where the amounts of both sections are the whole: else parts may be listed beside their sum."""
    revenue = [one for one in own.records.stated_changes if "收入预算情况" in own.heading(one.line)]
    spending = [
        one
        for one in own.records.stated_changes
        if "支出预算情况" in (heading := own.heading(one.line)) and "财政拨款" not in heading
    ]
    total = side(context, TOTALS)
    if not revenue or not spending or total is None:
        return
    for changes in (revenue, spending):
        listed = sum(one.amount_fen or 0 for one in changes)
        if abs(listed - total.fen) > money.tolerance(len(changes) + 1, max(one.half_unit for one in changes)):
            yield verdicts.unchecked(TWO_SIDES, tr("所列各项的金额之和不是总数，增减之和未核对"), *total.refs)
            return
    yield _sums(own, TWO_SIDES, revenue, spending, (tr("收入增减之和"), tr("支出增减之和")))


def _sums(
    own: NarrativeText,
    check_: Check,
    left: Sequence[StatedChange],
    right: Sequence[StatedChange],
    names: tuple[str, str],
) -> Finding:
    changes = [*left, *right]
    unclear = [one for one in changes if signed(one) is None and "not_planned" not in one.flags]
    refs = tuple(change_ref(own, one, one.delta_printed or one.printed, signed(one)) for one in changes)
    if unclear:
        missing = joined(own.name(one) for one in unclear[:3])
        message = tr("列出{missing}的一节没有找到增减，{sum}未核对").format(missing=missing, sum=names[0])
        return verdicts.unchecked(check_, message, *refs)
    sums = [sum(signed(one) or 0 for one in side_) for side_ in (left, right)]
    half = max(one.delta_half_unit for one in changes)
    subject = tr("{left}与{right}").format(left=names[0], right=names[1])
    return verdicts.amounts(check_, sums[0], sums[1], money.tolerance(len(changes), half), refs, subject)
