"""Documents read while the browser is in use: their progress above the footer, their rows in the library."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from budget.i18n.language import tr
from tui import messages
from tui.actions import hinted
from tui.screens.base import PaintedScreen
from tui.terminal.text import fit, visible

if TYPE_CHECKING:
    from pathlib import Path

    from tui.library.intake import Intake, Progress

BAR_WIDTH = 16


class TakingScreen(PaintedScreen):
    """A screen that takes in documents, one folder or file at a time."""

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

    _intake: Intake | None = None
    _progress: Progress | None = None

    def open_path(self, path: Path) -> None:
        """Read a file or folder; the keys go on answering."""
        if self._intake is not None:
            self.say(hinted(messages.BUSY))
        else:
            self.run_worker(partial(self._find, path), thread=True)

    def take_in(self, intake: Intake) -> None:
        """Read documents in a thread; the keys go on answering."""
        if self._intake is not None:  # two were opened in one breath
            self.say(hinted(messages.BUSY))
            return
        self._intake = intake
        self.run_worker(partial(self._take, intake), thread=True)

    def action_stop(self) -> None:
        """Stop reading; what has been read stays."""
        if self._intake is None:
            self.say(tr(messages.NOT_READING))
        else:
            self._intake.stop.set()
            self.say(tr(messages.STOPPING))

    def on_resize(self) -> None:
        """Fill the line of the progress anew."""
        if self._progress is not None:
            self._show_progress(self._progress)

    def on_unmount(self) -> None:
        """Stop whatever is being read: the program ends with its threads."""
        self.stop_loading.set()
        if self._intake is not None:
            self._intake.stop.set()

    def on_taking_screen_advanced(self, event: Advanced) -> None:
        """Show how far the reading is, and what has arrived."""
        progress = event.progress
        if progress.done < progress.total:
            self._progress = progress
            self._show_progress(progress)
        if progress.arrived is not None:
            said = self._said
            self.step(lambda session: session.take(progress) or said)

    def on_taking_screen_finished(self, event: Finished) -> None:
        """Say what became of the documents."""
        self._intake = self._progress = None
        self.query_one("#progress").remove_class("-reading")
        told = self._said if self._said != tr(messages.STOPPING) else ""
        self.step(lambda session: " ".join(filter(None, (event.failure, session.finished(event.intake)))) or told)

    def _find(self, path: Path) -> None:
        """In a thread: what there is to read."""
        from tui.session import requests

        if self.session is None:
            return
        found = requests.intake(self.session, path)
        if isinstance(found, str):
            self.session.refused = str(path)
            self.app.call_from_thread(self.say, found)
        else:
            self.app.call_from_thread(self._open, found)

    def _open(self, intake: Intake) -> None:
        if not intake.asked:
            self.step(lambda session: session.library())
        self.take_in(intake)

    def _take(self, intake: Intake) -> None:
        """In a thread: read, and keep the library tidy; the messages wait for nobody, for the screen may be gone."""
        from loaders.workers.pool import WorkersFailedError

        failure = ""
        try:
            for progress in intake.run():
                self.post_message(self.Advanced(progress))
        except WorkersFailedError as error:
            failure = str(error)
        self.post_message(self.Finished(intake, failure))
        intake.holdings.library.sweep(intake.stop.is_set)

    def _show_progress(self, progress: Progress) -> None:
        shown = self.query_one("#progress", Static)
        shown.add_class("-reading")
        bar = self.glyphs.bar(100 * progress.done / progress.total, BAR_WIDTH)
        text = tr(messages.PROGRESS).format(progress.done, progress.total, bar, progress.failed, visible(progress.name))
        hint = hinted(messages.STOP_HINT)
        room = max(self.size.width - cell_len(hint) - 2, 1)
        shown.update(Content(f"{fit(text, room)}  {hint}"), layout=False)
