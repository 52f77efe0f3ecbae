"""A department and its units: which documents belong to it, their sum, and what is missing named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from budget.library.frames import Frames, frames
from budget.library.review_notes import Note
from budget.model.disclosure import Edition, Passage
from budget.reading.disclosure import opened
from budget.reading.units import department_of, units_of
from budget.views import enter, view_table
from budget.views.review.notes import document_target
from budget.views.state import View, ViewState
from tests.support.builders import T3, T7, R, disclosure
from tests.support.making_records import fact

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure
    from budget.views.table import ViewTable

DEPARTMENT = "某州林草局"


def spending(body: str, *, edition: Edition = Edition.UNIT, year: int = 2025, **amounts: str) -> Disclosure:
    """A document whose table 3 prints amounts by function (f208="1.00")."""
    total = sum(float(amount) for amount in amounts.values())
    rows = [R("", "总计", {"total": f"{total:.2f}"})]
    rows += [R(code[1:], f"第{code[1:]}类支出", {"total": amount}) for code, amount in amounts.items()]
    return disclosure(year, {T3: rows}, body=body, edition=edition, name=f"{body}{year}.txt")


def department(said: str = "", **amounts: str) -> Disclosure:
    made = spending(DEPARTMENT, edition=Edition.DEPARTMENT, **amounts)
    return made._replace(passages=(Passage(1, None, "", said),)) if said else made


OFFICE = spending("某州林草局本级", f208="6.00", f213="10.00")
STATION = spending("某州种苗站", f213="4.00")


def ids(documents: tuple[object, ...]) -> list[str]:
    return [one.head.body for one in documents]  # type: ignore[attr-defined]


def found(held: Frames, own: Disclosure) -> list[str]:
    return ids(units_of(held, opened(held, own.head.disclosure_id)).documents)


def test_units_are_known_by_name_by_the_text_and_by_the_tables() -> None:
    own = department("下属单位：某州种苗站。", f208="6.00", f213="14.00")
    assert found(frames([own, OFFICE, STATION]), own) == ["某州林草局本级", "某州种苗站"]
    silent = department(f208="6.00", f213="14.00")
    assert found(frames([silent, OFFICE, STATION]), silent) == ["某州林草局本级"]
    listing = disclosure(
        2025, {T7: [R("", "某州种苗站", {"total": "4.00"}), R("2130205", "项", {"total": "4.00"}, "造林")]}
    )
    lines = (listing.lines[0]._replace(row_kind="body"), *listing.lines[1:])
    assert found(frames([listing._replace(lines=lines), STATION]), listing) == ["某州种苗站"]


def test_a_sample_is_no_unit_of_a_users_document() -> None:
    own, unit = department(), spending("某州林草局信息中心")
    held = frames([own, unit])
    assert len(found(held, own)) == 1
    assert not found(replace(held, samples=frozenset({unit.head.disclosure_id})), own)


def test_other_years_editions_and_bodies_are_no_units() -> None:
    own = department("另有某州种苗站。", f208="6.00")
    others = (
        spending("某州林草局本级", year=2024, f208="6.00"),
        spending("某州种苗站", edition=Edition.DEPARTMENT, f208="1.00"),
        spending("某州水利局本级", f208="1.00"),
    )
    assert found(frames([own, *others]), own) == []
    assert found(frames([OFFICE, spending("某州林草局本级信息中心", f208="1.00")]), OFFICE) == []


def shown(held: Frames, own: Disclosure, scope: str = "by-function") -> ViewTable:
    return view_table(ViewState(own.head.disclosure_id, view=View.UNITS, scope=scope), held)


def amounts(table: ViewTable, code: str) -> list[float | None]:
    row = table.frame.filter(code=code).row(0, named=True)
    cells = [row[column.id] for column in table.columns if column.kind == "amount"]
    return [None if fen is None else fen / 1_000_000 for fen in cells]


def test_the_sum_of_the_units_stands_against_the_department() -> None:
    own = department("下属单位：某州种苗站。", f208="6.00", f213="15.00")
    table = shown(frames([own, OFFICE, STATION]), own)
    assert [column.title for column in table.columns if column.kind == "amount"] == [
        "部门", "单位合计", "相差", "本级", "某州种苗站",
    ]  # fmt: skip
    assert amounts(table, "213") == [15.0, 14.0, 1.0, 10.0, 4.0]
    sum_column = next(column for column in table.columns if column.title == "单位合计")
    assert set(table.frame[sum_column.status]) == {"computed"}


def test_what_a_unit_does_not_print_is_named_and_not_taken_for_nothing() -> None:
    own = department("下属单位：某州种苗站。", f208="6.00", f213="14.00")
    table = shown(frames([own, OFFICE, STATION]), own)
    assert amounts(table, "208") == [6.0, 6.0, 0.0, 6.0, None]
    assert table.frame.filter(code="208")["note"].item() == "没有印出：某州种苗站"
    assert table.frame.filter(code="213")["note"].item() is None


def test_units_that_are_not_loaded_are_told() -> None:
    own = department(f208="6.00")
    own = own._replace(records=own.records._replace(facts=(fact("staffing", "subordinate_units", "3", "家"),)))
    notes = shown(frames([own, OFFICE]), own).notes
    assert "部门自述所属单位 3 个，读入 1 个" in notes
    assert "没有读入所属单位的资料" in shown(frames([own]), own).notes


def test_from_a_unit_its_department_is_shown() -> None:
    own = department(f208="6.00", f213="14.00")
    held = frames([OFFICE, own])
    assert department_of(held, opened(held, OFFICE.head.disclosure_id)) is opened(held, own.head.disclosure_id)
    assert amounts(shown(held, OFFICE), "213") == [14.0, 10.0, 4.0, 10.0]
    assert department_of(held, opened(held, own.head.disclosure_id)) is None


def test_a_row_opens_the_places_where_it_is_printed() -> None:
    own = department(f208="6.00", f213="14.00")
    held = frames([own, OFFICE])
    state = ViewState(own.head.disclosure_id, view=View.UNITS, scope="by-function")
    places = enter(state, held, "213")
    assert view_table(places, held).frame.height == 2
    printed = enter(places, held, view_table(places, held).frame["key"][1])
    assert (printed.view, printed.disclosure) == (View.STATEMENT, OFFICE.head.disclosure_id)


@pytest.mark.parametrize(
    ("tag", "units"),
    [
        ("属于某州林草局", ["某州林草局本级", "某州种苗站"]),
        ("属于林草局", ["某州林草局本级", "某州种苗站"]),
        ("属于某州水利局", ["某州林草局本级"]),
        ("采购", ["某州林草局本级"]),
    ],
)
def test_a_reviewer_attaches_a_unit_by_a_tag(tag: str, units: list[str]) -> None:
    own = department(f208="6.00", f213="14.00")
    held = frames([own, OFFICE, STATION])
    noted = replace(
        held, notes=(Note(document_target(opened(held, STATION.head.disclosure_id).head), "open", tag=tag),)
    )
    assert found(noted, own) == units


def test_a_reviewer_takes_a_unit_away_by_a_tag_and_the_view_follows() -> None:
    own = department(f208="6.00", f213="14.00")
    held = frames([own, OFFICE])
    assert amounts(shown(held, own), "213") == [14.0, 10.0, 4.0, 10.0]
    target = document_target(opened(held, OFFICE.head.disclosure_id).head)
    noted = replace(held, notes=(Note(target, "open", tag="不属于林草局"),))
    assert amounts(shown(noted, own), "213") == [14.0]
