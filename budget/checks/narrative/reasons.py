"""Reasons that the narrative gives, checked against the figures they name."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks.narrative.shares import signed
from budget.checks.narrative.subjects import at, side
from budget.checks.narrative.text import narrative_text
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, joined, tr
from budget.model import money
from budget.model.disclosure import MoneyUnit
from budget.model.money import number_of
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from decimal import Decimal

    from budget.checks.context import CheckContext
    from budget.checks.narrative.subjects import FigureSelector
    from budget.checks.narrative.text import NarrativeText
    from budget.checks.rule import Ref
    from budget.model.records import StatedChange

STAFF = Check(
    "reason_staff",
    N_("说明"),
    N_("原因中的增减人数"),
    N_("原因所说的人员增减＝机构人员部分的增减数"),
    hard=False,
    needs=("stated_changes", "facts"),
)
FUNDS = Check(
    "reason_funds",
    N_("说明"),
    N_("原因中的经费增减方向"),
    N_("原因所说的人员经费、公用经费增减，与基本支出表两年之差（没有上年文件时与机关运行经费自述）同向"),
    hard=False,
    needs=("stated_changes", "cells"),
)
KIND = Check(
    "reason_kind",
    N_("说明"),
    N_("原因说的支出类别"),
    N_("两年都没有项目支出的科目，原因不说项目支出增减"),
    hard=False,
    needs=("stated_changes", "cells"),
    baseline=True,
)
OWN = Check(
    "reason_subject",
    N_("说明"),
    N_("原因说的科目和方向"),
    N_("只有一句的原因，说的是本科目，方向与增减相同"),
    hard=False,
    needs=("stated_changes",),
)
INSIDE = Check(
    "reason_amount",
    N_("说明"),
    N_("原因中的金额"),
    N_("原因中某科目的增减额＝该科目自述的增减额"),
    hard=False,
    needs=("stated_changes",),
)
CHECKS = (STAFF, FUNDS, KIND, OWN, INSIDE)

_REASON_LINES = 14
"""Lines in which the rest of a statement and its reason stand."""
_KINDS = {"": "in_service", "在职": "in_service", "退休": "retired", "离休": "li_xiu"}
_WHOSE = {"in_service": N_("在职"), "retired": N_("退休"), "li_xiu": N_("离休")}
_STAFF = (
    lazy_pattern(
        r"(?:(?<=[，。；：、是因年算位局])|^)(?P<move>新增|增加|减少)(?P<kind>在职|退休|离休)?(?:工作)?(?:人员|干部|职工)?"
        r"(?P<number>\d{1,4})[人名](?![次均])"
    ),
    lazy_pattern(
        r"(?P<kind>在职|退休|离休)?人员(?:较上年度?|比上年度?)?(?P<move>新增|增加|减少)(?P<number>\d{1,4})[人名](?![次均])"
    ),
)
_FUNDS = lazy_pattern(
    r"(?P<kinds>(?:人员经费|公用经费)(?:[和、](?:人员经费|公用经费))?)(?:支出|预算)?(?:较上年度?|比上年度?)?(?:有所)?"
    r"(?P<move>增加|减少|增长|下降)"
)
_MEASURES = {N_("人员经费"): "basic.personnel", N_("公用经费"): "basic.operating"}
_PROJECTS = lazy_pattern(r"项目(?:及项目)?(?:资金|支出|经费)(?:预算)?(?:增加|减少)")
_LEAD = lazy_pattern(r"^(?:主要)?(?:原因)?(?:是|为|：|:|由于|因)*(?:[一二三四五六]是)?")
_SINGLE = lazy_pattern(r"(?P<name>[^，。；、]{2,40}?)(?:经费)?(?P<move>增加|减少|保持不变|持平|增长|下降)。*")
_CLAUSE = lazy_pattern(r"[，。；：]")
_INSIDE = lazy_pattern(
    r"(?P<name>[^\d]{3,40}?)(?:较上年度?|比上年度?|比\d{4}年)?(?:财政)?(?:拨款|预算)?(?P<move>增加|减少)"
    r"(?P<amount>\d[\d,]*(?:\.\d+)?(?:万元|亿元|元))"
)
_UP = frozenset({"新增", "增加", "增长"})
_DOWN = frozenset({"减少", "下降"})
_LEVEL = frozenset({"保持不变", "持平"})


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:
    """Findings on reasons; those that need last year's tables only with a baseline."""
    own = narrative_text(context)
    yield from _staff(own)
    yield from _funds(context, baseline, own)
    names = {name_ for name_ in _names(context) if len(name_) > 3}  # noqa: PLR2004 - too short to tell
    for change in own.records.stated_changes:
        if baseline is not None:
            yield from _kind(context, baseline, own, change)
        yield from _single(names, own, change)
    yield from _inside(own)


