"""Steps of the library: remove and bring back, hide, read again, forget; the samples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.library.parts import DamagedPartError
from budget.reading.disclosure import opened
from budget.system.files import ExportError, told
from budget.views.state import View, ViewState
from tui import messages
from tui.actions import hinted
from tui.library.intake import Intake
from tui.library.start import open_library, open_samples, sample_intake
from tui.render.reports import short_title
from tui.session.kept_screens import forget as forget_screen

if TYPE_CHECKING:
    from tui.library.shelf import LoadedLibrary
    from tui.session.session import Session

READ_ALL, FORGET_ALL, READ, FORGET = "read", "forget", "read:", "forget:"
"""Choices of the menu of files that were not read; the last two with the file behind them."""


def at_cursor(session: Session) -> str:
    """The disclosure at the cursor of the user's library; "" elsewhere."""
    own = session.loaded_library is not None and not session.loaded_library.is_sample
    return session.key if own and session.state.view is View.LIBRARY else ""


def name_of(session: Session, disclosure: str) -> str:
    """Body, year and edition of a disclosure."""
    return short_title(opened(session.frames, disclosure).head)


def why_not(session: Session) -> str:
    """Say why nothing can be put aside here."""
    if session.loaded_library is not None and session.loaded_library.is_sample:
        return tr(messages.SAMPLES_STAY)
    return tr(messages.NO_ROW if session.state.view is View.LIBRARY else messages.IN_LIBRARY_ONLY)


def remove(session: Session, disclosure: str) -> str:
    """Take a disclosure out of the library."""
    library = session.loaded_library
    if library is None:
        return why_not(session)
    head = opened(session.frames, disclosure).head
    after = session.row_after()
    try:
        library.remove(disclosure)
    except (DamagedPartError, OSError, ExportError) as error:
        return told(error)
    forget_screen(head.sha256)
    session.show_library_of(library.frames, cursor=after, without=disclosure)
    return hinted(messages.REMOVED, short_title(head))


def bring_back(session: Session) -> str:
    """Put what was removed last into the library again."""
    try:
        found = session.loaded_library.bring_back() if session.loaded_library is not None else None
    except DamagedPartError as error:
        return str(error)
    if found is None or session.loaded_library is None:
        return tr(messages.NOTHING_REMOVED)
    arrived, message = found
    key = arrived.disclosures["disclosure_id"].item()
    session.show_library_of(session.loaded_library.frames, cursor=key)
    return message or tr(messages.BROUGHT_BACK).format(name_of(session, key))


def hide(session: Session) -> str:
    """Hide the disclosure at the cursor, or list it again."""
    key, library = at_cursor(session), session.loaded_library
    if not key or library is None:
        return why_not(session)
    hidden = key not in session.frames.hidden
    after = session.row_after() if hidden and not session.state.flat else key
    try:
        library.hide(key, hidden=hidden)
    except (OSError, ExportError) as error:
        return told(error)
    session.show_library_of(replace(session.frames, hidden=library.frames.hidden), cursor=after)
    return hinted(messages.HIDDEN if hidden else messages.LISTED_AGAIN, name_of(session, key))


def show_hidden(session: Session) -> str:
    """List hidden disclosures among the others, or not."""
    if not session.frames.hidden:
        return hinted(messages.NOTHING_HIDDEN)
    state = session.state
    session.show_library_of(session.frames, cursor=state.cursor, flat=not state.flat)
    return ""


def unread(session: Session) -> list[tuple[str, str]]:
    """The files that could not be read, with their sentences."""
    return session.loaded_library.failures() if session.loaded_library is not None else []


def read_again(session: Session, choice: str) -> Intake | str:
    """Return what is to be read again, or forget files; a sentence then."""
    library = session.loaded_library
    if library is None:
        return ""
    paths = [path for path, _ in library.failures()]
    every = choice in {READ_ALL, FORGET_ALL}
    wanted = [path for path in paths if every or choice.partition(":")[2] == path]
    if choice == READ_ALL or choice.startswith(READ):
        return Intake(library, list(map(Path, wanted)), asked=True)
    library.forget(wanted)
    session.unread = len(library.failures())
    return tr(messages.FORGOTTEN).format(len(wanted))


def other_library(session: Session) -> Intake | str:
    """Return the reading of the sample data; from the samples the user's library is shown, or why it is not."""
    library = session.loaded_library
    if library is None or not library.is_sample:
        return sample_intake(samples_of(session))
    own = users_library(session)
    if own.frames.disclosures.is_empty():
        return hinted(messages.OWN_IS_EMPTY)
    session.use(own)
    return ""


def users_library(session: Session) -> LoadedLibrary:
    """The user's library, which documents are read into, whatever is shown."""
    if session.loaded_library is not None and not session.loaded_library.is_sample:
        return session.loaded_library
    session.own_library = session.own_library or open_library()
    return session.own_library


def samples_of(session: Session) -> LoadedLibrary:
    """The library of the sample data, whatever is shown."""
    if session.loaded_library is not None and session.loaded_library.is_sample:
        return session.loaded_library
    session.own_library = session.loaded_library
    return open_samples()


def library_state(session: Session, cursor: str, *, flat: bool) -> ViewState:
    """The library as it is to be shown: with its filter and order, where it is shown already."""
    shown = session.state
    before = shown if shown.view is View.LIBRARY else ViewState(unit=shown.unit, among=shown.among)
    listed = set(session.frames.disclosures["disclosure_id"]) - session.frames.hidden
    return before.replace(cursor=cursor, flat=flat, among=before.among & listed)
