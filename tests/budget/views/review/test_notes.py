"""Review notes on the screen: what a note is about, the marks, the list, and that notes follow their document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from budget.i18n.language import using
from budget.library.frames import Frames, frames
from budget.library.review_notes import Kind, Note, Status
from budget.views import enter, view_table
from budget.views.review.notes import noted, target_of
from budget.views.state import View, ViewState
from tests.support.builders import forest
from tests.support.making_records import change, speaking

if TYPE_CHECKING:
    from budget.library.review_notes import Target

OLD, NEW = (
    forest(2024),
    speaking(2025, stated_changes=(change("10.00", "1.00", "增加", subject="基本支出", percent="50.00"),)),
)
ID = NEW.head.disclosure_id


@pytest.fixture
def held() -> Frames:
    return frames([OLD, NEW])


def about(held: Frames, state: ViewState, key: str) -> Target:
    target = target_of(state, view_table(state, held), held, key)
    assert target is not None
    return target


def marks(held: Frames, state: ViewState, *targets: Target) -> dict[str, str]:
    notes = {target.key: Note(target, Status.TRUE.value, "原文如此", "社保") for target in targets}
    frame = noted(view_table(state, held), state, held, notes).frame
    return {key: note for key, note in frame.select("key", "note").iter_rows() if note and "原文如此" in note}


def test_a_row_of_the_library_is_a_document(held: Frames) -> None:
    state = ViewState()
    target = about(held, state, ID)
    assert (target.kind, target.sha256, target.anchor) == (Kind.DOCUMENT, NEW.head.sha256, "")
    assert marks(held, state, target) == {ID: "属实：原文如此 #社保"}


def test_a_line_is_the_same_in_every_view_that_shows_it(held: Frames) -> None:
    drilled = ViewState(ID, view=View.EXPENDITURE, scope="all-funds")
    target = about(held, drilled, "208")
    printed = drilled.replace(view=View.STATEMENT, scope="expenditure_detail", path=())
    assert list(marks(held, drilled, target)) == ["208"]
    assert list(marks(held, printed, target)) == ["208"]
    assert not marks(held, drilled.replace(disclosure=OLD.head.disclosure_id), target)
    assert enter_from_list(held, target).path == ()


def enter_from_list(held: Frames, target: Target) -> ViewState:
    state = ViewState(view=View.NOTES)
    with_notes = replace(held, notes=(Note(target, "open"),))
    return enter(state, with_notes, view_table(state, with_notes).frame["key"][0])


def test_a_row_that_is_no_line_is_noted_by_its_view(held: Frames) -> None:
    state = ViewState(ID, view=View.FACTS)
    key = view_table(state, held).frame["key"][0]
    target = about(held, state, key)
    assert list(marks(held, state, target)) == [key]
    assert enter_from_list(held, target).view is View.FACTS


def test_a_finding_is_told_by_its_figures_whatever_the_language(held: Frames) -> None:
    state = ViewState(ID, view=View.FINDINGS)
    key = next(key for key in view_table(state, held).frame["key"] if key.startswith("stated_percent/"))
    target = about(held, state, key)
    with using("en"):
        assert about(held, state, key).key == target.key
    assert list(marks(held, state, target)) == [key]
    shown = enter_from_list(held, target)
    assert (shown.view, shown.cursor) == (View.FINDINGS, key)
    frame = noted(view_table(state, held), state, held, {target.key: Note(target, "false")}).frame
    assert frame.filter(key=key)["name"].item().startswith("【不成立】")


def test_notes_follow_a_document_that_is_loaded_again(held: Frames) -> None:
    state = ViewState(ID, view=View.EXPENDITURE, scope="all-funds")
    target = about(held, state, "208")
    again = frames([NEW._replace(head=NEW.head._replace(source_name="moved.txt", loader_version=99))])
    assert list(marks(again, state, target)) == ["208"]


def test_the_list_has_all_notes_or_those_of_one_document_and_is_filtered(held: Frames) -> None:
    library = ViewState()
    notes = tuple(
        Note(about(held, library, one.head.disclosure_id), status, tag=tag)
        for one, status, tag in ((NEW, "true", "采购"), (OLD, "mended", ""))
    )
    with_notes = replace(held, notes=notes)
    state = ViewState(view=View.NOTES)
    assert view_table(state, with_notes).frame["status"].to_list() == ["属实", "已整改"]
    assert view_table(state.replace(disclosure=ID), with_notes).frame.height == 1
    assert view_table(state.replace(filter="已整改"), with_notes).frame["year"].to_list() == ["2024"]
    assert view_table(state.replace(filter="采购"), with_notes).hidden == 1
    assert view_table(state, held).notes == ("还没有审查记录",)


def test_a_note_on_a_document_that_is_not_loaded_opens_nothing(held: Frames) -> None:
    target = about(held, ViewState(), ID)._replace(sha256="0" * 64)
    assert enter_from_list(held, target) == ViewState(view=View.NOTES)
