from __future__ import annotations

import pytest

from budget.model.disclosure import StatementId as S
from loaders.titles import meaning_of, statement_of
from loaders.words.tokens import normal
from tests.support.printed_forms import FINAL_ACCOUNTS, SHANGHAI, XINJIANG


def read(title: str) -> str:
    said = meaning_of(normal(title))
    return statement_of(said) if said else ""


@pytest.mark.parametrize(
    ("title", "statement"),
    [
        ("部门收支总体情况表", S.REVENUE_EXPENDITURE_SUMMARY),
        ("2024年单位收支总体情况表", S.REVENUE_EXPENDITURE_SUMMARY),
        ("表1 2025年部门收支总体情况表", S.REVENUE_EXPENDITURE_SUMMARY),
        ("表五一般公共预算支出情况表", S.GENERAL_PUBLIC_EXPENDITURE),
        ("表10 财政拨款“三公”经费支出情况表", S.THREE_PUBLIC_EXPENSES),
        ("某某局2024年部门支出总体情况表", S.EXPENDITURE_DETAIL),
        ("某某局收支总体情况表", S.REVENUE_EXPENDITURE_SUMMARY),
        ("一般公共预算基本支出情况表（续）", S.BASIC_EXPENDITURE),
        ("上年结转结余情况明细表", S.CARRYOVER_DETAIL),
        ("2023年部门财务收支预算总表", S.REVENUE_EXPENDITURE_SUMMARY),
        ("2023年单位收入预算总表", S.REVENUE_DETAIL),
        ("单位“三公”经费和机关运行经费预算表", S.THREE_PUBLIC_EXPENSES),
        ("2023年部门一般公共预算基本支出部门预算经济分类预算表", S.BASIC_EXPENDITURE),
        ("2022年度收入支出决算总表", S.REVENUE_EXPENDITURE_SUMMARY),
        ("甲市乙局支出决算表", S.EXPENDITURE_DETAIL),
        ("一、收入决算表", S.REVENUE_DETAIL),
        ("一般公共预算财政拨款“三公”经费支出决算表（公开07表）", S.THREE_PUBLIC_EXPENSES),
    ],
)
def test_titles(title: str, statement: S) -> None:
    assert read(title) == statement


@pytest.mark.parametrize(
    "title", ["部门整体绩效目标表", "政府采购预算表", "支出", "详见部门收支总体情况表中的数字", "公开03表"]
)
def test_no_titles(title: str) -> None:
    assert not read(title)


@pytest.mark.parametrize(
    "title",
    ["一、收支预算总表二、收入预算总表", "支出增加。2023年部门收支预算总表", "公开03表"],
)
def test_what_is_no_single_known_title(title: str) -> None:
    assert not read(title)


def test_every_statement_finds_its_own_title() -> None:
    for form in (XINJIANG, SHANGHAI, FINAL_ACCOUNTS):
        for statement in form.statements:
            assert read(statement.title) == statement.id
