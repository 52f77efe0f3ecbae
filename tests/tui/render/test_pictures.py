"""Pictures drawn with characters: they fit, hold the figures, and need nothing but ASCII where asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from budget.model.disclosure import MoneyUnit
from budget.pictures.figures import Composition, Course, Part, Picture, Point, Steps
from tui.render.pictures import picture_lines
from tui.terminal.glyphs import ASCII, BLOCKS, Glyphs

NAMES = ("城乡社区支出", "社会保障和就业支出", "住房保障支出", "[/项]", "教育")
WAN = MoneyUnit.WAN


def parts(*sizes: int) -> Composition:
    named = tuple(Part(NAMES[at % len(NAMES)], size * 1_000_000, marked=at == 1) for at, size in enumerate(sizes))
    return Composition("支出", named, sum(part.fen for part in named), WAN, 2)


def steps(start: int, *differences: int) -> Steps:
    named = tuple(Part(NAMES[at % len(NAMES)], size) for at, size in enumerate(differences))
    return Steps("支出", Part("2024", start), named, Part("2025", start + sum(differences)), WAN, 2)


def course(*amounts: int | None) -> Course:
    return Course("支出", tuple(Point(str(2020 + at), amount) for at, amount in enumerate(amounts)), WAN, 2)


SMALL = st.integers(1, 10**9)
SIGNED = st.integers(-(10**9), 10**9).filter(bool)
PICTURES = st.one_of(
    st.lists(SMALL, min_size=2, max_size=40).map(lambda sizes: parts(*sorted(sizes, reverse=True))),
    st.lists(SIGNED, min_size=1, max_size=30).map(lambda found: steps(10**10, *found)),
    st.lists(st.none() | SIGNED, min_size=2, max_size=9).filter(any).map(lambda a: course(*a)),
)


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII], ids=["blocks", "ascii"])
@given(picture=PICTURES, width=st.integers(1, 120), height=st.integers(0, 50))
def test_a_picture_fits_into_its_room(glyphs: Glyphs, picture: Picture, width: int, height: int) -> None:
    lines = picture_lines(picture, glyphs, width, height)
    assert len(lines) <= height
    assert all(cell_len(line.text) <= width for line in lines)
    assert all(0 <= start < end <= len(line.text) for line in lines for start, end in line.marks)
    if glyphs is ASCII:
        assert not {sign for line in lines for sign in line.text} & set("█▌▄▀│─┌┐└┘├┤┬┴┼")


def test_a_treemap_says_names_shares_and_amounts() -> None:
    drawn = "\n".join(line.text for line in picture_lines(parts(600, 300, 99, 1), BLOCKS, 110, 14))
    for words in ("城乡社区支出", "60.0% 600.00", "社会保障和就业支出", "30.0% 300.00", "9.9%", "[/项] 0.1%"):
        assert words in drawn


def test_the_marked_part_is_marked_without_colour() -> None:
    lines = picture_lines(parts(600, 300), BLOCKS, 80, 10)
    marked = [line.text[start:end] for line in lines for start, end in line.marks]
    assert marked == ["▸ 社会保障和就业支出"]


def test_every_difference_has_a_bar_however_small() -> None:
    lines = picture_lines(steps(10**12, 5 * 10**11, -1), BLOCKS, 60, 14)
    assert [line.text.count("█") > 0 for line in lines[1:5]] == [True] * 4
    assert "+50,000.00" not in lines[1].text
    assert "横轴不从 0 起" in lines[-1].text


def test_bars_from_zero_say_nothing_of_an_axis() -> None:
    lines = picture_lines(steps(100_000_000, -90_000_000), BLOCKS, 60, 14)
    assert [line.text.split()[1] for line in lines[1:]] == ["100.00", "-90.00", "10.00"]
    assert "~" not in "".join(line.text for line in lines)


def test_a_course_prints_every_year_and_leaves_open_what_is_not_printed() -> None:
    texts = [line.text for line in picture_lines(course(100_000_000, None, 150_000_000, 75_000_000), BLOCKS, 40, 14)]
    assert [text.split() for text in texts[-4:]] == [
        ["2020", "100.00"],
        ["2021", "未列"],
        ["2022", "150.00"],
        ["2023", "75.00", "-50.0%"],
    ]


def test_a_figure_that_never_changes_has_no_line() -> None:
    assert len(picture_lines(course(0, 0, 0), BLOCKS, 40, 14)) == 4


def test_a_line_begins_at_0_or_says_where() -> None:
    half, flat = (
        [line.text for line in picture_lines(course(*amounts), BLOCKS, 40, 14)]
        for amounts in ((50_000_000, 100_000_000), (90_000_000, 100_000_000))
    )
    assert not any("纵轴" in text for text in half)
    assert half[1:7] != flat[1:7], "a rise by a tenth is not drawn like a doubling"
    assert flat[-1] == "纵轴不从 0 起：最低处为 90.00"


def test_a_half_stands_half_as_high() -> None:
    plot = [line.text for line in picture_lines(course(50_000_000, 100_000_000), BLOCKS, 40, 14)][1:-2]
    begins = next(number for number, text in enumerate(plot) if text.startswith(("▄", "▀", "█")))
    assert abs(begins - len(plot) / 2) <= 1
