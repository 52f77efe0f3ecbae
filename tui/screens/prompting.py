"""Asks one question in place of the footer. Find, filter, export, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.message import Message

from tui.screens.steady import forget_the_gone

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.screens.questions import Question
    from tui.widgets.prompt import Prompt

ROOM_TO_TYPE = 4
"""Cells that a sentence in the line leaves behind what has been typed."""


class Prompting(Horizontal):
    """Asks one question at a time and reports what is typed. The prompt is made when it is first needed."""

    class Changed(Message):
        """Something was typed."""

        def __init__(self, question: Question, text: str) -> None:
            super().__init__()
            self.question = question
            self.text = text

    class Emptied(Message):
        """There was nothing left to delete: the empty line is the answer."""

    def __init__(self) -> None:
        super().__init__(id="prompting")
        self.question: Question | None = None
        """The question; None: nothing is asked."""
        self._prompt: Prompt | None = None

    @property
    def text(self) -> str:
        """What has been typed."""
        return self._prompt.value if self._prompt is not None else ""

    async def open(self, question: Question, given: str = "") -> None:
        """Ask a question. The input begins with `given`, else with what the question proposes."""
        from tui.widgets.prompt import Prompt

        if not self.is_attached:  # the program ends
            return
        former, self.question = self._prompt, question
        text = given or question.value
        prompt = self._prompt = Prompt(question.label, text, _hint(question, text, self.screen.size.width))
        self.display = True
        if former is not None:  # asked by a key and by what was pasted, before either could be answered
            former.remove()
        await self.mount(prompt)
        if self._prompt is prompt:
            self.screen.set_focus(prompt.input)

    async def close(self) -> None:
        """Ask no more."""
        prompt, self.question, self._prompt = self._prompt, None, None
        if prompt is not None:
            await prompt.remove()
            forget_the_gone()
        self.display = self._prompt is not None  # asked again meanwhile

    def relabel(self, label: str) -> None:
        """Put another label before what was typed."""
        if self._prompt is not None:
            self._prompt.set_label(label)

    def show_message(self, message: str, width: int) -> bool:
        """Show a sentence beside what is typed, if it fits.

        Returns whether there is room for it in a line of this width (cells).
        """
        if self._prompt is None or self.question is None:
            return False
        beside = cell_len(message) <= width - _taken(self.question, self.text)
        self._prompt.set_hint(message if message and beside else _hint(self.question, self.text, width))
        return beside

    def type(self, character: str) -> None:
        """Take in what was typed before the input had the focus."""
        if self._prompt is not None:
            self._prompt.input.insert_text_at_cursor(character)

    async def settle(self) -> None:
        """Wait until the keys typed before have taken effect.

        They have reached the input, and what they change the screen.
        """
        from tui.widgets.prompt import wait_for_keys

        if self._prompt is not None:
            await wait_for_keys(self._prompt.input, self._prompt, self, self.screen)

    def alternative(self) -> None:
        """Put the next alternative in place of what was typed."""
        if self.question is not None and self._prompt is not None:
            self._prompt.input.value = self.question.alternative(self.text)
            self._prompt.input.action_end()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Report what is typed. A question about what was typed before is settled by it."""
        event.stop()
        if self.question is not None and self._prompt is not None:
            self._prompt.set_label(self.question.label)
            self.post_message(self.Changed(self.question, event.value))

    def on_prompt_input_emptied(self, event: Message) -> None:
        """Tell that the line is empty and nothing was left to delete."""
        event.stop()
        self.post_message(self.Emptied())


def _taken(question: Question, text: str) -> int:
    """Cells of a line that label and text take."""
    return cell_len(question.label) + cell_len(text) + ROOM_TO_TYPE


def has_room_for_hint(question: Question, width: int) -> bool:
    """Whether the hint fits beside the label (width in cells)."""
    return cell_len(question.hint) <= width - _taken(question, "")


def _hint(question: Question, text: str, width: int) -> str:
    """The hint of a question, with more of it where a line of this width (cells) has room."""
    if not has_room_for_hint(question, width):
        return ""
    whole = " ".join(filter(None, (question.hint, question.more)))
    return whole if cell_len(whole) <= width - _taken(question, text) else question.hint
