"""Articulation checks: frames of a disclosure (and of its baseline) -> findings; pure functions, integers only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from budget.checks.rule import Check, Finding, Outcome, worded
from budget.i18n.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from budget.library.frames import Frames

__all__ = ["findings"]


def findings(own: Frames, baseline: Frames | None = None, beside: Frames | None = None) -> list[Finding]:
    """Every comparison that the catalogue knows, with its outcome; each check has at least one finding.

    Those that need another year have one for all of them where none is open. `own` and `baseline` hold one disclosure
    each (`frames.of(id)`), and so does `beside`: the tables of the same body and year, with which the text of a
    document without tables is compared. Amounts in fen.  The checks are imported here: nothing that is shown first
    needs them.
    """
    from budget.checks import catalogue, tables
    from budget.checks.context import check_context

    ours = check_context(own, beside)
    found = []
    if beside is None:  # else what they say of themselves is found in them
        year = ours.head.fiscal_year
        read = (ours.words, ours.facts, ours.verdicts, ours.doubt, ours.nothing)
        found = _made(tables.CHECKS, lambda: tables.findings(*read, year))
    theirs = None if baseline is None else check_context(baseline)
    found += [
        finding
        for topic in catalogue.CHECK_MODULES
        for finding in _made(topic.CHECKS, partial(topic.check, ours, theirs))
    ]
    made = {finding.check for finding in found}
    silent = [check for check in catalogue.CHECKS if check.id not in made]
    waiting = [check for check in silent if check.baseline and baseline is None]
    found += [_without_other_year(catalogue.OTHER_YEAR, waiting)] if waiting else []
    return found + [_silent(check) for check in silent if check not in waiting]


def _made(checks: Iterable[Check], topic: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings of a topic; whatever is odd in it, the others are checked."""
    try:
        return list(topic())
    except Exception as error:  # noqa: BLE001 - one topic never takes the others, or the browser, with it
        message = tr("核对中出现内部错误（{error}），未核对。").format(error=repr(error))
        return [Finding(check.id, Outcome.NOT_CHECKED, message, ()) for check in checks]


def _without_other_year(check: Check, waiting: Sequence[Check]) -> Finding:
    """Which checks could not be made because the other year is not open."""
    names = joined(worded(check.title) for check in waiting)
    message = tr("没有打开上一年度文件，{number}条跨年规则未核对：{names}。").format(number=len(waiting), names=names)
    return Finding(check.id, Outcome.NOT_CHECKED, message, ())


def _silent(check: Check) -> Finding:
    """That a check has nothing to compare."""
    return Finding(check.id, Outcome.NOT_APPLICABLE, tr("没有可以核对的数字，不适用。"), ())
