"""Paths pasted or dragged into the prompts that open and export."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual.events import Paste

from budget.system import paths
from tests.support.driving import browser, main, press, text
from tests.support.small import small
from tests.tui.screens.test_browsing import files
from tui import messages
from tui.screens.questions import QUESTIONS, next_format

NOTHING_REFUSED = cast("Any", SimpleNamespace(refused_path=""))


def opened(text: str) -> Path | None:
    return QUESTIONS["open"](NOTHING_REFUSED).submit(NOTHING_REFUSED, text).path


@pytest.mark.parametrize("text", ["'{}'", '"{}"', " {} ", "file://{}"])
def test_a_pasted_path_is_opened(text: str) -> None:
    assert opened(text.format("/资料/部门 预算/a.pdf")) == Path("/资料/部门 预算/a.pdf")


def test_a_path_dragged_into_a_terminal_is_opened() -> None:
    assert opened(r"/资料/部门\ 预算/a\(1\).pdf") == Path("/资料/部门 预算/a(1).pdf")


def test_nothing_and_nobodys_folder_are_no_error() -> None:
    assert opened("  ") is None
    assert opened("~nobody-of-this-name/a.pdf") == Path("~nobody-of-this-name/a.pdf")


def test_the_sentence_shows_the_path_as_people_write_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "on_windows", lambda: True)
    submitted = QUESTIONS["open"](NOTHING_REFUSED).submit(NOTHING_REFUSED, r'"D:\部门 预算\a.pdf"')
    assert r" D:\部门 预算\a.pdf" in f" {submitted.message}"
    assert '"' not in submitted.message


async def test_a_quoted_path_that_is_pasted_is_where_the_export_goes(tmp_path: Path) -> None:
    async with browser(small(), (140, 45)) as pilot:
        await press(pilot, "e", "ctrl+u")
        main(pilot).focused.post_message(Paste(f'"{tmp_path}/部门 预算.csv"'))  # type: ignore[union-attr]
        await press(pilot, "enter")
        assert f"{tmp_path}/部门 预算.csv" in text(pilot).replace("\n", "")
    assert files(tmp_path, "*") == [tmp_path / "部门 预算.csv"]


async def test_a_file_dropped_on_the_table_is_proposed_and_enter_opens_it(tmp_path: Path) -> None:
    async with browser(small(), (140, 45)) as pilot:
        before = text(pilot)
        main(pilot).focused.post_message(Paste(" \n"))  # type: ignore[union-attr]
        await press(pilot)
        assert text(pilot) == before
        main(pilot).focused.post_message(Paste(f"'{tmp_path}/没有 此件.txt' \n"))  # type: ignore[union-attr]
        await press(pilot)
        assert messages.OPEN_LABEL in text(pilot).splitlines()[-1]
        assert "没有 此件.txt" in text(pilot).splitlines()[-1]
        await press(pilot, "enter")
        assert f"{tmp_path}/没有 此件.txt" in text(pilot).splitlines()[-1]
        assert messages.OPEN_LABEL not in text(pilot)


def test_the_next_format_of_a_pasted_path() -> None:
    assert next_format(("csv", "xlsx", "docx"), "'/资料/部门 预算/a.csv'") == "/资料/部门 预算/a.xlsx"
    assert next_format(("csv", "xlsx", "docx"), "") == ""
