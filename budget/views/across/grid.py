"""The engine: figures of documents, chosen by a spec and laid out as rows against columns.

What a spec does not name is the whole of a dimension.  Where no table prints the whole, the widest fund and kind of
expenditure are taken that the documents print: one for all of them, so that no column is wider than another.  Totals
are printed where they are printed, else the sum of their parts and marked as computed; what is not printed is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import polars.selectors as cs

from budget.model.disclosure import AmountOrigin, Phase
from budget.reading.rows import COMPUTED
from budget.views.across.figures import CURRENT, DIMENSIONS, FIGURES, figures_of
from budget.views.across.spec import BODY, PRINTED, YEAR
from budget.views.across.words import ADDITIVE, CODED, above, order, within_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from budget.reading.disclosure import OpenDisclosure
    from budget.views.across.spec import PivotSpec

FUNDS = ("", "appropriation", "general_public", "government_fund", "state_capital")
KINDS = ("", "basic", "project", "basic.operating", "basic.personnel")
"""Funds and kinds of expenditure that may stand for the whole, the widest first."""
PROJECT_KEY = "|"
"""Between the function and the name of a project: one name may stand under two functions."""
_AXES = ("row", "column")
_CLASS = 3
"""Digits of an economic class."""
_LEAST = 2
"""One part in so many of the rows that the best choice has makes a wider fund the better one."""


class Cell(NamedTuple):
    """An amount in fen with its reliability, and where it is printed; without a place where it was added up."""

    fen: int
    half_unit: int
    status: str
    origin: str = AmountOrigin.PRINTED.value
    disclosure: str = ""
    statement: str = ""
    row_no: int | None = None
    page: int | None = None
    line: int | None = None
    differs: bool = False
    """Whether another table prints another amount for the same fact."""

    @property
    def computed(self) -> bool:
        """Whether nobody prints the amount."""
        return self.status == COMPUTED


@dataclass(frozen=True)
class Grid:
    """Rows against columns; '' is the whole of either."""

    spec: PivotSpec
    documents: tuple[OpenDisclosure, ...]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    fund: str | None = None
    """The fund of all amounts; None where it is one of the axes."""
    kind: str | None = None
    funds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """disclosure_id -> the funds of its items, which one document prints of other funds than the next."""
    figures: pl.DataFrame = field(default_factory=FIGURES.to_frame)
    """The facts of all cells, of FIGURES, with the `row` and the `column` of each."""


def grid(spec: PivotSpec, documents: Sequence[OpenDisclosure]) -> Grid:
    """The amounts that a spec asks for; amounts in fen.

    What two documents of one body and year print of one version is taken from the first.
    """
    every = _placed(spec, documents)
    base = _filtered(spec, every if spec.names("project") else _with_projects(every))
    base, funds = _of_items(spec, base)
    fund, kind = _widest(spec, base)
    wanted = {"fund": fund, "kind": kind}
    chosen = base.filter(
        *(pl.col(name) == value for name, value in wanted.items() if value is not None),
        pl.lit(value=True),
    )
    chosen = chosen.filter((pl.col("row") != CURRENT) & (pl.col("column") != CURRENT))
    found = _cells(chosen)
    rows, columns = _axis(spec.rows, found, 0), _axis(spec.columns, found, 1)
    columns = _tops(spec.columns, columns) if spec.columns in CODED else columns
    if {spec.rows, spec.columns} & {BODY, YEAR}:
        _fill(spec, found, rows, columns)
        _fill_across(spec, found, rows, columns)
    _add_totals(spec, found, rows, columns, _Printed(base, wanted))
    kept = {(row, column): cell for (row, column), cell in found.items() if {row, column} & {""} or column in columns}
    filled = tuple(row for row in rows if any((row, column) in kept for column in (*columns, "")))
    return Grid(spec, tuple(documents), filled, columns, kept, fund, kind, funds, chosen)


def _placed(spec: PivotSpec, documents: Sequence[OpenDisclosure]) -> pl.DataFrame:
    """The figures of all documents with the row and the column of each."""
    bodies = body_keys(documents)
    asked = [own for own in documents if _asked(spec, own, bodies)]
    heads = pl.DataFrame(
        [(own.disclosure_id, bodies[own.disclosure_id], year_key(own), _version(own)) for own in asked],
        schema=dict.fromkeys(("disclosure_id", "#body", "#year", "#version"), pl.String),
        orient="row",
    )
    found = figures_of(asked).join(heads, on="disclosure_id", maintain_order="left")
    if not spec.names("version"):  # what a document is about: its budget, or what was spent; '' where it does not say
        own = pl.col("version") == pl.col("#version")
        found = found.filter(own | (~own.any().over("disclosure_id") & (pl.col("version") == "")))
    made = {
        "project": pl.when(pl.col("project") == "")
        .then(pl.lit(""))
        .otherwise(pl.concat_str("function", "project", separator=PROJECT_KEY)),
        BODY: pl.col("#body"),
        YEAR: pl.col("#year"),
    }
    axes = dict(zip(_AXES, (spec.rows, spec.columns), strict=True))
    found = found.with_columns(
        made.get(name, pl.col(name) if name in PRINTED else pl.lit("")).alias(axis) for axis, name in axes.items()
    )
    if "version" in axes.values():
        # final accounts repeat the budget of their year: the document that is about it counts
        year = pl.col("#year").str.strip_suffix("f")
        once = ["row", "column", *DIMENSIONS, "#body", "#fiscal"]
        found = found.with_columns(year.alias("#fiscal")).unique(once, keep="first", maintain_order=True)
    return found.select(~cs.starts_with("#"))


def _version(own: OpenDisclosure) -> str:
    return "final" if own.head.phase == Phase.FINAL_ACCOUNTS else "budget"


def body_keys(documents: Iterable[OpenDisclosure]) -> dict[str, str]:
    """disclosure_id -> what stands for its body: the first document of that body."""
    first: list[OpenDisclosure] = []
    keys = {}
    for own in documents:
        alike = (one for one in first if own.head.names and one.head.of_body(own.head))
        found = next(alike, None)
        if found is None:
            first.append(own)
        keys[own.disclosure_id] = (found or own).disclosure_id
    return keys


def year_key(own: OpenDisclosure) -> str:
    """What stands for the year of a document: year and phase."""
    return f"{own.head.fiscal_year or ''}{'f' if own.head.phase == Phase.FINAL_ACCOUNTS else ''}"


def _asked(spec: PivotSpec, own: OpenDisclosure, bodies: Mapping[str, str]) -> bool:
    """Whether a filter on body or year leaves a document; a body is named by a part of its name."""
    body, year = spec.given(BODY), spec.given(YEAR)
    return (body is None or any(body in name for name in own.head.names) or bodies[own.disclosure_id] == body) and (
        year is None or year in {year_key(own), str(own.head.fiscal_year or "")}
    )


def _with_projects(every: pl.DataFrame) -> pl.DataFrame:
    """With what only projects print, added up by function and economic class.

    Only where the projects of a function make its printed total, and their classes make them.
    """
    keys = ["disclosure_id", *(name for name in DIMENSIONS if name not in {"project", "economic"})]
    listed = every.filter((pl.col("project") != "") & (pl.col("function") != ""))
    wholes = listed.filter(pl.col("economic") == "").group_by(keys).agg(sum=pl.col("amount_fen").sum(), n=pl.len())
    classes = listed.filter(pl.col("economic").str.len_chars() == _CLASS)
    split = classes.group_by(keys).agg(split=pl.col("amount_fen").sum(), pieces=pl.len())
    printed = every.filter((pl.col("project") == "") & (pl.col("economic") == ""))
    proved = (
        printed.join(wholes, on=keys)
        .join(split, on=keys)
        .filter(
            (pl.col("sum") - pl.col("amount_fen")).abs() <= (pl.col("n") + 1) * pl.col("half_unit"),
            (pl.col("split") - pl.col("sum")).abs() <= (pl.col("pieces") + 1) * pl.col("half_unit"),
        )
        .select(keys)
    )
    places = [name for name in every.columns if name not in {*keys, "economic", "project", "amount_fen", "addends"}]
    made = (
        classes.join(proved, on=keys, how="semi")
        .group_by([*keys, "economic"], maintain_order=True)
        .agg(
            pl.col("amount_fen").sum(),
            pl.lit("").alias("project").first(),
            (pl.len() + 1).cast(pl.UInt32).alias("addends"),
            *(pl.col(name).first() for name in places),
        )
        .join(every, on=[*keys, "economic", "project"], how="anti")
    )
    return pl.concat([every, made.select(every.columns)])


def _filtered(spec: PivotSpec, every: pl.DataFrame) -> pl.DataFrame:
    """Without fund and kind: what the filters ask for, and the whole of what nothing names."""
    axes = {spec.rows: "row", spec.columns: "column"}
    by_project = spec.names("project")
    kept = every
    if by_project and not spec.names("function"):  # a project stands under its function, the whole under none
        kept = kept.filter((pl.col("project") != "") | (pl.col("function") == ""))
    for name in PRINTED:
        given = spec.given(name)
        if given is not None:
            if name in axes:
                own = [value for value in kept[name].unique() if within_value(name, value, given)]
                # the whole of what is asked for is the total of its axis
                kept = kept.filter(pl.col(name).is_in(own)).with_columns(
                    pl.when(pl.col(name) == given).then(pl.lit("")).otherwise(pl.col(axes[name])).alias(axes[name])
                )
            else:
                kept = kept.filter(pl.col(name) == given)
        elif name not in {*axes, "fund", "kind", "version"} and not (name == "function" and by_project):
            kept = kept.filter(pl.col(name) == ("expenditure" if name == "flow" else ""))
    for axis in _AXES:
        if kept.filter(pl.col(axis).str.starts_with("3")).height and "economic" in axes and axes["economic"] == axis:
            kept = kept.filter(~pl.col(axis).str.starts_with("5"))  # the other classification of the same money
    return kept


def _of_items(spec: PivotSpec, base: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, tuple[str, ...]]]:
    """Items of each document of the widest fund of which it prints them, as if of all funds; and which fund that is.

    Items as “三公” are of one fund by their nature, which some documents name and others do not.
    """
    if "item" not in {spec.rows, spec.columns} or spec.names("fund"):
        return base, {}
    widest = (
        base.filter(pl.col("item") != "", pl.col("fund").is_in(FUNDS))
        .with_columns(place=pl.col("fund").replace_strict({fund: at for at, fund in enumerate(FUNDS)}))
        .sort("place", maintain_order=True)
        .unique(["disclosure_id", "item"], keep="first", maintain_order=True)
        .select("disclosure_id", "item", "fund")
    )
    kept = base.filter(pl.col("item") != "").join(
        widest, on=["disclosure_id", "item", "fund"], how="semi", maintain_order="left"
    )
    named = kept.group_by("disclosure_id").agg(pl.col("fund").unique().sort())
    funds = {key: tuple(of) for key, of in named.iter_rows()}
    return kept.with_columns(fund=pl.lit("")), funds


def _widest(spec: PivotSpec, base: pl.DataFrame) -> tuple[str | None, str | None]:
    """Fund and kind of all amounts: of those that most documents print the widest, unless it has hardly a row."""
    choices = {
        name: [None]
        if name in {spec.rows, spec.columns}
        else [spec.given(name)]
        if spec.given(name) is not None
        else list(known)
        for name, known in (("fund", FUNDS), ("kind", KINDS))
    }
    inner = base.filter((pl.col("row") != "") & (pl.col("column") != ""))
    for listed in (inner.filter(~pl.col("two_sided")), inner):
        counted = []
        for kind in choices["kind"]:
            for fund in choices["fund"]:
                own = listed.filter(
                    *(pl.col(name) == value for name, value in (("fund", fund), ("kind", kind)) if value is not None),
                    pl.lit(value=True),
                )
                counted.append((own["disclosure_id"].n_unique(), own["row"].n_unique(), fund, kind))
        most = max((documents for documents, *_ in counted), default=0)
        if most:
            able = [one for one in counted if one[0] == most]
            rows = max(number for _, number, *_ in able)
            return next((fund, kind) for _, number, fund, kind in able if number * _LEAST >= rows)
    return choices["fund"][0], choices["kind"][0]


def _cells(chosen: pl.DataFrame) -> dict[tuple[str, str], Cell]:
    """The amount of each row and column; several facts of one cell are added up."""
    several: dict[tuple[str, str], list[Cell]] = {}
    for record in chosen.iter_rows(named=True):
        several.setdefault((record["row"], record["column"]), []).append(cell_of(record))
    return {key: ones[0] if len(ones) == 1 else added(ones) for key, ones in several.items()}


def cell_of(record: Mapping[str, object]) -> Cell:
    """The cell that a line of figures makes."""
    whole = dict(record)
    several = isinstance(addends := whole["addends"], int) and addends > 1
    return Cell(
        fen=whole["amount_fen"],  # type: ignore[arg-type]
        half_unit=whole["half_unit"],  # type: ignore[arg-type]
        status=COMPUTED if several else str(whole["column_status"]),
        origin=str(whole["origin"]),
        disclosure=str(whole["disclosure_id"]),
        statement=str(whole["statement"]),
        row_no=whole["row_no"],  # type: ignore[arg-type]
        page=whole["page"],  # type: ignore[arg-type]
        line=whole["line"],  # type: ignore[arg-type]
        differs=bool(whole["differs"]),
    )


def added(cells: Sequence[Cell]) -> Cell:
    """The sum of cells, marked as computed."""
    origins = [cell.origin for cell in cells if cell.origin != AmountOrigin.PRINTED]
    return Cell(
        sum(cell.fen for cell in cells),
        max(cell.half_unit for cell in cells),
        COMPUTED,
        next(iter(origins), AmountOrigin.PRINTED.value),
    )


def agree(whole: Cell, parts: Sequence[Cell]) -> bool:
    """Whether parts make a whole, as near as they are rounded."""
    room = (len(parts) + 1) * max(cell.half_unit for cell in (whole, *parts))
    return abs(whole.fen - sum(cell.fen for cell in parts)) <= room


def _axis(dimension: str, found: Mapping[tuple[str, str], Cell], place: int) -> tuple[str, ...]:
    values = dict.fromkeys(key[place] for key in found if key[place])
    return tuple(order(dimension, values))


def _tops(dimension: str, values: Sequence[str]) -> tuple[str, ...]:
    """Values without another above them."""
    known = set(values)
    return tuple(value for value in values if not any(one in known for one in above(dimension, value)))


def _below(dimension: str, values: Sequence[str], whole: str) -> list[str]:
    """The values right below another; those without one above them below ''."""
    known = set(values)
    return [value for value in values if next((one for one in above(dimension, value) if one in known), "") == whole]


def _fill(spec: PivotSpec, found: dict[tuple[str, str], Cell], rows: Sequence[str], columns: Sequence[str]) -> None:
    """Headings of codes that one document leaves out: the sum of what it prints below, where the next whole proves it.

    A whole that is printed nowhere proves nothing: then the heading stays unknown.
    """
    if spec.rows not in CODED:
        return
    for column in columns:
        for row in sorted(rows, key=len, reverse=True):
            below = [found[key] for one in _below(spec.rows, rows, row) if (key := (one, column)) in found]
            if (row, column) in found or not below:
                continue
            total = added(below)
            whole = next((found[key] for one in (*above(spec.rows, row), "") if (key := (one, column)) in found), None)
            if whole is None:
                continue
            found[row, column] = total
            top = next(one for one in (*above(spec.rows, row), "") if (one, column) in found)
            beside = [found[key] for one in _below(spec.rows, rows, top) if (key := (one, column)) in found]
            if not agree(whole, beside):
                del found[row, column]


def _fill_across(
    spec: PivotSpec, found: dict[tuple[str, str], Cell], rows: Sequence[str], columns: Sequence[str]
) -> None:
    """The same where the documents are the rows."""
    if spec.columns in CODED:
        turned = {(column, row): cell for (row, column), cell in found.items()}
        _fill(spec._replace(rows=spec.columns, columns=spec.rows), turned, columns, rows)
        found |= {(row, column): cell for (column, row), cell in turned.items()}


class _Printed:
    """Printed totals: of everything, and of this year's money alone."""

    def __init__(self, base: pl.DataFrame, wanted: Mapping[str, str | None]) -> None:
        self._found: dict[tuple[str, str], list[Cell]] = {}
        allowed = [pl.lit(value=True)]
        allowed += [pl.col(name).is_in([value, CURRENT]) for name, value in wanted.items() if value is not None]
        ends = base.filter(pl.col("row").is_in(["", CURRENT]) | pl.col("column").is_in(["", CURRENT]), *allowed)
        ordered = ends.with_columns(late=pl.any_horizontal(pl.col("row", "column", "fund", "kind") == CURRENT)).sort(
            "late", maintain_order=True
        )
        for record in ordered.iter_rows(named=True):
            key = tuple("" if record[axis] == CURRENT else record[axis] for axis in _AXES)
            self._found.setdefault((key[0], key[1]), []).append(cell_of(record))

    def of(self, key: tuple[str, str], parts: Sequence[Cell]) -> Cell | None:
        """The printed total that the parts make, else the first; None where none is printed."""
        candidates = self._found.get(key, [])
        proved = (cell for cell in candidates if parts and agree(cell, parts))
        return next(proved, next(iter(candidates), None))


