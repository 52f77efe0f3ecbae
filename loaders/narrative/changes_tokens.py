"""The pieces that stated changes are made of: amounts, shares, changes, reasons, each with its place in the text."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from budget.model import money
from budget.model.disclosure import MoneyUnit
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_HALF = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
"""Full-width digits and marks of numbers: the text keeps its length."""

_NUMBER = r"(?<!\d)(?<!\d[,.])[-−－]?\d(?:[\d,.]|，(?=\d{3}(?:\D|$))){0,24}"
"""Begins where no number stands before it, and ends somewhere: lines of 20,000 digits are no numbers."""
_UP = "增加|增长|上升|提高|提升|增多|上涨|增幅"
_DOWN = "减少|下降|降低|下滑|压减|压缩|缩减|下调|降幅"
_ONE_WAY = frozenset(f"{_UP}|{_DOWN}".split("|"))
_ANY = rf"(?:{_UP}|{_DOWN})"
_WORD = r"(?:[^，。；,;：%/比较与同《]|同期)"
"""Of the words behind 比; a title is none: that a column must agree with a table states no change."""
_REMARK = r"(?:[（(][^（）()。；\d]{1,20}[）)])?"
"""What a year is called from here on: 2030年（上一年度，下同）."""
_BASE = rf"(?P<base>{_WORD}{{0,12}}?(?:年|预算|决算|执行|同期){_REMARK}{_WORD}{{0,16}}?)"
_AGAINST = rf"(?:同比|[比较与同]{_BASE}(?:(?:相比较?|比较|对比)(?:[，,]?[^，。；,;\d%（(]{{0,14}}?)?|相|[，,])?各?)"
_FLAT = r"(?:保持|基本|总体)*(?:持平|一致|不变|相同|无变化|无增减(?:变化)?|没有变化)"


def _money(group: str) -> str:
    return rf"(?P<{group}>{_NUMBER})(?P<{group}_unit>亿元|万元|千元|元)"


def _rate(group: str) -> str:
    return rf"(?P<{group}>{_NUMBER})(?P<{group}_sign>%+)"


def _move(group: str) -> str:
    return rf"(?P<{group}>{_ANY}(?:[（(/]{_ANY}[)）]?)?)(?:幅度)?了?[为额率]?"


def _compared() -> str:
    amount = rf"(?:{_money('delta')}|{_rate('rate')}|(?P<bare_delta>{_NUMBER})(?=[，。；,;]))"
    return rf"{_AGAINST}(?:(?P<flat>{_FLAT})|{_move('move')}{amount})"


_TOKEN = lazy_pattern(
    r"(?=[-−－\d占比较与同变增上提涨减下降压缩去的其原主未暂没无是因])(?:"  # most places fail at their first character
    + "|".join((
        rf"(?P<reason>(?<=[，。；,;）)%元])(?:变动|变化|增减|{_ANY})?的?(?:其?主要原因|原因|主要(?:是|系|由于)|是?因为)(?!用于)[是为：:]*)",
        rf"占[^，。；,;\d%]{{0,24}}?{_rate('share')}",
        _compared(),
        rf"{_move('move_alone')}(?:{_money('delta_alone')}|{_rate('rate_alone')})",
        rf"(?:\d{{4}}年度?|上年度?|去年)(?:当年)?[^，。；,;\d]{{0,10}}?(?:执行数?|决算数?|完成数)[为是]?{_money('prior')}",
        _money("amount"),
        rf"(?P<bare>{_NUMBER})(?=[，,](?:占|[比较与]上))",
        r"(?P<none>(?:暂?未|没有|无)安排(?=[，。；,;）]|$))",
    ))
    + ")"
)  # fmt: skip


class Kind(StrEnum):
    """The kind of a piece."""

    AMOUNT = "amount"
    PRIOR = "prior"  # what it was in the year before
    SHARE = "share"
    CHANGE = "change"  # against a named base, or standing alone
    REASON = "reason"
    NONE = "none"  # 未安排


class Figure(NamedTuple):
    """A printed amount of money."""

    fen: int | None
    half_unit: int
    printed: str  # with its unit
    unit: str  # "" where none is printed
    broken: bool = False


class Token(NamedTuple):
    """One piece of a statement; `start` and `end` are its place in the text."""

    kind: Kind
    start: int
    end: int
    figure: Figure | None = None
    rate: str = ""  # printed number of a percentage
    move: str = ""  # 增加, 减少, 持平; "" where the words leave it open
    base: str | None = None  # the words it is compared with; None where the change stands alone
    broken: bool = False  # a number or percent sign is not well formed


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a paragraph in order; what lies between them are subjects and words."""
    for match in _TOKEN.finditer(text.translate(_HALF)):
        yield _token(match, text)


def figure(number: str, unit: str, printed: str, usual: MoneyUnit = MoneyUnit.WAN) -> Figure:
    """A printed number with its unit ("" for none: then it is read in the `usual` one)."""
    plain = number.replace("，", ",").replace("−", "-").replace("－", "-").rstrip(",.")
    amount = money.parse(plain, MoneyUnit(unit) if unit else usual)
    if amount is None or number[-1] in ",.":
        return Figure(None, 0, printed, unit, broken=True)
    return Figure(amount.fen, amount.half_unit, printed, unit)


def _token(match: re.Match[str], text: str) -> Token:
    found = match.groupdict()
    start, end = match.span()
    for group, kind in (("reason", Kind.REASON), ("none", Kind.NONE)):
        if found[group]:
            return Token(kind, start, end)
    if found["share"]:
        return Token(Kind.SHARE, start, end, rate=found["share"], broken=_rate_broken(match, "share"))
    if found["flat"] or found["move"] or found["move_alone"]:
        return _change(match, text)
    if found["prior"]:
        return Token(Kind.PRIOR, start, end, _figure(match, "prior", text), base=match[0])
    return Token(Kind.AMOUNT, start, end, _figure(match, "amount" if found["amount"] else "bare", text))


def _change(match: re.Match[str], text: str) -> Token:
    found = match.groupdict()
    if found["flat"]:
        return Token(Kind.CHANGE, *match.span(), move="持平", base=found["base"] or "")
    alone = "_alone" if found["move_alone"] else ""
    base = None if alone else found["base"] or ""
    rate = found["rate" + alone] or ""
    group = "bare_delta" if found["bare_delta"] else "delta" + alone
    return Token(
        Kind.CHANGE, *match.span(),
        _figure(match, group, text) if found[group] else None,
        rate, direction(found["move" + alone]), base, broken=bool(rate) and _rate_broken(match, "rate" + alone),
    )  # fmt: skip


def direction(words: str) -> str:
    """增加 or 减少; "" for a template's 增加（减少）."""
    if words not in _ONE_WAY:
        return ""
    return "增加" if words in _UP.split("|") else "减少"


def _figure(match: re.Match[str], group: str, text: str) -> Figure:
    unit = match.groupdict().get(f"{group}_unit") or ""
    start, end = match.start(group), match.end(f"{group}_unit") if unit else match.end(group)
    return figure(match[group], unit, text[start:end])


def _rate_broken(match: re.Match[str], group: str) -> bool:
    return len(match[group + "_sign"]) > 1 or not re.fullmatch(r"-?\d+(?:\.\d+)?", match[group].replace(",", ""))
