"""The prompt at the bottom of the main screen: find, filter, export, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import tr
from tui import messages
from tui.actions import Where, actions
from tui.screens.base import typed_ahead
from tui.screens.intake import TakingScreen

if TYPE_CHECKING:
    from textual.events import Key, Paste
    from textual.widgets import Input

PROMPT_ACTIONS = frozenset(action.id for action in actions(Where.PROMPT))
BY_INITIALS = frozenset({"find", "filter"})
"""Questions whose answers may be pinyin initials."""
WHILE_ASKING = frozenset({"cursor_up", "cursor_down", "page_up", "page_down"})


class AskingScreen(TakingScreen):
    """A screen that asks for one line and lets the typing act at once."""

    @property
    def takes_text(self) -> bool:
        """Whether what is typed is text: then it is left as it is typed."""
        return self._prompt is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Give the prompt its keys while it is open, and take them away from the table."""
        if action in PROMPT_ACTIONS:
            return self._prompt is not None
        if self._prompt is not None and action not in WHILE_ASKING:
            return False
        return super().check_action(action, parameters)

    async def action_find(self) -> None:
        """Ask what to find."""
        await self._ask_for("find")

    async def action_filter(self) -> None:
        """Ask what to keep."""
        await self._ask_for("filter")

    async def action_export(self) -> None:
        """Ask where to."""
        await self._ask_for("export")

    async def action_open(self) -> None:
        """Ask for a path."""
        await self._ask_for("open")

    async def _ask_for(self, what: str, given: str = "") -> None:
        """Open the prompt in place of the footer, with what is given in it, else with what the question proposes."""
        if self.session is None:
            self.say(tr(messages.NOT_YET))
            return
        from tui.screens.questions import ASKS
        from tui.widgets.prompt import Prompt

        if what in BY_INITIALS:
            self.prepare_initials()
        self._ask = ASKS[what](self.session)
        self._prompt = Prompt(self._ask.label, given or self._ask.value, self._ask.hint, id="prompt")
        self.query_one("#footer").display = False
        await self.mount(self._prompt)
        self.set_focus(self._prompt.input)

    def prepare_initials(self) -> None:
        """Load what finds by initials while the user begins to type: too much memory for those who never search."""
        from tui.session.requests import warm_up

        self.run_worker(warm_up, thread=True)

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

    async def on_paste(self, event: Paste) -> None:
        """Propose to open what is dropped on the window: a terminal pastes its path."""
        lines = event.text.split("\n")
        if self._prompt is None and lines[0].strip():
            event.stop()
            await self._ask_for("open", lines[0].strip())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the typing act at once."""
        if self._ask is not None and self.session is not None:
            if self._prompt is not None:
                self._prompt.say(self._ask.label)  # a question about what was typed before is answered
            self.paint(self._ask.change(self.session, event.value))

    async def on_prompt_input_emptied(self) -> None:
        """Take the empty line for an answer and close the prompt."""
        await self._submit()

    async def action_submit(self) -> None:
        """Do what was typed, when the keys typed before have reached the input."""
        if self._prompt is not None:
            await typed_ahead(self._prompt.input, self)
            await self._submit()

    async def _submit(self) -> None:
        """Do what was typed; the prompt stays where that raises a question or fails."""
        if self._ask is None or self._prompt is None or self.session is None:
            return
        answer = self._ask.submit(self.session, self._prompt.value)
        if answer.again:
            self._prompt.say(answer.again)
            self.paint(answer.message)
            return
        await self._close_prompt()
        self.paint(answer.message)
        if answer.opening is not None:
            self.open_path(answer.opening)

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
