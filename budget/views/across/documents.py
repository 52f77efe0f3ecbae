"""Which documents a view across documents is about: never two editions, phases or copies of one thing together.

Nothing of the sample data is put beside a user's documents, and hidden documents are beside none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import tr
from budget.model.disclosure import Phase
from budget.reading.disclosure import comparable, opened_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from budget.library.frames import Frames
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Head

MOST = 100
"""Documents that one view holds; further ones are counted in its notes."""
_KEPT = 2
"""Lists of documents that are kept: one key press asks several times for that of the view it leaves or enters."""


class Held(NamedTuple):
    """Documents of a view, and sentences about those left out."""

    documents: tuple[OpenDisclosure, ...]
    notes: tuple[str, ...] = ()


_lists: dict[tuple[object, frozenset[str]], tuple[OpenDisclosure, Held]] = {}
"""What was asked for last, with the document that it was asked for."""


def of_one_body(frames: Frames, own: OpenDisclosure) -> Held:
    """All years of the body of a document, budgets before final accounts; of its edition, one document each."""

    def make() -> Held:
        heads = [head for head in _of_edition(frames, own) if head.fiscal_year is not None and head.of_body(own.head)]
        return _one_each(frames, own, sorted(heads, key=lambda head: (head.fiscal_year or 0, head.phase)))

    return _once("of_one_body", frames, own, make)


def of_one_year(frames: Frames, own: OpenDisclosure, among: frozenset[str] = frozenset()) -> Held:
    """All bodies of one year and phase, the own body first; those among some ids, else one each of the edition."""

    def make() -> Held:
        year = (own.head.fiscal_year, own.head.phase)
        return _of_bodies(frames, own, among, lambda head: (head.fiscal_year, head.phase) == year)

    return _once(("of_one_year", among), frames, own, make)


def of_every_body_and_year(frames: Frames, own: OpenDisclosure, among: frozenset[str] = frozenset()) -> Held:
    """All documents of one phase; those among some ids, else of one edition one of each body and year."""

    def make() -> Held:
        return _of_bodies(
            frames, own, among, lambda head: head.phase == own.head.phase and head.fiscal_year is not None
        )

    return _once(("of_every_body_and_year", among), frames, own, make)


def every_document(frames: Frames, own: OpenDisclosure) -> Held:
    """All documents beside a document, whatever edition and phase. Its own is the first."""

    def make() -> Held:
        found = sorted(comparable(frames, own.disclosure_id), key=lambda head: head.disclosure_id != own.disclosure_id)
        return Held(opened_together(frames, [head.disclosure_id for head in found[:MOST]]))

    return _once("every_document", frames, own, make)


def pairs_of_years(frames: Frames, own: OpenDisclosure) -> tuple[OpenDisclosure | None, OpenDisclosure | None]:
    """Budget and final accounts of one body and year. None where one is not there."""
    alike = [
        one
        for one in _of_edition(frames, own)
        if one.fiscal_year == own.head.fiscal_year and one.fiscal_year is not None and one.of_body(own.head)
    ]
    both = {opened_one.head.phase: opened_one for opened_one in _one_each(frames, own, alike).documents}
    return both.get(Phase.BUDGET.value), both.get(Phase.FINAL_ACCOUNTS.value)


def _once(what: object, frames: Frames, own: OpenDisclosure, make: Callable[[], Held]) -> Held:
    """What was made before of these frames; to hide a document leaves their contents as they are."""
    key = (what, frames.hidden)
    asked, found = _lists.get(key, (None, None))
    made = found if found is not None and asked is own else make()  # the list before it shares its documents with it
    _lists.pop(key, None)
    for other in list(_lists)[: len(_lists) + 1 - _KEPT]:
        _lists.pop(other, None)
    _lists[key] = (own, made)
    return made


def _of_edition(frames: Frames, own: OpenDisclosure) -> list[Head]:
    """Documents of the edition of one, its own among them."""
    return [head for head in comparable(frames, own.disclosure_id) if head.edition == own.head.edition]


def _of_bodies(frames: Frames, own: OpenDisclosure, among: frozenset[str], asked: Callable[[Head], bool]) -> Held:
    """The documents that are asked for, the own body first: those that the user chose, else one each of the edition."""

    def in_order(heads: Iterable[Head]) -> list[Head]:
        asked_for = [head for head in heads if asked(head)]
        return sorted(asked_for, key=lambda head: (not head.of_body(own.head), head.body, head.fiscal_year or 0))

    if not among:
        return _one_each(frames, own, in_order(_of_edition(frames, own)))
    chosen = [head for head in comparable(frames, own.disclosure_id, among) if head.disclosure_id in among]
    listed = in_order(chosen)
    left = len(chosen) - len(listed)
    notes = [tr("只列出资料库中标记的资料")]
    notes += [tr("标记的资料中 {} 份是另一年度或另一阶段的，没有列出").format(left)] if left else []
    return _held(frames, listed, notes)


def _one_each(frames: Frames, own: OpenDisclosure, heads: list[Head]) -> Held:
    """One document for each body, year and phase: the shown one, else the first that has tables."""
    with_tables = frames.with_statements()
    chosen: list[Head] = []
    again = 0
    for head in sorted(
        heads, key=lambda one: (one.disclosure_id != own.disclosure_id, one.disclosure_id not in with_tables)
    ):
        if head.disclosure_id not in with_tables and head.disclosure_id != own.disclosure_id:
            continue
        same = (
            one
            for one in chosen
            if (one.fiscal_year, one.phase) == (head.fiscal_year, head.phase) and _same_body(one, head)
        )
        if next(same, None) is None:
            chosen.append(head)
        else:
            again += 1
    kept = {head.disclosure_id for head in chosen}
    listed = [head for head in heads if head.disclosure_id in kept]
    notes = [tr("另有 {} 份资料与所列的是同一单位、同一年度，没有列出").format(again)] if again else []
    return _held(frames, listed, notes)


def _held(frames: Frames, listed: list[Head], notes: list[str]) -> Held:
    """These documents, no more than a view holds."""
    if len(listed) > MOST:
        notes.append(tr("资料多于 {0} 份，只列出 {0} 份").format(MOST))
    return Held(opened_together(frames, [head.disclosure_id for head in listed[:MOST]]), tuple(notes))


def _same_body(one: Head, other: Head) -> bool:
    return one.of_body(other) if one.names and other.names else one.disclosure_id == other.disclosure_id
