"""Bodies side by side: medians, places, what lies far from the others; nothing of an unknown figure."""

from __future__ import annotations

import pytest

from budget.library.frames import Frames, frames
from budget.model.disclosure import Disclosure, Edition, Phase
from budget.views import enter, view_table
from budget.views.across.grid import Cell
from budget.views.across.peers import median, outliers, ranks
from budget.views.state import Scope, Sort, View, ViewState
from tests.support.builders import T3, T6, R, disclosure
from tests.support.making_records import fact

WAN = 1_000_000


def bureau(body: str, basic: str, project: str, persons: str = "", year: int = 2025) -> Disclosure:
    total = f"{float(basic) + float(project):.2f}"
    rows = [
        R(name="总计", amounts={"total": total, "basic": basic, "project": project}),
        R("213", "农林水支出", {"total": total, "basic": basic, "project": project}),
    ]
    paid = {"total": basic, "personnel": basic}
    wages = [R(name="总计", amounts=paid), R("301", "工资福利支出", paid)]
    made = disclosure(year, {T3: rows, T6: wages}, body=body)
    facts = (fact("staffing", "in_service", persons, "人"),) if persons else ()
    return made._replace(records=made.records._replace(facts=facts))


HELD = [
    bureau("某州林草局", "60.00", "40.00", "10"),
    bureau("某州水利局", "50.00", "10.00", "10"),
    bureau("某州交通局", "70.00", "20.00", "10"),
    bureau("某州财政局", "300.00", "30.00", "10"),
    bureau("某州统计局", "20.00", "5.00"),
    bureau("某州水利局", "1.00", "1.00", year=2024),
]


@pytest.fixture
def shelf() -> tuple[Frames, ViewState]:
    return frames(HELD), ViewState(HELD[0].head.disclosure_id, view=View.PEERS, scope=Scope.INDICATORS)


def test_each_body_of_the_year_has_a_row_and_its_place(shelf: tuple[Frames, ViewState]) -> None:
    held, state = shelf
    table = view_table(state, held)
    rows = {row["name"]: row for row in table.frame.iter_rows(named=True)}
    assert next(iter(rows)) == "某州林草局"
    assert {name: (row["total"], row["rank"]) for name, row in rows.items()} == {
        "某州林草局": (100 * WAN, 2),
        "某州水利局": (60 * WAN, 4),
        "某州交通局": (90 * WAN, 3),
        "某州财政局": (330 * WAN, 1),
        "某州统计局": (25 * WAN, 5),
    }
    middle = table.totals.row(0, named=True)
    assert (middle["name"], middle["total"], middle["total#status"]) == ("中位数", 90 * WAN, "computed")


def test_of_marked_documents_those_of_the_year_are_listed_and_the_others_counted(
    shelf: tuple[Frames, ViewState],
) -> None:
    held, state = shelf
    ids = [one.head.disclosure_id for one in HELD]
    table = view_table(state.replace(among=frozenset({ids[0], ids[2], ids[5]})), held)
    assert table.frame["name"].to_list() == ["某州林草局", "某州交通局"]
    assert table.totals.row(0, named=True)["total"] == 95 * WAN
    assert "标记的资料中 1 份是另一年度或另一阶段的，没有列出" in table.notes
    without_own = view_table(state.replace(among=frozenset({ids[2], ids[3]})), held)
    assert without_own.frame["name"].to_list() == ["某州交通局", "某州财政局"], "the shown one is not marked"


def test_a_marked_document_of_another_edition_is_listed() -> None:
    own = HELD[0]
    unit = HELD[1]._replace(head=HELD[1].head._replace(edition=Edition.UNIT))
    held = frames([own, unit])
    state = ViewState(own.head.disclosure_id, view=View.PEERS, scope=Scope.INDICATORS)
    assert view_table(state, held).frame["name"].to_list() == ["某州林草局"]
    both = frozenset({own.head.disclosure_id, unit.head.disclosure_id})
    assert view_table(state.replace(among=both), held).frame["name"].to_list() == ["某州林草局", "某州水利局"]


