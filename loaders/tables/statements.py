"""Tables with cells -> statements: the columns of every page, the rows, and codes for what prints none."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from budget.forms.catalogue import OTHER
from budget.forms.form import Measure, Shape, StatementForm
from budget.i18n.language import N_, listed, words
from budget.model.disclosure import MoneyUnit, Notice, Severity, Side, StatementHead
from loaders import titles
from loaders.lines.numbers import is_amount
from loaders.notice_wording import NEVER_PRINTED, named, unit_assumed
from loaders.statement import Reading, ReadStatement
from loaders.tables.find import header_texts
from loaders.tables.header import Column, Header, Role, columns, header_rows, paths, repeated_rows
from loaders.tables.page_breaks import raw_rows
from loaders.tables.rows import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.tables.cells import Cells
    from loaders.tables.find import Piece, Table

_BEYOND = Column(Role.NOTHING, measure=N_("没有表头的列"))
"""A column of a further page that stands beside those of the header."""
_LONGEST = 16
"""Characters of the title of an unknown table in lists."""


def read(tables: Sequence[Table], form: str) -> Reading:
    """Read the tables as statements of this form; those it does not know by what their heads say.

    `names.finish` then gives the rows their kinds, keys and parents.
    """
    reading = Reading()
    others = 0
    for table in tables:
        known = titles.statement_of(table.readings, form)
        if known is None or known.id in reading.statements:
            others += 1
            known = _unknown(table, known, others)
        found = _statement(table, known, reading.notices)
        if any(row.figures for row in found.rows) or table.readings:
            reading.statements[found.form.id] = found
    return reading


def _unknown(table: Table, like: StatementForm | None, number: int) -> StatementForm:
    """A statement for a table that no form knows, or that repeats one (of another unit)."""
    title = table.title or NEVER_PRINTED
    if like:
        title = f"{title}（{table.body}）" if table.body else title
        return StatementForm(
            f"{OTHER}{number}", 0, title, title[:_LONGEST], (), like.shape, like.measures, like.labels, like.money_unit
        )
    unit = MoneyUnit.WAN
    return StatementForm(f"{OTHER}{number}", 0, title, title[:_LONGEST], (), Shape.LABELS, (), (), unit)


def _statement(table: Table, form: StatementForm, notices: list[Notice]) -> ReadStatement:
    headers = _headers(table.pieces, form)
    if not form.measures:  # nothing is known of the table but what its head says
        form = _described(form, headers, table.pieces)
        headers = _headers(table.pieces, form)
    measures = _measures(form, headers)
    unit = table.unit or form.money_unit
    reader = Reader(form, measures, unit, notices)
    reader.read(raw_rows(table.pieces, headers))
    if table.unit is None:
        notices.append(unit_assumed(form, unit, table.first))
    for name in measures:
        if form.measures and name not in form.measure_ids:
            text = N_("表头“{}”不在表式目录中，按原文显示。")
            notices.append(Notice.of(Severity.INFO, text, name, statement=form.id, line=table.first))
    others = dict.fromkeys(
        c.measure for header in headers for c in header.columns if c.role is Role.NOTHING and c.measure
    )
    if others:
        text = N_("{}有未列入的列（不是金额，或没有表头），请看原文：{}。")
        left = listed(words(name) if name == _BEYOND.measure else name for name in others)
        notices.append(Notice.of(Severity.INFO, text, named(form), left, statement=form.id, line=table.first))
    head = StatementHead(
        statement=form.id,
        printed_number=table.number,
        printed_title=table.title,
        money_unit=unit,
        unit_stated=table.unit is not None,
        measures=measures,
        note="".join([*reader.notes, *table.notes]),
        line_from=table.first,
        line_to=table.last,
        page_from=table.page_from,
        page_to=table.page_to,
    )
    return ReadStatement(form, head, reader.rows, exact=True)


def _headers(pieces: Sequence[Piece], form: StatementForm) -> list[Header]:
    """The columns of every piece; one without a header has those of the page before."""
    first, *others = pieces
    end = header_rows(first.cells, first.skip, form.labels)
    found = [Header(end, columns(first.cells, first.skip, end, form))]
    known, before = header_texts(first, form.labels), first.cells
    own = paths(first.cells, first.skip, end)
    for piece in others:
        cells = piece.cells
        end = repeated_rows(cells, piece.skip, known)
        if end > piece.skip and paths(cells, piece.skip, end) != own:  # in another order
            found.append(Header(end, columns(cells, piece.skip, end, form)))
            before = cells
        elif end > piece.skip:
            found.append(Header(end, found[0].columns))
            before = cells
        else:
            found.append(Header(end, _mapped(cells, before, found[-1].columns)))
            before = cells if cells.columns == before.columns else before
    return found


def _mapped(cells: Cells, before: Cells, known: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a page without a header, by where they stand on the page, else by their order."""
    placed = cells.edges is not None and before.edges is not None and len(before.edges) == len(known) + 1
    if cells.columns == len(known) and (not placed or before.holds_edges(cells)):
        return known
    if placed and before.holds_edges(cells):
        return _by_place(cells, before, known)
    numeric = [any(map(is_amount, texts)) for texts in _column_texts(cells)]
    # A total with fewer cells: the first one covers what stands before the amounts.
    covered = (Column(Role.NAME), *known[len(known) - cells.columns + 1 :])[-cells.columns :]
    if all(column.role is Role.MEASURE for column, is_number in zip(covered, numeric, strict=False) if is_number):
        return covered + (_BEYOND,) * (cells.columns - len(covered))
    return _by_place(cells, before, known) if placed else _beside(cells, known, numeric)


