"""The sub-units and projects that the rows of a table are of."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from budget.model import bodies
from loaders import meaning
from loaders.tables.header import Role
from loaders.tables.rows import LISTS_OF_PROJECTS
from loaders.words.captions import names_body
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.meaning import Meaning
    from loaders.tables.rows import TableRow

_CLASS = 3
"""Digits of the code of a class."""


def name_units(rows: list[TableRow]) -> None:
    """Name the sub-units of a table that lists several: each heads the rows of its own."""
    mixed = any(row.code and any(label.role is Role.UNIT for label in row.labels) for row in rows)
    heads = [
        index
        for index, row in enumerate(rows)
        if not (row.code or row.named_code or row.total)
        and row.figures
        and _heads_codes(row, rows[index + 1 : index + 2], mixed=mixed)
    ]
    for index in heads:
        rows[index].names_unit = True
    total = next((row for row in rows if row.total and row.figures), None)
    for start, end in pairwise([*heads, len(rows)]) if len(heads) > 1 else ():
        whole = start == heads[0] and (
            _is_sum(rows[start], [rows[at] for at in heads[1:]]) if total is None else _repeats(rows[start], total)
        )  # the body of all of them
        for row in rows[start:end]:
            row.unit = "" if row.total or whole else rows[start].label


def name_units_beside(rows: Sequence[TableRow]) -> None:
    """Name the sub-unit of each row by a column that names several.

    The column stands beside codes or other labels.
    Left of the other labels a name holds for the rows below it that have none: their cell is merged with it.
    """
    found: list[tuple[TableRow, str]] = []
    held = ""
    for row in rows:
        unit = next((label for label in row.labels if label.role is Role.UNIT), None)
        if row.total or row.names_unit or not (row.code or len(row.labels) > 1):
            held = ""
        elif unit is None:
            found.append((row, held))
        elif (others := [label.column for label in row.labels if label is not unit]) and names_body(unit.text):
            found.append((row, unit.text))
            held = unit.text if unit.column < min(others) else ""
    if len({name for _, name in found if name}) > 1:
        for row, name in found:
            row.unit = row.unit or name


def _repeats(row: TableRow, total: TableRow) -> bool:
    """True where the first amount of a row is that of the total."""
    return bool(row.figures) and row.figures[0].amount.fen == total.figures[0].amount.fen


def _is_sum(row: TableRow, parts: Sequence[TableRow]) -> bool:
    """True where the first amount of a row is the sum of those of others."""
    amounts = [part.figures[0].amount.fen for part in parts if part.figures]
    return bool(row.figures) and sum(amounts) == row.figures[0].amount.fen


def _heads_codes(row: TableRow, following: Sequence[TableRow], *, mixed: bool) -> bool:
    """True where a row without a code is the name of a body: by its column, or because it stands above codes.

    In a `mixed` column names of classes stand among those of bodies: 单位名称（科目）.
    """
    if any(label.role is Role.UNIT for label in row.labels) and len(row.labels) == 1:
        return not mixed or names_body(row.label)
    below_it = following[0].code if following else ""
    if not below_it or row.above:
        return False
    return (len(below_it) == _CLASS and below_it[0] == "2") or names_body(row.label)


def _name_body(rows: Sequence[TableRow], title: Meaning) -> None:
    """Tell the row of the body in a list of projects: it comes first, is the total, and has a body's name."""
    total = next((row for row in rows if row.total and row.figures), None)
    own = [row for row in rows if not row.total]
    if title.breakdown not in LISTS_OF_PROJECTS or len(own) < 2:  # noqa: PLR2004 - a body and its projects
        return
    first = own[0]
    is_whole = _is_sum(first, own[1:]) if total is None else _repeats(first, total)
    is_body = is_whole and not first.code and bodies.may_be_name(first.label)
    first.names_unit = first.names_unit or is_body


def name_projects(rows: list[TableRow], title: Meaning) -> None:
    """Name the projects of rows: in a column of their own, or below the code that they belong to."""
    code = ""
    _name_body(rows, title)
    for row in rows:
        named_ = [label.text for label in row.held or row.labels if label.role is Role.PROJECT]
        if row.names_unit or _is_group(row, named_):
            pass
        elif named_ and not row.total:
            row.project = "".join(named_)
        elif not row.code and not row.total and title.breakdown in LISTS_OF_PROJECTS:
            row.project = row.label
            row.function = code
        if row.code:
            code = row.code if row.code[0] == "2" else code


def _is_group(row: TableRow, names: Sequence[str]) -> bool:
    """True for a row of a kind of projects, which heads its projects: 特定目标类."""
    label = normal("".join(names) or row.label)
    return not row.code and meaning.is_known(label) and meaning.row((label,), side="expenditure").kind == "project"
