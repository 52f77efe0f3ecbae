"""Steps that wait while a question or a list is open.

What is asked is about the place that is shown; what has been read may lead to another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.main import MainScreen
    from tui.session.session import Session


class Waiting:
    """The steps that what has been read brings; they may lead to another place or library."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._steps: list[Callable[[Session], str]] = []

    def step(self, action: Callable[[Session], str]) -> None:
        """Take a step of the session; while something is asked, once it has been answered."""
        if self._steps or self._asks:
            self._steps.append(action)
        else:
            self._screen.step(action)

    def release(self) -> None:
        """Take the steps that waited. What was said of the answer stays before what is said of them."""
        footer = self._screen.footer
        said = footer.message
        while self._steps and not self._asks:
            self._screen.step(self._steps.pop(0))
        if said and footer.message != said:
            self._screen.say(f"{said} {footer.message}")

    @property
    def _asks(self) -> bool:
        screen = self._screen
        # the line is shown until the answer has been taken, longer than it takes text
        return screen.prompting.display or screen.app.screen is not screen
