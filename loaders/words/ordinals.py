"""Ordinals and 其中 at the start of labels."""

from __future__ import annotations

from budget.system.patterns import lazy_pattern

ENUMERATOR = lazy_pattern(
    r"^(?:[一二三四五六七八九十]+[、.．:]|[（(][一二三四五六七八九十\d]+[)）][、.]?|\d{1,2}[、.．](?!\d)|其中[:：]|[-•·*])"
)
"""一、 / 1. / （一） / 其中： at the start of a label."""
OF_WHICH = lazy_pattern(r"^其中[:：]")


def without_enumerator(text: str) -> str:
    """The label without 一、 1. （一） 其中： at its start, however many."""
    previous = None
    while previous != text:
        previous, text = text, ENUMERATOR.sub("", text)
    return text
