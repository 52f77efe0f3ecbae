"""Whether a name belongs to a code in a year: classes were renamed and numbered anew, and the old names live on."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.system.patterns import lazy_pattern
from budget.vocabulary import DEPARTMENT, FUNCTION, GOVERNMENT, simplified, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from budget.vocabulary import Code

SCHEMES = {"2": FUNCTION, "3": DEPARTMENT, "5": GOVERNMENT}
"""What the codes of a classification begin with."""
_NO_LETTER = lazy_pattern(r"[\W_]+")


def belongs(code: str, name: str, year: int | None) -> bool:
    """Whether a name is that of a code in a year."""
    if year is None:
        return False
    named = _by_name(SCHEMES.get(code[:1], "")).get(bare(name), ())
    return any(one.code == code and _valid(one, year) for one in named)


def hint(code: str, name: str, year: int | None, learnt: Mapping[tuple[str, int], frozenset[str]] | None = None) -> str:
    """Why a name does not belong to a code in a year; "" where it may.

    It was the name of the code in other years, or it is the name of another code alone.
    """
    if year is None:
        return ""
    scheme, wanted = SCHEMES.get(code[:1], ""), bare(name)
    own = [one for one in _by_name(scheme).get(wanted, ()) if one.code == code]
    if any(_valid(one, year) for one in own) or wanted in (learnt or {}).get((code, year), ()):
        return ""
    if own:  # when a name came is known of the classification as a whole alone, when it went of the name
        ended = all(one.attested and one.valid_to and int(one.valid_to) < year for one in own)
        return tr("{} 年以后的科目不用此名").format(own[-1].valid_to) if ended else ""
    others = {one.code for one in _by_name(scheme).get(wanted, ()) if one.attested and _valid(one, year)}
    named = {one.code for one in _codes(scheme) if one.code == code and one.attested and _valid(one, year)}
    # 行政运行 is the name of many codes, and of a code that nobody has named nothing is known
    return tr("此名称的编码是 {}").format(next(iter(others))) if len(others) == 1 and named else ""


def bare(name: str) -> str:
    """A name without punctuation, in simplified characters."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", name).translate(simplified()))


@cache
def _codes(scheme: str) -> tuple[Code, ...]:
    return tuple(one for one in vocabulary().codes if one.scheme == scheme)


@cache
def _by_name(scheme: str) -> dict[str, tuple[Code, ...]]:
    found: dict[str, list[Code]] = defaultdict(list)
    for one in _codes(scheme):
        found[bare(one.name)].append(one)
    return {name: tuple(held) for name, held in found.items()}


def _valid(code: Code, year: int) -> bool:
    return (not code.valid_from or int(code.valid_from) <= year) and (not code.valid_to or year <= int(code.valid_to))
