"""The spans of head cells that a copy of a table lost: which cells go down to the body, which over others.

A browser copies a merged cell once and leaves out the places that it covers; a text with "|" keeps them blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from budget.vocabulary import simplified
from loaders.formats.text.evidence import Kind, ratios, sums_hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loaders.formats.text.evidence import Column

    Fits = Callable[[int, int, int, int], bool]

_MOST_LAYOUTS = 1_000
_MOST_STEPS = 20_000
"""Cells placed in the search for the layout of one head: one of more ways is not decided."""
_ALL_STEPS = 150_000
"""Cells placed for all heads of a text."""
_GENERIC = lazy_pattern(r"支出|收入|预算|决算|经费|金额|合计|小计|资金|拨款|财政")
_SHARED = 2
"""Characters that a head shares with one below it that belongs to it."""
CLEAR = 1.0
"""Points by which the best layout must be better than any other."""
_LABEL = lazy_pattern(
    r"(?:.*(?:项目|科目|名称|序号|行次|编码|代码|分类|内容)|单位|部门|类|款|项|收入|支出|地区|[一二三四]级)(?:[(（].{0,60}[)）])?"
)
"""Words that head columns of names and codes, where nothing stands below them."""
_NUMBER = lazy_pattern(r"(?:数|额|[合小总]计|%|率|年)(?:[(（].{0,60}[)）])?$")
_TOTAL = lazy_pattern(r"(?:[合小总]?计|总[额数]|)$")
_CODE = lazy_pattern(r"[类款项]|.*(?:编码|代码|编号)(?:[(（].{0,60}[)）])?")
_NAME = lazy_pattern(r"名称(?:[(（].{0,60}[)）])?$")
_SUM = lazy_pattern(r"[合小总]计|总[额数]")
_RATIO = lazy_pattern(r"[%％]|百分|(?:占|比).{0,60}(?:率|例|重)$")


class HeadCell(NamedTuple):
    """A cell of a head with its place and span."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


class _Node(NamedTuple):
    cell: HeadCell
    children: tuple[_Node, ...] = ()


@dataclass(slots=True)
class Effort:
    """The search steps that are left for the heads of one text."""

    steps: int = _ALL_STEPS


def lay_out(
    rows: Sequence[Sequence[str]], columns: Sequence[Column], effort: Effort, fits: Fits | None = None
) -> tuple[HeadCell, ...] | None:
    """The cells of a head with their spans; None where the rows do not tell where their cells stand.

    `rows` are the texts of each row, in order; a row of as many texts as there are columns tells every place. `fits`
    tells whether a cell, by its row and its place in it, may stand over the columns from one to another.
    """
    if fits is None and all(len(row) == len(columns) for row in rows):
        return _merged(rows, columns)
    scored = scored_layouts(rows, columns, effort, fits)
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR):
        return None
    return scored[0][1]


def scored_layouts(
    rows: Sequence[Sequence[str]], columns: Sequence[Column], effort: Effort, fits: Fits | None = None
) -> list[tuple[float, tuple[HeadCell, ...]]]:
    """All layouts of a head with their points, the best first; none where there are too many to look at."""
    if any(len(row) > len(columns) or not row for row in rows):
        return []
    judge = _Judge(columns, rows)
    scored: list[tuple[float, tuple[HeadCell, ...]]] = []
    for variant, cost in _variants(rows, columns) if fits is None else ((rows, 0.0),):
        search = _Search(variant, columns, min(_MOST_STEPS, effort.steps), fits)
        found = list(search.layouts())
        effort.steps -= search.steps
        if search.gave_up:
            return []
        scored += [(judge.points(nodes) - cost, tuple(sorted(_cells(nodes)))) for nodes in found]
    return sorted(scored, key=lambda pair: -pair[0])


def _variants(
    rows: Sequence[Sequence[str]], columns: Sequence[Column]
) -> Iterator[tuple[Sequence[Sequence[str]], float]]:
    """The rows as they are, and with the blank first cell that a copy may have lost, each with its cost."""
    yield rows, 0.0
    first = rows[0]
    if len(first) < len(columns) and first[0].strip() and columns[0].kind is Kind.TEXT and not is_label(first[0]):
        yield [["", *first], *rows[1:]], 1.5


