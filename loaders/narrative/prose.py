"""Paragraphs put together from wrapped lines, with section numbers and places.

Extractions break paragraphs at the edge of the paper and at page breaks; whether a line goes on in the next one is told
by its end, by its width where the document is wrapped, and by how the next one begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.document import Grid
from loaders.words.tokens import LINE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loaders.document import Document

NUMERAL = "[一二三四五六七八九十百]{1,4}"
_PART = lazy_pattern(rf"第{NUMERAL}(?:部分|章)")
_FIRST = lazy_pattern(rf"({NUMERAL})(?:、|[．.](?!\d))")
_SECOND = lazy_pattern(rf"[(（]({NUMERAL})[)）]")
_THIRD = lazy_pattern(r"\d{1,2}(?:[、．]|\.(?!\d))|[(（]\d{1,2}[)）]|[①-⑳]")
_TITLE = lazy_pattern(r"(?:编制说明|情况说明|名词解释|主要职能|机构设置|概况)$")
"""How the part titles of forms without numbered parts end."""
_SENTENCE = lazy_pattern(r"[，。；：:]")
_LABEL = lazy_pattern(r"(?!.{0,10}(?:其中|包括|[是为]|如下|用于))[\u4e00-\u9fff]{3,14}[:：]")
_NUMERALS = frozenset("一二三四五六七八九十百")
_THIRD_FIRST = frozenset("0123456789(（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_LABEL_END = 15
_LONGEST_NUMBER = 20
_TITLE_REST = 30
_HEADING_LINES = 3
"""Lines over which a title may be wrapped."""
_BULLET = lazy_pattern(r"^(?:[-–—•·●▪◆*]\s+)+")
_PAGE_NUMBER = lazy_pattern(
    r"第?\s*(?:[-–—―－]\s*)?\d{1,4}\s*(?:[-–—―－]\s*)?页?|第\s*\d{1,4}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}"
)
_LEADERS = lazy_pattern(r"(?<![\s….·．])\s*(?:[….·．]\s*+){3,}+\d*$")
_WORD_GAP = lazy_pattern(r"(?<=[0-9A-Za-z])\s+(?=[0-9A-Za-z])")
_SCRIPT_GAP = lazy_pattern(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])")
_COMPLETE = lazy_pattern(r"(?:说明|情况|[表费]|概况|职能|职责|解释|设置|安排|目标|变化|预算|经费)$")
_UNBROKEN = lazy_pattern(r"[!-~]*+[，。；：、！？）》”%]*")
_ENDS = "。！？；;：:"
_GOES_ON = "，,、（(“《〔["
_CLOSES = "，。；、）)”》〕]%"
_LONGEST_HEADING = 70
_KEPT = "\ue000"

_BROKEN = frozenset({"text", "pdf", "ofd"})
"""Formats whose lines are those of the paper; elsewhere a block of text is a paragraph."""
_WRAPPED_FROM = 40
"""Half-width cells: a narrower line says nothing about the width of the paper."""
_EDGE = 14
"""Half-width cells by which a full line may be narrower than the paper: indent, squeezed marks, long numbers."""
_INDENT = 4
"""Half-width cells by which a first line is indented."""


class Place(NamedTuple):
    """The place of a piece of a paragraph's text."""

    offset: int  # in the text, from 0
    line: int  # of the document, from 1
    page: int | None


class Paragraph(NamedTuple):
    """A paragraph without layout blanks, its enumerator included."""

    section: str
    """Printed numbers of its sections, brackets full-width: 五（三）; "" outside numbered sections."""
    heading: tuple[str, str, str]
    """Titles of the part, of the section 一、 and of the section （一） it stands under; "" where there is none."""
    level: int
    """1 to 3 where it is such a title itself, else 0."""
    text: str
    lines: tuple[Place, ...]
    """The pieces, in order; the first has offset 0."""

    @property
    def line(self) -> int:
        """The line where it begins."""
        return self.lines[0].line

    @property
    def page(self) -> int | None:
        """The page where it begins."""
        return self.lines[0].page

    def place(self, offset: int) -> Place:
        """The piece in which the character at `offset` stands."""
        return self.lines[max(bisect_right(self.lines, offset, key=lambda place: place.offset) - 1, 0)]


class _Line(NamedTuple):
    text: str
    line: int
    page: int | None
    width: int


