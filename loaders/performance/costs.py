"""Cost of placing a text in a column: 0 where its form says so, more where it must be believed."""

from __future__ import annotations

import re
from functools import lru_cache

from budget.system.patterns import lazy_pattern
from loaders.performance.words import (
    BASIS,
    EVIDENCE,
    EVIDENCES,
    NAME,
    OPERATOR,
    OPERATORS,
    PRIOR,
    REMARK,
    RULE,
    SIGNS,
    TARGET,
    TARGET_UNIT,
    WEIGHT,
)
from loaders.words.tokens import has_chinese

NEVER = 1000.0
BLANK = {
    TARGET: 4.0, BASIS: 2.5, PRIOR: 0.4, WEIGHT: 5.0, RULE: 3.0, EVIDENCE: 2.0, REMARK: 0.1, OPERATOR: 2.0,
    TARGET_UNIT: 0.5, NAME: NEVER,
}  # fmt: skip
"""What a blank cell costs."""
MOST_PIECES = {
    NAME: 10, TARGET: 8, BASIS: 6, PRIOR: 8, WEIGHT: 1, RULE: 5, EVIDENCE: 4, OPERATOR: 2, TARGET_UNIT: 2, REMARK: 6,
}  # fmt: skip
"""How many pieces one cell may be broken into."""
UNSUITABLE = 4.0
_UNKNOWN = 1.6  # less than a blank: the heads of the columns say that there is such a text
_SHORT = 8
_LONE_LETTER = 2.7  # most likely the rest of a word
_MOST_WEIGHT = 100
_LONGEST = 300

_SIGN_WORDS = "|".join(sorted((re.escape(word) for word in OPERATORS), key=len, reverse=True))
_UNIT = r"[^\d＞＜><≥≤=＝。；：]{0,10}"
_FIGURE = lazy_pattern(
    rf"(?:{_SIGN_WORDS})?(?:(?!(?:19|20)\d\d年)\d[\d,，]*(?:\.\d+)?(?:[-~—～至]\d[\d,，]*(?:\.\d+)?)?{_UNIT}"
    r"|(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:之?前|以前|底前?|内)?)"
)
_NUMBER_END = lazy_pattern(r"\d(?=[^\d.,，]*$)")
_ONE_UNIT = (
    r"[十百千万亿]{0,2}(?:人次|小时|分钟|工作日|公里|千米|平方米|平方公里|立方米|公顷|地州|百分点|个百分点|[个人次种家套件天年月"
    r"日元户份期场项台辆篇例起页条只间所座株亩米吨本张部处届轮批幅面级名类位科门组村社区县市克升度倍‰%％]{1,2})"
)
_KNOWN_UNIT = lazy_pattern(
    rf"(?:[十百千万亿]{{1,2}}|{_ONE_UNIT}(?:[/／·每]?[（(]?{_ONE_UNIT}[)）]?){{0,3}})?(?:以[上下内]|左右)?"
)
_DAY = lazy_pattern(r"\d[年月日](?:\d|之?前|以前|底|内|$)")
_SHORT_UNIT = 3
_DASH = lazy_pattern(r"[-—–―/／\\]{1,4}|无|暂无")
_WEIGHT = lazy_pattern(r"(\d{1,3}(?:\.\d{1,2})?)[%％分]?")
_RULE = lazy_pattern(r"[^赋\d，。；]{0,14}赋分(?:法|制)?")
_EVIDENCE = lazy_pattern(
    r"[^\d＞＜><≥≤=]{0,10}(?:资料|凭证|材料|台账|报告|记录|合同|问卷|证明|清单|文件|报表|账簿|通知|数据)"
)
_STANDARD = lazy_pattern(r"(?:计划|历史|行业|国家|地方|部门|其他|其它|预算支出|支出|市场|经验|国际)标准")
_BASIS = lazy_pattern(
    r"(?:(?:19|20)\d\d年度?)?(?:[^＞＜><≥≤=\d]|〔\d+〕|\[\d+\]|\d+号){0,40}"
    r"(?:标准|计划|依据|规定|文件|要求|方案|规划|办法|通知|数据|经验|惯例|批复|任务|要点|制度|指标|目标|合同|职责|政策|意见|号|》)"
)
_UNIT_START = lazy_pattern(r"[个人次种家套件天年月日元万亿%％名户份期场项台辆篇例起页条只间所座株亩米/／]")
_SIGN = lazy_pattern(f"[{SIGNS}]")
_GRADES = "优良中好高低有无是否"
_QUALITY = lazy_pattern(
    r"提[高升]|改善|满意|[显明]著?|增强|合格|达标|缓解|稳定|持续|逐步|不断|合规|规范|有效|促进|保障|及时|降低|优|良"
)
_QUALITY_END = lazy_pattern(r"(?:提[高升]|改善|满意|显著|明显|增强|缓解|稳定|促进|降低)$")
_SCORING = lazy_pattern(r"(?:得分|计分|记分|扣分|评分|满分|不得分|分值)[^，。；]{0,2}$")
_FIGURE_START = lazy_pattern(rf"[{SIGNS}]|\d[\d.,]*(?:%|$)")


