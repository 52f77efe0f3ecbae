"""The main screen: breadcrumb, table, detail, footer; every key is one step of the session and one paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.actions import Where, actions, bindings, by_id, footer_entries
from tui.glyphs import ASCII, BLOCKS
from tui.locale import zh
from tui.plain import crumbs, end, plain
from tui.screens import asks
from tui.widgets.table import BudgetTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key
    from textual.widgets import Input

    from tui.loaded import LoadedFrames, Options
    from tui.screens.asks import Ask
    from tui.session import Reading, Session
    from tui.widgets.prompt import Prompt

PROMPT_ACTIONS = frozenset(action.id for action in actions(Where.PROMPT))
WHILE_ASKING = frozenset({"cursor_up", "cursor_down", "page_up", "page_down"})
CONTEXT_GAP = 2
"""Cells between the place and what stands at the end of the top line."""
REST = 0.03
"""Seconds that the cursor rests on a row before the detail pane follows: a held key must not wait for it."""


class MainScreen(Screen[None]):
    """One table at a time; modals for what is chosen or read."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.MAIN), *bindings(Where.PROMPT)]
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, load: Callable[[], LoadedFrames], options: Options) -> None:
        super().__init__()
        self._load = load
        self.glyphs = ASCII if options.ascii else BLOCKS
        self.session: Session | None = None
        self._ask: Ask | None = None
        self._prompt: Prompt | None = None
        self._painted: object = None
        self._detail_due = False
        self._shown_context = ""
        self._said = ""

    def compose(self) -> ComposeResult:
        """Make the four parts."""
        with Horizontal(id="top"):
            yield Static(Content(zh.APP), id="place")
            yield Static(Content(""), id="context")
        yield BudgetTable(self.glyphs, id="table")
        yield Static(Content(zh.READING), id="detail")
        yield Static(self._footer(), id="footer")

    def on_mount(self) -> None:
        """Start reading once the first paint is out."""
        self.table = self.query_one(BudgetTable)
        self.set_focus(self.table)
        self.call_after_refresh(self._start)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Give the prompt its keys while it is open, and take them away from the table."""
        if action in PROMPT_ACTIONS:
            return self._prompt is not None
        if self._prompt is not None and action not in WHILE_ASKING:
            return False
        return super().check_action(action, parameters)

    # Reading

    def _start(self) -> None:
        self.run_worker(self._open_session, thread=True)

    def _open_session(self) -> None:
        """In the worker thread: import Polars, read, make the first table."""
        from budget.frames import concat
        from budget.model import UnreadableDocumentError
        from tui.loaded import LoadedFrames
        from tui.session import Session

        try:
            loaded = self._load()
        except UnreadableDocumentError as error:  # the browser stays open: another document may be readable
            loaded = LoadedFrames(concat([]), messages=(str(error),))
        except Exception as error:  # noqa: BLE001 - as above: a thread's traceback over the screen helps nobody
            loaded = LoadedFrames(concat([]), messages=(zh.FAILED.format(f"{type(error).__name__} {error}"),))
        self.app.call_from_thread(self.opened, Session(loaded, self.glyphs))

    def opened(self, session: Session) -> None:
        """Show what has been read."""
        self.session = session
        self.paint(session.greeting)

    # Painting

    def paint(self, message: str = "") -> None:
        """Show the session's table and place, the cursor on its row, and a message in place of the footer."""
        session = self.session
        if session is None:
            return
        if self._painted is not session.grid:
            self._painted = session.grid
            self.table.show(session.grid, session.index)
        else:
            self.table.move_to(session.index)
        self._show_place()
        self._show_detail()
        self.say(message)

    def _show_place(self) -> None:
        """Fill the top line: the place as far as there is room, filter, baseline and unit at its end."""
        if self.session is None:
            return
        context = end(self.session.context, self.size.width // 2)
        if context != self._shown_context:  # a widget of its own, so that the place cannot shift it: a layout
            self._shown_context = context
            self.query_one("#context", Static).update(Content(context))
        room = self.size.width - cell_len(context) - CONTEXT_GAP
        self._update("place", Content(crumbs(self.session.table.breadcrumb, room, f" {self.glyphs.below} ")))

    def on_resize(self) -> None:
        """Fill the top line anew."""
        self._show_place()

    def say(self, message: str) -> None:
        """Put a sentence in place of the footer until the next key; nothing: the footer.  A prompt shows it too."""
        self._said = message
        if self._prompt is not None and self._ask is not None:
            self._prompt.answer(message or self._ask.hint)
        self._update("footer", plain(message) if message else self._footer())

    def step(self, action: Callable[[Session], str]) -> None:
        """Let the session do something and paint what it is then; before the data are there, say so."""
        if self.session is None:
            self.say(zh.NOT_YET)
            return
        self.paint(action(self.session))

    def on_budget_table_moved(self) -> None:
        """Remember the row at the cursor; the detail pane follows when the cursor rests."""
        if self.session is None:
            return
        self.session.move(self.table.cursor)
        if not self._detail_due:
            self._detail_due = True
            self.set_timer(REST, self._show_detail)

    def on_budget_table_chosen(self) -> None:
        """Enter the row that was clicked twice."""
        self.action_step("enter")

    def _show_detail(self) -> None:
        self._detail_due = False
        if self.session is not None:
            self._update("detail", Content("\n").join([plain(line) for line in self.session.detail()]))

    def _update(self, id_: str, content: Content) -> None:
        self.query_one(f"#{id_}", Static).update(content, layout=False)

    def _footer(self) -> Content:
        parts = []
        for _, key, word in footer_entries():
            parts.append(Content.assemble((key, "bold"), word))
        return Content("  ").join(parts)

    # Movement

    def action_cursor_down(self) -> None:
        """Move the cursor down by a row."""
        self._move_to(self.table.cursor + 1)

    def action_cursor_up(self) -> None:
        """Move the cursor up by a row."""
        self._move_to(self.table.cursor - 1)

    def action_page_down(self) -> None:
        """Move the cursor down by a page."""
        self._move_to(self.table.cursor + self.table.page)

    def action_page_up(self) -> None:
        """Move the cursor up by a page."""
        self._move_to(self.table.cursor - self.table.page)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self._move_to(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self._move_to(self.table.grid.row_count - 1)

    def _move_to(self, index: int) -> None:
        if self._said:
            self.say("")
        self.table.move_to(index)

    def action_scroll_right(self) -> None:
        """Bring the next columns into sight."""
        self.table.scroll_side(1)

    def action_scroll_left(self) -> None:
        """Bring the columns before into sight."""
        self.table.scroll_side(-1)

    # What needs the session

    def action_step(self, name: str) -> None:
        """Let the session take one of its steps and paint what it is then."""
        self.step(lambda session: session.step(name))

    def action_copy(self) -> None:
        """Copy the row to the clipboard and into a file."""
        if self.session is not None and (text := self.session.row_text()):
            self.app.copy_to_clipboard(text)
        self.step(lambda session: session.write_copy())

    def action_quit(self) -> None:
        """Leave the application."""
        self.app.exit()

    async def action_views(self) -> None:
        """Choose a view, a statement or the reading report."""
        await self._choose("views", zh.CHOOSE_VIEW, self._view_chosen)

    async def action_choose_baseline(self) -> None:
        """Choose what to compare with."""
        await self._choose("baselines", zh.CHOOSE_BASELINE, lambda value: self.step(lambda s: s.compare_with(value)))

    async def action_sort(self) -> None:
        """Choose the column to sort by."""
        await self._choose("columns", zh.CHOOSE_SORT, lambda value: self.step(lambda s: s.sort(value)))

    async def action_palette(self) -> None:
        """Choose a command."""
        await self._choose("commands", zh.CHOOSE_COMMAND, self._command_chosen)

    async def action_source(self) -> None:
        """Show the row's numbers in the text of the document."""
        await self._read(lambda session: session.source())

    async def action_report(self) -> None:
        """Show what was read and what was not."""
        await self._read(lambda session: session.report())

    async def action_help(self) -> None:
        """Show all keys and marks."""
        from tui.guide import guide
        from tui.screens.reader import Reader

        await self.app.push_screen(Reader(zh.HELP, guide(self.glyphs)))

    async def action_find(self) -> None:
        """Ask what to find."""
        await self._ask_for(asks.find)

    async def action_filter(self) -> None:
        """Ask what to keep."""
        await self._ask_for(asks.narrow)

    async def action_export(self) -> None:
        """Ask where to."""
        await self._ask_for(asks.export)

    async def action_open(self) -> None:
        """Ask for a path."""
        await self._ask_for(asks.open_path)

    async def _choose(self, what: str, title: str, chosen: Callable[[str], None]) -> None:
        if self.session is None:
            self.say(zh.NOT_YET)
            return
        from tui import choices
        from tui.screens.picker import Picker

        offered = choices.OFFERS[what](self.session)
        if isinstance(offered, str):
            self.say(offered)
            return

        def done(value: str | None) -> None:
            if value is not None:
                chosen(value)

        await self.app.push_screen(Picker(title, offered, choices.matches), done)

    def _view_chosen(self, value: str) -> None:
        from tui import choices

        if value == choices.REPORT:
            self.run_worker(self.action_report())
        else:
            self.step(lambda session: session.show(*choices.view_of(value)))

    def _command_chosen(self, value: str) -> None:
        self.run_worker(self.run_action(by_id(Where.MAIN, value).binding.action))

    async def _read(self, text: Callable[[Session], Reading | str]) -> None:
        if self.session is None:
            self.say(zh.NOT_YET)
            return
        from tui.screens.reader import Reader

        reading = text(self.session)
        if isinstance(reading, str):
            self.say(reading)
        else:
            await self.app.push_screen(Reader(reading.title, reading.lines, reading.at))

    # The prompt

    async def _ask_for(self, make: Callable[[Session], Ask]) -> None:
        """Open the prompt in place of the footer."""
        if self.session is None:
            self.say(zh.NOT_YET)
            return
        from tui.widgets.prompt import Prompt

        self._ask = make(self.session)
        self._prompt = Prompt(self._ask.label, self._ask.value, self._ask.hint, id="prompt")
        self.query_one("#footer").display = False
        await self.mount(self._prompt)
        self.set_focus(self._prompt.input)

    async def _close_prompt(self) -> None:
        prompt, self._prompt, self._ask = self._prompt, None, None
        if prompt is not None:
            await prompt.remove()
        self.query_one("#footer").display = True
        self.set_focus(self.table)

    def on_key(self, event: Key) -> None:
        """Give the prompt what was typed before it had the focus."""
        if self._prompt is not None and event.is_printable and event.character:
            event.stop()
            self._prompt.input.insert_text_at_cursor(event.character)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the typing act at once."""
        if self._ask is not None and self.session is not None:
            self.paint(self._ask.change(self.session, event.value))

    async def on_prompt_input_emptied(self) -> None:
        """Take the empty line for an answer and close the prompt."""
        await self.action_submit()

    async def action_submit(self) -> None:
        """Do what was typed; the prompt stays where that raises a question."""
        if self._ask is None or self._prompt is None or self.session is None:
            return
        answer = self._ask.submit(self.session, self._prompt.value)
        if answer.again:
            self._prompt.say(answer.again)
            return
        await self._close_prompt()
        self.paint(answer.message)
        if answer.opening is not None:
            self._open_document(answer.opening)

    async def action_cancel(self) -> None:
        """Undo what typing did."""
        ask = self._ask
        await self._close_prompt()
        if ask is not None:
            self.step(ask.cancel)

    def action_alternative(self) -> None:
        """Put the next alternative into the prompt."""
        if self._ask is not None and self._prompt is not None:
            self._prompt.input.value = self._ask.alternative(self._prompt.value)
            self._prompt.input.action_end()

    def _open_document(self, path: Path) -> None:
        """Read one more document in a worker thread; the keys go on answering."""
        session = self.session
        if session is None:
            return

        def work() -> None:
            read = session.read_more(path)
            self.app.call_from_thread(self.step, lambda now: now.add(read))

        self.run_worker(work, thread=True)
