"""Which documents a view across documents is about: never two editions, phases or copies of one thing together.

Sample data stand in their own folder, and nothing of them is put beside a user's documents.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import tr
from budget.model.disclosure import Phase
from budget.reading.disclosure import head_of, opened_together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from budget.library.frames import Frames
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Head

MOST = 100
"""Documents that one view holds; further ones are counted in its notes."""
_SAMPLES = "sample_data"
"""The folder of the sample data."""


class Held(NamedTuple):
    """Documents of a view, and sentences about those left out."""

    documents: tuple[OpenDisclosure, ...]
    notes: tuple[str, ...] = ()


def of_one_body(frames: Frames, own: OpenDisclosure) -> Held:
    """All years of the body of a document, budgets before final accounts; of its edition, one document each."""
    return own.once("of_one_body", lambda: _of_one_body(frames, own))


def _of_one_body(frames: Frames, own: OpenDisclosure) -> Held:
    heads = [head for head in _comparable(frames, own) if head.fiscal_year is not None and head.of_body(own.head)]
    found = sorted(heads, key=lambda head: (head.fiscal_year or 0, head.phase))
    return _held(frames, own, found)


def of_one_year(frames: Frames, own: OpenDisclosure) -> Held:
    """All bodies of one year, phase and edition. The own body is the first; one document each."""
    return own.once("of_one_year", lambda: _of_one_year(frames, own))


def _of_one_year(frames: Frames, own: OpenDisclosure) -> Held:
    head = own.head
    found = [one for one in _comparable(frames, own) if (one.fiscal_year, one.phase) == (head.fiscal_year, head.phase)]
    return _held(frames, own, sorted(found, key=lambda one: (not one.of_body(head), one.body)))


def of_every_body_and_year(frames: Frames, own: OpenDisclosure) -> Held:
    """All documents of one phase and edition. One of each body and year."""
    return own.once("of_every_body_and_year", lambda: _of_every_body_and_year(frames, own))


def _of_every_body_and_year(frames: Frames, own: OpenDisclosure) -> Held:
    found = [one for one in _comparable(frames, own) if one.phase == own.head.phase and one.fiscal_year is not None]
    return _held(frames, own, sorted(found, key=lambda one: (not one.of_body(own.head), one.body, one.fiscal_year)))


def every_document(frames: Frames, own: OpenDisclosure) -> Held:
    """All documents beside a document, whatever edition and phase. Its own is the first."""
    return own.once("every_document", lambda: _every_document(frames, own))


def _every_document(frames: Frames, own: OpenDisclosure) -> Held:
    rows = list(frames.disclosures.iter_rows(named=True))
    sample = {row["disclosure_id"]: _is_sample(row) for row in rows}
    alike = [head_of(row) for row in rows if sample[row["disclosure_id"]] == sample.get(own.disclosure_id, False)]
    found = sorted(alike, key=lambda head: head.disclosure_id != own.disclosure_id)
    return Held(opened_together(frames, [head.disclosure_id for head in found[:MOST]]))


def pairs_of_years(frames: Frames, own: OpenDisclosure) -> tuple[OpenDisclosure | None, OpenDisclosure | None]:
    """Budget and final accounts of one body and year. None where one is not there."""
    alike = [
        one
        for one in _comparable(frames, own)
        if one.fiscal_year == own.head.fiscal_year and one.fiscal_year is not None and one.of_body(own.head)
    ]
    both = {opened_one.head.phase: opened_one for opened_one in _held(frames, own, alike).documents}
    return both.get(Phase.BUDGET.value), both.get(Phase.FINAL_ACCOUNTS.value)


def _comparable(frames: Frames, own: OpenDisclosure) -> list[Head]:
    """Documents of the edition of one, its own among them; sample data only beside sample data."""
    sample = {row["disclosure_id"]: _is_sample(row) for row in frames.disclosures.iter_rows(named=True)}
    heads = [head_of(row) for row in frames.disclosures.iter_rows(named=True)]
    mine = sample.get(own.disclosure_id, False)
    return [head for head in heads if head.edition == own.head.edition and sample[head.disclosure_id] == mine]


def _is_sample(row: Mapping[str, object]) -> bool:
    return PurePath(str(row["source_path"] or "")).parent.name == _SAMPLES


def _held(frames: Frames, own: OpenDisclosure, heads: list[Head]) -> Held:
    """One document for each body, year and phase: the shown one, else the first that has tables."""
    with_tables = set(frames.statements["disclosure_id"].unique())
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
    if len(listed) > MOST:
        notes.append(tr("资料多于 {0} 份，只列出 {0} 份").format(MOST))
    return Held(opened_together(frames, [head.disclosure_id for head in listed[:MOST]]), tuple(notes))


def _same_body(one: Head, other: Head) -> bool:
    return one.of_body(other) if one.names and other.names else one.disclosure_id == other.disclosure_id
