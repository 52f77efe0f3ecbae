"""From paired lines to a ViewTable: columns, amounts, deltas and rates, shares, changes, order and filter.

Column ids: a measure's id for its amount, and `@baseline`, `@delta`, `@rate` behind it for the comparison; `#status`
behind an amount column's id names the frame column with its column_status.  The name stands right of the view's main
numbers, so that characters of doubtful width cannot disturb them; with many measures the further ones follow it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from budget.forms import STATEMENTS
from budget.matching import matches
from budget.model import Side, StatementId
from budget.money import decimals_for
from budget.sheets import statement_number
from budget.views.provenance import provenance
from budget.views.sources import body_and_year
from budget.views.state import SCOPE_TITLES, VIEW_SCOPES, VIEW_TITLES, View
from budget.views.table import Change, Column, ColumnKind, ViewTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.pairing import Pair
    from budget.sheets import Row
    from budget.views.sources import Sources
    from budget.views.state import Scope, ViewState

SIDE_TITLES = {Side.REVENUE.value: "收", Side.EXPENDITURE.value: "支"}
LEFT_OF_NAME = 3
"""Measures that stand left of the name without a baseline; with one only the main measure does."""

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
    "baseline_row_no": pl.Int32,
}
"""The META_COLUMNS, and the row of the baseline, for the detail pane."""

CODE = Column("code", "编码", ColumnKind.CODE)
SIDE = Column("side", "方向", ColumnKind.TEXT)
SHARE = Column("share", "占比%", ColumnKind.SHARE)
NAME = Column("name", "名称", ColumnKind.TEXT)


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
    whole: int | None = None
    """The amount (fen) of which the main measure's share is shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns a view has."""

    measures: tuple[tuple[str, str], ...]
    """(id, title) of each measure, the main one first."""
    lead: tuple[Column, ...] = (CODE,)
    share: bool = True


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
    every, ends = _distinct(list(entries), list(totals))
    kept = [entry for entry in every if matches(state.filter, entry.code, entry.name)]
    columns = _columns(sources, plan)
    compared = sources.baseline is not None
    return ViewTable(
        title=view_title(state),
        breadcrumb=(body_and_year(sources.current.head), *places),
        columns=columns,
        frame=ordered(_frame(kept, plan, columns, compared=compared), state),
        totals=_frame(ends, plan, columns, compared=compared),
        unit=state.unit,
        notes=notes,
        decimals=_decimals(sources, [*every, *ends]),
        hidden=len(every) - len(kept),
        provenance=provenance(sources, places),
    )


def view_title(state: ViewState) -> str:
    """Title of the view with its scope: 支出 · 全部资金, 原表 · 表7 项目支出表."""
    return " · ".join(part for part in (VIEW_TITLES[state.view], scope_title(state.scope)) if part)


def view_label(state: ViewState) -> str:
    """The view in as few words as tell it from the others; the expenditure of all funds goes without saying."""
    scopes = VIEW_SCOPES[state.view]
    plain = state.scope in {scopes[0], ""}
    if state.view is View.STATEMENT:
        return scope_title(state.scope or scopes[0])
    if state.view is View.EXPENDITURE and plain:
        return ""
    return VIEW_TITLES[state.view] if plain else f"{VIEW_TITLES[state.view]}·{scope_title(state.scope)}"


def scope_title(scope: Scope) -> str:
    """Chinese title of a scope; "" for the scope of views that have only one."""
    if scope in VIEW_SCOPES[View.STATEMENT]:
        return f"{statement_number(scope.value)} {STATEMENTS[StatementId(scope.value)].short}"
    return SCOPE_TITLES.get(scope, "")


def ordered(frame: pl.DataFrame, state: ViewState) -> pl.DataFrame:
    """Sort stably, nulls last; deltas by their size whatever their sign; an unknown column changes nothing."""
    if state.sort is None or state.sort.column not in frame.columns:
        return frame
    by = pl.col(state.sort.column)
    if state.sort.column.endswith("@delta"):
        by = by.abs()
    return frame.sort(by, descending=state.sort.descending, nulls_last=True, maintain_order=True)


def change(pair: Pair, measures: Sequence[str]) -> Change:
    """How a line stands against the baseline, by the amounts that the view shows."""
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


