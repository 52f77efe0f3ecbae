"""Both sources of a finding beside one another: each in its text, the printed figures marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical
from textual.widgets import Static

from budget.i18n.language import tr
from tui import messages
from tui.action import Where
from tui.actions import bindings
from tui.screens.modals.listing import Listing
from tui.terminal.glyphs import BLOCKS
from tui.terminal.text import plain
from tui.widgets.lines import Lines, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.screens.main import MainScreen
    from tui.session.session import Session
    from tui.terminal.glyphs import Glyphs

WIDE = 100
"""Columns from which both stand side by side; below, one above the other."""


async def show_sources(screen: MainScreen, session: Session) -> bool:
    """Show the sources of the finding at the cursor; return whether the row is one. Its row is shown next if chosen."""
    figures = session.figures()
    if not figures:
        return False

    def chosen(number: int | None) -> None:
        if number is not None:
            screen.step(lambda session: session.show_figure(number))

    title = session.table.frame["name"][session.index] or ""
    await screen.app.push_screen(Beside(title, figures, screen.glyphs), chosen)
    return True


class Beside(Listing[int | None]):
    """Two figures of a finding beside one another.

    It is dismissed with the number of the figure to go to, or None.
    """

    PLACE = Where.BESIDE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.BESIDE)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as Textual has it

    def __init__(self, heading: str, figures: Sequence[Reading], glyphs: Glyphs = BLOCKS) -> None:
        self._first, self._second = Lines(id="beside-first"), Lines(id="beside-second")
        super().__init__(self._first, glyphs)
        self._heading, self._figures = heading, figures
        self._other = 1
        """The number of the figure on the other side."""
        self._titles = (Static(id="beside-first-title"), Static(id="beside-second-title"))

    def compose(self) -> ComposeResult:
        """Make title, both sides and footer; a lone figure has the whole screen."""
        with Vertical(id="beside"):
            yield Static(plain(self._heading), id="beside-title")
            with Container(id="beside-both"):
                with Vertical():
                    yield self._titles[0]
                    yield self._first
                if len(self._figures) > 1:
                    with Vertical():
                        yield self._titles[1]
                        yield self._second
            yield self.key_line(messages.BESIDE_FOOTER, id_="beside-footer")

    def on_mount(self) -> None:
        """Fill both sides."""
        self._first.show(self._figures[0].lines, self._figures[0].at)
        self._show_other()

    def other(self) -> None:
        """Move on the other side from here on."""
        if len(self._figures) > 1:
            self.body = self._second if self.body is self._first else self._first
            self._show_titles()

    def next(self) -> None:
        """Show the next of the further figures."""
        if len(self._figures) > 1:
            self._other = self._other % (len(self._figures) - 1) + 1
            self._show_other()

    def show(self) -> None:
        """Go to the row of the figure on this side."""
        self.close_with(self._other if self.body is self._second else 0)

    def close(self) -> None:
        """Go back to the findings."""
        self.close_with(None)

    def _show_other(self) -> None:
        if len(self._figures) > 1:
            figure = self._figures[self._other]
            self._second.show(figure.lines, figure.at)
        self._show_titles()

    def _show_titles(self) -> None:
        """Say what each side shows, the cursor's mark before the side on which the keys move."""
        several = len(self._figures) - 1
        count = tr(messages.FIGURE_OF).format(self._other, several) if several > 1 else ""
        for title, lines, number, end in zip(
            self._titles, (self._first, self._second), (0, self._other), ("", count), strict=True
        ):
            if number < len(self._figures):
                mark = self.glyphs.cursor if lines is self.body else " "
                title.update(plain(f"{mark} {self._figures[number].title}{end}"))
