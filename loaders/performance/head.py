"""The head of a performance table: whose it is, its money and its goal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from budget.model import MoneyUnit
from budget.money import Amount, parse
from loaders.tokens import compact, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.performance.tables import Row

_BRACKET = r"(?:[（(][^（()）]{0,12}[)）])?"
_NUMBER = _BRACKET + r"[:：]?(?:其他[:：]?)?([\d,，]*\d(?:[.．]\d+)?)(?! ?[\d.．,，])(万元|千元|亿元|元)?"
_LABELS = (
    r"预算单位|部门名称|单位名称|部门[（(]单位[)）]名称|主管部门|项目单位|实施单位|项目名称|项目负责人|部门联系人|"
    r"单位负责人|联系人|联系电话|项目编码|项目类[型别]|项目属性|项目期限?|实施期|项目资金[（(年]|资金来源|年度预算[（(总]|"
    r"预算资金[（(情]|年度资金|年度绩效目标|总体绩效目标|项目总体目标|年度总体目标|年度主要任务"
)
_UNITS = (r"预算单位(?:名称)?", r"部门名称|单位名称|部门[（(]单位[)）]名称", r"项目单位|实施单位", r"主管部门")
_GOALS = (r"项目总体目标", r"年度总体目标|总体绩效目标", r"年度绩效目标", r"总体目标", r"绩效目标")
_GOAL_END = r"(?=资金来源|年度预算[（(]|项目资金|预算资金|预算金额[（(]|部门联系人|项目负责人|年度主要任务|$)"
_MONEY = {
    "total": r"年度预算总额|年度资金总额|项目资金总额|项目预算总额|年度总额|预算总额|资金总额|年度预算数?|预算金额",
    "appropriation": r"(?:当年|本年)?财政拨款|财政性?资金|一般公共预算(?:拨款)?",
    "other": r"其他资金|其它资金|非财政拨款|单位资金|自有资金",
    "upper": r"上级安排|上级财政资金|上级补助|上级资金|中央及上级资金",
    "own": r"本级安排|本级财政资金|本级资金|本级财政安排",
}
_PATTERNS = {name: re.compile(f"(?:{labels}){_NUMBER}") for name, labels in _MONEY.items()}
_MONEY_UNIT = re.compile(r"[（(](?:单位[:：])?(万元|千元|亿元|元)[)）]|单位[:：](万元|千元|亿元|元)")
_SEAM = re.compile(r"[A-Za-z0-9]{2}")
_LONGEST = 200
_MOST = 20_000
"""Characters of a head that are looked at."""
_TEXTS: dict[str, re.Pattern[str]] = {
    labels: re.compile(rf"(?:{labels}){_BRACKET}[:：]?(.{{0,{_LONGEST}}}?)(?={_LABELS}|$)")
    for labels in (*_UNITS, "项目名称")
}
_GOAL_PATTERNS = tuple(
    re.compile(rf"(?:{labels})(?!表){_BRACKET}[:：]?(.*?){_GOAL_END}", re.DOTALL) for labels in _GOALS
)


class Head(NamedTuple):
    """What stands above the columns of a table; amounts that are not printed or not clear are None."""

    project: str
    unit: str
    goal: str
    amounts: dict[str, Amount | None]  # total, appropriation, other, upper, own
    missing: bool  # a figure without a money unit, or one that is no amount


def read(text: str) -> Head:
    """Read a head from its text (see `text_of`)."""
    goal, rest = _goal(text[:_MOST])
    match = _MONEY_UNIT.search(rest)
    printed = match[1] or match[2] if match else None
    found = {name: pattern.search(rest) for name, pattern in _PATTERNS.items()}
    amounts = {name: _amount(figure, printed) if figure else None for name, figure in found.items()}
    body = next((name for labels in _UNITS if (name := _value(labels, rest))), "")
    missing = any(figure is not None and amounts[name] is None for name, figure in found.items())
    return Head(_value("项目名称", rest), body, goal, amounts, missing)


def _amount(figure: re.Match[str], unit: str | None) -> Amount | None:
    """The figure in the unit behind it, or else in that of the table; None where none is printed."""
    own = figure[2] or unit
    return parse(figure[1].replace("，", ",").replace("．", "."), MoneyUnit(own)) if own else None


def text_of(rows: Iterable[Row]) -> str:
    """The rows as one text without layout blanks; a blank stays between numbers and words that may be two."""
    texts: list[str] = []
    for row in rows:
        texts += [row.text] if row.cells is None else [cell.text for cell in row.cells if cell.first]
    return joined(piece for text in texts for piece in text.split())


def joined(pieces: Iterable[str]) -> str:
    """The pieces as one text; a blank stays between numbers and Latin words, which may be two."""
    parts: list[str] = []
    for piece in pieces:
        if parts and _SEAM.match(parts[-1][-1] + piece[0]):
            parts.append(" ")
        parts.append(piece)
    return "".join(parts)


def _value(labels: str, text: str) -> str:
    match = _TEXTS[labels].search(text)
    return compact(match[1]).strip(":：") if match else ""


def _goal(text: str) -> tuple[str, str]:
    """The goal, and the text without it: sums that the goal mentions are not the budget's."""
    for pattern in _GOAL_PATTERNS:
        match = pattern.search(text)
        if match:
            return tidy(match[1]), text[: match.start()] + text[match.end() :]
    return "", text
