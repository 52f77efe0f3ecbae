"""The library lists every document by a name that tells it from the others."""

from __future__ import annotations

from budget.library.frames import frames
from budget.views.registry import view_table
from budget.views.state import View, ViewState
from tests.support.small import disclosure


def test_a_document_that_does_not_say_whose_it_is_has_the_name_of_its_file() -> None:
    named, other = disclosure(2024), disclosure(2025)
    nobody = other._replace(head=other.head._replace(body="", aliases=()))
    held = frames([named, nobody])
    found = dict(view_table(ViewState(view=View.LIBRARY), held).frame.select("key", "name").iter_rows())
    assert found[named.head.disclosure_id] == named.head.body
    assert found[nobody.head.disclosure_id] == f"名称不明（{nobody.head.source_name}）"
