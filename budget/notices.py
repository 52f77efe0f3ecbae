"""The frame of notices in words: it holds marked sentences and values, readers want sentences."""

from __future__ import annotations

import polars as pl

from budget.language import sentence


def spoken(notices: pl.DataFrame) -> pl.DataFrame:
    """The same notices without `values`: `text` is the sentence in the language of the interface.

    A notice without values, as older versions have kept them, is a sentence already.
    """
    said = [sentence(text or "", values or ()) for text, values in notices.select("text", "values").iter_rows()]
    return notices.with_columns(pl.Series("text", said, dtype=pl.String)).drop("values")
