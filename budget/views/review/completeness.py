"""What a document has to publish, list by list: what is there, empty, or missing, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from budget.i18n.language import N_, tr
from budget.reading.completeness import GROUPS, Presence, completeness
from budget.reading.disclosure import opened, tables_beside
from budget.reading.rows import COMPUTED
from budget.views.build import NAME, plain_list
from budget.views.state import View, ViewState
from budget.views.table import Column, ColumnKind
from budget.views.text.lines import at_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget.library.frames import Frames
    from budget.reading.completeness import Completeness, Promised
    from budget.reading.disclosure import OpenDisclosure
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

PRESENCES = {
    Presence.THERE: N_("有"),
    Presence.EMPTY: N_("空表，有说明"),
    Presence.BARE: N_("空表，无说明"),
    Presence.UNREAD: N_("有标题，未读出"),
    Presence.MISSING: N_("未读到"),
}
PRESENCE = Column("presence", N_("情况"), ColumnKind.TEXT)
WHAT = Column(NAME.id, N_("应公开的内容"), ColumnKind.TEXT)
WHERE = Column("where", N_("位置"), ColumnKind.TEXT)
LIST = Column("list", N_("依据"), ColumnKind.TEXT, drawn=False)
UNJUDGED = N_("没有可以核对的目录或文字；未读到的请看原文")


def completeness_view(sources: Sources) -> ViewTable:
    """The lists, each headed by how much of it is there."""
    found = completeness_of(sources.frames, sources.current)
    rows: list[dict[str, Any]] = []
    for group, title in GROUPS.items():
        every = found.of(group)
        if not every:
            continue
        name = tr("{0}：{1} 项，有 {2} 项").format(tr(title), len(every), found.there(group))
        rows.append({"key": group, "row_kind": COMPUTED, "name": name, "list": tr(title)})
        rows += [_row(one) for one in every]
    notes = tuple(tr(text) for text in found.silent)
    return plain_list(sources, (PRESENCE, WHAT, WHERE, LIST), rows, notes=notes if rows else (*notes, tr(UNJUDGED)))


def completeness_of(frames: Frames, current: OpenDisclosure) -> Completeness:
    """What a document and the one with its tables have to publish."""
    beside = printed_beside(frames, current)
    key = f"completeness beside {beside.disclosure_id if beside else ''}"
    return current.once(key, lambda: completeness(current, beside))


def printed_beside(frames: Frames, current: OpenDisclosure) -> OpenDisclosure | None:
    """The document with the tables of one that has none; None where there is none, or several."""
    beside = tables_beside(frames, current.head)
    return opened(frames, beside[0].disclosure_id) if len(beside) == 1 else None


def _row(one: Promised) -> dict[str, Any]:
    where = "" if one.line is None else tr("第{}行").format(one.line)
    name = tr(one.name)
    if one.detail:
        name = tr("{0}（{1}）").format(name, tr(one.detail[0]).format(*one.detail[1:]))
    return {
        "key": one.key,
        "level": 1,
        "enter": one.statement or (None if one.line is None else str(one.line)),
        "presence": tr(PRESENCES[one.presence]),
        "name": name,
        "where": where if one.page is None else tr("第{}页").format(one.page),
        "list": tr(GROUPS[one.group]),
        # a table may stand in the document beside this one
        "line": None if one.statement else one.line,
    }


def enter_completeness(
    state: ViewState, frames: Frames, key: str, table_of: Callable[[ViewState, Frames], ViewTable]
) -> ViewState:
    """The table or the line that a row names; unchanged on others. A table may be that of the document beside."""
    found = table_of(state, frames).frame.filter(key=key)
    target = found["enter"].item() if found.height == 1 else None
    if target is None:
        return state
    if target.isdecimal():
        return at_line(state, int(target))
    current = opened(frames, state.disclosure)
    beside = printed_beside(frames, current)
    held = current if beside is None else beside
    return ViewState(disclosure=held.disclosure_id, view=View.STATEMENT, scope=target, unit=state.unit)
