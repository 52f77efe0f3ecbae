"""Finding in what a disclosure says besides its statements: projects, parts, targets, changes, facts, terms, text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.model.fact_names import TOPICS, fact_title
from budget.model.matching import matches, normalise
from budget.reading.disclosure import opened
from budget.views.state import VIEW_TITLES, View, ViewState
from budget.views.text.lines import COLUMN_GAP, at_line
from budget.views.text.stated_changes import keyed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from budget.library.frames import Frames
    from budget.model.records import Records

MOST_LINES = 500
"""Lines of the text that are found at most."""
_TERMS = (
    "policy_basis",
    "executing_unit",
    "period",
    "funding_source",
    "recipients",
    "standard",
    "method",
    "procedure",
    "benefits",
    "overview",
)
"""The fields of a project that are texts of their own."""


def record_places(frames: Frames, disclosure_id: str, query: str) -> Iterator[tuple[str, str, ViewState]]:
    """Records and lines of text that match a query: (kind, name, state).

    Records come in the order of the kinds, lines of the text last. Names match by substring or pinyin initials, reasons
    and goals by substring.
    """
    wanted = normalise(query)
    if not wanted:
        return
    records = opened(frames, disclosure_id).records
    shown = ViewState(disclosure=disclosure_id)
    yield from _projects(records, shown, query, wanted)
    yield from _targets(records, shown, query, wanted)
    for key, change in keyed(records.stated_changes):
        if matches(query, change.code, change.subject) or wanted in normalise(change.reason):
            name = change.subject.rpartition("/")[2]
            yield tr(VIEW_TITLES[View.STATED]), name, shown.replace(view=View.STATED, cursor=key)
    yield from _facts(records, shown, query)
    for number, term in enumerate(records.terms, 1):
        if matches(query, "", term.term):
            yield (
                tr(VIEW_TITLES[View.GLOSSARY]),
                term.term,
                shown.replace(view=View.GLOSSARY, cursor=f"{number}/{term.term}"),
            )
    yield from text_places(frames, shown, query)


def text_places(frames: Frames, state: ViewState, query: str) -> Iterator[tuple[str, str, ViewState]]:
    """Lines of a disclosure's text that hold the query: (kind, text, state). Blanks do not matter."""
    wanted = normalise(query)
    if not wanted:
        return
    found = ((line, text) for line, text in _lines(frames, state.disclosure) if wanted in text)
    for _, (line, text) in zip(range(MOST_LINES), found, strict=False):
        yield tr(VIEW_TITLES[View.TEXT]), text, at_line(state, line)


def _projects(records: Records, shown: ViewState, query: str, wanted: str) -> Iterator[tuple[str, str, ViewState]]:
    one = shown.replace(view=View.ONE_PROJECT)
    for project in records.projects:
        state = one.replace(scope=project.name)
        if matches(query, "", project.name):
            yield tr(VIEW_TITLES[View.ONE_PROJECT]), project.name, state
        for field in _TERMS:
            if wanted in normalise(getattr(project, field)):
                yield tr(VIEW_TITLES[View.ONE_PROJECT]), project.name, state.replace(cursor=f"term/{field}")
    for part in records.allocations:
        if matches(query, "", part.item):
            state = one.replace(scope=part.project, cursor=f"part/{part.item}")
            yield tr(VIEW_TITLES[View.ONE_PROJECT]), part.item, state


def _targets(records: Records, shown: ViewState, query: str, wanted: str) -> Iterator[tuple[str, str, ViewState]]:
    targets = shown.replace(view=View.TARGETS)
    for plan in records.plans:
        if matches(query, "", plan.project) or wanted in normalise(plan.goal):
            yield tr(VIEW_TITLES[View.TARGETS]), plan.project, targets.replace(cursor=str(plan.number))
    for indicator in records.indicators:
        if matches(query, "", indicator.level3 or indicator.target):
            state = targets.replace(cursor=f"{indicator.plan}/{indicator.number}")
            yield tr(VIEW_TITLES[View.TARGETS]), indicator.level3, state


def _facts(records: Records, shown: ViewState, query: str) -> Iterator[tuple[str, str, ViewState]]:
    seen: dict[str, int] = {}
    for fact in records.facts:
        key = f"{fact.topic}/{fact.key}"
        seen[key] = seen.get(key, 0) + 1
        title = fact_title(fact.key)
        if matches(query, "", title, tr(TOPICS.get(fact.topic, ""))):
            cursor = f"{key}#{seen[key]}" if seen[key] > 1 else key
            yield tr(VIEW_TITLES[View.FACTS]), title, shown.replace(view=View.FACTS, cursor=cursor)


def _lines(frames: Frames, disclosure_id: str) -> tuple[tuple[int, str], ...]:
    """The lines of a text as they are compared; kept, for every typed letter asks for them."""
    own = opened(frames, disclosure_id)
    return own.once("compared_lines", lambda: _compared(own.passages))


def _compared(passages: pl.DataFrame) -> tuple[tuple[int, str], ...]:
    rows = passages.sort("line").select("line", "text").iter_rows()
    return tuple((line, normalise((text or "").replace("\t", COLUMN_GAP))) for line, text in rows)
