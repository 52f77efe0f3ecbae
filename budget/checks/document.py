"""The document as such: years in titles and plans, unit wording, broken numbers, amounts in a doubtful unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks.comparison import CLASH
from budget.checks.narrative.text import narrative_text
from budget.checks.projects import plan_title, project_ref
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, joined, tr
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText
    from budget.checks.rule import Ref
    from budget.model.records import Allocation

TITLES = Check(
    "title_year",
    N_("文件"),
    N_("标题中的年度"),
    N_("各表、各节标题和绩效目标表的年度＝预算年度；说上年、决算、结转的除外"),
    hard=False,
    needs=("statements", "passages", "plans"),
)
YEARS = Check(
    "text_year",
    N_("文件"),
    N_("正文中的年度"),
    N_("预计、拟、计划之后和预算数之前的年度不早于预算年度"),
    hard=False,
    needs=("passages",),
)
WORDING = Check(
    "edition_wording",
    N_("文件"),
    N_("部门与单位的用语"),
    N_("一份文件的表名统一用部门或单位"),
    hard=False,
    needs=("statements",),
)
NUMBERS = Check(
    "number_form",
    N_("文件"),
    N_("数字的写法"),
    N_("没有连续的小数点、百分号或逗号，如1..75、95%%"),
    hard=False,
    needs=("passages",),
)
UNITS = Check(
    "amount_unit",
    N_("文件"),
    N_("金额的单位"),
    N_("项目资金分配的金额与项目规模用同一单位时才相合的，单位可能有误"),
    hard=True,
    needs=("projects", "allocations"),
)
CHECKS = (TITLES, YEARS, WORDING, NUMBERS, UNITS)

_YEAR = lazy_pattern(r"(?<!\d)(20\d{2})年")
_OTHER_YEARS = lazy_pattern(
    "上年|上一年|决算|结转|截至|比较|对比|执行情况|限额|余额|回顾|规划|《|通知|文件|办法|项目名称"
)
_TITLE = lazy_pattern("预算|绩效目标|收支|经费")
_PLANNED = lazy_pattern(r"(?:预计|拟|计划)(20\d{2})年(?![底末度]?(?:结[转余]|年?底|末))")
_BUDGETED = lazy_pattern(r"(?<![比较同与于上])(20\d{2})年(?:年初)?预算数?为?(?=\d)")
_BROKEN = lazy_pattern(r"(?<!\d)(?:\d+\.{2,}\d+|\d+(?:\.\d+)?[%％]{2,}|\d+[,，]{2,}\d+)")
_SUSPECT = lazy_pattern(r"\.\.|[%％]{2}|[,，]{2}")
_EDITION = lazy_pattern(r"部门|单位")
_PLAN_LINES = 4
_QUOTED = 200
"""Characters in which the beginning of a quoted title is looked for."""
_YUAN_IN_WAN = 10_000


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """Findings on the document as such."""
    own = narrative_text(context)
    year = context.head.fiscal_year
    if year is None:
        yield comparison.unchecked(TITLES, tr("没有读出预算年度，年度未核对"))
    else:
        yield from _titles(context, own, year)
        yield from _years(own, year)
    yield from _wording(context)
    for line, page, _, text in own.lines:
        for found in _BROKEN.finditer(text) if _SUSPECT.search(text) else ():
            ref = own.ref("passages", tr("正文"), found.group(), (line, page))
            message = tr("“{number}”的写法可能有误，请核对").format(number=found.group())
            yield comparison.hint(NUMBERS, message, (ref,), found.group())
    yield from _units(own)


def _titles(context: CheckContext, own: NarrativeText, year: int) -> Iterator[Finding]:
    titled: list[tuple[str, Ref]] = [
        (table.title, context.words.table_ref(number)._replace(text=table.title))
        for number, table in context.tables.items()
    ]
    seen: set[str] = {""}
    last = ""
    for line, page, heading, _ in own.lines:
        parts = heading.split(" › ") if heading != last else ()
        last = heading
        for part in parts:
            if part not in seen and len(part) < 60 and _TITLE.search(part):  # noqa: PLR2004 - a title, no sentence
                titled.append((part, own.ref("passages", tr("标题"), part, (line, page))))
            seen.add(part)
    for plan in own.records.plans:
        text = own.text(plan.line, plan.line + _PLAN_LINES)[:40]
        if found := re.search(r"[（(](20\d{2})年度?[）)]", text):
            label = plan_title(plan)
            titled.append((found.group(), own.ref("plans", label, found.group(), own.find(found.group(), plan.line))))
    wrong = [(text, ref) for text, ref in titled if _other_year(text, year)]
    for text, ref in wrong:
        message = tr("标题“{title}”的年度不是{year}年，请核对").format(title=text[:30], year=year)
        yield comparison.hint(TITLES, message, (ref,), text, tr("{}年").format(year))
    if not wrong:
        yield comparison.fine(TITLES, tr("标题中的年度都是{year}年").format(year=year))


def _other_year(text: str, year: int) -> bool:
    years = {int(found) for found in _YEAR.findall(text)}
    return bool(years) and year not in years and not _OTHER_YEARS.search(text)


def _years(own: NarrativeText, year: int) -> Iterator[Finding]:
    for stretch in own.stretches:
        for pattern in (_PLANNED, _BUDGETED):
            for found in pattern.finditer(stretch.text):
                before = stretch.text[max(found.start() - _QUOTED, 0) : found.start()]
                if int(found[1]) >= year or before.count("《") > before.count("》"):
                    continue
                place = stretch.place(found.start(1))
                quote = stretch.text[found.start() : found.end() + 8]
                ref = own.ref("passages", tr("正文"), f"{found[1]}年", place)  # as printed
                message = tr("{year}年预算的文字写作“{quote}”，请核对").format(year=year, quote=found.group())
                yield comparison.hint(YEARS, message, (ref,), quote, tr("{}年").format(year))


def _wording(context: CheckContext) -> Iterator[Finding]:
    used: dict[str, list[Ref]] = {}
    for number, table in context.tables.items():
        if found := _EDITION.search(table.title):
            used.setdefault(found.group(), []).append(context.words.table_ref(number)._replace(text=table.title))
    if len(used) > 1:
        fewer, more = sorted(used, key=lambda word: len(used[word]))
        message = tr("{many}张表的表名用“{more}”，{few}张用“{fewer}”，请核对").format(
            many=len(used[more]), more=more, few=len(used[fewer]), fewer=fewer
        )
        yield comparison.hint(WORDING, message, (*used[fewer], *used[more]), fewer, more)
    elif used:
        yield comparison.fine(WORDING, tr("表名统一用“{word}”").format(word=next(iter(used))))


def _units(own: NarrativeText) -> Iterator[Finding]:
    for part in own.records.allocations:
        if "unit_doubtful" not in part.flags or part.amount_fen is None:
            continue
        ref = own.ref(
            "allocations", f"{part.project} {part.item}", part.printed, (part.line, part.page), part.amount_fen
        )
        project = next((one for one in own.records.projects if one.number == part.project_number), None)
        if project is None or project.amount_fen is None:
            message = tr("{project}：{amount}的单位存疑，没有规模可以核对")
            yield comparison.unchecked(UNITS, message.format(project=part.project, amount=part.printed), ref)
            continue
        refs = (ref, project_ref(own, project, project.printed, project.amount_fen))
        fits = _rest(own, part, project.amount_fen) == part.amount_fen * _YUAN_IN_WAN
        message = tr("{project}：资金分配写作{part}，安排规模为{amount}，单位可能有误").format(
            project=part.project, part=part.printed, amount=project.printed
        )
        if fits:
            message = joined((message, tr(CLASH)), "，")
        outcome = Outcome.DISCREPANCY if fits else Outcome.HINT
        yield comparison.made(UNITS, outcome, message, refs, fen=(part.amount_fen, project.amount_fen))


def _rest(own: NarrativeText, part: Allocation, amount: int) -> int:
    """What the other parts leave of a project's amount."""
    others = (one for one in own.records.allocations if one.project_number == part.project_number and one is not part)
    return amount - sum(one.amount_fen or 0 for one in others)
