"""The line at the bottom in which something is typed: find, filter, open, export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from tui.terminal.text import plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key


class PromptInput(Input):
    """An input that gives way when the user deletes from an empty line."""

    class Emptied(Message):
        """There was nothing left to delete: the key that goes back in tables goes back here too."""

    def on_key(self, event: Key) -> None:
        """Tell the screen when the backspace key finds nothing to delete."""
        if event.key == "backspace" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Emptied())


class Prompt(Horizontal):
    """A label and an input on one line; the screen that mounts it answers Enter, Tab and Esc."""

    def __init__(self, label: str, value: str = "", hint: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self._label, self._value, self._hint = label, value, hint

    def compose(self) -> ComposeResult:
        """Make label, input and hint."""
        yield Static(plain(self._label), id="prompt-label")
        yield PromptInput(self._value, compact=True, select_on_focus=False, id="prompt-input")
        yield Static(plain(f" {self._hint}"), id="prompt-hint")

    @property
    def input(self) -> PromptInput:
        """The input itself."""
        return self.query_one(PromptInput)

    @property
    def value(self) -> str:
        """What has been typed."""
        return self.input.value

    def say(self, label: str) -> None:
        """Put another label before the input: a question about what was typed."""
        self.query_one("#prompt-label", Static).update(plain(label))

    def answer(self, hint: str) -> None:
        """Put another hint behind the input: what the typing found."""
        self.query_one("#prompt-hint", Static).update(plain(f" {hint}"))
