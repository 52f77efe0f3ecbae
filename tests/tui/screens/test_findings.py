"""Findings on the screen: the view, the way there and back, marks, and what is told of a row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest

import sample_data
from budget.export.findings import report_of, to_bytes
from budget.library.frames import frames
from budget.views.findings import keyed
from budget.views.navigation import enter
from budget.views.state import View, ViewState
from tests.budget.views.test_findings import STATEMENT, changed, discrepancies
from tests.support.builders import forest
from tests.support.driving import browser, check_golden, main, press, settled, text
from tests.support.mutating import read
from tests.support.mutating import text as document
from tui.render import findings as auditing
from tui.screens.modals.beside import Beside
from tui.session import requests
from tui.terminal.glyphs import ASCII, BLOCKS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.session.session import Session

SIZES = [(80, 24), (140, 45)]


def session(pilot: Pilot[None]) -> Session:
    found = main(pilot).session
    assert found is not None
    return found


def opened(view: View = View.OVERVIEW, scope: str = "") -> ViewState:
    return ViewState(disclosure=changed().head.disclosure_id, view=view, scope=scope)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screen(size: tuple[int, int]) -> None:
    async with browser(frames([changed()]), size, opened()) as pilot:
        await press(pilot, "!", "down")
        check_golden(f"findings-{size[0]}x{size[1]}", text(pilot))


async def test_the_full_width_key_opens_the_findings_and_the_counts_fit() -> None:
    async with browser(frames([changed(2025), forest(2024)]), state=opened()) as pilot:
        await press(pilot, "c", "！")
        assert session(pilot).state.view is View.FINDINGS
        top = text(pilot).splitlines()[0]
        assert all(word in top for word in ("勾稽", "不符", "未核", "对比2024", "万元"))


async def test_enter_leads_to_the_figure_and_backspace_back_to_the_row() -> None:
    async with browser(frames([changed()]), state=opened()) as pilot:
        await press(pilot, "!", "down", "down", "down")
        before = session(pilot).state
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Beside)
        await press(pilot, "enter")
        assert session(pilot).state.view is not View.FINDINGS
        assert BLOCKS.touched in text(pilot)
        await press(pilot, "down", "up", "backspace")
        assert session(pilot).state == before
        await press(pilot, "backspace")
        assert session(pilot).state.view is View.OVERVIEW


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_both_sources_stand_beside_one_another(size: tuple[int, int]) -> None:
    sample = next(path for path in sample_data.paths() if path.stem == "changji-2025").read_text(encoding="utf-8")
    held = frames([read(document(sample.replace("（项）：53.95万元", "（项）：53.59万元", 1).encode()))])
    async with browser(held, size, opened().replace(disclosure=held.disclosures["disclosure_id"].item())) as pilot:
        await press(pilot, "!")
        key, finding = next(
            (key, one)
            for key, one in keyed(session(pilot).audit.findings).items()
            if one in discrepancies(session(pilot).audit.findings) and one.check == "stated_amount"
        )
        session(pilot).move_to_key(key)
        main(pilot).paint()
        await press(pilot, "enter")
        check_golden(f"both-sources-{size[0]}x{size[1]}", text(pilot))
        assert [ref.text for ref in finding.refs] == ["53.59万元", "53.95"]
        assert all(ref.text in text(pilot) for ref in finding.refs)


@pytest.mark.long
async def test_of_two_panes_each_has_the_source_of_one_figure() -> None:
    sample = next(path for path in sample_data.paths() if path.stem == "changji-2025").read_text(encoding="utf-8")
    held = frames([read(document(sample.replace("（项）：53.95万元", "（项）：53.59万元", 1).encode()))])
    state = opened().replace(disclosure=held.disclosures["disclosure_id"].item())
    async with browser(held, (200, 50), state) as pilot:
        await press(pilot, "!", "down")
        assert "53.59" in text(pilot).splitlines()[3]
        sides = main(pilot).body.sides
        assert sides is not None
        marked = [[line.text[slice(*mark)] for line in pane.lines for mark in line.marks] for pane in sides.panes]
        assert (marked[0], set(marked[1])) == (["53.59万元"], {"53.95"})
        assert any(line.text.startswith("规则") for line in sides.panes[0].lines)


@pytest.mark.long
async def test_further_figures_take_turns_on_the_other_side() -> None:
    async with browser(frames([changed()]), state=opened()) as pilot:
        await press(pilot, "!", "down", "enter")
        finding = discrepancies(session(pilot).audit.findings)[0]
        assert len(finding.refs) > 2
        await press(pilot, "n")
        assert f"（2/{len(finding.refs) - 1}）" in text(pilot)
        await press(pilot, "tab", "pagedown", "up", "enter")
        shown = session(pilot).state
        assert shown == enter(session(pilot)._before[-1], session(pilot).frames, f"{keyed([finding]).popitem()[0]}/2")
        await press(pilot, "backspace", "enter", "backspace")
        assert session(pilot).state.view is View.FINDINGS


async def test_a_finding_without_figures_has_no_sources() -> None:
    async with browser(frames([changed()]), state=opened()) as pilot:
        await press(pilot, "!")
        rows = session(pilot).table.frame
        lone = rows.filter(pl.col("key").str.contains("/"), pl.col("enter").is_null())["key"][0]
        session(pilot).move_to_key(lone)
        main(pilot).paint()
        await press(pilot, "enter")
        assert "没有下一层" in text(pilot)


async def test_the_export_is_the_report_of_the_command(tmp_path: Path) -> None:
    async with browser(frames([changed()]), state=opened()) as pilot:
        await press(pilot, "!")
        found = session(pilot)
        assert requests.export_name(found).endswith(".md")
        path = tmp_path / "报告.md"
        said = requests.export(found, path, overwrite=False)
        assert str(len(found.audit.findings)) in said
        today = datetime.now().astimezone().date()
        wanted = to_bytes([report_of(found.frames, found.state.disclosure)], "md", today)
        assert path.read_bytes() == wanted
        assert "不能同时成立" in path.read_text(encoding="utf-8")


async def test_further_on_backspace_goes_up_as_ever() -> None:
    async with browser(frames([changed()]), state=opened()) as pilot:
        await press(pilot, "!", "down", "enter", "enter", "v")
        assert session(pilot).state.view is View.EXPENDITURE
        await press(pilot, "backspace")
        assert session(pilot).state.view is not View.FINDINGS


@pytest.mark.parametrize("ascii_only", [False, True])
async def test_rows_are_marked_without_being_asked_for(*, ascii_only: bool) -> None:
    shown = opened(View.STATEMENT, STATEMENT)
    async with browser(frames([changed()]), state=shown, ascii_only=ascii_only) as pilot:
        mark = (ASCII if ascii_only else BLOCKS).touched
        lines = text(pilot).splitlines()
        assert any(f" {mark} " in line for line in lines[2:-6])
        assert "不符" in lines[0]
        while not session(pilot).table.frame["finding"][session(pilot).index]:
            await press(pilot, "down")
        assert f"{mark} " in "\n".join(text(pilot).splitlines()[-6:])
        await press(pilot, "1")
        assert "勾稽" in text(pilot)
        assert "不能同时成立" in text(pilot)


async def test_the_whole_of_a_finding_can_be_read() -> None:
    async with browser(frames([changed()]), (140, 45), opened()) as pilot:
        await press(pilot, "!", "down", "1")
        shown = text(pilot)
        assert all(word in shown for word in ("不符", "相差", "规则", "第"))
        assert not any(word in shown for word in ("左边", "右边", session(pilot).audit.findings[0].check))
        await press(pilot, "backspace", "home", "1")
        assert "不能同时成立" in text(pilot), "a head tells what stands below it"


async def test_a_filter_that_nothing_matches_leaves_an_empty_view() -> None:
    async with browser(frames([changed()]), state=opened(View.FINDINGS).replace(filter="没有这样的规则")) as pilot:
        assert session(pilot).table.frame.height == 0
        assert "筛选隐藏了" in text(pilot)
        await press(pilot, "enter", "1", "backspace")
        assert session(pilot).table.frame.height > 0


async def test_in_the_library_there_is_nothing_to_check() -> None:
    async with browser(frames([changed(2025), forest(2024)])) as pilot:
        await press(pilot, "!")
        assert "先在资料库中打开一份资料" in text(pilot)


async def test_checks_that_fail_are_said_and_leave_the_browser_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise ValueError("\x1b[31m[red]")

    monkeypatch.setattr(auditing, "checked", fail)
    async with browser(frames([changed()]), state=opened()) as pilot:
        await settled(pilot)
        assert "勾稽没有完成" in text(pilot)
        await press(pilot, "down", "!")
        assert session(pilot).state.view is View.OVERVIEW
        assert "勾稽没有完成" in text(pilot)
        assert "\x1b" not in text(pilot)
