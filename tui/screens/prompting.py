"""Asks one question in place of the footer. Find, filter, export, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.message import Message

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.screens.questions import Ask
    from tui.widgets.prompt import Prompt

ROOM_TO_TYPE = 4
"""Cells that a sentence in the line leaves behind what has been typed."""


class Prompting(Horizontal):
    """Asks one question at a time and reports what is typed. The prompt is made when it is first needed."""

    class Changed(Message):
        """Something was typed."""

        def __init__(self, ask: Ask, text: str) -> None:
            super().__init__()
            self.ask = ask
            self.text = text

    class Emptied(Message):
        """There was nothing left to delete: the empty line is the answer."""

    def __init__(self) -> None:
        super().__init__(id="prompting")
        self.ask: Ask | None = None
        """The question; None: nothing is asked."""
        self._prompt: Prompt | None = None

    @property
    def text(self) -> str:
        """What has been typed."""
        return self._prompt.value if self._prompt is not None else ""

    async def open(self, ask: Ask, given: str = "") -> None:
        """Ask a question. The input begins with `given`, else with what the question proposes."""
        from tui.widgets.prompt import Prompt

        if not self.is_attached:  # the program ends
            return
        self.ask = ask
        self._prompt = Prompt(ask.label, given or ask.value, ask.hint)
        self.display = True
        await self.mount(self._prompt)
        self.screen.set_focus(self._prompt.input)

    async def close(self) -> None:
        """Ask no more."""
        prompt, self.ask, self._prompt = self._prompt, None, None
        if prompt is not None:
            await prompt.remove()
        self.display = False

    def ask_again(self, label: str) -> None:
        """Put another label before what was typed."""
        if self._prompt is not None:
            self._prompt.ask(label)

    def answer(self, message: str, width: int) -> bool:
        """Show a sentence beside what is typed, if it fits.

        Returns whether there is room for it in a line of this width (cells).
        """
        if self._prompt is None or self.ask is None:
            return False
        taken = cell_len(self.ask.label) + cell_len(self.text) + ROOM_TO_TYPE
        beside = cell_len(message) <= width - taken
        self._prompt.answer(message if message and beside else self.ask.hint)
        return beside

    def type(self, character: str) -> None:
        """Take in what was typed before the input had the focus."""
        if self._prompt is not None:
            self._prompt.input.insert_text_at_cursor(character)

    async def settle(self) -> None:
        """Wait until the keys typed before have taken effect.

        They have reached the input, and what they change the screen.
        """
        from tui.widgets.prompt import typed_ahead

        if self._prompt is not None:
            await typed_ahead(self._prompt.input, self._prompt, self, self.screen)

    def alternative(self) -> None:
        """Put the next alternative in place of what was typed."""
        if self.ask is not None and self._prompt is not None:
            self._prompt.input.value = self.ask.alternative(self.text)
            self._prompt.input.action_end()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Report what is typed. A question about what was typed before is settled by it."""
        event.stop()
        if self.ask is not None and self._prompt is not None:
            self._prompt.ask(self.ask.label)
            self.post_message(self.Changed(self.ask, event.value))

    def on_prompt_input_emptied(self, event: Message) -> None:
        """Tell that the line is empty and nothing was left to delete."""
        event.stop()
        self.post_message(self.Emptied())
