"""The labelled lines of the form: revenue sources of T1 and T4, and the items of the “三公” statement.

A label is found by its pattern (after removing blanks and enumerators); its `key` is the path of canonical
names, the same in every document whatever variant it prints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from budget.model import StatementId

ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．:]|[（(][一二三四五六七八九十\d]+[)）][、.]?|\d{1,2}[、.．](?!\d)|其中[:：]|[-•·*])"
)
"""一、 / 1. / （一） / 其中： at the start of a label."""


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled line: canonical name, depth, and the regular expression that finds its variants."""

    name: str
    level: int
    pattern: str
    parent: str = ""
    """Key of the label above it."""

    @property
    def key(self) -> str:
        """Path of canonical names: 本年收入/一般公共预算拨款/一般财力."""
        return f"{self.parent}/{self.name}" if self.parent else self.name


def _tree(*rows: tuple[int, str, str]) -> tuple[Label, ...]:
    """Labels from (level, name, pattern), each below the last one of a lower level."""
    labels: list[Label] = []
    for level, name, pattern in rows:
        above = next((label for label in reversed(labels) if label.level < level), None)
        labels.append(Label(name, level, pattern, above.key if above else ""))
    return tuple(labels)


_TRANSFER = r"(预算)?(安排)?的?转移支付(收入|资金)?"
_CARRYOVER = r"上年(财政)?(拨款)?结转(和|及)?(结余)?(收入|资金)?"

SUMMARY_REVENUE = _tree(
    (1, "本年收入", r"本年(收入)?(合计|小计)?"),
    (2, "一般公共预算拨款", r"一般公共预算(财政)?拨款(收入)?"),
    (3, "一般财力", r"一般财力(安排)?"),
    (3, "上级一般公共预算安排转移支付", r"上级一般公共" + _TRANSFER),
    (2, "政府性基金预算拨款", r"(政府性)?基金预算(财政)?拨款(收入)?"),
    (3, "政府性基金收入", r"(本级)?政府性基金(预算)?收入"),
    (3, "上级政府性基金安排转移支付", r"上级政府性基金" + _TRANSFER),
    (2, "国有资本经营预算拨款", r"国有资本经营(预算)?(财政)?拨款(收入)?"),
    (3, "国有资本经营收入", r"(本级)?国有资本经营(预算)?收入"),
    (3, "上级国有资本经营预算安排转移支付", r"上级国有资本(经营)?" + _TRANSFER),
    (2, "财政专户核拨", r"财政专户(核拨|管理)?(资金)?(收入)?(\(教育收费\))?"),
    (2, "单位资金", r"单位资金(收入)?"),
    (3, "事业收入", r"事业收入(资金)?"),
    (3, "上级补助收入", r"上级(单位)?补助收入"),
    (3, "附属单位上缴收入", r"附属单位上缴收入"),
    (3, "事业单位经营收入", r"(事业单位)?经营收入"),
    (3, "其他收入", r"其他收入"),
    (1, "上年结转结余", _CARRYOVER),
    (2, "财政拨款结转", r"财政拨款结转(结余)?(资金)?"),
    (3, "一般公共预算拨款", r"一般公共预算(财政)?拨款(结转)?(结余)?"),
    (3, "政府性基金预算拨款", r"(政府性)?基金(预算)?(财政)?(拨款)?(结转)?(结余)?"),
    (3, "国有资本经营预算拨款", r"国有资本经营(预算)?(财政)?(拨款)?(结转)?(结余)?"),
    (2, "非财政拨款结转结余", r"非财政拨款(结转)?(和|及)?(结余)?(资金)?"),
    (3, "财政专户核拨", r"财政专户(核拨|管理)?(资金)?(收入)?(结转)?(结余)?(\(教育收费\))?"),
    (3, "单位资金", r"单位资金(收入)?(结转)?(结余)?"),
)
"""Revenue side of T1."""

APPROPRIATION_REVENUE = _tree(
    (1, "财政拨款（补助）", r"(本年)?财政拨款(\(补助\))?(收入)?"),
    (2, "一般公共预算", r"一般公共预算(财政)?(拨款)?(收入)?"),
    (2, "政府性基金预算", r"(政府性)?基金(预算)?(财政)?(拨款)?(收入)?"),
    (2, "国有资本经营预算", r"国有资本经营(预算)?(财政)?(拨款)?(收入)?"),
    (1, "上年结转", _CARRYOVER),
    (2, "一般公共预算", r"一般公共预算(财政)?(拨款)?(收入)?(结转)?"),
    (2, "政府性基金预算", r"(政府性)?基金(预算)?(财政)?(拨款)?(收入)?(结转)?"),
    (2, "国有资本经营预算", r"国有资本经营(预算)?(财政)?(拨款)?(收入)?(结转)?"),
)
"""Revenue side of T4."""

THREE_PUBLIC = _tree(
    (0, "总计", r"[总合]计"),
    (1, "因公出国（境）费", r"因公出国(\(境\))?(费|费用|经费)?"),
    (1, "公务接待费", r"公务接待(费|费用|经费)?"),
    (1, "公务用车购置及运行费", r"公务用车(购置)?(及|和|费及)(运行)?(维护)?(费|费用|经费)(\(?小计\)?)?"),
    (2, "公务用车购置费", r"公务用车购置(费|费用|经费)?"),
    (2, "公务用车运行费", r"公务用车运行(维护)?(费|费用|经费)?"),
)
"""Lines of T10."""

LABELS: dict[StatementId, tuple[Label, ...]] = {
    StatementId.REVENUE_EXPENDITURE_SUMMARY: SUMMARY_REVENUE,
    StatementId.APPROPRIATION_SUMMARY: APPROPRIATION_REVENUE,
    StatementId.THREE_PUBLIC_EXPENSES: THREE_PUBLIC,
}

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

_COMPILED = {
    statement: tuple((label, re.compile(label.pattern)) for label in labels) for statement, labels in LABELS.items()
}


def without_enumerator(text: str) -> str:
    """The label without 一、 1. （一） 其中： at its start, however many there are."""
    previous = None
    while previous != text:
        previous, text = text, ENUMERATOR.sub("", text)
    return text


def find(statement: StatementId, normal: str, after: str = "") -> Label | None:
    """The label of this statement whose pattern is the whole text.

    `normal` has no blanks, no enumerator and half-width brackets.  Several labels may read alike
    (一般公共预算拨款 stands twice in T1): the first one behind the label `after` is meant.
    """
    labels = _COMPILED.get(statement, ())
    matching = [label for label, pattern in labels if pattern.fullmatch(normal)]
    if not matching:
        return None
    order = [label.key for label, _ in labels]
    start = order.index(after) + 1 if after in order else 0
    return next((label for label in matching if order.index(label.key) >= start), matching[-1])
