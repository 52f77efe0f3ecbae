"""What the document says, on the screen: the detail pane, one project, targets, facts."""

from __future__ import annotations

import pytest

from budget.library.frames import Frames, frames
from budget.model.codes import name_en, name_zh
from budget.reading.stated_changes import Verdict
from budget.views.row.mentions import Mention
from budget.views.state import Scope, View, ViewState
from tests.support.builders import forest
from tests.support.driving import browser, check_golden, main, press, text
from tests.support.making_records import change, fact, indicator, part, plan, project, speaking
from tests.tui.screens.test_hostile import HOSTILE, sane
from tui.render.detail import mention_text, mention_texts
from tui.terminal.glyphs import ASCII, BLOCKS

ROADS = "林区道路管护"
NOW, BEFORE = forest(2025).head.disclosure_id, forest(2024).head.disclosure_id
ITEMS = ViewState(NOW, BEFORE, View.EXPENDITURE, Scope.ALL_FUNDS, ("213", "21302"), cursor="2130204")


def held(pattern: str = "{}") -> Frames:
    """Two years of the small bureau; what it says goes through a pattern."""

    def say(text: str) -> str:
        return pattern.format(text)

    told = {
        "stated_changes": (
            change("12.00", "0.00", "增加", code="2130204", percent="0.00", reason=say("主要原因是没有变化" * 9)),
            change("8.00", "3.00", "增加", code="2130205", flags=("unit_doubtful",), reason=say("原因")),
        ),
        "projects": (
            project(ROADS, "4.00", policy_basis=say("管护办法"), period=say("2025年")),
            project(say("新建"), "9.00"),
        ),
        "allocations": (part(say("砂石"), "2.50"), part(say("人工"), "1.00")),
        "plans": (plan(1, ROADS, "4.00", goal=say("路好走")),),
        "indicators": (
            indicator(say("里程"), ">=", "90", "公里", "95公里", weight="10", project=ROADS, evidence=say("台账")),
        ),
        "facts": (fact("staffing", "in_service", "12", "人"), fact("assets", say("odd"), say("未安排"))),
    }
    return frames([speaking(2025, **told), forest(2024)])


SCREENS = {
    "beside": (ITEMS, ()),
    "beside-whole": (ITEMS, ("1",)),
    "one-project": (ITEMS, ("enter",)),
    "one-project-alone": (ITEMS.replace(baseline=""), ("enter",)),
    "targets": (ITEMS.replace(view=View.TARGETS, scope=Scope.ALL_TARGETS, path=(), cursor="1/1"), ()),
    "facts": (ITEMS.replace(view=View.FACTS, scope=Scope.NONE, path=(), cursor="rate/total"), ()),
}


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_screens(name: str, size: tuple[int, int]) -> None:
    state, keys = SCREENS[name]
    async with browser(held(), size, state) as pilot:
        await press(pilot, *keys)
        check_golden(f"{name}-{size[0]}x{size[1]}", text(pilot))


async def test_the_whole_of_a_row_says_its_official_name_once() -> None:
    state = ITEMS.replace(view=View.EXPENDITURE, path=(), cursor="213")
    async with browser(held(), state=state) as pilot:
        await press(pilot, "1")
        own = text(pilot).splitlines()[1:5]
        assert sum(line.count(name_zh("213")) for line in own) == 1
        assert any(name_en("213") in line for line in own)


async def test_the_whole_of_a_rate_has_no_blank_where_a_title_would_stand() -> None:
    state = ITEMS.replace(view=View.FACTS, scope=Scope.NONE, path=(), cursor="rate/total")
    async with browser(held(), state=state) as pilot:
        await press(pilot, "1")
        (amount, *_) = [line for line in text(pilot).splitlines() if "列：计算" in line]
        assert not amount.startswith(" ")


@pytest.mark.long
async def test_into_a_project_and_out_again() -> None:
    async with browser(held(), state=ITEMS) as pilot:
        await press(pilot, "enter")
        session = main(pilot).session
        assert session is not None
        assert session.state.view is View.ONE_PROJECT
        assert text(pilot).splitlines()[0].split("项目详情")[0].rstrip().endswith(ROADS)
        await press(pilot, "backspace")
        assert (session.state.view, session.state.cursor) == (View.PROJECT, f"2130204/{ROADS}")
        await press(pilot, "<", "<")
        assert session.state == ITEMS


async def test_ascii_terminals_get_words_for_the_marks() -> None:
    async with browser(held(), state=ITEMS, ascii_only=True) as pilot:
        shown = text(pilot)
        assert "[OK] 与2024年表5一致" in shown
        assert "✓" not in shown
    wrong = Mention("自述 1.00", Verdict.DIFFERS, "表5为 2.00", line=3)
    assert mention_text(wrong, ASCII) == "自述 1.00 [!=] 表5为 2.00 · 第3行"
    assert mention_text(wrong, BLOCKS) == "自述 1.00 ✗ 表5为 2.00 · 第3行"
    assert mention_text(Mention("自述 1.00", against="未核对", page=7), BLOCKS) == "自述 1.00 （未核对） · 第7页"


def test_what_is_said_twice_on_a_page_is_shown_once() -> None:
    twice = Mention("自述 1.00", page=6), Mention("自述 1.00", page=6), Mention("自述 1.00", page=7)
    assert mention_texts(twice, BLOCKS) == ["自述 1.00 · 第6页", "自述 1.00 · 第7页"]


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind != "braces"])
async def test_hostile_words_are_shown_as_they_are(kind: str) -> None:
    async with browser(held(HOSTILE[kind]), state=ITEMS) as pilot:
        for keys in (("1", "q"), ("enter", "end", "1", "q", "end", "up"), ("backspace", "end", "enter")):
            for key in keys:
                await press(pilot, key)
                sane(pilot)
        session = main(pilot).session
        assert session is not None
        for view in (View.TARGETS, View.FACTS):
            session.show(view, "")
            main(pilot).paint()
            await press(pilot, "end", "1")
            sane(pilot)
            await press(pilot, "q")
