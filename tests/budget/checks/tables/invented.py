"""Invented facts: tables written row by row, with coordinates and words of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.model.coordinates import Coordinates
from budget.model.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WAN = 1_000_000
HALF = 5_000


class Column(NamedTuple):
    """A column: its head, and what it adds to the coordinates of its rows."""

    head: str
    means: dict[str, str] = {}  # noqa: RUF012 - never changed
    block: int = 0


class Row(NamedTuple):
    """A row: its labels, outermost first, what they mean, and amounts in 万元; None for a blank."""

    path: str
    means: dict[str, str]
    amounts: Sequence[float | None]


def table(number: int, columns: Sequence[Column], rows: Iterable[Row], **title: str) -> list[Fact]:
    """The facts of one table; `title` is what its title means."""
    whole = Coordinates(**{"flow": "expenditure", "version": "budget", **title})
    found = []
    for place, row in enumerate(rows, 1):
        for index, (column, amount) in enumerate(zip(columns, row.amounts, strict=True)):
            if amount is None:
                continue
            found.append(
                Fact(
                    whole._replace(**row.means)._replace(**column.means),
                    "",
                    round(amount * WAN),
                    HALF,
                    f"{amount:,.2f}",
                    "printed",
                    number,
                    place,
                    index,
                    column.block,
                    tuple(row.path.split("/")),
                    tuple(column.head.split("/")),
                    number,
                    None,
                )
            )
    return found


BASIC_PROJECT = (Column("合计"), Column("基本支出", {"kind": "basic"}), Column("项目支出", {"kind": "project"}))


def coded(code: str, name: str, *amounts: float | None) -> Row:
    """A row of a functional code."""
    return Row(f"{code} {name}".strip(), {"function": code}, amounts)


def changed(facts: Sequence[Fact], number: int, fen: int) -> tuple[list[Fact], Fact]:
    """The facts with another amount in one place, and the changed one."""
    wrong = facts[number]._replace(amount_fen=facts[number].amount_fen + fen)
    return [*facts[:number], wrong, *facts[number + 1 :]], wrong
