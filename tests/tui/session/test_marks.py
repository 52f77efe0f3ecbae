"""Rows that the user marks are added up."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from budget.views.state import View, ViewState
from tests.support.driving import browser, main, press, text
from tests.support.small import small
from tui import messages
from tui.library.last_state import restored, written
from tui.widgets.table import MARKED

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot


def totals(pilot: Pilot[None]) -> dict[str, int]:
    session = main(pilot).session
    assert session is not None
    return dict(session.table.totals.select("key", "total").iter_rows())


async def test_the_sum_the_number_and_the_share_of_marked_rows_are_shown() -> None:
    async with browser(small(), (120, 30)) as pilot:
        await press(pilot, "home", "enter", "v")
        session = main(pilot).session
        assert session is not None
        first, second = session.table.frame["total"].to_list()[:2]
        await press(pilot, "space", "space")
        assert totals(pilot)["@marked"] == first + second
        assert "标记的小计（2 行）" in text(pilot)
        assert session.table.totals["share"][0] == 100.0
        assert text(pilot).splitlines()[2].startswith(" *")
        await press(pilot, "home", "space")
        assert totals(pilot)["@marked"] == second
        await press(pilot, "c")
        assert totals(pilot)["@marked"] == second, "marks stay when the same rows are compared"
        await press(pilot, "left")
        assert messages.MARKS_GONE in text(pilot) or "@marked" not in totals(pilot)
        assert session.state.view is View.EXPENDITURE


async def test_marks_do_not_go_along_to_another_place() -> None:
    async with browser(small(), (120, 30)) as pilot:
        await press(pilot, "home", "enter", "v", "space", "b")
        assert not main(pilot).session.state.marked  # type: ignore[union-attr]


async def test_marked_documents_are_put_side_by_side_and_stay_marked() -> None:
    async with browser(small(), (120, 30)) as pilot:
        session = main(pilot).session
        assert session is not None
        await press(pilot, "home")
        first, second = session.table.frame["key"].to_list()[:2]
        await press(pilot, "down", "space")
        assert session.state.among == {second}
        assert "已标记 1 份" in text(pilot)
        assert MARKED in text(pilot)
        assert "@marked" not in session.table.totals["key"], "documents are no parts of a whole"
        await press(pilot, "home")
        session.across("peers")
        assert session.state.disclosure == second, "the marked one, not the one at the cursor"
        assert session.table.notes.count("只列出资料库中标记的资料") == 1
        assert first not in session.table.frame["key"]
        session.library()
        assert session.state.among == {second}
        session.leave()
        assert not session.state.among


def test_the_marks_of_the_library_are_kept_but_not_of_what_is_gone() -> None:
    held = small()
    (first, *_) = held.disclosures["disclosure_id"]
    kept = restored(written(ViewState(among=frozenset({first, "gone"}))), held)
    assert kept is not None
    assert kept.among == {first}


def _exported(folder: Path) -> list[dict[str, str]]:
    (file,) = folder.glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_an_export_has_the_sum_of_the_marked_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with browser(small(), (120, 30)) as pilot:
        await press(pilot, "home", "enter", "v", "space", "e", "enter")
        wanted = totals(pilot)["@marked"]
    rows = [row for row in _exported(tmp_path) if row["名称"].startswith("标记的小计（1 行）")]
    assert [round(float(row["合计（万元）"]) * 1_000_000) for row in rows] == [wanted]


async def test_a_name_with_the_ending_of_another_format_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with browser(small(), (120, 30)) as pilot:
        await press(pilot, "home", "enter", "e")
        main(pilot).prompting._prompt.input.value = "a.pdf"  # type: ignore[union-attr]
        await press(pilot, "enter")
        assert "不能导出 .pdf，可用 csv xlsx json md svg docx" in text(pilot)
        main(pilot).prompting._prompt.input.value = "b"  # type: ignore[union-attr]
        await press(pilot, "enter")
    assert _names(tmp_path) == ["b.csv"]


async def test_the_formats_of_an_export_are_named_and_come_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with browser(small(), (120, 30)) as pilot:
        await press(pilot, "e")
        assert text(pilot).rstrip().endswith("csv xlsx json md svg"), "an opinion is about one disclosure"
        await press(pilot, "escape", "home", "enter", "e")
        assert text(pilot).rstrip().endswith("csv xlsx json md svg docx")
        await press(pilot, *["tab"] * 4, "enter")
        assert "已画出" in text(pilot)
        await press(pilot, "e", *["tab"] * 5, "enter")
        assert "已导出审查意见" in text(pilot)
    assert [name.rpartition(".")[2] for name in _names(tmp_path)] == ["docx", "svg"]
