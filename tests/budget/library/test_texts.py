from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from budget.library.texts import matching, normalised
from budget.model.matching import matches, normalise

ANY = st.characters(codec="utf-8")  # no other text gets into a frame
TEXTS = st.text(alphabet=st.one_of(st.sampled_from("2025年Ａａ（(一 ·ＡB ßİ①㈠\u3000\t"), ANY), max_size=8)


@given(st.lists(st.one_of(st.none(), TEXTS)))
def test_a_column_is_normalised_as_each_of_its_texts(texts: list[str | None]) -> None:
    column = pl.Series(texts, dtype=pl.String)
    assert normalised(column).to_list() == [normalise(text or "") for text in texts]


@given(st.lists(st.one_of(st.none(), TEXTS)), st.sampled_from(["年", "a", "2", "n", "2025n", "(", "一"]))
def test_a_column_matches_as_each_of_its_texts(texts: list[str | None], query: str) -> None:
    column = pl.Series(texts, dtype=pl.String)
    assert matching(column, normalise(query)).to_list() == [matches(query, "", text or "") for text in texts]
