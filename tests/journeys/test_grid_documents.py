"""Documents of every format give what was written: the samples as the text does, random ones as they print it."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample_data
from budget.model.disclosure import AmountOrigin, ColumnStatus, Severity
from loaders.load import load
from tests.journeys.grid_truth import judge
from tests.support.reading import loaded as loaded_once
from tests.support.tiers import EACH, tiered
from tools.documents.files import ofd, office, pdf
from tools.documents.files.sheet import GridLayout, random_layout
from tools.documents.known_forms import eleven
from tools.documents.known_forms.forms import FORMS, count, draw
from tools.documents.strategies import profile, share

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure
    from loaders.document import Document
    from tools.documents.files.sheet import Made

SAMPLES = sorted(Path(sample_data.__file__).parent.glob("*.txt"))
PAGED, SHEETS = ("pdf", "ofd"), ("xlsx", "xls")
FORMATS = (*PAGED, *SHEETS, "docx", "html")
SEEDS = st.integers(0, 2**32)


class File(NamedTuple):
    """A written file: its bytes, and in formats with pages the document with its boxes."""

    data: bytes
    boxed: Document | None
    look: str


def write(made: Made, format_: str, seed: int) -> File:
    """A document as a file of this format, in a random look."""
    if format_ == "pdf":
        look = pdf.random_look(seed)
        return File(*pdf.write(made, look), str(look))
    if format_ == "ofd":
        ofd_look = ofd.random_look(seed)
        return File(*ofd.write(made, ofd_look), str(ofd_look))
    office_look = office.random_look(seed)
    return File(getattr(office, format_)(made, office_look), None, str(office_look))


def read(file: File, format_: str, folder: Path) -> Disclosure:
    """Load a file from a folder."""
    path = folder / f"document.{format_}"
    path.write_bytes(file.data)
    return load(path)


def kept(format_: str, layout: GridLayout) -> GridLayout:
    """The layout as the format can have it: a sheet has no pages."""
    if format_ not in SHEETS:
        return layout
    return random_layout(layout.seed, page_rows=1000, lone_total=False, page_number="none", row_cut=False)


def _amounts(disclosure: Disclosure) -> Counter[tuple[object, ...]]:
    """Every amount as printed, with its coordinates and the name of its line."""
    lines = {(line.statement, line.row_no): line for line in disclosure.lines}
    return Counter(
        (
            cell.statement,
            cell.coordinates,
            cell.amount_fen,
            cell.half_unit,
            cell.printed,
            lines[cell.statement, cell.row_no].name,
        )
        for cell in disclosure.cells
    )


@pytest.mark.parametrize(
    ("sample", "format_"), tiered(SAMPLES, FORMATS, together=EACH), ids=lambda value: getattr(value, "stem", value)
)
def test_samples_give_the_same_as_their_text(sample: Path, format_: str, tmp_path: Path) -> None:
    text = loaded_once(sample)
    for seed in range(1 if format_ == "docx" else share(3)):  # the library that writes .docx is slow
        layout = kept(format_, random_layout(seed))
        made = eleven.from_disclosure(text, layout, eleven.random_style(seed))
        loaded = read(write(made, format_, seed), format_, tmp_path)
        assert _amounts(loaded) == _amounts(text)
        assert {cell.column_status for cell in loaded.cells} == {ColumnStatus.PRINTED}
        assert {(line.statement, line.name) for line in loaded.lines} == {
            (line.statement, line.name) for line in text.lines
        }
        for name in ("body", "fiscal_year", "phase", "edition"):
            assert getattr(loaded.head, name) == getattr(text.head, name)
        assert loaded.head.source_format == format_


@pytest.mark.parametrize("format_", FORMATS)
@profile(10)
@given(seed=SEEDS)
def test_random_documents_of_every_form(format_: str, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    drawn = draw(FORMS[seed % len(FORMS)], seed, 8)
    layout = kept(format_, drawn.grids)
    made = type(drawn)(drawn.form, drawn.shape, drawn.style, layout, drawn.text).made()
    count(drawn)
    file = write(made, format_, seed)
    loaded = read(file, format_, tmp_path_factory.mktemp("document"))
    faults = judge(made, loaded, pages=file.boxed is not None, boxed=file.boxed).text()
    assert not faults, f"{faults}\n{drawn.text_of()}\n{layout}\n{file.look}"


def _sample_made() -> Made:
    return eleven.from_disclosure(loaded_once(SAMPLES[0]), GridLayout(), eleven.Style())


@pytest.mark.parametrize("format_", SHEETS)
def test_hidden_sheets_are_left_out_and_named(format_: str, tmp_path: Path) -> None:
    made = _sample_made()
    data = getattr(office, format_)(made, office.Look(decoys=True))
    loaded = read(File(data, None, ""), format_, tmp_path)
    assert all(cell.printed != office.DECOY for cell in loaded.cells)
    assert any("隐藏" in notice.sentence for notice in loaded.report.notices)


@pytest.mark.parametrize("format_", SHEETS)
def test_numbers_without_a_format_are_marked_reconstructed(format_: str, tmp_path: Path) -> None:
    made = _sample_made()
    data = getattr(office, format_)(made, office.Look(numbers="general"))
    loaded = read(File(data, None, ""), format_, tmp_path)
    for cell in loaded.cells:  # a whole number shows the same digits with and without a format
        assert cell.origin == AmountOrigin.RECONSTRUCTED or "." not in cell.printed
    assert sorted(cell.amount_fen for cell in loaded.cells) == sorted(place.truth.fen for place in made.places)
    assert any(notice.severity is not Severity.LOST for notice in loaded.report.notices)


@pytest.mark.parametrize("format_", SHEETS)
def test_formats_say_which_digits_are_printed(format_: str, tmp_path: Path) -> None:
    made = _sample_made()
    data = getattr(office, format_)(made, office.Look(numbers="formats"))
    loaded = read(File(data, None, ""), format_, tmp_path)
    assert {cell.origin for cell in loaded.cells} == {AmountOrigin.PRINTED}
    assert _amounts(loaded) == _amounts(loaded_once(SAMPLES[0]))


@pytest.mark.parametrize("unbroken_rows", [True, False])
def test_a_file_that_an_office_program_made(unbroken_rows: bool, tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine: PDF files that it makes were not tested")
    made = _sample_made()
    (tmp_path / "document.docx").write_bytes(office.docx(made, office.Look(unbroken_rows=unbroken_rows)))
    subprocess.run(
        [program, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "document.docx")],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    assert not judge(made, load(tmp_path / "document.pdf"), pages=False).text()
