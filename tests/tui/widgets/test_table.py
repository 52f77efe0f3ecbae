"""The table widget and the texts it draws."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest
from textual.app import App, ComposeResult

from budget.model.disclosure import MoneyUnit
from budget.views.build import META_SCHEMA
from budget.views.table import Column, ColumnKind, ViewTable
from tests.support.driving import browser, main, press, text, width_of
from tests.support.small import small
from tui.render.grid import grid
from tui.terminal.glyphs import ASCII, BLOCKS, Glyphs
from tui.widgets.table import BudgetTable

COLUMNS = (
    Column("code", "编码", ColumnKind.CODE),
    Column("name", "名称", ColumnKind.TEXT),
    Column("total", "合计", ColumnKind.AMOUNT, status="total#status"),
    Column("more", "“三公”", ColumnKind.AMOUNT),
    Column("share", "占比%", ColumnKind.SHARE),
    Column("file", "文件", ColumnKind.TEXT),
)


def table(rows: list[dict[str, object]], totals: list[dict[str, object]] | None = None, **more: object) -> ViewTable:
    types = {"code": pl.String, "total": pl.Int64, "total#status": pl.String, "share": pl.Float64}
    schema = {**META_SCHEMA, **types, "name": pl.String, "more": pl.Int64, "file": pl.String}
    filled = [{"change": "", "row_kind": "item", "level": 1, **row} for row in rows]
    frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in filled], schema=schema)
    ends = pl.DataFrame(
        [
            {name: {"change": "", "row_kind": "item", "level": 0, **row}.get(name) for name in schema}
            for row in totals or []
        ],
        schema=schema,
    )
    return ViewTable("表", ("表",), COLUMNS, frame, ends, **more)  # type: ignore[arg-type]


def test_amounts_stand_under_each_other_with_their_marks() -> None:
    statuses = ["printed", "solved", "inferred", "ambiguous", "computed"]
    rows = [
        {"key": str(at), "total": 10 ** (6 + at), "total#status": status, "name": "名"}
        for at, status in enumerate(statuses)
    ]
    drawn = [row.numbers[0] for row in grid(table(rows), BLOCKS).rows(0, 9)]
    assert [amount.strip() for amount in drawn] == ["1.00", "10.00'", "100.00~", "1,000.00?", "10,000.00="]
    assert len({amount.index(".") for amount in drawn}) == 1


def test_nothing_disclosed_is_blank_and_a_printed_zero_is_zero() -> None:
    first, second = grid(table([{"key": "a", "total": None}, {"key": "b", "total": 0}]), BLOCKS).rows(0, 2)
    assert not first.numbers[0].strip()
    assert second.numbers[0].strip() == "0.00"


@pytest.mark.parametrize(("unit", "shown"), [(MoneyUnit.YUAN, "1,234,500"), (MoneyUnit.WAN, "123.45")])
def test_amounts_are_shown_in_the_unit_of_the_table(unit: MoneyUnit, shown: str) -> None:
    made = table([{"key": "a", "total": 123_450_000}], unit=unit, decimals=0 if unit is MoneyUnit.YUAN else 2)
    assert grid(made, BLOCKS).rows(0, 1)[0].numbers[0].strip() == shown


def test_foreign_texts_stand_behind_every_number() -> None:
    header = grid(table([{"key": "a", "file": "a.txt"}]), BLOCKS).header
    assert [title.strip() for title in header.numbers] == ["合计", "“三公”", "占比%", "文件"]
    assert header.name == "名称"


def test_notes_of_totals_stand_below_the_rows() -> None:
    made = grid(table([{"key": "a"}], [{"key": "t", "name": "合计", "note": "相差 0.01"}], hidden=3), BLOCKS)
    assert made.notes == ("* 合计：相差 0.01", "筛选隐藏了 3 行。")
    assert made.totals[0].name == "合计 *"


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII], ids=["blocks", "ascii"])
def test_bars_have_their_width_whatever_the_share(glyphs: type) -> None:
    for share in (None, -5.0, 0.0, 0.1, 49.9, 50.0, 100.0, 250.0, 1e300):
        assert len(glyphs.bar(share, 10)) == 10  # type: ignore[attr-defined]


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII], ids=["blocks", "ascii"])
def test_bars_of_changes_go_to_the_left_and_right_of_0_and_never_vanish(glyphs: Glyphs) -> None:
    full, middle = glyphs.full, glyphs.middle
    drawn = [glyphs.change_bar(share, 9) for share in (-100.0, -0.001, 0.0, 0.001, 50.0, 100.0, None)]
    assert [bar.rstrip() for bar in drawn] == [
        full * 4 + middle,
        "   " + full + middle,
        "    " + middle,
        "    " + middle + full,
        "    " + middle + full * 2,
        "    " + middle + full * 4,
        "",
    ]
    assert {len(bar) for bar in drawn} == {9}


def test_differences_have_bars_in_proportion_to_the_greatest() -> None:
    columns = (COLUMNS[1], Column("more", "增减", ColumnKind.AMOUNT, part="delta"))
    rows: list[dict[str, object]] = [
        {"key": key, "more": delta} for key, delta in (("a", -400), ("b", 100), ("c", None))
    ]
    made = grid(replace(table(rows), columns=columns), BLOCKS)
    assert (made.bars, made.changes) == (False, 1)
    assert [row.share for row in made.rows(0, 3)] == [-100.0, 25.0, None]
    nothing = grid(replace(table([{"key": "a", "more": 0}]), columns=columns), BLOCKS)
    assert not nothing.changes


class OneTable(App[None]):
    def __init__(self, shown: ViewTable) -> None:
        super().__init__()
        self.shown = shown

    def compose(self) -> ComposeResult:
        yield BudgetTable(BLOCKS)

    def on_mount(self) -> None:
        self.query_one(BudgetTable).show(grid(self.shown, BLOCKS), 0)


AMBIGUOUS = "“三公”——经费①Ⅰ±×→▲·…"
NUMBER = re.compile(r"\d[\d,]*\.\d\d%?")


async def test_numbers_stay_where_they_are_when_ambiguous_characters_are_two_cells_wide() -> None:
    rows = [
        {"key": str(at), "code": f"21015{at:02}", "total": at * 1_234_500, "share": 4.0 * at, "name": AMBIGUOUS,
         "more": at * 5_000_000, "file": AMBIGUOUS}
        for at in range(1, 20)
    ]  # fmt: skip
    app = OneTable(table(rows, [{"key": "t", "total": 99_000_000, "name": AMBIGUOUS}]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = [strip.text for strip in app.screen._compositor.render_strips()]
    found = 0
    for drawn in lines[1:]:
        line = ASCII.fold(drawn)
        for match in NUMBER.finditer(line):
            before = line[: match.start()]
            assert width_of(before, ambiguous=2) == width_of(before)
            found += 1
    assert found >= 38


async def test_numbers_of_every_view_stay_where_they_are() -> None:
    async with browser(small(AMBIGUOUS + "{}" + AMBIGUOUS), ascii_only=True) as pilot:
        for keys in (("home", "enter"), ("v",), ("c",), ("down", "enter"), ("enter", "down", "p"), ("b",)):
            await press(pilot, *keys)
            for line in text(pilot).splitlines()[2:-5]:
                if line.lstrip().startswith("*"):
                    continue  # a sentence below the rows
                for match in NUMBER.finditer(line):
                    before = line[: match.start()]
                    assert width_of(before, ambiguous=2) == width_of(before), line


async def test_a_click_on_a_head_sorts_by_its_column() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v")
        head = text(pilot).splitlines()[1]
        at = width_of(head[: head.index("合计")])
        amounts = main(pilot).session.table.frame["total"].to_list()  # type: ignore[union-attr]
        for wanted in (sorted(amounts, reverse=True), sorted(amounts)):
            await pilot.click(BudgetTable, offset=(at, 0))
            await press(pilot)
            assert main(pilot).session.table.frame["total"].to_list() == wanted  # type: ignore[union-attr]
        await pilot.click(BudgetTable, offset=(0, 0))
        await press(pilot)
        assert main(pilot).session.state.sort is not None, "between the columns nothing is done"  # type: ignore[union-attr]
        await pilot.click(BudgetTable, offset=(3, 0))
        await press(pilot)
        assert main(pilot).session.state.sort.column == "code"  # type: ignore[union-attr]


async def test_columns_that_do_not_fit_are_a_key_away_and_the_name_stays() -> None:
    async with browser(small(), (60, 16)) as pilot:
        await press(pilot, "home", "enter", "v", "c", "down")
        assert "基本支出" not in text(pilot).splitlines()[1]
        for _ in range(6):
            await press(pilot, ".")
        head, *rows = text(pilot).splitlines()[1:]
        assert head.startswith("<")
        assert "项目支出" in head
        assert "名称" in head
        assert rows[1].startswith("▸ 210")
        assert "卫生健康支出" in rows[1]
        await press(pilot, *"," * 9)
        assert "2025" in text(pilot).splitlines()[1]


async def test_a_million_rows_open_and_move_without_looking_at_each() -> None:
    rows = 1_000_000
    frame = pl.select(number=pl.int_range(rows)).select(
        *[
            pl.lit(None, dtype).alias(name)
            for name, dtype in META_SCHEMA.items()
            if name not in {"key", "change", "level"}
        ],
        key=pl.col("number").cast(pl.String),
        change=pl.lit(""),
        level=pl.lit(1),
        code=pl.col("number").cast(pl.String),
        total=pl.col("number") * 10_000,
        share=pl.lit(1.0),
        name=pl.format("项目 {}", "number"),
        more=pl.lit(None, pl.Int64),
        file=pl.lit("件"),
        **{"total#status": pl.lit("printed")},
    )
    made = ViewTable("表", ("表",), COLUMNS, frame, frame.clear())
    fetched: list[int] = []
    plain = grid(made, BLOCKS)
    app = OneTable(made)
    async with app.run_test(size=(80, 24)) as pilot:
        widget = app.query_one(BudgetTable)

        def rows_of(first: int, count: int) -> list[object]:
            found = plain.rows(first, count)
            fetched.append(len(found))
            return found  # type: ignore[return-value]

        widget.show(replace(plain, rows=rows_of), 0)  # type: ignore[arg-type]
        await pilot.pause()
        for index in (1, 2, 30, rows - 1, rows + 5, 0, 500_000):
            widget.move_to(index)
            await pilot.pause()
        assert sum(fetched) < 1_000
        assert widget.cursor == 500_000
        assert widget.cursor_row is not None
        assert widget.cursor_row.key == "500000"
        shown = [strip.text for strip in app.screen._compositor.render_strips()]
        assert any(line.startswith("▸ 500000") for line in shown)
