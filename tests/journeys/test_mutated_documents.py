"""One printed figure changed beyond rounding is caught; documents in which none is changed show no discrepancy."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.checks.catalogue import by_id
from budget.checks.rule import Outcome
from budget.model.disclosure import ColumnStatus
from loaders.load import load
from sample_data import paths
from tests.support.mutating import caught, changed, discrepancies, found, mutants, read, swapped, text
from tests.support.originals import shared
from tools.documents import any_form
from tools.documents.files.layout import Layout
from tools.documents.files.render import write
from tools.documents.files.sheet import GridLayout
from tools.documents.known_forms import eleven
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.known_forms.forms import FORMS, draw
from tools.documents.strategies import layouts, profile, shapes, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Document

SEED = 20261122
EACH = share(8)
"""Figures that are changed in each document of each form; `tools/bench/checks.py` changes 100."""
CAUGHT = 0.95
_PASSED = {Outcome.EXACT, Outcome.ROUNDING}


LOST = Layout(cells="lost", zeros="blank")
"""Blank cells are lost, as in the texts that are published."""
BUDGETS = tuple(
    Shape(seed=seed, items=9, sources=("general_public_budget", "own_funds", "appropriation_carryover"))
    for seed in (3, 5, 8)
)


def _documents(form: str) -> Iterator[tuple[str, Document]]:
    if form == "lost blanks":
        for shape in BUDGETS:
            yield str(shape.seed), text(write(grow(shape), LOST).data)
    for path in paths():
        if form == "text":
            yield path.stem, text(path.read_bytes())
        elif form == "ruled":
            yield path.stem, eleven.from_disclosure(load(path), GridLayout(), eleven.Style()).document


def _original(name: str) -> Document:
    return text((shared() / "disclosures" / name).read_bytes())


@pytest.mark.parametrize("form", ["lost blanks", "text", "ruled"])
def test_changed_figures_are_caught(form: str) -> None:
    missed = [miss for name, document in _documents(form) for miss in _missed(name, document)]
    assert len(missed) <= (1 - CAUGHT) * EACH * len(list(_documents(form))), missed


@pytest.mark.parametrize("name", ["changji-2024.txt", "changji-2025.txt"])
def test_changed_figures_of_the_originals_are_caught(name: str) -> None:
    missed = _missed(name, _original(name))
    assert len(missed) <= (1 - CAUGHT) * EACH, missed


def _missed(name: str, document: Document) -> list[tuple[object, ...]]:
    return [
        (name, mutant.cell.statement, mutant.cell.row_no, mutant.cell.printed, mutant.became)
        for mutant in mutants(document, Random(SEED), EACH)
        if not caught(mutant)
    ]


@profile(15)
@given(seed=st.integers(0, 2**32))
def test_random_tables_show_no_discrepancy(seed: int) -> None:
    for form in FORMS:
        drawn = draw(form, seed, 8)
        assert discrepancies(found(read(drawn.made().document))) == [], drawn.text_of()


@profile(15)
@given(shape=shapes(10), layout=layouts())
def test_random_texts_show_no_discrepancy(shape: object, layout: object) -> None:
    document = text(write(grow(shape), layout).data)  # type: ignore[arg-type]
    assert discrepancies(found(read(document))) == [], (shape, layout)


@profile(15)
@given(seed=st.integers(0, 2**32))
def test_changed_figures_of_every_form_are_caught(seed: int) -> None:
    rng = Random(seed)
    for form in FORMS:
        document = draw(form, seed, 8).made().document
        if not read(document).cells:
            continue
        (mutant,) = mutants(document, rng, 1)
        assert caught(mutant), (form, seed, mutant.cell, mutant.became)


@profile(15)
@given(seed=st.integers(0, 2**32))
def test_documents_of_any_form_show_no_discrepancy(seed: int) -> None:
    document = any_form.draw(seed).document
    assert discrepancies(found(read(document))) == [], seed


@profile(15)
@given(seed=st.integers(0, 2**32))
def test_changed_figures_of_any_form_are_caught(seed: int) -> None:
    document = any_form.draw(seed).document
    if read(document).cells:
        (mutant,) = mutants(document, Random(seed), 1)
        assert caught(mutant), (seed, mutant.cell, mutant.became)


@pytest.mark.long
def test_a_check_of_solved_columns_fails_where_its_figure_is_wrong() -> None:
    """What is counted as passed could have failed, although arithmetic chose the columns."""
    rng = Random(SEED)
    tried: Counter[str] = Counter()
    for _, document in _documents("lost blanks"):
        disclosure = read(document)
        cells = {(cell.statement, cell.row_no, str(cell.column_no)): cell for cell in disclosure.cells}
        passed = [finding for finding in found(disclosure) if finding.outcome in _PASSED and by_id(finding.check).hard]
        rng.shuffle(passed)
        for finding in passed:
            places = [ref[5:8] for ref in finding.refs if ref.frame == "cells"]
            solved = [place for place in places if cells[place].column_status == ColumnStatus.SOLVED]  # type: ignore[index]
            if not solved or tried[finding.check] >= 1:
                continue
            tried[finding.check] += 1
            cell = cells[rng.choice(solved)]  # type: ignore[index]
            wrong = swapped(document, disclosure.cells, cell, changed(cell.printed, rng))
            # what follows from one figure stands below one finding, whatever check found it first
            again = [one for main in found(read(wrong)) for one in (main, *main.follows)]
            touching = [
                other for other in again if any(ref[5:7] == (cell.statement, cell.row_no) for ref in other.refs)
            ]
            assert any(other.outcome not in _PASSED for other in touching), (finding.check, cell)
    assert len(tried) > 2


def test_figures_are_changed_beyond_rounding_and_keep_their_form() -> None:
    rng = Random(1)
    for printed in ("0.00", "0", "7.65", "1,140.42", "12345", "156,211,123"):
        for _ in range(50):
            new = changed(printed, rng)
            assert new != printed
            assert ("." in new) == ("." in printed)


def test_a_mutant_differs_in_one_place() -> None:
    document = text(paths()[0].read_bytes())
    (mutant,) = mutants(document, Random(2), 1)
    differing = [(a, b) for a, b in zip(document.lines, mutant.document.lines, strict=True) if a != b]
    assert len(differing) == 1
    assert mutant.became in differing[0][1]
    assert replace(document, blocks=mutant.document.blocks) == mutant.document
