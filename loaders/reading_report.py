"""The reading report: what was not found, is uncertain or was left out, one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message
from budget.model.coordinates import Coordinates
from budget.model.disclosure import AmountOrigin, ColumnStatus, Notice, Severity
from budget.model.known import lacking
from budget.model.titles import statement_title
from loaders.notice_wording import named

if TYPE_CHECKING:
    from loaders.document import Document
    from loaders.publisher import Identity
    from loaders.solver.problem import RowId
    from loaders.solver.solve import Solved
    from loaders.statement import Reading

_NAMED = 3
"""Rows that a sentence names at most."""


def notices(document: Document, reading: Reading, solved: Solved, identity: Identity) -> tuple[Notice, ...]:
    """The notices of a document, those of its format first."""
    found = [*document.notices, *reading.notices]
    if document.encoding.endswith("?"):
        found.append(Notice.of(Severity.LOST, N_("文件里有损坏的文字，已用 � 代替，其余照常读取。")))
    if not identity.body:
        found.append(Notice.of(Severity.UNCERTAIN, N_("没有找到部门（单位）名称。")))
    if identity.fiscal_year is None:
        found.append(Notice.of(Severity.UNCERTAIN, N_("没有找到预算年度。")))
    heads = {name: read.head for name, read in reading.statements.items()}
    missing = lacking({name: Coordinates(head.flow, head.fund, head.kind) for name, head in heads.items()})
    if missing:
        titles = [Message.of(statement_title(statement, identity.phase)) for statement in missing]
        found.append(Notice.of(Severity.LOST, N_("没有找到 {} 张表：{}。"), len(missing), Message.listed(titles)))
    found += [_contradiction(members, reading) for _, members in solved.contradictions]
    return (*found, *_open_columns(reading, solved), *_origins(reading))


def _open_columns(reading: Reading, solved: Solved) -> list[Notice]:
    counts: dict[str, int] = {}
    for (statement, _), columns in solved.columns.items():
        count = sum(status is ColumnStatus.AMBIGUOUS for status in columns.statuses)
        counts[statement] = counts.get(statement, 0) + count
    return [
        Notice.of(
            Severity.UNCERTAIN,
            N_("{}有 {} 个金额的列未能确定，已标“未定”。"),
            named(reading.statements[statement].kind),
            count,
            statement=statement,
        )
        for statement, count in counts.items()
        if count
    ]


def _origins(reading: Reading) -> list[Notice]:
    said = {
        AmountOrigin.RECONSTRUCTED: N_("{}有 {} 个金额表格文件没有保存这些数字的显示格式，位数为推定。"),
        AmountOrigin.RECOGNISED: N_("{}有 {} 个金额从图像识别而来，请与原件核对。"),
    }
    found = []
    for statement, read in reading.statements.items():
        for origin, text in said.items():
            count = sum(figure.origin == origin for row in read.rows for figure in row.figures)
            if count:
                found.append(Notice.of(Severity.UNCERTAIN, text, named(read.kind), count, statement=statement))
    return found


def _contradiction(members: tuple[RowId, ...], reading: Reading) -> Notice:
    rows = [
        (reading.statements[statement].kind, reading.statements[statement].rows[index]) for statement, index in members
    ]
    kind, first = rows[0]
    place = N_("{}第{}行“{}”")
    places = Message.listed(
        Message.of(place, named(one), row.line, row.project or row.name) for one, row in rows[:_NAMED]
    )
    which = Message.of(N_("{}等 {} 行"), places, len(rows)) if len(rows) > _NAMED else places
    text = N_("下列数字不能同时成立，列按其余数字判断：{}。")
    return Notice.of(Severity.UNCERTAIN, text, which, statement=kind.statement, line=first.line)
