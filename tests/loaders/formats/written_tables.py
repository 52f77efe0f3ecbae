"""Tables with invented figures, their heads merged as disclosures merge them, written as text in several ways."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import DrawFn


class Head(NamedTuple):
    """A head with what stands below it."""

    text: str
    below: tuple[Head, ...] = ()

    @property
    def width(self) -> int:
        """Columns that it heads."""
        return sum(head.width for head in self.below) or 1

    @property
    def height(self) -> int:
        """Rows that it and what stands below it take."""
        return 1 + max((head.height for head in self.below), default=0)


class Placed(NamedTuple):
    """A cell with its place and span."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass(frozen=True)
class Table:
    """A table: its head as cells with spans, and its rows."""

    head: tuple[Placed, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> int:
        """Rows of the head."""
        return max(cell.row + cell.rows for cell in self.head)

    @property
    def cells(self) -> tuple[Placed, ...]:
        """All cells in order of row and column."""
        body = (Placed(self.height + y, x, 1, 1, text) for y, row in enumerate(self.rows) for x, text in enumerate(row))
        return (*sorted(self.head), *body)


def placed(heads: Sequence[Head]) -> tuple[Placed, ...]:
    """The cells of a head: what has nothing below it goes down to the rows."""
    height = max(head.height for head in heads)

    def put(head: Head, row: int, column: int) -> list[Placed]:
        cells = [Placed(row, column, 1 if head.below else height - row, head.width, head.text)]
        for child in head.below:
            cells += put(child, row + 1, column)
            column += child.width
        return cells

    found: list[Placed] = []
    for head in heads:
        found += put(head, 0, sum(cell.columns for cell in found if cell.row == 0))
    return tuple(found)


def as_copied(table: Table, separator: str = "\t") -> list[str]:
    """As a browser copies it: a merged cell once, nothing for the places that it covers."""
    lines = [[cell.text for cell in sorted(table.head) if cell.row == row] for row in range(table.height)]
    return [separator.join(cells) for cells in (*lines, *table.rows)]


def _spread(table: Table) -> list[list[str]]:
    at = {(cell.row, cell.column): cell.text for cell in table.cells}
    width = len(table.rows[0])
    return [[at.get((row, column), "") for column in range(width)] for row in range(table.height + len(table.rows))]


def as_pasted(table: Table) -> list[str]:
    """As a spreadsheet copies it: tabs, blanks for what a merged cell covers."""
    return ["\t".join(cells) for cells in _spread(table)]


def as_bars(table: Table) -> list[str]:
    """With bars between the cells."""
    return [" | ".join(cells).rstrip() for cells in _spread(table)]


def as_framed_bars(table: Table) -> list[str]:
    """With bars around every row, too."""
    return ["|" + "|".join(cells) + "|" for cells in _spread(table)]


def as_markdown(table: Table) -> list[str]:
    """As a table of Markdown: a rule below the first row."""
    first, *others = _spread(table)
    rule = "|".join(" --- " for _ in first)
    return ["| " + " | ".join(first) + " |", f"|{rule}|", *("| " + " | ".join(cells) + " |" for cells in others)]


def as_marked_markdown(table: Table) -> list[str]:
    """With marks of alignment in the rule."""
    first, *others = _spread(table)
    rule = "|".join((":---", ":---:", "---:")[place % 3] for place in range(len(first)))
    return ["|" + "|".join(first) + "|", f"|{rule}|", *("|" + "|".join(cells) + "|" for cells in others)]


def as_laid_out(table: Table, wide: int = 2) -> list[str]:
    """With blanks between columns, as on paper; a Chinese character takes `wide` places."""

    def measure(text: str) -> int:
        return sum(wide if char >= "\u2e80" else 1 for char in text)

    columns = len(table.rows[0])
    widths = [max(measure(row[at]) for row in table.rows) for at in range(columns)]
    for cell in sorted(table.head, key=lambda cell: cell.columns):
        own = range(cell.column, cell.column + cell.columns)
        short = measure(cell.text) - sum(widths[at] for at in own) - 3 * (cell.columns - 1)
        widths[own[-1]] += max(short, 0)
    starts = [sum(widths[:at]) + 3 * at for at in range(columns)]
    lines = [""] * table.height
    for cell in sorted(table.head, key=lambda cell: cell.column):
        end = starts[cell.column + cell.columns - 1] + widths[cell.column + cell.columns - 1]
        at = cell.row + (cell.rows - 1) // 2
        start = (starts[cell.column] + end - measure(cell.text)) // 2
        lines[at] += " " * (start - measure(lines[at])) + cell.text
    for row in table.rows:
        line = ""
        for at, text in enumerate(row):
            right = widths[at] - measure(text) if text[:1].isdigit() and "." in text[-3:] else 0
            line += " " * (starts[at] + right - measure(line)) + text if text else ""
        lines.append(line)
    return lines


def as_stacked(table: Table) -> list[str]:
    """One cell a line, blank ones lost."""
    cells = [cell.text for cell in sorted(table.head)] + [text for row in table.rows for text in row]
    return [text for text in cells if text]


SPREAD: dict[str, Callable[[Table], list[str]]] = {
    "pasted": as_pasted,
    "bars": as_bars,
    "framed bars": as_framed_bars,
    "markdown": as_markdown,
    "marked markdown": as_marked_markdown,
}
"""The ways to write that show where every cell stands."""

_NAMES = ("教育支出", "行政运行", "一般行政管理事务", "住房公积金", "培训费", "其他支出", "科学技术支出", "办公费")
_GROUPS = (
    ("基本支出", ("人员经费", "公用经费")),
    ("项目支出", ("本级安排", "上级专款")),
    ("财政拨款", ("一般公共预算", "政府性基金预算", "国有资本经营预算")),
    ("上年结转", ("财政拨款结转", "非财政拨款结转")),
    ("单位资金", ("事业收入", "其他收入", "上级补助收入")),
)
_LEAVES = ("财政专户管理资金", "经营支出", "上缴上级支出", "对附属单位补助支出", "结转下年")


@st.composite
def sided(draw: DrawFn) -> Table:
    """Revenue and expenditure side by side, perhaps with line numbers or with amounts of several funds."""
    numbered = draw(st.booleans())
    parts = draw(st.sampled_from(((), ("小计", "一般公共预算", "政府性基金预算"))))
    amount = Head("预算数", tuple(map(Head, parts)))
    line = (Head("行次"),) if numbered else ()
    heads = (Head("收入", (Head("项目"), *line, Head("预算数"))), Head("支出", (Head("项目"), *line, amount)))
    count = draw(st.integers(3, 8))
    rows = []
    for number in range(count):
        left, right = draw(_amounts(1)), draw(_amounts(max(len(parts) - 1, 1)))
        numbers = [[str(number + 1)], [str(number + 1 + count)]] if numbered else [[], []]
        own = [_sum(right), *right] if parts else right
        rows.append(
            (f"{number + 1}、{_NAMES[number]}", *numbers[0], *left, f"{_NAMES[-1 - number]}", *numbers[1], *own)
        )
    return Table(placed(heads), tuple(rows))


@st.composite
def listed(draw: DrawFn) -> Table:
    """Rows of codes and names, or names alone, with a total and groups of amounts."""
    labels = draw(
        st.sampled_from(
            (
                (Head("项目"),),
                (Head("科目编码"), Head("科目名称")),
                (Head("科目编码", (Head("类"), Head("款"), Head("项"))), Head("科目名称")),
            )
        )
    )
    groups = draw(st.lists(st.sampled_from(_GROUPS), max_size=2, unique=True))
    leaves = draw(st.lists(st.sampled_from(_LEAVES), min_size=0 if groups else 1, max_size=2, unique=True))
    heads = [Head(name, (Head("小计"), *map(Head, parts))) for name, parts in groups] + list(map(Head, leaves))
    heads = draw(st.permutations(heads))
    total = draw(st.booleans()) or not leaves
    rows = []
    for number in range(draw(st.integers(3, 7))):
        amounts: list[str] = []
        wholes: list[str] = []
        for head in heads:
            own = draw(_amounts(max(len(head.below) - 1, 1)))
            wholes.append(_sum(own))
            amounts += [_sum(own), *own] if head.below else own
        codes = [("205", "", ""), ("205", "0", ""), ("205", "01", f"{number:02}")][min(number, 2)]
        label = {1: (_NAMES[number],), 2: (f"20501{number:02}", _NAMES[number]), 4: (*codes, _NAMES[number])}
        rows.append((*label[sum(head.width for head in labels)], *([_sum(wholes)] if total else []), *amounts))
    return Table(placed((*labels, *([Head("合计")] if total else []), *heads)), tuple(rows))


def tables() -> st.SearchStrategy[Table]:
    """Tables of either kind with at least one amount."""
    return st.one_of(sided(), listed()).filter(lambda table: any("." in text for row in table.rows for text in row))


def _amounts(count: int) -> st.SearchStrategy[list[str]]:
    filled = st.integers(1, 9_999_999).map(lambda value: f"{Decimal(value) / 100:,.2f}")
    return st.lists(st.one_of(filled, filled, st.just("")), min_size=count, max_size=count)


def _sum(parts: Sequence[str]) -> str:
    values = [Decimal(part.replace(",", "")) for part in parts if part]
    return f"{sum(values):,.2f}" if values else ""
