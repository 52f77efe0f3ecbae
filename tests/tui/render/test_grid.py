"""How a table is laid out for the screen."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from budget.views.registry import view_table
from budget.views.state import View, ViewState
from tests.support.small import small
from tui.render.grid import grid
from tui.terminal.glyphs import BLOCKS


def test_a_column_of_words_without_any_leaves_its_place_to_the_name() -> None:
    held = small()
    table = view_table(ViewState(held.disclosures["disclosure_id"][0], view=View.EXPENDITURE), held)
    assert "编码" in grid(table, BLOCKS).header.frozen
    bare = replace(
        table,
        frame=table.frame.with_columns(code=pl.lit(None, pl.String)),
        totals=table.totals.with_columns(code=pl.lit("")),
    )
    assert grid(bare, BLOCKS).header.frozen == ""
    assert grid(replace(bare, frame=table.frame), BLOCKS).header.frozen == grid(table, BLOCKS).header.frozen
    nothing = replace(table, frame=table.frame.clear(), totals=table.totals.clear())
    assert "编码" in grid(nothing, BLOCKS).header.frozen, "the heads of an empty table tell what is missing"
