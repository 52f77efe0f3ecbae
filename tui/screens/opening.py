"""Opens the session in the reading thread; it alone imports heavy packages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.library.frames import concat
from budget.model.disclosure import UnreadableDocumentError
from budget.views.registry import import_views
from tui import messages
from tui.library.loaded import LoadedFrames
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.library.loaded import Options
    from tui.terminal.glyphs import Glyphs

LATER = (
    "budget.checks.catalogue",
    "budget.checks.wording",
    "budget.views.row.marks",
    "loaders.workers.pool",
    "tui.render.help",
    "tui.screens.modals.beside",
    "tui.screens.modals.columns",
    "tui.screens.modals.picker",
    "tui.screens.modals.reader",
    "tui.screens.questions",
    "tui.session.readings",
)


def open_session(load: Callable[[], LoadedFrames], glyphs: Glyphs, options: Options) -> Session:
    """Read the documents and make the first table. What fails becomes a message and leaves the browser open."""
    try:
        loaded = load()
    except UnreadableDocumentError as error:  # another document may be readable
        loaded = LoadedFrames(concat([]), messages=(str(error),))
    except Exception as error:  # noqa: BLE001 - as above: a thread's traceback over the screen helps nobody
        loaded = LoadedFrames(concat([]), messages=(tr(messages.FAILED).format(f"{type(error).__name__} {error}"),))
    return Session(loaded, glyphs, options)


def import_rest() -> None:
    """Import what keys need, once the first figures are shown."""
    import_views()
    for name in LATER:
        import_module(name)
