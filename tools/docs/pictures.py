"""The pictures of the documentation: the sample documents in the real browser, without a terminal, as SVG."""

from __future__ import annotations

import asyncio
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from budget.i18n.language import CHINESE, using
from tools.docs.svg import offline
from tools.docs.views import samples
from tui.app import YusuanApp
from tui.library.documents import HOME
from tui.library.loaded import LoadedFrames, Options
from tui.screens.main import MainScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MAX_LOOKS = 600
"""Times that a screen is looked at before it is given up."""


class Picture(NamedTuple):
    """One picture: what it is called, how large the screen is, and the keys that lead to it from the library."""

    name: str
    title: str
    keys: str
    """Keys as Textual names them; what is to be typed stands in one piece."""
    size: tuple[int, int] = (100, 28)


PICTURES = (
    Picture("library", "资料库", "down", (100, 18)),
    Picture("compare", "支出，与上年对比", "down c m 支出 enter / 21015 enter enter down", (100, 18)),
    Picture("wide", "宽屏幕：表、图和原文并列", "down c v down", (190, 34)),
    Picture("treemap", "一行的构成和各年走势", "down enter v down 3"),
    Picture("waterfall", "增减从哪里来", "down c v down 3"),
    Picture("trend", "各年走势", "down enter 7 down 3"),
    Picture("columns", "列的安排", "down c v w down down down down space down p", (100, 18)),
    Picture("project", "一个项目", "down c / jbzx enter enter down"),
    Picture("findings", "勾稽", "down c ! down"),
    Picture("text", "数在原文中的位置", "down enter / 2101502 enter t"),
    Picture("help", "帮助", "?"),
)


def write() -> list[Path]:
    """Draw all pictures; return those that were not as they are now."""
    FOLDER.mkdir(exist_ok=True)
    changed = []
    for picture in PICTURES:
        path = FOLDER / f"{picture.name}.svg"
        now = drawn(picture)
        if not path.exists() or path.read_text(encoding="utf-8") != now:
            path.write_text(now, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def drawn(picture: Picture) -> str:
    """The picture, the same on every machine: nothing of the user's environment counts."""
    kept = dict(os.environ)
    with tempfile.TemporaryDirectory() as home, using(CHINESE):
        for name in [name for name in os.environ if name == "NO_COLOR" or name.startswith(("YUSUAN_", "TEXTUAL_"))]:
            del os.environ[name]
        os.environ[HOME] = home
        try:
            return asyncio.run(_drawn(picture))
        finally:
            os.environ.clear()
            os.environ.update(kept)


def _anywhere() -> LoadedFrames:
    """The samples without the folder that they were read from."""
    held = samples()
    return LoadedFrames(replace(held, disclosures=held.disclosures.with_columns(source_path=pl.col("source_name"))))


async def _drawn(picture: Picture) -> str:
    app = YusuanApp(_anywhere, Options(theme="dark"))
    async with app.run_test(size=picture.size) as pilot:
        await _settled(pilot)
        for key in picture.keys.split():
            for press in [key] if key in NAMED else key:
                if press.isascii():
                    await pilot.press(press)
                else:
                    app.simulate_key(press)
                await _settled(pilot)
        return offline(app.export_screenshot(title=picture.title))


NAMED = {"down", "up", "enter", "end", "space"}
"""Keys with a name; every other piece is typed."""


async def _settled(pilot: Pilot[None]) -> None:
    """Wait until the data are there, what is shown has been checked, and the picture stands."""
    main = pilot.app.screen_stack[0]
    if not isinstance(main, MainScreen):
        raise TypeError(main)
    for _ in range(MAX_LOOKS):
        await pilot.pause(0.05)
        if main.session is not None and not main.auditing:
            break
    await pilot.pause()
