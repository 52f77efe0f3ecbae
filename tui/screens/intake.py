"""Reads documents in threads while the browser is in use: one folder or file at a time."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from tui.library.intake import Intake, Progress
    from tui.session.session import Session


class DocumentIntake:
    """The reading of documents; its screen gets messages. They wait for no answer, for the screen may be gone."""

    class Found(Message):
        """There is something to read."""

        def __init__(self, intake: Intake) -> None:
            super().__init__()
            self.intake = intake

    class NothingFound(Message):
        """There is nothing to read."""

        def __init__(self, path: Path, reason: str) -> None:
            super().__init__()
            self.path = path
            self.reason = reason

    class Advanced(Message):
        """Some documents have been read."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    class Finished(Message):
        """The reading has ended."""

        def __init__(self, intake: Intake, failure: str) -> None:
            super().__init__()
            self.intake = intake
            self.failure = failure

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self.current: Intake | None = None
        """What is being read."""
        self._last: Intake | None = None
        """What was read last, after which the library is kept tidy."""
        self._search: threading.Event | None = None
        """Stops the search for documents that is running."""

    @property
    def is_busy(self) -> bool:
        """Whether documents are being looked for or read."""
        return self._search is not None or self.current is not None

    def find(self, session: Session, path: Path) -> None:
        """Look in a thread for what there is to read."""
        self._search = stop = threading.Event()
        self._screen.run_worker(partial(self._find, session, path, stop), thread=True)

    def start(self, intake: Intake) -> None:
        """Read documents in a thread."""
        self.current = self._last = intake
        self._screen.run_worker(partial(self._read, intake), thread=True)

    def stop(self) -> None:
        """Stop searching and reading, and what follows; what has been read stays."""
        if self._search is not None:
            self._search.set()
        if self._last is not None:
            self._last.stop.set()

    def finish(self) -> None:
        """Take note that the reading has ended."""
        self.current = None

    def _find(self, session: Session, path: Path, stop: threading.Event) -> None:
        from tui.session.requests import intake

        try:
            found = intake(session, path, stop.is_set)
        finally:
            self._search = None
        self._screen.post_message(self.NothingFound(path, found) if isinstance(found, str) else self.Found(found))

    def _read(self, intake: Intake) -> None:
        """In the thread: read, prepare for comparisons, and keep the library tidy."""
        from budget.library.offices import by_office
        from loaders.workers.pool import WorkersFailedError

        failure = ""
        try:
            for progress in intake.run():
                self._screen.post_message(self.Advanced(progress))
        except WorkersFailedError as error:
            failure = str(error)
        self._screen.post_message(self.Finished(intake, failure))
        if not intake.stop.is_set():
            by_office(intake.loaded_library.frames.disclosures)
        intake.loaded_library.library.sweep(intake.stop.is_set)
