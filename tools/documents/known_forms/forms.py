"""Random documents of the three forms: drawn from a seed, made, made plainer where they fail."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from random import Random
from typing import TYPE_CHECKING, Any

from tools.documents.files import sheet
from tools.documents.files.layout import OPTIONS, Layout
from tools.documents.known_forms import eleven, final_accounts, shanghai
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.model import SOURCES
from tools.documents.strategies import TALLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.documents.files.sheet import GridLayout, Made

FORMS = ("eleven", "shanghai", "final_accounts")
_UNITS = {
    "eleven": (("万元", 2), ("万元", 2), ("元", 2), ("元", 0), ("千元", 2)),
    "shanghai": (("元", 0),),  # the style says how many decimals
    "final_accounts": (("万元", 2), ("万元", 2), ("元", 2)),
}
_TABLES = (
    "total_place", "total_word", "side_total_word", "commas", "zeros", "classes", "class_234", "empty_table",
    "enumerator",
    "label_variant", "body_row", "fund_columns", "omitted", "odd_unit",
)  # fmt: skip
"""What a layout of text says of the tables themselves."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A random document before it is made."""

    form: str
    shape: Shape
    style: Any  # the style of the form
    grids: GridLayout
    text: Layout  # of the eleven-table form: what its tables hold

    def made(self) -> Made:
        """The document."""
        budget = grow(self.shape)
        if self.form == "eleven":
            return eleven.from_budget(budget, self.text, self.grids, self.style)
        if self.form == "shanghai":
            return shanghai.made(budget, self.style, self.grids)
        return final_accounts.made(budget, self.style, self.grids)

    def text_of(self) -> str:
        """What differs from the plainest document."""
        parts = [self.form, str(self.shape)]
        for part in (self.style, self.grids, self.text):
            parts += [f"{item.name}={getattr(part, item.name)!r}" for item in _changed(part)]
        return ", ".join(parts)


def _changed(part: Any) -> list[Any]:  # noqa: ANN401 - any of the option classes
    return [item for item in fields(part) if item.name != "seed" and getattr(part, item.name) != item.default]


def draw(form: str, seed: int, most_items: int = 25, **fixed: Any) -> Drawn:  # noqa: ANN401 - fields of GridLayout
    """A document with every option drawn evenly; those of the grids that are given are kept."""
    rng = Random(seed)
    styles: dict[str, Any] = {"eleven": eleven, "shanghai": shanghai, "final_accounts": final_accounts}
    chosen: dict[str, Any] = {name: rng.choice(OPTIONS[name]) for name in _TABLES} if form == "eleven" else {}
    return Drawn(
        form, _shape(form, seed, most_items), styles[form].random_style(seed), sheet.random_layout(seed, **fixed),
        Layout(**chosen),
    )  # fmt: skip


def _shape(form: str, seed: int, most: int) -> Shape:
    rng = Random(seed + 1)
    sources = [source for source in SOURCES if form == "eleven" or not source.endswith("transfer")]
    active = {sources[0], *rng.sample(sources, rng.choice((0, 1, 2, 3)))}
    return Shape(
        seed=seed,
        items=rng.randint(1, rng.choice((1, 8, most))),
        siblings=rng.choice((1, 4, 8)),
        digits=rng.choice((3, 5, 7, 9)) if form == "eleven" else rng.choice((6, 8)),
        sources=tuple(source for source in SOURCES if source in active),
        unit=rng.choice(_UNITS[form]),
        edition=rng.choice(("部门", "单位")),
        nasty=rng.choice((0.0, 0.3, 1.0)),
        equal=rng.random() < 0.2,
        residue=rng.random() < 0.5,
        basic_elsewhere=rng.random() < 0.3,
    )


def count(drawn: Drawn) -> None:
    """Count the options of one document."""
    TALLY["documents"] += 1
    for part in (drawn.style, drawn.grids):
        name = type(part).__module__.rpartition(".")[2]
        TALLY.update(f"{name} {item.name}={getattr(part, item.name)!r}" for item in fields(part) if item.name != "seed")


def narrow(drawn: Drawn, fails: Callable[[Drawn], bool]) -> Drawn:
    """A plainer document that still fails: fewer items, options back to their defaults one by one."""
    for plainer in _fewer(drawn):
        if fails(plainer):
            drawn = plainer
            break
    for name in ("style", "grids", "text", "shape"):
        for item in fields(getattr(drawn, name)):
            part = getattr(drawn, name)
            if item.name in {"seed", "items"} or getattr(part, item.name) == item.default:
                continue
            changed: dict[str, Any] = {name: replace(part, **{item.name: item.default})}
            plainer = replace(drawn, **changed)
            if not (drawn.form == "shanghai" and item.name == "unit") and fails(plainer):
                drawn = plainer
    return drawn


def _fewer(drawn: Drawn) -> Iterator[Drawn]:
    for items in (1, 2, 3, 5, 8):
        if items < drawn.shape.items:
            yield replace(drawn, shape=replace(drawn.shape, items=items))
