"""A kept picture of the main screen. It can be painted before there is a session.

On the way to the first paint: neither Polars nor the views.  What is read back is foreign data: every text passes
`visible`, and a picture with anything odd in it is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from budget.i18n.language import tr
from tui import messages
from tui.terminal.text import visible
from tui.widgets.grid import Grid, Row
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_ROWS = 500
"""Rows of a table that are kept, around the cursor; those of a larger one come with the data."""
MOST_COUNT = 1 << 31
STYLES = frozenset({"", "total", "new", "gone", "computed", "marked"})
LINE_STYLES = frozenset({"", "heading", "mark", "dim"})


@dataclass(frozen=True, slots=True)
class Detail:
    """Lines of the detail pane, at this size (cells, lines)."""

    width: int
    height: int
    lines: tuple[str, ...]

    def fits(self, width: int, height: int) -> bool:
        """Whether a pane has this size; one that is not laid out yet has no height."""
        return self.width == width and height in {0, self.height}


@dataclass(frozen=True, slots=True)
class Side:
    """Lines of a pane beside the table, drawn for this size."""

    width: int
    height: int
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the main screen shows, whatever the size of the terminal."""

    place: tuple[str, ...]
    context: str
    grid: Grid
    cursor: int
    lines: Sequence[TextLine] | None = None
    """The lines of a text that is shown in place of the table."""
    detail: Detail | None = None
    sides: tuple[Side, ...] = ()
    """The panes beside the table, where the screen was wide."""
    audited: bool = False
    """Whether the marks of the checks are in it."""
    complete: bool = True
    """Whether all rows of the table are in it."""
    state: Mapping[str, Any] = field(default_factory=dict)
    """The state that it shows, as `tui.library.last_state` writes it."""

    def beside(self, sizes: Sequence[tuple[int, int]]) -> list[Sequence[TextLine]]:
        """The lines of panes of these sizes; none where those of the picture had others."""
        fits = [(side.width, side.height) for side in self.sides] == list(sizes)
        return [side.lines for side in self.sides] if fits else []


def encoded(snapshot: Snapshot) -> dict[str, Any]:
    """A picture as a JSON object: of a large table the rows around the cursor, of a text all lines."""
    grid = snapshot.grid
    first = max(0, min(snapshot.cursor - MOST_ROWS // 2, grid.row_count - MOST_ROWS))
    shown_rows = grid.rows(first, MOST_ROWS) if snapshot.lines is None else []
    return {
        "place": list(snapshot.place),
        "context": snapshot.context,
        "header": list(grid.header),
        "count": grid.row_count,
        "first": first,
        "rows": [list(row) for row in shown_rows],
        "totals": [list(row) for row in grid.totals],
        "notes": list(grid.notes),
        "bars": grid.bars,
        "changes": grid.changes,
        "name_width": grid.name_width,
        "texts": grid.texts,
        "columns": list(grid.columns),
        "pinned": grid.pinned,
        "front": grid.front,
        "left_columns": [list(column) for column in grid.left_columns],
        "name_column": grid.name_column,
        "cursor": snapshot.cursor,
        "lines": None if snapshot.lines is None else [list(line) for line in snapshot.lines],
        "detail": None
        if snapshot.detail is None
        else [snapshot.detail.width, snapshot.detail.height, list(snapshot.detail.lines)],
        "sides": [[side.width, side.height, [list(line) for line in side.lines]] for side in snapshot.sides],
        "audited": snapshot.audited,
    }


def decoded(value: object, state: Mapping[str, Any]) -> Snapshot | None:
    """The picture of a JSON object; None where anything in it is odd."""
    try:
        return _snapshot(value, state)
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _snapshot(value: Any, state: Mapping[str, Any]) -> Snapshot:  # noqa: ANN401 - whatever a file holds
    count, first = _number(value["count"]), _number(value["first"])
    kept = tuple(map(_row, _list(value["rows"])))
    lines = None if value["lines"] is None else tuple(map(_line, _list(value["lines"])))
    header = _row(value["header"])
    if first + len(kept) > count or any(len(row.numbers) != len(header.numbers) for row in kept):
        raise ValueError
    grid = Grid(
        header=header,
        row_count=count,
        rows=_window(kept, first, count),
        totals=tuple(map(_row, _list(value["totals"]))),
        notes=tuple(map(_text, _list(value["notes"]))),
        bars=_truth(value["bars"]),
        changes=_number(value["changes"]),
        name_width=_number(value["name_width"]),
        texts=_number(value["texts"]),
        columns=tuple(map(_text, _list(value["columns"]))),
        pinned=_number(value["pinned"]),
        front=_number(value["front"]),
        left_columns=tuple(
            (_text(column), _number(width)) for column, width in map(_list, _list(value["left_columns"]))
        ),
        name_column=_text(value["name_column"]),
    )
    cursor = _number(value["cursor"])
    if cursor >= max(len(lines) if lines is not None else count, 1):
        raise ValueError
    if lines is None and count and not first <= cursor < first + len(kept):
        raise ValueError
    return Snapshot(
        place=tuple(map(_text, _list(value["place"]))),
        context=_text(value["context"]),
        grid=grid,
        cursor=cursor,
        lines=lines,
        detail=None if value["detail"] is None else _detail(*_list(value["detail"])),
        sides=tuple(_side(*_list(side)) for side in _list(value["sides"])),
        audited=_truth(value["audited"]),
        complete=lines is not None or len(kept) == count,
        state=state,
    )


def _window(kept: Sequence[Row], first: int, count: int) -> Callable[[int, int], list[Row]]:
    """Hand out the rows that are kept; others say that they are being read."""
    unread = Row("", "", "", (), None, tr(messages.READING))

    def rows(start: int, number: int) -> list[Row]:
        wanted = range(start, min(start + number, count))
        return [kept[index - first] if first <= index < first + len(kept) else unread for index in wanted]

    return rows


def _row(value: object) -> Row:
    key, style, frozen, numbers, share, name = _list(value)
    if style not in STYLES or not isinstance(key, str):
        raise ValueError
    if share is not None and not (isinstance(share, (int, float)) and -100 <= share <= 100):  # noqa: PLR2004 - per cent
        raise ValueError
    return Row(key, style, _text(frozen), tuple(map(_text, _list(numbers))), share, _text(name))


def _line(value: object) -> TextLine:
    text, prefix, style, marks = _list(value)
    if style not in LINE_STYLES or not isinstance(text, str):
        raise ValueError
    spans = tuple((_number(start), _number(end)) for start, end in map(_list, _list(marks)))
    if any(not start <= end <= len(text) for start, end in spans):
        raise ValueError
    return TextLine(text, _text(prefix), style, spans)  # the text is made visible, with its marks, where it is drawn


def _detail(width: object, height: object, lines: object) -> Detail:
    return Detail(_number(width), _number(height), tuple(map(_text, _list(lines))))


def _side(width: object, height: object, lines: object) -> Side:
    return Side(_number(width), _number(height), tuple(map(_line, _list(lines))))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return visible(value)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST_COUNT:
        raise ValueError
    return value
