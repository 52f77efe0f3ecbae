"""From a grid to a ViewTable: columns with their status, totals, notes; and the facts behind one row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import AmountOrigin, MoneyUnit, RowKind
from budget.model.matching import matches
from budget.model.money import decimals_for
from budget.reading.disclosure import opened
from budget.reading.rows import COMPUTED
from budget.views.across.figures import DIMENSIONS, prints
from budget.views.across.grid import PROJECT_KEY
from budget.views.across.spec import BODY, YEAR
from budget.views.across.words import CODED, above, depth, head, printed_names, title
from budget.views.build import CODE, COLUMN_TYPES, META_SCHEMA, NAME, ordered, view_title
from budget.views.select import fund_words, kind_words
from budget.views.sources import body_and_year, provenance, year_text
from budget.views.state import View
from budget.views.table import HALF_UNIT, Change, Column, ColumnKind, ViewTable, worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from budget.library.frames import Frames
    from budget.reading.disclosure import OpenDisclosure
    from budget.views.across.grid import Cell, Grid
    from budget.views.sources import Sources
    from budget.views.state import ViewState

TOTAL = "total"
"""Id of the column with the wholes of the rows."""
_SIGNS = str.maketrans({"%": "%25", "@": "%40", "#": "%23"})
_SHORT_HASH = 16
_PLACE = "!"
"""Between the document, the statement and the row that a fact is printed in."""
DIFFERS = N_("另一张表所印的与此不同，见这一行的各处")
ADDED = N_("带 = 的是相加得出的，没有印出")


class Line(NamedTuple):
    """A row of a table across documents, before it is laid out."""

    key: str
    name: str
    cells: Mapping[str, Cell]
    """Column key -> its amount."""
    code: str = ""
    level: int = 0
    enter: str | None = None
    note: str | None = None
    values: Mapping[str, float | str | None] = {}
    """What stands in other columns, by their ids."""
    change: Change = Change.NONE
    near: str | None = None


def amount_column_id(key: str) -> str:
    """Id of the column of amounts with this key."""
    return f"at:{key.translate(_SIGNS)}" if key else TOTAL


def laid_out(
    sources: Sources,
    columns: Sequence[tuple[str, str]],
    lines: Sequence[Line],
    totals: Sequence[Line] = (),
    *,
    further: tuple[Column, ...] = (),
    lead: tuple[Column, ...] = (),
    trail: tuple[Column, ...] = (),
    notes: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    documents: Sequence[OpenDisclosure] = (),
) -> ViewTable:
    """Lay out lines below columns of amounts.

    Each column is (key, title); `further` columns stand behind them.
    """
    state = sources.state
    held = [cell for line in (*lines, *totals) for cell in line.cells.values()]
    unlike = any(cell.origin != AmountOrigin.PRINTED for cell in held)
    amounts = [_amount(key, words, origins=unlike) for key, words in columns]
    shown = (*worded((*lead, NAME)), *amounts, *worded(further), *worded(trail))
    kept = [line for line in lines if matches(state.filter, line.code, line.name)] if state.filter else lines
    unit = money_unit_of(sources)
    computed = any(cell.computed for cell in held)
    added = (tr(ADDED),) if computed else ()
    return ViewTable(
        title=view_title(state, sources.current, None),
        breadcrumb=(body_and_year(sources.current.head), *places),
        columns=shown,
        frame=ordered(_frame(kept, shown, sources), state),
        totals=_frame(totals, shown, sources),
        unit=unit,
        notes=(*notes, *added),
        decimals=max((decimals_for(cell.half_unit, unit) for cell in held), default=2),
        hidden=len(lines) - len(kept),
        provenance={**provenance(sources, places, unit), **_sources(documents)},
    )


def _sources(documents: Sequence[OpenDisclosure]) -> dict[str, str]:
    """The files of several documents and what tells them from others."""
    if len(documents) <= 1:
        return {}
    named = (f"{own.head.source_name} ({own.head.sha256[:_SHORT_HASH]})" for own in documents)
    return {"sources": joined(named)}


def money_unit_of(sources: Sources) -> MoneyUnit:
    """The requested unit, else that of the document. 万元 where it does not say."""
    first = next(iter(sources.current.printed.values()), None)
    return sources.state.unit or (MoneyUnit(first.money_unit) if first else MoneyUnit.WAN)


def _amount(key: str, words: str, *, origins: bool) -> Column:
    id_ = amount_column_id(key)
    return Column(id_, words, ColumnKind.AMOUNT, f"{id_}#status", f"{id_}#origin" if origins else "", key or TOTAL)


def _frame(lines: Sequence[Line], columns: tuple[Column, ...], sources: Sources) -> pl.DataFrame:
    schema: dict[str, Any] = {**META_SCHEMA, HALF_UNIT: pl.Int64}
    data: dict[str, list[Any]] = {name: [] for name in schema}
    for line in lines:
        own = next((one for one in line.cells.values() if one.disclosure == sources.state.disclosure), None)
        # a row of several documents, or one that was added up, stands in no line of this document alone
        of_one = own is not None and not own.computed
        values = {
            "key": line.key,
            HALF_UNIT: min((cell.half_unit for cell in line.cells.values()), default=None),
            "row_kind": RowKind.SOURCE.value if line.enter or of_one else COMPUTED,
            "level": line.level,
            "enter": line.enter,
            "change": line.change.value,
            "near": line.near,
            "note": line.note or (tr(DIFFERS) if any(cell.differs for cell in line.cells.values()) else None),
            "statement": own.statement if own is not None and of_one else None,
            "row_no": own.row_no if own is not None and of_one else None,
            "line": own.line if own is not None and of_one else None,
        }
        for name, column_values in data.items():
            column_values.append(values.get(name))
    for column in columns:
        schema[column.id] = COLUMN_TYPES[column.kind]
        data[column.id] = [_value(line, column) for line in lines]
        for name, said in ((column.status, "status"), (column.origin, "origin")):
            if name:
                schema[name] = pl.String
                cells = (_cell(line, column) for line in lines)
                data[name] = [None if cell is None else getattr(cell, said) for cell in cells]
    return pl.DataFrame(data, schema=schema)


def _cell(line: Line, column: Column) -> Cell | None:
    return line.cells.get("" if column.measure == TOTAL else column.measure)


def _value(line: Line, column: Column) -> str | float | None:
    if column.id in line.values:
        return line.values[column.id]
    if column.id == NAME.id:
        return line.name
    if column.id == CODE.id:
        return line.code
    if column.kind is ColumnKind.AMOUNT and column.status:
        cell = _cell(line, column)
        return None if cell is None else cell.fen
    return None


# From a grid


def grid_lines(made: Grid, titles: Mapping[str, str] | None = None) -> tuple[list[Line], list[Line]]:
    """The rows of a grid and its total; `titles` name rows that are documents."""
    spec, known = made.spec, frozenset(made.rows)
    names = printed_names(reversed(made.documents)) if spec.rows in CODED else {}
    lines = []
    for row in made.rows:
        code, _, project = row.partition(PROJECT_KEY) if spec.rows == "project" else ("", "", "")
        name = project or (titles or {}).get(row) or title(spec.rows, row, names)
        lines.append(
            Line(
                row,
                name,
                {column: made.cells[row, column] for column in (*made.columns, "") if (row, column) in made.cells},
                code=row if spec.rows in CODED else code,
                level=depth(spec.rows, row, known),
                enter=row,
            )
        )
    total = {column: made.cells["", column] for column in (*made.columns, "") if ("", column) in made.cells}
    return lines, [Line("@total", tr("合计"), total)] if total else []


def grid_columns(made: Grid, titles: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Key and title of each column. The whole is first where any row has one."""
    names = printed_names(reversed(made.documents)) if made.spec.columns in CODED else {}
    whole = [("", tr("合计"))] if any(not column for _, column in made.cells) else []
    return [
        *whole,
        *((column, (titles or {}).get(column) or head(made.spec.columns, column, names)) for column in made.columns),
    ]