def _by_place(cells: Cells, before: Cells, known: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a page by the places of those of the page before."""
    if cells.edges is None or before.edges is None:
        return known
    found = [_column_at((left + right) / 2, before.edges, known) for left, right in pairwise(cells.edges)]
    # What a wide cell says is a name, even where the middle of the cell is below the head of amounts.
    wordy = [any(not is_amount(text) for text in texts) for texts in _column_texts(cells)]
    named = [words and column.role is Role.MEASURE for words, column in zip(wordy, found, strict=True)]
    return tuple(Column(Role.NAME, c.group) if name else c for name, c in zip(named, found, strict=True))


def _beside(cells: Cells, known: tuple[Column, ...], numeric: Sequence[bool]) -> tuple[Column, ...]:
    """The columns of totals of groups that stand side by side: a name, then its amount, group by group."""
    measures = {column.group: column for column in reversed(known) if column.role is Role.MEASURE}
    groups = iter(sorted(measures))
    texts = _column_texts(cells)
    group = 0
    found: list[Column] = []
    for index, is_number in enumerate(numeric):
        named = not is_number and bool(texts[index])
        if named:
            group = next(groups, group)
        after_name = bool(found) and found[-1].role is Role.NAME and group in measures
        found.append(Column(Role.NAME, group) if named else measures[group] if after_name else _BEYOND)
    return tuple(found)


def _column_texts(cells: Cells) -> list[list[str]]:
    return [[text for row in range(cells.rows) if (text := cells.text(row, i))] for i in range(cells.columns)]


def _column_at(centre: float, edges: Sequence[float], known: tuple[Column, ...]) -> Column:
    for column, (left, right) in zip(known, pairwise(edges), strict=True):
        if left <= centre < right:
            return column
    return _BEYOND


def _measures(form: StatementForm, headers: Iterable[Header]) -> tuple[str, ...]:
    """The measures that the table has columns for, in the form's order; those that it does not know behind them."""
    printed = {
        column.measure
        for header in headers
        for column in header.columns
        if column.role is Role.MEASURE and header.side(column.group, form.shape) is not Side.REVENUE
    }
    known = [measure for measure in form.measure_ids if measure in printed]
    further = dict.fromkeys(
        column.measure
        for header in headers
        for column in header.columns
        if column.measure in printed and column.measure not in known
    )
    return (*known, *further)


def _described(form: StatementForm, headers: list[Header], pieces: list[Piece]) -> StatementForm:
    """An unknown table by its own head: its columns are its measures, codes make it a tree."""
    first = headers[0].columns
    coded = any(column.role is Role.CODE for column in first)
    sample = [_first_code(piece, header) for piece, header in zip(pieces, headers, strict=True)]
    shape = Shape.LABELS
    if coded:
        shape = Shape.ECONOMIC if any(code[:1] in {"3", "5"} for code in sample if code) else Shape.FUNCTIONAL
    measures = tuple(Measure(c.measure, c.measure, (c.measure,)) for c in first if c.role is Role.MEASURE)
    return StatementForm(form.id, form.number, form.title, form.short, (), shape, measures, (), form.money_unit)


def _first_code(piece: Piece, header: Header) -> str:
    column = next((i for i, c in enumerate(header.columns) if c.role is Role.CODE), None)
    if column is None:
        return ""
    texts = (piece.cells.text(row, column) for row in range(header.end, piece.cells.rows))
    return next((text for text in texts if text[:1].isdigit()), "")
