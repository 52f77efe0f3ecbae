"""Headers of tables in text, also where a page repeats them."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from budget.model import bodies
from budget.model.disclosure import StatementId
from budget.model.titles import TOTAL
from budget.system.patterns import lazy_pattern
from loaders.lines.codes import TOTALS
from loaders.lines.labels import Labels
from loaders.lines.layouts import head_words, printed_head
from loaders.lines.sections import is_page_head
from loaders.statement import Shape
from loaders.titles import meaning_of
from loaders.words.numbers import half_width, is_amount, is_numeric
from loaders.words.ordinals import OF_WHICH
from loaders.words.tokens import SourceLine, has_chinese, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loaders.lines.layouts import Column, Layout, PrintedHead

_GROUP_HEADS = (
    "科目", "科目编码", "科目名称", "编码", "类", "款", "项", "功能分类", "支出功能分类", "功能分类科目",
    "功能分类科目编码", "功能分类科目名称", "经济分类", "经济分类科目", "经济分类科目编码", "经济分类科目名称",
    "支出预算", "收入", "支出", "项目", "项目名称", "预算数", "金额", "合计", "总计", "小计", "资金来源",
    "三公经费支出内容", "经费支出内容", "财政拨款收入", "财政拨款支出", "财政拨款", "财政拨款(补助)",
    "财政拨款(补助)小计", "非财政拨款", "基本支出", "项目支出", "人员经费", "公用经费", "一般公共预算支出",
    "一般公共预算基本支出", "政府性基金预算支出", "国有资本经营预算支出", "一般公共预算项目支出", "序号",
    "备注", "栏次", "行次", "财政专户", "(教育收费)", "单位名称", "部门名称", "单位", "部门", "支出项目",
    "收入项目", "项目支出合计", "其中", "上年结转", "上年结转结余",
)  # fmt: skip
"""Words of header cells that are no measure."""
_ENUMERATED = lazy_pattern(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d{1,2}[.、．](?!\d)")
_CODE = lazy_pattern(r"\d{3}(?:\d{2}){0,2}(?![\d.,])")
"""A code at the start of a row, and no piece of an amount."""
_OF_PROJECTS = {Shape.PROJECTS, Shape.PROJECT_NAMES}
_MANY = 10
"""One foreign code of so many is a misprint."""
_COLUMN_NUMBER = lazy_pattern(r"[(（]?\d{1,2}[)）]?")
_NUMBER_ROW_WORDS = {"※", "*", "类", "款", "项", "栏次", "行次"}
_LABELLED = {Shape.TWO_SIDED, Shape.LABELS}
_SEARCH = 80
_CELLS = 3
"""Cells of a line that cannot be a piece of a name."""


_LINE_NUMBERS = frozenset({"序号", "行次"})
"""Heads of a column that no layout has: its numbers would be taken for amounts."""


class Header(NamedTuple):
    """The lines of a header, and how many columns it numbers."""

    lines: tuple[SourceLine, ...]
    numbered: int
    """The highest column number printed; 0 where there is no such row."""


def split_header(
    layout: Layout, lines: Sequence[SourceLine], starts_row: Callable[[SourceLine], bool]
) -> tuple[Header, list[SourceLine]]:
    """Take the header off the lines of a table, repeated ones too.

    `starts_row` says whether a row of the table begins with this line.  What is left are rows and notes.
    """
    first = _first_header(layout, lines, starts_row)
    numbered = max((_column_numbers(line) for line in first), default=0)
    header = Header(tuple(first), numbered)
    rest = lines[len(first) :]
    kept: list[SourceLine] = []
    index = 0
    while index < len(rest):
        length = _repeated(layout, rest[index : index + _SEARCH], header, starts_row)
        if length:
            index += length
        else:
            kept.append(rest[index])
            index += 1
    return header, kept


@lru_cache(maxsize=64)
def fits(layout: Layout, lines: tuple[SourceLine, ...]) -> bool:
    """Tell whether a table has the heads and codes of a layout; asked several times of the tables of a document."""
    rows = [line for line in lines if line.tokens and not is_page_head(line)]
    for index, line in enumerate(rows[:_SEARCH]):
        if _column_numbers(line):
            break
        if any(token.text in _LINE_NUMBERS for token in line.tokens):
            return False
        first = half_width(line.tokens[0].text)
        if any(is_amount(token.text) for token in line.tokens) or normal(line.text) in TOTALS or first[:3].isdigit():
            break
        if _ENUMERATED.match(normal(line.text)) or _label_begins(layout, line) or _body_begins(rows[index : index + 3]):
            break
        if not is_header_line(layout, line) and not meaning_of(normal(line.text)):
            if index and layout.shape in _OF_PROJECTS:
                break  # the name of a project, which may be any words
            return False
    return _has_own_codes(layout, rows)


def goes_on(layout: Layout, lines: Sequence[SourceLine], first: Sequence[SourceLine]) -> bool:
    """Tell whether a page goes on with a table: it repeats its head, or fits."""
    rows = [line for line in lines if line.tokens]
    above = [line for line in first if line.tokens]
    same = sum(1 for _ in takewhile(_same_words, zip(rows, above, strict=False)))
    if any(is_header_line(layout, line) for line in rows[:same]):
        return _has_own_codes(layout, rows[same:])
    return fits(layout, tuple(lines))


def _same_words(lines: tuple[SourceLine, SourceLine]) -> bool:
    return normal(lines[0].text) == normal(lines[1].text)


def _has_own_codes(layout: Layout, rows: Sequence[SourceLine]) -> bool:
    """True where the codes of rows are of the classification that the layout is of."""
    digits = {Shape.FUNCTIONAL: "2", Shape.ECONOMIC: "35"}.get(layout.shape)
    named = (line for line in rows if has_chinese(line.text))
    codes = [first for line in named if _CODE.match(first := half_width(line.tokens[0].text))]
    foreign = sum(code[0] not in (digits or code[0]) for code in codes)
    return _MANY * foreign <= len(codes)


def _body_begins(lines: Sequence[SourceLine]) -> bool:
    """True where a row of the body begins whose name is wrapped before its amounts."""
    name = ""
    for line in lines:
        amounts = [at for at, token in enumerate(line.tokens) if is_amount(token.text)]
        name += "".join(token.text for token in line.tokens[: amounts[0] if amounts else None])
        if amounts:
            return bodies.may_be_name(name)
    return False


def _label_begins(layout: Layout, line: SourceLine) -> bool:
    first = line.tokens[0].text
    return layout.shape in _LABELLED and (bool(OF_WHICH.match(normal(first))) or bool(Labels(layout.title).find(first)))


def _first_header(
    layout: Layout, lines: Sequence[SourceLine], starts_row: Callable[[SourceLine], bool]
) -> list[SourceLine]:
    for index, line in enumerate(lines[:_SEARCH]):
        if _column_numbers(line):
            return list(lines[: index + 1])
        if starts_row(line):
            break
    taken = []
    for index, line in enumerate(lines[:_SEARCH]):
        if starts_row(line) or not (is_page_head(line) or is_header_line(layout, line)):
            break
        if normal(line.text) in TOTALS and index + 1 < len(lines) and is_numeric(lines[index + 1].tokens[0].text):
            break  # a total whose amounts stand on lines of their own
        taken.append(line)
    return taken


def _repeated(
    layout: Layout, lines: Sequence[SourceLine], header: Header, starts_row: Callable[[SourceLine], bool]
) -> int:
    """How many of these lines, from the first, are the header of a new page; 0 where none is."""
    first = lines[0]
    if _column_numbers(first):
        return 1
    if not _begins_header(layout, lines, header):
        return 0
    if header.numbered:  # the row of column numbers ends it for certain
        for index, line in enumerate(lines[:_SEARCH]):
            if _column_numbers(line):
                return index + 1
            if starts_row(line):
                break
    budget = Counter("".join(normal(line.text) for line in header.lines if not is_page_head(line)))
    length = 0
    for line in lines[:_SEARCH]:
        if is_page_head(line) or (length == 0 and meaning_of(normal(line.text))):
            length += 1
            continue
        need = Counter(normal(line.text))
        if starts_row(line) or need - budget or not is_header_line(layout, line):
            break
        budget -= need
        length += 1
    return length


def _begins_header(layout: Layout, lines: Sequence[SourceLine], header: Header) -> bool:
    """True where a page begins: its head, the title again, or at least two lines that stand in the header too.

    A single one may be the rest of a name (预算支出).
    """
    line = lines[0]
    if is_page_head(line) or meaning_of(normal(line.text)):
        return True
    own = {normal(part.text) for part in header.lines}
    following = lines[1] if len(lines) > 1 else line
    return normal(line.text) in own and (
        (normal(following.text) in own and is_header_line(layout, following)) or len(line.tokens) >= _CELLS
    )


def _column_numbers(line: SourceLine) -> int:
    """The highest number of a row of column numbers (※ ※ 1 2 3); 0 for any other line."""
    if len(line.tokens) < 3:  # noqa: PLR2004 - a lone 1 is a page
        return 0
    numbers = [half_width(token.text) for token in line.tokens if token.text not in _NUMBER_ROW_WORDS]
    if not all(_COLUMN_NUMBER.fullmatch(number) for number in numbers):
        return 0
    values = [int(re.sub(r"\D", "", number)) for number in numbers]
    if values != list(range(1, len(values) + 1)):
        return 0
    return len(values)


def is_header_line(layout: Layout, line: SourceLine) -> bool:
    """Tell whether a line is made of pieces of head words."""
    text = normal(line.text)
    if not text or any(is_amount(token.text) for token in line.tokens):
        return False
    if not has_chinese(text):
        return text in {"※", "(", ")"} or bool(re.fullmatch(r"[※*\d()]+", text))
    return _segmented(text, _pieces(layout))


@lru_cache(maxsize=32)
def _pieces(layout: Layout) -> frozenset[str]:
    """All pieces of the words that head the columns of a layout."""
    words = {*map(normal, _GROUP_HEADS), *head_words(layout)}
    return frozenset(
        word[start:end] for word in words for start in range(len(word)) for end in range(start + 1, len(word) + 1)
    )


def _segmented(text: str, pieces: frozenset[str]) -> bool:
    """True where `text` is a sequence of these pieces."""
    reached = [True] + [False] * len(text)
    for start in range(len(text)):
        if not reached[start]:
            continue
        if text[start] in "※()*":
            reached[start + 1] = True
        for end in range(start + 1, len(text) + 1):
            if text[start:end] not in pieces:
                break
            reached[end] = True
    return reached[-1]


_PARTS = {"basic", "personnel", "operating"}


def columns(layout: Layout, header: Header, head: PrintedHead) -> tuple[Column, ...]:
    """Choose the columns of a table by its header, as printed.

    All that tables of its title usually have where the header tells nothing.
    """
    orders = [order for order in layout.orders if len(order) == header.numbered] or list(layout.orders)
    if not head.text:
        return orders[0]
    order = max(orders, key=lambda order: (len(_printed(order, head)), -len(order)))
    if header.numbered == len(order):
        return order
    present = _printed(order, head)
    if {column.measure for column in present} >= _PARTS and "小计" not in head.text:
        present = [column for column in present if column.measure != "basic"]  # it heads its parts
    if header.numbered and len(present) != header.numbered:
        return order
    alone = layout.kind.statement == StatementId.REVENUE_EXPENDITURE_SUMMARY  # may have nothing but its total
    return (
        tuple(present) if any(column.measure == TOTAL for column in present) and (len(present) > 1 or alone) else order
    )


def head_of(layout: Layout, header: Header) -> PrintedHead:
    """What the cells of a header say."""
    return printed_head(layout, [token.text for line in header.lines for token in line.tokens])


def _printed(order: Sequence[Column], head: PrintedHead) -> list[Column]:
    return [column for column in order if column.printed_in(head)]
