"""What a list of disclosures shows of each: its total, how many statements it has, what was not read."""

from __future__ import annotations

import polars as pl

from budget.model.disclosure import RowKind, Severity, Side, StatementId

_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "disclosure_id": pl.String,
    "total": pl.Int64,
    "half_unit": pl.Int64,
    "column_status": pl.String,
    "origin": pl.String,
    "statements": pl.Int64,
    Severity.LOST.value: pl.Int64,
    Severity.UNCERTAIN.value: pl.Int64,
    Severity.INFO.value: pl.Int64,
    "notice": pl.String,
    "notice_values": pl.List(pl.String),
    "notice_line": pl.Int64,
}
LISTING = pl.Schema(_COLUMNS)
"""One row a disclosure: the cell of its total revenue, numbers of statements and of notices by their severity.

`notice` is the text of the first notice that tells of a loss, else of a doubt, `notice_values` stand in its places.
"""


def headline(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells that a list of disclosures needs of each: the grand totals of the first table."""
    return cells.filter(
        (pl.col("statement") == StatementId.REVENUE_EXPENDITURE_SUMMARY.value)
        & (pl.col("row_kind") == RowKind.GRAND_TOTAL.value)
    )


def listing(
    disclosures: pl.DataFrame, statements: pl.DataFrame, notices: pl.DataFrame, cells: pl.DataFrame
) -> pl.DataFrame:
    """What is shown of each of these disclosures, in their order; the other frames may hold those of others."""
    return (
        disclosures.select("disclosure_id")
        .join(_totals(cells), on="disclosure_id", how="left", maintain_order="left")
        .join(_counted(statements), on="disclosure_id", how="left", maintain_order="left")
        .join(_notices(notices), on="disclosure_id", how="left", maintain_order="left")
        .join(_first_serious(notices), on="disclosure_id", how="left", maintain_order="left")
        .with_columns(pl.col("statements", *_SEVERITIES).fill_null(0))
        .select(pl.col(name).cast(dtype) for name, dtype in LISTING.items())
    )


_SEVERITIES = tuple(severity.value for severity in Severity)


def _totals(cells: pl.DataFrame) -> pl.DataFrame:
    """Total revenue as table 1 prints it."""
    return (
        headline(cells)
        .filter((pl.col("side") == Side.REVENUE.value) & (pl.col("measure") == "total"))
        .unique("disclosure_id", keep="first", maintain_order=True)
        .select("disclosure_id", "half_unit", "column_status", "origin", total="amount_fen")
    )


def _counted(statements: pl.DataFrame) -> pl.DataFrame:
    return statements.group_by("disclosure_id").agg(statements=pl.col("statement").n_unique())


def _notices(notices: pl.DataFrame) -> pl.DataFrame:
    return notices.group_by("disclosure_id").agg(
        (pl.col("severity") == severity).sum().alias(severity) for severity in _SEVERITIES
    )


def _first_serious(notices: pl.DataFrame) -> pl.DataFrame:
    return (
        notices.filter(pl.col("severity") != Severity.INFO.value)
        .sort(pl.col("severity") == Severity.LOST.value, descending=True, maintain_order=True)
        .unique("disclosure_id", keep="first", maintain_order=True)
        .select("disclosure_id", notice="text", notice_values="values", notice_line="line")
    )
