"""What the main screen is made of and how it is painted: breadcrumb, table, detail, footer."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from budget.i18n.language import tr
from tui import messages
from tui.actions import Where, by_id, footer_entries
from tui.terminal.glyphs import ASCII, BLOCKS
from tui.terminal.text import crumbs, end, fit, visible, wrap
from tui.widgets.keyline import KeyEntry, KeyLine
from tui.widgets.table import BudgetTable
from tui.widgets.text import TextBody

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from tui.library.loaded import LoadedFrames, Options
    from tui.render.findings import Audit
    from tui.screens.questions import Ask
    from tui.session.session import Session
    from tui.widgets.prompt import Prompt

CONTEXT_GAP = 2
"""Cells between the place and what stands at the end of the top line."""
MOST_LINES = 4
"""Lines that a message may take in place of the footer."""
ROOM_TO_TYPE = 4
"""Cells that a sentence in the line of a prompt leaves behind what has been typed."""
PATIENCE = 1.0
"""Seconds that a key waits at most for those typed before it."""
SOME_HEIGHT, TALL = 20, 36
"""Heights from which the detail pane gets two further lines, and four."""
LEAST = 3
"""Lines of the detail pane in a low terminal."""
REST = 0.03
"""Seconds that the cursor rests on a row before the detail pane follows: a held key must not wait for it."""


async def typed_ahead(*takers: Widget) -> None:
    """Wait until each of these widgets, one after the other, has taken in the keys that were sent to it."""
    taken = asyncio.Event()
    then: Callable[[], object] = taken.set
    for taker in reversed(takers):
        then = partial(taker.call_later, then)
    then()
    with suppress(TimeoutError):
        await asyncio.wait_for(taken.wait(), PATIENCE)


class PaintedScreen(Screen[None]):
    """The parts of the main screen; `paint` shows what the session is, `step` changes it first."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (SOME_HEIGHT, "-some"), (TALL, "-tall")]  # noqa: RUF012 - as Textual has it

    def __init__(self, load: Callable[[], LoadedFrames], options: Options, stop: threading.Event | None = None) -> None:
        super().__init__()
        self.stop_loading = stop or threading.Event()
        self.load = load
        self.options = options
        self.glyphs = ASCII if options.ascii else BLOCKS
        self.table = BudgetTable(self.glyphs, id="table")
        self.text = TextBody(id="text")
        self.session: Session | None = None
        self._ask: Ask | None = None
        self._prompt: Prompt | None = None
        self._painted: object = None
        self._detail_due = False
        self._shown_context = ""
        self._said = ""
        self.auditing = False
        self._footer_height = 1

    def compose(self) -> ComposeResult:
        """Make the parts; that of the progress is seen while something is read."""
        with Horizontal(id="top"):
            yield Static(Content(tr(messages.APP)), id="place")
            yield Static(Content(""), id="context")
        yield self.table
        yield self.text
        yield Static(Content(tr(messages.READING)), id="detail")
        yield Static(Content(""), id="progress")
        yield KeyLine(self._footer(), id="footer")

    def paint(self, message: str = "") -> None:
        """Show the session's table and place, the cursor on its row, and a message in place of the footer."""
        session = self.session
        if session is None:
            return
        if self._painted is not session.grid:
            self._painted = session.grid
            self._show_body(session)
        else:
            self.body.move_to(session.index)
        self._show_place()
        self._show_detail()
        self.say(message)
        if not self.auditing:
            self.call_after_refresh(self._audit)

    @property
    def body(self) -> BudgetTable | TextBody:
        """The widget with the cursor: the table, or the lines of a text."""
        return self.text if self.session is not None and self.session.shows_text else self.table

    def _show_body(self, session: Session) -> None:
        """Show the table, or the text in its place."""
        for widget in (self.table, self.text):
            widget.display = widget is self.body
        if session.shows_text:
            self.text.show_lines(session.text_lines(), session.index, session.grid.notes)
        else:
            self.table.show(session.grid, session.index)

    def _show_place(self) -> None:
        """Fill the top line: the place as far as there is room, filter, baseline and unit at its end."""
        if self.session is None:
            return
        place = f" {self.glyphs.below} ".join(map(visible, self.session.table.breadcrumb))
        left = self.size.width - cell_len(place) - CONTEXT_GAP
        context = end(self.session.context, max(self.size.width // 2, left))
        if context != self._shown_context:  # a widget of its own, so that the place cannot shift it: a layout
            self._shown_context = context
            self.query_one("#context", Static).update(Content(context))
        room = self.size.width - cell_len(context) - CONTEXT_GAP
        self._update("place", Content(crumbs(self.session.table.breadcrumb, room, f" {self.glyphs.below} ")))

    def _audit(self) -> None:
        """Let a thread check what is shown, once it is on the screen; its rows are marked when that is done."""
        todo = self.session.unaudited() if self.session is not None and not self.auditing else None
        if todo is not None:
            self.auditing = True
            self.run_worker(lambda: self.app.call_from_thread(self._audited, todo()), thread=True, group="audit")

    def _audited(self, found: Audit) -> None:
        self.auditing = False
        if self.session is None:
            return
        shown = self._said
        if self._painted is self.session.grid:
            self.session.move(self.body.cursor)
        said = self.session.audited(found)
        self.paint(said or shown)

    def on_resize(self) -> None:
        """Fill the lines anew that are cut or broken to the width; the detail pane when it has its height."""
        self._show_place()
        self.say(self._said)
        self.call_after_refresh(self._show_detail)

    def say(self, message: str) -> None:
        """Put a sentence in place of the footer until the next key; nothing: the footer.

        A prompt has a short one beside what is typed, a longer one on lines of its own.
        """
        self._said = message
        lines = wrap(visible(message), max(self.size.width, 1))
        footer = self.query_one("#footer", KeyLine)
        if self._prompt is not None and self._ask is not None:
            taken = cell_len(self._ask.label) + cell_len(self._prompt.value) + ROOM_TO_TYPE
            beside = cell_len(message) <= self.size.width - taken
            self._prompt.answer(message if message and beside else self._ask.hint)
            footer.display = not beside
        height = min(len(lines), MOST_LINES)
        if height != self._footer_height:  # a long sentence takes more lines: a layout
            self._footer_height = height
            footer.styles.height = height
        if message:
            footer.show_text("\n".join(lines[:MOST_LINES]))
        else:
            footer.show_keys(self._footer())

    def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        self.run_worker(self.run_action(by_id(Where.MAIN, event.action).binding.action))

    def step(self, action: Callable[[Session], str]) -> None:
        """Let the session do something and paint what it is then; before the data are there, say so."""
        if self.session is None:
            self.say(tr(messages.NOT_YET))
            return
        moved = self._painted is self.session.grid and self.body.cursor != self.session.index
        if moved:  # since the last message told of it
            self.session.move(self.body.cursor)
        from budget.library.parts import DamagedPartError  # imported long since by the session

        try:
            message = action(self.session)
        except (DamagedPartError, OSError) as error:  # the rows of a disclosure cannot be had: stay where we are
            message = str(error)
        self.paint(message)

    def on_budget_table_moved(self) -> None:
        """Remember the row at the cursor; the detail pane follows when the cursor rests."""
        if self.session is None:
            return
        self.session.move(self.body.cursor)
        if not self._detail_due:
            self._detail_due = True
            self.set_timer(REST, self._show_detail)

    def on_text_body_moved(self) -> None:
        """Remember the line at the cursor."""
        self.on_budget_table_moved()

    def on_lines_chosen(self) -> None:
        """Remember the line that was clicked."""
        self.on_budget_table_moved()

    def on_budget_table_chosen(self) -> None:
        """Enter the row that was clicked twice."""
        self.step(lambda session: session.step("enter"))

    def _show_detail(self) -> None:
        self._detail_due = False
        if self.session is not None:
            width = max(self.size.width, 1)
            height = self.query_one("#detail", Static).size.height or LEAST
            lines = [Content(fit(visible(line), width).rstrip()) for line in self.session.detail(width, height)]
            self._update("detail", Content("\n").join(lines))

    def _update(self, id_: str, content: Content) -> None:
        self.query_one(f"#{id_}", Static).update(content, layout=False)

    def _footer(self) -> list[KeyEntry]:
        return [KeyEntry(action, self.glyphs.named(key), word) for action, key, word in footer_entries()]
