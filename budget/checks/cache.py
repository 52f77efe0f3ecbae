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


class Tally(NamedTuple):
    """How many comparisons came out how."""

    compared: int
    """Those that were made, whatever came of them."""
    discrepancies: int
    not_checked: int


def checked(frames: Frames, disclosure_id: str, baseline_id: str = "") -> tuple[Finding, ...]:
    """The findings of a disclosure, against a baseline where one is named; none for an unknown id."""
    # findings hold words: they are those of one language; a text is compared with tables that are not hidden
    key = ("findings", baseline_id, current(), frames.hidden)
    return opened(frames, disclosure_id).once(key, lambda: _found(frames, disclosure_id, baseline_id))


def _found(frames: Frames, disclosure_id: str, baseline_id: str) -> tuple[Finding, ...]:
    from budget.checks import findings

    own = frames.of(disclosure_id)
    theirs = frames.of(baseline_id) if baseline_id else None
    against = theirs if theirs is not None and theirs.disclosures.height else None
    if not own.disclosures.height:
        return ()
    beside = tables_beside(frames, opened(frames, disclosure_id).head)
    tables = frames.of(beside[0].disclosure_id) if len(beside) == 1 else None
    return tuple(findings(own, against, tables))


def tally(found: Iterable[Finding]) -> Tally:
    """Count: compared are all but those that do not apply and those that could not be checked."""
    counts = Counter(finding.outcome.value for finding in found)
    open_, silent = counts["not_checked"], counts["not_applicable"]
    return Tally(counts.total() - open_ - silent, counts["discrepancy"], open_)
