"""How checks call the statements: T1 ... T11 in ids, 表1 ... 表11 in topics, their short titles in words."""

from __future__ import annotations

from budget.forms import XINJIANG, measure_words
from budget.language import N_, tr

NUMBERS = {statement.id: statement.number for statement in XINJIANG.statements}
"""Statement id -> its number in the eleven-table form, which ids and topics of checks keep for every form."""
_TITLES = {statement.id: statement.short for statement in XINJIANG.statements}
TABLES = (
    *(N_("表1"), N_("表2"), N_("表3"), N_("表4"), N_("表5"), N_("表6")),
    *(N_("表7"), N_("表8"), N_("表9"), N_("表10"), N_("表11")),
)
"""Topics of the checks of the statements, in their order."""


def tag(statement: str) -> str:
    """T3."""
    return f"T{NUMBERS[statement]}"


def topic(statement: str) -> str:
    """表3, marked."""
    return TABLES[NUMBERS[statement] - 1]


def title(statement: str) -> str:
    """支出总表, of whatever form."""
    return tr(_TITLES[statement])


def columns(statement: str, measures: tuple[str, ...]) -> str:
    """The titles of some columns, as addends of a formula."""
    return tr("＋").join(measure_words(statement, measure) for measure in measures)
