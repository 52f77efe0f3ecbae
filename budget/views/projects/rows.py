"""The rows that the view of one project is made of: amounts, parts, economic columns, carry-over, terms, targets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, joined, tr
from budget.model.money import decimals_for, format_fen, tolerance
from budget.model.titles import measure_words
from budget.reading.choice import PROJECTS, choose_table
from budget.reading.rows import COMPUTED, Amount, Row
from budget.reading.stated_changes import UNCERTAIN, below_prior
from budget.views.statements.tree import summed
from budget.views.table import Column, ColumnKind
from budget.views.text.stated_changes import flag_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.model.disclosure import MoneyUnit
    from budget.model.records import Allocation, Indicator, Plan, Project
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.projects import Dossier

PART = Column("part", N_("栏目"), ColumnKind.TEXT)
_FIELDS = (
    ("policy_basis", N_("依据")),
    ("executing_unit", N_("单位")),
    ("period", N_("期限")),
    ("overview", N_("概况")),
    ("funding_source", N_("来源")),
    ("recipients", N_("对象")),
    ("standard", N_("标准")),
    ("method", N_("方式")),
    ("procedure", N_("程序")),
    ("benefits", N_("效益")),
)
"""Field of a description -> what the screen calls it."""
_AMOUNT, _PARTS, _ECONOMIC, _CARRYOVER = N_("金额"), N_("构成"), N_("经济分类"), N_("结转")
_GOAL, _TARGET = N_("目标"), N_("指标")
ORDER = (_AMOUNT, _PARTS, _ECONOMIC, _CARRYOVER, *(title for _, title in _FIELDS), _GOAL, _TARGET)
"""The sections of the view in their order, as messages."""
_UNFIT = frozenset({"unit_doubtful", "number_broken", "no_unit"})
"""Flags of a part with which the remainder of a project cannot be computed."""


class Item(NamedTuple):
    """One row: `key` names the same row of the same project in another disclosure."""

    key: str
    part: str
    name: str
    row: Row
    note: str | None = None
    text: str = ""
    """The words that the row is about; "" where it is about an amount."""
    shares: bool = False
    """Whether the amount is a share of the project's."""


def items(one: Dossier, found: OpenDisclosure, unit: MoneyUnit) -> Iterator[Item]:
    """Rows of a project in the order in which they are read."""
    yield from _amounts(one, found, unit)
    yield from _parts(one, unit)
    yield from _economic(one, found)
    yield from _carried(one, found)
    for project in one.described:
        yield from _terms(project)
    yield from _targets(one)


def amount_of(one: Dossier) -> Amount | None:
    """What the project costs: as the project table prints it, else the text; None where neither does."""
    if one.lines:
        return summed(one.lines, one.lines[0].statement, "", ("total",)).amounts.get("total")
    return next((_printed(project) for project in one.described if project.amount_fen is not None), None)


def described_row(one: Dossier | None, measure: str) -> Row | None:
    """A project as the text or its targets have it.

    Its amount is that of this measure; None where there is no project.
    """
    if one is None:
        return None
    said = one.described[0] if one.described else one.plan
    amount = amount_of(one) or _planned(one.plan)
    row = _row(one.name, None, said.line if said else None, said.page if said else None)
    return replace(row, amounts={} if amount is None else {measure: amount})


def _amounts(one: Dossier, found: OpenDisclosure, unit: MoneyUnit) -> Iterator[Item]:
    table = found.reference(choose_table(found, PROJECTS).statement)
    for row in one.lines:
        yield Item(f"amount/{row.code}", _AMOUNT, f"{table} {row.code} {row.name}".strip(), row, shares=True)
    if len(one.lines) > 1:
        total = replace(summed(one.lines, one.lines[0].statement, "", ("total",)), statement="")
        yield Item("amount/sum", _AMOUNT, tr("{0} {1} 行合计").format(table, len(one.lines)), total, shares=True)
    listed = amount_of(one) if one.lines else None
    for project in one.described:
        amount = _printed(project)
        notes = [*flag_words(project.flags), _against(amount, listed, table, unit)]
        row = _row(project.name, amount, project.line, project.page)
        yield Item("amount/text", _AMOUNT, tr("正文自述"), row, _joined(notes), shares=True)
    if one.plan is not None:
        plan = one.plan
        amount = _planned(plan)
        carried = sum(row.fen("total") or 0 for row in one.carried)
        with_carried = None if listed is None else listed._replace(fen=listed.fen + carried)
        includes = amount and listed and carried and amount.fen == listed.fen + carried
        said = tr("{0}加{1}").format(table, found.reference(one.carried[0].statement)) if includes else table
        shared = tr("这张目标表也对应名称更近的项目") if one.shared else ""
        compared = _against(amount, with_carried if includes else listed, said, unit) if not one.shared else ""
        row = _row(plan.project, amount, plan.line, plan.page)
        yield Item("amount/plan", _AMOUNT, tr("绩效目标表"), row, _joined([shared, *flag_words(plan.flags), compared]))


