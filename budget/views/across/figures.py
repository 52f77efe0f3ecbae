"""What one disclosure prints for its coordinates, each fact once: one line a fact, in Polars.

A fact that five tables print is one line: the amount that most of them print, from the table that is surest of its
columns and made for it.  Two rows of one table with the same coordinates are two parts and are added, unless one of
them says that it is the total; a fund beside its transfer is printed without it, and the transfer is added.  Words that
have no value take no part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from budget.checks.tables.trees import is_total
from budget.model.coordinates import Coordinates
from budget.model.disclosure import AmountOrigin, ColumnStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.reading.disclosure import OpenDisclosure

DIMENSIONS = Coordinates._fields
_TYPES: dict[str, Any] = {
    "disclosure_id": pl.String,
    **{name: pl.String() for name in DIMENSIONS},
    "amount_fen": pl.Int64,
    "half_unit": pl.Int64,
    "column_status": pl.String,
    "origin": pl.String,
    "statement": pl.String,
    "row_no": pl.Int32,
    "page": pl.Int64,
    "line": pl.Int64,
    "addends": pl.UInt32,
    "prints": pl.UInt32,
    "two_sided": pl.Boolean,
    "differs": pl.Boolean,
}
FIGURES = pl.Schema(_TYPES)
"""One line a fact.

addends    how many printed amounts were added
prints     how many tables print it
two_sided  whether only a summary of both sides prints it
differs    whether another table prints another amount
"""
_KEPT, _FACTS = "figures of documents", "figures"
CURRENT = "current"
"""This year's money, and what is spent of it: all of it, where no balance is meant."""
_STATUSES = [status.value for status in ColumnStatus]
"""From the surest to the least sure."""
_BESIDE = ("procurement", "targets", "assets", "carryover")
"""Breakdowns of tables that repeat amounts of others for another purpose."""
_TRANSFER = ".transfer"
_ITEMS_OF_THEIR_OWN = "procurement"


def figures(own: OpenDisclosure) -> pl.DataFrame:
    """The facts of a disclosure, of the schema FIGURES; amounts in fen."""
    return figures_of([own])


def figures_of(documents: Sequence[OpenDisclosure]) -> pl.DataFrame:
    """The facts of some disclosures. Each is looked through once while it is open."""
    new = [own for own in documents if _FACTS not in _kept(own)]
    if new:
        found = _chosen(_prints(new))
        parts = {str(key[0]): part for key, part in found.partition_by("disclosure_id", as_dict=True).items()}
        for own in new:
            _kept(own)[_FACTS] = parts.get(own.disclosure_id, FIGURES.to_frame())
    return pl.concat([FIGURES.to_frame(), *(_kept(own)[_FACTS] for own in documents)])


def _kept(own: OpenDisclosure) -> dict[str, pl.DataFrame]:
    made: dict[str, pl.DataFrame] = own.once(_KEPT, dict)
    return made


def prints(own: OpenDisclosure) -> pl.DataFrame:
    """What each table prints for its coordinates: the lines that `figures` chooses from."""
    return own.once("prints", lambda: _prints([own]))


def _chosen(found: pl.DataFrame) -> pl.DataFrame:
    if found.is_empty():
        return FIGURES.to_frame()
    keys = ["disclosure_id", *DIMENSIONS]
    chosen = (
        found.with_columns(votes=pl.len().over([*keys, "amount_fen"]))
        .sort(["doubt", "beside", "votes", "summary", "table_no"], descending=[False, False, True, False, False])
        .group_by(keys, maintain_order=True)
        .agg(
            pl.col("amount_fen", "half_unit", "column_status", "origin", "statement", "row_no", "page", "line").first(),
            pl.col("addends").first(),
            prints=pl.len(),
            two_sided=pl.col("summary").all(),
            differs=(pl.col("amount_fen").max() - pl.col("amount_fen").min()) > 2 * pl.col("half_unit").max(),
        )
    )
    return _whole(chosen).select(pl.col(name).cast(kind) for name, kind in FIGURES.items())


def _whole(chosen: pl.DataFrame) -> pl.DataFrame:
    """What is printed for this year's money alone stands for all of it, where a function or a project is named.

    The totals of a budget and of its year are both kept: which one the parts make is seen where they are added.
    """
    named = (pl.col("function") != "") | (pl.col("economic") != "") | (pl.col("project") != "")
    plain = chosen.with_columns(
        pl.when(named & (pl.col(name) == CURRENT)).then(pl.lit("")).otherwise(pl.col(name)).alias(name)
        for name in ("fund", "kind")
    )
    return plain.unique(["disclosure_id", *DIMENSIONS], keep="first", maintain_order=True)


