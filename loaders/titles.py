"""Titles of statements: which statement of which form a line names, and which form a document follows."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from budget.forms.catalogue import FORMS, UNKNOWN
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.forms.form import StatementForm

NUMBER = lazy_pattern(r"^[(]?(?:附?表|附件)(\d{1,2}(?=20\d{2}年|\D|$)|[一二三四五六七八九十]{1,3})[)]?[、.:]?")
_CHINESE_NUMBER = lazy_pattern(r"^[(]?(?:附?表|附件)[一二三四五六七八九十]{1,2}?[)]?[、.:]?(?=一般)")
"""表一一般公共预算…: the number must leave 一般 alone."""
_PUBLISHED = lazy_pattern(r"^(?:公开|[一-十]、|\d{1,2}[、.])(?:\d{1,2}表)?[、.:]?")
_YEAR = lazy_pattern(r"^.{0,30}?\d{4}年(?:度)?")
_KIND = lazy_pattern(r"^(?:部门|单位|本级|本部门|本单位)?(?:预算|决算)?")
_TAIL = lazy_pattern(
    r"(?:\((?:续|续表|公开表.*|空表|公开\d+表)\)|续表?|(?:金额)?单位:.*|(?:编制|填报)(?:部门|单位):.*)$"
)
_BODY = (
    r".*?[局委办厅处院校所站队部室会团社馆园场库署学镇乡道府区市县心级)]"
    r"(?:附?表[\d一二三四五六七八九十]{1,3}[、.:]?)?(?:部门|单位)?(?:预算|决算)?"
)
"""The name of a body before the title (and perhaps a number), where no year parts them."""


class Reading(NamedTuple):
    """One way to read a title: a statement of a form."""

    form: str
    statement: StatementForm


def readings(text: str) -> tuple[Reading, ...]:
    """The statements whose title this is, at most one of each form; `text` as `tokens.normal` gives it."""
    return _readings(text, tuple(FORMS)) if "表" in text else ()


@lru_cache(maxsize=4096)
def _readings(text: str, forms: tuple[str, ...]) -> tuple[Reading, ...]:
    text = _TAIL.sub("", without_number(text))
    text = _PUBLISHED.sub("", text)
    text = _YEAR.sub("", text)
    stems = (text, _KIND.sub("", text, count=1))
    found = []
    for form in forms:
        statements = FORMS[form].statements
        named = next((s for stem in stems for s in statements if _titled(s, stem)), None)
        named = named or next((s for s in statements if _titled(s, text, _BODY)), None)
        if named:
            found.append(Reading(form, named))
    return tuple(found)


def _titled(statement: StatementForm, stem: str, before: str = "") -> bool:
    return any(_pattern(before, title).fullmatch(stem) for title in statement.titles)


@lru_cache(maxsize=1024)
def _pattern(before: str, title: str) -> re.Pattern[str]:
    return re.compile(f"{before}(?:{title})")


def without_number(text: str) -> str:
    """The title without 表3 before it."""
    return (_CHINESE_NUMBER if _CHINESE_NUMBER.match(text) else NUMBER).sub("", text, count=1)


def form_of(titles: Iterable[tuple[Reading, ...]]) -> str:
    """The form that most of these titles belong to; with equally many, the one that then lacks fewest."""
    counts: Counter[str] = Counter()
    for form, _ in {(reading.form, reading.statement.id) for title in titles for reading in title}:
        counts[form] += 1
    if not counts:
        return UNKNOWN
    return max(counts, key=lambda form: (counts[form], counts[form] - len(FORMS[form].statements)))


def statement_of(title: tuple[Reading, ...], form: str) -> StatementForm | None:
    """The statement that this title names in a document of this form; of another form where its own has none."""
    own = next((reading.statement for reading in title if reading.form == form), None)
    return own or (title[0].statement if title else None)
