"""The row at the cursor in full, to read: what the detail pane has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.views.row.detail import row_detail
from budget.views.state import View
from budget.views.table import FINDING
from budget.views.text.repeats import SAID
from tui.audit import finding_text
from tui.detail import said_texts
from tui.errands import Reading
from tui.locale import zh
from tui.plain import in_brackets, visible
from tui.said import said_of
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.views.row.detail import RowDetail
    from tui.glyphs import Glyphs
    from tui.session import Session

_TITLE = 80
"""Characters of a row's name that head what is to be read."""


def whole(session: Session) -> Reading | str:
    """Return all that is known of the row at the cursor; a sentence where there is no such row."""
    state = session.state
    if state.view is View.LIBRARY or not session.table.frame.height:
        return tr(zh.NO_ROW)
    if state.view in SAID:
        return _said(session)
    if state.view is View.FINDINGS:
        return _finding(session)
    found = row_detail(state, session.frames, session.table, state.cursor)
    if found is None:
        return tr(zh.NO_ROW)
    title = visible(f"{found.code} {found.name}".strip(), _TITLE)
    return Reading(title, list(_lines(found, session.glyphs)))


def _finding(session: Session) -> Reading | str:
    lines = finding_text(session.known, session.state.cursor, session.table.unit)
    title = visible(session.table.frame["name"][session.index] or "", _TITLE)
    return Reading(title, lines) if lines else tr(zh.NO_ROW)


def _said(session: Session) -> Reading:
    """A line of text with the rows that have its amounts, a term, or a stated change with its reason."""
    row = session.table.frame.row(session.index, named=True)
    head, rest = said_of(session.state, session.framed(session.state), row)
    lines = [row["name"], *(place.title for place in session.repeated())] if session.shows_text else [rest]
    lines += [f"{session.glyphs.touched} {row[FINDING]}"] if row.get(FINDING) else []
    return Reading(visible(head, _TITLE), [TextLine(text) for text in lines])


def _lines(found: RowDetail, glyphs: Glyphs) -> Iterator[TextLine]:
    """The sections that are not empty, each below its heading."""
    official = "" if found.official_name in found.name else found.official_name.removeprefix(found.name).strip()
    name = found.text or " ".join(filter(None, (found.code, found.name, official)))
    yield from _section(tr(zh.WHOLE_ROW), [*filter(None, (found.source, visible(name, len(name)), found.note or ""))])
    yield from _section(tr(zh.FINDING), [found.finding] if found.finding else [])
    yield from _section(
        tr(zh.WHOLE_SAID),
        said_texts(found.said, glyphs) or ([] if found.text else [tr(zh.NOTHING_SAID)]),
    )
    unit = in_brackets(found.money_unit)
    for heading, cells in (
        (f"{tr(zh.WHOLE_AMOUNTS)} {found.source}", found.cells),
        (tr(zh.BASELINE).format(found.baseline_source), found.baseline_cells),
    ):
        amounts = [
            f"{cell.title} {cell.printed} · {tr(zh.COLUMN).format(cell.status_word)}".strip()  # some have no title
            for cell in cells
        ]
        yield from _section(f"{heading}{unit}" if amounts else "", amounts)
    if found.near is not None:
        yield from _section(tr(zh.BASELINE).format("").strip(), [f"{glyphs.near} {found.near}"])


def _section(heading: str, texts: list[str]) -> Iterator[TextLine]:
    if texts:
        yield TextLine(visible(heading), style="heading")
        yield from (TextLine(visible(text, len(text))) for text in texts)
        yield TextLine("")
