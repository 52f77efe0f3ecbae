"""The findings of a disclosure, made once and kept while its frames live; how many there are of each outcome."""

from __future__ import annotations

import weakref
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import current

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from budget.checks.rule import Finding
    from budget.library.frames import Frames

_KEPT = 8
"""Pairs of disclosures whose findings are kept."""
_kept: dict[
    tuple[int, int, str, str, str],
    tuple[weakref.ref[pl.DataFrame], weakref.ref[pl.DataFrame], tuple[Finding, ...]],
] = {}


class Tally(NamedTuple):
    """How many comparisons came out how."""

    compared: int
    """Those that were made, whatever came of them."""
    discrepancies: int
    not_checked: int


def checked(frames: Frames, disclosure_id: str, baseline_id: str = "") -> tuple[Finding, ...]:
    """The findings of a disclosure, against a baseline where one is named; none for an unknown id.

    The checks are imported here: nothing that is shown first needs them.
    """
    key = (id(frames.cells), id(frames.passages), disclosure_id, baseline_id, current())  # findings hold words
    kept = _kept.get(key)
    # an id may be used again after its frame is gone: only the very same frames count
    if kept is not None and kept[0]() is frames.cells and kept[1]() is frames.passages:
        return kept[2]
    from budget.checks import findings

    own = frames.of(disclosure_id)
    theirs = frames.of(baseline_id) if baseline_id else None
    against = theirs if theirs is not None and theirs.disclosures.height else None
    made = tuple(findings(own, against)) if own.disclosures.height else ()
    while len(_kept) >= _KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = (weakref.ref(frames.cells), weakref.ref(frames.passages), made)
    return made


def tally(found: Iterable[Finding]) -> Tally:
    """Count: compared are all but those that do not apply and those that could not be checked."""
    counts = Counter(finding.outcome.value for finding in found)
    open_, silent = counts["not_checked"], counts["not_applicable"]
    return Tally(counts.total() - open_ - silent, counts["discrepancy"], open_)