def paragraphs(document: Document, outside: Callable[[int], bool] = lambda _line: True) -> list[Paragraph]:
    """The paragraphs of a document in reading order.

    Lines of grids of several columns, page numbers, and lines for which `outside` is false (those of tables given as
    text) are left out.  Lines with tabs stand alone, tabs kept as blanks.
    """
    lines = list(_lines(document, outside))
    paper = _paper_width(lines)
    broken = document.format in _BROKEN
    result: list[Paragraph] = []
    numbers, titles = ["", ""], ["", "", ""]
    index = 0
    while index < len(lines):
        pieces = [lines[index]]
        while index + 1 < len(lines) and broken and _continues(pieces, lines[index + 1], paper):
            index += 1
            pieces.append(lines[index])
        index += 1
        text = "".join(piece.text for piece in pieces)
        level = _enter(text, numbers, titles)
        second = f"（{numbers[1]}）" if numbers[1] else ""
        result.append(Paragraph(numbers[0] + second, (titles[0], titles[1], titles[2]), level, text, _places(pieces)))
    return result


def without_enumerator(text: str) -> str:
    """A paragraph's text without 第三部分, 一、, （一）, 1、 before it."""
    for pattern in (_PART, _FIRST, _SECOND, _THIRD):
        if found := pattern.match(text):
            return text[found.end() :].lstrip()
    return text


def _places(pieces: list[_Line]) -> tuple[Place, ...]:
    places, offset = [], 0
    for piece in pieces:
        places.append(Place(offset, piece.line, piece.page))
        offset += len(piece.text)
    return tuple(places)


def _lines(document: Document, outside: Callable[[int], bool]) -> Iterator[_Line]:
    """The lines of prose, without layout blanks."""
    running = _running_heads(document)
    before = ""
    for number, block in document.numbered():
        if isinstance(block, Grid):
            rows = enumerate(block.lines(), number) if block.columns == 1 else ()
        else:
            rows = enumerate((block.text,), number)
        for line, printed in rows:
            stripped = printed.strip()
            if not stripped or line in running or not outside(line):
                continue
            if (
                len(stripped) <= _LONGEST_NUMBER
                and _PAGE_NUMBER.fullmatch(stripped)
                and not (before.endswith(".") and stripped.isdigit())
            ):
                continue
            text = before = _tidy(_BULLET.sub("", stripped[:LINE_LIMIT]))
            if text:
                yield _Line(text, line, block.page, _width(text, stripped))


def _running_heads(document: Document) -> set[int]:
    """Lines with which most pages begin or end: the first and last ones, and what follows them on most pages too.

    What follows may be more than a letterhead: it is kept where it stands first.
    """
    pages: dict[int, list[tuple[int, str]]] = {}
    for number, block in document.numbered():
        if block.page is not None and not isinstance(block, Grid) and (text := block.text.strip()):
            pages.setdefault(block.page, []).append((number, text))
    outermost = _usual(({lines[0][1], lines[-1][1]} for lines in pages.values()), len(pages))
    found: set[int] = set()
    for order in (1, -1):
        sharing = [lines[::order] for lines in pages.values() if lines[::order][0][1] in outermost]
        found.update(lines[0][0] for lines in sharing)
        for depth in count(1):
            sharing = [lines for lines in sharing if len(lines) > depth]
            usual = _usual(({lines[depth][1]} for lines in sharing), len(pages))
            if not usual:
                break
            sharing = [lines for lines in sharing if lines[depth][1] in usual]
            first = {text: number for number, text in sorted((lines[depth] for lines in sharing), reverse=True)}
            found.update(number for number, text in (lines[depth] for lines in sharing) if number != first[text])
    return found


def _usual(texts: Iterable[set[str]], pages: int) -> set[str]:
    """The texts that most pages have."""
    counts = Counter(text for those in texts for text in those)
    return {text for text, times in counts.items() if times > 2 and 2 * times > pages}  # noqa: PLR2004 - most


def _tidy(text: str) -> str:
    if text.isprintable() and " " not in text and "\u3000" not in text:
        return text
    if "\t" in text:
        return " ".join(text.split())
    text = "".join(_WORD_GAP.sub(_KEPT, text).split()).replace(_KEPT, " ")
    return text if text.isprintable() else "".join(char for char in text if char.isprintable())


def _width(text: str, printed: str) -> int:
    """Width in half-width cells; the quarter gap between scripts counts where the extraction shows it as a blank."""
    cells = len(text) if text.isascii() else len(text) + (len(text.encode("utf-8", "replace")) - len(text)) // 2
    return cells + len(_SCRIPT_GAP.findall(text)) // 2 if " " in printed else cells


