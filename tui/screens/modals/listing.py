"""What the modals that show lines have in common: moving in them, and closing once."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.screen import ModalScreen, Screen

from budget.i18n.language import tr
from tui.actions import by_id
from tui.screens.steady import Steady
from tui.terminal.glyphs import BLOCKS
from tui.widgets.keyline import KeyEntry, KeyLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.binding import BindingType

    from tui.action import Where
    from tui.terminal.glyphs import Glyphs
    from tui.widgets.lines import Lines

GAP = "   "
"""Between two keys at the bottom."""
Result = TypeVar("Result")


class Listing(Steady, ModalScreen[Result]):
    """A modal with one body of lines."""

    PLACE: ClassVar[Where]
    """Where its keys stand in the registry."""

    def __init__(self, body: Lines, glyphs: Glyphs = BLOCKS) -> None:
        super().__init__()
        self.body = body
        self.glyphs = glyphs

    async def action_act(self, id_: str) -> None:
        """Do what the registry knows by this id."""
        await by_id(self.PLACE, id_).run(self)

    def key_line(self, keys: Mapping[str, str], id_: str) -> KeyLine:
        """The line at the bottom, of (action: key and word)."""
        return KeyLine(
            [KeyEntry(action, "", self.glyphs.named(tr(label))) for action, label in keys.items()], GAP, id=id_
        )

    async def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        await self.action_act(event.action)

    def move(self, lines: int) -> None:
        """Move by lines."""
        self.body.move(lines)

    def turn(self, pages: int) -> None:
        """Move by pages."""
        self.body.move(pages * max(1, self.body.size.height - 1))

    def close_with(self, result: Result | None) -> None:
        """Close, unless it is closed, or another screen stands above it.

        A key typed before may have done either.
        """
        if self.app.screen is self:
            self.dismiss(result)


Keyed = TypeVar("Keyed", bound=Screen[Any])


def with_keys(screen: type[Keyed], bindings: Sequence[BindingType]) -> type[Keyed]:
    """Return a screen class with these bindings instead of its own. Those that Textual gives every screen are kept."""
    body = {"BINDINGS": [*Screen.BINDINGS, *bindings], "__module__": screen.__module__}
    made: type[Keyed] = types.new_class(
        screen.__name__, (screen,), {"inherit_bindings": False}, lambda namespace: namespace.update(body)
    )
    return made
