"""Performance targets: each plan with its indicators, what last year reached, and which targets lie below that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, joined, tr
from budget.reading.pairing import Pair
from budget.reading.projects import near_partners
from budget.reading.rows import Amount, Row
from budget.reading.stated_changes import UNCERTAIN, below_prior
from budget.views.build import NAME, UNCOMPARED, Entry, assemble
from budget.views.build import Plan as Layout
from budget.views.state import Scope
from budget.views.table import Change, Column, ColumnKind
from budget.views.text.stated_changes import flag_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.model.records import Indicator, Plan, Records
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

ENTITY = N_("整体绩效目标")
BELOW, DOUBTFUL = N_("低于上年"), N_("分栏存疑")
LIKE = 1.6
"""Likeness from which two names of indicators are a pair: one list of expenses may contain the name of another."""
_STATUS = {"printed": N_("原表"), "rejoined": N_("拼合"), UNCERTAIN: N_("存疑")}
_MONEY = (
    ("appropriation_fen", N_("财政拨款")),
    ("other_fen", N_("其他资金")),
    ("upper_level_fen", N_("上级资金")),
    ("own_level_fen", N_("本级资金")),
)
_MARK = (Column("mark", N_("提示"), ColumnKind.TEXT),)
_VALUES = (
    Column("target", N_("目标值"), ColumnKind.TEXT, right=True),
    Column("prior", N_("上年完成"), ColumnKind.TEXT, right=True),
    Column("weight", N_("权重"), ColumnKind.TEXT, right=True),
)
_RIGHT = (
    Column("project", N_("项目"), ColumnKind.TEXT),
    Column("level1", N_("一级"), ColumnKind.TEXT),
    Column("level2", N_("二级"), ColumnKind.TEXT),
    Column("operator", N_("符号"), ColumnKind.TEXT),
    Column("target_value", N_("值"), ColumnKind.TEXT),
    Column("target_unit", N_("单位"), ColumnKind.TEXT),
    Column("basis", N_("依据"), ColumnKind.TEXT),
    Column("scoring_rule", N_("赋分规则"), ColumnKind.TEXT),
    Column("evidence", N_("佐证"), ColumnKind.TEXT),
    Column("status", N_("读出"), ColumnKind.TEXT),
)


class _Table(NamedTuple):
    """One table of targets."""

    plan: Plan
    indicators: tuple[Indicator, ...]

    @property
    def name(self) -> str:
        return self.plan.project or tr(ENTITY)


def targets(sources: Sources) -> ViewTable:
    """Build the view of performance plans with their goals and indicators.

    They stand in the order of the document, with a baseline joined by names. The scope `below-prior` keeps the
    indicators that lie below last year's result, and the plans that they belong to.
    """
    ours, theirs = _tables(sources.records), _tables(sources.baseline_records)
    partners = near_partners([table.name for table in ours], [table.name for table in theirs])
    undone = sources.state.unpaired
    against = {table.name: table for table in theirs}
    entries: list[Entry] = []
    for table in ours:
        other = against.pop(partners.get(table.name, ""), None)
        if other and str(table.plan.number) in undone and other.name != table.name:
            against[other.name], other = other, None
        entries += _entries(table, other, sources)
    for other in against.values():
        entries += _entries(None, other, sources)
    if not theirs:  # a year without any targets has none that are new or gone
        entries = [replace(entry, changed=Change.NONE, values={**entry.values, **UNCOMPARED}) for entry in entries]
    below = sum(below_prior(indicator) for indicator in sources.records.indicators)
    notes = [tr("{} 项目标低于上年完成值").format(below)] if below else []
    if not sources.records.plans:
        notes = [tr("没有读到绩效目标表")]
    elif sources.state.scope == Scope.BELOW_PRIOR:
        notes += [tr("只比较数字和单位相同、且越高越好（≥）的指标")]
    theirs_title = tr("{}目标").format(sources.titles[1])
    beside = () if sources.baseline is None else (Column("target@baseline", theirs_title, ColumnKind.TEXT, right=True),)
    layout = Layout("", (("total", tr("资金")),), lead=_MARK, share=False, trail=(*_VALUES, *beside, *_RIGHT))
    made = assemble(sources, layout, entries, notes=tuple(notes))
    return replace(made, columns=_values_first(made.columns))


def _values_first(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with those of amounts behind the values: few rows have an amount, and every target a value."""
    values = {"target", "target@baseline", "prior", "weight"}
    name = next(at for at, column in enumerate(columns) if column.id == NAME.id) + 1
    moved = tuple(column for column in columns if column.id in values)
    return (*columns[:name], *moved, *(column for column in columns[name:] if column.id not in values))


def _tables(said: Records) -> list[_Table]:
    return [_Table(plan, tuple(one for one in said.indicators if one.plan == plan.number)) for plan in said.plans]


def _entries(ours: _Table | None, theirs: _Table | None, sources: Sources) -> Iterator[Entry]:
    """The plan, its goal and its indicators; those of the baseline that have no partner at the end."""
    table = ours or theirs
    assert table is not None
    rows = list(_indicators(ours, theirs, sources))
    if sources.state.scope == Scope.BELOW_PRIOR:
        rows = [row for row in rows if row.values["mark"] == tr(BELOW)]
        if not rows:
            return
    yield from _head(ours, theirs, whole=sources.state.scope != Scope.BELOW_PRIOR)
    yield from rows


