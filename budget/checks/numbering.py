"""How checks call the statements: T1 ... T11 in ids, 表1 ... 表11 in topics, their short titles in words."""

from __future__ import annotations

from budget.forms import XINJIANG, measure_title

NUMBERS = {statement.id: statement.number for statement in XINJIANG.statements}
"""Statement id -> its number in the eleven-table form, which ids and topics of checks keep for every form."""
_TITLES = {statement.id: statement.short for statement in XINJIANG.statements}


def tag(statement: str) -> str:
    """T3."""
    return f"T{NUMBERS[statement]}"


def topic(statement: str) -> str:
    """表3."""
    return f"表{NUMBERS[statement]}"


def title(statement: str) -> str:
    """支出总表, of whatever form."""
    return _TITLES[statement]


def columns(statement: str, measures: tuple[str, ...]) -> str:
    """The titles of some columns, as addends of a formula."""
    return "＋".join(measure_title(statement, measure) for measure in measures)
