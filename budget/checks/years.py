"""Two years of one body: stated changes against the difference of the two documents, staff, assets, moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks import comparison as verdicts
from budget.checks.narrative.changes import UNCLEAR, change_ref
from budget.checks.narrative.shares import signed
from budget.checks.narrative.subjects import FigureSelector, Side, absent, at, selectors, sides
from budget.checks.narrative.text import narrative_text
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, tr
from budget.model import money
from budget.model.fact_names import fact_title
from budget.model.money import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText
    from budget.model.records import StatedChange

CHANGE = Check(
    "change_between_years",
    N_("跨年"),
    N_("自述增减额＝两年表之差"),
    N_("自述比上年预算增减额＝本年表－上年文件同一表同一行；两个打印数之差允许0.01万元"),
    hard=True,
    needs=("stated_changes",),
    baseline=True,
)
RATE = Check(
    "percent_between_years",
    N_("跨年"),
    N_("自述幅度＝两年表重算"),
    N_("自述幅度＝（本年表－上年表）÷上年表×100；舍入所致的不算不符；上年为0时不适用"),
    hard=True,
    needs=("stated_changes",),
    baseline=True,
)
STAFF = Check(
    "staff_between_years",
    N_("跨年"),
    N_("自述人员增减＝两年之差"),
    N_("在职、退休、离休的增减数＝本年人数－上年文件的人数"),
    hard=False,
    needs=("facts",),
    baseline=True,
)
ASSETS = Check(
    "assets_between_years",
    N_("跨年"),
    N_("资产价值没有万倍跳变"),
    N_("同一类资产两年价值之比在5,000以上或五千分之一以下时提示：可能把元印作万元"),
    hard=False,
    needs=("facts",),
    baseline=True,
)
SHIFT = Check(
    "paired_moves",
    N_("跨年"),
    N_("成对的反向变动"),
    N_("一个科目减少、另一个科目增加，各在5万元和五成以上，两数相差不到一成：可能是科目调整"),
    hard=False,
    needs=("cells",),
    baseline=True,
)
LARGE = Check(
    "large_moves",
    N_("跨年"),
    N_("变动较大的款"),
    N_("一般公共预算的款级科目变动在5万元和五成以上"),
    hard=False,
    needs=("cells",),
    baseline=True,
)
CHECKS = (CHANGE, RATE, STAFF, ASSETS, SHIFT, LARGE)

_STAFF = {"in_service": N_("在职"), "retired": N_("退休"), "li_xiu": N_("离休")}
_FROM_BUDGET = frozenset({"prior_budget", "prior_year", ""})
_JUMP = 5_000
_LEAST = 5_000_000
"""5万元 in fen: smaller moves are not looked at."""
_SECTION, _ITEM = 5, 7
_MOST = 300
"""Moves of which pairs are looked for."""


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:
    """Findings between a disclosure and that of the year before; nothing without a baseline."""
    if baseline is None:
        return
    now, before = context.head, baseline.head
    if now.fiscal_year is None or before.fiscal_year != now.fiscal_year - 1 or now.phase != before.phase:
        yield verdicts.unchecked(CHANGE, tr("对比的文件不是上一年的同类文件，自述增减未核对"))
        return
    own, old = narrative_text(context), narrative_text(baseline)
    for one in own.records.stated_changes:
        yield from _change(context, baseline, own, one)
    yield from _staff(own, old)
    yield from _assets(own, old)
    yield from _shifts(context, baseline, "function")
    yield from _shifts(context, baseline, "economic")
    yield from _large(context, baseline)


def _change(
    context: CheckContext, baseline: CheckContext, own: NarrativeText, change: StatedChange
) -> Iterator[Finding]:
    delta = signed(change)
    if change.amount_fen is None or not change.direction:
        return
    subject, ref = own.name(change), change_ref(own, change, change.delta_printed or change.direction, delta)
    if change.base not in _FROM_BUDGET:
        message = tr("{subject}：与上年执行数等相比，上年预算不能核对").format(subject=subject)
        yield verdicts.silent(CHANGE, message, ref)
        return
    if delta is None or UNCLEAR.intersection(change.flags):
        message = tr("{subject}：自述的增减存疑或没有金额，未核对").format(subject=subject)
        yield verdicts.unchecked(CHANGE, message, ref)
        return
    missing = tr("{subject}：两年的表中没有都找到对应的数，未核对").format(subject=subject)
    pair = _pair(context, baseline, own, change)
    if pair is None:
        yield verdicts.unchecked(CHANGE, missing, ref)
        return
    now, before, alike = pair
    half = max(now.half_unit, before.half_unit, change.delta_half_unit)
    refs = (ref, *now.refs, *before.refs)
    what = tr("{subject}的增减（自述，两年表之差）").format(subject=subject)
    found = verdicts.amounts(CHANGE, delta, now.fen - before.fen, money.tolerance(2, half), refs, what)
    if found.outcome is Outcome.DISCREPANCY and not alike:
        yield verdicts.unchecked(CHANGE, missing, ref)  # one year's table does not say of which fund it is
        return
    if found.outcome is Outcome.DISCREPANCY and change.base != "prior_budget":
        found = found._replace(outcome=Outcome.HINT)  # it is not said that the budget is meant
    yield context.doubted(found)
    if change.percent and found.outcome in {Outcome.EXACT, Outcome.ROUNDING}:
        yield _rate(own, change, now, before)


def _pair(
    context: CheckContext, baseline: CheckContext, own: NarrativeText, change: StatedChange
) -> tuple[Side, Side, bool] | None:
    """This year's figure that is the stated one, and last year's; last, whether both have the same coordinates."""
    wanted = selectors(change.subject, change.code, own.heading(change.line)) or _elsewhere(baseline, change)
    stated, former = change.amount_fen or 0, [_prints(baseline, selector) for selector in wanted]
    found = [
        (place, one)
        for place, selector in enumerate(wanted)
        for one in _prints(context, selector)
        if one.certain and abs(one.fen - stated) <= verdicts.same(change.half_unit, one.half_unit)
    ]
    alike = ((one, former[place][0]) for place, one in found if former[place] and former[place][0].certain)
    if pair := next(alike, None):
        return *pair, True
    before = next((sides_[0] for sides_ in former if sides_ and sides_[0].certain and sides_[0].refs), None)
    return (found[0][1], before, False) if found and before is not None else None


def _prints(context: CheckContext, selector: FigureSelector) -> list[Side]:
    """Every print of a figure; 0 where its table is complete and leaves it out."""
    nothing = absent(context, (selector,))
    return sides(context, (selector,)) or ([] if nothing is None else [nothing])


def _elsewhere(baseline: CheckContext, change: StatedChange) -> tuple[FigureSelector, ...]:
    """The coordinates of an item that only last year's table has, by its names."""
    names = change.subject.split("/")
    if len(names) != 3 or change.amount_fen:  # noqa: PLR2004 - 类, 款 and 项
        return ()
    known = _names(baseline, "function")
    return tuple(
        at("expenditure", "general_public", function=code)
        for code in known
        if len(code) == _ITEM and [known.get(code[:3]), known.get(code[:_SECTION]), known[code]] == names
    )


