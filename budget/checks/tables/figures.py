"""Between tables: a figure that two tables print is the same, also where one of them prints its parts only."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Outcome
from budget.checks.tables.equations import Equation, Verdict, holds, outcome, slack
from budget.checks.tables.trees import CURRENT, chain, covers, is_total
from budget.i18n.language import N_
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from budget.model.coordinates import Coordinates
    from budget.model.facts import Fact, PrintedTable

SAME, BREAKDOWN, BALANCE = "same_figure", "breakdown", "balance"
SCOPE = N_("两张表的数多数不同，口径可能不同")
BOTH_HOLD = N_("两张表各自相加都成立，口径可能不同")
OPEN = N_("有数字所在的列未能确定")
_CARRIED = {
    "": ("carryover",),
    "appropriation": ("carryover.appropriation", "carryover"),
    "general_public": ("carryover.general_public", "carryover.appropriation", "carryover"),
    "government_fund": ("carryover.government_fund", "carryover.appropriation", "carryover"),
    "state_capital": ("carryover.state_capital", "carryover.appropriation", "carryover"),
}
"""A fund, and what was carried over of it, or of all funds together."""
_REST = frozenset({"own", "own.other"})
"""Funds that are called 其他: what is left beside the sources that a table lists."""
_ALL = (
    ("kind", "basic", frozenset({"basic.personnel", "basic.operating"})),
    ("item", "procurement", frozenset({"procurement.goods", "procurement.works", "procurement.services"})),
    ("item", "three_public", frozenset({"overseas", "vehicles", "reception"})),
    ("item", "vehicles", frozenset({"vehicle_purchase", "vehicle_running"})),
)
"""A dimension, a value, and the values that together are all of it."""
_WHOLE_AREA, _OWN_LEVEL = lazy_pattern("全[省市州区县旗镇乡]"), lazy_pattern("[省市州区县旗]级|本级")
_MANY = 3
_TRANSFER = ".transfer"


class Figure(NamedTuple):
    """What one table prints for some coordinates."""

    table: int
    prints: tuple[tuple[Fact, ...], ...]
    """The figures whose sum it is; where the words leave several readings, all of them, the likeliest first."""


class FigureIndex:
    """The figures of all tables of a document, by what they mean."""

    def __init__(self, facts: Iterable[Fact], tables: Mapping[int, PrintedTable], sums: Iterable[Verdict]) -> None:
        self.titles = {number: table.title for number, table in tables.items()}
        by_table: dict[int, list[Fact]] = defaultdict(list)
        for fact in facts:
            if not any(value.startswith("?") for value in fact.coordinates):
                by_table[fact.table].append(fact)
        self.by_table = dict(by_table)
        self.printed = {table: dict(_figures(own)) for table, own in by_table.items()}
        self.at: dict[Coordinates, dict[int, Figure]] = defaultdict(dict)
        for table, figures in self.printed.items():
            for coordinates, figure in figures.items():
                self.at[coordinates][table] = figure
        self.rooms: dict[Fact, int] = {}
        self.addend_counts: dict[Fact, int] = {}
        self.supported: set[Fact] = set()
        self.doubted: set[Fact] = set()
        for verdict in sums:
            equation = verdict.equation
            for fact in equation.left:
                self.addend_counts[fact] = max(self.addend_counts.get(fact, 0), len(equation.right))
                self.rooms[fact] = max(self.rooms.get(fact, 0), slack(equation.facts))
            kept = self.supported if verdict.outcome in {Outcome.EXACT, Outcome.ROUNDING} else self.doubted
            if len(equation.facts) > 2:  # noqa: PLR2004 - no mere repetition
                kept.update(equation.facts)

    def equal(self, check: str, one: Figure, other: Figure) -> Equation:
        """Equation of two prints of one figure. It takes the readings that agree, else the likeliest."""
        found = [self._equation(check, ours, theirs) for ours in one.prints for theirs in other.prints]
        return next((equation for equation in found if holds(equation)), found[0])

    def _equation(self, check: str, ours: tuple[Fact, ...], theirs: tuple[Fact, ...]) -> Equation:
        room = max((self.rooms.get(fact, 0) for fact in (*ours, *theirs)), default=0)
        return Equation(check, ours, theirs, room)

    def comparable(self, one: int, other: int) -> bool:
        """Whether two tables have the same scope; false where one is of a whole area and the other of its own level."""
        first, second = self.titles.get(one, ""), self.titles.get(other, "")
        return not any(
            _WHOLE_AREA.search(ours) and _OWN_LEVEL.search(theirs) and not _WHOLE_AREA.search(theirs)
            for ours, theirs in ((first, second), (second, first))
        )


def _figures(facts: Sequence[Fact]) -> Iterator[tuple[Coordinates, Figure]]:
    """Coordinates -> what a table prints for them."""
    found: dict[Coordinates, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.coordinates].append(fact)
    for coordinates, ones in found.items():
        beside = _beside(ones[0], found.get(coordinates._replace(fund=coordinates.fund + _TRANSFER), ()))
        if coordinates.fund and beside is not None and len(ones) == 1:
            # the whole, and the figure without the transfer, which the text may call by the same name
            prints: tuple[tuple[Fact, ...], ...] = ((ones[0], beside), (ones[0],))
        elif len({fact.amount_fen for fact in ones}) == 1:
            prints = ((ones[0],), *(((tuple(ones)),) if not _repeats(ones) else ()))
        else:
            totals = [fact for fact in ones if is_total(fact.row_path[-1] if fact.row_path else "")]
            single = [(fact,) for fact in (*reversed(totals), *(fact for fact in ones if fact not in totals))]
            prints = (*single, tuple(ones)) if totals else (tuple(ones), *single)
        yield coordinates, Figure(ones[0].table, prints)


def _repeats(ones: Sequence[Fact]) -> bool:
    """Whether figures of the same coordinates and the same amount can only be one figure."""
    return len(ones) == 1 or any(is_total(fact.row_path[-1] if fact.row_path else "") for fact in ones)


def _beside(fact: Fact, transfers: Sequence[Fact]) -> Fact | None:
    """The transfer that stands beside a fund, which is therefore printed without it."""
    for other in transfers:
        same_row = other.row == fact.row and other.column_path[:-1] == fact.column_path[:-1]
        same_column = other.column == fact.column and other.row_path[:-1] == fact.row_path[:-1]
        if other.amount_fen and (same_row or same_column):
            return other
    return None


def check(tables: FigureIndex) -> Iterator[Verdict]:
    """Every figure that several tables print, or print the parts of."""
    yield from _agreeing(tables, list(_same(tables)))
    yield from _agreeing(tables, [*_balances(tables), *_balanced_rows(tables)])
    yield from _breakdowns(tables)


def _same(tables: FigureIndex) -> Iterator[Equation]:
    for figures in tables.at.values():
        if len(figures) < 2:  # noqa: PLR2004
            continue
        amounts = Counter(sum(fact.amount_fen for fact in figure.prints[0]) for figure in figures.values())
        usual = amounts.most_common(1)[0][0]
        first = next(
            figure for figure in figures.values() if sum(fact.amount_fen for fact in figure.prints[0]) == usual
        )
        for figure in figures.values():
            if figure is not first and tables.comparable(first.table, figure.table) and _like(tables, first, figure):
                yield tables.equal(SAME, first, figure)


def _like(tables: FigureIndex, one: Figure, other: Figure) -> bool:
    """False for balances beside carry-overs, and for what two tables leave over beside different sources."""
    place = one.prints[0][0].coordinates
    if place.fund.startswith("carryover"):
        # an opening balance, of which there is a closing one, is more than what is spent of it
        closing = [
            any(found.kind == "carry_forward" for found in tables.printed[table]) for table in (one.table, other.table)
        ]
        return closing[0] == closing[1]
    if place.flow != "revenue" or place.fund not in _REST:
        return True
    own, theirs = (
        {
            found.fund
            for found, figure in tables.printed[table].items()
            if found == place._replace(fund=found.fund) and figure.prints[0][0].amount_fen
        }
        for table in (one.table, other.table)
    )
    beside = {fund for fund in own ^ theirs if fund.startswith(("own.", "special_account"))}
    return not (beside if place.fund == "own.other" else beside & {"special_account"})


def _balances(tables: FigureIndex) -> Iterator[Equation]:
    """What comes in is spent: in the totals of a table of both sides, and by function in budgets."""
    for coordinates, figures in tables.at.items():
        if coordinates.flow != "revenue" or coordinates.kind or coordinates.item or coordinates.project:
            continue
        if coordinates.fund not in {"", "appropriation"}:
            continue
        spent = tables.at.get(coordinates._replace(flow="expenditure"), {})
        for table, figure in figures.items():
            if table in spent and not coordinates.function and _is_whole(figure) and _is_whole(spent[table]):
                yield tables.equal(BALANCE, figure, spent[table])
        if coordinates.fund and _carried_over(tables, coordinates):
            continue  # an undivided carry-over is spent from this fund, too
        if coordinates.function and coordinates.version == "budget" and spent:
            yield tables.equal(BALANCE, next(iter(figures.values())), _shared(tables, spent))


def _is_whole(figure: Figure) -> bool:
    """Whether a total of one side is printed as such: 一、收入 of a fund need not be spent."""
    return any(fact.row_path and is_total(fact.row_path[-1]) for fact in figure.prints[0])


def _carried_over(tables: FigureIndex, coordinates: Coordinates) -> bool:
    """Whether a carry-over that names no fund is printed for the same function."""
    figures = tables.at.get(coordinates._replace(fund="carryover"), {}).values()
    return any(fact.amount_fen for figure in figures for fact in figure.prints[0])


def _balanced_rows(tables: FigureIndex) -> Iterator[Equation]:
    """Rows of final accounts: what was left before and what came in is what was spent and what is left."""
    rows: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    for facts in tables.by_table.values():
        for fact in facts:
            rows[fact.table, fact.row].append(fact)
    for own in rows.values():
        came = [fact for fact in own if fact.coordinates.flow == "revenue"]
        went = [fact for fact in own if fact.coordinates.flow == "expenditure"]
        before = [fact for fact in came if fact.coordinates.fund.startswith("carryover")]
        left = [fact for fact in went if fact.coordinates.kind == "carry_forward"]
        income = [fact for fact in came if fact not in before]
        spent = [fact for fact in went if fact not in left]
        whole = [fact for fact in spent if all(other is fact or _above(fact, other) for other in spent)]
        if before and left and len(income) == 1 and whole:
            yield Equation(BALANCE, (*before, *income), (whole[0], *left))


def _above(fact: Fact, other: Fact) -> bool:
    return covers(fact.coordinates, other.coordinates)


def _shared(tables: FigureIndex, figures: Mapping[int, Figure]) -> Figure:
    """The figure of the table that prints most."""
    return max(figures.values(), key=lambda figure: len(tables.by_table[figure.table]))


def _agreeing(tables: FigureIndex, equations: Sequence[Equation]) -> Iterator[Verdict]:
    """Judge equations between tables; tables that mostly differ are about different things."""
    agree: Counter[tuple[int, int]] = Counter()
    differ: Counter[tuple[int, int]] = Counter()
    settled = [_explained(tables, equation) for equation in equations]
    for equation in settled:
        pair = _pair(equation)
        if holds(equation):
            agree[pair] += any(fact.amount_fen for fact in equation.facts)
        else:
            differ[pair] += 1
    for equation in settled:
        pair = _pair(equation)
        if not equation.certain:
            yield Verdict(equation, Outcome.NOT_CHECKED, OPEN)
        elif holds(equation):
            yield Verdict(equation, outcome(equation))
        elif differ[pair] >= _MANY and differ[pair] > agree[pair]:
            yield Verdict(equation, Outcome.NOT_CHECKED, SCOPE)
        elif pair[0] != pair[1] and not agree[pair] and _both_hold(tables, equation):
            yield Verdict(equation, Outcome.HINT, BOTH_HOLD)
        else:
            yield Verdict(equation, outcome(equation))


def _pair(equation: Equation) -> tuple[int, int]:
    return equation.left[0].table, equation.right[0].table


def _both_hold(tables: FigureIndex, equation: Equation) -> bool:
    """Whether both figures are what the sums of their own tables make of them."""
    return all(fact in tables.supported and fact not in tables.doubted for fact in equation.facts)


def _explained(tables: FigureIndex, equation: Equation) -> Equation:
    """An equation that does not hold, with what the one table counts in and the other leaves out."""
    if holds(equation):
        return equation
    left, right = equation.left[0].coordinates, equation.right[0].coordinates
    for carried in _carried(tables, left):
        for found in (
            equation._replace(right=(*equation.right, *carried)),
            equation._replace(left=(*equation.left, *carried)),
        ):
            if holds(found):
                return found
    others = [equation._replace(left=prints) for figure in _current(tables, left) for prints in figure.prints]
    others += [equation._replace(right=prints) for figure in _current(tables, right) for prints in figure.prints]
    return next((found for found in others if holds(found)), equation)


def _carried(tables: FigureIndex, coordinates: Coordinates) -> Iterator[tuple[Fact, ...]]:
    """What is printed as carried over of the same fund."""
    for fund, flow, kind in product(
        _CARRIED.get(coordinates.fund, ()), ("revenue", "expenditure"), dict.fromkeys((coordinates.kind, ""))
    ):  # a carry-over that is not divided by kinds may be all of one
        for figure in tables.at.get(coordinates._replace(fund=fund, flow=flow, kind=kind), {}).values():
            if figure.prints[0][0].amount_fen:
                yield figure.prints[0]


def _current(tables: FigureIndex, coordinates: Coordinates) -> Iterator[Figure]:
    """This year's sub-total of the same figure: 合计 of a table without carry-overs."""
    if coordinates.flow == "revenue" and not coordinates.fund:
        yield from tables.at.get(coordinates._replace(fund=CURRENT), {}).values()
    if coordinates.flow == "expenditure" and not coordinates.kind:
        yield from tables.at.get(coordinates._replace(kind=CURRENT), {}).values()