def _parts(one: Dossier, unit: MoneyUnit) -> Iterator[Item]:
    """The parts with their flags in words, and what they leave open of the amount that the text gives."""
    for part in one.allocations:
        words = flag_words(part.flags)
        # in a column of 万元 an amount whose unit is doubted would pass for another one: its note has it as printed
        sure = part.amount_fen is not None and "unit_doubtful" not in part.flags
        amount = Amount(part.amount_fen or 0, part.half_unit) if sure else None
        row = _row(part.project, amount, part.line, part.page)
        said = tr("印作 {0}，{1}").format(part.printed, joined(words, "，")) if words else None
        name = part.item or tr("（没有名目）")
        name = tr("{0}（{1}）").format(name, said) if said and not sure else name
        yield Item(f"part/{part.item}", _PARTS, name, row, said, shares=sure)
    if one.allocations:
        yield from _remainder(one, one.allocations, unit)


def _remainder(one: Dossier, parts: tuple[Allocation, ...], unit: MoneyUnit) -> Iterator[Item]:
    whole = next((_printed(project) for project in one.described if project.amount_fen is not None), amount_of(one))
    if whole is None or any(part.amount_fen is None or _UNFIT & set(part.flags) for part in parts):
        return
    rest = whole.fen - sum(part.amount_fen or 0 for part in parts)
    if rest:
        half = min(whole.half_unit, *(part.half_unit for part in parts))
        small = abs(rest) <= tolerance(len(parts), max(whole.half_unit, *(part.half_unit for part in parts)))
        note = tr("舍入可解释") if small else tr("各部分大于总额") if rest < 0 else None
        row = _row(one.name, Amount(rest, half, COMPUTED), None, None)
        name = tr("未列明（{} − 各部分）").format(format_fen(whole.fen, unit, decimals_for(whole.half_unit, unit)))
        yield Item("part/@rest", _PARTS, name, replace(row, kind=COMPUTED), note, shares=True)


def _economic(one: Dossier, found: OpenDisclosure) -> Iterator[Item]:
    for row in one.lines:
        place = f"{row.code} " if len(one.lines) > 1 else ""
        for measure, amount in row.amounts.items():
            if measure != "total":
                title = measure_words(row.statement, measure, found.head.phase)
                only = replace(row, amounts={"total": amount})
                yield Item(f"economic/{row.code}/{measure}", _ECONOMIC, f"{place}{title}", only, shares=True)


def _carried(one: Dossier, found: OpenDisclosure) -> Iterator[Item]:
    for number, row in enumerate(one.carried):
        table = found.reference(row.statement)
        yield Item(f"carried/{number}", _CARRYOVER, f"{table} {row.project or row.name}", row)


def _terms(project: Project) -> Iterator[Item]:
    for field, title in _FIELDS:
        text = " ".join(str(getattr(project, field)).split())
        if text:
            row = _row(project.name, None, project.line, project.page)
            yield Item(f"term/{field}", title, text, row, text=text)


def _targets(one: Dossier) -> Iterator[Item]:
    if one.plan is not None and one.plan.goal:
        text = " ".join(one.plan.goal.split())
        yield Item("term/goal", _GOAL, text, _row(one.plan.project, None, one.plan.line, one.plan.page), text=text)
    for indicator in one.indicators:
        name = _target_text(indicator)
        row = _row(indicator.project, None, indicator.line, indicator.page)
        yield Item(f"target/{indicator.number}", _TARGET, name, row, _target_note(indicator), text=name)


def _target_note(indicator: Indicator) -> str | None:
    if below_prior(indicator):
        return tr("低于上年完成值")
    return tr("分栏存疑") if indicator.status == UNCERTAIN else None


def _target_text(indicator: Indicator) -> str:
    weight = tr("权重 {}").format(indicator.weight) if indicator.weight else ""
    prior = tr("上年 {}").format(indicator.prior_value) if indicator.prior_value else ""
    return " · ".join(filter(None, (f"{indicator.level3} {indicator.target}".strip(), weight, prior)))


def _printed(project: Project) -> Amount | None:
    return None if project.amount_fen is None else Amount(project.amount_fen, project.half_unit)


def _planned(plan: Plan | None) -> Amount | None:
    return None if plan is None or plan.total_fen is None else Amount(plan.total_fen, plan.half_unit)


def _row(name: str, amount: Amount | None, line: int | None, page: int | None) -> Row:
    """A row that stands in no statement."""
    amounts = {} if amount is None else {"total": amount}
    return Row("", None, "", "said", "", "", "", name, name, name, 0, page, line, amounts)


def _against(amount: Amount | None, other: Amount | None, where: str, unit: MoneyUnit) -> str:
    """Whether two prints of one amount agree; as exact as the coarser of them."""
    if amount is None or other is None:
        return ""
    gap, half = abs(amount.fen - other.fen), max(amount.half_unit, other.half_unit)
    if gap == 0 or (amount.half_unit != other.half_unit and gap <= half):
        return tr("与{}一致").format(where)
    apart = format_fen(gap, unit, decimals_for(min(amount.half_unit, other.half_unit), unit))
    return tr("与{0}相差 {1}").format(where, apart)


def _joined(notes: list[str]) -> str | None:
    return joined(notes, "；") or None