def _names(context: CheckContext, dimension: str) -> dict[str, str]:
    """Codes of the general public budget and their printed names."""
    return {
        code: fact.row_path[-1].removeprefix(code).strip()
        for fact in context.facts
        if (code := getattr(fact.coordinates, dimension))
        and fact.coordinates.fund == "general_public"
        and not fact.coordinates.project
        and fact.row_path
    }


def _rate(own: NarrativeText, change: StatedChange, now: Side, before: Side) -> Finding:
    wanted = comparison.growth(now.fen, now.half_unit, before.fen, before.half_unit)
    refs = (change_ref(own, change, f"{change.percent}%", None), *now.refs, *before.refs)
    subject = tr("{subject}幅度（按两年表）").format(subject=own.name(change))
    return verdicts.percentage(RATE, subject, change.percent, wanted, refs)


def _staff(own: NarrativeText, old: NarrativeText) -> Iterator[Finding]:
    ours, theirs = own.facts("staffing"), old.facts("staffing")
    person = tr("{}人")
    labels = (tr("机构人员 {whose}增减"), tr("机构人员 {whose}"), tr("机构人员 {whose}（上年）"))
    for key, whose in _STAFF.items():
        title = tr(whose)
        facts = (ours.get(f"{key}_change"), ours.get(key), theirs.get(key))
        numbers = [number for fact in facts if fact and (number := number_of(fact.value)) is not None]
        if len(numbers) < len(facts):
            continue
        stated, now, before = numbers
        refs = tuple(
            place.ref("facts", label.format(whose=title), f"{fact.value}人", (fact.line, fact.page))  # as printed
            for place, fact, label in zip((own, own, old), facts, labels, strict=True)
            if fact is not None
        )
        if stated == now - before:
            message = tr("{whose}{now}人，上年{before}人，与自述增减一致").format(whose=title, now=now, before=before)
            yield verdicts.fine(STAFF, message, *refs)
        else:
            message = tr("{whose}自述增减{stated}人，两年文件为{before}人、{now}人（相差{gap}人），请核对").format(
                whose=title, stated=stated, before=before, now=now, gap=now - before
            )
            yield verdicts.hint(STAFF, message, refs, person.format(stated), person.format(now - before))


