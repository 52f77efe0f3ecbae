"""What the settings do on the screen: the unit that views begin with, where exports and copies go, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.model.disclosure import MoneyUnit
from tests.support.driving import browser, main, press, text
from tests.support.small import small
from tui.library.loaded import Options

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_views_begin_with_the_unit_and_go_on_from_it() -> None:
    async with browser(small(), options=Options(money_unit="元")) as pilot:
        session = main(pilot).session
        assert session is not None
        assert text(pilot).splitlines()[0].endswith(" 元")
        await press(pilot, "home", "enter", "v")
        assert text(pilot).splitlines()[0].endswith(" 元")
        await press(pilot, "u")
        assert session.state.unit is None, "after the last unit comes the printed one"
        await press(pilot, "u")
        assert session.state.unit is MoneyUnit.YI


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
async def test_exports_go_to_the_folder_in_the_encoding(tmp_path: Path, encoding: str) -> None:
    options = Options(export_folder=tmp_path, encoding=encoding)
    async with browser(small(), (140, 45), options=options) as pilot:
        await press(pilot, "home", "enter", "v", "e")
        assert str(tmp_path) in text(pilot).replace("\n", "")
        await press(pilot, "enter")
    (path,) = written(tmp_path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    assert "社会保障和就业支出" in data.decode(encoding)


async def test_a_name_without_a_folder_goes_there_too(tmp_path: Path) -> None:
    async with browser(small(), options=Options(export_folder=tmp_path)) as pilot:
        await press(pilot, "home", "enter", "v", "e")
        main(pilot).query_one("#prompt-input").value = "a.json"  # type: ignore[attr-defined]
        await press(pilot, "enter")
    assert [path.name for path in written(tmp_path)] == ["a.json"]


async def test_a_folder_that_is_not_there_is_not_made_but_told(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    async with browser(small(), (140, 45), options=Options(export_folder=folder)) as pilot:
        await press(pilot, "home", "enter", "e", "enter")
        assert "所在的文件夹不存在" in text(pilot).replace("\n", "")
        await press(pilot, "escape", "y")
        assert "所在的文件夹不存在" in text(pilot).replace("\n", "")
    assert not folder.exists()


async def test_copied_rows_go_there(tmp_path: Path) -> None:
    async with browser(small(), options=Options(export_folder=tmp_path)) as pilot:
        await press(pilot, "home", "enter", "v", "y")
    (path,) = written(tmp_path)
    assert "\t" in path.read_text(encoding="utf-8")
