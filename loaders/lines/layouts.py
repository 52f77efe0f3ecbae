"""Columns of tables in text, by title and head words."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from budget.model.coordinates import Coordinates
from budget.model.known import measure_name
from budget.model.titles import TOTAL
from budget.vocabulary import DEPARTMENT, column_orders, vocabulary
from loaders import meaning
from loaders.meaning import Meaning
from loaders.statement import SHAPES, Shape, TableKind
from loaders.titles import statement_of
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from budget.vocabulary import ColumnOrder

_STEM = 4
"""Characters of a head word that must be there; more may be torn apart by a wrapped header."""
_CARRYOVER, _TRANSFER = "carryover", "transfer"


class Column(NamedTuple):
    """A column of amounts.

    Attributes:
        measure: Known name of what it means under its title.
        coordinates: What it means, flow, fund, kind, economic class and version.
        words: For each thing that it says beyond the title, the words that may say it.
    """

    measure: str
    coordinates: Coordinates
    words: tuple[tuple[str, ...], ...]

    def printed_in(self, head: PrintedHead) -> bool:
        """Tell whether a header names it, its words torn apart or not.

        A total is always there.
        """
        if self.measure == TOTAL or self.measure in head.named:
            return True
        return all(any(word[:_STEM] in head.text for word in words) for words in self.words)

    def path(self, head: PrintedHead) -> tuple[str, ...]:
        """Give its printed words, outermost first; () where one is torn apart."""
        if self.measure in head.named:
            return (head.named[self.measure],)
        found = [max((word for word in words if word in head.text), key=len, default="") for words in self.words]
        return tuple(found) if all(found) else ()


class PrintedHead(NamedTuple):
    """The header of a table in text.

    Attributes:
        text: Its words without blanks.
        named: Measure -> the cell of the header that names it alone.
    """

    text: str = ""
    named: Mapping[str, str] = MappingProxyType({})


def printed_head(layout: Layout, cells: Sequence[str]) -> PrintedHead:
    """Read the cells of a header."""
    named: dict[str, str] = {}
    for text in map(normal, cells):
        said = meaning.column((text,), layout.title)
        own = Coordinates(said.flow, said.fund, said.kind, "", said.economic, "", version=said.version)
        measure = (
            measure_name(layout.kind.statement, _about(layout.title), own)
            if said.is_amount == "yes" and _of_side(said, layout)
            else ""
        )
        if measure and _rank(measure, text) > _rank(measure, named.get(measure, "")):
            named[measure] = text
    return PrintedHead("".join(map(normal, cells)), named)


class Layout(NamedTuple):
    """What is known of a table before its lines are read."""

    kind: TableKind
    title: Meaning
    orders: tuple[tuple[Column, ...], ...]
    """Orders of columns that such tables have, the commonest first."""

    @property
    def shape(self) -> Shape:
        """What tells its rows apart."""
        return self.kind.shape

    @property
    def most(self) -> int:
        """The most columns of amounts that it may have."""
        return max(map(len, self.orders))

    def column(self, measure: str) -> Column | None:
        """The column of a measure, in the first order that has it."""
        return next((column for order in self.orders for column in order if column.measure == measure), None)


@cache
def layout_of(title: Meaning, printed: str) -> Layout | None:
    """Look up the layout of a title, None where none is known."""
    statement = statement_of(title)
    final = title.version == "final"
    fitting = [order for order in column_orders() if statement and _statement(order) == statement]
    fitting = [order for order in fitting if (order.version == "final") == final] or fitting
    fitting = [order for order in fitting if order.flow == title.flow] or fitting
    if not fitting:
        return None
    kind = TableKind(statement, SHAPES.get(title.breakdown, Shape.FUNCTIONAL), printed, final)
    orders = tuple(tuple(_column(statement, title, dict(says)) for says in order.columns) for order in fitting)
    return Layout(kind, title, orders)


def _statement(order: ColumnOrder) -> str:
    return statement_of(
        Meaning(flow=order.flow, fund=order.fund, kind=order.kind, version=order.version, breakdown=order.breakdown)
    )


def _rank(measure: str, text: str) -> tuple[bool, int]:
    """How well a head names a measure: the longest best, of a total its own word."""
    return measure == TOTAL and text in _sums(), len(text)


@cache
def _sums() -> tuple[str, ...]:
    """The words of totals: 合计, 预算数."""
    return _words()["role", "total"] + _words()["is_amount", "yes"]


def _of_side(said: Meaning, layout: Layout) -> bool:
    """Whether a head may be one of the columns: in two-sided tables no source of revenue, and no name of a side."""
    return layout.shape is not Shape.TWO_SIDED or (said.flow != "revenue" and said.kind != "current")


def _about(title: Meaning) -> Coordinates:
    return Coordinates(title.flow, title.fund, title.kind, item=title.item, version=title.version)


def _column(statement: str, title: Meaning, says: dict[str, str]) -> Column:
    fund = says.get("fund", "")
    if fund == _CARRYOVER and title.fund and title.fund != _CARRYOVER:
        fund = f"{_CARRYOVER}.{title.fund}"
    if title.breakdown == _CARRYOVER:
        fund = fund or _CARRYOVER
    own = Coordinates(
        flow=says.get("flow", "") or (title.flow if title.flow != "both" else ""),
        fund=fund or title.fund,
        kind=says.get("kind", "") or title.kind,
        economic=says.get("economic", ""),
        version=says.get("version", "") or title.version,
    )
    heads: list[tuple[str, ...]] = []
    for dimension, value in says.items():
        own_value = value.removeprefix(f"{_CARRYOVER}.") if title.breakdown == _CARRYOVER else value
        heads += _heads(dimension, own_value)
    return Column(
        measure_name(statement, _about(title), own),
        own,
        tuple(heads) or (_sums(),),
    )


def _heads(dimension: str, value: str) -> list[tuple[str, ...]]:
    """The words for a value: a fund that was carried over or handed down is said in two."""
    words = _words()
    fund, _, rest = value.partition(".")
    if dimension == "fund" and fund == _CARRYOVER and rest:
        return [words["fund", rest], words["fund", _CARRYOVER]]
    if dimension == "fund" and rest == _TRANSFER:
        return [words["fund", fund], words["role", _TRANSFER]]
    if value == "carry_forward":
        return [words["kind", value] + words["role", "closing"]]
    return [words[dimension, value]]


@cache
def _words() -> defaultdict[tuple[str, str], tuple[str, ...]]:
    """What is said -> the words of heads that say it alone, as `normal` gives them."""
    found: defaultdict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for word in vocabulary().words:
        if word.grammar not in {"title", "body"} and not {"(", "、"} & set(word.text):
            for key, value in word.says:
                found[key, value] += (normal(word.text),)
    for code in vocabulary().codes:
        if code.scheme == DEPARTMENT and len(code.code) == 3:  # noqa: PLR2004 - a class
            found["economic", code.code] += (normal(code.name),)
    return found


@cache
def head_words(layout: Layout) -> tuple[str, ...]:
    """All words that may head the columns of a table."""
    return tuple(sorted({word for order in layout.orders for column in order for own in column.words for word in own}))
