"""Performance targets of the real documents against what was read in them by eye; found through YUSUAN_SHARED."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from loaders import performance
from loaders.load import document as load_document
from tests.support.limits import is_within
from tests.support.originals import NAMES, shared

if TYPE_CHECKING:
    from budget.model.records import Indicator, Plan
    from loaders.document import Document

COLUMNS = ("scope", "project", "level1", "level2", "level3", "target", "basis", "prior_value", "weight")
BUDGET = {
    "budget_total": "total_fen",
    "fiscal": "appropriation_fen",
    "other": "other_fen",
    "fiscal_upper": "upper_level_fen",
    "fiscal_local": "own_level_fen",
}


def original(name: str) -> Document:
    path = shared() / "disclosures" / name
    return load_document(path.read_bytes(), path.name)


def known_rows(name: str) -> list[tuple[str, ...]]:
    with (shared() / "reference" / f"{name}.indicators.csv").open(newline="", encoding="utf-8-sig") as file:
        return [tuple(row[column] for column in COLUMNS) for row in csv.DictReader(file)]


def known_plans(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (shared() / "reference" / f"{name}.rest.json").read_text(encoding="utf-8")
    )["performance"]
    return found


def fen(printed: str | None) -> int | None:
    return None if printed is None else int(Decimal(printed) * 1_000_000)


def row(indicator: Indicator) -> tuple[str, ...]:
    return tuple(str(getattr(indicator, column)) for column in COLUMNS)


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_is_found_in_every_column(name: str) -> None:
    _, found, _ = performance.read(original(f"{name}.txt"))
    known = known_rows(name)
    right = sum(row(indicator) == texts for indicator, texts in zip(found, known, strict=False))
    wrong = sum(
        row(indicator) != texts and indicator.status != "uncertain"
        for indicator, texts in zip(found, known, strict=False)
    )
    doubtful = sum(indicator.status == "uncertain" for indicator in found)
    print(f"{name}: {right} of {len(known)} indicators right, {doubtful} uncertain, {wrong} certain but wrong")
    assert [row(indicator) for indicator in found] == known


@pytest.mark.parametrize("name", NAMES)
def test_rules_and_evidence_are_found(name: str) -> None:
    _, found, _ = performance.read(original(f"{name}.txt"))
    known = [
        (indicator.get("rule") or "", indicator.get("evidence") or "")
        for plan in known_plans(name)
        for indicator in plan["indicators"]
    ]
    assert [(indicator.scoring_rule, indicator.evidence) for indicator in found] == known


@pytest.mark.parametrize("name", NAMES)
def test_every_plan_has_its_budget(name: str) -> None:
    plans, found, _ = performance.read(original(f"{name}.txt"))
    known = known_plans(name)
    assert [plan.project for plan in plans] == [plan["project"] or "" for plan in known]
    assert [plan.unit for plan in plans] == [plan["unit"] for plan in known]
    assert [plan.scope for plan in plans] == ["project" if plan["project"] else "entity" for plan in known]
    for mine, theirs in zip(plans, known, strict=True):
        assert {field: getattr(mine, field) for field in BUDGET.values()} == {
            field: fen(theirs.get(key)) for key, field in BUDGET.items()
        }
        assert sum(indicator.plan == mine.number for indicator in found) == theirs["indicators_count"]
        assert mine.goal
        assert mine.half_unit in {5_000, 50_000}


@pytest.mark.parametrize("name", NAMES)
def test_every_record_names_its_place(name: str) -> None:
    document = original(f"{name}.txt")
    plans, found, _ = performance.read(document)
    for plan in plans:
        assert "绩效目标表" in document.lines[plan.line - 1]
    for indicator in found:
        assert indicator.level3[:2] in document.lines[indicator.line - 1].replace(" ", "")


def test_a_text_with_tabs_is_printed_and_a_broken_one_rejoined() -> None:
    def statuses(name: str) -> set[str]:
        return {indicator.status for indicator in performance.read(original(name))[1]}

    assert statuses("xinjiang-hq-2024.txt") == {"printed"}
    assert statuses("changji-2024.txt") == statuses("changji-2025.txt") == {"rejoined"}


def test_a_sum_of_weights_that_is_neither_90_nor_100_is_said() -> None:
    def odd(name: str) -> list[Plan]:
        return [plan for plan in performance.read(original(name))[0] if "weights_sum" in plan.flags]

    assert len(odd("xinjiang-hq-2024.txt")) == 1
    assert not odd("changji-2024.txt")
    assert not odd("changji-2025.txt")


@pytest.mark.parametrize("name", ["wanli-2024.pdf", "wanli-2025.pdf"])
def test_a_document_without_such_tables_has_none(name: str) -> None:
    assert performance.read(original(name)) == ([], [], [])


@pytest.mark.parametrize("name", NAMES)
def test_reading_takes_about_ten_milliseconds_a_thousand_lines(name: str) -> None:
    document = original(f"{name}.txt")
    limit = 0.00005 * len(document.lines)  # five times the aim: the machine may be busy
    assert is_within(limit, lambda: performance.read(document))
