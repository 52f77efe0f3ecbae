"""What a disclosure is: its head, its reading report, its statements, lines and cells.

All are plain tuples: there are thousands of lines and cells, and they only pass through on their way to a frame.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from budget.i18n.language import Message, sentence
from budget.model.coordinates import NOWHERE, Coordinates
from budget.model.records import Records


class StatementId(StrEnum):
    """The statements that the views know by name; values are the ids of every file and frame.

    A table without a known name has an id of its own (`other_1`).
    """

    REVENUE_EXPENDITURE_SUMMARY = "revenue_expenditure_summary"
    REVENUE_DETAIL = "revenue_detail"
    EXPENDITURE_DETAIL = "expenditure_detail"
    APPROPRIATION_SUMMARY = "appropriation_summary"
    GENERAL_PUBLIC_EXPENDITURE = "general_public_expenditure"
    BASIC_EXPENDITURE = "basic_expenditure"
    PROJECT_EXPENDITURE = "project_expenditure"
    GOVERNMENT_FUND_EXPENDITURE = "government_fund_expenditure"
    STATE_CAPITAL_EXPENDITURE = "state_capital_expenditure"
    THREE_PUBLIC_EXPENSES = "three_public_expenses"
    CARRYOVER_DETAIL = "carryover_detail"


class Phase(StrEnum):
    """Budget (预算) or final accounts (决算)."""

    BUDGET = "budget"
    FINAL_ACCOUNTS = "final_accounts"


class Edition(StrEnum):
    """Department (部门) or unit (单位) edition; empty where the document does not say."""

    DEPARTMENT = "department"
    UNIT = "unit"
    UNKNOWN = ""


class Side(StrEnum):
    """The side of a two-sided statement; empty in one-sided statements."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    NONE = ""


class RowKind(StrEnum):
    """What a line stands for."""

    GRAND_TOTAL = "grand_total"
    BODY = "body"  # a sub-total named after the budget unit (单位小计)
    CLASS = "class"  # 类, three digits
    SECTION = "section"  # 款, five digits
    ITEM = "item"  # 项, seven digits
    PROJECT = "project"
    SOURCE = "source"  # a labelled line without a code: 一、本年收入, 公务接待费


ENDS = frozenset({RowKind.GRAND_TOTAL.value, RowKind.BODY.value})
"""Kinds of lines that total others and stand outside the tree of codes."""


class ColumnStatus(StrEnum):
    """How sure it is in which column an amount stands."""

    PRINTED = "printed"  # the source fixes the column
    SOLVED = "solved"  # blanks were lost; arithmetic leaves one solution
    INFERRED = "inferred"  # chosen by meaning among several solutions
    AMBIGUOUS = "ambiguous"  # left open: `candidates` names the columns


class AmountOrigin(StrEnum):
    """How the digits of an amount came to be read."""

    PRINTED = "printed"  # the source prints these digits
    RECONSTRUCTED = "reconstructed"  # a spreadsheet keeps a float and no number format: the digits are ours
    RECOGNISED = "recognised"  # read off an image


class MoneyUnit(StrEnum):
    """A money unit as the documents print it."""

    YUAN = "元"
    THOUSAND = "千元"
    WAN = "万元"
    YI = "亿元"


class Line(NamedTuple):
    """One line of a statement, with or without amounts."""

    statement: str
    row_no: int  # from 1, in reading order within the statement
    side: str
    row_kind: str
    code: str  # as the table prints it, without blanks; "" where it prints none
    resolved_code: str  # what drilling, comparing and checking use
    line_key: str  # unique within the statement
    name: str  # without layout blanks and enumerators; grand totals are 总计, 收入总计, 支出总计
    label: str  # as printed, enumerators included
    project: str
    level: int  # depth in its tree, the total 0
    page: int | None
    line: int | None  # line of the source text, from 1


class Cell(NamedTuple):
    """One printed amount of a line."""

    statement: str
    row_no: int
    measure: str
    amount_fen: int
    half_unit: int  # fen: half of the last printed digit
    printed: str  # the amount as the document prints it
    column_status: str
    candidates: tuple[str, ...]  # possible measures, where column_status is inferred or ambiguous
    solved_by: tuple[str, ...]  # ids of the identities that fixed the column
    page: int | None
    line: int | None
    box: tuple[float, float, float, float] | None  # left, top, right, bottom in points on the page
    origin: str = AmountOrigin.PRINTED
    coordinates: Coordinates = NOWHERE
    standard_code: str = ""
    """The function or economic code that the printed name means today; '' where it agrees with the printed code."""
    table_no: int = 0
    column_no: int = 0
    block: int = 0
    row_path: tuple[str, ...] = ()
    column_path: tuple[str, ...] = ()


