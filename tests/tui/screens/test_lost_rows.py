"""The rows of a library that cannot be had: every action says so, or does without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from budget.library.frames import SCHEMAS, SHELVED, summary
from budget.library.parts import DamagedPartError
from tests.support.driving import browser, main, settled
from tests.support.small import small
from tui.action import Where
from tui.actions import ACTIONS

if TYPE_CHECKING:
    import polars as pl

    from budget.library.frames import Frames

GONE = "资料库里已找不到这份资料"


class Lost:
    """A shelf from which everything has gone."""

    def rows(self, disclosure_id: str) -> dict[str, pl.DataFrame]:
        if not disclosure_id:
            return {name: SCHEMAS[name].to_frame() for name in SHELVED}
        raise DamagedPartError(GONE)

    def passages(self, disclosure_id: str) -> pl.DataFrame:
        raise DamagedPartError(GONE)

    def pieces(self) -> NoReturn:
        raise DamagedPartError(GONE)


def lost() -> Frames:
    return summary(small(), Lost())


async def said_of(action: str) -> str:
    """The sentence that an action gives."""
    async with browser(lost()) as pilot:
        await main(pilot).action_act(action)
        await settled(pilot)
        assert pilot.app.is_running, action
        return main(pilot).footer.message


async def test_a_note_on_what_has_gone_is_refused_in_one_sentence() -> None:
    assert GONE in await said_of("note")


@pytest.mark.long
async def test_every_action_goes_on_without_the_rows() -> None:
    actions = [action.id for action in ACTIONS if action.where is Where.MAIN and action.id != "quit"]
    said = {action: await said_of(action) for action in actions}
    assert all(GONE in said[action] for action in ("enter", "compare", "pivot", "note"))
