"""The columns of the view that is shown: their order, which are hidden, which stay beside the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static

from budget.i18n.language import tr
from tui import messages
from tui.action import Where
from tui.actions import bindings
from tui.screens.modals.listing import Listing
from tui.session.columns import AS_PRINTED, Arrangement, arranged_columns, can_hide, fixed, moved
from tui.terminal.glyphs import BLOCKS
from tui.terminal.text import fit, plain, visible
from tui.widgets.lines import Lines, TextLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from budget.views.table import ViewTable
    from tui.screens.main import MainScreen
    from tui.terminal.glyphs import Glyphs

SIGN_WIDTH = 8
"""Cells of what is said of a column before its title."""


async def arrange_columns(screen: MainScreen) -> None:
    """Let the columns of the view that is shown be arranged. A sentence where it has none."""
    session = screen.ready()
    if session is None:
        return
    if session.shows_text or not arranged_columns(session.table, session.arrangement):
        screen.say(tr(messages.NO_COLUMNS))
        return

    def chosen(wanted: Arrangement | None) -> None:
        if wanted is not None:
            screen.step(lambda session: session.arrange(wanted))

    modal = Columns(session.table, session.arrangement, screen.glyphs)
    await screen.app.push_screen(modal, chosen)


class Columns(Listing[Arrangement | None]):
    """The columns below each other in the order of the screen. It is dismissed with the arrangement, or None."""

    PLACE = Where.COLUMNS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.COLUMNS)]

    def __init__(self, table: ViewTable, wanted: Arrangement, glyphs: Glyphs = BLOCKS) -> None:
        super().__init__(Lines(cursor=True, id="columns-lines"), glyphs)
        self._table, self._wanted = table, wanted
        self._footer = self.key_line(messages.COLUMNS_FOOTER, id_="columns-footer")
        self._keys = self._footer.entries

    def compose(self) -> ComposeResult:
        """Make title, lines and footer."""
        with Vertical(id="columns"):
            yield Static(plain(tr(messages.COLUMNS_OF).format(self._table.title)), id="columns-title")
            yield self.body
            yield self._footer

    def on_mount(self) -> None:
        """Show the columns, the first under the cursor."""
        self._fill(0)

    def on_lines_chosen(self) -> None:
        """Hide or show the column that was clicked."""
        self.hide()

    def move(self, lines: int) -> None:
        """Move by lines; the keys are shown again."""
        super().move(lines)
        self._footer.show_keys(self._keys)

    def hide(self) -> None:
        """Hide the column at the cursor, or show it; not the name."""
        if not can_hide(self._table, self._at_cursor):
            self._footer.show_text(tr(messages.NAME_STAYS))
            return
        self._take(self._wanted._replace(hidden=self._wanted.hidden ^ {self._at_cursor}))

    def pin(self) -> None:
        """Pin the column at the cursor beside the name, or unpin it; the name is always pinned."""
        if not can_hide(self._table, self._at_cursor):
            self._footer.show_text(tr(messages.NAME_STAYS))
            return
        if self._at_cursor in fixed(self._table, self._wanted._replace(pinned=frozenset())):
            self._footer.show_text(tr(messages.COLUMN_STAYS))
            return
        self._take(self._wanted._replace(pinned=self._wanted.pinned ^ {self._at_cursor}))

    def shift(self, step: int) -> None:
        """Move the column at the cursor earlier (-1) or later (1)."""
        before = self._wanted
        self._take(moved(self._table, before, self._at_cursor, step))
        if self._wanted == before:
            self._footer.show_text(tr(messages.COLUMN_ENDS))

    def restore(self) -> None:
        """Bring back the columns as the document has them."""
        self._take(AS_PRINTED)

    def choose(self) -> None:
        """Close and have the columns so."""
        self.close_with(self._wanted)

    def close(self) -> None:
        """Close and change nothing."""
        self.close_with(None)

    @property
    def _at_cursor(self) -> str:
        return arranged_columns(self._table, self._wanted)[self.body.cursor].id

    def _take(self, wanted: Arrangement) -> None:
        """Show another arrangement, the cursor on the same column."""
        self._footer.show_keys(self._keys)
        id_, self._wanted = self._at_cursor, wanted
        columns = arranged_columns(self._table, wanted)
        self._fill(next(at for at, column in enumerate(columns) if column.id == id_))

    def _fill(self, at: int) -> None:
        lines = []
        pinned_here = fixed(self._table, self._wanted)
        for column in arranged_columns(self._table, self._wanted):
            hidden = column.id in self._wanted.hidden and can_hide(self._table, column.id)
            pinned = column.id in pinned_here
            sign = tr(messages.COLUMN_HIDDEN) if hidden else tr(messages.COLUMN_PINNED) if pinned else ""
            lines.append(TextLine(visible(column.title), fit(sign, SIGN_WIDTH), "dim" if hidden else ""))
        self.body.show(lines, at)
