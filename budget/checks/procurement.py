"""Procurement, state assets and staff: sums of their parts, and figures out of scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks.comparison import CLASH
from budget.checks.narrative.subjects import TOTALS, Side, absent, at, side
from budget.checks.narrative.text import narrative_text
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, joined, tr
from budget.model import money
from budget.model.fact_names import fact_title
from budget.model.money import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText
    from budget.checks.rule import Ref
    from budget.model.records import Fact

KINDS = Check(
    "procurement_sum",
    N_("采购与资产"),
    N_("采购＝货物＋工程＋服务"),
    N_("政府采购预算＝货物＋工程＋服务"),
    hard=True,
    needs=("facts",),
)
RESERVED = Check(
    "procurement_reserved",
    N_("采购与资产"),
    N_("小微≤中小≤采购总额"),
    N_("面向小微企业预留的金额不大于面向中小企业的，后者不大于采购总额"),
    hard=True,
    needs=("facts",),
)
VEHICLES = Check(
    "vehicle_sum",
    N_("采购与资产"),
    N_("车辆＝各类之和"),
    N_("车辆的数量和价值＝各类用车之和；没有列出其他用车的，各类之和不大于总数"),
    hard=True,
    needs=("facts",),
)
SCALE = Check(
    "asset_scale",
    N_("采购与资产"),
    N_("资产价值与预算的比例"),
    N_("办公家具价值不超过本年预算总额，其他资产价值不超过其100倍；超过时可能把元印作万元"),
    hard=False,
    needs=("facts", "cells"),
)
LARGE = Check(
    "large_equipment",
    N_("采购与资产"),
    N_("大型设备台数"),
    N_("单价100万元以上的设备台数不多于50万元以上的"),
    hard=False,
    needs=("facts",),
)
CARS = Check(
    "vehicle_purchase",
    N_("采购与资产"),
    N_("购车安排与“三公”经费"),
    N_("“三公”经费有公务用车购置费，就应安排购置车辆，反之亦然；有运行费时车辆数不为0"),
    hard=False,
    needs=("facts", "cells"),
)
PERSONS = Check(
    "staff_posts",
    N_("采购与资产"),
    N_("实有人数与编制"),
    N_("实有人数＝在职，或在职＋退休＋离休；在职人数不超过编制数"),
    hard=False,
    needs=("facts",),
)
CHECKS = (KINDS, RESERVED, VEHICLES, SCALE, LARGE, CARS, PERSONS)

_FURNITURE, _OTHER = 1, 100
"""How many times the year's budget furniture, other assets may be worth."""
_PROCURED = {
    "goods": N_("采购货物"),
    "works": N_("采购工程"),
    "services": N_("采购服务"),
    "sme": N_("面向中小企业"),
    "micro": N_("面向小微企业"),
}
_PARTS = ("goods", "works", "services")
_OTHER_VEHICLES = "other_vehicles"
_VEHICLES = (
    *("ministerial_vehicles", "chief_leader_vehicles", "confidential_communication_vehicles", "emergency_vehicles"),
    *("enforcement_vehicles", "special_technical_vehicles", "retired_cadre_vehicles", "business_vehicles"),
    *("general_vehicles", _OTHER_VEHICLES),
)


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """Findings on procurement, assets and staff."""
    own = narrative_text(context)
    assets = own.facts("assets")
    yield from _procurement(own, own.facts("procurement"))
    yield from _vehicles(own, assets)
    yield from _scale(context, own, assets)
    yield from _large(own, assets)
    yield from _cars(context, own, assets)
    yield from _staff(own, own.facts("staffing"))


def _ref(own: NarrativeText, fact: Fact, label: str) -> Ref:
    place = own.find(f"{fact.value}{fact.unit}", fact.line, fact.line + 2)
    return own.ref("facts", label, f"{fact.value}{fact.unit}", place, fact.amount_fen)


