"""Which measures a table has columns for, by what its header says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.disclosure import StatementId
from loaders.tokens import normal

if TYPE_CHECKING:
    from budget.forms.form import Measure, StatementForm
    from loaders.headers import Header

_FUNDS = {StatementId.GOVERNMENT_FUND_EXPENDITURE, StatementId.STATE_CAPITAL_EXPENDITURE}
_PARTS = {"basic", "personnel", "operating"}
_STEM = 4
"""Characters of a header that must be there; more may be torn apart by a wrapped header."""


def of(form: StatementForm, header: Header) -> tuple[str, ...]:
    """The ids of the measures of this table, in printed order; all of the form where the header tells nothing."""
    text = "".join(normal(line.text) for line in header.lines)
    present = tuple(measure for measure in form.measures if _named(measure, text))
    if {measure.id for measure in present} >= _PARTS and "小计" not in text:
        present = tuple(measure for measure in present if measure.id != "basic")  # it heads its parts
    if form.id in _FUNDS and {"personnel", "operating"} <= set(form.measure_ids):
        # 基本支出 heads the two columns personnel and operating where these are printed.
        parts = {"personnel", "operating"}
        without = {"basic"} if not text or "人员经费" in text else parts
        return tuple(measure.id for measure in form.measures if measure.id not in without)
    if header.numbered == len(form.measures) or not text:
        return form.measure_ids
    if header.numbered and len(present) != header.numbered:
        return form.measure_ids
    ids = tuple(measure.id for measure in present)
    alone = form.id == StatementId.REVENUE_EXPENDITURE_SUMMARY  # may have nothing but its total
    return ids if "total" in ids and (len(ids) > 1 or alone) else form.measure_ids


def _named(measure: Measure, header: str) -> bool:
    if measure.id == "total" or "·" in measure.title:
        return True
    return any(normal(text)[:_STEM] in header for text in measure.headers)
