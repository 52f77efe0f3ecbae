"""From paired lines to a ViewTable: columns, amounts, deltas and rates, shares, changes, order and filter.

Column ids: a measure's `column_id` for its amount, and `@baseline`, `@delta`, `@rate` behind it for the comparison;
`#status` and `#origin` behind an amount column's id name the frame columns with its column_status and its origin.  The
name stands right of the view's main numbers, so that characters of doubtful width cannot disturb them; with many
measures the further ones follow it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from budget.i18n.language import N_, tr
from budget.model.codes import name_zh
from budget.model.disclosure import ENDS, AmountOrigin, MoneyUnit, RowKind, Side, StatementId
from budget.model.matching import matches
from budget.model.money import decimals_for
from budget.model.titles import MEASURES, TOTAL, statement_title
from budget.reading.pairing import Pair
from budget.views.english import spoken, with_english
from budget.views.select import covered
from budget.views.sources import body_and_year, is_other, provenance, title_of, without_tables
from budget.views.state import SCOPE_TITLES, VIEW_SCOPES, VIEW_TITLES, View
from budget.views.table import Change, Column, ColumnKind, ViewTable, worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Amount, Row
    from budget.views.sources import Sources
    from budget.views.state import ViewState

_FOREIGN = "列:"
_SIGNS = str.maketrans({"%": "%25", "@": "%40", "#": "%23"})


def printed_measures(sources: Sources, statement: str) -> tuple[tuple[str, str], ...]:
    """Measures that the table has columns for, used or not, total first."""
    total = [TOTAL] if statement_title(statement) else []
    used = [measure for row in sources.rows(statement) for measure in row.amounts]
    printed: list[str] = []
    for head in sources.printed(statement):
        _merge(printed, head.measures)
    return _titled(sources, statement, [*total, *printed, *used])


def _merge(order: list[str], other: Sequence[str]) -> None:
    """Put further columns into an order, each behind the one that it is printed behind."""
    place = 0
    for measure in other:
        if measure in order:
            place = order.index(measure) + 1
        else:
            order.insert(place, measure)
            place += 1


def column_id(measure: str) -> str:
    """The id of a measure's column: a known name as it is, else the printed head without our own signs."""
    return measure if measure in MEASURES else _FOREIGN + measure.translate(_SIGNS)


def _titled(sources: Sources, statement: str, wanted: Iterable[str]) -> tuple[tuple[str, str], ...]:
    every = dict.fromkeys(wanted) or {TOTAL: None}
    # words of a head that stand below others are as printed
    return tuple((name, name if "·" in name else title_of(sources, (statement,), name)) for name in every)


OTHER_TABLE = N_("其他表")
"""What is said of a table without a known name."""
SIDE_TITLES = {Side.REVENUE.value: N_("收"), Side.EXPENDITURE.value: N_("支")}
FILTERED, MARKED = "@filter", "@marked"
"""Keys of the sums of what a filter leaves, and of what is marked."""
_ABOVE_ITEM = 5
"""Digits of the section that an item is below."""

META_SCHEMA: dict[str, Any] = {
    "key": pl.String,
    "row_kind": pl.String,
    "level": pl.Int32,
    "enter": pl.String,
    "change": pl.String,
    "near": pl.String,
    "note": pl.String,
    "statement": pl.String,
    "row_no": pl.Int32,
    "baseline_statement": pl.String,
    "baseline_row_no": pl.Int32,
    "line": pl.Int64,
    "baseline_line": pl.Int64,
}
"""The META_COLUMNS; statement and row of the baseline; the lines of the text where either stands."""

