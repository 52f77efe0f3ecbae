"""Rows of tables: codes, labels, and what they stand under."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loaders.tables.rows import code_of, enumerator, unglued, without_enumerator
from loaders.tables.statements import TableReader
from tests.loaders.tables.small_grids import found, grid, read

if TYPE_CHECKING:
    from loaders.document import Grid
    from loaders.tables.rows import TableRow

FUNCTION = "科目编码 | 科目名称 | 合计"


@pytest.mark.parametrize(
    ("cells", "above", "code"),
    [
        (["2080505"], "", "2080505"),
        (["208", "05", "05"], "", "2080505"),
        (["208", "5", ""], "", "20805"),
        (["", "05", ""], "208", "20805"),
        (["", "", "05"], "20805", "2080505"),
        (["", "20805", ""], "208", "20805"),
        (["合计"], "208", ""),
        ([""], "208", ""),
    ],
)
def test_codes_in_one_cell_or_level_by_level(cells: list[str], above: str, code: str) -> None:
    assert code_of(cells, above) == code


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("201一般公共服务支出", ("201", "一般公共服务支出")),
        ("2040409“两房”建设", ("2040409", "“两房”建设")),
        ("20103（款）名", ("20103", "（款）名")),
        ("２０１公共服务", ("201", "公共服务")),
        ("一般公共服务支出", ("", "一般公共服务支出")),
    ],
)
def test_codes_that_are_glued_to_names(text: str, parts: tuple[str, str]) -> None:
    assert unglued(text) == parts


def test_enumerators_in_all_styles() -> None:
    labels = ("一、收入", "（二）收入", "3.收入", "（4）收入", "①收入", "其中：收入", "收入")
    assert [enumerator(label)[0] for label in labels] == ["一、", "（一）", "1.", "（1）", "①", "其中", ""]
    assert {without_enumerator(label) for label in labels} == {"收入"}


def test_numbered_rows_stand_under_their_headings() -> None:
    rows = read(
        "财政拨款收支总表", "收入 | 预算数",
        "一、本年收入 | 9.00", "（一）一般公共预算 | 5.00", "（二）政府性基金预算 | 4.00",
        "二、上年结转 | 2.00", "（一）一般公共预算 | 2.00", "收入总计 | 11.00",
    )  # fmt: skip
    assert [row.depth for row in rows] == [0, 1, 1, 0, 1, 0]
    assert rows[4].above == ("二、上年结转",)


def test_a_list_that_begins_behind_of_which_goes_on_beside_it() -> None:
    rows = read(
        "收支预算表", "项目 | 预算数",
        "二、本年收入 | 9.00", "其中：1.保险费收入 | 5.00", "2.财政补贴收入 | 4.00", "三、本年支出 | 8.00",
    )  # fmt: skip
    assert [row.above for row in rows] == [(), ("二、本年收入",), ("二、本年收入",), ()]


def test_parts_of_vehicles_stand_under_vehicles_and_meetings_beside_the_sum() -> None:
    rows = read(
        "“三公”经费及会议费、培训费支出预算表", "项目 | 预算数",
        "“三公”经费小计 | 6.00", "1.公务接待费 | 1.00", "2.公务用车购置及运行费 | 5.00",
        "其中：公务用车购置费 | 3.00", "公务用车运行费 | 2.00", "3.会议费 | 7.00",
    )  # fmt: skip
    parents = [row.parent.label if row.parent else "" for row in rows]
    assert parents == [
        "", "“三公”经费小计", "“三公”经费小计", "2.公务用车购置及运行费", "2.公务用车购置及运行费", "",
    ]  # fmt: skip


def test_a_total_in_the_column_of_bodies_codes_keeps_its_name() -> None:
    rows = read("收入预算表", "单位代码 | 单位名称 | 合计", "301001 | 某某中心 | 3.00", "合计 | < | 3.00")
    assert [row.label for row in rows] == ["某某中心", "合计"]
    assert rows[1].total


def labels_of_pages(title: str, *pages: Grid) -> list[str]:
    (table,) = found(title, "单位：万元", *pages)
    return [row.label for row in TableReader(table, 1, 2024, "budget").rows()]


def test_names_of_classes_on_two_pages_are_two_rows() -> None:
    first = grid("项目 | 预算数", "城乡社区支出 | 2.00")
    further = grid("农林水支出 | ", "交通运输支出 | 3.00", page=2)
    expected = ["城乡社区支出", "农林水支出", "交通运输支出"]
    assert labels_of_pages("一般公共预算支出表", first, further) == expected


def test_a_row_that_marks_no_amounts_is_not_the_rest_of_the_row_before() -> None:
    first = grid("项目 | 合计 | 一般公共预算", "其中：公务用车购置费 | 0.72 | 0.72")
    further = grid("公务用车运行费 | - | -", page=2)
    assert labels_of_pages("“三公”经费支出表", first, further) == ["其中：公务用车购置费", "公务用车运行费"]


def test_a_long_rest_of_the_name_of_a_code_goes_on_with_it() -> None:
    first = grid("编码 | 科目名称 | 合计", "2120899 | 其他 | 1.00")
    further = grid(" | 国有土地使用权出让收入安排的支出 | ", "2130101 | 行政运行 | 3.00", page=2)
    expected = ["其他国有土地使用权出让收入安排的支出", "行政运行"]
    assert labels_of_pages("支出预算表", first, further) == expected
    bodies = grid(" | 某某区国有土地储备整理开发中心 | ", "2130101 | 行政运行 | 3.00", page=2)
    assert labels_of_pages("支出预算表", first, bodies) == ["其他", "某某区国有土地储备整理开发中心", "行政运行"]


def test_marks_of_no_amount_are_no_names_on_a_page_with_wider_cells() -> None:
    """A total whose cells are merged keeps the columns that its amounts stand below."""
    head = ruled(grid("编码 | 科目名称 | 合计 | 基本", "201 | 公共服务 | 2.19 | 2.19"), (0.0, 10.0, 40.0, 60.0, 80.0))
    total = ruled(grid("总计 | 2.19 | -", page=2), (0.0, 40.0, 60.0, 80.0))
    assert labels_of_pages("支出预算表", head, total) == ["公共服务", "总计"]


def test_the_name_of_a_function_reaches_down_beside_its_projects() -> None:
    rows = read(
        "项目支出表", "编码 | 功能分类科目名称 | 项目名称 | 合计",
        "2101502 | 行政管理 | 宣传 | 1.00", "^ | ^ | 监管 | 2.00",
    )  # fmt: skip
    assert [(row.code, row.label, row.project) for row in rows] == [
        ("2101502", "行政管理", "宣传"), ("2101502", "行政管理", "监管"),
    ]  # fmt: skip


@pytest.mark.parametrize("page", [2, None])
def test_a_name_goes_on_in_the_next_grid_whether_it_has_a_page_or_not(page: int | None) -> None:
    first = grid("编码 | 科目名称 | 合计", "2340201 | 抗疫特别国债安排的 | 1.00")._replace(page=page and 1)
    further = grid(" | 支出 | ", "2130101 | 行政运行 | 3.00")._replace(page=page)
    assert labels_of_pages("支出预算表", first, further) == ["抗疫特别国债安排的支出", "行政运行"]


def test_the_name_of_a_project_below_a_function_goes_on_behind_the_page() -> None:
    head = "功能分类科目 | 项目名称 | 合计"
    first = grid(head, "2101502行政管理 | 城乡居民 | 1.00")
    further = grid(head, " | 医保周转金 | ", "2101502行政管理 | 监管 | 2.00", page=2)
    (table,) = found("项目支出表", "单位：万元", first, further)
    rows = TableReader(table, 1, 2024, "budget").rows()
    assert [(row.code, row.project) for row in rows] == [("2101502", "城乡居民医保周转金"), ("2101502", "监管")]


def ruled(table: Grid, edges: tuple[float, ...]) -> Grid:
    """A grid whose cells stand between the rules of a page."""
    boxed = (
        cell._replace(
            box=(edges[cell.column], 10.0 * cell.row, edges[cell.column + cell.columns], 10.0 * cell.row + 10)
        )
        for cell in table.cells
    )
    return table._replace(cells=tuple(boxed))


def _over_pages(title: str, *pages: tuple[str, ...]) -> list[TableRow]:
    """The rows of one table over pages, each with its head."""
    grids = [grid(*lines, page=number) for number, lines in enumerate(pages, 1)]
    return TableReader(found(title, "单位：万元", *grids)[0], 1, 2024, "budget").rows()


def test_the_rest_of_a_projects_name_reaches_the_project() -> None:
    head = "功能分类科目 | 项目名称 | 合计"
    rows = _over_pages(
        "项目支出表",
        (head, "2130306水利工程运行与维护 | 河道 | 3.00"),
        (head, "| 清淤疏浚 |", "2130311水资源节约 | 取水 | 2.00"),
        (head, "管理 | 计量设施 |"),
    )
    assert [(row.code, row.project) for row in rows] == [("2130306", "河道清淤疏浚"), ("2130311", "取水计量设施")]
    assert [row.held[0].text for row in rows] == ["水利工程运行与维护", "水资源节约管理"]


def test_the_rest_of_the_name_of_a_code_may_be_long() -> None:
    head = "科目编码 | 科目名称 | 合计"
    rows = _over_pages(
        "支出总表",
        (head, "2120899 | 其他国有土地 | 3.00"),
        (head, "| 使用权出让收入安排的支出 |", "213 | 农林水支出 | 2.00"),
    )
    assert [row.label for row in rows] == ["其他国有土地使用权出让收入安排的支出", "农林水支出"]


def test_items_on_two_pages_are_two_rows() -> None:
    head = "项目 | 合计 | 一般公共预算"
    rows = _over_pages(
        "“三公”经费支出表",
        (head, "公务用车购置费 | 3.00 | 3.00"),
        (head, "公务用车运行费 | |", "公务接待费 | 1.00 | 1.00"),
    )
    assert [row.label for row in rows] == ["公务用车购置费", "公务用车运行费", "公务接待费"]


def test_names_of_functions_reach_down_beside_projects() -> None:
    rows = read(
        "项目支出表", "功能分类科目编码 | 功能分类科目名称 | 项目名称 | 合计",
        "2130306 | 水利工程运行与维护 | 河道清淤 | 3.00", "^ | ^ | 渠道衬砌 | 2.00",
    )  # fmt: skip
    assert [(row.code, row.label, row.project) for row in rows] == [
        ("2130306", "水利工程运行与维护", "河道清淤"), ("2130306", "水利工程运行与维护", "渠道衬砌"),
    ]  # fmt: skip
