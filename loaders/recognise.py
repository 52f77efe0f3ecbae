"""Whether a file is a budget disclosure at all; and what it seems to be where it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_
from budget.system.patterns import lazy_pattern
from loaders.words.tokens import compact, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

_BUDGET = lazy_pattern(r"预算|决算|财政|三公|拨款|政府债务|地方债务|债务限额|税收")
_YEAR = lazy_pattern(r"20\d{2}(?:年|\W)|20\d{2}$|二[〇○零]\S{2}年")
_SUBJECT = lazy_pattern(
    r"(?:预算|决算|收入|支出|收支|拨款|经费|采购|结转|结余|收费)[^。；;\d]{0,40}?\d[\d,.]{0,20}(?:亿|万|千)?元"
)
"""A sentence that states an amount of a subject of budgets."""
_AMOUNTS = lazy_pattern(r"[\u4e00-\u9fff]\S{0,20}[\s,，;；|\"]+(?:\d{1,3}(?:,\d{3})+|\d{1,12}\.\d{2})(?!\d)")
_UNIT = lazy_pattern(r"单位[:：]?(?:人民币)?(?:亿|万|千)?元")
_TARGETS = ("绩效", "一级指标", "三级指标")
_CHECKLIST = lazy_pattern(
    r"(?:自?检查|自查|核查|核对|审核|考核|评分|对照|排查|任务|问题)(?:情况)?(?:表|清单|要点|细则|台账)"
)
_RULES = lazy_pattern(r"(?:的通知|通知书|办法|规定|指引|规范|填报说明|操作手册|意见|方案)(?:[(]\S{1,12}[)])?$")
_TABLE = lazy_pattern(r"(?:收支|收入|支出|预算|决算|经费|采购|结转|拨款)\S{0,30}表")
_FEWEST = 2
"""Sentences with amounts that make a text the narrative of a budget."""
_TOP = 40
"""Lines in which a document says what it is."""
_LONGEST_TITLE = 60


def refusal(lines: Sequence[str], *, has_amounts: bool) -> str | None:
    """The refusal of a file that is no disclosure; None for a disclosure.

    The sentence has a place for the name of the file.  A disclosure has tables with amounts, targets, or sentences that
    state amounts of a year's budget; `has_amounts` tells that tables with amounts were read.
    """
    text = "".join(map(normal, lines))
    titles = [plain for line in lines[:_TOP] if (plain := normal(line)) and len(plain) <= _LONGEST_TITLE]
    checked = any(_CHECKLIST.search(title) for title in titles)
    has_amounts = has_amounts and not (checked and not _UNIT.search(text))  # numbers and marks of a checklist
    if _is_disclosure(text, lines, has_amounts=has_amounts):
        return None
    if checked:
        return N_("{}：这是检查表或清单，没有预算数，不是预算公开文本。")
    if any(_RULES.search(title) for title in titles):
        return N_("{}：这是通知、办法一类的文件，没有部门（单位）的预算数，不是预算公开文本。")
    if sum(map(_prints_amounts, lines)) >= _FEWEST and not has_amounts:
        return N_("{}：有金额，但分不清各数属于哪一列；请另存为 xlsx，或用制表符分列后再打开。")
    if _TABLE.search(text) and _BUDGET.search(text) and not has_amounts:
        return N_("{}：只有预算公开表的名称或空表（模板），没有填写金额，没有可读的内容。")
    return N_("{}：没有找到预算公开的表格（如“部门收支总体情况表”）或预算说明，可能是其他文件，或文字无法读取。")


def _is_disclosure(text: str, lines: Sequence[str], *, has_amounts: bool) -> bool:
    if has_amounts and _BUDGET.search(text):
        return True
    if all(word in text for word in _TARGETS):
        return True
    if not any(_heads_budget(line) for line in lines):
        return False
    found = _SUBJECT.finditer(text)
    return sum(1 for _, _ in zip(range(_FEWEST), found, strict=False)) == _FEWEST


def _prints_amounts(line: str) -> bool:
    """True for a line of a name and amounts, however they are kept apart."""
    return "。" not in line and _AMOUNTS.search(line) is not None


def _heads_budget(line: str) -> bool:
    """True for a heading that names a year and its budget or final accounts."""
    plain = compact(line[: 2 * _LONGEST_TITLE])
    return len(plain) <= _LONGEST_TITLE and "算" in plain and "。" not in plain and _YEAR.search(plain) is not None
