"""Projects: their parts, the project table, their dates, and whether each is described and has targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks.context import certain
from budget.checks.narrative.subjects import at, side
from budget.checks.narrative.text import narrative_text
from budget.checks.rule import Check, Finding
from budget.i18n.language import N_, day, tr
from budget.model import money
from budget.model.money import number_of
from budget.reading.projects import dossiers
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText
    from budget.checks.rule import Ref
    from budget.model.facts import Fact
    from budget.model.records import Indicator, Plan, Project
    from budget.reading.projects import Dossier

ALLOCATIONS = Check(
    "project_parts",
    N_("项目"),
    N_("资金分配之和＝安排规模"),
    N_("项目说明中资金分配各项之和＝预算安排规模；列出的少于总数、或有一项大于总数时为提示"),
    hard=True,
    needs=("projects", "allocations"),
)
TABLE = Check(
    "project_total",
    N_("项目"),
    N_("说明的规模＝项目支出表"),
    N_("项目说明中的预算安排规模＝项目支出表该项目各行之和；名称只是相近时为提示"),
    hard=True,
    needs=("projects", "cells"),
)
TOLD = Check(
    "project_described",
    N_("项目"),
    N_("项目支出表的项目都有说明"),
    N_("项目支出表的每个项目在说明中都有一段，说明中的项目在项目支出表中都有"),
    hard=False,
    needs=("projects", "cells"),
)
PERIOD = Check(
    "project_period",
    N_("项目"),
    N_("执行时间在本年"),
    N_("预算年度在资金执行时间的起止年份之间"),
    hard=False,
    needs=("projects",),
)
END = Check(
    "project_end",
    N_("项目"),
    N_("执行时间与完成时间"),
    N_("绩效目标表的项目完成时间不晚于资金执行时间"),
    hard=False,
    needs=("projects", "indicators"),
)
TARGETS = Check(
    "project_targets",
    N_("项目"),
    N_("每个项目有绩效目标表"),
    N_("项目支出表的每个项目有一张绩效目标表；写明另行公开的除外"),
    hard=False,
    needs=("plans", "cells"),
)
ITEMS = Check(
    "item_in_projects",
    N_("项目"),
    N_("项目中列有“三公”性质支出，而“三公”表只等于基本支出部分"),
    N_("项目资金分配中有出国、接待、公车支出时，“三公”表对应项目通常大于基本支出的对应科目"),
    hard=False,
    needs=("allocations", "cells"),
)
CHECKS = (ALLOCATIONS, TABLE, TOLD, PERIOD, END, TARGETS, ITEMS)
ENTITY = N_("整体绩效目标")
"""What the targets of the whole body are called."""

_UNCLEAR = frozenset({"unit_doubtful", "number_broken", "no_unit", "amount_unread", "no_amount", "repeated_amount"})
_COMPLETED = lazy_pattern(r"(?:项目|工程|任务|完成)[^，。]{0,4}(?:完成|完工|截止)?(?:时间|时限|期限|日期)")
_DATE = lazy_pattern(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_LAST_DAY = 31
_LONGEST = 300
"""Lines of the description of the last project, at most."""


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """Findings on projects."""
    own = narrative_text(context)
    found = dossiers(context.sheets)
    for project in own.records.projects:
        yield from _parts(own, project)
        yield from _period(context, own, project)
    for dossier in found:
        yield from _table(context, own, dossier)
        yield from _end(own, dossier)
    yield from _targets(context, own, found)
    yield from _items(context, own)


def lines_total(context: CheckContext, dossier: Dossier) -> tuple[int, tuple[Fact, ...]] | None:
    """What the project table prints for a project, over all its lines; None where a figure is missing or uncertain."""
    found = tuple(fact for row in dossier.lines if (fact := context.total_of(row)) is not None)
    if len(found) < len(dossier.lines) or not certain(found):
        return None
    return sum(fact.amount_fen for fact in found), found


def project_ref(own: NarrativeText, project: Project, text: str, fen: int | None = None) -> Ref:
    """Where the description of a project says something."""
    later = [other.line for other in own.records.projects if other.line > project.line]
    place = own.find(text, project.line, min(later, default=project.line + _LONGEST))
    return own.ref("projects", tr("项目 {name}").format(name=project.name), text, place, fen)


def plan_title(plan: Plan) -> str:
    """What a table of targets is called."""
    return tr("目标表 {title}").format(title=plan.project or tr(ENTITY))


def _parts(own: NarrativeText, project: Project) -> Iterator[Finding]:
    parts = [part for part in own.records.allocations if part.project_number == project.number]
    if not parts:
        return
    ref = project_ref(own, project, project.printed, project.amount_fen)
    refs = (
        ref,
        *(
            own.ref("allocations", f"{project.name} {part.item}", part.printed, (part.line, part.page), part.amount_fen)
            for part in parts
        ),
    )
    flags = {*project.flags, *(flag for part in parts for flag in part.flags)}
    amounts = [part.amount_fen for part in parts if part.amount_fen is not None]
    if project.amount_fen is None or len(amounts) < len(parts) or flags & _UNCLEAR:
        why = tr("没有印规模") if project.amount_fen is None else tr("有金额未读出或单位存疑")
        message = tr("{project}：{why}，资金分配之和未核对").format(project=project.name, why=why)
        yield comparison.unchecked(ALLOCATIONS, message, *refs)
        return
    halves = {part.half_unit for part in parts} | {project.half_unit}
    tolerance = money.tolerance(len(parts), min(halves))
    # parts that are left out, or a part that may be no part: the whole cost of a work of several years
    less = sum(amounts) < project.amount_fen or "exceeds_project" in flags
    subject = tr("{project}的资金分配之和与规模").format(project=project.name)
    yield comparison.amounts(ALLOCATIONS, sum(amounts), project.amount_fen, tolerance, refs, subject, soft=less)


def _table(context: CheckContext, own: NarrativeText, dossier: Dossier) -> Iterator[Finding]:
    if not own.records.projects or not any(fact.coordinates.project for fact in context.facts):
        return
    if not dossier.described:
        if dossier.lines:
            refs = tuple(context.line_ref(row) for row in dossier.lines)
            message = tr("项目支出表有项目“{project}”，说明中没有这个项目").format(project=dossier.name)
            yield comparison.hint(TOLD, message, refs)
        return
    project = dossier.described[0]
    ref = project_ref(own, project, project.printed, project.amount_fen)
    if not dossier.lines:
        message = tr("说明有项目“{project}”，项目支出表中没有这个项目").format(project=project.name)
        yield comparison.hint(TOLD, message, (ref,))
        return
    total = lines_total(context, dossier)
    amounts = [one.amount_fen for one in dossier.described if one.amount_fen is not None]
    flags = {flag for one in dossier.described for flag in one.flags}
    if total is None or len(amounts) < len(dossier.described) or flags & _UNCLEAR:
        message = tr("{project}：规模或项目支出表的数不确定，未核对").format(project=project.name)
        yield comparison.unchecked(TABLE, message, ref)
        return
    yield comparison.fine(TOLD, tr("{project}：项目支出表和说明都有").format(project=project.name), ref)
    tolerance = money.tolerance(len(total[1]), total[1][0].half_unit)
    refs = (ref, *map(context.words.ref, total[1]))
    near = project.name != dossier.name
    alone = {fact.amount_fen for fact in total[1]} if len(amounts) < len(total[1]) else set()
    if alone.issuperset(amounts):  # one project under several codes, of which not all are described
        yield comparison.fine(TABLE, tr("{project}：规模与项目支出表的一行一致").format(project=project.name), *refs)
        return
    subject = tr("{project}的规模与项目支出表").format(project=project.name)
    found = comparison.amounts(TABLE, sum(amounts), total[0], tolerance, refs, subject, soft=near)
    yield context.doubted(found)


def _period(context: CheckContext, own: NarrativeText, project: Project) -> Iterator[Finding]:
    year = context.head.fiscal_year
    if year is None or not project.period_start or not project.period_end:
        return
    ref = project_ref(own, project, project.period.rstrip("。"))
    if int(project.period_start[:4]) <= year <= int(project.period_end[:4]):
        message = tr("{project}：执行时间在{year}年").format(project=project.name, year=year)
        yield comparison.fine(PERIOD, message, ref)
    else:
        message = tr("{project}：执行时间不在{year}年，请核对").format(project=project.name, year=year)
        yield comparison.hint(PERIOD, message, (ref,), str(year), project.period)


def _end(own: NarrativeText, dossier: Dossier) -> Iterator[Finding]:
    ends = {project.period_end for project in dossier.described if project.period_end}
    if len(ends) != 1 or dossier.shared:
        return
    end, project = ends.pop(), dossier.described[0]
    for one in dossier.indicators:
        date = _date(one)
        if not date:
            continue
        label = tr("目标 {title} {indicator}").format(title=project.name, indicator=one.level3)
        target = own.ref("indicators", label, one.target, (one.line, one.page))
        refs = (project_ref(own, project, project.period.rstrip("。")), target)
        if date <= end:
            message = tr("{project}：完成时间{date}，执行到{end}").format(
                project=project.name, date=day(date), end=day(end)
            )
            yield comparison.fine(END, message, *refs)
        else:
            message = tr("{project}：资金执行到{end}，目标表的完成时间为{date}，请核对")
            message = message.format(project=project.name, date=day(date), end=day(end))
            yield comparison.hint(END, message, refs, day(end), day(date))


def _date(one: Indicator) -> str:
    """The date by which an indicator says that the project is completed, ISO; "" for other indicators."""
    found = _DATE.search(one.target) if _COMPLETED.search(one.level3) and one.status != "uncertain" else None
    if not found:
        return ""
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3] or _LAST_DAY):02d}"


def _targets(context: CheckContext, own: NarrativeText, found: tuple[Dossier, ...]) -> Iterator[Finding]:
    projects = [dossier for dossier in found if dossier.lines]
    if not any(plan.scope == "project" for plan in own.records.plans) or not projects:
        return
    missing = [dossier for dossier in projects if dossier.plan is None]
    later = own.facts("performance_summary").get("upper_transfer_projects")
    elsewhere = number_of(later.value) or 0 if later else 0
    for dossier in missing:
        refs = tuple(context.line_ref(row) for row in dossier.lines)
        if len(missing) <= elsewhere and later:
            place = own.ref("facts", tr("另行公开的项目"), f"{later.value}{later.unit}", (later.line, later.page))
            message = tr("{project}：文字说明目标表另行公开").format(project=dossier.name)
            yield comparison.silent(TARGETS, message, *refs, place)
        else:
            yield comparison.hint(TARGETS, tr("项目“{project}”没有绩效目标表").format(project=dossier.name), refs)
    if not missing:
        yield comparison.fine(TARGETS, tr("项目支出表的{number}个项目都有绩效目标表").format(number=len(projects)))


_ITEM_WORDS = {
    "overseas": ("30212", ("出国",)),
    "reception": ("30217", ("公务接待", "接待费")),
    "vehicle_running": ("30231", ("公务用车运行", "车辆运行", "公车运行")),
    "vehicle_purchase": ("31013", ("公务用车购置", "车辆购置", "公车购置")),
}
"""“三公” items, the economic section that basic expenditure has for them, and words of projects' parts."""


def _items(context: CheckContext, own: NarrativeText) -> Iterator[Finding]:
    """A part of a project for an item, although the “三公” table has only what the basic expenditure has."""
    for item, (section, names) in _ITEM_WORDS.items():
        parts = [
            part
            for part in own.records.allocations
            if part.item and part.amount_fen and any(name in part.item for name in names)
        ]
        funds = ("general_public", "appropriation", "")
        whole = side(context, [at("expenditure", fund, item=item) for fund in funds])
        basic = side(context, [at("expenditure", fund, kind="basic", economic=section) for fund in funds])
        if not parts or whole is None or basic is None or not (whole.certain and basic.certain):
            continue
        if whole.fen == basic.fen:
            refs = [
                own.ref("allocations", part.item, part.printed, (part.line, part.page), part.amount_fen)
                for part in parts
            ]
            message = tr("项目中另有“{part}”，而“三公”表与基本支出的对应科目正好相等：项目部分可能没有计入")
            yield comparison.hint(ITEMS, message.format(part=parts[0].item), (*whole.refs, *basic.refs, *refs))