def reason_ref(own: NarrativeText, change: StatedChange, text: str) -> Ref:
    """Where a reason says something."""
    place = own.find(text, change.line, change.line + _REASON_LINES)
    return own.ref("stated_changes", tr("自述 {subject} 原因").format(subject=own.name(change)), text, place)


def _staff(own: NarrativeText) -> Iterator[Finding]:
    facts = own.facts("staffing")
    places: dict[tuple[str, int], list[Ref]] = defaultdict(list)
    for change in own.records.stated_changes:
        for pattern in _STAFF:
            for found in pattern.finditer(change.reason):
                number = int(found["number"]) * (1 if found["move"] in _UP else -1)
                places[_KINDS[found["kind"] or ""], number].append(reason_ref(own, change, found.group()))
    for (kind, number), mentions in places.items():
        whose, fact = tr(_WHOSE[kind]), facts.get(f"{kind}_change")
        refs = tuple(dict.fromkeys(mentions))  # one mention may fit both patterns
        stated = number_of(fact.value) if fact else None
        if fact is None or stated is None:
            message = tr("原因说{whose}人员{moved}，没有读到机构人员的增减数")
            yield comparison.unchecked(STAFF, message.format(whose=whose, moved=_moved(number)), *refs)
            continue
        label = tr("机构人员 {whose}增减").format(whose=whose)
        ref = own.ref("facts", label, _as_printed(stated), (fact.line, fact.page))
        if stated == number:
            message = tr("{whose}{moved}，与机构人员部分一致").format(whose=whose, moved=_moved(number))
            yield comparison.fine(STAFF, message, ref, *refs)
        else:
            message = tr("机构人员部分写{whose}{stated}，原因写{reason}（{number}处），请核对").format(
                whose=whose, stated=_moved(stated), reason=_moved(number), number=len(refs)
            )
            yield comparison.hint(STAFF, message, (ref, *refs), tr("{}人").format(stated), tr("{}人").format(number))


def _as_printed(number: Decimal) -> str:
    """How documents print a change in staff."""
    return f"减少{-number}人" if number < 0 else f"增加{number}人"


def _moved(number: Decimal | int) -> str:
    return tr("减少{}人").format(-number) if number < 0 else tr("增加{}人").format(number)


def _funds(context: CheckContext, baseline: CheckContext | None, own: NarrativeText) -> Iterator[Finding]:
    places: dict[tuple[str, bool], list[Ref]] = defaultdict(list)
    for change in own.records.stated_changes:
        for found in _FUNDS.finditer(change.reason):
            for kind in re.split("[和、]", found["kinds"]):
                places[kind, found["move"] in _UP].append(reason_ref(own, change, found.group()))
    for (kind, rising), refs in places.items():
        move = _real_move(context, baseline, own, kind)
        template = tr("原因说{kind}增加（{number}处）") if rising else tr("原因说{kind}减少（{number}处）")
        said_ = template.format(kind=tr(kind), number=len(refs))
        if move is None:
            yield comparison.unchecked(FUNDS, joined((said_, tr("没有上年的数可以核对")), "，"), *refs)
            continue
        before, now, evidence = move
        if (now > before) == rising and now != before:
            yield comparison.fine(FUNDS, joined((said_, tr("与数字同向")), "，"), *refs, *evidence)
        else:
            message = tr("{said}，{kind}由{before}变为{now}，请核对").format(
                said=said_, kind=tr(kind), before=comparison.wan(before), now=comparison.wan(now)
            )
            yield comparison.made(FUNDS, Outcome.HINT, message, (*refs, *evidence), fen=(now, before))


def _real_move(
    context: CheckContext, baseline: CheckContext | None, own: NarrativeText, kind: str
) -> tuple[int, int, tuple[Ref, ...]] | None:
    """The amount before and now with where they stand: of both years' tables, else as the text itself says."""
    wanted = tuple(at("expenditure", fund, kind=_MEASURES[kind]) for fund in ("general_public", "appropriation", ""))
    now = side(context, wanted)
    if now is None or not now.certain:
        return None
    if baseline is not None:
        before = side(baseline, wanted)
        return (before.fen, now.fen, (*now.refs, *before.refs)) if before is not None and before.certain else None
    change = next((one for one in own.records.stated_changes if "运行经费" in one.subject), None)
    delta = signed(change) if change and kind == "公用经费" and change.amount_fen == now.fen else None
    if change is None or delta is None:
        return None
    return now.fen - delta, now.fen, (*now.refs, _stated_ref(own, change, delta))


def _stated_ref(own: NarrativeText, change: StatedChange, fen: int | None) -> Ref:
    label = tr("自述 {subject}").format(subject=own.name(change))
    return own.ref("stated_changes", label, change.delta_printed, (change.line, change.page), fen)


