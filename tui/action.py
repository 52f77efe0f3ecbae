"""An action of the registry: its keys, its words, its step. And what the steps can do with a screen."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol

from textual.binding import Binding

from budget.i18n.language import N_

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.session.session import Session

COMMA = {",": "comma"}
"""Textual separates keys by commas."""


class Where(Enum):
    """The places in which keys mean something; the value is the heading in the help."""

    MAIN = N_("浏览")
    PICKER = N_("选单")
    READER = N_("正文、帮助与报告")
    BESIDE = N_("两处原文")
    COLUMNS = N_("列的安排")
    PROMPT = N_("输入行")


class When(Enum):
    """When the action of a key is possible."""

    ALWAYS = auto()
    """Also while the prompt asks for something."""
    BROWSING = auto()
    """While nothing is asked for."""
    READ = auto()
    """As `BROWSING`, and once there is something to browse: before, the screen says that it is being read."""
    ASKING = auto()
    """While the prompt asks for something."""


class Over(Protocol):
    """What an action can lay over the main screen."""

    async def explain(self) -> None:
        """Show the glossary's words on the row at the cursor."""

    def other_library(self) -> None:
        """Show the sample data, or from them the user's library."""

    async def choose(self, what: str) -> None:
        """Open a choice by its id."""

    async def read(self, what: str) -> None:
        """Open something to read by its id."""

    async def arrange(self) -> None:
        """Open the arrangement of the columns."""


class Browser(Protocol):
    """What an action can do with the main screen. The actions of the prompt run on it too."""

    over: Over

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""

    def turn(self, pages: int) -> None:
        """Move the cursor by pages."""

    def first(self) -> None:
        """Move the cursor to the first row."""

    def last(self) -> None:
        """Move the cursor to the last row."""

    def scroll_side(self, columns: int) -> None:
        """Bring columns at the side into sight."""

    def step(self, action: Callable[[Session], str]) -> None:
        """Let the session take a step, and show what it is then."""

    async def enter(self) -> None:
        """Go into the row at the cursor, or one of several places."""

    def turn_to_side(self) -> None:
        """Give the focus to the next pane beside the table."""

    def toggle_sides(self) -> None:
        """Hide the panes beside the table, or show them."""

    async def ask(self, what: str) -> None:
        """Open a question by its id."""

    def copy(self) -> None:
        """Copy the row at the cursor."""

    def stop(self) -> None:
        """Stop reading documents."""

    def leave(self) -> None:
        """End the program."""

    async def submit(self) -> None:
        """Take what was typed for the answer."""

    async def cancel(self) -> None:
        """Close the question and undo what the typing did."""

    def alternative(self) -> None:
        """Put the next alternative in place of what was typed."""


class Modal(Protocol):
    """What the actions of modals can do with them."""

    def move(self, lines: int) -> None:
        """Move by lines."""

    def turn(self, pages: int) -> None:
        """Move by pages."""

    def close(self) -> None:
        """Go back to the main screen."""


class LongModal(Modal, Protocol):
    """A modal with a text to read."""

    def first(self) -> None:
        """Go to the beginning."""

    def last(self) -> None:
        """Go to the end."""


class ChoosingModal(Modal, Protocol):
    """A modal with something to choose."""

    async def choose(self) -> None:
        """Take the choice at the cursor."""


class ArrangingModal(Modal, Protocol):
    """A modal in which columns are arranged."""

    def hide(self) -> None:
        """Hide the column at the cursor, or show it."""

    def pin(self) -> None:
        """Let the column at the cursor stay beside the name, or not."""

    def shift(self, step: int) -> None:
        """Put the column at the cursor earlier (-1) or later (1)."""

    def restore(self) -> None:
        """Bring back the columns as the document has them."""

    def choose(self) -> None:
        """Have the columns so."""


class ComparingModal(Modal, Protocol):
    """A modal with two texts beside one another."""

    def other(self) -> None:
        """Move in the other text from here on."""

    def next(self) -> None:
        """Show the next of several figures."""

    def show(self) -> None:
        """Go to the row of the figure."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its keys, its words, when it is possible, its step."""

    id: str
    where: Where
    keys: tuple[str, ...]
    """As Textual names them, or the character itself; the first is shown; those in full width are not among them."""
    title: str
    description: str
    step: Callable[[Any], Awaitable[None] | None]
    """Given what is in the foreground: a `Browser` or a `Modal`."""
    palette: bool = True
    """False for mere movements, which make no sense in a list of commands."""
    when: When = When.ALWAYS

    @property
    def binding(self) -> Binding:
        """The Textual binding; with priority, so that keys are answered in the order in which they are typed."""
        keys = ",".join(COMMA.get(key, key) for key in self.keys)
        return Binding(keys, f"act('{self.id}')", self.title, show=False, priority=True)

    async def run(self, target: object) -> None:
        """Take the step; `target` is what is in the foreground."""
        done = self.step(target)
        if inspect.isawaitable(done):
            await done


def main_action(
    id_: str, keys: str, title: str, description: str, step: Callable[[Browser], Awaitable[None] | None],
    when: When = When.READ, *, palette: bool = True,
) -> Action:  # fmt: skip
    """Return an action of the main screen."""
    return Action(id_, Where.MAIN, tuple(keys.split()), title, description, step, palette, when)


def move_action(
    id_: str, keys: str, title: str, description: str, step: Callable[[Browser], None], when: When
) -> Action:
    """Return a mere movement of the main screen."""
    return main_action(id_, keys, title, description, step, when=when, palette=False)


def session_action(id_: str, keys: str, title: str, description: str, step: Callable[[Session], str]) -> Action:
    """Return an action that the session does alone: it needs nothing of the screen."""
    return main_action(id_, keys, title, description, lambda browser: browser.step(step))


def prompt_action(
    id_: str, keys: str, title: str, description: str, step: Callable[[Browser], Awaitable[None] | None]
) -> Action:
    """Return an action of the prompt."""
    return Action(id_, Where.PROMPT, tuple(keys.split()), title, description, step, palette=False, when=When.ASKING)


def picker_action(
    id_: str, keys: str, title: str, description: str, step: Callable[[ChoosingModal], Awaitable[None] | None]
) -> Action:
    """Return an action of the picker."""
    return Action(id_, Where.PICKER, tuple(keys.split()), title, description, step, palette=False)


def beside_action(id_: str, keys: str, title: str, description: str, step: Callable[[ComparingModal], None]) -> Action:
    """Return an action of two sources beside one another."""
    return Action(id_, Where.BESIDE, tuple(keys.split()), title, description, step, palette=False)


def columns_action(id_: str, keys: str, title: str, description: str, step: Callable[[ArrangingModal], None]) -> Action:
    """Return an action of the arrangement of columns."""
    return Action(id_, Where.COLUMNS, tuple(keys.split()), title, description, step, palette=False)


def reader_action(id_: str, keys: str, title: str, description: str, step: Callable[[LongModal], None]) -> Action:
    """Return an action of a text that is read."""
    return Action(id_, Where.READER, tuple(keys.split()), title, description, step, palette=False)
