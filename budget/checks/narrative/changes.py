"""The narrative against the tables: amounts that it repeats, lines that it leaves out, carry-overs that it lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks import comparison
from budget.checks.context import certain
from budget.checks.narrative.amounts import listed, text_of_carryovers, told
from budget.checks.narrative.subjects import FigureSelector, absent, selectors, sides
from budget.checks.narrative.text import Place, narrative_text, plain
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, joined, tr
from budget.model import money
from budget.model.coordinates import Coordinates
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import CheckContext
    from budget.checks.narrative.subjects import Side
    from budget.checks.narrative.text import NarrativeText
    from budget.checks.rule import Ref
    from budget.model.facts import Fact
    from budget.model.records import StatedChange

AMOUNT = Check(
    "stated_amount",
    N_("说明"),
    N_("文字中的金额与表一致"),
    N_("说明中重复的金额＝所说的表中数字；文字的单位较粗时，允许其末位的一半；分级合计允许各下级的舍入"),
    hard=True,
    needs=("stated_changes", "passages"),
)
TOLD = Check(
    "stated_items",
    N_("说明"),
    N_("一般公共预算支出的项都有说明"),
    N_("一般公共预算支出表中有金额的每个项级科目，在说明中都有一段；说明中的科目在表中都有"),
    hard=False,
    needs=("stated_changes", "cells"),
)
CARRIED = Check(
    "stated_carryover",
    N_("说明"),
    N_("结转清单与结转表一致"),
    N_("说明中列出的结转项目，金额与上年结转结余明细表逐项相同"),
    hard=True,
    needs=("passages", "cells"),
)
REPEATED = Check(
    "stated_twice",
    N_("说明"),
    N_("同一数前后一致"),
    N_("同一句或同一段中重复的同一个数相同"),
    hard=True,
    needs=("stated_changes",),
)
CHECKS = (AMOUNT, TOLD, CARRIED, REPEATED)

UNCLEAR = frozenset({"unit_doubtful", "number_broken", "no_unit", "direction_open", "amount_contradicts"})
"""Flags of records whose figures are compared with nothing."""
_ITEM = 7
_ORGANS = N_("机关运行经费")
_CODE = lazy_pattern(r"^[\d\s]+")
_SENTENCE = 4
"""Lines in which the rest of a sentence stands."""
_PARAGRAPH = 12
"""Lines in which the rest of a statement stands."""
_AGAIN = lazy_pattern(r"预算(?:安排|数为?)((?:\d[\d,]*)(?:\.\d+)?[万亿]?元)")


class _Said(NamedTuple):
    """An amount of the narrative, from a record or from its text."""

    subject: str
    wanted: tuple[FigureSelector, ...]
    fen: int
    half_unit: int
    printed: str
    place: Place
    frame: str


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """Findings on the amounts of the narrative."""
    own = narrative_text(context)
    yield from _amounts(context, own)
    yield from _items(context, own)
    yield from _carried(context, own)
    yield from _repeated(own)


def change_ref(own: NarrativeText, change: StatedChange, text: str, fen: int | None) -> Ref:
    """Where a stated change prints something."""
    place = own.find(text, change.line, change.line + _PARAGRAPH)
    return own.ref("stated_changes", tr("自述 {subject}").format(subject=own.name(change)), text, place, fen)


def _amounts(context: CheckContext, own: NarrativeText) -> Iterator[Finding]:
    seen: set[tuple[int | None, int]] = set()
    given: set[tuple[FigureSelector, int]] = set()
    for one in (*_of_records(own), *_of_text(context, own)):
        key = (one.place.line, one.fen)
        if not one.wanted or key in seen:
            continue
        seen.add(key)
        found = _against_table(context, own, one)
        # what is said twice, and differs, is one finding
        again = found.outcome is Outcome.DISCREPANCY and (one.wanted[0], one.fen) in given
        given.add((one.wanted[0], one.fen))
        if not again:
            yield found


def _of_records(own: NarrativeText) -> Iterator[_Said]:
    for change in own.records.stated_changes:
        if change.amount_fen is None or UNCLEAR.intersection(change.flags):
            continue
        wanted = selectors(change.subject, change.code, own.heading(change.line))
        place = own.find(change.printed, change.line, change.line + 3)
        yield _Said(
            own.name(change), wanted, change.amount_fen, change.half_unit, change.printed, place, "stated_changes"
        )

    spoken = any("运行经费" in change.subject for change in own.records.stated_changes)
    fact = own.facts("operating_expenses").get("amount")
    if fact is not None and fact.amount_fen is not None and not spoken:
        printed = f"{fact.value}{fact.unit}"
        wanted = selectors(_ORGANS, "", "")
        place = own.find(printed, fact.line, fact.line + 3)
        yield _Said(tr(_ORGANS), wanted, fact.amount_fen, fact.half_unit, printed, place, "facts")


def _of_text(context: CheckContext, own: NarrativeText) -> Iterator[_Said]:
    for one in told(context, own):
        yield _Said(*one, "passages")


def _against_table(context: CheckContext, own: NarrativeText, one: _Said) -> Finding:
    ref = own.ref(one.frame, tr("说明 {subject}").format(subject=one.subject), one.printed, one.place, one.fen)
    found = sides(context, one.wanted) or _of_any_fund(context, one)
    if not found:
        return _unprinted(context, one, ref)
    chosen = next((at for at in found if at.fen == one.fen and at.certain), None) or _first(found, one)
    if not chosen.certain:
        return comparison.unchecked(AMOUNT, comparison.of(one.subject, tr(comparison.UNSURE)), ref, *chosen.refs)
    tolerance = comparison.same(one.half_unit, chosen.half_unit)
    result = comparison.amounts(AMOUNT, one.fen, chosen.fen, tolerance, (ref, *chosen.refs), one.subject)
    return context.doubted(_softened(result, one, chosen)) if result.outcome is Outcome.DISCREPANCY else result


def _of_any_fund(context: CheckContext, one: _Said) -> list[Side]:
    """Prints of an item in a table that names no fund, where the text names one: what it says is all of it or a part.

    Those that are larger tell nothing.
    """
    wider = [
        FigureSelector(meant._replace(fund=""))
        for meant in (selector.coordinates for selector in one.wanted)
        if meant.item and meant.fund
    ]
    return [found for found in sides(context, dict.fromkeys(wider)) if found.fen <= one.fen]


def _softened(result: Finding, one: _Said, chosen: Side) -> Finding:
    """A difference that cut digits, rounded parts or a body's own custom explain."""
    if _cut(one, chosen):
        message = joined((result.message.rstrip("。"), tr(comparison.CUT)), "，")
        return result._replace(outcome=Outcome.HINT, message=comparison.ended(message))
    parts = money.tolerance(chosen.addends, chosen.half_unit)
    if abs(one.fen - chosen.fen) <= parts:
        message = tr("{subject}：文字{text}与表中{table}不同，下级各数的舍入可以解释。")
        message = message.format(subject=one.subject, text=one.printed, table=comparison.wan(chosen.fen))
        return result._replace(outcome=Outcome.ROUNDING, message=message, tolerance_fen=parts)
    if chosen.derived and one.wanted[0].coordinates.item and one.fen < chosen.fen:
        # institutions that are no organs have operating expenditure too
        message = tr("{subject}：小于公用经费，可能只含机关和参公单位").format(subject=one.subject)
        return comparison.silent(AMOUNT, message, *result.refs)
    # which classes a body counts as personnel is its own custom
    return result._replace(outcome=Outcome.HINT) if chosen.derived else result


