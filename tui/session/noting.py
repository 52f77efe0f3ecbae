"""The review notes of the session: read once, kept with every change; what is typed for one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.library.review_notes import NAME, STATUSES, Note, NotesError, ReviewNotes, Status, status_title
from tui.library.documents import home

if TYPE_CHECKING:
    from budget.library.review_notes import Target

TAG_SIGNS = "#＃"


class Noting:
    """The notes by their targets; `failure` says why they cannot be read, "" where they can."""

    def __init__(self, store: ReviewNotes | None = None) -> None:
        self.store = store or ReviewNotes(home() / NAME)
        self.held: dict[tuple[str, str, str], Note] = {}
        self.failure = ""
        self.reload()

    def reload(self) -> None:
        """Read all notes; without those that cannot be read the browser goes on."""
        try:
            self.held, self.failure = self.store.every(), ""
        except NotesError as error:
            self.held, self.failure = {}, str(error)

    def put(self, target: Target, text: str) -> str:
        """Keep what was typed for a target, and say so.

        Where nothing was typed its note is taken away.
        """
        status, comment, tag = parsed(text)
        changed = datetime.now().astimezone().isoformat(timespec="seconds")
        if not status and target.key not in self.held:
            return tr("没有记录")
        try:
            self.store.put(Note(target, status, comment, tag, changed))
        except NotesError as error:
            return str(error)
        self.reload()
        if not status:
            return tr("已删除记录：{}").format(target.label)
        return tr("已记录：{}").format(text_of(self.held[target.key]))

    def undo(self) -> str:
        """Take the last change back, and say which."""
        try:
            note = self.store.undo()
        except NotesError as error:
            return str(error)
        self.reload()
        if note is None:
            return tr("没有可以撤销的记录")
        said = text_of(note) if note.status else tr("没有记录")
        return tr("已撤销：{0} 恢复为“{1}”").format(note.target.label, said)


def text_of(note: Note) -> str:
    """A note as it is typed: 属实 意见 #标签."""
    return " ".join(filter(None, (status_title(note.status), note.comment, f"#{note.tag}" if note.tag else "")))


def parsed(text: str) -> tuple[str, str, str]:
    """Status, comment and tag of what was typed; without a status the first of them, without any text none.

    A status is typed by its number or its name; a tag begins with #.
    """
    words = text.split()
    if not words:
        return "", "", ""
    tag = next((word[1:] for word in words if word[0] in TAG_SIGNS and word[1:]), "")
    words = [word for word in words if word[0] not in TAG_SIGNS]
    status = _status(words[0]) if words else None
    if status is not None:
        words = words[1:]
    return (status or Status.OPEN).value, " ".join(words), tag


def _status(word: str) -> Status | None:
    names = {tr(title): id_ for id_, title in STATUSES.items()}
    numbers = {str(number): id_ for number, id_ in enumerate(STATUSES, 1)}
    return names.get(word) or numbers.get(word)


def next_status(text: str) -> str:
    """What was typed with the next status in place of its own."""
    status, comment, tag = parsed(text)
    order = list(STATUSES)
    following = order[(order.index(Status(status)) + 1) % len(order)] if status else order[0]
    rest = " ".join(filter(None, (comment, f"#{tag}" if tag else "")))
    return f"{tr(STATUSES[following])} {rest}"
