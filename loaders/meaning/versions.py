"""Versions of amounts by their heads: budget, prior year, adjusted, final."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.meaning.phrases import Phrase
    from loaders.meaning.value import Meaning

PRIOR = {"budget": "prior_budget", "final": "prior_final"}


def version_of(phrases: Sequence[Phrase], title: Meaning) -> str:
    """Give the version that heads name, read against title and year.

    执行数 of a budget are of the year before; beside 决算 they are neither, and stay as printed.  Where the heads say
    nothing it is the title's, and where that is silent too, but says what the table is about, a budget: final
    accounts are always called so.
    """
    year = next((phrase.year for phrase in reversed(phrases) if phrase.year), "")
    prior = any("prior" in phrase.roles for phrase in phrases)
    version = _printed_version(phrases)
    if version == "change":
        return version
    if year and not (title.year or title.version or prior) and version in {"executed", "final"}:
        return ""  # of this year or of an earlier one
    prior = prior or bool(year and title.year and year < title.year)
    if title.version == "budget" and version in {"executed", "final"} and not (year and year == title.year):
        prior = True  # a budget knows only the final figures of the years before
    if (
        version == "executed"
        and not prior
        and title.version == "final"
        and not year
        and "executed" not in title.printed
    ):
        return "?" + next(phrase.text for phrase in reversed(phrases) if "executed" in phrase.roles)
    version = "final" if version == "executed" else version or title.version or _budget(title)
    return PRIOR.get(version, version) if prior else version


def _printed_version(phrases: Sequence[Phrase]) -> str:
    """Give the version that heads print; 预算数 below 调整 or 增减 changes nothing.

    调整数 alone is a budget as adjusted, or what was added to it.
    """
    version = ""
    for phrase in phrases:
        if "adjustment" in phrase.roles and "version" not in phrase.values:
            return f"?{phrase.text}"
        value = "executed" if "executed" in phrase.roles else phrase.values.get("version", "")
        if value and not (value == "budget" and version in {"adjusted", "change"}):
            version = value
    return version


def _budget(title: Meaning) -> str:
    """Give the version of a title that names none."""
    return "budget" if title.flow or title.fund or title.kind else ""