def _unprinted(context: CheckContext, one: _Said, ref: Ref) -> Finding:
    """An amount that no table prints: fine where it is 0 and its whole is printed."""
    nothing = None if one.fen else absent(context, one.wanted)
    if nothing is not None:
        message = tr("{subject}：为0，表中也没有数").format(subject=one.subject)
        return comparison.fine(AMOUNT, message, ref, *nothing.refs)
    return comparison.unchecked(AMOUNT, tr("{subject}：没有找到可以核对的表").format(subject=one.subject), ref)


def _cut(one: _Said, table: Side) -> bool:
    """Whether the text cuts the digits off that it does not print."""
    return one.half_unit > table.half_unit and 0 < abs(table.fen) - abs(one.fen) < 2 * one.half_unit


def _repeated(own: NarrativeText) -> Iterator[Finding]:
    """Amounts that one sentence prints twice, and differently."""
    for change in own.records.stated_changes:
        if "amount_contradicts" not in change.flags:
            continue
        text = own.text(change.line, change.line + _SENTENCE)
        others = (match[1] for match in _AGAIN.finditer(text) if match[1] != change.printed)
        printed = (change.printed, *(other for other in others if other))[:2]
        refs = tuple(change_ref(own, change, one, None) for one in printed)
        message = tr("{subject}：同一预算数前后不一（{amounts}）")
        message = message.format(subject=own.name(change), amounts=joined(printed))
        yield comparison.clash(REPEATED, message, refs, printed[0], printed[-1])


def _first(sides: list[Side], one: _Said) -> Side:
    """The nearest of several tables that may be meant: a difference is shown against the one that fits best."""
    return min(sides, key=lambda found: abs(found.fen - one.fen))


