"""What the modals that show lines have in common: moving in them, and closing once."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

from tui.widgets.lines import Lines

Result = TypeVar("Result")


class Listing(ModalScreen[Result]):
    """A modal with one body of lines."""

    @property
    def body(self) -> Lines:
        """The lines."""
        return self.query_one(Lines)

    def action_down(self) -> None:
        """Move down by a line."""
        self.body.move(1)

    def action_up(self) -> None:
        """Move up by a line."""
        self.body.move(-1)

    def action_page_down(self) -> None:
        """Move down by a page."""
        self.body.move(self._page)

    def action_page_up(self) -> None:
        """Move up by a page."""
        self.body.move(-self._page)

    @property
    def _page(self) -> int:
        return max(1, self.body.size.height - 1)

    def close_with(self, result: Result | None) -> None:
        """Close, unless a key typed before has done so already."""
        if self.is_current:
            self.dismiss(result)
