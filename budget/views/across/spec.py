"""What a pivot asks for: one frozen value, and its one-line text that states, bookmarks and commands hold."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, unquote

from budget.i18n.language import N_
from budget.views.state import Scope

BODY, YEAR = "body", "year"
PRINTED = ("function", "economic", "kind", "fund", "item", "project", "unit", "flow", "version")
"""Dimensions of the figures themselves."""
DIMENSIONS = (*PRINTED, BODY, YEAR)
DIMENSION_WORDS = {
    "function": N_("功能分类"),
    "economic": N_("经济分类"),
    "kind": N_("支出性质"),
    "fund": N_("资金"),
    "item": N_("重要事项"),
    "project": N_("项目"),
    "unit": N_("所属单位"),
    "flow": N_("收支"),
    "version": N_("预算口径"),
    BODY: N_("部门（单位）"),
    YEAR: N_("年度"),
}
AMOUNT, SHARE = "amount", "share"
MEASURES = (AMOUNT, SHARE)
_MEASURE = "measure"


class PivotSpec(NamedTuple):
    """Rows against columns; what the filters and the dimensions do not name is the whole."""

    rows: str = "function"
    columns: str = "kind"
    where: tuple[tuple[str, str], ...] = ()
    """Dimension and value of each filter; '' is the whole of a dimension."""
    measure: str = AMOUNT
    """`amount`, or `share` of the total of its column in per cent."""

    @property
    def text(self) -> str:
        """function/kind/fund=general_public: what `spec_of` reads."""
        filters = [f"{name}={quote(value, safe='')}" for name, value in self.where]
        measure = [f"{_MEASURE}={self.measure}"] if self.measure != AMOUNT else []
        return "/".join([self.rows, self.columns, *filters, *measure])

    def given(self, dimension: str) -> str | None:
        """The value that a filter asks for; None without one."""
        return dict(self.where).get(dimension)

    def names(self, dimension: str) -> bool:
        """Whether rows, columns or a filter are about a dimension."""
        return dimension in {self.rows, self.columns} or self.given(dimension) is not None


ROWS_BY_SCOPE = {
    Scope.BY_FUNCTION.value: "function",
    Scope.BY_ECONOMIC.value: "economic",
    Scope.BY_KIND.value: "kind",
    Scope.BY_FUND.value: "fund",
    Scope.BY_ITEM.value: "item",
    Scope.BY_PROJECT.value: "project",
}
"""Scopes that name the rows of a view across documents."""


def spec_by(scope: str, columns: str) -> PivotSpec:
    """The spec whose rows a scope names; by function where it names none."""
    rows = ROWS_BY_SCOPE.get(scope, "function")
    return PivotSpec(rows, columns, (("flow", "revenue"),) if rows == "fund" else ())


def spec_of(text: str) -> PivotSpec | None:
    """The spec that a text names; None where it names none."""
    parts = text.split("/")
    if len(parts) < 2 or not {parts[0], parts[1]} <= set(DIMENSIONS) or parts[0] == parts[1]:  # noqa: PLR2004
        return None
    where: list[tuple[str, str]] = []
    measure = AMOUNT
    for part in parts[2:]:
        name, equals, value = part.partition("=")
        if name == _MEASURE and value in MEASURES:
            measure = value
        elif equals and name in DIMENSIONS and name not in dict(where):
            where.append((name, unquote(value)))
        else:
            return None
    return PivotSpec(parts[0], parts[1], tuple(where), measure)
