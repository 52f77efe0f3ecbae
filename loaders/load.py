"""Load a document: pick its format, read its statements, report on what was read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from budget.forms import STATEMENTS, XINJIANG
from budget.model import (
    Cell,
    ColumnStatus,
    Disclosure,
    DisclosureHead,
    Line,
    Notice,
    ReadingReport,
    Severity,
    StatementId,
    UnreadableDocumentError,
)
from loaders import head, sections, solution, statements
from loaders.formats import text
from loaders.passages import passages
from loaders.tokens import SourceLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loaders.formats.text import TextDocument
    from loaders.solution import Solved
    from loaders.statements import Reading

LOADER_VERSION = 1
"""Raised whenever the same file would give another disclosure."""

SUFFIXES = (".txt", ".md", ".text")
"""Endings of the files that a folder is searched for."""


def load(path: Path) -> Disclosure:
    """Read one document.

    Raises:
        UnreadableDocumentError: one plain sentence with the file, the place and what to do.
    """
    data = _bytes(path)
    return read(text.decode(data, path.name), hashlib.sha256(data).hexdigest(), path)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocumentError(f"{path}：这是文件夹，不是文件。")
        text.check_size(path.stat().st_size, str(path))
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocumentError(f"{path}：找不到这个文件，请检查路径。") from None
    except PermissionError:
        raise UnreadableDocumentError(f"{path}：没有读取权限，请检查文件权限，或文件是否正被其他程序占用。") from None
    except (OSError, ValueError) as error:
        raise UnreadableDocumentError(f"{path}：无法读取（{getattr(error, 'strerror', None) or error}）。") from None


def read(document: TextDocument, sha256: str, path: Path) -> Disclosure:
    """Read the statements of a text document.

    Raises:
        UnreadableDocumentError: the document holds no statement of a budget disclosure.
    """
    lines = [SourceLine(number, line) for number, line in enumerate(document.lines, 1) if line.strip()]
    blocks = sections.blocks(sections.without_page_numbers(lines))
    if not blocks:
        raise UnreadableDocumentError(
            f"{path.name}：没有找到部门（单位）预算公开表（如“部门收支总体情况表”），可能是其他文件，或表格没有文字。"
        )
    outside = _outside(blocks)
    narrative = "".join(line.text for line in lines if outside(line.no))
    reading = statements.read(blocks, narrative)
    solved = solution.solve(reading)
    identity = head.identify(document.lines, blocks, reading)
    report = ReadingReport(
        statements=tuple(reading.statements[s].head for s in StatementId if s in reading.statements),
        notices=tuple(_notices(document, reading, solved, identity)),
    )
    table_lines, cells = _lines_and_cells(reading, solved)
    titles = [(block.first, f"{block.number} {block.title}".strip()) for block in blocks]
    return Disclosure(
        head=DisclosureHead(
            disclosure_id=sha256[:16],
            sha256=sha256,
            form=XINJIANG.id,
            source_path=str(path.absolute()),
            source_name=path.name,
            source_format="text",
            encoding=document.encoding,
            line_count=len(document.lines),
            loader_version=LOADER_VERSION,
            **identity._asdict(),
        ),
        report=report,
        lines=table_lines,
        cells=cells,
        passages=passages(document.lines, titles),
    )


def _outside(blocks: list[sections.Block]) -> Callable[[int], bool]:
    spans = [(block.first, block.last) for block in blocks]
    return lambda number: not any(first <= number <= last for first, last in spans)


def _lines_and_cells(reading: Reading, solved: Solved) -> tuple[tuple[Line, ...], tuple[Cell, ...]]:
    lines: list[Line] = []
    cells: list[Cell] = []
    for statement in StatementId:
        if statement not in reading.statements:
            continue
        for index, row in enumerate(reading.statements[statement].rows):
            number = index + 1
            lines.append(
                Line(
                    statement=statement.value,
                    row_no=number,
                    side=row.side.value,
                    row_kind=str(row.kind),
                    code=row.code,
                    resolved_code=row.code,
                    line_key=row.key,
                    name=row.name,
                    label=row.label,
                    project=row.project,
                    level=row.level,
                    page=None,
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
                        statement=statement.value,
                        row_no=number,
                        measure=found.measures[place],
                        amount_fen=figure.amount.fen,
                        half_unit=figure.amount.half_unit,
                        printed=figure.amount.printed,
                        column_status=found.statuses[place].value,
                        candidates=found.candidates[place],
                        solved_by=() if certain else found.solved_by,
                        page=None,
                        line=figure.line,
                        box=None,
                    )
                )
    return tuple(lines), tuple(cells)


def _notices(document: TextDocument, reading: Reading, solved: Solved, identity: head.Identity) -> list[Notice]:
    notices = list(reading.notices)
    if document.encoding.endswith("?"):
        text_ = "文件里有损坏的文字，已用 � 代替，其余照常读取。"
        notices.append(Notice(severity=Severity.LOST, text=text_))
    if not identity.body:
        notices.append(Notice(severity=Severity.UNCERTAIN, text="没有找到部门（单位）名称。"))
    if identity.fiscal_year is None:
        notices.append(Notice(severity=Severity.UNCERTAIN, text="没有找到预算年度。"))
    missing = [form.short for form in STATEMENTS.values() if form.id not in reading.statements]
    if missing:
        text_ = f"没有找到 {len(missing)} 张表：{'、'.join(missing)}。"
        notices.append(Notice(severity=Severity.LOST, text=text_))
    notices += [_contradiction(members, reading) for _, members in solved.contradictions]
    open_: dict[StatementId, int] = {}
    for (statement, _), columns in solved.columns.items():
        count = sum(status is ColumnStatus.AMBIGUOUS for status in columns.statuses)
        open_[statement] = open_.get(statement, 0) + count
    for statement, count in open_.items():
        if count:
            text_ = f"{STATEMENTS[statement].short}有 {count} 个金额的列未能确定，已标“未定”。"
            notices.append(Notice(severity=Severity.UNCERTAIN, text=text_, statement=statement))
    return notices


def _contradiction(members: tuple[tuple[StatementId, int], ...], reading: Reading) -> Notice:
    rows = [(statement, reading.statements[statement].rows[index]) for statement, index in members]
    statement, first = rows[0]
    names = "、".join(f"{STATEMENTS[s].short}第{row.line}行“{row.project or row.name}”" for s, row in rows[:3])
    more = f"等 {len(rows)} 行" if len(rows) > 3 else ""  # noqa: PLR2004
    text_ = f"下列数字不能同时成立，列按其余数字判断：{names}{more}。"
    return Notice(severity=Severity.UNCERTAIN, text=text_, statement=statement, line=first.line)
