"""What pictures show, and where its parts lie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.pictures.figures import REST, UNLISTED, Composition, Course, Picture, Steps, largest, picture_of
from budget.pictures.layout import axis, bars, treemap
from budget.pictures.row import pictures_of_row
from budget.views.registry import view_table
from budget.views.state import View, ViewState
from tests.support.small import small

if TYPE_CHECKING:
    from budget.library.frames import Frames

SIZES = st.lists(st.integers(1, 10**13), min_size=1, max_size=30).map(lambda sizes: sorted(sizes, reverse=True))


@pytest.fixture(scope="module")
def held() -> Frames:
    return small()


def state(held: Frames, year: int, **more: object) -> ViewState:
    ids = dict(held.disclosures.select("fiscal_year", "disclosure_id").iter_rows())
    against = more.pop("against", None)
    found = ViewState(disclosure=ids[year], view=View.EXPENDITURE, scope="all-funds", baseline=ids.get(against, ""))
    return found.replace(**more)


def pictures(held: Frames, where: ViewState) -> tuple[Picture, ...]:
    return pictures_of_row(where, held, view_table(where, held))


@given(SIZES, st.floats(1, 500), st.floats(1, 500))
def test_the_areas_of_a_treemap_are_in_proportion_and_fill_it(sizes: list[int], width: float, height: float) -> None:
    places = treemap(sizes, width, height)
    whole = sum(sizes)
    for size, place in zip(sizes, places, strict=True):
        assert place.width * place.height == pytest.approx(width * height * size / whole, rel=1e-6, abs=1e-9)
        assert -1e-9 <= place.x <= place.x + place.width <= width * (1 + 1e-9)
        assert -1e-9 <= place.y <= place.y + place.height <= height * (1 + 1e-9)


def test_a_row_consists_of_what_is_below_it(held: Frames) -> None:
    parts, course = pictures(held, state(held, 2025, cursor="21015", path=("210",)))
    assert isinstance(parts, Composition)
    assert [(part.label, part.fen) for part in parts.slices] == [
        ("行政运行", 406_770_000 // 100 * 100),
        ("一般行政管理事务", 206_700_000),
    ]
    assert isinstance(course, Course)
    assert [(point.label, point.fen) for point in course.points] == [("2024", 695_860_000), ("2025", 613_480_000)]


def test_a_row_with_nothing_below_is_marked_among_its_neighbours(held: Frames) -> None:
    parts, _ = pictures(held, state(held, 2025, cursor="2101501", path=("210", "21015")))
    assert isinstance(parts, Composition)
    assert [part.label for part in parts.slices if part.marked] == ["行政运行"]


def test_steps_lead_from_one_year_to_the_other(held: Frames) -> None:
    steps = next(iter(pictures(held, state(held, 2025, against=2024, cursor="210"))))
    assert isinstance(steps, Steps)
    assert steps.start.fen + sum(step.fen for step in steps.steps) == steps.end.fen
    assert all(step.fen for step in steps.steps)
    drawn = bars(steps)
    assert [bar.high for bar in (drawn[0], drawn[-1])] == [steps.start.fen, steps.end.fen]
    assert axis(steps).low >= 0


def test_rows_that_are_more_than_their_whole_have_no_picture(held: Frames) -> None:
    where = state(held, 2025)
    table = view_table(where, held)
    assert picture_of(table, "") is not None
    doubled = replace(table, frame=pl.concat([table.frame, table.frame]))
    assert picture_of(doubled, "") is None


def test_what_the_rows_leave_open_of_the_whole_is_said(held: Frames) -> None:
    table = view_table(state(held, 2025), held)
    found = picture_of(replace(table, frame=table.frame.head(2), totals=table.totals.with_columns(total=10**10)), "")
    assert isinstance(found, Composition)
    assert found.slices[-1].label == UNLISTED
    assert sum(part.fen for part in found.slices) == found.total == 10**10


def test_a_course_has_no_amount_where_none_is_printed(held: Frames) -> None:
    found = pictures(held, state(held, 2025, cursor="2080505", path=("208", "20805")))
    assert not any(isinstance(picture, Course) for picture in found)


def test_a_course_is_of_one_body_and_one_year_each(held: Frames) -> None:
    course = pictures(held, state(held, 2024, cursor="210"))[-1]
    assert isinstance(course, Course)
    assert [point.label for point in course.points] == ["2024", "2025"]


@given(SIZES, st.integers(2, 12))
def test_the_rest_is_one_part_and_nothing_is_lost(sizes: list[int], most: int) -> None:
    from budget.pictures.figures import Part

    parts = tuple(Part(str(size), size) for size in sizes)
    found = largest(parts, most)
    assert len(found) == min(len(parts), most)
    assert sum(part.fen for part in found) == sum(sizes)
    assert (found[-1].label == REST.format(len(parts) - most + 1)) is (len(parts) > most)


@pytest.mark.parametrize("against", [None, 2024])
def test_rows_of_one_name_are_told_apart_by_their_codes(held: Frames, against: int | None) -> None:
    where = state(held, 2025, against=against, cursor="", path=("210", "21015"))
    table = view_table(where, held)
    same = replace(table, frame=table.frame.with_columns(name=pl.lit("一般行政管理事务")))
    picture = picture_of(same, "")
    assert isinstance(picture, Steps if against else Composition)
    labels = [part.label for part in (picture.steps if isinstance(picture, Steps) else picture.slices)]
    told = [label for label in labels if label.endswith("一般行政管理事务")]
    assert len(told) > 1
    assert set(told) <= {f"{code} 一般行政管理事务" for code in table.frame["code"]}


def test_a_table_whose_columns_are_years_is_the_course_of_its_total(held: Frames) -> None:
    table = view_table(state(held, 2025).replace(view=View.YEARS, scope="by-function"), held)
    course = picture_of(table, "各年")
    assert isinstance(course, Course)
    assert [(point.label, point.fen) for point in course.points] == [
        (column.title, table.totals[column.id][0]) for column in table.columns if column.title in {"2024", "2025"}
    ]
