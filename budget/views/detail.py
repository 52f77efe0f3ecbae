"""One row in full for the detail pane: its printed cells, how sure their columns are, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from budget.classification import name_en, name_zh
from budget.forms import STATEMENTS, measure_title
from budget.model import ColumnStatus, StatementId
from budget.money import format_fen
from budget.sheets import COMPUTED, sheets, statement_number
from budget.views.state import View
from budget.views.table import ColumnKind

if TYPE_CHECKING:
    from budget.frames import Frames
    from budget.views.state import ViewState
    from budget.views.table import ViewTable

STATUS_WORDS = {
    ColumnStatus.PRINTED.value: "原表",
    ColumnStatus.SOLVED.value: "已解出",
    ColumnStatus.INFERRED.value: "推断",
    ColumnStatus.AMBIGUOUS.value: "未定",
    COMPUTED: "计算",
}
"""What the screen says of a column_status."""


@dataclass(frozen=True, slots=True)
class DetailCell:
    """One amount of a row with all that is known of it."""

    measure: str
    title: str
    amount_fen: int
    printed: str
    """As the document prints it; for computed amounts the computed one."""
    column_status: str
    status_word: str
    candidates: tuple[str, ...]
    """Titles of the columns in which the amount may stand."""
    solved_by: tuple[str, ...]
    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class RowDetail:
    """A row of a view in full; all texts are plain and come from the document as they are."""

    key: str
    name: str
    code: str
    official_name: str
    """The name of the code in the classification, Chinese and English; "" where unknown."""
    statement: str
    source: str
    """Where the row stands: 表3 第376行, 表3 第12页; "" for computed rows."""
    cells: tuple[DetailCell, ...]
    baseline_source: str
    baseline_cells: tuple[DetailCell, ...]
    change: str
    near: str | None
    note: str | None
    money_unit: str
    """The unit in which the source prints these amounts."""
    line: int | None
    """First line of the source text on which the row stands."""
    page: int | None


def source_of(frames: Frames, disclosure_id: str, statement: str, row_no: int) -> tuple[DetailCell, ...]:
    """The printed cells of one line of a statement, in the form's order of columns."""
    found = sheets(frames, disclosure_id).cells.filter(statement=statement, row_no=row_no)
    order = STATEMENTS[StatementId(statement)].measure_ids
    cells = [
        DetailCell(
            measure=row["measure"],
            title=measure_title(statement, row["measure"]),
            amount_fen=row["amount_fen"],
            printed=row["printed"] or "",
            column_status=row["column_status"],
            status_word=STATUS_WORDS.get(row["column_status"], row["column_status"]),
            candidates=tuple(measure_title(statement, measure) for measure in row["candidates"] or ()),
            solved_by=tuple(row["solved_by"] or ()),
            page=row["page"],
            line=row["line"],
        )
        for row in found.iter_rows(named=True)
    ]
    return tuple(sorted(cells, key=lambda cell: order.index(cell.measure) if cell.measure in order else len(order)))


def row_detail(state: ViewState, frames: Frames, table: ViewTable, key: str) -> RowDetail | None:
    """All that is known of the row with this key; None where the table does not show it."""
    row = next(
        (row for part in (table.frame, table.totals) for row in part.filter(key=key).iter_rows(named=True)), None
    )
    if row is None:
        return None
    statement, row_no, against = row["statement"] or "", row["row_no"], row["baseline_row_no"]
    own = () if row_no is None else source_of(frames, state.disclosure, statement, row_no)
    theirs = () if against is None else source_of(frames, state.baseline, statement, against)
    computed = row["row_kind"] == COMPUTED
    code = row.get("code") or ""
    line, page = _position(frames, state.disclosure, statement, row_no)
    printed = sheets(frames, state.disclosure).printed.get(statement)
    return RowDetail(
        key=key,
        name=row["name"] or "",
        code=code,
        official_name="" if state.view is View.LIBRARY else " ".join(filter(None, (name_zh(code), name_en(code)))),
        statement=statement,
        source=_place(statement, line, page) if row_no is not None else "",
        cells=_computed(row, table, "") if computed else own,
        baseline_source=""
        if against is None
        else _place(statement, *_position(frames, state.baseline, statement, against)),
        baseline_cells=_computed(row, table, "@baseline") if computed else theirs,
        change=row["change"] or "",
        near=row["near"],
        note=row["note"],
        money_unit=printed.money_unit if printed else "",
        line=line,
        page=page,
    )


def _computed(row: dict[str, object], table: ViewTable, suffix: str) -> tuple[DetailCell, ...]:
    """The amounts of a row that yusuan added, as cells without a source."""
    cells = []
    for column in table.columns:
        measure, _, part = column.id.partition("@")
        value = row[column.id]
        if column.kind is not ColumnKind.AMOUNT or f"@{part}".rstrip("@") != suffix or not isinstance(value, int):
            continue
        title = measure_title(str(row["statement"]), measure)
        text = f"{format_fen(value, table.unit, table.decimals)} {table.unit.value}"
        cells.append(DetailCell(measure, title, value, text, COMPUTED, STATUS_WORDS[COMPUTED], (), (), None, None))
    return tuple(cells)


def _position(frames: Frames, disclosure_id: str, statement: str, row_no: int | None) -> tuple[int | None, int | None]:
    """Line and page on which a row of a statement begins."""
    for row in sheets(frames, disclosure_id).of(statement):
        if row_no is not None and row.row_no == row_no:
            return row.line, row.page
    return None, None


def _place(statement: str, line: int | None, page: int | None) -> str:
    where = f"第{line}行" if line is not None else f"第{page}页" if page is not None else ""
    return " ".join(part for part in (statement_number(statement), where) if part)