def _prints(documents: Sequence[OpenDisclosure]) -> pl.DataFrame:
    cells = pl.concat([own.cells for own in documents])
    tables = pl.DataFrame(
        [
            (own.disclosure_id, table.statement, table.breakdown in _BESIDE, table.breakdown == "two_sided")
            for own in documents
            for table in own.tables
            if not table.uncertain
        ],
        schema={"disclosure_id": pl.String, "statement": pl.String, "beside": pl.Boolean, "summary": pl.Boolean},
        orient="row",
    ).unique(["disclosure_id", "statement"], keep="first", maintain_order=True)
    uncertain = pl.DataFrame(
        [(own.disclosure_id, table.statement) for own in documents for table in own.tables if table.uncertain],
        schema={"disclosure_id": pl.String, "statement": pl.String},
        orient="row",
    )
    known = pl.all_horizontal(pl.col(*DIMENSIONS).fill_null("").str.starts_with("?").not_())
    labels = {label: is_total(label) for label in _last_labels(cells)}
    read = (
        cells.filter(known)
        .join(uncertain, on=["disclosure_id", "statement"], how="anti")
        .with_columns(pl.col(*DIMENSIONS, "standard_code").fill_null(""))
        .with_columns(*_standard())
        .join(tables, on=["disclosure_id", "statement"], how="left")
        .with_columns(
            pl.col("beside").fill_null(value=False) & ~pl.col("item").str.starts_with(_ITEMS_OF_THEIR_OWN),
            pl.col("summary").fill_null(value=False),
            total=pl.col("row_path").list.last().fill_null("").replace_strict(labels, default=True),
            doubt=pl.col("column_status").replace_strict(
                {status: place for place, status in enumerate(_STATUSES)}, default=len(_STATUSES)
            ),
        )
        .sort("disclosure_id", "table_no", "row_no", "column_no")
    )
    return _with_transfers(_of_tables(read))


def _last_labels(cells: pl.DataFrame) -> list[str]:
    return cells.select(pl.col("row_path").list.last().fill_null("").unique()).to_series().to_list()


def _standard() -> list[pl.Expr]:
    """Codes by what their names mean today."""
    code = pl.col("standard_code")
    functional = code.str.starts_with("2")
    return [
        pl.when((code != "") & (pl.col(name) != "") & of_kind).then(code).otherwise(pl.col(name)).alias(name)
        for name, of_kind in (("function", functional), ("economic", ~functional))
    ]


def _of_tables(read: pl.DataFrame) -> pl.DataFrame:
    """One line a table and coordinates: the parts added, the total where one of them is."""
    place = ("row_no", "column_no", "page", "line", "beside", "summary", "table_no")
    unlike = pl.col("origin").filter(pl.col("origin") != AmountOrigin.PRINTED.value)
    amount = pl.col("amount_fen")
    totals = amount.filter(pl.col("total"))
    # the same amount again is the same figure; a total among them is the figure
    one = (amount.n_unique() == 1) | (totals.len() > 0)
    best = pl.when(totals.len() > 0).then(totals.last()).otherwise(amount.first())
    return read.group_by(["disclosure_id", "statement", *DIMENSIONS], maintain_order=True).agg(
        amount_fen=pl.when(one).then(best).otherwise(amount.sum()),
        half_unit=pl.col("half_unit").max(),
        addends=pl.when(one).then(pl.lit(1, dtype=pl.UInt32)).otherwise(pl.len()),
        doubt=pl.col("doubt").max(),
        rows=pl.len(),
        above=pl.col("row_path").first().list.head(pl.col("row_path").first().list.len() - 1),
        heads=pl.col("column_path").first().list.head(pl.col("column_path").first().list.len() - 1),
        column_status=pl.col("column_status").sort_by("doubt").last(),
        origin=pl.when(unlike.len() > 0).then(unlike.first()).otherwise(pl.lit(AmountOrigin.PRINTED.value)),
        **{name: pl.col(name).first() for name in place},
    )


def _with_transfers(found: pl.DataFrame) -> pl.DataFrame:
    """Add to a fund the transfer that its table prints beside it."""
    keys = ["disclosure_id", "statement", *DIMENSIONS]
    transfers = found.filter(pl.col("fund").str.ends_with(_TRANSFER) & (pl.col("amount_fen") != 0)).with_columns(
        pl.col("fund").str.strip_suffix(_TRANSFER)
    )
    beside = found.filter(pl.col("rows") == 1).join(
        transfers.select(*keys, "amount_fen", "row_no", "column_no", "above", "heads", "doubt"), on=keys, suffix="@2"
    )
    same_row = (pl.col("row_no") == pl.col("row_no@2")) & (pl.col("heads") == pl.col("heads@2"))
    same_column = (pl.col("column_no") == pl.col("column_no@2")) & (pl.col("above") == pl.col("above@2"))
    added = beside.filter(same_row | same_column).select(*keys, transfer="amount_fen@2")
    return (
        found.join(added, on=keys, how="left", maintain_order="left")
        .with_columns(
            amount_fen=pl.col("amount_fen") + pl.col("transfer").fill_null(0),
            addends=pl.col("addends") + pl.col("transfer").is_not_null().cast(pl.UInt32),
        )
        .drop("transfer", "above", "heads", "rows")
    )
