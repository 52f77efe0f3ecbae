"""Views: one module each, pure functions from a ViewState and frames to a ViewTable."""

from __future__ import annotations

from budget.views.changes import next_change
from budget.views.detail import DetailCell, RowDetail, row_detail, source_of
from budget.views.dispatch import view_table
from budget.views.navigation import (
    default_baseline,
    enter,
    jump,
    leave,
    neighbour_year,
    open_disclosure,
    place_of,
    set_baseline,
    starting_state,
)

__all__ = [
    "DetailCell",
    "RowDetail",
    "default_baseline",
    "enter",
    "jump",
    "leave",
    "neighbour_year",
    "next_change",
    "open_disclosure",
    "place_of",
    "row_detail",
    "set_baseline",
    "source_of",
    "starting_state",
    "view_table",
]
