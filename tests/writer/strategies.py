"""Hypothesis strategies for budgets and layouts, and a tally of what was drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.writer.budget_gen import UNITS, Shape, grow
from tests.writer.layout import OPTIONS, Layout, drawn
from tests.writer.model import SOURCES
from tests.writer.render import Written, write

TALLY: Counter[str] = Counter()
"""How often each option was written, as `field=value`; `documents` counts the documents."""


@st.composite
def shapes(draw: st.DrawFn, /, most_items: int = 40) -> Shape:
    """Shapes of budgets; shrink to one item, one source, small amounts."""
    everything = st.lists(st.sampled_from(SOURCES), min_size=1, max_size=6, unique=True)
    usual = st.lists(st.sampled_from(SOURCES[1:]), max_size=4, unique=True).map(lambda more: [SOURCES[0], *more])
    return Shape(
        seed=draw(st.integers(0, 2**32)),
        items=draw(st.one_of(st.integers(1, 8), st.integers(1, most_items))),
        siblings=draw(st.sampled_from((4, 8, 1, 25))),
        digits=draw(st.sampled_from((5, 3, 7, 9, 11))),
        sources=tuple(sorted(draw(st.one_of(usual, usual, everything)), key=SOURCES.index)),
        unit=draw(st.sampled_from((UNITS[0], *UNITS))),
        edition=draw(st.sampled_from(("部门", "单位"))),
        residue=draw(st.booleans()),
        equal=draw(st.sampled_from((False, False, False, True))),
        basic_elsewhere=draw(st.sampled_from((False, False, True))),
        nasty=draw(st.sampled_from((0.3, 0.0, 1.0))),
        sections=draw(st.integers(1, 4)),
        long_projects=draw(st.sampled_from((4, 1, 8))),
    )


@st.composite
def layouts(draw: st.DrawFn, /, **fixed: Any) -> Layout:  # noqa: ANN401 - fields of Layout
    """Layouts with every option drawn evenly; those given are kept."""
    chosen: dict[str, Any] = {
        name: draw(st.sampled_from(options)) for name, options in OPTIONS.items() if name not in fixed
    }
    return replace(Layout(), **chosen, **fixed, seed=draw(st.integers(0, 2**16)))


def disclosure(shape: Shape, layout: Layout) -> Written:
    """Write the disclosure of a shape and a layout, and count its options."""
    budget = grow(shape)
    written = write(budget, layout)
    TALLY.update(["documents", *drawn(written.layout), *budget.features])
    return written
