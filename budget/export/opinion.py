"""The review opinion of documents: blocks of words and tables, from what was checked, noted and found missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Outcome, worded
from budget.checks.wording import OUTCOMES, check_of, places, sentence
from budget.export import batch
from budget.export import opinion_words as words
from budget.export.rows import Rows, view_rows
from budget.i18n.language import day, joined, tr
from budget.library.review_notes import Kind, Status, status_title
from budget.model.money import unit_title
from budget.reading.completeness import GROUPS, Presence
from budget.reading.disclosure import opened
from budget.views.registry import view_table
from budget.views.review.completeness import PRESENCES, completeness_of
from budget.views.review.notes import document_target, finding_target
from budget.views.sources import EDITION_TITLES, PHASE_TITLES, body_and_year, year_text
from budget.views.state import Scope, Sort, View, ViewState
from budget.views.table import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from budget.checks.rule import Finding
    from budget.export.batch import Checked
    from budget.library.frames import Frames
    from budget.library.review_notes import Note
    from budget.reading.rows import Head

    Notes = Mapping[tuple[str, str, str], Note]

_LISTED = (Outcome.DISCREPANCY, Outcome.HINT)
_MOST_CHANGES = 10
_LACKING = frozenset({Presence.MISSING, Presence.UNREAD, Presence.BARE})
_HANDED_OVER = frozenset({Status.TRUE.value, Status.REPORTED.value, Status.MENDED.value})
"""Statuses that make a hint, a row or a document a problem to hand over."""


class Heading(NamedTuple):
    """A heading of the opinion, 1 the highest."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """A paragraph of the opinion."""

    text: str


Block = Heading | Paragraph | Rows


class Problem(NamedTuple):
    """One line of the table of problems."""

    head: Head
    what: str
    basis: str
    where: str
    status: str
    comment: str


def opinion(frames: Frames, checked: Sequence[Checked], notes: Notes, on: date) -> list[Block]:
    """The blocks of the opinion: summary, a chapter a document, the problems to hand over."""
    dated = tr(words.DATED).format(date=day(on.isoformat()), number=len(checked))
    blocks: list[Block] = [Heading(1, tr(words.TITLE)), Paragraph(dated), Paragraph(tr(words.CAUTION))]
    blocks.append(Heading(2, tr(words.SUMMARY)))
    for body, held in batch.bodies(checked):
        blocks += [Paragraph(body), batch.timeless(held)]
    for one in checked:
        blocks += _chapter(frames, one, notes)
    found = [problem for one in checked for problem in problems(one, notes)]
    blocks += [Heading(2, tr(words.PROBLEMS)), Paragraph(tr(words.PROBLEMS_ABOUT).format(number=len(found)))]
    return [*blocks, _problem_table(found)] if found else blocks


# A chapter


def _chapter(frames: Frames, one: Checked, notes: Notes) -> Iterator[Block]:
    yield Heading(2, body_and_year(one.head))
    yield Heading(3, tr(words.IDENTITY))
    yield _identity(one, notes)
    yield from _amounts(frames, one)
    yield Heading(3, tr(words.FINDINGS))
    yield Paragraph(_counted(one))
    rows = [
        _finding(one, number, finding, notes)
        for number, finding in enumerate((each for outcome in _LISTED for each in one.report.of(outcome)), 1)
    ]
    if rows:
        yield Rows([tr(title) for title in words.FINDING_TITLES], rows, frozenset({0}))
    yield Heading(3, tr(words.COMPLETENESS))
    yield from _completeness(frames, one)


def _identity(one: Checked, notes: Notes) -> Rows:
    head, baseline = one.head, one.report.baseline
    note = notes.get(document_target(head).key)
    facts = (
        (words.BODY, head.body),
        (words.YEAR, year_text(head)),
        (words.PHASE, tr(PHASE_TITLES.get(head.phase, ""))),
        (words.EDITION, tr(EDITION_TITLES.get(head.edition, ""))),
        (words.SOURCE, head.source_name),
        (words.HASH, head.sha256),
        (words.AGAINST, body_and_year(baseline) if baseline else tr(words.NOTHING_AGAINST)),
        (words.NOTE, _noted(note)),
    )
    return Rows([tr(title) for title in words.FACT_TITLES], [[tr(name), text] for name, text in facts if text])


def _amounts(frames: Frames, one: Checked) -> Iterator[Block]:
    """The totals; against the year before the biggest changes too."""
    baseline = one.report.baseline.disclosure_id if one.report.baseline else ""
    state = ViewState(disclosure=one.head.disclosure_id, baseline=baseline, view=View.OVERVIEW)
    totals = view_table(state, frames)
    if totals.frame.height or totals.totals.height:
        yield Heading(3, tr(words.TOTALS).format(unit=unit_title(totals.unit)))
        yield view_rows(totals, [], grouped=True)
    if not baseline:
        return
    flat = state.replace(view=View.EXPENDITURE, scope=Scope.ALL_FUNDS.value, flat=True)
    delta = next((column.id for column in view_table(flat, frames).columns if column.part == "delta"), "")
    if not delta:
        return
    table = view_table(flat.replace(sort=Sort(delta)), frames)
    changed = table.frame.filter(table.frame[delta].fill_null(0) != 0).head(_MOST_CHANGES)
    if changed.height:
        yield Heading(3, tr(words.CHANGES).format(number=changed.height, unit=unit_title(table.unit)))
        kept = tuple(column for column in table.columns if column.kind is not ColumnKind.SHARE)
        yield view_rows(replace(table, frame=changed, totals=table.totals.clear(), columns=kept), [], grouped=True)


def _counted(one: Checked) -> str:
    counts = joined(f"{tr(title)} {len(one.report.of(outcome))}" for outcome, title in OUTCOMES.items())
    return tr(words.COUNTED).format(counts=counts)


def _finding(one: Checked, number: int, finding: Finding, notes: Notes) -> list[str]:
    note = notes.get(finding_target(one.head, finding).key)
    return [
        str(number),
        tr(OUTCOMES[finding.outcome]),
        sentence(finding),
        joined((one.report.ref_text(ref) for ref in finding.refs), "；"),
        worded(check_of(finding).formula),
        _status(note),
        note.comment if note else "",
    ]


def _completeness(frames: Frames, one: Checked) -> Iterator[Block]:
    found = completeness_of(frames, opened(frames, one.head.disclosure_id))
    for group, title in GROUPS.items():
        every = found.of(group)
        if every:
            counted = {"number": len(every), "there": found.there(group)}
            yield Paragraph(tr(words.COMPLETE).format(list=tr(title), **counted))
    rows = [
        [tr(GROUPS[each.group]), tr(each.name), tr(PRESENCES[each.presence])]
        for each in found.promised
        if each.presence in _LACKING
    ]
    if rows:
        yield Rows([tr(title) for title in words.LACKING_TITLES], rows)
    yield from (Paragraph(tr(text)) for text in found.silent)


# Problems


def problems(one: Checked, notes: Notes) -> Iterator[Problem]:
    """What is to be handed over: discrepancies that nobody found unfounded, and what was noted as true."""
    told = set()
    for outcome in _LISTED:
        for finding in one.report.of(outcome):
            note = notes.get(finding_target(one.head, finding).key)
            status = note.status if note else ""
            told |= {note.target.key} if note else set()
            counts = outcome is Outcome.DISCREPANCY and status != Status.FALSE.value
            if counts or status in _HANDED_OVER:
                basis = worded(check_of(finding).title)
                comment = note.comment if note else ""
                yield Problem(one.head, sentence(finding), basis, places(finding.refs), _status(note), comment)
    for key, note in notes.items():
        own = note.target.sha256 == one.head.sha256 and note.target.kind in {Kind.ROW.value, Kind.DOCUMENT.value}
        if own and key not in told and note.status in _HANDED_OVER:
            what = tr(words.NOTED).format(place=note.target.label, comment=note.comment or _noted(note))
            yield Problem(one.head, what, tr(words.REVIEW), note.target.label, _status(note), note.comment)


def _problem_table(found: Sequence[Problem]) -> Rows:
    rows = [
        [str(number), one.head.body or one.head.source_name, year_text(one.head), *one[1:], ""]
        for number, one in enumerate(found, 1)
    ]
    return Rows([tr(title) for title in words.PROBLEM_TITLES], rows, frozenset({0}))


def _status(note: Note | None) -> str:
    """The status of a note in words; what nobody noted is still to be verified."""
    return status_title(note.status if note else Status.OPEN)


def _noted(note: Note | None) -> str:
    return "" if note is None else joined(filter(None, (_status(note), note.comment, note.tag)))