def _merged(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> tuple[HeadCell, ...]:
    """The cells of a head that shows merged cells as blanks: each reaches over the blanks that it must have covered."""
    height, width = len(rows), len(columns)
    filled = [[bool(text.strip()) for text in row] for row in rows]
    lowest = [max((row for row in range(height) if filled[row][column]), default=-1) for column in range(width)]
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            across = down = 1
            if filled[row][column]:
                own = lowest[column] > row
                while (
                    (end := column + across) < width
                    and not filled[row][end]
                    and (row, end) not in taken
                    and lowest[end] > row
                    and (own or columns[end].kind is columns[column].kind)
                ):
                    across += 1
                under = range(column, column + across)
                while row + down < height and not any(
                    filled[row + down][place] or (row + down, place) in taken for place in under
                ):
                    down += 1
            taken.update((row + y, column + x) for y in range(down) for x in range(across))
            cells.append(HeadCell(row, column, down, across, rows[row][column]))
    return tuple(cells)


class _Search:
    """All layouts in which the cells of every row, in their order, cover the head without gaps."""

    def __init__(self, rows: Sequence[Sequence[str]], columns: Sequence[Column], most: int, fits: Fits | None) -> None:
        self._rows, self._columns, self._most, self._fits = rows, columns, most, fits
        self.steps = 0
        self.gave_up = False

    def layouts(self) -> Iterator[tuple[_Node, ...]]:
        """Every layout; `gave_up` is true where there are too many to look at."""
        width, full = len(self._columns), tuple(len(row) for row in self._rows)
        count = 0
        for column, used, nodes in self._forest(0, 0, (0,) * len(full)):
            if column == width and used == full:
                count += 1
                yield nodes
            if count > _MOST_LAYOUTS or self.steps > self._most:
                self.gave_up = True
                return

    def _forest(
        self, row: int, column: int, used: tuple[int, ...]
    ) -> Iterator[tuple[int, tuple[int, ...], tuple[_Node, ...]]]:
        """Trees side by side whose roots stand in a row, after each of them."""
        for end, then, node in self._trees(row, column, used):
            yield end, then, (node,)
            for last, after, nodes in self._forest(row, end, then):
                yield last, after, (node, *nodes)

    def _trees(self, row: int, column: int, used: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, ...], _Node]]:
        """The next cell of a row at a column, as one that goes down to the body and as one over cells below."""
        self.steps += 1
        width, height = len(self._columns), len(self._rows)
        left = width - column
        if left < 1 or used[row] >= len(self._rows[row]) or self.steps > self._most:
            return
        if any(len(texts) - count > left for texts, count in zip(self._rows, used, strict=True)):
            return
        text = self._rows[row][used[row]]
        then = (*used[:row], used[row] + 1, *used[row + 1 :])
        for span in range(1, left + 1):
            if not self._may_end(text, column, span):
                break
            if self._stands(row, used[row], column, column + span):
                yield column + span, then, _Node(HeadCell(row, column, height - row, span, text))
        for below in range(row + 1, height) if not _SUM.fullmatch(_bare(text)) else ():
            for end, after, nodes in self._forest(below, column, then):
                if not self._stands(row, used[row], column, end):
                    continue
                yield end, after, _Node(HeadCell(row, column, below - row, end - column, text), nodes)

    def _stands(self, row: int, place: int, column: int, end: int) -> bool:
        return self._fits is None or self._fits(row, place, column, end)

    def _may_end(self, text: str, column: int, span: int) -> bool:
        """True where a cell with nothing below it may head these columns."""
        own = self._columns[column : column + span]
        if span > 1 and any(part.kind is Kind.NUMBER and not part.coded for part in own):
            return False
        if is_label(text):
            code, name = _CODE.fullmatch(_bare(text)), _NAME.search(_bare(text))
            return all(
                not (code and part.kind is Kind.TEXT)
                and not (name and part.kind is Kind.NUMBER)
                and (part.kind is not Kind.NUMBER or part.coded)
                for part in own
            )
        return not (_NUMBER.search(_bare(text)) and any(part.kind is Kind.TEXT for part in own))


