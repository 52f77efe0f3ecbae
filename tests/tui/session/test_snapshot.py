"""The picture of a screen: what is written comes back, and nothing odd does."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.session.snapshot import MOST_ROWS, Detail, Snapshot, decoded, encoded
from tui.widgets.grid import EMPTY, Grid, Row
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTILE = "\x1b]52;c;eA==\x07\x1b[2J\x9b31m\r\n\u202e"


def a_row(number: int, name: str = "支出") -> Row:
    return Row(str(number), "", "210  ", (f"{number}.00  ", ""), 12.5, f"  {name}")


def of_rows(count: int, cursor: int, name: str = "支出") -> Snapshot:
    made = [a_row(number, name) for number in range(count)]
    grid = Grid(
        header=Row("", "", "编码 ", ("合计  ", "占比%"), None, "名称"),
        row_count=count,
        rows=lambda first, number: made[first : first + number],
        totals=(Row("t", "total", "", ("9.00", ""), None, "总计"),),
        notes=("舍入可解释",),
        bars=True,
        changes=2,
        pinned=1,
        front=1,
        name_width=12,
    )
    return Snapshot(("甲局 2024", "支出"), "万元", grid, cursor, detail=Detail(80, 5, ("─ 甲",)), state={"view": "x"})


def again(snapshot: Snapshot) -> Snapshot | None:
    return decoded(json.loads(json.dumps(encoded(snapshot))), snapshot.state)


def drawn(snapshot: Snapshot) -> tuple[object, ...]:
    grid = snapshot.grid
    rows = grid.rows(0, grid.row_count)
    return (
        replace(grid, rows=EMPTY.rows),
        rows,
        snapshot.place,
        snapshot.context,
        snapshot.cursor,
        snapshot.lines,
        snapshot.detail,
        snapshot.state,
    )


@given(st.integers(0, MOST_ROWS), st.data())
def test_what_is_written_comes_back(count: int, data: st.DataObject) -> None:
    snapshot = of_rows(count, data.draw(st.integers(0, max(count - 1, 0))))
    found = again(snapshot)
    assert found is not None
    assert drawn(found) == drawn(snapshot)
    assert found.complete


def test_a_text_comes_back_with_its_marks() -> None:
    lines = (TextLine("一、\t总额 12.5", "  1  ", "heading", ((3, 7),)), TextLine("x"))
    found = again(Snapshot(("甲",), "", of_rows(2, 0).grid, 1, lines=lines))
    assert found is not None
    assert found.lines == lines
    assert found.cursor == 1


@pytest.mark.parametrize("cursor", [0, 7_000, 9_999])
def test_of_a_large_table_the_rows_around_the_cursor_come_back_and_no_others(cursor: int) -> None:
    found = again(of_rows(10_000, cursor))
    assert found is not None
    assert not found.complete
    assert found.grid.row_count == 10_000
    assert found.grid.rows(cursor, 1) == [a_row(cursor)]
    far = (cursor + 5_000) % 10_000
    assert [row.name for row in found.grid.rows(far, 2)] == ["正在读取…"] * 2
    assert not any(row.numbers for row in found.grid.rows(far, 2)), "no figure is made up"
    assert len(found.grid.rows(9_990, 16)) == 10


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from texts(one)


def test_no_text_of_a_file_brings_a_character_that_a_terminal_obeys() -> None:
    written = encoded(of_rows(3, 1))
    text = json.dumps(written, ensure_ascii=False)
    for word in ("甲局 2024", "支出", "万元", "总计", "舍入可解释", "名称", "合计", "210", "─ 甲"):
        assert word in text
        text = text.replace(word, json.dumps(HOSTILE)[1:-1])
    found = decoded(json.loads(text), {})
    assert found is not None
    grid, detail = found.grid, found.detail
    assert detail is not None
    shown = [grid.header[1:], *(row[1:] for row in grid.rows(0, 3)), *(row[1:] for row in grid.totals)]
    every = list(texts([*shown, grid.notes, found.place, (found.context,), detail.lines]))
    assert any("␛" in text for text in every)
    assert all(text.isprintable() for text in every)


def mangled(value: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same with one value somewhere in it replaced."""
    odd = (None, True, -1, 1 << 40, 1e400, float("nan"), "x", [], {}, [[]], [None] * 6, "\ud800")
    at: Any = value
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = chance.choice(keys)
        if isinstance(at[key], (dict, list)) and at[key] and chance.random() < 0.7:
            at = at[key]
        else:
            at[key] = chance.choice(odd)
            return value


@given(st.integers(0, 1 << 30))
def test_a_file_that_was_tampered_with_is_no_picture_or_one_that_can_be_drawn(seed: int) -> None:
    written = mangled(copy.deepcopy(encoded(of_rows(20, 5))), random.Random(seed))
    found = decoded(written, {})
    if found is not None:
        rows = found.grid.rows(max(found.cursor - 10, 0), 40)
        assert all(len(row.numbers) in {0, len(found.grid.header.numbers)} for row in rows)
        assert all(text.isprintable() for row in rows for text in texts(row[1:]))
        assert found.cursor < max(found.grid.row_count, 1)


@pytest.mark.parametrize("value", [None, [], "x", 3, {}, {"rows": []}])
def test_anything_else_is_no_picture(value: object) -> None:
    assert decoded(value, {}) is None