def test_what_one_body_alone_prints_has_no_median() -> None:
    held = [HELD[0], HELD[4]]  # the second prints no persons
    table = view_table(ViewState(held[0].head.disclosure_id, view=View.PEERS, scope=Scope.INDICATORS), frames(held))
    middle = table.totals.row(0, named=True)
    assert table.frame["at:rate/personnel"].drop_nulls().len() == 1
    assert (middle["at:rate/personnel"], middle["total"]) == (None, 6_250 * WAN // 100)


def test_places_follow_the_column_that_sorts(shelf: tuple[Frames, ViewState]) -> None:
    held, state = shelf
    table = view_table(state.replace(sort=Sort("at:kind.project")), held)
    assert table.frame.select("name", "rank").rows()[:2] == [("某州林草局", 1), ("某州财政局", 2)]


def test_a_cost_a_head_far_from_the_others_is_marked_and_an_unknown_one_is_not(shelf: tuple[Frames, ViewState]) -> None:
    held, state = shelf
    rows = {row["name"]: row for row in view_table(state, held).frame.iter_rows(named=True)}
    assert rows["某州财政局"]["at:rate/personnel"] == 30 * WAN
    assert "是中位数的 4.6 倍" in rows["某州财政局"]["note"]
    assert [name for name, row in rows.items() if row["note"]] == ["某州财政局"]
    assert rows["某州统计局"]["at:rate/personnel"] is None
    assert rows["某州统计局"]["staffing/in_service"] is None


def test_one_coordinate_a_row_has_the_bodies_for_columns(shelf: tuple[Frames, ViewState]) -> None:
    held, state = shelf
    table = view_table(state.replace(scope=Scope.BY_FUNCTION), held)
    row = table.frame.filter(key="213").row(0, named=True)
    assert (row["at:median"], row["rank"]) == (90 * WAN, "2/5")
    assert [column.title for column in table.columns][1:3] == ["名称", "林草局"]


def test_a_body_opens_where_its_figures_are_printed(shelf: tuple[Frames, ViewState]) -> None:
    held, state = shelf
    key = view_table(state, held).frame.filter(name="某州交通局")["key"].item()
    facts = view_table(enter(state, held, key), held)
    assert {(column, total) for column, total in facts.frame.select("column", "total").rows()} >= {
        ("项目支出", 20 * WAN),
        ("支出合计", 90 * WAN),
    }
    printed = enter(enter(state, held, key), held, facts.frame["key"][0])
    assert (printed.view, printed.disclosure) == (View.STATEMENT, HELD[2].head.disclosure_id)


@pytest.mark.parametrize(
    ("values", "middle"), [([5], 5), ([1, 2], 2), ([3, 1, 2], 2), ([1, 2, 4, 8], 3), ([-3, -2], -2)]
)
def test_the_median_is_whole_fen(values: list[int], middle: int) -> None:
    assert median(values) == middle


def test_equal_amounts_share_their_place() -> None:
    cells = {name: Cell(fen, 1, "printed") for name, fen in (("a", 5), ("b", 7), ("c", 5), ("d", 1))}
    assert ranks(cells) == {"b": 1, "a": 2, "c": 2, "d": 4}


@pytest.mark.parametrize(
    ("values", "far"),
    [
        ({"a": 10, "b": 11, "c": 300}, {}),  # too few
        ({"a": 10, "b": 11, "c": 12, "d": 300}, {"d": 250}),
        ({"a": 100, "b": 101, "c": 102, "d": 120}, {}),  # less than half of the median away
        ({"a": 10, "b": 10, "c": 10, "d": 300}, {}),  # no spread to measure by
    ],
)
def test_far_is_far_by_the_spread_of_the_others(values: dict[str, int], far: dict[str, int]) -> None:
    assert outliers(values) == far


def test_final_accounts_are_no_peers_of_budgets() -> None:
    other = disclosure(
        2025, {T3: [R("213", "农林水支出", {"total": "9.00"})]}, body="某州水利局", phase=Phase.FINAL_ACCOUNTS
    )
    table = view_table(
        ViewState(HELD[0].head.disclosure_id, view=View.PEERS, scope=Scope.INDICATORS), frames([HELD[0], other])
    )
    assert table.frame["name"].to_list() == ["某州林草局"]
