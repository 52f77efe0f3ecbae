"""Identities between columns of tables, by what these mean.

Parts make their sum along a row; one figure is the same in two tables; a part is at most the sum.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from budget.model.coordinates import FUND_PARENTS, KIND_PARENTS, NOWHERE, Coordinates, within
from budget.model.known import STATEMENT_COORDINATES, column_coordinates
from budget.model.titles import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.model.disclosure import StatementHead

SAME, AT_MOST = "=", "<="
CODE, CLASS, ALL = "code", "class", "total"
"""Rows at which an identity holds: every code, every class, totals."""
_TRANSFER, _REST = ".transfer", ".rest"
_BY_FUNCTION = {"function", "project"}
_WHOLES = {
    "basic": ("basic.personnel", "basic.operating"),
    "appropriation": ("general_public", "government_fund", "state_capital"),
    "carryover": ("carryover.appropriation", "carryover.own"),
}
"""Funds and kinds that a table may print by their parts alone."""


class Place(NamedTuple):
    """What a column means."""

    flow: str
    fund: str
    kind: str
    economic: str
    version: str


class Table(NamedTuple):
    """A table that identities may speak of."""

    statement: str
    measures: tuple[str, ...]
    title: Coordinates
    breakdown: str

    @property
    def final(self) -> bool:
        """Whether it is of final accounts."""
        return self.title.version == "final"


@lru_cache(maxsize=256)
def table_of(head: StatementHead) -> Table:
    """What identities need to know of a statement."""
    known, rows = STATEMENT_COORDINATES.get(head.statement, (NOWHERE, ""))
    title = Coordinates(head.flow, head.fund or known.fund * (rows == "carryover"), head.kind, version=head.version)
    return Table(head.statement, head.measures, title._replace(item=known.item), head.breakdown or rows)


class Term(NamedTuple):
    """The sum of some columns of a table."""

    statement: str
    measures: tuple[str, ...]


class Identity(NamedTuple):
    """Σ left = right, or Σ left <= right, at certain rows.

    A code that a table does not list counts as 0 there, once the table is known to be complete.
    """

    at: str
    left: tuple[Term, ...]
    right: Term
    relation: str = SAME

    @property
    def id(self) -> str:
        """The columns that it joins, and the rows."""
        left = "+".join(map(_named, self.left))
        return f"{left}{self.relation}{_named(self.right)}@{self.at}"


def _named(term: Term) -> str:
    return f"{term.statement}.{'+'.join(term.measures)}"


@lru_cache(maxsize=256)
def row_sums(table: Table) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Find the sums along a row: a column, and its parts."""
    places = _places(table)
    found: list[tuple[str, tuple[str, ...]]] = []
    for whole, own in places.items():
        for dimension in ("fund", "kind", "economic"):
            parts = [name for name, place in places.items() if _is_part(place, own, dimension)]
            widest = [name for name in parts if not any(_is_part(places[name], places[p], dimension) for p in parts)]
            if widest:
                found.append((whole, tuple(widest)))
    return tuple(found)


@lru_cache(maxsize=1024)
def making(table: Table, fund: str, kind: str) -> tuple[str, ...]:
    """Find the columns that make up a fund and kind.

    One, or all its parts; () where there are none.
    """
    return _making(_places(table), fund, kind)


def _making(places: dict[str, Place], fund: str, kind: str) -> tuple[str, ...]:
    for name, place in places.items():
        if (place.fund, place.kind, place.economic, place.version) == (fund, kind, "", ""):
            return (name,)
    if any(place.fund == fund + _REST for place in places.values()):
        parts = [_making(places, fund + end, kind) for end in (_REST, _TRANSFER)]
        return sum(parts, ()) if all(parts) else ()
    for value, dimension in ((kind, "kind"), (fund, "fund")):
        parts = [
            _making(places, *((fund, part) if dimension == "kind" else (part, kind))) for part in _WHOLES.get(value, ())
        ]
        if parts and all(parts):
            return sum(parts, ())
    return ()


@lru_cache(maxsize=256)
def _places(table: Table) -> dict[str, Place]:
    """What the columns of a table mean; a fund beside what is handed down of it is the rest of it."""
    found: dict[str, Place] = {}
    for measure in table.measures:
        place = column_coordinates(table.title, measure)
        if place is not None:
            found[measure] = Place(place.flow, place.fund, place.kind, place.economic, place.version)
    handed = {place.fund.removesuffix(_TRANSFER) for place in found.values() if place.fund.endswith(_TRANSFER)}
    return {
        name: place._replace(fund=place.fund + _REST) if place.fund in handed else place
        for name, place in found.items()
    }


