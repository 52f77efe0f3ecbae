"""The pictures of the docs: they show what the program shows now, and need nothing but themselves."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len

from budget.i18n.language import CHINESE, use
from tests.support.driving import browser, text
from tests.support.small import small
from tests.support.tiers import thinned
from tools.docs import pictures
from tools.docs.pages import pages
from tools.docs.svg import CELL, offline, texts

NAMES = {picture.name: picture for picture in pictures.PICTURES}
COMMITTED = {path.stem: path.read_text(encoding="utf-8") for path in sorted(pictures.FOLDER.glob("*.svg"))}
PIECE = re.compile(r'<text class="r\d+" x="([\d.]+)" y="[\d.]+" textLength="([\d.]+)"[^>]*>([^<]*)</text>')


def test_every_picture_is_there_and_shown() -> None:
    assert set(COMMITTED) == set(NAMES)
    shown = "".join(path.read_text(encoding="utf-8") for path in pages())
    assert [name for name in NAMES if f"pictures/{name}.svg" not in shown] == []


@pytest.mark.parametrize("name", thinned(list(NAMES), 3))
def test_a_picture_shows_what_the_program_shows(name: str) -> None:
    now = pictures.drawn(NAMES[name])
    assert texts(COMMITTED[name]) == texts(now), "python3 tasks.py screenshots draws them"
    assert COMMITTED[name] == now


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_needs_nothing_else(name: str) -> None:
    svg = COMMITTED[name]
    assert re.findall(r"https?://[^\"\s]+", svg) == ["http://www.w3.org/2000/svg"], "the name of the format"
    assert "@font-face" not in svg
    assert "url(" not in svg.replace("url(#clip-terminal)", "")
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314 - a picture of ours
    assert "/work" not in svg
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", svg)


@pytest.mark.parametrize("name", NAMES)
def test_every_piece_has_the_width_of_its_cells(name: str) -> None:
    pieces = PIECE.findall(COMMITTED[name])
    assert len(pieces) > 20
    for x, width, escaped in pieces:
        said = unescape(escaped)
        assert float(width) == pytest.approx(cell_len(said) * CELL, abs=0.01)
        assert float(x) / CELL == pytest.approx(round(float(x) / CELL), abs=0.01)
        assert len({cell_len(character) for character in said}) == 1, "wide and narrow characters are set apart"


async def test_a_picture_holds_every_character_of_the_screen() -> None:
    async with browser(small("<{}>&\x1b[31m"), (80, 24)) as pilot:
        drawn = texts(offline(pilot.app.export_screenshot(title="<&>")))
        assert drawn == text(pilot).rstrip("\n").split("\n")


def test_what_the_user_has_set_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("YUSUAN_THEME", "light")
    use("en")
    try:
        assert pictures.drawn(NAMES["library"]) == COMMITTED["library"]
    finally:
        use(CHINESE)
