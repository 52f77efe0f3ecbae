"""Views: one module each, pure functions from a ViewState and frames to a ViewTable."""

from __future__ import annotations

from budget.views.dispatch import view_table

__all__ = ["view_table"]
