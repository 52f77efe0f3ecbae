"""Opens what lies over the main screen: menus, texts to read, words of the glossary."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from tui import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.library.intake import Intake
    from tui.screens.main import MainScreen
    from tui.session.session import Session


class Overlays:
    """The modals of the main screen. What is chosen in them is done there."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    async def choose(self, what: str) -> None:
        """Open one of the menus, by its id."""
        session = self._screen.ready()
        if session is None:
            return
        from tui.screens.modals.picker import MENUS, Picker, rank

        self._screen.prepare_initials()
        menu = MENUS[what]
        offered = menu.offer(session)
        if isinstance(offered, str):
            self._screen.say(offered)
        else:
            picker = Picker(tr(menu.title), offered, rank, self._screen.glyphs)
            await self._screen.app.push_screen(picker, partial(self.chosen, what))

    def chosen(self, what: str, value: str | None) -> None:
        """Do what was chosen of a menu. None: nothing was chosen."""
        from tui.screens.modals.picker import MENUS, REPORT

        take, read = MENUS[what].take, MENUS[what].read
        if value is None:
            return
        if read is not None:
            self.read_documents(lambda session: read(session, value))
            return
        if value == REPORT:
            self._screen.act("report")
        elif take is None:
            self._screen.act(value)
        else:
            self._screen.step(lambda session: take(session, value))

    def read_documents(self, wanted: Callable[[Session], Intake | str]) -> None:
        """Read what the session wants to be read; a sentence where there is nothing."""
        session = self._screen.ready()
        found = wanted(session) if session is not None else ""
        if isinstance(found, str):
            self._screen.step(lambda _session: found)
        else:
            self._screen.take_in(found)

    def other_library(self) -> None:
        """Show the sample data, or from them the user's library."""
        from tui.session.putting_aside import other_library

        self.read_documents(other_library)

    async def explain(self) -> None:
        """Show the glossary's words on the term at the cursor. Where there are none, show all of its terms."""
        session = self._screen.ready()
        if session is None:
            return
        from tui.session.requests import explanation

        self._screen.step(lambda _session: "")
        if explanation(session) is None:
            self._screen.step(lambda session: session.show_terms())
        else:
            await self.read("explanation")

    async def arrange(self) -> None:
        """Open the arrangement of the columns."""
        from tui.screens.modals.columns import arrange_columns

        await arrange_columns(self._screen)

    async def read(self, what: str) -> None:
        """Open the help, or a text of the session, to read. A sentence where there is nothing."""
        from tui.screens.modals.reader import Reader

        app, glyphs = self._screen.app, self._screen.glyphs
        if what == "help":
            from tui.render.help import help_lines

            await app.push_screen(Reader(tr(messages.HELP), help_lines(glyphs), glyphs=glyphs))
            return
        session = self._screen.ready()
        if session is None:
            return
        from tui.session.readings import READINGS

        reading = READINGS[what](session)
        if isinstance(reading, str):
            self._screen.say(reading)
        elif reading is not None:
            await app.push_screen(Reader(*reading, glyphs=glyphs))