def code_column(made: Grid) -> tuple[Column, ...]:
    """The column of codes, where the rows have any."""
    return (CODE,) if made.spec.rows in {*CODED, "project"} else ()


def grid_notes(made: Grid) -> tuple[str, ...]:
    """What all amounts are of, where that is narrower than asked."""
    spec = made.spec
    of = [
        *([fund_words(made.fund)] if made.fund and spec.given("fund") is None else []),
        *([kind_words(made.kind)] if made.kind and spec.given("kind") is None else []),
    ]
    if not made.rows:
        return (tr("资料没有印出这样的数"),)
    return (tr("各数都是{}，更宽的口径没有这样印出").format(joined(of)),) if of else ()


def item_fund_notes(made: Grid) -> tuple[str, ...]:
    """Of which fund each document prints its items, where they differ."""
    with_items = {cell.disclosure for cell in made.cells.values() if cell.disclosure}
    own = [one for one in made.documents if one.disclosure_id in with_items]
    if len({made.funds.get(one.disclosure_id, ()) for one in own}) <= 1:
        return ()
    named = (
        tr("{0} {1}").format(body_and_year(one.head), joined(map(fund_words, made.funds.get(one.disclosure_id, ()))))
        for one in own
    )
    return (tr("重要事项的资金口径不同：{}").format(joined(named, "；")),)


# The facts behind a row


