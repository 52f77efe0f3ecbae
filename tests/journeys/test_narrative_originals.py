"""What the original documents say in words: every entry and every place that leads on is there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from budget.reading.disclosure import opened
from budget.search.narrative import record_places
from budget.views import enter, view_table
from budget.views.state import Scope, View, ViewState
from budget.views.text.lines import contents
from budget.views.text.links import links
from budget.views.text.repeats import repeated
from tests.support.reading import loaded_frames

if TYPE_CHECKING:
    from budget.library.frames import Frames

NAMES = ("changji-2024.txt", "changji-2025.txt", "xinjiang-hq-2024.txt", "wanli-2024.pdf", "wanli-2025.pdf")


@pytest.fixture(scope="module", params=NAMES)
def held(request: pytest.FixtureRequest) -> Frames:
    shared = os.environ.get("YUSUAN_SHARED")
    if not shared:
        pytest.skip("YUSUAN_SHARED is not set: the originals are not read")
    return loaded_frames(Path(shared).resolve() / "disclosures" / request.param)


def state(held: Frames, view: View, scope: str = "") -> ViewState:
    return ViewState(disclosure=held.disclosures["disclosure_id"].item(), view=view, scope=scope)


def is_shown(at: ViewState, held: Frames) -> bool:
    return at.cursor in view_table(at, held).frame["key"]


def test_the_contents_name_every_statement_once_and_no_row_of_one(held: Frames) -> None:
    entries = contents(opened(held, state(held, View.TEXT).disclosure).passages)
    statements = held.statements.select("line_from", "line_to").drop_nulls().rows()
    assert {entry.line for entry in entries} >= {first for first, _ in statements}
    inside = [entry for entry in entries if any(first < entry.line <= last for first, last in statements)]
    assert inside == []
    assert len(entries) > len(statements) + 8
    assert not any("……" in entry.title or "\t" in entry.title for entry in entries)


def test_every_stated_change_leads_to_a_row_or_to_its_line(held: Frames) -> None:
    table = view_table(state(held, View.STATED), held)
    entered = [enter(state(held, View.STATED), held, key) for key in table.frame["key"]]
    assert entered
    assert all(is_shown(at, held) for at in entered)
    coded = [at for at, code in zip(entered, table.frame["code"], strict=True) if code]
    assert all(at.view is not View.TEXT for at in coded)


def test_every_linked_amount_leads_to_a_row_that_has_it(held: Frames) -> None:
    own = opened(held, state(held, View.TEXT).disclosure)
    rows = {(row.statement, row.row_no): row for statement in own.statements for row in own.of(statement)}
    repeating = 0
    for line, found in links(held, own.head.disclosure_id).items():
        assert all(target.measure in rows[target[:2]].amounts for link in found for target in link.targets)
        places = repeated(state(held, View.TEXT, Scope.FULL_TEXT), held, line)
        assert all(is_shown(place.state, held) for place in places)
        repeating += not found[0].own
    assert repeating > 20


def test_every_place_that_is_found_is_there(held: Frames) -> None:
    for query in ("基本支出", "经费", "满意", "jbzc", "210"):
        for _, _, at in record_places(held, state(held, View.TEXT).disclosure, query):
            assert is_shown(at, held) or (at.view is View.ONE_PROJECT and not at.cursor)


def test_every_term_leads_to_its_line(held: Frames) -> None:
    table = view_table(state(held, View.GLOSSARY), held)
    assert table.frame.height >= 6
    assert all(is_shown(enter(state(held, View.GLOSSARY), held, key), held) for key in table.frame["key"])