def _add_totals(
    spec: PivotSpec,
    found: dict[tuple[str, str], Cell],
    rows: Sequence[str],
    columns: Sequence[str],
    printed: _Printed,
) -> None:
    """Totals of columns and of rows: printed, else the sum of parts that are known to be all of them."""
    own, beside = _below(spec.rows, rows, ""), _below(spec.columns, columns, "")
    for place, dimension in enumerate((spec.rows, spec.columns)):
        if dimension not in ADDITIVE:
            for key in [key for key in found if not key[place]]:
                del found[key]
    if spec.rows in ADDITIVE:
        _total_line(found, {("", column): [(row, column) for row in own] for column in columns}, printed, own)
    if spec.columns in ADDITIVE:
        wanted = {(row, ""): [(row, column) for column in beside] for row in rows}
        whole = {("", ""): [("", column) for column in beside]} if spec.rows in ADDITIVE else {}
        _total_line(found, wanted | whole, printed, beside, own)


def _total_line(
    found: dict[tuple[str, str], Cell],
    lines: Mapping[tuple[str, str], list[tuple[str, str]]],
    printed: _Printed,
    tops: Sequence[str],
    across: Sequence[str] = (),
) -> None:
    """The totals of the rows, or of the columns; `tops` are the parts of each, `across` the parts of the other axis.

    A missing part of a sum is nothing only where what the others print of it is shown to be all.
    """
    parts = {key: [found[place] for place in places if place in found] for key, places in lines.items()}
    totals = {key: cell for key in lines if (cell := printed.of(key, parts[key])) is not None}
    found |= totals
    if not all(agree(cell, parts[key]) for key, cell in totals.items() if parts[key]):
        return
    full = {top for top in tops if across and _is_full(found, top, across)}
    for key, places in lines.items():
        absent = {place[0] if key[0] == "" and key[1] else place[1] for place in places if place not in found}
        if key not in found and parts[key] and (not across or absent <= full):
            found[key] = added(parts[key])


def _is_full(found: Mapping[tuple[str, str], Cell], column: str, rows: Sequence[str]) -> bool:
    """Whether the printed total of a column is the sum of what it prints."""
    total = found.get(("", column))
    printed = [found[row, column] for row in rows if (row, column) in found]
    return total is not None and not total.computed and bool(printed) and agree(total, printed)
