"""PDF files drawn in many ways: the same cells, and the same as a second engine finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from reportlab.lib.colors import Color, grey, white

from loaders.document import Grid, Paragraph
from tests.loaders.formats.pdf import pdf_making as making
from tests.loaders.formats.pdf.pdf_making import (
    HEIGHT,
    PLAIN,
    ROWS,
    WIDTH,
    XS,
    YS,
    cells,
    changed,
    grids,
    lines,
    made,
    paragraphs,
)
from tests.loaders.formats.pdf.second_opinion import differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

RULES = (making.lines, making.areas, making.boxes, making.one_path, making.double, making.dashed)


def table(canvas: Canvas) -> None:
    lines(canvas)
    cells(canvas)


def agreed(data: bytes, expected: int) -> None:
    """Both engines find the same cells, so many."""
    assert differences(data) == (expected, [], [])


def near(box: tuple[float, float, float, float] | None, expected: tuple[float, float, float, float]) -> bool:
    assert box
    return all(abs(a - b) <= 2 for a, b in zip(box, expected, strict=True))


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules.__name__)
def test_rules_however_they_are_drawn(rules: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        rules(canvas)
        cells(canvas)

    data = made(draw)
    (grid,) = grids(data)
    assert grid.lines() == PLAIN
    assert (grid.rows, grid.columns, grid.page) == (4, 4, 1)
    assert near(grid.cells[5].box, (120, 125, 300, 150))
    agreed(data, 16)


def test_dotted_rules() -> None:
    """pdfplumber joins no dots, so this is ours alone."""

    def draw(canvas: Canvas) -> None:
        making.dots(canvas)
        cells(canvas)

    (grid,) = grids(made(draw))
    assert grid.lines() == PLAIN


def test_white_shading_is_no_table() -> None:
    """pdfplumber takes the sides of filled areas for lines, and finds cells that nobody sees."""

    def draw(canvas: Canvas) -> None:
        making.shading(canvas)
        cells(canvas)

    data = made(draw)
    assert grids(data) == []
    assert paragraphs(data)[0].split() == list(ROWS[0])


def test_white_rules_count_only_on_colour() -> None:
    def draw(canvas: Canvas, ground: Color) -> None:
        canvas.setFillColor(ground)
        canvas.rect(XS[0], HEIGHT - YS[-1], XS[-1] - XS[0], YS[-1] - YS[0], stroke=0, fill=1)
        making.areas(canvas, colour=white)
        cells(canvas)

    assert grids(made(lambda canvas: draw(canvas, white))) == []
    (grid,) = grids(made(lambda canvas: draw(canvas, grey)))
    assert grid.lines() == PLAIN


def test_shading_in_cells_moves_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(grey)
        canvas.rect(60, HEIGHT - 140, 300, 22, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.rect(125, HEIGHT - 170, 80, 10, stroke=0, fill=1)
        canvas.setFillGray(0)
        table(canvas)

    (grid,) = grids(made(draw))
    assert grid.lines() == PLAIN


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("shift", [0, -30, 25])
def test_turned_pages_with_their_origin_elsewhere(rotation: int, shift: int) -> None:
    """Whatever way a page is stored, places are those of the page as it is shown."""
    upright = made(table)
    turns = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, HEIGHT, 0),
        180: (-1, 0, 0, -1, WIDTH, HEIGHT),
        270: (0, -1, 1, 0, 0, WIDTH),
    }

    def turn(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        stored = (HEIGHT, WIDTH) if rotation % 180 else (WIDTH, HEIGHT)
        a, b, c, d, e, f = turns[rotation]
        page.contents_add(f"q {a} {b} {c} {d} {e + shift} {f + shift} cm ".encode(), prepend=True)
        page.contents_add(b" Q")
        page.mediabox = [shift - 10, shift - 20, shift + stored[0] + 30, shift + stored[1] + 40]
        page.cropbox = [shift, shift, shift + stored[0], shift + stored[1]]
        page.rotate(rotation, relative=False)

    data = changed(upright, turn)
    (grid,) = grids(data)
    assert grid.lines() == PLAIN
    for cell, original in zip(grid.cells, grids(upright)[0].cells, strict=True):
        assert original.box
        assert near(cell.box, original.box)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_on_its_side_is_read_as_one_who_turns_the_page(angle: int) -> None:
    """Figures would come out backwards otherwise."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 300)
        canvas.rotate(angle)
        canvas.translate(-WIDTH / 2, -HEIGHT / 2)
        table(canvas)

    (grid,) = grids(made(draw, size=(WIDTH, WIDTH)))
    assert grid.lines() == PLAIN


