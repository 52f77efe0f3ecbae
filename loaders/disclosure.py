"""A document -> a disclosure: its statements, publisher, narrative and reading report."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from budget.i18n.language import N_, Message
from budget.model.disclosure import (
    Cell,
    ColumnStatus,
    Disclosure,
    DisclosureHead,
    Line,
    Notice,
    ReadingReport,
    RowKind,
    Severity,
    UnreadableDocumentError,
)
from budget.model.records import Records
from budget.system.patterns import lazy_pattern
from loaders import amounts, meaning, performance, publisher, reading_report, recognise
from loaders.document import Grid
from loaders.headings import passages
from loaders.lines import coordinates, doubtful, header, names, plain, sections, statements
from loaders.narrative import changes, facts, glossary, projects, prose
from loaders.notice_wording import named
from loaders.privacy import redact
from loaders.solver import doubt, solve
from loaders.solver.economic_words import Part
from loaders.solver.solve import PRINTED
from loaders.statement import Shape
from loaders.tables import find
from loaders.tables import statements as grid_statements
from loaders.tables.cells import Cells
from loaders.version import LOADER_VERSION
from loaders.words.captions import Caption
from loaders.words.numbers import is_amount
from loaders.words.tokens import SourceLine, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from budget.model.records import Allocation
    from loaders.document import Document
    from loaders.lines.sections import Block
    from loaders.publisher import Identity
    from loaders.solver.solve import Solved
    from loaders.statement import Reading

_T = TypeVar("_T")
_FEWEST_ROWS = 3
"""Lines with amounts that are a table without a title."""
_BETWEEN_CELLS = lazy_pattern(r"\s{2,}|[\t|｜│]")
_SECTION, _ITEM = 5, 7
"""Digits of a code that names a section, an item."""


def read_records(
    document: Document, reading: Reading, outside: Callable[[int], bool]
) -> tuple[Records, tuple[Notice, ...]]:
    """The records of a document whose statements have been read; `outside` tells the lines that are in none of them.

    A part that cannot be read hides no other: it costs its own records and a notice.
    """
    notices: list[Notice] = []
    paragraphs = _part(N_("说明"), lambda: prose.paragraphs(document, outside), notices) or []
    printed = [
        figure.amount.fen for found in reading.statements.values() for row in found.rows for figure in row.figures
    ]
    stated = _part(N_("增减变化"), lambda: changes.stated(paragraphs, _codes(reading), printed), notices)
    described = _part(N_("项目"), lambda: projects.read(document, paragraphs), notices)
    stated_facts = _part(N_("资产、采购等数据"), lambda: facts.read(document, paragraphs), notices)
    targets = _part(N_("绩效目标"), lambda: performance.read(document), notices)
    terms = _part(N_("名词解释"), lambda: glossary.read(document, paragraphs), notices)
    for part in (stated, described, stated_facts, targets):
        notices += part[-1] if part else ()
    records = Records(
        stated_changes=tuple(stated[0]) if stated else (),
        projects=tuple(described[0]) if described else (),
        allocations=tuple(described[1]) if described else (),
        plans=tuple(targets[0]) if targets else (),
        indicators=tuple(targets[1]) if targets else (),
        facts=tuple(stated_facts[0]) if stated_facts else (),
        terms=tuple(terms or ()),
    )
    records, out_of_range = amounts.credible_records(records)
    return records, (*notices, *out_of_range)


def _part(name: str, reader: Callable[[], _T], notices: list[Notice]) -> _T | None:
    try:
        return reader()
    except Exception as error:  # noqa: BLE001 - whatever is odd in a part, the others are shown
        text = N_("{}读取中出现内部错误（{}），这一部分未读入。")
        notices.append(Notice.of(Severity.LOST, text, Message.of(name), repr(error)))
        return None


def _codes(reading: Reading) -> dict[tuple[str, str, str], str]:
    """The functional code of (类, 款, 项), as the statements name them; "" for levels that are not named."""
    names: dict[str, str] = {}
    for found in reading.statements.values():
        if found.kind.shape in {Shape.FUNCTIONAL, Shape.TWO_SIDED}:
            names.update({row.resolved or row.code: row.name for row in found.rows if row.resolved or row.code})
    return {
        (
            names.get(code[:3], ""),
            names.get(code[:5], "") if len(code) >= _SECTION else "",
            name if len(code) >= _ITEM else "",
        ): code
        for code, name in names.items()
    }


def read(document: Document, sha256: str, path: Path) -> Disclosure:
    """Read a document as a disclosure, statements and narrative.

    Raises:
        UnreadableDocumentError: the document is no budget disclosure; the sentence says what it seems to be.
    """
    document = doubtful.settled(redact.redacted(document), _contradicted)
    tables, runs = find.tables(document)
    kept = _without_page_numbers(document)
    blocks = [block for run in runs for block in sections.blocks([line for line in run if line.no in kept])]
    titled = [*(table.title for table in tables), *(block.title for block in blocks)]
    first = publisher.identify(document.lines, titled)
    plain_tables, blocks = _plain(blocks)
    tables = sorted([*tables, *plain_tables], key=lambda table: table.first)
    reading = _statements(tables, blocks, runs, first)
    has_amounts = any(row.figures for found in reading.statements.values() for row in found.rows)
    has_amounts = has_amounts or any(map(_amounts, blocks))
    refused = recognise.refusal(document.lines, has_amounts=has_amounts)
    if refused:
        raise UnreadableDocumentError(refused, path.name)
    heads: list[find.Table | Block] = [*tables, *blocks]
    _describe(reading)
    names.finish(reading, frozenset(normal(found.body) for found in heads if found.body))
    # a table of no known form ends where the next one begins, and the narrative may go on inside it
    of_statements = [block for block in blocks if block.statement]
    records, notices = read_records(document, reading, _outside(of_statements))
    read_lines = [*((found.first, found.last) for found in heads), *_targets(records)]
    notices = (*notices, *_unnamed(runs, read_lines))
    solved, uncertain = doubt.doubted(reading, solve.solve(reading, _parts(records.allocations)))
    _mark_uncertain(reading, uncertain)
    identity = publisher.identify(document.lines, [found.title for found in heads], _units(reading))
    places = [(found.first, f"{found.number} {found.title}".strip()) for found in heads]
    spans = [(found.head.line_from or 1, found.head.line_to or 0) for found in reading.statements.values()]
    lines, cells = _lines_and_cells(reading, solved, identity)
    cells, out_of_range = amounts.credible(cells, lines)
    return Disclosure(
        head=DisclosureHead(
            disclosure_id=sha256[:16],
            sha256=sha256,
            source_path=str(path.absolute()),
            source_name=path.name,
            source_format=document.format,
            encoding=document.encoding,
            line_count=len(document.lines),
            page_count=document.page_count,
            loader_version=LOADER_VERSION,
            **identity._asdict(),
        ),
        report=ReadingReport(
            statements=tuple(found.head for found in reading.statements.values()),
            notices=(*reading_report.notices(document, reading, solved, identity), *notices, *out_of_range),
        ),
        lines=lines,
        cells=cells,
        passages=passages(document.lines, places, document.pages, spans),
        records=records,
    )


def _contradicted(document: Document, firsts: Sequence[int]) -> bool:
    """Whether the sums of the document contradict the columns of one of the tables whose grids begin at these lines."""
    tables, _ = find.tables(document)
    identity = publisher.identify(document.lines, [table.title for table in tables])
    reading = grid_statements.read(tables, identity.fiscal_year, identity.phase)
    names.finish(reading, frozenset(normal(table.body) for table in tables if table.body))
    doubted = [
        statement
        for statement, found in reading.statements.items()
        if any((found.head.line_from or 0) <= first <= (found.head.line_to or 0) for first in firsts)
    ]
    return solve.moved(reading, doubted)


def _without_page_numbers(document: Document) -> frozenset[int]:
    """The numbers of all lines of text that hold no page number: the tables between them show where pages end."""
    lines: list[SourceLine] = []
    for number, block in document.numbered():
        own = block.lines() if isinstance(block, Grid) else [block.text]
        lines += [SourceLine(at, text) for at, text in enumerate(own, number) if text.strip()]
    return frozenset(line.no for line in sections.without_page_numbers(lines))


def _statements(
    tables: Sequence[find.Table], blocks: Sequence[Block], runs: Sequence[Sequence[SourceLine]], identity: Identity
) -> Reading:
    """The statements of the tables with cells, and of the blocks of text for what these do not hold."""
    exact = grid_statements.read(tables, identity.fiscal_year, identity.phase)
    blocks = [block for block in blocks if block.statement not in exact.statements]
    _say_unread(blocks, exact)
    blocks = [block for block in blocks if block.layout is not None]
    if not blocks:
        return exact
    outside = _outside(blocks)
    narrative = "".join(line.text for run in runs for line in run if outside(line.no))
    in_text = statements.read(blocks, narrative)
    _say_left_out(blocks, in_text)
    return statements.merged(in_text, exact)


def _plain(blocks: Sequence[Block]) -> tuple[list[find.Table], list[Block]]:
    """The blocks of text that can be read as tables with cells, and the others.

    A known form reads what is headed by its own words; it also knows what blanks were lost.
    """
    found: list[find.Table] = []
    others: list[Block] = []
    for block in blocks:
        if block.layout is not None and header.fits(block.layout, block.lines):
            others.append(block)
        elif grid := plain.grid_of(block.lines, meaning.title(normal(block.title))):
            caption = Caption(block.number, block.title, block.unit if block.unit_stated else None, block.body)
            first = block.lines[0].no if block.lines else block.first
            found.append(find.Table(caption, block.first, block.last, [find.Piece(Cells(grid), first, 0)]))
        else:
            others.append(block)
    return found, others


def _amounts(block: Block) -> int:
    """How many amounts the lines of a table in text hold."""
    return sum(is_amount(token.text) for line in block.lines for token in line.tokens)


def _say_unread(blocks: Sequence[Block], reading: Reading) -> None:
    """No table with amounts is left out in silence: those whose columns nobody can tell are named.

    Tables of targets are none of these: the performance reader reads them line by line.
    """
    for block in blocks:
        count = _amounts(block)
        if block.layout is None and count and meaning.title(normal(block.title)).breakdown != "targets":
            text = N_("“{}”有 {} 个数没有读入：文本丢了列，分不清各数属于哪一列，请看原文。")
            reading.notices.append(Notice.of(Severity.LOST, text, block.title, count, line=block.first))


def _say_left_out(blocks: Sequence[Block], reading: Reading) -> None:
    """Of a table in text that was read in part, how many of its amounts with decimals were not."""
    for statement, found in reading.statements.items():
        own = [block for block in blocks if block.statement == statement]
        printed = sum(_has_decimals(token.text) for block in own for line in block.lines for token in line.tokens)
        read_ = sum(_has_decimals(figure.amount.printed) for row in found.rows for figure in row.figures)
        if read_ < printed:
            text = N_("“{}”有 {} 个数没有读入：文本丢了列，分不清各数属于哪一列，请看原文。")
            values = found.head.printed_title, printed - read_
            reading.notices.append(Notice.of(Severity.LOST, text, *values, line=found.head.line_from))


def _has_decimals(text: str) -> bool:
    return "." in text and is_amount(text)


def _targets(records: Records) -> list[tuple[int, int]]:
    """First and last line of each table of performance targets."""
    last = {indicator.plan: indicator.line for indicator in records.indicators}
    return [(plan.line, last.get(plan.number, plan.line)) for plan in records.plans]


def _unnamed(runs: Sequence[Sequence[SourceLine]], spans: Iterable[tuple[int, int]]) -> list[Notice]:
    """Name the rows with amounts under no title: nothing else says that they were not read."""
    inside = {number for first, last in spans for number in range(first, last + 1)}
    notices = []
    for run in runs:
        rows = [line for line in run if line.no not in inside and _is_row(line.text)]
        if len(rows) >= _FEWEST_ROWS:
            text = N_("第 {} 行起有 {} 行像是表格，没有认出表名，其中的数没有读入，请看原文。")
            notices.append(Notice.of(Severity.LOST, text, rows[0].no, len(rows), line=rows[0].no))
    return notices


def _is_row(text: str) -> bool:
    """True for a line of a name and an amount with decimals, kept apart by a gap."""
    cells = [cell for cell in _BETWEEN_CELLS.split(text.strip()) if cell]
    return len(cells) > 1 and "。" not in text and any(map(_has_decimals, cells[1:]))


def _describe(reading: Reading) -> None:
    """Number the statements in printed order; those of text get what their titles say."""
    order = sorted(reading.statements.values(), key=lambda read: read.head.line_from or 0)
    for number, read in enumerate(order, 1):
        head = read.head if read.exact else coordinates.titled(read.head)
        read.head = head._replace(table_no=number)


def _mark_uncertain(reading: Reading, statements_: frozenset[str]) -> None:
    """Say of which tables nothing is sure."""
    for statement, read in reading.statements.items():
        if statement not in statements_:
            continue
        read.head = read.head._replace(uncertain=True)
        text = N_("{}的数与自身的合计多处不符，可能没有读对，整张表标为“未定”，不核对。")
        reading.notices.append(Notice.of(Severity.UNCERTAIN, text, named(read.kind), statement=statement))


def _parts(allocations: Sequence[Allocation]) -> dict[str, list[Part]]:
    """The parts of the amount of each project that the narrative describes."""
    found: dict[str, list[Part]] = {}
    for one in allocations:
        if one.amount_fen is not None:
            found.setdefault(normal(one.project), []).append(Part(one.item, one.amount_fen))
    return found


def _units(reading: Reading) -> list[str]:
    """The units that rows of the statements are named after."""
    return [row.name for found in reading.statements.values() for row in found.rows if row.kind == RowKind.BODY]


def _outside(blocks: Sequence[Block]) -> Callable[[int], bool]:
    inside = {number for block in blocks for number in range(block.first, block.last + 1)}
    return lambda number: number not in inside


def _lines_and_cells(reading: Reading, solved: Solved, identity: Identity) -> tuple[tuple[Line, ...], tuple[Cell, ...]]:
    lines: list[Line] = []
    cells: list[Cell] = []
    for statement, read_statement in reading.statements.items():
        locate = coordinates.locator(read_statement, identity.fiscal_year, identity.phase)
        exact = read_statement.exact
        table_no = read_statement.head.table_no
        for index, row in enumerate(read_statement.rows):
            number = index + 1
            lines.append(
                Line(
                    statement=str(statement),
                    row_no=number,
                    side=row.side.value,
                    row_kind=str(row.kind),
                    code=row.code,
                    resolved_code=row.resolved or row.code,
                    line_key=row.key,
                    name=row.name,
                    label=row.label,
                    project=row.project,
                    level=row.level,
                    page=row.page,
                    line=row.line,
                )
            )
            if not row.figures:
                continue
            found = solved.columns.get((statement, index), PRINTED)
            for at, figure in enumerate(row.figures):
                measure = figure.measure if exact else found.measures[at]
                status = ColumnStatus.PRINTED if exact else found.statuses[at]
                own = (figure.coordinates, figure.row_path, figure.column_path) if exact else locate(row, measure)
                cells.append(
                    Cell(
                        statement=str(statement),
                        row_no=number,
                        measure=measure,
                        amount_fen=figure.amount.fen,
                        half_unit=figure.amount.half_unit,
                        printed=figure.amount.printed,
                        column_status=status.value,
                        candidates=() if exact else found.candidates[at],
                        solved_by=() if status is ColumnStatus.PRINTED else found.solved_by,
                        page=figure.page,
                        line=figure.line,
                        box=figure.box,
                        origin=figure.origin,
                        coordinates=own[0],
                        standard_code=figure.standard_code,
                        table_no=table_no,
                        column_no=(figure.column or 0)
                        if exact
                        else read_statement.head.measures.index(measure)
                        if measure in read_statement.head.measures
                        else 0,
                        block=figure.block,
                        row_path=own[1],
                        column_path=own[2],
                    )
                )
    return tuple(lines), tuple(cells)