CODE = Column("code", N_("编码"), ColumnKind.CODE)
SIDE = Column("side", N_("方向"), ColumnKind.TEXT)
SHARE = Column("share", N_("占比%"), ColumnKind.SHARE)
NAME = Column("name", N_("名称"), ColumnKind.TEXT)
UNCOMPARED: Mapping[str, None] = {"total@delta": None, "total@rate": None}
"""Values of a row whose other side is not disclosed: without it there is no difference."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a view before its amounts are laid out."""

    pair: Pair
    key: str
    name: str
    code: str = ""
    level: int = 0
    enter: str | None = None
    note: str | None = None
    share_of: int | None = None
    """The amount (fen) of which the main measure's share is shown."""
    values: Mapping[str, str | float | None] = field(default_factory=dict)
    """What stands in the view's own columns, by their ids."""
    found_by: tuple[str, ...] = ()
    """Texts besides code and name that a filter looks in."""
    changed: Change | None = None
    """How the row stands against the baseline where its amounts do not tell; UNDISCLOSED has no differences."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns a view has."""

    statement: str
    """The statement that the view shows, whose money unit is the view's."""
    measures: tuple[tuple[str, str], ...]
    """(id, title) of each measure, the main one first."""
    lead: tuple[Column, ...] = (CODE,)
    share: bool = True
    trail: tuple[Column, ...] = ()
    """Columns behind the amounts."""
    uncompared: frozenset[str] = frozenset()
    """Measures that only one of the two tables has columns for: they have no differences."""
    unit: MoneyUnit | None = None
    """The money unit of the view where it is not that of the statement."""


