"""PDF files that are damaged, locked, endless or pictures: one sentence, or what is whole with a notice."""

from __future__ import annotations

import threading
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from budget.model.disclosure import Severity, UnreadableDocumentError
from loaders.document import Document, Grid
from loaders.formats.pdf import reader
from loaders.formats.pdf.text import UNKNOWN
from tests.loaders.formats.pdf import pdf_making as making
from tests.loaders.formats.pdf.pdf_making import HEIGHT, PLAIN, changed, grids, made, read
from tests.loaders.formats.pdf.test_reader import table
from tests.support.limits import processor_seconds
from tools.documents.strategies import share

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def refused(data: bytes) -> str:
    """The sentence with which a file is refused: one line that names the file and ends."""
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data)
    sentence = str(caught.value)
    assert sentence.startswith("某.pdf：")
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


def picture(canvas: Canvas) -> None:
    """A page that is an image."""
    image = Image.new("L", (60, 40), 200)
    canvas.drawImage(ImageReader(image), 0, 0, 600, 400)


def test_a_broken_cross_reference_is_no_loss() -> None:
    data = made(table)
    at = data.rindex(b"startxref")
    (grid,) = grids(data[:at] + b"startxref\n99999999\n%%EOF\n")
    assert grid.lines() == PLAIN


def test_a_file_without_its_end_is_said_to_be_incomplete() -> None:
    """Cut anywhere: a sentence, or what is left with the notice that the end is missing."""
    data = made(*[table] * 12, pageCompression=1)
    opened = 0
    for part in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        try:
            document = read(data[: int(len(data) * part)])
        except UnreadableDocumentError as error:
            assert "不完整" in str(error)  # noqa: PT017 - either outcome is right
        else:
            opened += 1
            lost = [notice.sentence for notice in document.notices if notice.severity is Severity.LOST]
            assert any("没有结尾" in sentence for sentence in lost)
    assert opened < 6


def test_other_files_are_refused() -> None:
    for data in (b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + b"\0" * 5000 + b"%%EOF", made(table)[:200] + b"%%EOF"):
        assert "已损坏" in refused(data)
    assert "不完整" in refused(b"%PDF-1.7\n")


def test_a_locked_file_needs_its_password() -> None:
    locked = changed(made(table), making.nothing, encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    assert "需要密码" in refused(locked)


def endless(pages: int) -> bytes:
    """A file of so many empty pages; written here, for pikepdf takes seconds."""
    kids = " ".join(f"{number} 0 R" for number in range(3, pages + 3))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {pages}/Kids[{kids}]>>"]
    objects += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * pages
    out, places = BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode())
    start, size = out.tell(), len(objects) + 1
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def test_an_endless_file_is_refused_at_once() -> None:
    with pikepdf.open(BytesIO(endless(10))) as document:
        assert len(document.pages) == 10, "what is refused below is a sound file"
    with processor_seconds(5):
        assert "10000 页" in refused(endless(10_000))


def test_scans_are_named_as_such() -> None:
    sentence = refused(made(picture, picture))
    assert "扫描" in sentence
    assert "rapidocr" in sentence
    document = read(made(table, picture, picture, table, picture))
    (notice,) = document.notices
    assert notice.severity is Severity.LOST
    assert "第 2–3、5 页" in notice.sentence
    assert [block.page for block in document.blocks] == [1, 4]


def test_a_file_without_anything_is_refused() -> None:
    assert "没有文字" in refused(made(lambda canvas: None))


def test_an_empty_form_is_kept_beside_text() -> None:
    document = read(made(making.lines, table))
    assert [isinstance(block, Grid) for block in document.blocks] == [True, True]
    assert document.notices == ()


def _without_meanings(document: pikepdf.Pdf) -> None:
    """Take away what says which characters the glyphs of the first page are."""
    for font in document.pages[0].resources.Font.values():
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


def test_characters_without_a_meaning_are_marked_and_counted() -> None:
    """PDFium gives the numbers of glyphs instead: names would be wrong without a word."""
    document = read(changed(made(table, _other_font, _other_font, _other_font), _without_meanings))
    texts = "".join(document.lines)
    assert texts.count(UNKNOWN) == sum(char > "\x7f" for row in PLAIN for char in row)
    (notice,) = document.notices
    assert "没有文字编码" in notice.sentence
    assert f"第 1 页有 {texts.count(UNKNOWN)} 个" in notice.sentence


def test_a_file_of_characters_without_a_meaning_is_refused() -> None:
    def names(canvas: Canvas) -> None:
        making.text(canvas, 50, 50, "部门预算公开说明")

    assert "编码" in refused(changed(made(names), _without_meanings))


def _other_font(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 9)
    for i in range(20):
        canvas.drawString(50, 50 + 12 * i, "1,234,567.00 1,234,567.00")


