"""One row in full for the detail pane: its printed cells, how sure their columns are, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from budget.i18n.language import N_, joined, tr
from budget.model.codes import name_en, name_zh
from budget.model.disclosure import AmountOrigin, ColumnStatus, MoneyUnit
from budget.model.money import format_fen, quantity_text, unit_title
from budget.model.titles import measure_words
from budget.reading.disclosure import opened
from budget.reading.rows import COMPUTED
from budget.views.english import beside as with_words
from budget.views.english import code_name, spoken
from budget.views.row.mentions import mentions_of_row
from budget.views.sources import sources
from budget.views.state import View
from budget.views.table import FINDING, ColumnKind

if TYPE_CHECKING:
    from budget.library.frames import Frames
    from budget.views.row.mentions import Mention
    from budget.views.state import ViewState
    from budget.views.table import ViewTable

STATUS_WORDS = {
    ColumnStatus.PRINTED.value: N_("原表"),
    ColumnStatus.SOLVED.value: N_("已解出"),
    ColumnStatus.INFERRED.value: N_("推断"),
    ColumnStatus.AMBIGUOUS.value: N_("未定"),
    COMPUTED: N_("计算"),
}
"""What the screen says of a column_status."""
ORIGIN_WORDS = {
    AmountOrigin.PRINTED.value: "",
    AmountOrigin.RECONSTRUCTED.value: N_("重建"),
    AmountOrigin.RECOGNISED.value: N_("识别"),
}
"""What the screen says of the origin of an amount; nothing where it is printed."""


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
    origin: str
    origin_word: str
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
    """The name of the code in the classification, Chinese and English; in English ours, where the name lacks it."""
    statement: str
    source: str
    """Where the row stands: 表3 第376行, in paged documents 表3 第12页 表格第5行; "" for computed rows."""
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
    mentions: tuple[Mention, ...] = ()
    """What the document says of the row."""
    finding: str = ""
    """The discrepancies that touch the row, where they are known."""
    text: str = ""
    """The words of a row that stands in no statement, whole; "" for lines of statements."""


def source_of(frames: Frames, disclosure_id: str, statement: str, row_no: int) -> tuple[DetailCell, ...]:
    """Printed cells of one line of a statement, in printed order."""
    own = opened(frames, disclosure_id)
    found, phase = own.cells.filter(statement=statement, row_no=row_no), own.head.phase
    order = own.printed[statement].measures if statement in own.printed else ()
    cells = [
        DetailCell(
            measure=row["measure"],
            title=measure_words(statement, row["measure"], phase),
            amount_fen=row["amount_fen"],
            printed=row["printed"] or "",
            column_status=row["column_status"],
            status_word=tr(STATUS_WORDS.get(row["column_status"], "")) or row["column_status"],
            origin=row["origin"] or AmountOrigin.PRINTED.value,
            origin_word=tr(ORIGIN_WORDS.get(row["origin"] or "", "")),
            candidates=tuple(measure_words(statement, measure, phase) for measure in row["candidates"] or ()),
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
    their_statement = row["baseline_statement"] or statement
    theirs = () if against is None else source_of(frames, state.baseline, their_statement, against)
    computed = row["row_kind"] == COMPUTED
    code = row.get("code") or ""
    line, page = _position(frames, state.disclosure, statement, row_no)
    current = opened(frames, state.disclosure)
    words, foreign = "", row["line"] is None
    if not statement and not computed:
        line = row["line"] if not foreign else row["baseline_line"]
        words = _text(row, table)
    printed, phase = current.printed.get(statement), current.head.phase
    return RowDetail(
        key=key,
        name=row["name"] or "",
        code=code,
        official_name="" if state.view is View.LIBRARY else _official(code, row["name"] or ""),
        statement=statement,
        source=place_of_row(frames, state.disclosure, statement, row_no) or _line(None if foreign else row["line"]),
        cells=_computed(row, table, "", phase) if computed else own,
        baseline_source=place_of_row(frames, state.baseline, their_statement, against) or _line(row["baseline_line"]),
        baseline_cells=_computed(row, table, "baseline", phase) if computed else theirs,
        change=row["change"] or "",
        near=row["near"],
        note=row["note"],
        money_unit=unit_title(MoneyUnit(printed.money_unit)) if printed else "",
        line=line,
        page=page,
        mentions=_mentions(state, frames, table, (statement, row_no), (their_statement, against)),
        finding=row.get(FINDING) or "",
        text=words,
    )


def _official(code: str, name: str) -> str:
    if spoken():
        english = code_name(code)
        return english if not name.endswith(with_words("", english)) else ""
    return f"{name_zh(code)} {name_en(code)}" if name_zh(code) else ""


def _mentions(
    state: ViewState,
    frames: Frames,
    table: ViewTable,
    place: tuple[str, int | None],
    theirs: tuple[str, int | None],
) -> tuple[Mention, ...]:
    """What the document says of a line of its own, or of one that stands only in the baseline."""
    for disclosure, (statement, row_no) in ((state.disclosure, place), (state.baseline, theirs)):
        found = opened(frames, disclosure).of(statement) if disclosure and row_no is not None else ()
        for row in found:
            if row.row_no == row_no:
                return mentions_of_row(sources(state, frames), row, table.unit)
    return ()


def _text(row: dict[str, object], table: ViewTable) -> str:
    """All words and figures of a row: its name, then what its other columns say, each behind its title."""
    parts = [str(row["name"] or "")]
    for column in table.columns:
        value = row[column.id]
        if column.id == "name" or value in {None, "", parts[0]}:
            continue
        if column.kind is ColumnKind.TEXT:
            parts.append(f"{column.title} {value}")
        elif column.kind is ColumnKind.AMOUNT and isinstance(value, int):
            parts.append(f"{column.title} {format_fen(value, table.unit, table.decimals)}")
        elif column.kind is ColumnKind.QUANTITY and isinstance(value, float):
            parts.append(f"{column.title} {quantity_text(value)}")
    return joined(parts, "；")


def _line(line: int | None) -> str:
    return "" if line is None else tr("第{}行").format(line)


def _computed(row: dict[str, object], table: ViewTable, part: str, phase: str) -> tuple[DetailCell, ...]:
    """The amounts of a row that yusuan added, as cells without a source."""
    cells = []
    for column in table.columns:
        value = row[column.id]
        if column.kind is not ColumnKind.AMOUNT or column.part != part or not isinstance(value, int):
            continue
        title = measure_words(str(row["statement"]), column.measure, phase) if row["statement"] else ""
        amount = format_fen(value, table.unit, table.decimals)
        text = tr("{amount} {unit}").format(amount=amount, unit=unit_title(table.unit))
        said = (COMPUTED, tr(STATUS_WORDS[COMPUTED]), AmountOrigin.PRINTED.value, "")
        cells.append(DetailCell(column.measure, title, value, text, *said, (), (), None, None))
    return tuple(cells)


def _position(frames: Frames, disclosure_id: str, statement: str, row_no: int | None) -> tuple[int | None, int | None]:
    """Line and page on which a row of a statement begins."""
    for row in opened(frames, disclosure_id).of(statement):
        if row_no is not None and row.row_no == row_no:
            return row.line, row.page
    return None, None


def place_of_row(frames: Frames, disclosure_id: str, statement: str, row_no: int | None) -> str:
    """Where a row stands: 表3 第376行; in paged documents 表3 第12页 表格第5行, counted on that page without the head.

    "" where there is no such row.
    """
    if row_no is None:
        return ""
    found = opened(frames, disclosure_id)
    line, page = _position(frames, disclosure_id, statement, row_no)
    where = _line(line)
    if page is not None:
        # the two sides of a table share their lines
        lines = sorted({row.line for row in found.of(statement) if row.page == page and row.line is not None})
        where = tr("第{}页").format(page)
        if line is not None:
            where = tr("第{0}页 表格第{1}行").format(page, lines.index(line) + 1)
    return f"{found.reference(statement)} {where}".strip()
