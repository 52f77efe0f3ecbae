"""What the checks read of a disclosure that an older version has read."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from budget.checks import findings
from budget.checks.rule import Outcome
from tests.support.small import small


def test_figures_without_their_table_are_not_accused() -> None:
    """An older version kept no table and no meaning of a figure: every total would be a total of everything."""
    held = small(years=(2025,))
    now = [finding.check for finding in findings(held) if finding.outcome is Outcome.DISCREPANCY]
    assert now == ["sum_of_rows", "sum_of_rows"]
    meaningless = {
        name: pl.lit("", dtype=pl.String).cast(held.cells.schema[name])
        for name in ("flow", "fund", "kind", "function", "economic", "item", "project", "unit", "version")
    }
    old = replace(held, cells=held.cells.with_columns(table_no=pl.lit(0, dtype=pl.Int32), **meaningless))
    outcomes = {finding.check: finding.outcome for finding in findings(old)}
    assert outcomes["sum_of_rows"] is outcomes["same_figure"] is Outcome.NOT_APPLICABLE
    assert Outcome.DISCREPANCY not in outcomes.values()
