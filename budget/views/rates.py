"""What a figure comes to for each person in service and for each vehicle: computed, and only where both are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.forms import measure_words
from budget.language import N_, joined, tr
from budget.model import RowKind, StatementId
from budget.money import decimals_for, format_fen
from budget.quantities import number_of, quantity_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.model import MoneyUnit
    from budget.records import Fact
    from budget.sheets import Amount, Row, Sheets

PERSONS = ("staffing", "in_service")
VEHICLES = ("assets", "vehicles")
_BASIC, _THREE_PUBLIC = StatementId.BASIC_EXPENDITURE, StatementId.THREE_PUBLIC_EXPENSES
_OF_PERSONS = (
    ("personnel", N_("人员经费／在职人员")),
    ("operating", N_("公用经费／在职人员")),
    ("total", N_("基本支出／在职人员")),
)
_RUNNING = (N_("公务用车运行费"), "公务用车运行维护费")


class Rate(NamedTuple):
    """One rate: what it is called, its amount (fen, cut to the fen) or None, and its formula or why there is none."""

    key: str
    name: str
    fen: int | None
    half_unit: int
    formula: str
    line: int | None


def rates(found: Sheets, facts: Iterable[Fact], unit: MoneyUnit) -> tuple[Rate, ...]:
    """Personnel, operating and total basic expenditure a person in service, running costs a vehicle."""
    held = tuple(facts)
    total = next((row for row in found.of(_BASIC) if row.kind == RowKind.GRAND_TOTAL), None)
    table = found.reference(_BASIC)
    made = [
        _rate(
            f"rate/{measure}",
            (tr(name), f"{table} {measure_words(_BASIC, measure, found.head.form)}", tr("在职人员")),
            None if total is None else total.amounts.get(measure),
            _divisor(held, PERSONS),
            unit,
        )
        for measure, name in _OF_PERSONS
    ]
    running = next((row for row in found.of(_THREE_PUBLIC) if _is_running(row)), None)
    table = found.reference(_THREE_PUBLIC)
    amount = None if running is None else running.amounts.get("total")
    words = (tr("公务用车运行费／车辆"), f"{table} {tr(_RUNNING[0])}", tr("车辆"))
    return (*made, _rate("rate/vehicle", words, amount, _divisor(held, VEHICLES), unit))


def _is_running(row: Row) -> bool:
    return (row.label or row.name) in _RUNNING or row.name in _RUNNING


def _divisor(facts: tuple[Fact, ...], wanted: tuple[str, str]) -> Fact | None:
    """The figure that is divided by; None where it is not printed, printed with different values, or no number."""
    found = [fact for fact in facts if (fact.topic, fact.key) == wanted]
    values = {number_of(fact.value) for fact in found}
    return found[0] if len(values) == 1 and None not in values else None


def _rate(key: str, words: tuple[str, str, str], amount: Amount | None, by: Fact | None, unit: MoneyUnit) -> Rate:
    """A rate or what it lacks; `words` are its name, its amount and what that is divided by."""
    name, numerator, divisor = words
    number = None if by is None else number_of(by.value)
    missing = [
        *([numerator] if amount is None else []),
        *([divisor] if number is None else [tr("{}不为零").format(divisor)] if number <= 0 else []),
    ]
    if missing or amount is None or by is None or number is None:
        return Rate(key, name, None, 0, tr("不能计算：没有{}").format(joined(missing)), None)
    top, bottom = number.as_integer_ratio()
    fen = abs(amount.fen) * bottom // top
    printed = format_fen(amount.fen, unit, decimals_for(amount.half_unit, unit))
    divided = f"{quantity_text(float(number))}{by.unit}"
    formula = tr("{0} {1} ÷ {2} {3}（第{4}行）").format(numerator, printed, divisor, divided, by.line)
    return Rate(key, name, -fen if amount.fen < 0 else fen, amount.half_unit, formula, by.line)
