"""ViewTable: what a view hands to the screen and to the export, ready to format, nothing formatted yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.model.disclosure import MoneyUnit
from budget.model.money import decimals_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import polars as pl

HALF_UNIT = "half_unit"
"""Column of a frame whose rows come from several documents: half of the last digit that each prints (fen)."""


class ColumnKind(StrEnum):
    """How a column's values are to be shown and exported."""

    TEXT = "text"
    CODE = "code"  # text of digits: never grouped, never a number in a spreadsheet
    AMOUNT = "amount"  # Int64 fen, shown in the table's money unit
    PERCENT = "percent"  # Float64, 12.5 is 12.5 %
    SHARE = "share"  # Float64 0..100, share of the parent; the screen adds a bar
    INTEGER = "integer"
    QUANTITY = "quantity"  # Float64, persons, things, square metres: never money


class Change(StrEnum):
    """A row against the baseline."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"  # 新增
    GONE = "gone"  # 取消
    OWN_ONLY = "own_only"  # 仅本单位: of another body, which has no such row
    OTHER_ONLY = "other_only"  # 仅对方
    UNDISCLOSED = "undisclosed"  # 未公开: the other document breaks nothing down so far
    NONE = ""  # no baseline


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view: `id` names the column of `ViewTable.frame`."""

    id: str
    title: str
    kind: ColumnKind
    status: str = ""
    """Name of the frame column that holds the column_status (or "computed") of each amount; "" where there is none."""
    origin: str = ""
    """Name of the frame column that holds the origin of each amount; "" where all of them are printed."""
    measure: str = ""
    """The measure of an amount, difference or rate."""
    part: str = ""
    """"" for the disclosure's own amount, else baseline, delta or rate."""
    decimals: int = 1
    """Decimals of a percentage: those that are printed, where it is not computed."""
    drawn: bool = True
    """False for what exports have and the screen tells elsewhere."""
    right: bool = False
    """True for a text that the screen draws like a number."""
    stand_in: str = ""
    """Id of a column of quantities that the screen shows in this one where a row has no amount."""


NAME_COLUMN = "name"
"""Id of the column of names, which the screen draws before the numbers."""
LEFT_OUT = "left_out"
"""Fact of the provenance: the titles of columns that the user has hidden."""


def name_column(columns: Sequence[Column]) -> Column | None:
    """Return the column of names. Of columns without one the last text."""
    texts = [column for column in columns if column.kind is ColumnKind.TEXT]
    return next((column for column in texts if column.id == NAME_COLUMN), texts[-1] if texts else None)


def worded(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Translate column titles that are words of the interface."""
    words = ((column, tr(column.title)) for column in columns)
    return tuple(column if title == column.title else replace(column, title=title) for column, title in words)


FINDING = "finding"
"""The column that a frame has where a discrepancy touches one of its rows: what is to be said of it, else null."""
META_COLUMNS = ("key", "row_kind", "level", "enter", "change", "near", "note", "statement", "row_no")
"""Columns that every view's frame has beside those of `ViewTable.columns`:

key        String  unique in the table; what a cursor, a history entry and a bookmark remember
row_kind   String  a RowKind, or "computed" for a row that yusuan adds
level      Int32   indentation of the name
enter      String  what Enter opens: the code to append to the path, a project key, a disclosure_id; null: nothing
change     String  a Change
near       String  the baseline's name where the pair was made by a near name (≈), else null
note       String  what must be said of this row (下级合计 664.01，相差 0.01，舍入可解释), else null
statement  String  the statement that the row's amounts come from, null in the library
row_no     Int32   its row there; null for computed rows and for rows only in the baseline
"""


@dataclass(frozen=True, slots=True)
class ViewTable:
    """A view's rows with the description of their columns.

    `frame` has META_COLUMNS and, for every column of `columns`, one column of that id.  `totals` has the same
    schema: the rows that stay at the end whatever is sorted or filtered (合计 of the shown place).
    """

    title: str
    breadcrumb: tuple[str, ...]
    columns: tuple[Column, ...]
    frame: pl.DataFrame
    totals: pl.DataFrame
    unit: MoneyUnit = MoneyUnit.WAN
    notes: tuple[str, ...] = ()
    """Sentences about the whole table: 本表为空表…, what is missing, what could not be read."""
    decimals: int = 2
    """Decimals that show every amount of this table exactly in `unit`; `decimals_of` for those of one row."""
    hidden: int = 0
    """Rows that the filter hides."""
    provenance: dict[str, str] = field(default_factory=dict)
    """Body, year, baseline, view, scope, place, unit, SHA-256 of the source(s): what an export carries."""

    def decimals_of(self, row: dict[str, Any]) -> int:
        """Decimals of the amounts of one row: no more digits than its document prints."""
        half = row.get(HALF_UNIT)
        return self.decimals if half is None else decimals_for(half, self.unit)
