"""The body of the main screen: a table, or a text; beside it panes where the screen is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message

from tui.widgets.sides import ONE_FROM, Sides
from tui.widgets.table import BudgetTable
from tui.widgets.text import TextBody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tui.terminal.glyphs import Glyphs
    from tui.widgets.grid import Grid, Row
    from tui.widgets.lines import TextLine


class Body(Horizontal):
    """A table and a text; one is visible and has the cursor. Panes stand beside it."""

    class Moved(Message):
        """The cursor stands on another row or line."""

    class Entered(Message):
        """The row at the cursor was clicked."""

    class HeadChosen(Message):
        """The head of a column was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="body")
        self.table = BudgetTable(glyphs, id="table")
        self.text = TextBody(id="text")
        self.grid: Grid | None = None
        """What is shown; None: nothing yet."""
        self._foreground: BudgetTable | TextBody = self.table
        self.sides: Sides | None = None
        """The panes beside; None where the screen has never been wide enough."""
        self.hides_sides = False
        """Whether the panes are not wanted."""

    def compose(self) -> ComposeResult:
        """Make table and text, and the panes of a wide screen."""
        yield self.table
        yield self.text
        if self._is_wide(self.app.size.width):
            self.sides = Sides(self.app.size.width)
            yield self.sides

    @property
    def cursor(self) -> int:
        """The row or line at the cursor."""
        return self._foreground.cursor

    @property
    def page(self) -> int:
        """Rows or lines that are visible at once."""
        return self._foreground.page

    @property
    def count(self) -> int:
        """How many rows or lines there are."""
        return len(self.text.lines) if self._foreground is self.text else self.table.grid.row_count

    @property
    def cursor_row(self) -> Row | None:
        """The row at the cursor; None in a text and in an empty table."""
        return self.table.cursor_row if self._foreground is self.table else None

    def show(self, grid: Grid, lines: Sequence[TextLine] | None, cursor: int) -> None:
        """Show a table, or the lines of a text in its place. The cursor is on a row or line."""
        if lines is None:
            self._bring_forward(self.table, grid)
            self.table.show(grid, cursor)
        else:
            self._bring_forward(self.text, grid)
            self.text.show_lines(lines, cursor, grid.notes)

    def renew(self, grid: Grid, lines: Sequence[TextLine] | None, cursor: int) -> None:
        """Show what should look the same as before: only what differs is painted."""
        if lines is None and self._foreground is self.table:
            self.grid = grid
            self.table.renew(grid, cursor)
        elif lines and self._foreground is self.text:
            self.grid = grid
            if list(lines) == list(self.text.lines):
                self.text.move_to(cursor)
            else:
                self.text.show(lines, cursor)  # the window stays where it is
        else:
            self.show(grid, lines, cursor)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row or line. Beyond the ends: on the nearest one that exists."""
        self._foreground.move_to(index)

    # The panes beside

    def _is_wide(self, screen_width: int) -> bool:
        return screen_width >= ONE_FROM and not self.hides_sides

    def fit_to(self, screen_width: int) -> None:
        """Show the panes that a screen of this width has room for."""
        wide = self._is_wide(screen_width)
        if self.sides is None and wide:
            self.sides = Sides(screen_width)
            self.mount(self.sides)
        elif self.sides is not None:
            if not wide and self.sides.focused is not None:
                self.screen.set_focus(self.table)
            self.sides.display = wide
            self.sides.fit_to(screen_width)

    def follow(self) -> None:
        """Let the panes follow the cursor once it rests."""
        if self.sides is not None and self.sides.display:
            self.sides.follow()

    @property
    def due(self) -> bool:
        """Whether panes have not followed the cursor yet."""
        return self.sides is not None and self.sides.display and self.sides.due

    def turn_to_side(self) -> bool:
        """Give the focus to the next pane, or back to the table. False where there are no panes."""
        if self.sides is None or not self.sides.display:
            return False
        panes = self.sides.visible_panes
        focused = self.sides.focused
        after = panes.index(focused) + 1 if focused is not None else 0
        self.screen.set_focus(panes[after] if after < len(panes) else self.table)
        return True

    def toggle_sides(self, screen_width: int) -> bool:
        """Hide the panes, or show them again. False where a screen of this width has no room for them."""
        self.hides_sides = not self.hides_sides
        self.fit_to(screen_width)
        return screen_width >= ONE_FROM

    @property
    def focused_side(self) -> str:
        """What fills the screen for the pane that has the focus; "" where the table has it."""
        focused = self.sides.focused if self.sides is not None else None
        if self.sides is None or focused is None:
            return ""
        return "source" if focused is self.sides.panes[1] else "picture"

    def scroll_side(self, lines: int) -> bool:
        """Scroll the pane that has the focus. False where the cursor is to be moved."""
        focused = self.sides.focused if self.sides is not None else None
        if focused is None:
            return False
        focused.move(lines)
        return True

    # The cursor

    def on_budget_table_moved(self, event: BudgetTable.Moved) -> None:
        """Tell that the cursor of the table has moved."""
        self._tell_moved(event)

    def on_text_body_moved(self, event: TextBody.Moved) -> None:
        """Tell that the cursor of the text has moved."""
        self._tell_moved(event)

    def on_lines_chosen(self, event: TextBody.Chosen) -> None:
        """Tell that a click has moved the cursor of the text."""
        self._tell_moved(event)

    def on_budget_table_chosen(self, event: BudgetTable.Chosen) -> None:
        """Tell that the row at the cursor was clicked."""
        event.stop()
        self.post_message(self.Entered())

    def on_budget_table_head_chosen(self, event: BudgetTable.HeadChosen) -> None:
        """Tell that the head of a column was clicked."""
        event.stop()
        self.post_message(self.HeadChosen(event.column))

    def _tell_moved(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Moved())

    def _bring_forward(self, wanted: BudgetTable | TextBody, grid: Grid) -> None:
        self.grid, self._foreground = grid, wanted
        for widget in (self.table, self.text):
            widget.display = widget is wanted