def _breakdowns(tables: FigureIndex) -> Iterator[Verdict]:
    found: dict[tuple[int, int, str], list[Equation]] = defaultdict(list)
    for table, facts in tables.by_table.items():
        for axis, coordinates, parts in (
            *_collapsed(facts, tables.printed[table], tables.at),
            *_complete(tables, table),
        ):
            if coordinates in tables.printed[table]:
                continue
            for other, figure in tables.at.get(coordinates, {}).items():
                if tables.comparable(table, other):
                    found[other, table, axis].append(tables.equal(BREAKDOWN, figure, Figure(table, (parts,))))
    for (*_, axis), equations in found.items():
        if axis == "fund" and not _whole_holds(equations):
            continue
        good = [equation for equation in equations if holds(equation) and any(f.amount_fen for f in equation.facts)]
        bad = [equation for equation in equations if not holds(equation)]
        if axis == "" or not bad or len(good) > max(len(bad), 1):
            for equation in (*good, *bad):
                yield (
                    Verdict(equation, outcome(equation))
                    if equation.certain
                    else Verdict(equation, Outcome.NOT_CHECKED, OPEN)
                )


def _whole_holds(equations: Sequence[Equation]) -> bool:
    """Whether the widest figure is the same, so that the other parts of it are nothing."""
    blanks = [sum(not value for value in equation.left[0].coordinates) for equation in equations]
    widest = [equation for equation, blank in zip(equations, blanks, strict=True) if blank == max(blanks)]
    return all(holds(equation) and equation.left[0].amount_fen for equation in widest)


