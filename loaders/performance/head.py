"""The head of a performance table: whose it is, its money and its goal."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import MoneyUnit
from budget.model.money import Amount, parse
from budget.system.patterns import lazy_pattern
from loaders.words.tokens import compact, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.performance.tables import Row

_BRACKET = r"(?:[（(][^（()）]{0,12}[)）])?"
_BEHIND = _BRACKET + r"[:：]?(?:其他[:：]?)?"
_NUMBER = lazy_pattern(_BEHIND + r"([\d,，]*\d(?:[.．]\d+)?)(?! ?[\d.．,，])(万元|千元|亿元|元)?")
"""The figure behind a label of an amount, and its unit."""
_BEGINNING = lazy_pattern(_BEHIND + r"\d")
_VALUE = lazy_pattern(_BRACKET + "[:：]?")
"""What stands between a label and its value."""
_LABELS = (
    r"金额单位|计量单位|单位[:：]|业务主管部门|项目性质|项目分类|建设周期|(?:计划)?(?:开始|完成|结束)日期|"
    r"预算单位|部门名称|单位名称|部门[（(]单位[)）]名称|主管部门|项目单位|实施单位|项目名称|项目负责人|部门联系人|"
    r"单位负责人|联系人|联系电话|项目编码|项目类[型别]|项目属性|项目期限?|实施期|项目资金[（(年]|资金来源|年度预算[（(总]|"
    r"预算资金[（(情]|年度资金|年度绩效目标|总体绩效目标|项目总体目标|年度总体目标|年度主要任务"
)
_HEAD_CELL = lazy_pattern(
    rf"(?:{_LABELS}|项目总目标|年度主要目标(?:和成果)?|总体目标|绩效目标|其中.*|.*资金.*|.*预算.*|.*财政.*|序号|分值).{{0,8}}"
)
"""A cell of a head that is a label itself, no value of the label before it."""
_UNITS = (r"预算单位(?:名称)?", r"部门名称|单位名称|部门[（(]单位[)）]名称", r"项目单位|实施单位", r"主管部门")
_GOAL_CELLS = (
    r"年度总体目标|年度主要目标(?:和成果)?|年度绩效目标|年度目标",
    r"项目总体目标|项目总目标|总体绩效目标|总体目标|绩效目标",
)
_GOALS = (r"项目总体目标", r"年度总体目标|总体绩效目标", r"年度绩效目标", r"总体目标", r"绩效目标")
_GOAL_END = r"(?=资金来源|年度预算[（(]|项目资金|预算资金|预算金额[（(]|部门联系人|项目负责人|年度主要任务|$)"
_MONEY: dict[str, tuple[str, ...]] = {
    "total": (
        r"年度预算总额|年度资金总额|年度资金申请总额|本年预算总额", r"年度预算数|年度总额|年度预算|预算资金总额",
        r"(?<!期)(?:项目资金总额|项目预算总额|预算总额|资金总额)|预算金额",
    ),
    "appropriation": (r"(?:当年|本年)?财政拨款", r"财政性?资金", r"一般公共预算(?:拨款)?"),
    "other": (r"其[他它]资金", r"非财政拨款|单位资金|自有资金"),
    "upper": (r"上级安排|上级财政资金|上级补助|上级资金|中央及上级资金",),
    "carried": (r"上年结转结余资金|上年结转资金|上年结转结余|上年结转",),
    "own": (r"本级安排|本级财政资金|本级财政安排|本级资金",),
}  # fmt: skip
"""Labels of the amounts; those that say more come first."""
_PATTERNS = {name: tuple(lazy_pattern(labels) for labels in found) for name, found in _MONEY.items()}
_MONEY_UNIT = lazy_pattern(r"[（(](?:单位[:：])?(万元|千元|亿元|元)[)）]|单位[:：](万元|千元|亿元|元)")
_SEAM = lazy_pattern(r"[A-Za-z0-9]{2}")
_LONGEST = 200
_MOST = 20_000
"""Characters of a head that are looked at."""
_TEXTS: dict[str, re.Pattern[str]] = {labels: lazy_pattern(labels) for labels in (*_UNITS, "项目名称")}
_NEXT = lazy_pattern(_LABELS)
_GOAL_PATTERNS = tuple(
    lazy_pattern(rf"(?:{labels})(?!表){_BRACKET}[:：]?(.*?){_GOAL_END}", re.DOTALL) for labels in _GOALS
)


class Head(NamedTuple):
    """Project, unit, goal and amounts above the columns; amounts not printed or not clear are None."""

    project: str
    unit: str
    goal: str
    amounts: dict[str, Amount | None]  # total, appropriation, other, upper, carried, own
    unread: bool  # a figure without a money unit, one that is no amount, or two behind one label


def read(text: str) -> Head:
    """Read a head from its text (see `text_of`)."""
    goal, rest = _goal(text[:_MOST])
    match = _MONEY_UNIT.search(rest)
    printed = match[1] or match[2] if match else ""
    figures = {name: _figures(name, rest) for name in _MONEY}
    amounts = {name: _amount(found, printed) for name, found in figures.items()}
    body = next((name for labels in _UNITS if (name := _value(labels, rest))), "")
    unread = any(amounts[name] is None and (found or _is_begun(name, rest)) for name, found in figures.items())
    return Head(_value("项目名称", rest), body, goal, amounts, unread)


def of_rows(rows: Sequence[Row]) -> Head:
    """Read a head from its rows: what has a cell of its own is read from there."""
    text = text_of(rows)
    found, (_, rest) = read(text), _goal(text[:_MOST])
    project = _beside("项目名称", rows)
    body = next((name for labels in _UNITS if (name := _beside(labels, rows) or _value(labels, rest))), "")
    goal = next((text for labels in _GOAL_CELLS if (text := _below(labels, rows) or _beside(labels, rows))), "")
    return found._replace(project=project or found.project, unit=body or found.unit, goal=goal or found.goal)


def _beside(labels: str, rows: Sequence[Row]) -> str:
    """What stands in the cell behind that of a label, or behind its colon."""
    label = re.compile(f"(?:{labels}){_BRACKET}[:：]?")
    for row in rows:
        cells = [tidy(cell.text) for cell in row.cells or () if cell.first and cell.text.strip()]
        for text, behind in pairwise([*cells, ""]):
            match = label.match(compact(text))
            if not match:
                continue
            own = compact(text)[match.end() :]
            if own and match[0].endswith((":", "：")):
                return own
            if not own and behind and not _HEAD_CELL.fullmatch(compact(behind)):
                return behind
    return ""


def _below(labels: str, rows: Sequence[Row]) -> str:
    """What stands in the cell below that of a label, where another label or nothing stands beside it."""
    label = re.compile(f"(?:{labels}){_BRACKET}")
    for row, under in pairwise(rows):
        cells = [cell for cell in row.cells or () if cell.first]
        for cell, behind in pairwise([*cells, None]):
            if cell is None or not label.fullmatch(compact(cell.text)):
                continue
            beside = compact(behind.text) if behind else ""
            below = [one.text for one in under.cells or () if one.first and one.column == cell.column]
            if below and below[0].strip() and (not beside or _HEAD_CELL.fullmatch(beside)):
                return tidy(below[0])
    return ""


def _figures(name: str, text: str) -> set[tuple[str, str]]:
    """The different figures behind the labels of an amount, each with the money unit behind it or ""."""
    for label in _PATTERNS[name]:
        found = (_NUMBER.match(text, place.end()) for place in label.finditer(text))
        if figures := {(figure[1], figure[2] or "") for figure in found if figure}:
            return figures
    return set()


def _is_begun(name: str, text: str) -> bool:
    """Whether a label is followed by something that begins as a figure does."""
    return any(_BEGINNING.match(text, place.end()) for label in _PATTERNS[name] for place in label.finditer(text))


def _amount(figures: set[tuple[str, str]], unit: str) -> Amount | None:
    """The one figure in its own unit or in that of the table; None where there is no unit, or more than one figure."""
    if len(figures) != 1:
        return None
    ((figure, own),) = figures
    if not own and not unit:
        return None
    return parse(figure.replace("，", ",").replace("．", "."), MoneyUnit(own or unit))


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
    for label in _TEXTS[labels].finditer(text):
        gap = _VALUE.match(text, label.end())
        start = gap.end() if gap else label.end()
        following = _NEXT.search(text, start)
        end = following.start() if following else len(text)
        if end - start <= _LONGEST:
            return compact(text[start:end]).strip(":：")
    return ""


def _goal(text: str) -> tuple[str, str]:
    """The goal, and the text without it: sums that the goal mentions are not the budget's."""
    for pattern in _GOAL_PATTERNS:
        match = pattern.search(text)
        if match:
            return tidy(match[1]), text[: match.start()] + text[match.end() :]
    return "", text
