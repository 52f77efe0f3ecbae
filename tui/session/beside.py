"""What stands beside the table on a wide screen. All of it is about the row at the cursor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.library.parts import DamagedPartError
from budget.pictures.figures import Course
from budget.pictures.row import pictures_of_row
from budget.system.files import told
from budget.views.state import View
from budget.views.table import FINDING
from tui import messages
from tui.render import reports
from tui.render.findings import finding_text
from tui.render.pictures import picture_lines
from tui.session.requests import source_of_row
from tui.terminal.text import visible, wrap
from tui.widgets.lines import Reading, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.pictures.figures import Picture
    from tui.session.session import Session
    from tui.terminal.glyphs import Glyphs

PICTURE_SHARE = 0.45
"""Part of the height of a pane that a treemap or steps take, at most."""
MOST_PICTURE, MOST_COURSE, LEAST_SOURCE = 24, 14, 4
"""Lines of pictures at most, of the source at least."""
BLANK = TextLine("")


def beside(session: Session, sizes: Sequence[tuple[int, int]]) -> list[list[TextLine]]:
    """Return the lines of panes of these sizes (cells).

    In one pane stand pictures, findings and source; of two the second has findings and source. Where there is no
    picture, two have the two sources of a finding.
    """
    if not sizes or not session.table.frame.height:
        return [[] for _ in sizes]
    (width, height), *others = sizes
    try:
        lines = _pictures(session, width, height)
        if not others:
            return [[*lines, *_about(session, width, height - len(lines))]]
        if not lines and session.state.view is View.FINDINGS:
            return _both_places(session, sizes)
        return [lines or [TextLine(tr(messages.NO_PICTURE), style="dim")], _about(session, *others[0])]
    except (DamagedPartError, OSError) as error:  # a part of the library cannot be had: the table stays
        return [[TextLine(visible(told(error)), style="dim")], *([] for _ in others)]


def _both_places(session: Session, sizes: Sequence[tuple[int, int]]) -> list[list[TextLine]]:
    """What is known of a finding above the source of its first figure; beside it that of its second."""
    panes = [list(_findings(session, sizes[0][0])), *([] for _ in sizes[1:])]
    for (width, height), pane, source in zip(sizes, panes, session.figures(len(sizes), sizes[0][1]), strict=False):
        pane.extend(TextLine(piece, style="heading") for piece in wrap(visible(source.title), width))
        room = max(height - len(pane), LEAST_SOURCE)
        first = max(source.at - room // 3, 0)
        pane.extend(source.lines[first : first + room])
    return panes


def pictures(session: Session) -> tuple[Picture, ...]:
    """Return the pictures of the row at the cursor."""
    return pictures_of_row(session.state, session.frames_for(session.state), session.table)


def picture(session: Session) -> Reading | str:
    """Return the pictures of the row at the cursor, to be drawn. A sentence where there are none."""
    try:
        found = pictures(session) if session.table.frame.height else ()
    except (DamagedPartError, OSError) as error:
        return told(error)
    if not found:
        return tr(messages.NO_PICTURE)
    return Reading(tr(messages.PICTURE), (), draw=partial(_drawn, found, session.glyphs))


def _drawn(found: Sequence[Picture], glyphs: Glyphs, width: int, height: int) -> list[TextLine]:
    """Pictures that fill a screen; courses at its end."""
    courses = [one for one in found if isinstance(one, Course)]
    lines: list[TextLine] = []
    most = min(MOST_COURSE, height // 2)
    below = [line for course in courses for line in picture_lines(course, glyphs, width, most)]
    for one in found:
        if not isinstance(one, Course):
            lines += [*picture_lines(one, glyphs, width, height - len(below) - 1), BLANK]
    return [*lines, *below]


def _pictures(session: Session, width: int, height: int) -> list[TextLine]:
    """The pictures, each with a blank line behind it."""
    lines: list[TextLine] = []
    for one in pictures(session):
        most = MOST_COURSE if isinstance(one, Course) else min(round(height * PICTURE_SHARE), MOST_PICTURE)
        lines += [*picture_lines(one, session.glyphs, width, min(most, height - len(lines))), BLANK]
    return lines


def _about(session: Session, width: int, height: int) -> list[TextLine]:
    """Findings of the row, then the source around it; of a row of the library its reading report."""
    if session.state.view is View.LIBRARY:
        return reports.report(session.frames, session.key)
    lines = list(_findings(session, width))
    source = source_of_row(session, around=max(height - len(lines) - 2, LEAST_SOURCE))
    if source is not None:
        lines += [TextLine(tr(messages.SOURCE), style="heading"), *source.lines]
    return lines


def _findings(session: Session, width: int) -> Iterator[TextLine]:
    """The discrepancies that touch the row; of a row of the findings what is known of it."""
    row = session.table.frame.row(session.index, named=True)
    if session.state.view is View.FINDINGS:
        for line in finding_text(session.current_audit, row["key"], session.table.unit):
            yield from (line._replace(text=piece) for piece in wrap(line.text, width))
        yield BLANK
    if row.get(FINDING):
        yield TextLine(tr(messages.FINDING), style="heading")
        yield from (TextLine(piece) for piece in wrap(visible(f"{session.glyphs.touched} {row[FINDING]}"), width))
        yield BLANK
