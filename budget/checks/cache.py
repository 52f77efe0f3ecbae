"""Findings of a disclosure, computed once and counted by outcome. They are kept while its frames live."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import current
from budget.reading.disclosure import opened, tables_beside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.checks.rule import Finding
    from budget.library.frames import Frames
    from budget.reading.disclosure import OpenDisclosure


class Tally(NamedTuple):
    """How many comparisons came out how."""

    compared: int
    """Those that were made, whatever came of them."""
    discrepancies: int
    not_checked: int


def checked(frames: Frames, disclosure_id: str, baseline_id: str = "") -> tuple[Finding, ...]:
    """The findings of a disclosure, against a baseline where one is named; none for an unknown id."""
    own = opened(frames, disclosure_id)
    beside = _beside(frames, own)
    key = ("findings", baseline_id, current(), beside)  # findings hold words: they are those of one language
    return own.once(key, lambda: _found(frames, disclosure_id, baseline_id, beside))


def _beside(frames: Frames, own: OpenDisclosure) -> str:
    """The one document that has the tables of a text; "" where there is none, or several."""
    found = tables_beside(frames, own.head) if own.frames.statements.is_empty() else ()
    return found[0].disclosure_id if len(found) == 1 else ""


def _found(frames: Frames, disclosure_id: str, baseline_id: str, beside: str) -> tuple[Finding, ...]:
    from budget.checks import findings

    own = frames.of(disclosure_id)
    theirs = frames.of(baseline_id) if baseline_id else None
    against = theirs if theirs is not None and theirs.disclosures.height else None
    if not own.disclosures.height:
        return ()
    return tuple(findings(own, against, frames.of(beside) if beside else None))


def tally(found: Iterable[Finding]) -> Tally:
    """Count: compared are all but those that do not apply and those that could not be checked."""
    counts = Counter(finding.outcome.value for finding in found)
    open_, silent = counts["not_checked"], counts["not_applicable"]
    return Tally(counts.total() - open_ - silent, counts["discrepancy"], open_)