def _items(context: CheckContext, own: NarrativeText) -> Iterator[Finding]:
    changes = [change for change in own.records.stated_changes if change.subject.count("/") == 2]  # noqa: PLR2004
    if not changes:
        yield comparison.silent(TOLD, tr("说明中没有逐项说明"))
        return
    stated = {change.code for change in changes}
    items = _general_items(context)
    silent = {code: fact for code, fact in items.items() if code not in stated and fact.amount_fen}
    strange = [change for change in changes if not change.code and change.amount_fen]
    for code, fact in silent.items():
        item = _CODE.sub("", fact.row_path[-1]) if fact.row_path else code
        twins = [change for change in strange if _same_amount(change, fact)]
        twin = min(twins, key=lambda change: change.subject.rpartition("/")[2] != item, default=None)
        message = tr("{table}有{item}（{code}）{amount}")
        message = message.format(
            table=context.words.table(fact.table), item=item, code=code, amount=comparison.wan(fact.amount_fen)
        )
        refs: tuple[Ref, ...] = (context.words.ref(fact),)
        if twin:
            strange.remove(twin)
            above, _, called = twin.subject.rpartition("/")
            if called == item:  # below other names than in the table
                message += tr("；说明把它列在“{where}”下，金额相同").format(where=above)
            else:
                message += tr("；说明中没有这个名称，金额相同的是“{subject}”").format(subject=twin.subject)
            refs = (*refs, change_ref(own, twin, twin.printed, twin.amount_fen))
        else:
            message += tr("，说明中没有这一项")
        yield comparison.hint(TOLD, message, refs)
    for change in strange if items else ():
        ref = change_ref(own, change, change.printed, change.amount_fen)
        message = tr("说明有“{subject}”{amount}，一般公共预算支出表中没有这一项")
        yield comparison.hint(TOLD, message.format(subject=change.subject, amount=change.printed), (ref,))
    if not silent and not strange:
        message = tr("一般公共预算支出的项级科目都有说明（{number}项）").format(number=len(stated))
        yield comparison.fine(TOLD, message)


def _same_amount(change: StatedChange, fact: Fact) -> bool:
    room = comparison.same(change.half_unit, fact.half_unit)
    return change.amount_fen is not None and abs(change.amount_fen - fact.amount_fen) <= room


def _general_items(context: CheckContext) -> dict[str, Fact]:
    """The items of the general public budget (else of appropriations) by code, as the first table prints them."""
    for fund in ("general_public", "appropriation"):
        found = {
            coordinates.function: next(iter(figures.values())).prints[0][0]
            for coordinates, figures in context.index.at.items()
            if len(coordinates.function) == _ITEM
            and coordinates == Coordinates("expenditure", fund, "", coordinates.function, version=context.version)
        }
        if found:
            return found
    return {}


def _carried(context: CheckContext, own: NarrativeText) -> Iterator[Finding]:
    items = list(listed(own))
    free = [
        fact
        for fact in context.facts
        if fact.coordinates.flow == "expenditure"
        and fact.coordinates.fund == "carryover"
        and not fact.coordinates.kind
        and fact.coordinates.project
    ]
    if not items or not free:
        return
    table = free[0].table
    unmatched = []
    for text, fen, half, printed, place in items:
        ref = own.ref("passages", tr("说明 {subject}").format(subject=text), printed, place, fen)
        partner = next(
            (fact for fact in free if abs(fact.amount_fen - fen) <= comparison.same(half, fact.half_unit)), None
        )
        if partner is None:
            unmatched.append((text, fen, ref))
            continue
        free.remove(partner)
        tolerance = comparison.same(half, partner.half_unit)
        refs = (ref, context.words.ref(partner))
        yield comparison.amounts(CARRIED, fen, partner.amount_fen, tolerance, refs, _carryover(text))
    if not certain(free):
        message = comparison.of(context.words.table(table), tr(comparison.UNSURE))
        yield comparison.unchecked(CARRIED, message, context.words.table_ref(table))
        return
    if len(unmatched) == len(free) == 1:
        text, fen, ref = unmatched[0]
        refs = (ref, context.words.ref(free[0]))
        found = comparison.amounts(CARRIED, fen, free[0].amount_fen, 0, refs, _carryover(text))
        yield context.doubted(found)
        return
    for text, _, ref in unmatched:
        message = tr("说明列出的结转“{item}”，结转表没有同额的一行").format(item=text)
        yield comparison.hint(CARRIED, message, (ref,))
    for fact in free:
        ref = context.words.ref(fact)
        if plain(fact.coordinates.project) in text_of_carryovers(own):
            yield comparison.unchecked(CARRIED, tr("结转表的一行，说明中有名称，金额没有读出，未核对"), ref)
        else:
            yield comparison.hint(CARRIED, tr("结转表的一行，说明中没有同额的一项"), (ref,))


def _carryover(item: str) -> str:
    return tr("结转 {item}").format(item=item)
