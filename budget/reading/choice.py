"""Choose the printed table of a disclosure that a view asks for.

The lines are cut to what is asked. A question names coordinates: expenditure by function, basic expenditure by economic
class, the three public expenses. Of all tables that print such amounts the widest is taken: of all funds before fiscal
appropriations, those before the general public budget; a table made for it before the side of a summary. Nothing
depends on titles or on table numbers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from budget.model.coordinates import FUND_PARENTS, ITEM_PARENTS, KIND_PARENTS, Coordinates, within
from budget.model.disclosure import RowKind
from budget.model.known import measure_name
from budget.reading.rows import COMPUTED, added

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from budget.model.facts import PrintedTable
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Row

TOTAL = "total"
"""The measure of a line's main amount."""
WIDER = "wider_total"
"""What the total of a table is called where the amounts of one of its funds are asked for."""
_WIDTH = ("", "current", "appropriation", "general_public", "government_fund", "state_capital")
"""Funds, the widest first; those that are not here come last."""
_PLAIN_KINDS = frozenset({"", "current"})
_BESIDE = frozenset({"procurement", "targets", "assets", "carryover"})
"""Breakdowns of tables that repeat amounts of others for another purpose."""
_OTHER_YEARS = frozenset({"prior_budget", "prior_final", "change"})
_GOVERNMENT = "5"
"""What the codes of the government budget's economic classification begin with."""
_TWO_SIDED = "two_sided"
_THREE_PUBLIC = "three_public"
"""The item whose lists also print what belongs beside it."""


class Question(NamedTuple):
    """What a view asks for."""

    flow: str = "expenditure"
    by: str = ""
    """What stands down the rows: function, economic, project, item, source or carryover; "" for bare amounts."""
    fund: str | None = None
    """The fund that is wanted; None for the widest that is printed."""
    kind: str = ""
    item: str = ""
    """The item whose parts are wanted, or that the amounts are of."""
    coded: bool | None = None
    """Whether the lines are to have functional codes; None for either."""


EXPENDITURE = Question(by="function")
GENERAL_PUBLIC = EXPENDITURE._replace(fund="general_public")
BASIC_BY_FUNCTION = EXPENDITURE._replace(kind="basic")
BASIC_BY_ECONOMIC = Question(by="economic", kind="basic")
PROJECTS = Question(by="project", kind="project")
PROJECT_BY_FUNCTION = EXPENDITURE._replace(kind="project")
REVENUE = Question("revenue", "source")
THREE_PUBLIC = Question(by="item", item="three_public")
CARRYOVER = Question(by="carryover")
SUMMARY = Question("both")
PROCUREMENT = Question(by="item", item="procurement")
AGENCY_OPERATION = Question(by="item", item="agency_operation")