def test_a_page_of_rules_alone_stops_nothing() -> None:
    """More rules than any table has: the text is read, the notice says why there is no table."""

    def draw(canvas: Canvas) -> None:
        making.cells(canvas)
        for i in range(5_000):
            canvas.line(0, i * 5, 500, i * 5)

    document = read(made(draw, table, pageCompression=1, size=(600, 25_000)))
    assert any("线条过多" in notice.sentence and "第 1 页" in notice.sentence for notice in document.notices)
    assert any(not isinstance(block, Grid) for block in document.blocks)
    assert [block.page for block in document.blocks if isinstance(block, Grid)] == [2]


def test_too_many_characters_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "CHARACTER_LIMIT", 200)

    def long(canvas: Canvas) -> None:
        for i in range(30):
            making.text(canvas, 10, 10 + 10 * i, "文字文字文字文字文字文字")

    document = read(made(long, table))
    (notice,) = document.notices
    assert "第 1 页" in notice.sentence
    assert "个字符" in notice.sentence
    assert [block.page for block in document.blocks] == [2]


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "CELL_LIMIT", 20)
    assert "单元格" in refused(made(table, table))


def test_forms_within_forms_have_an_end() -> None:
    """A form that draws itself, and forms that each draw the next twice."""

    def bomb(document: pikepdf.Pdf) -> None:
        inner: pikepdf.Object | None = None
        for _ in range(30):
            form = document.make_stream(b"/A Do /A Do" if inner is not None else b"0 0 m 10 0 l S")
            form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 600, 400]
            if inner is not None:
                form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=inner))
            inner = document.make_indirect(form)
        self_drawing = document.make_indirect(document.make_stream(b"/B Do"))
        self_drawing.Type, self_drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        self_drawing.BBox = [0, 0, 600, 400]
        self_drawing.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(B=self_drawing))
        page = document.pages[0]
        page.resources.XObject = pikepdf.Dictionary(B=self_drawing)
        page.contents_add(b" /B Do")

    (grid,) = grids(changed(made(table), bomb))
    assert grid.lines() == PLAIN


def test_bytes_changed_at_random_never_end_in_a_traceback() -> None:
    original = made(table, table)
    packed = changed(original, making.nothing, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    rng = Random(7)
    outcomes = {"read": 0, "refused": 0}
    for round_ in range(share(300)):
        data = bytearray(original if round_ % 2 else packed)
        for _ in range(rng.choice((1, 3, 20))):
            at = rng.randrange(len(data))
            change = rng.random()
            if change < 0.6:
                data[at] = rng.randrange(256)
            elif change < 0.8:
                del data[at : at + rng.randrange(1, 200)]
            else:
                data[at:at] = rng.randbytes(rng.randrange(1, 60))
        try:
            assert isinstance(read(bytes(data)), Document)
            outcomes["read"] += 1
        except UnreadableDocumentError as error:
            assert str(error).endswith("。")  # noqa: PT017
            outcomes["refused"] += 1
    assert min(outcomes.values()) > share(50) // 5, outcomes


def test_half_characters_never_leave_the_reader() -> None:
    """A font may claim that a glyph is half a character; such text could not be written anywhere."""

    def claim(document: pikepdf.Pdf) -> None:
        for font in document.pages[0].resources.Font.values():
            if "/ToUnicode" in font:
                font.ToUnicode = document.make_stream(
                    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF>"
                    b" endcodespacerange 1 beginbfrange <00> <1F> <D800> endbfrange endcmap end end"
                )

    lines = read(changed(made(table, _other_font, _other_font), claim)).lines
    assert UNKNOWN in lines[0]
    for line in lines:
        line.encode("utf-8")


def test_places_out_of_bounds_are_outside_the_page() -> None:
    """Matrices so large that places are no numbers, and invisible letters as large as a country."""

    def add(document: pikepdf.Pdf) -> None:
        name = next(str(key) for key in document.pages[0].resources.Font)
        document.pages[0].contents_add(
            f"q 1e38 0 0 1e38 1e38 1e38 cm 1e30 w 0 0 m 1e38 1e38 l S 0 0 1e38 1 re f BT {name} 1e20 Tf (ab) Tj ET Q "
            f"q BT {name} 5e6 Tf 3 Tr 1 0 0 1 -1e6 -1e6 Tm (abc abc) Tj ET Q "
            f"q 1e-38 0 0 1e-38 0 0 cm BT {name} 1e-20 Tf (cd) Tj ET 0 0 1 1 re W n Q".encode()
        )

    with processor_seconds(5):
        for grid in grids(changed(made(table, table), add)):
            assert grid.lines() == PLAIN


def test_many_threads_may_read_at_once() -> None:
    data = made(*[table] * 5)
    expected = [PLAIN] * 5
    found: list[bool] = []

    def work() -> None:
        found.extend([grid.lines() for grid in grids(data)] == expected for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [True] * 20


def test_an_image_beside_text_is_no_scan() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(BytesIO(_png())), 400, HEIGHT - 80, 40, 40)
        table(canvas)

    document = read(made(draw))
    assert document.notices == ()


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20), (255, 0, 0)).save(out, "PNG")
    return out.getvalue()
