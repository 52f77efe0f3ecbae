"""Which version of an amount heads mean."""

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
    year = next((part.year for part in reversed(parts) if part.year), "")
    prior = any("prior" in part.roles for part in parts)
    said = _said(parts)
    if said == "change":
        return said
    if year and not (title.year or title.version or prior) and said in {"executed", "final"}:
        return ""  # of this year or of an earlier one
    prior = prior or bool(year and title.year and year < title.year)
    if title.version == "budget" and said in {"executed", "final"} and not (year and year == title.year):
        prior = True  # a budget knows only the final figures of the years before
    if said == "executed" and not prior and title.version == "final" and not year and "executed" not in title.printed:
        return "?" + next(part.text for part in reversed(parts) if "executed" in part.roles)
    said = "final" if said == "executed" else said or title.version or _budget(title)
    return PRIOR.get(said, said) if prior else said


def _said(parts: Sequence[Part]) -> str:
    """Give what heads say; 预算数 below 调整 or 增减 says no more."""
    said = ""
    for part in parts:
        value = "executed" if "executed" in part.roles else part.said.get("version", "")
        if value and not (value == "budget" and said in {"adjusted", "change"}):
            said = value
    return said


def _budget(title: Meaning) -> str:
    """Give the version of a title that names none."""
    return "budget" if title.flow or title.fund or title.kind else ""
