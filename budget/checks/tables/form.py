"""The form itself: codes go with their official names, empty statements say so, and only they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks.context import NUMBERS
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, tr
from budget.model.codes import FUNCTIONAL, name_zh
from budget.model.disclosure import StatementId as S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import Book

_CLASSED = (S.REVENUE_EXPENDITURE_SUMMARY.value, S.APPROPRIATION_SUMMARY.value)
_NO_DATA = ("为空表", "无数据", "没有数据", "空表")
NAMES = Check(
    "T1.names",
    N_("表1"),
    N_("类级科目的编码与名称相符"),
    N_("收支总表、财政拨款收支总表的类级科目名称＝政府收支分类科目的名称"),
    hard=False,
    needs=_CLASSED,
)
EMPTY = Check(
    "T.empty",
    N_("文件"),
    N_("空表有说明"),
    N_("没有数字的表应注明“本表为空表”一类的说明"),
    hard=False,
    needs=tuple(NUMBERS),
)
NOTE = Check(
    "T.note",
    N_("文件"),
    N_("有数字的表没有“为空表”的说明"),
    N_("注明“本表为空表”的表不应列有数字"),
    hard=False,
    needs=tuple(NUMBERS),
)
CHECKS: tuple[Check, ...] = (NAMES, EMPTY, NOTE)


def check(book: Book) -> Iterator[Finding]:
    """Names of classes, and the notes of empty statements."""
    yield from _names(book)
    for statement in NUMBERS:
        if book.sheets.found(statement):
            yield _note(book, statement)


def _names(book: Book) -> Iterator[Finding]:
    for statement in _CLASSED:
        for row in book.sheets.of(statement):
            if row.side == "revenue" or row.printed_code not in FUNCTIONAL or not book.figures_of(row):
                continue
            official = name_zh(row.printed_code)
            refs = (book.line_ref(row),)
            if row.name == official:
                yield Finding(NAMES.id, Outcome.EXACT, tr("一致。"), refs, left=row.name, right=official)
            else:
                message = tr("编码 {code} 的名称与分类科目“{official}”不同（各年科目名称有调整）。")
                message = message.format(code=row.printed_code, official=official)
                yield Finding(NAMES.id, Outcome.HINT, message, refs, left=row.name, right=official)


def _note(book: Book, statement: str) -> Finding:
    printed = book.sheets.printed.get(statement)
    note = printed.note if printed else ""
    refs = (book.statement_ref(statement),)
    filled = any(figure.fen for row in book.sheets.of(statement) for figure in book.figures_of(row).values())
    if not filled:
        if note:
            return Finding(EMPTY.id, Outcome.EXACT, tr("空表，有说明。"), refs, left=note)
        return Finding(EMPTY.id, Outcome.HINT, tr("这张表没有数字，也没有说明为空表。"), refs)
    if any(word in note for word in _NO_DATA):
        return Finding(NOTE.id, Outcome.HINT, tr("这张表列有数字，表下却注明为空表。"), refs, left=note)
    return Finding(NOTE.id, Outcome.EXACT, tr("有数字，没有空表说明。"), refs)
