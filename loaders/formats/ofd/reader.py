"""OFD files (GB/T 33190): pages of text objects and paths, read with the same lattice as PDF pages."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, Message
from budget.model.disclosure import Notice, Severity, UnreadableDocumentError
from loaders.document import Document, Grid
from loaders.formats import package, refusals
from loaders.formats.lattice import Glyphs, TooManyRulesError, blocks, meshes
from loaders.formats.ofd.page import Marks, add, box_of
from loaders.formats.tables import check_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loaders.document import Box, Paragraph
    from loaders.formats.package import Element, Package

PAGE_LIMIT = 2_000
"""Pages; the longest departmental disclosures have some hundred."""
TEMPLATE_LIMIT = 200_000
"""Characters that templates put on all pages together; a letterhead has some twenty on each."""
_A4: Box = (0.0, 0.0, 210.0, 297.0)
_MOST_NAMED = 8


class _Page(NamedTuple):
    blocks: list[Paragraph | Grid]
    is_picture: bool = False
    unread: int = 0
    trouble: str = ""  # kept words
    from_templates: int = 0
    """Characters."""
    without_templates: bool = False
    """Whether its templates were left out because others had put too much on the pages before."""


class _Frame(NamedTuple):
    """What the pages of a document share: the size of the paper, the parts of its templates by id."""

    paper: Box
    templates: dict[str, str]
    drawn: dict[tuple[str, Box], Marks | None]
    """What templates put on paper of a size, drawn once; None for a damaged one."""
    bare: dict[tuple[tuple[str, Box], ...], _Page]
    """Pages on which templates alone stand, read once."""


def read(data: bytes, name: str) -> Document:
    """Read the text and the ruled tables of an OFD file; seals and annotations are no part of them.

    Raises:
        UnreadableDocumentError: it is encrypted, damaged, beyond the limits, or has no text.
    """
    files = package.open_package(data, name)
    if files.has("Encryptions.xml"):
        raise refusals.encrypted(name)
    pages: list[_Page] = []
    first: dict[str, int] = {}
    for root in files.need("OFD.xml").iterfind("DocBody/DocRoot"):
        pages += _document(files, (root.text or "").strip(), len(pages), first)
    found = tuple(block for page in pages for block in page.blocks)
    if not found:
        raise _nothing(pages, name)
    return Document(format="ofd", blocks=found, page_count=len(pages), notices=tuple(_notices(pages)))


def _document(files: Package, path: str, before: int, first: dict[str, int]) -> list[_Page]:
    """The pages of one document; `first` has the number of the page that each part was read as."""
    root = files.need(path)
    folder = posixpath.dirname(path)
    templates = {
        template.get("ID", ""): _joined(folder, template.get("BaseLoc", ""))
        for template in root.iterfind("CommonData/TemplatePage")
    }
    area = root.find("CommonData/PageArea")
    frame = _Frame(_paper(area) or _A4, templates, {}, {})
    entries = root.findall("Pages/Page")
    if before + len(entries) > PAGE_LIMIT:
        text = N_("{}：文件超过 {} 页的限度，请把部门预算公开的部分另存后再打开。")
        raise UnreadableDocumentError(text, files.name, PAGE_LIMIT)
    pages: list[_Page] = []
    cells = templated = 0
    for number, entry in enumerate(entries, before + 1):
        path = _joined(folder, entry.get("BaseLoc", ""))
        if first.setdefault(path, number) < number:  # many entries for one part would cost as if there were many
            pages.append(_Page([], trouble=Message.of(N_("与第 {} 页是同一内容，未再读"), first[path])))
            continue
        with_templates = templated < TEMPLATE_LIMIT
        pages.append(_page(files, path, frame, number, with_templates=with_templates))
        templated += pages[-1].from_templates
        cells += sum(len(block.cells) for block in pages[-1].blocks if isinstance(block, Grid))
        check_cells(cells, files.name)
    return pages


def _page(files: Package, path: str, frame: _Frame, number: int, *, with_templates: bool) -> _Page:
    try:
        root = files.need(path)
    except refusals.DamagedError:
        return _Page([], trouble=Message.of(N_("缺失或已损坏，未读")))
    paper = _paper(root.find("Area")) or frame.paper
    marks = Marks()
    templates = root.findall("Template")
    used = tuple((template.get("TemplateID", ""), paper) for template in templates if with_templates)
    for key in used:
        if marks.too_many:
            break
        if key not in frame.drawn:
            frame.drawn[key] = _drawn(files, frame.templates.get(key[0], ""), paper)
        drawn = frame.drawn[key]
        if drawn is None:
            marks.unread += 1
        else:
            marks.take(drawn)
    page = _Page([], from_templates=len(marks.text), without_templates=bool(templates) and not with_templates)
    before = marks.count
    _add_layers(root, paper, marks)
    if marks.count > before:
        return _laid_out(marks, page, number)
    if used not in frame.bare:
        frame.bare[used] = _laid_out(marks, page, number)
    bare = frame.bare[used]
    return bare._replace(
        blocks=[block._replace(page=number) for block in bare.blocks], without_templates=page.without_templates
    )


def _laid_out(marks: Marks, page: _Page, number: int) -> _Page:
    """A page with what is on it in reading order, or why it is not read."""
    if marks.too_many:
        return page._replace(trouble=Message.of(N_("内容过多，未读")))
    if not any(map(str.strip, marks.text)):
        return page._replace(is_picture=marks.images > 0, unread=marks.unread)
    glyphs = Glyphs(marks.text, marks.left, marks.top, marks.right, marks.bottom)
    try:
        found, trouble = meshes(marks.horizontal, marks.vertical), ""
    except TooManyRulesError:
        found, trouble = [], Message.of(N_("线条过多，表格按文字读取"))
    return page._replace(blocks=blocks(glyphs, found, number), unread=marks.unread, trouble=trouble)


def _drawn(files: Package, path: str, paper: Box) -> Marks | None:
    """What a template puts on a page: nothing where it is missing; None where it is damaged."""
    marks = Marks()
    try:
        part = files.xml(path)
    except refusals.DamagedError:
        return None
    if part is not None:
        _add_layers(part, paper, marks)
    return marks


def _add_layers(root: Element, paper: Box, marks: Marks) -> None:
    for content in root.iterfind("Content"):
        add(content, paper, marks)


def _paper(area: Element | None) -> Box | None:
    return None if area is None else box_of(area.findtext("PhysicalBox"))


def _joined(folder: str, path: str) -> str:
    """The path of a part named in another part: from the root of the package, or from that part's folder."""
    path = path.strip().replace("\\", "/")
    return path if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))


