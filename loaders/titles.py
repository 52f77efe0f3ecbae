"""Titles of statements that have a known name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from budget.model.coordinates import Coordinates
from budget.model.known import statement_name
from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.words import captions

if TYPE_CHECKING:
    from loaders.meaning import Meaning

NUMBER = lazy_pattern(r"^[(]?(?:附?表|附件)(\d{1,2}(?=20\d{2}年|\D|$)|[一二三四五六七八九十]{1,3})[)]?[、.:]?")
_CHINESE_NUMBER = lazy_pattern(r"^[(]?(?:附?表|附件)[一二三四五六七八九十]{1,2}?[)]?[、.:]?(?=一般)")
"""表一一般公共预算…: the number must leave 一般 alone."""
_PUBLISHED = lazy_pattern(r"^(?:公开|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.])(?:\d{1,2}表)?[、.:]?")
_TAIL = lazy_pattern(
    r"(?:\((?:续|续表|公开表.{0,60}|空表|公开\d+表)\)|续表?|(?:金额)?单位:.*|(?:编制|填报)(?:部门|单位):.*)$"
)
_CODE = lazy_pattern(r"(?<!\d)[235]\d{2}(?!\d)(?!\d*年)")
"""A code: rows of a table are no title."""
_THREE_PUBLIC = frozenset({"three_public"})


def without_number(text: str) -> str:
    """The title without 表3 before it."""
    return (_CHINESE_NUMBER if _CHINESE_NUMBER.match(text) else NUMBER).sub("", text, count=1)


@lru_cache(maxsize=4096)
def meaning_of(text: str) -> Meaning | None:
    """Read a title of a known statement, None for other text.

    Args:
        text: As `tokens.normal` gives it; a number before it and a unit or body behind it are passed over.

    Returns:
        Its meaning; where only a breakdown by function or of items makes it known, with that breakdown.
    """
    if "表" not in text:
        return None
    stem = _PUBLISHED.sub("", without_number(_TAIL.sub("", text)))
    if (
        stem.count("表") != 1
        or _CODE.search(stem)
        or not captions.ends_as_title(stem)
        or not captions.is_title(stem, sure=True)
    ):
        return None
    said = meaning.title(stem)
    if not said.breakdown:
        said = said._replace(breakdown=meaning.title("部门" + stem).breakdown)
    return said if statement_of(said) else None


def statement_of(title: Meaning) -> str:
    """Give the known name of a title, '' for none."""
    about = Coordinates(
        title.flow, title.fund, title.kind, economic=title.economic, item=title.item, version=title.version
    )
    of_items = title.breakdown == "items" and not title.item
    return statement_name(about, title.breakdown, _THREE_PUBLIC if of_items else frozenset())
