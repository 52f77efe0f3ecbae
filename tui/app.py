"""The terminal application; this module is on the way to the first paint and imports neither Polars nor budget."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.theme import Theme

from budget.language import tr
from tui.loaded import Options
from tui.locale import zh
from tui.screens.main import MainScreen
from tui.screens.small import SmallScreen, too_small
from tui.start import home

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from textual.events import Resize
    from textual.screen import Screen

    from tui.loaded import LoadedFrames

THEME = Theme(
    name="yusuan",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_blue",
        "border-blurred": "ansi_bright_black",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_white",
    },
)
"""The terminal's own colours, so that light and dark terminals and 16 colours all serve."""


class YusuanApp(App[None]):
    """Shows the main screen at once and reads the documents in a worker thread."""

    CSS_PATH = Path(__file__).with_name("yusuan.tcss")
    TITLE = zh.APP
    ENABLE_COMMAND_PALETTE = False  # the palette is a picker of our own, made from the action registry
    ESCAPE_TO_MINIMIZE = False
    ALLOW_SELECT: ClassVar[bool] = False
    PAUSE_GC_ON_SCROLL = True

    def __init__(
        self,
        load: Callable[[], LoadedFrames],
        options: Options | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        super().__init__(ansi_color=True)  # known before NO_COLOR is looked at: it decides how colours are taken away
        self.load = load
        self.stop = stop
        self.options = options or Options()
        self.animation_level = "none"
        self.register_theme(THEME)
        self.theme = THEME.name
        self.set_class(self.options.ascii, "-ascii")

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen."""
        return MainScreen(self.load, self.options, self.stop)

    def on_resize(self, event: Resize) -> None:
        """Cover everything while the terminal is too small, and uncover it again."""
        small = too_small(event.size.width, event.size.height)
        covered = isinstance(self.screen, SmallScreen)
        if small and not covered:
            self.push_screen(SmallScreen())
        elif covered and not small:
            self.pop_screen()

    def _handle_exception(self, error: Exception) -> None:
        """End with a sentence instead of a traceback; tests still see the error itself."""
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self._return_code = 1
            self.panic(Text(tr(zh.CRASHED).format(_note(error))))

    def action_help_quit(self) -> None:
        """Answer Ctrl+C, which many use to quit, in Chinese."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            screen.say(tr(zh.QUIT_HINT))


def _note(error: Exception) -> str:
    """Write down what happened, for whoever is asked for help; where to, or what it was."""
    path = home() / "errors.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return f"{type(error).__name__} {error}"
    return str(path)


def run(load: Callable[[], LoadedFrames], options: Options | None = None, stop: threading.Event | None = None) -> int:
    """Open the browser and stay until the user quits; return the exit status.

    `load` runs in a worker thread after the first paint; `stop` is set when the user quits.
    """
    options = options or Options()
    app = YusuanApp(load, options, stop)
    app.run(mouse=options.mouse)
    return app.return_code or 0
