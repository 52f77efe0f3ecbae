"""Revenue by source, down the functional tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model import StatementId
from budget.views.measures import used_measures
from budget.views.tree import tree_view

if TYPE_CHECKING:
    from budget.views.sources import Sources
    from budget.views.table import ViewTable


def revenue(sources: Sources) -> ViewTable:
    """Every source that has an amount, for the children of the path."""
    statement = StatementId.REVENUE_DETAIL
    return tree_view(sources, statement, used_measures(sources, statement))