def _kind(context: CheckContext, baseline: CheckContext, own: NarrativeText, change: StatedChange) -> Iterator[Finding]:
    found = _PROJECTS.search(change.reason)
    if not found or not change.code or change.subject.count("/") != 2:  # noqa: PLR2004 - only items
        return
    basic = side(context, (_of_kind("basic", change.code),))
    earlier = side(baseline, (_of_kind("basic", change.code),))
    projects = [side(one, (_of_kind("project", change.code),)) for one in (context, baseline)]
    if basic is None or not basic.fen or earlier is None or any(one is not None and one.fen for one in projects):
        return
    message = tr("{subject}两年都只有基本支出，原因说的是项目支出，请核对").format(subject=own.name(change))
    yield comparison.hint(KIND, message, (reason_ref(own, change, found.group()), *basic.refs))


def _of_kind(kind: str, code: str) -> FigureSelector:
    return at("expenditure", "general_public", kind=kind, function=code)


def _names(context: CheckContext) -> set[str]:
    """Names of the functions of the general public budget."""
    return {
        fact.row_path[-1].removeprefix(fact.coordinates.function).strip()
        for fact in context.facts
        if fact.coordinates.fund == "general_public"
        and fact.coordinates.function
        and not fact.coordinates.project
        and fact.row_path
    }


def _single(names: Collection[str], own: NarrativeText, change: StatedChange) -> Iterator[Finding]:
    found = _SINGLE.fullmatch(_LEAD.sub("", change.reason))
    if not found or not change.direction or "/" not in change.subject:
        return
    ref = reason_ref(own, change, found.group())
    mine, bare = own.name(change), change.subject.rpartition("/")[2]
    named = [other for other in names if other in found["name"]]
    if _bare(bare) not in found["name"] and any(other != bare for other in named):
        others = max(named, key=lambda other: (len(other), -found["name"].index(other)))
        message = tr("{subject}的原因说的是“{others}”，请核对").format(subject=mine, others=others)
        yield comparison.hint(OWN, message, (ref,), mine, others)
        return
    opposite = _DOWN if change.direction == "增加" else _UP if change.direction == "减少" else _UP | _DOWN
    level = _LEVEL if change.direction != "持平" else frozenset()
    if found["move"] in opposite or (found["move"] in level and change.delta_fen != 0):
        direction = tr(change.direction)
        message = tr("{subject}比上年{direction}，原因写“{move}”，请核对")
        message = message.format(subject=mine, direction=direction, move=found["move"])
        yield comparison.hint(OWN, message, (ref,), direction, found["move"])
    else:
        yield comparison.fine(OWN, tr("{subject}的原因与增减方向一致").format(subject=mine), ref)


def _inside(own: NarrativeText) -> Iterator[Finding]:
    deltas: dict[str, list[StatedChange]] = defaultdict(list)
    for change in own.records.stated_changes:
        for level in change.subject.split("/")[1:] if change.subject.count("/") == 2 else ():  # noqa: PLR2004
            deltas[_bare(level)].append(change)
    mentions: dict[tuple[str, int, int], list[Ref]] = defaultdict(list)
    for change in own.records.stated_changes:
        for clause in _CLAUSE.split(change.reason):
            found = _INSIDE.search(_LEAD.sub("", clause))
            amount = money.parse(found["amount"], MoneyUnit.WAN) if found else None
            if found and amount and _bare(found["name"]) in deltas:
                fen = amount.fen if found["move"] == "增加" else -amount.fen
                mentions[_bare(found["name"]), fen, amount.half_unit].append(reason_ref(own, change, found.group()))
    for (subject, fen, half), refs in mentions.items():
        items = deltas[subject]
        sections = {one.subject.rpartition("/")[0] for one in items}
        moves = [signed(one) for one in items]
        if len(sections) > 1 or None in moves:
            continue  # one name in several sections, or a change that is not stated
        total = sum(move or 0 for move in moves)
        tolerance = max(
            money.tolerance(len(items), items[0].delta_half_unit), comparison.same(half, items[0].delta_half_unit)
        )
        own_refs = tuple(_stated_ref(own, one, signed(one)) for one in items)
        what = tr("{subject}的增减（原因中，自述）").format(subject=subject)
        result = comparison.amounts(INSIDE, fen, total, tolerance, (*refs, *own_refs), what)
        message = tr("原因中{subject}{reason}，该科目自述{stated}，请核对。")
        message = message.format(subject=subject, reason=_words(fen), stated=_words(total))
        yield result._replace(message=message) if result.outcome is Outcome.HINT else result


def _words(fen: int) -> str:
    template = tr("减少{amount}") if fen < 0 else tr("增加{amount}")
    return template.format(amount=comparison.wan(abs(fen)))


def _bare(text: str) -> str:
    """A name without the words that are left out when it is mentioned."""
    for end in ("经费", "支出"):
        text = text.removesuffix(end)
    return text
