"""The columns of each view as its user wants them. They are kept beside the library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.i18n.language import N_, joined
from budget.views.state import View
from budget.views.table import LEFT_OUT, ColumnKind, name_column
from tui.library import small_files
from tui.library.documents import home
from tui.library.made_from import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from budget.views.state import ViewState
    from budget.views.table import Column, ViewTable

_LEFT, _PINNED, _FIGURE, _TEXT = range(4)


class Arrangement(NamedTuple):
    """What a user wants of a view's columns, by their ids. An id may be of a column that is not there."""

    order: tuple[str, ...] = ()
    """Columns that are not among them stand behind the one that they stand behind by default."""
    hidden: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    """Stay beside the name when the others are scrolled."""


AS_PRINTED = Arrangement()


def movable(table: ViewTable) -> tuple[Column, ...]:
    """Return the columns that can be arranged. The name, and what the screen draws elsewhere, are not among them."""
    name = name_column(table.columns)
    inside = {column.stand_in for column in table.columns}
    return tuple(column for column in table.columns if column.drawn and column is not name and column.id not in inside)


def arranged_columns(table: ViewTable, wanted: Arrangement) -> tuple[Column, ...]:
    """Return the movable columns in their order. Hidden ones are among them.

    What stands before the name stays there; then come pinned columns, figures and texts.
    """
    columns = {column.id: column for column in movable(table)}
    ids = _ordered(tuple(columns), wanted.order)
    return tuple(sorted((columns[id_] for id_ in ids), key=lambda column: _part(column, table, wanted)))


def arranged(table: ViewTable, wanted: Arrangement) -> ViewTable:
    """Return a table with its columns as they are wanted; it says which of them it leaves out."""
    if wanted == AS_PRINTED:
        return table
    columns = arranged_columns(table, wanted)
    out = [column for column in columns if column.id in wanted.hidden]
    inside = {column.stand_in for column in out}
    moved = {column.id for column in columns}
    fixed = [column for column in table.columns if column.id not in moved and column.id not in inside]
    left = [column for column in columns if _part(column, table, wanted) == _LEFT]
    shown = tuple(column for column in (*left, *fixed, *columns[len(left) :]) if column not in out)
    return replace(table, columns=shown, provenance={**table.provenance, **_facts(table, out)})


def hidden_here(table: ViewTable, wanted: Arrangement) -> int:
    """Return how many of a table's columns are hidden."""
    return sum(column.id in wanted.hidden for column in movable(table))


def moved(table: ViewTable, wanted: Arrangement, id_: str, step: int) -> Arrangement:
    """Move a column one place earlier (-1) or later (1). It stays in its part of the table."""
    columns = list(arranged_columns(table, wanted))
    at = next(number for number, column in enumerate(columns) if column.id == id_)
    to = at + step
    if not 0 <= to < len(columns) or len({_part(columns[each], table, wanted) for each in (at, to)}) > 1:
        return wanted
    columns[at], columns[to] = columns[to], columns[at]
    return wanted._replace(order=tuple(column.id for column in columns))


class Arrangements:
    """The arrangement of each view. What is odd in the file counts as absent."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or home() / COLUMNS
        found = small_files.read(self._path) or {}
        read = {view: _read(value) for view, value in found.items()}
        self._held = {view: wanted for view, wanted in read.items() if wanted is not None}

    def of(self, state: ViewState) -> Arrangement:
        """Return the arrangement of the view that is shown."""
        return self._held.get(_key(state), AS_PRINTED)

    def put(self, state: ViewState, wanted: Arrangement) -> bool:
        """Keep an arrangement. Returns whether it could be written; it counts for this session in any case."""
        self._held[_key(state)] = wanted
        if wanted == AS_PRINTED:
            del self._held[_key(state)]
        return small_files.write(self._path, {view: _written(each) for view, each in self._held.items()})


def _facts(table: ViewTable, out: Sequence[Column]) -> dict[str, str]:
    """What the provenance says of hidden columns: their titles, and where one sorts the rows, its title for its id."""
    if not out:
        return {}
    column, _, order = table.provenance.get("sort", "").rpartition(" ")
    sorting = next((one.title for one in out if one.id == column), column)
    sort = {"sort": f"{sorting} {order}"} if column else {}
    return {**sort, LEFT_OUT: joined((one.title for one in out), N_("、"))}


def _key(state: ViewState) -> str:
    """A view; of printed tables each by itself."""
    return f"{state.view}/{state.scope}" if state.view is View.STATEMENT else state.view.value


def _ordered(ids: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """The ids in the wanted order, each other one behind its predecessor."""
    found = [id_ for id_ in wanted if id_ in ids]
    for at, id_ in enumerate(ids):
        if id_ not in found:
            found.insert(found.index(ids[at - 1]) + 1 if at else 0, id_)
    return found


def _part(column: Column, table: ViewTable, wanted: Arrangement) -> int:
    name = name_column(table.columns)
    if name is not None and table.columns.index(column) < table.columns.index(name):
        return _LEFT
    if column.id in wanted.pinned:
        return _PINNED
    return _TEXT if column.kind is ColumnKind.TEXT and not column.right else _FIGURE


def _written(wanted: Arrangement) -> dict[str, list[str]]:
    return {"order": list(wanted.order), "hidden": sorted(wanted.hidden), "pinned": sorted(wanted.pinned)}


def _read(value: Any) -> Arrangement | None:  # noqa: ANN401 - whatever a file holds
    """The arrangement that was written; None where anything in it is odd."""
    try:
        order, hidden, pinned = (_texts(value, name) for name in Arrangement._fields)
    except (KeyError, TypeError):
        return None
    return Arrangement(tuple(dict.fromkeys(order)), frozenset(hidden), frozenset(pinned))


def _texts(value: Mapping[str, Any], name: str) -> list[str]:
    found = value[name]
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise TypeError
    return found
