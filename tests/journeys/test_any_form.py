"""What is written in any form is what is read: every amount with its meaning, no table dropped, no false accusation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budget.checks import findings
from budget.checks.rule import Outcome
from budget.library.frames import frames
from loaders.disclosure import read
from loaders.load import load
from tools.documents.any_form import draw, files
from tools.documents.any_form.compare import differences
from tools.documents.files import office, pdf
from tools.documents.strategies import profile

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure
    from tools.documents.any_form import AnyForm

SEEDS = st.integers(0, 2**32)
OFFICE = ("html", "docx", "xlsx", "xls")


def directly(form: AnyForm) -> Disclosure:
    """The disclosure that is read from the grids, without a file."""
    return read(form.document, "0" * 64, Path("document.grids"))


def same(form: AnyForm, found: Disclosure) -> None:
    """Fail with the first differences."""
    missing, extra = differences(form, found)
    said = [f"not read: {form.titles[fact.table - 1]} {fact}" for fact in missing[:5]]
    said += [f"not written: {c.statement} {c.row_path} {c.column_path} {c.printed} {c.coordinates}" for c in extra[:5]]
    assert not said, "\n".join([f"{len(missing)} missing, {len(extra)} extra, {form.style}", *said])


@profile(40)
@given(seed=SEEDS)
def test_every_amount_is_read_with_its_coordinates(seed: int) -> None:
    form = draw(seed)
    assert form.facts
    same(form, directly(form))


@profile(15)
@given(seed=SEEDS)
def test_no_table_with_amounts_is_dropped(seed: int) -> None:
    form = draw(seed)
    read_from = {cell.table_no for cell in directly(form).cells}
    assert read_from == {fact.table for fact in form.facts}


@profile(20)
@given(seed=SEEDS)
def test_right_sums_are_no_discrepancies(seed: int) -> None:
    found = findings(frames([directly(draw(seed))]))
    assert any(one.outcome is Outcome.EXACT for one in found)
    assert [one.message for one in found if one.outcome is Outcome.DISCREPANCY] == []


@pytest.mark.parametrize("kind", files.TEXTS)
@profile(5)
@given(seed=SEEDS)
@example(seed=635811)  # numbers of lines between a list headed 支出性质 and its amounts
def test_text_with_cells_says_the_same(tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int) -> None:
    form = draw(seed)
    path = tmp_path_factory.mktemp("text") / ("document.md" if kind == "md" else "document.txt")
    path.write_bytes(files.text(form, kind))
    same(form, load(path))


@pytest.mark.parametrize("kind", OFFICE)
@profile(4)
@given(seed=SEEDS)
def test_files_of_offices_say_the_same(tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int) -> None:
    form = draw(seed)
    path = tmp_path_factory.mktemp("office") / f"document.{kind}"
    path.write_bytes(getattr(office, kind)(files.made(form), office.random_look(seed)))
    same(form, load(path))


@profile(3)
@given(seed=SEEDS)
def test_ruled_pages_say_the_same(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    form = draw(seed)
    path = tmp_path_factory.mktemp("pages") / "document.pdf"
    path.write_bytes(pdf.write(files.made(form), pdf.random_look(seed))[0])
    same(form, load(path))


def test_the_comparison_sees_a_wrong_meaning() -> None:
    form = draw(1)
    found = directly(form)
    first = found.cells[0]
    wrong = first._replace(coordinates=first.coordinates._replace(fund="?wrong"))
    missing, extra = differences(form, found._replace(cells=(wrong, *found.cells[1:])))
    assert len(missing) == 1
    assert extra == [wrong]
