"""Which line of a statement stands below which: by codes, or by the path of labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.forms import FORMS
from budget.model import RowKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.sheets import Row

_GRAND_TOTAL = RowKind.GRAND_TOTAL.value
SPENT = "本年支出"
"""What the line of final accounts is called that totals the classes, below the grand total."""
KINDS = ("人员经费", "公用经费")
"""What the lines begin with that total the classes of a kind in final accounts; they have no lines below them."""
_PREFIXES = (5, 3)
"""Digits of the codes above a code, the nearest first."""
_LEFT_OVER = "结余"
"""What the lines of final accounts beside the classes are called: 结余分配, 年末结转和结余."""
_LABELS = {
    (statement.id, label.key) for form in FORMS.values() for statement in form.statements for label in statement.labels
}
_LABELLED = {statement for statement, _ in _LABELS}


def parents(rows: Iterable[Row]) -> list[tuple[Row, Row | None]]:
    """Each line with the line above it, by codes within a body (单位小计) or by the path of labels; None for tops."""
    rows = tuple(rows)
    totals = {row.side: row for row in rows if row.kind == _GRAND_TOTAL}
    keys = {row.line_key: row for row in rows}
    spent = next((row for row in rows if row.side and SPENT in row.name and row.kind == RowKind.SOURCE.value), None)
    found: list[tuple[Row, Row | None]] = []
    at: dict[str, Row] = {}
    top = totals.get("")
    for row in rows:
        if row.kind == _GRAND_TOTAL:
            continue
        if row.kind == RowKind.BODY.value and not row.name.startswith(KINDS):
            at, top = {}, row
            found.append((row, totals.get("")))
        elif row.side:
            above = totals.get(row.side) if spent is None or not row.code else spent
            found.append((row, keys.get(row.line_key.rpartition("/")[0]) or above))
        elif row.kind == RowKind.SOURCE.value and not row.code:
            found.append((row, keys.get(row.line_key.rpartition("/")[0])))
        else:
            places = [row.code] if row.project and row.code else []
            places += [row.code[:length] for length in _PREFIXES if length < len(row.code)]
            found.append((row, next((at[place] for place in places if place in at), top)))
            if not row.project:
                at[row.code] = row
    return found


def unknown(row: Row) -> bool:
    """Whether a line is a label of no form: it may be a part of anything, and of nothing."""
    if row.kind != RowKind.SOURCE.value or row.code or row.statement not in _LABELLED:
        return False
    key = row.line_key.removeprefix(f"{row.side}/") if row.side else row.line_key
    beside = row.side == "expenditure" and (SPENT in row.name or _LEFT_OVER in row.name)
    return not beside and (row.statement, key) not in _LABELS
