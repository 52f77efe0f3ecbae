"""The writer itself: its truth is arithmetically true, and every amount stands where it says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from tools.documents.files.layout import OPTIONS, Layout, settle
from tools.documents.files.paper import amount_text, wrap
from tools.documents.files.render import Written, write
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.model import CAPITAL, FEN, FUND, GENERAL, SOURCES, Budget, printed_fen
from tools.documents.strategies import layouts, shapes, share

HALF = 2  # a tolerance of (n + 1) half digits is (n + 1) * digit // 2
Figures = dict[tuple[str, str], dict[str, int]]


def _figures(written: Written) -> dict[str, Figures]:
    found: dict[str, Figures] = defaultdict(lambda: defaultdict(dict))
    for cell in written.cells:
        found[cell.statement][cell.code or cell.name, cell.project][cell.measure] = cell.fen
    return found


def _sums(total: int, parts: list[int], digit: int) -> bool:
    addends = [part for part in parts if part]
    allowed = 0 if len(addends) <= 1 else (len(addends) + 1) * digit // HALF
    return abs(total - sum(addends)) <= allowed


def _children(figures: Figures, code: str) -> list[dict[str, int]]:
    deeper = len(code) + 2 if code else 3
    return [row for (key, _), row in figures.items() if key.isdigit() and len(key) == deeper and key.startswith(code)]


@settings(max_examples=share(40), deadline=None)
@given(shape=shapes(), layout=layouts())
def test_truth_satisfies_the_identities(shape: Shape, layout: Layout) -> None:
    budget = grow(shape)
    figures = _figures(write(budget, layout))
    digit = budget.quantum
    t1, t2, t3 = (figures[name] for name in ("revenue_expenditure_summary", "revenue_detail", "expenditure_detail"))
    grand = t1["收入总计", ""]["total"]
    assert grand == t1["支出总计", ""]["total"] == t2["总计", ""]["total"] == t3["总计", ""]["total"]
    for table in (t2, t3, figures["general_public_expenditure"], figures["basic_expenditure"]):
        for (key, _), row in table.items():
            children = _children(table, "" if key == "总计" else key)
            if len(key) < 7 and children:
                for measure, fen in row.items():
                    assert _sums(fen, [child.get(measure, 0) for child in children], digit), (key, measure)
    for row in t2.values():
        appropriated = [row.get(s, 0) for s in (*GENERAL, *FUND, *CAPITAL)]
        assert _sums(row.get("fiscal_appropriation", 0), appropriated, digit)
        rest = [row.get(s, 0) for s in SOURCES[6:]]
        assert _sums(row["total"], [row.get("fiscal_appropriation", 0), *rest], digit)
    for code, row in t3.items():
        assert row["total"] == t2[code]["total"]
        assert _sums(row["total"], [row.get("basic", 0), row.get("project", 0)], digit)
    if layout.omitted != "project":
        _check_projects(figures, digit)
    if layout.omitted != "carry-over":
        _check_carryover(figures, digit)


def _check_projects(figures: dict[str, Figures], digit: int) -> None:
    t5, t7 = figures["general_public_expenditure"], figures["project_expenditure"]
    by_item: dict[str, list[int]] = defaultdict(list)
    for (code, project), row in t7.items():
        assert _sums(row["total"], [fen for measure, fen in row.items() if measure != "total"], digit)
        if project:
            by_item[code].append(row["total"])
    for code, parts in by_item.items():
        assert _sums(t5[code, ""]["project"], parts, digit)
    basic = figures["basic_expenditure"].get(("总计", ""), {})
    if basic:
        assert basic["total"] == t5["总计", ""]["basic"]
    rows = {key for (key, project), row in t5.items() if row.get("project") and len(key) == 7 and key.isdigit()}
    assert set(by_item) >= rows


def _check_carryover(figures: dict[str, Figures], digit: int) -> None:
    t1, t11 = figures["revenue_expenditure_summary"], figures["carryover_detail"]
    if t1.get(("上年结转结余", ""), {}).get("total"):
        assert t11["总计", ""]["total"] == t1["上年结转结余", ""]["total"]
        parts = [row["total"] for (_, project), row in t11.items() if project]
        assert _sums(t11["总计", ""]["total"], parts, digit)


@settings(max_examples=share(40), deadline=None)
@given(shape=shapes(), layout=layouts())
def test_every_amount_stands_where_it_is_said_to_stand(shape: Shape, layout: Layout) -> None:
    budget = grow(shape)
    written = write(budget, layout)
    lines = written.text.split("\n")
    for cell, places in zip(written.cells, written.lines, strict=True):
        number = 10 if cell.statement == "three_public_expenses" else 0
        unit, decimals = budget.units(number, odd=layout.odd_unit)
        text = amount_text(cell.fen, written.layout, FEN[unit] // 10**decimals, decimals)
        assert places
        if len(places) == 1:
            assert text in lines[min(places) - 1]
        else:
            first, second = (lines[place - 1] for place in sorted(places))
            assert any(text[:at] in first and text[at:] in second for at in (-1, -2))
    assert written.data.decode(layout.encoding).replace("\r\n", "\n").lstrip("\ufeff") == written.text


def _budget() -> Budget:
    return grow(Shape(seed=11, items=8, sources=("general_public_budget", "government_fund", "own_funds")))


@pytest.mark.parametrize(("field", "value"), [(name, value) for name, values in OPTIONS.items() for value in values])
def test_every_option_can_be_written(field: str, value: object) -> None:
    bases = (Layout(cells="lost", wrap="prefix", continuation="same"), Layout(cells="tabs"))
    change: dict[str, Any] = {field: value}
    texts = [write(_budget(), replace(base, **change)) for base in bases]
    assert all(written.cells for written in texts)


def test_rounding_is_half_up_and_independent() -> None:
    assert printed_fen(15_000, 10_000) == 20_000
    assert printed_fen(14_999, 10_000) == 10_000


def test_names_never_break_into_bare_numbers() -> None:
    pieces = wrap("关于提前下达2023年中央财政12345热线经费", 6)
    assert "".join(pieces) == "关于提前下达2023年中央财政12345热线经费"
    assert not any(piece.isdigit() for piece in pieces)


def test_settling_is_idempotent() -> None:
    layout = Layout(cells="tabs", wrap="suffix", broken_numbers="110.1/0", continuation="reordered", row_break=True)
    once = settle(layout, decimals=2)
    assert settle(once, decimals=2) == once
    assert once.wrap == "none"
