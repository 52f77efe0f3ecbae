"""The browser with documents that do not follow the eleven-table form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.library.frames import Frames, concat, frames
from budget.model.disclosure import AmountOrigin, ColumnStatus, MoneyUnit, Passage
from budget.views.state import Scope, View, ViewState
from tests.support.builders import T3, R, disclosure
from tests.support.driving import browser, main, press, settled, text, typed
from tests.support.nine_tables import STREET, outcome, street, unknown
from tests.support.small import small
from tui.render import reports
from tui.terminal.glyphs import mark_of
from tui.terminal.text import visible

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def test_two_keys_lead_from_the_library_to_the_biggest_change() -> None:
    held = frames([street(2025), street(2024)])
    async with browser(held) as pilot:
        await press(pilot, "c", "d")
        session = main(pilot).session
        assert session is not None
        assert (session.state.view, session.state.cursor) == (View.EXPENDITURE, "212")
        assert "1,500,000" in text(pilot).splitlines()[2]
        await press(pilot, "d")
        assert session.state.sort is None
        await press(pilot, "c", "d")
        assert "按 c 对比" in text(pilot)


async def test_the_library_compares_nothing_without_another_year() -> None:
    async with browser(frames([street(), unknown()])) as pilot:
        await press(pilot, "c")
        assert "没有同一单位上一年的资料" in text(pilot)


async def test_the_unit_is_that_of_the_table_until_another_is_chosen() -> None:
    made = street()
    state = ViewState(made.head.disclosure_id, view=View.EXPENDITURE, scope="all-funds")
    async with browser(frames([made]), state=state) as pilot:
        seen = []
        for _ in range(4):
            seen.append(text(pilot).splitlines()[0].split()[-1])
            await press(pilot, "u")
        assert seen == ["元", "万元", "亿元", "元"]
        session = main(pilot).session
        assert session is not None
        assert session.state.unit is MoneyUnit.WAN
        await press(pilot, "u", "u")
        session.show(View.THREE_PUBLIC, "")
        assert session.table.unit is MoneyUnit.WAN, "table 9 is printed in 万元"


async def test_other_tables_are_chosen_from_the_list() -> None:
    async with browser(frames([unknown()])) as pilot:
        await press(pilot, "m")
        assert "原表 其他表 2025年政府采购预算表" in text(pilot)
        await typed(pilot, "会议费")
        await press(pilot, "enter")
        head, *rows = text(pilot).splitlines()
        assert head.split() == ["某局", "2025", "其他表", "2025年会议费、培训费预算表", "万元"]
        assert [row.split() for row in rows if row.strip()][:3] == [
            ["名称", "本年"],
            ["▸", "会议费", "1.00"],
            ["─", "会议费"],
        ]
        assert "2025年会议费、培训费预算表 第3行 · 列：原表 · 本年 1.00（万元）" in text(pilot)
        await press(pilot, "<", "i")
        report = [line.split() for line in text(pilot).splitlines()]
        assert report[:3] == [["阅读报告"], ["某局", "2025"], ["阶段", "预算"]]
        at = report.index(["读到的表"])
        assert report[at + 1 : at + 6] == [
            ["3", "个金额", "2025年政府采购预算表", "万元"],
            ["1", "个金额", "2025年会议费、培训费预算表", "万元"],
            [],
            ["金额所在的列"],
            ["原表所印", "4", "个金额"],
        ]


async def test_final_accounts_are_compared_with_the_budget_of_their_year() -> None:
    async with browser(frames([street(2024), outcome(2024)])) as pilot:
        await press(pilot, "end", "c")
        head, columns = text(pilot).splitlines()[:2]
        assert head.startswith(f"{STREET} 2024 决算")
        assert "对比2024预算" in head
        assert "2024决算" in columns


def source_of(held: Frames, disclosure: str) -> reports.Source | None:
    place = reports.printed_lines(held, disclosure, T3, 1)
    return reports.text_around(held, disclosure, *place)


def test_the_text_of_a_paged_document_has_its_pages() -> None:
    made = disclosure(2025, {T3: [R("208", "甲", {"total": "4.00"})]}, page=7)
    passages = (Passage(1, 7, "", "208\t甲\t4.00"), Passage(2, 8, "", "后一页"))
    held = frames([made._replace(passages=passages)])
    found = source_of(held, made.head.disclosure_id)
    assert found is not None
    assert [line.text for line in found.lines] == ["第 7 页", "208  甲  4.00", "第 8 页", "后一页"]
    assert found.lines[found.at].text == "208  甲  4.00"
    assert [found.lines[1].text[slice(*mark)] for mark in found.lines[1].marks] == ["4.00"]
    text_file = small()
    lines = source_of(text_file, text_file.disclosures["disclosure_id"][0])
    assert lines is not None
    assert not any(line.style == "heading" for line in lines.lines)


async def test_the_whole_text_marks_the_amounts_of_the_row_until_it_is_left() -> None:
    row = R("208", "甲", {"total": "4.00", "basic": "3.00", "project": "1.00"})
    made = disclosure(2025, {T3: [row]}, page=7)
    texts = (Passage(1, 7, "一、表", "208\t甲\t4.00\t3.00\t1.00"), Passage(2, 7, "一、表", "后一行 4.00"))
    cells = tuple(cell._replace(line=1) for cell in made.cells)
    held = frames([made._replace(passages=texts, cells=cells)])
    state = ViewState(made.head.disclosure_id, view=View.EXPENDITURE, scope="all-funds")
    async with browser(held, state=state) as pilot:
        await press(pilot, "t")
        assert marked_in(pilot) == [["4.00", "3.00", "1.00"], []]
        await press(pilot, "less_than_sign", "greater_than_sign")
        assert marked_in(pilot) == [["4.00", "3.00", "1.00"], []], "the history leads back to the same picture"
        await press(pilot, "t", "enter")
        assert "后一行" in text(pilot)
        await press(pilot, "backspace", "backspace")
        session = main(pilot).session
        assert session is not None
        assert session.state.view is View.EXPENDITURE
        session.show(View.TEXT, Scope.FULL_TEXT.value)
        main(pilot).paint()
        await settled(pilot)
        assert "后一行" in text(pilot)
        assert marked_in(pilot) == [[], []], "opened from no row"


def marked_in(pilot: Pilot[None]) -> list[list[str]]:
    return [[line.text[slice(*mark)] for mark in line.marks] for line in main(pilot).body.text.lines]


def test_the_mark_says_what_is_least_sure() -> None:
    read, made = AmountOrigin.RECOGNISED, AmountOrigin.RECONSTRUCTED
    assert mark_of(ColumnStatus.PRINTED, AmountOrigin.PRINTED) == ""
    assert (mark_of(ColumnStatus.PRINTED, read), mark_of(ColumnStatus.SOLVED, made)) == ("^", "+")
    assert mark_of(ColumnStatus.AMBIGUOUS, read) == "?"
    assert mark_of("computed", None) == "="


async def test_recognised_amounts_are_marked_on_the_screen_and_in_the_report() -> None:
    made = disclosure(2025, {T3: [R("208", "甲", {"total": "4.00"}, origin=AmountOrigin.RECOGNISED)]})
    state = ViewState(made.head.disclosure_id, view=View.EXPENDITURE, scope="all-funds")
    async with browser(frames([made]), state=state) as pilot:
        assert "4.00^" in text(pilot)
        assert "数字：识别" in text(pilot)
        await press(pilot, "i")
        assert "识别  1 个金额" in " ".join(text(pilot).split()).replace("识别 1", "识别  1")


async def test_hostile_titles_and_headers_are_shown_as_they_are() -> None:
    title, header = "[/red]\x1b[2J表", "[b]金额\x1b[31m@delta"
    made = unknown(first=title, header=header)
    held = concat([frames([made])])
    async with browser(held) as pilot:
        await press(pilot, "m")
        assert visible(title)[:6] in text(pilot)
        await press(pilot, "escape", "right", "t", "i")
        assert "\x1b" not in text(pilot)
        assert pilot.app.is_running
