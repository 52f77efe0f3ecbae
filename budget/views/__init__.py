"""Views: one module each, pure functions from a ViewState and frames to a ViewTable.

The names are looked up when they are asked for: what names the views (`budget.views.state`) is imported by
`yusuan --help` and before the first paint, and must not bring Polars along.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budget.views.navigation import (
        biggest_change,
        default_baseline,
        enter,
        jump,
        leave,
        neighbour_year,
        next_change,
        open_disclosure,
        place_of,
        set_baseline,
        starting_state,
    )
    from budget.views.registry import view_table
    from budget.views.row.detail import DetailCell, RowDetail, row_detail, source_of

__all__ = [
    "DetailCell",
    "RowDetail",
    "biggest_change",
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
_MODULES = ("registry", "navigation", "row.detail")


def __getattr__(name: str) -> object:
    if name in __all__:
        for module in _MODULES:
            found = import_module(f"budget.views.{module}")
            if hasattr(found, name):
                return getattr(found, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
