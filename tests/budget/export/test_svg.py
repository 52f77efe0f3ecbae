"""Pictures as SVG, and native charts of a workbook: the figures of the view, nothing that runs."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import polars as pl
import pytest

from budget.export.svg import NOTHING, pictures_svg
from budget.export.table import to_bytes
from budget.pictures.row import pictures_of_row
from budget.views.registry import view_table
from budget.views.state import View, ViewState
from tests.support.small import small

if TYPE_CHECKING:
    from budget.library.frames import Frames
    from budget.views.table import ViewTable

NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def held() -> Frames:
    return small()


def shown(held: Frames, *, compared: bool = False) -> tuple[ViewState, ViewTable]:
    ids = dict(held.disclosures.select("fiscal_year", "disclosure_id").iter_rows())
    state = ViewState(
        disclosure=ids[2025],
        baseline=ids[2024] if compared else "",
        view=View.EXPENDITURE,
        scope="all-funds",
        path=("210", "21015"),
        cursor="2101501",
    )
    return state, view_table(state, held)


def texts(data: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in parsed(data).iter(f"{NAMESPACE}text")]


def parsed(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - a picture of ours


@pytest.mark.parametrize(("compared", "amounts"), [(False, {"66.3% 406.77", "33.7% 206.70"}), (True, {"-42.36"})])
def test_a_picture_has_the_figures_of_its_view(held: Frames, compared: bool, amounts: set[str]) -> None:
    _, table = shown(held, compared=compared)
    assert amounts <= set(texts(to_bytes(table, "svg")))


def test_all_pictures_of_a_row_stand_in_one_image(held: Frames) -> None:
    state, table = shown(held)
    written = texts(pictures_svg(pictures_of_row(state, held, table)))
    assert {"2024", "2025", "449.13", "406.77"} <= set(written)


def test_where_nothing_can_be_drawn_the_image_says_so(held: Frames) -> None:
    _, table = shown(held)
    assert NOTHING in texts(to_bytes(replace(table, totals=table.totals.clear()), "svg"))


def test_no_text_of_a_document_is_markup(held: Frames) -> None:
    _, table = shown(held)
    hostile = "<script>alert(1)</script>\x1b]0;x\x07&"
    data = to_bytes(replace(table, frame=table.frame.with_columns(name=pl.lit(hostile))), "svg")
    assert not list(parsed(data).iter(f"{NAMESPACE}script"))
    assert b"\x1b" not in data


@pytest.mark.parametrize("compared", [False, True])
def test_a_workbook_has_native_charts_of_the_same_figures(held: Frames, compared: bool) -> None:
    _, table = shown(held, compared=compared)
    data = to_bytes(table, "xlsx")
    assert any(name.startswith("xl/charts/chart") for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    rows = list(openpyxl.load_workbook(io.BytesIO(data))["图"].iter_rows(min_row=3, values_only=True))
    found = {row[0]: row[1:5] for row in rows if row[0]}
    if compared:
        assert found["2024"][0] == 695.86
        assert found["行政运行"] == (None, 653.5, None, 42.36)
    else:
        assert found["行政运行"][0] == 406.77
