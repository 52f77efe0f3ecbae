"""PDF files: ruled lines and characters -> grids and paragraphs, page by page."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, Message
from budget.model.disclosure import Notice, Severity, UnreadableDocumentError
from loaders.document import Document, Grid, Paragraph
from loaders.formats.lattice import TooManyRulesError, blocks, meshes
from loaders.formats.pdf import scan
from loaders.formats.pdf.objects import objects_of
from loaders.formats.pdf.pdfium import LOCK, pdfium
from loaders.formats.pdf.text import UNKNOWN, characters, quarter_turns, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Box
    from loaders.formats.lattice import Mesh
    from loaders.formats.pdf.objects import Objects
    from loaders.formats.pdf.pdfium import Matrix

PAGE_LIMIT = 2_000
"""Pages; the longest departmental disclosures have some hundred."""
CHARACTER_LIMIT = 100_000
"""Characters of one page; a page printed as small as can be read has ten thousand."""
CELL_LIMIT = 500_000
"""Cells of one document."""
_MOST_NAMED = 8
DRAWN_TEXT = 50
"""A page without text but with so many shapes shows its text as outlines."""

_BROKEN = N_("页面已损坏，未读")
_WRONG_PASSWORD, _UNKNOWN_SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


class _Page(NamedTuple):
    blocks: list[Paragraph | Grid]
    is_picture: bool = False
    is_recognised: bool = False
    unclear: int = 0  # pieces of a picture that were hard to read
    unknown: int = 0
    trouble: str = ""  # kept words


def read(data: bytes, name: str) -> Document:
    """Read the text and the ruled tables of a PDF file; nothing in it is run, followed or fetched.

    Raises:
        UnreadableDocumentError: one sentence; damaged, encrypted, too long, or pictures only.
    """
    with LOCK, _opened(data, name) as document:
        count = pdfium().page_count(document)
        if count > PAGE_LIMIT:
            text = N_("{}：文件有 {} 页，超过 {} 页的限度，请把部门预算公开的部分另存为 PDF 后再打开。")
            raise UnreadableDocumentError(text, name, count, PAGE_LIMIT)
        pages = _pages(document, count, name)
    pages = _recognised(data, pages)
    found = tuple(block for page in pages for block in page.blocks)
    size = sum(len(text) for block in found for text in _texts(block))
    if not size:
        raise _nothing(pages, name)
    if sum(page.unknown for page in pages) * 2 > size:
        text = N_("{}：字体没有文字编码，文字无法读取（在阅读器里复制也是乱码）；请向公开单位索取可以复制文字的版本。")
        raise UnreadableDocumentError(text, name)
    return Document(format="pdf", blocks=found, page_count=count, notices=tuple(_notices(data, pages)))


def _texts(block: Paragraph | Grid) -> Iterator[str]:
    return (cell.text for cell in block.cells) if isinstance(block, Grid) else iter([block.text])


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[int]:
    """The handle of a document that opens with the empty password."""
    library = pdfium()
    document = library.load_document(data, len(data), None)
    if not document:
        error = library.last_error()
        if error == _WRONG_PASSWORD:
            why = N_("{}：文件已加密，需要密码；请用密码打开后另存为不加密的 PDF 再读取。")
        elif error == _UNKNOWN_SECURITY:
            why = N_("{}：文件的加密方式无法识别，请另存为不加密的 PDF 再读取。")
        elif b"%%EOF" not in data[-2048:]:
            why = N_("{}：PDF 文件不完整（没有结尾），可能没有下载完，请重新下载。")
        else:
            why = N_("{}：PDF 文件已损坏，无法打开，请重新下载或另存后再打开。")
        raise UnreadableDocumentError(why, name)
    try:
        yield document
    finally:
        library.close_document(document)


def _pages(document: int, count: int, name: str) -> list[_Page]:
    pages: list[_Page] = []
    cells = 0
    for index in range(count):
        pages.append(_page(document, index))
        cells += sum(len(block.cells) for block in pages[-1].blocks if isinstance(block, Grid))
        if cells > CELL_LIMIT:
            text = N_("{}：到第 {} 页已有 {} 个单元格，不像一份预算公开文件，请检查文件。")
            raise UnreadableDocumentError(text, name, index + 1, cells)
    return pages


def _page(document: int, index: int) -> _Page:
    library = pdfium()
    page = library.load_page(document, index)
    if not page:
        return _Page([], trouble=Message.of(_BROKEN))
    try:
        text_page = library.load_text(page)
        if not text_page:
            return _Page([], trouble=Message.of(_BROKEN))
        try:
            return _content(page, text_page, index + 1)
        finally:
            library.close_text(text_page)
    finally:
        library.close_page(page)


def _content(page: int, text_page: int, number: int) -> _Page:
    count = max(0, pdfium().char_count(text_page))
    if count > CHARACTER_LIMIT:
        return _Page([], trouble=Message.of(N_("有 {} 个字符，超过 {} 个的限度，未读"), count, CHARACTER_LIMIT))
    text = characters(text_page, count)
    matrix, paper = displayed(page, quarter_turns(text_page, text, pdfium().page_rotation(page) % 4))
    objects = objects_of(page, matrix, paper)
    found, trouble = _meshes(objects)
    printed = words_of(text_page, text, matrix, paper, objects, found)
    is_picture = not printed.text and (objects.images > 0 or objects.shapes >= DRAWN_TEXT)
    unknown = text.count(UNKNOWN)
    return _Page(blocks(printed, found, number), is_picture, unknown=unknown, trouble=trouble)


def _recognised(data: bytes, pages: list[_Page]) -> list[_Page]:
    """The pages that are pictures read by the optional packages, where they are installed."""
    pictures = [number for number, page in enumerate(pages, 1) if page.is_picture]
    if not pictures or not scan.available():
        return pages
    read_out = scan.read(data, pictures)
    return [
        _Page(read_out[number].blocks, is_recognised=True, unclear=read_out[number].unclear)
        if number in read_out
        else page
        for number, page in enumerate(pages, 1)
    ]


def _meshes(objects: Objects) -> tuple[list[Mesh], str]:
    """The ruled tables of a page, and what is to be said of them."""
    if not objects.too_many:
        try:
            return meshes(objects.horizontal, objects.vertical), ""
        except TooManyRulesError:
            pass
    return [], Message.of(N_("线条过多，表格按文字读取"))


def displayed(page: int, turns: int) -> tuple[Matrix, Box]:
    """The matrix from page coordinates to the displayed page, and its box.

    `turns`: by how many quarters it is turned, clockwise.
    """
    library = pdfium()
    sides = (ctypes.c_float * 4)()
    library.page_box(page, ctypes.addressof(sides))
    left, top, right, bottom = sides
    width, height = right - left, top - bottom
    turned: tuple[tuple[Matrix, Box], ...] = (
        ((1.0, 0.0, 0.0, -1.0, -left, top), (0.0, 0.0, width, height)),
        ((0.0, 1.0, 1.0, 0.0, -bottom, -left), (0.0, 0.0, height, width)),
        ((-1.0, 0.0, 0.0, 1.0, right, -bottom), (0.0, 0.0, width, height)),
        ((0.0, -1.0, -1.0, 0.0, top, right), (0.0, 0.0, height, width)),
    )
    return turned[turns]


def _nothing(pages: list[_Page], name: str) -> UnreadableDocumentError:
    """Why a document without any text cannot be read."""
    if any(page.is_picture for page in pages):
        text = N_(
            "{}：全部 {} 页都是扫描图片，没有文字；请向公开单位索取文字版，"
            "或安装识别组件 rapidocr 后再打开（见说明中的“文件格式”）。"
        )
        return UnreadableDocumentError(text, name, len(pages))
    troubled = [number for number, page in enumerate(pages, 1) if page.trouble]
    if troubled:
        text = N_("{}：第 {} 页{}，其余页没有文字，请检查文件。")
        return UnreadableDocumentError(text, name, _numbers(troubled), pages[troubled[0] - 1].trouble)
    return UnreadableDocumentError(N_("{}：PDF 里没有文字，也没有图片，请检查文件。"), name)


def _notices(data: bytes, pages: list[_Page]) -> Iterator[Notice]:
    """What was not read, page by page."""
    if b"%%EOF" not in data[-2048:]:
        yield Notice.of(Severity.LOST, N_("PDF 文件没有结尾，可能没有下载完，后面的内容可能缺失。"))
    pictures = [number for number, page in enumerate(pages, 1) if page.is_picture]
    if pictures:
        text = N_("第 {} 页是图片（扫描件），没有文字，未读。")
        yield Notice.of(Severity.LOST, text, _numbers(pictures))
    recognised = [number for number, page in enumerate(pages, 1) if page.is_recognised]
    if recognised:
        unclear = sum(page.unclear for page in pages)
        which = _numbers(recognised)
        if unclear:
            text = N_("第 {} 页是图片，文字由识别得来，请与原图核对；其中 {} 处难以辨认。")
            yield Notice.of(Severity.UNCERTAIN, text, which, unclear)
        else:
            yield Notice.of(Severity.UNCERTAIN, N_("第 {} 页是图片，文字由识别得来，请与原图核对。"), which)
    for trouble in dict.fromkeys(page.trouble for page in pages if page.trouble):
        numbers = [number for number, page in enumerate(pages, 1) if page.trouble == trouble]
        yield Notice.of(Severity.LOST, N_("第 {} 页{}。"), _numbers(numbers), trouble)
    unknown = [number for number, page in enumerate(pages, 1) if page.unknown]
    if unknown:
        count = sum(page.unknown for page in pages)
        text = N_("第 {} 页有 {} 个字符没有文字编码，已用 {} 代替。")
        yield Notice.of(Severity.LOST, text, _numbers(unknown), count, UNKNOWN)


def _numbers(pages: list[int]) -> str:
    """Page numbers as a phrase in kept words: 2、5–7; a long list is cut."""
    spans: list[tuple[int, int]] = []
    for page in pages:
        if spans and page == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], page)
        else:
            spans.append((page, page))
    named = [str(first) if first == last else f"{first}–{last}" for first, last in spans]
    which = Message.listed(named[:_MOST_NAMED])
    return Message.of(N_("{} 等 {}"), which, len(pages)) if len(named) > _MOST_NAMED else which
