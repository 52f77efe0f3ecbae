"""Text as a grid where every row prints all its amounts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.document import Grid, GridCell
from loaders.lines.sections import is_page_head
from loaders.words.numbers import CLASS_CODE, PLACEHOLDER, are_years, half_width, is_amount, is_page_number
from loaders.words.tokens import CJK, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.meaning import Meaning
    from loaders.words.tokens import SourceLine

_LEVEL = lazy_pattern(r"\d{2}")
_GLUED = lazy_pattern(rf"([235]\d{{2}}(?:\d{{2}}){{0,2}})({CJK}.*)")
_TOTAL = lazy_pattern(r"(?:收入|支出|本年收入|本年支出|当年收入|当年支出)?[总合小]计")
_HEAD_LINES = 8


class _Row(NamedTuple):
    line: int
    code: str
    label: str
    amounts: tuple[str, ...]


def grid_of(lines: Sequence[SourceLine], title: Meaning) -> Grid | None:
    """Read the lines of a table as a grid, None in doubt.

    One header line names as many columns of amounts as every row has; labels are codes, totals or known words.
    """
    lines = [line for line in lines if line.tokens and not is_page_head(line) and not is_page_number(line)]
    start = next((i for i, line in enumerate(lines[:_HEAD_LINES]) if _begins(line)), None)
    if not start:
        return None
    head = [_parts(line) for line in lines[:start]]
    heads = max(head, key=len)
    repeated = {normal(line.text) for line in lines[:start]}
    body = [line for line in lines[start:] if normal(line.text) not in repeated]
    rows = _rows(body, title)
    if rows is None or not rows:
        return None
    if _foreign(rows, title):
        return None
    counts = Counter(len(row.amounts) for row in rows if row.amounts)
    if not counts:
        return None
    width = max(counts)
    labels, amounts = _split(heads, width, title)
    if len(amounts) != width or set(counts) != {width}:
        return None
    return _grid(lines[0].no, labels, amounts, rows)


def _foreign(rows: Sequence[_Row], title: Meaning) -> bool:
    """True where the codes are not those that the title speaks of: it is the title of another table."""
    codes = [row.code for row in rows if row.code]
    economic = sum(code[0] in "35" for code in codes)
    if title.breakdown in {"two_sided", "items", "source"}:
        return bool(codes)
    if title.breakdown == "function":
        return 2 * economic > len(codes)
    return title.breakdown == "economic" and 2 * economic < len(codes)


def _begins(line: SourceLine) -> bool:
    """True where a line is a row of the table."""
    first = half_width(line.tokens[0].text)
    texts = [token.text for token in line.tokens]
    if any(map(is_amount, texts)) and not are_years(texts):
        return True
    return bool(CLASS_CODE.fullmatch(first) or _GLUED.fullmatch(first) or _TOTAL.fullmatch(normal(first)))


def _parts(line: SourceLine) -> tuple[str, ...]:
    return tuple(normal(token.text) for token in line.tokens)


def _split(heads: tuple[str, ...], width: int, title: Meaning) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The heads of labels and those of amounts, which follow them; nothing where they mix."""
    said = [meaning.column((text,), title).is_amount for text in heads]
    labels, amounts = heads[: len(heads) - width], heads[len(heads) - width :]
    if any(value == "no" for value in said[len(labels) :]) or any(value == "yes" for value in said[: len(labels)]):
        return (), ()
    if any(value != "yes" for value in said[len(labels) :]):
        return (), ()
    return labels, amounts


def _rows(lines: Sequence[SourceLine], title: Meaning) -> list[_Row] | None:
    """The rows; None where one cannot be told from the rest of another."""
    found: list[_Row] = []
    for line in lines:
        texts = [token.text for token in line.tokens]
        cut = len(texts)
        while cut and (is_amount(texts[cut - 1]) or PLACEHOLDER.fullmatch(texts[cut - 1])):
            cut -= 1
        words = texts[:cut]
        code, label, used = _label(words)
        if any(is_amount(text) and not CLASS_CODE.fullmatch(half_width(text)) for text in words[max(used, 1) :]):
            return None  # amounts between labels: blocks side by side
        if words and not code and found and not texts[cut:] and not _stands_alone(label, title):
            return None  # the rest of a name, or of the next one
        if not words and (not texts[cut:] or found):
            return None
        if words and not code and not _stands_alone(label, title):
            return None
        found.append(_Row(line.no, code, label, tuple(texts[cut:])))
    return found


def _label(words: Sequence[str]) -> tuple[str, str, int]:
    """The code at the start of a row, in one piece or level by level, its label, and how many words the code takes."""
    code, rest = "", list(words)
    while rest and (CLASS_CODE.fullmatch(half_width(rest[0])) if not code else _LEVEL.fullmatch(half_width(rest[0]))):
        code += half_width(rest.pop(0))
        if len(code) > 3 and code[:3] != code and len(words[0]) > 3:  # noqa: PLR2004 - a whole code
            break
    if not code and rest and (glued := _GLUED.fullmatch(half_width(rest[0]))):
        return glued[1], glued[2] + "".join(rest[1:]), 0
    return code, "".join(rest), len(words) - len(rest)


def _stands_alone(label: str, title: Meaning) -> bool:
    """True for a label that is a row for certain: a total, or words that are known as a whole."""
    plain = normal(label)
    if _TOTAL.fullmatch(plain):
        return True
    said = meaning.row((plain,), title)
    known = said.function or said.economic or said.kind or (said.fund and not said.fund.startswith("?"))
    return bool(known or (said.item and not said.item.startswith("?") and said.item != plain))


def _grid(first: int, labels: tuple[str, ...], amounts: tuple[str, ...], rows: Sequence[_Row]) -> Grid:
    """The grid: codes and labels have a column each where any row prints a code."""
    coded = any(row.code for row in rows)
    named = any(row.label for row in rows)
    before = (labels[:1] or ("科目编码",)) if coded else ()
    before = (*before, *(labels[-1:] if len(labels) > coded else ("名称",))) if named else before
    cells = [GridCell(0, column, 1, 1, text) for column, text in enumerate((*before, *amounts))]
    for number, row in enumerate(rows, 1):
        texts = (*((row.code,) if coded else ()), *((row.label,) if named else ()), *row.amounts)
        cells += [GridCell(number, column, 1, 1, text) for column, text in enumerate(texts)]
    lines = (0, *(row.line - first for row in rows))
    height = lines[-1] + 1
    return Grid(tuple(cells), len(rows) + 1, len(before) + len(amounts), source=("",) * height, row_lines=lines)
