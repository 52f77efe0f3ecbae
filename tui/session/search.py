"""Search: rows on the screen first, then the rest of the disclosure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from budget.i18n.language import tr
from budget.model.matching import matches
from budget.reading.disclosure import head_of
from budget.search.narrative import record_places, text_places
from budget.search.statements import hits
from budget.views.library import matching
from budget.views.registry import view_table
from budget.views.state import View, ViewState
from tui import messages
from tui.render.reports import short_title
from tui.render.text import is_text

if TYPE_CHECKING:
    from budget.library.frames import Frames

MOST_ROWS = 5_000
"""Rows up to which the table on the screen is searched by itself; longer ones only as part of the disclosure."""


class Found(NamedTuple):
    """A place that was found: a state, and its kind. The state has the cursor on the place."""

    state: ViewState
    where: str
    name: str = ""
    """Code and name of the row, or the words of the text; of another document than the one shown, whose it is."""


def places(state: ViewState, frames: Frames, query: str) -> list[Found]:
    """Return the states that show a match, the cursor on it.

    Baseline and unit stay as they are. In a text its own lines come first, from the cursor on and round; elsewhere the
    rows on the screen. Then the other lines of the statements, and what the document says besides, by kind.
    """
    if not query.strip():
        return []
    if is_text(state):
        here, names = _in_text(state, frames, query), set[tuple[str, str]]()
    else:
        here, names = _here(state, frames, query)
    listed = replace(frames, hidden=frozenset()) if state.view is View.LIBRARY and state.flat else frames
    hit_lines = [hit for hit in hits(listed, state.disclosure, query) if (hit.code, hit.name) not in names]
    whose = {} if state.disclosure else _whose(frames, {hit.state.disclosure for hit in hit_lines})
    found = [
        Found(hit.state, hit.where, f"{hit.code} {hit.name}".strip() + whose.get(hit.state.disclosure, ""))
        for hit in hit_lines
    ]
    if state.disclosure:
        records = record_places(frames, state.disclosure, query)
        found += [Found(place, kind, name) for kind, name, place in records if not (is_text(place) and is_text(state))]
    on_screen = {(place.state.view, place.state.scope, place.state.cursor) for place in here}
    elsewhere = [place for place in found if (place.state.view, place.state.scope, place.state.cursor) not in on_screen]
    return [*here, *(place._replace(state=_carried(state, place.state)) for place in elsewhere)]


def _whose(frames: Frames, disclosure_ids: set[str]) -> dict[str, str]:
    """Whose documents these are, to be said where all of them are looked through."""
    own = frames.disclosures.filter(pl.col("disclosure_id").is_in(list(disclosure_ids)))
    return {row["disclosure_id"]: f" · {short_title(head_of(row))}" for row in own.iter_rows(named=True)}


def _carried(state: ViewState, target: ViewState) -> ViewState:
    """The target with what stays as it is on the screen."""
    same = target.disclosure == state.disclosure
    return target.replace(baseline=state.baseline if same else "", unit=state.unit, unpaired=state.unpaired)


def _in_text(state: ViewState, frames: Frames, query: str) -> list[Found]:
    """The lines of the text that hold the query, the next one first."""
    found = [
        Found(state.replace(cursor=place.cursor), kind, words)
        for kind, words, place in text_places(frames, state, query)
    ]
    at = int(state.cursor) if state.cursor.isdigit() else 0
    ahead = [place for place in found if int(place.state.cursor) >= at]
    return [*ahead, *found[: len(found) - len(ahead)]]


def _here(state: ViewState, frames: Frames, query: str) -> tuple[list[Found], set[tuple[str, str]]]:
    """The matching rows of the table on the screen, and their codes and names."""
    table = view_table(state, frames)
    if state.view is View.LIBRARY:
        return _documents(state, table.frame, query), set()
    if table.frame.height > MOST_ROWS or "name" not in table.frame.columns:
        return [], set()
    rows = table.frame.select("key", "code" if "code" in table.frame.columns else pl.lit("").alias("code"), "name")
    found = [(key, code or "", name or "") for key, code, name in rows.iter_rows()]
    found = [(key, code, name) for key, code, name in found if matches(query, code, name)]
    return [
        Found(state.replace(cursor=key), tr(messages.HERE), f"{code} {name}".strip()) for key, code, name in found
    ], {(code, name) for _, code, name in found}


def _documents(state: ViewState, listed: pl.DataFrame, query: str) -> list[Found]:
    """The documents of the library that a query finds: by year, body and file, each word of it by any of them."""
    for word in query.split():
        listed = listed.filter(matching(listed, word, "name", "source_name"))
    return [
        Found(state.replace(cursor=key), tr(messages.DOCUMENT), " ".join(filter(None, words)))
        for key, *words in listed.select("key", "fiscal_year", "name", "source_name").iter_rows()
    ]
