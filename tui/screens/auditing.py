"""Runs the checks of what is shown, in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from tui.render.findings import Audit


class Auditor:
    """One audit at a time; its screen gets the findings as a message."""

    class Audited(Message):
        """The findings of what was shown when the audit began."""

        def __init__(self, found: Audit) -> None:
            super().__init__()
            self.found = found

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self.running = False

    def start(self, todo: Callable[[], Audit]) -> None:
        """Make the findings in a thread."""
        self.running = True
        self._screen.run_worker(lambda: self._screen.post_message(self.Audited(todo())), thread=True, group="audit")

    def finish(self) -> None:
        """Take note that the findings have come."""
        self.running = False
