"""Staffing, operating expenses, procurement, state assets, and costs a head.

The figures are those that the document gives.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import RowKind, StatementId
from budget.model.fact_names import TOPICS, fact_title, unit_word
from budget.model.money import decimals_for, format_fen, number_of, quantity_text
from budget.model.titles import measure_words
from budget.reading.choice import BASIC_BY_ECONOMIC, THREE_PUBLIC, choose_table, summary
from budget.reading.pairing import Pair
from budget.reading.rows import COMPUTED, Amount, Row
from budget.reading.stated_changes import DIRECTIONS
from budget.views.build import UNCOMPARED, Entry, Plan, assemble, difference_words
from budget.views.table import Change, Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.disclosure import MoneyUnit
    from budget.model.records import Fact
    from budget.reading.disclosure import OpenDisclosure
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

PERSONS = ("staffing", "in_service")
VEHICLES = ("assets", "vehicles")
_OF_PERSONS = (
    ("personnel", N_("人员经费／在职人员")),
    ("operating", N_("公用经费／在职人员")),
    ("total", N_("基本支出／在职人员")),
)
_RUNNING = N_("公务用车运行费")


class Rate(NamedTuple):
    """One rate: what it is called, its amount (fen, cut to the fen) or None, and its formula or why there is none."""

    key: str
    name: str
    fen: int | None
    half_unit: int
    formula: str
    line: int | None


def rates(found: OpenDisclosure, facts: Iterable[Fact], unit: MoneyUnit) -> tuple[Rate, ...]:
    """Basic expenditure a person in service and running costs a vehicle.

    Basic expenditure is personnel, operating and total.
    """
    held = tuple(facts)
    basic = choose_table(found, BASIC_BY_ECONOMIC)
    total = next((row for row in basic.rows if row.kind == RowKind.GRAND_TOTAL), None)
    basic_id = basic.statement or StatementId.BASIC_EXPENDITURE.value
    table = found.reference(basic_id)
    made = [
        _rate(
            f"rate/{measure}",
            (
                tr(name),
                f"{table} {measure_words(StatementId.BASIC_EXPENDITURE, measure, found.head.phase)}",
                tr("在职人员"),
            ),
            None if total is None else total.amounts.get(measure),
            divisor(held, PERSONS),
            unit,
        )
        for measure, name in _OF_PERSONS
    ]
    listed = choose_table(found, THREE_PUBLIC)
    running = next((row for row in listed.rows if row.meaning.item == "vehicle_running"), None)
    table = found.reference(listed.statement or StatementId.THREE_PUBLIC_EXPENSES.value)
    amount = None if running is None else running.amounts.get("total")
    words = (tr("公务用车运行费／车辆"), f"{table} {tr(_RUNNING)}", tr("车辆"))
    return (*made, _rate("rate/vehicle", words, amount, divisor(held, VEHICLES), unit))


def divisor(facts: tuple[Fact, ...], wanted: tuple[str, str]) -> Fact | None:
    """The figure that is divided by; None where it is not printed, printed with different values, or no number."""
    found = [fact for fact in facts if (fact.topic, fact.key) == wanted]
    values = {number_of(fact.value) for fact in found}
    return found[0] if len(values) == 1 and None not in values else None


def _rate(key: str, words: tuple[str, str, str], amount: Amount | None, by: Fact | None, unit: MoneyUnit) -> Rate:
    """A rate or what it lacks; `words` are its name, its amount and what that is divided by."""
    name, numerator, divisor = words
    number = None if by is None else number_of(by.value)
    missing = [
        *([numerator] if amount is None else []),
        *([divisor] if number is None else [tr("{}不为零").format(divisor)] if number <= 0 else []),
    ]
    if missing or amount is None or by is None or number is None:
        return Rate(key, name, None, 0, tr("不能计算：没有{}").format(joined(missing)), None)
    top, bottom = number.as_integer_ratio()
    fen = abs(amount.fen) * bottom // top
    printed = format_fen(amount.fen, unit, decimals_for(amount.half_unit, unit))
    divided = f"{quantity_text(float(number))}{by.unit}"
    formula = tr("{0} {1} ÷ {2} {3}（第{4}行）").format(numerator, printed, divisor, divided, by.line)
    return Rate(key, name, -fen if amount.fen < 0 else fen, amount.half_unit, formula, by.line)


TOPIC = Column("topic", N_("类别"), ColumnKind.TEXT)
FIGURE = N_("数值")
RATES = N_("人均车均")
"""The topic of what is computed."""
DOUBTFUL = N_("远大于预算总额，单位可能有误，按原文")
_MOST = 100
"""Times the total budget of a body that its assets may be worth before the unit is doubted."""
_UNIT_OF_MONEY = frozenset({"元", "千元", "万元", "亿元"})


class _Figure(NamedTuple):
    """A fact or a rate: its place, its words, and its row with the amount where it is money."""

    key: str
    topic: str
    name: str
    value: str
    number: float | None
    row: Row
    note: str | None = None


def facts(sources: Sources) -> ViewTable:
    """One row a figure, with both years where a baseline is set; rates only where both of their figures are printed."""
    notes = () if sources.records.facts else (tr("没有读到人员、资产、采购等数据"),)
    return _listed(sources, *_of_both(sources), notes)


def of_topic(sources: Sources, topic: str, missing: str) -> ViewTable:
    """Figures of one topic from the text, where no table prints them. `missing` says so."""
    wanted = TOPICS[topic]
    ours, theirs = ({key: one for key, one in found.items() if one.topic == wanted} for found in _of_both(sources))
    notes = (missing, *([tr("以下是正文给出的数")] if ours or theirs else []))
    return _listed(sources, ours, theirs, notes)


def _of_both(sources: Sources) -> tuple[dict[str, _Figure], dict[str, _Figure]]:
    unit = sources.unit("")
    ours = _figures(sources.current, sources.records.facts, unit)
    return ours, {} if sources.baseline is None else _figures(sources.baseline, sources.baseline_records.facts, unit)


def _listed(
    sources: Sources, ours: dict[str, _Figure], theirs: dict[str, _Figure], notes: tuple[str, ...]
) -> ViewTable:
    shown = [_entry(key, ours.get(key), theirs.get(key), sources) for key in _keys(ours, theirs)]
    plan = Plan("", (("total", tr(FIGURE)),), lead=(TOPIC,), share=False, trail=_counts(sources))
    table = assemble(sources, plan, shown, notes=notes)
    counts = {column.part: column.id for column in plan.trail}
    # a figure is money or a quantity: on the screen one column is enough
    columns = [
        replace(column, stand_in=counts.get(column.part, "")) if column.kind is ColumnKind.AMOUNT else column
        for column in table.columns
    ]
    return replace(table, columns=tuple(columns))


def _counts(sources: Sources) -> tuple[Column, ...]:
    if sources.baseline is None:
        return (Column("count", tr("数量"), ColumnKind.QUANTITY),)
    own, other = sources.titles
    return (
        Column("count", tr("数量 {}").format(own), ColumnKind.QUANTITY),
        Column("count@baseline", tr("数量 {}").format(other), ColumnKind.QUANTITY, part="baseline"),
        Column("count@delta", tr("数量 {}").format(difference_words(sources)[0]), ColumnKind.QUANTITY, part="delta"),
    )


def _figures(found: OpenDisclosure, facts: Sequence[Fact], unit: MoneyUnit) -> dict[str, _Figure]:
    """Key -> figure; a figure that is printed again gets a number behind its key."""
    seen: Counter[str] = Counter()
    figures = {}
    most = _MOST * max((row.fen("total") or 0 for row in summary(found).rows), default=0)
    for fact in facts:
        key = f"{fact.topic}/{fact.key}"
        seen[key] += 1
        doubtful = fact.topic == "assets" and fact.amount_fen is not None and 0 < most < fact.amount_fen
        figure = _of_fact(f"{key}#{seen[key]}" if seen[key] > 1 else key, fact, tr(DOUBTFUL) if doubtful else None)
        figures[figure.key] = figure
    return figures | {rate.key: _of_rate(rate) for rate in rates(found, facts, unit)}


def _of_fact(key: str, fact: Fact, note: str | None) -> _Figure:
    amount = {} if fact.amount_fen is None else {"total": Amount(fact.amount_fen, fact.half_unit)}
    number = number_of(fact.value) if not amount else None
    title = fact_title(fact.key)
    if fact.unit and not (amount and fact.unit in _UNIT_OF_MONEY):
        title = tr("{0}（{1}）").format(title, unit_word(fact.unit))
    words = "" if amount or number is not None else fact.value
    if fact.key == "direction":
        words = tr(DIRECTIONS.get(words, "")) or words
    row = Row("", None, "", "fact", "", "", key, "", "", "", 0, fact.page, fact.line, amount)
    topic = TOPICS.get(fact.topic, fact.topic)
    shown = None if number is None else float(number)
    return _Figure(key, topic, title, words, shown, row, note)


def _of_rate(rate: Rate) -> _Figure:
    amount = {} if rate.fen is None else {"total": Amount(rate.fen, rate.half_unit, COMPUTED)}
    row = Row("", None, "", COMPUTED, "", "", rate.key, "", "", "", 0, None, rate.line, amount)
    return _Figure(rate.key, RATES, rate.name, "", None, row, rate.formula)


def _keys(ours: dict[str, _Figure], theirs: dict[str, _Figure]) -> list[str]:
    """The rates first, then every figure of either disclosure by topic, in the order of the document."""
    every = {key: figure.topic for figure, key in ((f, f.key) for f in (*ours.values(), *theirs.values()))}
    order = [RATES, *TOPICS.values()]
    ranks = {topic: place for place, topic in enumerate(dict.fromkeys([*order, *every.values()]))}
    return sorted(every, key=lambda key: ranks[every[key]])


def _entry(key: str, ours: _Figure | None, theirs: _Figure | None, sources: Sources) -> Entry:
    figure = ours or theirs
    assert figure is not None
    own, other = (None if f is None else f.number for f in (ours, theirs))
    compared = own is not None and other is not None
    values: dict[str, str | float | None] = {
        "topic": tr(figure.topic),
        "count": own,
        "count@baseline": other,
        "count@delta": own - other if own is not None and other is not None else None,
    }
    words = [ours.value] if ours and ours.value else []
    if theirs and theirs.value and (ours is None or ours.value != theirs.value):
        words.append(f"{sources.titles[1]} {theirs.value}")
    name = tr("{0}：{1}").format(figure.name, joined(words, "；")) if words else figure.name
    notes = [ours.note] if ours and ours.note else []
    if theirs and theirs.note:
        notes.append(f"{sources.titles[1]} {theirs.note}")
    if ours is None or theirs is None:
        values |= UNCOMPARED
    pair = Pair(ours.row if ours else None, theirs.row if theirs else None)
    return Entry(
        pair,
        key=key,
        name=name,
        note=joined(notes, "；") or None,
        values=values,
        changed=_change(ours, theirs) if compared or not figure.row.amounts or ours is None or theirs is None else None,
    )


def _change(ours: _Figure | None, theirs: _Figure | None) -> Change:
    """How a figure that is no money stands against the baseline; one that is not printed there is no new one."""
    if ours is None or theirs is None:
        return Change.NONE
    same = (ours.number, ours.value) == (theirs.number, theirs.value)
    return Change.SAME if same else Change.CHANGED
