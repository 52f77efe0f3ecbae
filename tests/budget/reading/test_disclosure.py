"""Open disclosures: found again while somebody holds them, and let go of at once when nobody does."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING

from polars.testing import assert_frame_equal

from budget.checks.cache import checked
from budget.library.frames import SCHEMAS, SHELVED, frames
from budget.reading.disclosure import opened, opened_together
from budget.views.registry import every_state, view_table
from budget.views.state import ViewState
from tests.support.small import disclosure, small

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from budget.library.frames import Frames
    from budget.library.gathered.search_index import Sought


class Shelf:
    """A library that knows how often a disclosure was taken from it."""

    def __init__(self, held: Frames) -> None:
        self.held = held
        self.taken: list[str] = []
        self.texts: list[str] = []

    def rows(self, disclosure_id: str) -> dict[str, pl.DataFrame]:
        self.taken.append(disclosure_id)
        own = self.held.of(disclosure_id)
        return {name: getattr(own, name) for name in SHELVED}

    def passages(self, disclosure_id: str) -> pl.DataFrame:
        self.texts.append(disclosure_id)
        return self.held.of(disclosure_id).passages

    def pieces(self, sought: Sought) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        yield self.held.lines, self.held.cells


def look_at_all_of(held: Frames) -> list[weakref.ref[object]]:
    """Make the findings and every view of each disclosure; what was open meanwhile."""
    found: list[weakref.ref[object]] = []
    for key in held.disclosures["disclosure_id"]:
        checked(held, key)
        for state in every_state(ViewState(disclosure=key), held):
            view_table(state, held)
        found.append(weakref.ref(opened(held, key)))
    return found


def test_what_is_left_is_let_go_of_without_the_collector() -> None:
    gc.disable()  # it counts objects, and a frame of any size is one
    try:
        left = look_at_all_of(small())
        here = look_at_all_of(small())
        assert [ref() for ref in left] == [None, None]
        assert all(ref() is not None for ref in here)
    finally:
        gc.enable()


def test_those_asked_for_last_are_kept() -> None:
    one = disclosure(2025)
    keys = [f"{number:016d}" for number in range(20)]
    held = frames(one._replace(head=one.head._replace(disclosure_id=key)) for key in keys)
    refs = {}
    for key in keys:
        refs[key] = weakref.ref(opened(held, key))
        opened(held, keys[0])
    kept = [key for key in keys if refs[key]() is not None]
    assert len(kept) > 2
    assert kept == [keys[0], *keys[1 - len(kept) :]]


def test_a_document_beside_others_is_taken_from_the_shelf_once() -> None:
    everything = small()
    one, other = everything.disclosures["disclosure_id"]
    shelf = Shelf(everything)
    bare = {name: getattr(everything, name) if name == "disclosures" else SCHEMAS[name].to_frame() for name in SCHEMAS}
    held = replace(everything, **bare, shelf=shelf)
    kept = [opened_together(held, [one, other]) for _ in range(2)]
    assert shelf.taken == [one, other]
    assert all(before is after for before, after in zip(*kept, strict=True))


def test_a_text_is_taken_from_the_shelf_when_it_is_asked_for() -> None:
    everything = small()
    one, _ = everything.disclosures["disclosure_id"]
    shelf = Shelf(everything)
    held = replace(everything, passages=SCHEMAS["passages"].to_frame(), shelf=shelf)
    own = opened(held, one)
    assert shelf.texts == []
    assert_frame_equal(own.passages, everything.of(one).passages)
    assert own.passages is own.passages
    assert shelf.texts == [one]
    assert_frame_equal(held.of(one).passages, own.passages)
