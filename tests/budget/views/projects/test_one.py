"""One project: what is gathered, what is computed, and how it is opened and left."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from budget.library.frames import Frames, frames
from budget.model.disclosure import MoneyUnit, RowKind
from budget.reading.disclosure import opened
from budget.reading.projects import dossiers, near_partners
from budget.views import enter, jump, leave, neighbour_year, place_of, view_table
from budget.views.state import Scope, View, ViewState
from loaders.load import load
from tests.support.builders import T7, R, forest, total
from tests.support.builders import disclosure as made
from tests.support.making_records import indicator, part, plan, project, speaking
from tests.support.nine_tables import street

if TYPE_CHECKING:
    from budget.model.records import Records
    from budget.views.table import ViewTable

ROADS = "林区道路管护"
KEY = f"2130204/{ROADS}"


def shown(year: int = 2025, scope: str = ROADS, **said: object) -> ViewTable:
    document = speaking(year, **said)
    return view_table(ViewState(document.head.disclosure_id, view=View.ONE_PROJECT, scope=scope), frames([document]))


def rows(table: ViewTable, section: str) -> list[tuple[str, int | None, str | None]]:
    return table.frame.filter(part=section).select("name", "total", "note").rows()


def test_amount_parts_with_shares_and_the_remainder() -> None:
    parts = (part("砂石", "2.50"), part("人工", "1.00"))
    table = shown(projects=(project(ROADS, "4.00"),), allocations=parts)
    assert rows(table, "金额") == [("表7 2130204 事业机构", 4_000_000, None), ("正文自述", 4_000_000, "与表7一致")]
    assert rows(table, "构成") == [
        ("砂石", 2_500_000, None),
        ("人工", 1_000_000, None),
        ("未列明（4.00 − 各部分）", 500_000, None),
    ]
    parted = table.frame.filter(part="构成")
    assert parted["share"].to_list() == [62.5, 25.0, 12.5]
    assert parted["total#status"].to_list() == ["printed", "printed", "computed"]
    assert rows(table, "经济分类") == [("商品服务", 4_000_000, None)]


def test_parts_beyond_the_amount_and_rounding_are_said() -> None:
    one = project(ROADS, "4.00")
    table = shown(projects=(one,), allocations=(part("砂石", "2.50"), part("人工", "2.00")))
    assert rows(table, "构成")[-1] == ("未列明（4.00 − 各部分）", -500_000, "各部分大于总额")
    table = shown(projects=(one,), allocations=(part("砂石", "2.50"), part("人工", "1.51")))
    assert rows(table, "构成")[-1][2] == "舍入可解释"


def test_a_part_whose_unit_is_doubted_stands_in_no_column_of_amounts() -> None:
    odd = part("砂石", "0.00", printed="4.00元", flags=("unit_doubtful",))
    assert rows(shown(projects=(project(ROADS, "4.00"),), allocations=(odd,)), "构成") == [
        ("砂石（印作 4.00元，单位可能有误）", None, "印作 4.00元，单位可能有误")
    ]


def test_other_amounts_in_text_and_targets_are_said() -> None:
    table = shown(projects=(project(ROADS, "4.50"),), plans=(plan(1, ROADS, "4.00"),))
    assert [note for _, _, note in rows(table, "金额")] == [None, "与表7相差 0.50", "与表7一致"]


def test_terms_and_targets_with_what_lies_below_last_year() -> None:
    table = shown(
        projects=(project(ROADS, "4.00", policy_basis="管护\n办法", period="2025年", benefits="通行"),),
        plans=(plan(1, ROADS, goal="路好走"),),
        indicators=(indicator("里程", ">=", "90", "公里", "95公里", weight="10"),),
    )
    assert table.frame["part"].to_list()[-5:] == ["依据", "期限", "效益", "目标", "指标"]
    assert rows(table, "依据")[0][0] == "管护 办法"
    assert rows(table, "指标") == [("里程 >=90公里 · 权重 10 · 上年 95公里", None, "低于上年完成值")]


def test_the_names_that_the_parts_of_a_document_use_stand_side_by_side() -> None:
    table = shown(projects=(project(f"{ROADS}经费", "4.00"),), plans=(plan(1, f"{ROADS}补助", "4.00"),))
    assert rows(table, "项目") == [(f"≈ 自述 {ROADS}经费", None, None), (f"≈ 绩效目标表 {ROADS}补助", None, None)]


def test_the_same_project_in_the_baseline_year_under_another_name() -> None:
    now = speaking(2025, projects=(project(ROADS, "4.00", period="2025年", benefits="通行"),))
    before = speaking(2024, projects=(project(f"{ROADS}经费", "3.00", period="2024年", benefits="通行"),))
    held = frames([now, before])
    state = ViewState(now.head.disclosure_id, before.head.disclosure_id, View.ONE_PROJECT, ROADS)
    table = view_table(state, held)
    assert rows(table, "项目")[0][0] == f"≈ 2024 {ROADS}经费"
    assert table.frame.filter(name="正文自述")["total@delta"].to_list() == [1_000_000]
    assert [name for name, _, _ in rows(table, "期限")] == ["2025年", "2024：2024年"]
    assert [name for name, _, _ in rows(table, "效益")] == ["通行"]
    assert table.frame.filter(pl.col("near").is_not_null())["key"].to_list() == [KEY]
    silent = frames([now, forest(2024)])
    (amount,) = view_table(state, silent).frame.filter(name="正文自述").iter_rows(named=True)
    assert (amount["change"], amount["total@delta"]) == ("", None)
    undone = view_table(state.replace(unpaired=frozenset({KEY})), held)
    assert rows(undone, "项目") == []


def test_one_name_under_several_codes_is_one_project() -> None:
    lines = [
        R("2130204", "事业机构", {"total": "3.00"}, "防火"),
        R("2130205", "森林资源培育", {"total": "1.00"}, "防火"),
    ]
    document = made(2025, {T7: [total(total="4.00"), *lines]})
    table = view_table(ViewState(document.head.disclosure_id, view=View.ONE_PROJECT, scope="防火"), frames([document]))
    assert rows(table, "金额") == [
        ("表7 2130204 事业机构", 3_000_000, None),
        ("表7 2130205 森林资源培育", 1_000_000, None),
        ("表7 2 行合计", 4_000_000, None),
    ]


def test_an_unknown_project_and_a_document_without_any_say_so() -> None:
    assert shown(scope="[/项]").notes == ("没有读到项目“[/项]”",)
    document = made(2025, {})
    table = view_table(ViewState(document.head.disclosure_id, view=View.ONE_PROJECT), frames([document]))
    assert table.notes[0] == "没有读到项目"


def test_enter_opens_a_project_and_the_way_back_leads_to_its_row() -> None:
    now, before = forest(2025), forest(2024)
    held = frames([now, before])
    item = ViewState(now.head.disclosure_id, view=View.EXPENDITURE, scope=Scope.ALL_FUNDS, path=("213", "21302"))
    one = enter(item.replace(cursor="2130204"), held, "2130204")
    assert (one.view, one.scope, one.path) == (View.ONE_PROJECT, KEY, ("213", "21302", "2130204"))
    back = leave(one)
    assert (back.view, back.cursor, back.path) == (View.PROJECT, KEY, one.path)
    assert enter(back, held, KEY) == one
    assert place_of(one, held) == "2130204"
    assert jump(one, held, View.BASIC).cursor == "2130204"
    assert neighbour_year(one, held, -1).scope == f"{ROADS}经费"
    assert neighbour_year(neighbour_year(one, held, -1), held, 1).scope == ROADS


def test_a_project_of_the_text_alone_opens_from_the_projects() -> None:
    document = street(2025)
    document = document._replace(records=speaking(2025, projects=(project("新建工程", "9.00"),)).records)
    held = frames([document])
    projects = ViewState(document.head.disclosure_id, view=View.PROJECT)
    table = view_table(projects, held)
    assert "有 1 个项目只见于正文或绩效目标，不计入合计" in table.notes
    one = enter(projects, held, "text/新建工程")
    assert (one.view, one.scope) == (View.ONE_PROJECT, "新建工程")
    assert rows(view_table(one, held), "金额") == [("正文自述", 9_000_000, None)]
    below = view_table(projects.replace(path=("201",)), held)
    assert any("只见于正文" in note for note in below.notes)


def test_the_parts_of_a_project_without_an_amount_are_counted_and_make_none() -> None:
    document = street(2025)
    said = (project("新建工程"), project("绿化", "9.00", number=2))
    parts = tuple(part(quarter, "15.00", project="新建工程") for quarter in ("一季度", "二季度"))
    parts = (*parts, part("树苗", "9.00", project="绿化", project_number=2))
    records = speaking(2025, projects=said, allocations=parts).records
    document = document._replace(records=records)
    table = view_table(ViewState(document.head.disclosure_id, view=View.PROJECT), frames([document]))
    found = table.frame.filter(pl.col("key").str.starts_with("text/"))
    amount = found.columns[found.columns.index("name") + 1]
    assert found.select("name", amount, "note").rows() == [
        ("新建工程", None, "没有印总额，印出 2 个部分，见项目详情"),
        ("绿化", 9_000_000, None),
    ]


def test_one_project_is_shown_in_the_unit_of_the_document() -> None:
    document = street(2025)
    document = document._replace(records=speaking(2025, projects=(project("新建工程", "9.00"),)).records)
    held = frames([document])
    one = ViewState(document.head.disclosure_id, view=View.ONE_PROJECT, scope="新建工程")
    projects = view_table(one.replace(view=View.PROJECT, scope=""), held)
    table = view_table(one, held)
    assert (table.unit, projects.unit) == (MoneyUnit.YUAN, MoneyUnit.YUAN)
    assert table.decimals == 0
    assert view_table(one.replace(unit=MoneyUnit.WAN), held).unit is MoneyUnit.WAN


def test_near_names_are_given_away_once() -> None:
    assert near_partners(["道路管护", "道路管护经费"], ["道路管护"]) == {"道路管护": "道路管护"}
    assert near_partners(["林区道路管护经费"], ["林区道路管护"], least=9.0) == {}
    many = [f"项目{number}号" for number in range(200)]
    assert near_partners(many, [name + "甲" for name in many]) == {}


@pytest.fixture(scope="module")
def original() -> tuple[Frames, str, Records]:
    """The headquarters' original, whose names differ most; skipped where it is not at hand."""
    shared = os.environ.get("YUSUAN_SHARED")
    if not shared:
        pytest.skip("YUSUAN_SHARED is not set: the originals are not at hand")
    read = load(Path(shared) / "disclosures" / "xinjiang-hq-2024.txt")
    held = frames([read])
    return held, read.head.disclosure_id, opened(held, read.head.disclosure_id).records


def test_every_project_of_the_original_has_its_description_and_all_but_one_their_targets(
    original: tuple[Frames, str, Records],
) -> None:
    held, id_, said = original
    found = [one for one in dossiers(opened(held, id_)) if one.lines]
    projects = {row.project for row in opened(held, id_).of(T7) if row.kind == RowKind.PROJECT}
    assert len(found) == len(projects) == len(said.projects)
    assert all(len(one.described) == 1 for one in found)
    assert sum(one.plan is None for one in found) == 1
    assert sum(one.shared for one in found) == 1
