"""Pages that are pictures: the ruled grid is found in the image, and each cell is recognised for itself.

Whole pages are never given to the recogniser: it joins the amounts of neighbouring cells into one. The packages are
heavy and optional (the extra `ocr`); nothing here imports them before a page is read.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, Protocol

from budget.model.disclosure import AmountOrigin
from loaders.document import Grid, Paragraph
from loaders.formats.lattice import Glyphs, TooManyRulesError, blocks, meshes
from loaders.formats.pdf.pdfium import LOCK

if TYPE_CHECKING:
    from loaders.formats.pdf.scan_image import Image

DPI = 200
"""At which pages are drawn: figures of 9 points are then some 18 pixels high."""
UNCLEAR = 0.6
"""Scores below this are counted as hard to read."""
PAGE_LIMIT = 200
"""Pages that are recognised; each takes about a second."""


class _Drawn(NamedTuple):
    pixels: Image
    points: float  # the size of a pixel


class _Texts(Protocol):
    txts: tuple[str, ...] | None
    scores: tuple[float, ...]


class _Recogniser(Protocol):
    def recognize_txt(self, img: list[Image]) -> _Texts: ...


class Recognised(NamedTuple):
    """The recognised text of a page, with the number of doubtful pieces."""

    blocks: list[Paragraph | Grid]
    unclear: int


def available() -> bool:
    """Whether the optional packages are installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2", "numpy"))


def read(data: bytes, numbers: list[int]) -> dict[int, Recognised]:
    """Recognise some pages (from 1) of a PDF file; every cell says that it was recognised."""
    return {number: _page(_drawn(data, number), number) for number in numbers[:PAGE_LIMIT]}


def _drawn(data: bytes, number: int) -> _Drawn:
    """A page as a grey picture of DPI."""
    import pypdfium2

    with LOCK:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number - 1]
            # A page as large as a wall is drawn coarser: 5,000 pixels hold what paper holds.
            scale = min(DPI / 72, 5_000 / max(page.get_width(), page.get_height(), 1))
            bitmap = page.render(scale=scale, grayscale=True)
            drawn = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
            bitmap.close()
            page.close()
        finally:
            document.close()
    return _Drawn(drawn, 1 / scale)


def _page(drawn: _Drawn, number: int) -> Recognised:
    from loaders.formats.pdf import scan_image

    image = scan_image.upright(drawn.pixels)
    horizontal, vertical = scan_image.rules(image, drawn.points)
    try:
        found = meshes(horizontal, vertical)
    except TooManyRulesError:
        found = []
    pieces = scan_image.pieces(image, [cell.box for mesh in found for cell in mesh.cells], drawn.points)
    texts = _recognised([piece.pixels for piece in pieces])
    boxes = [piece.box for piece in pieces]
    glyphs = Glyphs([text for text, _ in texts], *([box[side] for box in boxes] for side in range(4)))
    return Recognised(
        [_marked(block) for block in blocks(glyphs, found, number)], sum(score < UNCLEAR for _, score in texts)
    )


def _marked(block: Paragraph | Grid) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return block
    return block._replace(cells=tuple(cell._replace(origin=AmountOrigin.RECOGNISED) for cell in block.cells))


def _recognised(crops: list[Image]) -> list[tuple[str, float]]:
    """The text of each crop, and how sure the recogniser is of it."""
    if not crops:
        return []
    found = _recogniser().recognize_txt(crops)
    return [(str(text), float(score)) for text, score in zip(found.txts or (), found.scores, strict=True)]


@cache
def _recogniser() -> _Recogniser:
    from rapidocr import RapidOCR

    recogniser: _Recogniser = RapidOCR(params={"Global.log_level": "critical"})
    return recogniser
