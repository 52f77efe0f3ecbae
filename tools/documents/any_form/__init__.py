"""Random disclosures of random forms: what is printed, and what each amount means."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from loaders.document import Document
from tools.documents.any_form import figures as figures_
from tools.documents.any_form.paint import Painter, Style, random_style
from tools.documents.any_form.sheets import DIMENSIONS
from tools.documents.any_form.tables import Maker

__all__ = ["DIMENSIONS", "AnyForm", "draw"]

if TYPE_CHECKING:
    from tools.documents.any_form.figures import Figures
    from tools.documents.any_form.sheets import Fact


@dataclass(frozen=True, slots=True)
class AnyForm:
    """A document without a file, and every amount printed in it."""

    document: Document
    facts: tuple[Fact, ...]
    figures: Figures
    style: Style
    titles: tuple[str, ...]
    grids: dict[int, int]
    """The number of the table of each grid, by the place of its block."""


def draw(seed: int) -> AnyForm:
    """A random disclosure."""
    rng = Random(seed)
    figures = figures_.draw(rng)
    style = random_style(rng, figures.phase)
    maker = Maker(rng, figures)
    government = rng.random() < 0.1
    sheets = maker.government() if government else maker.department()
    painter = Painter(rng, figures, style)
    if rng.random() < 0.6:
        word = "预算" if figures.phase == "budget" else "决算"
        year = f"{figures.year}年" if figures.phase == "budget" else f"{figures.year}年度"
        painter.say(figures.body)
        painter.say(f"{year}部门{word}公开")
        painter.page += 1
    for sheet in sheets:
        painter.table(sheet)
    document = Document("grids", tuple(painter.blocks), painter.page)
    titles = tuple(sheet.title for sheet in sheets)
    return AnyForm(document, tuple(painter.truths.facts), figures, style, titles, painter.grids)
