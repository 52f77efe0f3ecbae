"""The figures of one disclosure as the checks read them: by statement, line and measure, with what speaks for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Ref
from budget.forms.catalogue import FORMS, XINJIANG, measure_words, statement_form
from budget.i18n.language import N_, tr
from budget.model.disclosure import AmountOrigin, ColumnStatus, RowKind
from budget.reading.disclosure import opened
from budget.views.english import with_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from budget.library.frames import Frames
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Head, Row

_GRAND_TOTAL = RowKind.GRAND_TOTAL.value
SPENT = "本年支出"
"""What the line of final accounts is called that totals the classes, below the grand total."""
KINDS = ("人员经费", "公用经费")
"""What the lines begin with that total the classes of a kind in final accounts; they have no lines below them."""
_PREFIXES = (5, 3)
"""Digits of the codes above a code, the nearest first."""
_LEFT_OVER = "结余"
"""What the lines of final accounts beside the classes are called: 结余分配, 年末结转和结余."""
_LABELS = {
    (statement.id, label.key) for form in FORMS.values() for statement in form.statements for label in statement.labels
}
_LABELLED = {statement for statement, _ in _LABELS}


def parents(rows: Iterable[Row]) -> list[tuple[Row, Row | None]]:
    """Each line with the line above it, by codes within a body (单位小计) or by the path of labels; None for tops."""
    rows = tuple(rows)
    totals = {row.side: row for row in rows if row.kind == _GRAND_TOTAL}
    keys = {row.line_key: row for row in rows}
    spent = next((row for row in rows if row.side and SPENT in row.name and row.kind == RowKind.SOURCE.value), None)
    found: list[tuple[Row, Row | None]] = []
    at: dict[str, Row] = {}
    top = totals.get("")
    for row in rows:
        if row.kind == _GRAND_TOTAL:
            continue
        if row.kind == RowKind.BODY.value and not row.name.startswith(KINDS):
            at, top = {}, row
            found.append((row, totals.get("")))
        elif row.side:
            above = totals.get(row.side) if spent is None or not row.code else spent
            found.append((row, keys.get(row.line_key.rpartition("/")[0]) or above))
        elif row.kind == RowKind.SOURCE.value and not row.code:
            found.append((row, keys.get(row.line_key.rpartition("/")[0])))
        else:
            places = [row.code] if row.project and row.code else []
            places += [row.code[:length] for length in _PREFIXES if length < len(row.code)]
            found.append((row, next((at[place] for place in places if place in at), top)))
            if not row.project:
                at[row.code] = row
    return found


def unknown(row: Row) -> bool:
    """Whether a line is a label of no form: it may be a part of anything, and of nothing."""
    if row.kind != RowKind.SOURCE.value or row.code or row.statement not in _LABELLED:
        return False
    key = row.line_key.removeprefix(f"{row.side}/") if row.side else row.line_key
    beside = row.side == "expenditure" and (SPENT in row.name or _LEFT_OVER in row.name)
    return not beside and (row.statement, key) not in _LABELS


_PRINTED = AmountOrigin.PRINTED.value
_OPEN = frozenset({ColumnStatus.INFERRED.value, ColumnStatus.AMBIGUOUS.value})


class Figure(NamedTuple):
    """One printed amount with all that a check must know of it."""

    statement: str
    row_no: int
    measure: str
    fen: int
    half_unit: int
    """Fen: half of the last printed digit; a 0 without decimals is as fine as the finest figure of its statement."""
    printed: str
    status: str
    """A `ColumnStatus`."""
    candidates: tuple[str, ...]
    """The measures that it may belong to, where the status is inferred or ambiguous."""
    solved_by: tuple[str, ...]
    """Ids of the identities that fixed its column."""
    origin: str
    """An `AmountOrigin`."""
    page: int | None
    line: int | None

    @property
    def certain(self) -> bool:
        """Whether its column is printed or solved."""
        return self.status not in _OPEN

    @property
    def printed_digits(self) -> bool:
        """False where the digits were reconstructed or recognised."""
        return self.origin == _PRINTED


@dataclass(frozen=True)
class Book:
    """One disclosure: its statements (as the views have them), and its figures."""

    sheets: OpenDisclosure
    figures: Mapping[tuple[str, int], Mapping[str, Figure]]
    """(statement, row_no) -> measure -> figure."""
    crowded: frozenset[tuple[str, int]]
    """Lines with more amounts than columns, of which `figures` therefore lacks some."""
    own: Frames
    """All frames of the disclosure, for the checks that read records."""

    @property
    def head(self) -> Head:
        """Who published it."""
        return self.sheets.head

    def row(self, statement: str, key: str) -> Row | None:
        """The line of a statement with this line_key."""
        return self._by_key.get((statement, key))

    def figures_of(self, row: Row) -> Mapping[str, Figure]:
        """The figures of a line by measure."""
        return self.figures.get((row.statement, row.row_no or 0), {})

    def figure(self, statement: str, key: str, measure: str = "total") -> Figure | None:
        """The figure of a line and a measure; None where nothing is printed."""
        row = self.row(statement, key)
        return None if row is None else self.figures_of(row).get(measure)

    def total(self, statement: str, side: str = "") -> Row | None:
        """The grand total of a statement, or of one side of it; the one with figures where several are printed."""
        found = [row for row in self.sheets.of(statement) if row.kind == _GRAND_TOTAL and row.side == side]
        return next((row for row in found if self.figures_of(row)), found[0] if found else None)

    def with_code(self, statement: str, code: str) -> tuple[Row, ...]:
        """The lines of a code: its own, else (in the project table) those of its projects; revenue lines have none."""
        found = self._by_code.get((statement, code), ())
        own = tuple(row for row in found if not row.project)
        return own or tuple(found)

    def codes(self, statement: str) -> tuple[str, ...]:
        """The codes of a statement that have figures, in printed order."""
        found = self.sheets.of(statement)
        return tuple(dict.fromkeys(row.code for row in found if row.code and self.figures_of(row)))

    def children(self, row: Row) -> tuple[Row, ...]:
        """The lines directly below a line, by codes or paths of labels; those without figures too."""
        return self._children.get((row.statement, row.row_no or 0), ())

    def measures(self, statement: str) -> tuple[str, ...]:
        """The measures that a statement has columns for."""
        printed = self.sheets.printed.get(statement)
        return printed.measures if printed else ()

    def ref(self, figure: Figure) -> Ref:
        """Where a figure stands."""
        known = self._refs.get(figure[:3])
        if known is None:
            known = self._refs[figure[:3]] = self._ref(figure)
        return known

    def _ref(self, figure: Figure) -> Ref:
        place = (figure.statement, figure.row_no)
        column = self._columns.get((figure.statement, figure.measure), figure.measure)
        line = self._labels[place]
        label = tr("{line} {column}").format(line=line, column=column) if column else line
        return Ref(
            self.head.disclosure_id,
            "cells",
            label,
            figure.printed,
            figure.fen,
            figure.statement,
            figure.row_no,
            figure.measure,
            figure.line,
            figure.page,
        )

    def line_ref(self, row: Row) -> Ref:
        """Where a line stands, for what is said of no single figure."""
        return Ref(
            self.head.disclosure_id,
            "lines",
            self._labels[row.statement, row.row_no or 0],
            row.label,
            statement=row.statement,
            row_no=row.row_no,
            line=row.line,
            page=row.page,
        )

    def statement_ref(self, statement: str) -> Ref:
        """Where a whole statement stands."""
        first = next(iter(self.sheets.of(statement)), None)
        label = f"{self.sheets.reference(statement)} {self.sheets.title(statement)}"
        place = (first.line, first.page) if first else (None, None)
        return Ref(self.head.disclosure_id, "statements", label, "", None, statement, None, "", *place)

    @cached_property
    def uncertain(self) -> frozenset[tuple[str, int]]:
        """The lines, by statement and row_no, with amounts whose columns are uncertain."""
        return self.crowded | {
            place for place, found in self.figures.items() for figure in found.values() if figure.status in _OPEN
        }

    @cached_property
    def _refs(self) -> dict[tuple[str, int, str], Ref]:
        """References by statement, row_no and measure: a figure stands in several findings."""
        return {}

    @cached_property
    def _rows(self) -> dict[tuple[str, int], Row]:
        return {(row.statement, row.row_no or 0): row for rows in self.sheets.rows.values() for row in rows}

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Row]:
        return {(row.statement, row.line_key): row for rows in self.sheets.rows.values() for row in rows}

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for (statement, _), row in self._rows.items():
            if row.code and self.figures_of(row):
                found[statement, row.code].append(row)
        return found

    @cached_property
    def _children(self) -> dict[tuple[str, int], tuple[Row, ...]]:
        found: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for statement, rows in self.sheets.rows.items():
            for row, parent in parents(rows):
                if parent is not None:
                    found[statement, parent.row_no or 0].append(row)
        return {place: tuple(rows) for place, rows in found.items()}

    @cached_property
    def _labels(self) -> dict[tuple[str, int], str]:
        """What a line is called: 表3 2101501 行政运行; lines of projects by their project alone."""
        names = {statement: self.sheets.reference(statement) for statement in self.sheets.rows}
        return {
            place: f"{names[place[0]]} {row.project or f'{row.code} {with_english(row.name, row)}'.strip()}"
            for place, row in self._rows.items()
        }

    @cached_property
    def _columns(self) -> dict[tuple[str, str], str]:
        """Titles of columns, where a statement has more than one."""
        form = self.head.form
        return {
            (statement, measure): measure_words(statement, measure, form)
            for statement in self.sheets.statements
            for measure in (self.measures(statement) if len(self.measures(statement)) > 1 else ())
        } | {(statement, "total"): "" for statement in self.sheets.statements if len(self.measures(statement)) < 2}  # noqa: PLR2004


def book(own: Frames) -> Book:
    """The book of one disclosure; `own` holds this disclosure alone (`frames.of(id)`)."""
    id_ = str(own.disclosures["disclosure_id"][0]) if own.disclosures.height else ""
    figures: dict[tuple[str, int], dict[str, Figure]] = defaultdict(dict)
    crowded: set[tuple[str, int]] = set()
    wanted = (
        *("statement", "row_no", "measure", "amount_fen", "half_unit", "printed", "column_status"),
        *("candidates", "solved_by", "origin", "page", "line"),
    )
    cells = own.cells.select(wanted).rows()
    finest: dict[str, int] = {}
    for statement, _, _, _, half, *_ in cells:
        finest[statement] = min(half, finest.get(statement, half))
    for statement, row_no, measure, fen, half, printed, status, open_, solved, origin, page, line in cells:
        place = (statement, row_no)
        if measure in figures[place]:
            crowded.add(place)
        figures[place][measure] = Figure(
            statement,
            row_no,
            measure,
            fen,
            half if fen else finest[statement],
            printed or "",
            status,
            tuple(open_ or ()),
            tuple(solved or ()),
            origin or _PRINTED,
            page,
            line,
        )
    return Book(opened(own, id_), dict(figures), frozenset(crowded), own)


def short_title(form: str, statement: str) -> str:
    """The short title of a statement, for messages on statements that the document lacks."""
    known = statement_form(form, statement)
    return tr(known.short) if known else statement


NUMBERS = {statement.id: statement.number for statement in XINJIANG.statements}
"""Statement id -> its number in the eleven-table form, which ids and topics of checks keep for every form."""
_TITLES = {statement.id: statement.short for statement in XINJIANG.statements}
TABLES = (
    *(N_("表1"), N_("表2"), N_("表3"), N_("表4"), N_("表5"), N_("表6")),
    *(N_("表7"), N_("表8"), N_("表9"), N_("表10"), N_("表11")),
)
"""Topics of the checks of the statements, in their order."""


def tag(statement: str) -> str:
    """T3."""
    return f"T{NUMBERS[statement]}"


def topic(statement: str) -> str:
    """表3, marked."""
    return TABLES[NUMBERS[statement] - 1]


def title(statement: str) -> str:
    """支出总表, of whatever form."""
    return tr(_TITLES[statement])


def columns(statement: str, measures: tuple[str, ...]) -> str:
    """The titles of some columns, as addends of a formula."""
    return tr("＋").join(measure_words(statement, measure) for measure in measures)
