"""The pictures of a row of a view: what it consists of or what changed in it, and its course over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.pictures.figures import ENOUGH, Course, Point, amount_column, course_across, picture_of
from budget.reading.disclosure import opened
from budget.views import navigation
from budget.views.registry import view_table
from budget.views.sources import body_and_year, year_text
from budget.views.state import ACROSS, View
from budget.views.table import ColumnKind

if TYPE_CHECKING:
    from typing import Any

    from budget.library.frames import Frames
    from budget.pictures.figures import Picture
    from budget.views.state import ViewState
    from budget.views.table import ViewTable

_DRILLED = frozenset({View.OVERVIEW, View.EXPENDITURE, View.REVENUE, View.BASIC, View.AGENCY_OPERATION})
"""Views whose rows open into what they consist of."""
_TOTAL = "total"


def pictures_of_row(state: ViewState, frames: Frames, table: ViewTable) -> tuple[Picture, ...]:
    """Return the pictures of the row at the cursor: its parts, else the table with the row marked; its course."""
    row = _row(table, state.cursor)
    if row is None:
        return ()
    if state.view is View.LIBRARY:
        found = [_of_disclosure(state.replace(unit=table.unit), frames, row)]
    elif state.view in ACROSS:
        found = [_whole_of(state, table, row), course_of(state, frames, table, row)]
    else:
        found = [_inside(state, frames, row) or _beside(table, row), course_of(state, frames, table, row)]
    return tuple(picture for picture in found if picture is not None)


def _row(table: ViewTable, key: str) -> dict[str, Any] | None:
    found = table.frame.filter(key=key)
    return found.row(0, named=True) if found.height else None


def _of_disclosure(state: ViewState, frames: Frames, row: dict[str, Any]) -> Picture | None:
    """The expenditure of a disclosure of the library, in the unit of its amounts there."""
    inside = state.replace(disclosure=row["key"], view=View.EXPENDITURE, scope="", filter="", sort=None, path=())
    return picture_of(view_table(inside, frames), body_and_year(opened(frames, row["key"]).head))


def _inside(state: ViewState, frames: Frames, row: dict[str, Any]) -> Picture | None:
    """What the row consists of, or what changed in it."""
    if state.view not in _DRILLED or row["enter"] is None:
        return None
    plain = state.replace(sort=None, filter="")
    below = navigation.enter(plain, frames, row["key"])
    if below.view not in _DRILLED or below == plain:
        return None
    return picture_of(view_table(below, frames), row["name"] or "")


def _beside(table: ViewTable, row: dict[str, Any]) -> Picture | None:
    """The whole table with the row marked."""
    if table.hidden:
        return None
    if "side" in table.frame.columns:
        return picture_of(table, table.breadcrumb[-1], row["key"], row["side"] or "")
    return picture_of(table, table.breadcrumb[-1], row["key"])


def _whole_of(state: ViewState, table: ViewTable, row: dict[str, Any]) -> Picture | None:
    """The table that a pivot of one document makes up; columns that are years or bodies are no parts of a whole."""
    main = amount_column(table)
    whole = state.view is View.PIVOT and not state.path and main is not None and main.measure == _TOTAL
    return _beside(table, row) if whole else None


def course_of(state: ViewState, frames: Frames, table: ViewTable, row: dict[str, Any]) -> Course | None:
    """Return the row's amount in every loaded year of the body; None where fewer than two print it."""
    if state.view in ACROSS:
        return None if state.path else course_across(table, row)
    main = amount_column(table)
    years = frames.disclosures["fiscal_year"].drop_nulls().unique().to_list()
    own = opened(frames, state.disclosure).head
    if main is None or own.fiscal_year is None or len(years) < ENOUGH:
        return None
    plain = state.replace(baseline="", sort=None, filter="", unpaired=frozenset())
    points = []
    for year in sorted(years):
        there = plain if year == own.fiscal_year else navigation.neighbour_year(plain, frames, year - own.fiscal_year)
        if year != own.fiscal_year and there.disclosure == plain.disclosure:
            continue  # another body's year
        points.append(_point(there, frames, row, main.measure, _basis(frames, state.disclosure, row)))
    if sum(point.fen is not None for point in points) < ENOUGH:
        return None
    return Course(row["name"] or "", tuple(points), table.unit, table.decimals)


def _point(state: ViewState, frames: Frames, row: dict[str, Any], measure: str, basis: tuple[str, str]) -> Point:
    """The amount of the same row in another year: of its code, else of its key. One on another basis is another."""
    table, year = view_table(state, frames), year_text(opened(frames, state.disclosure).head)
    column = next(
        (one for one in table.columns if one.kind is ColumnKind.AMOUNT and one.measure == measure and not one.part),
        None,
    )
    code = row.get("code") or ""
    by = {"code": code} if code and "code" in table.frame.columns else {"key": row["key"]}
    same = table.frame.filter(**by)
    if column is None or same.height != 1:
        return Point(year, None)
    found = same.row(0, named=True)
    if _basis(frames, state.disclosure, found) != basis:
        return Point(year, None)
    return Point(year, found[column.id], found.get(column.status) or "")


def _basis(frames: Frames, disclosure: str, row: dict[str, Any]) -> tuple[str, str]:
    """Fund and kind of the table that prints a row: a view takes the widest that a document has."""
    table = opened(frames, disclosure).table_of.get(row["statement"] or "")
    return (table.coordinates.fund, table.coordinates.kind) if table else ("", "")
