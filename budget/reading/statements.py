"""The statements of one disclosure as plain rows, cut once from the frames and kept while those frames live."""

from __future__ import annotations

import re
import weakref
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from budget.forms.catalogue import FORMS, statement_form
from budget.i18n.language import tr
from budget.model.disclosure import AmountOrigin, ColumnStatus, MoneyUnit, RowKind, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from budget.library.frames import Frames

COMPUTED = "computed"
"""Column status and row kind of what yusuan adds up itself."""

ENDS = frozenset({RowKind.GRAND_TOTAL.value, RowKind.BODY.value})
"""Kinds of lines that total others and stand outside the tree of codes."""
_NUMBER = re.compile(r"表(\d+)")
_KEPT = 32
"""Disclosures that are kept cut: those between which a reader goes back and forth."""


class Amount(NamedTuple):
    """An amount of a row: fen, half of its last printed digit in fen, column status (or "computed"), origin."""

    fen: int
    half_unit: int
    status: str = ColumnStatus.PRINTED.value
    origin: str = AmountOrigin.PRINTED.value


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a statement with its amounts by measure."""

    statement: str
    row_no: int | None
    """None for rows that yusuan adds."""
    side: str
    kind: str
    code: str
    """The resolved code."""
    printed_code: str
    line_key: str
    name: str
    label: str
    project: str
    level: int
    page: int | None
    line: int | None
    amounts: Mapping[str, Amount]

    def fen(self, measure: str) -> int | None:
        """The amount of a measure in fen; None where the line has none."""
        amount = self.amounts.get(measure)
        return None if amount is None else amount.fen


class Head(NamedTuple):
    """Who published a disclosure: the columns of the disclosures frame that views need."""

    disclosure_id: str = ""
    sha256: str = ""
    body: str = ""
    aliases: tuple[str, ...] = ()
    fiscal_year: int | None = None
    phase: str = ""
    edition: str = ""
    form: str = ""
    source_name: str = ""

    @property
    def known(self) -> bool:
        """Whether the frames hold this disclosure."""
        return bool(self.sha256)

    @property
    def names(self) -> frozenset[str]:
        """All names of the body."""
        return frozenset(name for name in (self.body, *self.aliases) if name)


class Printed(NamedTuple):
    """What is known of a statement besides its rows."""

    number: str = ""
    """Without blanks: 表1, 公开01表."""
    title: str = ""
    measures: tuple[str, ...] = ()
    note: str = ""
    money_unit: str = MoneyUnit.WAN.value
    unit_stated: bool = True


@dataclass(frozen=True)
class Sheets:
    """All statements of one disclosure."""

    head: Head
    rows: Mapping[str, tuple[Row, ...]]
    """Statement id -> its lines in reading order; statements without lines are absent."""
    printed: Mapping[str, Printed]
    """Statement id -> its head; statements that were not found are absent."""
    notices: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """Statement id ("" for the document) -> what was lost or is uncertain, as marked sentences and their values."""
    lines: pl.DataFrame
    """The lines of this disclosure, of the lines frame."""
    cells: pl.DataFrame
    """The cells of this disclosure, of the cells frame."""

    def of(self, statement: str) -> tuple[Row, ...]:
        """The lines of a statement, none where it was not found."""
        return self.rows.get(statement, ())

    def found(self, statement: str) -> bool:
        """Whether the document has this statement, be it empty."""
        return statement in self.printed or statement in self.rows

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """The statements of the form, found or not, then the others of the document in its own order."""
        form = FORMS.get(self.head.form)
        return tuple(dict.fromkeys([*(own.id for own in (form.statements if form else ())), *self.printed, *self.rows]))

    @property
    def form_known(self) -> bool:
        """Whether the document follows a form of the catalogue."""
        return self.head.form in FORMS

    def listed(self, statement: str) -> bool:
        """Whether the form of this disclosure has the statement."""
        form = FORMS.get(self.head.form)
        return form is not None and form.statement(statement) is not None

    def number(self, statement: str) -> str:
        """The number of a statement, as printed, else that of its form: 表3, Table 3; "" where it has none."""
        printed = self.printed.get(statement, Printed()).number
        if plain := _NUMBER.fullmatch(printed):
            return tr("表{}").format(plain[1])
        form = statement_form(self.head.form, statement) if self.listed(statement) else None
        return printed or (tr("表{}").format(form.number) if form else "")

    def title(self, statement: str) -> str:
        """The short title of a statement by its form; where that does not have it, as printed."""
        form = statement_form(self.head.form, statement)
        printed = self.printed.get(statement, Printed()).title
        if form is not None and (self.listed(statement) or not printed):
            return tr(form.short)
        return printed or statement

    def reference(self, statement: str) -> str:
        """How a sentence names a statement: 表3, else by its title."""
        return self.number(statement) or self.title(statement)


_kept: dict[tuple[int, str], tuple[weakref.ref[pl.DataFrame], weakref.ref[pl.DataFrame], Sheets]] = {}


def sheets(frames: Frames, disclosure_id: str) -> Sheets:
    """Cut one disclosure out of the frames; an unknown id gives empty sheets."""
    key = (id(frames.cells), disclosure_id)
    kept = _kept.get(key)
    # an id may be used again after its frame is gone: only the very same frames count
    if kept is not None and kept[0]() is frames.cells and kept[1]() is frames.lines:
        return kept[2]
    cut = _cut(frames, disclosure_id)
    while len(_kept) >= _KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = (weakref.ref(frames.cells), weakref.ref(frames.lines), cut)
    return cut


def head_of(row: Mapping[str, Any]) -> Head:
    """The head in one row of the disclosures frame."""
    values = {name: row[name] for name in Head._fields if row[name] is not None}
    return Head(**{**values, "aliases": tuple(row["aliases"] or ())})


def heads_of_year(frames: Frames, own: Head, fiscal_year: int) -> list[Head]:
    """The disclosures of the same body, under any of its names, for a fiscal year."""
    same = pl.any_horizontal([(pl.col("body") == name) | pl.col("aliases").list.contains(name) for name in own.names])
    found = frames.disclosures.filter(pl.col("fiscal_year") == fiscal_year).filter(same)
    return [head_of(row) for row in found.iter_rows(named=True)]


def _cut(frames: Frames, disclosure_id: str) -> Sheets:
    own = frames.of(disclosure_id)
    amounts: dict[tuple[str, int], dict[str, Amount]] = defaultdict(dict)
    wanted = ("statement", "row_no", "measure", "amount_fen", "half_unit", "column_status", "origin")
    for statement, row_no, measure, fen, half, status, origin in own.cells.select(wanted).iter_rows():
        amounts[statement, row_no][measure] = Amount(fen, half, status, origin or AmountOrigin.PRINTED.value)
    rows: dict[str, list[Row]] = defaultdict(list)
    for line in own.lines.iter_rows(named=True):
        statement, row_no = line["statement"], line["row_no"]
        rows[statement].append(
            Row(
                statement=statement,
                row_no=row_no,
                side=line["side"] or "",
                kind=line["row_kind"] or "",
                # a total that prints a code is no place to drill into
                code="" if line["row_kind"] in ENDS else line["resolved_code"] or "",
                printed_code=line["code"] or "",
                line_key=line["line_key"] or "",
                name=line["name"] or "",
                label=line["label"] or "",
                project=line["project"] or "",
                level=line["level"] or 0,
                page=line["page"],
                line=line["line"],
                amounts=amounts.get((statement, row_no), {}),
            )
        )
    return Sheets(
        head=next((head_of(row) for row in own.disclosures.iter_rows(named=True)), Head(disclosure_id)),
        rows={statement: tuple(sorted(found, key=_row_no)) for statement, found in rows.items()},
        printed={row["statement"]: _printed(row) for row in own.statements.iter_rows(named=True)},
        notices=_notices(own.notices.filter(pl.col("severity") != Severity.INFO.value)),
        lines=own.lines,
        cells=own.cells,
    )


def _row_no(row: Row) -> int:
    return row.row_no or 0


def _printed(row: Mapping[str, Any]) -> Printed:
    return Printed(
        number="".join((row["printed_number"] or "").split()),
        title=row["printed_title"] or "",
        measures=tuple(row["measures"] or ()),
        note=row["note"] or "",
        money_unit=row["money_unit"] or MoneyUnit.WAN.value,
        unit_stated=row["unit_stated"] is not False,
    )


def _notices(found: pl.DataFrame) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    texts: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for statement, text, values in found.select("statement", "text", "values").iter_rows():
        texts[statement or ""].append((text, tuple(values or ())))
    return {statement: tuple(dict.fromkeys(said)) for statement, said in texts.items()}
