"""The main screen: every key is one step of the session and one paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from budget.i18n.language import tr
from tui import messages
from tui.actions import Where, bindings, by_id
from tui.screens.prompting import AskingScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from tui.session.requests import Reading
    from tui.session.session import Session


class MainScreen(AskingScreen):
    """One table at a time; modals for what is chosen or read."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.MAIN), *bindings(Where.PROMPT)]
    ESCAPE_TO_MINIMIZE = False

    def on_mount(self) -> None:
        """Start reading once the first paint is out."""
        self.set_focus(self.table)
        self.call_after_refresh(self._start)

    # Reading

    def _start(self) -> None:
        self.run_worker(self._open_session, thread=True)

    def _open_session(self) -> None:
        """In the worker thread: import what is heavy, read, make the first table.

        No other thread imports `budget` or `loaders` before there is a session; afterwards the packages are there:
        `loaders` imports a part of itself, and two threads that begin with different parts would lock each other out.
        """
        import loaders  # noqa: F401
        from budget.library.frames import concat
        from budget.model.disclosure import UnreadableDocumentError
        from tui.library.loaded import LoadedFrames
        from tui.session.session import Session

        try:
            loaded = self.load()
        except UnreadableDocumentError as error:  # the browser stays open: another document may be readable
            loaded = LoadedFrames(concat([]), messages=(str(error),))
        except Exception as error:  # noqa: BLE001 - as above: a thread's traceback over the screen helps nobody
            loaded = LoadedFrames(concat([]), messages=(tr(messages.FAILED).format(f"{type(error).__name__} {error}"),))
        self.app.call_from_thread(self.opened, Session(loaded, self.glyphs, self.options))

    def opened(self, session: Session) -> None:
        """Show what has been read."""
        self.session = session
        self.paint(session.greeting)
        if session.intake is not None:
            self.take_in(session.intake)

    # Movement

    def action_cursor_down(self) -> None:
        """Move the cursor down by a row."""
        self._move_to(self.body.cursor + 1)

    def action_cursor_up(self) -> None:
        """Move the cursor up by a row."""
        self._move_to(self.body.cursor - 1)

    def action_page_down(self) -> None:
        """Move the cursor down by a page."""
        self._move_to(self.body.cursor + self.body.page)

    def action_page_up(self) -> None:
        """Move the cursor up by a page."""
        self._move_to(self.body.cursor - self.body.page)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self._move_to(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        if self.session is not None:
            self._move_to(self.session.grid.row_count - 1)

    def _move_to(self, index: int) -> None:
        if self._said:
            self.say("")
        self.body.move_to(index)

    def action_scroll_right(self) -> None:
        """Bring the next columns into sight."""
        self.table.scroll_side(1)

    def action_scroll_left(self) -> None:
        """Bring the columns before into sight."""
        self.table.scroll_side(-1)

    # What needs the session

    async def action_step(self, name: str) -> None:
        """Let the session take one of its steps and paint what it is then; of several places ask for one."""
        if name == "enter" and self.session is not None and self.session.shows_text:
            self.step(lambda _session: "")  # the cursor may stand further on than the last message told
            if len(self.session.repeated()) > 1:
                await self._choose("repeated", tr(messages.CHOOSE_PLACE), self._place_chosen)
                return
        self.step(lambda session: session.step(name))

    def _place_chosen(self, value: str) -> None:
        self.step(lambda session: session.show_repeated(int(value)))

    def action_copy(self) -> None:
        """Copy the row to the clipboard and into a file."""
        self.step(self._copy)

    def action_quit(self) -> None:
        """Leave the application."""
        self.app.exit()

    async def action_views(self) -> None:
        """Choose a view, a statement or the reading report."""
        await self._choose("views", tr(messages.CHOOSE_VIEW), self._view_chosen)

    async def action_choose_baseline(self) -> None:
        """Choose what to compare with."""
        await self._choose(
            "baselines", tr(messages.CHOOSE_BASELINE), lambda value: self.step(lambda s: s.compare_with(value))
        )

    async def action_sort(self) -> None:
        """Choose the column to sort by."""
        await self._choose("columns", tr(messages.CHOOSE_SORT), lambda value: self.step(lambda s: s.sort(value)))

    async def action_palette(self) -> None:
        """Choose a command."""
        await self._choose("commands", tr(messages.CHOOSE_COMMAND), self._command_chosen)

    async def action_source(self) -> None:
        """Show the row's numbers in the text of the document."""
        if self._ready():
            from tui.session.requests import source

            await self._read(source)

    async def action_glossary(self) -> None:
        """Show what the document says of the term at the cursor, else all of its terms."""
        if not self._ready() or self.session is None:
            return
        from tui.session.requests import explanation

        self.step(lambda _session: "")
        if explanation(self.session) is None:
            self.step(lambda session: session.show_terms())
        else:
            await self._read(explanation)

    async def action_whole(self) -> None:
        """Show all that is known of the row."""
        if self._ready():
            from tui.render.row import whole

            await self._read(whole)

    async def action_report(self) -> None:
        """Show what was read and what was not."""
        if self._ready():
            from tui.session.requests import report

            await self._read(report)

    async def action_help(self) -> None:
        """Show all keys and marks."""
        from tui.render.help import guide
        from tui.screens.reader import Reader

        await self.app.push_screen(Reader(tr(messages.HELP), guide(self.glyphs), glyphs=self.glyphs))

    async def _choose(self, what: str, title: str, chosen: Callable[[str], None]) -> None:
        if self.session is None:
            self.say(tr(messages.NOT_YET))
            return
        from tui.screens import picker
        from tui.screens.picker import Picker

        self.prepare_initials()
        offered = picker.OFFERS[what](self.session)
        if isinstance(offered, str):
            self.say(offered)
            return

        def done(value: str | None) -> None:
            if value is not None:
                chosen(value)

        await self.app.push_screen(Picker(title, offered, picker.rank, self.glyphs), done)

    def _copy(self, session: Session) -> str:
        from tui.session.requests import row_text, write_copy
        from tui.terminal.streams import clipboard_sequence

        text = row_text(session)
        if text:
            self.app.copy_to_clipboard(text)
        return write_copy(text, self.options.export_folder, sent=bool(clipboard_sequence(text)))

    def _view_chosen(self, value: str) -> None:
        from tui.screens import picker

        if value == picker.REPORT:
            self.run_worker(self.action_report())
        else:
            self.step(lambda session: session.show(*picker.view_of(value)))

    def _command_chosen(self, value: str) -> None:
        self.run_worker(self.run_action(by_id(Where.MAIN, value).binding.action))

    def _ready(self) -> bool:
        """Whether there is a session; asked before anything is imported that the session's thread imports."""
        if self.session is None:
            self.say(tr(messages.NOT_YET))
        return self.session is not None

    async def _read(self, text: Callable[[Session], Reading | str | None]) -> None:
        if self.session is None:
            self.say(tr(messages.NOT_YET))
            return
        from tui.screens.reader import Reader

        reading = text(self.session)
        if isinstance(reading, str):
            self.say(reading)
        elif reading is not None:
            await self.app.push_screen(Reader(reading.title, reading.lines, reading.at, self.glyphs))