@lru_cache(maxsize=16384)
def cost(column: str, text: str) -> float:
    """The cost of believing that `text` stands in `column`; NEVER or more where it cannot."""
    if len(text) > _LONGEST:
        return NEVER
    return _COSTS[column](text)


@lru_cache(maxsize=16384)
def is_figure(text: str) -> bool:
    """Whether a text is a number or a date; sign and unit may be missing."""
    return text not in OPERATORS and _FIGURE.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def only_column(piece: str) -> str | None:
    """The only column that a piece's words may stand in; None for other words."""
    if "赋分" in piece:
        return RULE
    if piece in EVIDENCES:
        return EVIDENCE
    return BASIS if _STANDARD.fullmatch(piece) else None


def _name(text: str) -> float:
    if not has_chinese(text):
        return UNSUITABLE
    if text[-1] in SIGNS or text[0] in "/／" or _KNOWN_UNIT.fullmatch(text) or is_figure(text):
        return UNSUITABLE
    if _FIGURE_START.match(text) or "赋分" in text or _STANDARD.fullmatch(text) or text in EVIDENCES:
        return 3.0
    return 1.5 * (_SIGN.search(text) is not None)


def _unit_cost(text: str) -> float:
    """What to believe the unit of a figure costs."""
    found = _NUMBER_END.search(text)
    unit = text[found.end() :] if found else ""
    if _KNOWN_UNIT.fullmatch(unit) or _DAY.search(text):
        return 0.0
    return 0.3 if len(unit) <= _SHORT_UNIT else 0.4 * len(unit)


def _target(text: str) -> float:
    if text in OPERATORS or "赋分" in text:
        return NEVER
    if is_figure(text):
        return _unit_cost(text) + (0.0 if text[0] in SIGNS else 0.3)
    if text[0] in SIGNS:
        return 3.0
    if len(text) == 1:
        return 0.5 if text in _GRADES else _LONE_LETTER
    return (0.5 if _QUALITY.search(text) else 1.0) + 0.5 * max(0, len(text) - _SHORT)


def _prior(text: str) -> float:
    if "赋分" in text:
        return NEVER
    if _DASH.fullmatch(text):
        return 0.0
    if is_figure(text):
        return _unit_cost(text)
    return (0.8 if _QUALITY.search(text) else 1.2) + 0.3 * max(0, len(text) - _SHORT)


def _basis(text: str) -> float:
    if text[0] in SIGNS or "赋分" in text:
        return NEVER
    if _STANDARD.fullmatch(text):
        return 0.0
    if _BASIS.fullmatch(text):
        return 2.0 if _UNIT_START.match(text) and not text.startswith(("年度", "个别", "人大")) else 0.5
    if not has_chinese(text):
        return NEVER
    return _UNKNOWN + 0.05 * len(text) + 1.5 * (_QUALITY_END.search(text) is not None)


def _weight(text: str) -> float:
    match = _WEIGHT.fullmatch(text)
    return 0.0 if match and float(match[1]) <= _MOST_WEIGHT else NEVER


def _rule(text: str) -> float:
    if _RULE.fullmatch(text):
        return 0.0
    if not has_chinese(text) or text[0] in SIGNS:
        return NEVER
    return 0.5 if _SCORING.search(text) else _UNKNOWN + 0.05 * len(text)


def _evidence(text: str) -> float:
    if _EVIDENCE.fullmatch(text):
        return 0.0
    if not has_chinese(text) or text[0] in SIGNS or "赋分" in text:
        return NEVER
    return _UNKNOWN + 0.05 * len(text)


def _operator(text: str) -> float:
    return 0.0 if text in OPERATORS or text in {"定性", "正向", "反向", "正向指标", "反向指标"} else NEVER


def _unit(text: str) -> float:
    return 0.0 if len(text) <= _SHORT and not any(character.isdigit() for character in text) else UNSUITABLE


def _remark(text: str) -> float:
    return 2.0 + 0.1 * len(text)


_COSTS = {
    NAME: _name, TARGET: _target, BASIS: _basis, PRIOR: _prior, WEIGHT: _weight, RULE: _rule, EVIDENCE: _evidence,
    OPERATOR: _operator, TARGET_UNIT: _unit, REMARK: _remark,
}  # fmt: skip
