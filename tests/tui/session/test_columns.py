"""Columns can be hidden, pinned and moved; the arrangement stays, and nothing is left out unsaid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from budget.i18n.language import tr
from budget.views.registry import view_table
from budget.views.state import View, ViewState
from budget.views.table import LEFT_OUT
from tests.support.driving import browser, main, press, text
from tests.support.small import small
from tui import messages
from tui.library.documents import HOME, home
from tui.render.grid import grid
from tui.session.columns import (
    AS_PRINTED,
    Arrangement,
    Arrangements,
    arranged,
    arranged_columns,
    hidden_here,
    moved,
    staying,
)
from tui.session.requests import export
from tui.terminal.glyphs import BLOCKS

if TYPE_CHECKING:
    from pathlib import Path

    from budget.views.table import ViewTable


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))


EXPENDITURE = ("home", "enter", "v")


@pytest.fixture
def table() -> ViewTable:
    held = small()
    disclosure = held.disclosures["disclosure_id"][0]
    return view_table(ViewState(disclosure=disclosure, view=View.EXPENDITURE), held)


def ids(table: ViewTable, wanted: Arrangement) -> list[str]:
    return [column.id for column in arranged_columns(table, wanted)]


def test_without_an_arrangement_nothing_changes(table: ViewTable) -> None:
    assert arranged(table, AS_PRINTED) is table
    assert ids(table, AS_PRINTED) == [column.id for column in table.columns]


def test_a_column_moves_among_the_figures_and_no_further(table: ViewTable) -> None:
    before = ids(table, AS_PRINTED)
    assert before[:2] == ["code", "name"]
    first, second, *_, last = before[2:]
    wanted = moved(table, AS_PRINTED, second, -1)
    assert ids(table, wanted)[:4] == ["code", "name", second, first]
    assert [column.id for column in arranged(table, wanted).columns] == ids(table, wanted)
    pinned = Arrangement(pinned=frozenset({last}))
    assert moved(table, pinned, first, -1) == pinned, "what is pinned stays beside the name"


def test_the_name_moves_like_the_others_and_what_it_passes_stays(table: ViewTable) -> None:
    code, name, first, second, *rest = ids(table, AS_PRINTED)
    later = moved(table, AS_PRINTED, name, 1)
    assert ids(table, later) == [code, first, name, second, *rest]
    assert staying(table, later) == {first}
    assert ids(table, moved(table, later, name, 1)) == [code, first, second, name, *rest]
    earlier = moved(table, AS_PRINTED, name, -1)
    assert ids(table, earlier) == [name, code, first, second, *rest]
    assert staying(table, earlier) == {code}
    assert moved(table, earlier, name, -1) == earlier
    drawn = grid(arranged(table, later), BLOCKS, pinned=staying(table, later))
    assert (drawn.front, drawn.pinned, drawn.columns[0]) == (1, 1, first)


def test_the_name_cannot_be_hidden(table: ViewTable) -> None:
    wanted = Arrangement(hidden=frozenset({"name"}))
    assert [column.id for column in arranged(table, wanted).columns] == ids(table, AS_PRINTED)
    assert hidden_here(table, wanted) == 0


def test_what_stands_in_for_an_amount_goes_where_its_column_goes() -> None:
    held = small()
    state = ViewState(disclosure=held.disclosures["disclosure_id"][0], view=View.PROCUREMENT)
    counted = view_table(state, held)
    assert [column.id for column in counted.columns] == ["topic", "name", "total", "count"]
    wanted = moved(counted, AS_PRINTED, "name", 1)
    assert [column.id for column in arranged(counted, wanted).columns] == ["topic", "total", "count", "name"]


def test_a_pinned_column_stands_beside_the_name(table: ViewTable) -> None:
    last = ids(table, AS_PRINTED)[-1]
    assert ids(table, Arrangement(pinned=frozenset({last})))[:3] == ["code", "name", last]


def test_columns_that_an_order_does_not_know_stand_behind_the_one_before_them(table: ViewTable) -> None:
    code, name, first, second, *rest = ids(table, AS_PRINTED)
    assert ids(table, Arrangement((second, first))) == [code, name, second, *rest, first]
    assert ids(table, Arrangement(("gone", code))) == [code, name, first, second, *rest]


def test_a_hidden_column_is_named_and_the_sort_by_it_too(table: ViewTable) -> None:
    hidden = next(column for column in table.columns if column.id == "total")
    sorted_by = replace(table, provenance={**table.provenance, "sort": "total desc"})
    made = arranged(sorted_by, Arrangement(hidden=frozenset({"total"})))
    assert hidden not in made.columns
    assert made.provenance[LEFT_OUT] == hidden.title
    assert made.provenance["sort"] == f"{hidden.title} desc"
    assert hidden_here(table, Arrangement(hidden=frozenset({"total", "gone"}))) == 1


def test_an_arrangement_is_read_back_by_view(tmp_path: Path) -> None:
    path = tmp_path / "columns.json"
    wanted = Arrangement(("b", "a"), frozenset({"a"}), frozenset({"b"}))
    first, second = (ViewState("d", view=View.STATEMENT, scope=scope) for scope in ("one", "two"))
    assert Arrangements(path).put(first, wanted)
    assert Arrangements(path).of(first) == wanted
    assert Arrangements(path).of(second) == AS_PRINTED
    assert Arrangements(path).put(first, AS_PRINTED)
    assert path.read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"revenue": 5, "basic": {"order": ["a"], "hidden": ["a"], "pinned": []}}',
        '{"revenue": {"order": [1], "hidden": [], "pinned": []}}',
        '{"revenue": {"order": "ab", "hidden": [], "pinned": []}}',
    ],
)
def test_what_is_odd_in_the_file_counts_as_absent(tmp_path: Path, content: str) -> None:
    path = tmp_path / "columns.json"
    path.write_text(content, encoding="utf-8")
    held = Arrangements(path)
    assert held.of(ViewState("d", view=View.REVENUE)) == AS_PRINTED
    whole = held.of(ViewState("d", view=View.BASIC))
    assert whole == (Arrangement(("a",), frozenset({"a"})) if "basic" in content else AS_PRINTED)


def test_what_cannot_be_written_counts_for_the_session(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    held = Arrangements(tmp_path / "file" / "columns.json")
    state, wanted = ViewState("d", view=View.BASIC), Arrangement(hidden=frozenset({"total"}))
    assert not held.put(state, wanted)
    assert held.of(state) == wanted


async def test_keys_hide_move_and_pin_and_the_next_start_has_it_so() -> None:
    async with browser(small(), (140, 45)) as pilot:
        await press(pilot, *EXPENDITURE)
        head = text(pilot).splitlines()[1].split()
        assert head[:3] == ["编码", "名称", "合计"]
        await press(pilot, "w", *["down"] * 2, "space", "escape")
        assert text(pilot).splitlines()[1].split() == head, "given up"
        await press(pilot, "w", *["down"] * 2, "space", "enter")
        assert text(pilot).splitlines()[1].split() == [title for title in head if title != "合计"]
        assert "隐藏1列" in text(pilot).splitlines()[0]
        assert (home() / "columns.json").exists()
    async with browser(small(), (140, 45)) as pilot:
        await press(pilot, *EXPENDITURE)
        assert "合计" not in text(pilot).splitlines()[1]
        await press(pilot, "b")
        assert "隐藏" not in text(pilot).splitlines()[0], "another view has its own"
        await press(pilot, "v", "w", "r", "enter")
        assert text(pilot).splitlines()[1].split() == head


async def test_a_pinned_column_stays_when_the_others_are_scrolled() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *EXPENDITURE, "c", "w")
        screen = main(pilot)
        assert screen.session is not None
        last = arranged_columns(screen.session.table, AS_PRINTED)[-1]
        await press(pilot, *["down"] * 30, "p", "enter")
        assert screen.body.table.grid.pinned == 1
        for _ in range(3):
            assert last.title in text(pilot).splitlines()[1]
            await press(pilot, ".")
        assert text(pilot).splitlines()[1].startswith("<")


async def test_the_name_is_moved_by_keys_and_a_sentence_says_why_it_is_not_hidden() -> None:
    async with browser(small(), (60, 16)) as pilot:
        await press(pilot, *EXPENDITURE, "w", "p")
        assert tr(messages.COLUMN_STAYS) in text(pilot)
        await press(pilot, "down", "space")
        assert tr(messages.NAME_STAYS) in text(pilot)
        await press(pilot, "right_square_bracket")
        assert tr(messages.NAME_STAYS) not in text(pilot)
        assert [line.split() for line in text(pilot).splitlines()[2:4]] == [["已固定", "合计"], [">", "已固定", "名称"]]
        await press(pilot, "enter")
        assert text(pilot).splitlines()[1].split()[:3] == ["编码", "合计", "名称"]
        row = text(pilot).splitlines()[2].split()
        assert row[0] == BLOCKS.cursor
        assert row[1].isdigit()
        assert "." in row[2]
        await press(pilot, ".")
        assert text(pilot).splitlines()[1].split()[:4] == ["<", "编码", "合计", "名称"]
        await press(pilot, "w", *["down"] * 2, *["left_square_bracket"] * 3)
        assert tr(messages.COLUMN_ENDS) in text(pilot)
        await press(pilot, "enter")
        assert text(pilot).splitlines()[1].split()[:3] == ["名称", "编码", "合计"]


async def test_a_click_on_a_head_sorts_by_the_column_that_stands_there() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *EXPENDITURE, "w", "down", "right_square_bracket", "enter")
        table = main(pilot).body.table
        head = text(pilot).splitlines()[1]
        for title, id_ in (("合计", "total"), ("名称", "name"), ("编码", "code")):
            assert table._column_at(cell_len(head[: head.index(title)])) == id_


async def test_an_export_has_the_columns_of_the_screen_and_says_what_is_missing(tmp_path: Path) -> None:
    async with browser(small()) as pilot:
        await press(pilot, *EXPENDITURE, "w", *["down"] * 2, "space", "enter")
        session = main(pilot).session
        assert session is not None
        said = export(session, tmp_path / "a.md", overwrite=False)
        assert "不含隐藏的列（合计）" in said
        written = (tmp_path / "a.md").read_text(encoding="utf-8")
        assert "未列的列：合计" in written
        assert "| 编码 | 名称 | 合计" not in written
        assert "不含隐藏的列（合计）" in export(session, tmp_path / "a.csv", overwrite=False)
        head, *_ = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
        assert head.startswith("编码,名称,基本支出"), "a table and nothing else, as programs read it"
