"""The engine across documents: each fact once, the right total, nothing of another edition, phase or body."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budget.library.frames import Frames, frames
from budget.model.disclosure import Disclosure, Edition, Phase
from budget.reading.disclosure import opened, opened_together
from budget.views import enter, view_table
from budget.views.across.documents import of_one_body, of_one_year
from budget.views.across.figures import figures, figures_of
from budget.views.across.grid import Grid, grid
from budget.views.across.spec import DIMENSIONS, MEASURES, PivotSpec, spec_of
from budget.views.navigation import leave
from budget.views.state import View, ViewState
from tests.support.builders import T1, T2, T3, T5, T6, T7, R, disclosure
from tui.cli import help as usage

WAN = 1_000_000
WORK = [
    R(name="总计", amounts={"total": "100.00", "basic": "60.00", "project": "40.00"}),
    R("213", "农林水支出", {"total": "90.00", "basic": "50.00", "project": "40.00"}),
    R("21302", "林业和草原", {"total": "90.00", "basic": "50.00", "project": "40.00"}),
    R("2130205", "森林资源培育", {"total": "40.00", "project": "40.00"}),
    R("2130201", "行政运行", {"total": "50.00", "basic": "50.00"}),
    R("221", "住房保障支出", {"total": "10.00", "basic": "10.00"}),
]


def made(text: str, *documents: Disclosure) -> Grid:
    spec = spec_of(text)
    assert spec is not None
    held = frames(documents)
    return grid(spec, [opened(held, one.head.disclosure_id) for one in documents])


def wan(found: Grid, row: str, column: str = "") -> tuple[float, str] | None:
    cell = found.cells.get((row, column))
    return None if cell is None else (cell.fen / WAN, cell.status)


def test_a_fact_that_three_tables_print_is_one() -> None:
    summary = [R(name="支出总计", amounts={"total": "100.00"}, side="expenditure")]
    general = [R(name="总计", amounts={"total": "100.00", "basic": "60.00", "project": "40.00"})]
    document = disclosure(2025, {T1: summary, T3: WORK, T5: general})
    held = frames([document])
    whole = figures(opened(held, document.head.disclosure_id)).filter(
        flow="expenditure", function="", fund="", kind="", economic="", project=""
    )
    assert whole.select("amount_fen", "prints", "differs").rows() == [(100 * WAN, 2, False)]
    found = made("function/kind", document)
    assert wan(found, "213", "basic") == (50.0, "printed")
    assert wan(found, "", "") == (100.0, "printed")
    assert wan(found, "2130201", "project") is None
    assert found.rows == ("213", "21302", "2130201", "2130205", "221")


def test_of_two_prints_that_differ_the_one_of_most_tables_is_taken_and_marked() -> None:
    aside = [R("213", "农林水支出", {"total": "91.00"}, side="expenditure")]
    found = made("function/kind", disclosure(2025, {T1: aside, T3: WORK}))
    cell = found.cells["213", ""]
    assert (cell.fen, cell.differs, cell.statement) == (90 * WAN, True, T3)
    assert not found.cells["221", ""].differs


def test_rows_of_the_same_coordinates_are_parts_and_a_total_is_none() -> None:
    rows = [*WORK, R("221", "住房保障支出（续）", {"total": "3.00"})]
    found = made("function/kind", disclosure(2025, {T3: rows}))
    assert wan(found, "221") == (13.0, "computed")


def test_a_fund_beside_its_transfer_is_the_sum_of_both() -> None:
    income = [
        R(name="总计", amounts={"total": "30.00", "general_public_budget": "20.00", "general_public_transfer": "10.00"})
    ]
    own = figures(opened(frames([document := disclosure(2025, {T2: income})]), document.head.disclosure_id))
    assert own.filter(fund="general_public")["amount_fen"].to_list() == [30 * WAN]
    assert own.filter(fund="general_public.transfer")["amount_fen"].to_list() == [10 * WAN]


PROJECTS = [
    R("2130205", "森林资源培育", {"total": "40.00", "goods_and_services": "40.00"}),
    R("2130205", "森林资源培育", {"total": "25.00", "goods_and_services": "25.00"}, project="造林"),
    R("2130205", "森林资源培育", {"total": "15.00", "goods_and_services": "15.00"}, project="护林"),
]


def test_what_only_projects_print_is_added_up_where_their_total_proves_it() -> None:
    listed = [R("2130205", "森林资源培育", {"total": "40.00"}), *PROJECTS[1:]]
    found = made("function/economic", disclosure(2025, {T7: listed}))
    assert wan(found, "2130205", "302") == (40.0, "computed")
    assert (found.fund, found.kind) == ("general_public", "project")
    short = [R("2130205", "森林资源培育", {"total": "41.00"}), *PROJECTS[1:]]
    assert wan(made("function/economic", disclosure(2025, {T7: short})), "2130205", "302") is None


def test_the_whole_beside_projects_is_that_of_no_function() -> None:
    found = made("fund/project/function=", disclosure(2025, {T3: WORK, T7: PROJECTS[1:]}))
    assert found.rows == ()
    rows = [R(name="总计", amounts={"total": "40.00"}), R("213", "农林水支出", {"total": "40.00"}), *PROJECTS[1:]]
    found = made("kind/project", disclosure(2025, {T7: rows}))
    assert wan(found, "project", "2130205|造林") == (25.0, "printed")
    assert wan(found, "project", "") == (40.0, "printed")


def test_a_row_whose_other_part_is_unknown_has_no_total() -> None:
    basic = [
        R(name="总计", amounts={"total": "60.00", "personnel": "60.00"}),
        R("301", "工资福利支出", {"total": "60.00", "personnel": "60.00"}),
    ]
    found = made("economic/kind", disclosure(2025, {T3: WORK, T5: WORK, T6: basic}))
    assert wan(found, "301", "basic") == (60.0, "printed")
    assert wan(found, "301", "") is None  # what projects spend on wages is not printed
    assert wan(found, "", "") == (100.0, "printed")


def test_headings_that_one_year_leaves_out_are_added_up_only_where_a_whole_proves_them() -> None:
    bare = [row for row in WORK if row.code != "21302"]
    found = made("function/year", disclosure(2024, {T3: bare}), disclosure(2025, {T3: WORK}))
    assert wan(found, "21302", "2024") == (90.0, "computed")
    short = [row for row in bare if row.code != "2130201"]
    found = made("function/year", disclosure(2024, {T3: short}), disclosure(2025, {T3: WORK}))
    assert wan(found, "21302", "2024") is None


def test_all_columns_are_of_one_fund() -> None:
    general = [R(row.code, row.name, row.amounts) for row in WORK]
    found = made("function/year", disclosure(2024, {T5: general}), disclosure(2025, {T3: WORK, T5: general}))
    assert found.fund == "general_public"
    assert wan(found, "213", "2024") == wan(found, "213", "2025") == (90.0, "printed")


def shelf() -> tuple[Frames, str]:
    """A bureau with two years, a copy, final accounts, another edition, and a neighbour."""
    now = disclosure(2025, {T3: WORK})
    others = [
        disclosure(2024, {T3: WORK}),
        disclosure(2025, {T3: WORK}, name="copy"),
        disclosure(2025, {T3: WORK}, phase=Phase.FINAL_ACCOUNTS),
        disclosure(2025, {T3: WORK}, edition=Edition.UNIT),
        disclosure(2025, {T3: WORK}, body="某州水利局"),
        disclosure(2025, {}, name="text"),
    ]
    return frames([now, *others]), now.head.disclosure_id


def test_years_and_peers_leave_out_copies_and_other_editions_and_phases() -> None:
    held, now = shelf()
    years = of_one_body(held, opened(held, now))
    assert [(one.head.fiscal_year, one.head.phase) for one in years.documents] == [
        (2024, "budget"),
        (2025, "budget"),
        (2025, "final_accounts"),
    ]
    assert years.documents[1].disclosure_id == now
    assert years.notes == ("另有 1 份资料与所列的是同一单位、同一年度，没有列出",)
    peers = of_one_year(held, opened(held, now))
    assert [one.head.body for one in peers.documents] == ["某州林草局", "某州水利局"]


def test_sample_data_stand_beside_no_document_of_the_user() -> None:
    own, sample = disclosure(2025, {T3: WORK}), disclosure(2024, {T3: WORK})
    held = replace(frames([own, sample]), samples=frozenset({sample.head.disclosure_id}))
    for document in (own, sample):
        found = of_one_body(held, opened(held, document.head.disclosure_id)).documents
        assert [one.disclosure_id for one in found] == [document.head.disclosure_id]


def test_a_folder_that_is_called_like_that_of_the_samples_makes_no_sample() -> None:
    own, other = disclosure(2025, {T3: WORK}), disclosure(2024, {T3: WORK})
    other = other._replace(head=other.head._replace(source_path="/home/a/sample_data/2024.txt"))
    held = frames([own, other])
    assert len(of_one_body(held, opened(held, own.head.disclosure_id)).documents) == 2


def test_hidden_documents_stand_beside_none_until_they_are_listed_again() -> None:
    held, now = shelf()
    neighbour = held.disclosures.filter(body="某州水利局")["disclosure_id"].item()
    hidden = replace(held, hidden=frozenset({neighbour}))
    assert len(of_one_year(held, opened(held, now)).documents) == 2
    assert [one.disclosure_id for one in of_one_year(hidden, opened(hidden, now)).documents] == [now]
    assert len(of_one_year(held, opened(held, now)).documents) == 2
    chosen = of_one_year(hidden, opened(hidden, now), frozenset({neighbour}))
    assert [one.disclosure_id for one in chosen.documents] == [neighbour]


def test_a_row_opens_its_facts_and_a_fact_its_printed_line() -> None:
    document = disclosure(2025, {T1: [R("213", "农林水支出", {"total": "90.00"}, side="expenditure")], T3: WORK})
    held = frames([document])
    state = ViewState(document.head.disclosure_id, view=View.PIVOT, scope="function/kind")
    facts = enter(state, held, "213")
    assert facts.path == ("213",)
    listed = view_table(facts, held)
    assert listed.frame["total"].to_list() == [90 * WAN, 90 * WAN, 50 * WAN, 40 * WAN]
    assert listed.breadcrumb[-1] == "农林水支出"
    second = enter(facts, held, listed.frame["key"][1])
    assert (second.view, second.scope, second.cursor) == (View.STATEMENT, T1, "expenditure/213")
    assert leave(facts) == state.replace(cursor="213")


def test_shares_are_of_the_total_of_a_column() -> None:
    document = disclosure(2025, {T3: WORK})
    state = ViewState(document.head.disclosure_id, view=View.PIVOT, scope="function/kind/measure=share")
    table = view_table(state, frames([document]))
    assert table.frame.filter(key="213").select("total@share", "at:project@share").rows() == [(90.0, 100.0)]


@pytest.mark.parametrize(
    "spec",
    [
        PivotSpec(),
        PivotSpec("project", "year", (("fund", ""), ("project", "a/b=c%"))),
        PivotSpec("body", "item", (("year", "2024"),), "share"),
    ],
)
def test_a_spec_reads_its_own_text(spec: PivotSpec) -> None:
    assert spec_of(spec.text) == spec


@pytest.mark.parametrize("text", ["", "function", "function/function", "function/x", "function/kind/x=1", "a/b"])
def test_other_texts_are_no_spec(text: str) -> None:
    assert spec_of(text) is None


def test_the_command_line_names_the_dimensions_of_the_engine() -> None:
    assert (usage.AXES, usage.MEASURES) == (DIMENSIONS, MEASURES)


def test_a_filter_on_an_axis_shows_what_lies_within() -> None:
    found = made("function/kind/function=213", disclosure(2025, {T3: WORK}))
    assert found.rows == ("21302", "2130201", "2130205")
    assert wan(found, "", "basic") == (50.0, "printed")


def test_uncertain_tables_take_no_part() -> None:
    document = disclosure(2025, {T3: WORK})
    heads = tuple(head._replace(uncertain=True) for head in document.report.statements)
    doubted = document._replace(report=document.report._replace(statements=heads))
    assert made("function/kind", doubted).rows == ()


def test_documents_opened_together_are_those_opened_one_by_one() -> None:
    documents = [disclosure(year, {T3: WORK}) for year in (2023, 2024, 2025)]
    held = frames(documents)
    keys = [one.head.disclosure_id for one in reversed(documents)]
    first = opened(held, keys[1])
    together = opened_together(held, [*keys, "unknown"])
    assert [one.disclosure_id for one in together] == [*keys, "unknown"]
    assert together[1] is first
    assert together[0].cells.equals(opened(held, keys[0]).cells)
    assert not together[3].head.known
    apart = [figures(one) for one in together[:3]]
    assert figures_of(together).height == sum(one.height for one in apart)
    assert [one["disclosure_id"].unique().to_list() for one in apart] == [[key] for key in keys]
