"""Records for tests: only what a test is about is given, everything else is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_type_hints

from budget.model.records import Allocation, Fact, Indicator, Plan, Project, Records, StatedChange
from tests.support.builders import forest

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure

_EMPTY: dict[Any, object] = {int: 0, str: "", int | None: None, tuple[str, ...]: ()}
WAN = 1_000_000
"""Fen in one 万元."""


def _made(type_: Any, given: dict[str, Any]) -> Any:  # noqa: ANN401 - any of the types of records
    blank = {name: _EMPTY[hint] for name, hint in get_type_hints(type_).items()}
    return type_(**{**blank, "line": 900, **given})


def change(amount: str = "", delta: str = "", direction: str = "", **given: Any) -> StatedChange:  # noqa: ANN401
    """A stated change in 万元 with two decimals, against last year's budget."""
    figures = {"printed": f"{amount}万元" if amount else "", "amount_fen": _fen(amount), "half_unit": 5_000}
    figures |= {"delta_printed": f"{delta}万元" if delta else "", "delta_fen": _fen(delta), "delta_half_unit": 5_000}
    made: StatedChange = _made(StatedChange, {**figures, "direction": direction, "base": "prior_budget", **given})
    return made


def project(name: str, amount: str = "", **given: Any) -> Project:  # noqa: ANN401
    """A described project, its amount in 万元 of two decimals."""
    figures = {"amount_fen": _fen(amount), "half_unit": 5_000, "printed": f"{amount}万元" if amount else ""}
    made: Project = _made(Project, {"number": 1, "name": name, **figures, **given})
    return made


def part(item: str, amount: str, **given: Any) -> Allocation:  # noqa: ANN401
    """A part of the first project."""
    figures = {"amount_fen": _fen(amount), "half_unit": 5_000, "printed": f"{amount}万元"}
    made: Allocation = _made(Allocation, {"project_number": 1, "item": item, **figures, **given})
    return made


def plan(number: int, name: str, amount: str = "", **given: Any) -> Plan:  # noqa: ANN401
    """A table of targets of a project; without a name that of the whole body."""
    scope = {"scope": "project" if name else "entity", "project": name}
    made: Plan = _made(Plan, {"number": number, **scope, "total_fen": _fen(amount), "half_unit": 5_000, **given})
    return made


def indicator(name: str, operator: str, value: str, unit: str, prior: str = "", **given: Any) -> Indicator:  # noqa: ANN401
    """An indicator of the first plan."""
    said = {"operator": operator, "target_value": value, "target_unit": unit, "target": f"{operator}{value}{unit}"}
    made: Indicator = _made(
        Indicator, {"plan": 1, "number": 1, "level3": name, "prior_value": prior, "status": "printed", **said, **given}
    )
    return made


def fact(topic: str, key: str, value: str, unit: str = "", amount: str = "", **given: Any) -> Fact:  # noqa: ANN401
    """A figure; with an amount it is money."""
    figures = {"amount_fen": _fen(amount), "half_unit": 5_000 if amount else 0}
    made: Fact = _made(Fact, {"topic": topic, "key": key, "value": value, "unit": unit, **figures, **given})
    return made


def speaking(year: int, **said: Any) -> Disclosure:  # noqa: ANN401 - the fields of Records
    """The small bureau of a year that says this besides its statements."""
    return forest(year)._replace(records=Records(**said))


def _fen(amount: str) -> int | None:
    return round(float(amount) * 100) * WAN // 100 if amount else None
