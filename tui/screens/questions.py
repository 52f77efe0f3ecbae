"""The questions of the prompt: find, filter, open, export. Each says what its typing does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from budget.export.table import ExportError
from budget.i18n.language import tr
from budget.system.paths import typed
from tui import messages
from tui.session import putting_aside, requests
from tui.session.noting import next_status, text_of
from tui.terminal.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tui.session.session import Session


_LABEL_LENGTH = 20
"""Characters of what a note is about that stand before it."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """Result of a submitted question: a sentence, and what follows."""

    message: str = ""
    label: str = ""
    """A label to put in place of the present one; the prompt stays open."""
    path: Path | None = None
    """A document to be read."""


def _nothing(_session: Session, _text: str) -> str:
    return ""


def _cancel(_session: Session) -> str:
    return ""


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its words and what typing, Enter, Tab and Esc do."""

    label: str
    hint: str
    submit: Callable[[Session, str], Submitted]
    value: str = ""
    change: Callable[[Session, str], str] = _nothing
    cancel: Callable[[Session], str] = _cancel
    alternative: Callable[[str], str] = _same
    takes_empty: bool = False
    """Whether deleting where nothing is left answers with nothing; else it gives the question up."""
    more: str = ""
    """What stands behind the hint where there is room."""


def find(_session: Session) -> Question:
    """Find while typing. Enter keeps the hits for n and N, Esc goes back to where it began."""
    return Question(
        tr(messages.FIND_LABEL),
        tr(messages.FIND_HINT),
        submit=lambda session, text: Submitted(session.keep_hits(text)),
        change=lambda session, text: session.find(text),
        cancel=lambda session: session.forget_hits(),
        takes_empty=True,
    )


def narrow(session: Session) -> Question:
    """Filter while typing; Esc brings back the filter that was."""
    before = session.state.filter
    return Question(
        tr(messages.FILTER_LABEL),
        tr(messages.FILTER_HINT),
        value=before,
        submit=lambda session, text: Submitted(session.filter(text)),
        change=lambda session, text: session.filter(text),
        cancel=lambda session: session.filter(before),
        takes_empty=True,
    )


def export(session: Session) -> Question:
    """Ask for the path of an export, and propose one. An existing file is asked about once more."""
    asked: set[str] = set()

    def submit(session: Session, text: str) -> Submitted:
        if not text.strip():
            return Submitted()
        try:
            return Submitted(requests.export(session, typed(text), overwrite=text in asked))
        except ExportError as error:
            if not error.exists:
                return Submitted(str(error), label=tr(messages.EXPORT_LABEL))
            asked.add(text)
            return Submitted(label=tr(messages.OVERWRITE))

    return Question(
        tr(messages.EXPORT_LABEL),
        tr(messages.EXPORT_HINT),
        value=requests.export_name(session),
        submit=submit,
        alternative=partial(next_format, requests.formats(session)),
        more=" ".join(requests.formats(session)),
    )


def open_path(session: Session) -> Question:
    """Ask for a file or folder to read. One in which there was nothing to read is proposed again, to be mended."""

    def submit(session: Session, text: str) -> Submitted:
        session.refused_path = ""
        if not text.strip():
            return Submitted()
        path = typed(text)
        return Submitted(tr(messages.OPENING).format(path), path=path)

    return Question(tr(messages.OPEN_LABEL), tr(messages.OPEN_HINT), submit=submit, value=session.refused_path)


def remove(session: Session) -> Question | str:
    """Ask whether the disclosure at the cursor is to be removed: Enter removes it, a key brings it back."""
    disclosure = putting_aside.at_cursor(session)
    if not disclosure:
        return putting_aside.why_not(session)
    return Question(
        tr(messages.REMOVE_LABEL).format(putting_aside.name_of(session, disclosure)),
        tr(messages.REMOVE_HINT),
        submit=lambda session, _text: Submitted(putting_aside.remove(session, disclosure)),
    )


def note(session: Session) -> Question | str:
    """Ask for a review note on the row at the cursor. Nothing takes the note away."""
    target = session.note_target()
    if target is None:
        return tr(messages.NO_ROW)
    held = session.noting.held.get(target.key)
    return Question(
        tr(messages.NOTE_LABEL).format(visible(target.label, _LABEL_LENGTH)),
        tr(messages.NOTE_HINT),
        value="" if held is None else text_of(held),
        submit=lambda session, text: Submitted(session.put_note(target, text)),
        alternative=next_status,
    )


def next_format(formats: Sequence[str], text: str) -> str:
    """Return the path with the next of the formats' endings."""
    path = typed(text)
    endings = [f".{name}" for name in formats]
    at = endings.index(path.suffix) if path.suffix in endings else -1
    return str(path.with_suffix(endings[(at + 1) % len(endings)])) if path.name else text


QUESTIONS: dict[str, Callable[[Session], Question | str]] = {
    "find": find,
    "filter": narrow,
    "export": export,
    "open": open_path,
    "remove": remove,
    "note": note,
}
"""The questions by the ids of their actions."""
