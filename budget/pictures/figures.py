"""What pictures show: parts of a whole, steps between two years, a course over years.

They are taken from a ViewTable. A picture is made only of figures that the documents print and that belong together:
where the parts do not make their whole there is none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from budget.i18n.language import N_, tr
from budget.model.disclosure import ENDS
from budget.model.money import half_unit, tolerance
from budget.reading.rows import COMPUTED
from budget.system.patterns import lazy_pattern
from budget.views.table import Change, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.model.disclosure import MoneyUnit
    from budget.views.table import Column, ViewTable

REST = N_("其余 {} 项")
UNLISTED, ROUNDING = N_("未列明"), N_("舍入差")
_SIDE = "side"
ENOUGH = 2
"""Parts or points from which there is something to see."""
_FINAL = "f"
_YEAR = lazy_pattern(rf"\d{{4}}{_FINAL}?")
"""Measure of a column that is a year: 2024, of final accounts 2024f."""


class Part(NamedTuple):
    """One part of a whole, or one step between years."""

    label: str
    """Foreign text, as the document prints it."""
    fen: int
    status: str = ""
    """The column_status of the amount."""
    marked: bool = False
    """Whether it is the row at the cursor."""


@dataclass(frozen=True, slots=True)
class Composition:
    """What a whole consists of, the largest part first."""

    title: str
    slices: tuple[Part, ...]
    total: int
    """Fen; the slices sum to it."""
    unit: MoneyUnit
    decimals: int
    left_out: int = 0
    """Rows without an amount or with a negative one, which have no area."""


@dataclass(frozen=True, slots=True)
class Steps:
    """From the amount of one document to that of another: which rows made how much of the difference."""

    title: str
    start: Part
    steps: tuple[Part, ...]
    """The differences, the largest first whatever its sign; none is 0."""
    end: Part
    unit: MoneyUnit
    decimals: int


class Point(NamedTuple):
    """One year of a course."""

    label: str
    fen: int | None
    """None: not printed that year."""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """One figure over the years, the oldest first."""

    title: str
    points: tuple[Point, ...]
    unit: MoneyUnit
    decimals: int


Picture = Composition | Steps | Course


def picture_of(table: ViewTable, title: str, marked: str = "", side: str = "") -> Picture | None:
    """Return the picture of a table: steps where it compares, else parts. None where its rows make no whole.

    Of a table whose columns are years the course of its total.
    `marked` is the key of a row; `side` the side of a table that has two, "" for the last.
    """
    main, against = amount_column(table), amount_column(table, "baseline")
    if main is None:
        return None
    if _YEAR.fullmatch(main.measure):
        return course_across(table, table.totals.row(0, named=True), title) if table.totals.height else None
    rows, whole = _rows(table, side)
    if whole is None or not rows:
        return None
    if against is not None:
        return _steps(table, title, rows, whole, (main, against), marked)
    return _composition(table, title, rows, whole, main, marked)


def course_across(table: ViewTable, row: dict[str, Any], title: str = "") -> Course | None:
    """Return the course of a row whose columns are years: those of the budgets, else of the final accounts."""
    columns = [one for one in table.columns if one.kind is ColumnKind.AMOUNT and _YEAR.fullmatch(one.measure)]
    for final in (False, True):
        own = [one for one in columns if one.measure.endswith(_FINAL) is final]
        points = tuple(Point(one.title, row[one.id], row.get(one.status) or "") for one in own)
        if sum(point.fen is not None for point in points) >= ENOUGH:
            return Course(title or row["name"] or "", points, table.unit, table.decimals)
    return None


def amount_column(table: ViewTable, part: str = "") -> Column | None:
    """Return the first amount of a table; `part`: of its baseline, its difference."""
    return next((one for one in table.columns if one.kind is ColumnKind.AMOUNT and one.part == part), None)


def largest(parts: Sequence[Part], most: int) -> tuple[Part, ...]:
    """Return at most so many parts: the largest, and the rest as one."""
    if len(parts) <= most:
        return tuple(parts)
    kept, rest = parts[: most - 1], parts[most - 1 :]
    marked = any(part.marked for part in rest)
    return (*kept, Part(tr(REST).format(len(rest)), sum(part.fen for part in rest), marked=marked))


def _rows(table: ViewTable, side: str) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """The rows that make up the whole, and the row that prints it; None where there is not one such row."""
    frame, totals = table.frame, table.totals
    if _SIDE in frame.columns:
        sides = totals[_SIDE].drop_nulls().unique(maintain_order=True).to_list()
        wanted = side or (sides[-1] if sides else "")
        frame, totals = (part.filter(pl.col(_SIDE) == wanted) for part in (frame, totals))
    if totals.height != 1:
        return [], None
    shares = [column.id for column in table.columns if column.kind is ColumnKind.SHARE]
    frame = frame.filter(~pl.col("row_kind").is_in(list(ENDS)))
    for share in shares:  # what stands beside the whole has no share of it
        frame = frame.filter(pl.col(share).is_not_null() | (pl.col("change") != Change.NONE.value))
    return frame.filter(pl.col("level") == pl.col("level").min()).rows(named=True), totals.row(0, named=True)


def _names(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Key -> name; rows of one name have their codes before it."""
    counts = Counter(row["name"] for row in rows)
    return {
        row["key"]: f"{row.get('code') or ''} {row['name'] or ''}".strip()
        if counts[row["name"]] > 1
        else row["name"] or ""
        for row in rows
    }


