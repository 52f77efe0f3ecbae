"""Economic classes of projects by their words, where the columns of their table are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.model.disclosure import StatementId
from loaders.load import load
from loaders.solver.economic_words import MEASURES, WORDS, Part, description_of, evidence, measures_of, together

if TYPE_CHECKING:
    from pathlib import Path

GOODS, PEOPLE, CAPITAL, WAGES = "goods_and_services", "individuals_and_families", "capital_other", "wages_and_welfare"


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("办公用房租赁费", {GOODS}),
        ("资料印刷", {GOODS}),
        ("差旅费", {GOODS}),
        ("系统维护委托费", {GOODS}),
        ("退休人员医疗费", {PEOPLE}),
        ("困难职工慰问金", {PEOPLE}),
        ("遗属抚恤", {PEOPLE}),
        ("举报奖励金", {PEOPLE}),
        ("执法设备购置", {CAPITAL}),
        ("办公设备购置", {CAPITAL}),  # the last word says what it is
        ("设备租赁", {GOODS}),
        ("编外人员工资", {WAGES}),
        ("设备购置及维护费", {CAPITAL, GOODS}),
        ("河道管护经费", set()),
        ("", set()),
    ],
)
def test_words_name_economic_classes(text: str, measures: set[str]) -> None:
    assert measures_of(text) == measures


def test_every_class_has_a_measure_and_no_word_stands_in_two() -> None:
    assert WORDS.keys() == MEASURES.keys()
    words = [word for text in WORDS.values() for word in text.split()]
    assert len(words) == len(set(words))


def test_parts_that_make_up_an_amount_speak_more_than_a_word() -> None:
    said = description_of("河道管护经费", [Part("差旅费", 300), Part("设备购置", 200), Part("其他", 50)])
    assert [evidence(said, GOODS, fen) for fen in (300, 350, 400)] == [3, 2, 1]
    assert evidence(said, CAPITAL, 200) == 3
    assert evidence(said, PEOPLE, 200) == 0


def test_words_that_say_nothing_speak_for_nothing() -> None:
    said = description_of("河道管护经费", [])
    assert all(evidence(said, measure, 100) == 0 for measure in MEASURES.values())


@given(st.lists(st.tuples(st.sampled_from(["差旅费", "慰问金", "购置", "甲"]), st.integers(1, 10**9)), max_size=6))
def test_projects_together_say_what_each_says(parts: list[tuple[str, int]]) -> None:
    each = [description_of("", [Part(item, fen)]) for item, fen in parts]
    whole = description_of("", [Part(item, fen) for item, fen in parts])
    assert together(each) == whole
    for measure, fen in whole.amounts.items():
        assert evidence(whole, measure, fen) == 3


def _document(project: str, parts: str = "") -> str:
    """A project table whose blanks are lost, of one project of 12.00 in two economic classes, and its description."""
    heads = "合计 工资福利支出 商品和服务支出 对个人和家庭的补助 债务利息及费用支出 资本性支出（基本建设） 资本性支出"
    heads += " 对企业补助（基本建设） 对企业补助 对社会保障基金补助 其他支出"
    return "\n".join(
        [
            *(
                "某州水务局",
                "2025年部门预算公开",
                "表7",
                "一般公共预算项目支出情况表",
                "编制部门：某州水务局 单位：万元",
            ),
            f"科目编码 科目名称 项目名称 {heads}",
            "总计 12.00 9.00 3.00",
            "213 农林水支出 12.00 9.00 3.00",
            "213 03 水利 12.00 9.00 3.00",
            f"213 03 99 其他水利支出 {project} 12.00 9.00 3.00",
            *("第三部分 2025年部门预算情况说明", "七、项目支出情况说明", f"（一）项目名称：{project}"),
            *("预算安排规模：12万元", f"资金分配情况：{parts}。"),
        ]
    )


def _columns(tmp_path: Path, text: str) -> dict[str, tuple[str, str]]:
    """The printed amounts of the project's line with measure and status."""
    path = tmp_path / "document.txt"
    path.write_text(text, encoding="utf-8")
    read = load(path)
    lines = {(line.statement, line.row_no): line for line in read.lines}
    return {
        cell.printed: (cell.measure, cell.column_status)
        for cell in read.cells
        if cell.statement == StatementId.PROJECT_EXPENDITURE and lines[cell.statement, cell.row_no].project
    }


@pytest.mark.parametrize(
    ("parts", "measures"),
    [
        ("差旅费9万元，慰问金3万元", (GOODS, PEOPLE)),
        ("工资9万元，租赁费3万元", (WAGES, GOODS)),
        ("抚恤金9万元，购置水泵3万元", (PEOPLE, CAPITAL)),
    ],
)
def test_lost_columns_are_inferred_by_the_words_of_the_parts(
    tmp_path: Path, parts: str, measures: tuple[str, str]
) -> None:
    found = _columns(tmp_path, _document("河道管护经费", parts))
    assert found == {
        "12.00": ("total", "printed"),
        "9.00": (measures[0], "inferred"),
        "3.00": (measures[1], "inferred"),
    }


def test_lost_columns_of_which_no_word_speaks_are_ambiguous(tmp_path: Path) -> None:
    found = _columns(tmp_path, _document("河道管护经费", "甲9万元，乙3万元"))
    assert [found[printed][1] for printed in ("12.00", "9.00", "3.00")] == ["printed", "ambiguous", "ambiguous"]
