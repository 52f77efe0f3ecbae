"""What the pickers offer: views and statements, baselines, columns to sort by, commands."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

import polars as pl

from budget.i18n.language import CHINESE, current, tr, using
from budget.model.matching import initials, matches, normalise
from budget.reading.statements import head_of, sheets
from budget.views.build import OTHER_TABLE, statement_shown
from budget.views.sources import is_other
from budget.views.state import SCOPE_TITLES, VIEW_SCOPES, VIEW_TITLES, View, ViewState
from tui.actions import Where, actions, hinted, keys_text, titles_width
from tui.documents import full_title, short_title
from tui.locale import zh
from tui.plain import fit
from tui.screens.picker import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget.reading.statements import Sheets
    from tui.session import Session

NONE = ""
REPORT = "report"
SEPARATOR = "/"


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
        if view is not View.STATEMENT and (view is View.LIBRARY or state.disclosure):
            choices += [_view(view, scope, state) for scope in VIEW_SCOPES[view]]
    if state.disclosure:
        current = sheets(session.frames, state.disclosure)
        choices += [_statement(statement, current, state) for statement in current.statements]
        choices.append(Choice(REPORT, tr(zh.REPORT)))
    return choices


def in_both_languages(offer: Callable[[Session], list[Choice]], session: Session) -> list[Choice]:
    """Return what is offered with its Chinese titles too, by whose initials the manual has it chosen."""
    offered = offer(session)
    if current() == CHINESE:
        return offered
    with using(CHINESE):
        return [one._replace(chinese=other.title) for one, other in zip(offered, offer(session), strict=True)]


def view_of(value: str) -> tuple[View, str]:
    """Return what the value of a choice of `views` stands for."""
    view, _, scope = value.partition(SEPARATOR)
    return View(view), scope


def baselines(session: Session) -> list[Choice] | str:
    """Return every other disclosure, the same body's first, and not to compare; a sentence where there is none."""
    state = session.state
    if not state.disclosure:
        return tr(zh.IN_LIBRARY)
    heads = session.frames.disclosures
    own = heads.filter(pl.col("disclosure_id") == state.disclosure).get_column("body").to_list()
    others = heads.filter(pl.col("disclosure_id") != state.disclosure).sort(
        [pl.col("body").is_in(own), "body", "fiscal_year", "phase", "edition"],
        descending=[True, False, True, False, False],
        nulls_last=True,
    )
    choices = [
        Choice(
            row["disclosure_id"],
            f"{short_title(head_of(row))} · {_file(row['source_path'])}",
            current=row["disclosure_id"] == state.baseline,
        )
        for row in others.iter_rows(named=True)
    ]
    return [Choice(NONE, tr(zh.NO_COMPARISON)), *choices] if choices else hinted(zh.NO_OTHER)


def _file(path: str) -> str:
    """Return a file with its folder: two files of one body and year may bear one name."""
    return "/".join(PurePath(path).parts[-2:])


def columns(session: Session) -> list[Choice]:
    """Return the columns of the table and the document's own order."""
    chosen = session.state.sort.column if session.state.sort else NONE
    return [
        Choice(NONE, tr(zh.OWN_ORDER), current=not chosen),
        *(Choice(column.id, column.title, current=column.id == chosen) for column in session.table.columns),
    ]


def repeated(session: Session) -> list[Choice]:
    """Return the rows of statements whose amounts the line of text at the cursor repeats."""
    return [Choice(str(number), place.title) for number, place in enumerate(session.repeated())]


def commands(session: Session) -> list[Choice]:
    """Return the commands of the main screen with their keys."""
    width = titles_width(actions(Where.MAIN))
    return [
        Choice(
            action.id,
            fit(tr(action.title), width) + tr(action.description),
            session.glyphs.named(keys_text(action)),
        )
        for action in actions(Where.MAIN)
        if action.palette
    ]


def _view(view: View, scope: str, state: ViewState) -> Choice:
    here = state.view is view and (state.scope or VIEW_SCOPES[view][0]) == scope
    title = " · ".join(part for part in (tr(VIEW_TITLES[view]), tr(SCOPE_TITLES.get(scope, ""))) if part)
    return Choice(f"{view}{SEPARATOR}{scope}", title, current=here)


def _statement(statement: str, current: Sheets, state: ViewState) -> Choice:
    """Offer a statement under its number and title; a table of no form under what it prints, marked as such."""
    here = state.view is View.STATEMENT and statement_shown(state, current) == statement
    mark = tr(OTHER_TABLE) if is_other(statement) else current.number(statement)
    parts = (tr(VIEW_TITLES[View.STATEMENT]), mark, full_title(current, statement))
    missing = "" if current.found(statement) else tr(zh.MISSING)
    return Choice(f"{View.STATEMENT}{SEPARATOR}{statement}", " ".join(filter(None, parts)) + missing, current=here)


OFFERS: dict[str, Callable[[Session], list[Choice] | str]] = {
    "views": partial(in_both_languages, views),
    "baselines": baselines,
    "columns": columns,
    "commands": partial(in_both_languages, commands),
    "repeated": repeated,
}
"""What a picker can be opened on; a sentence where there is nothing to choose."""