def _cells(nodes: Sequence[_Node]) -> Iterator[HeadCell]:
    for node in nodes:
        yield node.cell
        yield from _cells(node.children)


class _Judge:
    """How well layouts of a head fit the columns below it."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        self._columns = columns
        named = any(_RATIO.search(_bare(text)) for row in rows for text in row)
        self._shares = ratios(columns) if named else frozenset()
        self._held: dict[tuple[int, ...], bool | None] = {}

    def points(self, nodes: Sequence[_Node], *, whole: bool = True) -> float:
        """Points for heads side by side and what stands below them; `whole` says that they head the whole table."""
        points = self._sums(nodes, whole=whole)
        for before, after in pairwise(nodes):
            if before.children and _texts(before.children) == _texts(after.children):
                points += 1
        for node in nodes:
            points += self._group(node) if node.children else self._leaf(node.cell)
        return points

    def _leaf(self, cell: HeadCell) -> float:
        kind = self._columns[cell.column].kind
        points = -0.5 * (cell.columns - 1)
        if _RATIO.search(_bare(cell.text)):
            points += 1 if cell.column in self._shares else -2
        if is_label(cell.text):
            points += -0.5 if kind is Kind.NUMBER else 0.5 if kind is Kind.TEXT else 0
        elif kind is Kind.TEXT or not cell.text.strip():
            points -= 0.5
        return points

    def _group(self, node: _Node) -> float:
        cell, children = node.cell, node.children
        own = self._columns[cell.column : cell.column + cell.columns]
        points = -2.0 * (len(children) == 1) - 0.25 * (cell.rows - 1)
        if own[0].kind is not Kind.TEXT and any(part.kind is Kind.TEXT for part in own[1:]):
            points -= 2  # a side begins with its names
        words = _words(cell.text)
        points += 0.75 * any(words & _words(child.cell.text) for child in children)
        return points + self.points(children, whole=False)

    def _sums(self, nodes: Sequence[_Node], *, whole: bool) -> float:
        """What it says for a group that its total is the sum of the others, and against one that it is not."""
        total = _total(nodes)
        if total is None or self._columns[total.cell.column].kind is not Kind.NUMBER:
            return 0
        parts = [place for node in nodes if node is not total for place in self._figures(node)]
        key = (total.cell.column, *parts)
        if key not in self._held:
            self._held[key] = sums_hold(self._columns, total.cell.column, parts) if parts else None
        holds = self._held[key]
        if holds is None:
            return 0
        if whole:
            return 2.0 if holds else 0.0
        return 3.0 if holds else -4.0

    def _figures(self, node: _Node) -> list[int]:
        """The columns whose figures are those of a head: its own, that of its total, or those of its parts."""
        if not node.children:
            return [node.cell.column] if self._columns[node.cell.column].kind is Kind.NUMBER else []
        total = _total(node.children)
        if total is not None:
            return [total.cell.column]
        return [place for child in node.children for place in self._figures(child)]


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """What a head shares with those that belong to it: pieces of its text without words that many heads have."""
    plain = _GENERIC.sub(" ", _bare(text))
    pieces = (plain[at : at + _SHARED] for at in range(len(plain)))
    return frozenset(piece for piece in pieces if " " not in piece and len(piece) == _SHARED)


def _total(nodes: Sequence[_Node]) -> _Node | None:
    """The first head that calls its column a total, or does not call it anything."""
    return next((node for node in nodes if not node.children and _TOTAL.match(_bare(node.cell.text))), None)


def _texts(nodes: Sequence[_Node]) -> tuple[str, ...]:
    return tuple(_bare(node.cell.text) for node in nodes)


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """True for words that head columns of names and codes."""
    return _LABEL.fullmatch(_bare(text)) is not None


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return "".join(text.split()).translate(simplified())
