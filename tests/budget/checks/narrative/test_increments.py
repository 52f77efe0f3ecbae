"""What stated changes say of the year before, in sentences of two sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.checks import findings
from budget.checks.rule import Outcome
from budget.library.frames import frames
from loaders.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from budget.checks.rule import Finding

TEXT = """江洲市渔政局2031年部门预算

第三部分 2031年部门预算情况说明

一、收支预算总体情况说明

{first}

四、财政拨款收支预算总体情况说明

{second}
"""
REVENUE = "一般公共预算收入预算{amount}万元，比上年预算{change}。"
EXPENDITURE = "一般公共预算支出预算{amount}万元，比上年预算{change}。"


def found(tmp_path: Path, check: str, first: str, second: str = "") -> list[Finding]:
    path = tmp_path / "渔政局.md"
    path.write_text(TEXT.format(first=first, second=second), encoding="utf-8")
    made = findings(frames([load(path)]))
    return [one for one in made if one.check == check and one.outcome is not Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("amount", "change", "outcomes"),
    [
        ("0", "增加62.50万元", [Outcome.HINT]),
        ("62.49", "增加62.50万元", []),  # rounding: all of it is new
        ("62.48", "增加62.50万元", [Outcome.HINT]),
        ("62.50", "增加62.50万元", []),
        ("0", "减少62.50万元", []),
        ("-3.00", "增加1.00万元", []),
    ],
)
def test_an_increase_is_no_larger_than_what_it_made(
    tmp_path: Path, amount: str, change: str, outcomes: list[Outcome]
) -> None:
    made = found(tmp_path, "stated_change_size", REVENUE.format(amount=amount, change=change))
    assert [one.outcome for one in made] == outcomes
    for one in made:
        assert [ref.text for ref in one.refs] == ["62.50万元", f"{amount}万元"]
        assert all(ref.line == 7 for ref in one.refs)


@pytest.mark.parametrize(
    ("second", "outcomes"),
    [
        (EXPENDITURE.format(amount="80.40", change="增加7.70万元"), [Outcome.HINT]),
        (EXPENDITURE.format(amount="80.40", change="减少7.20万元"), [Outcome.HINT]),
        (EXPENDITURE.format(amount="80.40", change="持平"), [Outcome.HINT]),
        (EXPENDITURE.format(amount="80.40", change="增加7.20万元"), [Outcome.EXACT]),
        (EXPENDITURE.format(amount="80.40", change="增加7.21万元"), [Outcome.EXACT]),
        (EXPENDITURE.format(amount="80.90", change="增加7.70万元"), []),  # another figure
        ("一般公共预算支出预算80.40万元，比上年执行数增加7.70万元。", []),  # compared with another
        ("财政拨款支出预算80.40万元，比上年预算增加7.70万元。", []),  # of a wider source
        ("一般公共预算基本支出预算80.40万元，比上年预算增加7.70万元。", []),  # a part
    ],
)
def test_one_figure_has_one_change(tmp_path: Path, second: str, outcomes: list[Outcome]) -> None:
    first = REVENUE.format(amount="80.40", change="增加7.20万元")
    made = found(tmp_path, "stated_change_twice", first, second)
    assert [one.outcome for one in made] == outcomes
    for one in made:
        assert [ref.line for ref in one.refs] == [7, 11]
