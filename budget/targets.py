"""Targets against the result of the year before, as far as the document's own numbers tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.quantities import number_of, quantity_of

if TYPE_CHECKING:
    from budget.records import Indicator

MORE_IS_BETTER = frozenset({">", ">="})
UNCERTAIN = "uncertain"


def below_prior(indicator: Indicator) -> bool:
    """Whether a target is lower than last year's result.

    Only where both are numbers with the same unit and the operator says that more is better: a result of 0.95 is not
    compared with 95%, and nothing is said of targets that are to be met exactly.
    """
    if indicator.operator not in MORE_IS_BETTER or indicator.status == UNCERTAIN:
        return False
    target, prior = number_of(indicator.target_value), quantity_of(indicator.prior_value.removeprefix("="))
    if target is None or prior is None:
        return False
    wanted = quantity_of(f"{indicator.target_value}{indicator.target_unit}")
    return wanted is not None and wanted.unit == prior.unit and target < prior.number
