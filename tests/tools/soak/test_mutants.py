"""Mutated files are read or refused, and what is shown as certain is what they print."""

from __future__ import annotations

from random import Random

import pytest

from loaders.document import Document, Grid
from tools.documents.strategies import share
from tools.soak import mutants


@pytest.mark.long
def test_mutated_files_show_nothing_as_certain_that_they_do_not_print() -> None:
    assert mutants.faults(share(500)) == []


@pytest.mark.parametrize("kind", mutants.KINDS)
def test_mutants_differ_and_most_can_be_read(kind: str) -> None:
    rng = Random(3)
    if kind in mutants.IN_TABLES:
        assert any(mutants.IN_TABLES[kind](mutants.drawn(0), rng) != mutants.drawn(0) for _ in range(5))
        return
    change = mutants.in_stream if kind == "pdf" else mutants.in_member
    assert change(mutants.unmutated(kind, 0), rng) != mutants.unmutated(kind, 0)


def test_an_amount_that_is_not_printed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [cell._replace(printed="987,654.32") for cell in mutants.certain(mutants.read(mutants.drawn(0)))]
    monkeypatch.setattr(mutants, "certain", lambda _: cells)
    assert "does not print 987,654.32" in mutants.fault("titles", 0)


def test_an_amount_that_means_something_else_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def heads_only(document: Document, _: Random) -> Document:
        at, grid = next((at, block) for at, block in enumerate(document.blocks) if isinstance(block, Grid))
        cells = tuple(cell._replace(text=cell.text.replace("支出", "收入")) for cell in grid.cells)
        return mutants._with(document, at, grid._replace(cells=cells))

    monkeypatch.setitem(mutants.IN_TABLES, "columns", heads_only)
    assert any("means something else" in mutants.fault("columns", seed) for seed in range(8))
