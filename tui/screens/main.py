"""The main screen: every key is one step of the session and one paint."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar, Self

from textual.events import Key, Paste
from textual.message import Message
from textual.screen import Screen

from budget.i18n.language import tr
from tui import messages
from tui.action import When, Where
from tui.actions import actions_by_id, bindings, hinted
from tui.screens.auditing import Auditor
from tui.screens.intake import DocumentIntake
from tui.screens.modals.overlays import Overlays
from tui.screens.prompting import Prompting, has_room_for_hint
from tui.screens.steady import Steady
from tui.screens.waiting import Waiting
from tui.session.held_keys import HeldKeys
from tui.terminal.glyphs import ASCII, BLOCKS
from tui.widgets.body import Body
from tui.widgets.detail import DetailPane
from tui.widgets.footer import Footer
from tui.widgets.place import PlaceLine
from tui.widgets.progress import ProgressLine
from tui.widgets.sides import ONE_FROM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.library.intake import Intake
    from tui.library.loaded import LoadedFrames, Options
    from tui.screens.keeping import Keeper
    from tui.session.kept_screens import KeptScreens
    from tui.session.session import Session
    from tui.session.snapshot import Snapshot
    from tui.widgets.keyline import KeyLine

SOME_HEIGHT, TALL = 20, 36
"""Heights from which the detail pane gets two further lines, and four."""
FAR = 1 << 30
"""Lines beyond any end."""
FOUND_BY_INITIALS = frozenset({"find", "filter"})
"""Questions whose answers may be pinyin initials."""


class MainScreen(Steady, Screen[None]):
    """The main screen: keys go to the session, its state to widgets.

    Modals are opened for what is chosen or read. It calls its widgets and its threads; they answer with messages alone.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.MAIN), *bindings(Where.PROMPT)]
    ESCAPE_TO_MINIMIZE = False
    VERTICAL_BREAKPOINTS = [(0, "-low"), (SOME_HEIGHT, "-some"), (TALL, "-tall")]  # noqa: RUF012 - as Textual has it

    class Opened(Message):
        """The first documents have been read."""

        def __init__(self, session: Session) -> None:
            super().__init__()
            self.session = session

    def __init__(
        self,
        load: Callable[[], LoadedFrames],
        options: Options,
        stop: threading.Event | None = None,
        kept: KeptScreens | None = None,
    ) -> None:
        super().__init__()
        self.stop_loading = stop or threading.Event()
        self.load = load
        self.options = options
        self.glyphs = ASCII if options.ascii else BLOCKS
        self.session: Session | None = None
        self.kept = kept
        self.snapshot = kept.snapshot if kept is not None else None
        """The picture to begin with; None where there is none, and once the data have taken its place."""
        self.held = HeldKeys()
        self.place = PlaceLine(tr(messages.APP), self.glyphs)
        self.body = Body(self.glyphs)
        self.detail = DetailPane("" if self.snapshot is not None else tr(messages.READING))
        self.progress = ProgressLine(self.glyphs)
        self.footer = Footer(self.glyphs)
        self.prompting = Prompting()
        self.auditor = Auditor(self)
        self.intake = DocumentIntake(self)
        self.over = Overlays(self)
        self.waiting = Waiting(self)
        self._actions = actions_by_id(Where.MAIN, Where.PROMPT)

    def of_height(self, height: int) -> Self:
        """The screen with the classes of its height: those that come with its size would style all widgets again."""
        name = next(name for least, name in reversed(self.VERTICAL_BREAKPOINTS) if height >= least)
        return self.add_class(name, update=False)

    def compose(self) -> ComposeResult:
        """Lay out the widgets, from the top down."""
        yield from (self.place, self.body, self.detail, self.progress, self.footer, self.prompting)

    def on_mount(self) -> None:
        """Start reading; where there is a snapshot, once it is painted."""
        self.set_focus(self.body.table)
        if self.snapshot is None:
            self.run_worker(self._open_session, thread=True)
        else:
            self.body.show(self.snapshot.grid, self.snapshot.lines, self.snapshot.cursor)
            self._show_place()
            self._show_detail()
            self.call_after_refresh(self.run_worker, self._open_session, thread=True)

    def on_unmount(self) -> None:
        """Stop whatever is being read: the program ends with its threads."""
        keeper = self._keep()
        if keeper is not None:
            keeper.keep_at_end()
        self.stop_loading.set()
        self.intake.stop()

    def on_main_screen_opened(self, event: Opened) -> None:
        """Show what has been read. Nothing moves that a snapshot showed already."""
        from tui.screens.opening import import_rest

        self.session = event.session
        if self.snapshot is None:
            self.paint(event.session.greeting)
        else:
            self._replace_snapshot(self.snapshot, event.session)
        # behind the first figures: each of these would keep the screen waiting
        if event.session.intake is not None:
            self.call_after_refresh(self.take_in, event.session.intake)
        self.call_after_refresh(self.run_worker, import_rest, thread=True)
        if self.held.keys:
            self.app.call_later(self.held.release, self.app)

    def leave(self) -> None:
        """End the program."""
        self.app.exit()

    def _open_session(self) -> None:
        """In a thread, which alone imports what is heavy."""
        from tui.screens.opening import open_session

        self.post_message(self.Opened(open_session(self.load, self.glyphs, self.options)))

    # The snapshot

    @property
    def _stands(self) -> bool:
        """Whether the snapshot is on the screen, with or without a session behind it."""
        return self.snapshot is not None and self.body.grid is self.snapshot.grid

    def holds(self, event: Key | Paste) -> bool:
        """Keep what needs the session until there is one; without a snapshot it has nothing to refer to."""
        waiting = self.session is None and self.snapshot is not None and self._needs_session(event)
        return self.held.takes(event, waiting=waiting)

    def _needs_session(self, event: Key | Paste) -> bool:
        if isinstance(event, Paste):
            return True
        bound = {binding.action for binding in self._bindings.key_to_bindings.get(event.key, ())}
        return any(action.when is When.READ and action.binding.action in bound for action in self._actions.values())

    def _replace_snapshot(self, snapshot: Snapshot, session: Session) -> None:
        """Put the session behind the picture; one with the marks of the checks stays until they are made again."""
        from tui.screens.keeping import take_place

        same = take_place(snapshot, session, self.body)
        todo = session.missing_audit() if same and snapshot.audited and snapshot.complete else None
        if todo is None or session.greeting:
            self.paint(session.greeting)
        else:
            self.auditor.start(todo)
            self._show_detail()

    def _keep(self) -> Keeper | None:
        """What keeps this screen; None where nothing is kept of it."""
        if self.session is None or self.kept is None or self.session.loaded_library is None:
            return None
        from tui.screens.keeping import Keeper

        self._follow_cursor(self.session)
        shown = self.snapshot if self._stands else None
        return Keeper(self.kept, self.session, self.body, self.detail, shown, reading=self.intake.current is not None)

    # Keys

    @property
    def takes_text(self) -> bool:
        """Whether what is typed is text: then it is left as it is typed."""
        return self.prompting.question is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable the keys of the prompt while it asks, else the table's."""
        if action != "act":
            return not self.takes_text and super().check_action(action, parameters)
        when = self._actions[str(parameters[0])].when
        return when is When.ALWAYS or (when is When.ASKING) is self.takes_text

    async def action_act(self, id_: str) -> None:
        """Run the action of this id. Before there is something to browse, say so."""
        action = self._actions[id_]
        if self.footer.message and not self.takes_text:
            self.say("")
        if action.when is When.READ and self.session is None:
            self.say(tr(messages.NOT_YET))
        else:
            try:
                await action.run(self)
            except Exception as error:
                from budget.library.parts import DamagedPartError  # it is there by now if it is one
                from budget.system.files import told

                if not isinstance(error, (DamagedPartError, OSError)):
                    raise
                self.say(told(error))  # a part of the library cannot be had: what is shown stays

    def on_key(self, event: Key) -> None:
        """Give the prompt what was typed before it had the focus."""
        if self.takes_text and event.is_printable and event.character:
            event.stop()
            self.prompting.type(event.character)

    async def on_paste(self, event: Paste) -> None:
        """Propose to open what is dropped on the window: a terminal pastes its path."""
        path = event.text.split("\n")[0].strip()
        if path and not self.takes_text:
            event.stop()
            await self.ask("open", path)

    def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        self.act(event.action)

    def act(self, id_: str) -> None:
        """Run an action of the registry as if its key were pressed."""
        self.run_worker(self.run_action(self._actions[id_].binding.action))

    # Painting

    def say(self, message: str) -> None:
        """Show a sentence in place of the footer until the next key.

        An empty one brings the footer back. A prompt has a short one beside what is typed, a longer one in full.
        """
        self.footer.display = not self.prompting.show_message(message, self.size.width)
        self.footer.say(message, self.size.width)

    def on_resize(self) -> None:
        """Fill the lines anew that are cut or broken to the width; the detail pane when it has its height."""
        self.body.fit_to(self.size.width)
        self._show_place()
        self.progress.fill(self.size.width)
        self.say(self.footer.message)
        self.call_after_refresh(self._show_detail)

    def paint(self, message: str = "") -> None:
        """Show the session's table, place and detail, and a message.

        The cursor is on its row; the message stands in place of the footer.
        """
        if self.session is not None:
            self._show_body(self.session)
            self._show_place()
            self._show_detail()
            self.body.follow()
            self.say(message)
            self.call_after_refresh(self._audit)

    def _show_body(self, session: Session) -> None:
        """Show table or text; where it is drawn already only the cursor moves."""
        if self.body.grid is session.grid:
            self.body.move_to(session.index)
            return
        lines = session.text_lines() if session.shows_text else None
        if self._stands:
            self.body.renew(session.grid, lines, session.index)
        else:
            self.body.show(session.grid, lines, session.index)
        self.snapshot = None

    def _show_place(self) -> None:
        if self._stands and self.snapshot is not None:
            self.place.show(self.snapshot.place, self.snapshot.context, self.app.size.width)
        elif self.session is not None:
            self.place.show(self.session.table.breadcrumb, self.session.context, self.size.width)

    def _show_detail(self) -> None:
        width = max(self.app.size.width, 1)
        if self._stands and self.snapshot is not None:
            kept, height = self.snapshot.detail, self.detail.size.height
            if kept is not None and self.body.cursor == self.snapshot.cursor and kept.fits(width, height):
                self.detail.show(kept.lines, width)
                return
        if self.session is not None:
            self.detail.show(self.session.detail(width, self.detail.lines), width)
        elif self.snapshot is not None:
            self.detail.show((), width)  # what is known of another row, or in another size, comes with the data

    # Steps of the session

    def step(self, action: Callable[[Session], str]) -> None:
        """Let the session take a step and show what comes of it. Before the data are there, say so."""
        session = self.ready()
        if session is None:
            return
        from budget.library.parts import DamagedPartError
        from budget.system.files import told

        try:
            message = action(session)
        except (DamagedPartError, OSError) as error:  # the rows of a disclosure cannot be had: stay where we are
            message = told(error)
        self.paint(message)

    def on_screen_resume(self) -> None:
        """Take the steps that waited. First what was chosen of a list is done."""
        self.app.call_later(self.waiting.release)

    def ready(self) -> Session | None:
        """Return the session, its cursor where that of the body is; say so where there is none yet.

        Asked before anything is imported that the reading thread imports.
        """
        if self.session is None:
            self.say(tr(messages.NOT_YET))
        else:
            self._follow_cursor(self.session)
        return self.session

    def _follow_cursor(self, session: Session) -> None:
        """Move the session's cursor to that of the body, whose messages may be on their way."""
        if (self.body.grid is session.grid or self._stands) and self.body.cursor != session.index:
            session.move(self.body.cursor)

    async def enter(self) -> None:
        """Go into the row at the cursor: of a finding to its sources, of a line of text to one of its rows."""
        session = self.ready()
        if self.body.focused_side:
            await self.over.read(self.body.focused_side)
            return
        if session is not None:
            from tui.screens.modals.beside import show_sources

            if await show_sources(self, session):
                return
        if session is not None and session.shows_text and len(session.repeated_rows()) > 1:
            await self.over.choose("repeated")
        else:
            self.step(lambda session: session.enter())

    def copy(self) -> None:
        """Copy the row to the clipboard and into a file."""
        self.step(lambda session: session.copy(self.app.copy_to_clipboard))

    # The cursor

    def move(self, rows: int) -> None:
        """Move the cursor by rows, a pane with the focus by lines."""
        self._move_to(self.body.cursor + rows, rows)

    def turn(self, pages: int) -> None:
        """Move the cursor, or a pane with the focus, by pages."""
        self._move_to(self.body.cursor + pages * self.body.page, pages * self.body.page)

    def first(self) -> None:
        """Move the cursor to the first row."""
        self._move_to(0, -FAR)

    def last(self) -> None:
        """Move the cursor to the last row."""
        self._move_to(self.body.count - 1, FAR)

    def scroll_side(self, columns: int) -> None:
        """Bring columns at the side into sight."""
        self.body.table.scroll_side(columns)

    def _move_to(self, index: int, lines: int) -> None:
        """Put the cursor on a row, or scroll a pane."""
        if not self.body.scroll_side(lines):
            self.body.move_to(index)

    def on_body_moved(self) -> None:
        """Remember the row at the cursor; the detail pane follows when the cursor rests."""
        if self.session is not None:
            self.session.move(self.body.cursor)
            self.detail.follow()
            self.body.follow()
        elif self._stands:
            self._show_detail()

    async def on_body_entered(self) -> None:
        """Enter the row that was clicked twice."""
        await self.enter()

    def on_body_head_chosen(self, event: Body.HeadChosen) -> None:
        """Sort by the column whose head was clicked; clicked again, the other way round."""
        if not self.takes_text:
            self.step(lambda session: session.sort(event.column))

    def on_detail_pane_due(self) -> None:
        """Show what is known of the row at which the cursor rests."""
        self._show_detail()

    def on_sides_due(self) -> None:
        """Show beside the table what is known of the row."""
        sides = self.body.sides
        if sides is not None and self._stands and self.snapshot is not None:
            sides.show(self.snapshot.beside(sides.sizes))
        elif sides is not None and self.session is not None:
            from tui.session.beside import beside

            sides.show(beside(self.session, sides.sizes))

    def turn_to_side(self) -> None:
        """Give the focus to the next pane, or back to the table."""
        if not self.body.turn_to_side():
            self.say(hinted(messages.TOO_NARROW, ONE_FROM))

    def toggle_sides(self) -> None:
        """Hide the panes beside the table, or show them again."""
        if not self.body.toggle_sides(self.size.width):
            self.say(hinted(messages.TOO_NARROW, ONE_FROM))

    # The prompt

    async def ask(self, what: str, given: str = "") -> None:
        """Ask a question in place of the footer.

        The input begins with `given`, else with what the question proposes.
        """
        session = self.ready()
        if session is None:
            return
        from tui.screens.questions import QUESTIONS

        if what in FOUND_BY_INITIALS:
            self.prepare_initials()
        question = QUESTIONS[what](session)
        if isinstance(question, str):
            self.say(question)
        else:
            self.footer.display = False
            await self.prompting.open(question, given)
            if not has_room_for_hint(question, self.size.width):
                self.say(question.hint)

    def prepare_initials(self) -> None:
        """Load what finds by initials while the user begins to type: too much memory for those who never search."""
        from tui.session.requests import warm_up

        self.run_worker(warm_up, thread=True)

    def on_prompting_changed(self, event: Prompting.Changed) -> None:
        """Act on what is typed at once: find, filter."""
        if self.session is not None and event.question is self.prompting.question:
            self.paint(event.question.change(self.session, event.text))

    async def on_prompting_emptied(self) -> None:
        """Take the empty line for an answer, or give the question up."""
        question = self.prompting.question
        await (self._submit() if question is not None and question.takes_empty else self.cancel())

    async def submit(self) -> None:
        """Submit what was typed. First the keys typed before must have reached the prompt."""
        await self.prompting.settle()
        await self._submit()

    async def _submit(self) -> None:
        """Do what was typed; the prompt stays where that raises a question or fails."""
        question, session = self.prompting.question, self.session
        if question is None or session is None:
            return
        submitted = question.submit(session, self.prompting.text)
        if submitted.label:
            self.prompting.relabel(submitted.label)
        else:
            await self._close_prompt()
        self.paint(submitted.message)
        if submitted.path is not None:
            self._open_path(submitted.path)
        self.waiting.release()

    async def cancel(self) -> None:
        """Close the question and undo what typing did."""
        question = self.prompting.question
        await self._close_prompt()
        if question is not None:
            self.step(question.cancel)
        self.waiting.release()

    def alternative(self) -> None:
        """Put the next alternative into the prompt."""
        self.prompting.alternative()

    async def _close_prompt(self) -> None:
        await self.prompting.close()
        self.footer.display = True
        self.set_focus(self.body.table)

    # Reading further documents

    def stop(self) -> None:
        """Stop reading; what has been read stays."""
        if not self.intake.is_busy:
            self.say(tr(messages.NOT_READING))
        else:
            self.intake.stop()
            self.say(tr(messages.STOPPING))

    def on_document_intake_found(self, event: DocumentIntake.Found) -> None:
        """Read the documents that were found. Those of a folder are seen in the library."""
        if not event.intake.asked:
            self.waiting.step(lambda session: session.library())
        self.take_in(event.intake)

    def on_document_intake_nothing_found(self, event: DocumentIntake.NothingFound) -> None:
        """Say that there is nothing to read; the path is proposed again, to be mended."""
        if self.session is not None:
            self.session.refused_path = str(event.path)
        self.say(event.reason)

    def on_document_intake_advanced(self, event: DocumentIntake.Advanced) -> None:
        """Show how far the reading is, and what has arrived."""
        progress = event.progress
        if progress.done < progress.total:
            self.progress.show(progress, self.size.width)
        if progress.arrived is not None:
            library = self.intake.current.loaded_library if self.intake.current is not None else None
            self.waiting.step(lambda session: session.add_arrived(progress, library) or self.footer.message)

    def on_document_intake_finished(self, event: DocumentIntake.Finished) -> None:
        """Say what became of the documents."""
        self.intake.finish()
        self.progress.hide()
        if event.failure or event.intake.total or not self._stands:  # else a snapshot stays until it is checked
            self.waiting.step(
                lambda session: (
                    " ".join(filter(None, (event.failure, session.finished(event.intake))))
                    or self.footer.message.replace(tr(messages.STOPPING), "")
                )
            )

    def _open_path(self, path: Path) -> None:
        """Look for what there is to read in a file or folder; the keys go on answering."""
        if self.intake.is_busy:
            self.say(hinted(messages.BUSY))
        elif self.session is not None:
            self.intake.find(self.session, path)

    def take_in(self, intake: Intake) -> None:
        """Read documents, unless others are being read."""
        if self.intake.current is not None:  # two were opened in one breath
            self.say(hinted(messages.BUSY))
        else:
            self.intake.start(intake)

    # Checking what is shown

    @property
    def auditing(self) -> bool:
        """Whether what is shown is being checked."""
        return self.auditor.running

    def _audit(self) -> None:
        """Check what is shown, once it is on the screen; its rows are marked when that is done."""
        todo = self.session.missing_audit() if self.session is not None and not self.auditing else None
        if todo is not None:
            self.auditor.start(todo)
        elif not self.auditing and (keeper := self._keep()) is not None:
            for work in keeper.first_views():
                self.run_worker(work, thread=True, group="keep")

    def on_auditor_audited(self, event: Auditor.Audited) -> None:
        """Mark the rows that the findings touch."""
        self.auditor.finish()
        if self.session is not None:
            self._follow_cursor(self.session)
            failure = self.session.apply_audit(event.found)
            self.paint(failure or self.footer.message)
