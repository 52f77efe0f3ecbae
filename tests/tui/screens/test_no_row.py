"""A filter that leaves no row: the row where the cursor was before is neither told of nor entered."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from budget.library.frames import frames
from budget.views.state import View, ViewState
from tests.budget.views.test_findings import changed
from tests.support.builders import forest
from tests.support.driving import browser, main, settled, text
from tui.action import Where
from tui.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

NOWHERE = "没有这样的行"
AT_THE_CURSOR = ("enter", "whole", "compare", "years", "peers", "execution", "pivot")
"""Actions that begin with the row at the cursor, in the library."""


@asynccontextmanager
async def without_rows(view: View, key: str) -> AsyncIterator[Pilot[None]]:
    """A view whose cursor was on the row that begins with a key, and whose filter leaves no row."""
    document = changed(2025)
    disclosure = "" if view is View.LIBRARY else document.head.disclosure_id
    async with browser(frames([document, forest(2024)]), state=ViewState(disclosure=disclosure, view=view)) as pilot:
        await settled(pilot)
        screen = main(pilot)
        if view is View.FINDINGS:
            await screen.action_act("findings")  # they are made now
        session = screen.session
        assert session is not None
        keys = session.table.frame["key"].to_list()
        screen.body.move_to(next((index for index, one in enumerate(keys) if one.startswith(key)), 0))
        await settled(pilot)
        screen.step(lambda session: session.filter(NOWHERE))
        await settled(pilot)
        assert session.state.cursor.startswith(key)
        assert not session.table.frame.height
        yield pilot


async def test_enter_on_no_finding_shows_no_sources() -> None:
    async with without_rows(View.FINDINGS, "sum_of_rows/") as pilot:
        before = main(pilot).session.state
        for action in ("enter", "whole"):
            await main(pilot).action_act(action)
            await settled(pilot)
            assert pilot.app.screen is main(pilot), action
        assert main(pilot).session.state == before


@pytest.mark.parametrize("action", AT_THE_CURSOR)
async def test_no_document_of_the_library_is_opened_or_told_of(action: str) -> None:
    async with without_rows(View.LIBRARY, "") as pilot:
        assert "2024.txt" not in text(pilot)
        before = main(pilot).session.state
        await main(pilot).action_act(action)
        await settled(pilot)
        assert main(pilot).session.state == before
        assert main(pilot).footer.message


@pytest.mark.long
@pytest.mark.parametrize("view", [View.EXPENDITURE, View.FINDINGS, View.LIBRARY, View.TEXT, View.YEARS])
async def test_every_action_goes_on_without_rows(view: View) -> None:
    for action in [one.id for one in ACTIONS if one.where is Where.MAIN and one.id not in {"quit", "copy", "export"}]:
        async with without_rows(view, "") as pilot:
            await main(pilot).action_act(action)
            await settled(pilot)
            assert pilot.app.is_running, action
