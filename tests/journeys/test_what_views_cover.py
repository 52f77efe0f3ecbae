"""What a view shows and what its title says are one thing, also where only a table of a narrower fund is printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from budget.checks.cache import checked
from budget.checks.rule import Outcome
from budget.library.frames import concat, frames
from budget.reading.disclosure import opened
from budget.views import open_disclosure, view_table
from budget.views.build import view_label
from budget.views.state import Scope, View, ViewState
from loaders.load import load
from tests.support.command import Command
from tests.support.driving import browser, main
from tui.session import requests

if TYPE_CHECKING:
    from pathlib import Path

    from budget.library.frames import Frames

OFFICE = """江洲市渔政局2031年部门预算

一、收支预算总表

单位：万元

| 收入 | 金额 | 支出 | 金额 | 支出用途 | 金额 |
| --- | --- | --- | --- | --- | --- |
| 一、财政拨款 | 90.00 | 一、农林水支出 | 80.00 | 一、基本支出 | {basic} |
| 二、其他资金 | {other} | 二、住房保障支出 | {housing} | 二、项目支出 | {project} |
| 收入合计 | {total} | 支出合计 | {total} | 支出合计 | {total} |

五、财政拨款支出预算表

单位：万元

| 科目编码 | 科目名称 | 金额 |
| --- | --- | --- |
| 213 | 农林水支出 | 80.00 |
| 21301 | 农业农村 | 80.00 |
| 2130101 | 行政运行 | 80.00 |
| 221 | 住房保障支出 | 10.00 |
| 22102 | 住房改革支出 | 10.00 |
| 2210201 | 住房公积金 | 10.00 |
| | 合计 | 90.00 |

六、财政拨款基本支出预算表

单位：万元

| 科目编码 | 科目名称 | 金额 |
| --- | --- | --- |
| 301 | 工资福利支出 | 40.00 |
| 30101 | 基本工资 | 40.00 |
| 302 | 商品和服务支出 | 20.00 |
| 30201 | 办公费 | 20.00 |
| | 合计 | 60.00 |
"""


def held(folder: Path, *, other: bool) -> tuple[Frames, str]:
    """The frames of the document, with or without funds beside the appropriations, and its id."""
    figures = {"other": "", "housing": "10.00", "basic": "60.00", "project": "30.00", "total": "90.00"}
    if other:
        figures = {"other": "15.00", "housing": "25.00", "basic": "70.00", "project": "35.00", "total": "105.00"}
    path = folder / "office.md"
    path.write_text(OFFICE.format(**figures), encoding="utf-8")
    found = load(path)
    return frames([found]), found.head.disclosure_id


def test_a_table_of_a_narrower_fund_is_called_so(tmp_path: Path) -> None:
    made, own = held(tmp_path, other=True)
    state = ViewState(own, view=View.EXPENDITURE, scope=Scope.ALL_FUNDS)
    table = view_table(state, made)
    assert table.title == "支出 · 财政拨款"
    assert view_label(state, opened(made, own)) == "支出·财政拨款"
    assert table.totals["total"].to_list() == [90_000_000]
    assert "全部资金的合计是 105.00万元，见一、收支预算总表（第3行）" in table.notes


def test_basic_expenditure_says_by_what_and_of_which_fund(tmp_path: Path) -> None:
    made, own = held(tmp_path, other=True)
    table = view_table(ViewState(own, view=View.BASIC, scope=Scope.BY_FUNCTION), made)
    assert table.title == "基本支出 · 按经济分类 · 财政拨款"
    assert table.frame["code"].to_list() == ["301", "302"]
    assert any(note.startswith("全部资金的合计是 70.00万元") for note in table.notes)


@pytest.mark.parametrize("path", [(), ("213",)])
def test_nothing_more_is_said_where_all_funds_are_appropriations(tmp_path: Path, path: tuple[str, ...]) -> None:
    made, own = held(tmp_path, other=False)
    table = view_table(ViewState(own, view=View.EXPENDITURE, scope=Scope.ALL_FUNDS, path=path), made)
    assert table.title == "支出 · 财政拨款"
    assert not any("全部资金" in note for note in table.notes)
    basic = view_table(ViewState(own, view=View.BASIC), made)
    assert not any("全部资金" in note for note in basic.notes)


NARRATIVE = """江洲市渔政局2031年部门预算

第三部分 2031年部门预算情况说明

一、收支预算总体情况说明

江洲市渔政局2031年度收入、支出预算总计90.00万元，与上年相比收、支预算总计各增加10.00万元，增长12.5%。

