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

_LEFT, _NAME, _PINNED, _FIGURE, _TEXT = range(5)


class Arrangement(NamedTuple):
    """What a user wants of a view's columns, by their ids. An id may be of a column that is not there."""

    order: tuple[str, ...] = ()
    """Columns that are not among them stand behind the one that they stand behind by default."""
    hidden: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    """Stay beside the name when the others are scrolled, as does what stands before it."""


AS_PRINTED = Arrangement()


def movable(table: ViewTable) -> tuple[Column, ...]:
    """Return the columns that can be arranged. What the screen draws elsewhere is not among them."""
    inside = {column.stand_in for column in table.columns}
    return tuple(column for column in table.columns if column.drawn and column.id not in inside)


def arranged_columns(table: ViewTable, wanted: Arrangement) -> tuple[Column, ...]:
    """Return the movable columns in their order. Hidden ones are among them.

    What was put before the name stands there; behind it come pinned columns, figures and texts.
    """
    columns = {column.id: column for column in movable(table)}
    parts = _parts(table, wanted)
    return tuple(columns[id_] for id_ in sorted(_ordered(tuple(columns), wanted.order), key=parts.__getitem__))


def staying(table: ViewTable, wanted: Arrangement) -> frozenset[str]:
    """Return the ids of the columns that stay when others are scrolled.

    What a view itself puts before the name stays anyway and is not among them.
    """
    parts, left = _parts(table, wanted), _left_by_default(table)
    moved = {id_ for id_, part in parts.items() if part == _LEFT} - left
    return frozenset(moved | {id_ for id_, part in parts.items() if part == _PINNED})


def fixed(table: ViewTable, wanted: Arrangement) -> frozenset[str]:
    """Return the ids of all columns that stay when others are scrolled."""
    return frozenset(id_ for id_, part in _parts(table, wanted).items() if part <= _PINNED)


def arranged(table: ViewTable, wanted: Arrangement) -> ViewTable:
    """Return a table with its columns as they are wanted; it says which of them it leaves out."""
    if wanted == AS_PRINTED:
        return table
    out = _hidden(table, wanted)
    by_id = {column.id: column for column in table.columns}
    shown = []
    for column in arranged_columns(table, wanted):
        if column not in out:
            shown += [column, *([by_id[column.stand_in]] if column.stand_in else [])]
    elsewhere = [column for column in table.columns if not column.drawn]
    provenance = {**table.provenance, **_facts(table, out)}
    return replace(table, columns=(*shown, *elsewhere), provenance=provenance)


def hidden_here(table: ViewTable, wanted: Arrangement) -> int:
    """Return how many of a table's columns are hidden."""
    return len(_hidden(table, wanted))


def can_hide(table: ViewTable, id_: str) -> bool:
    """Return whether a column can be hidden: without its name a row says nothing."""
    name = name_column(table.columns)
    return name is None or id_ != name.id


def moved(table: ViewTable, wanted: Arrangement, id_: str, step: int) -> Arrangement:
    """Move a column one place earlier (-1) or later (1).

    Of figures, texts and pinned ones none leaves the others.
    """
    ids = [column.id for column in arranged_columns(table, wanted)]
    at = ids.index(id_)
    to = at + step
    if not 0 <= to < len(ids):
        return wanted
    ids[at], ids[to] = ids[to], ids[at]
    other = wanted._replace(order=tuple(ids))
    return other if [column.id for column in arranged_columns(table, other)] == ids else wanted


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


def _parts(table: ViewTable, wanted: Arrangement) -> dict[str, int]:
    """The part of the table in which each movable column stands."""
    columns = {column.id: column for column in movable(table)}
    name, left = name_column(table.columns), _left_by_default(table)
    ids = _ordered(tuple(columns), wanted.order)
    before = ids[: ids.index(name.id)] if name is not None else []
    parts = {}
    for id_, column in columns.items():
        if name is not None and id_ == name.id:
            parts[id_] = _NAME
        elif id_ in before and id_ in left.union(wanted.order):
            parts[id_] = _LEFT
        elif id_ in left or id_ in wanted.pinned:
            parts[id_] = _PINNED
        else:
            parts[id_] = _TEXT if column.kind is ColumnKind.TEXT and not column.right else _FIGURE
    return parts


def _left_by_default(table: ViewTable) -> frozenset[str]:
    """The ids of the columns that a view puts before its name."""
    name = name_column(table.columns)
    at = table.columns.index(name) if name is not None else 0
    return frozenset(column.id for column in table.columns[:at])


def _hidden(table: ViewTable, wanted: Arrangement) -> list[Column]:
    hidden = [id_ for id_ in wanted.hidden if can_hide(table, id_)]
    return [column for column in arranged_columns(table, wanted) if column.id in hidden]


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
