"""The published pair of the nine-table form: its views from the PDF files are those of the figures read by eye."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from budget.library.frames import Frames, frames
from budget.model.disclosure import MoneyUnit
from budget.model.records import Records
from budget.views import biggest_change, enter, view_table
from budget.views.state import ACROSS, VIEW_SCOPES, View, ViewState
from loaders.load import load
from tests.support.reference import wanli

if TYPE_CHECKING:
    from collections.abc import Iterable

YEARS = (2025, 2024)
_PAGES = ("printed_title", "page_from", "page_to")
PATHS: tuple[tuple[str, ...], ...] = ((), ("212",), ("212", "21299"), ("201", "20105", "2010507"), ("302",))


@pytest.fixture(scope="module")
def shared() -> Path:
    found = os.environ.get("YUSUAN_SHARED")
    if not found:
        pytest.skip("YUSUAN_SHARED is not set: the published pair is not tested")
    return Path(found)


@pytest.fixture(scope="module")
def read(shared: Path) -> Frames:
    """The originals without what they say in words: the reference has none of it."""
    wordless = {"records": Records(), "passages": ()}
    return frames([load(shared / "disclosures" / f"wanli-{year}.pdf")._replace(**wordless) for year in YEARS])


def ids(held: Frames) -> tuple[str, str]:
    by_year = dict(held.disclosures.select("fiscal_year", "disclosure_id").iter_rows())
    return by_year[YEARS[0]], by_year[YEARS[1]]


def plain_titles(names: Iterable[str], held: Frames) -> list[str]:
    """Names by kind with the titles of the reference: without year, edition and page, which must be those printed."""
    printed = held.statements.filter(pl.col("disclosure_id") == ids(held)[0])
    pages = {title: (first, last) for title, first, last in printed.select(*_PAGES).iter_rows()}
    found = []
    for name in names:
        said = re.fullmatch(r"(.*：)(2025年部门(.*))（第(\d+)页）", name)
        assert said is not None, name
        first, last = pages[said[2]]
        assert first <= int(said[4]) <= last, name
        found.append(said[1] + said[3])
    return found


def test_every_view_shows_what_was_read_by_eye(shared: Path, read: Frames) -> None:
    by_eye = wanli(shared)
    # What is said in words is not in the reference, so the checks of it find less; what counts across documents asks
    # for coordinates, and completeness for what stands around the tables.
    for view in set(View) - {View.LIBRARY, View.STATEMENT, View.FINDINGS, View.COMPLETENESS, *ACROSS}:
        for scope in VIEW_SCOPES[view]:
            for path in PATHS:
                for compared in (True, False):
                    tables = [
                        view_table(ViewState(now, before if compared else "", view, scope, path), held)
                        for held in (read, by_eye)
                        for now, before in [ids(held)]
                    ]
                    columns = [column.id for column in tables[0].columns]
                    assert columns == [column.id for column in tables[1].columns]
                    rows = [table.frame.select(columns) for table in tables]
                    if scope == "by-kind":
                        rows[0] = rows[0].with_columns(name=pl.Series(plain_titles(rows[0]["name"], read)))
                    assert rows[0].rows() == rows[1].rows(), (view, scope, path)
                    amounts = [column.id for column in tables[0].columns if column.measure]
                    totals = [table.totals.select(amounts).rows() for table in tables]
                    assert totals[0] == totals[1], (view, scope, path)
                    assert tables[0].unit is tables[1].unit


def test_a_number_of_the_screen_is_the_printed_one(read: Frames) -> None:
    now, before = ids(read)
    top = biggest_change(ViewState(now, before, View.OVERVIEW), read)
    assert (top.cursor, view_table(top, read).unit) == ("212", MoneyUnit.YUAN)
    item = enter(enter(top, read, top.cursor), read, "21299")
    table = view_table(item, read)
    assert item.cursor == "2129999"
    assert table.frame.select("total", "total@baseline", "total@delta").rows() == [
        (5_234_893_700, 922_020_000, 4_312_873_700)
    ]
    assert table.decimals == 0