基本支出预算数为60.00万元，与上年相比增加5.00万元，增长9.09%。
"""


@pytest.mark.parametrize("view", [View.OVERVIEW, View.EXPENDITURE, View.BASIC, View.PROJECT, View.THREE_PUBLIC])
def test_a_text_without_tables_says_where_its_figures_stand(tmp_path: Path, view: View) -> None:
    tables, _ = held(tmp_path, other=False)
    path = tmp_path / "narrative.md"
    path.write_text(NARRATIVE, encoding="utf-8")
    text = load(path)
    own = text.head.disclosure_id
    alone = view_table(ViewState(own, view=view), frames([text]))
    said = "本资料没有表，文字里的 2 处数字见“增减说明”"
    assert alone.frame.is_empty()
    assert said in alone.notes
    both = view_table(ViewState(own, view=view), concat([tables, frames([text])]))
    assert [note for note in both.notes if note in {said, "同一单位同一年度的表在“office.md”"}] == [
        said,
        "同一单位同一年度的表在“office.md”",
    ]


def test_a_text_without_tables_opens_with_what_it_states(tmp_path: Path) -> None:
    tables, printed = held(tmp_path, other=False)
    path = tmp_path / "narrative.md"
    path.write_text(NARRATIVE, encoding="utf-8")
    text = load(path)
    both = concat([tables, frames([text])])
    assert open_disclosure(ViewState(), both, text.head.disclosure_id).view is View.STATED
    assert open_disclosure(ViewState(), both, printed).view is View.OVERVIEW


@pytest.mark.parametrize(("basic", "outcome"), [("60.00", Outcome.EXACT), ("61.00", Outcome.DISCREPANCY)])
def test_a_text_is_checked_against_the_tables_beside_it(tmp_path: Path, basic: str, outcome: Outcome) -> None:
    tables, printed = held(tmp_path, other=False)
    path = tmp_path / "narrative.md"
    path.write_text(NARRATIVE.replace("基本支出预算数为60.00", f"基本支出预算数为{basic}"), encoding="utf-8")
    text = load(path)
    own = text.head.disclosure_id
    both = concat([tables, frames([text])])
    said = [one for one in checked(both, own) if one.check == "stated_amount" and one.message.startswith("基本支出")]
    assert {one.outcome for one in said} == {outcome}
    assert {ref.disclosure_id for one in said for ref in one.refs} == {own, printed}
    assert any("office.md" in ref.label for one in said for ref in one.refs)
    alone = [one for one in checked(frames([text]), own) if one.check == "stated_amount"]
    assert {one.outcome for one in alone} == {Outcome.NOT_CHECKED}
    # what the tables say of themselves is found in them alone
    assert not [one for one in checked(both, own) if one.check == "sum_of_rows" and one.outcome is Outcome.EXACT]
    assert [one for one in checked(both, printed) if one.check == "sum_of_rows" and one.outcome is Outcome.EXACT]


ITEMS = """江洲市渔政局2031年部门预算

九、“三公”经费、会议费支出预算表

单位：万元

| 项目 | 金额 |
| --- | --- |
| “三公”经费 | 10.00 |
| 公务用车购置及运行费 | 6.00 |
| 公务用车购置费 | 2.00 |
| 公务用车运行费 | 4.00 |
| 公务接待费 | 4.00 |
| 会议费 | 7.00 |
| 合计 | 17.00 |
"""


def test_items_stand_below_what_they_are_a_part_of_and_have_their_share_of_it(tmp_path: Path) -> None:
    path = tmp_path / "items.md"
    path.write_text(ITEMS, encoding="utf-8")
    found = load(path)
    table = view_table(ViewState(found.head.disclosure_id, view=View.THREE_PUBLIC), frames([found]))
    assert table.frame.select("name", "level", "share").rows() == [
        ("“三公”经费", 0, 100.0),
        ("公务用车购置及运行费", 1, 60.0),
        ("公务用车购置费", 2, 20.0),
        ("公务用车运行费", 2, 40.0),
        ("公务接待费", 1, 40.0),
        ("会议费", 0, None),
    ]
    assert table.totals.select("name", "share").rows() == [("总计", None)]


SUBTOTALS = """江洲市渔政局2031年部门预算

六、一般公共预算基本支出预算表

单位：万元

| 科目编码 | 科目名称 | 金额 |
| --- | --- | --- |
| 301 | 工资福利支出 | 40.00 |
| | 人员经费合计 | 40.00 |
| 302 | 商品和服务支出 | 15.00 |
| 310 | 资本性支出 | 5.00 |
| | 公用经费合计 | 20.00 |
"""


def test_a_sum_of_some_classes_is_no_class(tmp_path: Path) -> None:
    path = tmp_path / "classes.md"
    path.write_text(SUBTOTALS, encoding="utf-8")
    found = load(path)
    table = view_table(ViewState(found.head.disclosure_id, view=View.BASIC, scope=Scope.BY_ECONOMIC), frames([found]))
    assert table.frame["code"].to_list() == ["301", "302", "310"]
    assert table.frame["share"].sum() == pytest.approx(100)
    assert table.totals["total"].to_list() == [60_000_000]


def test_a_second_list_of_a_side_has_a_head_of_its_own(tmp_path: Path) -> None:
    made, own = held(tmp_path, other=True)
    table = view_table(ViewState(own, view=View.OVERVIEW), made)
    assert table.frame.filter(side="支").select("name", "level", "total").rows() == [
        ("农林水支出", 1, 80_000_000),
        ("住房保障支出", 1, 25_000_000),
        ("按支出性质", 1, None),
        ("基本支出", 2, 70_000_000),
        ("项目支出", 2, 35_000_000),
    ]
    assert set(table.totals["total"]) == {105_000_000}


SAME_NAMES = """江洲市渔政局2031年部门预算

