"""Labelled lines: which label of a form a text is, and what the labels of the summary repeat of other statements.

A label is found by its pattern (after removing blanks and enumerators); its `key` is the path of canonical
names, the same in every document whatever variant it prints.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from budget.forms.form import Label

ENUMERATOR = lazy_pattern(
    r"^(?:[一二三四五六七八九十]+[、.．:]|[（(][一二三四五六七八九十\d]+[)）][、.]?|\d{1,2}[、.．](?!\d)|其中[:：]|[-•·*])"
)
"""一、 / 1. / （一） / 其中： at the start of a label."""


_CURRENT, _CARRIED = "本年收入", "上年结转结余"
SUMMARY_TO_REVENUE_DETAIL: tuple[tuple[str, tuple[str, ...]], ...] = (
    (f"{_CURRENT}/一般公共预算拨款", ("general_public_budget", "general_public_transfer")),
    (f"{_CURRENT}/一般公共预算拨款/一般财力", ("general_public_budget",)),
    (f"{_CURRENT}/一般公共预算拨款/上级一般公共预算安排转移支付", ("general_public_transfer",)),
    (f"{_CURRENT}/政府性基金预算拨款", ("government_fund", "government_fund_transfer")),
    (f"{_CURRENT}/政府性基金预算拨款/政府性基金收入", ("government_fund",)),
    (f"{_CURRENT}/政府性基金预算拨款/上级政府性基金安排转移支付", ("government_fund_transfer",)),
    (f"{_CURRENT}/国有资本经营预算拨款", ("state_capital", "state_capital_transfer")),
    (f"{_CURRENT}/国有资本经营预算拨款/国有资本经营收入", ("state_capital",)),
    (f"{_CURRENT}/国有资本经营预算拨款/上级国有资本经营预算安排转移支付", ("state_capital_transfer",)),
    (f"{_CURRENT}/财政专户核拨", ("special_account",)),
    (f"{_CURRENT}/单位资金", ("own_funds",)),
    (f"{_CARRIED}/财政拨款结转", ("appropriation_carryover",)),
    (f"{_CARRIED}/非财政拨款结转结余", ("non_appropriation_carryover",)),
)
"""T1 label -> the columns of T2's grand total that repeat it (the same figure, or the sum of two)."""

SUMMARY_TO_CARRYOVER: tuple[tuple[str, tuple[str, ...]], ...] = (
    (f"{_CARRIED}/财政拨款结转", ("appropriation_total",)),
    (f"{_CARRIED}/非财政拨款结转结余", ("non_appropriation_total",)),
)
"""T1 label -> the columns of T11's grand total that repeat it."""


def without_enumerator(text: str) -> str:
    """The label without 一、 1. （一） 其中： at its start, however many there are."""
    previous = None
    while previous != text:
        previous, text = text, ENUMERATOR.sub("", text)
    return text


def find(labels: tuple[Label, ...], normal: str, after: str = "") -> Label | None:
    """The label whose pattern is the whole text.

    `normal` has no blanks, no enumerator and half-width brackets.  Several labels may read alike
    (一般公共预算拨款 stands twice in T1): the first one behind the label `after` is meant.
    """
    matching = [label for label in labels if _pattern(label.pattern).fullmatch(normal)]
    if not matching:
        return None
    order = [label.key for label in labels]
    start = order.index(after) + 1 if after in order else 0
    return next((label for label in matching if order.index(label.key) >= start), matching[-1])


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
