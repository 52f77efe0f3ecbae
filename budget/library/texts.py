"""Columns of texts as they are searched: what `budget.model.matching` says of one text, said of many."""

from __future__ import annotations

import polars as pl

from budget.model.matching import initials, is_initials, normalise

_PLAIN = r"^[!-@\[-~\u4e00-\u9fff]*$"
"""Texts that are their own normal form, most of them: ideographs, and ASCII without capitals and blanks."""


def normalised(texts: pl.Series) -> pl.Series:
    """These texts, each normalised; "" for null."""
    texts = texts.fill_null("")
    others = texts.filter(~texts.str.contains(_PLAIN)).unique()
    return texts.replace(others, pl.Series(list(map(normalise, others)), dtype=pl.String))


def matching(texts: pl.Series, wanted: str) -> pl.Series:
    """Which of these texts match a normalised query."""
    found = normalised(texts).str.contains(wanted, literal=True)
    if is_initials(wanted):
        different = texts.drop_nulls().unique()
        found |= texts.fill_null("").is_in([text for text in different if wanted in initials(text)])
    return found
