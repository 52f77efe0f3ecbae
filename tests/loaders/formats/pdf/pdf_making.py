"""Small PDF files for the tests: tables drawn in the ways that programs draw them, and files changed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from loaders.document import Grid, Paragraph
from loaders.formats.pdf import reader
from tools.documents.files import font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.document import Document

SIZE = 9.0
WIDTH, HEIGHT = 600.0, 400.0
XS, YS = [50.0, 120.0, 300.0, 420.0, 550.0], [100.0, 125.0, 150.0, 175.0, 200.0]
HEADS = ("编码", "名称", "合计", "项目")
ROWS = (
    HEADS,
    ("201", "一般公共服务支出", "1,188,720.00", "0"),
    ("20105", "统计、信息事务", "-438,300", "438,300.5"),
    ("", "一", "—", "10"),
)
PLAIN = ["\t".join(row) for row in ROWS]

Draw = Callable[[Canvas], None]


def made(*pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT), **options: Any) -> bytes:  # noqa: ANN401
    """A PDF file of these pages."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text(canvas: Canvas, x: float, top: float, words: str, size: float = SIZE, mode: int = 0) -> None:
    """Words whose upper left corner is at x and top, counted from the top of the page."""
    line = canvas.beginText(x, HEIGHT - top - size)
    line.setFont(font.register(), size)
    line.setTextRenderMode(mode)
    line.textOut(words)
    canvas.drawText(line)


def cells(
    canvas: Canvas, rows: Sequence[Sequence[str]] = ROWS, xs: Sequence[float] = XS, ys: Sequence[float] = YS
) -> None:
    """The texts of a table."""
    for row, top in zip(rows, ys, strict=False):
        for words, left in zip(row, xs, strict=False):
            text(canvas, left + 4, top + 7, words)


def lines(canvas: Canvas, xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> None:
    """Rules as strokes."""
    canvas.setLineWidth(0.5)
    for y in ys:
        canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
    for x in xs:
        canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])


def areas(canvas: Canvas, xs: Sequence[float] = XS, ys: Sequence[float] = YS, colour: Color = black) -> None:
    """Rules as thin filled rectangles."""
    canvas.setFillColor(colour)
    for y in ys:
        canvas.rect(xs[0], HEIGHT - y - 0.5, xs[-1] - xs[0], 0.96, stroke=0, fill=1)
    for x in xs:
        canvas.rect(x - 0.5, HEIGHT - ys[-1], 0.96, ys[-1] - ys[0], stroke=0, fill=1)
    canvas.setFillColor(black)


def boxes(canvas: Canvas, xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> None:
    """Each cell a stroked rectangle."""
    for top, bottom in pairwise(ys):
        for left, right in pairwise(xs):
            canvas.rect(left, HEIGHT - bottom, right - left, bottom - top)


def one_path(canvas: Canvas) -> None:
    """All rules as one filled path of thin rectangles."""
    path = canvas.beginPath()
    for y in YS:
        path.rect(XS[0], HEIGHT - y, XS[-1] - XS[0], 0.6)
    for x in XS:
        path.rect(x, HEIGHT - YS[-1], 0.6, YS[-1] - YS[0])
    canvas.drawPath(path, stroke=0, fill=1)


def double(canvas: Canvas) -> None:
    """Every rule twice, side by side."""
    lines(canvas)
    lines(canvas, [x + 1.6 for x in XS], [y + 1.6 for y in YS])


def dashed(canvas: Canvas) -> None:
    """Rules as dashed strokes."""
    canvas.setDash(3, 2)
    lines(canvas)


def dots(canvas: Canvas) -> None:
    """Rules as rows of little squares."""
    for y in YS:
        for i in range(int((XS[-1] - XS[0]) / 2) + 1):
            canvas.rect(XS[0] + 2 * i, HEIGHT - y, 0.7, 0.7, stroke=0, fill=1)
    for x in XS:
        for i in range(int((YS[-1] - YS[0]) / 2) + 1):
            canvas.rect(x, HEIGHT - YS[0] - 2 * i, 0.7, 0.7, stroke=0, fill=1)


def shading(canvas: Canvas) -> None:
    """White areas behind where a table could be."""
    canvas.setFillColor(white)
    for top, bottom in pairwise(YS):
        canvas.rect(XS[0], HEIGHT - bottom, XS[-1] - XS[0], bottom - top, stroke=0, fill=1)
    canvas.setFillColor(black)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **options: Any) -> bytes:  # noqa: ANN401
    """A file after a change by pikepdf, saved with its options."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        change(document)
        document.save(out, **options)
    return out.getvalue()


def nothing(document: pikepdf.Pdf) -> None:
    """No change: only saved anew."""


def read(data: bytes) -> Document:
    """What the reader makes of a file."""
    return reader.read(data, "某.pdf")


def grids(data: bytes) -> list[Grid]:
    """The grids of a file."""
    return [block for block in read(data).blocks if isinstance(block, Grid)]


def paragraphs(data: bytes) -> list[str]:
    """The lines outside the grids."""
    return [block.text for block in read(data).blocks if isinstance(block, Paragraph)]
