"""The dimensions on the screen: what values are called, which lie within which, in which order they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_, joined, tr
from budget.model.codes import name_zh
from budget.model.coordinates import FUND_PARENTS, ITEM_PARENTS, KIND_PARENTS, parent
from budget.model.known import ITEM_NAMES
from budget.views.across.spec import DIMENSION_WORDS, SHARE
from budget.views.english import beside, code_name, spoken
from budget.views.select import FUND_WORDS, KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from budget.reading.disclosure import OpenDisclosure
    from budget.views.across.spec import PivotSpec

_FLOWS = {"revenue": N_("收入"), "expenditure": N_("支出")}
_VERSIONS = {
    "budget": N_("预算数"),
    "prior_budget": N_("上年预算数"),
    "prior_final": N_("上年决算数"),
    "adjusted": N_("调整预算数"),
    "final": N_("决算数"),
    "change": N_("增减"),
}
_ITEMS = {
    **ITEM_NAMES,
    "three_public": N_("“三公”经费"),
    "procurement": N_("政府采购"),
    "procurement.goods": N_("采购·货物"),
    "procurement.works": N_("采购·工程"),
    "procurement.services": N_("采购·服务"),
}
_ITEM_ORDER = (
    *("three_public", "overseas", "vehicles", "vehicle_purchase", "vehicle_running", "reception"),
    *("meetings", "training", "agency_operation"),
    *("procurement", "procurement.goods", "procurement.works", "procurement.services"),
)
_WORDS: dict[str, Mapping[str, str]] = {
    "fund": FUND_WORDS,
    "kind": KIND_WORDS,
    "item": _ITEMS,
    "flow": _FLOWS,
    "version": _VERSIONS,
}
_ORDERS: dict[str, Sequence[str]] = {
    "fund": tuple(FUND_WORDS),
    "kind": tuple(KIND_WORDS),
    "item": _ITEM_ORDER,
    "flow": tuple(_FLOWS),
    "version": tuple(_VERSIONS),
}
_TREES = {"fund": FUND_PARENTS, "kind": KIND_PARENTS, "item": ITEM_PARENTS}
CODED = frozenset({"function", "economic"})
"""Dimensions whose values are codes."""
_STEPS = (5, 3)
"""Digits of the codes above an item."""
ADDITIVE = frozenset({"function", "economic", "kind", "fund", "project", "unit"})
"""Dimensions whose values without another above them are parts of one whole."""


def above(dimension: str, value: str) -> tuple[str, ...]:
    """The values that one lies within, the narrowest first, without ''."""
    if dimension in CODED:
        return tuple(value[:size] for size in _STEPS if size < len(value))
    if dimension not in _TREES:
        return ()
    found = []
    while value := parent(value, _TREES[dimension]):
        found.append(value)
    return tuple(found)


def within_value(dimension: str, value: str, whole: str) -> bool:
    """Whether a value is another or lies within it."""
    return value == whole or whole in above(dimension, value)


def order(dimension: str, values: Iterable[str]) -> list[str]:
    """The values in the order in which they are shown; codes by themselves, others as they come."""
    held = list(values)
    if dimension in CODED:
        return sorted(held)
    if dimension == "year":
        return sorted(held)
    known = {value: place for place, value in enumerate(_ORDERS.get(dimension, ()))}
    return sorted(held, key=lambda value: known.get(value, len(known)))


def depth(dimension: str, value: str, known: frozenset[str]) -> int:
    """How many of the shown values lie above one."""
    return sum(one in known for one in above(dimension, value))


def title(dimension: str, value: str, names: Mapping[str, str]) -> str:
    """What a value is called; `names` are those that documents print for codes."""
    if dimension in CODED:
        printed = names.get(value) or name_zh(value) or value
        return beside(printed, code_name(value)) if spoken() else printed
    word = _WORDS.get(dimension, {}).get(value)
    return tr(word) if word else value


def head(dimension: str, value: str, names: Mapping[str, str]) -> str:
    """What a value is called where there is room for one language."""
    english = code_name(value) if spoken() and dimension in CODED else ""
    return english or title(dimension, value, names)


def printed_names(documents: Iterable[OpenDisclosure]) -> dict[str, str]:
    """Code -> its name as the first of these documents prints it."""
    found: dict[str, str] = {}
    for own in documents:
        for row in own.lines.select("resolved_code", "name", "project").unique(maintain_order=True).iter_rows():
            code, name, project = row
            if code and name and not project:
                found.setdefault(code, name)
    return found


def spec_title(spec: PivotSpec) -> str:
    """功能分类 × 支出性质 · 一般公共预算: the axes, and the values of the filters."""
    axes = tr("{0} × {1}").format(tr(DIMENSION_WORDS[spec.rows]), tr(DIMENSION_WORDS[spec.columns]))
    filters = (title(name, value, {}) or tr("{}不分").format(tr(DIMENSION_WORDS[name])) for name, value in spec.where)
    return joined([axes, *filters, tr("占比") if spec.measure == SHARE else ""], " · ")