def _procurement(own: NarrativeText, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    total = facts.get("total")
    parts = {key: facts[key] for key in _PARTS if key in facts}
    titles = {key: tr(title) for key, title in _PROCURED.items()}
    if total is None or total.amount_fen is None:
        return
    ref = _ref(own, total, tr("政府采购预算"))
    amounts = [fact.amount_fen for fact in parts.values() if fact.amount_fen is not None]
    if len(amounts) < len(_PARTS):
        missing = [titles[key] for key in _PARTS if key not in parts or parts[key].amount_fen is None]
        yield comparison.unchecked(KINDS, tr("没有找到{parts}的金额").format(parts=joined(missing)), ref)
    else:
        refs = (ref, *(_ref(own, fact, titles[key]) for key, fact in parts.items()))
        half = min(fact.half_unit for fact in (total, *parts.values()))
        tolerance = money.tolerance(len(amounts), half)
        subject = tr("政府采购预算与其三部分之和")
        yield comparison.amounts(KINDS, total.amount_fen, sum(amounts), tolerance, refs, subject)
    for small, large, words in (("sme", "total", tr("采购总额")), ("micro", "sme", titles["sme"])):
        less, more = facts.get(small), facts.get(large)
        if less is None or more is None or less.amount_fen is None or more.amount_fen is None:
            continue
        refs = (_ref(own, less, titles[small]), _ref(own, more, words))
        if less.amount_fen <= more.amount_fen:
            message = tr("{part}不大于{whole}").format(part=titles[small], whole=words)
            yield comparison.fine(RESERVED, message, *refs)
        else:
            message = tr("{part}{less}，大于{whole}{more}").format(
                part=titles[small], less=f"{less.value}{less.unit}", whole=words, more=f"{more.value}{more.unit}"
            )
            yield comparison.clash(RESERVED, message, refs)


def _vehicles(own: NarrativeText, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    for whole, prefix, suffix, words in (
        ("vehicles", "", "", tr("车辆数")),
        ("vehicle_value", "", "_value", tr("车辆价值")),
        ("planned_vehicles", "planned_", "", tr("安排购置车辆数")),
    ):
        total = facts.get(whole)
        keys = [key for key in _VEHICLES if f"{prefix}{key}{suffix}" in facts]
        parts = [facts[f"{prefix}{key}{suffix}"] for key in keys]
        number = number_of(total.value) if total else None
        numbers = [number_of(part.value) for part in parts]
        if total is None or number is None or not parts or None in numbers:
            continue
        refs = (_ref(own, total, words), *(_ref(own, part, fact_title(part.key)) for part in parts))
        listed = sum(one for one in numbers if one is not None)
        yield _sum(number, listed, refs, words, complete=_OTHER_VEHICLES in keys, money_=bool(suffix))


def _sum(
    number: Decimal, listed: Decimal | int, refs: tuple[Ref, ...], words: str, *, complete: bool, money_: bool
) -> Finding:
    halves = (len(refs)) * 5 if money_ else 0  # thousandths: half of 0.01万元 each
    if number == listed or (listed < number and not complete):
        return comparison.fine(VEHICLES, tr("{what}{number}，与各类相符").format(what=words, number=number), *refs)
    outcome = Outcome.ROUNDING if abs(number - listed) * 1000 <= halves else Outcome.DISCREPANCY
    end = comparison.ROUNDED if outcome is Outcome.ROUNDING else CLASH
    message = tr("{what}{number}，各类之和{sum}，{end}").format(what=words, number=number, sum=listed, end=tr(end))
    return comparison.made(VEHICLES, outcome, message, refs, left=str(number), right=str(listed))


def _scale(context: CheckContext, own: NarrativeText, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    budget = side(context, TOTALS)
    if budget is None or not budget.certain or budget.fen <= 0:
        return
    for key, title, times in (
        ("furniture_value", tr("办公家具价值"), _FURNITURE),
        ("other_value", tr("其他资产价值"), _OTHER),
    ):
        fact = facts.get(key)
        if fact is None or fact.amount_fen is None:
            continue
        refs = (_ref(own, fact, title), *budget.refs)
        if fact.amount_fen <= times * budget.fen:
            yield comparison.fine(SCALE, tr("{asset}与预算总额的比例没有异常").format(asset=title), *refs)
            continue
        ratio = fact.amount_fen // budget.fen
        message = tr("{asset}{value}，是本年预算总额的{ratio}倍以上，可能把元印作万元，请核对").format(
            asset=title, value=f"{fact.value}{fact.unit}", ratio=f"{ratio:,}"
        )
        yield comparison.hint(SCALE, message, refs)._replace(left_fen=fact.amount_fen, right_fen=budget.fen)


def _large(own: NarrativeText, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    for prefix in ("large_equipment", "planned_large"):
        some, more = facts.get(f"{prefix}_over_50"), facts.get(f"{prefix}_over_100")
        numbers = [number_of(fact.value) for fact in (some, more) if fact is not None]
        if some is None or more is None or None in numbers:
            continue
        refs = (_ref(own, some, tr("50万元以上设备")), _ref(own, more, tr("100万元以上设备")))
        fifty, hundred = (number for number in numbers if number is not None)
        if hundred <= fifty:
            message = tr("50万元以上{fifty}台，其中100万元以上{hundred}台").format(fifty=fifty, hundred=hundred)
            yield comparison.fine(LARGE, message, *refs)
        else:
            message = tr("100万元以上设备{hundred}台，多于50万元以上的{fifty}台，可能分段统计，请核对")
            message = message.format(fifty=fifty, hundred=hundred)
            yield comparison.hint(LARGE, message, refs, str(hundred), str(fifty))


def _cars(context: CheckContext, own: NarrativeText, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    planned, cars = facts.get("planned_vehicles"), facts.get("vehicles")
    purchase = _item(context, "vehicle_purchase")
    running = _item(context, "vehicle_running")
    if planned is not None and purchase is not None and purchase.certain:
        number = number_of(planned.value)
        buys = number != 0 if number is not None else "未" not in planned.value
        refs = (_ref(own, planned, tr("安排购置车辆")), *purchase.refs)
        if buys == (purchase.fen != 0):
            yield comparison.fine(CARS, tr("购车安排与“三公”经费一致"), *refs)
        else:
            message = tr("购置车辆{planned}，公务用车购置费{amount}，请核对").format(
                planned=f"{planned.value}{planned.unit}", amount=comparison.wan(purchase.fen)
            )
            yield comparison.hint(CARS, message, refs)
    if cars is not None and running is not None and running.certain and running.fen and number_of(cars.value) == 0:
        message = tr("公务用车运行费{amount}，占用使用的车辆为0辆，请核对").format(amount=comparison.wan(running.fen))
        yield comparison.hint(CARS, message, (*running.refs, _ref(own, cars, tr("车辆"))))


def _item(context: CheckContext, item: str) -> Side | None:
    """What the tables print for an item; 0 where they print its whole and nothing for it."""
    wanted = tuple(at("expenditure", fund, item=item) for fund in ("general_public", "appropriation", ""))
    return side(context, wanted) or absent(context, wanted)


def _staff(own: NarrativeText, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    numbers = {key: number for key, fact in facts.items() if (number := number_of(fact.value)) is not None}
    serving, actual, posts = (numbers.get(key) for key in ("in_service", "actual", "approved_posts"))
    if serving is None:
        return
    titles = {"actual": tr("实有人数"), "in_service": tr("在职"), "retired": tr("退休"), "li_xiu": tr("离休")}
    refs = tuple(_ref(own, facts[key], title) for key, title in titles.items() if key in numbers)
    person = tr("{}人")
    if actual is not None:
        every = serving + numbers.get("retired", 0) + numbers.get("li_xiu", 0)
        if actual in {serving, every}:
            yield comparison.fine(PERSONS, tr("实有{actual}人，与在职、退休、离休相符").format(actual=actual), *refs)
        else:
            message = tr("实有{actual}人，在职{serving}人，连同退休、离休{every}人，请核对")
            message = message.format(actual=actual, serving=serving, every=every)
            yield comparison.hint(PERSONS, message, refs, person.format(actual), person.format(every))
    if posts is not None:
        pair = (_ref(own, facts["in_service"], titles["in_service"]), _ref(own, facts["approved_posts"], tr("编制数")))
        if serving <= posts:
            message = tr("在职{serving}人，编制{posts}").format(serving=serving, posts=posts)
            yield comparison.fine(PERSONS, message, *pair)
        else:
            message = tr("在职{serving}人，超过编制{posts}，请核对").format(serving=serving, posts=posts)
            yield comparison.hint(PERSONS, message, pair, person.format(serving), str(posts))