@dataclass(frozen=True)
class ChosenTable:
    """The lines of a printed table that answer a question; without a table nothing does."""

    table: PrintedTable | None = None
    fund: str = ""
    """The fund of the main amounts."""
    rows: tuple[Row, ...] = ()
    """In printed order."""
    measures: tuple[str, ...] = ()
    """The measures that the table has columns for, as the rows name them."""
    main: str = TOTAL
    """The measure of the amounts that were asked for."""

    @property
    def statement(self) -> str:
        """The id of the table; "" without one."""
        return self.table.statement if self.table else ""

    @property
    def depth(self) -> int:
        """Digits of the longest code; 0 where the lines have none."""
        return max((len(row.code) for row in self.rows), default=0)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its lines."""
        return frozenset(row.code for row in self.rows if row.code)

    @property
    def lists_projects(self) -> bool:
        """Whether any line is a project."""
        return any(row.project for row in self.rows)


NOTHING = ChosenTable()


def choose_table(opened: OpenDisclosure, question: Question) -> ChosenTable:
    """The widest table that prints what is asked, its lines cut accordingly."""
    return opened.once(("choose_table", question), lambda: _choose_table(opened, question))


def agreed(opened: OpenDisclosure, other: OpenDisclosure, question: Question) -> Question:
    """The question for the widest fund that both disclosures print.

    It is unchanged where there is none. Tables made for it come first: the sides of two summaries are compared only
    where nothing else is.
    """
    if question.fund is not None:
        return question
    if question.by == "source":
        question = _alike(opened, other, question)
    mine, theirs = _candidates(opened, question), _candidates(other, question)
    for wanted in ((False, False), (False, True), (True, True)):
        here = [fund for two_sided, fund in _by_fund(mine) if two_sided <= wanted[0]]
        there = {fund for two_sided, fund in _by_fund(theirs) if two_sided <= wanted[1]}
        common = next((fund for fund in sorted(here, key=_width) if fund in there), None)
        if common is not None:
            return question._replace(fund=common)
    return question


def _alike(opened: OpenDisclosure, other: OpenDisclosure, question: Question) -> Question:
    """The question about lines of the kind that both have: by function where both break it down so, else by label."""
    for coded in (True, False):
        asked = question._replace(coded=coded)
        if _candidates(opened, asked) and _candidates(other, asked):
            return asked
    return question


def _by_fund(found: list[_Candidate]) -> list[tuple[bool, str]]:
    return [(one.two_sided, fund) for one in found for fund in one.funds]


def bare(opened: OpenDisclosure, question: Question) -> tuple[tuple[Row, str], ...]:
    """Amounts printed for the whole question, one (line, measure) a fund. The widest fund comes first."""
    found: dict[str, tuple[Row, str]] = {}
    for row, measure, meaning in _amounts(opened):
        if not _broken_down(meaning) and not meaning.unit and _fits(meaning, question):
            found.setdefault(_all(meaning.fund), (row, measure))
    return tuple(found[fund] for fund in sorted(found, key=_width))


def carried(opened: OpenDisclosure) -> tuple[tuple[Row, str], ...]:
    """Amounts carried over from last year or into the next: (line, measure).

    They are taken wherever they are printed.
    """
    found: dict[Coordinates, tuple[Row, str]] = {}
    for row, measure, meaning in _amounts(opened):
        forward = within(meaning.kind, "carry_forward", KIND_PARENTS)
        if (forward or within(meaning.fund, "carryover", FUND_PARENTS)) and not meaning.unit:
            found.setdefault(meaning, (row, measure))
    return tuple(found.values())


def by_kind(opened: OpenDisclosure) -> tuple[tuple[Row, str], ...]:
    """Expenditure by kind of the whole body, each kind and fund once. Each is a (line, measure)."""
    found: dict[Coordinates, tuple[Row, str]] = {}
    for row, measure, meaning in _amounts(opened):
        if meaning.flow == "expenditure" and not meaning.item and not meaning.unit and not _broken_down(meaning):
            found.setdefault(meaning, (row, measure))
    return tuple(found[key] for key in sorted(found, key=lambda key: _width(key.fund)) if key.kind or key.fund == "")


def summary(opened: OpenDisclosure) -> ChosenTable:
    """The widest table of both sides, revenue and expenditure, whole."""
    tables = [table for table in opened.tables if table.breakdown == _TWO_SIDED and _has_amounts(opened, table)]
    if not tables:
        return NOTHING
    table = min(tables, key=lambda table: _width(table.coordinates.fund))
    rows = opened.of(table.statement)
    return ChosenTable(table, table.coordinates.fund, rows, opened.printed[table.statement].measures)


def _has_amounts(opened: OpenDisclosure, table: PrintedTable) -> bool:
    return any(row.amounts for row in opened.of(table.statement))


def only_table(opened: OpenDisclosure) -> ChosenTable:
    """The only table of a document that prints amounts, uncut. Nothing where several tables do."""
    tables = [table for table in opened.tables if _has_amounts(opened, table)]
    if len(tables) != 1:
        return NOTHING
    rows = _whole_body(opened.of(tables[0].statement))
    return ChosenTable(tables[0], tables[0].coordinates.fund, rows, opened.printed[tables[0].statement].measures)


def totals(opened: OpenDisclosure) -> tuple[tuple[Row, str], ...]:
    """The amounts that no table breaks down, each once: (line, measure)."""
    found: dict[Coordinates, tuple[Row, str]] = {}
    for row, measure, meaning in _amounts(opened):
        if not _broken_down(meaning) and not meaning.unit:
            found.setdefault(meaning._replace(version=""), (row, measure))
    return tuple(found.values())


def _amounts(opened: OpenDisclosure) -> Iterable[tuple[Row, str, Coordinates]]:
    for table in opened.tables:
        for row in opened.of(table.statement):
            for measure, meaning in row.meanings.items():
                if meaning.version not in _OTHER_YEARS:
                    yield row, measure, meaning


def _choose_table(opened: OpenDisclosure, question: Question) -> ChosenTable:
    found = _candidates(opened, question)
    if not found:
        return NOTHING
    table = found[0].table
    fund = "" if question.by == "carryover" else found[0].funds[0]
    rows = _whole_body(_of_flow(opened.of(table.statement), question))
    if question.by in {"function", "economic"}:
        rows = _list_of(rows, table)
    elif question.by == "item" and table.breakdown == "items" and question.item != _THREE_PUBLIC:
        rows = tuple(row for row in rows if not row.amounts or _any_item(row, question.item))
    named = _names(rows, table, fund)
    rows = tuple(_named(row, named) for row in rows)
    printed = tuple(named.get(name, name) for name in opened.printed[table.statement].measures)
    return ChosenTable(table, fund, rows, printed, _main(rows, question, fund))


class _Candidate(NamedTuple):
    """A table that prints what is asked for."""

    table: PrintedTable
    two_sided: bool
    funds: tuple[str, ...]
    """Those of the amounts, the widest first; all of them and this year's are one."""