def _columns(sources: Sources, plan: Plan) -> tuple[Column, ...]:
    (main, title), *others = plan.measures
    if sources.baseline is None:
        left = [_amount(id_, name) for id_, name in plan.measures[:LEFT_OF_NAME]]
        right = [_amount(id_, name) for id_, name in plan.measures[LEFT_OF_NAME:]]
        return (*plan.lead, *left, *([SHARE] if plan.share else []), NAME, *right)
    head, against = sources.heads
    left = [
        _amount(main, head or title),
        _amount(f"{main}@baseline", against),
        Column(f"{main}@delta", "增减", ColumnKind.AMOUNT),
        Column(f"{main}@rate", "增减%", ColumnKind.PERCENT),
    ]
    right = []
    for id_, name in others:
        right += [
            _amount(id_, name),
            _amount(f"{id_}@baseline", f"{name} {against}"),
            Column(f"{id_}@delta", f"{name} 增减", ColumnKind.AMOUNT),
        ]
    return (*plan.lead, *left, NAME, *right)


def _amount(id_: str, title: str) -> Column:
    return Column(id_, title, ColumnKind.AMOUNT, status=f"{id_}#status")


def _frame(entries: list[Entry], plan: Plan, columns: tuple[Column, ...], *, compared: bool) -> pl.DataFrame:
    measures = [id_ for id_, _ in plan.measures]
    data: dict[str, list[Any]] = {name: [] for name in META_SCHEMA}
    schema = dict(META_SCHEMA)
    for entry in entries:
        current, baseline = entry.pair.current, entry.pair.baseline
        data["key"].append(entry.key)
        data["row_kind"].append(entry.pair.row.kind)
        data["level"].append(entry.level)
        data["enter"].append(entry.enter)
        data["change"].append((change(entry.pair, measures) if compared else Change.NONE).value)
        data["near"].append(baseline.project if entry.pair.near and baseline is not None else None)
        data["note"].append(entry.note)
        data["statement"].append(entry.pair.row.statement or None)
        data["row_no"].append(None if current is None else current.row_no)
        data["baseline_row_no"].append(None if baseline is None else baseline.row_no)
    for column in columns:
        data[column.id] = [_value(entry, column, plan.measures[0][0]) for entry in entries]
        schema[column.id] = _TYPES[column.kind]
        if column.status:
            data[column.status] = [_status(entry, column.id) for entry in entries]
            schema[column.status] = pl.String
    return pl.DataFrame(data, schema=schema)


_TYPES: dict[ColumnKind, Any] = {
    ColumnKind.TEXT: pl.String,
    ColumnKind.CODE: pl.String,
    ColumnKind.AMOUNT: pl.Int64,
    ColumnKind.PERCENT: pl.Float64,
    ColumnKind.SHARE: pl.Float64,
    ColumnKind.INTEGER: pl.Int64,
}
"""Polars type of each kind of column."""


def _value(entry: Entry, column: Column, main: str) -> str | int | float | None:
    if column.kind in {ColumnKind.TEXT, ColumnKind.CODE}:
        return {"name": entry.name, "code": entry.code, "side": SIDE_TITLES.get(entry.pair.row.side, "")}[column.id]
    if column.id == "share":
        return share(_fen(entry.pair.current, main), entry.whole)
    measure, _, part = column.id.partition("@")
    current, baseline = _fen(entry.pair.current, measure), _fen(entry.pair.baseline, measure)
    if part == "delta":
        return delta(current, baseline)
    if part == "rate":
        return rate(current, baseline)
    return {"": current, "baseline": baseline}[part]


def share(part: int | None, whole: int | None) -> float | None:
    """Share in per cent; None where either is missing, and where the whole is not positive or the part negative."""
    if part is None or whole is None or whole <= 0 or part < 0:
        return None
    return 100 * part / whole


def _status(entry: Entry, column_id: str) -> str | None:
    measure, _, part = column_id.partition("@")
    row = entry.pair.baseline if part == "baseline" else entry.pair.current
    amount = None if row is None else row.amounts.get(measure)
    return None if amount is None else amount.status


def _fen(row: Row | None, measure: str) -> int | None:
    return None if row is None else row.fen(measure)


def _decimals(sources: Sources, entries: list[Entry]) -> int:
    halves = {
        amount.half_unit
        for entry in entries
        for row in (entry.pair.current, entry.pair.baseline)
        if row is not None
        for amount in row.amounts.values()
    }
    unit = sources.state.unit
    return max((decimals_for(half, unit) for half in halves), default=2)
