"""Articulation checks: frames of a disclosure (and of its baseline) -> findings; pure functions, integers only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from budget.checks import catalogue
from budget.checks.context import Book, book, short_title
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from budget.library.frames import Frames

__all__ = ["findings"]


def findings(own: Frames, baseline: Frames | None = None) -> list[Finding]:
    """Every comparison that the catalogue knows, with its outcome; each check has at least one finding.

    `own` and `baseline` hold one disclosure each (`frames.of(id)`); amounts in fen.
    """
    ours = book(own)
    found = [finding for topic in catalogue.TABLES for finding in _made(topic.CHECKS, partial(topic.check, ours))]
    theirs = None if baseline is None else book(baseline)
    found += [
        finding for topic in catalogue.SAID for finding in _made(topic.CHECKS, partial(topic.check, ours, theirs))
    ]
    made = {finding.check for finding in found}
    found += [_silent(ours, check, baseline) for check in catalogue.CHECKS if check.id not in made]
    return found


def _made(checks: Iterable[Check], topic: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings of a topic; whatever is odd in it, the others are checked."""
    try:
        return list(topic())
    except Exception as error:  # noqa: BLE001 - one topic never takes the others, or the browser, with it
        message = tr("核对中出现内部错误（{error}），未核对。").format(error=repr(error))
        return [Finding(check.id, Outcome.NOT_CHECKED, message, ()) for check in checks]


def _silent(ours: Book, check: Check, baseline: Frames | None) -> Finding:
    """Why a check made no comparison: what it needs is missing, or it says nothing here."""
    if check.baseline and baseline is None:
        return Finding(check.id, Outcome.NOT_CHECKED, tr("没有打开对照的上一年度文件，未核对。"), ())
    lacking = [
        short_title(ours.head.form, statement)
        for statement in check.needs
        if ours.sheets.listed(statement) and not ours.sheets.found(statement)
    ]
    if lacking:
        message = tr("没有找到{tables}，未核对。").format(tables=joined(lacking))
        return Finding(check.id, Outcome.NOT_CHECKED, message, ())
    return Finding(check.id, Outcome.NOT_APPLICABLE, tr("没有可以核对的数字，不适用。"), ())
