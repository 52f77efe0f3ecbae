"""Blocks of text -> statements with their columns and rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from budget.i18n.language import N_
from budget.model import money
from budget.model.disclosure import MoneyUnit, Notice, Severity, Side, StatementHead, StatementId
from loaders.lines import codes, names, rows, two_sided
from loaders.lines import header as headers
from loaders.lines.labels import TOTAL
from loaders.notice_wording import unit_assumed
from loaders.statement import Figure, Reading, ReadRow, ReadStatement, Shape
from loaders.words import notes, numbers
from loaders.words.tokens import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.lines.labels import Label
    from loaders.lines.layouts import Layout
    from loaders.lines.sections import Block
    from loaders.words.tokens import SourceLine, Token

_ORDER = (
    StatementId.REVENUE_EXPENDITURE_SUMMARY,
    StatementId.EXPENDITURE_DETAIL,
    StatementId.GENERAL_PUBLIC_EXPENDITURE,
    StatementId.REVENUE_DETAIL,
    StatementId.APPROPRIATION_SUMMARY,
    StatementId.GOVERNMENT_FUND_EXPENDITURE,
    StatementId.STATE_CAPITAL_EXPENDITURE,
    StatementId.BASIC_EXPENDITURE,
    StatementId.PROJECT_EXPENDITURE,
    StatementId.THREE_PUBLIC_EXPENSES,
    StatementId.CARRYOVER_DETAIL,
)
"""Reading order: what a table needs to know of others is read before it; statements of other ids follow."""


def read(blocks: Sequence[Block], narrative: str) -> Reading:
    """Read the statements; `narrative` is the rest of the document's text.

    `names.finish` then gives the rows their kinds, keys and parents.
    """
    reading = Reading()
    known = names.Names(narrative)
    known.decimals = numbers.usual_decimals(line for block in blocks for line in block.lines)
    for statement in dict.fromkeys((*_ORDER, *(block.statement for block in blocks))):
        own = [block for block in blocks if block.statement == statement]
        layout = own[0].layout if own else None
        if layout is not None:
            reading.statements[statement] = _statement(layout, own, known, reading.notices)
    return reading


def _statement(layout: Layout, blocks: Sequence[Block], known: names.Names, notices: list[Notice]) -> ReadStatement:
    first = blocks[0]
    shape = layout.shape
    lines, note = notes.split([line for block in blocks for line in block.lines])
    usual = numbers.usual_decimals(lines)
    if usual is None:
        usual = known.decimals
    if not first.unit_stated:
        notices.append(unit_assumed(layout.kind, first.unit, first.first))
    if shape in {Shape.TWO_SIDED, Shape.LABELS}:
        header, rest = headers.split_header(layout, lines, _has_amounts)
        read_rows = _labelled(layout, numbers.rejoin(rest, usual, set()), usual, known, first.unit, notices)
    else:
        header, read_rows = _coded(layout, lines, usual, known, first.unit, notices)
    printed = headers.head_of(layout, header)
    columns = headers.columns(layout, header, printed)
    for row in read_rows:
        _place(row, len(columns) if row.side is not Side.REVENUE else 1)
    head = StatementHead(
        statement=layout.kind.statement,
        printed_number=first.number,
        printed_title=first.title,
        money_unit=first.unit,
        unit_stated=first.unit_stated,
        measures=tuple(column.measure for column in columns),
        note=note,
        line_from=first.first,
        line_to=blocks[-1].last,
    )
    doubtful = not (
        headers.fits(layout, first.lines)
        and all(headers.goes_on(layout, block.lines, first.lines) for block in blocks[1:])
    )
    paths = tuple(column.path(printed) for column in columns)
    return ReadStatement(layout.kind, head, read_rows, columns, paths, doubtful=doubtful)


def _has_amounts(line: SourceLine) -> bool:
    return any(re.search(r"\d", token.text) and numbers.is_amount(token.text) for token in line.tokens)


def _labelled(
    layout: Layout,
    lines: Sequence[SourceLine],
    usual: int | None,
    known: names.Names,
    unit: MoneyUnit,
    notices: list[Notice],
) -> list[ReadRow]:
    """Two-sided statements and lists of labels."""
    two = layout.shape is Shape.TWO_SIDED
    placed, unread = ([], []) if two else two_sided.split(layout.most, lines)
    for line in unread:
        text = N_("“{}”中的金额不能确定各属哪一项，未读入。")
        notices.append(
            Notice.of(Severity.LOST, text, line.text.strip()[:40], statement=layout.kind.statement, line=line.no)
        )
    if placed:
        return [_turned(layout, label, token, unit, notices) for label, token in placed]
    lines = [line for line in lines if line not in unread]
    result = []
    for entry in two_sided.entries(layout.title, lines, usual):
        label = joined(entry.texts)
        row = ReadRow(
            side=entry.side if two else Side.NONE,
            code=entry.code,
            total=entry.total,
            name=names.clean(label),
            label=label,
            line=entry.line,
            figures=_figures(entry.amounts, unit, layout.kind.statement, notices),
        )
        row.unlabelled = not (entry.label or entry.code or entry.total)
        if entry.label:
            row.key, row.level, row.apart = entry.label.key, entry.label.level, entry.label.apart
            row.source = entry.label.value if two else ""
        known.classes.update({entry.code} - {""})
        result.append(row)
    return result


def _turned(layout: Layout, label: Label, token: Token, unit: MoneyUnit, notices: list[Notice]) -> ReadRow:
    """The line of a label that heads a column."""
    row = ReadRow(Side.NONE, "", label.name == TOTAL, label.name, label.name, token.line, [])
    row.figures = _figures([token], unit, layout.kind.statement, notices)
    row.key, row.level, row.apart = label.key, label.level, label.apart
    return row


def _coded(
    layout: Layout,
    lines: Sequence[SourceLine],
    usual: int | None,
    known: names.Names,
    unit: MoneyUnit,
    notices: list[Notice],
) -> tuple[headers.Header, list[ReadRow]]:
    """Statements whose rows begin with a code, or with a project's name."""
    shape = layout.shape
    first_digits = "35" if shape is Shape.ECONOMIC else "2"
    expected = frozenset(known.codes) if shape is Shape.PROJECTS else frozenset()
    style = codes.style_of(lines, expected, frozenset(known.classes) if shape is not Shape.ECONOMIC else frozenset())
    above = ""

    def starts(line: SourceLine) -> codes.RowStart | None:
        if shape is Shape.PROJECT_NAMES:
            return codes.total_start(line)
        return codes.total_start(line) or codes.code_start(line, style, above, first_digits)

    def starts_row(line: SourceLine) -> bool:
        start = starts(line)
        return start is not None and bool(start.code or any(numbers.is_amount(token.text) for token in start.rest))

    header, rest = headers.split_header(layout, lines, starts_row)

    def starts_in_order(line: SourceLine) -> codes.RowStart | None:
        nonlocal above
        start = starts(line)
        if start and start.code:
            above = start.code
        return start

    beginnings = set()
    for line in rest:
        if starts_in_order(line):
            beginnings.add(line.no)
    above = ""
    rest = numbers.rejoin(rest, usual, beginnings)
    uncoded = shape in {Shape.PROJECTS, Shape.PROJECT_NAMES}
    raw, unread = rows.assemble(rest, starts_in_order, usual, known.belongs, uncoded=uncoded)
    for line in unread:
        text = N_("“{}”不属于表中任何一行，未读入。")
        notices.append(
            Notice.of(Severity.INFO, text, line.text.strip()[:40], statement=layout.kind.statement, line=line.no)
        )
    if not uncoded:
        known.learn(shape, raw)
    return header, [_read_row(row, layout, known, unit, notices) for row in raw]


