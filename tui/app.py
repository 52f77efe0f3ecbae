"""The terminal application. It is on the way to the first paint and imports neither Polars nor `budget.views`."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.events import InputEvent, Key, Paste
from textual.keys import _character_to_key

from budget.i18n.language import tr
from tui import messages
from tui.action import Where
from tui.actions import bindings, hinted, use_keys
from tui.library.documents import home
from tui.library.loaded import Options
from tui.screens.main import MainScreen
from tui.screens.modals.listing import with_keys
from tui.screens.modals.small import SmallScreen, small_screen, too_small
from tui.terminal.folding import Folding
from tui.terminal.fullwidth import plain_key
from tui.terminal.glyphs import ASCII, BLOCKS
from tui.terminal.streams import clipboard_sequence
from tui.terminal.themes import TERMINAL, theme_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.events import Event, Resize
    from textual.filter import LineFilter
    from textual.screen import Screen

    from tui.library.loaded import LoadedFrames
    from tui.session.kept_screens import KeptScreens


class YusuanApp(App[None]):
    """The application: shows the main screen, reads documents in a worker thread."""

    CSS_PATH = Path(__file__).with_name("yusuan.tcss")
    TITLE = messages.APP
    ENABLE_COMMAND_PALETTE = False  # the palette is a picker of our own, made from the action registry
    ESCAPE_TO_MINIMIZE = False
    ALLOW_SELECT: ClassVar[bool] = False
    PAUSE_GC_ON_SCROLL = True

    def __init__(
        self,
        load: Callable[[], LoadedFrames],
        options: Options | None = None,
        stop: threading.Event | None = None,
        kept: KeptScreens | None = None,
    ) -> None:
        self.options = options or Options()
        self.kept = kept
        theme = theme_of(self.options.theme)
        super().__init__(ansi_color=theme.ansi)  # before NO_COLOR is looked at: it decides how colours are taken away
        self.load = load
        self.stop = stop
        self.leaving = False
        """Whether the end has begun."""
        self.has_failed = False
        self.animation_level = "none"
        use_keys(self.options.keys)
        self.register_theme(theme)
        # not by its watcher, which would read all styles a second time: nothing has been drawn yet
        self.set_reactive(App.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.options.ascii, "-ascii")
        self.folding = Folding(ASCII if self.options.ascii else BLOCKS)

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen."""
        keyed = with_keys(MainScreen, [*bindings(Where.MAIN), *bindings(Where.PROMPT)])
        screen = keyed if self.options.keys else MainScreen
        return screen(self.load, self.options, self.stop, self.kept).of_height(self.size.height)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own variables, which a theme of Textual does not have."""
        return TERMINAL.variables

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's driver, on POSIX with what our terminals need."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from tui.terminal.driver import Terminal

        return Terminal

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what changes the drawn lines: the colours that are not wanted, the characters that cannot be drawn."""
        filters = super().get_line_filters()
        return [*filters, self.folding] if self.folding.enabled else filters

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End the application. What is typed from here on is ignored: the screens are closing."""
        self.leaving = True
        super().exit(result, return_code, message)

    async def on_event(self, event: Event) -> None:
        """Take a full-width key for the plain key it stands for.

        An input method sends it; where text is asked for it stays as it is.
        """
        if self.leaving and isinstance(event, (InputEvent, Paste)):
            return
        if isinstance(event, Key) and not event.is_forwarded and event.character:
            character = plain_key(event.character)
            if character != event.character and not getattr(self.screen, "takes_text", False):
                event = Key(_character_to_key(character), character)
        if isinstance(event, (Key, Paste)) and not event.is_forwarded and self._is_held(event):
            return
        await super().on_event(event)

    def _is_held(self, event: Key | Paste) -> bool:
        """Whether the main screen keeps what is typed until there is a session."""
        screen = self.screen
        return isinstance(screen, MainScreen) and screen.holds(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Send a text to the clipboard of the terminal. Nothing happens where it has none."""
        self._clipboard = text
        if self._driver is not None and (sequence := clipboard_sequence(text)):
            self._driver.write(sequence)

    def on_resize(self, event: Resize) -> None:
        """Cover everything while the terminal is too small, and uncover it again."""
        if self.leaving:
            return
        small = too_small(event.size.width, event.size.height)
        covered = isinstance(self.screen, SmallScreen)
        if small and not covered:
            self.push_screen(small_screen())
        elif covered and not small:
            self.pop_screen()

    def _handle_exception(self, error: Exception) -> None:
        """End with a sentence instead of a traceback; tests still see the error itself.

        Only the first error is told and noted: those behind it are its consequences, and of several Textual would
        speak in words of its own.
        """
        if self.is_headless:
            super()._handle_exception(error)
        elif not self.has_failed:
            self.has_failed = self.leaving = True
            self._return_code = 1
            self.panic(Text(tr(messages.CRASHED).format(_write_error_log(error))))

    def action_help_quit(self) -> None:
        """Answer Ctrl+C, which many use to quit, in Chinese."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            screen.say(hinted(messages.QUIT_HINT))


def _write_error_log(error: Exception) -> str:
    """Write down what happened, for whoever is asked for help; where to, or what it was."""
    path = home() / "errors.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return f"{type(error).__name__} {error}"
    return str(path)


def run(
    load: Callable[[], LoadedFrames],
    options: Options | None = None,
    stop: threading.Event | None = None,
    kept: KeptScreens | None = None,
) -> int:
    """Open the browser and stay until the user quits; return the exit status.

    `load` runs in a worker thread after the first paint; `stop` is set when the user quits.  `kept` has the picture to
    begin with, and keeps that of the last screen.
    """
    options = options or Options()
    app = YusuanApp(load, options, stop, kept)
    app.run(mouse=options.mouse)
    if kept is not None and not app.has_failed:
        kept.at_end()
    return app.return_code or 0
