"""Render the text view, and the detail pane of texts.

Texts are the document's lines, its glossary and its stated changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_, joined, tr
from budget.reading.disclosure import opened
from budget.reading.stated_changes import DIRECTIONS
from budget.views.state import Scope, View
from budget.views.table import FINDING
from budget.views.text.links import links
from budget.views.text.repeats import repeated
from budget.views.text.stated_changes import BASES, flag_words, keyed
from tui import messages
from tui.render.reports import NOTHING_PRINTED, amount_places
from tui.terminal.text import align_right, fit, visible, wrap
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from budget.library.frames import Frames
    from budget.model.records import StatedChange
    from budget.views.state import ViewState
    from budget.views.table import ViewTable
    from tui.render.reports import Printed
    from tui.terminal.glyphs import Glyphs

INDENT = "  "
BETWEEN = " · "
MARK_WIDTH = 2
"""Cells of the mark of a line that a discrepancy touches."""
PAGE_WIDTH = 8
"""Cells of the page before a line."""
MIN_DETAIL_LINES = 3
"""Lines of the detail pane in a low terminal."""


def is_text(state: ViewState) -> bool:
    """Whether a state shows lines of a text, not a table."""
    return state.view is View.TEXT and state.scope != Scope.CONTENTS


def text_lines(
    table: ViewTable,
    frames: Frames,
    disclosure: str,
    glyphs: Glyphs,
    printed: Mapping[int, Sequence[Printed]] = NOTHING_PRINTED,
) -> list[TextLine]:
    """Return the rows of the text view as lines.

    Mark, page and number stand before them, headings are bold; linked amounts are marked, and those of `printed`.
    """
    texts = dict(opened(frames, disclosure).passages.select("line", "text").rows()) if printed else {}
    linked = links(frames, disclosure)
    paged = any(column.id == "page" for column in table.columns)
    wanted = ["line", "heading", "name", *(["page"] if paged else [])]
    wanted += [FINDING] if FINDING in table.frame.columns else []
    rows = table.frame.select(wanted).rows(named=True)
    digits = len(str(max((row["line"] for row in rows), default=0)))
    lines, heading, page = [], "", None
    for row in rows:
        begins = row["heading"] != heading and bool(row["heading"])
        heading = row["heading"]
        before = ""
        if paged:
            before = align_right(
                tr(messages.PAGE_MARK).format(row["page"]) if row["page"] not in {page, None} else "", PAGE_WIDTH
            )
            page = row["page"]
        amounts = amount_places(texts.get(row["line"]) or "", printed.get(row["line"], ()))
        others = [(link.start, link.end) for link in linked.get(row["line"], ()) if not link.own]
        apart = (one for one in others if all(one[1] <= start or end <= one[0] for start, end in amounts))
        marks = tuple(sorted((*amounts, *apart)))
        touched = fit(glyphs.touched if row.get(FINDING) else "", MARK_WIDTH) if FINDING in table.frame.columns else ""
        prefix = f"{touched}{before}{row['line']:>{digits}}  "
        lines.append(TextLine(row["name"], prefix, "heading" if begins else "", marks))
    return lines


def text_detail_lines(
    state: ViewState, frames: Frames, row: Mapping[str, Any], glyphs: Glyphs, width: int, height: int = MIN_DETAIL_LINES
) -> tuple[str, ...]:
    """Return the detail pane of a text row in `height` lines.

    A row of the text, the glossary or the stated changes; foreign text is made visible.
    """
    head, rest = text_of_row(state, frames, row)
    if row.get(FINDING):
        rest = BETWEEN.join(part for part in (f"{glyphs.touched} {row[FINDING]}", rest) if part)
    lines = wrap(visible(rest), width - len(INDENT)) if rest else []
    rows = max(height - 1, 1)
    body = [f"{INDENT}{line}" for line in (*lines, *[""] * rows)[:rows]]
    if len(lines) > rows:  # the rest does not fit
        body[-1] = fit(body[-1] + lines[rows], width).rstrip()
    return (fit(f"{glyphs.rule} {visible(head)}", width).rstrip(), *body)


def text_of_row(state: ViewState, frames: Frames, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the heading of a text row, and the rest. Both are foreign text, as it is."""
    if state.view is View.GLOSSARY:
        return row["term"], row["name"]
    if state.view is View.STATED:
        change = dict(keyed(opened(frames, state.disclosure).records.stated_changes)).get(row["key"])
        return (f"{row['code']} {row['name']}".strip(), row["reason"]) if change is None else _stated(change)
    if not is_text(state):
        return row["name"], ""
    same = repeated(state, frames, row["line"])
    return row["heading"], tr(messages.SAME_AMOUNT).format(
        joined((one.title for one in same), N_("；"))
    ) if same else ""


def _stated(change: StatedChange) -> tuple[str, str]:
    """Subject and place; then the figures as they are printed, what is odd about them, and the reason."""
    place = tr(messages.PAGE).format(change.page) if change.page is not None else ""
    place = f"{place} {tr(messages.LINE).format(change.line)}".strip()
    head = BETWEEN.join(part for part in (f"{change.code} {change.subject}".strip(), change.section, place) if part)
    direction = tr(DIRECTIONS.get(change.direction, "")) or change.direction
    moved = tr("{0}{1}").format(direction, change.delta_printed) if change.delta_printed else direction
    base = tr(BASES.get(change.base, "")) or change.base
    figures = (
        change.printed,
        tr(messages.SHARE_STATED).format(change.share_percent) if change.share_percent else "",
        tr(messages.AGAINST_STATED).format(base, moved) if base and moved else moved,
        tr(messages.RATE_STATED).format(change.percent) if change.percent else "",
    )
    figures_and_reason = [joined(figures, N_("，")), *flag_words(change.flags), change.reason]
    return head, BETWEEN.join(part for part in figures_and_reason if part)