def _nothing(pages: list[_Page], name: str) -> UnreadableDocumentError:
    """Why a document without any text cannot be read."""
    if any(page.is_picture for page in pages):
        text = N_("{}：全部 {} 页都是扫描图片，没有文字；请向公开单位索取文字版。")
        return UnreadableDocumentError(text, name, len(pages))
    trouble = next((page.trouble for page in pages if page.trouble), "")
    if trouble:
        return UnreadableDocumentError(N_("{}：没有一页能读取（{}），请重新取得原文件。"), name, trouble)
    return UnreadableDocumentError(N_("{}：OFD 文件里没有文字，请检查文件。"), name)


def _notices(pages: list[_Page]) -> Iterator[Notice]:
    """What was not read, page by page."""
    yield from _of_pages(pages, lambda page: page.is_picture, Message.of(N_("是图片（扫描件），没有文字，未读")))
    for trouble in dict.fromkeys(page.trouble for page in pages if page.trouble):
        yield from _of_pages(pages, lambda page, trouble=trouble: page.trouble == trouble, trouble)  # type: ignore[misc]
    yield from _of_pages(pages, lambda page: page.without_templates, Message.of(N_("模板里的文字过多，模板未读")))
    yield from _of_pages(pages, lambda page: page.unread > 0, Message.of(N_("有损坏或特殊的图形、文字，未读")))


def _of_pages(pages: list[_Page], which: Callable[[_Page], bool], what: str) -> Iterator[Notice]:
    numbers = [str(number) for number, page in enumerate(pages, 1) if which(page)]
    if numbers:
        named = Message.listed(numbers[:_MOST_NAMED])
        phrase = Message.of(N_("{} 等 {}"), named, len(numbers)) if len(numbers) > _MOST_NAMED else named
        yield Notice.of(Severity.LOST, N_("第 {} 页{}。"), phrase, what)