def _head(ours: _Table | None, theirs: _Table | None, *, whole: bool) -> Iterator[Entry]:
    """The plan with its amount and flags; if `whole` also the split of the amount and the goal."""
    table = ours or theirs
    assert table is not None
    key = str(table.plan.number) if ours else f"baseline/{table.plan.number}"
    blank: dict[str, str | float | None] = dict.fromkeys((column.id for column in (*_MARK, *_VALUES, *_RIGHT)), "")
    blank |= {"target@baseline": "", "project": table.name}
    near = bool(ours and theirs and ours.name != theirs.name)
    changed = None if ours and theirs else Change.NEW if ours else Change.GONE
    yield Entry(
        Pair(_plan_row(ours), _plan_row(theirs), near=near),
        key=key,
        name=table.name,
        enter=table.plan.project or None,
        note=joined(flag_words(table.plan.flags), "；") or None,
        values=blank,
        found_by=(table.name,),
        changed=changed,
    )
    if not whole:
        return
    for field, words in _MONEY:
        pair = Pair(_plan_row(ours, field), _plan_row(theirs, field))
        if any(row is not None and row.amounts for row in (pair.current, pair.baseline)):
            yield Entry(
                pair, f"{key}/{field}", tr("其中：{}").format(tr(words)), level=1, values=blank, found_by=(table.name,)
            )
    if table.plan.goal:
        goal = _plan_row(table, "")
        yield Entry(
            Pair(goal if ours else None, None if ours else goal),
            key=f"{key}/goal",
            name=tr("目标：{}").format(" ".join(table.plan.goal.split())),
            level=1,
            values=blank,
            found_by=(table.name,),
            changed=Change.NONE if ours else Change.GONE,
        )


def _indicators(ours: _Table | None, theirs: _Table | None, sources: Sources) -> Iterator[Entry]:
    mine, others = (ours.indicators if ours else ()), (theirs.indicators if theirs else ())
    partners = _partners(mine, others, sources.state.unpaired)
    taken = set(partners.values())
    for place, indicator in enumerate(mine):
        other = others[partners[place]] if place in partners else None
        yield _entry(indicator, other)
    for place, other in enumerate(others):
        if place not in taken:
            yield _entry(None, other)


def _partners(mine: Sequence[Indicator], others: Sequence[Indicator], undone: frozenset[str]) -> dict[int, int]:
    """Places of indicators of the same second level and name, or the best near name."""
    found: dict[int, int] = {}
    for level in dict.fromkeys(one.level2 for one in mine):
        own = {one.level3: place for place, one in enumerate(mine) if one.level2 == level and one.level3}
        their = {one.level3: place for place, one in enumerate(others) if one.level2 == level and one.level3}
        for name, other in near_partners(list(own), list(their), LIKE).items():
            if name == other or _key(mine[own[name]]) not in undone:
                found[own[name]] = their[other]
    return found


def _entry(ours: Indicator | None, theirs: Indicator | None) -> Entry:
    shown = ours or theirs
    assert shown is not None
    below = ours is not None and below_prior(ours)
    doubtful = shown.status == UNCERTAIN
    values: dict[str, str | float | None] = {column.id: getattr(shown, column.id, "") for column in _RIGHT}
    values |= {
        "mark": tr(BELOW if below else DOUBTFUL if doubtful else ""),
        "weight": ours.weight if ours else "",
        "target": ours.target if ours else "",
        "target@baseline": theirs.target if theirs else "",
        "prior": ours.prior_value if ours else "",
        "project": shown.project or tr(ENTITY),
        "status": tr(_STATUS.get(shown.status, "")) or shown.status,
    }
    same = ours is not None and theirs is not None and ours.target == theirs.target
    both = Change.SAME if same else Change.CHANGED
    return Entry(
        Pair(_row(ours), _row(theirs), near=bool(ours and theirs and ours.level3 != theirs.level3)),
        key=_key(shown) if ours else f"baseline/{_key(shown)}",
        name=shown.level3 or shown.level2 or shown.level1,
        level=1,
        enter=shown.project or None,
        note=tr("各栏的分界不能确定，照原文列出") if doubtful else None,
        values=values,
        found_by=(shown.project or tr(ENTITY), str(values["mark"]), shown.level2),
        changed=both if ours and theirs else Change.NEW if ours else Change.GONE,
    )


def _key(indicator: Indicator) -> str:
    return f"{indicator.plan}/{indicator.number}"


def _row(indicator: Indicator | None) -> Row | None:
    if indicator is None:
        return None
    name = indicator.level3
    return Row("", None, "", "indicator", "", "", "", name, name, name, 1, indicator.page, indicator.line, {})


def _plan_row(table: _Table | None, field: str = "total_fen") -> Row | None:
    """A plan with one of its amounts; "" for none."""
    if table is None:
        return None
    plan = table.plan
    fen: int | None = getattr(plan, field) if field else None
    amounts = {} if fen is None else {"total": Amount(fen, plan.half_unit)}
    return Row("", None, "", "plan", "", "", "", table.name, table.name, table.name, 0, plan.page, plan.line, amounts)
