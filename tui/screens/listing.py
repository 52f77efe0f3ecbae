"""What the modals that show lines have in common: moving in them, and closing once."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import ModalScreen, Screen

from budget.i18n.language import tr
from tui.terminal.glyphs import BLOCKS
from tui.widgets.keyline import KeyEntry, KeyLine
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.binding import BindingType

    from tui.terminal.glyphs import Glyphs

GAP = "   "
"""Between two keys at the bottom."""
Result = TypeVar("Result")


class Listing(ModalScreen[Result]):
    """A modal with one body of lines."""

    def __init__(self, glyphs: Glyphs = BLOCKS) -> None:
        super().__init__()
        self.glyphs = glyphs

    def key_line(self, keys: Mapping[str, str], id_: str) -> KeyLine:
        """The line at the bottom, of (action: key and word)."""
        return KeyLine(
            [KeyEntry(action, "", self.glyphs.named(tr(said))) for action, said in keys.items()], GAP, id=id_
        )

    async def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        await self.run_action(event.action)

    @property
    def body(self) -> Lines:
        """The lines."""
        return self.query_one(Lines)

    def action_down(self) -> None:
        """Move down by a line."""
        self.body.move(1)

    def action_up(self) -> None:
        """Move up by a line."""
        self.body.move(-1)

    def action_page_down(self) -> None:
        """Move down by a page."""
        self.body.move(self._page)

    def action_page_up(self) -> None:
        """Move up by a page."""
        self.body.move(-self._page)

    @property
    def _page(self) -> int:
        return max(1, self.body.size.height - 1)

    def close_with(self, result: Result | None) -> None:
        """Close, unless a key typed before has done so already."""
        if self.is_current:
            self.dismiss(result)


Keyed = TypeVar("Keyed", bound=Screen[Any])


def with_keys(screen: type[Keyed], bindings: Sequence[BindingType]) -> type[Keyed]:
    """Return the same screen with these bindings in place of its own, those of every screen of Textual kept."""
    body = {"BINDINGS": [*Screen.BINDINGS, *bindings], "__module__": screen.__module__}
    made: type[Keyed] = types.new_class(
        screen.__name__, (screen,), {"inherit_bindings": False}, lambda namespace: namespace.update(body)
    )
    return made
