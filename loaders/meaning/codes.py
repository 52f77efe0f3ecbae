"""Codes by name: of classes without a code, and of codes that lie."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from budget.vocabulary import DEPARTMENT, FUNCTION, GOVERNMENT, Vocabulary, vocabulary
from loaders.meaning.words import Matcher, matcher, normalise, split_ordinal, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

CLASS = 3
"""Digits of the code of a class."""
UNCERTAIN = ("其他支出", "住房公积金")
"""Names that only the table tells the code of."""

CONSTRUCTION = ("309", "311", "504")
"""Classes of 基本建设 investment: meant only where a name has no other code, for few bodies have such money."""


class StandardCode(NamedTuple):
    """The code that a printed name means today.

    Attributes:
        code: Its digits, '' where the name is not known and the code means something else.
        disagreement: What the printed code means, None where code and name agree.
    """

    code: str
    disagreement: str | None


def standard_code(code: str, name: str, scheme: str, words: Vocabulary | None = None) -> StandardCode:
    """Give the code that a name means today.

    Args:
        code: The code as printed.
        name: The name beside it, '' where none is printed.
        scheme: `function`, `department` or `government`.
        words: The vocabulary, by default all of it.
    """
    return _standard_code(code, name, scheme, words or vocabulary())


@lru_cache(maxsize=10_000)
def _standard_code(code: str, name: str, scheme: str, words: Vocabulary) -> StandardCode:
    """Compare a code with its name, once."""
    own = split_ordinal(normalise(name))[1]
    names = [entry for entry in words.codes if entry.scheme == scheme and entry.code == code]
    if not own or any(alike(own, normalise(entry.name)) for entry in names if not _moved(entry.code, own, words)):
        return StandardCode(code, None)
    known = matcher(words, "cell")
    others = [
        other
        for kind, other in known.code_candidates(own)
        if kind == scheme and len(other) == len(code) and _in_use(other, own, scheme, words)
    ]
    if not names and len(others) > 1:
        return StandardCode(code, None)  # 行政运行: a name of many codes, of which this may be one more
    near = [other for other in others if other[:CLASS] == code[:CLASS]] or others
    meant = next((normalise(entry.name) for entry in names if not entry.valid_to), "")
    if len(near) == 1 and near[0] != code:
        return StandardCode(near[0], meant or code)
    if scheme == FUNCTION or not any(entry.attested for entry in names) or code in others:
        return StandardCode(code, None)
    return StandardCode("", meant)


def _moved(code: str, name: str, words: Vocabulary) -> bool:
    """Tell whether a code lost this name to another code."""
    old = [entry for entry in words.codes if entry.code == code and normalise(entry.name) == name]
    if not old or any(not entry.valid_to for entry in old):
        return False
    return any(
        entry.code != code and not entry.valid_to and entry.scheme == old[0].scheme and len(entry.code) == len(code)
        for entry in words.codes
        if normalise(entry.name) == name
    )


def _in_use(code: str, name: str, scheme: str, words: Vocabulary) -> bool:
    """Tell whether a code has this name today."""
    return any(
        entry.scheme == scheme
        and entry.code == code
        and not entry.valid_to
        and stem(normalise(entry.name)) == stem(name)
        for entry in words.codes
    )


def alike(left: str, right: str) -> bool:
    """Tell whether two normalised names are one, longer and shorter."""
    short, long = sorted((stem(left), stem(right)), key=len)
    return short == long or (len(short) > CLASS and (long.startswith(short) or long.endswith(short)))


def function_of(name: str, above: str, known: Matcher, *, classes: bool) -> str:
    """Give the functional code of a name, '' where not certain.

    Args:
        name: The normalised name without ordinals.
        above: Code of the row above in the hierarchy, '' for none.
        known: The vocabulary.
        classes: Whether only classes can be meant.
    """
    codes = [code for scheme, code in known.code_candidates(name) if scheme == FUNCTION]
    if above:
        below = [code for code in codes if code.startswith(above) and code != above]
        return _single(below, shortest=True)
    if classes or any(len(code) == CLASS for code in codes):
        codes = [code for code in codes if len(code) == CLASS]
    return _single(codes)


def economic_of(name: str, scheme: str, above: str, known: Matcher, *, certain: bool) -> str:
    """Give the economic code of a name, '' where not certain.

    Args:
        name: The normalised name without ordinals.
        scheme: `department`, `government`, or '' where the table does not say.
        above: Code of the class above, '' for none.
        known: The vocabulary.
        certain: Whether the table is one of economic classes; otherwise names with another meaning are left.
    """
    if not certain and name in UNCERTAIN:
        return ""
    candidates = known.code_candidates(name)
    if not certain and any(kind == FUNCTION for kind, _ in candidates):
        return ""
    for kind in (scheme,) if scheme else (DEPARTMENT, GOVERNMENT):
        codes = [code for candidate, code in candidates if candidate == kind]
        codes = [code for code in codes if not code.startswith(CONSTRUCTION)] or codes
        if above:
            codes = [code for code in codes if code.startswith(above[:CLASS])] or codes
        if codes and any(len(code) == CLASS for code in codes) and not above:
            codes = [code for code in codes if len(code) == CLASS]
        if codes:
            return _single(codes)
    return ""


def _single(codes: Iterable[str], *, shortest: bool = False) -> str:
    """Give the only code, '' for several.

    With `shortest` the highest one of a line of codes.
    """
    different = sorted(set(codes), key=len)
    if len(different) == 1:
        return different[0]
    if shortest and different and all(code.startswith(different[0]) for code in different):
        return different[0]
    return ""