def _composition(
    table: ViewTable, title: str, rows: list[dict[str, Any]], total: dict[str, Any], main: Column, marked: str
) -> Composition | None:
    whole = total[main.id]
    given = [row for row in rows if row[main.id] is not None and row[main.id] > 0]
    names = _names(rows)
    found = [Part(names[row["key"]], row[main.id], row.get(main.status) or "", row["key"] == marked) for row in given]
    found.sort(key=lambda part: -part.fen)
    if whole is None or whole <= 0 or len(found) < ENOUGH or _overlap(table, rows, main, whole):
        return None
    rest = whole - sum(row[main.id] or 0 for row in rows)
    if rest > _rounding(table, rows):
        found.append(Part(tr(UNLISTED), rest, COMPUTED))
    area = sum(part.fen for part in found)
    return Composition(title, tuple(found), area, table.unit, table.decimals, len(rows) - len(given))


def _steps(
    table: ViewTable,
    title: str,
    rows: list[dict[str, Any]],
    total: dict[str, Any],
    columns: tuple[Column, Column],
    marked: str,
) -> Steps | None:
    main, against = columns
    difference = amount_column(table, "delta")
    start, end = total[against.id], total[main.id]
    if start is None or end is None or difference is None:
        return None
    if _overlap(table, rows, main, end) or _overlap(table, rows, against, start):
        return None
    names = _names(rows)
    found = [
        Part(names[row["key"]], row[difference.id], "", row["key"] == marked) for row in rows if row[difference.id]
    ]
    found.sort(key=lambda part: -abs(part.fen))
    rest = end - start - sum(part.fen for part in found)
    if rest:
        rounded = abs(rest) <= 2 * _rounding(table, rows)
        found.append(Part(tr(ROUNDING if rounded else UNLISTED), rest, COMPUTED))
    first = Part(against.title, start, total.get(against.status) or "")
    last = Part(main.title, end, total.get(main.status) or "")
    return Steps(title, first, tuple(found), last, table.unit, table.decimals) if found else None


def _overlap(table: ViewTable, rows: list[dict[str, Any]], column: Column, whole: int) -> bool:
    """Whether the rows are more than the whole: then they are no parts of it, and a picture would lie."""
    return sum(row[column.id] or 0 for row in rows) - whole > _rounding(table, rows)


def _rounding(table: ViewTable, rows: list[dict[str, Any]]) -> int:
    """What rounding may leave between the printed whole and its parts."""
    return tolerance(len(rows), half_unit(table.decimals, table.unit))
