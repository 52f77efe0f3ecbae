"""The library in the browser: removed, brought back, hidden, read again, forgotten; the samples apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.views import navigation
from budget.views.state import View
from tests.support.driving import browser, main, press, text, typed, until
from tests.support.small import small
from tui import messages
from tui.library import start as opening

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

OLD, NEW, _ = sample_data.paths()
WIDE = (120, 30)

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def real(tmp_path: Path) -> list[Path]:
    """Two documents of the user, of the body and the years of samples."""
    paths = [tmp_path / "2024.txt", tmp_path / "2025.txt"]
    for path, sample in zip(paths, (OLD, NEW), strict=True):
        path.write_text(sample.read_text(encoding="utf-8") + "\n末行\n", encoding="utf-8")
    return paths


async def finished(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: main(pilot).intake.current is None and main(pilot).session is not None)


def listed(pilot: Pilot[None]) -> list[str]:
    session = main(pilot).session
    assert session is not None
    assert session.state.view is View.LIBRARY
    return session.table.frame["source_name"].to_list()


async def test_a_document_is_removed_after_one_question_and_brought_back(real: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(real), WIDE) as pilot:
        await press(pilot, "home", "delete")
        assert "移出 昌吉州医疗保障局 2025" in text(pilot)
        await press(pilot, "escape")
        assert listed(pilot) == ["2025.txt", "2024.txt"]
        await press(pilot, "delete", "enter")
        assert listed(pilot) == ["2024.txt"]
        assert opening.load_library().frames.disclosures["source_name"].to_list() == ["2024.txt"]
        await press(pilot, "f6")
        assert listed(pilot) == ["2025.txt", "2024.txt"]
        await press(pilot, "enter")
        assert "收支总览" in text(pilot)
        await press(pilot, "f6")
        assert messages.NOTHING_REMOVED in text(pilot)
    assert opening.load_library().frames.disclosures.height == 2


@pytest.mark.long
async def test_nothing_leads_back_into_a_removed_document(real: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(real), WIDE) as pilot:
        await press(pilot, "home", "c", "m")
        await typed(pilot, "资料库")
        await press(pilot, "enter", "delete", "enter", "<")
        assert listed(pilot) == ["2024.txt"]
        await press(pilot, "enter", "c")
        assert "没有同一单位上一年的资料" in text(pilot)


@pytest.mark.long
async def test_a_hidden_document_is_neither_listed_nor_compared_with(real: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(real), WIDE) as pilot:
        await press(pilot, "end", "f7")
        assert listed(pilot) == ["2025.txt"]
        await press(pilot, "enter", "c")
        assert "没有同一单位上一年的资料" in text(pilot)
        await press(pilot, "a")
        assert "没有其他资料可以对比" in text(pilot)
        await press(pilot, "left", "5")
        assert listed(pilot) == ["2025.txt", "2024.txt"]
        assert "（已隐藏）昌吉" in text(pilot), "before the name, which may be cut"
        await press(pilot, "end", "f7", "5")
        assert listed(pilot) == ["2025.txt", "2024.txt"]
        await press(pilot, "home", "enter", "c")
        assert "对比2024" in text(pilot)
    assert opening.load_library().frames.hidden == frozenset()


async def test_files_that_were_not_read_are_read_again_or_forgotten(real: list[Path], tmp_path: Path) -> None:
    bad = [tmp_path / "坏1.txt", tmp_path / "坏2.txt"]
    for path in bad:
        path.write_text("大雪。" * 500, encoding="utf-8")
    async with browser(lambda: opening.load_documents([*real, *bad]), WIDE) as pilot:
        await finished(pilot)
        await press(pilot, "escape")
        assert "2 个文件未读入" in text(pilot)
        bad[0].write_text(NEW.read_text(encoding="utf-8") + "\n第三份\n", encoding="utf-8")
        await press(pilot, "f5")
        assert "全部重新读取（2 个）" in text(pilot)
        await press(pilot, "enter")
        await finished(pilot)
        await until(pilot, lambda: "收支总览" in text(pilot))
        await press(pilot, "left")
        assert "1 个文件未读入" in text(pilot)
        assert "坏1.txt" in listed(pilot)
        await press(pilot, "f5")
        await typed(pilot, "不再提起 ")
        await press(pilot, "enter")
        assert "未读入" not in text(pilot)
        await press(pilot, "f5")
        assert messages.ALL_READ in text(pilot)
    held = opening.load_library().loaded_library
    assert held is not None
    assert held.failures() == []


@pytest.mark.long
async def test_the_samples_are_a_library_of_their_own(real: list[Path]) -> None:
    async with browser(opening.load_library, WIDE) as pilot:
        assert len(listed(pilot)) == 3
        await press(pilot, "delete")
        assert messages.SAMPLES_STAY in text(pilot)
        await press(pilot, "enter")
        assert "示例" in text(pilot).splitlines()[0]
        await press(pilot, "o")
        await typed(pilot, str(real[1]))
        await press(pilot, "enter")
        await finished(pilot)
        await until(pilot, lambda: "示例" not in text(pilot))
        await press(pilot, "c")
        assert "没有同一单位上一年的资料" in text(pilot), "no sample is the baseline of a document"
        await press(pilot, "left")
        assert listed(pilot) == ["2025.txt"]
        await press(pilot, "'")
        await finished(pilot)
        await until(pilot, lambda: "示例" in text(pilot).splitlines()[0])
        assert len(listed(pilot)) == 3
        await press(pilot, "'")
        assert listed(pilot) == ["2025.txt"]
    assert opening.load_library().frames.disclosures["source_name"].to_list() == ["2025.txt"]


def test_a_sample_that_the_user_opened_among_documents_is_no_baseline(real: list[Path]) -> None:
    frames = opening.load_documents([real[1], OLD]).frames
    (own,) = frames.disclosures.filter(source_name="2025.txt")["disclosure_id"]
    assert frames.disclosures.height == 2
    assert navigation.default_baseline(frames, own) is None


def test_the_same_document_from_two_paths_is_one(real: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(real[0].read_bytes())
    assert opening.load_documents([real[0]]).frames.disclosures.height == 1
    assert opening.load_documents([copy]).frames.disclosures.height == 1


@pytest.mark.long
async def test_documents_are_found_by_year_name_initials_and_file(real: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(real), WIDE) as pilot:
        session = main(pilot).session
        assert session is not None
        for query in ("2024", "2024.txt", "cjzylbzj 2024", "医疗 2024"):
            await press(pilot, "home", "/")
            await typed(pilot, query)
            assert session.table.frame["source_name"][session.index] == "2024.txt", query
            await press(pilot, "escape")
        assert listed(pilot) == ["2025.txt", "2024.txt"]


@pytest.mark.long
async def test_hits_are_a_list_to_choose_from(real: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(real), WIDE) as pilot:
        await press(pilot, "f4")
        assert "没有查找" in text(pilot)
        await press(pilot, "home", "enter", "v", "/")
        await typed(pilot, "行政运行")
        await press(pilot, "enter", "f4")
        assert "查找结果" in text(pilot)
        session = main(pilot).session
        assert session is not None
        assert len(session.hits) > 1
        await press(pilot, "down", "enter")
        assert "查找结果" not in text(pilot)
        assert session.hit == 1
        assert session.state.cursor == session.hits[1].state.cursor


async def test_a_question_too_long_for_the_line_has_its_hint_above(real: list[Path]) -> None:
    async with browser(lambda: opening.load_documents(real), (60, 16)) as pilot:
        await press(pilot, "home", "delete")
        *_, hint, question = text(pilot).splitlines()
        assert question.strip() == "移出 昌吉州医疗保障局 2025（部门）？"
        assert hint.strip() == "回车移出，Esc 不动；原文件不受影响"


async def test_hits_of_all_documents_say_whose_they_are() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "slash", *"2101501", "enter", "f4")
        shown = [line for line in text(pilot).splitlines() if "2101501" in line]
        assert len(shown) > 1
        assert all("某州医疗保障局 202" in line for line in shown)
        assert len(set(shown)) == len(shown)


async def test_what_found_a_document_is_forgotten_when_it_is_opened() -> None:
    async with browser(small()) as pilot:
        await press(pilot, "slash", *"2025", "enter", "enter", "c", "n")
        session = main(pilot).session
        assert session is not None
        assert session.state.view is View.OVERVIEW, "the next change, not the library"
        assert not session.hits
