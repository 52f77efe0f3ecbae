"""Rules become grids, glyphs become the text of cells and lines."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Grid, Paragraph
from loaders.formats.lattice import Glyphs, Mesh, Rule, TooManyRulesError, blocks, meshes
from tools.documents.strategies import share

Spans = dict[tuple[int, int], tuple[int, int]]


def lattice(xs: list[float], ys: list[float]) -> tuple[list[Rule], list[Rule]]:
    """The rules of a full grid."""
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def places(mesh: Mesh) -> list[tuple[int, int, int, int]]:
    return [cell[:4] for cell in mesh.cells]


def glyphs(*placed: tuple[str, float, float], size: float = 10.0) -> Glyphs:
    """Words at (left, top); ASCII is half as wide as other characters."""
    widths = [sum(size / 2 if char.isascii() else size for char in text) for text, _, _ in placed]
    return Glyphs(
        [text for text, _, _ in placed],
        [left for _, left, _ in placed],
        [top for _, _, top in placed],
        [left + width for (_, left, _), width in zip(placed, widths, strict=True)],
        [top + size for _, _, top in placed],
    )


def lines(*placed: tuple[str, float, float]) -> list[str]:
    found = blocks(glyphs(*placed), [], 1)
    return [block.text for block in found if isinstance(block, Paragraph)]


# -- meshes ---------------------------------------------------------------------------------------------------------


def test_a_full_grid() -> None:
    (mesh,) = meshes(*lattice([10, 60, 110], [20, 40, 60, 80]))
    assert mesh.xs == (10, 60, 110)
    assert mesh.ys == (20, 40, 60, 80)
    assert mesh.box == (10, 20, 110, 80)
    assert places(mesh) == [(row, column, 1, 1) for row in range(3) for column in range(2)]
    assert mesh.cells[3].box == (60, 40, 110, 60)


def test_spans_of_a_header() -> None:
    horizontal = [Rule(0, 0, 90), Rule(20, 30, 90), Rule(40, 0, 90), Rule(60, 0, 90)]
    vertical = [Rule(0, 0, 60), Rule(30, 0, 60), Rule(60, 20, 60), Rule(90, 0, 60)]
    (mesh,) = meshes(horizontal, vertical)
    assert places(mesh) == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip


def test_two_tables_come_from_top_to_bottom() -> None:
    first, second = lattice([10, 60, 110], [200, 220, 240]), lattice([20, 50, 90], [20, 40])
    found = meshes(first[0] + second[0], first[1] + second[1])
    assert [mesh.box for mesh in found] == [(20, 20, 90, 40), (10, 200, 110, 240)]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    outer, inner = lattice([0, 100, 300], [0, 100, 130]), lattice([120, 160, 200], [20, 40, 60])
    found = meshes(outer[0] + inner[0], outer[1] + inner[1])
    assert [len(mesh.cells) for mesh in found] == [4, 4]
    text = glyphs(("外", 110, 5), ("内", 130, 25), ("左", 10, 40))
    grids = blocks(text, found, 1)
    assert [[cell.text for cell in grid.cells if cell.text] for grid in grids if isinstance(grid, Grid)] == [
        ["左", "外"],
        ["内"],
    ]


def test_a_frame_around_a_page_is_no_table() -> None:
    assert meshes(*lattice([10, 500], [10, 800])) == []
    assert meshes([Rule(50, 0, 100)], []) == []
    assert meshes([], []) == []


def test_double_lines_are_one_line() -> None:
    horizontal, vertical = lattice([10, 60, 110], [20, 40, 60])
    double = [rule._replace(at=rule.at + 1.5) for rule in horizontal]
    (mesh,) = meshes(horizontal + double, vertical)
    assert mesh.ys == (20.75, 40.75, 60.75)


def test_pieces_and_dashes_are_joined() -> None:
    horizontal = [Rule(y, x, x + 4) for y in (0, 20, 40) for x in range(0, 100, 6)]
    vertical = [Rule(x, y, y + 10) for x in (0, 50, 101) for y in range(0, 40, 10)]
    (mesh,) = meshes(horizontal, vertical)
    assert places(mesh) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_rules_that_do_not_quite_meet() -> None:
    horizontal = [Rule(y, 2, 98) for y in (0, 20, 40)]
    vertical = [Rule(x, 1.5, 38.5) for x in (0, 50, 100)]
    (mesh,) = meshes(horizontal, vertical)
    assert len(mesh.cells) == 4


def test_open_sides_are_closed() -> None:
    """Rules above and below every row that end at one place, and no side line there."""
    (mesh,) = meshes([Rule(y, 0, 90) for y in (0, 20, 40, 60)], [Rule(x, 0, 60) for x in (30, 60)])
    assert places(mesh) == [(row, column, 1, 1) for row in range(3) for column in range(3)]
    assert (mesh.xs[0], mesh.xs[-1]) == (0, 90)
    (mesh,) = meshes([Rule(20, 0, 90)], [Rule(x, 0, 60) for x in (0, 30, 90)])
    assert places(mesh) == [(row, column, 1, 1) for row in range(2) for column in range(2)]


def test_lines_without_any_crossing_are_no_table() -> None:
    """A table of horizontal lines alone has no cells: its text is read line by line."""
    assert meshes([Rule(y, 0, 90) for y in (0, 20, 40, 60)], []) == []


def test_a_single_row_has_as_many_cells_as_it_shows() -> None:
    (mesh,) = meshes(*lattice([50, 300, 400, 500, 600], [70, 95]))
    assert places(mesh) == [(0, column, 1, 1) for column in range(4)]


def test_a_side_drawn_by_half_parts_the_rest_into_rectangles() -> None:
    """An L-shaped space holds text, too: it becomes rectangles, none of them over another."""
    horizontal = [Rule(0, 0, 60), Rule(20, 0, 30), Rule(40, 0, 60)]
    vertical = [Rule(0, 0, 40), Rule(30, 0, 20), Rule(60, 0, 40)]
    (mesh,) = meshes(horizontal, vertical)
    assert places(mesh) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]


def test_stubs_and_specks_part_nothing() -> None:
    horizontal, vertical = lattice([0, 50, 100], [0, 20, 40])
    horizontal += [Rule(30, 0, 4), Rule(10, 20, 28)]
    vertical += [Rule(25, 0, 4)]
    (mesh,) = meshes(horizontal, vertical)
    assert len(mesh.cells) == 4
    assert mesh.ys == (0, 20, 40)


def test_more_rules_than_any_table_has() -> None:
    with pytest.raises(TooManyRulesError):
        meshes([Rule(y * 4, 0, 100) for y in range(5_000)], [])
    with pytest.raises(TooManyRulesError):
        meshes(*lattice([x * 4.0 for x in range(400)], [y * 4.0 for y in range(400)]))


def _spans(rows: int, columns: int, rng: Random) -> Spans:
    """A grid parted into cells of random spans: upper left field -> rows and columns."""
    spans: Spans = {}
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = 1
            while rng.random() < 0.3 and column + width < columns and (row, column + width) not in taken:
                width += 1
            height = 1
            while rng.random() < 0.3 and row + height < rows:
                height += 1
            spans[row, column] = height, width
            taken |= {(row + y, column + x) for y in range(height) for x in range(width)}
    return spans


@settings(max_examples=share(200), deadline=None)
@given(rows=st.integers(2, 8), columns=st.integers(2, 6), seed=st.integers(0, 10**6))
def test_any_spans_drawn_cell_by_cell(rows: int, columns: int, seed: int) -> None:
    """Each cell draws its own four sides, a little beside those of its neighbours."""
    rng = Random(seed)
    spans = _spans(rows, columns, rng)
    xs = [40 + 50.0 * x for x in range(columns + 1)]
    ys = [60 + 18.0 * y for y in range(rows + 1)]
    horizontal, vertical = [], []
    for (row, column), (height, width) in spans.items():
        left, right, top, bottom = (
            side + rng.uniform(-0.7, 0.7) for side in (xs[column], xs[column + width], ys[row], ys[row + height])
        )
        horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
        vertical += [Rule(left, top, bottom), Rule(right, top, bottom)]
    rng.shuffle(horizontal)
    if len(spans) < 2:
        assert meshes(horizontal, vertical) == []
        return
    (mesh,) = meshes(horizontal, vertical)
    found = {(box[1], box[0], box[3], box[2]) for *_, box in mesh.cells}
    expected = sorted((ys[r], xs[c], ys[r + h], xs[c + w]) for (r, c), (h, w) in spans.items())
    assert len(found) == len(expected)
    for one, other in zip(sorted(found), expected, strict=True):
        assert one == pytest.approx(other, abs=1.5)
    fields = [
        (row + y, column + x)
        for row, column, height, width, _ in mesh.cells
        for y in range(height)
        for x in range(width)
    ]
    assert len(fields) == len(set(fields)), "cells overlap"


# -- text -----------------------------------------------------------------------------------------------------------


def test_glyphs_go_to_the_cell_of_their_centre() -> None:
    found = meshes(*lattice([0, 50, 100], [0, 20, 40]))
    text = glyphs(("甲", 45, 4), ("1", 46, 24), ("2", 40, 24), ("乙", 39, 4), ("后", 10, 60), ("前", 10, -30))
    before, grid, after = blocks(text, found, 7)
    assert (before, after) == (Paragraph("前", 7), Paragraph("后", 7))
    assert isinstance(grid, Grid)
    assert (grid.page, grid.rows, grid.columns, grid.box) == (7, 2, 2, (0, 0, 100, 40))
    assert [cell.text for cell in grid.cells] == ["乙", "甲", "21", ""]
    assert [cell.box for cell in grid.cells][1] == (50, 0, 100, 20)


def test_wrapped_cells_keep_their_lines_in_order() -> None:
    found = meshes(*lattice([0, 50, 100], [0, 40]))
    grid = blocks(glyphs(("理事务", 2, 22), ("医疗保障管", 2, 8)), found, 1)[0]
    assert isinstance(grid, Grid)
    assert grid.cells[0].text == "医疗保障管\n理事务"
    assert grid.lines() == ["医疗保障管理事务\t"]


def test_glyphs_of_other_fonts_stand_on_the_same_line() -> None:
    two = Glyphs(["年", "2025"], [20, 0], [10, 12], [30, 20], [20, 21])
    assert [block.text for block in blocks(two, [], 1) if isinstance(block, Paragraph)] == ["2025年"]


def test_gaps_become_blanks() -> None:
    assert lines(("合", 0, 0), ("计", 16, 0)) == ["合 计"]
    assert lines(("208", 0, 0), ("85.99", 40, 0), ("0.00", 200, 0)) == ["208  85.99  0.00"]
    assert lines(("上", 0, 0), ("海", 12, 0)) == ["上海"]
    assert lines(("World", 0, 0), (" ", 25, 0), ("Bank", 28, 0)) == ["World Bank"]
    assert lines((" ", 0, 0), ("项", 5, 0), (" ", 15, 0)) == ["项"]
    assert lines((" ", 0, 0)) == []


def test_what_is_printed_twice_is_read_once() -> None:
    bold = [("合", 0.0, 0.0), ("合", 0.3, 0.0), ("计", 10.0, 0.0), ("计", 10.3, 0.0)]
    assert lines(*bold) == ["合计"]
    assert lines(("11", 0, 0), ("11", 10, 0)) == ["1111"]
    assert lines(("1,100.00", 0, 0), ("1,100.00", 0.4, 0.2)) == ["1,100.00"]


def test_no_glyphs_no_blocks() -> None:
    assert blocks(glyphs(), [], 1) == []
    (grid,) = blocks(glyphs(), meshes(*lattice([0, 50, 100], [0, 20])), 1)
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["", ""]
