"""Findings of what is on the screen: audit, marks, detail pane.

The audit runs in a worker thread and is kept while its disclosure is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks.cache import checked, tally
from budget.i18n.language import N_, joined, tr
from budget.model.money import unit_title
from tui import messages
from tui.terminal.text import fit, in_brackets, visible, wrap
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from budget.checks.rule import Finding
    from budget.library.frames import Frames
    from budget.model.disclosure import MoneyUnit
    from budget.views.state import ViewState
    from budget.views.table import ViewTable
    from tui.terminal.glyphs import Glyphs

INDENT = "  "
BETWEEN = " · "


class Audit(NamedTuple):
    """The findings of a disclosure, or why there are none."""

    disclosure: str = ""
    baseline: str = ""
    findings: tuple[Finding, ...] = ()
    failure: str = ""

    def covers(self, state: ViewState) -> bool:
        """Whether these are the findings of what a state shows."""
        return bool(state.disclosure) and (self.disclosure, self.baseline) == (state.disclosure, state.baseline)


def audit(frames: Frames, disclosure: str, baseline: str) -> Audit:
    """Check a disclosure against itself and its baseline.

    Whatever a document brings, the browser goes on without its findings and says so.
    """
    try:
        return Audit(disclosure, baseline, checked(frames, disclosure, baseline))
    except Exception as error:  # noqa: BLE001 - as said above
        return Audit(disclosure, baseline, failure=tr(messages.NOT_AUDITED).format(f"{type(error).__name__} {error}"))


def with_marks(table: ViewTable, state: ViewState, found: Audit) -> ViewTable:
    """Mark the rows of a table that a discrepancy touches.

    The table stays as it is where its findings are not at hand.
    """
    if not found.covers(state) or not found.findings:
        return table
    from budget.views.row.marks import marked  # the checks are there by now

    return marked(table, state, found.findings)


def discrepancy_label(found: Audit, state: ViewState) -> str:
    """Return the count of discrepancies for the top line. 不符 2; "" where there is none, or nothing is known."""
    number = tally(found.findings).discrepancies if found.covers(state) else 0
    return tr(messages.DISCREPANCIES).format(number) if number else ""


def finding_lines(
    found: Audit, row: Mapping[str, Any], unit: MoneyUnit, glyphs: Glyphs, width: int, height: int
) -> tuple[str, ...]:
    """Return the detail pane of a finding in `height` lines. It is cut where there is no room."""
    texts = list(_finding_texts(found, row["key"], unit)) or [row["name"] or ""]
    head = fit(f"{glyphs.rule} {visible(texts[0])}", width).rstrip()
    rows = max(height - 1, 1)
    room = width - len(INDENT)
    lines = wrap(visible(BETWEEN.join(texts[1:])), room)
    cut = (lines + [""] * rows)[:rows]
    if len(lines) > rows:
        cut[-1] = fit(lines[rows - 1] + lines[rows], room).rstrip()
    return (head, *(f"{INDENT}{line}".rstrip() for line in cut))


def finding_text(found: Audit, key: str, unit: MoneyUnit) -> list[TextLine]:
    """Return all that is known of a finding, to read. Nothing for a row that is no finding."""
    texts = list(_finding_texts(found, key, unit))
    return [TextLine(visible(text), style="" if number else "heading") for number, text in enumerate(texts)]


def _finding_texts(found: Audit, key: str, unit: MoneyUnit) -> Iterator[str]:
    """The rule; the figure of the row; the outcome, both sides, difference, tolerance, formula; all figures."""
    from budget.checks.rule import worded
    from budget.checks.wording import OUTCOMES, check_of, kind, ref_words, sides, where
    from budget.views.findings import finding_at

    at = finding_at(found.findings, key)
    if at is None:
        return
    finding, number = at
    theirs = tr(messages.BASELINE).format("").strip()
    figures = [ref_words(ref, theirs if ref.disclosure_id == found.baseline else "") for ref in finding.refs]
    check, values = check_of(finding), sides(finding, unit)
    places = joined(dict.fromkeys(map(where, finding.refs)))
    yield f"{tr(OUTCOMES[finding.outcome])}{BETWEEN}{tr(check.topic)} {worded(check.title)}"
    if number is not None:
        yield figures[number]
    yield finding.message
    titles = (tr(messages.LEFT), tr(messages.RIGHT), tr(messages.DIFFERENCE), tr(messages.TOLERANCE))
    compared = " ".join(f"{title} {text}" for title, text in zip(titles, values, strict=True) if text)
    if compared:
        yield compared + (in_brackets(unit_title(unit)) if finding.left_fen is not None else "")
    if places:
        yield f"{tr(messages.PLACES)} {places}"
    yield f"{tr(messages.RULE)} {worded(check.formula)}" + in_brackets(joined((kind(check), check.id), N_("，")))
    yield from figures