def _read_row(raw: rows.RawRow, layout: Layout, known: names.Names, unit: MoneyUnit, notices: list[Notice]) -> ReadRow:
    name, project = joined(raw.texts), ""
    if layout.shape is Shape.PROJECTS and raw.code:
        name, project = known.split_project(raw.code, raw.texts)
    elif raw.total:
        name = ""
    figures = _figures(raw.amounts, unit, layout.kind.statement, notices)
    return ReadRow(Side.NONE, raw.code, raw.total, name, name, raw.line, figures, project)


def _figures(tokens: Sequence[Token], unit: MoneyUnit, statement: str, notices: list[Notice]) -> list[Figure]:
    """The amounts among these tokens; `column` is for now the cell that each stands in, counted from the first."""
    figures = []
    dashes = any(numbers.PLACEHOLDER.fullmatch(token.text) for token in tokens)
    for index, token in enumerate(tokens):
        if numbers.PLACEHOLDER.fullmatch(token.text):
            continue
        amount = money.parse(token.text, unit)
        if amount is None:
            text = N_("“{}”不像完整的金额，未读入。")
            notices.append(Notice.of(Severity.LOST, text, token.text, statement=statement, line=token.line))
            continue
        column = None
        if token.cell is not None and tokens[0].cell is not None:
            column = token.cell - tokens[0].cell
        elif dashes:
            column = index
        figures.append(Figure(amount, token.line, column))
    return figures


def _place(row: ReadRow, columns: int) -> None:
    """Keep the columns that the source fixes; drop those that cannot be."""
    count = len(row.figures)
    if count == columns:
        for index, figure in enumerate(row.figures):
            figure.column = index
        return
    found = [figure.column for figure in row.figures]
    fits = all(column is not None and column < columns for column in found)
    if not fits or len(set(found)) < count:
        for figure in row.figures:
            figure.column = None


def merged(text: Reading, exact: Reading) -> Reading:
    """Both readings of one document as one, the statements in printed order."""
    found = {**text.statements, **exact.statements}
    ordered = dict(sorted(found.items(), key=lambda item: item[1].head.line_from or 0))
    return Reading(ordered, [*exact.notices, *text.notices])