def _collapsed(
    facts: Sequence[Fact], printed: Mapping[Coordinates, Figure], wanted: Mapping[Coordinates, object]
) -> Iterator[tuple[str, Coordinates, tuple[Fact, ...]]]:
    """Wider coordinates, and the widest figures below them in one dimension."""
    for axis in ("project", "function", "economic"):
        below: dict[Coordinates, list[Fact]] = defaultdict(list)
        for fact in facts:
            value = getattr(fact.coordinates, axis)
            for wider in chain(axis, value)[1:] if value else ():
                below[fact.coordinates._replace(**{axis: wider})].append(fact)
        for coordinates, parts in below.items():
            if coordinates in printed or coordinates not in wanted:
                continue
            values = {getattr(part.coordinates, axis) for part in parts}
            widest = [
                part
                for part in parts
                if not any(wider in values for wider in chain(axis, getattr(part.coordinates, axis))[1:])
            ]
            yield axis, coordinates, tuple(widest)
    for fact in facts:
        if fact.coordinates.fund == "general_public":
            yield "fund", fact.coordinates._replace(fund="appropriation"), (fact,)


def _complete(tables: FigureIndex, table: int) -> Iterator[tuple[str, Coordinates, tuple[Fact, ...]]]:
    """Wider coordinates, and the figures of all values that they consist of."""
    printed = tables.printed[table]
    for axis, wider, values in _ALL:
        for coordinates in printed:
            if getattr(coordinates, axis) != min(values):
                continue
            others = [printed.get(coordinates._replace(**{axis: value})) for value in sorted(values)]
            if all(other is not None for other in others):
                parts = tuple(fact for other in others if other is not None for fact in other.prints[0])
                yield "", coordinates._replace(**{axis: wider}), parts
