"""Which version of an amount is meant: budget, final, of the year before, a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.meaning.parts import Part
    from loaders.meaning.value import Meaning

PRIOR = {"budget": "prior_budget", "final": "prior_final"}


def version_of(parts: Sequence[Part], title: Meaning) -> str:
    """Give the version that heads say, read against title and year.

    执行数 of a budget are of the year before; beside 决算 they are neither, and stay as printed.  Where the heads say
    nothing it is the title's, and where that is silent too, but says what the table is about, a budget: final
    accounts are always called so.
    """
    said, printed, prior, executed, year = "", "", False, False, ""
    for part in parts:
        year = part.year or year
        prior = prior or "prior" in part.roles
        if "executed" in part.roles:
            executed, printed = True, part.text
        value = part.said.get("version", "")
        if value and not (value == "budget" and said in {"adjusted", "change"}):
            said, executed = value, executed and value == "budget"
    if said == "change":
        return said
    earlier = bool(year and title.year and year < title.year)
    if executed:
        if prior or earlier or (title.version == "budget" and year != title.year):
            return "prior_final"
        if title.version == "final" and not year and "executed" not in title.printed:
            return f"?{printed}"
        return "final"
    if said:
        if said == "final" and title.version == "budget" and not (year and year == title.year):
            prior = True
        return PRIOR.get(said, said) if prior or earlier else said
    if title.version:
        return PRIOR.get(title.version, title.version) if prior or earlier else title.version
    return "budget" if title.flow or title.fund or title.kind or title.breakdown else ""
