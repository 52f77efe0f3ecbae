"""What is typed for a review note, and what the session says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.library.review_notes import ReviewNotes, Target
from tui.session.noting import Noting, next_status, parsed

if TYPE_CHECKING:
    from pathlib import Path

TARGET = Target("0" * 64, "document", "", "2025.txt")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("2 已与单位核实 #采购", ("true", "已与单位核实", "采购")),
        ("不成立", ("false", "", "")),
        ("＃采购 看一看", ("open", "看一看", "采购")),
        ("5", ("mended", "", "")),
        ("6 台设备", ("open", "6 台设备", "")),
        ("# 号", ("open", "号", "")),
        ("  ", ("", "", "")),
    ],
)
def test_a_status_a_comment_and_a_tag_are_typed_in_one_line(typed: str, understood: tuple[str, str, str]) -> None:
    assert parsed(typed) == understood


def test_tab_goes_through_the_statuses() -> None:
    text = "意见 #采购"
    shown = [text := next_status(text) for _ in range(5)]
    assert shown == [f"{status} 意见 #采购" for status in ("属实", "不成立", "已反馈", "已整改", "待核")]


def test_a_note_is_put_taken_away_and_brought_back(tmp_path: Path) -> None:
    noting = Noting(ReviewNotes(tmp_path / "notes.db"))
    assert noting.put(TARGET, "") == "没有记录"
    assert noting.put(TARGET, "2 核实") == "已记录：属实 核实"
    assert noting.put(TARGET, " ") == "已删除记录：2025.txt"
    assert noting.undo() == "已撤销：2025.txt 恢复为“属实 核实”"
    assert noting.undo() == "已撤销：2025.txt 恢复为“没有记录”"
    assert noting.undo() == "没有可以撤销的记录"


def test_notes_that_cannot_be_read_cost_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"no database, whatever its name says" * 100)
    noting = Noting(ReviewNotes(path))
    assert noting.held == {}
    assert str(path) in noting.failure
    assert str(path) in noting.put(TARGET, "2")
    assert str(path) in noting.undo()
