from __future__ import annotations

import pytest

from budget.forms.catalogue import FORMS, UNKNOWN, XINJIANG
from budget.model.disclosure import StatementId as S
from loaders.titles import form_of, readings, statement_of
from loaders.words.tokens import normal


def read(title: str) -> dict[str, str]:
    return {reading.form: reading.statement.id for reading in readings(normal(title))}


@pytest.mark.parametrize(
    ("title", "form", "statement"),
    [
        ("部门收支总体情况表", "xinjiang", S.REVENUE_EXPENDITURE_SUMMARY),
        ("2024年单位收支总体情况表", "xinjiang", S.REVENUE_EXPENDITURE_SUMMARY),
        ("表1 2025年部门收支总体情况表", "xinjiang", S.REVENUE_EXPENDITURE_SUMMARY),
        ("表五一般公共预算支出情况表", "xinjiang", S.GENERAL_PUBLIC_EXPENDITURE),
        ("表10 财政拨款“三公”经费支出情况表", "xinjiang", S.THREE_PUBLIC_EXPENSES),
        ("某某局2024年部门支出总体情况表", "xinjiang", S.EXPENDITURE_DETAIL),
        ("某某局收支总体情况表", "xinjiang", S.REVENUE_EXPENDITURE_SUMMARY),
        ("一般公共预算基本支出情况表（续）", "xinjiang", S.BASIC_EXPENDITURE),
        ("上年结转结余情况明细表", "xinjiang", S.CARRYOVER_DETAIL),
        ("2023年部门财务收支预算总表", "shanghai", S.REVENUE_EXPENDITURE_SUMMARY),
        ("2023年单位收入预算总表", "shanghai", S.REVENUE_DETAIL),
        ("单位“三公”经费和机关运行经费预算表", "shanghai", S.THREE_PUBLIC_EXPENSES),
        ("2023年部门一般公共预算基本支出部门预算经济分类预算表", "shanghai", S.BASIC_EXPENDITURE),
        ("2022年度收入支出决算总表", "final_accounts", S.REVENUE_EXPENDITURE_SUMMARY),
        ("甲市乙局支出决算表", "final_accounts", S.EXPENDITURE_DETAIL),
        ("一、收入决算表", "final_accounts", S.REVENUE_DETAIL),
        ("一般公共预算财政拨款“三公”经费支出决算表（公开07表）", "final_accounts", S.THREE_PUBLIC_EXPENSES),
    ],
)
def test_titles(title: str, form: str, statement: S) -> None:
    assert read(title)[form] == statement


@pytest.mark.parametrize(
    "title", ["部门整体绩效目标表", "政府采购预算表", "支出", "详见部门收支总体情况表中的数字", "公开03表"]
)
def test_no_titles(title: str) -> None:
    assert not read(title)


def test_the_form_is_that_of_most_titles() -> None:
    titles = ["部门收入预算总表", "部门支出预算总表", "部门财务收支预算总表"]  # two of them stand in two forms
    assert form_of(readings(normal(title)) for title in titles) == "shanghai"
    assert form_of([]) == UNKNOWN


def test_of_equal_forms_the_one_that_lacks_fewest_is_taken() -> None:
    assert form_of([readings("支出预算总表")]) == "shanghai"


def test_a_title_of_another_form_is_read_by_it() -> None:
    found = statement_of(readings("一般公共预算项目支出情况表"), "shanghai")
    assert found is XINJIANG.statement(S.PROJECT_EXPENDITURE)


def test_every_statement_finds_its_own_title() -> None:
    for form in FORMS.values():
        for statement in form.statements:
            assert read(statement.title)[form.id] == statement.id
