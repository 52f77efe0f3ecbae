"""Which share of the budget was spent: true as written, seen where one figure is changed, silent where it is open."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.checks import findings
from budget.checks.rule import Outcome
from budget.library.frames import frames
from budget.model.disclosure import Passage, Phase, StatementId
from tests.support.builders import R, disclosure
from tools.documents.strategies import profile

if TYPE_CHECKING:
    from budget.checks.rule import Finding

SENTENCES = (
    "{year}年度一般公共预算财政拨款支出年初预算为{budget}万元，支出决算为{final}万元，完成年初预算的{rate}%。",
    "1．社会保障和就业支出（类）行政单位离退休（项）。主要用于：离退休人员支出。年初预算为{budget}万元，支出决算为{final}万元，完成年初预算的{rate}%。决算数小于预算数。",
    "培训费年初预算数{budget}万元，支出决算数{final}万元。完成年初预算的{rate}%。",
    "本年收入预算{budget}万元，收入决算为{final}万元，完成预算的{rate}%；上年决算数为1.00万元。",
    "年初预算为1.00万元，调整预算为{budget}万元，支出决算为{final}万元，完成调整预算的{rate}%。",
    "支出预算为9.00万元，支出决算为8.00万元，其中：会议费预算为{budget}万元，支出决算为{final}万元，为年初预算的{rate}%。",
)
ITEM = StatementId.THREE_PUBLIC_EXPENSES


def said(*sentences: str, printed: tuple[str, str] | None = None) -> list[Finding]:
    """Findings of the check on sentences; `printed` are budget and final figure of 公务接待费 in a table."""
    rows = [R(name="公务接待费", amounts=dict(zip(("budget", "final"), printed, strict=True)))] if printed else []
    made = disclosure(2024, {ITEM: rows}, phase=Phase.FINAL_ACCOUNTS)
    cells = tuple(
        cell._replace(coordinates=cell.coordinates._replace(item="reception", version=cell.measure))
        for cell in made.cells
    )
    passages = tuple(Passage(100 + at, None, "支出决算情况", text) for at, text in enumerate(sentences))
    held = frames([made._replace(cells=cells, passages=passages)])
    return [finding for finding in findings(held) if finding.check == "stated_completion" and finding.refs]


def written(rng: Random, sentence: str, *, wrong: bool = False) -> str:
    budget, final = rng.randrange(1_000_00, 90_000_00), rng.randrange(0, 95_000_00)
    rate = round(10_000 * final / budget) + (rng.choice((20, 80, 1_500)) if wrong else 0)
    shown = {"budget": f"{budget / 100:.2f}", "final": f"{final / 100:.2f}", "rate": f"{rate / 100:.2f}"}
    return sentence.format(year=2024, **shown)


@profile(40)
@given(seed=st.integers(0, 2**32), sentence=st.sampled_from(SENTENCES))
def test_a_true_rate_holds_and_a_changed_one_is_seen(seed: int, sentence: str) -> None:
    (true,) = said(written(Random(seed), sentence))
    assert true.outcome is Outcome.EXACT, true
    (found,) = said(written(Random(seed), sentence, wrong=True))
    assert found.outcome is Outcome.DISCREPANCY, found
    assert len(found.refs) == 3


def test_without_its_budget_the_printed_one_counts() -> None:
    sentence = "公务接待费支出决算为0.39万元，完成预算的13.68%。"
    assert [one.outcome for one in said(sentence, printed=("2.85", "0.39"))] == [Outcome.EXACT]
    assert [one.outcome for one in said(sentence, printed=("2.58", "0.39"))] == [Outcome.DISCREPANCY]
    assert [one.outcome for one in said(sentence, printed=("0.00", "0.39"))] == [Outcome.NOT_APPLICABLE]
    assert [one.outcome for one in said(sentence)] == [Outcome.NOT_CHECKED]


@pytest.mark.parametrize(
    "sentence",
    [
        "支出预算为9.00万元，支出决算为8.00万元，其中：会议费支出决算为2.00万元，完成预算的50.00%。",
        "预算、决算分别为9.00万元，支出决算为8.00万元，完成预算的50.00%。",
        "年初预算为9.00万元，支出决算为8.00万元，完成调整预算的50.00%。",
        "支出决算为8.00万元，其中一般公共预算9.00万元，完成预算的50.00%。",
        "年初预算为9.00万元，上年决算为8.00万元，完成年初预算的50.00%。",
    ],
)
def test_what_does_not_name_the_pair_is_not_accused(sentence: str) -> None:
    assert [one.outcome for one in said(sentence)] == [Outcome.NOT_CHECKED]


def test_digits_that_were_cut_are_a_hint_and_budgets_are_left_alone() -> None:
    cut = "年初预算为10210.34万元，支出决算为9746.50万元，完成年初预算的95.45%。"
    assert [one.outcome for one in said(cut)] == [Outcome.HINT]
    assert said("项目支出8.00万元，占预算的20.00%。") == []
