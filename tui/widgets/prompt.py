"""The line at the bottom in which something is typed: find, filter, open, export."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from tui.terminal.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.events import Key
    from textual.screen import Screen
    from textual.signal import Signal
    from textual.widget import Widget

KEY_DRAIN_TIMEOUT_S = 1.0
"""Seconds that a key waits at most for those typed before it."""


async def wait_for_keys(*widgets: Widget) -> None:
    """Wait until these widgets have handled the keys sent to them.

    One after the other, at most `KEY_DRAIN_TIMEOUT_S` seconds.
    """
    handled = asyncio.Event()
    then: Callable[[], object] = handled.set
    for widget in reversed(widgets):
        then = partial(widget.call_later, then)
    then()
    with suppress(TimeoutError):
        await asyncio.wait_for(handled.wait(), KEY_DRAIN_TIMEOUT_S)


class PromptInput(Input):
    """An input that tells when backspace finds nothing to delete."""

    class Emptied(Message):
        """There was nothing left to delete: the key that goes back in tables goes back here too."""

    bound_to: Signal[Screen[Any]] | None = None
    """The signal to which Textual binds the input."""

    def on_mount(self) -> None:
        """Remember what Textual binds the input to."""
        self.bound_to = self.screen.text_selection_started_signal

    def on_unmount(self) -> None:
        """Let go of the signal, which would keep the input alive."""
        if self.bound_to is not None:
            self.bound_to.unsubscribe(self)

    def on_key(self, event: Key) -> None:
        """Tell the screen when the backspace key finds nothing to delete."""
        if event.key == "backspace" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Emptied())


class Prompt(Horizontal):
    """A label, an input and a hint on one line."""

    def __init__(self, label: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._label = Static(plain(label), id="prompt-label")
        self.input = PromptInput(value, compact=True, select_on_focus=False, id="prompt-input")
        self._hint = Static(plain(f" {hint}"), id="prompt-hint")

    def compose(self) -> ComposeResult:
        """Make label, input and hint."""
        yield self._label
        yield self.input
        yield self._hint

    @property
    def value(self) -> str:
        """What has been typed."""
        return self.input.value

    def set_label(self, label: str) -> None:
        """Put another label before the input: a question about what was typed."""
        self._label.update(plain(label))

    def set_hint(self, hint: str) -> None:
        """Put another hint behind the input: what the typing found."""
        self._hint.update(plain(f" {hint}"))
