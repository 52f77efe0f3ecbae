"""A modal in which one of many things is chosen by arrow keys or by typing a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.containers import Vertical
from textual.widgets import Static

from budget.i18n.language import tr
from tui.actions import Where, bindings
from tui.glyphs import BLOCKS
from tui.locale import zh
from tui.plain import fit, plain, visible
from tui.screens.listing import Listing
from tui.screens.painted import typed_ahead
from tui.widgets.lines import Lines, TextLine
from tui.widgets.prompt import PromptInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key
    from textual.widgets import Input

    from tui.glyphs import Glyphs

HINT_WIDTH = 16


class Choice(NamedTuple):
    """One thing to choose; `title` and `hint` may be foreign text."""

    value: str
    title: str
    hint: str = ""
    current: bool = False
    chinese: str = ""  # the title in Chinese where it is shown in English: it is found by both


class Picker(Listing[str | None]):
    """Title, input and choices; dismissed with the value of the choice or None."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PICKER)]
    takes_text = True

    def __init__(
        self, title: str, choices: Sequence[Choice], rank: Callable[[str, str], int | None], glyphs: Glyphs = BLOCKS
    ) -> None:
        super().__init__(glyphs)
        self._heading, self._choices, self._rank = title, choices, rank
        self._shown: list[Choice] = list(choices)

    def compose(self) -> ComposeResult:
        """Make title, input, choices and footer."""
        with Vertical(id="picker"):
            yield Static(plain(self._heading), id="picker-title")
            yield PromptInput(placeholder=tr(zh.PICKER_PLACEHOLDER), compact=True, id="picker-input")
            yield Lines(cursor=True, id="picker-lines")
            yield self.key_line(zh.PICKER_FOOTER, id_="picker-footer")

    def on_mount(self) -> None:
        """Show all choices, the present one under the cursor."""
        self.body.can_focus = False
        self.set_focus(self.query_one(PromptInput))
        at = next((index for index, choice in enumerate(self._choices) if choice.current), 0)
        self._fill(list(self._choices), at)

    def on_key(self, event: Key) -> None:
        """Give the input what was typed before it had the focus."""
        if event.is_printable and event.character:
            event.stop()
            self.query_one(PromptInput).insert_text_at_cursor(event.character)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the choices that hold what is typed, or whose pinyin initials do; those that begin with it first."""
        text = event.value.strip()
        ranked = [(self._place(choice, text), choice) for choice in self._choices]
        found = [(place, choice) for place, choice in ranked if place is not None]
        self._fill([choice for _, choice in sorted(found, key=lambda item: item[0])] if text else list(self._choices))

    def on_prompt_input_emptied(self) -> None:
        """Close."""
        self.close_with(None)

    def on_lines_chosen(self) -> None:
        """Choose what was clicked."""
        self._choose()

    async def action_choose(self) -> None:
        """Choose, when the keys typed before have reached the input."""
        await typed_ahead(self.query_one(PromptInput), self)
        self._choose()

    def _choose(self) -> None:
        """Close with the choice at the cursor."""
        if self._shown:
            self.close_with(self._shown[self.body.cursor].value)

    def action_close(self) -> None:
        """Close with nothing chosen."""
        self.close_with(None)

    def _place(self, choice: Choice, text: str) -> int | None:
        """How well the text fits the title, or the Chinese title where that is another."""
        ranks = [self._rank(title, text) for title in (choice.title, choice.chinese) if title]
        return min((place for place in ranks if place is not None), default=None)

    def _fill(self, choices: list[Choice], at: int = 0) -> None:
        self._shown = choices
        widest = max([cell_len(choice.hint) for choice in self._choices], default=0)
        width = max(widest + 2, HINT_WIDTH) if widest else 0
        lines = [TextLine(choice.title, fit(visible(choice.hint), width) if width else "") for choice in choices]
        self.body.show(lines or [TextLine(tr(zh.NOTHING_MATCHES), style="dim")], at)
