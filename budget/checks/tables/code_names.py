"""Printed codes against the names beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Finding, Outcome
from budget.i18n.language import joined, tr
from budget.reading.code_names import belongs
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from budget.checks.tables.messages import Words
    from budget.model.facts import Fact

NAMES = "code_name"
_PRINTED = lazy_pattern(r"^[\d\s|.．]*\d")
_OWN = 3
"""Codes that mean something else, from which on a house is taken to have a numbering of its own."""


class Odd(NamedTuple):
    """A code whose name means another one."""

    printed: str
    meant: str
    fact: Fact


def check(facts: Iterable[Fact], words: Words, year: int | None = None) -> Iterator[Finding]:
    """Codes that their names contradict; a numbering that differs throughout is one finding.

    A name that belongs to its code in the year of the document contradicts nothing, whatever is called so today.
    """
    found: dict[str, dict[str, list[Odd]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        dimension = "function" if fact.coordinates.function else "economic"
        code = getattr(fact.coordinates, dimension)
        if code and not fact.coordinates.project and (odd := _odd(fact, code, year)) is not None:
            found[dimension][odd.printed].append(odd)
    for by_code in found.values():
        if len(by_code) >= _OWN:
            firsts = [odds[0] for odds in by_code.values()]
            codes = joined(
                tr("{code}（{name}，通行编码 {meant}）").format(code=odd.printed, name=_name(odd.fact), meant=odd.meant)
                for odd in firsts[:_OWN]
            )
            message = tr("{count} 个编码与名称不符，可能是自有编号或旧编号：{codes}等。").format(
                count=len(firsts), codes=codes
            )
            yield Finding(NAMES, Outcome.HINT, message, tuple(words.ref(odd.fact) for odd in firsts))
            continue
        for odds in by_code.values():
            first = odds[0]
            message = tr("编码 {code} 与名称“{name}”不符，该名称的编码为 {meant}，请核对。").format(
                code=first.printed, name=_name(first.fact), meant=first.meant
            )
            refs = tuple(dict.fromkeys(words.ref(odd.fact) for odd in odds))
            yield Finding(NAMES, Outcome.HINT, message, refs, left=first.printed, right=first.meant)


def _odd(fact: Fact, code: str, year: int | None) -> Odd | None:
    digits = _digits(fact)
    if belongs(code, _name(fact), year) and (not digits or code.endswith(digits)):
        return None
    if fact.standard_code and fact.standard_code != code:
        return Odd(digits or code, fact.standard_code, fact)
    meant = fact.standard_code or code
    if digits and len(digits) > 2 and not _bare(meant).endswith(_bare(digits)):  # noqa: PLR2004 - one level
        return Odd(digits, meant, fact)
    return None


def _bare(code: str) -> str:
    """A code without zeros: some tables print 2 for 02."""
    return code.replace("0", "")


def _digits(fact: Fact) -> str:
    """The code that stands before a name, as printed without blanks."""
    found = _PRINTED.match(fact.row_path[-1]) if fact.row_path else None
    return re.sub(r"\D", "", found.group()) if found else ""


def _name(fact: Fact) -> str:
    return _PRINTED.sub("", fact.row_path[-1]).strip(" 、.") if fact.row_path else ""
