"""Web pages (.html, .mht, and spreadsheets saved as web pages): text by blocks, tables with row and column spans.

Nothing is run or fetched; scripts, hidden parts and the page's head are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, cast

from budget.i18n.language import N_, Message
from budget.model.disclosure import UnreadableDocumentError
from budget.system.patterns import lazy_pattern
from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.formats import detect
from loaders.formats.refusals import missing, too_large
from loaders.formats.tables import COLUMN_LIMIT, as_blocks, check_cells, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selectolax.lexbor import LexborNode

TAG_LIMIT = 1_000_000
DEPTH_LIMIT = 3_000
"""Open elements; the parser looks through them at every tag."""
STYLE_LIMIT = 20_000_000
"""Open styling elements x tags: the parser repeats every open one in every block."""
ATTRIBUTE_LIMIT = 1_000
"""Attributes of one element; the parser compares each with all before it."""

# as browsers take them apart
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_ATTRIBUTES = lazy_pattern(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{ATTRIBUTE_LIMIT}}}+(?P<further>{_ATTRIBUTE})?")
_TAG = lazy_pattern(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
# fmt: off
_OPTIONAL_END = frozenset(
    {"p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "caption", "option", "optgroup",
     "rp", "rt", "html", "head", "body", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
     "source", "track", "wbr"}
)
"""Elements that need no end tag, or have none: they do not nest by being left open."""
_STYLING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
# fmt: on


def check_page(page: str, name: str) -> None:
    """Refuse a page whose nesting or attributes would exhaust the parser.

    No page that people read comes near the limits.

    Raises:
        UnreadableDocumentError: it is beyond the limits.
    """
    tags = page.count("<")
    if tags > TAG_LIMIT:
        raise too_large(name, Message.of(N_("网页的内容过多")))
    if any(match["further"] for match in _ATTRIBUTES.finditer(page)):
        raise too_large(name, Message.of(N_("网页里一个标记的属性超过 {} 个"), ATTRIBUTE_LIMIT))
    open_now: Counter[str] = Counter()
    depth = styling = 0
    for match in _TAG.finditer(page):
        tag = match[2].lower()
        if tag in _OPTIONAL_END:
            continue
        step = -1 if match[1] else 1
        if step < 0 and not open_now[tag]:
            continue
        open_now[tag] += step
        depth += step
        if tag in _STYLING:
            styling += step
        if depth > DEPTH_LIMIT or styling * tags > STYLE_LIMIT:
            raise too_large(name, Message.of(N_("网页的层次过深")))


SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes; a disclosure as a web page has some hundred thousand."""
_DECLARED = lazy_pattern(
    rb"""<meta\b[^<>]*?charset\s*=\s*(?:["']\s*)?([\w.:-]{1,40})|<\?xml\b[^<>]*?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_PAGE_PART = lazy_pattern(rb"^content-type:[ \t]{0,9}text/html", re.IGNORECASE | re.MULTILINE)
_SNIFFED = 8192
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FEW = 100
"""At most one character in so many may be broken where there is a choice of encodings."""
_MODERN = dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030")
"""Pages declare the old names and use the new characters; browsers know."""
_HIDDEN = lazy_pattern(r"display\s*:\s*none", re.IGNORECASE)
# fmt: off
_SKIPPED = frozenset(
    {"head", "iframe", "noscript", "object", "rp", "rt", "script", "select", "style", "svg", "template", "textarea",
     "title"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
     "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
# fmt: on
"""Elements that begin and end a line."""
_BLANKS = lazy_pattern(r"[ \t\r\n\f]+")
_SPAN = lazy_pattern(r"\s*(\d{1,6})")


def read(data: bytes, name: str) -> Document:
    """Read a web page.

    Raises:
        UnreadableDocumentError: it is beyond the limits or has no text.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise missing(name, "selectolax") from None
    if len(data) > SIZE_LIMIT:
        raise too_large(name, Message.of(N_("网页超过 {} MB"), SIZE_LIMIT >> 20))
    page, encoding = _decode(data, name)
    check_page(page, name)
    root = LexborHTMLParser(page).body
    blocks = [] if root is None else _Walker(name).blocks(root)
    if not blocks:
        text = N_("{}：网页里没有文字，可能只有图片或框架；请在浏览器中打开正文页面后另存。")
        raise UnreadableDocumentError(text, name)
    return Document(format="html", blocks=tuple(blocks), encoding=encoding)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """The page's text and its encoding: by byte-order mark, else as declared, else the first that fits.

    A name that ends with "?" says that some bytes were no text in it.
    """
    charset = ""
    if detect.is_mail(data):
        data, charset = _mail_part(data, name)
    declared = _DECLARED.search(data[:_SNIFFED])
    if declared and not charset:
        charset = (declared[1] or declared[2]).decode("ascii")
    charset = _MODERN.get(charset.lower(), charset.lower())
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    attempts = [marked] if marked else [charset, "utf-8", "gb18030"]
    known = [encoding for encoding in attempts if encoding and (marked or _is_known(encoding))]
    for encoding in known:
        try:
            return data.decode(encoding), encoding
        except UnicodeError:
            continue
    broken = [(data.decode(encoding, errors="replace"), f"{encoding}?") for encoding in known]
    few = [(text, encoding) for text, encoding in broken if text.count("\ufffd") * _FEW <= len(text)]
    return (few or broken)[0]


def _is_known(encoding: str) -> bool:
    """Whether a declared encoding can be one: UTF-16 cannot have declared itself in single bytes."""
    try:
        b"x".decode(encoding)
    except LookupError:
        return False
    except UnicodeError:
        return not encoding.startswith("utf-16")
    return True


def _mail_part(data: bytes, name: str) -> tuple[bytes, str]:
    """The first web page of a page saved as one file, and the charset that its part declares."""
    import email
    import email.policy

    data = data.lstrip()
    try:
        parts = list(email.message_from_bytes(data, policy=email.policy.compat32).walk())
    except RecursionError:  # parts in parts in parts: the page is somewhere among them
        parts = [email.message_from_bytes(_innermost_page(data), policy=email.policy.compat32)]
    for part in parts:
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return content, part.get_content_charset() or ""
    raise UnreadableDocumentError(N_("{}：单文件网页里没有正文，请在浏览器中重新保存。"), name)


def _innermost_page(data: bytes) -> bytes:
    """The first part that is a web page, from its headers to the next boundary."""
    found = _PAGE_PART.search(data)
    if found is None:
        return b""
    begin = max(data.rfind(b"\n--", 0, found.start()), 0)
    begin = data.find(b"\n", begin + 1) + 1 if begin else 0
    end = data.find(b"\n--", found.end())
    return data[begin : end if end > 0 else len(data)]


class _Walker:
    """Walks a page without recursion, so that no nesting is too deep."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells = 0

    def blocks(self, root: LexborNode) -> list[Paragraph | Grid]:
        """The blocks of a page. A table that holds tables is layout: what it holds stands in order."""
        found: list[Paragraph | Grid] = []
        pieces: list[str] = []
        layout = _layout_tables(root)

        def is_grid(node: LexborNode) -> bool:
            return node.tag == "table" and node.mem_id not in layout

        for node, entering in _events(root, stop=is_grid):
            if entering and is_grid(node):
                caption = next(_children(node, {"caption"}), None)
                if caption is not None:
                    pieces.append(f"\v{_cell_text(caption)}")
                found += paragraphs(_lines(pieces))
                pieces = []
                found += as_blocks(self.grid(node))
            else:
                pieces.append(_piece(node, entering=entering))
        return [*found, *paragraphs(_lines(pieces))]

    def grid(self, table: LexborNode) -> Grid:
        """The grid of a table: each cell at the first free place of its row, spans clipped to the table."""
        rows = list(_rows(table))
        cells: list[GridCell] = []
        width = 0
        free_from: dict[int, int] = {}  # column -> first row that no cell above covers
        for row, element in enumerate(rows):
            column = 0
            for cell in _children(element, {"td", "th"}):
                while free_from.get(column, 0) > row:
                    column += 1
                if column >= COLUMN_LIMIT:
                    raise too_large(self.name, Message.of(N_("表格超过 {} 列"), COLUMN_LIMIT))
                attributes = cell.attributes
                columns = min(max(_number(attributes, "colspan"), 1), COLUMN_LIMIT - column)
                columns = next((n for n in range(1, columns) if free_from.get(column + n, 0) > row), columns)
                self.cells += columns
                height = min(_number(attributes, "rowspan") or len(rows), len(rows) - row)
                cells.append(GridCell(row, column, height, columns, _cell_text(cell)))
                for place in range(column, column + columns):
                    free_from[place] = row + height
                column += columns
            width = max(width, column)
            check_cells(self.cells, self.name)
        return Grid(tuple(cells), len(rows), width)


def _events(
    root: LexborNode, stop: Callable[[LexborNode], bool] = lambda _: False
) -> Iterator[tuple[LexborNode, bool]]:
    """Each visible node below the root, when entered and when left; what `stop` names is not looked into."""
    node: LexborNode | None = root.first_child
    depth = 0
    while node is not None:
        hidden = _is_hidden(node)
        if not hidden:
            yield node, True
            child = None if stop(node) else node.first_child
            if child is not None:
                node, depth = child, depth + 1
                continue
            yield node, False
        following = node.next
        while following is None and depth:
            node, depth = cast("LexborNode", node.parent), depth - 1
            yield node, False
            following = node.next
        node = following


def _is_hidden(node: LexborNode) -> bool:
    if node.is_comment_node or node.tag in _SKIPPED:
        return True
    if not node.is_element_node:
        return False
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _layout_tables(root: LexborNode) -> set[int]:
    """The tables that hold tables, by the identity of their nodes."""
    layout: set[int] = set()
    if root.css_first("table table") is None:  # hardly a page has any: no walk for the others
        return layout
    above: list[int] = []
    for node, entering in _events(root):
        if node.tag == "table":
            if entering:
                layout.update(above[-1:])
                above.append(node.mem_id)
            else:
                above.pop()
    return layout


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table, its foot last wherever it stands."""
    sections = list(_children(table, {"thead", "tbody", "tfoot", "tr"}))
    for section in sorted(sections, key=lambda node: node.tag == "tfoot"):
        if section.tag == "tr":
            yield section
        else:
            yield from _children(section, {"tr"})


def _children(node: LexborNode, tags: set[str]) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        if child.tag in tags and not _is_hidden(child):
            yield child
        child = child.next


def _cell_text(cell: LexborNode) -> str:
    only = cell.first_child
    if only is not None and only.next is None and only.is_text_node:
        text = only.text_content or ""
        if " " not in text and text.isprintable():  # no other blank is printable
            return text
    return _lines([_piece(node, entering=entering) for node, entering in _events(cell)])


def _piece(node: LexborNode, *, entering: bool) -> str:
    """What a node adds to the text: a text its words, the edge of a block an end of line."""
    if node.is_text_node:
        if not entering:
            return ""
        raw = node.text_content or ""
        preserved = node.parent is not None and node.parent.tag == "pre"
        return raw.replace("\n", "\v") if preserved else _BLANKS.sub(" ", raw)
    return "\v" if node.tag in _BLOCKS and (entering or node.tag != "br") else ""


def _lines(pieces: list[str]) -> str:
    """The text in lines; no-break blanks are blanks, and blanks at the edges of a line are layout."""
    whole = "".join(pieces).replace("\n", " ").replace("\r", " ").replace("\xa0", " ")
    lines = (line.strip(" \t") for line in whole.split("\v"))
    return "\n".join(line for line in lines if line)


def _number(attributes: dict[str, str | None], name: str) -> int:
    """A span; 1 where it is missing or no number, 0 where it is 0 (to the end)."""
    match = _SPAN.match(attributes.get(name) or "") if attributes else None
    return int(match[1]) if match else 1
