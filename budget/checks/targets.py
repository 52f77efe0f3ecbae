"""Tables of performance targets: their weights, their amounts against the tables, how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks.comparison import CLASH
from budget.checks.context import certain
from budget.checks.narrative.subjects import GENERAL, TOTALS, side
from budget.checks.narrative.text import narrative_text
from budget.checks.projects import ENTITY as ENTITY_TITLE
from budget.checks.projects import lines_total, plan_title, project_ref
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, joined, tr
from budget.model import money
from budget.model.money import number_of, quantity_of
from budget.reading.projects import dossiers
from budget.reading.stated_changes import MORE_IS_BETTER, UNCERTAIN, below_prior
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText
    from budget.checks.rule import Ref
    from budget.model.records import Fact, Indicator, Plan
    from budget.reading.projects import Dossier

WEIGHTS = Check(
    "target_weights",
    N_("绩效目标"),
    N_("权重合计"),
    N_("一张目标表的权重合计为100，或为90（其余10为预算执行率）"),
    hard=False,
    needs=("plans", "indicators"),
)
TOTAL = Check(
    "plan_total",
    N_("绩效目标"),
    N_("年度预算＝财政拨款＋其他资金"),
    N_("目标表的年度预算总额＝财政拨款＋其他资金"),
    hard=True,
    needs=("plans",),
)
PROJECT = Check(
    "plan_of_project",
    N_("绩效目标"),
    N_("目标表资金＝项目支出表＋结转表"),
    N_("项目目标表的财政拨款＝项目支出表（可加结转表财政拨款），其他资金＝结转表非财政拨款；名称只是相近时为提示"),
    hard=True,
    needs=("plans", "cells"),
)
ENTITY = Check(
    "plan_of_body",
    N_("绩效目标"),
    N_("整体目标资金＝收支总计"),
    N_("整体绩效目标表的各项资金之和＝收支总表总计；等于所说的较小范围时提示口径不同"),
    hard=False,
    needs=("plans", "cells"),
)
COUNT = Check(
    "plan_count",
    N_("绩效目标"),
    N_("自述项目数＝目标表数"),
    N_("预算绩效情况所说的项目个数＝项目目标表的张数；另行公开的可以不计"),
    hard=False,
    needs=("plans", "facts"),
)
STATED = Check(
    "plan_amount",
    N_("绩效目标"),
    N_("自述项目资金＝目标表之和"),
    N_("预算绩效情况所说的财政拨款项目、非财政拨款项目金额＝各项目目标表之和；另行公开的可以加上"),
    hard=False,
    needs=("plans", "facts"),
)
PRIOR = Check(
    "target_below_prior",
    N_("绩效目标"),
    N_("目标不低于上年完成值"),
    N_("越高越好（≥）的指标，目标值不低于单位相同的上年完成值"),
    hard=False,
    needs=("indicators",),
)
OPERATOR = Check(
    "target_operator",
    N_("绩效目标"),
    N_("符号合乎指标含义"),
    N_("完成率、覆盖率、满意度等越高越好的比率不用“≤”或“＜”"),
    hard=False,
    needs=("indicators",),
)
SCALE = Check(
    "target_scale",
    N_("绩效目标"),
    N_("人数与项目说明同一量级"),
    N_("目标的人数与项目说明中的人数不相差整十倍"),
    hard=False,
    needs=("indicators", "projects"),
)
CHECKS = (WEIGHTS, TOTAL, PROJECT, ENTITY, COUNT, STATED, PRIOR, OPERATOR, SCALE)

_SUMS = frozenset({90, 100})
_HEAD = 40
"""Lines that the head of a table of targets takes at most, where a cell is a line."""


_KEPT, _KEPT_OWN = "carryover.appropriation", "carryover.own"


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """Findings on tables of targets and on their indicators."""
    yield from _tables(context)
    yield from _indicators(context)


def _tables(context: CheckContext) -> Iterator[Finding]:
    own = narrative_text(context)
    for plan in own.records.plans:
        yield from _weights(own, plan)
        yield from _total(own, plan)
        if plan.scope == "entity":
            yield from _entity(context, own, plan)
    projects = list(_projects(context, own))
    yield from projects
    counts = list(_count(own))
    yield from counts
    # one difference is told once: sums are compared where their members agree
    differing = {Outcome.DISCREPANCY, Outcome.HINT}
    yield from _stated(own, sure=not any(one.outcome in differing for one in (*projects, *counts)))


def plan_ref(own: NarrativeText, plan: Plan, label: str, fen: int | None) -> Ref:
    """Where a table of targets prints an amount, else where it begins."""
    first = next((one.line for one in own.records.indicators if one.plan == plan.number), plan.line + _HEAD)
    printed = "" if fen is None else comparison.wan_digits(fen)
    bare = printed.replace(",", "")
    place = own.find(printed, plan.line, max(first, plan.line + 1))
    if place.line == plan.line and bare != printed:
        place = own.find(bare, plan.line, max(first, plan.line + 1))
    whole = tr("{plan} {amount}").format(plan=plan_title(plan), amount=label)
    return own.ref("plans", whole, printed, place, fen)


def _weights(own: NarrativeText, plan: Plan) -> Iterator[Finding]:
    rows = [one for one in own.records.indicators if one.plan == plan.number]
    if not rows:
        return
    title = plan.project or tr(ENTITY_TITLE)
    ref = own.ref("plans", plan_title(plan), "", (plan.line, plan.page))
    weights: list[Decimal | None] = [number_of(one.weight.rstrip("%％分")) for one in rows]
    if None in weights or any(one.status == UNCERTAIN for one in rows):
        yield comparison.unchecked(WEIGHTS, tr("{plan}：有权重没有读出，合计未核对").format(plan=title), ref)
        return
    total = sum(weight for weight in weights if weight is not None)
    if total in _SUMS:
        yield comparison.fine(WEIGHTS, tr("{plan}：权重合计{total}").format(plan=title, total=total), ref)
        return
    refs = (ref, *(own.ref("indicators", one.level3, one.weight, (one.line, one.page)) for one in rows))
    message = tr("{plan}：权重合计{total}，不是90或100，请核对").format(plan=title, total=total)
    yield comparison.hint(WEIGHTS, message, refs, str(total), tr("90或100"))


def _total(own: NarrativeText, plan: Plan) -> Iterator[Finding]:
    if plan.total_fen is None or plan.appropriation_fen is None:
        return
    parts = plan.appropriation_fen + (plan.other_fen or 0)
    refs = (
        plan_ref(own, plan, tr("年度预算总额"), plan.total_fen),
        plan_ref(own, plan, tr("财政拨款"), plan.appropriation_fen),
        plan_ref(own, plan, tr("其他资金"), plan.other_fen),
    )
    tolerance = money.tolerance(2, plan.half_unit)
    subject = tr("{project}年度预算与其两部分").format(project=plan.project or tr("整体"))
    yield comparison.amounts(TOTAL, plan.total_fen, parts, tolerance, refs, subject)


def _entity(context: CheckContext, own: NarrativeText, plan: Plan) -> Iterator[Finding]:
    parts = [one for one in (plan.upper_level_fen, plan.own_level_fen, plan.other_fen) if one is not None]
    amount = sum(parts) if parts else plan.total_fen
    whole = side(context, TOTALS)
    if amount is None or whole is None or not whole.certain:
        return
    shown = next((one for one in (plan.own_level_fen, plan.total_fen, plan.other_fen) if one), amount)
    refs = (plan_ref(own, plan, tr("资金"), shown), *whole.refs)
    tolerance = money.tolerance(len(parts), plan.half_unit)
    found = comparison.amounts(ENTITY, amount, whole.fen, tolerance, refs, tr("整体绩效目标资金与收支总计"))
    if found.outcome is not Outcome.HINT:
        yield found
        return
    general = side(context, GENERAL)
    stated = own.facts("performance_summary").get("overall_amount")
    more: list[Ref] = []
    message = tr("整体绩效目标资金{amount}，收支总计{total}")
    clauses = [message.format(amount=comparison.wan(amount), total=comparison.wan(whole.fen))]
    if stated is not None and stated.amount_fen == amount:
        more.append(_fact_ref(own, stated, tr("整体目标金额")))
        clauses.append(tr("与自述的整体目标金额相同"))
    if general is not None and general.fen == amount:
        more += general.refs
        clauses.append(tr("等于一般公共预算支出，可能口径不同"))
    message = comparison.ended(joined([*clauses, tr(comparison.LOOK)], "，"))
    yield found._replace(message=message, refs=(*refs, *more))


def _projects(context: CheckContext, own: NarrativeText) -> Iterator[Finding]:
    found = dossiers(context.sheets)
    for plan in own.records.plans:
        sharing = [dossier for dossier in found if dossier.plan is plan]
        mine = [dossier for dossier in sharing if not dossier.shared]
        if plan.scope == "project" and plan.project:
            yield _project(context, own, plan, mine, sharing)


def _project(
    context: CheckContext, own: NarrativeText, plan: Plan, mine: Sequence[Dossier], sharing: Sequence[Dossier]
) -> Finding:
    ref = plan_ref(own, plan, tr("财政拨款"), plan.appropriation_fen)
    totals = [lines_total(context, dossier) for dossier in sharing]
    carried = [fact for dossier in mine for row in dossier.carried for fact in context.of_row(row)]
    if None in totals or not certain(carried):
        message = tr("{project}：项目支出表或结转表的数不确定，未核对").format(project=plan.project)
        return comparison.unchecked(PROJECT, message, ref)
    if not any(dossier.lines for dossier in sharing) and not carried:
        message = tr("{project}：项目支出表、结转表中没有找到这个项目，未核对").format(project=plan.project)
        return comparison.unchecked(PROJECT, message, ref)
    own_total = sum(total[0] for total, one in zip(totals, sharing, strict=True) if total and one in mine)
    all_total = sum(total[0] for total in totals if total)
    kept = {
        fund: sum(fact.amount_fen for fact in carried if fact.coordinates.fund == fund and not fact.coordinates.kind)
        for fund in (_KEPT, _KEPT_OWN)
    }
    appropriation, other = plan.appropriation_fen or 0, plan.other_fen or 0
    wanted = {base + extra for base in (own_total, all_total) for extra in (0, kept[_KEPT])}
    addends = sum(len(total[1]) for total in totals if total) + 1
    tolerance = money.tolerance(addends, plan.half_unit)
    first = any(abs(appropriation - amount) <= tolerance for amount in wanted)
    second = other in {0, kept[_KEPT_OWN]}
    refs = (
        ref,
        plan_ref(own, plan, tr("其他资金"), plan.other_fen),
        *(context.words.ref(fact) for total in totals if total for fact in total[1]),
        *(context.words.ref(fact) for fact in carried if fact.coordinates.fund == "carryover"),
    )
    if first and second:
        message = tr("{project}：目标表的资金与项目支出表、结转表一致").format(project=plan.project)
        return comparison.fine(PROJECT, message, *refs)
    if first:  # funds of the unit itself stand in no table by projects
        message = tr("{project}：其他资金{amount}没有可以核对的表")
        message = message.format(project=plan.project, amount=comparison.wan(other))
        return comparison.unchecked(PROJECT, message, *refs)
    exact = any(plan.project == dossier.name for dossier in mine)
    message = tr(
        "{project}：目标表财政拨款{appropriation}、其他资金{other}；"
        "项目支出表为{table}，结转表财政拨款{carried}、非财政拨款{rest}，{end}"
    ).format(
        project=plan.project,
        appropriation=comparison.wan(appropriation),
        other=comparison.wan(other),
        table=comparison.wan(own_total),
        carried=comparison.wan(kept[_KEPT]),
        rest=comparison.wan(kept[_KEPT_OWN]),
        end=tr(CLASH) if exact else tr("名称相近，请核对"),
    )
    outcome = Outcome.DISCREPANCY if exact else Outcome.HINT
    sides = (appropriation, own_total)
    return context.doubted(comparison.made(PROJECT, outcome, message, refs, fen=sides, tolerance=tolerance))


def _count(own: NarrativeText) -> Iterator[Finding]:
    facts = own.facts("performance_summary")
    plans = [plan for plan in own.records.plans if plan.scope == "project"]
    used = [facts[key] for key in ("projects_total",) if key in facts] or [
        facts[key] for key in ("fiscal_projects", "non_fiscal_projects") if key in facts
    ]
    numbers = [number for fact in used if (number := number_of(fact.value)) is not None]
    if not plans or not used or len(numbers) < len(used):
        return
    later = facts.get("upper_transfer_projects")
    elsewhere = number_of(later.value) or 0 if later else 0
    stated = sum(numbers)
    refs = (
        *(_fact_ref(own, fact, tr("自述项目数")) for fact in used),
        *(own.ref("plans", plan_title(plan), "", (plan.line, plan.page)) for plan in plans),
    )
    if len(plans) in {stated, stated - elsewhere}:
        message = tr("自述项目{stated}个，项目目标表{number}张").format(stated=stated, number=len(plans))
        yield comparison.fine(COUNT, message, *refs)
        return
    message = tr("自述项目{stated}个，项目目标表{number}张")
    message = message.format(stated=tr("＋").join(fact.value for fact in used), number=len(plans))
    only_other = joined(plan.project for plan in plans if plan.other_fen and not plan.appropriation_fen)
    if only_other:
        message += tr("；其中{projects}只有其他资金").format(projects=only_other)
    message = joined((message, tr(comparison.LOOK)), "，")
    yield comparison.hint(COUNT, message, refs, tr("{}个").format(stated), tr("{}张").format(len(plans)))


def _stated(own: NarrativeText, *, sure: bool) -> Iterator[Finding]:
    facts = own.facts("performance_summary")
    plans = [plan for plan in own.records.plans if plan.scope == "project"]
    later = facts.get("upper_transfer_amount")
    for key, title, amounts in (
        ("fiscal_amount", tr("财政拨款项目金额"), [plan.appropriation_fen for plan in plans]),
        ("non_fiscal_amount", tr("非财政拨款项目金额"), [plan.other_fen for plan in plans]),
    ):
        fact = facts.get(key)
        if fact is None or fact.amount_fen is None or not plans:
            continue
        refs = (
            _fact_ref(own, fact, title),
            *(own.ref("plans", plan.project, "", (plan.line, plan.page)) for plan in plans),
        )
        if not sure:
            message = tr("{amount}：目标表的张数或资金已有出入，合计未再核对").format(amount=title)
            yield comparison.unchecked(STATED, message, *refs)
            continue
        total = sum(amount or 0 for amount in amounts)
        if key == "fiscal_amount" and later is not None and fact.amount_fen == total + (later.amount_fen or 0):
            total = fact.amount_fen  # those whose targets are published elsewhere are included
        tolerance = money.tolerance(len(plans), fact.half_unit)
        subject = tr("{amount}（自述，目标表之和）").format(amount=title)
        yield comparison.amounts(STATED, fact.amount_fen, total, tolerance, refs, subject)


def _fact_ref(own: NarrativeText, fact: Fact, label: str) -> Ref:
    return own.ref("facts", label, f"{fact.value}{fact.unit}", (fact.line, fact.page), fact.amount_fen)


_MORE = lazy_pattern(
    r"(?:完成|覆盖|执行|合格|及时|到位|知晓|参保|达标|办结|出勤|保障|结算|使用|整改|普及|就业|运行|公开|满意)率|满意度"
)
_LESS = frozenset({"<", "<="})
_PERSONS = lazy_pattern(r"(?<!\d)(?<!\d[,.])(\d[\d,]{0,24}(?:\.\d{1,9})?)(万)?(?:余|多)?人(?!次|民|均)")
_WAN = 10_000
_SAME_SCALE = 3
"""Percent by which two counts may differ from an exact power of ten."""


def _indicators(context: CheckContext) -> Iterator[Finding]:
    """Findings on single indicators."""
    own = narrative_text(context)
    for one in own.records.indicators:
        yield from _prior(own, one)
        yield from _operator(own, one)
    for dossier in dossiers(context.sheets):
        if not dossier.shared:
            yield from _scale(own, dossier)


def indicator_ref(own: NarrativeText, one: Indicator, text: str) -> Ref:
    """Where an indicator stands."""
    title = one.project or tr(ENTITY_TITLE)
    label = tr("目标 {title} {indicator}").format(title=title, indicator=one.level3)
    return own.ref("indicators", label, text, (one.line, one.page))


def _prior(own: NarrativeText, one: Indicator) -> Iterator[Finding]:
    prior = quantity_of(one.prior_value.removeprefix("="))
    if one.operator not in MORE_IS_BETTER or prior is None or number_of(one.target_value) is None:
        return
    refs = (indicator_ref(own, one, one.target), indicator_ref(own, one, one.prior_value))
    if one.status == UNCERTAIN or prior.unit != one.target_unit:
        message = tr("{indicator}：目标与上年完成值单位不同或读数存疑，未比较").format(indicator=one.level3)
        yield comparison.unchecked(PRIOR, message, *refs)
    elif below_prior(one):
        message = tr("{indicator}：目标{target}，上年完成{prior}，低于上年").format(
            indicator=one.level3, target=one.target, prior=one.prior_value
        )
        yield comparison.hint(PRIOR, message, refs, one.target, one.prior_value)
    else:
        yield comparison.fine(PRIOR, tr("{indicator}：目标不低于上年完成值").format(indicator=one.level3), *refs)


def _operator(own: NarrativeText, one: Indicator) -> Iterator[Finding]:
    if not _MORE.search(one.level3) or not one.operator or one.target_unit not in {"%", "％"}:
        return
    ref = indicator_ref(own, one, one.target)
    if one.status == UNCERTAIN:
        yield comparison.unchecked(OPERATOR, tr("{indicator}：读数存疑，符号未核对").format(indicator=one.level3), ref)
    elif one.operator in _LESS:
        message = tr("{indicator}：写作“{target}”，符号可能用反，请核对")
        message = message.format(indicator=one.level3, target=one.target)
        yield comparison.hint(OPERATOR, message, (ref,), one.target)
    else:
        message = tr("{indicator}：{target}").format(indicator=one.level3, target=one.target)
        yield comparison.fine(OPERATOR, message, ref)


def _scale(own: NarrativeText, dossier: Dossier) -> Iterator[Finding]:
    told: list[tuple[Decimal, Ref]] = [
        (count, project_ref(own, project, found.group()))
        for project in dossier.described
        for text in (project.recipients, project.standard, project.overview, project.benefits)
        for found in _PERSONS.finditer("".join(text.split()))
        if (count := _scaled(found[1], found[2])) is not None and count >= _WAN
    ]
    for one in dossier.indicators if told else ():
        wanted = _scaled(one.target_value, "万" if one.target_unit == "万人" else None)
        if one.target_unit not in {"人", "万人"} or wanted is None or wanted < _WAN or one.status == UNCERTAIN:
            continue
        ref = indicator_ref(own, one, one.target)
        other = next((place for count, place in told if _power_of_ten(wanted, count)), None)
        if other is None or any(_near(wanted, count) for count, _ in told):
            continue
        message = tr("{indicator}：目标{target}，项目说明为{described}，量级不同，请核对").format(
            indicator=one.level3, target=one.target, described=other.text
        )
        yield comparison.hint(SCALE, message, (ref, other), one.target, other.text)


def _scaled(number: str, wan: str | None) -> Decimal | None:
    found = number_of(number)
    return None if found is None else found * (_WAN if wan else 1)


def _power_of_ten(left: Decimal, right: Decimal) -> bool:
    """Whether two counts differ by a factor of 10, 100, ..., within a few percent."""
    high, low = max(left, right), min(left, right)
    while low * 5 <= high:
        low *= 10
        if _near(low, high):
            return True
    return False


def _near(left: Decimal, right: Decimal) -> bool:
    return 100 * abs(left - right) <= _SAME_SCALE * max(left, right)
