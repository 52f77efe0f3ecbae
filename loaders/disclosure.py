"""A document -> a disclosure: its tables with and without cells, who published it, its text, what must be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from budget.forms.form import Shape
from budget.i18n.language import N_, words
from budget.model.disclosure import (
    Cell,
    ColumnStatus,
    Disclosure,
    DisclosureHead,
    Line,
    Notice,
    ReadingReport,
    Severity,
    UnreadableDocumentError,
)
from budget.model.records import Records
from loaders import performance, publisher, reading_report, recognise, titles
from loaders.document import Grid
from loaders.headings import passages
from loaders.lines import doubtful, names, sections, statements
from loaders.lines.tokens import SourceLine, normal
from loaders.narrative import changes, facts, glossary, projects, prose
from loaders.privacy import redact
from loaders.solver import solve
from loaders.tables import find
from loaders.tables import statements as grid_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from loaders.document import Document
    from loaders.lines.sections import Block
    from loaders.solver.solve import Solved
    from loaders.statement import Reading

_T = TypeVar("_T")
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
    amounts = [
        figure.amount.fen for found in reading.statements.values() for row in found.rows for figure in row.figures
    ]
    stated = _part(N_("增减变化"), lambda: changes.stated(paragraphs, _codes(reading), amounts), notices)
    described = _part(N_("项目"), lambda: projects.read(document, paragraphs), notices)
    said = _part(N_("资产、采购等数据"), lambda: facts.read(document, paragraphs), notices)
    targets = _part(N_("绩效目标"), lambda: performance.read(document), notices)
    terms = _part(N_("名词解释"), lambda: glossary.read(document, paragraphs), notices)
    for part in (stated, described, said, targets):
        notices += part[-1] if part else ()
    records = Records(
        stated_changes=tuple(stated[0]) if stated else (),
        projects=tuple(described[0]) if described else (),
        allocations=tuple(described[1]) if described else (),
        plans=tuple(targets[0]) if targets else (),
        indicators=tuple(targets[1]) if targets else (),
        facts=tuple(said[0]) if said else (),
        terms=tuple(terms or ()),
    )
    return records, tuple(notices)


def _part(name: str, reader: Callable[[], _T], notices: list[Notice]) -> _T | None:
    try:
        return reader()
    except Exception as error:  # noqa: BLE001 - whatever is odd in a part, the others are shown
        text = N_("{}读取中出现内部错误（{}），这一部分未读入。")
        notices.append(Notice.of(Severity.LOST, text, words(name), repr(error)))
        return None


def _codes(reading: Reading) -> dict[tuple[str, str, str], str]:
    """The functional code of (类, 款, 项), as the statements name them; "" for levels that are not named."""
    names: dict[str, str] = {}
    for found in reading.statements.values():
        if found.form.shape in {Shape.FUNCTIONAL, Shape.TWO_SIDED}:
            names.update({row.resolved or row.code: row.name for row in found.rows if row.resolved or row.code})
    return {
        (
            names.get(code[:3], ""),
            names.get(code[:5], "") if len(code) >= _SECTION else "",
            name if len(code) >= _ITEM else "",
        ): code
        for code, name in names.items()
    }


LOADER_VERSION = 5
"""Raised whenever the same file would give another disclosure."""


def read(document: Document, sha256: str, path: Path) -> Disclosure:
    """Read the statements of a document, and what its text says.

    Raises:
        UnreadableDocumentError: the document is no budget disclosure; the sentence says what it seems to be.
    """
    document = doubtful.settled(redact.redacted(document))
    tables, runs = find.tables(document)
    kept = _without_page_numbers(document)
    blocks = [block for run in runs for block in sections.blocks([line for line in run if line.no in kept])]
    form = titles.form_of([*(block.readings for block in blocks), *(table.readings for table in tables)])
    reading = _statements(tables, sections.of_form(blocks, form), runs, form)
    has_amounts = any(row.figures for found in reading.statements.values() for row in found.rows)
    refused = recognise.refusal(document.lines, has_amounts=has_amounts)
    if refused:
        raise UnreadableDocumentError(refused, path.name)
    heads: list[find.Table | Block] = [*tables, *blocks]
    names.finish(reading, frozenset(normal(found.body) for found in heads if found.body))
    solved = solve.solve(reading)
    identity = publisher.identify(document.lines, heads, reading, form)
    places = [(found.first, f"{found.number} {found.title}".strip()) for found in heads]
    spans = [(found.head.line_from or 1, found.head.line_to or 0) for found in reading.statements.values()]
    lines, cells = _lines_and_cells(reading, solved)
    records, said = read_records(document, reading, _outside(blocks))
    return Disclosure(
        head=DisclosureHead(
            disclosure_id=sha256[:16],
            sha256=sha256,
            form=form,
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
            notices=(*reading_report.notices(document, reading, solved, identity, form), *said),
        ),
        lines=lines,
        cells=cells,
        passages=passages(document.lines, places, document.pages, spans),
        records=records,
    )


def _without_page_numbers(document: Document) -> frozenset[int]:
    """The numbers of all lines of text that hold no page number: the tables between them show where pages end."""
    lines: list[SourceLine] = []
    for number, block in document.numbered():
        own = block.lines() if isinstance(block, Grid) else [block.text]
        lines += [SourceLine(at, text) for at, text in enumerate(own, number) if text.strip()]
    return frozenset(line.no for line in sections.without_page_numbers(lines))


def _statements(
    tables: Sequence[find.Table], blocks: Sequence[Block], runs: Sequence[Sequence[SourceLine]], form: str
) -> Reading:
    """The statements of the tables with cells, and of the blocks of text for what these do not hold."""
    exact = grid_statements.read(tables, form)
    blocks = [block for block in blocks if block.statement not in exact.statements]
    if not blocks:
        return exact
    outside = _outside(blocks)
    narrative = "".join(line.text for run in runs for line in run if outside(line.no))
    return statements.merged(statements.read(blocks, narrative), exact)


def _outside(blocks: Sequence[Block]) -> Callable[[int], bool]:
    inside = {number for block in blocks for number in range(block.first, block.last + 1)}
    return lambda number: number not in inside


def _lines_and_cells(reading: Reading, solved: Solved) -> tuple[tuple[Line, ...], tuple[Cell, ...]]:
    lines: list[Line] = []
    cells: list[Cell] = []
    for statement, read_statement in reading.statements.items():
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
            found = solved.columns[statement, index]
            for place, figure in enumerate(row.figures):
                certain = found.statuses[place] is ColumnStatus.PRINTED
                cells.append(
                    Cell(
                        statement=str(statement),
                        row_no=number,
                        measure=found.measures[place],
                        amount_fen=figure.amount.fen,
                        half_unit=figure.amount.half_unit,
                        printed=figure.amount.printed,
                        column_status=found.statuses[place].value,
                        candidates=found.candidates[place],
                        solved_by=() if certain else found.solved_by,
                        page=figure.page,
                        line=figure.line,
                        box=figure.box,
                        origin=figure.origin,
                    )
                )
    return tuple(lines), tuple(cells)
