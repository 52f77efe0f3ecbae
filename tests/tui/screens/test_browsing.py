"""Drilling, jumping, comparing, finding, filtering, sorting, history: by keys."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from budget.model.disclosure import MoneyUnit
from budget.views.state import View
from tests.support.driving import browser, main, press, settled, text, typed, until
from tests.support.small import BODY, small
from tui.screens import auditing
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from pathlib import Path

    from tui.session.session import Session


def session(pilot: object) -> Session:
    found = main(pilot).session  # type: ignore[arg-type]
    assert found is not None
    return found


def files(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


TO_ITEMS = ("home", "enter", "v", "down", "enter", "enter")


async def test_drilling_goes_down_and_comes_back_to_the_same_row() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS)
        assert session(pilot).state.path == ("210", "21015")
        await press(pilot, "down")
        assert session(pilot).state.cursor == "2101502"
        assert "2101502 一般行政管理事务" in text(pilot).splitlines()[-6]
        await press(pilot, "backspace")
        assert (session(pilot).state.path, session(pilot).state.cursor) == (("210",), "21015")
        await press(pilot, "h")
        assert (session(pilot).state.path, session(pilot).state.cursor) == ((), "210")
        assert "▸ 210" in text(pilot)


async def test_basic_and_project_keep_the_place() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS, "down", "p")
        assert session(pilot).state.view is View.PROJECT
        assert "基金监管工作经费" in text(pilot)
        await press(pilot, "v")
        assert (session(pilot).state.view, session(pilot).state.cursor) == (View.EXPENDITURE, "2101502")
        await press(pilot, "up", "b")
        assert (session(pilot).state.view, session(pilot).state.cursor) == (View.BASIC, "2101501")


async def test_comparing_marks_new_and_gone_rows() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "c", "enter", "enter")
        shown = text(pilot)
        assert "对比2024 万元" in shown.splitlines()[0]
        assert [line[2:].split()[1:3] for line in shown.splitlines() if line[2:].startswith("208050")][:2] == [
            ["取消", "行政单位离退休"],
            ["新增", "机关事业单位基本养老保险缴费.."],
        ]
        await press(pilot, "c")
        assert "对比" not in text(pilot).splitlines()[0]


async def test_a_near_name_is_marked_and_can_be_undone() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS, "down", "c", "p")
        assert "≈    医疗保障经办中心工作经费" in text(pilot)
        key = session(pilot).state.cursor
        await press(pilot, "x")
        assert session(pilot).state.unpaired == {key}
        assert "新增 医疗保障经办中心工作经费" in text(pilot)
        assert "取消 医疗保障经办服务中心" in text(pilot)
        await press(pilot, "x")
        assert "≈    医疗保障经办中心工作经费" in text(pilot)


async def test_history_leads_back_and_forward_with_the_cursor() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS, "down")
        state = session(pilot).state
        await press(pilot, "c", "b", "<", "<")
        assert session(pilot).state == state
        await press(pilot, ">", "=")
        assert session(pilot).state.view is View.BASIC
        await press(pilot, ">")
        assert "没有更后的画面" in text(pilot)


async def test_years_are_one_key_apart() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS, "[")
        assert text(pilot).startswith(f"{BODY} 2024 › 卫生健康支出 › 医疗保障管理事务")
        await press(pilot, "[")
        assert "没有同一单位更早年份的资料" in text(pilot)
        await press(pilot, "]")
        assert text(pilot).startswith(f"{BODY} 2025")


async def test_next_goes_to_changes_and_with_a_find_to_hits() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "n")
        assert "按 / 查找，按 c 对比" in text(pilot)
        await press(pilot, "c", "n")
        assert session(pilot).state.cursor == "210"
        await press(pilot, "/")
        await typed(pilot, "2101502")
        await press(pilot, "enter")
        assert session(pilot).state.cursor == "2101502"
        assert session(pilot).state.path == ("210", "21015")
        assert session(pilot).state.baseline
        await press(pilot, "<")
        assert session(pilot).state.path == ()


@pytest.mark.long
async def test_escape_gives_a_find_up_and_returns_to_where_it_began() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v")
        before = session(pilot).state
        await press(pilot, "/")
        await typed(pilot, "ybxz")
        assert session(pilot).state.cursor == "2101502"
        await press(pilot, "escape")
        assert session(pilot).state == before
        await press(pilot, "/")
        await typed(pilot, "没有这样的")
        assert "没有找到" in text(pilot)


async def test_keys_typed_ahead_reach_the_prompt() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v")
        for key in "/2101502":  # faster than the prompt can be mounted
            pilot.app.post_message(Key("slash" if key == "/" else key, key))
        await settled(pilot)
        assert session(pilot).state.cursor == "2101502"


async def test_filter_keeps_matching_rows_and_says_how_many_are_hidden() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS, "f")
        await typed(pilot, "一般")
        await press(pilot, "enter")
        shown = text(pilot)
        assert "筛选“一般”" in shown.splitlines()[0]
        assert "行政运行" not in shown
        assert "筛选隐藏了 1 行" in shown
        await press(pilot, "f", "backspace", "backspace", "backspace")
        assert not session(pilot).state.filter
        assert "行政运行" in text(pilot)


async def test_sorting_by_a_column_twice_turns_the_order() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS)
        for expected in ("2101501", "2101502"):
            await press(pilot, "s")
            await typed(pilot, "合计")
            await press(pilot, "enter", "home")
            assert session(pilot).state.cursor == expected
        assert "按合计升序" in text(pilot).splitlines()[0]


async def test_the_money_unit_goes_round() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS, "u")
        assert "0.040677" in text(pilot)
        await press(pilot, "u")
        assert session(pilot).state.unit is MoneyUnit.YUAN
        assert "4,067,700" in text(pilot)
        await press(pilot, "u")
        assert session(pilot).state.unit is None, "again as printed"
        assert "406.77" in text(pilot)


@pytest.mark.long
async def test_export_proposes_a_name_asks_before_overwriting_and_shows_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with browser(small(), (140, 45)) as pilot:
        await press(pilot, *TO_ITEMS, "e", "enter")
        (written,) = files(tmp_path, "*.csv")
        assert BODY in written.name
        assert str(written) in text(pilot).replace("\n", "")
        before = written.read_bytes()
        assert before.startswith(b"\xef\xbb\xbf")
        written.write_bytes(b"mine")
        await press(pilot, "e", "enter")
        assert "文件已存在" in text(pilot)
        assert written.read_bytes() == b"mine"
        await press(pilot, "enter")
        assert written.read_bytes() == before
        await press(pilot, "e", "tab", "enter")
        (workbook,) = files(tmp_path, "*.xlsx")
        assert zipfile.is_zipfile(workbook)
        await press(pilot, "e", "tab", "tab", "enter")
        assert files(tmp_path, "*.json")
        await press(pilot, "e", "tab", "tab", "tab", "enter")
        assert files(tmp_path, "*.md")


async def test_an_export_that_comes_before_the_findings_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(auditing.Auditor, "start", lambda *_: None)  # they never come by themselves
    async with browser(small(), (140, 45)) as pilot:
        await press(pilot, *TO_ITEMS)
        assert session(pilot).missing_audit() is not None
        await press(pilot, "e", "enter")
    (written,) = files(tmp_path, "*.csv")
    assert "不符" in written.read_text(encoding="utf-8-sig").splitlines()[0].split(",")


@pytest.mark.long
async def test_an_export_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with browser(small(), (140, 45)) as pilot:
        await press(pilot, *TO_ITEMS, "e", "ctrl+u")
        await typed(pilot, "no/such/folder/x.csv")
        await press(pilot, "enter")
        assert "文件夹不存在" in text(pilot)
        assert "no/such/folder/x.csv" in text(pilot), "what was typed is there to be mended"
        await press(pilot, "ctrl+u")
        await typed(pilot, "x.csv")
        assert "文件夹不存在" not in text(pilot)
        await press(pilot, "enter")
        assert files(tmp_path, "*.csv") == [tmp_path / "x.csv"]
        assert str(tmp_path / "x.csv") in text(pilot), "the prompt has gone"


async def test_copying_writes_the_row_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_HOME", str(tmp_path))
    async with browser(small(), (140, 45)) as pilot:
        await press(pilot, *TO_ITEMS, "y")
        (written,) = files(tmp_path, "*")
        assert str(written) in text(pilot)
        heads, row = written.read_text(encoding="utf-8").splitlines()
        assert dict(zip(heads.split("\t"), row.split("\t"), strict=True))["合计（万元）"] == "406.77"


@pytest.mark.long
async def test_opening_a_document_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUSUAN_HOME", str(tmp_path / "home"))
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    async with browser(small(), (140, 45)) as pilot:
        for name, said in (("空.txt", "空.txt"), ("没有.txt", "没有这个文件或文件夹")):
            await press(pilot, "o")
            await typed(pilot, str(tmp_path / name))
            await press(pilot, "enter")
            await until(pilot, lambda: "正在打开" not in text(pilot))
            assert said in text(pilot).splitlines()[-1]
        await press(pilot, "o")
        assert main(pilot).query_one(Prompt).value.endswith("没有.txt"), "the path is there to be mended"
        await press(pilot, "escape", "o", "ctrl+u", "enter", "o")
        assert main(pilot).query_one(Prompt).value == ""


async def test_the_source_of_a_row_is_its_line_of_the_text() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "down", "t")
        assert session(pilot).state.view is View.TEXT
        (line,) = [line for line in text(pilot).splitlines() if line.startswith(">")]
        assert line.split()[1:] == ["8", "210", "卫生健康支出", "613.48", "406.77", "206.71"]
        await press(pilot, "end", "home", "pagedown", "backspace")
        assert session(pilot).state.cursor == "210"


async def test_the_source_of_a_row_that_only_the_baseline_has_is_in_the_text_of_the_baseline() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v", "c", "5")
        one = session(pilot)
        gone = next(key for key, change in one.table.frame.select("key", "change").iter_rows() if change == "gone")
        one.move_to_key(gone)
        before = one.state
        one.read_text()
        assert (one.state.view, one.state.disclosure) == (View.TEXT, before.baseline)
        one.leave()
        assert one.state == before


async def test_the_picker_finds_by_pinyin_initials() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "m")
        await typed(pilot, "xmzc")
        await press(pilot, "enter")
        assert session(pilot).state.view is View.PROJECT


async def test_a_click_moves_the_cursor_and_a_second_one_enters() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", "v")
        await pilot.click("#table", offset=(10, 2))
        assert session(pilot).state.cursor == "210"
        await pilot.click("#table", offset=(10, 2))
        await settled(pilot)
        assert session(pilot).state.path == ("210",)


@pytest.mark.parametrize("opening", ["m", "question_mark", "f", "/"])
async def test_keys_typed_faster_than_a_screen_closes_do_no_harm(opening: str) -> None:
    async with browser(small()) as pilot:
        await press(pilot, "home", "enter", opening)
        for _ in range(4):
            pilot.app.post_message(Key("backspace", None))
        await settled(pilot)
        assert pilot.app.is_running
        assert len(pilot.app.screen_stack) == 1
        assert not main(pilot).takes_text


async def test_a_command_is_chosen_by_its_initials() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS, ";")
        await typed(pilot, "jedw")
        await press(pilot, "enter")
        assert session(pilot).state.unit is MoneyUnit.YI
        await press(pilot, "ctrl+p")
        await typed(pilot, "bz")
        await press(pilot, "enter")
        assert text(pilot).startswith("帮助")


async def test_any_disclosure_can_be_the_baseline() -> None:
    async with browser(small()) as pilot:
        await press(pilot, *TO_ITEMS, "[", "a")
        await typed(pilot, "2025")
        await press(pilot, "enter")
        assert "对比2025 万元" in text(pilot).splitlines()[0]
        await press(pilot, "a", "home", "up", "up", "enter")
        assert "对比" not in text(pilot).splitlines()[0]


async def test_an_entry_of_two_lines_has_one_cursor() -> None:
    async with browser(small(), (60, 16)) as pilot:
        await press(pilot, "ctrl+p")
        await typed(pilot, "进入")
        lines = text(pilot).splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith(">"))
        assert lines[at + 1].startswith("  "), "the description goes on in the next line"
        assert lines[at + 1].strip()
        assert sum(line.startswith(">") for line in lines) == 1
