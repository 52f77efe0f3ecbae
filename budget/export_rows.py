"""What every format of an export shares: the rows of a table, their marks in words, heads and plain numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from budget.export_text import neutral
from budget.model import AmountOrigin, ColumnStatus
from budget.money import format_fen
from budget.quantities import quantity_text
from budget.sheets import COMPUTED
from budget.views.detail import ORIGIN_WORDS, STATUS_WORDS
from budget.views.table import FINDING, Change, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.views.table import Column, ViewTable

CHANGE_WORDS = {Change.SAME: "不变", Change.CHANGED: "变动", Change.NEW: "新增", Change.GONE: "取消"}
FACTS = {
    "body": "部门（单位）",
    "fiscal_year": "年度",
    "phase": "阶段",
    "edition": "口径",
    "source": "原文件",
    "sha256": "SHA-256",
    "baseline_body": "对比部门（单位）",
    "baseline_fiscal_year": "对比年度",
    "baseline_phase": "对比阶段",
    "baseline_edition": "对比口径",
    "baseline_source": "对比原文件",
    "baseline_sha256": "对比 SHA-256",
    "view": "视图",
    "scope": "范围",
    "place": "位置",
    "unit": "金额单位",
    "filter": "筛选",
    "sort": "排序",
}
"""What the facts of the provenance are called."""
TOTAL_WORD, COMPUTED_WORD = "合计", "计算"
ROW_MARK, CHANGE_HEAD, NEAR_HEAD, NOTE_HEAD, FINDING_HEAD = "行别", "变化", "近似名称", "说明", "不符"
NUMERIC = frozenset({ColumnKind.AMOUNT, ColumnKind.PERCENT, ColumnKind.SHARE, ColumnKind.INTEGER, ColumnKind.QUANTITY})
"""The kinds of columns that hold numbers."""


def rows_of(table: ViewTable) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every row, the totals last and marked."""
    for row in table.frame.iter_rows(named=True):
        yield row, False
    for row in table.totals.iter_rows(named=True):
        yield row, True


def mark(row: dict[str, Any], *, total: bool) -> str:
    """What kind of row this is, where it is not simply a line of the document."""
    if total:
        return TOTAL_WORD
    return COMPUTED_WORD if row["row_kind"] == COMPUTED else ""


def change(row: dict[str, Any]) -> str:
    """How the row stands against the baseline."""
    return CHANGE_WORDS.get(Change(row["change"] or ""), "")


def row_note(row: dict[str, Any], table: ViewTable) -> str:
    """What must be said of a row, the pair made by a near name, and which of its amounts are not simply printed."""
    near = f"≈ {row['near']}" if row["near"] else ""
    held: dict[str, list[str]] = {}
    for column in table.columns:
        status = row[column.status] if column.status else None
        if status is not None and status != ColumnStatus.PRINTED:
            held.setdefault(STATUS_WORDS.get(status, status), []).append(column.title)
        origin = row[column.origin] if column.origin else None
        if origin is not None and origin != AmountOrigin.PRINTED:
            held.setdefault(ORIGIN_WORDS.get(origin, origin), []).append(column.title)
    open_ = "，".join(f"{word}：{'、'.join(titles)}" for word, titles in held.items())
    touched = f"{FINDING_HEAD}：{row[FINDING]}" if row.get(FINDING) else ""
    return "；".join(filter(None, (row["note"], touched, near, open_)))


def head(column: Column, table: ViewTable) -> str:
    """The head of a column, with the money unit of amounts."""
    return f"{column.title}（{table.unit.value}）" if column.kind is ColumnKind.AMOUNT else column.title


def plain(value: Any, column: Column, table: ViewTable) -> str:  # noqa: ANN401 - a frame's value
    """One value: a plain number, or a neutral text; "" for none."""
    if value is None:
        return ""
    if column.kind is ColumnKind.AMOUNT:
        return format_fen(value, table.unit, table.decimals, grouped=False)
    if column.kind in {ColumnKind.PERCENT, ColumnKind.SHARE}:
        return f"{value:.2f}"
    if column.kind is ColumnKind.QUANTITY:
        return quantity_text(value).replace(",", "")
    return str(value) if column.kind is ColumnKind.INTEGER else neutral(value)


def against(table: ViewTable) -> str:
    """What the table is compared with, in short: the year, with its phase where that is another; "" for nothing."""
    known = table.provenance
    year, phase = known.get("baseline_fiscal_year", ""), known.get("baseline_phase", "")
    return year + phase if year and phase != known.get("phase") else year
