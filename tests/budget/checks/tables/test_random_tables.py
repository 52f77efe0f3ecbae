"""Properties of invented tables: without faults nothing is accused, and one changed figure is found."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from budget.checks.rule import Outcome
from budget.checks.tables import verdicts
from tests.budget.checks.tables.invented import HALF, Column, Row, coded, table

if TYPE_CHECKING:
    from budget.model.facts import Fact

COLUMNS = (
    (Column("合计"), Column("基本支出", {"kind": "basic"}), Column("项目支出", {"kind": "project"})),
    (
        Column("合计"),
        Column("人员经费", {"kind": "basic.personnel"}),
        Column("公用经费", {"kind": "basic.operating"}),
        Column("项目支出", {"kind": "project"}),
    ),
    (
        Column("总计"),
        Column("财政拨款/小计", {"fund": "appropriation"}),
        Column("财政拨款/一般公共预算", {"fund": "general_public"}),
        Column("财政拨款/政府性基金", {"fund": "government_fund"}),
        Column("单位资金", {"fund": "own"}),
    ),
)


def drawn(seed: int) -> tuple[dict[int, str], list[Fact]]:
    """Tables of one budget: by function with parts beside it, twice, and the totals of both sides."""
    rng = Random(seed)
    columns = rng.choice(COLUMNS)
    parts = len(columns) - (2 if len(columns) == 5 else 1)
    rows: list[Row] = []
    sums = [0] * parts
    for class_ in rng.sample(range(201, 224), rng.randint(2, 4)):
        below: list[Row] = []
        own = [0] * parts
        for item in range(1, rng.randint(2, 4)):
            amounts = [rng.randint(1, 90_000) if rng.random() < 0.7 else 0 for _ in range(parts)]
            amounts[0] = amounts[0] or 1_234
            own = [a + b for a, b in zip(own, amounts, strict=True)]
            below.append(_row(f"{class_}01{item:02d}", columns, amounts))
        rows += [_row(str(class_), columns, own), _row(f"{class_}01", columns, own), *below]
        sums = [a + b for a, b in zip(sums, own, strict=True)]
    grand = Row(rng.choice(["合计", "总 计"]), {}, _cells(columns, sums))
    rows = [grand, *rows] if rng.random() < 0.5 else [*rows, grand]
    flow = "revenue" if len(columns) == 5 else "expenditure"
    totals = [
        Row("收入总计", {"flow": "revenue"}, (sum(sums) / 100,)),
        Row("支出总计", {"flow": "expenditure"}, (sum(sums) / 100,)),
    ]
    facts = [*table(1, (Column("预算数"),), totals), *table(2, columns, rows, flow=flow)]
    return {1: "收支总表", 2: "明细表"}, facts


def _row(code: str, columns: tuple[Column, ...], amounts: list[int]) -> Row:
    return coded(code, "科目", *_cells(columns, amounts))


def _cells(columns: tuple[Column, ...], amounts: list[int]) -> tuple[float | None, ...]:
    total = sum(amounts) / 100
    cells: list[float | None] = [amount / 100 if amount else None for amount in amounts]
    if len(columns) == 5:
        appropriation = sum(amounts[:2]) / 100
        return (total, appropriation, *cells)
    return (total, *cells)


@given(st.integers(0, 2**32))
def test_tables_without_faults_accuse_nobody(seed: int) -> None:
    _, facts = drawn(seed)
    outcomes = {verdict.outcome for verdict in verdicts(facts, {})}
    assert outcomes <= {Outcome.EXACT, Outcome.ROUNDING}


@given(st.integers(0, 2**32))
def test_a_changed_figure_is_found(seed: int) -> None:
    _, facts = drawn(seed)
    rng = Random(seed + 1)
    number = rng.randrange(len(facts))
    wrong = facts[number]._replace(amount_fen=facts[number].amount_fen + rng.choice([60, 700, 90_000]) * 2 * HALF)
    again = verdicts([*facts[:number], wrong, *facts[number + 1 :]], {})
    assert any(v.outcome is Outcome.DISCREPANCY and wrong in v.equation.facts for v in again)


@given(st.integers(0, 2**32))
def test_rounding_of_parts_accuses_nobody(seed: int) -> None:
    """Every figure is rounded for itself from a finer one."""
    rng = Random(seed)
    exact = [rng.randint(1, 9_999_999) for _ in range(rng.randint(3, 9))]
    whole = round(sum(exact) / 1_000)
    rows = [
        Row("合计", {}, (whole / 100,)),
        *(coded(f"2{n:02d}", "类", round(e / 1_000) / 100) for n, e in enumerate(exact)),
    ]
    found = verdicts(table(1, (Column("金额"),), rows), {})
    assert {verdict.outcome for verdict in found} <= {Outcome.EXACT, Outcome.ROUNDING}
