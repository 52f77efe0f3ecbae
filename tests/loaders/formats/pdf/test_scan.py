"""Pages that are pictures, read by the optional packages; where they are missing, the tests of reading are skipped."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader

from budget.model.disclosure import AmountOrigin, Severity
from loaders.document import Grid, Paragraph
from loaders.formats.pdf import reader, scan
from tests.loaders.formats.pdf import pdf_making as making
from tests.loaders.formats.pdf.pdf_making import PLAIN, made, read
from tests.loaders.formats.pdf.test_reader import table
from tests.support.originals import shared

if TYPE_CHECKING:
    from PIL.Image import Image
    from reportlab.pdfgen.canvas import Canvas

needs_packages = pytest.mark.skipif(
    not scan.available(), reason="rapidocr is not installed (the extra ocr): reading of scans was not tested"
)
PAGE = 10


def photographed(data: bytes, number: int, *, tilt: float = 0.0) -> bytes:
    """A page as a PDF file that holds its picture alone."""
    document = pypdfium2.PdfDocument(data)
    page = document[number - 1]
    size = page.get_size()
    image: Image = page.render(scale=200 / 72, grayscale=True).to_pil()
    document.close()
    if tilt:
        image = image.rotate(tilt, fillcolor=255)
    jpeg = BytesIO()
    image.save(jpeg, "JPEG", quality=75)

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(jpeg), 0, 0, *size)

    return made(draw, size=size)


def test_nothing_is_recognised_without_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    document = read(made(table, lambda canvas: canvas.drawImage(ImageReader(_grey()), 0, 0, 600, 400)))
    assert [block.page for block in document.blocks] == [1]
    assert "未读" in document.notices[0].sentence


def test_what_is_recognised_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognised pages stand at their place, and the notice names them and what was hard to read."""
    monkeypatch.setattr(scan, "available", lambda: True)
    read_out = scan.Recognised([Paragraph("图中文字", 2)], 3)
    monkeypatch.setattr(scan, "read", lambda data, numbers: dict.fromkeys(numbers, read_out))
    document = read(made(table, lambda canvas: canvas.drawImage(ImageReader(_grey()), 0, 0, 600, 400), table))
    assert [block.page for block in document.blocks] == [1, 2, 3]
    (notice,) = document.notices
    assert notice.severity is Severity.UNCERTAIN
    assert "第 2 页" in notice.sentence
    assert "3 处" in notice.sentence


@needs_packages
@pytest.mark.parametrize("tilt", [0.0, 0.6])
def test_a_photographed_table_has_its_cells_and_amounts(tilt: float) -> None:
    data = (shared() / "disclosures" / "wanli-2025.pdf").read_bytes()
    (truth,) = [block for block in reader.read(data, "x").blocks if isinstance(block, Grid) and block.page == PAGE]
    document = read(photographed(data, PAGE, tilt=tilt))
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [cell[:4] for cell in grid.cells] == [cell[:4] for cell in truth.cells]
    figures = [(cell.text, found.text) for cell, found in zip(truth.cells, grid.cells, strict=True)]
    wrong = [(printed, found) for printed, found in figures if printed[:1].isdigit() and printed != found]
    assert wrong == []
    assert {cell.origin for cell in grid.cells} == {AmountOrigin.RECOGNISED}
    assert any("单位" in block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "识别" in document.notices[0].sentence


@needs_packages
def test_a_picture_without_text_is_refused() -> None:
    with pytest.raises(reader.UnreadableDocumentError):
        read(made(lambda canvas: canvas.drawImage(ImageReader(_grey()), 0, 0, 600, 400)))


def test_vector_pages_are_never_given_to_the_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: pytest.fail("asked for a page with text"))
    assert making.grids(made(table))[0].lines() == PLAIN


def _grey() -> Image:
    from PIL import Image

    return Image.new("L", (60, 40), 200)
