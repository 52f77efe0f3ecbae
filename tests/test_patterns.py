"""No pattern of the project takes time that grows faster than its text: one match cannot be interrupted by a key."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest

from tests.support.limits import Growth
from tests.support.pumping import ENDS, Used, pumps, used_patterns
from tests.support.tiers import thinned, turns

SIZE = 12_000
"""Characters: what grows with the square takes fifty milliseconds, what grows with the size some."""
FEW = 24
"""Repetitions: what doubles with each of them never ends."""
SHARES = 8


def match(pattern: re.Pattern[Any], used: Used, before: str, body: str, end: str, size: int) -> None:
    text = before + body * max(size // len(body), 1) + end
    given = text.encode("utf-8", "replace") if isinstance(used.source, bytes) else text
    if used.anchored:
        pattern.match(given)
        pattern.fullmatch(given)
    else:
        for _ in pattern.finditer(given):
            pass


def slow_texts(used: Used) -> list[tuple[str, str, str]]:
    """The first text over which a pattern takes too long."""
    pattern = re.compile(used.source, used.flags)
    growth = Growth(clear=0.004)
    for before, body in pumps(used.source, used.flags):
        for end in ENDS:
            work = partial(match, pattern, used, before, body, end)
            if growth.is_steep(work, FEW * len(body)) or growth.is_steep(work, SIZE):
                return [(before, body, end)]
    return []


def test_every_pattern_is_found_with_the_way_in_which_it_is_used() -> None:
    names = {used.name: used.anchored for used in used_patterns()}
    assert len(used_patterns()) > 500
    assert names["loaders.words.numbers._STARTED"]
    assert not names["loaders.narrative.projects_allocations._MONEY"]
    assert names["loaders.tables.header._FUNCTION_NAME"], "asked in a loop over several"


@pytest.mark.parametrize("share", thinned(range(SHARES), SHARES))
def test_no_pattern_takes_more_than_its_text_is_long(share: int) -> None:
    assert {used.name: slow for used in used_patterns()[share::SHARES] if (slow := slow_texts(used))} == {}


@pytest.mark.parametrize(
    "source",
    [
        r"(?:[：:]|预算为|预算|[为共])+$",
        r"(?:[(].{1,24}[)]|续)*$",
        r"\d+年",
        r"\s*\S?\s*[=]",
        r"名称(?:[(].*[)])?$",
        r"(?:ab|a|b)*c",
        r"^.+?(?:土|土家|各)+$",
    ][:: turns(4)],
)
def test_a_pattern_that_does_is_found(source: str) -> None:
    assert slow_texts(Used("", source, 0, anchored=False))


@pytest.mark.parametrize(
    "source", [r"(?<!\d)\d{1,20}年", r"(?<![ab])(?:ab|a)*+c", r"名称(?:[(].{0,40}[)])?$", r"[^年]{2,60}年"]
)
def test_a_pattern_that_does_not_is_not(source: str) -> None:
    assert not slow_texts(Used("", source, 0, anchored=False))