三、支出预算总表

单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
| 201 | 一般公共服务支出 | 9.00 | 4.00 | 5.00 |
| 20129 | 群众团体事务 | 6.00 | 4.00 | 2.00 |
| 2012901 | 行政运行 | 4.00 | 4.00 | |
| 2012902 | 一般行政管理事务 | 2.00 | | 2.00 |
| 20132 | 组织事务 | 3.00 | | 3.00 |
| 2013202 | 一般行政管理事务 | 3.00 | | 3.00 |
| | 合计 | 9.00 | 4.00 | 5.00 |
"""


def test_items_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "names.md"
    path.write_text(SAME_NAMES, encoding="utf-8")
    found = load(path)
    state = ViewState(found.head.disclosure_id, view=View.PROJECT)
    told = ["一般行政管理事务（群众团体事务）", "一般行政管理事务（组织事务）"]
    assert view_table(state, frames([found])).frame["name"].to_list() == told
    flat = view_table(state.replace(view=View.EXPENDITURE, scope=Scope.ALL_FUNDS, flat=True), frames([found]))
    assert flat.frame["name"].to_list() == ["行政运行", *told]
    below = view_table(state.replace(view=View.EXPENDITURE, path=("201", "20132")), frames([found]))
    assert below.frame["name"].to_list() == ["一般行政管理事务"]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "home", capsysbinary, monkeypatch)


EXPENDITURE_NOTES = [
    "全部资金的合计是 105.00万元，见一、收支预算总表（第3行）",
    "出自五、财政拨款支出预算表（第13行，财政拨款）",
]


def test_an_export_says_what_the_screen_says(run: Command, tmp_path: Path) -> None:
    held(tmp_path, other=True)
    asked = ("export", tmp_path / "office.md", "--view", "expenditure")
    ran = run(*asked)
    assert ran.rows[-1]["合计（万元）"] == "90.00"
    told = [f"yusuan：江洲市渔政局 2031 支出 · 财政拨款：{note}" for note in EXPENDITURE_NOTES]
    assert ran.err.splitlines() == told
    into = run(*asked, "-o", tmp_path / "a.csv")
    assert into.err.splitlines() == [*told, f"yusuan：已写入 {tmp_path / 'a.csv'}"]
    failed = run(*asked, "-o", tmp_path / "no" / "a.csv")
    assert failed.status == 1
    assert "出自" not in failed.err


@pytest.mark.parametrize("extension", ["json", "md"])
def test_an_export_with_a_place_for_notes_says_them_there_alone(run: Command, tmp_path: Path, extension: str) -> None:
    held(tmp_path, other=True)
    ran = run("export", tmp_path / "office.md", "--view", "expenditure", "--format", extension)
    assert all(note in ran.text for note in EXPENDITURE_NOTES)
    assert ran.err == ""


def test_a_workbook_says_the_notes_on_its_last_sheet(run: Command, tmp_path: Path) -> None:
    held(tmp_path, other=True)
    ran = run("export", tmp_path / "office.md", "--view", "expenditure", "-o", tmp_path / "a.xlsx")
    assert ran.err.splitlines() == [f"yusuan：已写入 {tmp_path / 'a.xlsx'}"]
    about = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[-1]
    said = [row[2] for row in about.iter_rows(values_only=True) if row[1] == "说明"]
    assert said == EXPENDITURE_NOTES


def test_a_view_across_documents_says_its_notes_beside_the_csv(run: Command, tmp_path: Path) -> None:
    held(tmp_path, other=True)
    (tmp_path / "next.md").write_text(
        (tmp_path / "office.md").read_text(encoding="utf-8").replace("2031", "2032"), encoding="utf-8"
    )
    ran = run("export", tmp_path / "office.md", tmp_path / "next.md", "--view", "years")
    found = run("export", tmp_path / "office.md", tmp_path / "next.md", "--view", "years", "--format", "json")
    table = json.loads(found.out)
    title = " ".join((*table["breadcrumb"], table["title"]))
    assert table["notes"]
    assert ran.err.splitlines() == [f"yusuan：{title}：{note}" for note in table["notes"]]


async def test_the_message_of_an_export_says_what_a_csv_has_no_place_for(tmp_path: Path) -> None:
    made, own = held(tmp_path, other=True)
    async with browser(made, state=ViewState(own, view=View.EXPENDITURE, scope=Scope.ALL_FUNDS)) as pilot:
        said = requests.export(main(pilot).session, tmp_path / "a.csv", overwrite=False)
        assert said.endswith("；".join(["", *EXPENDITURE_NOTES]))
        assert "出自" in requests.export(main(pilot).session, tmp_path / "a.svg", overwrite=False)
        assert "出自" not in requests.export(main(pilot).session, tmp_path / "a.json", overwrite=False)
