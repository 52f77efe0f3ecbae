"""All years of one body: the span, the chain of project names, the sum over the years."""

from __future__ import annotations

from dataclasses import replace

from budget.library.frames import frames
from budget.model.disclosure import ColumnStatus, Phase
from budget.pictures.row import pictures_of_row
from budget.views import biggest_change, enter, view_table
from budget.views.across.years import chained
from budget.views.state import Scope, View, ViewState
from tests.support.builders import T3, T7, T10, R, disclosure

WAN = 1_000_000


def spent(total: str, fire: str = "") -> list[R]:
    rows = [R(name="总计", amounts={"total": total}), R("213", "农林水支出", {"total": total})]
    return [*rows, R("224", "灾害防治及应急管理支出", {"total": fire})] if fire else rows


def test_the_change_is_between_the_first_and_the_last_budget() -> None:
    held = [
        disclosure(2023, {T3: spent("10.00")}),
        disclosure(2024, {T3: spent("14.00", "3.00")}),
        disclosure(2024, {T3: spent("99.00")}, phase=Phase.FINAL_ACCOUNTS),
        disclosure(2025, {T3: spent("15.00")}),
    ]
    state = ViewState(held[-1].head.disclosure_id, view=View.YEARS, scope=Scope.BY_FUNCTION)
    table = view_table(state, frames(held))
    assert [column.title for column in table.columns] == [
        *("编码", "名称", "2023", "2024", "2024 决算", "2025", "增减", "增减%"),
    ]
    rows = {row["key"]: row for row in table.frame.iter_rows(named=True)}
    assert (rows["213"]["span@delta"], rows["213"]["span@rate"]) == (5 * WAN, 50.0)
    assert rows["213"]["at:2024f"] == 99 * WAN
    # a year that does not print it has no amount, and no difference is made of it
    assert (rows["224"]["at:2023"], rows["224"]["span@delta"], rows["224"]["change"]) == (None, None, "")


def test_the_biggest_change_of_the_span_comes_first() -> None:
    before, now = disclosure(2024, {T3: spent("14.00", "3.00")}), disclosure(2025, {T3: spent("15.00", "1.00")})
    held = frames([before, now])
    state = ViewState(now.head.disclosure_id, view=View.YEARS, scope=Scope.BY_FUNCTION)
    biggest = biggest_change(state, held)
    assert biggest.cursor == "224"
    assert view_table(biggest, held).frame["span@delta"].to_list() == [-2 * WAN, WAN]


def test_one_year_alone_says_so() -> None:
    document = disclosure(2025, {T3: spent("15.00")})
    table = view_table(ViewState(document.head.disclosure_id, view=View.YEARS, scope="by-function"), frames([document]))
    assert "只有一个年度" in table.notes[0]
    assert table.frame["span@delta"].null_count() == table.frame.height


def projects(*named: tuple[str, str]) -> list[R]:
    return [R("2130205", "森林资源培育", {"total": amount}, project=name) for name, amount in named]


def test_projects_are_chained_by_near_names_and_added_up() -> None:
    held = frames(
        [
            before := disclosure(2024, {T7: projects(("造林绿化工作经费", "10.00"), ("护林", "5.00"))}),
            now := disclosure(2025, {T7: projects(("2025年造林绿化项目", "12.00"), ("防火", "7.00"))}),
        ]
    )
    state = ViewState(now.head.disclosure_id, view=View.YEARS, scope=Scope.BY_PROJECT)
    table = view_table(state, held)
    rows = {row["name"]: row for row in table.frame.iter_rows(named=True)}
    chain = rows["2025年造林绿化项目"]
    assert (chain["at:2024"], chain["at:2025"], chain["at:sum"]) == (10 * WAN, 12 * WAN, 22 * WAN)
    assert (chain["near"], chain["at:sum#status"]) == ("造林绿化工作经费", "computed")
    assert set(rows) == {"2025年造林绿化项目", "护林", "防火"}
    facts = view_table(enter(state, held, chain["key"]), held)
    assert sorted(facts.frame["total"].to_list()) == [10 * WAN, 12 * WAN]
    apart = view_table(state.replace(unpaired=frozenset({chain["key"]})), held)
    assert apart.frame.height == 4
    assert before.head.disclosure_id != now.head.disclosure_id


def test_a_chain_goes_on_from_its_oldest_name_and_stays_within_a_function() -> None:
    listed = [
        ("2022", ["2130205|林场道路"]),
        ("2023", ["2130205|林场道路养护", "2130299|护林设备"]),
        ("2024", ["2130205|林场道路养护和维修", "2130205|护林设备"]),
    ]
    chains = {chain.latest: dict(chain.keys) for chain in chained(listed)}
    assert chains["2130205|林场道路养护和维修"] == {
        "2024": "2130205|林场道路养护和维修",
        "2023": "2130205|林场道路养护",
        "2022": "2130205|林场道路",
    }
    assert chains["2130205|护林设备"] == {"2024": "2130205|护林设备"}
    assert chains["2130299|护林设备"] == {"2023": "2130299|护林设备"}


def test_items_of_other_funds_stand_side_by_side_and_it_is_said() -> None:
    items = [R(name="公务接待费", amounts={"total": "0.40"})]
    general = [R(name="公务接待费", amounts={"general_public_budget": "0.50"})]
    held = frames([disclosure(2024, {T10: items}), now := disclosure(2025, {T10: general})])
    table = view_table(ViewState(now.head.disclosure_id, view=View.YEARS, scope=Scope.BY_ITEM), held)
    assert table.frame.select("key", "at:2024", "at:2025").rows() == [("reception", 400_000, 500_000)]
    assert any("口径不同" in note for note in table.notes)


def test_the_course_of_a_row_is_that_of_its_years() -> None:
    held = frames([disclosure(2024, {T3: spent("14.00")}), now := disclosure(2025, {T3: spent("15.00")})])
    state = ViewState(now.head.disclosure_id, view=View.YEARS, scope=Scope.BY_FUNCTION, cursor="213")
    (course,) = pictures_of_row(state, held, view_table(state, held))  # and no parts of a whole
    assert [(point.label, point.fen, point.status) for point in course.points] == [  # type: ignore[union-attr]
        ("2024", 14 * WAN, ColumnStatus.PRINTED),
        ("2025", 15 * WAN, ColumnStatus.PRINTED),
    ]


def test_a_year_that_is_hidden_is_gone_until_it_is_listed_again() -> None:
    before, now = disclosure(2024, {T3: spent("14.00")}), disclosure(2025, {T3: spent("15.00")})
    held = frames([before, now])
    state = ViewState(now.head.disclosure_id, view=View.YEARS, scope=Scope.BY_FUNCTION)
    hidden = replace(held, hidden=frozenset({before.head.disclosure_id}))
    shown = [{column.id for column in view_table(state, each).columns} for each in (held, hidden, held)]
    assert ["at:2024" in columns for columns in shown] == [True, False, True]
