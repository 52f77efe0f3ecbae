"""Full detail of the row at the cursor, to read. It has what the detail pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.views.row.detail import row_detail
from budget.views.state import View
from budget.views.table import FINDING
from budget.views.text.repeats import TEXT_VIEWS
from tui import messages
from tui.render.detail import mention_texts
from tui.render.findings import finding_text
from tui.render.text import text_of_row
from tui.terminal.text import in_brackets, visible
from tui.widgets.lines import Reading, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.views.row.detail import RowDetail
    from tui.session.session import Session
    from tui.terminal.glyphs import Glyphs

_TITLE_LENGTH = 80
"""Characters of a row's name that head what is to be read."""


def full_row(session: Session) -> Reading | str:
    """Return the full detail of the row at the cursor. A sentence where there is no such row."""
    state = session.state
    if state.view is View.LIBRARY or not session.table.frame.height:
        return tr(messages.NO_ROW)
    if state.view in TEXT_VIEWS:
        return _text_row(session)
    if state.view is View.FINDINGS:
        return _finding(session)
    found = row_detail(state, session.frames, session.table, session.key)
    if found is None:
        return tr(messages.NO_ROW)
    title = visible(f"{found.code} {found.name}".strip(), _TITLE_LENGTH)
    return Reading(title, list(_lines(found, session.glyphs)))


def _finding(session: Session) -> Reading | str:
    lines = finding_text(session.current_audit, session.key, session.table.unit)
    title = visible(session.table.frame["name"][session.index] or "", _TITLE_LENGTH)
    return Reading(title, lines) if lines else tr(messages.NO_ROW)


def _text_row(session: Session) -> Reading:
    """A line of text with the rows that have its amounts, a term, or a stated change with its reason."""
    row = session.table.frame.row(session.index, named=True)
    head, rest = text_of_row(session.state, session.frames, row)
    lines = [row["name"], *(place.title for place in session.repeated_rows())] if session.shows_text else [rest]
    lines += [f"{session.glyphs.touched} {row[FINDING]}"] if row.get(FINDING) else []
    return Reading(visible(head, _TITLE_LENGTH), [TextLine(text) for text in lines])


def _lines(found: RowDetail, glyphs: Glyphs) -> Iterator[TextLine]:
    """The sections that are not empty, each below its heading."""
    official = "" if found.official_name in found.name else found.official_name.removeprefix(found.name).strip()
    name = found.text or " ".join(filter(None, (found.code, found.name, official)))
    yield from _section(
        tr(messages.FULL_ROW), [*filter(None, (found.source, visible(name, len(name)), found.note or ""))]
    )
    yield from _section(tr(messages.FINDING), [found.finding] if found.finding else [])
    yield from _section(
        tr(messages.ROW_IN_TEXT),
        mention_texts(found.mentions, glyphs) or ([] if found.text else [tr(messages.NOT_IN_TEXT)]),
    )
    unit = in_brackets(found.money_unit)
    for heading, cells in (
        (f"{tr(messages.ROW_AMOUNTS)} {found.source}", found.cells),
        (tr(messages.BASELINE).format(found.baseline_source), found.baseline_cells),
    ):
        amounts = [
            # some have no title
            f"{cell.title} {cell.printed} · {tr(messages.COLUMN).format(cell.status_word)}".strip()
            for cell in cells
        ]
        yield from _section(f"{heading}{unit}" if amounts else "", amounts)
    if found.near is not None:
        yield from _section(tr(messages.BASELINE).format("").strip(), [f"{glyphs.near} {found.near}"])


def _section(heading: str, texts: list[str]) -> Iterator[TextLine]:
    if texts:
        yield TextLine(visible(heading), style="heading")
        yield from (TextLine(visible(text, len(text))) for text in texts)
        yield TextLine("")
