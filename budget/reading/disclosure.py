"""One open disclosure: what is derived from its frames, each once, kept while those frames live."""

from __future__ import annotations

import weakref
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from budget.i18n.language import tr
from budget.library.frames import SCHEMAS
from budget.library.offices import may_be_of
from budget.model.coordinates import NOWHERE, Coordinates
from budget.model.disclosure import ENDS, AmountOrigin, MoneyUnit, Severity
from budget.model.known import STATEMENT_COORDINATES, lacking, measure_coordinates
from budget.model.titles import statement_title
from budget.reading.facts import facts, tables
from budget.reading.records import records_in
from budget.reading.rows import Amount, Head, Printed, Row
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from budget.library.frames import Frames, Shelf
    from budget.model.facts import Fact, PrintedTable
    from budget.model.records import Records

_T = TypeVar("_T")
_NUMBER = lazy_pattern(r"表(\d+)")
_KEPT = 8
"""Disclosures that are kept open: those between which a reader goes back and forth."""
_MISSING = object()


@dataclass(frozen=True)
class OpenDisclosure:
    """One disclosure of the frames; an unknown id gives one without rows whose head is not `known`."""

    disclosure_id: str
    frames: Frames
    """Its own rows of every frame; a text that lies on the shelf is not among them, see `passages`."""
    shelf: Shelf | None = field(default=None, repr=False, compare=False)
    _kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)
    cut_from: tuple[weakref.ref[pl.DataFrame], ...] = field(default=(), repr=False, compare=False)
    """The frames of which these are the rows."""

    @cached_property
    def head(self) -> Head:
        """Who published it, for which year."""
        found = (head_of(row) for row in self.frames.disclosures.iter_rows(named=True))
        return next(found, Head(self.disclosure_id))

    @property
    def cells(self) -> pl.DataFrame:
        """Its cells, of the cells frame."""
        return self.frames.cells

    @property
    def lines(self) -> pl.DataFrame:
        """Its lines, of the lines frame."""
        return self.frames.lines

    @cached_property
    def passages(self) -> pl.DataFrame:
        """Its text, of the passages frame."""
        return self.frames.passages if self.shelf is None else self.shelf.passages(self.disclosure_id)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Its printed amounts with their coordinates, in reading order."""
        return tuple(facts(self.frames.cells))

    @cached_property
    def tables(self) -> tuple[PrintedTable, ...]:
        """Its printed tables, in printed order; those that are known by name alone have the coordinates of the name."""
        return tuple(_with_coordinates(table) for table in tables(self.frames.statements))

    @cached_property
    def table_of(self) -> Mapping[str, PrintedTable]:
        """Statement id -> its printed table."""
        return {table.statement: table for table in self.tables}

    @cached_property
    def rows(self) -> Mapping[str, tuple[Row, ...]]:
        """Statement id -> its lines in reading order; statements without lines are absent."""
        return _rows(self.frames, self.table_of)

    @cached_property
    def printed(self) -> Mapping[str, Printed]:
        """Statement id -> its head; statements that were not found are absent."""
        return {row["statement"]: _printed(row) for row in self.frames.statements.iter_rows(named=True)}

    @cached_property
    def notices(self) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        """Notices by statement id, "" for the document.

        Each tells what was lost or is uncertain: a marked sentence and its values.
        """
        return _notices(self.frames.notices.filter(pl.col("severity") != Severity.INFO.value))

    @cached_property
    def records(self) -> Records:
        """What it says besides its statements."""
        return records_in(self.frames)

    def once(self, key: object, make: Callable[[], _T]) -> _T:
        """The value of `make`, computed once for each key.

        It must not hold the disclosure itself: in a circle both would stay until the collector looks, which counts
        objects and knows nothing of the size of a frame.
        """
        made: Any = self._kept.get(key, _MISSING)
        if made is _MISSING:
            made = self._kept[key] = make()
        found: _T = made
        return found

    def of(self, statement: str) -> tuple[Row, ...]:
        """The lines of a statement, none where it was not found."""
        return self.rows.get(statement, ())

    def found(self, statement: str) -> bool:
        """Whether the document has this statement, be it empty."""
        return statement in self.printed or statement in self.rows

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """Its statements in its own order."""
        return tuple(dict.fromkeys([*self.printed, *self.rows]))

    @property
    def missing(self) -> tuple[str, ...]:
        """Statements that every department publishes and that were not found.

        None where it has none of them.
        """
        titles = {table.statement: table.coordinates for table in self.tables}
        return lacking({**dict.fromkeys(self.rows, NOWHERE), **titles})

    def number(self, statement: str) -> str:
        """Number of a statement as printed, "" where it has none.

        Its place in the document where no table prints a number.
        """
        printed = self.printed.get(statement, Printed()).number
        if plain := _NUMBER.fullmatch(printed):
            return tr("表{}").format(plain[1])
        if printed or self._numbered or not statement_title(statement) or statement not in self.table_of:
            return printed
        number = self.table_of[statement].table
        return tr("表{}").format(number) if number else ""

    @cached_property
    def _numbered(self) -> bool:
        """Whether any of its tables prints a number."""
        return any(head.number for head in self.printed.values())

    def title(self, statement: str) -> str:
        """The short title of a statement that has a known name; of others the printed one."""
        known = statement_title(statement, self.head.phase)
        return tr(known) if known else self.printed.get(statement, Printed()).title or statement

    def reference(self, statement: str) -> str:
        """How a sentence names a statement: 表3, else by its title."""
        return self.number(statement) or self.title(statement)


_alive: weakref.WeakValueDictionary[tuple[object, ...], OpenDisclosure] = weakref.WeakValueDictionary()
"""All that somebody holds: none is opened twice."""
_recent: dict[int, OpenDisclosure] = {}
"""Those that were asked for last, by their own ids, the last one at the end."""
_turn = Lock()


def opened(frames: Frames, disclosure_id: str) -> OpenDisclosure:
    """The open disclosure of this id: the same one while these very frames live."""
    found = _opened(frames, disclosure_id)
    with _turn:
        _recent.pop(id(found), None)
        for other, one in list(_recent.items()):
            if len(_recent) >= _KEPT or any(ref() is None for ref in one.cut_from):
                del _recent[other]
        _recent[id(found)] = found
    return found


def opened_together(frames: Frames, disclosure_ids: Sequence[str]) -> tuple[OpenDisclosure, ...]:
    """Open disclosures of many ids, in their order; whoever asks for them keeps them.

    Frames without a shelf are divided once: to cut them for one after the other takes long.
    """
    if frames.shelf is not None or len(disclosure_ids) <= 1:
        return tuple(_opened(frames, key) for key in disclosure_ids)
    known = {key: one for key in disclosure_ids if (one := _found(frames, key))}
    wanted = [key for key in disclosure_ids if key not in known]
    parts: dict[str, dict[str, pl.DataFrame]] = {}
    for name in SCHEMAS:
        frame: pl.DataFrame = getattr(frames, name)
        own = frame.filter(pl.col("disclosure_id").is_in(wanted))
        parts[name] = {str(key[0]): part for key, part in own.partition_by("disclosure_id", as_dict=True).items()}
    for key in wanted:
        held: dict[str, Any] = {name: parts[name].get(key, getattr(frames, name).clear()) for name in SCHEMAS}
        known[key] = _noted(frames, key, type(frames)(**held))
    return tuple(known[key] for key in disclosure_ids)


def _opened(frames: Frames, disclosure_id: str) -> OpenDisclosure:
    """The disclosure that is open already, or now."""
    return _found(frames, disclosure_id) or _noted(frames, disclosure_id, frames.without_text(disclosure_id))


def _found(frames: Frames, disclosure_id: str) -> OpenDisclosure | None:
    """What is open already. An id may be used again after its frame is gone: only the very same frames count."""
    cut_from = _cut_from(frames)
    found = _alive.get((*map(id, cut_from), disclosure_id))
    same = found is not None and all(ref() is frame for ref, frame in zip(found.cut_from, cut_from, strict=True))
    return found if same else None


def _noted(frames: Frames, disclosure_id: str, own: Frames) -> OpenDisclosure:
    """A disclosure opened anew."""
    cut_from = _cut_from(frames)
    made = OpenDisclosure(disclosure_id, own, frames.shelf, cut_from=tuple(map(weakref.ref, cut_from)))
    _alive[(*map(id, cut_from), disclosure_id)] = made
    return made


def _cut_from(frames: Frames) -> tuple[pl.DataFrame, ...]:
    """The frames that tell whether others are the same."""
    return frames.disclosures, frames.cells, frames.lines, frames.passages


def head_of(row: Mapping[str, Any]) -> Head:
    """The head in one row of the disclosures frame."""
    values = {name: row[name] for name in Head._fields if row[name] is not None}
    return Head(**{**values, "aliases": tuple(row["aliases"] or ())})


def comparable(frames: Frames, disclosure_id: str, shown: frozenset[str] = frozenset()) -> list[Head]:
    """What may stand beside a disclosure, itself among them; hidden ones only where they are to be shown.

    Samples stand beside samples alone.
    """
    beside = _beside(frames, disclosure_id, frames.hidden - shown - {disclosure_id})
    return [head_of(row) for row in beside.iter_rows(named=True)]


def _beside(frames: Frames, disclosure_id: str, hidden: frozenset[str]) -> pl.DataFrame:
    """The disclosures without hidden ones: the samples where the given one is a sample, else the others."""
    apart = pl.col("disclosure_id").is_in(list(frames.samples))
    like = apart if disclosure_id in frames.samples else ~apart
    return frames.disclosures.filter(like & ~pl.col("disclosure_id").is_in(list(hidden)))


def disclosures_of_year(frames: Frames, own: Head, fiscal_year: int) -> list[Head]:
    """Disclosures of the same body, under any name, for a fiscal year.

    Names that mean one body count too, unless they mean several: 普陀区 lies in Shanghai and in Zhoushan. Hidden ones
    are none of them, nor samples of a document that is none.
    """
    if not own.names:
        return []
    alike = replace(frames, disclosures=may_be_of(frames.disclosures, own.body, own.names))
    of_year = _beside(alike, own.disclosure_id, frames.hidden).filter(pl.col("fiscal_year") == fiscal_year)
    heads = [head for row in of_year.iter_rows(named=True) if (head := head_of(row)).of_body(own)]
    named = [head for head in heads if head.names & own.names]
    one = all(head.of_body(other) for head in heads for other in heads)
    return heads if one else named


def tables_beside(frames: Frames, own: Head) -> list[Head]:
    """For a document without tables: what its body published with tables for the same year and phase."""
    held = frames.with_statements()
    if own.fiscal_year is None or own.disclosure_id in held:
        return []
    same = disclosures_of_year(frames, own, own.fiscal_year)
    return [head for head in same if head.disclosure_id in held and head.phase == own.phase]


def _with_coordinates(table: PrintedTable) -> PrintedTable:
    """A table with what its known name says beyond what is kept of its title."""
    if table.statement not in STATEMENT_COORDINATES:
        return table
    coordinates, breakdown = STATEMENT_COORDINATES[table.statement]
    own = table.coordinates if table.table else coordinates
    return table._replace(coordinates=own, breakdown=table.breakdown or breakdown)


_CELL = (
    "statement",
    "row_no",
    "measure",
    "amount_fen",
    "half_unit",
    "column_status",
    "origin",
    "table_no",
    "block",
    "row_path",
)


def _rows(own: Frames, table_of: Mapping[str, PrintedTable]) -> dict[str, tuple[Row, ...]]:
    amounts: dict[tuple[str, int], dict[str, Amount]] = defaultdict(dict)
    meanings: dict[tuple[str, int], dict[str, Coordinates]] = defaultdict(dict)
    blocks: dict[tuple[str, int], int] = {}
    paths: dict[tuple[str, int], tuple[str, ...]] = {}
    for values in own.cells.select(*_CELL, *(name for name in Coordinates._fields)).iter_rows():
        statement, row_no, measure, fen, half, status, origin, table_no, block, path = values[: len(_CELL)]
        amounts[statement, row_no][measure] = Amount(fen, half, status, origin or AmountOrigin.PRINTED.value)
        blocks[statement, row_no] = block or 0
        paths[statement, row_no] = tuple(path or ())
        if table_no:
            meanings[statement, row_no][measure] = Coordinates(*(value or "" for value in values[len(_CELL) :]))
    rows: dict[str, list[Row]] = defaultdict(list)
    for line in own.lines.iter_rows(named=True):
        place = line["statement"], line["row_no"]
        row = Row(
            statement=line["statement"],
            row_no=line["row_no"],
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
            amounts=amounts.get(place, {}),
            block=blocks.get(place, 0),
            path=paths.get(place, ()),
        )
        found = meanings.get(place) or _known_meanings(row, table_of.get(row.statement))
        rows[row.statement].append(replace(row, meanings=found))
    return {statement: tuple(sorted(found, key=_row_no)) for statement, found in rows.items()}


def _known_meanings(row: Row, table: PrintedTable | None) -> dict[str, Coordinates]:
    """The coordinates of the amounts of a line that is known by the names of its statement and measures alone."""
    if table is None or table.table:
        return {}
    return {measure: measure_coordinates(table.coordinates, table.breakdown, row, measure) for measure in row.amounts}


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