def _candidates(opened: OpenDisclosure, question: Question) -> list[_Candidate]:
    """The tables that print what is asked for, the best first; without one those made for it that only print totals."""
    return _ranked(opened, question, _answers) or _ranked(opened, question, _totals_of)


def _ranked(
    opened: OpenDisclosure, question: Question, fits: Callable[[Coordinates, Question, PrintedTable], bool]
) -> list[_Candidate]:
    found: list[tuple[tuple[int, ...], _Candidate]] = []
    for place, table in enumerate(opened.tables):
        if table.breakdown in _BESIDE and table.breakdown != _breakdown_of(question):
            continue
        meanings = [
            meaning
            for row in opened.of(table.statement)
            for meaning in row.meanings.values()
            if fits(meaning, question, table)
        ]
        coded = any(meaning.function for meaning in meanings)
        if meanings and question.coded in {None, coded}:
            funds = tuple(sorted({_all(meaning.fund) for meaning in meanings}, key=_width))
            two_sided = table.breakdown == _TWO_SIDED
            width = _width(funds[0])
            government = question.by == "economic" and meanings[0].economic[:1] == _GOVERNMENT
            order = (width, two_sided) if question.by == "source" else (two_sided, width)
            rank = (*map(int, order), int(government), -_suits(table, question, funds[0]), place)
            found.append((rank, _Candidate(table, two_sided, funds)))
    return [one for _, one in sorted(found, key=lambda one: one[0])]


def _breakdown_of(question: Question) -> str:
    return "procurement" if question.item == "procurement" else "carryover" if question.by == "carryover" else ""


def _suits(table: PrintedTable, question: Question, fund: str) -> int:
    """How well the title of a table says what is asked for."""
    title = table.coordinates
    return (
        (title.kind == question.kind)
        + (title.flow == question.flow)
        + (_all(title.fund) == fund)
        + bool(question.item and title.item)
    )


def _answers(meaning: Coordinates, question: Question, table: PrintedTable) -> bool:
    """Whether an amount is one of those that are asked for."""
    if not _fits(meaning, question):
        return False
    if question.by in {"function", "economic"}:
        other = meaning.economic if question.by == "function" else meaning.function
        return bool(getattr(meaning, question.by)) and not other and not meaning.project
    if question.by == "project":
        return bool(meaning.project) and not meaning.item
    if question.by == "source":
        return not meaning.economic and not meaning.project
    if question.by == "carryover":
        return table.breakdown == "carryover"
    return True


def _totals_of(meaning: Coordinates, question: Question, table: PrintedTable) -> bool:
    """Whether an amount is the whole of what is asked for, in a table that its title makes one of this flow alone."""
    made_for_it = table.coordinates.flow == question.flow and not table.coordinates.kind and not table.coordinates.item
    whole = question.by == "function" and not question.kind
    return whole and made_for_it and not _broken_down(meaning) and _fits(meaning, question)


def _fits(meaning: Coordinates, question: Question) -> bool:
    """Whether flow, fund, kind and item of an amount are those that are asked for."""
    if question.by == "carryover":
        return True
    if meaning.flow != question.flow or meaning.version in _OTHER_YEARS:
        return False
    if question.fund is not None and _all(meaning.fund) != question.fund:
        return False
    return question.by == "source" or _is_of(meaning, question)


