"""What a document says besides its statements: stated changes, projects, targets, facts, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from budget.forms.form import Shape
from budget.i18n.language import N_, words
from budget.model.disclosure import Notice, Severity
from budget.model.records import Records
from loaders import performance
from loaders.narrative import changes, facts, glossary, projects, prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from loaders.document import Document
    from loaders.statements import Reading

_T = TypeVar("_T")
_SECTION, _ITEM = 5, 7
"""Digits of a code that names a section, an item."""


def read(document: Document, reading: Reading, outside: Callable[[int], bool]) -> tuple[Records, tuple[Notice, ...]]:
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
