"""What is odd about a stated change as printed: doubtful units, broken numbers, contradicting signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from budget.i18n.language import N_, listed, words
from budget.model.disclosure import MoneyUnit, Notice, Severity
from budget.model.money import FEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.records import StatedChange
    from loaders.narrative.changes_tokens import Figure

_WORDS = {
    "unit_doubtful": N_("单位可能有误"),
    "number_broken": N_("数字不完整"),
    "sign_contradicts": N_("增减方向前后不一"),
    "amount_contradicts": N_("同一预算数前后不一"),
    "direction_open": N_("增减方向未选定"),
    "no_unit": N_("没有印单位"),
}
_TOLERANCE = 0.02
"""Percentage points by which a printed rate may miss its figures for other reasons than the unit."""


def base(words: str) -> str:
    """What a change is compared with, by the words between 比 and the change; "" where they do not tell."""
    if re.search(r"执行|完成|决算", words):
        return "prior_executed"
    if re.search(r"年初预算|全年预算|调整", words) and not re.search(r"[上去]年|上一年", words):
        return "own_budget"
    if "预算" in words:
        return "prior_budget"
    return "prior_year"


@dataclass(frozen=True, slots=True)
class Amounts:
    """Printed amounts that a doubtful one is compared with, in fen."""

    usual: MoneyUnit
    printed: frozenset[int]
    """Of the narrative in its usual unit, and of the statements."""
    known: frozenset[int]
    """Of the statements alone."""

    @classmethod
    def of(cls, figures: Iterable[Figure], usual: MoneyUnit, known: frozenset[int]) -> Amounts:
        """The amounts of the narrative and of the statements."""
        narrative = {figure.fen for figure in figures if figure.fen and figure.unit == usual}
        return cls(usual, frozenset(narrative) | known, known)


def unit_doubtful(record: StatedChange, figures: Sequence[Figure], amounts: Amounts) -> bool:
    """Whether a figure in another unit than the usual one would fit in that one: other prints, or the printed rate."""
    smaller = FEN[amounts.usual] // FEN[MoneyUnit.YUAN]
    for figure in figures:
        if figure.fen and figure.unit == amounts.usual != MoneyUnit.YUAN and figure.fen not in amounts.known:
            yuan, rest = divmod(figure.fen, smaller)
            if not rest and yuan in amounts.known:
                return True
    odd = [figure for figure in figures if figure.fen and figure.unit and figure.unit != amounts.usual]
    for figure in odd:
        assert figure.fen
        scaled = figure.fen * FEN[amounts.usual] // FEN[MoneyUnit(figure.unit)]
        if figure.fen not in amounts.printed and scaled in amounts.printed:
            return True
    if not odd or record.amount_fen is None or record.delta_fen is None or not record.percent:
        return False
    as_usual = [
        (figure.fen or 0) * FEN[amounts.usual] // FEN[MoneyUnit(figure.unit)] if figure in odd else figure.fen or 0
        for figure in figures
    ]
    return not _fits(record.amount_fen, record.delta_fen, record) and _fits(as_usual[0], as_usual[1], record)


def notices(records: Iterable[StatedChange]) -> list[Notice]:
    """One sentence for each statement with something odd."""
    found = []
    for record in records:
        odd = [words(_WORDS[flag]) for flag in record.flags if flag in _WORDS]
        if odd:
            subject = record.subject.rsplit("/", maxsplit=1)[-1]
            said = listed(odd, N_("，"))
            text = N_("自述“{}”{}：{}，按原文保留。")
            found.append(Notice.of(Severity.UNCERTAIN, text, subject, record.printed, said, line=record.line))
    return found


def _fits(amount: int, delta: int, record: StatedChange) -> bool:
    """Whether a printed rate of change is that of these amounts."""
    before = amount + delta if record.direction == "减少" else amount - delta
    try:
        return before != 0 and abs(100 * delta / before - float(record.percent)) < _TOLERANCE
    except (ValueError, OverflowError):
        return False