def test_printed_blanks_of_narrow_words() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(50, 300, "World Bank iiiii 1,111.11 -5")

    assert paragraphs(made(draw)) == ["World Bank iiiii 1,111.11 -5"]


def test_rules_and_text_in_forms() -> None:
    """A form in a form, each with a matrix; the second use of a form is drawn once more."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        table(canvas)
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(20, -10)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.scale(0.8, 0.8)
        canvas.doForm("outer")
        canvas.translate(0, -150)
        canvas.doForm("inner")

    data = made(draw)
    first, second = grids(data)
    assert first.lines() == second.lines() == PLAIN
    assert near(first.cells[0].box, (56, 168, 112, 188))
    agreed(data, 32)


@pytest.mark.parametrize(
    "options",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"encryption": pikepdf.Encryption(owner="o", user="", R=6)},
        {"encryption": pikepdf.Encryption(owner="o", user="", R=4)},
        {"linearize": True},
    ],
    ids=["object streams", "AES-256, empty password", "AES-128, empty password", "linearized"],
)
def test_files_saved_in_other_ways(options: dict[str, object]) -> None:
    data = changed(made(table), making.nothing, **options)
    (grid,) = grids(data)
    assert grid.lines() == PLAIN
    agreed(data, 16)


def test_spans_and_wrapped_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(50, HEIGHT - 100, 450, HEIGHT - 100)
        canvas.line(150, HEIGHT - 120, 450, HEIGHT - 120)
        for y in (140, 180):
            canvas.line(50, HEIGHT - y, 450, HEIGHT - y)
        for x, top in ((50, 100), (150, 100), (300, 120), (450, 100)):
            canvas.line(x, HEIGHT - top, x, HEIGHT - 180)
        making.text(canvas, 60, 115, "项目")
        making.text(canvas, 260, 105, "本年收入")
        making.text(canvas, 160, 125, "合计")
        making.text(canvas, 310, 125, "其他")
        for top, words in ((146, "一般行政管"), (158, "理事务"), (170, "（款）")):
            making.text(canvas, 54, top, words)
        making.text(canvas, 160, 150, "110.1")
        making.text(canvas, 160, 164, "0")

    data = made(draw)
    (grid,) = grids(data)
    assert [(*cell[:4], cell.text) for cell in grid.cells] == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "本年收入"),
        (1, 1, 1, 1, "合计"),
        (1, 2, 1, 1, "其他"),
        (2, 0, 1, 1, "一般行政管\n理事务\n（款）"),
        (2, 1, 1, 1, "110.1\n0"),
        (2, 2, 1, 1, ""),
    ]
    agreed(data, 7)


def test_two_tables_and_the_lines_around_them_in_reading_order() -> None:
    def draw(canvas: Canvas) -> None:
        making.text(canvas, 200, 60, "2025年部门收入预算总表")
        making.text(canvas, 50, 80, "编制部门：某局")
        making.text(canvas, 480, 80, "单位：元")
        table(canvas)
        making.text(canvas, 50, 215, "注：本表含上年结转。")
        lines(canvas, [50, 300, 550], [260, 285])
        cells(canvas, [("合计", "1.00")], [50, 300], [260])
        making.text(canvas, 290, 380, "- 3 -")

    data = made(draw)
    blocks = making.read(data).blocks
    assert [block.text if isinstance(block, Paragraph) else block.lines() for block in blocks] == [
        "2025年部门收入预算总表",
        "编制部门：某局  单位：元",
        PLAIN,
        "注：本表含上年结转。",
        ["合计\t1.00"],
        "- 3 -",
    ]
    agreed(data, 18)


def test_a_table_open_at_its_sides() -> None:
    def draw(canvas: Canvas) -> None:
        for y in YS:
            canvas.line(XS[0], HEIGHT - y, XS[-1], HEIGHT - y)
        for x in XS[1:-1]:
            canvas.line(x, HEIGHT - YS[0], x, HEIGHT - YS[-1])
        cells(canvas)

    (grid,) = grids(made(draw))
    assert grid.lines() == PLAIN


def test_a_table_without_rules_keeps_its_gaps() -> None:
    data = made(cells)
    assert grids(data) == []
    assert paragraphs(data) == ["  ".join(word for word in row if word) for row in ROWS]


def test_a_frame_around_a_page_is_no_grid() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(20, 20, 560, 360)
        making.text(canvas, 60, 60, "部门职责")

    assert paragraphs(made(draw)) == ["部门职责"]


def test_rules_and_text_outside_the_page_or_their_clip_are_not_seen() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        making.text(canvas, 700, 130, "页外")
        making.text(canvas, 60, -40, "页上")
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(XS[1], HEIGHT - 220, XS[2] - XS[1], 18)
        canvas.clipPath(clip, stroke=0)
        making.text(canvas, 124, 205, "见得到的很长的文字写出了格子写出了格子")
        making.text(canvas, 124, 182, "见不到")
        canvas.line(XS[0], HEIGHT - 187, XS[-1], HEIGHT - 187)
        canvas.restoreState()

    data = made(draw)
    (grid,) = grids(data)
    assert grid.lines() == PLAIN
    (below,) = paragraphs(data)
    assert below.startswith("见得到的很长的文字写出了")
    assert len(below) < 21, "what the clip cuts off is not read"


def test_text_that_is_there_twice() -> None:
    """Bold by printing twice, an invisible copy elsewhere on the page, and another over the visible text."""

    def draw(canvas: Canvas) -> None:
        table(canvas)
        for row, top in zip(ROWS, YS, strict=False):
            for words, left in zip(row, XS, strict=False):
                making.text(canvas, left + 4.3, top + 7, words)
                making.text(canvas, left + 4, top + 7, words, mode=3)
        making.text(canvas, 50, 90, "201 一般公共服务支出 1,188,720.00", mode=3)

    data = made(draw)
    (grid,) = grids(data)
    assert grid.lines() == PLAIN
    assert paragraphs(data) == []


def test_an_invisible_layer_alone_is_text() -> None:
    """As behind a scanned page that was recognised before."""

    def draw(canvas: Canvas) -> None:
        lines(canvas)
        for row, top in zip(ROWS, YS, strict=False):
            for words, left in zip(row, XS, strict=False):
                making.text(canvas, left + 4, top + 7, words, mode=3)

    (grid,) = grids(made(draw))
    assert grid.lines() == PLAIN


def test_neighbouring_words_without_a_gap_go_to_their_cells() -> None:
    """A name that fills its cell and touches the amount beside it, in one piece of text."""

    def draw(canvas: Canvas) -> None:
        lines(canvas, [50, 95, 200], [100, 120, 140])
        making.text(canvas, 50.5, 105, "一般公共服1,188,720.00")
        making.text(canvas, 50.5, 125, "208")
        making.text(canvas, 95.5, 125, "一、")

    data = made(draw)
    (grid,) = grids(data)
    assert grid.lines() == ["一般公共服\t1,188,720.00", "208\t一、"]
    agreed(data, 4)


def test_a_hyphen_at_the_end_of_a_line_is_a_hyphen() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, [50, 150, 250], [100, 120, 140])
        making.text(canvas, 60, 105, "a")
        making.text(canvas, 160, 105, "abc-")
        making.text(canvas, 60, 125, "def")
        making.text(canvas, 160, 125, "-")

    (grid,) = grids(made(draw))
    assert grid.lines() == ["a\tabc-", "def\t-"]


def test_every_page_is_counted_and_named() -> None:
    document = making.read(made(lambda canvas: None, table, lambda canvas: making.text(canvas, 50, 50, "完")))
    assert document.page_count == 3
    assert document.format == "pdf"
    assert [block.page for block in document.blocks] == [2, 3]
    assert isinstance(document.blocks[0], Grid)
    assert document.notices == ()