def assemble(
    sources: Sources,
    plan: Plan,
    entries: Iterable[Entry],
    totals: Iterable[Entry] = (),
    *,
    places: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> ViewTable:
    """Lay out the rows of a view; keys are made unique, the filter and the order of the state applied."""
    state = sources.state
    every, ends = _distinct(_named(_told_apart(list(entries), sources, plan)), _named(totals))
    kept = [entry for entry in every if matches(state.filter, entry.code, entry.name, *entry.found_by)]
    if state.filter:
        words = tr("筛选“{0}”小计（{1} 行）")
        ends = [
            *_subtotal(plan, every, kept, FILTERED, lambda count: words.format(state.filter, count)),
            *ends,
        ]
    if state.marked:
        some = [entry for entry in every if entry.key in state.marked]
        ends = [*_subtotal(plan, every, some, MARKED, tr("标记的小计（{} 行）").format), *ends]
    columns = _columns(sources, plan, origins=_unlike_printed([*every, *ends]))
    compared = sources.baseline is not None
    unit = plan.unit or sources.unit(plan.statement)
    return ViewTable(
        title=view_title(state, sources.current, sources.baseline),
        breadcrumb=(body_and_year(sources.current.head), *places),
        columns=columns,
        frame=_between_bodies(ordered(_frame(kept, plan, columns, compared=compared), state), sources),
        totals=_between_bodies(_frame(ends, plan, columns, compared=compared), sources),
        unit=unit,
        notes=notes if every or ends else (*notes, *without_tables(sources)),
        decimals=_decimals([*every, *ends], unit),
        hidden=len(every) - len(kept),
        provenance=provenance(sources, places, unit),
    )


def _subtotal(
    plan: Plan,
    every: Sequence[Entry],
    kept: Sequence[Entry],
    key: str,
    name: Callable[[int], str],
) -> list[Entry]:
    """The sum of rows that are left or marked, named after their number.

    What stands below one of them is in it already. None where there are no rows, and where they are of two sides.
    """
    from budget.views.statements.tree import summed  # which imports this module

    left = {entry.key for entry in kept}
    counted: list[Entry] = []
    inside: int | None = None
    for entry in every:
        if inside is not None and entry.level > inside:
            continue
        inside = None
        if entry.key in left and entry.pair.row.kind not in ENDS:
            counted.append(entry)
            inside = entry.level
    if not counted or len({entry.pair.row.side for entry in counted}) > 1:
        return []
    measures = [name for name, _ in plan.measures]
    sums = (
        summed(rows, plan.statement, key, measures) if any(rows) else None
        for rows in ([entry.pair.current for entry in counted], [entry.pair.baseline for entry in counted])
    )
    wholes = {entry.share_of for entry in counted}
    undisclosed = any(entry.changed is Change.UNDISCLOSED for entry in counted)
    current, baseline = sums
    whole = wholes.pop() if len(wholes) == 1 else None
    changed = Change.UNDISCLOSED if undisclosed else None
    return [Entry(Pair(current, baseline), key=key, name=name(len(counted)), share_of=whole, changed=changed)]


def view_title(state: ViewState, current: OpenDisclosure, baseline: OpenDisclosure | None = None) -> str:
    """Title of the view with what it covers: 支出 · 全部资金, 支出 · 财政拨款, 原表 · 表7 项目支出表."""
    covers = scope_title(state, current, baseline)
    return " · ".join(part for part in (tr(VIEW_TITLES[state.view]), covers) if part)


def view_label(state: ViewState, current: OpenDisclosure, baseline: OpenDisclosure | None = None) -> str:
    """The view in as few words as tell it from the others."""
    if state.view is View.STATEMENT:
        return scope_title(state, current)
    if state.flat:
        return tr("{}·全部项").format(tr(VIEW_TITLES[state.view]))
    if state.view is View.FINDINGS:  # what it counts ends the path
        return ""
    if state.view is View.ONE_PROJECT:  # its name ends the path
        return tr(VIEW_TITLES[state.view])
    title, covers = tr(VIEW_TITLES[state.view]), scope_title(state, current, baseline)
    plain = covers in {"", tr(SCOPE_TITLES.get(VIEW_SCOPES[state.view][0], ""))}
    return title if plain else f"{title}·{covers.replace(' · ', '·')}"


def scope_title(state: ViewState, current: OpenDisclosure, baseline: OpenDisclosure | None = None) -> str:
    """What the view covers, of a statement its number and title; "" for views that have only one scope."""
    if state.view is View.STATEMENT:
        statement = displayed_statement(state, current)
        mark = tr(OTHER_TABLE) if is_other(statement) else current.number(statement)
        return f"{mark} {current.title(statement)}".strip()
    return covered(state, current, baseline)


def displayed_statement(state: ViewState, current: OpenDisclosure) -> str:
    """The statement of the statement view; where none is named, the first of the form or of the document."""
    return state.scope or next(iter(current.statements), StatementId.REVENUE_EXPENDITURE_SUMMARY.value)


def ordered(frame: pl.DataFrame, state: ViewState) -> pl.DataFrame:
    """Sort stably, nulls last; deltas by their size whatever their sign; an unknown column changes nothing."""
    if state.sort is None or state.sort.column not in frame.columns:
        return frame
    by = pl.col(state.sort.column)
    if state.sort.column.endswith("@delta"):
        by = by.abs()
    return frame.sort(by, descending=state.sort.descending, nulls_last=True, maintain_order=True)


def change(pair: Pair, measures: Sequence[str]) -> Change:
    """Kind of change of a line against the baseline, by displayed amounts."""
    current, baseline = _shown(pair.current, measures), _shown(pair.baseline, measures)
    if not current and not baseline:
        return Change.NONE  # nothing disclosed in either year
    if current == baseline:
        return Change.SAME
    if not baseline:
        return Change.NEW
    return Change.CHANGED if current else Change.GONE


def delta(current: int | None, baseline: int | None) -> int | None:
    """Difference in fen; a missing amount on one side counts as nothing, on both sides there is no difference."""
    return None if current is None and baseline is None else (current or 0) - (baseline or 0)


def rate(current: int | None, baseline: int | None) -> float | None:
    """Change in per cent of the baseline; None where the baseline is missing or 0."""
    return 100 * ((current or 0) - baseline) / abs(baseline) if baseline else None


def _shown(row: Row | None, measures: Sequence[str]) -> dict[str, int]:
    return {} if row is None else {name: row.amounts[name].fen for name in measures if name in row.amounts}


def _told_apart(entries: list[Entry], sources: Sources, plan: Plan) -> list[Entry]:
    """The rows; functional items of one name (一般行政管理事务) with the name of what they are below."""
    known = Counter(entry.name for entry in entries if _is_item(entry))
    if not any(count > 1 for count in known.values()):
        return entries
    names = {row.code: row.name for row in sources.rows(plan.statement) if row.code and row.name}
    found = []
    for entry in entries:
        above = names.get(entry.code[:_ABOVE_ITEM]) or name_zh(entry.code[:_ABOVE_ITEM])
        several = _is_item(entry) and known[entry.name] > 1 and above
        found.append(replace(entry, name=tr("{0}（{1}）").format(entry.name, above)) if several else entry)
    return found


def _is_item(entry: Entry) -> bool:
    """Whether a row is a functional item, and no project of one."""
    return entry.code.startswith("2") and len(entry.code) > _ABOVE_ITEM and not entry.pair.row.project


def _named(entries: Iterable[Entry]) -> list[Entry]:
    """The rows with the English names of their codes behind those of the document, where English is spoken."""
    if not spoken():
        return list(entries)
    return [replace(entry, name=with_english(entry.name, entry.pair.row)) for entry in entries]


def _distinct(entries: list[Entry], totals: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Give repeated keys a number, so that a key names one row whatever a document repeats."""
    seen: set[str] = set()
    result: list[Entry] = []
    for entry in (*entries, *totals):
        key, count = entry.key, 1
        while key in seen:
            count += 1
            key = f"{entry.key}#{count}"
        seen.add(key)
        result.append(entry if key == entry.key else replace(entry, key=key))
    return result[: len(entries)], result[len(entries) :]


_BETWEEN_BODIES = {Change.NEW.value: Change.OWN_ONLY.value, Change.GONE.value: Change.OTHER_ONLY.value}


def _between_bodies(frame: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    """Of another body nothing is new or gone: a row stands only here, or only there."""
    return frame.with_columns(pl.col("change").replace(_BETWEEN_BODIES)) if sources.other_body else frame


def difference_words(sources: Sources) -> tuple[str, str]:
    """Titles of a difference and its rate: 增减, 增减%; between two bodies 相差, 相差%."""
    return (tr("相差"), tr("相差%")) if sources.other_body else (tr("增减"), tr("增减%"))


def _columns(sources: Sources, plan: Plan, *, origins: bool) -> tuple[Column, ...]:
    (main, title), *others = plan.measures
    if sources.baseline is None:
        amounts = [_amount(id_, name, origins=origins) for id_, name in plan.measures]
        shares = worded((SHARE,)) if plan.share else ()
        return (*worded((*plan.lead, NAME)), *amounts, *shares, *worded(plan.trail))
    head, against = sources.titles
    difference, rate_words = difference_words(sources)
    amounts = [
        _amount(main, head or title, origins=origins),
        _amount(main, against, "baseline", origins=origins),
        _compared(main, difference, "delta", ColumnKind.AMOUNT),
        _compared(main, rate_words, "rate", ColumnKind.PERCENT),
    ]
    for id_, name in others:
        amounts += [
            _amount(id_, name, origins=origins),
            _amount(id_, f"{name} {against}", "baseline", origins=origins),
            _compared(id_, f"{name} {difference}", "delta", ColumnKind.AMOUNT),
        ]
    return (*worded((*plan.lead, NAME)), *amounts, *worded(plan.trail))


def _amount(measure: str, title: str, part: str = "", *, origins: bool) -> Column:
    id_ = column_id(measure) + (f"@{part}" if part else "")
    origin = f"{id_}#origin" if origins else ""
    return Column(id_, title, ColumnKind.AMOUNT, f"{id_}#status", origin, measure, part)


def _compared(measure: str, title: str, part: str, kind: ColumnKind) -> Column:
    return Column(f"{column_id(measure)}@{part}", title, kind, measure=measure, part=part)


def _unlike_printed(entries: Iterable[Entry]) -> bool:
    """Whether any amount was not read as it is printed."""
    rows = (row for entry in entries for row in (entry.pair.current, entry.pair.baseline) if row is not None)
    return any(amount.origin != AmountOrigin.PRINTED for row in rows for amount in row.amounts.values())


def _frame(entries: list[Entry], plan: Plan, columns: tuple[Column, ...], *, compared: bool) -> pl.DataFrame:
    shared = [id_ for id_, _ in plan.measures if id_ not in plan.uncompared]
    data: dict[str, list[Any]] = {name: [] for name in META_SCHEMA}
    schema = dict(META_SCHEMA)
    for entry in entries:
        current, baseline = entry.pair.current, entry.pair.baseline
        data["key"].append(entry.key)
        data["row_kind"].append(entry.pair.row.kind)
        data["level"].append(entry.level)
        data["enter"].append(entry.enter)
        against = change(entry.pair, shared) if entry.changed is None else entry.changed
        data["change"].append((against if compared else Change.NONE).value)
        data["near"].append(baseline.project if entry.pair.near and baseline is not None else None)
        data["note"].append(entry.note)
        data["statement"].append(entry.pair.row.statement or None)
        data["row_no"].append(None if current is None else current.row_no)
        data["baseline_statement"].append(None if baseline is None else baseline.statement)
        data["baseline_row_no"].append(None if baseline is None else baseline.row_no)
        data["line"].append(None if current is None else current.line)
        data["baseline_line"].append(None if baseline is None else baseline.line)
    for column in columns:
        data[column.id] = [_value(entry, column, plan) for entry in entries]
        schema[column.id] = COLUMN_TYPES[column.kind]
        for name, said in ((column.status, "status"), (column.origin, "origin")):
            if name:
                found = (_amount_of(entry, column) for entry in entries)
                data[name] = [None if amount is None else getattr(amount, said) for amount in found]
                schema[name] = pl.String
    return pl.DataFrame(data, schema=schema)


_DIFFERENCES = frozenset({"delta", "rate"})
COLUMN_TYPES: dict[ColumnKind, Any] = {
    ColumnKind.TEXT: pl.String,
    ColumnKind.CODE: pl.String,
    ColumnKind.AMOUNT: pl.Int64,
    ColumnKind.PERCENT: pl.Float64,
    ColumnKind.SHARE: pl.Float64,
    ColumnKind.INTEGER: pl.Int64,
    ColumnKind.QUANTITY: pl.Float64,
}
"""Polars type of each kind of column."""


def _value(entry: Entry, column: Column, plan: Plan) -> str | int | float | None:
    if column.id in entry.values:
        return entry.values[column.id]
    if column.kind in {ColumnKind.TEXT, ColumnKind.CODE}:
        return {"name": entry.name, "code": entry.code, "side": tr(SIDE_TITLES.get(entry.pair.row.side, ""))}.get(
            column.id, ""
        )
    if column.id == "share":
        return share(_fen(entry.pair.current, plan.measures[0][0]), entry.share_of)
    current, baseline = _fen(entry.pair.current, column.measure), _fen(entry.pair.baseline, column.measure)
    if column.part not in _DIFFERENCES:
        return {"": current, "baseline": baseline}[column.part]
    if entry.changed is Change.UNDISCLOSED or column.measure in plan.uncompared:
        return None
    return delta(current, baseline) if column.part == "delta" else rate(current, baseline)


def share(part: int | None, whole: int | None) -> float | None:
    """Share in per cent; None where either is missing, and where the whole is not positive or the part negative."""
    if part is None or whole is None or whole <= 0 or part < 0:
        return None
    return 100 * part / whole


def _amount_of(entry: Entry, column: Column) -> Amount | None:
    row = entry.pair.baseline if column.part == "baseline" else entry.pair.current
    return None if row is None else row.amounts.get(column.measure)


def _fen(row: Row | None, measure: str) -> int | None:
    return None if row is None else row.fen(measure)


def _decimals(entries: list[Entry], unit: MoneyUnit) -> int:
    halves = {
        amount.half_unit
        for entry in entries
        for row in (entry.pair.current, entry.pair.baseline)
        if row is not None
        for amount in row.amounts.values()
    }
    return max((decimals_for(half, unit) for half in halves), default=2)


_PLAIN: dict[str, Any] = {"row_kind": RowKind.SOURCE.value, "level": 0, "change": Change.NONE.value}
"""What a row says of itself where it says nothing else."""


def plain_list(
    sources: Sources,
    columns: tuple[Column, ...],
    rows: Sequence[Mapping[str, Any]],
    *,
    notes: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    unit: MoneyUnit = MoneyUnit.WAN,
    decimals: int = 2,
    literally: bool = False,
) -> ViewTable:
    """Lay out rows below our columns, filtered and sorted by the state.

    Each row has a unique `key`. The filter looks at `code`, `name` and the texts of `found_by`; `literally` without
    pinyin initials, for which a text is too long. Columns of `META_SCHEMA` and of `columns` that a row lacks are null.
    """
    state = sources.state
    kept = [row for row in rows if _matches(state.filter, row, literally=literally)] if state.filter else rows
    schema = {**META_SCHEMA, **{column.id: COLUMN_TYPES[column.kind] for column in columns}}
    data = {name: [row.get(name, _PLAIN.get(name)) for row in kept] for name in schema}
    frame = pl.DataFrame(data, schema=schema)
    return ViewTable(
        title=view_title(state, sources.current, sources.baseline),
        breadcrumb=(body_and_year(sources.current.head), *places),
        columns=worded(columns),
        frame=_between_bodies(ordered(frame, state), sources),
        totals=frame.clear(),
        unit=unit,
        notes=notes,
        decimals=decimals,
        hidden=len(rows) - len(kept),
        provenance=provenance(sources, places, unit),
    )


def _matches(wanted: str, row: Mapping[str, Any], *, literally: bool) -> bool:
    name = row["name"] or ""
    if literally:
        return wanted.casefold() in name.casefold()
    return matches(wanted, row.get("code") or "", name, *row.get("found_by", ()))
