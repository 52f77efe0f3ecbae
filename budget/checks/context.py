"""What the checks read of one disclosure: its figures with their coordinates, its tables, records and text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from budget.checks import tables as table_checks
from budget.checks.rule import Outcome, Ref
from budget.checks.tables.messages import Words
from budget.checks.tables.trees import compatible
from budget.i18n.language import tr
from budget.model.disclosure import Phase, Severity
from budget.reading import facts as reading
from budget.reading.disclosure import opened
from budget.reading.spoken import spoken_lines, spoken_nothing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from budget.checks.rule import Finding
    from budget.checks.tables.equations import Verdict
    from budget.checks.tables.figures import FigureIndex
    from budget.library.frames import Frames
    from budget.model.facts import Fact, PrintedTable
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Head, Row

_OPEN = frozenset({"inferred", "ambiguous"})


@dataclass(frozen=True)
class CheckContext:
    """One disclosure as the checks read it."""

    own: Frames
    """All frames of the disclosure, for the checks that read records."""
    sheets: OpenDisclosure
    facts: tuple[Fact, ...]
    tables: Mapping[int, PrintedTable]
    printed: Frames
    """All frames of the document that prints the tables: the same, or one beside it."""

    @property
    def head(self) -> Head:
        """Who published it."""
        return self.sheets.head

    @property
    def version(self) -> str:
        """The version of the figures that the document is about."""
        return "final" if self.head.phase == Phase.FINAL_ACCOUNTS.value else "budget"

    @property
    def verdicts(self) -> list[Verdict]:
        """What came of every equation between figures of the tables."""
        return self._examined[1]

    @property
    def index(self) -> FigureIndex:
        """The figures by what they mean; those of uncertain tables are left out."""
        return self._examined[0]

    @cached_property
    def _examined(self) -> tuple[FigureIndex, list[Verdict]]:
        return table_checks.examined(self.facts, self.tables)

    @cached_property
    def words(self) -> Words:
        """How messages call figures and tables."""
        if self.printed is self.own:
            return Words(self.head.disclosure_id, self.tables)
        (found,) = self.printed.disclosures.select("disclosure_id", "source_name").iter_rows()
        return Words(found[0], self.tables, found[1])

    def of_row(self, row: Row) -> tuple[Fact, ...]:
        """The figures of a line of a statement."""
        return self._by_row.get((row.statement, row.row_no or 0), ())

    def total_of(self, row: Row) -> Fact | None:
        """The figure of a line that is the whole of its others; None where none is."""
        found = sorted(self.of_row(row), key=lambda fact: (sum(map(bool, fact.coordinates)), fact.column))
        first = next(iter(found), None)
        if first is None or not all(compatible(first.coordinates, other.coordinates) for other in found):
            return None
        return first

    def line_ref(self, row: Row) -> Ref:
        """Where a line stands, for what is said of no single figure."""
        first = next(iter(self.of_row(row)), None)
        label = f"{self.sheets.title(row.statement)} {row.project or f'{row.code} {row.name}'.strip()}"
        if first is not None:
            return self.words.ref(first)._replace(frame="lines", label=label, text=row.label, fen=None, measure="")
        return self.words.table_ref(0)._replace(
            frame="lines", label=label, text=row.label, statement=row.statement, row_no=row.row_no, line=row.line,
            page=row.page,
        )  # fmt: skip

    def doubt(self, tables: Collection[int], *, across: bool = False) -> str:
        """Why a difference in these tables may be ours: something was not read, or the unit of several of them.

        `across` tells that one of them is compared with the text.
        """
        across = across or len(tables) > 1
        for number in sorted(tables):
            statement = self.tables[number].statement if number in self.tables else ""
            if statement in self._lost:
                return tr("{table}有内容没有读出").format(table=self.words.table(number))
            if across and statement in self._without_unit:
                return tr("{table}没有印出金额单位").format(table=self.words.table(number))
        return ""

    def nothing(self, fund: str) -> Ref | None:
        """Where the text says that a fund has nothing; None where it does not."""
        said = spoken_nothing(fund, spoken_lines(self.sheets), self.head.fiscal_year)
        if said is None:
            return None
        return Ref(self.head.disclosure_id, "passages", tr("正文"), said.text, line=said.number, page=said.page)

    def doubted(self, found: Finding) -> Finding:
        """Mark a difference as not checked where its tables are in doubt.

        A table is in doubt where something in it was not read, or where its unit is not printed.
        """
        if found.outcome not in {Outcome.DISCREPANCY, Outcome.HINT}:
            return found
        numbers = {table.statement: number for number, table in self.tables.items()}
        own = [numbers[ref.statement] for ref in found.refs if ref.statement in numbers]
        if why := self.doubt(set(own), across=True):
            message = tr("{message}但{why}，未核对。").format(message=found.message, why=why)
            return found._replace(outcome=Outcome.NOT_CHECKED, message=message)
        return found

    @cached_property
    def _lost(self) -> frozenset[str]:
        """The statements of which something could not be read."""
        notices = self.printed.notices
        return frozenset(
            statement
            for severity, statement in notices.select("severity", "statement").iter_rows()
            if severity == Severity.LOST.value and statement
        )

    @cached_property
    def _without_unit(self) -> frozenset[str]:
        rows = self.printed.statements.select("statement", "unit_stated").iter_rows()
        return frozenset(statement for statement, stated in rows if stated is False)

    @cached_property
    def _by_row(self) -> dict[tuple[str, int], tuple[Fact, ...]]:
        found: dict[tuple[str, int], list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if fact.table in self.tables:
                found[self.tables[fact.table].statement, fact.row].append(fact)
        return {place: tuple(facts) for place, facts in found.items()}


def certain(facts: Iterable[Fact]) -> bool:
    """Whether all these figures have certain columns and digits as printed.

    A column is certain where it is printed or solved.
    """
    return all(fact.column_status not in _OPEN and fact.origin == "printed" for fact in facts)


def check_context(own: Frames, beside: Frames | None = None) -> CheckContext:
    """The context of one disclosure; `own` holds this disclosure alone (`frames.of(id)`).

    `beside` holds the document that prints its tables, where that is another.
    Figures that an older version has read without their table are left out: nothing tells what they mean.
    """
    id_ = str(own.disclosures["disclosure_id"][0]) if own.disclosures.height else ""
    printed = own if beside is None else beside
    tables = {table.table: table for table in reading.tables(printed.statements)}
    facts = [fact for fact in reading.facts(printed.cells) if fact.table]
    return CheckContext(own, opened(own, id_), tuple(_fine(facts)), tables, printed)


def _fine(facts: list[Fact]) -> Iterable[Fact]:
    """A 0 without decimals is as fine as the finest figure of its table."""
    finest: dict[int, int] = {}
    for fact in facts:
        finest[fact.table] = min(fact.half_unit, finest.get(fact.table, fact.half_unit))
    for fact in facts:
        yield fact if fact.amount_fen else fact._replace(half_unit=finest[fact.table])
