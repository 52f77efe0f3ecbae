"""Findings of what is on the screen: audit, marks, detail pane.

The audit runs in a worker thread and is kept while its disclosure is shown.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from budget.checks.cache import checked, tally
from budget.i18n.language import N_, joined, tr
from budget.reading.disclosure import opened
from tui import messages
from tui.render import reports
from tui.terminal.text import fit, in_brackets, visible, wrap
from tui.widgets.lines import Reading, TextLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from budget.checks.rule import Finding, Ref
    from budget.library.frames import Frames
    from budget.model.disclosure import MoneyUnit
    from budget.views.state import ViewState
    from budget.views.table import ViewTable
    from tui.terminal.glyphs import Glyphs

INDENT = "  "
BETWEEN = " · "
_SAID = 2
"""Lines that a sentence has before figures give way to it."""


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
    """Return the count of discrepancies for the top line. 不符2项; "" where there is none, or nothing is known."""
    number = tally(found.findings).discrepancies if found.covers(state) else 0
    return tr(messages.DISCREPANCIES).format(number) if number else ""


def finding_lines(
    found: Audit, row: Mapping[str, Any], unit: MoneyUnit, glyphs: Glyphs, width: int, height: int
) -> tuple[str, ...]:
    """Return the detail pane of a finding: its sentence, the figures with their places, the rule.

    It has at most `height` lines: of many figures the first are told.
    """
    from budget.checks.wording import sentence

    finding = _finding(found, row["key"])
    room = width - len(INDENT)
    if finding is None:
        head = fit(f"{glyphs.rule} {visible(row['name'] or '')}", width).rstrip()
        lines = [line for text in _of_group(found, row["key"]) for line in wrap(visible(text), room)]
        return (head, *(f"{INDENT}{line}" for line in lines[: max(height - 1, 0)]))
    said = wrap(visible(f"{glyphs.rule} {sentence(finding)}"), width)
    figures = [visible(text) for text in _figures(found, finding)]
    rule = wrap(visible(_rule(finding, unit)), room)
    most = max(height - len(said[:_SAID]) - 1, 1)  # the rule has one line at least
    if len(figures) > most:
        more = in_brackets(tr(messages.MORE_FIGURES).format(len(figures) - most))
        figures = [*figures[: most - 1], fit(figures[most - 1], room - cell_len(more)).rstrip() + more]
    said = said[: max(height - len(figures) - 1, 1)]
    return (*said, *(f"{INDENT}{line}" for line in [*figures, *rule][: max(height - len(said), 0)]))


def finding_text(found: Audit, key: str, unit: MoneyUnit) -> list[TextLine]:
    """Return all that is known of a finding; of a head, of the findings below it."""
    from budget.checks.wording import OUTCOMES, check_of, sentence

    finding = _finding(found, key)
    if finding is None:
        return [TextLine(visible(text)) for text in _of_group(found, key)]
    texts = [sentence(finding), *_figures(found, finding), _rule(finding, unit)]
    head = f"{tr(OUTCOMES[finding.outcome])}{BETWEEN}{tr(check_of(finding).topic)}"
    return [TextLine(head, style="heading"), *(TextLine(visible(text)) for text in texts)]


def finding_sources(
    found: Audit,
    key: str,
    frames: Frames,
    most: int | None = None,
    around: int | None = None,
) -> list[Reading]:
    """Return the text around each figure of a finding, the figure marked.

    `most` of the figures, so many lines `around` each: None is all of them. Empty for a row that is no finding, and
    where the finding has no figures.
    """
    finding = _finding(found, key)
    if finding is None:
        return []
    both = zip(finding.refs, _figures(found, finding), strict=True)
    return [_source(ref, said, frames, around) for ref, said in islice(both, most)]


def _source(ref: Ref, said: str, frames: Frames, around: int | None) -> Reading:
    line = ref.line
    if line is None and ref.page is not None:
        line = next(iter(opened(frames, ref.disclosure_id).passages.filter(page=ref.page).sort("line")["line"]), None)
    printed = {line: _as_printed(ref, line, frames)} if line is not None and ref.text else {}
    found = reports.text_around(frames, ref.disclosure_id, line, printed, around)
    if found is None:
        return Reading(said, [TextLine(tr(messages.NO_SOURCE if line is None else messages.NO_TEXT), style="dim")])
    return Reading(said, found.lines, found.at)


def _as_printed(ref: Ref, line: int, frames: Frames) -> list[reports.Printed]:
    """The figure as its line prints it: as often as its row has this number, for which of them it is may be unknown."""
    of_row: Mapping[int, Sequence[reports.Printed]] = {}
    if ref.statement and ref.row_no is not None:
        of_row = reports.printed_lines(frames, ref.disclosure_id, ref.statement, ref.row_no)[1]
    return [one for one in of_row.get(line, ()) if one.text == ref.text] or [reports.Printed(ref.text)]


def _finding(found: Audit, key: str) -> Finding | None:
    from budget.views.findings import finding_at

    at = finding_at(found.findings, key)
    return at[0] if at is not None else None


def _of_group(found: Audit, key: str) -> list[str]:
    """What the outcome of a head means, and how many of its findings each topic has."""
    from budget.checks.wording import MEANINGS, check_of

    name, _, topic = key.partition("/")
    outcome = next((one for one in MEANINGS if one.value == name), None)
    if outcome is None:
        return []
    own = [one for one in found.findings if one.outcome is outcome]
    topics = Counter(tr(check_of(one).topic) for one in own if topic in {"", check_of(one).topic})
    counted = [tr(messages.TOPIC_COUNT).format(name, number) for name, number in topics.items()]
    return [tr(MEANINGS[outcome]), joined(counted, N_("；"))]


def _figures(found: Audit, finding: Finding) -> list[str]:
    """Each figure as printed, with where it stands."""
    from budget.checks.wording import ref_words

    theirs = tr(messages.BASELINE).format("").strip()
    return [ref_words(ref, theirs if ref.disclosure_id == found.baseline else "") for ref in finding.refs]


def _rule(finding: Finding, unit: MoneyUnit) -> str:
    """The rule in words, and how much may lie between both sides."""
    from budget.checks.rule import worded
    from budget.checks.wording import amount_beside, check_of

    check = check_of(finding)
    said = f"{tr(messages.RULE)} {worded(check.title)}{BETWEEN}{worded(check.formula)}"
    if not finding.tolerance_fen:
        return said
    return said + in_brackets(tr(messages.TOLERATED).format(amount_beside(finding, finding.tolerance_fen, unit)))
