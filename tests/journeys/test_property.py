"""What is loaded equals what was written, or says where it is not sure."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from budget.model.disclosure import Edition, MoneyUnit, StatementId
from budget.model.money import half_unit
from loaders.load import load
from tests.support.compare import Known, Outcome, compare
from tools.documents.files.layout import Layout, drawn
from tools.documents.files.render import write
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.model import SOURCES
from tools.documents.strategies import count, layout_of, layouts, narrow, profile, shape_of, shapes

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure
    from tools.documents.files.render import Written
    from tools.documents.model import Budget

QUICK = profile(40)


def read(written: Written) -> Disclosure:
    """Load a written document from a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "disclosure.txt"
        path.write_bytes(written.data)
        return load(path)


def known(written: Written) -> list[Known]:
    """The amounts of a written document."""
    return [Known(*cell, lines) for cell, lines in zip(written.cells, written.lines, strict=True)]


def judge(budget: Budget, written: Written, loaded: Disclosure) -> Outcome:
    """Everything that must hold of a loaded document."""
    outcome = compare(known(written), loaded)
    head, found, layout = loaded.head, outcome.faults, written.layout
    if "".join(head.body.split()) != budget.body:
        found["body"].append(f"{head.body!r} instead of {budget.body!r}")
    if head.fiscal_year != budget.year:
        found["fiscal year"].append(f"{head.fiscal_year} instead of {budget.year}")
    edition = Edition.DEPARTMENT if budget.edition == "部门" else Edition.UNIT
    if head.edition is not edition:
        found["edition"].append(f"{head.edition!r} instead of {edition!r}")
    omitted = {"project": 7, "state capital": 9, "carry-over": 11}.get(layout.omitted, 0)
    heads = {item.statement: item for item in loaded.report.statements}
    wrong_heads = [f"{name} was not found" for number, name in enumerate(StatementId, 1)
                       if (name not in heads) != (number == omitted)]  # fmt: skip
    wrong_heads += [
        f"{name} is in {item.money_unit}, not {_units(budget, layout, name)[0]}"
        for name, item in heads.items()
        if item.money_unit != MoneyUnit(_units(budget, layout, name)[0])
    ]
    if wrong_heads:
        found["statement heads"] += wrong_heads
    for cell in loaded.cells:
        unit, decimals = _units(budget, layout, cell.statement)
        if cell.half_unit != half_unit(decimals, MoneyUnit(unit)):
            found["half unit"].append(f"{cell.printed} in {unit} has {cell.half_unit}")
    lines = written.text.split("\n")
    whole = {place for places in written.lines if len(places) == 1 for place in places}
    for cell in loaded.cells:
        if cell.line in whole and cell.printed not in lines[cell.line - 1] and layout.broken_numbers == "none":
            found["printed"].append(f"{cell.printed!r} not in line {cell.line} {lines[cell.line - 1]!r}")
    _unwarranted(layout, outcome)
    return outcome


def _units(budget: Budget, layout: Layout, statement: str) -> tuple[str, int]:
    """Money unit and decimals of a statement."""
    return budget.units(list(StatementId).index(StatementId(statement)) + 1, odd=layout.odd_unit)


def _unwarranted(layout: Layout, outcome: Outcome) -> None:
    """Where the source fixes every column, nothing may be uncertain."""
    allowed: set[str] = set()
    if layout.cells == "lost" and layout.zeros == "blank":
        return  # arithmetic may leave several solutions in any table but the first
    if layout.tab_fault in {"shifted", "second header short"}:
        allowed = {StatementId.REVENUE_DETAIL}
    for statement, cells in outcome.uncertain.items():
        if statement not in allowed:
            outcome.faults["uncertain although printed"].append(f"{statement}: {cells}")


def faults(shape: Shape, layout: Layout) -> Outcome:
    """Write, load and judge one document."""
    budget = grow(shape)
    written = write(budget, layout)
    return judge(budget, written, read(written))


def check(shape: Shape, layout: Layout) -> Outcome:
    """The outcome of one document; where it has faults, those of the plainest document that has any."""
    count(shape, layout)
    outcome = faults(shape, layout)
    if outcome.faults:
        shape, layout = narrow(shape, layout, lambda shape, layout: bool(faults(shape, layout).faults))
        plain = ", ".join(drawn(layout, Layout()))
        raise AssertionError(f"{faults(shape, layout).text()}\n{shape}\nlayout: {plain}, seed={layout.seed}")
    return outcome


@QUICK
@given(shape=shapes(), layout=layouts())
def test_what_is_loaded_is_what_was_written(shape: Shape, layout: Layout) -> None:
    check(shape, layout)


@QUICK
@given(shape=shapes(most_items=12), layout=layouts(cells="lost", zeros="blank"))
def test_lost_blanks(shape: Shape, layout: Layout) -> None:
    check(shape, layout)


@QUICK
@given(shape=shapes(most_items=12), layout=layouts(cells="lost", wrap="prefix", continuation="same", row_break=True))
def test_rows_cut_by_pages(shape: Shape, layout: Layout) -> None:
    check(shape, layout)


@QUICK
@given(shape=shapes(most_items=12), layout=layouts(cells="tabs", zeros="blank"))
@example(shape=shape_of(2831, 12), layout=layout_of(430104216, cells="tabs", zeros="blank"))  # 第2页 before a title
def test_tabs(shape: Shape, layout: Layout) -> None:
    check(shape, layout)


@pytest.mark.long
def test_most_lost_columns_are_solved() -> None:
    """Of ordinary budgets the solver leaves few columns open: the trees and table 1 say nearly all of them."""
    uncertain = expected = 0
    sources = ("general_public_budget", "general_public_transfer", "own_funds", "appropriation_carryover")
    trees = {StatementId.REVENUE_DETAIL, StatementId.EXPENDITURE_DETAIL, StatementId.GENERAL_PUBLIC_EXPENDITURE}
    for seed in range(20):
        outcome = check(Shape(seed=seed, items=10, siblings=5, sources=sources[: 2 + seed % 3]), Layout(seed=seed))
        uncertain += sum(count for statement, count in outcome.uncertain.items() if statement in trees)
        expected += outcome.expected
    assert uncertain <= expected // 50, (uncertain, expected)


GENERAL = ("general_public_budget",)
HARD = {
    "a broken number right after a page break and a bare page number inside its row": (
        Shape(seed=20189, items=2, sources=GENERAL),
        Layout(wrap="prefix", broken_numbers="110./10", continuation="no header", page_rows=5, row_break=True,
               page_number="23", seed=20189),
    ),
    "whole 元 of three digits, which look like class codes, beside one table with decimals": (
        Shape(seed=80248, items=2, digits=3, sources=(*GENERAL, "state_capital"), unit=("元", 0), residue=False),
        Layout(odd_unit=True),
    ),
    "whole 元 of three digits after a class name": (
        Shape(seed=100232, items=5, digits=7, sources=GENERAL, unit=("元", 0), equal=True),
        Layout(),
    ),
}  # fmt: skip
"""Documents that long runs found: what is hard about them, and the plainest one."""


def test_headings_say_the_year_however_many_projects_say_another() -> None:
    sources = (*GENERAL, *SOURCES[8:])
    check(
        Shape(seed=100479, items=5, sources=sources, unit=("千元", 2), residue=False, basic_elsewhere=True),
        Layout(contents="none"),
    )


@pytest.mark.parametrize("reason", HARD)
def test_documents_that_long_runs_found(reason: str) -> None:
    outcome = faults(*HARD[reason])
    assert not outcome.faults, outcome.text()