def _paper_width(lines: list[_Line]) -> int:
    """Width of a full line where the document is wrapped at the edge of the paper, else 0."""
    widths = Counter(
        line.width
        for line in lines
        if line.width >= _WRAPPED_FROM and line.text[-1] not in _ENDS and not _LEADERS.search(line.text)
    )
    if not widths:
        return 0
    often = max(widths.values()) / 2
    paper = max(width for width, count in widths.items() if count >= often)
    full = sum(count for width, count in widths.items() if abs(width - paper) <= _EDGE)
    return paper if full * 5 >= widths.total() * 2 else 0


def _continues(pieces: list[_Line], after: _Line, paper: int) -> bool:
    """Whether the paragraph of these lines goes on in the line after them."""
    last, text = pieces[-1], after.text
    end = last.text[-1]
    level = _level(text)
    so_far = "".join(piece.text for piece in pieces[:_HEADING_LINES])
    heading = len(pieces) <= _HEADING_LINES and _level(so_far) and _is_title(so_far)
    if heading and _ends_title(so_far, text):
        return True
    if level == 1 or _LEADERS.search(last.text[-_LONGEST_HEADING:]):
        return False
    full = bool(paper) and last.width + (_INDENT if len(pieces) == 1 else 0) + _first_width(text) > paper
    begins = level or _begins_item(text)
    if heading:
        return not begins and full and not _COMPLETE.search(so_far)
    if end in _ENDS:
        return full and not begins and not text.endswith("表")
    long = last.width >= (paper - _EDGE if paper else _WRAPPED_FROM)
    if begins:
        torn = long and end.isdigit() and text[0].isdigit()  # a number over two lines
        return torn or (full and end in _GOES_ON)
    return full or long or end in _GOES_ON or text[0] in _CLOSES


def _ends_title(title: str, text: str) -> bool:
    """Whether a line is the rest of 关于…情况说明."""
    return (
        len(text) <= _TITLE_REST
        and "关于" in title
        and not title.endswith("说明")
        and (title + text).endswith("说明")
        and not _SENTENCE.search(text)
        and not _level(text) > 1
    )


def _first_width(text: str) -> int:
    """Width of what cannot be broken at the beginning of a line, the gap before other scripts included."""
    found = _UNBROKEN.match(text)
    token = found[0] if found and found[0] else text[:1]
    return _width(token, "") + token[0].isascii()


def _begins_item(text: str) -> bool:
    """Whether the line begins a numbered item or a labelled field."""
    if text[0] in _THIRD_FIRST and _THIRD.match(text):
        return True
    return ("：" in text[:_LABEL_END] or ":" in text[:_LABEL_END]) and _LABEL.match(text) is not None


def _level(text: str) -> int:
    """1 for a part, 2 for 一、, 3 for （一）, else 0: by its enumerator or, for parts, as a title of its own."""
    first = text[0]
    if first == "第" and _PART.match(text):
        return 1
    if first in _NUMERALS and _FIRST.match(text):
        return 2
    if first in "(（" and _SECOND.match(text):
        return 3
    title = len(text) <= _LONGEST_HEADING and _TITLE.search(text) and not _SENTENCE.search(text)
    return 1 if title else 0


def _is_title(text: str) -> bool:
    """Whether a numbered paragraph is a title, no sentence."""
    title = without_enumerator(text)
    if title.startswith("项目"):  # 项目名称：…
        return len(title) <= _LONGEST_HEADING and "。" not in title
    return len(title) <= _LONGEST_HEADING and not _SENTENCE.search(title)


def _enter(text: str, numbers: list[str], titles: list[str]) -> int:
    """Enter the section that this paragraph opens, if it opens one; the level of the title that it is."""
    level = _level(text)
    is_title = bool(level) and _is_title(text)
    if not level or (level == 1 and not is_title):
        return 0
    if level == 1:
        numbers[:] = ["", ""]
    else:
        found = (_FIRST if level == 2 else _SECOND).match(text)  # noqa: PLR2004 - 一、
        numbers[level - 2 :] = [found[1] if found else "", *[""] * (3 - level)]
    title = _LEADERS.sub("", without_enumerator(text)).strip()
    titles[level - 1 :] = [title if is_title else "", *[""] * (3 - level)]
    return level if is_title else 0