class Passage(NamedTuple):
    """One line of the document's text, for the source view and search."""

    line: int  # from 1
    page: int | None
    heading: str  # heading path, " › " between the parts; "" before the first
    text: str


class StatementHead(NamedTuple):
    """What is known of one statement besides its lines."""

    statement: str
    """A `StatementId`, or `other_1` … for a table without a known name."""
    table_no: int = 0
    """Running number of the printed table in the document, from 1."""
    printed_number: str = ""
    """表 1, as printed."""
    printed_title: str = ""
    flow: str = ""
    fund: str = ""
    kind: str = ""
    version: str = ""
    """What the title says, as coordinates."""
    breakdown: str = ""
    """What the rows are: function, economic, source, two_sided, project, items …; '' where nothing tells."""
    uncertain: bool = False
    """True where so many rows contradict their own sums that nothing of the table is checked."""
    money_unit: MoneyUnit = MoneyUnit.WAN
    unit_stated: bool = True
    """False where the table prints no 单位 line and the unit was taken from elsewhere."""
    measures: tuple[str, ...] = ()
    """The measures that the table has columns for, in printed order."""
    note: str = ""
    """The note under the table, as printed (…为空表)."""
    line_from: int | None = None
    line_to: int | None = None
    page_from: int | None = None
    page_to: int | None = None


class Severity(StrEnum):
    """How much a notice of the reading report matters."""

    INFO = "info"
    UNCERTAIN = "uncertain"
    LOST = "lost"  # something in the document could not be read


class Notice(NamedTuple):
    """One sentence of the reading report: what was not found, is uncertain or was left out."""

    severity: Severity
    text: str
    """In Chinese, with a place `{}` for each of `values`; what is shown is the `sentence`."""
    statement: str | None = None
    line: int | None = None
    values: tuple[str, ...] = ()
    """Values of the places: text of the document, or a `budget.i18n.language.Message`."""

    @classmethod
    def of(
        cls, severity: Severity, text: str, *values: object, statement: str | None = None, line: int | None = None
    ) -> Notice:
        """A notice of a marked sentence and what stands in its places."""
        return cls(severity=severity, text=text, statement=statement, line=line, values=tuple(map(str, values)))

    @property
    def sentence(self) -> str:
        """The sentence in the language of the interface."""
        return sentence(self.text, self.values)


class DisclosureHead(NamedTuple):
    """Who published what: the identity of a disclosure."""

    disclosure_id: str
    """The first 16 hexadecimal digits of the SHA-256 of the file."""
    sha256: str
    body: str
    """Name of the body (部门或单位), as printed most often on the tables; "" where not found."""
    aliases: tuple[str, ...] = ()
    """Other names under which the same body stands in the same document."""
    fiscal_year: int | None = None
    phase: Phase = Phase.BUDGET
    edition: Edition = Edition.UNKNOWN
    title: str = ""
    source_path: str = ""
    source_name: str = ""
    source_format: str = ""
    encoding: str = ""
    line_count: int = 0
    page_count: int | None = None
    loader_version: int = 0


class ReadingReport(NamedTuple):
    """What was found in a document, what not, and what is uncertain."""

    statements: tuple[StatementHead, ...] = ()
    notices: tuple[Notice, ...] = ()


class Disclosure(NamedTuple):
    """A document that has been read."""

    head: DisclosureHead
    report: ReadingReport
    lines: tuple[Line, ...] = ()
    cells: tuple[Cell, ...] = ()
    passages: tuple[Passage, ...] = ()
    records: Records = Records()
    """What the document says besides its statements."""


class UnreadableDocumentError(Exception):
    """A document that cannot be read, in one plain sentence: file, place, what to do.

    It is made of the marked sentence and what stands in its places `{}`, as a `Notice` is.
    """

    def __init__(self, text: str, *values: object) -> None:
        super().__init__(text, *values)
        self.kept = Message.of(text, *values)
        """The sentence as `budget.i18n.language.Message` keeps it."""

    def __str__(self) -> str:
        return Message(self.kept).text()
