"""From what a document says to the rows of its statements: a line of text, a stated change, a term."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import ENDS
from budget.model.matching import normalise
from budget.model.titles import measure_title, measure_words
from budget.reading.choice import EXPENDITURE, GENERAL_PUBLIC, REVENUE, THREE_PUBLIC, choose_table
from budget.reading.disclosure import opened
from budget.views.locate import state_of_line
from budget.views.state import Scope, View
from budget.views.text.lines import at_line, heading_line
from budget.views.text.links import Target, links
from budget.views.text.stated_changes import keyed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.library.frames import Frames
    from budget.model.records import StatedChange
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Row
    from budget.views.state import ViewState

TEXT_VIEWS = frozenset({View.STATED, View.TEXT, View.GLOSSARY})
"""The views of what the document says in words."""
_BY_CODE = (GENERAL_PUBLIC, EXPENDITURE, REVENUE)
"""Where the code of a stated change is looked for: the narrative goes through the general public budget by code."""
_SHORTEST_PART = 4
_THREE_PUBLIC = "三公"


class Repeated(NamedTuple):
    """A statement row with an amount of a line of text."""

    title: str
    """The amount as the text prints it, the table, the row and the column."""
    state: ViewState


def repeated(state: ViewState, frames: Frames, line: int) -> tuple[Repeated, ...]:
    """The rows whose amounts stand in this line of the shown text; one entry a row."""
    own = opened(frames, state.disclosure)
    text = next(iter(own.passages.filter(line=line)["text"].to_list()), "") or ""
    found: dict[tuple[str, int], Repeated] = {}
    for link in links(frames, state.disclosure).get(line, ()):
        amount = text.replace("\t", "  ")[link.start : link.end]
        for target in link.targets:
            shown = _carried(state, state_of_line(frames, state.disclosure, target.statement, target.row_no))
            if shown is not None:
                title = f"{amount}  {_title(own, target)}"
                found.setdefault((target.statement, target.row_no), Repeated(title, shown))
    return tuple(found.values())


def row_of_stated(own: OpenDisclosure, change: StatedChange) -> Row | None:
    """The statement row that a stated change is about, or None. One with its amount is preferred."""
    if change.code:
        first = [choose_table(own, question).statement for question in _BY_CODE]
        rows = [row for statement in (*first, *own.statements) for row in own.of(statement) if row.code == change.code]
    else:
        rows = [row for row in _in_order(own) if _bare(row.project or row.name) == _bare(change.subject)]
    agreeing = (row for row in rows or _totals(own, change) if _has(row, change))
    return next(agreeing, rows[0] if rows else None)


def enter_text(state: ViewState, frames: Frames, key: str) -> ViewState:
    """What Enter opens in the views of what the document says; unchanged where it opens nothing.

    An entry of the contents and a term: their line of the text; a stated change: its row, else its line of the text.
    """
    if state.view is View.STATED:
        return _enter_stated(state, frames, key)
    if state.view is View.GLOSSARY:
        number = key.partition("/")[0]
        terms = opened(frames, state.disclosure).records.terms
        known = number.isdigit() and 0 < int(number) <= len(terms)
        return at_line(state, terms[int(number) - 1].line) if known else state
    if state.scope == Scope.CONTENTS:
        return at_line(state, int(key)) if key.isdigit() else state
    found = repeated(state, frames, int(key)) if key.isdigit() else ()
    return found[0].state if found else state


def leave_text(state: ViewState, frames: Frames) -> ViewState:
    """Go from the whole text to its contents. The cursor stands on the heading above the line."""
    at = heading_line(opened(frames, state.disclosure).passages, int(state.cursor)) if state.cursor.isdigit() else ""
    return state.replace(scope=Scope.CONTENTS.value, cursor=at, filter="", sort=None)


def _enter_stated(state: ViewState, frames: Frames, key: str) -> ViewState:
    change = dict(keyed(opened(frames, state.disclosure).records.stated_changes)).get(key)
    if change is None:
        return state
    row = row_of_stated(opened(frames, state.disclosure), change)
    shown = None
    if row is not None and row.row_no is not None:
        shown = _carried(state, state_of_line(frames, state.disclosure, row.statement, row.row_no))
    return shown or at_line(state, change.line)


def _carried(state: ViewState, target: ViewState | None) -> ViewState | None:
    """The target with the baseline and the unit of the state that leads there."""
    return target and target.replace(baseline=state.baseline, unit=state.unit, unpaired=state.unpaired)


def _in_order(own: OpenDisclosure) -> list[Row]:
    """All rows, those of the three public expenses first: their names stand in other tables too."""
    order = dict.fromkeys([choose_table(own, THREE_PUBLIC).statement, *own.statements])
    return [row for statement in order for row in own.of(statement)]


def _totals(own: OpenDisclosure, change: StatedChange) -> Iterator[Row]:
    """Totals of a table or of a column that is named like the subject, and rows that have a part of its name."""
    subject = _bare(change.subject)
    rows = _in_order(own)
    if _THREE_PUBLIC in subject:
        yield from (row for row in choose_table(own, THREE_PUBLIC).rows if row.kind in ENDS)
    for row in rows:
        titles = (measure_title(row.statement, measure, own.head.phase) for measure in row.amounts)
        if row.kind in ENDS and any(_bare(title) == subject for title in titles):
            yield row
    yield from (row for row in rows if _part_of(_bare(row.project or row.name), subject))


def _has(row: Row, change: StatedChange) -> bool:
    return change.amount_fen is not None and any(amount.fen == change.amount_fen for amount in row.amounts.values())


def _part_of(name: str, subject: str) -> bool:
    shorter = min(len(name), len(subject))
    return shorter >= _SHORTEST_PART and (name in subject or subject in name)


def _bare(text: str) -> str:
    return "".join(letter for letter in normalise(text) if letter.isalnum())


def _title(own: OpenDisclosure, target: Target) -> str:
    row = next(row for row in own.of(target.statement) if row.row_no == target.row_no)
    measure = measure_words(target.statement, target.measure, own.head.phase)
    name = row.project or row.name or row.label
    return " · ".join(part for part in (own.reference(target.statement), f"{row.code} {name}".strip(), measure) if part)