def _assets(own: NarrativeText, old: NarrativeText) -> Iterator[Finding]:
    ours, theirs = own.facts("assets"), old.facts("assets")
    titles = {key: fact_title(key) for key in ours}
    for key, fact in ours.items():
        other = theirs.get(key)
        if other is None or not fact.amount_fen or not other.amount_fen:
            continue
        now, before = (f"{one.value}{one.unit}" for one in (fact, other))
        words = {"asset": titles[key], "now": now, "before": before}
        high, low = max(fact.amount_fen, other.amount_fen), min(fact.amount_fen, other.amount_fen)
        refs = tuple(
            said_.ref("facts", titles[key], f"{one.value}{one.unit}", (one.line, one.page), one.amount_fen)
            for said_, one in ((own, fact), (old, other))
        )
        if high >= _JUMP * low:
            message = tr("{asset}由{before}变为{now}，相差约{times}倍，可能把元印作万元").format(
                **words, times=f"{high // low:,}"
            )
            yield verdicts.hint(ASSETS, message, refs)._replace(left_fen=fact.amount_fen, right_fen=other.amount_fen)
        else:
            yield verdicts.fine(ASSETS, tr("{asset}{now}，上年{before}").format(**words), *refs)


def _moves(context: CheckContext, baseline: CheckContext, dimension: str, digits: int) -> dict[str, tuple[Side, Side]]:
    """Codes of this length -> what both years print, where both are certain and neither is missing."""
    named = {"kind": "basic"} if dimension == "economic" else {}
    codes = {code for one in (context, baseline) for code in _names(one, dimension) if len(code) == digits}
    found = {}
    for code in sorted(codes):
        selector = at("expenditure", "general_public", **{dimension: code, **named})
        now, before = (_prints(one, selector) for one in (context, baseline))
        if now and before and now[0].certain and before[0].certain:
            found[code] = (now[0], before[0])
    return found


def _big(now: Side, before: Side) -> bool:
    """Whether a move is at least 5万元 and half of what was there."""
    move = abs(now.fen - before.fen)
    return move >= _LEAST and 2 * move >= before.fen


def _shifts(context: CheckContext, baseline: CheckContext, dimension: str) -> Iterator[Finding]:
    digits = _ITEM if dimension == "function" else _SECTION
    moves = {code: pair for code, pair in _moves(context, baseline, dimension, digits).items() if _big(*pair)}
    change = {code: now.fen - before.fen for code, (now, before) in moves.items()}
    if len(moves) > _MOST:
        return  # not a reclassification: a table of another kind
    candidates = sorted(
        (abs(change[down] + change[up]), down, up)
        for down in change
        for up in change
        if change[down] < 0 < change[up] and 10 * abs(change[down] + change[up]) <= max(-change[down], change[up])
    )
    taken: set[str] = set()
    for _, down, up in candidates:
        if taken.isdisjoint((down, up)):
            taken |= {down, up}
            refs = tuple(ref for code in (down, up) for one in moves[code] for ref in one.refs)
            message = tr("{down}减少{less}，{up}增加{more}，可能是科目调整").format(
                down=_named(context, baseline, dimension, down),
                less=verdicts.wan(-change[down]),
                up=_named(context, baseline, dimension, up),
                more=verdicts.wan(change[up]),
            )
            yield verdicts.hint(SHIFT, message, refs)._replace(left_fen=change[down], right_fen=change[up])


def _large(context: CheckContext, baseline: CheckContext) -> Iterator[Finding]:
    for code, (now, before) in _moves(context, baseline, "function", _SECTION).items():
        if _big(now, before):
            message = tr("{item}由{before}变为{now}，变动较大").format(
                item=_named(context, baseline, "function", code),
                before=verdicts.wan(before.fen),
                now=verdicts.wan(now.fen),
            )
            found = verdicts.hint(LARGE, message, (*now.refs, *before.refs))
            yield found._replace(left_fen=now.fen, right_fen=before.fen, difference_fen=now.fen - before.fen)


def _named(context: CheckContext, baseline: CheckContext, dimension: str, code: str) -> str:
    found = next((names[code] for one in (context, baseline) if code in (names := _names(one, dimension))), "")
    return tr("{item}（{code}）").format(item=found, code=code) if found else code