def _is_part(part: Place, whole: Place, dimension: str) -> bool:
    """Whether a column is a part of another, in one dimension; balances are other wholes."""
    value, upper = getattr(part, dimension), getattr(whole, dimension)
    if value == upper or part._replace(**{dimension: upper}) != whole or value == "carry_forward":
        return False
    if dimension == "economic":
        return bool(value.startswith(upper))
    return within(value, upper, FUND_PARENTS if dimension == "fund" else KIND_PARENTS)


def between(tables: Sequence[Table]) -> Iterator[Identity]:
    """The identities between these tables that can tell a column."""
    for first, second in combinations(tables, 2):
        yield from filter(_tells, _same(first, second))
    for table in tables:
        yield from filter(_tells, _at_most(table, tables))


def _tells(identity: Identity) -> bool:
    """Whether an identity speaks of a column other than totals, whose place is known."""
    return any(term.measures != (TOTAL,) for term in (*identity.left, identity.right))


def _same(first: Table, second: Table) -> Iterator[Identity]:
    """What two tables print of the same fund and kind."""
    if first.title.item != second.title.item or first.final != second.final:
        return
    revenue = [table for table in (first, second) if table.title.flow == "revenue"]
    if revenue and not (len(revenue) == 1 and _spends_one_fund(first, second)):
        return
    asked = {
        (place.fund.removesuffix(_REST), place.kind): None
        for table in (first, second)
        for place in _places(table).values()
        if not place.economic and place.version != "budget" and place.kind != "carry_forward"
    }
    for fund, kind in asked:
        left, right = making(first, fund, kind), making(second, fund, kind)
        if left and right:
            at = _rows_of(first, second)
            yield Identity(at, (Term(first.statement, left),), Term(second.statement, right))


def _spends_one_fund(first: Table, second: Table) -> bool:
    """Whether what is received of a fund by function is spent on it: in a budget, by the table of that fund."""
    spent = second if first.title.flow == "revenue" else first
    return not first.final and "." not in spent.title.fund and spent.title.fund in FUND_PARENTS and _is_coded(spent)


def _is_coded(table: Table) -> bool:
    return table.breakdown in _BY_FUNCTION


def _rows_of(first: Table, second: Table) -> str:
    breakdowns = {first.breakdown, second.breakdown}
    if breakdowns <= _BY_FUNCTION:
        return CODE
    return CLASS if breakdowns <= {*_BY_FUNCTION, "two_sided"} else ALL


def _at_most(table: Table, tables: Sequence[Table]) -> Iterator[Identity]:
    """What parts of a fund, or items of it, are at most."""
    if table.title.flow != "expenditure" or table.title.item:
        return
    if _is_coded(table):
        for measure, place in _places(table).items():
            whole = Term(table.statement, (measure,))
            parts = list(_parts_of(place, table, tables))
            coded = [term for other, term in parts if _is_coded(other)]
            if coded:
                yield Identity(CODE, tuple(coded), whole, AT_MOST)
            if len(coded) < len(parts):
                yield Identity(ALL, tuple(term for _, term in parts), whole, AT_MOST)
    if table.title.kind == "" and table.title.fund:
        for other in tables:
            items = making(other, table.title.fund, "") if other.title.item else ()
            if items and TOTAL in table.measures:
                yield Identity(ALL, (Term(other.statement, items),), Term(table.statement, (TOTAL,)), AT_MOST)


def _parts_of(whole: Place, table: Table, tables: Sequence[Table]) -> Iterator[tuple[Table, Term]]:
    """The tables of parts of a fund, one for each part, and their columns of a kind."""
    taken: list[str] = []
    for other in tables:
        fund = other.title.fund
        inner = other.title.flow == "expenditure" and fund != whole.fund and within(fund, whole.fund, FUND_PARENTS)
        if other is table or not inner or other.title.item or any(_overlap(fund, one) for one in taken):
            continue
        measures = making(other, fund, whole.kind)
        if measures and not whole.economic:
            taken.append(fund)
            yield other, Term(other.statement, measures)


def _overlap(first: str, second: str) -> bool:
    return within(first, second, FUND_PARENTS) or within(second, first, FUND_PARENTS)
