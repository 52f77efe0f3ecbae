"""Lay out a view table as a grid of fixed-width texts.

Amounts, shares and names are formatted a window of rows at a time.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
from rich.cells import cell_len

from budget.i18n.language import ENGLISH, current, tr
from budget.model.money import format_fen, quantity_text
from budget.views.table import FINDING, NAME_COLUMN, Change, Column, ColumnKind, name_column
from tui import messages
from tui.terminal.glyphs import Glyphs, mark_of
from tui.terminal.text import align_right, fit, visible
from tui.widgets.grid import Grid, Row

if TYPE_CHECKING:
    from budget.model.disclosure import MoneyUnit
    from budget.views.table import ViewTable

SHORT = {
    "Basic expenditure": "Basic",
    "Project expenditure": "Project",
    "Other expenditure": "Other exp.",
    "General public budget": "General",
    "General public transfers": "General transf.",
    "Government fund budget": "Gov. fund",
    "Fund transfers": "Fund transf.",
    "State capital budget": "State cap.",
    "State capital transfers": "Cap. transf.",
    "Fiscal appropriation": "Approp.",
    "Non-appropriation": "Non-approp.",
    "Appropriation": "Approp.",
    "Goods and services": "Goods/serv.",
    "Social security": "Soc. sec.",
    "Special account": "Spec. account",
    "(construction)": "(constr.)",
    "Enterprises": "Enterp.",
    "Direction": "Dir.",
    "carry-over": "c/o",
    "operating": "oper.",
    "personnel": "pers.",
    " change": " +/-",
}
"""What a head says in place of its words; the detail pane and exports have them whole."""


def column_head(title: str) -> str:
    """Return the head of a column with this title. In English long words are shortened."""
    if current() == ENGLISH:
        for words, short in SHORT.items():
            title = title.replace(words, short)
    return title


GAP = "  "
INDENT = 2
DEEPEST = 10
TEXT_WIDTH = 36
"""Cells of a text column that is not the last one."""
FIGURE_WIDTH = 14
"""Cells of a text that is drawn like a number."""
NAME_LIMIT = 400
"""Characters of a name; the source view shows the rest."""
MARK_WIDTH = 5
"""Cells of the marks 新增 and 取消; longer ones have theirs."""
TOUCHED_WIDTH = 2
"""Cells of the mark of a row that a discrepancy touches."""
STYLES = {Change.NEW: "new", Change.OWN_ONLY: "new", Change.GONE: "gone", Change.OTHER_ONLY: "gone"}
MARKS: dict[str, str] = {
    Change.NEW: messages.NEW,
    Change.GONE: messages.GONE,
    Change.OWN_ONLY: messages.OWN_ONLY,
    Change.OTHER_ONLY: messages.OTHER_ONLY,
    Change.UNDISCLOSED: messages.UNDISCLOSED,
}
"""What stands before the name of a row that only one of two documents has."""


class _Slot(NamedTuple):
    """A column with the cells it takes; `marked`: one more cell for the mark of the column_status."""

    column: Column
    width: int
    marked: bool


class _Layout(NamedTuple):
    left: tuple[_Slot, ...]  # codes, and words of our own before the name: they stay when others are scrolled
    front: int  # how many of the middle stand before the name
    middle: tuple[_Slot, ...]  # numbers, foreign text after them
    texts: int  # how many of the last of them are such text
    share: str  # id of the column that has a bar; "" where there is none
    change: str  # where there is none, id of the differences whose bars go to the left and right of 0
    most: int  # the greatest of these differences, fen
    name: Column | None
    marks: int  # cells for 新增, 取消, 未公开, ≈
    touched: bool  # a place for the mark of discrepancies
    base_level: int


def grid(
    table: ViewTable, glyphs: Glyphs, marked: frozenset[str] = frozenset(), pinned: frozenset[str] = frozenset()
) -> Grid:
    """Lay out a table for drawing, rows of these keys as marked.

    Pinned columns (ids) stand before the other numbers and texts already, some of them before the name.  It costs a few
    vectorized passes and formats nothing but the totals.
    """
    layout = _layout(table, pinned)
    totals = tuple(_row(row, layout, table, glyphs, pinned=True) for row in table.totals.iter_rows(named=True))

    def rows(first: int, count: int) -> list[Row]:
        window = table.frame.slice(first, count)
        drawn = [_row(row, layout, table, glyphs) for row in window.iter_rows(named=True)]
        return [row._replace(style="marked") if row.key in marked else row for row in drawn] if marked else drawn

    top = _header(layout)
    return Grid(
        header=top,
        row_count=table.frame.height,
        rows=rows,
        totals=totals,
        notes=_notes(table),
        bars=bool(layout.share),
        changes=_bars_for(layout) if layout.most else 0,
        columns=tuple(slot.column.id for slot in layout.middle),
        pinned=sum(slot.column.id in pinned for slot in layout.middle),
        front=layout.front,
        left_columns=tuple((slot.column.id, cell_len(_title(slot))) for slot in layout.left),
        texts=layout.texts,
        name_column=layout.name.id if layout.name else "",
        name_width=max([_name_width(table, layout), cell_len(top.name), *(cell_len(row.name) for row in totals)]),
    )


def _bars_for(layout: _Layout) -> int:
    """How many of the first columns bars of changes stand for: to the difference, and the rate beside it."""
    columns = [slot.column for slot in layout.middle]
    at = next(number for number, column in enumerate(columns) if column.id == layout.change) + 1
    return at + (at < len(columns) and columns[at].part == "rate")


def _notes(table: ViewTable) -> tuple[str, ...]:
    """Sentences below the rows: of the totals, of the table, of the filter."""
    name = NAME_COLUMN if NAME_COLUMN in table.totals.columns else "key"
    ends = [
        tr(messages.NOTE_OF).format(row[name], row["note"]) for row in table.totals.iter_rows(named=True) if row["note"]
    ]
    added = table.frame.filter(pl.col("row_kind") == "computed", pl.col("note").is_not_null())
    ends += [tr(messages.NOTE_OF).format(row[name], row["note"]) for row in added.iter_rows(named=True)]
    return (*ends, *table.notes, *([tr(messages.HIDDEN_ROWS).format(table.hidden)] if table.hidden else []))


def _layout(table: ViewTable, pinned: frozenset[str]) -> _Layout:
    """Put what stands before the name at the left; text behind the name is foreign and stands behind every number."""
    name = name_column(table.columns)
    at = table.columns.index(name) if name else 0
    drawn = [column for column in table.columns if column.drawn and not _blank(column, table)]
    before = [column for column in drawn if column in table.columns[:at]]
    left = list(takewhile(lambda column: column.id not in pinned, before))
    others = [column for column in drawn if column not in left and column is not name]
    foreign = [
        column
        for column in others
        if column.kind is ColumnKind.TEXT and not column.right and column.id not in pinned and column not in before
    ]
    shares = [column.id for column in others if column.kind is ColumnKind.SHARE]
    changes = [column.id for column in others if column.part == "delta" and column.kind is ColumnKind.AMOUNT]
    change = "" if shares or not changes else changes[0]
    most = table.frame.select(pl.col(change).abs().max().fill_null(0)).item() if change else 0
    hidden = {column.stand_in for column in others}  # drawn in the column of amounts
    others = [column for column in others if column.id not in hidden]
    both = table.frame.select("change", "near", "level")
    marked = both.select((pl.col("change").is_in(list(MARKS)) | pl.col("near").is_not_null()).any()).item()
    used = [cell_len(tr(MARKS[change])) + 1 for change in both["change"].unique() if change in MARKS]
    marks = max([MARK_WIDTH, *used]) if marked else 0
    return _Layout(
        tuple(_slot(column, table) for column in left),
        len(before) - len(left),
        tuple(_slot(column, table) for column in [*(c for c in others if c not in foreign), *foreign]),
        len(foreign),
        shares[0] if shares else "",
        change,
        most,
        name,
        marks,
        FINDING in table.frame.columns,
        both.select(pl.col("level").min().fill_null(0)).item(),
    )


def _blank(column: Column, table: ViewTable) -> bool:
    """Whether no row of a table has anything in a column of codes or words: its place is left to the name."""
    words = column.kind in {ColumnKind.CODE, ColumnKind.TEXT}
    return words and not table.frame.is_empty() and not (_values(table, column.id).fill_null("") != "").any()


def _slot(column: Column, table: ViewTable) -> _Slot:
    """Measure a column by its extreme values, never row by row."""
    both = _values(table, column.id)
    width = cell_len(visible(column_head(column.title)))
    if column.kind in {ColumnKind.CODE, ColumnKind.TEXT}:
        # Bytes and characters bound the cells: (3 + 1) / 2 for Chinese, (1 + 1) / 2 for ASCII.
        cells = both.to_frame().select(
            ((pl.col(column.id).str.len_bytes() + pl.col(column.id).str.len_chars() + 1) // 2).max().fill_null(0)
        )
        most = FIGURE_WIDTH if column.right else TEXT_WIDTH
        return _Slot(column, min(max(width, cells.item()), most), marked=False)
    texts = [_number(value, column.kind, table.unit, _decimals(column, table)) for value in (both.min(), both.max())]
    if column.stand_in:
        counted = _values(table, column.stand_in)
        texts += [_number(value, ColumnKind.QUANTITY, table.unit, 0) for value in (counted.min(), counted.max())]
    width = max([width, *map(len, texts)])
    return _Slot(column, width, marked=bool(column.status))


def _values(table: ViewTable, id_: str) -> pl.Series:
    """The values of a column, those of the totals among them."""
    return pl.concat([table.frame.select(id_), table.totals.select(id_)]).to_series()


def _decimals(column: Column, table: ViewTable) -> int:
    """Decimals of a column; amounts have those of the table."""
    return table.decimals if column.kind is ColumnKind.AMOUNT else column.decimals


def _places(decimals: int) -> int:
    """Cells of the decimals with their point."""
    return decimals + 1 if decimals else 0


def _number(value: Any, kind: ColumnKind, unit: MoneyUnit, decimals: int) -> str:  # noqa: ANN401 - a frame's value
    """A value as it is printed: an amount in this unit, a count, a quantity or a percentage."""
    if value is None:
        return ""
    if kind is ColumnKind.AMOUNT:
        return format_fen(value, unit, decimals)
    if kind is ColumnKind.INTEGER:
        return str(value)
    if kind is ColumnKind.QUANTITY:
        return quantity_text(value)
    return f"{value:.{decimals}f}%"


def _row(row: dict[str, Any], layout: _Layout, table: ViewTable, glyphs: Glyphs, *, pinned: bool = False) -> Row:
    """A row of the table as texts; `pinned` for totals, which have no bar and no indentation."""
    change = row["change"]
    computed = row["row_kind"] == "computed"
    share = row[layout.share] if layout.share else None
    if layout.most and row[layout.change] is not None:
        share = 100 * row[layout.change] / layout.most
    return Row(
        key=row["key"],
        style=STYLES.get(change, "computed" if computed else ""),
        frozen="".join(_cell(slot, row, table) for slot in layout.left),
        numbers=tuple(_cell(slot, row, table) for slot in layout.middle),
        share=None if pinned else share,
        name=_name(row, layout, glyphs, pinned=pinned),
    )


def _cell(slot: _Slot, row: dict[str, Any], table: ViewTable) -> str:
    """The text of a column in its width, with the mark of its status and the gap behind it."""
    value = row[slot.column.id]
    if slot.column.kind in {ColumnKind.CODE, ColumnKind.TEXT}:
        text = fit(visible(value or "", NAME_LIMIT), slot.width)
        return (align_right(text.rstrip(), slot.width) if slot.column.right else text) + GAP
    decimals = table.decimals_of(row) if slot.column.kind is ColumnKind.AMOUNT else slot.column.decimals
    number = _number(value, slot.column.kind, table.unit, decimals)
    if value is None and slot.column.stand_in:
        number = _number(row[slot.column.stand_in], ColumnKind.QUANTITY, table.unit, 0)
    elif value is not None:  # the points of the others stand below each other
        number += " " * (_places(_decimals(slot.column, table)) - _places(decimals))
    text = align_right(number, slot.width)
    if not slot.marked:
        return text + GAP
    origin = row[slot.column.origin] if slot.column.origin else None
    mark = mark_of(row[slot.column.status], origin) if value is not None else ""
    return text + (mark or " ") + GAP[1:]


def _name(row: dict[str, Any], layout: _Layout, glyphs: Glyphs, *, pinned: bool) -> str:
    """The name with the marks before it, its indentation, and * where there is a note."""
    name = visible(row[layout.name.id] or "", NAME_LIMIT) if layout.name else ""
    note = " *" if row["note"] else ""
    touched = fit(glyphs.touched if row.get(FINDING) else "", TOUCHED_WIDTH) if layout.touched else ""
    if pinned:
        return touched + " " * layout.marks + name + note
    level = min(max((row["level"] or 0) - layout.base_level, 0), DEEPEST)
    return touched + _mark(row, layout, glyphs) + " " * INDENT * level + name + note


def _mark(row: dict[str, Any], layout: _Layout, glyphs: Glyphs) -> str:
    """The mark of a row that only one document has, or that is paired by a near name."""
    if not layout.marks:
        return ""
    if mark := MARKS.get(row["change"]):
        return fit(tr(mark), layout.marks)
    return fit(glyphs.near if row["near"] is not None else "", layout.marks)


def _header(layout: _Layout) -> Row:
    left = "".join(_title(slot) for slot in layout.left)
    numbers = tuple(_title(slot) for slot in layout.middle)
    title = visible(layout.name.title) if layout.name else ""
    before = " " * (TOUCHED_WIDTH * layout.touched + layout.marks)
    return Row("", "", left, numbers, None, before + title)


def _title(slot: _Slot) -> str:
    title = visible(column_head(slot.column.title))
    if slot.column.kind in {ColumnKind.CODE, ColumnKind.TEXT} and not slot.column.right:
        return fit(title, slot.width) + GAP
    return align_right(title, slot.width) + GAP


def _name_width(table: ViewTable, layout: _Layout) -> int:
    """Bound the cells of the longest name: bytes and characters as in `_slot`, marks and indentation added."""
    if layout.name is None:
        return 0
    column = pl.col(layout.name.id)
    cells = ((column.str.len_bytes() + column.str.len_chars() + 1) // 2).max().fill_null(0)
    longest = min(int(table.frame.select(cells).item()), 2 * NAME_LIMIT)
    deepest = int(table.frame.select(pl.col("level").max().fill_null(0)).item()) - layout.base_level
    return TOUCHED_WIDTH * layout.touched + layout.marks + INDENT * min(max(deepest, 0), DEEPEST) + longest + len(" *")