def _is_of(meaning: Coordinates, question: Question) -> bool:
    """Whether kind and item of an amount are those that are asked for."""
    if question.item:
        return within(meaning.item, question.item, ITEM_PARENTS)
    of_kind = within(meaning.kind, question.kind, KIND_PARENTS) if question.kind else meaning.kind in _PLAIN_KINDS
    # words that nobody knows beside a code are the name of the code
    named = not meaning.item or (meaning.item.startswith("?") and bool(meaning.function or meaning.economic))
    return of_kind and named


def _broken_down(meaning: Coordinates) -> bool:
    return bool(meaning.function or meaning.economic or meaning.project)


def _width(fund: str) -> int:
    return _WIDTH.index(fund) if fund in _WIDTH else len(_WIDTH)


def _all(fund: str) -> str:
    """This year's money of all funds is all funds."""
    return "" if fund == "current" else fund


def _of_flow(rows: tuple[Row, ...], question: Question) -> tuple[Row, ...]:
    """Of a two-sided table the side that is asked for."""
    if question.by == "carryover" or not any(row.side for row in rows):
        return rows
    return tuple(replace(row, side="") for row in rows if row.side == question.flow)


def _whole_body(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The lines of the whole body where it stands beside those of its units."""
    units = {id(row): row.meaning.unit for row in rows if row.amounts}
    if all(units.values()):
        return rows
    whole = tuple(row for row in rows if not units.get(id(row)))
    if any(row.code for row in whole if row.amounts):
        return whole
    return (*whole, *_of_units([row for row in rows if row.code and row.amounts and units[id(row)]]))


def _of_units(rows: Sequence[Row]) -> Iterator[Row]:
    """One line for each code that several units print, added up; a code of one unit as it is printed."""
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    for _, own in sorted(by_code.items()):
        meanings = {measure: said._replace(unit="") for row in own for measure, said in row.meanings.items()}
        amounts = {measure: [row.amounts[measure] for row in own if measure in row.amounts] for measure in meanings}
        yield replace(
            own[0],
            kind=own[0].kind if len(own) == 1 else COMPUTED,
            amounts={
                measure: parts[0] if len(parts) == 1 else added(parts) for measure, parts in amounts.items() if parts
            },
            meanings=meanings,
        )


def _list_of(rows: tuple[Row, ...], table: PrintedTable) -> tuple[Row, ...]:
    """The list that breaks down by code: without sub-totals, and without lists by something else beside it."""
    blocks = {row.block for row in rows if row.code and row.amounts}
    if table.breakdown != _TWO_SIDED:
        return rows
    kept = []
    for row in rows:
        subtotal = row.meaning.kind == "current" and not row.code
        listed = row.code or row.block in blocks
        if row.kind == RowKind.GRAND_TOTAL or (row.amounts and listed and not subtotal):
            kept.append(row)
    return tuple(kept)


def _any_item(row: Row, item: str) -> bool:
    return any(within(meaning.item, item, ITEM_PARENTS) for meaning in row.meanings.values())


def _main(rows: tuple[Row, ...], question: Question, fund: str) -> str:
    """The measure that most of the wanted amounts have; the total where that is among them."""
    counted = Counter(
        measure
        for row in rows
        for measure, meaning in row.meanings.items()
        if _all(meaning.fund) == fund and _fits(meaning, question)
    )
    return TOTAL if counted[TOTAL] or not counted else counted.most_common(1)[0][0]


def _names(rows: tuple[Row, ...], table: PrintedTable, fund: str) -> dict[str, str]:
    """Measure -> its name beside the amounts of a fund, where that is not the fund of the title."""
    title = table.coordinates
    if not fund or fund == title.fund:
        return {}
    named: dict[str, str] = {}
    for row in rows:
        for measure, meaning in row.meanings.items():
            column = Coordinates(fund=meaning.fund, kind=meaning.kind, version=meaning.version)
            wider = _width(_all(meaning.fund)) < _width(fund)
            if measure not in named and not wider and (name := measure_name("", title._replace(fund=fund), column)):
                named[measure] = name
    taken = set(named.values())
    return {TOTAL: WIDER, **named} if TOTAL in taken else named


def _named(row: Row, named: Mapping[str, str]) -> Row:
    """The line with the measures called otherwise."""
    if not named:
        return row
    return replace(
        row,
        amounts={named.get(name, name): amount for name, amount in row.amounts.items()},
        meanings={named.get(name, name): meaning for name, meaning in row.meanings.items()},
    )
