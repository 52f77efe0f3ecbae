"""What the pickers offer: views and statements, baselines, columns to sort by, commands."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import polars as pl

from budget.forms import STATEMENTS
from budget.matching import initials, matches, normalise
from budget.model import StatementId
from budget.views.state import SCOPE_TITLES, VIEW_SCOPES, VIEW_TITLES, Scope, View, ViewState
from tui.actions import Where, actions, keys_text
from tui.documents import short_title
from tui.locale import zh
from tui.plain import fit
from tui.screens.picker import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.session import Session

NONE = ""
REPORT = "report"
SEPARATOR = "/"
TITLE_WIDTH = 14


def rank(title: str, typed: str) -> int | None:
    """Return 0 where a title or its pinyin initials begin with what is typed, 1 where they hold it, else None."""
    if not matches(typed, "", title):
        return None
    wanted = normalise(typed)
    return 0 if normalise(title).startswith(wanted) or initials(title).startswith(wanted) else 1


def views(session: Session) -> list[Choice]:
    """Return the views with their scopes, the statements as printed and the reading report."""
    state = session.state
    choices = []
    for view in View:
        if view is View.LIBRARY or state.disclosure:
            choices += [_view(view, scope, state) for scope in VIEW_SCOPES[view]]
    if state.disclosure:
        choices.append(Choice(REPORT, zh.REPORT))
    return choices


def view_of(value: str) -> tuple[View, Scope]:
    """Return what the value of a choice of `views` stands for."""
    view, _, scope = value.partition(SEPARATOR)
    return View(view), Scope(scope)


def baselines(session: Session) -> list[Choice] | str:
    """Return every other disclosure, the same body's first, and not to compare; a sentence where there is none."""
    state = session.state
    if not state.disclosure:
        return zh.IN_LIBRARY
    heads = session.frames.disclosures.select("disclosure_id", "body", "fiscal_year", "source_path")
    own = heads.filter(pl.col("disclosure_id") == state.disclosure).get_column("body").to_list()
    others = heads.filter(pl.col("disclosure_id") != state.disclosure).sort(
        pl.col("body").is_in(own), "body", "fiscal_year", descending=[True, False, True], nulls_last=True
    )
    choices = [
        Choice(key, f"{short_title(body, year)} · {_file(path)}", current=key == state.baseline)
        for key, body, year, path in others.iter_rows()
    ]
    return [Choice(NONE, zh.NO_COMPARISON), *choices] if choices else zh.NO_OTHER


def _file(path: str) -> str:
    """Return a file with its folder: two files of one body and year may bear one name."""
    return "/".join(PurePath(path).parts[-2:])


def columns(session: Session) -> list[Choice]:
    """Return the columns of the table and the document's own order."""
    chosen = session.state.sort.column if session.state.sort else NONE
    return [
        Choice(NONE, zh.OWN_ORDER, current=not chosen),
        *(Choice(column.id, column.title, current=column.id == chosen) for column in session.table.columns),
    ]


def commands(_session: Session) -> list[Choice]:
    """Return the commands of the main screen with their keys."""
    return [
        Choice(action.id, fit(action.title, TITLE_WIDTH) + action.description, keys_text(action))
        for action in actions(Where.MAIN)
        if action.palette
    ]


def _view(view: View, scope: Scope, state: ViewState) -> Choice:
    here = state.view is view and (state.scope or VIEW_SCOPES[view][0]) == scope
    if view is View.STATEMENT:
        form = STATEMENTS[StatementId(scope.value)]
        return Choice(f"{view}{SEPARATOR}{scope}", f"{VIEW_TITLES[view]} 表{form.number} {form.title}", current=here)
    title = " · ".join(part for part in (VIEW_TITLES[view], SCOPE_TITLES.get(scope, "")) if part)
    return Choice(f"{view}{SEPARATOR}{scope}", title, current=here)


OFFERS: dict[str, Callable[[Session], list[Choice] | str]] = {
    "views": views,
    "baselines": baselines,
    "columns": columns,
    "commands": commands,
}
"""What a picker can be opened on; a sentence where there is nothing to choose."""