def facts_of_row(sources: Sources, made: Grid, rows: Sequence[str], titles: Mapping[str, str]) -> ViewTable:
    """Every place where the amounts of a row are printed.

    A project is several rows where its name changed from year to year; the first names it.
    """
    names = printed_names(reversed(made.documents))
    row = rows[0]
    name = row.partition(PROJECT_KEY)[2] if made.spec.rows == "project" else head(made.spec.rows, row, names)
    return facts_table(sources, fact_lines(sources.frames, made, rows, titles), titles.get(row) or name, made.documents)


def fact_lines(
    frames: Frames, made: Grid, rows: Sequence[str], titles: Mapping[str, str], first: int = 0
) -> list[Line]:
    """One line for each place where the amounts of rows are printed; their keys count from `first`."""
    lines: list[Line] = []
    for column, words in grid_columns(made, titles):
        for record in (found for one in rows for found in _records(made, one, column)):
            lines += _places(frames, record, words, first + len(lines))
    return lines


def facts_table(sources: Sources, lines: Sequence[Line], place: str, documents: Sequence[OpenDisclosure]) -> ViewTable:
    """The table of the places of a row."""
    table = laid_out(
        sources,
        [("", tr("金额"))],
        lines,
        lead=(Column("column", N_("栏"), ColumnKind.TEXT),),
        places=(place,),
        documents=documents,
        trail=(Column("of", N_("资金和性质"), ColumnKind.TEXT),),
    )
    return replace(table, notes=(tr("回车到原表中的这一行"),) if lines else table.notes)


def _records(made: Grid, row: str, column: str) -> list[dict[str, Any]]:
    """The facts of a cell; those of what lies below where it was added up."""
    found = made.figures.filter((pl.col("row") == row) & (pl.col("column") == column))
    if found.is_empty() and (row, column) in made.cells:
        below = [one for one in made.rows if row in above(made.spec.rows, one)]
        found = made.figures.filter(pl.col("row").is_in(below) & (pl.col("column") == column))
    return list(found.iter_rows(named=True))


def _places(frames: Frames, record: Mapping[str, Any], column: str, before: int) -> list[Line]:
    """One line for each table that prints a fact, the chosen one first."""
    own = opened(frames, record["disclosure_id"])
    same = prints(own).filter(
        *(pl.col(name) == record[name] for name in DIMENSIONS if name not in {"fund", "kind"}),
        pl.col("fund").is_in([record["fund"], "current"]) if not record["fund"] else pl.col("fund") == record["fund"],
        pl.col("kind").is_in([record["kind"], "current"]) if not record["kind"] else pl.col("kind") == record["kind"],
    )
    chosen = pl.col("statement") == record["statement"]
    rows = pl.concat([same.filter(chosen), same.filter(~chosen)]).iter_rows(named=True)
    from budget.views.across.grid import cell_of

    made: list[Line] = []
    for place in rows:
        cell = cell_of({**place, "differs": False})
        where = f"{own.reference(place['statement'])} {own.title(place['statement'])}".strip()
        row = next((one for one in own.of(place["statement"]) if one.row_no == place["row_no"]), None)
        label = "" if row is None else row.name
        made.append(
            Line(
                key=str(before + len(made)),
                name=tr("{0}：{1} {2}").format(body_and_year(own.head), where, label).strip(),
                cells={"": cell},
                enter=place_of_line(own.disclosure_id, place["statement"], place["row_no"]),
                values={
                    "column": column,
                    "of": joined([fund_words(record["fund"]), kind_words(record["kind"])], " · "),
                },
            )
        )
    return made


def place_of_line(disclosure: str, statement: str, row_no: int) -> str:
    """What a row that opens a printed line has in `enter`."""
    return _PLACE.join((disclosure, statement, str(row_no)))


def enter_fact(state: ViewState, frames: Frames, target: str) -> ViewState:
    """The line of the printed table that a fact names; unchanged where there is none."""
    disclosure, statement, number = target.split(_PLACE)
    rows = opened(frames, disclosure).of(statement)
    row = next((one for one in rows if str(one.row_no) == number), None)
    if row is None:
        return state
    return type(state)(
        disclosure=disclosure, view=View.STATEMENT, scope=statement, cursor=row.line_key, unit=state.unit
    )


def document_titles(made: Grid) -> dict[str, str]:
    """What rows or columns that are documents are called: the body, or the year with its phase."""
    from budget.views.across.grid import body_keys, year_key

    bodies = body_keys(made.documents)
    titles: dict[str, str] = {}
    finals = len({own.head.phase for own in made.documents}) > 1
    for own in made.documents:
        if BODY in {made.spec.rows, made.spec.columns}:
            titles.setdefault(bodies[own.disclosure_id], own.head.body or own.head.source_name)
        if YEAR in {made.spec.rows, made.spec.columns}:
            words = body_and_year(own.head).removeprefix(own.head.body).strip() if finals else year_text(own.head)
            titles[year_key(own)] = words or year_text(own.head)
    return titles
