"""A browser of 1,000,000 disclosures that are stored nowhere. The cursor benchmark opens it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.app import run
from tui.library.loaded import LoadedFrames

if TYPE_CHECKING:
    import polars as pl

ROWS = 1_000_000


def load() -> LoadedFrames:
    """Make frames of ROWS disclosures, each with its total of table 1."""
    import polars as pl

    from budget.library.frames import CELLS, DISCLOSURES, STATEMENTS, Frames, concat
    from budget.views.state import ViewState

    number = pl.int_range(1, ROWS + 1, eager=True)
    heads = pl.DataFrame({"number": number}).select(
        pl.format("{}", "number").str.zfill(16).alias("disclosure_id"),
        pl.format("第{}号医疗保障局（虚构）", "number").alias("body"),
        (2016 + pl.col("number") % 10).alias("fiscal_year"),
        pl.lit("budget").alias("phase"),
        pl.lit("department").alias("edition"),
        pl.format("{}.txt", "number").alias("source_name"),
        (pl.col("number") * 12_300).alias("amount_fen"),
    )
    own = pl.lit("revenue_expenditure_summary").alias("statement")
    cells = heads.select(
        "disclosure_id",
        "amount_fen",
        own,
        pl.lit("revenue").alias("side"),
        pl.lit("grand_total").alias("row_kind"),
        pl.lit("total").alias("measure"),
        pl.lit(5_000).alias("half_unit"),
        pl.lit("printed").alias("column_status"),
    )
    filled = Frames(
        disclosures=_filled(heads, DISCLOSURES),
        statements=_filled(heads.select("disclosure_id", own), STATEMENTS),
        lines=concat([]).lines,
        cells=_filled(cells, CELLS),
        passages=concat([]).passages,
        notices=concat([]).notices,
    )
    return LoadedFrames(filled, ViewState())


def _filled(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """Give a frame the columns of a schema; texts that it has none of are blank, as in what is read."""
    import polars as pl

    have = set(frame.columns)
    return frame.select(
        (pl.col(name) if name in have else pl.lit("" if dtype == pl.String else None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )


if __name__ == "__main__":
    sys.exit(run(load))
