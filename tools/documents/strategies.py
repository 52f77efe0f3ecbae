"""Random budgets and layouts for property tests, with a tally of draws.

Each document is drawn evenly from a seed: Hypothesis, left alone, would draw plain documents most of the time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tools.documents.files.layout import OPTIONS, Layout, drawn, settle
from tools.documents.known_forms.budget_gen import UNITS, Shape, grow
from tools.documents.model import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

TALLY: Counter[str] = Counter()
"""How often each option was written, as `field=value`; `documents` counts the documents."""

LONG, QUICK = "long", "quick"
"""Hypothesis profiles: a run of hours, and the quick tier of the tests; any other draws what is asked for."""
QUICK_SHARE = 10
settings.register_profile(QUICK, max_examples=10, deadline=None)
settings.register_profile(LONG, max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))


def share(count: int) -> int:
    """How many of `count` draws this run makes: a tenth in the quick tier, else all."""
    return -(-count // QUICK_SHARE) if settings.get_current_profile_name() == QUICK else count


def profile(examples: int) -> settings:
    """Settings for a property: its share of `examples`, the same in every run, or those of profile `long`."""
    if settings.get_current_profile_name() == LONG:
        return settings.get_profile(LONG)
    phases = (Phase.explicit, Phase.generate)
    everything = list(HealthCheck)
    return settings(
        max_examples=share(examples), deadline=None, phases=phases, suppress_health_check=everything, derandomize=True
    )


def shapes(most_items: int = 40) -> st.SearchStrategy[Shape]:
    """Shapes of budgets, with one to `most_items` items."""
    return st.integers(0, 2**32).map(lambda seed: shape_of(seed, most_items))


def layouts(**fixed: Any) -> st.SearchStrategy[Layout]:  # noqa: ANN401 - fields of Layout
    """Layouts with every option drawn evenly; those given are kept."""
    return st.integers(0, 2**32).map(lambda seed: layout_of(seed, **fixed))


def layout_of(seed: int, **fixed: Any) -> Layout:  # noqa: ANN401 - fields of Layout
    """The layout of a seed; options that are given are kept."""
    rng = Random(seed)
    chosen: dict[str, Any] = {name: rng.choice(options) for name, options in OPTIONS.items()}
    return replace(Layout(), **{**chosen, **fixed, "seed": seed})


def shape_of(seed: int, most: int) -> Shape:
    """The shape of a seed, with at most `most` items."""
    rng = Random(seed)
    usual = [SOURCES[0], *rng.sample(SOURCES[1:], rng.choice((0, 1, 2, 2, 3, 4)))]
    sources = usual if rng.random() < 0.8 else rng.sample(SOURCES, rng.randint(1, 6))
    return Shape(
        seed=seed,
        items=rng.randint(1, rng.choice((1, 8, most))),
        siblings=rng.choice((1, 4, 8, 25)),
        digits=rng.choice((3, 5, 5, 7, 9, 11)),
        sources=tuple(sorted(sources, key=SOURCES.index)),
        unit=rng.choice((UNITS[0], UNITS[0], *UNITS)),
        edition=rng.choice(("部门", "单位")),
        residue=rng.random() < 0.5,
        equal=rng.random() < 0.2,
        basic_elsewhere=rng.random() < 0.3,
        nasty=rng.choice((0.0, 0.3, 1.0)),
        sections=rng.randint(1, 4),
        long_projects=rng.choice((1, 4, 8)),
    )


def count(shape: Shape, layout: Layout) -> None:
    """Count the options of one document."""
    settled = settle(layout, decimals=shape.unit[1])
    TALLY.update(["documents", *drawn(settled), *grow(shape).features])


def narrow(shape: Shape, layout: Layout, fails: Callable[[Shape, Layout], bool]) -> tuple[Shape, Layout]:
    """A plainer document that still fails: options back to their defaults one by one, fewer items, plainer names."""
    for items in (1, 2, 3, 5, 8):
        if items < shape.items and fails(replace(shape, items=items), layout):
            shape = replace(shape, items=items)
            break
    for field in fields(Layout):
        default: dict[str, Any] = {field.name: field.default}
        plainer = replace(layout, **default)
        if plainer != layout and fails(shape, plainer):
            layout = plainer
    for field in fields(Shape):
        if field.name not in {"seed", "items"}:
            default = {field.name: field.default}
            simpler = replace(shape, **default)
            shape = simpler if simpler != shape and fails(simpler, layout) else shape
    return shape, layout
